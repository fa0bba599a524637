"""Reading measured bones: the columns of OsteoSort and ARDS, tidy tables, spreadsheets, reference collections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.bone_columns import understand_columns
from homeward.formats.bone_people import known_people, merge_files
from homeward.formats.bone_rows import Bone, read_bones
from homeward.formats.bone_units import codes_taken, in_millimetres, lengths_of
from homeward.formats.bone_values import NotTaken
from homeward.formats.sheets import read_sheet
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Specimens

GROUP_COLUMNS = ("group", "box", "accession", "site")
"""The first of these further columns that a file has says which bones lay together."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredSpecimens:
    """The bones of one file, and what had to be said on reading it.

    not_taken: how many cells hold no measurement, by reason ("blank", "zero", "negative", "text", a date).
    notes: sentences on units that were recognised, on values that no adult has and on what was not read.
    input: the file.
    extra: further columns by their name, one text for each bone.
    """

    specimens: Specimens
    not_taken: Mapping[str, int]
    notes: tuple[str, ...]
    input: InputFile
    extra: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredReference:
    """A reference sample, and what had to be said on reading its files; fields as in `MeasuredSpecimens`."""

    sample: ReferenceSample
    not_taken: Mapping[str, int]
    notes: tuple[str, ...]
    inputs: tuple[InputFile, ...]


def read_specimens(path: Path) -> MeasuredSpecimens:
    """Return the bones in a file.

    Parameters
    ----------
    path : Path
        CSV (comma, semicolon or tab, also compressed with gzip), Excel workbook or Parquet with the columns id, Side
        and Element and one for each measurement, or with the columns id, side, measurement and value_mm.
        ``docs/bone-files.md`` describes both.

    Raises
    ------
    InputError
        Columns are missing or unknown, a word is no element, side or measurement, a bone is given twice, a value
        stands in a column of another bone; every problem of the file is listed.
    """
    bones, not_taken, notes, described = _read(path)
    titles = tuple(bones[0].other) if bones else ()
    extra = {title: tuple(bone.other[title] for bone in bones) for title in titles}
    plain = {title.casefold(): title for title in reversed(titles)}
    group = next((plain[name] for name in GROUP_COLUMNS if name in plain), None)
    return MeasuredSpecimens(
        specimens=_specimens(bones, extra[group] if group else ()),
        not_taken=not_taken,
        notes=notes,
        input=described,
        extra=extra,
    )


def check_any_measured(measured: MeasuredSpecimens) -> None:
    """Refuse a file that gives nothing to measure by.

    Raises
    ------
    InputError
        There is no bone, or no measurement of any.
    """
    name = measured.input.name
    if not measured.specimens.ids:
        raise InputError(Problem("There is no bone in the table.", name, "Add a line for each bone or fragment."))
    if not measured.specimens.codes:
        fix = "Add a column for each measurement, named by its code, such as Hum_01, with lengths in mm."
        raise InputError(Problem("There is no measurement of any bone in it.", name, fix))


def read_reference(paths: Sequence[Path]) -> ReferenceSample:
    """Return the bones of people who are known, from one or several files; see `read_measured_reference`."""
    return read_measured_reference(paths).sample


def read_measured_reference(paths: Sequence[Path]) -> MeasuredReference:
    """Return the bones of people who are known, from one or several files, with what had to be said on reading them.

    Parameters
    ----------
    paths : sequence of Path
        Files like those of bones, in which the id names a person; the columns Stature (cm), Sex and Ancestry may be
        there. One id is one person in all files. A bone that is in several files is taken once if they agree, with
        the measurements of all of them.

    Raises
    ------
    InputError
        No file; what is wrong with any of them as in `read_specimens`; a bone without a side; files that differ about a
        bone, or about sex, ancestry or stature of a person. Every problem of all files is listed.
    """
    if not paths:
        raise InputError(Problem("No reference was named.", "reference", "Name one or several files."))
    log = ProblemLog()
    files: list[list[Bone]] = []
    notes: list[str] = []
    not_taken = {str(reason): 0 for reason in NotTaken}
    inputs = []
    for path in paths:
        with log.collecting():
            bones, counted, said, described = _read(path)
            files.append(bones)
            notes += said
            inputs.append(described)
            not_taken = {reason: n + counted[reason] for reason, n in not_taken.items()}
    log.raise_if_any()
    merged, said = merge_files(files, log)
    notes += said
    people, said = known_people(merged, log)
    notes += said
    log.raise_if_any()
    sample = ReferenceSample(
        name=", ".join(one.name for one in inputs),
        source=", ".join(f"{one.name} (SHA-256 {one.sha256})" for one in inputs),
        persons=tuple(bone.id for bone in merged),
        specimens=_specimens(merged, ()),
        stature_cm=people.stature_cm,
        sexes=people.sexes,
        ancestries=people.ancestries,
    )
    return MeasuredReference(sample, not_taken, tuple(notes), tuple(inputs))


def _read(path: Path) -> tuple[list[Bone], dict[str, int], tuple[str, ...], InputFile]:
    """Return the bones of a file in millimetres, counts of cells not taken, notes, and the file."""
    log = ProblemLog()
    sheet = read_sheet(path, log)
    columns = understand_columns(sheet, log)
    log.raise_if_any()
    read = read_bones(sheet, columns, log)
    log.raise_if_any()
    bones, notes = in_millimetres(read.bones, sheet.file, sheet.counted_in)
    not_taken = {str(reason): read.not_taken[reason] for reason in NotTaken}
    return bones, not_taken, (*sheet.notes, *columns.notes, *read.notes, *notes), sheet.input


def _specimens(bones: Sequence[Bone], groups: tuple[str, ...]) -> Specimens:
    """Return bones as arrays, with the measurements that were taken on any of them."""
    codes = codes_taken(bones)
    return Specimens(
        ids=tuple(bone.id for bone in bones),
        elements=tuple(bone.element for bone in bones),
        sides=tuple(bone.side for bone in bones),
        codes=codes,
        measurements_mm=lengths_of(bones, codes),
        groups=groups,
    )
