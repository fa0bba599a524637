"""What to do where a frequency table and the profiles do not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.panel import SUM_TOLERANCE

_REPEAT_NUMBER = re.compile(r"[1-9]\d{0,2}(\.[1-9])?", re.ASCII)
_OFF_LADDER = re.compile(r"ol\W*|off.?ladder|oor", re.IGNORECASE)
_BEYOND_LADDER = re.compile(r"[<>\u2264\u2265]")


@dataclass(frozen=True, slots=True)
class FrequencyPolicy:
    """How to treat alleles without a frequency and tables that do not sum to one.

    minimum: frequency given to an allele that is seen but not in the table, in (0, 1); it stands above the
        minimum frequency of the locus. None: only the minimum of the locus itself counts.
    rescale: divide the frequencies of a locus by their sum where that is not one.
    """

    minimum: float | None = None
    rescale: bool = False

    def __post_init__(self) -> None:
        if self.minimum is not None and not 0.0 < self.minimum < 1.0:
            raise InputError(
                Problem(
                    what=f"The minimum frequency {self.minimum:g} is outside (0, 1).",
                    where="--minimum-frequency",
                    fix="Give a frequency such as 5/(2N), N being the number of people in the database.",
                )
            )


STRICT = FrequencyPolicy()
"""No rule: whatever does not fit is a problem."""


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """The frequencies of one locus as they stand in a file.

    minimum: frequency below which no allele of this locus goes when the rule is used; 0.0 if none was given.
    where: file and line of the locus.
    silent: frequency of the silent allele, which is not among the others and is kept as it is.
    """

    locus: str
    alleles: tuple[str, ...]
    frequencies: tuple[float, ...]
    minimum: float
    where: str
    silent: float = 0.0

    @property
    def share_seen(self) -> float:
        """What the frequencies of all alleles but the silent one sum to."""
        return 1.0 - self.silent


def is_repeat_number(allele: str) -> bool:
    """Whether the name of an allele is a number of repeats, with at most one digit for further bases: 9 or 9.3."""
    return _REPEAT_NUMBER.fullmatch(allele) is not None


def settle_frequencies(
    table: FrequencyTable, seen: Mapping[str, str], policy: FrequencyPolicy, log: ProblemLog, notes: list[str]
) -> FrequencyTable:
    """Return a table that sums to one and has every allele seen, as far as the policy allows.

    Parameters
    ----------
    table : FrequencyTable
        Positive frequencies, dimensionless.
    seen : mapping of allele to text
        Every allele that occurs in a profile, and where.
    policy : FrequencyPolicy
        What may be done.
    log : ProblemLog
        Gets a problem for each thing that may not be done.
    notes : list of str
        Gets a sentence for each thing that was done.
    """
    table = _with_sum_one(table, policy, log, notes)
    unseen = [allele for allele in seen if allele not in table.alleles]
    minimum = policy.minimum if policy.minimum is not None else table.minimum
    if not unseen:
        return table
    if minimum > 0:
        strange = _not_of_the_locus(unseen, table.alleles)
        for allele in strange:
            _note_strange(allele, table.locus, seen[allele], log)
        return table if strange else _with_minimum(table, unseen, minimum, notes)
    strange = _not_of_the_locus(unseen, table.alleles)
    for allele in unseen:
        if allele in strange:
            _note_strange(allele, table.locus, seen[allele], log)
            continue
        log.add(
            f"Allele {allele} has no frequency at locus {table.locus}.",
            where=seen[allele],
            fix="Check the allele, add its frequency, or run again with --minimum-frequency, for example 5/(2N).",
        )
    return table


def _not_of_the_locus(unseen: list[str], alleles: tuple[str, ...]) -> list[str]:
    """Return those that are not repeat numbers (OL, <9, 9.0) where the alleles of the locus are."""
    if not any(map(is_repeat_number, alleles)):
        return []
    return [allele for allele in unseen if not is_repeat_number(allele)]


def _note_strange(allele: str, locus: str, where: str, log: ProblemLog) -> None:
    """Note a name that is no repeat number at a locus of repeat numbers: what it says, and what can be done."""
    shown = allele[:60]
    if _OFF_LADDER.fullmatch(allele):
        what = f"'{shown}' says that an allele lies off the ladder, not which one it is."
    elif _BEYOND_LADDER.match(allele):
        what = f"'{shown}' says that an allele lies beyond the ladder, not which one it is."
    else:
        what = f"'{shown}' is not a repeat number, as the other alleles of locus {locus} are."
    log.add(
        what,
        where=where,
        fix="Write the number of repeats (such as 9.3 or 31.2) if it can be told. Otherwise leave the locus out of the "
        "profile; a case folder may have ? for an allele that could not be read.",
    )


def _with_sum_one(table: FrequencyTable, policy: FrequencyPolicy, log: ProblemLog, notes: list[str]) -> FrequencyTable:
    """Rescale the table if its sum is too far from one and the policy allows it."""
    total = sum(table.frequencies) + table.silent
    with_silent = " with the silent allele" if table.silent else ""
    if abs(total - 1.0) <= SUM_TOLERANCE:
        return table
    if policy.rescale:
        notes.append(
            f"Locus {table.locus}: the frequencies summed to {total:.6g}{with_silent} and were rescaled to sum to 1."
        )
        return _rescaled(table, table.alleles, table.frequencies)
    log.add(
        f"The frequencies sum to {total:.6g}{with_silent}, not to 1.",
        where=f"{table.where}, locus {table.locus}",
        fix="Complete the table, add a rest allele, or run again with --rescale-frequencies.",
    )
    return table


def _with_minimum(table: FrequencyTable, added: list[str], minimum: float, notes: list[str]) -> FrequencyTable:
    """Add alleles at the minimum, raise rarer ones to it and rescale."""
    raised = [max(f, minimum) for f in table.frequencies] + [minimum] * len(added)
    settled = _rescaled(table, table.alleles + tuple(added), raised)
    n_raised = sum(f < minimum for f in table.frequencies)
    also = f", {n_raised} rarer allele{'s' * (n_raised != 1)} raised to it" if n_raised else ""
    listed = ", ".join(added)
    notes.append(
        f"Locus {table.locus}: allele{'s' * (len(added) != 1)} {listed} had no frequency; the minimum frequency "
        f"{minimum:.6g} was used{also}, and the locus was rescaled to sum to 1 (now {settled.frequencies[-1]:.6g})."
    )
    return settled


def _rescaled(table: FrequencyTable, alleles: tuple[str, ...], frequencies: Sequence[float]) -> FrequencyTable:
    """Return the table with other alleles and frequencies, which sum to one together with the silent allele."""
    total = sum(frequencies)
    return replace(table, alleles=alleles, frequencies=tuple(f / total * table.share_seen for f in frequencies))
