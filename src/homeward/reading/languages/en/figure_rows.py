"""Figures in lists and tables: a label and a number, or rows of numbers under headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from homeward.reading.drafts import QuantityDraft, Span
from homeward.reading.languages.en.counted_nouns import units
from homeward.reading.languages.en.figure_states import state_in
from homeward.reading.text.sentences import Sentence

_ROW = re.compile(
    r"^[-–•*\s]*(?P<label>[A-Z][^\n]{2,110}?)\s*(?:(?P<mark>:|\.{2,}|\t|\s[-–—]\s|\s{2,})|,\s|\s(?=[\d,]+$))\s*(?P<number>\d{1,3}(?:,\d{3})+|\d+)\s*$"
)
_NUMBER = re.compile(
    r"(?:about\s+|~)?(?P<low>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?[-–]\s?(?P<high>\d{1,3}(?:,\d{3})+|\d+))?\s?(?P<percent>%)?(?:\s?[*†‡]|\[\w{1,2}\])*"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")
_NO_COUNT = re.compile(
    r"^(?:years?|dates?|no\.?|#|rank|case|page|age|number|unit|grave|plot|latitude|longitude|phone)$", re.IGNORECASE
)
"""Headings of columns whose numbers count nothing."""
LONGEST_CAPTION = 160


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table, with its place in the text."""

    text: str
    span: Span

    @property
    def number(self) -> re.Match[str] | None:
        """The number that it holds and nothing else."""
        return _NUMBER.fullmatch(self.text)


_Row = list[_Cell]


def row_figure(
    text: str, sentence: Sentence, dated: Sequence[Span], before: QuantityDraft | None
) -> QuantityDraft | None:
    """Return the figure of a line with a label and a number.

    dated: the dates in the line. before: what the lines above count, where this is one of a list; its unit is taken if the
    label names none.
    """
    match = _ROW.match(text[sentence.start : sentence.end])
    if match is None:
        return None
    start, end = sentence.start + match.start("number"), sentence.start + match.end("number")
    if any(a < end and start < b for a, b in dated) or not (match["mark"] or before or "," in match["number"]):
        return None
    counted = _unit_of(match["label"])
    if counted is None and before is not None:
        counted = before.unit, before.figure_unit, before.noun
    if counted is None:
        return None
    return _figure(
        (sentence.start + match.start("label"), end),
        match["number"],
        None,
        counted,
        match["label"].strip(),
        "row of a table",
    )


def table_figures(text: str) -> list[QuantityDraft]:
    """Return the figures of tables with headings: each number with what its row and its column are about as scope."""
    found: list[QuantityDraft] = []
    for caption, rows in _tables(text):
        heading = rows[0]
        if any(cell.number and not _YEAR.fullmatch(cell.text) for cell in heading):
            continue
        width = max(len(row) for row in rows[1:])
        for row in rows[1:]:
            found += _figures_of(row, heading, width - len(heading), caption)
    return found


def _figures_of(row: _Row, heading: _Row, shift: int, caption: str) -> Iterator[QuantityDraft]:
    """The figures of a row; ``shift``: columns at the left that have no heading."""
    for column, cell in enumerate(row[1:], start=1):
        match = cell.number
        if (
            match is None
            or not 0 <= column - shift < len(heading)
            or (row[0].number and not _YEAR.fullmatch(row[0].text))
        ):
            continue
        title = heading[column - shift].text
        counted = _unit_of(title) or _unit_of(row[0].text) or _unit_of(caption)
        if match["percent"]:
            counted = "percent", "percent", "percent"
        if counted is None or _NO_COUNT.match(title):
            continue
        yield _figure(cell.span, match["low"], match["high"], counted, f"{row[0].text}, {title}", "cell of a table")


def _unit_of(words: str) -> tuple[str, str, str] | None:
    """Unit, record's unit and noun that words name, or the people of whom they tell what became."""
    table = units()
    noun = next((word for word in re.findall(r"[a-z]+", words.lower()) if word in table), None)
    state = state_in(words)
    if noun is None:
        return ("person", state, state) if state else None
    unit, figure_unit = table[noun]
    return unit, state or figure_unit, noun


def _figure(
    span: Span, low: str, high: str | None, counted: tuple[str, str, str], scope: str, rule: str
) -> QuantityDraft:
    """A draft, still without its number among the others."""
    first = float(low.replace(",", ""))
    unit, figure_unit, noun = counted
    return QuantityDraft(
        span=span, confidence=0.8, rule=f"quantity:{rule}", low=first, high=float(high.replace(",", "")) if high else first,
        unit=unit, figure_unit=figure_unit, noun=noun, scope=scope,
    )  # fmt: skip


def _tables(text: str) -> Iterator[tuple[str, list[_Row]]]:
    """Runs of two or more lines in cells, each with the line above it; a line of words below numbers heads another one."""
    before, rows = "", list[_Row]()
    for line, start in [*_lines(text), ("", len(text))]:
        cells = _cells(line, start)
        heads = not any(cell.number for cell in cells)
        if rows and (len(cells) < 2 or (heads and any(cell.number for cell in rows[-1]))):
            if len(rows) > 1 and any(len(row) > 2 for row in rows):
                yield before, rows
            rows = []
        if len(cells) > 1:
            rows.append(cells)
        elif line:
            before = line[:LONGEST_CAPTION]


def _lines(text: str) -> Iterable[tuple[str, int]]:
    at = 0
    for line in text.split("\n"):
        yield line, at
        at += len(line) + 1


def _cells(line: str, start: int) -> _Row:
    """The cells of a line: what tabs or upright bars part; an empty one keeps its place."""
    sign = "\t" if "\t" in line else "|"
    cells, at = [], 0
    for part in line.strip("|").split(sign) if sign in line else ():
        words = part.strip()
        begin = line.index(part, at) + (len(part) - len(part.lstrip()))
        cells.append(_Cell(words, (start + begin, start + begin + len(words))))
        at = begin + len(words)
    return cells
