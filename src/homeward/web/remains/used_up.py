"""Samples of which nothing is left."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.web.remains.specimens import Sample, SampleStep, SampleStepKind


def used_up(references: Iterable[str]) -> set[str]:
    """Return which of some things are samples that were used up, as ``noun:code``."""
    codes = [reference.partition(":")[2] for reference in references if reference.startswith("sample:")]
    steps = SampleStep.objects.filter(sample__in=codes, kind=SampleStepKind.USED_UP, withdrawn="")
    return {f"{Sample.noun()}:{code}" for code in steps.values_list("sample", flat=True)}
