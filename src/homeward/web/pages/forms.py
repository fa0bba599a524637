"""Forms for any noun: its columns, why, and the source that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db import models
from django.utils.text import slugify

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.journal.book import opaque_code
from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.recorded import Recorded, content_fields
from homeward.web.sources.documents import Citation, Document, FromDocument

if TYPE_CHECKING:
    AnyModelForm = forms.ModelForm[Any]
else:  # only type checkers give Django's forms type parameters
    AnyModelForm = forms.ModelForm

NOT_TYPED = frozenset({"code", "withdrawn", "passage_start", "passage_end", "original"})
SOURCE = "source"
"""Prefix of the columns of a new row's source."""
LISTED = frozenset(
    {"place", "party", "person", "office", "series", "countingrule", "agreement", "meeting", "operation", "calamity"}
)
"""Nouns short enough to be offered as a list while a code is typed."""


def _form_field(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """A column's field; a link is typed as a code, as there can be twenty thousand documents to choose from."""
    if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, Recorded):
        noun = field.remote_field.model.noun()
        attributes = {"list": f"codes-{noun}"} if noun in LISTED else {}
        widget = forms.TextInput(attrs={**attributes, "autocomplete": "off"})
        messages = {
            "invalid_choice": f"There is no {noun} of this code. Look it up first; codes stand under each title."
        }
        return field.formfield(widget=widget, error_messages=messages, **options)
    if isinstance(field, models.TextField):
        return field.formfield(widget=forms.Textarea(attrs={"rows": 3}), **options)
    if isinstance(field, models.DateField):
        return field.formfield(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
    return field.formfield(**options)


class RowForm(AnyModelForm):
    """What is common to the forms of all nouns."""

    why = forms.CharField(
        max_length=500, required=False, help_text="For the journal: what was learned, or what was wrong."
    )

    def row_values(self) -> dict[str, Any]:
        """Return the columns that were typed."""
        return {name: value for name, value in self.cleaned_data.items() if name in self._meta.fields}  # type: ignore[operator]

    def listed_nouns(self) -> list[str]:
        """Return the nouns whose codes are offered while typing."""
        lists = {field.widget.attrs.get("list", "") for field in self.fields.values()}
        return sorted(name.removeprefix("codes-") for name in lists if name)


class SourceForm(forms.Form):
    """The document that a new row rests on."""

    document = forms.ModelChoiceField(
        queryset=Document.objects.none(),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid_choice": "There is no document of this code. Look it up, or enter it first."},
        help_text="Code of the document that says so.",
    )
    passage = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="Its exact words, copied from the document."
    )
    locator = forms.CharField(max_length=300, required=False, help_text="Page or paragraph, where there is one.")

    def citation(self, row: Recorded) -> Citation:
        """Return the citation of a new row; it is kept together with the row."""
        return Citation(
            code=free_code(Citation, f"{row.noun()}-{row.code}"),
            about=row.reference,
            known_on=row.known_on,
            **self.cleaned_data,
        )


def row_form(model: type[Recorded]) -> type[RowForm]:
    """Return the form of a noun, without what is worked out or never typed."""
    not_typed = NOT_TYPED | model.action_fields
    names = [field.name for field in content_fields(model) if field.name not in not_typed and field.editable]
    names.sort(key=lambda name: name == "known_on")
    return form_of(model, names)


def form_of(model: type[Recorded], names: Sequence[str], form: type[RowForm] = RowForm) -> type[RowForm]:
    """Return a form of some columns of a noun, for a page with an action of its own."""
    made = forms.modelform_factory(model, form=form, fields=names, formfield_callback=_form_field)
    return cast(type[RowForm], made)


def offer_only_visible(form: forms.BaseForm, user: User) -> None:
    """Let a form find only rows that its user may see; to the form, others are not there."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            model = field.queryset.model if field.queryset is not None else None
            if model is not None and issubclass(model, Recorded):
                field.queryset = visible(user, model)


def needs_source(model: type[Recorded]) -> bool:
    """Return whether a new row is entered together with its source."""
    return not issubclass(model, FromDocument) and model.needs_citation


def free_code(model: type[Recorded], wish: str) -> str:
    """Return a code that no row of a noun has: made from words, or drawn by lot where a code must tell nothing."""
    if model.opaque_codes:
        return opaque_code()
    stem = re.sub(r"[-_]+", "-", slugify(wish))[: MAX_CODE - 8].strip("-") or model.noun()
    code, number = stem, 1
    while model.objects.filter(pk=code).exists():
        number += 1
        code = f"{stem}-{number}"
    return code


def blank_forms(
    model: type[Recorded], given: Mapping[str, Any], source_given: Mapping[str, Any] | None = None
) -> tuple[RowForm, SourceForm | None]:
    """Return the form of a new row, and that of its source where it needs one, with what is given filled in."""
    source = SourceForm(prefix=SOURCE, initial=dict(source_given or {})) if needs_source(model) else None
    return row_form(model)(initial=dict(given)), source


def typed_forms(model: type[Recorded], typed: Mapping[str, Any], user: User) -> tuple[RowForm, SourceForm | None]:
    """Return the same forms with what a user typed, or would have typed."""
    form = row_form(model)(typed, instance=model())
    offer_only_visible(form, user)
    source = SourceForm(typed, prefix=SOURCE) if needs_source(model) else None
    if source is not None:
        offer_only_visible(source, user)
    return form, source


def new_row(form: RowForm, source: SourceForm | None) -> tuple[Recorded, list[Recorded]] | None:
    """Return the row that was typed, with the citation to be entered with it; ``None`` if it is not right yet."""
    if not (form.is_valid() & (source is None or source.is_valid())):
        return None
    row: Recorded = form.instance
    row.code = free_code(type(row), str(row))
    return row, [source.citation(row)] if source is not None else []
