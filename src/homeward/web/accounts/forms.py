"""The sign-in form, with its limit on attempts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from homeward.web.accounts.actions import claim_attempt, forget_attempts


class SignInForm(AuthenticationForm):
    """Name and password; locked for a while after too many failures for one name from one address."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "This name and password do not belong together. Capital and small letters matter.",
        "locked": "There were too many failed attempts for this name. Please wait 15 minutes, then try again.",
    }

    def clean(self) -> dict[str, Any]:
        """Check that another attempt is allowed, then the name and password."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        # Behind a proxy every request has the proxy's address, so the limit then holds for the account as a whole.
        address = self.request.META["REMOTE_ADDR"] if self.request else ""
        if not claim_attempt(name, address):
            raise ValidationError(self.error_messages["locked"], code="locked")
        cleaned = super().clean()
        forget_attempts(name, address)
        return cleaned
