"""Pages of what is suspicious: the list, one profile with what may explain it, and the actions on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import visible
from homeward.web.laboratory.actions import clear_suspicion, exchange_owners, make_consensus
from homeward.web.laboratory.consensus import RULES
from homeward.web.laboratory.exchanges import possible_exchanges
from homeward.web.laboratory.gates import for_analysts, may_keep
from homeward.web.laboratory.profiles import KEEP_PROFILES, Profile
from homeward.web.laboratory.resting import what_rests_on
from homeward.web.laboratory.suspicions import Suspicion
from homeward.web.roll.families import VIEW_FAMILIES

PAGE_SIZE = 50


@require_safe
@for_analysts
def suspicions(request: HttpRequest) -> HttpResponse:
    """List what is open, the latest first."""
    rows = Suspicion.objects.filter(cleared="", profile__withdrawn="")
    rows = rows.select_related("profile__sample", "profile__donor", "profile__staff")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "laboratory/suspicions.html", {"page": page})


@require_safe
@for_analysts
def suspected(request: HttpRequest, code: str) -> HttpResponse:
    """Show what speaks against a profile, which exchange would explain it, and what rests on it."""
    return _page(request, _profile(request, code))


@require_POST
@for_analysts
def clear(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say that something suspicious is in order."""
    may_keep(request)
    profile = _profile(request, code)
    suspicion = get_object_or_404(Suspicion, pk=number, profile=profile)
    why = request.POST.get("why", "")
    try:
        clear_suspicion(suspicion, by=signed_in_user(request), why=why)
    except ValidationError as error:
        return _page(request, profile, problems=error.messages, why=why, status=422)
    return redirect("laboratory:suspected", code)


@require_POST
@for_analysts
def exchange(request: HttpRequest, code: str) -> HttpResponse:
    """Exchange what two profiles are of."""
    may_keep(request)
    profile = _profile(request, code)
    other = visible(request.user, Profile).filter(pk=request.POST.get("other", "").strip(), withdrawn="").first()
    why = request.POST.get("why", "")
    problems = ["There is no profile of this code. Codes stand under each title."] if other is None else []
    if other is not None:
        try:
            exchange_owners(profile, other, by=signed_in_user(request), why=why)
        except ValidationError as error:
            problems = error.messages
    if problems:
        return _page(request, profile, problems=problems, why=why, status=422)
    return redirect("laboratory:suspected", code)


@require_POST
@for_analysts
def consensus(request: HttpRequest, code: str) -> HttpResponse:
    """Make the consensus of a typing and of others of the same thing."""
    may_keep(request)
    profile = _profile(request, code)
    rule = RULES.get(request.POST.get("rule", ""))
    chosen = [profile, *visible(request.user, Profile).filter(pk__in=request.POST.getlist("typing"))]
    problems = ["Choose a rule."] if rule is None else []
    if rule is not None:
        try:
            return redirect(make_consensus(chosen, rule, by=signed_in_user(request)))
        except ValidationError as error:
            problems = error.messages
    return _page(request, profile, problems=problems, status=422)


def _profile(request: HttpRequest, code: str) -> Profile:
    """A profile that stands, or 404."""
    found = visible(request.user, Profile).filter(pk=code, withdrawn="").first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, profile: Profile, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of what speaks against a profile."""
    user = signed_in_user(request)
    noted = Suspicion.objects.filter(profile=profile).order_by("cleared", "-pk").select_related("cleared_by")
    is_family = noted.filter(cleared="", kind="family").exists() and user.has_perm(VIEW_FAMILIES)
    context = {
        "profile": profile,
        "noted": noted,
        "exchanges": possible_exchanges(profile, user) if is_family else [],
        "resting": what_rests_on([profile], user),
        "may_keep": user.has_perm(KEEP_PROFILES),
        **more,
    }
    return render(request, "laboratory/suspected.html", context, status=status)
