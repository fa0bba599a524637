"""The index table: what every row says, as long as it was known to say it, in words that can be compared."""

from __future__ import annotations

from django.db import models

from homeward.web.journal.fields import MAX_CODE

LONGEST_NOUN = 40


class Indexed(models.Model):
    """What a row said while one version of it was the newest known; a stretch of it, where it is a long document.

    It follows from the journal and can be made again from it at any time.

    noun, code: the row. shown_noun, shown_code: the row on whose page it is read: a place for a name of the place.
    section: where it is listed. document: whose limited reach limits who may find it.
    stretch, starts_at: which stretch of a long text it is, and at which character of the text that begins.
    known_from, known_until: from and to which day this was the version known; open for the newest.
    began: the day before which what it tells of had not begun.
    title, date_words, text: to be read. names, words: folded, to be found.
    """

    noun = models.CharField(max_length=LONGEST_NOUN)
    code = models.CharField(max_length=MAX_CODE)
    stretch = models.PositiveIntegerField()
    starts_at = models.PositiveIntegerField()
    shown_noun = models.CharField(max_length=LONGEST_NOUN)
    shown_code = models.CharField(max_length=MAX_CODE)
    section = models.CharField(max_length=20)
    document = models.ForeignKey("sources.Document", on_delete=models.PROTECT, null=True, related_name="+")
    known_from = models.DateField()
    known_until = models.DateField(null=True)
    began = models.DateField(null=True)
    dated = models.DateField()
    date_words = models.TextField()
    title = models.TextField()
    text = models.TextField()
    names = models.TextField()
    words = models.TextField()

    class Meta:
        """Found by row and, beside the words, by section."""

        default_permissions = ()
        indexes = [
            models.Index(fields=["noun", "code", "stretch"], name="indexed_by_row"),
            models.Index(fields=["section", "id"], name="indexed_by_section"),
        ]

    def __str__(self) -> str:
        return f"{self.noun}:{self.code}"
