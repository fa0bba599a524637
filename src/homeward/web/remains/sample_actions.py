"""Cutting a sample from a bone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import enter, require
from homeward.web.remains.accessions import KEEP
from homeward.web.remains.holders import custody_lines
from homeward.web.remains.specimens import Sample, SampleStep, SampleStepKind


def cut_sample(sample: Sample, *, on: PartialDate | None, planned: PartialDate, by: User, why: str = "") -> Sample:
    """Enter a sample together with its first step: that it was cut, or is only planned.

    Parameters
    ----------
    on : PartialDate or None
        When it was cut; ``None`` if it is only planned.
    planned : PartialDate
        The day of planning, where it is only planned.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    ValidationError
        The bone is on its way or was released, or the sample is not possible. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        line = custody_lines([sample.specimen.reference]).get(sample.specimen.reference)
        if on is not None and line is not None and (line.is_released or line.under_way):
            state = "was released" if line.is_released else "is on its way"
            raise ValidationError(f"The bone {state}, so nothing can be cut from it here.")
        kind = SampleStepKind.CUT if on else SampleStepKind.PLANNED
        step = SampleStep(
            code=opaque_code(), known_on=sample.known_on, sample_id=sample.code, kind=kind, happened=on or planned
        )
        step.made_up = sample.made_up
        return enter(sample, by=by, why=why, action=f"sample.{kind}", parts=[step])
