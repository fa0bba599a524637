"""From frequency tables as read to a checked panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.frequency_rules import FrequencyPolicy, FrequencyTable, settle_frequencies
from homeward.genetics.alleles import SILENT_ALLELE
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel, check_panel

MAX_ALLELES = 1000
"""Alleles per locus: a mutation matrix holds the square of it."""


@dataclass(slots=True)
class LocusDraft:
    """One locus as it stands in a file, not yet checked.

    where: file and line.
    entries: allele, frequency, and where it stands.
    female_matrix, male_matrix: for custom models: probability by (from, to); pairs left out are 0.
    readable: False if a number could not be read, which is noted already: then nothing more is checked.
    """

    name: str
    where: str
    entries: list[tuple[str, float, str]] = field(default_factory=list)
    female_mutation: MutationModel = NO_MUTATION
    male_mutation: MutationModel = NO_MUTATION
    female_matrix: dict[tuple[str, str], float] = field(default_factory=dict)
    male_matrix: dict[tuple[str, str], float] = field(default_factory=dict)
    chromosome: str | None = None
    database_size: int | None = None
    dropout_probability: float = 0.0
    minimum_frequency: float = 0.0
    silent_frequency: float = 0.0
    readable: bool = True


def build_panel(
    drafts: Sequence[LocusDraft],
    seen: Mapping[str, Mapping[str, Sequence[str]]],
    *,
    file: str,
    policy: FrequencyPolicy,
    theta: float,
    database: str,
    log: ProblemLog,
    notes: list[str],
) -> Panel:
    """Return the panel; loci that cannot be used are left out and named in ``log``.

    Parameters
    ----------
    drafts : sequence of LocusDraft
        In file order.
    seen : mapping of locus to mapping of allele to places
        The alleles that occur in a profile, which need a frequency, and where; those that are listed may be left out.
    file : str
        What to call the file in a problem.
    policy : FrequencyPolicy
        What to do with alleles without a frequency and tables that do not sum to one.
    theta, database
        As in :class:`Panel`.
    log, notes
        Get the problems found and the rules used.
    """
    loci: dict[str, Locus] = {}
    names: set[str] = set()
    for draft in drafts:
        found = ProblemLog()
        if draft.name in names:
            found.add(f"The locus {draft.name} is listed twice.", where=draft.where, fix="Keep one of the two.")
        names.add(draft.name)
        _check_entries(draft, found)
        if draft.readable and not found:
            table = FrequencyTable(
                locus=draft.name,
                alleles=tuple(allele for allele, _, _ in draft.entries),
                frequencies=tuple(frequency for _, frequency, _ in draft.entries),
                minimum=draft.minimum_frequency,
                where=draft.where,
                silent=draft.silent_frequency,
                n_counted=draft.database_size,
            )
            places = {allele: _and_more(found_at) for allele, found_at in seen.get(draft.name, {}).items()}
            table = settle_frequencies(table, places, policy, found, notes)
            locus = _locus(draft, table, found)
            if not found:
                try:
                    check_panel(Panel((locus,)), where=file)
                except InputError as error:
                    found.extend(_with_file(error.problems, file))
            loci[draft.name] = locus
        log.extend(found.problems)
    return Panel(tuple(loci.values()), theta=theta, database=database)


def _with_file(problems: Iterable[Problem], file: str) -> list[Problem]:
    """Return the problems, the file named in front of those that name a locus only."""
    return [p if p.where.startswith(file) else replace(p, where=f"{file}, {p.where}") for p in problems]


def _and_more(places: Sequence[str]) -> str:
    """Name the first places and count the rest."""
    return "; ".join(places[:3]) + (f"; and {len(places) - 3} more" if len(places) > 3 else "")


def _check_entries(draft: LocusDraft, log: ProblemLog) -> None:
    """Note every frequency outside (0, 1], every allele listed twice, an empty or an absurdly long table."""
    if not draft.entries and draft.readable:
        log.add("This locus has no allele frequencies.", where=f"{draft.where}, locus {draft.name}", fix="Add them.")
    if len(draft.entries) > MAX_ALLELES:
        log.add(
            f"This locus has {len(draft.entries)} alleles; at most {MAX_ALLELES} can be used.",
            where=f"{draft.where}, locus {draft.name}",
            fix="Check the table, or join alleles that nobody carries into one rest allele.",
        )
    known: set[str] = set()
    for allele, frequency, where in draft.entries:
        at = f"{where}, locus {draft.name}, allele {allele}"
        if allele in known:
            log.add(f"Allele {allele} is listed twice.", where=at, fix="Keep one frequency for each allele.")
        known.add(allele)
        if allele.lower() == SILENT_ALLELE:
            log.add(
                "The silent allele stands among the others.",
                where=at,
                fix="Give its frequency as the silent_frequency of the locus (loci.csv), and take this line away.",
            )
        if not 0.0 < frequency <= 1.0:
            log.add(
                f"Frequency {frequency:g} is outside (0, 1].",
                where=at,
                fix="Percentages must be divided by 100; leave out alleles that were never seen.",
            )


def _locus(draft: LocusDraft, table: FrequencyTable, log: ProblemLog) -> Locus:
    """Return the locus with its settled frequencies and, for custom models, its matrices."""
    models = []
    for sex, model, entries in (
        ("female", draft.female_mutation, draft.female_matrix),
        ("male", draft.male_mutation, draft.male_matrix),
    ):
        at = f"{draft.where}, locus {draft.name}, {sex} mutation matrix"
        models.append(_with_matrix(model, entries, table.alleles, at, log))
    return Locus(
        name=draft.name,
        alleles=table.alleles,
        frequencies=np.array(table.frequencies, dtype=np.float64),
        female_mutation=models[0],
        male_mutation=models[1],
        chromosome=draft.chromosome,
        database_size=draft.database_size,
        dropout_probability=draft.dropout_probability,
        minimum_frequency=draft.minimum_frequency,
        silent_frequency=draft.silent_frequency,
    )


def _with_matrix(
    model: MutationModel, entries: dict[tuple[str, str], float], alleles: tuple[str, ...], at: str, log: ProblemLog
) -> MutationModel:
    """Return a custom model with the rows of its matrix in the order of the alleles."""
    if model.kind is not MutationKind.CUSTOM:
        return model
    for allele in sorted({allele for pair in entries for allele in pair} - set(alleles)):
        log.add(f"Allele {allele} has no frequency.", where=at, fix="Correct it, or add it to the frequencies.")
    rows = tuple(tuple(entries.get((row, column), 0.0) for column in alleles) for row in alleles)
    for allele, row in zip(alleles, rows, strict=True):
        if abs(sum(row) - 1.0) > 1e-9:
            log.add(
                f"The probabilities from allele {allele} sum to {sum(row):.10g}, not to 1.",
                where=at,
                fix="List where this allele goes, itself included, so that the sum is 1.",
            )
    return replace(model, matrix=rows)
