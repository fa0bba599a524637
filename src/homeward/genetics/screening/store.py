"""Conditioned tables kept on disk by the digest of all that they depend on.

When a family gains a member its digest changes, and only its own tables are worked out again. The store is an SQLite
file: several processes may use it at once, and what was written in part is not there. An entry that does not fit its
checksum is worked out again. The file can be deleted at any time.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.core.errors import InputError, Problem
from homeward.genetics.panel import Panel
from homeward.genetics.screening.conditioning import condition
from homeward.genetics.screening.digests import sought_digests
from homeward.genetics.screening.shapes import Sought
from homeward.genetics.screening.tables import ConditionedTables, choose_tables, join_tables

_WAIT_S = 60.0
_ASKED_AT_ONCE = 500
_CHECKSUM_BYTES = 4


@dataclass(frozen=True, slots=True)
class TableStore:
    """A file of conditioned tables; made when first written to."""

    path: Path

    def condition(self, panel: Panel, sought: Sequence[Sought]) -> ConditionedTables:
        """Return the tables of people sought, in order; those that are not in the file are worked out and added.

        Raises
        ------
        InputError
            The file cannot be read or written, or is not such a store; and all that
            :func:`~homeward.genetics.screening.conditioning.condition` raises.
        """
        if not sought:
            return condition(panel, sought)
        keys = sought_digests(panel, sought)
        with self._open() as connection:
            kept = _read(connection, keys)
            new = [i for i, key in enumerate(keys) if key not in kept]
            found = [i for i, key in enumerate(keys) if key in kept]
            parts = []
            if new:
                fresh = condition(panel, [sought[i] for i in new])
                rows = ((keys[i], _packed(fresh, row)) for row, i in enumerate(new))
                connection.executemany("INSERT OR REPLACE INTO conditioned VALUES (?, ?)", rows)
                connection.commit()
                parts.append(fresh)
            if found:
                parts.append(_unpacked(panel, [kept[keys[i]] for i in found]))
        # What was new stands before what was found; put everybody back in their place.
        return choose_tables(join_tables(parts), np.argsort([*new, *found]))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS conditioned (digest BLOB PRIMARY KEY, tables BLOB NOT NULL) "
                    "WITHOUT ROWID"
                )
                yield connection
        except sqlite3.Error as error:
            fix = "Name a file that you may write to, on a disk with room; a damaged one can be deleted."
            raise InputError(Problem(f"The kept tables cannot be used: {error}.", str(self.path), fix)) from error


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return what is kept under these keys and unharmed."""
    found: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        asked = keys[start : start + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(asked))
        rows = connection.execute(f"SELECT digest, tables FROM conditioned WHERE digest IN ({marks})", asked)  # noqa: S608
        found.update((key, kept[_CHECKSUM_BYTES:]) for key, kept in rows if _is_unharmed(kept))
    return found


def _is_unharmed(kept: bytes) -> bool:
    return kept[:_CHECKSUM_BYTES] == _checksum(kept[_CHECKSUM_BYTES:])


def _checksum(tables: bytes) -> bytes:
    return zlib.crc32(tables).to_bytes(_CHECKSUM_BYTES, "little")


def _packed(tables: ConditionedTables, row: int) -> bytes:
    """Return the tables of one person sought as bytes, with their checksum in front."""
    sizes = tables.sizes[row]
    first = int(tables.start[row, 0])
    parts = (
        sizes.astype(np.int32),
        tables.expected[row],
        tables.state_of[row],
        tables.compared[row],
        tables.impossible[row],
        tables.values[first : first + int(sizes.sum())],
    )
    content = b"".join(array.tobytes() for array in parts)
    return _checksum(content) + content


def _unpacked(panel: Panel, kept: Sequence[bytes]) -> ConditionedTables:
    """Return the tables that these bytes hold, one person sought in each."""
    first_allele = np.cumsum([0, *(len(locus.alleles) for locus in panel.loci)])
    n_loci, n_alleles = len(panel), int(first_allele[-1])
    lengths = (4 * n_loci, 4 * n_loci, 2 * n_alleles, n_loci, n_loci)
    kinds = (np.int32, np.float32, np.uint16, np.bool_, np.bool_)
    ends = np.cumsum(lengths)
    head = np.frombuffer(b"".join(one[: ends[-1]] for one in kept), dtype=np.uint8).reshape(len(kept), -1)
    columns: list[NDArray[Any]] = [
        np.ascontiguousarray(head[:, end - length : end]).view(kind)
        for end, length, kind in zip(ends, lengths, kinds, strict=True)
    ]
    sizes, expected, state_of, compared, impossible = columns
    return ConditionedTables(
        first_allele=first_allele,
        state_of=state_of,
        start=(np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape),
        values=np.frombuffer(b"".join(one[ends[-1] :] for one in kept), dtype=np.float32),
        expected=expected,
        compared=compared,
        impossible=impossible,
    )
