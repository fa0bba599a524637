"""What was taken out of what: samples out of bones, bones and effects out of accessions, accessions out of cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.web.journal.recorded import Recorded, nouns

PARENTS = {"sample": "specimen", "specimen": "accession", "effect": "accession", "accession": "transfer_case"}
"""The column that says what a thing was taken out of, by noun."""
THINGS = frozenset({*PARENTS, "transfercase"})
"""The nouns of what can pass from one holder to another."""
PARTS = {
    "transfercase": (("accession", "transfer_case"),),
    "accession": (("specimen", "accession"), ("effect", "accession")),
    "specimen": (("sample", "specimen"),),
}
"""What can be taken out of a thing, as (noun, column that points to it)."""

GROUP = 5_000
"""How many rows are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Things with all that they were taken out of.

    rows: all of them by reference. parents: what each was taken out of, by reference; containers have none.
    """

    rows: Mapping[str, Recorded]
    parents: Mapping[str, str]

    def way_up(self, reference: str) -> list[str]:
        """Return a thing and all that it was taken out of, itself first."""
        way = [reference]
        while way[-1] in self.parents:
            way.append(self.parents[way[-1]])
        return way


def lineage_of(references: Iterable[str]) -> Lineage:
    """Return things with all that they were taken out of, in one query for each noun. Others are passed over."""
    rows: dict[str, Recorded] = {}
    parents: dict[str, str] = {}
    wanted = {noun: set[str]() for noun in ("sample", "specimen", "effect", "accession", "transfercase")}
    for reference in references:
        noun, _, code = reference.partition(":")
        if noun in wanted:
            wanted[noun].add(code)
    for noun, codes in wanted.items():
        for row in _rows(noun, codes):
            rows[row.reference] = row
            if noun in PARENTS and (parent := getattr(row, f"{PARENTS[noun]}_id")):
                above = _model(noun)._meta.get_field(PARENTS[noun]).related_model.noun()
                parents[row.reference] = f"{above}:{parent}"
                wanted[above].add(parent)
    return Lineage(rows, parents)


def contents_of(references: Sequence[str]) -> list[str]:
    """Return all that was taken out of things and stands, level by level."""
    found: list[str] = []
    level = list(references)
    while level:
        below: list[str] = []
        for noun, parts in PARTS.items():
            codes = [reference.partition(":")[2] for reference in level if reference.startswith(f"{noun}:")]
            for part, column in parts if codes else ():
                inside = _model(part).objects.filter(**{f"{column}__in": codes}, withdrawn="").order_by("pk")
                below += [f"{part}:{code}" for code in inside.values_list("pk", flat=True)]
        found += below
        level = below
    return found


def in_groups(values: Iterable[str]) -> Iterator[list[str]]:
    """Divide values into groups that fit into one query: SQLite takes some thirty thousand at once."""
    found = list(values)
    return (found[start : start + GROUP] for start in range(0, len(found), GROUP))


def _rows(noun: str, codes: Iterable[str]) -> Iterator[Any]:
    """The rows of a noun with these codes."""
    for group in in_groups(codes):
        yield from _model(noun).objects.filter(pk__in=group)


def _model(noun: str) -> type[Any]:
    """The model of a noun of the register."""
    return nouns()[noun]
