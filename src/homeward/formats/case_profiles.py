"""The profiles of a case folder: genotypes by owner and locus."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import ProblemLog
from homeward.formats.case_owners import Owners
from homeward.formats.case_tables import Row, Table
from homeward.formats.genotypes import spelling_hint
from homeward.formats.panel_draft import LocusDraft
from homeward.genetics.alleles import MISSING, SILENT_ALLELE, UNKNOWN_ALLELE
from homeward.genetics.panel import is_x_linked

NO_LINE = -1
"""Stands for the line of a genotype that is not there."""

ONE_ALLELE = -2
"""Stands for the second allele where the line has one only, at an X-linked locus."""

NOTHING_SEEN = -3
"""Stands for both alleles where the typing was done and showed nothing."""

_UNREAD = ("?", "-")

CodedGenotype = tuple[int, int, int]
"""Position of a locus, and positions of two alleles among those of the locus."""

NO_GENOTYPE: CodedGenotype = (-1, MISSING, MISSING)
"""Stands for the genotype of a line without one."""

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
    codes: (n_owners, n_loci, 2) int32 positions in ``alleles``, in the order written; ``MISSING`` where untyped, and in
        the second place where one of two alleles could not be read; ``ONE_ALLELE`` or ``NOTHING_SEEN``.
    lines: (n_owners, n_loci) int32 positions in the table; ``NO_LINE`` where untyped.
    dropout, dropin: (n_owners, n_loci) float64 probability that the line states, in [0, 1); NaN where it states none.
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
    dropin: FloatArray
    is_typed: Sequence[bool]

    def genotype(self, row: int, locus: int) -> tuple[str, str]:
        """Return the two alleles of a typed owner at a locus, in the order written; one that stands alone, twice."""
        first, second = self.codes[row, locus].tolist()
        if first == NOTHING_SEEN:
            return SILENT_ALLELE, SILENT_ALLELE
        name = self.alleles[locus][first]
        return name, UNKNOWN_ALLELE if second == MISSING else name if second == ONE_ALLELE else self.alleles[locus][
            second
        ]

    def where(self, row: int, locus: int) -> str:
        """Return file, line, owner and locus of a genotype."""
        return _place(self.table.row(int(self.lines[row, locus])))

    def unlisted_alleles(self) -> dict[str, dict[str, list[str]]]:
        """Return, for each locus, the alleles without a frequency and where they stand, in the order of the table."""
        listed = zip(self.loci, self.alleles, self.n_listed, strict=True)
        return self.alleles_not_in({locus: alleles[:n] for locus, alleles, n in listed})

    def alleles_not_in(self, listed: Mapping[str, Collection[str]]) -> dict[str, dict[str, list[str]]]:
        """Return the same for the alleles that are not listed at their locus."""
        n_alleles = max(map(len, self.alleles), default=0)
        # The last place stands for MISSING, which is never sought.
        is_sought = np.zeros((len(self.loci), n_alleles + 1), dtype=bool)
        for locus, (name, alleles) in enumerate(zip(self.loci, self.alleles, strict=True)):
            is_sought[locus, : len(alleles)] = [allele not in listed.get(name, ()) for allele in alleles]
        cells = np.argwhere(is_sought[np.arange(len(self.loci))[:, np.newaxis], self.codes].any(axis=2))
        cells = cells[np.argsort(self.lines[tuple(cells.T)], kind="stable")]
        # One line may belong to a donor in several families.
        places: dict[str, dict[str, dict[str, None]]] = {}
        for row, locus in cells.tolist():
            for code in self.codes[row, locus].tolist():
                if is_sought[locus, code]:
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
    rows_of: _Remembered[tuple[str, str], tuple[int, ...]] = _Remembered(owners.rows_of, table, log)
    genotype_of: _Remembered[tuple[str, str, str], CodedGenotype] = _Remembered(coding.genotype, table, log)
    dropout_of: _Remembered[str, float] = _Remembered(_stated("dropout"), table, log)
    dropin_of: _Remembered[str, float] = _Remembered(_stated("dropin"), table, log)
    cells = _Cells(len(owners), len(drafts))
    columns = map(table.column, ("owner", "family", "locus", "allele1", "allele2", "dropout", "dropin"))
    for index, (owner, family, name, first, second, dropout, dropin) in enumerate(zip(*columns, strict=True)):
        if not owner:
            table.row(index).named("owner", log)
            continue
        rows = rows_of((owner, family), index)
        genotype = genotype_of((name, first, second), index)
        rates = dropout_of(dropout, index), dropin_of(dropin, index)
        for row in rows:
            if genotype != NO_GENOTYPE and not cells.put(row, genotype, index, rates):
                log.add(
                    f"{owner} has a second line for locus {name}.",
                    where=_place(table.row(index)),
                    fix="A genotype has two alleles in one line: keep one line for each owner and locus.",
                )
    _note_shared(rows_of.known, owners, notes)
    codes, lines, stated_dropout, stated_dropin = cells.arrays()
    return OwnedProfiles(
        owners=owners,
        table=table,
        loci=[draft.name for draft in drafts],
        alleles=[tuple(of_locus) for of_locus in coding.alleles],
        n_listed=coding.n_listed,
        codes=codes,
        lines=lines,
        dropout=stated_dropout,
        dropin=stated_dropin,
        is_typed=(lines != NO_LINE).any(axis=1).tolist(),
    )


class _Remembered(Generic[Key, Value]):
    """A rule on the lines of a table, and what it made of them before.

    There are hundreds of thousands of lines, but only thousands of owners and hundreds of genotypes. Where there was a
    problem, nothing is remembered, so that every such line is named.
    """

    def __init__(self, rule: Callable[[Row, ProblemLog], Value], table: Table, log: ProblemLog) -> None:
        self.rule, self.table, self.log = rule, table, log
        self.known: dict[Key, Value] = {}

    def __call__(self, key: Key, index: int) -> Value:
        """Return what the rule makes of a line with these values."""
        value = self.known.get(key)
        if value is None:
            n_problems = len(self.log.problems)
            value = self.rule(self.table.row(index), self.log)
            if len(self.log.problems) == n_problems:
                self.known[key] = value
        return value


class _Cells:
    """Genotypes by owner and locus, as long as they are being filled in.

    Arrays of the standard library: one value at a time, they are several times faster than those of NumPy.
    """

    def __init__(self, n_owners: int, n_loci: int) -> None:
        self.n_owners, self.n_loci = n_owners, n_loci
        n_cells = n_owners * n_loci
        self.codes = array("i", [MISSING]) * (2 * n_cells)
        self.lines = array("i", [NO_LINE]) * n_cells
        self.dropout = array("d", [math.nan]) * n_cells
        self.dropin = array("d", [math.nan]) * n_cells

    def put(self, row: int, genotype: CodedGenotype, line: int, rates: tuple[float, float]) -> bool:
        """Fill in a genotype; return whether there was none before."""
        locus, first, second = genotype
        cell = row * self.n_loci + locus
        if self.lines[cell] != NO_LINE:
            return False
        self.lines[cell], (self.dropout[cell], self.dropin[cell]) = line, rates
        self.codes[2 * cell], self.codes[2 * cell + 1] = first, second
        return True

    def arrays(self) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
        """Return codes, lines, dropout and drop-in in the shapes of :class:`OwnedProfiles`."""
        shape = self.n_owners, self.n_loci
        return (
            np.frombuffer(self.codes, dtype=np.int32).reshape(*shape, 2),
            np.frombuffer(self.lines, dtype=np.int32).reshape(shape),
            np.frombuffer(self.dropout, dtype=np.float64).reshape(shape),
            np.frombuffer(self.dropin, dtype=np.float64).reshape(shape),
        )


def _stated(column: str) -> Callable[[Row, ProblemLog], float]:
    """Return a rule for the probability of a line; NaN if it states none or one that cannot be used (noted)."""

    def rule(line: Row, log: ProblemLog) -> float:
        rate = line.probability(column, log, default=math.nan, below_one=True)
        return math.nan if rate is None else rate

    return rule


def _place(line: Row) -> str:
    """Return where a genotype stands: file, line, owner and locus."""
    return f"{line.where}, {line['owner']}, locus {line['locus']}"


class _Coding:
    """The positions of loci and of their alleles, those without a frequency included."""

    def __init__(self, drafts: Sequence[LocusDraft], frequencies_file: str) -> None:
        self.frequencies_file = frequencies_file
        self.has_silent = [draft.silent_frequency > 0 for draft in drafts]
        self.is_x_linked = [is_x_linked(draft.name, draft.chromosome) for draft in drafts]
        self.position = {draft.name: i for i, draft in enumerate(drafts)}
        names = [dict.fromkeys(allele for allele, _, _ in draft.entries) for draft in drafts]
        self.alleles = [{allele: code for code, allele in enumerate(of_locus)} for of_locus in names]
        self.n_listed = [len(of_locus) for of_locus in names]

    def genotype(self, line: Row, log: ProblemLog) -> CodedGenotype:
        """Return the genotype of a line, or ``NO_GENOTYPE`` if it is blank or cannot be used (noted)."""
        name = line.named("locus", log)
        if not name:
            return NO_GENOTYPE
        if name not in self.position:
            log.add(
                f"Locus {name} is not in the panel.{spelling_hint(name, self.position)}",
                where=_place(line),
                fix=f"Add it to {self.frequencies_file}, correct its name, or leave it out of the profile.",
            )
            return NO_GENOTYPE
        position = self.position[name]
        codes = self.alleles[position]
        alleles = line["allele1"], line["allele2"]
        several = [allele for allele in alleles if allele not in codes and _SEVERAL.search(allele)]
        if several:
            log.add(
                f"'{several[0][:60]}' holds more than one allele.",
                where=_place(line),
                fix="Put one allele in each of the two columns, with a decimal point (9.3); "
                "more than two cannot be used.",
            )
            return NO_GENOTYPE
        if any(allele.lower() == SILENT_ALLELE for allele in alleles):
            return self._nothing_seen(line, position, log)
        unread = [allele in _UNREAD and allele not in codes for allele in alleles]
        read = [allele for allele, is_unread in zip(alleles, unread, strict=True) if allele and not is_unread]
        if len(read) < 2 and (any(unread) or not read):
            # One allele that was read, the other not; or none of them.
            return (position, self._code(position, read[0]), MISSING) if read else NO_GENOTYPE
        if len(read) == 1:
            if self.is_x_linked[position]:
                return position, self._code(position, read[0]), ONE_ALLELE
            log.add(
                f"There is one allele only ({read[0]}).",
                where=_place(line),
                fix="Write the allele twice if the person is homozygous, or ? for one that could not be read; "
                "otherwise leave the locus out of the profile.",
            )
            return NO_GENOTYPE
        first, second = (self._code(position, allele) for allele in alleles)
        return position, first, second

    def _code(self, position: int, allele: str) -> int:
        """Return the position of an allele at a locus, a new one if it is not there yet."""
        codes = self.alleles[position]
        return codes.setdefault(allele, len(codes))

    def _nothing_seen(self, line: Row, position: int, log: ProblemLog) -> CodedGenotype:
        """Return the genotype of a line that names the silent allele."""
        if line["allele1"].lower() != line["allele2"].lower():
            log.add(
                "The silent allele stands beside another, which nobody can see.",
                where=_place(line),
                fix="Write the allele that was seen twice; the other may be silent. Where nothing was seen at all, "
                "write silent in both columns.",
            )
            return NO_GENOTYPE
        if not self.has_silent[position]:
            log.add(
                f"Nothing was seen, but locus {line['locus']} has no silent allele.",
                where=_place(line),
                fix="Give its silent_frequency in loci.csv, or leave the locus out of the profile.",
            )
            return NO_GENOTYPE
        return position, NOTHING_SEEN, NOTHING_SEEN


def _note_shared(rows_of: Mapping[tuple[str, str], Sequence[int]], owners: Owners, notes: list[str]) -> None:
    """Note who was taken as one donor in several families."""
    for (owner, _), rows in rows_of.items():
        if len(rows) > 1:
            families = ", ".join(owners.families_of[owner])
            notes.append(f"{owner} in {families} is taken as one donor: the profile names no family.")
