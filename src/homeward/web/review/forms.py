"""Forms of the review: what is said beside the columns of a row that a draft becomes."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.text import capfirst

from homeward.web.journal.recorded import Recorded
from homeward.web.pages.forms import free_code
from homeward.web.sources.documents import Citation, Document
from homeward.web.sources.statements import Attribution, Bearing, Says, Statement

LONGEST_STEM = 80
LONGEST_LINK = 300
HOW = "reported by"
"""How a link of a chain passed a statement on, where the reader has no better word."""


class PassedOn(forms.Form):
    """Through whom a statement reached the document."""

    passed_on = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Passed on by",
        help_text="Who passed it on to this document, one on each line, the one nearest to the speaker first.",
    )

    def attributions(self, statement: Statement) -> list[Recorded]:
        """Return the links of the chain, to be entered with the statement."""
        lines = [line.strip()[:LONGEST_LINK] for line in self.cleaned_data["passed_on"].splitlines()]
        return [
            Attribution(
                code=free_code(Attribution, f"{statement.code[:LONGEST_STEM]}-link-{position}"),
                statement=statement,
                position=position,
                who=who,
                how=HOW,
                known_on=statement.known_on,
            )
            for position, who in enumerate(filter(None, lines), start=1)
        ]


class LinkTo(forms.Form):
    """The row of the record that a draft is about."""

    near = forms.ChoiceField(required=False, widget=forms.RadioSelect, label="On the same days")
    about = forms.CharField(
        required=False,
        max_length=200,
        label="Or another row",
        help_text="As noun:code, such as meeting:panmunjom-2018-07-12; codes stand above each title.",
    )
    says = forms.ChoiceField(choices=Says, initial=Says.CONCERNS, label="What the statement says of it")

    def __init__(self, *args: object, near: Iterable[Recorded], is_statement: bool, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["near"].choices = [  # type: ignore[attr-defined]
            (row.reference, capfirst(f"{row._meta.verbose_name}: {row.title}")) for row in near
        ]
        if not self.fields["near"].choices:  # type: ignore[attr-defined]
            del self.fields["near"]
            self.fields["about"].label = "The row"
        if not is_statement:
            del self.fields["says"]

    def clean(self) -> dict[str, str]:
        """Take the row that was typed, else the one that was chosen.

        Raises
        ------
        ValidationError
            Neither.
        """
        found: dict[str, str] = super().clean() or {}
        found["about"] = found.get("about", "").strip() or found.get("near", "")
        if not found["about"]:
            raise forms.ValidationError("Choose a row, or type its noun and code.")
        return found

    def bearing(self, statement: Statement) -> Bearing:
        """Return what the statement says of the row."""
        return Bearing(
            code=free_code(Bearing, f"{statement.code[:LONGEST_STEM]}-bears"),
            statement=statement,
            about=self.cleaned_data["about"],
            says=self.cleaned_data["says"],
            known_on=statement.known_on,
        )

    def citation(self, document: Document, passage: str, locator: str) -> Citation:
        """Return the citation that says that the row rests on the document."""
        about = self.cleaned_data["about"]
        stem = f"{about.replace(':', '-')[:LONGEST_STEM]}-{document.code}"
        return Citation(
            code=free_code(Citation, stem),
            about=about,
            document=document,
            passage=passage,
            locator=locator,
            known_on=document.known_on,
        )


class Reject(forms.Form):
    """Why a draft is rejected."""

    why = forms.CharField(max_length=300, label="Why")
