"""Pages on which a status is decided and relatives are added. Each calls one action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import may_view
from homeward.web.journal.keeping import enter
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Row
from homeward.web.pages.forms import offer_only_visible
from homeward.web.pages.keeping_views import add_errors, form_page
from homeward.web.roll.families import Family, Relative
from homeward.web.roll.family_actions import add_relative
from homeward.web.roll.people import MissingPerson, Status, StatusKind
from homeward.web.roll.person_page import BY_OTHER_MEANS
from homeward.web.roll.roll_forms import relative_form, status_form


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Decide how a missing person stands."""
    person = _found(request, MissingPerson, code, Status.keep_permission)
    if kind not in StatusKind.values or kind in BY_OTHER_MEANS:
        raise Http404
    heading: dict[str, Any] = {"heading": f"{StatusKind(kind).label.capitalize()}: {person.name}", "back": person}
    if request.method != "POST":
        form = status_form(person, kind, given={"known_on": timezone.localdate(), "order": 0})
        return form_page(request, Status, form, template="roll/form.html", **heading)
    form = status_form(person, kind, request.POST)
    offer_only_visible(form, signed_in_user(request))
    if form.is_valid():
        try:
            why = form.cleaned_data["why"]
            enter(form.instance, by=signed_in_user(request), why=why, action=f"status.{kind}")
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(person)
    return form_page(request, Status, form, status=422, template="roll/form.html", **heading)


@require_http_methods(["GET", "HEAD", "POST"])
def new_relative(request: HttpRequest, code: str) -> HttpResponse:
    """Add a relative to a family; the address may give columns, as ``?father=CODE``."""
    family = _found(request, Family, code, Relative.keep_permission)
    heading: dict[str, Any] = {"heading": f"A relative in {family.name}", "back": family}
    reader = Reader(request.user)
    if request.method != "POST":
        form = relative_form(family, reader, given={"known_on": timezone.localdate(), **request.GET.dict()})
        return form_page(request, Relative, form, template="roll/form.html", **heading)
    form = relative_form(family, reader, request.POST)
    offer_only_visible(form, signed_in_user(request))
    if form.is_valid():
        children = [child.code for child in form.cleaned_data["children"]]
        try:
            add_relative(form.instance, children=children, by=signed_in_user(request), why=form.cleaned_data["why"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(family)
    return form_page(request, Relative, form, status=422, template="roll/form.html", **heading)


def _found(request: HttpRequest, model: type[Row], code: str, permission: str) -> Row:
    """A row that stands: 404 for whoever may not see it, 403 for whoever may only read it."""
    if not may_view(request.user, model):
        raise Http404
    row = Reader(request.user).get(model, code)
    if row is None:
        raise Http404
    if not request.user.has_perm(permission):
        raise PermissionDenied(f"Your roles do not allow you to change {model._meta.verbose_name_plural}.")
    return row
