"""Writing Familias 3 files (.fam)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.formats.atomic import write_file
from homeward.formats.familias_dvi import FILE_NOTE
from homeward.formats.familias_families import MISSING_PERSON, deduce_sexes, is_missing_name
from homeward.formats.familias_fit import check_fits_familias
from homeward.formats.familias_people import MainPeople, gather_main_people
from homeward.formats.pedigree_people import named_positions
from homeward.genetics.case import Case, Family, Hypothesis
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex
from homeward.genetics.profiles import Profiles

_VERSION = "3.3.1"
_GENDERS = {Sex.MALE: "Male", Sex.FEMALE: "Female", Sex.UNKNOWN: "Unknown"}


def write_familias(case: Case, path: Path) -> None:
    """Write a case as a Familias 3 file, all of it or nothing.

    Missing people are named so that Familias knows them: "Missing " is put before a name that does not begin with
    it. The title of the case becomes the file name's business: Familias keeps none. Models without mutation are
    written as equal with rate 0.

    Parameters
    ----------
    case : Case
        Samples, families and hypotheses; each part may be empty.
    path : Path
        The file to write or to replace.

    Raises
    ------
    InputError
        The case holds something that a .fam file cannot hold, all of it listed; or the file cannot be written.
    """
    log = ProblemLog()
    people = gather_main_people(case.hypotheses, log)
    check_fits_familias(case, {family.id: familias_names(family) for family in case.families}, log)
    log.raise_if_any()
    has_dvi = bool(len(case.samples) or case.families)
    lines = [
        _quoted(f"Output from Familias, version {_VERSION}"),
        _quoted("Written by Homeward"),
        f"{_VERSION} (DVI)" if has_dvi else _VERSION,
        '""',
        *_main_people(people, case.panel),
        *_main_pedigrees(case.hypotheses, people),
        *_database(case.panel),
    ]
    if has_dvi:
        lines += ["", "[DVI]", *_unidentified(case), *_remarks(case), *_families(case)]
        lines += ["[Prior]", "UseList= No", f"Size= {max(len(case.missing_ids), 1)}"]
    lines += [
        *("[Advanced]", "[[Direct/Identity]]", "Dropin= 0", "Dropout= 0", "Error= 0"),
        *("[[Other]]", "NumberOfDecimals= 10", "[[DVI]]", "QuickSearch= Enabled", "AllowedMismatches= 5"),
        *("[[Simulation]]", "SaveGenotypes= Disabled", "SaveComplete= Enabled", "ForceMAF= Disabled"),
    ]
    write_file(path, "".join(f"{line}\n" for line in lines))


def _quoted(text: str) -> str:
    """Return the text in double quotes."""
    return f'"{text}"'


def _flag(value: bool) -> str:
    """Return a truth value as Familias writes it."""
    return "#TRUE#" if value else "#FALSE#"


def _number(value: float) -> str:
    """Return a number from which exactly the same one is read; whole numbers without a decimal point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def _main_people(people: MainPeople, panel: Panel) -> Iterable[str]:
    """Write the people of the hypotheses, their genotypes as positions."""
    yield str(len(people.names))
    for name in people.names:
        profiles, row = people.profiles[name]
        year = "-1 (Consider dropouts)" if profiles.dropout[row].any() else "-1"
        yield from (_quoted(name), _flag(False), year, _flag(False), _flag(people.sexes[name] is Sex.MALE))
        typed = [locus for locus in range(len(panel)) if profiles.typed[row, locus]]
        yield str(len(typed))
        for locus in typed:
            yield from (str(int(code)) for code in (*profiles.alleles[row, locus], locus))


def _main_pedigrees(hypotheses: Sequence[Hypothesis], people: MainPeople) -> Iterable[str]:
    """Write the pedigrees of the hypotheses; no relation is known beforehand."""
    yield from (_quoted("Known relations"), "0", "0", "0", str(len(hypotheses)))
    for number, (hypothesis, extras) in enumerate(zip(hypotheses, people.extras, strict=True)):
        names = [*people.names, *extras.females, *extras.males]
        position = {name: i for i, name in enumerate(names)}
        pairs = _relations(hypothesis.pedigree, named_positions(hypothesis.pedigree, hypothesis.profiles))
        yield from (str(number), _quoted(hypothesis.name), str(len(extras.females)), str(len(extras.males)))
        yield str(len(pairs))
        for parent, child in pairs:
            yield from (str(position[parent]), str(position[child]))


def _relations(pedigree: Pedigree, positions: Sequence[int]) -> list[tuple[str, str]]:
    """Return parent and child by name, for the people at these positions."""
    kept = set(positions)
    return [
        (pedigree.ids[int(parent)], pedigree.ids[child])
        for child in positions
        for parent in pedigree.parents[child]
        if parent != FOUNDER and int(parent) in kept
    ]


def _database(panel: Panel) -> Iterable[str]:
    """Write theta, the loci, their mutation parameters and frequencies."""
    yield f"#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: {_number(panel.theta)} )"
    yield str(len(panel))
    yield _flag(bool(panel.database))
    if panel.database:
        yield _quoted(panel.database)
    for locus in panel.loci:
        yield from _locus(locus)


def _locus(locus: Locus) -> Iterable[str]:
    """Write one locus."""
    models = (locus.female_mutation, locus.male_mutation)
    n_alleles = len(locus.alleles)
    yield _quoted(locus.name)
    yield from (_number(model.rate) for model in models)
    yield from (str(_code(model)) for model in models)
    has_silent = locus.silent_code is not None
    yield str(n_alleles + has_silent)
    yield from (_number(model.step_ratio) for model in models)
    yield from (_number(model.microvariant_rate) for model in models)
    yield from (_flag(has_silent), _number(locus.silent_frequency))
    yield (
        f"{n_alleles}\t(DatabaseSize = {locus.database_size or 0} , "
        f"Dropout probability = {_number(locus.dropout_probability)} , "
        f"Minor allele frequency = {_number(locus.minimum_frequency)} )"
    )
    for allele, frequency in zip(locus.alleles, locus.frequencies, strict=True):
        yield from (_quoted(allele), _number(frequency))


def _code(model: MutationModel) -> int:
    """Return the number of a mutation model in Familias."""
    match model.kind:
        case MutationKind.PROPORTIONAL:
            return 1
        case MutationKind.STEPWISE:
            return 3 if model.transform is MutationTransform.STATIONARY else 4 if model.microvariant_rate > 0 else 2
        case _:
            return 0


def _unidentified(case: Case) -> Iterable[str]:
    """Write the samples."""
    yield from ("[[Unidentified persons]]", f"nPersons= {len(case.samples)}")
    for row, name in enumerate(case.samples.ids):
        sex = Sex(int(case.samples.sex[row]))
        yield from _dvi_person(3, f"Person {row + 1} ", name, sex, case.samples, row, case.panel)


def _dvi_person(
    level: int, title: str, name: str, sex: Sex, profiles: Profiles, row: int, panel: Panel
) -> Iterable[str]:
    """Write one person with genotypes by name."""
    yield f"{'[' * level}{title}{']' * level}"
    yield from (f"Name= {name}", f"Gender= {_GENDERS[sex]}")
    yield f"{'[' * (level + 1)}DNA data{']' * (level + 1)}"
    genotypes = [(panel.loci[i].name, profiles.genotype(row, i, panel)) for i in range(len(panel))]
    typed = [(locus, genotype) for locus, genotype in genotypes if genotype is not None]
    yield f"nSystems= {len(typed)}"
    for locus, (first, second) in typed:
        yield from (f"SystemName= {locus}", f"Allele1= {first}", f"Allele2= {second}")


def _remarks(case: Case) -> Iterable[str]:
    """Write the remarks that an earlier Familias file held on its families."""
    yield from ("[[Notes]]", f"nFamilies= {len(case.families)}")
    for family in case.families:
        prefix = f"{FILE_NOTE}{family.id}: "
        yield " ".join(note.removeprefix(prefix) for note in case.notes if note.startswith(prefix))


def _families(case: Case) -> Iterable[str]:
    """Write the reference families."""
    yield from ("[[Reference Families]]", f"nFamilies= {len(case.families)}")
    for number, family in enumerate(case.families, start=1):
        yield from _family(number, family, case.panel)


def familias_names(family: Family) -> dict[str, str]:
    """Return the name of everybody in a family as it is written: the missing begin with "Missing"."""
    missing = {person.position for person in family.missing}
    return {
        name: f"Missing {name}" if i in missing and not is_missing_name(name) else name
        for i, name in enumerate(family.pedigree.ids)
    }


def _family(number: int, family: Family, panel: Panel) -> Iterable[str]:
    """Write one family; its pedigree twice, as Familias does."""
    names = familias_names(family)
    positions = named_positions(family.pedigree, family.profiles, {person.position for person in family.missing})
    relations = _relations(family.pedigree, positions)
    listed = _listed(family, positions, relations, names)
    yield from (f"[[[Family {number} ]]]", f"Name= {family.id}", "[[[[Persons]]]]", f"nPersons= {len(listed)}")
    for i, position in enumerate(listed, start=1):
        name = names[family.pedigree.ids[position]]
        sex = Sex(int(family.profiles.sex[position]))
        yield from _dvi_person(5, f"Person {i}", name, sex, family.profiles, position, panel)
    yield from ("[[[[Pedigrees]]]]", "nPedigrees= 2")
    for i, title in enumerate(("Reference pedigree", family.id), start=1):
        yield from (f"[[[[[Pedigree {i}]]]]]", f"Name= {title}", f"nRelations= {len(relations)}")
        for parent, child in relations:
            yield from (f"Parent= {names[parent]}", f"Child= {names[child]}")


def _listed(
    family: Family, positions: Sequence[int], relations: Sequence[tuple[str, str]], names: Mapping[str, str]
) -> Sequence[int]:
    """Return who stands in the list of persons.

    Familias keeps its "Missing person" out of that list. So do we, where this loses neither sex nor order.
    """
    ids = family.pedigree.ids
    if not positions or names[ids[positions[-1]]] != MISSING_PERSON:
        return positions
    last = ids[positions[-1]]
    couples: dict[str, list[str]] = {}
    for parent, child in relations:
        couples.setdefault(child, []).append(parent)
    recorded = {ids[i]: Sex(int(family.profiles.sex[i])) for i in positions[:-1]}
    sexes, _ = deduce_sexes([ids[i] for i in positions], recorded, couples.values())
    return positions[:-1] if sexes[last] == family.profiles.sex[positions[-1]] else positions
