"""Keeps the secrets of second factors unreadable to whoever has the database but not the secret key."""

from __future__ import annotations

import base64
import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "homeward second factors"

logger = logging.getLogger(__name__)


def encrypt(text: str) -> str:
    """Return a secret in the form in which the database may hold it."""
    return _cipher().encrypt(text.encode()).decode("ascii")


def decrypt(encrypted: str) -> str | None:
    """Return a secret as it was, or None if it was encrypted under a secret key that is no longer known."""
    try:
        return _cipher().decrypt(encrypted).decode()
    except InvalidToken:
        logger.warning("A second factor cannot be used: it was set up under another secret key.")
        return None


def _cipher() -> MultiFernet:
    """Encrypts under the secret key of the site; decrypts under its earlier keys too."""
    keys = [
        salted_hmac(PURPOSE, "", secret=key, algorithm="sha256").digest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
