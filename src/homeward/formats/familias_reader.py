"""Reading Familias 3 files (.fam)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.formats.familias_dvi import DviPerson, DviSections, read_dvi_sections
from homeward.formats.familias_families import ResolvedFamily, resolve_family
from homeward.formats.familias_lines import FamiliasLines
from homeward.formats.familias_main import MainPedigree, MainSection, read_main_section
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy
from homeward.formats.genotypes import Genotype, Typing, check_typed, code_profiles, places_of_alleles, spelling_hint
from homeward.formats.missing_ids import missing_ids
from homeward.formats.panel_draft import build_panel
from homeward.formats.source_text import SourceText, read_source
from homeward.genetics.case import Case, Family, Hypothesis, MissingPerson
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles


def read_familias(path: Path, *, frequencies: FrequencyPolicy = STRICT) -> Case:
    """Return the case that a Familias 3 file holds.

    The unidentified persons become the samples, the reference families the families, the pedigrees of the main
    section the hypotheses (the last is the reference). Whatever had to be decided is said in ``Case.notes``.

    Parameters
    ----------
    path : Path
        A .fam file of Familias 3, with or without its DVI section; UTF-8.
    frequencies : FrequencyPolicy
        What to do with alleles without a frequency and with frequencies that do not sum to one.

    Raises
    ------
    InputError
        With every problem found: what, where (file, line, locus, person) and how to mend it.
    """
    source = read_source(path)
    log = ProblemLog()
    main, sections = _read_sections(source, log)
    # Past the layout: what is wrong from here on does not hide anything else.
    names = [locus.name for locus in main.loci]
    typings = _main_typings(main, log)
    people = [*sections.unidentified, *chain.from_iterable(family.people for family in sections.families)]
    _check_loci(people, set(names), source.name, log)
    genotypes = chain.from_iterable(typing.values() for typing in [*typings, *(p.typing for p in people)])
    notes = [*main.notes, *sections.all_notes()]
    panel = build_panel(
        main.loci,
        places_of_alleles(genotypes),
        file=source.name,
        policy=frequencies,
        theta=main.theta,
        database=main.database,
        log=log,
        notes=notes,
    )
    hypotheses = _hypotheses(main, log, notes)
    families = _families(sections, source.name, log, notes)
    _check_samples(sections.unidentified, set(names), log)
    ids = _ids_of_missing(families, sections.unidentified, source.name, log, notes)
    if not sections.families and not main.pedigrees:
        log.add(
            "The case is empty: there are no families and no pedigrees to compare.",
            where=source.name,
            fix="Add reference families (DVI module) or pedigrees in Familias, and save again.",
        )
    log.raise_if_any()
    return Case(
        title=path.stem,
        panel=panel,
        samples=_coded(sections.unidentified, panel),
        families=tuple(_family(family, panel, ids) for family in families),
        hypotheses=tuple(_hypothesis(name, pedigree, main, typings, panel) for name, pedigree in hypotheses),
        sample_members=tuple((person.name,) for person in sections.unidentified),
        notes=tuple(dict.fromkeys(notes)),
        inputs=(source.input,),
    )


def _read_sections(source: SourceText, log: ProblemLog) -> tuple[MainSection, DviSections]:
    """Read the file to its end; where the layout fails, report that and what is wrong in the loci read before."""
    main, sections = MainSection(), DviSections()
    complete = False
    with log.collecting():
        lines = FamiliasLines(source, log)
        read_main_section(lines, main)
        read_dvi_sections(lines, sections)
        complete = True
    if not complete:
        build_panel(
            main.loci, {}, file=source.name, policy=STRICT, theta=main.theta, database="", log=log, notes=main.notes
        )
        log.raise_if_any()
    return main, sections


def _main_typings(main: MainSection, log: ProblemLog) -> list[dict[str, Genotype]]:
    """Return the genotypes of the main section by name instead of position."""
    typings = []
    seen: set[str] = set()
    for person in main.people:
        if person.name in seen:
            log.add(f"'{person.name}' is listed twice.", where=person.where, fix="Give everybody their own name.")
        seen.add(person.name)
        typing: dict[str, Genotype] = {}
        for first, second, system, where in person.genotypes:
            if not 0 <= system < len(main.loci):
                log.add(
                    f"There is no locus number {system}; the database has {len(main.loci)}, counted from 0.",
                    where=where,
                    fix="Save the file again from Familias.",
                )
                continue
            locus = main.loci[system]
            at = f"{where}, locus {locus.name}"
            if locus.name in typing:
                log.add(f"Locus {locus.name} is listed twice.", where=at, fix="Keep one genotype for each locus.")
            elif first < 0 or second < 0:
                log.add(
                    f"Locus {locus.name} has one allele only.",
                    where=at,
                    fix="Enter the allele twice if the person is homozygous; otherwise leave the locus out.",
                )
            elif not locus.readable:
                continue
            elif max(first, second) >= len(locus.entries):
                log.add(
                    f"There is no allele number {max(first, second)}; locus {locus.name} has "
                    f"{len(locus.entries)}, counted from 0.",
                    where=at,
                    fix="Add the allele and its frequency to the database in Familias, and save again.",
                )
            else:
                alleles = (locus.entries[first][0], locus.entries[second][0])
                typing[locus.name] = Genotype(locus.name, alleles, at)
        typings.append(typing)
    return typings


def _check_loci(people: Sequence[DviPerson], names: set[str], file: str, log: ProblemLog) -> None:
    """Note every genotype at a locus that the database does not have."""
    for person in people:
        for genotype in person.typing.values():
            if genotype.locus not in names:
                log.add(
                    f"Locus {genotype.locus} is not in the frequency database.{spelling_hint(genotype.locus, names)}",
                    where=genotype.where,
                    fix="Add its frequencies to the database, correct its name, or leave it out of the profile.",
                )


def _check_samples(unidentified: Sequence[DviPerson], names: set[str], log: ProblemLog) -> None:
    """Note samples listed twice and samples without a profile."""
    places: dict[str, str] = {}
    for person in unidentified:
        if person.name in places:
            log.add(f"Sample {person.name} is listed twice.", where=person.where, fix="Give every sample its own name.")
        places.setdefault(person.name, person.where)
    check_typed(places, {p.name: p.typing for p in unidentified}, names, log)


def _hypotheses(main: MainSection, log: ProblemLog, notes: list[str]) -> list[tuple[str, Pedigree]]:
    """Return name and pedigree of each pedigree of the main section."""
    hypotheses: list[tuple[str, Pedigree]] = []
    if main.people and not main.pedigrees:
        listed = ", ".join(person.name for person in main.people)
        notes.append(f"The persons of the main section ({listed}) stand in no pedigree and are not used.")
    for name in dict.fromkeys(p.name for p in main.pedigrees if sum(q.name == p.name for q in main.pedigrees) > 1):
        where = next(p.where for p in reversed(main.pedigrees) if p.name == name)
        log.add(f"Two pedigrees are called '{name}'.", where=where, fix="Give every pedigree its own name.")
    for pedigree in main.pedigrees:
        with log.collecting():
            hypotheses.append((pedigree.name, _main_pedigree(main, pedigree)))
    return hypotheses


@dataclass(slots=True)
class _People:
    """Names and sexes of everybody in one pedigree of the main section, by position."""

    names: list[str]
    sexes: dict[str, Sex]
    n_extra: dict[Sex, int]

    def add_extras(self, sex: Sex, n: int) -> None:
        """Add unnamed, untyped people."""
        for _ in range(n):
            name = ""
            while not name or name in self.sexes:
                self.n_extra[sex] += 1
                name = f"extra {sex.name.lower()} {self.n_extra[sex]}"
            self.names.append(name)
            self.sexes[name] = sex


def _main_pedigree(main: MainSection, pedigree: MainPedigree) -> Pedigree:
    """Return one pedigree of the main section, its extra people named."""
    people = _People([p.name for p in main.people], {p.name: p.sex for p in main.people}, {Sex.FEMALE: 0, Sex.MALE: 0})
    for extras in (main.known, pedigree):
        people.add_extras(Sex.FEMALE, extras.n_extra_females)
        people.add_extras(Sex.MALE, extras.n_extra_males)
    log = ProblemLog()
    parents: dict[Sex, dict[str, str]] = {Sex.MALE: {}, Sex.FEMALE: {}}
    for parent_at, child_at, where in chain(main.known.relations, pedigree.relations):
        if not (0 <= parent_at < len(people.names) and 0 <= child_at < len(people.names)):
            log.add(
                f"A relation names person number {max(parent_at, child_at)}, but there are {len(people.names)}, "
                "counted from 0.",
                where=where,
                fix="Save the file again from Familias.",
            )
            continue
        parent, child = people.names[parent_at], people.names[child_at]
        sex = people.sexes[parent]
        if parents[sex].setdefault(child, parent) != parent:
            role = "father" if sex is Sex.MALE else "mother"
            log.add(
                f"'{child}' has two {role}s in this pedigree: '{parents[sex][child]}' and '{parent}' are both "
                f"recorded as {sex.name.lower()}.",
                where=where,
                fix="Correct the sex of one of the two, or the relation.",
            )
    log.raise_if_any()
    return build_pedigree(
        people.names, people.sexes, parents[Sex.MALE], parents[Sex.FEMALE], where=f"{pedigree.where}, {pedigree.name}"
    )


def _hypothesis(
    name: str, pedigree: Pedigree, main: MainSection, typings: Sequence[Typing], panel: Panel
) -> Hypothesis:
    """Return one hypothesis with its profiles."""
    by_name = {person.name: typing for person, typing in zip(main.people, typings, strict=True)}
    with_dropout = {person.name for person in main.people if person.dropout}
    rates = [locus.dropout_probability for locus in panel.loci]
    none = [0.0] * len(panel)
    profiles = code_profiles(
        pedigree.ids,
        [Sex(int(sex)) for sex in pedigree.sex],
        [by_name.get(person, {}) for person in pedigree.ids],
        panel,
        dropout=[rates if person in with_dropout else none for person in pedigree.ids],
    )
    return Hypothesis(name=name, pedigree=pedigree, profiles=profiles)


def _families(sections: DviSections, file: str, log: ProblemLog, notes: list[str]) -> list[ResolvedFamily]:
    """Return the families whose pedigree and missing members could be settled."""
    names: set[str] = set()
    families = []
    for family in sections.families:
        if family.name in names:
            log.add(f"Family {family.name} is listed twice.", where=family.where, fix="Give every family its own name.")
        names.add(family.name)
        resolved = resolve_family(family, log, notes)
        if resolved is not None:
            families.append(resolved)
    return families


def _ids_of_missing(
    families: Sequence[ResolvedFamily],
    unidentified: Sequence[DviPerson],
    file: str,
    log: ProblemLog,
    notes: list[str],
) -> Mapping[tuple[str, str], str]:
    """Return the id of each missing person by family and name; say where a case lacks one of its sides."""
    missing = [(family.name, person) for family in families for person in family.missing]
    if families and not missing:
        notes.append(
            'Nobody is missing in any family: no untyped person whose name begins with "Missing" has a relation.'
        )
    if missing and not unidentified:
        notes.append("The file holds no unidentified persons.")
    ids = missing_ids(missing, {person.name for person in unidentified}, where=file, log=log)
    return dict(zip(missing, ids, strict=True))


def _family(family: ResolvedFamily, panel: Panel, ids: Mapping[tuple[str, str], str]) -> Family:
    """Return one family with its profiles."""
    pedigree = family.pedigree
    # The recorded sex, not the role: somebody made a father for want of better knowledge may be a woman.
    sexes = [family.sexes.get(person, Sex(int(role))) for person, role in zip(pedigree.ids, pedigree.sex, strict=True)]
    typings = [family.people[person].typing if person in family.people else {} for person in pedigree.ids]
    missing = tuple(MissingPerson(ids[family.name, person], pedigree.position(person)) for person in family.missing)
    return Family(family.name, pedigree, code_profiles(pedigree.ids, sexes, typings, panel), missing)


def _coded(people: Sequence[DviPerson], panel: Panel) -> Profiles:
    """Return the profiles of the unidentified persons."""
    return code_profiles([p.name for p in people], [p.sex for p in people], [p.typing for p in people], panel)
