"""Frequency databases completed by the alleles that profiles show and nobody counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.frequency_rules import FrequencyPolicy, FrequencyTable, MinimumRule, settle_frequencies
from homeward.genetics.databases.frequencies import FrequencyDatabase

Seen = Mapping[str, Mapping[str, str]]
"""Locus to alleles that occur to where."""


def with_alleles_seen(
    database: FrequencyDatabase, names: Iterable[str], seen: Seen, minimum: float | MinimumRule | None
) -> tuple[FrequencyDatabase, tuple[str, ...]]:
    """Return the database with every allele that occurs at some loci, and what was done, in sentences.

    Parameters
    ----------
    database : FrequencyDatabase
    names : iterable of str
        Loci; those that the database does not have are passed over.
    seen : mapping
        The alleles that occur, and where.
    minimum : float or MinimumRule, optional
        Frequency given to an allele without one, as in :class:`~homeward.formats.frequency_rules.FrequencyPolicy`.
        None: an allele without a frequency is a problem.

    Raises
    ------
    InputError
        An allele has no frequency and gets none, or is no allele of such a locus; lists all of them.
    """
    log, notes = ProblemLog(), list[str]()
    policy = FrequencyPolicy(minimum=minimum)
    loci = dict(database.loci)
    for name in names:
        table = loci.get(name)
        unseen = [] if table is None else [allele for allele in seen.get(name, {}) if allele not in table.alleles]
        if table is None or not unseen:
            continue
        if minimum is None:
            for allele in unseen:
                log.add(
                    f"Allele {allele} has no frequency at locus {name}.",
                    where=seen[name][allele],
                    fix='Check the allele, or give minimum_frequency, such as 0.001 or "5/2N".',
                )
            continue
        frequencies = tuple(table.frequencies.tolist())
        read = FrequencyTable(name, table.alleles, frequencies, 0.0, database.title, n_counted=table.n_counted)
        settled = settle_frequencies(read, seen[name], policy, log, notes)
        loci[name] = replace(table, alleles=settled.alleles, frequencies=np.array(settled.frequencies))
    log.raise_if_any()
    return replace(database, loci=loci), tuple(notes)
