"""The forms of sign-in, second factors and tokens. What can be guessed is limited here, before it is tried."""

# allauth does not publish its types, so its classes are unknown to the type checker.
# mypy: allow-subclassing-any, no-warn-return-any

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
)
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from homeward.web.accounts.adapters import LOCKED, SecondFactorAdapter, address_of
from homeward.web.accounts.attempts import (
    TOO_MANY_ATTEMPTS,
    claim_attempt,
    claim_code_attempt,
    forget_attempts,
    use_up_code,
)
from homeward.web.accounts.models import ApiToken, User
from homeward.web.accounts.tokens import DEFAULT_DAYS, MAX_DAYS, MAX_NAME_LENGTH

APP_CODE_HELP = "The six digits that your authenticator app shows now."


class SignInForm(AuthenticationForm):
    """Name and password; locked for a while after too many failures for one name from one address."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "This name and password do not belong together. Capital and small letters matter.",
        LOCKED: TOO_MANY_ATTEMPTS,
    }

    def clean(self) -> dict[str, Any]:
        """Check that another attempt is allowed, then the name and password."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        if not claim_attempt(name, address_of(self.request)):
            raise ValidationError(self.error_messages[LOCKED], code=LOCKED)
        return super().clean()


class ChangePasswordForm(PasswordChangeForm):
    """The present password and a new one, twice."""

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_old_password(self) -> str:
        """Check that another attempt is allowed, then the present password."""
        if not claim_attempt(self.user.get_username(), self.address):
            raise ValidationError(TOO_MANY_ATTEMPTS, code=LOCKED)
        password = super().clean_old_password()
        forget_attempts(self.user, self.address)
        return password


def code_field(help_text: str) -> forms.CharField:
    """Return the field for a code, which phones fill in and show digits for."""
    digits = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(label="Code", max_length=32, help_text=help_text, widget=forms.TextInput(attrs=digits))


class _LimitedCode:
    """A code that is tried only while attempts are left; one from an authenticator app is good for one use."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Check that another attempt is allowed, then the code, then that it is fresh."""
        if not claim_code_attempt(self.user):
            raise ValidationError(TOO_MANY_ATTEMPTS, code=LOCKED)
        code: str = super().clean_code()  # type: ignore[misc]
        is_from_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_from_app and not use_up_code(self.user, normalize_user_code(code)):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_LimitedCode, AuthenticateForm):
    """A code, after the password."""

    code = code_field(f"{APP_CODE_HELP} Or one of your recovery codes.")


class ConfirmCodeForm(_LimitedCode, ReauthenticateForm):
    """A code, from somebody who is signed in and is about to change something important."""

    code = code_field(f"{APP_CODE_HELP} Or one of your recovery codes.")


@contextmanager
def refusing_nonsense() -> Iterator[None]:
    """Run a block that takes an answer of a passkey apart; one that no passkey would give is refused, not an error."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
        raise ValidationError("The answer of the passkey cannot be read. Try again.", code="unreadable") from error


class SignInByPasskeyForm(LoginWebAuthnForm):
    """A passkey, instead of name and password."""

    def clean_credential(self) -> Authenticator:
        """Check the answer of the passkey."""
        with refusing_nonsense():
            return super().clean_credential()


class LimitedPasskeyForm(AuthenticateWebAuthnForm):
    """A passkey, after the password."""

    def clean_credential(self) -> Authenticator:
        """Check that another attempt is allowed, then the answer of the passkey."""
        if not claim_code_attempt(self.user):
            raise ValidationError(TOO_MANY_ATTEMPTS, code=LOCKED)
        with refusing_nonsense():
            return super().clean_credential()


class AddAuthenticatorAppForm(ActivateTOTPForm):
    """The first code of an app, which proves that the app holds the key."""

    code = code_field(APP_CODE_HELP)


class AddPasskeyForm(AddWebAuthnForm):
    """A name for a new passkey, and what the browser made of it."""

    name = forms.CharField(
        label="Name of the passkey",
        max_length=100,
        required=False,
        help_text="So that you can tell your passkeys apart, such as the device that holds it.",
    )
    passwordless = forms.BooleanField(
        label="Sign in with it alone, without name and password",
        required=False,
        help_text="Your device then asks for your fingerprint, your face or its PIN.",
    )

    def clean(self) -> dict[str, Any]:
        """Check the answer of the passkey."""
        with refusing_nonsense():
            return super().clean()


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Name of the passkey", max_length=100)


class AddTokenForm(forms.Form):
    """What a token is for, what it may do and how long."""

    name = forms.CharField(
        label="What it is for",
        max_length=MAX_NAME_LENGTH,
        help_text="Such as the program or the computer that will use it.",
    )
    scope = forms.ChoiceField(
        label="What it may do",
        choices=ApiToken.Scope.choices,
        initial=ApiToken.Scope.READ,
        help_text="Never more than you may do yourself.",
    )
    days = forms.TypedChoiceField(
        label="How long it works",
        choices=[(days, f"{days} days") for days in (7, 30, DEFAULT_DAYS, 180, MAX_DAYS)],
        coerce=int,
        initial=DEFAULT_DAYS,
    )
