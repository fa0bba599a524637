"""Forms of the custodian: taking over, sending, receiving, opening, describing, cutting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from homeward.core.dates import PartialDate
from homeward.osteology.catalogue import find_element, nearest_elements
from homeward.web.engagement.models import Handover
from homeward.web.journal.fields import PartialDateField, read_date
from homeward.web.journal.reader import Reader
from homeward.web.pages.forms import RowForm, form_of
from homeward.web.remains.accessions import Accession, CaseKind, Effect
from homeward.web.remains.custody import Store, Transfer, TransferKind
from homeward.web.remains.scanned import references_scanned
from homeward.web.remains.specimens import Completeness, Sample, Specimen

MOST_CASES = 500
_RANGE = re.compile(r"(\d{1,6})\s*-\s*(\d{1,6})")


if TYPE_CHECKING:
    AnyChoice = forms.ModelChoiceField[Any]
else:  # only type checkers give Django's fields type parameters
    AnyChoice = forms.ModelChoiceField


class CodeField(AnyChoice):
    """A row that is typed, or scanned, as its code."""

    def __init__(self, model: type[Any], **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(queryset=model.objects.filter(withdrawn=""), widget=widget, **options)
        self.error_messages["invalid_choice"] = f"There is no {model._meta.verbose_name} of this code."


def day_field(help_text: str) -> forms.Field:
    """Return a field for a day, as its column would have."""
    field = PartialDateField(help_text=help_text).formfield()
    assert field is not None, "A date is typed."  # noqa: S101
    return field


class DayForm(forms.Form):
    """A form with the day on which something was done, as ``on``."""

    def clean_on(self) -> PartialDate:
        """The day that was typed."""
        return read_date(self.cleaned_data["on"])


class TakeOverForm(RowForm):
    """Which containers of a handover are taken over."""

    handover = CodeField(Handover, required=False, help_text="Code of the handover in which they came.")
    case_kind = forms.ChoiceField(label="Container", choices=CaseKind)
    numbers = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The numbers on the containers, as they are written, with commas between; 1-55 for all of them.",
    )

    def clean_numbers(self) -> list[str]:
        """The number of each container."""
        found: list[str] = []
        for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["numbers"]))):
            between = _RANGE.fullmatch(part)
            if between is None:
                found.append(part)
            else:
                first, last = int(between[1]), int(between[2])
                if not first <= last < first + MOST_CASES:
                    raise ValidationError(f"{part} is no range of at most {MOST_CASES} numbers, the lower one first.")
                found += [str(number) for number in range(first, last + 1)]
        twice = sorted({number for number in found if found.count(number) > 1})
        if twice:
            raise ValidationError(
                f"{', '.join(twice)} stands here twice. If two containers bear it, add what tells them apart."
            )
        if len(found) > MOST_CASES:
            raise ValidationError(f"Take over at most {MOST_CASES} containers at once.")
        return found


class SendForm(RowForm):
    """What is sent, and what stays."""

    things = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        help_text="Scan the label of each thing, or type its code; one a line. What was taken out of it goes along.",
    )
    staying = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="What was taken out of these things and does not go along; one a line.",
    )
    reader: Reader

    def clean_things(self) -> list[str]:
        """The things that are sent."""
        return self._references("things")

    def clean_staying(self) -> list[str]:
        """The things that stay."""
        return self._references("staying")

    def _references(self, name: str) -> list[str]:
        """The things that lines name."""
        found, unknown = references_scanned(self.cleaned_data[name], self.reader)
        if unknown:
            raise ValidationError(f"Nothing in the register has this code: {', '.join(unknown)}.")
        return found


class ReceiptForm(DayForm):
    """What whoever receives says of it."""

    on = day_field("When they arrived.")
    received_by = forms.CharField(max_length=150, help_text="Who took them, by name.")
    n_received = forms.IntegerField(label="Things counted", min_value=0)
    seal_intact = forms.ChoiceField(
        label="Seal", choices=[("", "none was put on"), ("yes", "intact"), ("no", "not intact")], required=False
    )
    store = CodeField(Store, required=False, help_text="Where they are put; scan its label.")
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}), required=False, help_text="What differed, and why it was accepted."
    )

    def clean_seal_intact(self) -> bool | None:
        """Whether the seal is intact."""
        return {"yes": True, "no": False}.get(self.cleaned_data["seal_intact"])


class TurnBackForm(DayForm):
    """Why something is refused or called back."""

    on = day_field("When it was refused or called back.")
    why = forms.CharField(max_length=500)


class SampleForm(RowForm):
    """When a sample was cut; it is only planned where no day is given."""

    on = forms.CharField(label="Cut on", required=False, help_text="Leave it empty if it is only planned.")

    def clean_on(self) -> PartialDate | None:
        """The day that was typed."""
        return read_date(self.cleaned_data["on"]) if self.cleaned_data["on"] else None


class BoneForm(RowForm):
    """A bone, typed quickly: in any spelling that the catalogue knows."""

    def clean_element(self) -> str:
        """The name of the element in the catalogue."""
        typed = self.cleaned_data["element"]
        found = find_element(typed)
        if found is None:
            near = nearest_elements(typed)
            hint = f" Perhaps {' or '.join(near)}?" if near else ""
            raise ValidationError(f"{typed!r} is no bone of the catalogue.{hint}")
        return found.name


class PlaceForm(forms.Form):
    """Which place the label of a container means."""

    place = forms.CharField(max_length=100)
    why = forms.CharField(max_length=500, help_text="On what grounds this place and no other.")


class TableForm(forms.Form):
    """A table of bones from a file."""

    table = forms.FileField(help_text="CSV or a spreadsheet with the columns id, element, side, zones, age_class.")
    completeness = forms.ChoiceField(
        choices=Completeness,
        initial="fragment",
        help_text="Of bones for which the table has no column of this name.",
    )
    inventoried_by = forms.CharField(max_length=150, help_text="Who described them.")
    dry_run = forms.BooleanField(required=False, initial=True, label="Only check; enter nothing")


def _sending_form() -> type[RowForm]:
    """The form of a sending; the kinds that have actions of their own are left out."""
    names = ("kind", "happened", "giver", "receiver", "given_by", "seal", "n_things", "note", "known_on")
    form = form_of(Transfer, names, SendForm)
    own = {TransferKind.TAKEOVER, TransferKind.MOVE}
    form.base_fields["kind"].choices = [(kind.value, kind.label) for kind in TransferKind if kind not in own]  # type: ignore[attr-defined]
    return form


TAKEOVER = form_of(
    Transfer, ("happened", "giver", "receiver", "given_by", "seal", "n_things", "known_on"), TakeOverForm
)
SENDING = _sending_form()
OPENING = form_of(
    Accession,
    ("number", "laboratory", "opened", "opened_by", "witness", "seal_as_found", "n_items", "note", "known_on"),
)
BONE = form_of(
    Specimen,
    (
        "element",
        "side",
        "completeness",
        "zones",
        "designator",
        "provenance_1",
        "provenance_2",
        "condition",
        "age_stage",
        "n_fragments",
        "inventoried_by",
        "note",
    ),
    BoneForm,
)
BONE.base_fields["element"].widget.attrs |= {"list": "elements", "autofocus": True, "autocomplete": "off"}
EFFECT = form_of(Effect, ("designator", "kind", "description", "inscription", "n_items"))
SAMPLE = form_of(Sample, ("number", "purpose", "mass_g", "cut_by", "note"), SampleForm)
