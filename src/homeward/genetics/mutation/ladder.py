"""Allele names as places on a ladder of repeats: 9.3 is nine whole repeats and three bases."""

from __future__ import annotations

from collections import Counter

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import ProblemLog


def repeat_lengths(alleles: tuple[str, ...], where: str, *, model: str = "stepwise") -> tuple[FloatArray, IntArray]:
    """Return the whole repeats and the fraction (in tenths) of each allele name: 9.3 is (9, 3).

    Raises
    ------
    InputError
        Allele names are not repeat numbers, or two name the same number; every one of them is named.
    """
    log = ProblemLog()
    whole, tenths = [], []
    for allele in alleles:
        repeats, _, fraction = allele.partition(".")
        if repeats.isdigit() and (not fraction or (fraction.isdigit() and len(fraction) == 1)):
            whole.append(float(repeats))
            tenths.append(int(fraction or 0))
        else:
            log.add(
                f"Allele '{allele}' {_what_it_is(allele)}, so the {model} model cannot place it.",
                where=where,
                fix="Give it a number such as 9 or 9.3, or use the equal or proportional model here.",
            )
    for (repeats_of, fraction_of), n in Counter(zip(whole, tenths, strict=True)).items():
        if n > 1:
            log.add(
                f"Two alleles are both {repeats_of:g} repeats and {fraction_of} bases long.",
                where=where,
                fix="Join them into one allele, with the sum of their frequencies.",
            )
    log.raise_if_any()
    return np.array(whole), np.array(tenths)


def whole_repeats(alleles: tuple[str, ...], where: str, *, model: str) -> FloatArray:
    """Return the repeats of each allele; refuse names that are not whole numbers, each of them named."""
    log = ProblemLog()
    for allele in alleles:
        if allele.partition(".")[0].isdigit() and allele.partition(".")[2].strip("0"):
            log.add(
                f"Allele '{allele}' is not a whole number of repeats, so the {model} model cannot place it.",
                where=where,
                fix="Use the stepwise model with a microvariant rate here, or the equal or proportional model.",
            )
        else:
            with log.collecting():
                repeat_lengths((allele,), where, model=model)
    log.raise_if_any()
    return repeat_lengths(alleles, where, model=model)[0]


def _what_it_is(allele: str) -> str:
    """Say why a name is no repeat number."""
    if allele.upper().startswith("OL"):
        return "is off the ladder"
    if allele.startswith(("<", ">")):
        return "stands for all alleles beyond the ladder"
    return "is not a repeat number"
