"""Reading profiles from tables: one row a marker, as typing software exports them, or one row a sample."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.genotypes import locus_letters
from homeward.formats.sheets import Sheet, read_sheet
from homeward.formats.typed_profiles import TypedProfile

SAMPLE, MARKER = "sample", "marker"
WORDS = {
    **dict.fromkeys(("samplename", "sample", "sampleid", "specimenid", "specimen", "id", "name"), SAMPLE),
    **dict.fromkeys(("marker", "locus", "markername", "locusname", "system"), MARKER),
}
"""What columns are called, without case, blanks and signs."""

_ALLELE = re.compile(r"allele(?:call)?([0-9]{1,2})")
_NUMBERED = re.compile(r"(?P<locus>.+?)[ _.\-]*(?:allele|a)?[ _.\-]*(?P<number>[12]|[ab])", re.IGNORECASE)


def read_profile_table(path: Path, columns: Mapping[str, str] | None = None) -> list[TypedProfile]:
    """Return the profiles in a CSV file or workbook, in the order of the file.

    A table with a column for the marker has one row for each sample and marker, and alleles in the columns Allele 1,
    Allele 2 and so on. Any other has one row for each sample and two columns for each locus, such as ``D3S1358 1`` and
    ``D3S1358 2``, or twice the same name.

    Parameters
    ----------
    path : Path
        The file.
    columns : mapping
        What columns mean that are called otherwise: "sample", "marker", or "" for one to pass over.

    Raises
    ------
    InputError
        The file cannot be read, has no column for the sample or none for alleles, or gives a locus of a sample twice.
    """
    log = ProblemLog()
    sheet = read_sheet(path, log, begin="Sample Name,Marker,Allele 1,Allele 2")
    meanings = [_meaning(title, columns or {}) for title in sheet.header]
    if SAMPLE not in meanings:
        fix = "Call it Sample Name, or say which column it is."
        raise InputError(Problem("No column names the sample.", f"{sheet.file}, first {sheet.counted_in}", fix))
    found = _long(sheet, meanings, log) if MARKER in meanings else _wide(sheet, meanings, log)
    log.raise_if_any()
    return found


def _meaning(title: str, columns: Mapping[str, str]) -> str | None:
    """What a column means: the sample, the marker, nothing (""); ``None`` if it is not one of these."""
    return columns[title] if title in columns else WORDS.get(locus_letters(title))


def _long(sheet: Sheet, meanings: Sequence[str | None], log: ProblemLog) -> list[TypedProfile]:
    """One row for each sample and marker."""
    sample, marker = meanings.index(SAMPLE), meanings.index(MARKER)
    alleles = [place for place, title in enumerate(sheet.header) if _ALLELE.fullmatch(locus_letters(title))]
    if not alleles:
        log.add(
            "There is no column of alleles.", where=f"{sheet.file}, first {sheet.counted_in}", fix="Call it Allele 1."
        )
    found: dict[str, TypedProfile] = {}
    for number, cells in sheet.rows:
        name, locus = cells[sample].strip(), cells[marker].strip()
        if not name or not locus:
            log.add("Sample or marker is empty.", where=sheet.where(number), fix="Fill it in, or remove the row.")
            continue
        profile = found.setdefault(name, TypedProfile(name, sheet.where(number)))
        if locus in profile.alleles:
            log.add(f"{locus} of {name} is given twice.", where=sheet.where(number), fix="Keep one of the rows.")
        profile.alleles[locus] = _words(cells, alleles)
    return list(found.values())


def _wide(sheet: Sheet, meanings: Sequence[str | None], log: ProblemLog) -> list[TypedProfile]:
    """One row for each sample."""
    sample = meanings.index(SAMPLE)
    places: dict[str, list[int]] = {}
    for place, title in enumerate(sheet.header):
        if meanings[place] is None and title:
            places.setdefault(_locus(title, sheet.header), []).append(place)
    # A column alone is a note, such as the date, unless it holds both alleles between separators.
    loci = {locus: at for locus, at in places.items() if len(at) > 1}
    if not loci:
        fix = "Give each locus two columns, such as D3S1358 1 and D3S1358 2."
        log.add("There are no columns of alleles.", where=f"{sheet.file}, first {sheet.counted_in}", fix=fix)
    found: dict[str, TypedProfile] = {}
    for number, cells in sheet.rows:
        name = cells[sample].strip()
        if not name or name in found:
            what = f"{name} has two rows." if name else "The name of the sample is empty."
            log.add(what, where=sheet.where(number), fix="Give each sample one row, with its name.")
            continue
        alleles = {locus: words for locus, at in loci.items() if (words := _words(cells, at))}
        found[name] = TypedProfile(name, sheet.where(number), alleles)
    return list(found.values())


def _locus(title: str, header: Sequence[str]) -> str:
    """The locus that a column belongs to."""
    if header.count(title) > 1:
        return title
    match = _NUMBERED.fullmatch(title)
    return match["locus"] if match else title


def _words(cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """The alleles in some cells; empty cells and the signs of typing software for nothing are passed over."""
    return tuple(word for place in places if (word := cells[place].strip()) and word not in ("0", "[0]"))
