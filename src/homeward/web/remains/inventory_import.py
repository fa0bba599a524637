"""Bringing in an inventory of bones from a table, in the columns of docs/bone-files.md."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from homeward.formats.inventory_file import InventoryFile, read_inventory
from homeward.osteology.inventory import WHOLE, AgeClass
from homeward.web.accounts.models import User
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.bundle.importing import ImportResult
from homeward.web.journal.book import opaque_code
from homeward.web.remains.accessions import Accession
from homeward.web.remains.bone_counts import SIDES
from homeward.web.remains.specimens import Specimen

COPIED = ("provenance_1", "provenance_2", "completeness", "condition", "n_fragments", "inventoried_by", "note")
"""Columns that are taken as they are where a table has them."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What is said of bones where their table says nothing: how much is there, and who described them."""

    completeness: str
    inventoried_by: str


def import_inventory(
    content: bytes, name: str, accession: Accession, unsaid: Unsaid, *, by: User, on: date, dry_run: bool
) -> ImportResult:
    """Bring the bones of a table into an accession: all of them or none; the same table twice changes nothing.

    Parameters
    ----------
    content, name : bytes, str
        The file, and what it is called.
    on : date
        The day from which they count as known.
    dry_run : bool
        Check everything, and keep nothing.

    Raises
    ------
    InputError
        Every problem of the table. Nothing was kept.
    PermissionDenied
        The user may not keep remains.
    """
    inventory = _read(content, name)
    rows = _rows(inventory, name, accession, unsaid, on)
    why = f"Inventory of accession {accession.number} from {name}."
    return import_rows({Specimen.noun(): rows}, by=by, why=why, title=name, dry_run=dry_run)


def _read(content: bytes, name: str) -> InventoryFile:
    """The inventory in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        return read_inventory(path)


def _rows(file: InventoryFile, name: str, accession: Accession, unsaid: Unsaid, on: date) -> list[SourceRow]:
    """The bones of a table as rows, those that are in the register already under the codes that they have there."""
    standing = {
        (row.provenance_1, row.provenance_2, row.designator): row
        for row in Specimen.objects.filter(accession=accession, withdrawn="")
    }
    sides = {there: here for here, there in SIDES.items()}
    found = []
    inventory = file.inventory
    for place, designator in enumerate(inventory.ids):
        given = {column: values[place] for column, values in inventory.columns.items() if column in COPIED}
        said = {column: value for column, value in given.items() if value}
        zones = inventory.zones[place]
        age = inventory.age_classes[place]
        key = (said.get("provenance_1", ""), said.get("provenance_2", ""), designator)
        row = standing.get(key)
        values = {
            "code": row.code if row else opaque_code(),
            "known_on": (row.known_on if row else on).isoformat(),
            "accession": accession.code,
            "designator": designator,
            "element": inventory.elements[place],
            "side": str(sides[inventory.sides[place]]),
            "zones": "" if WHOLE in zones else " ".join(sorted(zones)),
            "age_stage": "" if age == AgeClass.UNKNOWN else str(age),
            "completeness": "complete" if WHOLE in zones else unsaid.completeness,
            "inventoried_by": unsaid.inventoried_by,
            "made_up": "true" if accession.made_up else "false",
            **said,
        }
        found.append(SourceRow(f"{name}, {inventory.named(place)}", values))
    return found
