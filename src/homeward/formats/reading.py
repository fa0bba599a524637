"""Reading a case, whatever its format."""

from __future__ import annotations

from pathlib import Path

from homeward.core.errors import InputError, Problem
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.familias_reader import read_familias
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy
from homeward.genetics.case import Case


def read_case(path: Path, *, frequencies: FrequencyPolicy = STRICT) -> Case:
    """Return the case in a Familias 3 file or in a case folder.

    Parameters
    ----------
    path : Path
        A folder is read as a case folder, a file as Familias.
    frequencies : FrequencyPolicy
        What to do with alleles without a frequency and with frequencies that do not sum to one.

    Raises
    ------
    InputError
        There is nothing at ``path``, or it cannot be used; every problem found is listed.
    """
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except OSError as error:
        raise InputError(
            Problem(
                what=f"This path cannot be used: {error.strerror}.",
                where=str(path),
                fix="Check the name, and that you may read the folders on the way to it.",
            )
        ) from error
    if is_folder:
        return read_case_folder(path, frequencies=frequencies)
    if is_file:
        return read_familias(path, frequencies=frequencies)
    raise InputError(
        Problem(
            what="There is no such file or folder.",
            where=str(path),
            fix="Name a Familias file (.fam) or a case folder.",
        )
    )
