"""The tables of a bundle while they are made: rows by noun, codes drawn by lot from a seed."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

from homeward.web.journal.codes import CODE_LENGTH, LETTERS

Row = dict[str, str]


class Tables:
    """Rows of a bundle by noun."""

    def __init__(self, seed: int) -> None:
        self.lot = random.Random(seed)
        self.rows: dict[str, list[Row]] = {}

    def code(self) -> str:
        """Return a new code."""
        return "".join(self.lot.choice(LETTERS) for _ in range(CODE_LENGTH))

    def add(self, noun: str, known_on: str, *, fact: bool = False, **columns: object) -> str:
        """Add a row, made up unless it is a fact; return its code."""
        code = str(columns.pop("code", "")) or self.code()
        row: Row = {"code": code, "known_on": known_on, "made_up": "false" if fact else "true"}
        row |= {name: str(value) for name, value in columns.items() if value not in (None, "")}
        self.rows.setdefault(noun, []).append(row)
        return code

    def write(self, folder: Path, title: str) -> None:
        """Write the bundle."""
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        for noun, rows in sorted(self.rows.items()):
            names = list(dict.fromkeys(name for row in rows for name in row))
            with (folder / f"{noun}.csv").open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, names, restval="", lineterminator="\n")
                table.writeheader()
                table.writerows(rows)
        manifest = {"format": "homeward-bundle", "version": 1, "title": title, "synthetic": True}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
