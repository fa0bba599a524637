"""Forms of the pages of sources: which documents to list, the file of a document, and what is done with a conflict."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import Q

from homeward.core.dates import NotADate, PartialDate, parse_date
from homeward.web.accounts.models import User
from homeward.web.sources.conflicts import KEEP, Conflict, ConflictState, Position
from homeward.web.sources.documents import DocumentKind, Grade

PERMISSIONS = "django.contrib.auth.backends.ModelBackend"
NOBODY = "(nobody)"
"""Stands in an address for conflicts that nobody has taken on; no user can be called so."""


class DateText(forms.CharField):
    """A date in the notation of the record."""

    def clean(self, value: str | None) -> PartialDate | None:
        """Read the date.

        Raises
        ------
        ValidationError
            It is none.
        """
        text = super().clean(value)
        try:
            return parse_date(text) if text else None
        except NotADate as error:
            raise forms.ValidationError(str(error)) from error


class DocumentFilter(forms.Form):
    """Which documents are listed."""

    kind = forms.ChoiceField(required=False, choices=[("", "of any kind"), *DocumentKind.choices])
    grade = forms.ChoiceField(required=False, choices=[("", "of any grade"), *Grade.choices])
    publisher = forms.CharField(required=False, max_length=200, label="Publisher or title")
    since = DateText(required=False, max_length=80, label="Published from")
    until = DateText(required=False, max_length=80, label="up to")

    def condition(self) -> Q:
        """Return what the documents must fulfil; what was not understood does not count."""
        wanted = self.cleaned_data
        condition = Q()
        if wanted.get("kind"):
            condition &= Q(kind=wanted["kind"])
        if wanted.get("grade"):
            condition &= Q(grade=wanted["grade"])
        if words := wanted.get("publisher"):
            condition &= Q(publisher__icontains=words) | Q(headline__icontains=words)
        if since := wanted.get("since"):
            condition &= Q(published_latest__gte=since.earliest)
        if until := wanted.get("until"):
            condition &= Q(published_earliest__lte=until.latest)
        return condition


class FileForm(forms.Form):
    """The file of a new document."""

    file = forms.FileField(required=False, label="File", max_length=200)


class ConflictFilter(forms.Form):
    """Which conflicts are listed."""

    state = forms.ChoiceField(required=False, choices=[("", "in any state"), *ConflictState.choices])

    def __init__(self, *args: object, owners: Iterable[str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [("", "of anybody"), (NOBODY, "of nobody"), *((name, name) for name in owners)]
        self.fields["owner"] = forms.ChoiceField(required=False, choices=choices)

    def accepts(self, conflict: Conflict) -> bool:
        """Return whether a conflict is to be listed."""
        state, owner = self.cleaned_data.get("state"), self.cleaned_data.get("owner")
        if state and conflict.state != state:
            return False
        return not owner or (conflict.owner_id is None if owner == NOBODY else conflict.owner_id == owner)


class NothingToSay(forms.Form):
    """For what is done by one button."""


class HandTo(forms.Form):
    """To whom a conflict is handed."""

    why = forms.CharField(max_length=500, required=False, label="Why", help_text="If there is something to say.")
    field_order = ("owner", "why")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        keepers = User.objects.with_perm(KEEP, backend=PERMISSIONS).order_by("username")
        self.fields["owner"] = forms.ModelChoiceField(
            queryset=keepers, to_field_name="username", label="Who is to clear it up", empty_label="Choose"
        )
        self.order_fields(self.field_order)


class GiveReason(forms.Form):
    """Why the answers differ, or why the question cannot be decided."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), label="Reason")


class Decide(GiveReason):
    """Which answer is preferred, and why."""

    field_order = ("preferred", "reason")

    def __init__(self, *args: object, answers: Iterable[Position], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [(position.code, position.answer) for position in answers]
        self.fields["preferred"] = forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect, label="Which answer is preferred"
        )
        self.order_fields(self.field_order)


class Reopen(forms.Form):
    """Why a conflict is opened again."""

    why = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 3}), label="Why", help_text="What was learned."
    )
