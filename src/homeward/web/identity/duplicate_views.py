"""Likely duplicates on the roll, and the page on which two entries are compared and decided."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.models import User
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.identity.duplicate_policy import POLICY
from homeward.web.identity.forms import RulingForm
from homeward.web.identity.known_as import known_as
from homeward.web.identity.likely_pairs import LikelyPair
from homeward.web.identity.rulings import one_person, rule, standing_ruling
from homeward.web.journal.access import visible
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW
from homeward.web.pages.noun_page import columns
from homeward.web.roll.people import MissingName, MissingPerson, Ruling, RulingVerdict

PAGE_SIZE = 50


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """List what looks alike and was not decided, the most alike first, then what was left undecided."""
    if not request.user.has_perm(VIEW):
        raise Http404
    page = Paginator(_open_pairs(), PAGE_SIZE).get_page(request.GET.get("page"))
    undecided = visible(request.user, Ruling).filter(verdict=RulingVerdict.UNDECIDED, withdrawn="")
    context = {
        "page": page,
        "undecided": undecided.select_related("first", "second").order_by("-recorded_at", "code")[:PAGE_SIZE],
        "compared_at": LikelyPair.objects.order_by("-points", "pk").values_list("compared_at", flat=True).first(),
        "policy": POLICY,
    }
    return render(request, "identity/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Show two entries beside each other with what speaks for and against, and decide."""
    if not request.user.has_perm(VIEW):
        raise Http404
    people = [visible(request.user, MissingPerson).filter(pk=code, withdrawn="").first() for code in (first, second)]
    one, other = people
    if one is None or other is None or first == second:
        raise Http404
    may_decide = request.user.has_perm(Ruling.keep_permission)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied("Your roles do not allow you to decide about entries of the roll.")
    begun = {"happened": timezone.localdate().isoformat(), "decided_by": request.user.get_username()}
    form = RulingForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(form, one, other, signed_in_user(request))
        except ValidationError as error:
            form.add_error(None, list(error.messages))
        else:
            return redirect(reverse("identity:duplicates"))
    found = LikelyPair.objects.filter(first=min(first, second), second=max(first, second)).first()
    context = {
        "form": form,
        "may_decide": may_decide,
        "pair": found,
        "ruling": standing_ruling(one, other),
        "sides": _sides([one, other], Reader(request.user)),
    }
    return render(request, "identity/pair.html", context, status=422 if request.method == "POST" else 200)


def _open_pairs() -> QuerySet[LikelyPair]:
    """Pairs that nobody ruled on and whose entries both stand."""
    ruled = Ruling.objects.filter(first=OuterRef("first"), second=OuterRef("second"), withdrawn="")
    rows = LikelyPair.objects.filter(~Exists(ruled), first__withdrawn="", second__withdrawn="")
    return rows.select_related("first", "second").order_by("-points", "pk")


def _decide(form: RulingForm, first: MissingPerson, second: MissingPerson, by: User) -> None:
    """Do what the form says."""
    verdict = form.cleaned_data["verdict"]
    if verdict == "first":
        one_person(second, first, form.decision(), by=by)
    elif verdict == "second":
        one_person(first, second, form.decision(), by=by)
    else:
        rule(first, second, RulingVerdict(verdict), form.decision(), by=by)


def _sides(people: list[MissingPerson], reader: Reader) -> list[dict[str, Any]]:
    """What is shown of each of two entries."""
    known = known_as([row.reference for row in people], reader)
    names: dict[str, list[MissingName]] = {}
    for name in reader.known(reader.rows(MissingName).filter(missing__in=people)):
        names.setdefault(name.missing_id, []).append(name)
    return [
        {
            "row": row,
            "columns": columns(row),
            "names": names.get(row.code, []),
            "known": known[row.reference],
        }
        for row in people
    ]
