"""Mitochondrial haplotypes: differences from the reference sequence, and the regions in which they were looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from homeward.core.errors import ProblemLog
from homeward.genetics.lineage.reference_sequence import LENGTH, PLACEHOLDER, reference_base

DELETED: Final = "-"
"""Stands for a base that is not there."""

BASES: Final = {
    **{base: frozenset(base) for base in "ACGT"},
    **{code: frozenset(bases) for code, bases in {"R": "AG", "Y": "CT", "S": "CG", "W": "AT", "K": "GT"}.items()},
    **{code: frozenset(bases) for code, bases in {"M": "AC", "B": "CGT", "D": "AGT", "H": "ACT", "V": "ACG"}.items()},
    "N": frozenset("ACGT" + DELETED),
    DELETED: frozenset(DELETED),
}
"""The bases that a letter stands for (IUPAC); N was not determined and agrees with everything."""

REGIONS: Final = {"HV1": "16024-16365", "HV2": "73-340", "HV3": "438-574", "CR": "16024-16569 1-576"}
"""Names of regions that are often read."""

_DIFFERENCE = re.compile(
    r"(?P<reference>[ACGT]?)(?P<position>[0-9]{1,5})(?:\.(?P<insertion>[0-9]{1,2}))?(?P<found>[A-Za-z]|DEL|del|-)"
)
_DELETED_RANGE = re.compile(r"(?P<first>[0-9]{1,5})-(?P<last>[0-9]{1,5})(?:DEL|del|d)")
_RANGE = re.compile(r"(?P<first>[0-9]{1,5})-(?P<last>[0-9]{1,5})")


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One way in which a molecule differs from the reference.

    position: 1 to 16569. insertion: 0 for the base at the position itself, n for the n-th base inserted after it.
    found: letter of the bases seen (IUPAC), or ``DELETED``. A small letter is a mixture with the deletion.
    """

    position: int
    insertion: int
    found: str

    def __str__(self) -> str:
        at = f"{self.position}.{self.insertion}" if self.insertion else str(self.position)
        return f"{at}DEL" if self.found == DELETED else f"{at}{self.found}"

    @property
    def bases(self) -> frozenset[str]:
        """What was seen there."""
        seen = BASES[self.found.upper()]
        return seen | {DELETED} if self.found.islower() else seen


@dataclass(frozen=True, slots=True)
class MtHaplotype:
    """What was read of one molecule.

    differences: in the order of their positions. Elsewhere in the regions it is the reference.
    regions: first and last positions, none overlapping another; what is outside is not known.
    """

    differences: tuple[Difference, ...]
    regions: tuple[tuple[int, int], ...]

    @property
    def positions(self) -> frozenset[int]:
        """Every position that was read."""
        return frozenset(p for first, last in self.regions for p in range(first, last + 1)) - {PLACEHOLDER}

    @property
    def text(self) -> str:
        """The differences, one a line."""
        return "\n".join(map(str, self.differences))

    @property
    def regions_text(self) -> str:
        """The regions, as they are written."""
        return " ".join(f"{first}-{last}" for first, last in self.regions)


def read_mt_haplotype(differences: str, regions: str, *, where: str) -> MtHaplotype:
    """Return a haplotype from how it is written: differences such as 263G 315.1C 249DEL, regions such as 73-340.

    Parameters
    ----------
    differences, regions : str
        Separated by blanks, commas or line ends. A region may be named (HV1, HV2, HV3, CR), and one that runs over the
        end of the numbering, such as 16024-576, is taken as two.
    where : str
        What to call the place in a problem.

    Raises
    ------
    InputError
        A difference or region cannot be read, names a base that the reference does not have or has itself, comes twice,
        lies outside the regions, or an insertion lacks the one before it. Everything is listed.
    """
    log = ProblemLog()
    read = _regions(regions, where, log)
    found: dict[tuple[int, int], Difference] = {}
    for word in _words(differences):
        for one in _differences(word, where, log):
            if (one.position, one.insertion) in found:
                log.add(f"Position {one} is given twice.", where=where, fix="Write what was found there once.")
            found[one.position, one.insertion] = one
    is_read = {p for first, last in read for p in range(first, last + 1)}
    for one in found.values():
        if one.position not in is_read:
            log.add(f"{one} lies outside the regions that were read.", where=where, fix="Correct it, or the regions.")
        if one.insertion > 1 and (one.position, one.insertion - 1) not in found:
            log.add(f"{one} needs the inserted base before it.", where=where, fix=f"Add {one.position}.1 and so on.")
    log.raise_if_any()
    return MtHaplotype(tuple(sorted(found.values())), read)


def _words(text: str) -> list[str]:
    """The words of a text."""
    return [word for word in re.split(r"[\s,;]+", text) if word]


def _regions(text: str, where: str, log: ProblemLog) -> tuple[tuple[int, int], ...]:
    """The regions that a text names, in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for word in [part for name in _words(text) for part in REGIONS.get(name.upper(), name).split()]:
        match = _RANGE.fullmatch(word)
        first, last = (int(match["first"]), int(match["last"])) if match else (0, 0)
        if not (1 <= first <= LENGTH and 1 <= last <= LENGTH):
            fix = "Write first and last position, such as 16024-16365, or HV1, HV2, HV3 or CR."
            log.add(f"'{word}' is no region.", where=where, fix=fix)
        else:
            found += [(first, last)] if first <= last else [(first, LENGTH), (1, last)]
    if not found and not log:
        log.add("It is not said which positions were read.", where=where, fix="Write them as 16024-16365 73-340.")
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def _differences(word: str, where: str, log: ProblemLog) -> Iterable[Difference]:
    """What one word says: usually one difference, for a range of deleted bases several, at the placeholder none."""
    if deleted := _DELETED_RANGE.fullmatch(word):
        first, last = int(deleted["first"]), int(deleted["last"])
        if 1 <= first < last <= LENGTH:
            return [Difference(p, 0, DELETED) for p in range(first, last + 1) if p != PLACEHOLDER]
    match = _DIFFERENCE.fullmatch(word)
    position = int(match["position"]) if match else 0
    if match is None or not 1 <= position <= LENGTH:
        log.add(f"'{word}' is no difference.", where=where, fix="Write it as 263G, 315.1C or 249DEL.")
        return []
    insertion, found = int(match["insertion"] or 0), match["found"]
    # A small d is the usual sign of a deletion, not the letter for A, G or T mixed with one.
    found = DELETED if found in ("DEL", "del", "d", "-") else found
    if position == PLACEHOLDER:
        return []
    base = reference_base(position)
    if match["reference"] and match["reference"] != base:
        fix = "Check the position; the reference is the revised Cambridge sequence."
        log.add(f"'{word}': the reference has {base} there.", where=where, fix=fix)
    elif found.upper() not in BASES or (insertion and found == DELETED) or (not insertion and found == base):
        log.add(f"'{word}' is no difference from the reference, which has {base}.", where=where, fix="Correct it.")
    else:
        return [Difference(position, insertion, found)]
    return []
