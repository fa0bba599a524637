"""The main section of a Familias file: people, pedigrees and the database.

The layout is that of files written by Familias 3 (Kling, Tillmar & Egeland 2014, Forensic Sci. Int. Genet. 13:121-127).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.familias_lines import FamiliasLines
from homeward.formats.numbers import parse_whole
from homeward.formats.panel_draft import LocusDraft
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform
from homeward.genetics.pedigree import Sex

_VERSION = re.compile(r"(\d+)\.\d+(\.\d+)*( .*)?")
_YEAR = re.compile(r"(-?\d+)( \(Consider dropouts\))?")
_DATABASES = re.compile(r"#(TRUE|FALSE)#\s*(?:\(#Databases:\s*(\d+)\s*;\s*Theta/Kinship/Fst:\s*(\S+)\s*\))?")
_ALLELE_LINE = re.compile(
    r"(\d+)(?:\s*\(\s*DatabaseSize\s*=\s*(\S+)\s+,\s*Dropout probability\s*=\s*(\S+)\s+,"
    r"\s*Minor allele frequency\s*=\s*(\S+)\s*\))?"
)
_KINDS = (MutationKind.EQUAL, MutationKind.PROPORTIONAL) + (MutationKind.STEPWISE,) * 3
STATIONARY_CODE = 3


@dataclass(frozen=True, slots=True)
class MainPerson:
    """A person of the main section.

    genotypes: positions of two alleles and of their locus in the database, and where they stand.
    """

    name: str
    sex: Sex
    dropout: bool
    genotypes: tuple[tuple[int, int, int, str], ...]
    where: str


@dataclass(frozen=True, slots=True)
class MainPedigree:
    """A pedigree of the main section.

    relations: positions of parent and child, and where they stand.
    """

    name: str
    n_extra_females: int
    n_extra_males: int
    relations: tuple[tuple[int, int, str], ...]
    where: str


NO_RELATIONS = MainPedigree("Known relations", 0, 0, (), "")


@dataclass(slots=True)
class MainSection:
    """Everything above the headings."""

    people: list[MainPerson] = field(default_factory=list)
    known: MainPedigree = NO_RELATIONS
    pedigrees: list[MainPedigree] = field(default_factory=list)
    loci: list[LocusDraft] = field(default_factory=list)
    theta: float = 0.0
    database: str = ""
    notes: list[str] = field(default_factory=list)


def read_main_section(lines: FamiliasLines, main: MainSection) -> None:
    """Fill in the main section; raises InputError where the layout is not that of Familias 3."""
    _read_preamble(lines, main)
    for _ in range(lines.count("the number of persons")):
        main.people.append(_read_person(lines, main.notes))
    title = lines.text('"Known relations"')
    if title != "Known relations":
        lines.stop(f"Expected \"Known relations\" but found '{title[:60]}'.")
    main.known = _read_relations(lines, "Known relations", lines.where)
    for _ in range(lines.count("the number of pedigrees")):
        lines.whole("the position of a pedigree")
        name = lines.name_of("the name of a pedigree")
        main.pedigrees.append(_read_relations(lines, name, lines.where))
    _read_database_line(lines, main)
    n_loci = lines.count("the number of loci")
    if lines.flag("whether the database has a name"):
        main.database = lines.text("the name of the database")
    for _ in range(n_loci):
        main.loci.append(_read_locus(lines))


def _read_preamble(lines: FamiliasLines, main: MainSection) -> None:
    """Check that this is a Familias 3 file and keep its own remark."""
    not_familias = "Name a Familias 3 file (.fam) or a case folder."
    if lines.at_end:
        lines.stop("The file is empty.", not_familias)
    lines.take("the program name")
    if lines.at_end:
        lines.stop("This does not look like a Familias file.", not_familias)
    lines.take("the remark of the program")
    match = None if lines.at_end else _VERSION.fullmatch(lines.text("the version"))
    if match is None:
        lines.stop(
            "This does not look like a Familias file: line 3 does not hold a version such as 3.3.1.", not_familias
        )
    if match[1] != "3":
        lines.stop(
            f"This file is of Familias version {match[1]}; only version 3 can be read.", "Save it with Familias 3."
        )
    if not lines.peek() or lines.peek().startswith('"'):
        remark = lines.text("the remark of the file")
        if remark:
            main.notes.append(f"Remark in the file: {remark}")


def _read_person(lines: FamiliasLines, notes: list[str]) -> MainPerson:
    """Read one person and the positions of the alleles."""
    name = lines.name_of("the name of a person")
    where = f"{lines.where}, person {name}"
    marked = lines.flag("the first mark of a person")
    year = lines.take("the year of birth")
    match = _YEAR.fullmatch(year)
    if match is None:
        lines.stop(f"Expected the year of birth of {name} (-1 if unknown) but found '{year[:60]}'.")
    child = lines.flag("whether the person is a child")
    if marked or child or match[1] != "-1":
        notes.append(f"Year of birth and age marks of {name} ({lines.where}) are not used.")
    sex = Sex.MALE if lines.flag("whether the person is male") else Sex.FEMALE
    genotypes = []
    for _ in range(lines.count("the number of typed loci")):
        first, second = lines.whole("the position of an allele"), lines.whole("the position of an allele")
        genotypes.append((first, second, lines.whole("the position of a locus"), f"{lines.where}, person {name}"))
    return MainPerson(name, sex, match[2] is not None, tuple(genotypes), where)


def _read_relations(lines: FamiliasLines, name: str, where: str) -> MainPedigree:
    """Read extra people and the parent-child pairs of one pedigree."""
    n_females, n_males = lines.count("the number of extra females"), lines.count("the number of extra males")
    relations = []
    for _ in range(lines.count("the number of relations")):
        parent = lines.take("the position of a parent")
        at = f"{lines.where}, pedigree {name}"
        position = parse_whole(parent)
        child = lines.whole("the position of a child")
        if position is not None:
            relations.append((position, child, at))
        elif re.fullmatch(r"\d+\s+\S.*", parent):
            lines.log.add(
                f"The relation '{parent[:60]}' (identity or twins) cannot be used yet.",
                where=at,
                fix="Describe the pedigree by parents and children only.",
            )
        else:
            lines.stop(f"Expected the position of a parent but found '{parent[:60]}'.")
    return MainPedigree(name, n_females, n_males, tuple(relations), where)


def _read_database_line(lines: FamiliasLines, main: MainSection) -> None:
    """Read theta; refuse stored results and several databases."""
    line = lines.take("the line '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )'")
    match = _DATABASES.fullmatch(line)
    if match is None:
        lines.stop(f"Expected '#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )' but found '{line[:60]}'.")
    if match[1] == "TRUE":
        lines.stop("The file holds stored results, which cannot be read.", "Save it from Familias before computing.")
    if match[2] is None:
        return
    if int(match[2]) != 1:
        lines.stop(f"The file holds {match[2]} databases.", "Save it from Familias with one database.")
    theta = lines.number_in(match[3], "theta", owner="database")
    main.theta = _probability(lines, theta, "Theta", "database")


def _read_locus(lines: FamiliasLines) -> LocusDraft:
    """Read the mutation parameters and the alleles of one locus."""
    name = lines.name_of("the name of a locus")
    locus = LocusDraft(name=name, where=lines.where)
    owner = f"locus {name}"
    n_problems = len(lines.log.problems)
    rates = [lines.number(f"the {sex} mutation rate", owner=owner) for sex in ("female", "male")]
    codes = [lines.count(f"the {sex} mutation model") for sex in ("female", "male")]
    if max(codes) >= len(_KINDS):
        lines.stop(f"Mutation model {max(codes)} of locus {name} is not known; Familias 3 has 0 to 4.")
    n_listed = lines.count("the number of alleles")
    ranges = [lines.number(f"the {sex} mutation range", owner=owner) for sex in ("female", "male")]
    rates2 = [lines.number(f"the second {sex} mutation rate", owner=owner) for sex in ("female", "male")]
    models = [_model(*values) for values in zip(codes, rates, ranges, rates2, strict=True)]
    locus.female_mutation, locus.male_mutation = models
    has_silent = lines.flag("whether the locus has a silent allele")
    silent = lines.number("the frequency of the silent allele", owner=owner)
    if has_silent:
        locus.silent_frequency = _probability(lines, silent, "The frequency of the silent allele", owner)
    n_alleles = _read_allele_line(lines, locus)
    if n_listed != n_alleles + has_silent:
        lines.stop(f"Locus {name} lists {n_listed} alleles above and {n_alleles} here.")
    for _ in range(n_alleles):
        allele = lines.name_of(f"an allele of locus {name}")
        where = lines.where
        frequency = lines.number("a frequency", owner=f"{owner}, allele {allele}")
        if not math.isnan(frequency):
            locus.entries.append((allele, frequency, where))
    locus.readable = len(lines.log.problems) == n_problems
    return locus


def _model(code: int, rate: float, step_ratio: float, rate2: float) -> MutationModel:
    """Return the mutation model of one sex; the second rate counts in stepwise models only."""
    if code < _KINDS.index(MutationKind.STEPWISE):
        return MutationModel(_KINDS[code], rate=rate)
    if rate == rate2 == 0:
        # Familias writes a range of 0 where there is no mutation; it is then not used.
        step_ratio = step_ratio or MutationModel().step_ratio
    return MutationModel(
        _KINDS[code],
        rate=rate,
        step_ratio=step_ratio,
        microvariant_rate=rate2,
        transform=MutationTransform.STATIONARY if code == STATIONARY_CODE else MutationTransform.NONE,
    )


def _read_allele_line(lines: FamiliasLines, locus: LocusDraft) -> int:
    """Read the number of alleles, the size of the database, dropout probability and minimum frequency."""
    line = lines.take("the number of alleles")
    match = _ALLELE_LINE.fullmatch(line)
    n_alleles = None if match is None else parse_whole(match[1])
    if match is None or n_alleles is None:
        lines.stop(f"Expected the number of alleles of locus {locus.name} but found '{line[:60]}'.")
    lines.check_count(n_alleles, f"the number of alleles of locus {locus.name}")
    if match[2] is not None:
        owner = f"locus {locus.name}"
        size = lines.number_in(match[2], "the database size", owner=owner)
        locus.database_size = _database_size(size, f"{lines.where}, {owner}", lines.log)
        dropout = lines.number_in(match[3], "the dropout probability", owner=owner)
        locus.dropout_probability = _probability(lines, dropout, "The dropout probability", owner)
        minimum = lines.number_in(match[4], "the minor allele frequency", owner=owner)
        locus.minimum_frequency = _probability(lines, minimum, "The minor allele frequency", owner)
    return n_alleles


def _database_size(size: float, where: str, log: ProblemLog) -> int | None:
    """Return the number of alleles counted, or None for 0, which Familias writes where it is not known."""
    if math.isnan(size) or size == 0:
        return None
    if size < 0 or size != int(size):
        log.add(f"The database size {size:g} is not a whole number.", where=where, fix="Give the number of alleles.")
        return None
    return int(size)


def _probability(lines: FamiliasLines, value: float, what: str, owner: str) -> float:
    """Return a probability in [0, 1), noting one that is outside."""
    if not (math.isnan(value) or 0.0 <= value < 1.0):
        lines.log.add(
            f"{what} {value:g} is outside [0, 1).",
            where=f"{lines.where}, {owner}",
            fix="Give a probability, such as 0.05 for five in a hundred.",
        )
    return value
