"""A chosen case out of the record as a case folder or a Familias file; each export is noted."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.familias_writer import write_familias
from homeward.web.accounts.models import User
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.recorded import canonical
from homeward.web.laboratory.case_from_record import STANDARD, RecordCase, case_from_record
from homeward.web.laboratory.looks import note_looks
from homeward.web.laboratory.panel_choice import PanelChoice


class CaseFormat(StrEnum):
    """In which form a case leaves the record."""

    FOLDER = "folder"
    FAMILIAS = "familias"


def export_case(
    *,
    by: User,
    format: CaseFormat,  # noqa: A002 - the word of the page and the command
    samples: Collection[str] | None = None,
    families: Collection[str] | None = None,
    choice: PanelChoice = STANDARD,
    title: str = "From the record",
) -> tuple[str, bytes, RecordCase]:
    """Return the name and the bytes of a file with chosen samples and families, and the case; note who took it.

    A case folder comes as a zip. People and samples are named by their codes.

    Raises
    ------
    PermissionDenied, InputError
        As for `case_from_record`; also if a Familias file cannot hold the case.
    """
    # A Familias file holds no profiles of staff.
    with_staff = format is CaseFormat.FOLDER
    made = case_from_record(by, samples=samples, families=families, choice=choice, title=title, with_staff=with_staff)
    name, content = _written(made, format)
    with transaction.atomic():
        queue()
        note_looks([one.code for one in made.used], by, "case export")
        what = {
            "format": format.value,
            "samples": sorted(code for members in made.sample_owners.values() for code in members),
            "families": [family.id for family in made.case.families],
            "profiles": len(made.used),
        }
        append([Line("case.exported", "case", title[:100], after=canonical(what))], by=by)
    return name, content, made


def _written(made: RecordCase, form: CaseFormat) -> tuple[str, bytes]:
    """The case as a file."""
    with tempfile.TemporaryDirectory() as folder:
        if form is CaseFormat.FAMILIAS:
            path = Path(folder) / "case.fam"
            write_familias(made.case, path)
            return path.name, path.read_bytes()
        path = Path(folder) / "case"
        write_case_folder(made.case, path)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(path.iterdir()):
                archive.write(file, f"case/{file.name}")
        return "case.zip", packed.getvalue()
