"""The sections with headings of a Familias file: unidentified persons, families and settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from homeward.formats.familias_lines import FamiliasLines
from homeward.formats.genotypes import Genotype
from homeward.formats.numbers import parse_number
from homeward.genetics.pedigree import Sex

_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE, "unknown": Sex.UNKNOWN, "": Sex.UNKNOWN}
_SETTINGS = {
    "direct/identity": ("dropin", "dropout", "error"),
    "other": ("numberofdecimals",),
    "dvi": ("quicksearch", "allowedmismatches"),
    "simulation": ("savegenotypes", "savecomplete", "forcemaf"),
}
FILE_NOTE = "Note in the file on family "


@dataclass(frozen=True, slots=True)
class DviPerson:
    """A person of the DVI section."""

    name: str
    sex: Sex
    typing: dict[str, Genotype]
    where: str


@dataclass(frozen=True, slots=True)
class DviPedigree:
    """A pedigree of a family: parent and child by name, and where they stand."""

    name: str
    relations: tuple[tuple[str, str, str], ...]
    where: str


@dataclass(frozen=True, slots=True)
class DviFamily:
    """A reference family."""

    name: str
    people: tuple[DviPerson, ...]
    pedigrees: tuple[DviPedigree, ...]
    where: str


@dataclass(slots=True)
class DviSections:
    """Everything under headings."""

    unidentified: list[DviPerson] = field(default_factory=list)
    families: list[DviFamily] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def all_notes(self) -> list[str]:
        """Return the notes, the remarks on families with the names of the families."""
        numbered = enumerate(self.remarks)
        names = [family.name for family in self.families]
        return self.notes + [
            f"{FILE_NOTE}{names[i] if i < len(names) else i + 1}: {remark}" for i, remark in numbered if remark
        ]


def read_dvi_sections(lines: FamiliasLines, sections: DviSections) -> None:
    """Fill in what stands under headings; unknown headings and settings are noted as problems by name and line."""
    while True:
        lines.skip_blank()
        if lines.at_end:
            return
        found = lines.heading()
        line = lines.take("a heading")
        match (found[0], found[1].lower()) if found else None:
            case (1, "dvi"):
                _read_dvi(lines, sections)
            case (1, "prior"):
                _read_prior(lines, sections)
            case (1, "advanced"):
                _read_advanced(lines, sections)
            case None:
                lines.stop(f"Expected the heading of a section but found '{line[:60]}'.")
            case _:
                _refuse_section(lines, line, level=1)


def _refuse_section(lines: FamiliasLines, line: str, level: int) -> None:
    """Note a section that is not known, and pass over it."""
    lines.log.add(
        f"The section '{line[:60]}' is not known.",
        where=lines.where,
        fix="Save the file with Familias 3, or remove the section if the case does not need it.",
    )
    lines.skip_section(level)


def _refuse_key(lines: FamiliasLines, key: str, section: str) -> None:
    """Note a setting that is not known."""
    lines.log.add(
        f"'{key[:60]}=' is not known in {section}.",
        where=lines.where,
        fix="Save the file with Familias 3, or remove the line if the case does not need it.",
    )


def _read_dvi(lines: FamiliasLines, sections: DviSections) -> None:
    """Read unidentified persons, notes and reference families."""
    read: set[str] = set()
    while True:
        lines.skip_blank()
        found = lines.heading()
        if lines.at_end or (found and found[0] == 1):
            break
        line = lines.take("a heading")
        read.add(found[1].lower() if found else "")
        match (found[0], found[1].lower()) if found else None:
            case (2, "unidentified persons"):
                sections.unidentified.extend(_read_people(lines, level=3))
            case (2, "notes"):
                _read_remarks(lines, sections)
            case (2, "reference families"):
                for i in range(lines.key_count("nFamilies")):
                    sections.families.append(_read_family(lines, i + 1))
            case (2, _):
                _refuse_section(lines, line, level=2)
            case _:
                lines.stop(f"Expected the heading of a part of [DVI] but found '{line[:60]}'; a count may be too low.")
    for part in ("Unidentified persons", "Reference Families"):
        if part.lower() not in read:
            lines.stop(f"The part [[{part}]] of [DVI] is not there.")
    if lines.at_end and lines.last_line_is_cut:
        lines.stop("The file ends in the middle of a line.")


def _read_remarks(lines: FamiliasLines, sections: DviSections) -> None:
    """Read one remark for each family; most are blank."""
    for _ in range(lines.key_count("nFamilies")):
        if lines.heading() == (2, "Reference Families"):
            lines.stop("There are fewer notes than families.")
        sections.remarks.append(lines.take("a note"))
    while lines.heading() is None and not lines.at_end:
        more = lines.take("a note")
        if more and sections.remarks:
            sections.remarks[-1] = f"{sections.remarks[-1]} {more}".strip()


def _read_people(lines: FamiliasLines, level: int) -> list[DviPerson]:
    """Read a counted list of persons whose headings have this level."""
    people = []
    for _ in range(lines.key_count("nPersons")):
        lines.take_heading(level, "Person")
        people.append(_read_person(lines, level))
    return people


def _read_person(lines: FamiliasLines, level: int) -> DviPerson:
    """Read name, sex and genotypes of one person."""
    name = _named(lines, "a person")
    where = f"{lines.where}, person {name}"
    sex = Sex.UNKNOWN
    for key, value in lines.settings():
        if key.lower() != "gender":
            _refuse_key(lines, key, f"person {name}")
        elif value.lower() not in _SEXES:
            lines.log.add(
                f"The sex '{value[:60]}' is not known.",
                where=f"{lines.where}, person {name}",
                fix="Write Male, Female or Unknown.",
            )
        else:
            sex = _SEXES[value.lower()]
    typing: dict[str, Genotype] = {}
    if lines.heading() == (level + 1, "DNA data"):
        lines.take_heading(level + 1, "DNA data")
        for _ in range(lines.key_count("nSystems")):
            _read_genotype(lines, name, typing)
        for key, _ in lines.settings():
            _refuse_key(lines, key, f"the DNA data of {name}")
    return DviPerson(name, sex, typing, where)


def _read_genotype(lines: FamiliasLines, person: str, typing: dict[str, Genotype]) -> None:
    """Read one locus of one person; two alleles, neither more nor fewer."""
    locus = lines.key("SystemName")
    at = f"{lines.where}, person {person}, locus {locus}"
    alleles = (lines.key("Allele1"), lines.key("Allele2"))
    while re.match(r"Allele\d+\s*=", lines.peek(), re.IGNORECASE):
        lines.log.add(
            f"Locus {locus} has more than two alleles.",
            where=at,
            fix="Keep the two alleles of this person, or leave the locus out of the profile.",
        )
        lines.take("an allele")
    if locus in typing:
        lines.log.add(f"Locus {locus} is listed twice.", where=at, fix="Keep one genotype for each locus.")
    elif all(alleles):
        typing[locus] = Genotype(locus, alleles, at)
    elif any(alleles):
        lines.log.add(
            f"Locus {locus} has one allele only ({alleles[0] or alleles[1]}).",
            where=at,
            fix="Enter the allele twice if the person is homozygous; otherwise leave the locus out of the profile.",
        )


def _read_family(lines: FamiliasLines, number: int) -> DviFamily:
    """Read persons and pedigrees of one family."""
    lines.take_heading(3, "Family")
    name = _named(lines, f"family {number}")
    where = f"{lines.where}, family {name}"
    lines.take_heading(4, "Persons")
    people = _read_people(lines, level=5)
    lines.take_heading(4, "Pedigrees")
    pedigrees = []
    for _ in range(lines.key_count("nPedigrees")):
        lines.take_heading(5, "Pedigree")
        title = _named(lines, f"a pedigree of family {name}")
        at = f"{lines.where}, family {name}, pedigree {title}"
        relations = []
        for _ in range(lines.key_count("nRelations")):
            parent, child = lines.key("Parent"), lines.key("Child")
            relations.append((parent, child, f"{lines.where}, family {name}, pedigree {title}"))
        pedigrees.append(DviPedigree(title, tuple(relations), at))
        for key, _ in lines.settings():
            _refuse_key(lines, key, f"pedigree {title} of family {name}; a count may be too low")
    return DviFamily(name, tuple(people), tuple(pedigrees), where)


def _named(lines: FamiliasLines, whose: str) -> str:
    """Take a "Name=" line."""
    name = lines.key("Name")
    if not name:
        lines.stop(f"The name of {whose} is empty.", "Give every person, family and pedigree a name.")
    return name


def _read_prior(lines: FamiliasLines, sections: DviSections) -> None:
    """Read the prior of Familias, which is not used here."""
    settings = []
    for key, value in lines.settings():
        if key.lower() in ("uselist", "size"):
            settings.append(f"{key}= {value}")
        else:
            _refuse_key(lines, key, "[Prior]")
    if settings:
        sections.notes.append(
            f"The prior stored by Familias ({', '.join(settings)}) is not used; the prior is chosen when resolving."
        )


def _read_advanced(lines: FamiliasLines, sections: DviSections) -> None:
    """Read the settings of Familias; those that bear on the DNA evidence are kept as a note."""
    for key, _ in lines.settings():
        _refuse_key(lines, key, "[Advanced]")
    while (found := lines.heading()) is not None and found[0] > 1:
        line = lines.take("a heading")
        title = found[1].lower()
        if found[0] != 2 or title not in _SETTINGS:
            _refuse_section(lines, line, level=2)
            continue
        for key, value in lines.settings():
            if key.lower() not in _SETTINGS[title]:
                _refuse_key(lines, key, f"[[{found[1]}]]")
            elif title == "direct/identity" and parse_number(value) != 0:
                sections.notes.append(
                    f"{key}= {value} is a setting of Familias for comparing samples with each other; it is not used."
                )
