"""The register of conflicts, and the pages on which something is done with one. Each calls one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.models import User
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import visible
from homeward.web.journal.keeping import ChangedMeanwhile
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW
from homeward.web.pages.as_of import reader_of
from homeward.web.sources import actions
from homeward.web.sources.conflict_page import LABELS
from homeward.web.sources.conflicts import KEEP, Conflict, Position
from homeward.web.sources.forms import ConflictFilter, Decide, GiveReason, HandTo, NothingToSay, Reopen

PAGE_SIZE = 50

Perform = Callable[[Conflict, forms.Form, User, int], Conflict]
PERFORM: dict[str, Perform] = {
    "taken-on": lambda conflict, form, by, version: actions.take_on(conflict, by=by, read_version=version),
    "handed-on": lambda conflict, form, by, version: actions.hand_to(
        conflict, form.cleaned_data["owner"], by=by, read_version=version, why=form.cleaned_data["why"]
    ),
    "explained": lambda conflict, form, by, version: actions.explain(
        conflict, form.cleaned_data["reason"], by=by, read_version=version
    ),
    "decided": lambda conflict, form, by, version: actions.decide(
        conflict,
        Position(code=form.cleaned_data["preferred"]),
        form.cleaned_data["reason"],
        by=by,
        read_version=version,
    ),
    "left-undecided": lambda conflict, form, by, version: actions.leave_undecided(
        conflict, form.cleaned_data["reason"], by=by, read_version=version
    ),
    "reopened": lambda conflict, form, by, version: actions.reopen(
        conflict, form.cleaned_data["why"], by=by, read_version=version
    ),
}


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """List the conflicts that were known, with their states as known then."""
    if not request.user.has_perm(VIEW):
        raise Http404
    reader = reader_of(request)
    everything = reader.known(reader.rows(Conflict).order_by("code"))
    form = ConflictFilter(request.GET, owners=sorted({row.owner_id for row in everything if row.owner_id}))
    form.is_valid()
    page = Paginator([row for row in everything if form.accepts(row)], PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "rows": _with_answers(list(page.object_list), reader)}
    return render(request, "sources/conflicts.html", {**shown, "may_keep": request.user.has_perm(KEEP)})


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Do one thing with a conflict; where it cannot be done, say why and keep what was typed."""
    if action not in PERFORM or not request.user.has_perm(VIEW):
        raise Http404
    if not request.user.has_perm(KEEP):
        raise PermissionDenied("Your roles do not allow you to keep the register of conflicts.")
    conflict = visible(request.user, Conflict).filter(pk=code, withdrawn="").first()
    if conflict is None:
        raise Http404
    form = _form(action, conflict, request)
    if request.method != "POST":
        return _action_page(request, conflict, action, form)
    problems: Sequence[str] = []
    clash = None
    if form.is_valid():
        try:
            PERFORM[action](conflict, form, signed_in_user(request), _read_version(request, conflict))
        except ChangedMeanwhile as error:
            clash = error
        except ValidationError as error:
            problems = error.messages
        else:
            return redirect(conflict)
    return _action_page(request, conflict, action, form, problems=problems, clash=clash)


def _with_answers(rows: Sequence[Conflict], reader: Reader) -> list[tuple[Conflict, int]]:
    """Conflicts, each with the number of answers that the reader may see."""
    positions = reader.known(reader.rows(Position).filter(conflict__in=[row.code for row in rows]))
    answers = Counter(position.conflict_id for position in positions)
    return [(row, answers[row.code]) for row in rows]


def _form(action: str, conflict: Conflict, request: HttpRequest) -> forms.Form:
    """The form of an action, with what was typed in it."""
    typed = request.POST if request.method == "POST" else None
    if action == "decided":
        answers = visible(request.user, Position).filter(conflict=conflict.pk, withdrawn="").order_by("code")
        return Decide(typed, answers=answers, initial={"reason": conflict.reason})
    if action in ("explained", "left-undecided"):
        return GiveReason(typed, initial={"reason": conflict.reason})
    if action == "handed-on":
        return HandTo(typed)
    return Reopen(typed) if action == "reopened" else NothingToSay(typed)


def _read_version(request: HttpRequest, conflict: Conflict) -> int:
    """The version that the user had before their eyes."""
    text = request.POST.get("read_version", "")
    return int(text[:9]) if text.isascii() and text.isdigit() else conflict.version


def _action_page(
    request: HttpRequest,
    conflict: Conflict,
    action: str,
    form: forms.Form,
    *,
    problems: Sequence[str] = (),
    clash: ChangedMeanwhile | None = None,
) -> HttpResponse:
    """The page of one action; after a clash it goes on from the version that is there now."""
    version = clash.row.version if clash else _read_version(request, conflict)
    context = {"row": conflict, "form": form, "label": LABELS[action], "problems": problems, "clash": clash}
    status = 200 if request.method != "POST" else 409 if clash else 422
    return render(request, "sources/conflict_action.html", {**context, "read_version": version}, status=status)
