"""Tables of pairs, and of evidence about two specimens."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.bone_tables import TableRow, read_table
from homeward.formats.bone_values import parse_side
from homeward.formats.inventory_file import SpecimenNames
from homeward.osteology.grouping.evidence import CANNOT, MUST, Evidence, evidence_problems
from homeward.osteology.inventory import Inventory
from homeward.osteology.pair_numbers import Pair
from homeward.osteology.specimens import Side

CERTAIN = {
    **dict.fromkeys(("must", "same", "inf", "+inf", "infinity"), MUST),
    **dict.fromkeys(("cannot", "excluded", "-inf", "-infinity"), CANNOT),
}
PAIR_COLUMN, PERSON_COLUMN = "pair", "individual"


@dataclass(frozen=True, slots=True, eq=False)
class PairsFound:
    """Pairs and how they are known; ``pairs`` is None if nothing says which bones are pairs."""

    pairs: tuple[Pair, ...] | None
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]


def read_pairs(path: Path, inventory: Inventory) -> PairsFound:
    """Return the pairs in a table with the columns ``left`` and ``right`` (ids), or ``a`` and ``b``.

    Raises
    ------
    InputError
        Missing columns, specimens that are not in the inventory or not of the side: every problem.
    """
    log = ProblemLog()
    table = read_table(path, ("left", "right"), log, {"a": "left", "b": "right"})
    names = SpecimenNames(inventory)
    pairs = []
    for row in table.rows:
        left, right = (
            names.find(row[side], row.where, log, element=row["element"], side=side) for side in (Side.LEFT, Side.RIGHT)
        )
        if left is not None and right is not None:
            pairs.append((left, right))
    log.raise_if_any()
    return PairsFound(tuple(pairs), (table.input,), (*table.notes, f"Pairs are those of {table.input.name}."))


def pairs_in_columns(inventory: Inventory) -> PairsFound:
    """Return the pairs that a column of the inventory says.

    Two specimens with the same text in the column ``pair`` are one. Without it, the left and the right bone of an
    element that have the same name in the column ``individual`` are one, if there is one of each.

    Raises
    ------
    InputError
        A text in the column ``pair`` that does not stand at one left and one right bone of an element: every one of
        them.
    """
    if PAIR_COLUMN in inventory.columns:
        return PairsFound(tuple(_labelled(inventory)), (), ("Pairs are those of the column pair.",))
    if PERSON_COLUMN not in inventory.columns:
        return PairsFound(None, (), ())
    rows: dict[tuple[str, str], dict[Side, list[int]]] = {}
    for i, person in enumerate(inventory.columns[PERSON_COLUMN]):
        if person:
            rows.setdefault((person, inventory.elements[i]), {}).setdefault(inventory.sides[i], []).append(i)
    pairs = []
    several = 0
    for by_side in rows.values():
        left, right = by_side.get(Side.LEFT, []), by_side.get(Side.RIGHT, [])
        if len(left) == len(right) == 1:
            pairs.append((left[0], right[0]))
        elif left and right:
            several += 1
    notes = ["Pairs are the left and right bones of one name in the column individual."]
    if several:
        notes.append(f"{several} times an individual has several pieces of a bone on a side; no pair was made of them.")
    return PairsFound(tuple(pairs), (), tuple(notes))


def _labelled(inventory: Inventory) -> list[Pair]:
    log = ProblemLog()
    rows: dict[str, list[int]] = {}
    for i, label in enumerate(inventory.columns[PAIR_COLUMN]):
        if label:
            rows.setdefault(label, []).append(i)
    pairs = []
    for label, found in rows.items():
        found = sorted(found, key=lambda i: inventory.sides[i] != Side.LEFT)
        sides = [inventory.sides[i] for i in found]
        if sides == [Side.LEFT, Side.RIGHT] and len({inventory.elements[i] for i in found}) == 1:
            pairs.append((found[0], found[1]))
        else:
            there = ", ".join(inventory.named(i) for i in found)
            fix = "Give a text of its own to each left and right bone that are a pair; leave it blank for the others."
            log.add(f"Pair '{label}' is not one left and one right bone: {there}.", where="column pair", fix=fix)
    log.raise_if_any()
    return pairs


def read_evidence(
    paths: Sequence[Path], inventory: Inventory
) -> tuple[list[Evidence], tuple[InputFile, ...], tuple[str, ...]]:
    """Return the findings in one or several tables, the files, and what in them was not read.

    Columns: ``a`` and ``b`` (ids; ``a_element``, ``a_side``, ``b_element``, ``b_side`` where ids repeat), ``log10_lr``
    (a number, "must" or "cannot"), and ``kind`` and ``reason`` if wanted. A folder stands for the Parquet files in
    it, as `homeward sort --parquet` writes them.

    Raises
    ------
    InputError
        Missing columns, specimens that are not in the inventory, values that are no number: every problem of all files.
    """
    log = ProblemLog()
    names = SpecimenNames(inventory)
    evidence = []
    inputs = []
    notes: list[str] = []
    for path in _files(paths, log):
        with log.collecting():
            table = read_table(path, ("a", "b", "log10_lr"), log, {"method": "kind"})
            inputs.append(table.input)
            notes += table.notes
            for row in table.rows:
                ends = [_end(names, row, end, log) for end in ("a", "b")]
                value = _log10_lr(row, log)
                if None not in ends and value is not None:
                    a, b = (end for end in ends if end is not None)
                    evidence.append(Evidence(a, b, row["kind"] or "evidence", value, row["reason"], row.where))
    log.extend(evidence_problems(inventory, evidence))
    log.raise_if_any()
    return evidence, tuple(inputs), tuple(notes)


def _files(paths: Sequence[Path], log: ProblemLog) -> Iterator[Path]:
    """Go through the files, those of folders in the order of their names."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.glob("*.parquet"))
        if not found:
            log.add("There is no Parquet file in this folder.", where=str(path), fix="Name a file or another folder.")
        yield from found


def _end(names: SpecimenNames, row: TableRow, end: str, log: ProblemLog) -> int | None:
    side = parse_side(row[f"{end}_side"]) if row[f"{end}_side"] else None
    return names.find(row[end], row.where, log, element=row[f"{end}_element"], side=side)


def _log10_lr(row: TableRow, log: ProblemLog) -> float | None:
    text = row["log10_lr"].casefold()
    if text in CERTAIN:
        return CERTAIN[text]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    what = f"'{row['log10_lr']}' is no log10 LR." if text else "The log10 LR is blank."
    fix = "Write a number (log10: 2 for a hundred to one, -1 for ten to one against), must or cannot."
    log.add(what, where=row.where, fix=fix)
    return None
