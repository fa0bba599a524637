"""Bundles written by hand, as somebody with a spreadsheet would write them."""

import csv
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Rows = Mapping[str, Iterable[Mapping[str, str]]]

KNOWN_ON = "2018-07-16"
PAGE = (
    b"<html><head><title>Talks</title><style>p{}</style></head><body><h1>Talks on remains</h1>"
    b"<p>Officials will &#8220;meet at <b>Panmunjom</b>&#8221; on Sunday &amp; talk.</p><script>let x</script></body>"
)
PAGE_PATH = "originals/talks.html"

EXAMPLE: dict[str, list[dict[str, str]]] = {
    "party": [
        {"code": "north", "name": "North", "short_name": "N", "kind": "government"},
        {"code": "south", "name": "South", "short_name": "S", "kind": "government", "existed": "1948/.."},
    ],
    "place": [
        {
            "code": "panmunjom",
            "name": "Panmunjom",
            "kind": "site",
            "latitude": "37.9561",
            "longitude": "-157.95",
            "uncertainty_km": "1.5",
        }
    ],
    "person": [{"code": "speaker", "name": "A Speaker"}],
    "document": [
        {
            "code": "paper",
            "kind": "article",
            "headline": '=Talks, "on" remains',
            "publisher": "The Daily",
            "published": "2018-07-16",
            "grade": "N",
            "holding": "original",
            "original": PAGE_PATH,
        },
        {
            "code": "letter",
            "kind": "letter",
            "headline": "'A letter\nof two lines",
            "publisher": "The Office",
            "published": "2018-07",
            "grade": "P",
            "holding": "none",
            "copy_of": "paper",
        },
    ],
    "statement": [
        {
            "code": "will-meet",
            "document": "paper",
            "passage": "meet at Panmunjom",
            "speaker": "speaker",
            "said": "2018-07-15",
            "act": "announced",
            "claim": "They will meet.",
            "grade": "N",
        }
    ],
    "bearing": [{"code": "will-meet-talks", "statement": "will-meet", "about": "meeting:talks", "says": "planned"}],
    "series": [{"code": "boxes", "name": "Boxes", "unit": "box", "scope": "all"}],
    "figure": [
        {
            "code": "fifty-five",
            "document": "paper",
            "series": "boxes",
            "low": "55",
            "high": "55.50",
            "unit": "box",
            "scope": "all",
            "counted": "2018-07-15",
            "about": "meeting:talks",
            "grade": "N",
        }
    ],
    "meeting": [{"code": "talks", "name": "Talks", "place": "panmunjom"}],
    "meetingchange": [
        {
            "code": "talks-1",
            "meeting": "talks",
            "kind": "announced",
            "happened": "2018-07-10",
            "scheduled": "2018-07-12",
            "by": "north",
        },
        {"code": "talks-2", "meeting": "talks", "kind": "missed", "happened": "2018-07-12", "by": "north"},
        {
            "code": "talks-3",
            "meeting": "talks",
            "kind": "moved",
            "happened": "2018-07-12",
            "scheduled": "2018-07-15",
            "by": "north",
        },
    ],
    "citation": [
        {"code": f"{about.replace(':', '-')}-in-paper", "about": about, "document": "paper"}
        for about in ("meeting:talks", "meetingchange:talks-1", "meetingchange:talks-2", "meetingchange:talks-3")
    ],
}
"""A meeting that was announced, missed and moved, with what was said of it, where and by whom."""


def changed(noun: str, code: str, **cells: str) -> dict[str, list[dict[str, str]]]:
    """The example with other cells in one row."""
    return {
        each: [{**row, **cells} if (each, row["code"]) == (noun, code) else row for row in rows]
        for each, rows in EXAMPLE.items()
    }


def write_bundle(
    folder: Path,
    tables: Rows = EXAMPLE,
    *,
    files: Mapping[str, bytes] | None = None,
    manifest: Mapping[str, Any] | None = None,
) -> Path:
    """Write a bundle into a folder; a row is known from KNOWN_ON if it does not say otherwise."""
    folder.mkdir(exist_ok=True)
    content = {"format": "homeward-bundle", "version": 1, "title": "By hand", "synthetic": True, **(manifest or {})}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    for noun, rows in tables.items():
        write_table(folder / f"{noun}.csv", rows)
    for path, data in ({PAGE_PATH: PAGE} if files is None else files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def write_table(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    rows = [{"known_on": KNOWN_ON, **row} for row in rows]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        table.writerows(rows)


def zipped(folder: Path, path: Path) -> Path:
    """Pack a folder as people do."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a bundle but its manifest, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
