"""Pages on which numbers are looked up, and things merged, split, renumbered, and all of that undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.models import User
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.casework.individuals import Individual
from homeward.web.identity.forms import MergeForm, RenumberForm, SplitForm, UndoForm
from homeward.web.identity.identifiers import KEEP, IdentifierStatus
from homeward.web.identity.known_as import numbers_of
from homeward.web.identity.looking_up import look_up
from homeward.web.identity.succession_actions import MERGEABLE, OWN_NUMBER, merge, renumber, split_off
from homeward.web.identity.successions import Succession
from homeward.web.identity.undoing import undo
from homeward.web.journal.access import visible
from homeward.web.journal.book import InBook
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, nouns
from homeward.web.pages.as_of import reader_of
from homeward.web.remains.specimens import Specimen

Act = Callable[[Any, User], Any]
LONGEST_ASKED = 300


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Show what a number, an old number or a code leads to, and what became of it."""
    if not request.user.has_perm(VIEW):
        raise Http404
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST_ASKED]
    hits = look_up(asked, reader_of(request)) if asked.strip() else []
    found = {hit.row.reference for hit in hits}
    if len(hits) == 1 and hits[0].goes_on and not hits[0].way:
        return redirect(hits[0].row)
    return render(request, "identity/numbers.html", {"asked": asked, "hits": hits, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Say that this is one with others."""
    if noun not in MERGEABLE:
        raise Http404
    row = _row_to_keep(request, noun, code)
    form = MergeForm(request.POST or None, row=row, reader=Reader(request.user), initial=_today(request))

    def act(form: MergeForm, by: User) -> Succession:
        others = form.cleaned_data["others"]
        everything = [row, *others] if form.cleaned_data["goes_on"] else [*others, row]
        return merge(everything[1:], everything[0], form.decision(), by=by)

    return _act(request, row, form, act, "Merge with others", row)


@require_http_methods(["GET", "HEAD", "POST"])
def split_page(request: HttpRequest, code: str) -> HttpResponse:
    """Say that an individual is several people."""
    row = cast(Individual, _row_to_keep(request, "individual", code))
    bones = visible(request.user, Specimen).filter(associations__individual=row, associations__withdrawn="")
    specimens = list(bones.order_by("element", "side", "code"))
    form = SplitForm(request.POST or None, specimens=specimens, initial=_today(request))
    return _act(
        request, row, form, lambda form, by: split_off(row, form.groups(), form.decision(), by=by), "Split", row
    )


@require_http_methods(["GET", "HEAD", "POST"])
def renumber_page(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Give a thing another number."""
    row = _row_to_keep(request, noun, code)
    own = getattr(row, OWN_NUMBER[noun][0]) if noun in OWN_NUMBER else ""
    known = numbers_of([row.reference], Reader(request.user)).get(row.reference, [])
    current = {one.code: one for one in known if one.status == IdentifierStatus.CURRENT}
    form = RenumberForm(request.POST or None, own=own, identifiers=current.values(), initial=_today(request))

    def act(form: RenumberForm, by: User) -> Succession:
        identifier = current.get(form.cleaned_data["replaced"])
        return renumber(row, form.cleaned_data["number"], form.decision(), by=by, identifier=identifier)

    return _act(request, row, form, act, "Renumber", row)


@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a merge, a split or a renumbering."""
    row = _row_to_keep(request, "succession", code)
    form = UndoForm(request.POST or None)
    part = cast(Succession, row).parts.order_by("side", "code").first()
    noun, _, about = part.about.partition(":") if part is not None else ("", "", "")
    shown = visible(request.user, nouns()[noun]).filter(pk=about).first() if noun else None
    act: Act = lambda form, by: undo(cast(Succession, row), form.cleaned_data["reason"], by=by)  # noqa: E731
    return _act(request, row, form, act, "Undo", shown or row)


def _row_to_keep(request: HttpRequest, noun: str, code: str) -> InBook:
    """A standing row of the books: 404 for whoever may not see it, 403 for whoever may only see it."""
    model = nouns().get(noun)
    if model is None or not issubclass(model, InBook) or not request.user.has_perm(VIEW):
        raise Http404
    row = visible(request.user, model).filter(pk=code, withdrawn="").first()
    if row is None:
        raise Http404
    if not request.user.has_perm(KEEP):
        raise PermissionDenied("Your roles do not allow you to merge, split and renumber.")
    return row


def _today(request: HttpRequest) -> dict[str, str]:
    """What a form says at first."""
    return {"happened": timezone.localdate().isoformat(), "decided_by": request.user.get_username()}


def _act(request: HttpRequest, row: InBook, form: forms.Form, act: Act, label: str, then: Any) -> HttpResponse:
    """Do what a form asks for; where it cannot be done, say why and keep what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form, signed_in_user(request))
        except ValidationError as error:
            form.add_error(None, list(error.messages))
        else:
            return redirect(then)
    status = 422 if request.method == "POST" else 200
    return render(request, "identity/action.html", {"row": row, "form": form, "label": label}, status=status)
