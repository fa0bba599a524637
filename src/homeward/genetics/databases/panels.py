"""Panels made of a frequency database and the STR loci."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from homeward.core.errors import ProblemLog
from homeward.genetics.databases.frequencies import FrequencyDatabase
from homeward.genetics.databases.str_loci import mutation_rate_per_meiosis, str_loci
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Sex

IDENTIFILER: Final = (
    *("TPOX", "D2S1338", "D3S1358", "FGA", "D5S818", "CSF1PO", "D7S820", "D8S1179"),
    *("TH01", "vWA", "D13S317", "D16S539", "D18S51", "D19S433", "D21S11"),
)
"""The 15 STR loci of the older kit Identifiler, by chromosome."""

EXPANDED_24: Final = (
    *("D1S1656", "TPOX", "D2S441", "D2S1338", "D3S1358", "FGA", "D5S818", "CSF1PO", "SE33", "D6S1043", "D7S820"),
    *("D8S1179", "D10S1248", "TH01", "vWA", "D12S391", "D13S317", "Penta E", "D16S539", "D18S51", "D19S433"),
    *("D21S11", "Penta D", "D22S1045"),
)
"""The 23 autosomal STR loci of PowerPlex Fusion 6C, and D6S1043 of PowerPlex 21, by chromosome."""

STEP_RATIO: Final = 0.1
MICROVARIANT_RATE: Final = 1e-6
"""What Familias files commonly hold, as is the step ratio."""


def make_panel(
    database: FrequencyDatabase, loci: Sequence[str], *, mutation: MutationKind = MutationKind.NONE
) -> Panel:
    """Return a panel with the frequencies of a population and the mutation rates of the loci.

    Raises
    ------
    InputError
        The database does not have a locus, or for a mutation model the table of loci does not; or the model is
        ``custom``.
    """
    log = ProblemLog()
    for name in loci:
        if name not in database.loci:
            log.add(
                f"There are no frequencies of {name}.",
                where=f"{database.title}, locus {name}",
                fix=f"Leave it out. There are frequencies of: {', '.join(database.loci)}.",
            )
        elif mutation is not MutationKind.NONE and name not in str_loci():
            log.add(
                f"There is no mutation rate of {name}.",
                where=f"{database.title}, locus {name}",
                fix=f"Leave it out, or choose no mutation. There are rates of: {', '.join(str_loci())}.",
            )
    if mutation is MutationKind.CUSTOM:
        log.add("A custom model needs matrices of its own.", where="mutation", fix="Choose another mutation model.")
    log.raise_if_any()
    return Panel(tuple(_locus(database, name, mutation) for name in loci), database=database.title)


def _locus(database: FrequencyDatabase, name: str, kind: MutationKind) -> Locus:
    table, described = database.loci[name], str_loci().get(name)
    return Locus(
        name,
        table.alleles,
        table.frequencies,
        _model(name, Sex.FEMALE, kind),
        _model(name, Sex.MALE, kind),
        chromosome=described.chromosome if described else None,
        database_size=table.n_counted,
    )


def _model(locus: str, sex: Sex, kind: MutationKind) -> MutationModel:
    if kind is MutationKind.NONE:
        return NO_MUTATION
    rate = mutation_rate_per_meiosis(locus, sex)
    if kind is MutationKind.STEPWISE:
        return MutationModel(kind, rate, STEP_RATIO, MICROVARIANT_RATE)
    return MutationModel(kind, rate)
