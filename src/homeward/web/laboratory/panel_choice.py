"""The panel with which the record is compared: whose frequencies, which loci, which mutation model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from homeward.core.errors import ProblemLog
from homeward.formats.frequency_rules import FrequencyPolicy, MinimumRule
from homeward.formats.panel_draft import LocusDraft, build_panel
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import make_panel
from homeward.genetics.databases.str_loci import MUTATION_SOURCE, str_loci
from homeward.genetics.mutation import MutationKind
from homeward.genetics.panel import Panel

NEW_ALLELES: Final = FrequencyPolicy(minimum=MinimumRule.FIVE_COPIES)
"""What the frequency of an allele is that the database has not seen."""


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """Whose frequencies to use, and how alleles mutate.

    database, population: as `homeward database` lists them.
    """

    database: str = "NIST 1036"
    population: str = "US Caucasian"
    mutation: MutationKind = MutationKind.EQUAL


@dataclass(frozen=True, slots=True)
class ChosenPanel:
    """A panel for what was typed; loci without frequencies; where the figures come from; rules that were used."""

    panel: Panel
    without_frequencies: tuple[str, ...]
    source: str
    notes: tuple[str, ...]


def panel_for(choice: PanelChoice, seen: Mapping[str, Collection[str]]) -> ChosenPanel:
    """Return the panel of the loci that were typed and that the database has, in the order of the chromosomes.

    Parameters
    ----------
    seen : mapping of locus to alleles
        What was typed. Alleles that the database has not seen get the frequency of five copies.

    Raises
    ------
    InputError
        The database or population is not there, or a locus cannot be used with an allele that was seen.
    """
    database = load_database(choice.database, choice.population)
    usable = [name for name in str_loci() if name in seen and name in database.loci]
    plain = make_panel(database, usable, mutation=choice.mutation)
    log, notes = ProblemLog(), list[str]()
    where = f"{database.title}"
    drafts = [
        LocusDraft(
            locus.name,
            where,
            entries=[(a, float(p), where) for a, p in zip(locus.alleles, locus.frequencies, strict=True)],
            female_mutation=locus.female_mutation,
            male_mutation=locus.male_mutation,
            chromosome=locus.chromosome,
            database_size=locus.database_size or 2 * (database.n_people or 0) or None,
        )
        for locus in plain.loci
    ]
    places = {name: {allele: ["a profile of the record"] for allele in seen[name]} for name in usable}
    panel = build_panel(
        drafts, places, file=where, policy=NEW_ALLELES, theta=0.0, database=database.title, log=log, notes=notes
    )
    log.raise_if_any()
    source = " ".join([database.source, database.licence, MUTATION_SOURCE])
    return ChosenPanel(panel, tuple(sorted(set(seen) - set(usable))), source, tuple(notes))
