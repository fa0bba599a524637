"""Forms for what is entered every day: a status, a relative."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.web.journal.book import opaque_code
from homeward.web.journal.reader import Reader
from homeward.web.pages.forms import RowForm, row_form
from homeward.web.roll.families import Family, Relative
from homeward.web.roll.people import MissingPerson, Sex, Status, StatusKind

OF_RELATIVE = ("name", "sex", "born", "living", "father", "mother", "told_relation", "missing", "twin_of", "identical")


def relative_form(family: Family, reader: Reader, typed: Any = None, given: Any = None) -> RowForm:
    """Return the form of a new relative of a family."""
    form = row_form(Relative)(typed, initial=given, instance=Relative(code=opaque_code(), family=family))
    del form.fields["family"], form.fields["made_up"]
    relatives = reader.rows(Relative).filter(family=family).order_by("name", "code")
    for name, sexes in (
        ("father", {"male", "unknown"}),
        ("mother", {"female", "unknown"}),
        ("twin_of", set(Sex.values)),
    ):
        old = form.fields[name]
        form.fields[name] = forms.ModelChoiceField(
            relatives.filter(sex__in=sexes), required=False, help_text=old.help_text
        )
    form.fields["children"] = forms.ModelMultipleChoiceField(
        relatives,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those in the pedigree whose father or mother this is.",
    )
    form.order_fields([*OF_RELATIVE, "children", "despite", "known_on", "why"])
    return form


def status_form(person: MissingPerson, kind: str, typed: Any = None, given: Any = None) -> RowForm:
    """Return the form of a decision of one kind about a person."""
    form = row_form(Status)(typed, initial=given, instance=Status(code=opaque_code(), missing=person, kind=kind))
    for name in ("missing", "kind", "duplicate_of", "made_up"):
        del form.fields[name]
    if kind != StatusKind.FALSE_REPORT:
        del form.fields["reviewer"]
    form.fields["by"].label = "Authority"
    form.fields["by"].help_text = "Code of the party whose decision it is."
    form.order_fields(["happened", "by", "reviewer", "note", "order", "known_on", "why"])
    return form
