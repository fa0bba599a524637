"""Pages of second factors: asked for at sign-in, confirmed before a change, added, renamed and removed."""

# allauth does not publish its types, so its classes are unknown to the type checker.
# mypy: allow-subclassing-any, no-warn-return-any

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView as PasswordReauthenticateView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.views.generic.edit import FormMixin

from homeward.web.accounts.actions import Change, account_change
from homeward.web.accounts.adapters import address_of
from homeward.web.accounts.attempts import forget_attempts
from homeward.web.accounts.forms import (
    AddAuthenticatorAppForm,
    AddPasskeyForm,
    ConfirmCodeForm,
    LimitedPasskeyForm,
    RenamePasskeyForm,
    SecondFactorForm,
    SignInByPasskeyForm,
    SignInForm,
)
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.accounts.views import SaysWhenLocked, status_of_refusal


class SecondFactor(AuthenticateView):
    """After the password: a code or a passkey."""

    template_name = "accounts/second_factor.html"
    form_class = SecondFactorForm
    webauthn_form_class = LimitedPasskeyForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the page again, with the forms as they were tried."""
        return self.render_to_response(self.get_context_data(), status=status_of_refusal(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say too whether the account has a passkey to offer."""
        passkeys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "has_passkey": passkeys.exists()}


class SignInByPasskey(LoginWebAuthnView):
    """Sign in by a passkey alone, which proves both that somebody has it and that it is theirs."""

    template_name = "accounts/sign_in.html"
    form_class = SignInByPasskeyForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the sign-in page again and say that the passkey was refused."""
        context = {"form": SignInForm(self.request), "next": self.request.POST.get("next", ""), "passkey_refused": True}
        return self.render_to_response(context)


class ConfirmPassword(SaysWhenLocked, PasswordReauthenticateView):
    """The password once more, before something important is changed."""

    template_name = "accounts/confirm_password.html"


class _ConfirmFactor(SaysWhenLocked):
    """A second factor once more, before something important is changed."""

    request: HttpRequest

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Start counting attempts afresh and go on."""
        forget_attempts(signed_in_user(self.request), address_of(self.request))
        return super().form_valid(form)


class ConfirmCode(_ConfirmFactor, ReauthenticateView):
    """A code once more."""

    template_name = "accounts/confirm_code.html"
    form_class = ConfirmCodeForm


class ConfirmPasskey(_ConfirmFactor, ReauthenticateWebAuthnView):
    """A passkey once more."""

    template_name = "accounts/confirm_passkey.html"
    form_class = LimitedPasskeyForm

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the page again; allauth would go to the sign-in page."""
        return self.render_to_response(self.get_context_data(form=form), status=status_of_refusal(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form that was tried, which allauth would make and try again."""
        return {**super().get_context_data(), **kwargs}


class _Recorded(FormMixin):  # type: ignore[type-arg]
    """A page whose form changes one's own account."""

    request: HttpRequest
    change: Change

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Make the change and write it down, both or neither."""
        user = signed_in_user(self.request)
        with account_change(user, self.change, by=user):
            return super().form_valid(form)


class AddAuthenticatorApp(_Recorded, ActivateTOTPView):
    """Show a key for an authenticator app, and turn it on once the app has shown the right code."""

    template_name = "accounts/app_add.html"
    form_class = AddAuthenticatorAppForm
    change = Change.AUTHENTICATOR_APP_ADDED


class RemoveAuthenticatorApp(_Recorded, DeactivateTOTPView):
    """Turn the authenticator app off."""

    template_name = "accounts/app_remove.html"
    change = Change.AUTHENTICATOR_APP_REMOVED


class RecoveryCodes(ViewRecoveryCodesView):
    """Show new recovery codes, once."""

    template_name = "accounts/recovery_codes.html"


class ReplaceRecoveryCodes(_Recorded, GenerateRecoveryCodesView):
    """Make new recovery codes in place of the earlier ones."""

    template_name = "accounts/recovery_codes_replace.html"
    change = Change.RECOVERY_CODES_REPLACED


class AddPasskey(_Recorded, AddWebAuthnView):
    """Let the browser make a passkey, and keep its public part."""

    template_name = "accounts/passkey_add.html"
    form_class = AddPasskeyForm
    change = Change.PASSKEY_ADDED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form that was tried, which allauth would make and try again."""
        return {**super().get_context_data(), **kwargs}


class RenamePasskey(_Recorded, EditWebAuthnView):
    """Give a passkey another name."""

    template_name = "accounts/passkey_rename.html"
    form_class = RenamePasskeyForm
    change = Change.PASSKEY_RENAMED


class RemovePasskey(_Recorded, RemoveWebAuthnView):
    """Remove a passkey."""

    template_name = "accounts/passkey_remove.html"
    change = Change.PASSKEY_REMOVED
