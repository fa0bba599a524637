"""The roles a user can have; each is a group of that name."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here to do."""

    DNA_ANALYST = "DNA analyst"
    READER = "Reader"
