"""Pages to sign in and out, and one's own account and password."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin

from homeward.web.accounts.actions import replace_password
from homeward.web.accounts.adapters import LOCKED, address_of
from homeward.web.accounts.forms import ChangePasswordForm, SignInForm
from homeward.web.accounts.signed_in import signed_in_user

SHOWN_AGAIN = 200
TOO_MANY_REQUESTS = 429


def status_of_refusal(form: BaseForm) -> int:
    """Return the status of a page that shows a refused form again: whether there were too many attempts."""
    is_locked = any(error.code == LOCKED for errors in form.errors.as_data().values() for error in errors)
    return TOO_MANY_REQUESTS if is_locked else SHOWN_AGAIN


class SaysWhenLocked(FormMixin):  # type: ignore[type-arg]
    """Answers a form that was refused for too many attempts with the status that says so."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again."""
        response = super().form_invalid(form)
        response.status_code = status_of_refusal(form)
        return response


class SignIn(SaysWhenLocked, auth_views.LoginView):
    """Sign in by name and password, and go on to the second factor of an account that has one."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on to the second factor, or to the page that was asked for."""
        response: HttpResponse = perform_login(self.request, form.get_user(), redirect_url=self.get_success_url())
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOut(auth_views.LogoutView):
    """Sign out, or give up half-way through signing in."""


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: roles, password, second factors, tokens."""
    user = signed_in_user(request)
    factors: dict[str, list[Authenticator]] = {kind: [] for kind in Authenticator.Type.values}
    for factor in Authenticator.objects.filter(user=user).order_by("created_at", "pk"):
        factors[factor.type].append(factor)
    recovery_codes = [factor.wrap() for factor in factors[Authenticator.Type.RECOVERY_CODES]]
    context = {
        "apps": factors[Authenticator.Type.TOTP],
        "passkeys": factors[Authenticator.Type.WEBAUTHN],
        "n_recovery_codes": sum(len(codes.get_unused_codes()) for codes in recovery_codes),
        "tokens": user.api_tokens.usable(),
    }
    return render(request, "accounts/account.html", context)


class ChangePassword(SaysWhenLocked, auth_views.PasswordChangeView):
    """Change one's own password; other sessions of the same user end."""

    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:password-changed")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Pass on where the request comes from."""
        return {**super().get_form_kwargs(), "address": address_of(self.request)}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Replace the password and keep this session."""
        user = signed_in_user(self.request)
        changed = replace_password(user.username, form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(self.request, changed)
        return redirect(self.get_success_url())


class PasswordChanged(TemplateView):
    """Say that the password was changed."""

    template_name = "accounts/password_changed.html"
