"""What an import must check when all rows are written: the histories that they are a part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from homeward.core.errors import ProblemLog
from homeward.web.bundle.columns import columns
from homeward.web.bundle.tables import Table
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.recorded import Recorded, links, nouns

GROUP = 500
"""How many histories are asked about at once."""


class Histories:
    """The histories that written rows belong to, and the rows that could not be written.

    A history that lacks a refused row is not judged: what seems impossible in it may only be incomplete.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._touched: dict[type[Recorded], dict[str, set[str]]] = {}  # code, and the nouns of its parts
        self._refused: set[tuple[str, str]] = set()
        self._incomplete: set[tuple[str, str]] = set()

    def note(self, row: Recorded) -> None:
        """Note a row that was written."""
        self._touched.setdefault(type(row), {}).setdefault(row.code, set())
        for model, code in row.depends_on():
            self._touched.setdefault(model, {}).setdefault(code, set()).add(row.noun())

    def refuse(self, model: type[Recorded], cells: Mapping[str, str]) -> None:
        """Note a row that cannot be written, by its cells."""
        self._refused.add((model.noun(), cells["code"]))
        self._incomplete.update(_named(model, cells))

    def rest_on_refused(self, model: type[Recorded], cells: Mapping[str, str]) -> bool:
        """Return whether a row points to one that cannot be written."""
        return bool(self._refused) and any(
            (target.noun(), cells.get(name, "").strip()) in self._refused for name, target in links(model).items()
        )

    def check(self, problems: ProblemLog) -> None:
        """Note what is not possible in the histories that were touched."""
        incomplete = self._refused | self._incomplete
        for model, touched in self._touched.items():
            codes = iter(sorted(code for code in touched if (model.noun(), code) not in incomplete))
            while group := list(islice(codes, GROUP)):
                for code, what, fix in model.problems_together(group):
                    problems.add(what, where=self._place(model, code), fix=fix)

    def _place(self, model: type[Recorded], code: str) -> str:
        """Where a row stands that a history is not possible with: it is one of a history, or a part of one."""
        parts = set().union(*self._touched[model].values())
        for noun in (*sorted(parts), model.noun()):
            table = self._tables.get(noun)
            if table is not None and code in table.lines:
                return f"{table.path} line {table.lines[code]}, {code}"
        return f"{code}, in the record"


def _named(model: type[Recorded], cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The rows that cells seem to name, whether or not there are such rows, as (noun, code)."""
    for column in columns(model):
        cell = cells.get(column.name, "").strip()
        if column.points_to in nouns():
            yield column.points_to, cell
        elif isinstance(column.field, ReferenceField):
            noun, _, code = cell.partition(":")
            yield noun, code
