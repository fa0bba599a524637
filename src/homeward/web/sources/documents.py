"""Documents, their originals kept byte for byte, and citations of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from homeward.web.journal.fields import (
    PartialDateField,
    ReferenceField,
    earliest,
    latest,
    link,
    text_block,
    text_line,
)
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.sources.passages import find_passage

ENTER = "sources.enter_sources"
WITHDRAW = "sources.withdraw_sources"


class Grade(models.TextChoices):
    """How near a source stands to what it tells."""

    PRIMARY = "P", "primary: an official text, or an official speaking on record"
    NEWS = "N", "news of the time"
    SECONDARY = "S", "secondary, or later"
    DERIVED = "D", "derived in this record by arithmetic"
    UNCONFIRMED = "U", "commonly stated, not confirmed in the sources consulted"


class DocumentKind(models.TextChoices):
    """What sort of document it is."""

    ARTICLE = "article", "news article"
    TESTIMONY = "testimony", "testimony"
    FACT_SHEET = "fact-sheet", "fact sheet"
    AGREEMENT = "agreement", "agreement or joint statement"
    RELEASE = "release", "press release or official statement"
    LETTER = "letter", "letter or memorandum"
    INTERVIEW = "interview", "interview"
    REPORT = "report", "report, paper or book"
    PAGE = "page", "web page"
    CAPTION = "caption", "photograph caption"
    REGISTER = "register", "register or reckoning of this record"


class Holding(models.TextChoices):
    """What this record holds of a document."""

    ORIGINAL = "original", "the document itself"
    COPY = "copy", "a copy made by others"
    NOTE = "note", "a note made from it for this record, not its own text"
    NONE = "none", "nothing but the reference"


class Reach(models.TextChoices):
    """Who may see a document, and what was taken from it."""

    RECORD = "record", "everyone who may read the record"
    FAMILY = "family", "those who work with families"
    GENETIC = "genetic", "those who work with genetic data"


class WithoutContent(models.Manager["Original"]):
    """Originals as other rows find them: with their text, their bytes left where they are until they are wanted."""

    def get_queryset(self) -> models.QuerySet[Original]:
        """Leave the bytes."""
        return super().get_queryset().defer("content")


class Original(models.Model):
    """The bytes of a document as they came, with the text that can be read in them. Never changed or removed."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the bytes, in hexadecimal.")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    text = models.TextField(blank=True)
    text_digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    objects = models.Manager()
    without_content = WithoutContent()

    class Meta:
        """The digest is the key, so the same bytes are kept once."""

        default_permissions = ()
        base_manager_name = "without_content"

    def __str__(self) -> str:
        return self.name


class Document(Recorded):
    """A source: what it is, who published it and when, and what of it is kept here."""

    kind = models.CharField(max_length=10, choices=DocumentKind)
    headline = text_line("Its title, as printed.")
    publisher = text_line("Who published it.", longest=200)
    by_line = text_line("Who wrote it, as printed.", required=False, longest=200)
    language = text_line("ISO 639 code, such as en or ko.", longest=8, default="en")
    published = PartialDateField(help_text="When it was published.")
    published_earliest = earliest("published")
    published_latest = latest("published")
    published_basis = text_line("How that date is known, where the document does not carry it.", required=False)
    retrieved = PartialDateField(null=True, blank=True, help_text="When it was fetched or received.")
    address = text_line("Where it was found: a web address or an archive reference.", required=False, longest=1000)
    grade = models.CharField(max_length=1, choices=Grade)
    holding = models.CharField(max_length=8, choices=Holding)
    original = link("sources.Original", required=False, related="documents")
    copy_of = link("sources.Document", "The document that this one repeats.", required=False, related="copies")
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.RECORD)
    note = text_block(required=False)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"original"})

    class Meta(Recorded.Meta):
        """What is kept agrees with what is said to be kept; one original is one document."""

        permissions = [
            ("enter_sources", "May enter and amend documents, statements and figures"),
            ("withdraw_sources", "May withdraw documents, statements and figures"),
            ("keep_conflicts", "May keep the register of conflicts"),
            ("view_family_documents", "May see documents about families"),
            ("view_genetic_documents", "May see documents with genetic data"),
        ]
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["published_earliest", "code"], name="document_by_date"),
            models.Index(fields=["reach"], name="document_by_reach"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="document_holding_is_true",
                condition=Q(holding="none", original=None) | (~Q(holding="none") & Q(original__isnull=False)),
                violation_error_message="Say what is kept: the file with the document, a copy or a note; or nothing.",
            ),
            models.UniqueConstraint(
                fields=["original"],
                condition=Q(withdrawn=""),
                name="document_kept_once",
                violation_error_message="This file is already in the record, under another document.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def text(self) -> str:
        """The text in which passages are found; empty where none can be read."""
        return self.original.text if self.original else ""


class FromDocument(Recorded):
    """A row that a document says, with the passage that says it."""

    document = link("sources.Document", related="%(class)ss")
    passage = text_block("The exact words of the document.", required=False)
    passage_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    passage_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    locator = text_line("Page, paragraph, time in a recording: where the passage stands.", required=False)

    class Meta(Recorded.Meta):
        """The constraints of every row."""

        abstract = True

    def clean(self) -> None:
        """Find the passage in the document; words that are not there are refused.

        Raises
        ------
        ValidationError
            The passage is not in the text of the document.
        """
        super().clean()
        self.passage_start = self.passage_end = None
        if not self.passage or not self.document_id or not self.document.text:
            return
        span = find_passage(self.passage, self.document.text)
        if span is None:
            raise ValidationError(
                {
                    "passage": f"These words are not in {self.document_id}. Copy them from the document as they stand, "
                    "or leave the passage empty and say in 'locator' where it is said."
                }
            )
        self.passage_start, self.passage_end = span


class Citation(FromDocument):
    """A row of the record rests on a document."""

    about = ReferenceField(help_text="The row that rests on it, as noun:code.", db_index=True)
    statement = link("sources.Statement", "The statement that says it, if it is in the record.", required=False)
    note = text_line(required=False)

    keep_permission = ENTER
    withdraw_permission = WITHDRAW
    fixed_fields = frozenset({"about", "document"})

    class Meta(FromDocument.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return f"{self.about} in {self.document_id}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """The row that rests on it must not lose its last citation."""
        noun, _, code = self.about.partition(":")
        return [(nouns()[noun], code)]
