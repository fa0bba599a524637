"""What the head of a page says of the article: publisher, by-line, day of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from homeward.reading.documents.document import PrintedDate
from homeward.reading.documents.html_scan import Page

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "article.published",
    "citation_publication_date",
    "date",
)
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?(0[1-9]|[12]\d|3[01])(?!\d)",
    re.I,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BY = re.compile(r"^by[:\s]+", re.IGNORECASE)
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the head of a page says."""

    publisher: str | None
    by_line: str | None
    dates: tuple[PrintedDate, ...]


def page_facts(page: Page) -> PageFacts:
    """Return what a page says of its article; what it does not say stays unknown."""
    articles = [one for one in _linked_data(page) if isinstance(one.get("headline"), str) or "datePublished" in one]
    publisher = next((name for one in articles if (name := _name(one.get("publisher")))), None)
    author = next((name for one in articles if (name := _name(one.get("author")))), None)
    publisher = publisher or page.metas.get("og:site_name") or page.metas.get("application-name")
    author = author or page.metas.get("author") or page.metas.get("article:author") or next(iter(page.by_lines), None)
    if author and (author.startswith("http") or len(author) > 120):
        author = None
    dates = [
        PrintedDate(one["datePublished"], "metadata") for one in articles if isinstance(one.get("datePublished"), str)
    ]
    dates += [PrintedDate(page.metas[key], "metadata") for key in _PUBLISHED if key in page.metas]
    dates += [
        PrintedDate(text, "metadata")
        for text, marks in page.times
        if marks & {"article", "main", "body"} and "aside" not in marks
    ][:1]
    dates += _in_address(page.address or page.metas.get("og:url"))
    return PageFacts(publisher, _BY.sub("", author).strip() or None if author else None, tuple(dict.fromkeys(dates)))


def _in_address(address: str | None) -> list[PrintedDate]:
    match = _IN_ADDRESS.search(address or "")
    if match is None:
        return []
    month = match[2] if match[2].isdigit() else f"{_MONTHS.index(match[2].lower()) + 1:02d}"
    return [PrintedDate(f"{match[1]}-{month}-{match[3]}", "address")]


def _linked_data(page: Page) -> Iterator[dict[str, Any]]:
    """The objects of the linked data, wherever they stand in it."""
    for text in page.data[:10]:
        try:
            yield from _objects(json.loads(text, strict=False), DEEPEST)
        except (ValueError, RecursionError):
            continue


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.get("@graph") if isinstance(value, dict) else value
    if isinstance(inner, list) and depth:
        for one in inner[:50]:
            yield from _objects(one, depth - 1)


def _name(value: object) -> str | None:
    """The name of a person or organisation as linked data writes it."""
    if isinstance(value, list):
        names = [name for one in value[:5] if (name := _name(one))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None
