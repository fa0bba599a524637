"""Forms of the pages on which things are merged, split and renumbered, and duplicates decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from homeward.core.dates import PartialDate
from homeward.web.identity.identifiers import Identifier
from homeward.web.identity.looking_up import look_up
from homeward.web.identity.succession_plans import Decision
from homeward.web.journal.fields import MAX_DATE, read_date
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded
from homeward.web.remains.specimens import Specimen


class DecisionForm(forms.Form):
    """When it was decided, by whom, and why."""

    happened = forms.CharField(max_length=MAX_DATE, label="When it was decided", help_text="Such as 2018-07-12.")
    decided_by = forms.CharField(max_length=300, label="Who decided it")
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="On what grounds")

    def clean_happened(self) -> PartialDate:
        """A day, or as much of it as is known."""
        return read_date(self.cleaned_data["happened"])

    def decision(self) -> Decision:
        """Return what was typed."""
        data = self.cleaned_data
        return Decision(data["happened"], data["decided_by"], data["reason"])


class MergeForm(DecisionForm):
    """Which other things are one with this, and which of all goes on."""

    others = forms.CharField(
        label="One with",
        help_text="Numbers or codes of the others, one a line.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    goes_on = forms.BooleanField(
        label="This one goes on", required=False, initial=True, help_text="If not, the first of the others does."
    )
    field_order = ["others", "goes_on"]

    def __init__(self, *args: Any, row: Recorded, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._row, self._reader = row, reader

    def clean_others(self) -> list[Any]:
        """The things that the numbers name; each names one of the same noun."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        rows, problems = [], []
        for line in lines:
            found = [hit.row for hit in look_up(line, self._reader) if type(hit.row) is type(self._row)]
            if len(found) == 1:
                rows += found
            else:
                noun = self._row._meta.verbose_name
                problems.append(
                    f"There is no {noun} {line}."
                    if not found
                    else f"Several are known as {line}. Give the code of one."
                )
        if problems:
            raise ValidationError(problems)
        return rows


class SplitForm(DecisionForm):
    """Into which new individual each bone goes; left empty, it stays."""

    def __init__(self, *args: Any, specimens: Sequence[Specimen], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._specimens = specimens
        for one in specimens:
            label = f"{one.element}, {one.get_side_display()} ({one.title})"
            self.fields[f"to-{one.code}"] = forms.CharField(max_length=80, required=False, label=label)
        self.order_fields([f"to-{one.code}" for one in specimens])

    def groups(self) -> dict[str, list[Specimen]]:
        """Return the bones of each new individual by its number."""
        found: dict[str, list[Specimen]] = {}
        for one in self._specimens:
            if number := self.cleaned_data[f"to-{one.code}"].strip():
                found.setdefault(number, []).append(one)
        return found


class RenumberForm(DecisionForm):
    """Which number is replaced, and by what."""

    replaced = forms.ChoiceField(label="Number that is replaced")
    number = forms.CharField(max_length=80, label="New number")
    field_order = ["replaced", "number"]

    def __init__(self, *args: Any, own: str, identifiers: Iterable[Identifier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", f"{own} (its own)")] if own else []
        choices += [(one.code, f"{one.value} ({one.get_kind_display()})") for one in identifiers]
        field = self.fields["replaced"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
        field.required = not own


class UndoForm(forms.Form):
    """Why it is undone."""

    reason = forms.CharField(max_length=300, label="Why it is undone")


class RulingForm(DecisionForm):
    """What two entries that look alike are found to be."""

    verdict = forms.ChoiceField(
        label="They are",
        widget=forms.RadioSelect,
        choices=[
            ("different", "two people"),
            ("first", "one person: the first entry goes on"),
            ("second", "one person: the second entry goes on"),
            ("undecided", "not to be decided yet"),
        ],
    )
    field_order = ["verdict"]
