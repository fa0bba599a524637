"""Plain text, also such as was copied from a web page with what stood around the article."""

from __future__ import annotations

import re

from homeward.reading.documents.clean import Block, BlockBuilder, joined
from homeward.reading.documents.document import CleanDocument, PrintedDate
from homeward.reading.documents.prose import (
    ONLY_DATE,
    SAYS_PUBLISHED,
    body_of,
    letter_of,
    looks_like_a_title,
    says_published,
    without_asides,
)

_FIELD = re.compile(
    r"^(title|headline|publisher|source|published|date|by|author|by-line|byline|address|url|language|remark|how the date is known):\s*(.+)$",
    re.IGNORECASE,
)
_BY = re.compile(r"^by\s+(?=[A-Z])(.{3,100})$", re.IGNORECASE)
_PUBLISHED_AFTER = re.compile(r"[\s|•·]*\b(?:Published|Posted|Updated)\b.*$")
_RELEASE = re.compile(r"(?:for\s+)?(?:immediate|news|press)\s+release\b.{0,20}$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GAP = re.compile(r"\t+| {3,}")
LEAST_GAPS = 2
"""Wide gaps in a line that is a row of a table."""
SHORTEST_WRAP, LONGEST_WRAP = 45, 130
"""Paragraphs are wrapped at some width between the two, if at all."""


def read_plain(source: str) -> CleanDocument:
    """Return the clean text of a plain text file."""
    return clean_document(_paragraphs(source), "text")


def clean_document(blocks: list[Block], format_: str) -> CleanDocument:
    """Return the article among blocks, with what the lines above it say of it."""
    start, end = body_of(blocks)
    letter = letter_of(blocks, start, end)
    start, end = letter or (start, end)
    above, body = blocks[:start], without_asides(blocks[start:end])
    if not body:
        body = [block for block in blocks if block.text.strip()] if len(blocks) <= 40 else []
        above = []
    printed = [block for block in body[:6] if says_published(block) or ONLY_DATE.match(block.text)]
    if letter is None:
        body = [block for block in body if block not in printed]
    fields = {match[1].lower(): match[2].strip() for block in above if (match := _FIELD.match(block.text))}
    title_at = next(
        (
            i
            for i in range(len(above) - 1, -1, -1)
            if looks_like_a_title(above[i].text) and not _FIELD.match(above[i].text)
        ),
        None,
    )
    title = above[title_at] if title_at is not None and letter is None and "title" not in fields else None
    by_line = next((_PUBLISHED_AFTER.sub("", match[1]) for block in above if (match := _BY.match(block.text))), None)
    text, runs = joined([title, *body] if title else body)
    left_out = sum(len(block.text) for block in blocks) - len(text)
    return CleanDocument(
        text=text,
        runs=runs,
        format=format_,
        title=fields.get("title") or fields.get("headline") or (title.text if title else None),
        publisher=fields.get("publisher") or fields.get("source"),
        by_line=fields.get("by") or fields.get("author") or fields.get("by-line") or by_line,
        dates=(
            *(PrintedDate(block.text, "dateline") for block in printed),
            *_dates(above, blocks[end:], title_at, fields),
        ),
        body_start=len(title.text) + 1 if title and body else 0,
        headings=tuple(block.text for block in above[(title_at or 0) + 1 :] if len(block.text) <= 80)
        if title_at is not None
        else (),
        notes=(f"Left out as navigation, links, tags or comments: {left_out:,} characters.",) if left_out > 0 else (),
        whole=" ".join(block.text for block in blocks)[:20_000],
    )


def _dates(above: list[Block], below: list[Block], title_at: int | None, fields: dict[str, str]) -> list[PrintedDate]:
    """Dates outside of the text: named, printed under the headline, or somewhere on the page."""
    named = fields.get("published") or fields.get("date")
    found = [PrintedDate(named, "metadata")] if named else []
    for i, block in enumerate(above):
        if len(block.text) <= 160 and _YEAR.search(block.text) and not _FIELD.match(block.text):
            heads = (
                title_at is not None
                and i < title_at
                and all(_RELEASE.match(one.text) for one in above[i + 1 : title_at])
            )
            near = heads or (title_at is not None and i >= title_at - 1) or (title_at is None and i == len(above) - 1)
            found.append(PrintedDate(block.text, "dateline" if near and not _is_clock(block.text) else "clock"))
    found += [
        PrintedDate(block.text, "dateline" if SAYS_PUBLISHED.search(block.text) else "clock")
        for block in below
        if len(block.text) <= 80 and _YEAR.search(block.text)
    ]
    return found[:10]


def _is_clock(text: str) -> bool:
    """Whether a line begins with a time of day, as the clock in the head of a page does."""
    return re.match(r"\d{1,2}:\d{2}", text) is not None


def _paragraphs(source: str) -> list[Block]:
    """The lines of a text, joined where one paragraph was wrapped over several."""
    groups: list[list[tuple[str, int]]] = [[]]
    for match in re.finditer(r"[^\n\r\f\v\x85\u2028\u2029]*(?:\r\n|[\n\r\f\v\x85\u2028\u2029]|\Z)", source):
        line = match[0].rstrip()
        if line.strip():
            groups[-1].append((line, match.start()))
        elif groups[-1]:
            groups.append([])
    width = _wrap_width(groups)
    blocks: list[Block] = []
    for group in groups:
        builder = BlockBuilder()
        for i, (line, start) in enumerate(group):
            if i and not (width and _goes_on(group[i - 1][0], line, width)):
                _keep(builder, blocks)
                builder = BlockBuilder()
            _add_line(builder, line, start)
        _keep(builder, blocks)
    return blocks


def _wrap_width(groups: list[list[tuple[str, int]]]) -> int:
    """How many characters wide the paragraphs are wrapped; 0 if each stands on one line."""
    widths = sorted(len(line) for group in groups for line, _ in group[:-1])
    longest = max((len(line) for group in groups for line, _ in group), default=0)
    if not widths or longest > LONGEST_WRAP or longest < SHORTEST_WRAP:
        return 0
    return longest if widths[len(widths) // 2] >= 0.7 * longest else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before: its first word had found no room there."""
    if any(len(_GAP.findall(one.strip())) >= LEAST_GAPS for one in (before, line)):
        return False
    if (
        re.match(r"\s*(?:[-–•*·▪]\s|\d{1,2}[.)]\s)|[A-Z][^.]{2,60}:\s*[\d,]+$", line)
        or _FIELD.match(line)
        or before.endswith(":")
    ):
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > 0.9 * width


def _add_line(builder: BlockBuilder, line: str, start: int) -> None:
    """Add a line; what wide gaps or tabs part into three columns or more is a row of a table."""
    gaps = list(_GAP.finditer(line.rstrip(), len(line) - len(line.lstrip())))
    if len(gaps) < LEAST_GAPS:
        builder.add(line + " ", start)
        return
    builder.kind = "row"
    at = 0
    for gap in gaps:
        builder.add(line[at : gap.start()], start + at)
        builder.cell(start + gap.start())
        at = gap.end()
    builder.add(line[at:] + " ", start + at)


def _keep(builder: BlockBuilder, blocks: list[Block]) -> None:
    block = builder.build()
    if block is not None:
        blocks.append(block)
