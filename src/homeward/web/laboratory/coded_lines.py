"""Many profiles as text to arrays of allele codes, in one pass: each different line is read once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from homeward.core.arrays import IntArray
from homeward.formats.frequency_rules import is_repeat_number
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.web.laboratory.alleles import AMELOGENIN, WORDS, full_name

Lines = Sequence[Sequence[str]]
"""The lines of each profile."""


def split_profiles(texts: Sequence[str]) -> list[list[str]]:
    """Return the lines of profiles as the record keeps them."""
    return [text.split("\n") if text else [] for text in texts]


def alleles_seen(lines: Lines) -> dict[str, set[str]]:
    """Return the alleles that occur at each autosomal locus; amelogenin and what lies off the ladder are left out."""
    seen: dict[str, set[str]] = {}
    for line in set().union(*lines):
        locus, alleles = _alleles(line)
        if alleles and locus != AMELOGENIN:
            seen.setdefault(locus, set()).update(alleles)
    return seen


def code_lines(lines: Lines, panel: Panel) -> tuple[IntArray, IntArray]:
    """Return allele codes (n, n_loci, 2) and sexes (n,) of profiles; loci that the panel does not have are passed over.

    One allele that could not be read is ``MISSING`` in the second place; an allele off the ladder was not read.
    """
    code_of = _codes({line for profile in lines for line in profile}, panel)
    alleles = np.full((len(lines), len(panel), 2), MISSING, dtype=np.int16)
    sexes = np.full(len(lines), Sex.UNKNOWN, dtype=np.int8)
    rows: list[int] = []
    codes: list[tuple[int, int, int]] = []
    for row, profile in enumerate(lines):
        found = [code for line in profile if (code := code_of.get(line)) is not None]
        rows += [row] * len(found)
        codes += found
        if profile and (sex := _sex(profile)):
            sexes[row] = sex
    if codes:
        locus, first, second = np.array(codes).T
        alleles[np.array(rows), locus, 0] = first
        alleles[np.array(rows), locus, 1] = second
    return alleles, sexes


def _codes(lines: Collection[str], panel: Panel) -> dict[str, tuple[int, int, int]]:
    """Position of the locus, and the two codes, of each line that the panel can hold and that shows an allele."""
    positions = {locus.name: place for place, locus in enumerate(panel.loci)}
    by_locus = [{allele: code for code, allele in enumerate(locus.alleles)} for locus in panel.loci]
    found: dict[str, tuple[int, int, int]] = {}
    for line in lines:
        locus, alleles = _alleles(line)
        place = positions.get(locus)
        if place is None or not alleles:
            continue
        codes = sorted(by_locus[place][allele] for allele in alleles)
        found[line] = (place, codes[0], codes[1] if len(codes) == 2 else MISSING)
    return found


def _alleles(line: str) -> tuple[str, list[str]]:
    """The locus of a line, and the alleles that were read; none where it has a word or more alleles than one person."""
    name, *given = line.split(" ")
    locus = full_name(name)
    if given[0] in WORDS or len(given) != 2:
        return locus, []
    return locus, [allele for allele in given if is_repeat_number(allele) or locus == AMELOGENIN]


def _sex(profile: Sequence[str]) -> Sex | None:
    """The sex that amelogenin shows."""
    for line in reversed(profile):
        if line.startswith(AMELOGENIN):
            return {f"{AMELOGENIN} X Y": Sex.MALE, f"{AMELOGENIN} X X": Sex.FEMALE}.get(line)
    return None
