"""Pages of one's own API tokens: the list, a new one, and revoking one."""

# allauth does not publish its types, so its decorators are unknown to the type checker.
# mypy: allow-untyped-decorators

from __future__ import annotations

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.forms import AddTokenForm
from homeward.web.accounts.models import ApiToken
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.accounts.tokens import create_token, revoke_token


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, those that no longer work included."""
    listed = [(token, token.is_usable(timezone.now())) for token in signed_in_user(request).api_tokens.all()]
    return render(request, "accounts/tokens.html", {"tokens": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def add_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show it, this once."""
    user = signed_in_user(request)
    form = AddTokenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/token_add.html", {"form": form})
    chosen = form.cleaned_data
    token, raw = create_token(user, chosen["name"], days=chosen["days"], scope=ApiToken.Scope(chosen["scope"]), by=user)
    return render(request, "accounts/token_added.html", {"token": token, "raw": raw})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask whether a token should stop working, and revoke it."""
    user = signed_in_user(request)
    token = get_object_or_404(user.api_tokens.usable(), public_id=public_id)
    if request.method == "POST":
        revoke_token(token, by=user)
        return redirect("accounts:tokens")
    return render(request, "accounts/token_revoke.html", {"token": token})
