"""Counted claims in English: a number, what it counts, how exact the text says it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homeward.reading.drafts import DateDraft, QuantityDraft, Span
from homeward.reading.languages.en.counted_nouns import Counted, noun_after
from homeward.reading.languages.en.elliptical_counts import counted_without_noun
from homeward.reading.languages.en.figure_rows import row_figure, table_figures
from homeward.reading.languages.en.figure_states import state_in
from homeward.reading.languages.en.numerals import Numeral, find_numerals
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

LONGEST_SCOPE = 160
LOOKED_BACK = 4
"""Quantities before a sentence of which a number in it can be a part."""
SIGNS = {"dollar": ("dollar", "dollars"), "percent": ("percent", "percent")}
"""Unit and record's unit of a number with a sign; other money is a thing."""
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|current\s+as\s+of)\s+$", re.IGNORECASE)
_REMAINS_OF = re.compile(
    r"(?:\b(?:the|some|possible|partial|skeletal|human|their)\s+)?(?:\w+\s+)?(?<![a-z])remains\s+(?:of|belonging\s+to|believed\s+to\s+be\s+(?:those\s+)?of|thought\s+to\s+be\s+(?:those\s+)?of|from(?!\s+the\b))\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(
    r"(?:(?<!un)\baccounted\s+for|\bidentified)\s+(?:the\s+remains\s+of\s+)?$|\b(?:cannot|can\s+not|not|unable\s+to)\s+(?:yet\s+)?account\s+for\s+$"
)


def find_quantities(text: str, sentences: Sequence[Sentence], dates: Sequence[DateDraft]) -> list[QuantityDraft]:
    """Return the counted claims of a text in order; the numbers of its dates count nothing."""
    found: list[QuantityDraft] = []
    placed = Spans((date.span, date.span) for date in dates)
    as_of = Spans(
        (date.span, date.id) for date in dates if _AS_OF.search(text, max(0, date.span[0] - 24), date.span[0])
    )
    cells = Spans((one.span, one) for one in table_figures(text))
    is_list = False
    for sentence in sentences:
        dated = [span for _, span in placed.overlapping(sentence.start, sentence.end)]
        here = [one for _, one in cells.beginning(sentence.start, sentence.end)]
        taken = [*dated, *(one.span for one in here)]
        row = None if here else row_figure(text, sentence, dated, found[-1] if is_list and found else None)
        told = [] if row is not None and is_list else _in_sentence(text, sentence, taken, found)
        here += told or ([row] if row else [])
        counted_on = as_of.beginning(sentence.start, sentence.end)
        day = counted_on[0][1] if counted_on else None
        found += [replace(one, as_of=day) for one in sorted(here, key=lambda one: one.span)]
        is_list = row is not None or text[sentence.end - 1] == ":"
    return [replace(one, id=f"q{number}") for number, one in enumerate(found, start=1)]


def _in_sentence(
    text: str, sentence: Sentence, taken: Sequence[Span], before: Sequence[QuantityDraft]
) -> list[QuantityDraft]:
    """The counted claims of a sentence, less the numbers of dates and of cells."""
    found: list[QuantityDraft] = []
    end = sentence.start
    for numeral in find_numerals(text, sentence.tokens):
        is_taken = any(a < numeral.number_end and numeral.start < b for a, b in taken)
        if numeral.start < end or is_taken or _fills_a_cell(text, numeral):
            continue
        counted = _counted(text, sentence, numeral, [*before[-LOOKED_BACK:], *found])
        if counted is not None:
            found.append(_draft(text, sentence, numeral, counted))
            end = found[-1].span[1]
    return found


def _fills_a_cell(text: str, numeral: Numeral) -> bool:
    """Whether a number is all that stands in a cell of a table, so that the words of other cells are not about it."""
    before, after = text[numeral.start - 1 : numeral.start], text[numeral.number_end : numeral.number_end + 1]
    return "\t" in (before, after) and before in ("", "\t", "\n") and after in ("", "\t", "\n")


def _counted(text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]) -> Counted | None:
    """What a number counts, by its sign, the noun after it, or what else tells."""
    if numeral.unit is not None:
        unit, figure_unit = SIGNS.get(numeral.unit, ("thing", "thing"))
        return Counted(unit, figure_unit, numeral.start, numeral.end, 0.95, numeral.unit)
    tokens = [token for token in sentence.tokens if token.start >= numeral.end]
    return noun_after(text, tokens, numeral) or counted_without_noun(text, sentence, numeral, found)


def _draft(text: str, sentence: Sentence, numeral: Numeral, counted: Counted) -> QuantityDraft:
    start, end, unit, figure_unit, rule = (
        numeral.start,
        max(counted.end, numeral.end),
        counted.unit,
        counted.figure_unit,
        counted.rule,
    )
    noun = text[counted.start : counted.end]
    if unit in ("person", "family"):
        match = _REMAINS_OF.search(text, sentence.start, numeral.start)
        if match and not (
            match[0].rstrip().endswith("from") and text[numeral.start : numeral.start + 4].lower() == "the "
        ):
            start, unit, figure_unit, rule = (
                _start_of_remains(text, match),
                "remains",
                "individual",
                "remains of so many",
            )
    scope = _scope(text, sentence, numeral, counted)
    if unit == "person":
        figure_unit = state_in(_clause_of(text, sentence, numeral, scope)) or figure_unit
    return QuantityDraft(
        span=(start, end), confidence=round(counted.confidence - (0.2 if numeral.is_vague else 0.0), 2), rule=f"quantity:{rule}",
        low=numeral.low, high=numeral.high, unit=unit, figure_unit=figure_unit, noun=noun or text[numeral.number_end : end].strip() or unit,
        scope=scope, qualifier=numeral.qualifier,
    )  # fmt: skip


def _clause_of(text: str, sentence: Sentence, numeral: Numeral, scope: str | None) -> str:
    """The words that tell what became of those counted, up to the next number that "and" brings."""
    start = min(numeral.start, max(sentence.start, numeral.start - 40))
    before = _STATE_BEFORE.search(text, start, numeral.start)
    end = min(sentence.end, numeral.end + len(scope or "") + 40)
    if before:
        return before[0]
    words = text[numeral.start : end]
    cut = re.search(
        r"\sand\s+(?:(?:about|nearly|more\s+than|some|another)\s+)?\d", words[numeral.end - numeral.start :]
    )
    return words[: numeral.end - numeral.start + cut.start()] if cut else words


def _start_of_remains(text: str, match: re.Match[str]) -> int:
    """Where "the remains of" begins, without a verb that stands before it."""
    at = match.group(0).lower().index("remains") + match.start()
    before = text[match.start() : at]
    word = re.search(r"\b(?:the|some|possible|partial|skeletal|human|their)\s+$", before, re.IGNORECASE)
    return match.start() + word.start() if word else at


def _scope(text: str, sentence: Sentence, numeral: Numeral, counted: Counted) -> str | None:
    """The words from the counted noun's own on to the end of the clause."""
    start = numeral.end
    end = min(sentence.end, start + LONGEST_SCOPE)
    match = re.compile(r"[,;:—]\s|\s[-–]\s|[.?!]?[\"”](?=\s|$)|[.?!]$").search(text, max(counted.end, start), end)
    words = text[start : match.start() if match else end].strip().rstrip(".?!")
    return words or None
