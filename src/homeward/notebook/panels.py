"""Panels from what a notebook says: a database by name, a table of frequencies, a mutation model in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from homeward.core.errors import InputError, Problem
from homeward.formats.frequency_databases import read_frequency_databases
from homeward.formats.frequency_rules import parse_minimum
from homeward.formats.seen_alleles import Seen, with_alleles_seen
from homeward.genetics.databases.frequencies import (
    FrequencyDatabase,
    LocusFrequencies,
    bundled_databases,
    load_database,
)
from homeward.genetics.databases.kits import autosomal_loci
from homeward.genetics.databases.panels import MICROVARIANT_RATE, STEP_RATIO, make_panel
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel, check_panel

Frequencies = str | Path | FrequencyDatabase | Panel | Mapping[str, Mapping[str, float]]


def panel(
    frequencies: Frequencies,
    loci: Iterable[str] | str | None = None,
    *,
    mutation: str | MutationModel = "none",
    theta: float = 0.0,
    minimum_frequency: float | str | None = None,
    seen: Seen | None = None,
) -> Panel:
    """Return loci with the frequencies of a population and a mutation model.

    Parameters
    ----------
    frequencies : str, path, FrequencyDatabase, Panel or mapping
        The name of a bundled population ("NIST 1036, US Caucasian"), a file, or ``{"D3S1358": {"15": 0.25, ...}}``.
    loci : iterable of str or str, optional
        Their names, or the name of a kit; all if not given.
    mutation : str or MutationModel
        "none", or a kind such as "stepwise" with the rates of the loci that come with Homeward, or a kind and one rate
        for all loci and both sexes: "equal 0.001".
    theta : float
        Co-ancestry coefficient, dimensionless, in [0, 1).
    minimum_frequency : float or str, optional
        Given to alleles that occur but are not in the table: a number, or "5/2N", "3/2N" or "count", which follow from
        the alleles counted at the locus. Without it, such an allele is a problem.
    seen : mapping, optional
        The alleles that occur at each locus, and where.

    Raises
    ------
    InputError
        There is no such database, locus, kit or model; frequencies do not sum to one; an allele has none. All problems
        of a kind are listed.
    """
    return panel_and_notes(frequencies, loci, mutation, theta, minimum_frequency, seen or {})[0]


def panel_and_notes(
    frequencies: Frequencies,
    loci: Iterable[str] | str | None,
    mutation: str | MutationModel,
    theta: float,
    minimum_frequency: float | str | None,
    seen: Seen,
) -> tuple[Panel, tuple[str, ...]]:
    """Return what :func:`panel` returns, and what was done with alleles that nobody counted, in sentences."""
    if isinstance(frequencies, Panel):
        made = frequencies if loci is None else _chosen_loci(frequencies, _locus_names(loci, frequencies.names))
        made = _with_mutation(made, mutation) if mutation != "none" else made
        return (replace(made, theta=theta) if theta else made), ()
    database = frequency_database(frequencies)
    names = _locus_names(loci, tuple(database.loci))
    minimum = parse_minimum(minimum_frequency) if isinstance(minimum_frequency, str) else minimum_frequency
    database, notes = with_alleles_seen(database, names, seen, minimum)
    kind, rate = _mutation(mutation)
    has_rates = isinstance(mutation, str) and rate is None
    made = replace(make_panel(database, names, mutation=kind if has_rates else MutationKind.NONE), theta=theta)
    made = made if has_rates else _with_mutation(made, mutation)
    check_panel(made, where=made.database)
    return made, notes


def frequency_database(
    frequencies: str | Path | FrequencyDatabase | Mapping[str, Mapping[str, float]],
) -> FrequencyDatabase:
    """Return allele frequencies by name, from a file, or from a mapping of locus to allele to frequency.

    Raises
    ------
    InputError
        There is no such database, several would do, or the file cannot be read.
    """
    if isinstance(frequencies, FrequencyDatabase):
        return frequencies
    if isinstance(frequencies, Mapping):
        loci = {
            str(name): LocusFrequencies(tuple(map(str, table)), np.array(list(table.values()), dtype=np.float64))
            for name, table in frequencies.items()
        }
        return FrequencyDatabase("given in Python", "", "Frequencies given in Python.", "", None, loci)
    if isinstance(frequencies, Path) or Path(frequencies).suffix or Path(frequencies).is_file():
        found = read_frequency_databases(Path(frequencies)).databases
        if len(found) > 1:
            known = ", ".join(one.population for one in found)
            fix = f"Choose one with homeward.formats.frequency_databases. They are: {known}."
            raise InputError(Problem("The file holds several populations.", str(frequencies), fix))
        return found[0]
    return _bundled(frequencies)


def _bundled(wanted: str) -> FrequencyDatabase:
    """Return the bundled population whose database and name have all words that are wanted."""
    words = set(wanted.casefold().replace(",", " ").split())
    every = [(name, population) for name, populations in bundled_databases().items() for population in populations]
    exact = [(n, p) for n, p in every if words == set(f"{n} {p}".casefold().replace(",", " ").split())]
    found = exact or [(n, p) for n, p in every if words <= set(f"{n} {p}".casefold().replace(",", " ").split())]
    if len(found) != 1:
        what = f"There is no population '{wanted}'." if not found else f"'{wanted}' can be several populations."
        fix = f"Write one of: {'; '.join(f'{name}, {population}' for name, population in found or every)}."
        raise InputError(Problem(what, "frequencies", fix))
    return load_database(*found[0])


def _locus_names(loci: Iterable[str] | str | None, every: Sequence[str]) -> list[str]:
    if loci is None:
        return list(every)
    return list(autosomal_loci(loci)) if isinstance(loci, str) else list(loci)


def _chosen_loci(panel: Panel, names: Sequence[str]) -> Panel:
    unknown = [name for name in names if name not in panel]
    if unknown:
        fix = f"The loci are: {', '.join(panel.names)}."
        raise InputError(*(Problem(f"There is no locus '{name}'.", "panel", fix) for name in unknown))
    return replace(panel, loci=tuple(panel.loci[panel.position(name)] for name in names))


def _mutation(words: str | MutationModel) -> tuple[MutationKind, float | None]:
    """Return kind and rate of a model in words."""
    if isinstance(words, MutationModel):
        return words.kind, words.rate
    kind, _, rate = words.strip().partition(" ")
    kinds = [one.value for one in MutationKind if one is not MutationKind.CUSTOM]
    fix = f"Write one of {', '.join(kinds)}, and a rate if one is to hold at all loci: 'equal 0.001'."
    if kind not in kinds:
        raise InputError(Problem(f"There is no mutation model '{words}'.", "mutation", fix))
    try:
        return MutationKind(kind), float(rate) if rate.strip() else None
    except ValueError as error:
        raise InputError(Problem(f"'{rate}' is no mutation rate.", "mutation", fix)) from error


def _with_mutation(panel: Panel, mutation: str | MutationModel) -> Panel:
    """Return the panel with one model at all loci, for both sexes."""
    kind, rate = _mutation(mutation)
    if isinstance(mutation, MutationModel):
        model = mutation
    elif rate is None:
        fix = "Give a rate with the kind, such as 'equal 0.001', or set the models of the panel."
        raise InputError(Problem("This panel takes no rates from the tables.", "mutation", fix))
    else:
        model = MutationModel(kind, rate, STEP_RATIO, MICROVARIANT_RATE if kind is MutationKind.STEPWISE else 0.0)

    def with_model(locus: Locus) -> Locus:
        return replace(locus, female_mutation=model, male_mutation=model)

    return replace(panel, loci=tuple(map(with_model, panel.loci)))
