"""What rows of the two books have beside what every row has: codes that tell nothing, and whether they are made up."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models

from homeward.web.journal.recorded import Recorded

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Digits and letters that are not taken for each other, on a label or read aloud."""
CODE_LENGTH = 10


class InBook(Recorded):
    """A row of the roll, of the register, or of the entries between them."""

    made_up = models.BooleanField(
        "made up", default=False, help_text="Whether this was invented, for an example or for training."
    )

    opaque_codes: ClassVar[bool] = True

    class Meta(Recorded.Meta):
        """The constraints of every row."""

        abstract = True


def opaque_code() -> str:
    """Return a new code drawn by lot: 30 letters to the tenth, so that no two are ever drawn alike in practice."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
