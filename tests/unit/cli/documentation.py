"""What docs/json-results.md says about the keys of results."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENTATION = Path(__file__).parents[3] / "docs" / "json-results.md"


def documented(*headings: str) -> set[str]:
    """The keys in the first table under the last of these headings, each looked for after the one before."""
    text = DOCUMENTATION.read_text(encoding="utf-8")
    for heading in headings:
        text = text[text.index(heading) + len(heading) :]
    table = re.search(r"\| key \| value \|\n\|---\|---\|\n((?:\|.*\n)+)", text)
    assert table
    cells = [line.split("|")[1] for line in table[1].splitlines()]
    return {key for cell in cells for key in re.findall(r"`([a-z0-9_]+)`", cell)}
