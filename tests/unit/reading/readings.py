"""Short texts read for tests."""

from __future__ import annotations

from typing import Any

from homeward.core.dates import parse_date
from homeward.reading.json_document import reading_document
from homeward.reading.read import read_document


def read_text(text: str, published: str | None = "2018-07-13") -> dict[str, Any]:
    """Return the JSON object of a text; with a date of publication unless ``None`` is given."""
    given = parse_date(published) if published else None
    return reading_document(read_document(text.encode(), "page.txt", given=given))


def one(drafts: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    """Return the only draft with these values."""
    found = [draft for draft in drafts if all(draft[key] == value for key, value in wanted.items())]
    assert len(found) == 1, (wanted, found or drafts)
    return found[0]


def roles(event: dict[str, Any]) -> dict[str, str]:
    """Return the words of each role of an event."""
    return {name: role["text"] for name, role in event["roles"].items()}


def edtf(reading: dict[str, Any], draft: dict[str, Any]) -> str | None:
    """Return the date of an event or statement."""
    return next((date["edtf"] for date in reading["dates"] if date["id"] == draft["date"]), None)
