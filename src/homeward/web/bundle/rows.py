"""From the cells of a bundle's row to the values of a row of the record, each checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from homeward.core.errors import ProblemLog
from homeward.web.accounts.models import User
from homeward.web.bundle.cells import CellError, cell_reader
from homeward.web.bundle.columns import ORIGINAL, USER, VERSION_KNOWN_ON, Column, columns
from homeward.web.bundle.tables import Table
from homeward.web.journal.access import hidden_from, visible
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.keeping import EARLIEST_DAWN
from homeward.web.journal.recorded import nouns


@dataclass(frozen=True, slots=True)
class Draft:
    """A row of a bundle, read: on which line it stands, its cells, and the value of each column that the table has.

    known_on: from when this version counts as known, if the table says so.
    """

    line: int
    code: str
    cells: Mapping[str, str]
    values: Mapping[str, Any]
    known_on: date | None


class Known:
    """What a cell can name: rows of the bundle, those of the record that the user may see, files, and users."""

    def __init__(self, tables: Mapping[str, Table], originals: Mapping[str, str], user: User) -> None:
        self._tables, self._originals = tables, originals
        self.in_record = {noun: set(model.objects.values_list("pk", flat=True)) for noun, model in nouns().items()}
        self._seen = {
            noun: codes
            if hidden_from(user, nouns()[noun]) is None
            else set(visible(user, nouns()[noun]).values_list("pk", flat=True))
            for noun, codes in self.in_record.items()
        }
        self._users = set(User.objects.values_list("username", flat=True))
        self.named_originals: set[str] = set()

    def check_row(self, noun: str, code: str) -> None:
        """Make sure that there is a row; nothing is said while the table that could hold it cannot be read."""
        table = self._tables.get(noun)
        in_bundle = table is not None and (code in table.lines or not table.is_whole)
        if not in_bundle and code not in self._seen[noun]:
            raise CellError(
                f"There is no {noun} {code!r}, neither in the bundle nor in the record.",
                f"Check the spelling, or add it to {noun}.csv.",
            )

    def original(self, path: str) -> str:
        """Return the digest of the file at a path."""
        path = unicodedata.normalize("NFC", path)
        self.named_originals.add(path)
        digest = self._originals.get(path)
        if digest is None:
            raise CellError(
                f"There is no file {path!r} in the bundle.",
                "Write its path in the bundle, such as originals/paper.pdf.",
            )
        return digest

    def user(self, name: str) -> str:
        """Return the name of a user of this record."""
        if name not in self._users:
            raise CellError(
                f"There is no user {name!r} in this record.",
                "Name another user, add this one, or leave the cell empty.",
            )
        return name


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, known: Known, problems: ProblemLog) -> None:
        self._table, self._known, self._problems = table, known, problems
        self._columns = [column for column in columns(table.model) if column.name in table.header]
        self._readers = {column.name: cell_reader(column.field) for column in self._columns if not column.points_to}
        self._read_day = cell_reader(table.model._meta.get_field("known_on"))
        self._last_day = (timezone.now() + EARLIEST_DAWN).date()

    def read(self, line: int, cells: Mapping[str, str]) -> Draft | None:
        """Return what a row says, or nothing if a cell says what is not possible, which goes to the problems."""
        values: dict[str, Any] = {}
        is_good = True
        for column in self._columns:
            try:
                values[column.name] = self._value(column, cells[column.name])
            except CellError as error:
                is_good = False
                self._note(line, column.name, error)
        known_on = None
        if later := cells.get(VERSION_KNOWN_ON, "").strip():
            try:
                known_on = self._begun(self._read_day(later))
            except CellError as error:
                is_good = False
                self._note(line, VERSION_KNOWN_ON, error)
        return Draft(line, cells["code"], cells, values, known_on) if is_good else None

    def _value(self, column: Column, cell: str) -> Any:
        """What one cell says."""
        if column.points_to:
            return self._link(column, cell.strip())
        value = self._readers[column.name](cell)
        if isinstance(column.field, ReferenceField) and value:
            noun, _, code = value.partition(":")
            self._known.check_row(noun, code)
        elif column.name == "known_on":
            self._begun(value)
        return value

    def _link(self, column: Column, text: str) -> str | None:
        """What a cell names."""
        if not text:
            if not column.field.null:
                raise CellError("This cell is empty.", f"Name a {column.points_to}.")
            return None
        if column.points_to == ORIGINAL:
            return self._known.original(text)
        if column.points_to == USER:
            return self._known.user(text)
        self._known.check_row(column.points_to, text)
        return text

    def _begun(self, day: date) -> date:
        """A day from which something can be known."""
        if day > self._last_day:
            raise CellError("This day has not begun yet, so nothing can be known from it.", "Correct the day.")
        return day

    def _note(self, line: int, name: str, error: CellError) -> None:
        """Note what is wrong with a cell."""
        self._problems.add(error.what, where=f"{self._table.path} line {line}, column {name}", fix=error.fix)
