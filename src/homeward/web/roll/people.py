"""The missing: who they are, what they are called, how they stand, and what was decided about likely duplicates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from homeward.web.accounts.models import User
from homeward.web.engagement.histories import Change, Changing, Machine, Problem
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.places.names import WrittenName
from homeward.web.roll.incidents import KEEP


class Sex(models.TextChoices):
    """Sex as a paper or an examination gives it; never a filter."""

    MALE = "male", "male"
    FEMALE = "female", "female"
    UNKNOWN = "unknown", "unknown"


class StatusKind(models.TextChoices):
    """What is decided about a missing person."""

    UNACCOUNTED = "unaccounted", "unaccounted for"
    RETURNED = "returned", "returned alive"
    ACCOUNTED = "accounted", "accounted for"
    NON_RECOVERABLE = "non-recoverable", "judged non-recoverable"
    FALSE_REPORT = "false-report", "reported missing in error"
    DUPLICATE = "duplicate", "the same person as another entry"
    REOPENED = "reopened", "reopened"


CLOSED = {"reopened": "unaccounted"}
NEED_GROUNDS = frozenset({StatusKind.FALSE_REPORT, StatusKind.REOPENED})


class MissingPerson(Changing, InBook):
    """Somebody who did not come back. What is not known is left empty; nothing is guessed."""

    name = text_line("The name that this record uses, in the order that the person used.")
    family_name = text_line("Which part of it is the family name.", required=False, longest=120)
    sex = models.CharField(max_length=7, choices=Sex, default=Sex.UNKNOWN)
    born = PartialDateField(null=True, blank=True, help_text="Date of birth; a range where only an age is known.")
    born_earliest = earliest("born")
    born_latest = latest("born")
    birthplace = text_line(required=False)
    nationality = text_line("ISO 3166 code of the state, such as US.", required=False, longest=2)
    calamity = link("roll.Calamity", related="missing")
    incident = link("roll.Incident", "The incident in which the person was lost.", required=False, related="missing")
    last_seen = PartialDateField(null=True, blank=True, help_text="When the person was lost or last seen.")
    last_seen_earliest = earliest("last_seen")
    last_seen_latest = latest("last_seen")
    last_seen_place = link("places.Place", required=False, related="last_seen_there")
    service = link("parties.Party", "The force or employer.", required=False, related="missing_members")
    rank = text_line(required=False, longest=60)
    unit = text_line(required=False, longest=120)
    height_cm = models.DecimalField(
        "height in cm",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(30)],
        help_text="Height in life as a paper gives it, in centimetres.",
    )
    height_source = text_line("Which paper gives the height, and of when.", required=False)
    features = text_block("Scars, healed fractures, tattoos, hair, build, and what was carried.", required=False)
    dental = text_block("Teeth as the last chart before the loss gives them.", required=False)
    note = text_block(required=False)

    keep_permission = KEEP
    change = "roll.Status"
    machine = Machine(
        steps={
            "": {"unaccounted": "unaccounted", "accounted": "accounted", "returned": "returned"},
            "unaccounted": {
                "returned": "returned",
                "accounted": "accounted",
                "non-recoverable": "non-recoverable",
                "false-report": "false-report",
                "duplicate": "duplicate",
            },
            "returned": CLOSED,
            "accounted": CLOSED,
            "non-recoverable": CLOSED,
            "false-report": CLOSED,
            "duplicate": CLOSED,
        },
        labels={
            "unaccounted": "unaccounted for",
            "returned": "returned alive",
            "accounted": "accounted for",
            "non-recoverable": "non-recoverable, unaccounted for",
            "false-report": "reported in error",
            "duplicate": "the same person as another entry",
        },
    )

    class Meta(InBook.Meta):
        """Found by family name, and by when and where they were lost."""

        verbose_name = "missing person"
        verbose_name_plural = "missing people"
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["family_name", "name", "code"], name="missing_by_name"),
            models.Index(fields=["last_seen_earliest", "code"], name="missing_by_date"),
            models.Index(fields=["version_known_on", "code"], name="missing_amended"),
            models.Index(fields=["calamity", "family_name", "name", "code"], name="missing_of_calamity"),
            models.Index(fields=["incident", "family_name", "name", "code"], name="missing_of_incident"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Nobody is lost before they are born."""
        if self.born and self.last_seen and self.last_seen.latest < self.born.earliest:
            raise ValidationError(
                {"last_seen": f"They were lost ({self.last_seen.words}) before they were born ({self.born.words})."}
            )

    @classmethod
    def problems_of_step(cls, change: Any, state: str) -> list[Problem]:
        """A report is not called an error, and a closed line not reopened, without saying on what grounds."""
        if change.kind not in NEED_GROUNDS or change.note.strip() or change.identification_id:
            return []
        return [(change.code, f"'{change.get_kind_display()}' needs its grounds.", "Say in the note what shows it.")]

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[Problem]:
        """Return what is not possible in their statuses, and between these and how they were lost."""
        codes = list(codes)
        return [*super().problems_together(codes), *_lost_elsewhere(codes), *_status_before_loss(codes)]


def _lost_elsewhere(codes: Sequence[str]) -> list[Problem]:
    """People who were lost in an incident of another war or disaster."""
    people = MissingPerson.objects.filter(pk__in=codes, withdrawn="").exclude(incident=None)
    wrong = people.exclude(incident__calamity=F("calamity")).values_list("pk", "incident__name", "calamity__name")
    return [
        (code, f"The incident '{incident}' is no part of {calamity}.", "Name an incident of it, or the other calamity.")
        for code, incident, calamity in wrong
    ]


def _status_before_loss(codes: Sequence[str]) -> list[Problem]:
    """Decisions about people from before they were lost."""
    early = Status.objects.filter(missing__in=codes, withdrawn="", missing__last_seen_earliest__gt=F("happened_latest"))
    return [
        (
            status.missing_id,
            f"The status of {status.happened.words} is from before the loss ({status.missing.last_seen.words}).",
            "Correct the date of one of the two.",
        )
        for status in early.select_related("missing")
    ]


class MissingName(WrittenName, InBook):
    """What a missing person is or was called, as written."""

    missing = link("roll.MissingPerson", related="names")

    keep_permission = KEEP
    fixed_fields = frozenset({"missing"})

    class Meta(InBook.Meta):
        """Nothing of its own."""

        verbose_name = "name of a missing person"
        verbose_name_plural = "names of missing people"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is read with its person."""
        return [(MissingPerson, self.missing_id)]


class Status(Change, InBook):
    """A decision about a missing person, with its authority (``by``) and date. The last one holds."""

    missing = link("roll.MissingPerson", related="changes")
    kind = models.CharField(max_length=15, choices=StatusKind)
    identification = link(
        "casework.Identification",
        "The identification that accounts for the person.",
        required=False,
        related="statuses",
    )
    duplicate_of = link("roll.MissingPerson", "For a duplicate: the entry that stays.", required=False)
    reviewer = text_line(
        "Who checked a report made in error, other than whoever enters it.", required=False, longest=150
    )

    keep_permission = KEEP
    subject = "missing"
    needs_citation = False
    fixed_fields = frozenset({"missing", "kind", "identification"})
    action_fields = frozenset({"identification"})

    class Meta(Change.Meta):
        """A duplicate names the entry that stays, and is of another; a report made in error was checked by somebody."""

        verbose_name_plural = "statuses"
        indexes = [
            models.Index(fields=["code", "withdrawn", "known_on", "identification"], name="status_shown"),
            models.Index(fields=["missing", "happened_earliest"], name="status_of_missing"),
            models.Index(
                fields=["kind", "missing", "withdrawn", "known_on", "identification"], name="status_kind_of_missing"
            ),
            models.Index(fields=["version_known_on", "missing"], name="status_amended"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="status_duplicate_of_another",
                condition=(~Q(kind="duplicate") & Q(duplicate_of=None))
                | (Q(kind="duplicate", duplicate_of__isnull=False) & ~Q(duplicate_of=F("missing"))),
                violation_error_message="Say of which other entry this is a duplicate, and only for a duplicate.",
            ),
            models.CheckConstraint(
                name="status_error_reviewed",
                condition=~Q(kind="false-report") | ~Q(reviewer=""),
                violation_error_message="Say who checked that the report was made in error.",
            ),
        ]

    def problems_with(self, by: User) -> dict[str, str]:
        """A report made in error was checked by somebody else than who enters it."""
        name = self.reviewer.strip().casefold()
        if self.kind != StatusKind.FALSE_REPORT or name not in {
            by.get_username().casefold(),
            by.get_full_name().casefold(),
        }:
            return {}
        return {"reviewer": "A second person checks this. Name somebody else than yourself."}

    @classmethod
    def standing_of(cls, codes: Iterable[str]) -> models.QuerySet[Any]:
        """Leave out what rests on an identification that is not announced: no refusal may tell anybody of it.

        Signing and announcing look at all statuses, and so does the balance of the books.
        """
        identification: Any = cls._meta.get_field("identification").related_model
        return super().standing_of(codes).exclude(identification__in=identification.unannounced())

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """A status that rests on an identification is hidden together with it."""
        identification: Any = cls._meta.get_field("identification").related_model
        hidden = identification.hidden_from(user)
        if hidden is None:
            return None
        return Q(identification__in=identification.objects.filter(hidden).order_by().values("pk"))


class RulingVerdict(models.TextChoices):
    """What was decided about two entries that look alike."""

    DIFFERENT = "different", "two people"
    SAME = "same", "one person"
    UNDECIDED = "undecided", "cannot be decided yet"


class Ruling(InBook):
    """What somebody decided about two entries of the roll that look alike. Looking alike decides nothing."""

    first = link("roll.MissingPerson", related="+")
    second = link("roll.MissingPerson", related="+")
    verdict = models.CharField(max_length=9, choices=RulingVerdict)
    decided_by = text_line("Who decided it.")
    reason = text_block("On what grounds.")

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"first", "second"})

    class Meta(InBook.Meta):
        """One standing ruling on a pair, the smaller code first."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(name="ruling_on_two", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second"], condition=Q(withdrawn=""), name="ruling_once"),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
