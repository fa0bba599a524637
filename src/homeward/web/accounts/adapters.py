"""How django-allauth is used here: second factors for accounts that others give out, and nothing else of it."""

# allauth does not publish its types, so its classes are unknown to the type checker.
# mypy: allow-subclassing-any

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from homeward.web.accounts import secrets_at_rest
from homeward.web.accounts.attempts import TOO_MANY_ATTEMPTS, claim_attempt, forget_attempts
from homeward.web.accounts.models import User

SITE_NAME = "Homeward"
LOCKED = "locked"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up, no e-mail is sent, and the limit on attempts is ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        LOCKED: TOO_MANY_ATTEMPTS,
        "incorrect_password": "This is not your password. Capital and small letters matter.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are given out."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor; e-mail and telephone play no part."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt when somebody who is signed in confirms with the password."""
        if not claim_attempt(credentials["username"], address_of(request)):
            raise self.validation_error(LOCKED)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Check the password of somebody who is signed in."""
        confirmed: bool = super().reauthenticate(user, password)
        if confirmed:
            forget_attempts(_ours(user), address_of(self.request))
        return confirmed

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in who has shown everything that was asked for."""
        super().login(request, user)
        forget_attempts(_ours(user), address_of(request))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing on the next page: each page says for itself what was done."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Send whoever owns a closed account back to the sign-in page."""
        return redirect("accounts:sign-in")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names and words of ours, and secrets that are encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right, or was used before. A new one is shown every 30 seconds.",
        "cannot_generate_recovery_codes": "Recovery codes need an authenticator app or a passkey. Add one first.",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return what the authenticator app shows for this account."""
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name for a passkey whose owner gave it none."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name under which a browser offers the passkeys of this site."""
        entity: dict[str, str] = {**super().get_public_key_credential_rp_entity(), "name": SITE_NAME}
        return entity

    def encrypt(self, text: str) -> str:
        """Return a secret in the form in which the database may hold it."""
        return secrets_at_rest.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it was; one that cannot be read is replaced by one that nobody knows."""
        return secrets_at_rest.decrypt(encrypted_text) or generate_totp_secret()


def address_of(request: HttpRequest | None) -> str:
    """Return where a request comes from.

    Behind a proxy every request has the proxy's address, so a limit by address then holds for the account as a whole.
    """
    return request.META.get("REMOTE_ADDR", "") if request else ""


def _ours(user: AbstractBaseUser) -> User:
    """The user, known to be of our model."""
    assert isinstance(user, User), "There is one model of users."  # noqa: S101
    return user
