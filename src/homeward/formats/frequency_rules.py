"""What to do where a frequency table and the profiles do not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.numbers import parse_number
from homeward.genetics.panel import SUM_TOLERANCE

_REPEAT_NUMBER = re.compile(r"[1-9]\d{0,2}(\.[1-9])?", re.ASCII)
_OFF_LADDER = re.compile(r"ol\W*|off.?ladder|oor", re.IGNORECASE)
_BEYOND_LADDER = re.compile(r"[<>\u2264\u2265]")


class MinimumRule(StrEnum):
    """Minimum frequencies that follow from the 2N alleles that were counted at a locus.

    FIVE_COPIES: 5/(2N), National Research Council (1996), The Evaluation of Forensic DNA Evidence, chapter 5.
    UPPER_LIMIT: 3/(2N), the upper 95 % limit where none was seen, Hanley & Lippman-Hand (1983), JAMA 249:1743-1745.
    COUNTED: alleles that are not in the table are counted once each, 1/(2N + their number), as haplotypes are in
        Buckleton, Krawczak & Weir (2011), Forensic Sci. Int. Genet. 5:78-83.
    """

    FIVE_COPIES = "5/2N"
    UPPER_LIMIT = "3/2N"
    COUNTED = "count"


@dataclass(frozen=True, slots=True)
class FrequencyPolicy:
    """How to treat alleles without a frequency and tables that do not sum to one.

    minimum: frequency given to an allele that is seen but not in the table, in (0, 1), or the rule that gives it; it
        stands above the minimum frequency of the locus. None: only the minimum of the locus itself counts.
    rescale: divide the frequencies of a locus by their sum where that is not one.
    raise_rare: raise rarer alleles to the minimum at every locus, not only where an allele is missing from the table.
    """

    minimum: float | MinimumRule | None = None
    rescale: bool = False
    raise_rare: bool = False

    def __post_init__(self) -> None:
        if self.raise_rare and self.minimum is MinimumRule.COUNTED:
            fix = "Give a number, 5/2N or 3/2N as the minimum, or leave rare alleles as they are."
            raise InputError(Problem("Counting new alleles gives no minimum to raise others to.", "--raise-rare", fix))
        if isinstance(self.minimum, float) and not 0.0 < self.minimum < 1.0:
            raise InputError(
                Problem(
                    what=f"The minimum frequency {self.minimum:g} is outside (0, 1).",
                    where="--minimum-frequency",
                    fix="Give a frequency such as 5/(2N), N being the number of people in the database.",
                )
            )


def parse_minimum(text: str) -> float | MinimumRule:
    """Return the minimum frequency, or the rule for it, that a text means.

    Raises
    ------
    InputError
        It is neither.
    """
    with suppress(ValueError):
        return MinimumRule(text.strip().replace("(", "").replace(")", ""))
    value = parse_number(text.strip())
    if value is None:
        fix = f"Write a number such as 0.005, or one of: {', '.join(MinimumRule)}."
        raise InputError(Problem(f"'{text[:60]}' is no minimum frequency.", "--minimum-frequency", fix))
    return value


STRICT = FrequencyPolicy()
"""No rule: whatever does not fit is a problem."""


@dataclass(frozen=True, slots=True)
class FrequencyTable:
    """The frequencies of one locus as they stand in a file.

    minimum: frequency below which no allele of this locus goes when the rule is used; 0.0 if none was given.
    where: file and line of the locus.
    silent: frequency of the silent allele, which is not among the others and is kept as it is.
    n_counted: number of alleles that the frequencies were counted from (2N for N people), or None.
    """

    locus: str
    alleles: tuple[str, ...]
    frequencies: tuple[float, ...]
    minimum: float
    where: str
    silent: float = 0.0
    n_counted: int | None = None

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
    if not unseen and not policy.raise_rare:
        return table
    minimum = _minimum(table, len(unseen), policy, log)
    if minimum is None:
        return table
    if not unseen:
        return _with_minimum(table, [], minimum, notes) if min(table.frequencies, default=1.0) < minimum else table
    if minimum > 0:
        strange = _not_of_the_locus(unseen, table.alleles)
        for allele in strange:
            _note_strange(allele, table.locus, seen[allele], log)
        if strange:
            return table
        raising = policy.minimum is not MinimumRule.COUNTED
        return _with_minimum(table, unseen, minimum, notes) if raising else _continued(table, unseen, minimum, notes)
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


def _minimum(table: FrequencyTable, n_unseen: int, policy: FrequencyPolicy, log: ProblemLog) -> float | None:
    """Return the minimum frequency at a locus, 0 for none; None where it does not follow (noted)."""
    rule = policy.minimum
    if not isinstance(rule, MinimumRule):
        return table.minimum if rule is None else rule
    if table.n_counted is None:
        log.add(
            f"The rule {rule} needs to know how many alleles were counted at locus {table.locus}.",
            where=table.where,
            fix="Give the database_size (2N for N people), or a minimum frequency as a number.",
        )
        return None
    match rule:
        case MinimumRule.FIVE_COPIES:
            return 5 / table.n_counted
        case MinimumRule.UPPER_LIMIT:
            return 3 / table.n_counted
        case _:
            return 1 / (table.n_counted + n_unseen)


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
    if not added:
        lowest = minimum / sum(raised) * table.share_seen
        notes.append(
            f"Locus {table.locus}: {n_raised} allele{'s' * (n_raised != 1)} rarer than the minimum frequency "
            f"{minimum:.6g} raised to it, and the locus was rescaled to sum to 1 (now {lowest:.6g})."
        )
        return settled
    also = f", {n_raised} rarer allele{'s' * (n_raised != 1)} raised to it" if n_raised else ""
    listed = ", ".join(added)
    notes.append(
        f"Locus {table.locus}: allele{'s' * (len(added) != 1)} {listed} had no frequency; the minimum frequency "
        f"{minimum:.6g} was used{also}, and the locus was rescaled to sum to 1 (now {settled.frequencies[-1]:.6g})."
    )
    return settled


def _continued(table: FrequencyTable, added: list[str], minimum: float, notes: list[str]) -> FrequencyTable:
    """Go on counting: each added allele was seen once, which is this frequency."""
    others = [f / table.share_seen * (1.0 - len(added) * minimum) for f in table.frequencies]
    settled = _rescaled(table, table.alleles + tuple(added), [*others, *[minimum] * len(added)])
    notes.append(
        f"Locus {table.locus}: {', '.join(added)} had no frequency and {'were' if len(added) > 1 else 'was'} added to "
        f"the {table.n_counted} alleles counted, once each (now {settled.frequencies[-1]:.6g})."
    )
    return settled


def _rescaled(table: FrequencyTable, alleles: tuple[str, ...], frequencies: Sequence[float]) -> FrequencyTable:
    """Return the table with other alleles and frequencies, which sum to one together with the silent allele."""
    total = sum(frequencies)
    return replace(table, alleles=alleles, frequencies=tuple(f / total * table.share_seen for f in frequencies))
