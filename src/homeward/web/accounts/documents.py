"""Accounts and tokens as plain data, for JSON. Nothing in them is secret."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from homeward.web.accounts.models import ApiToken, User

FACTOR_NAMES = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def account_document(user: User) -> dict[str, Any]:
    """Return who a user is and how the account is protected."""
    factors = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    return {
        "id": str(user.public_id),
        "name": user.username,
        "roles": [role.value for role in user.roles],
        "active": user.is_active,
        "second_factors": sorted(FACTOR_NAMES[kind] for kind in factors),
        "tokens": user.api_tokens.usable().count(),
    }


def token_document(token: ApiToken) -> dict[str, Any]:
    """Return what a token is for, what it may do and how long it works."""
    return {
        "id": str(token.public_id),
        "name": token.name,
        "scope": token.scope,
        "prefix": token.prefix,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
    }
