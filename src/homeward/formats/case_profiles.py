"""The profiles of a case folder: genotypes by owner and locus."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.case_owners import Owners
from homeward.formats.case_tables import Row, Table
from homeward.formats.genotypes import spelling_hint
from homeward.formats.panel_draft import LocusDraft
from homeward.genetics.arrays import MISSING, FloatArray, IntArray

NO_LINE = -1
"""Stands for the line of a genotype that is not there."""

NO_LOCUS = -1
"""Stands for the locus of a line without a genotype."""

_SEVERAL = re.compile(r"[,;/|]")

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class OwnedProfiles:
    """The genotypes of every owner, as they stand in the table.

    owners: whose row is which.
    table: the lines they come from.
    loci: the names of the loci.
    alleles: for each locus, the names of its alleles: those with a frequency, then others in order of appearance.
    n_listed: for each locus, how many of them have a frequency.
    codes: (n_owners, n_loci, 2) int32 positions in ``alleles``, in the order written; ``MISSING`` where untyped.
    lines: (n_owners, n_loci) int32 positions in the table; ``NO_LINE`` where untyped.
    dropout: (n_owners, n_loci) float64 dropout probability that the line states, in [0, 1); NaN where it states none.
    is_typed: for each owner, whether there is any genotype.
    """

    owners: Owners
    table: Table
    loci: Sequence[str]
    alleles: Sequence[Sequence[str]]
    n_listed: Sequence[int]
    codes: IntArray
    lines: IntArray
    dropout: FloatArray
    is_typed: Sequence[bool]

    def genotype(self, row: int, locus: int) -> tuple[str, str]:
        """Return the two alleles of a typed owner at a locus, in the order written."""
        first, second = self.codes[row, locus].tolist()
        return self.alleles[locus][first], self.alleles[locus][second]

    def where(self, row: int, locus: int) -> str:
        """Return file, line, owner and locus of a genotype."""
        return _place(self.table.row(int(self.lines[row, locus])))

    def unlisted_alleles(self) -> dict[str, dict[str, list[str]]]:
        """Return, for each locus, the alleles without a frequency and where they stand, in the order of the table."""
        cells = np.argwhere((self.codes >= np.array(self.n_listed)[:, np.newaxis]).any(axis=2))
        cells = cells[np.argsort(self.lines[tuple(cells.T)], kind="stable")]
        # One line may belong to a donor in several families.
        places: dict[str, dict[str, dict[str, None]]] = {}
        for row, locus in cells.tolist():
            for code in self.codes[row, locus].tolist():
                if code >= self.n_listed[locus]:
                    of_locus = places.setdefault(self.loci[locus], {})
                    of_locus.setdefault(self.alleles[locus][code], {})[self.where(row, locus)] = None
        return {locus: {allele: list(at) for allele, at in found.items()} for locus, found in places.items()}


def read_profiles(
    table: Table,
    drafts: Sequence[LocusDraft],
    owners: Owners,
    *,
    frequencies_file: str,
    log: ProblemLog,
    notes: list[str],
) -> OwnedProfiles:
    """Return every profile with its owner; what cannot be used is noted in ``log``.

    Parameters
    ----------
    table : Table
        The table of profiles.
    drafts : sequence of LocusDraft
        The loci of the panel.
    owners : Owners
        Who may own a line.
    frequencies_file : str
        What to call the table of the loci in a problem.
    log, notes
        Get the problems, and who was taken as one donor in several families.
    """
    coding = _Coding(drafts, frequencies_file)
    n_loci = len(drafts)
    n_cells = len(owners) * n_loci
    codes = array("i", [MISSING]) * (2 * n_cells)
    lines, stated = array("i", [NO_LINE]) * n_cells, array("d", [math.nan]) * n_cells
    # There are a few thousand owners and a few hundred genotypes: what the rules make of each is remembered.
    known_rows: dict[tuple[str, str], tuple[int, ...]] = {}
    known_genotypes: dict[tuple[str, str, str], tuple[int, int, int]] = {}
    known_rates: dict[str, float] = {}
    columns = map(table.column, ("owner", "family", "locus", "allele1", "allele2", "dropout"))
    for index, (owner, family, name, first, second, dropout) in enumerate(zip(*columns, strict=True)):
        if not owner:
            table.row(index).named("owner", log)
            continue
        rows = known_rows.get((owner, family))
        if rows is None:
            rows = _remember(known_rows, (owner, family), owners.rows_of, table.row(index), log)
        genotype = known_genotypes.get((name, first, second))
        if genotype is None:
            genotype = _remember(known_genotypes, (name, first, second), coding.genotype, table.row(index), log)
        rate = known_rates.get(dropout)
        if rate is None:
            rate = _remember(known_rates, dropout, _stated_dropout, table.row(index), log)
        locus = genotype[0]
        if locus == NO_LOCUS:
            continue
        for row in rows:
            cell = row * n_loci + locus
            if lines[cell] != NO_LINE:
                log.add(
                    f"{owner} has a second line for locus {name}.",
                    where=_place(table.row(index)),
                    fix="A genotype has two alleles in one line: keep one line for each owner and locus.",
                )
                continue
            lines[cell], stated[cell] = index, rate
            codes[2 * cell], codes[2 * cell + 1] = genotype[1:]
    _note_shared(known_rows, owners, notes)
    shape = len(owners), n_loci
    lines_by_owner = np.frombuffer(lines, dtype=np.int32).reshape(shape)
    return OwnedProfiles(
        owners=owners,
        table=table,
        loci=[draft.name for draft in drafts],
        alleles=[tuple(of_locus) for of_locus in coding.alleles],
        n_listed=coding.n_listed,
        codes=np.frombuffer(codes, dtype=np.int32).reshape(*shape, 2),
        lines=lines_by_owner,
        dropout=np.frombuffer(stated, dtype=np.float64).reshape(shape),
        is_typed=(lines_by_owner != NO_LINE).any(axis=1).tolist(),
    )


def _remember(
    known: dict[Key, Value], key: Key, rule: Callable[[Row, ProblemLog], Value], line: Row, log: ProblemLog
) -> Value:
    """Return what a rule makes of a line, and remember it for lines of the same key unless there was a problem."""
    n_problems = len(log.problems)
    value = rule(line, log)
    if len(log.problems) == n_problems:
        known[key] = value
    return value


def _stated_dropout(line: Row, log: ProblemLog) -> float:
    """Return the dropout probability of a line; NaN if it states none or one that cannot be used (noted)."""
    rate = line.probability("dropout", log, default=math.nan, below_one=True)
    return math.nan if rate is None else rate


def _place(line: Row) -> str:
    """Return where a genotype stands: file, line, owner and locus."""
    return f"{line.where}, {line['owner']}, locus {line['locus']}"


class _Coding:
    """The positions of loci and of their alleles, those without a frequency included."""

    def __init__(self, drafts: Sequence[LocusDraft], frequencies_file: str) -> None:
        self.frequencies_file = frequencies_file
        self.position = {draft.name: i for i, draft in enumerate(drafts)}
        names = [dict.fromkeys(allele for allele, _, _ in draft.entries) for draft in drafts]
        self.alleles = [{allele: code for code, allele in enumerate(of_locus)} for of_locus in names]
        self.n_listed = [len(of_locus) for of_locus in names]

    def genotype(self, line: Row, log: ProblemLog) -> tuple[int, int, int]:
        """Return the positions of locus and alleles; ``NO_LOCUS`` if they are blank or cannot be used (noted)."""
        nothing = (NO_LOCUS, MISSING, MISSING)
        name = line.named("locus", log)
        if not name:
            return nothing
        if name not in self.position:
            log.add(
                f"Locus {name} is not in the panel.{spelling_hint(name, self.position)}",
                where=_place(line),
                fix=f"Add it to {self.frequencies_file}, correct its name, or leave it out of the profile.",
            )
            return nothing
        codes = self.alleles[self.position[name]]
        alleles = line["allele1"], line["allele2"]
        several = [allele for allele in alleles if allele not in codes and _SEVERAL.search(allele)]
        if several:
            log.add(
                f"'{several[0][:60]}' holds more than one allele.",
                where=_place(line),
                fix="Put one allele in each of the two columns, with a decimal point (9.3); "
                "more than two cannot be used.",
            )
            return nothing
        if not all(alleles):
            if any(alleles):
                log.add(
                    f"There is one allele only ({alleles[0] or alleles[1]}).",
                    where=_place(line),
                    fix="Write the allele twice if the person is homozygous; "
                    "otherwise leave the locus out of the profile.",
                )
            return nothing
        first, second = (codes.setdefault(allele, len(codes)) for allele in alleles)
        return self.position[name], first, second


def _note_shared(rows_of: Mapping[tuple[str, str], Sequence[int]], owners: Owners, notes: list[str]) -> None:
    """Note who was taken as one donor in several families."""
    for (owner, _), rows in rows_of.items():
        if len(rows) > 1:
            families = ", ".join(owners.families_of[owner])
            notes.append(f"{owner} in {families} is taken as one donor: the profile names no family.")
