"""What rows of the two books have beside what every row has: codes that tell nothing, and whether they are made up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from homeward.web.journal.codes import opaque_code
from homeward.web.journal.recorded import Recorded

__all__ = ["InBook", "opaque_code"]


class InBook(Recorded):
    """A row of the roll, of the register, or of the entries between them."""

    made_up = models.BooleanField(
        "made up", default=False, help_text="Whether this was invented, for an example or for training."
    )

    opaque_codes: ClassVar[bool] = True

    class Meta(Recorded.Meta):
        """The constraints of every row."""

        abstract = True
