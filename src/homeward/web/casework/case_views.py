"""The list of cases, what waits, and the pages on which something is done. Each calls one action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.adapters import address_of
from homeward.web.accounts.attempts import TOO_MANY_ATTEMPTS, claim_attempt, forget_attempts
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.casework.argument import Argument
from homeward.web.casework.case_forms import CaseForm, SignForm
from homeward.web.casework.case_list import MACHINE, cases_by_state, with_sides
from homeward.web.casework.deeds import DEEDS, Deed
from homeward.web.casework.evidence import Evidence, ReviewItem
from homeward.web.casework.identifications import SIGN, Identification
from homeward.web.casework.individuals import Association
from homeward.web.casework.signing import obstacles, sign
from homeward.web.casework.waiting import what_waits
from homeward.web.journal.access import visible
from homeward.web.journal.keeping import ChangedMeanwhile
from homeward.web.journal.recorded import VIEW, Recorded
from homeward.web.pages.as_of import reader_of

PAGE_SIZE = 50
REFUSED, TOO_MANY = 422, 429


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the user may see, those that changed last first; of one state if that is asked for."""
    if not request.user.has_perm(VIEW):
        raise Http404
    reader = reader_of(request)
    state = request.GET.get("state", "")
    page = Paginator(cases_by_state(reader, state), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = with_sides(reader.known(page.object_list), reader)
    labels = [(name, MACHINE.labels[name]) for name in MACHINE.labels]
    return render(request, "casework/cases.html", {"page": page, "cases": shown, "state": state, "states": labels})


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for the user."""
    if not request.user.has_perm(VIEW):
        raise Http404
    return render(request, "casework/waiting.html", {"lists": what_waits(signed_in_user(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Do one thing; where it cannot be done, say why and keep what was typed."""
    deed, row = _deed(request, name, code)
    user = signed_in_user(request)
    if request.method != "POST":
        return _deed_page(request, deed, row, deed.form(row=row, user=user, initial=_known_before(deed, row)))
    form = deed.form(request.POST, row=row, user=user)
    if form.is_valid():
        try:
            made = deed.run(row, dict(form.cleaned_data), user)
        except ValidationError as error:
            _add_errors(form, error)
        except ChangedMeanwhile:
            form.add_error(None, "Somebody changed this after you read it. Read it again, then decide.")
        else:
            return redirect(_where_it_shows(made if isinstance(made, Identification) else row))
    return _deed_page(request, deed, row, form, REFUSED)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def signature(request: HttpRequest, code: str) -> HttpResponse:
    """Show exactly what is signed, and sign it with one's password."""
    case = _visible_row(request, Identification, code)
    if not request.user.has_perm(SIGN):
        raise PermissionDenied("Only an examiner signs.")
    user = signed_in_user(request)
    argument = Argument.of(case)
    if request.method != "POST":
        return _signature_page(request, argument, SignForm(row=case, user=user))
    if not claim_attempt(user.get_username(), address_of(request)):
        form = SignForm(row=case, user=user)
        return _signature_page(request, argument, form, [TOO_MANY_ATTEMPTS], TOO_MANY)
    form = SignForm(request.POST, row=case, user=user)
    problems: list[str] = []
    if form.is_valid():
        forget_attempts(user, address_of(request))
        try:
            sign(case, by=user, read_digest=form.cleaned_data["read_digest"])
        except ValidationError as error:
            problems = error.messages
        else:
            return redirect(case)
    return _signature_page(request, argument, form, problems, REFUSED)


def _signature_page(
    request: HttpRequest, argument: Argument, form: Form, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """What is signed, what stands in the way, and the form."""
    context = {
        "case": argument.identification,
        "text": argument.text,
        "digest": argument.digest,
        "obstacles": obstacles(argument),
        "form": form,
        "problems": problems or [],
    }
    return render(request, "casework/signature.html", context, status=status)


def _deed(request: HttpRequest, name: str, code: str) -> tuple[Deed, Recorded]:
    """A deed and the row that it is about: 404 for whoever may not see the row, 403 for whoever may not do it."""
    if name not in DEEDS or not request.user.has_perm(VIEW):
        raise Http404
    deed = DEEDS[name]
    row = _visible_row(request, deed.model, code)
    if not request.user.has_perm(deed.permission):
        raise PermissionDenied("Your roles do not allow you to do this.")
    return deed, row


def _visible_row(request: HttpRequest, model: type[Recorded], code: str) -> Any:
    """A standing row that the user may see."""
    row = visible(request.user, model).filter(pk=code, withdrawn="").first()
    if row is None:
        raise Http404
    return row


def _known_before(deed: Deed, row: Recorded) -> dict[str, Any]:
    """What a form begins with: what the row says in the columns of the same names, and the version that was read."""
    names = {name for name in deed.form.base_fields if hasattr(row, name)}
    return {**{name: getattr(row, name) for name in names if getattr(row, name)}, "read_version": row.version}


def _deed_page(request: HttpRequest, deed: Deed, row: Recorded, form: CaseForm, status: int = 200) -> HttpResponse:
    """The page of a deed."""
    context = {"deed": deed, "row": row, "form": form, "back": _where_it_shows(row)}
    return render(request, "casework/deed.html", context, status=status)


def _add_errors(form: CaseForm, error: ValidationError) -> None:
    """Put what an action found beside its fields, or above the form."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in found.items():
        form.add_error(name if name in form.fields else None, list(messages))


def _where_it_shows(row: Recorded) -> str:
    """The page of the case or of the individual that a row is a part of; otherwise its own."""
    if isinstance(row, ReviewItem):
        row = row.evidence
    if isinstance(row, Evidence) or hasattr(row, "identification"):
        return str(row.identification.get_absolute_url())
    if isinstance(row, Association):
        return str(row.individual.get_absolute_url())
    return row.get_absolute_url()
