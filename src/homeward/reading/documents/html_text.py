"""The article of an HTML page, and what the page says of it."""

from __future__ import annotations

import re

from homeward.reading.documents.clean import Block, joined
from homeward.reading.documents.document import CleanDocument, PrintedDate
from homeward.reading.documents.html_scan import Page, scan
from homeward.reading.documents.metadata import page_facts
from homeward.reading.documents.prose import (
    CLOCK,
    DATED,
    DATED_IN_FIGURES,
    SAYS_PUBLISHED,
    body_of,
    is_prose,
    is_row,
    n_words,
    without_asides,
)

SIDES = frozenset({"navigation", "aside", "by name aside"})
MOST_UNDER_HEADLINE = 8
"""Blocks between a headline and the first paragraph, at most; where more stand there, they are something else."""
MOSTLY = 0.8
"""Share of the running text below a headline from which on what stands above it is no part of the article."""
_SITE = re.compile(r"\s+(?:[|»·]|::|[-–—])\s+[^|»·]{2,60}$")


def read_html(source: str) -> CleanDocument:
    """Return the clean text of a page with its title, publisher, by-line and the dates that it carries."""
    page = scan(source)
    notes = _notes(page)
    article = _article(page.blocks)
    title = _title(page, article)
    article = _below_headline(page, article, title)
    if title is not None:
        article = [title, *(block for block in article if block.text != title.text)]
    text, runs = joined(article)
    facts = page_facts(page)
    dates = (*facts.dates, *_clocks(page, article, title))
    left_out = sum(len(block.text) for block in page.blocks) - len(text)
    if left_out > 0:
        notes.append(f"Left out as navigation, links, tags or comments: {left_out:,} characters.")
    return CleanDocument(
        text=text,
        runs=runs,
        format="html",
        title=title.text if title else None,
        publisher=facts.publisher,
        by_line=facts.by_line,
        declared_language=page.language,
        dates=dates,
        body_start=len(title.text) + 1 if title and len(article) > 1 else 0,
        notes=tuple(notes),
        whole=" ".join(block.text for block in page.blocks)[:20_000],
    )


def _article(blocks: list[Block]) -> list[Block]:
    """The blocks of the article: the marked body if it holds most of the running text, else what is prose."""
    plain = [block for block in blocks if not block.marks & SIDES]
    if _prose_length(plain) < 0.25 * _prose_length(blocks):
        plain = [block for block in blocks if "navigation" not in block.marks]
    for mark in ("body", "article", "main"):
        marked = [block for block in plain if mark in block.marks]
        if _prose_length(marked) >= 0.5 * _prose_length(plain) > 0:
            plain = marked
            break
    start, end = body_of(plain)
    chosen = without_asides(plain[start:end])
    return chosen if chosen else [block for block in plain if is_row(block)]


def _below_headline(page: Page, article: list[Block], title: Block | None) -> list[Block]:
    """The blocks of an article that stand below its headline, if most of it does, from the first sentence on.

    What stands between the two says who wrote it, and when.
    """
    places = {id(block): place for place, block in enumerate(page.blocks)}
    head = places.get(id(title), -1)
    below = [block for block in article if places[id(block)] > head]
    if len(below) == len(article) or _prose_length(below) < MOSTLY * _prose_length(article):
        return article
    first = next((place for place, block in enumerate(below) if is_prose(block)), 0)
    return below[first:]


def _prose_length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks if is_prose(block))


def _title(page: Page, article: list[Block]) -> Block | None:
    """The headline: the ``h1`` that the head of the page repeats, any ``h1``, the head's own title."""
    named = [page.metas.get("og:title", ""), page.title.text if page.title else ""]
    first = [block for block in page.blocks if block.kind == "title" and n_words(block.text) >= 2]
    for block in first:
        if any(block.text.casefold() in one.casefold() for one in named):
            return block
    if len(first) == 1 and first[0].link_share < 0.9:
        return first[0]
    if page.title is None:
        return first[0] if first else None
    match = _SITE.search(page.title.text)
    end = match.start() if match and n_words(page.title.text[: match.start()]) >= 3 else len(page.title.text)
    runs = [
        (a, min(b, end), c, c + min(b, end) - a if d - c == b - a else d) for a, b, c, d in page.title.runs if a < end
    ]
    return Block(page.title.text[:end], "title", runs)


def _clocks(page: Page, article: list[Block], title: Block | None) -> list[PrintedDate]:
    """Lines with a date or a clock that stand near the article, but outside of it."""
    inside = {id(block) for block in article}
    under_headline = _under_headline(page, article, title)
    found = []
    for place, block in enumerate(page.blocks):
        if id(block) not in inside and len(block.text) <= 120 and _is_dated(block.text):
            near = (
                SAYS_PUBLISHED.search(block.text) is not None
                or (bool(block.marks & {"article", "main", "body"}) and not block.marks & SIDES)
                or place in under_headline
            )
            found.append(PrintedDate(block.text, "dateline" if near else "clock"))
    return found[:10]


def _is_dated(text: str) -> bool:
    """Whether a line holds a date or a clock."""
    return any(pattern.search(text) for pattern in (DATED, CLOCK, DATED_IN_FIGURES))


def _under_headline(page: Page, article: list[Block], title: Block | None) -> range:
    """The places of the blocks between the headline and the first paragraph, at most a few: who wrote it, and when."""
    places = {id(block): place for place, block in enumerate(page.blocks)}
    head = places.get(id(title))
    first = min((places[id(one)] for one in article if one is not title and id(one) in places), default=None)
    if head is None or first is None or not head < first <= head + MOST_UNDER_HEADLINE:
        return range(0)
    return range(head + 1, first)


def _notes(page: Page) -> list[str]:
    notes = []
    if page.hidden > 20:
        notes.append(f"Left out: {page.hidden:,} characters of text that the page hides from its readers.")
    if page.scripts:
        notes.append(f"Left out, and not run: {page.scripts} {'script' if page.scripts == 1 else 'scripts'}.")
    return notes
