"""Names as they are written: script, romanisation, period, and as a source wrote them."""

from __future__ import annotations

from django.db import models

from homeward.web.journal.fields import PartialDateField, text_line
from homeward.web.journal.recorded import Recorded


class Script(models.TextChoices):
    """ISO 15924 codes of the scripts that names come in."""

    LATIN = "Latn", "Latin"
    HANGUL = "Hang", "Hangul"
    HAN = "Hani", "Han (Chinese characters)"
    JAPANESE = "Jpan", "Japanese"
    CYRILLIC = "Cyrl", "Cyrillic"
    THAI = "Thai", "Thai"
    OTHER = "Zyyy", "Another script"


class NameKind(models.TextChoices):
    """What sort of name it is."""

    OWN = "own", "own name in the original script"
    ROMANISATION = "romanisation", "romanisation"
    READING = "reading", "reading in another language"
    ENGLISH = "english", "usual English form"
    ACRONYM = "acronym", "acronym"
    FORMER = "former", "former name"
    AS_WRITTEN = "as-written", "as a source wrote it"


class WrittenName(Recorded):
    """One way in which something is called."""

    text = text_line("The name, in its own script and order.")
    script = models.CharField(max_length=4, choices=Script, default=Script.LATIN)
    kind = models.CharField(max_length=12, choices=NameKind)
    system = text_line("Romanisation system, such as McCune–Reischauer or Revised Romanization.", required=False)
    used = PartialDateField(null=True, blank=True, help_text="When it was used, if not always.")

    class Meta(Recorded.Meta):
        """The constraints of every row."""

        abstract = True

    def __str__(self) -> str:
        return self.text
