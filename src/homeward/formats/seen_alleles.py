"""Frequency databases completed by the alleles that profiles show and nobody counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy, FrequencyTable, settle_frequencies
from homeward.genetics.databases.frequencies import FrequencyDatabase, LocusFrequencies

Seen = Mapping[str, Mapping[str, str]]
"""Locus to alleles that occur to where."""

FIVE_OVER_2N: Final = "5/2N"
"""Five over the number of alleles counted at the locus, as the second report of the National Research Council
(1996, The Evaluation of Forensic DNA Evidence) recommends."""


def with_alleles_seen(
    database: FrequencyDatabase, names: Iterable[str], seen: Seen, minimum: float | str | None
) -> tuple[FrequencyDatabase, tuple[str, ...]]:
    """Return the database with every allele that occurs at some loci, and what was done, in sentences.

    Parameters
    ----------
    database : FrequencyDatabase
    names : iterable of str
        Loci; those that the database does not have are passed over.
    seen : mapping
        The alleles that occur, and where.
    minimum : float or "5/2N", optional
        Frequency given to an allele without one, in (0, 1); rarer alleles of such a locus are raised to it, and the
        locus is rescaled. None: an allele without a frequency is a problem.

    Raises
    ------
    InputError
        An allele has no frequency and gets none, or is no allele of such a locus; lists all of them.
    """
    log, notes = ProblemLog(), list[str]()
    loci = dict(database.loci)
    for name in names:
        table = loci.get(name)
        unseen = [] if table is None else [allele for allele in seen.get(name, {}) if allele not in table.alleles]
        if table is None or not unseen:
            continue
        policy = _policy(minimum, table, f"{database.title}, locus {name}", log)
        if policy is None:
            continue
        if policy is STRICT:
            for allele in unseen:
                log.add(
                    f"Allele {allele} has no frequency at locus {name}.",
                    where=seen[name][allele],
                    fix='Check the allele, or give minimum_frequency, such as 0.001 or "5/2N".',
                )
            continue
        read = FrequencyTable(name, table.alleles, tuple(table.frequencies.tolist()), 0.0, database.title)
        settled = settle_frequencies(read, seen[name], policy, log, notes)
        loci[name] = replace(table, alleles=settled.alleles, frequencies=np.array(settled.frequencies))
    log.raise_if_any()
    return replace(database, loci=loci), tuple(notes)


def _policy(
    minimum: float | str | None, table: LocusFrequencies, where: str, log: ProblemLog
) -> FrequencyPolicy | None:
    """Return the rule for a locus, or None if it cannot be worked out, which is noted."""
    if minimum is None:
        return STRICT
    if not isinstance(minimum, str):
        return FrequencyPolicy(minimum=minimum)
    if minimum != FIVE_OVER_2N:
        log.add(f"The minimum frequency '{minimum}' is not known.", where=where, fix='Give a number, or "5/2N".')
        return None
    if table.n_counted is None:
        what = "The minimum frequency 5/2N cannot be worked out: how many alleles were counted is not known."
        log.add(what, where=where, fix="Give minimum_frequency as a number, such as 0.001.")
        return None
    return FrequencyPolicy(minimum=5.0 / table.n_counted)
