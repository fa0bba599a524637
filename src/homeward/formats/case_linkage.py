"""Linkage in a case folder: positions on the genetic map in loci.csv, and recombination fractions in linkage.csv."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import Row, Table
from homeward.formats.panel_draft import LocusDraft
from homeward.genetics.linkage.groups import linkage_groups
from homeward.genetics.linkage.recombination import Linkage, NeighbourFractions
from homeward.genetics.panel import Locus, Panel


def take_positions(draft: LocusDraft, row: Row, log: ProblemLog) -> None:
    """Take the positions of one locus from its line in loci.csv."""
    draft.position_cm = _position(row, "position_cm", log)
    draft.female_position_cm = _position(row, "female_position_cm", log)
    draft.male_position_cm = _position(row, "male_position_cm", log)


def read_fractions(
    table: Table, drafts: Sequence[LocusDraft], linkage: Linkage | None, log: ProblemLog
) -> tuple[NeighbourFractions, ...]:
    """Return the recombination fractions of linkage.csv; what is wrong with them and with positions is noted."""
    fractions = []
    known = {draft.name for draft in drafts}
    for row in table:
        names = [row.named(column, log) for column in ("locus1", "locus2")]
        for name in names:
            if name and name not in known:
                log.add(f"The locus '{name[:60]}' has no allele frequencies.", where=row.where, fix="Correct its name.")
        female, male = (_fraction(row, f"{sex}_rho" if row[f"{sex}_rho"] else "rho", log) for sex in ("female", "male"))
        if female is not None and male is not None and set(names) <= known:
            fractions.append(NeighbourFractions(names[0], names[1], female, male))
    given = tuple(fractions)
    with log.collecting():
        linkage_groups(Panel(_mapped(drafts), linkage=linkage, recombination=given), where=f"loci or {table.file}")
    return given


def _mapped(drafts: Sequence[LocusDraft]) -> tuple[Locus, ...]:
    """Return the loci with nothing but their place on the map."""
    nothing = np.zeros(0)
    return tuple(
        Locus(
            name=draft.name,
            alleles=(),
            frequencies=nothing,
            chromosome=draft.chromosome,
            position_cm=draft.position_cm,
            female_position_cm=draft.female_position_cm,
            male_position_cm=draft.male_position_cm,
        )
        for draft in drafts
    )


def _position(row: Row, column: str, log: ProblemLog) -> float | None:
    if not row[column]:
        return None
    position = row.number(column, log)
    if position is not None and position < 0.0:
        log.add(
            f"The {column} {position:g} is negative.",
            where=f"{row.where}, locus {row['locus']}",
            fix="Give the distance from the end of the short arm in cM, 0 or more.",
        )
        return None
    return position


def _fraction(row: Row, column: str, log: ProblemLog) -> float | None:
    if not row[column]:
        log.add(
            "There is no recombination fraction.",
            where=row.where,
            fix="Give rho, or female_rho and male_rho: 0 to 0.5 (unlinked).",
        )
        return None
    fraction = row.number(column, log)
    if fraction is not None and not 0.0 <= fraction <= 0.5:
        log.add(
            f"The recombination fraction {fraction:g} is outside [0, 0.5].",
            where=row.where,
            fix="Give a fraction of 0 to 0.5 (unlinked); 1 cM is about 0.01.",
        )
        return None
    return fraction
