"""Reading profiles from any file that holds some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from homeward.formats.codis_cmf import read_codis_file
from homeward.formats.profile_tables import read_profile_table
from homeward.formats.reading import read_case
from homeward.formats.typed_profiles import ProfileFormat, TypedProfile
from homeward.genetics.case import Case
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles


def guess_format(path: Path) -> ProfileFormat:
    """Return what a file most probably is, from its kind and the end of its name; a table is read as what it is."""
    if path.is_dir() or path.suffix.lower() == ".fam":
        return ProfileFormat.CASE
    return ProfileFormat.CODIS if path.suffix.lower() == ".xml" else ProfileFormat.LONG


def read_profiles(
    path: Path, form: ProfileFormat | None = None, columns: Mapping[str, str] | None = None
) -> list[TypedProfile]:
    """Return the profiles of a table, a CODIS import file, a case folder or a Familias file.

    Parameters
    ----------
    path : Path
        File or case folder.
    form : ProfileFormat, optional
        Guessed if not given.
    columns : mapping
        Of a table; see `read_profile_table`.

    Raises
    ------
    InputError
        It cannot be read; every problem is listed.
    """
    form = form or guess_format(path)
    if form is ProfileFormat.CODIS:
        return read_codis_file(path)
    if form is ProfileFormat.CASE:
        return list(_of_case(read_case(path), path.name))
    return read_profile_table(path, columns)


def _of_case(case: Case, file: str) -> Iterator[TypedProfile]:
    """The profiles of a case: of samples, of relatives who are typed, and of staff."""
    yield from _rows(case.samples, case.panel, file, "sample")
    for family in case.families:
        yield from _rows(family.profiles, case.panel, f"{file}, family {family.id}", "relative")
    yield from _rows(case.elimination, case.panel, file, "staff")


def _rows(profiles: Profiles, panel: Panel, where: str, category: str) -> Iterator[TypedProfile]:
    """The typed rows of an array of profiles."""
    for row, name in enumerate(profiles.ids):
        seen = {locus.name: profiles.genotype(row, column, panel) for column, locus in enumerate(panel.loci)}
        alleles = {name: alleles for name, alleles in seen.items() if alleles is not None}
        if alleles:
            yield TypedProfile(name, f"{where}, {name}", dict(alleles), category)
