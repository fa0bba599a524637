"""A reading as the JSON object that `docs/reading.md` documents."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from homeward import __version__
from homeward.reading.drafts import Draft, EventDraft, Role, Span, StatementDraft
from homeward.reading.read import Reading


def reading_document(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain lists, texts and numbers; every span with its words."""
    document, when = reading.document, reading.published
    text = document.text
    return {
        "homeward": __version__,
        "document": {
            "title": document.title,
            "publisher": document.publisher,
            "by_line": document.by_line,
            "language": reading.language,
            "format": document.format,
            "name": reading.name,
            "digest": reading.digest,
            "published": {
                "earliest": when.earliest.isoformat() if when.earliest else None,
                "latest": when.latest.isoformat() if when.latest else None,
                "edtf": when.edtf,
                "basis": when.basis,
                "reasons": list(when.reasons),
            },
            "text": text,
            "source": [list(run) for run in document.runs],
        },
        **{
            name: [draft_document(draft, text) for draft in getattr(reading, name)]
            for name in ("dates", "people", "parties", "places", "quantities", "statements", "events")
        },
        "notes": list(reading.notes),
    }


def draft_document(draft: Draft, text: str) -> dict[str, Any]:
    """Return a draft as a JSON object."""
    found: dict[str, Any] = {"id": draft.id, "span": list(draft.span), "text": _words(text, draft.span)}
    for one in fields(draft):
        if one.name not in found:
            found[one.name] = _plain(getattr(draft, one.name), text)
    if isinstance(draft, StatementDraft):
        found["content"] = _words(text, draft.content_span)
    if isinstance(draft, EventDraft):
        found["reason"] = _words(text, draft.reason) if draft.reason else None
    return found


def _words(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def _plain(value: object, text: str) -> object:
    if isinstance(value, Role):
        return {"text": _words(text, value.span), "span": list(value.span), "id": value.id}
    if isinstance(value, dict):
        return {key: _plain(one, text) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one, text) for one in value]
    if isinstance(value, float) and value.is_integer() and value > 1:
        return int(value)
    return value
