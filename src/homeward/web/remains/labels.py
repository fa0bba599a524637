"""Labels to stick on things: the code for a scanner, and beside it in plain letters what the thing is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.remains.custody import Store
from homeward.web.remains.scanned import SCANNED_NOUNS, scanned_text
from homeward.web.remains.shown import load_words, thing_words

QUIET = 4
"""Light modules around a QR code, as ISO/IEC 18004 asks for."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label.

    words: what the thing is, with the number that people know it by. text: what a scanner reads.
    side: how many modules the QR code has on a side, with the light ones around it. path: its dark modules, in SVG.
    """

    words: str
    noun: str
    code: str
    text: str
    side: int
    path: str
    made_up: bool


def labels_of(references: Iterable[str], reader: Reader) -> list[Label]:
    """Return the labels of things and stores that the reader may see, in their order."""
    wanted = list(dict.fromkeys(references))
    rows = reader.by_reference(wanted)
    found = [rows[one] for one in wanted if one in rows and rows[one].noun() in SCANNED_NOUNS]
    load_words(found, reader)
    fill(found, reader, "holder")
    return [_label(row) for row in found]


def qr_modules(text: str) -> list[list[bool]]:
    """Return the modules of the QR code of a text, row by row, without the light ones around it; true for dark."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _label(row: Any) -> Label:
    """The label of one row."""
    text = scanned_text(row)
    modules = qr_modules(text)
    dark = [(x, y) for y, line in enumerate(modules) for x, is_dark in enumerate(line) if is_dark]
    return Label(
        words=f"{row.holder.name}: {row.name}" if isinstance(row, Store) else thing_words(row),
        noun=str(row._meta.verbose_name),
        code=row.code,
        text=text,
        side=len(modules) + 2 * QUIET,
        path="".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for x, y in dark),
        made_up=row.made_up,
    )
