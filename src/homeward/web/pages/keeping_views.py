"""Pages on which rows are entered, amended and withdrawn. Each calls one action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import visible
from homeward.web.journal.keeping import ChangedMeanwhile, amend, enter, withdraw
from homeward.web.journal.looks import looked_at
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.pages.forms import (
    RowForm,
    SourceForm,
    blank_forms,
    new_row,
    offer_only_visible,
    row_form,
    typed_forms,
)
from homeward.web.pages.views import model_of

MOST_LISTED = 500


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, noun: str) -> HttpResponse:
    """Enter a row of a noun; the address may give columns, as ``?meeting=CODE&kind=missed``."""
    model = _to_keep(noun, request)
    if request.method != "POST":
        given = {"known_on": timezone.localdate(), **request.GET.dict()}
        return form_page(request, model, *blank_forms(model, given))
    form, source = typed_forms(model, request.POST, signed_in_user(request))
    if (made := new_row(form, source)) is not None:
        row, parts = made
        try:
            enter(row, by=signed_in_user(request), why=form.cleaned_data["why"], parts=parts)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(_where_it_shows(row))
    return form_page(request, model, form, source, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Amend a row. Where somebody else changed it meanwhile, their change is shown beside what was typed."""
    model = _to_keep(noun, request, by_form=False)
    row = _standing(model, code, request)
    looked_at(noun, [code], request.user, "form")
    if request.method != "POST":
        return form_page(request, model, row_form(model)(instance=row), row=row)
    form = row_form(model)(request.POST, instance=model.objects.get(pk=row.pk))
    offer_only_visible(form, signed_in_user(request))
    clash = None
    if form.is_valid():
        try:
            amend(
                row,
                {name: value for name, value in form.row_values().items() if name != "known_on"},
                by=signed_in_user(request),
                why=form.cleaned_data["why"],
                read_version=_read_version(request, row),
                known_on=_newly_known(form, row),
            )
        except ChangedMeanwhile as error:
            clash = error
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(_where_it_shows(row))
    return form_page(request, model, form, row=row, clash=clash, status=409 if clash else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Withdraw a row, with the reason."""
    model = _to_keep(noun, request, nouns()[noun].withdraw_permission if noun in nouns() else "")
    row = _standing(model, code, request)
    why, problems = request.POST.get("why", "").strip(), []
    if request.method == "POST":
        if not why:
            problems = ["Say why this no longer stands."]
        else:
            try:
                withdraw(row, by=signed_in_user(request), why=why[:300])
            except ValidationError as error:
                problems = error.messages
            else:
                return redirect("record:rows", noun)
    context = {"row": row, "noun": noun, "model": model._meta, "why": why, "problems": problems}
    return render(request, "record/withdraw.html", context, status=422 if problems else 200)


def _to_keep(noun: str, request: HttpRequest, permission: str = "", *, by_form: bool = True) -> type[Recorded]:
    """The model of a noun that the user may change: 404 for whoever may not read it, 403 for whoever may only read.

    by_form: whether it is entered or withdrawn, which some nouns have actions of their own for.
    """
    model = model_of(noun, request)
    if by_form and model.by_action_only:
        raise Http404
    if not request.user.has_perm(permission or model.keep_permission):
        raise PermissionDenied(f"Your roles do not allow you to change {model._meta.verbose_name_plural}.")
    return model


def _standing(model: type[Recorded], code: str, request: HttpRequest) -> Recorded:
    """A row that the user may see and that was not withdrawn."""
    row = visible(request.user, model).filter(pk=code, withdrawn="").first()
    if row is None:
        raise Http404
    return row


def _read_version(request: HttpRequest, row: Recorded) -> int:
    """The version that the form was made from."""
    text = request.POST.get("read_version", "")
    return int(text) if text.isdigit() else row.version


def _newly_known(form: RowForm, row: Recorded) -> Any:
    """From when the new version counts as known: the day given, unless it is the one that the form came with."""
    given = form.cleaned_data.get("known_on")
    return given if given and given > row.version_known_on else None


def _where_it_shows(row: Recorded) -> str:
    """The page on which a row is read: that of the thing whose history it is a part of, or its own."""
    for model, code in row.depends_on():
        return reverse("record:row", args=[model.noun(), code])
    return row.get_absolute_url()


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Put what an action found beside the columns, or above the form where it has no such column."""
    for name, messages in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, list(messages))


def form_page(
    request: HttpRequest,
    model: type[Recorded],
    form: RowForm,
    source: SourceForm | None = None,
    *,
    row: Recorded | None = None,
    clash: ChangedMeanwhile | None = None,
    status: int = 200,
    template: str = "record/form.html",
    **more: Any,
) -> HttpResponse:
    """Return the page of a form; after a clash it goes on from the version that is there now.

    template: extends ``record/form.html``; it gets ``more``.
    """
    lists = {
        noun: visible(request.user, nouns()[noun]).filter(withdrawn="")[:MOST_LISTED] for noun in form.listed_nouns()
    }
    version = clash.row.version if clash else _read_version(request, row) if row else None
    context = {"form": form, "source": source, "row": row, "clash": clash, "lists": lists, "read_version": version}
    shown = {"noun": model.noun(), "model": model._meta, "changes": model.noun().endswith("change")}
    return render(request, template, {**context, **shown, **more}, status=status)
