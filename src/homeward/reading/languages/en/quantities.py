"""Counted claims in English: a number, what it counts, how exact the text says it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from homeward.reading.drafts import DateDraft, QuantityDraft, Span
from homeward.reading.languages.en.counted_words import DEFINITE, NOT_COUNTED, STOP
from homeward.reading.languages.en.numerals import Numeral, find_numerals
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans
from homeward.reading.text.tokens import Token

FARTHEST = 7
"""Words between a number and the noun that it counts, at most."""
LONGEST_SCOPE = 160
FARTHEST_BACK = 250
_VERB_COUNT = re.compile(
    r"\s+(?:(?:are|were|is|was|remain|remained|\w+ly|remains|still|could|can|cannot|will|would|not|never|have|has|had|been|being|more|others?|now|officially|currently|listed|as|were|yet|to|be|men|of\s+(?:them|those|whom|these))\s+){0,6}"
    r"(?P<word>unaccounted|accounted|covered|examined|found|moved|sent|lost|missing|identified|killed|captured|recovered|returned|repatriated|buried|disinterred|exhumed|wounded)\b"
)
_DONE_COUNT = re.compile(
    r"\b(?:have|has|had|we|they)\s+(?:now\s+|since\s+|so\s+far\s+)?(?P<word>identified|recovered|returned|repatriated)\s+$"
)
_AS_OF = re.compile(r"\b(?:as\s+of|as\s+at|current\s+as\s+of)\s+$", re.IGNORECASE)
_MEANT = re.compile(r"\b(?:the|both|these|those|his|her|their|its|other|all|my|our)\s+$", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"\b(?:number|total|tally|count)\s+of\s+(?P<of>[^.,;]{3,60}?)\s+(?:has\s+|had\s+|have\s+)?(?:now\s+)?(?:reached|risen\s+to|stood\s+at|stands\s+at|is|was|came\s+to|grown\s+to)\s+(?:(?:nearly|about|almost|over|more\s+than)\s+)?$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|those|these|whom|which)\b")
_OF_THE = re.compile(r"\s+of\s+(?:the|those|these|its|some|about|nearly|more\s+than)\s+")
_REMAINS_OF = re.compile(
    r"(?:\b(?:the|some|possible|partial|skeletal|human|their)\s+)?(?:\w+\s+)?(?<![a-z])remains\s+(?:of|belonging\s+to|believed\s+to\s+be\s+(?:those\s+)?of|thought\s+to\s+be\s+(?:those\s+)?of|from(?!\s+the\b))\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^[-–•*\s]*(?P<label>[A-Z][^\n]{2,110}?)\s*(?::|\.{2,}|\t|\s[-–—]\s|\s{2,}|\s(?=[\d,]+$))\s*(?P<number>\d{1,3}(?:,\d{3})+|\d+)\s*$"
)
_STATE_BEFORE = re.compile(
    r"(?:(?<!un)\baccounted\s+for|\bidentified)\s+(?:the\s+remains\s+of\s+)?$|\b(?:cannot|can\s+not|not|unable\s+to)\s+(?:yet\s+)?account\s+for\s+$"
)
_STATES = (
    (
        "unaccounted",
        re.compile(
            r"(?:cannot|not|unable\s+to)\s+(?:yet\s+)?account\b|\bunaccounted|\bmissing\b|\bMIAs?\b|not\s+(?:been\s+)?accounted",
            re.IGNORECASE,
        ),
    ),
    ("accounted", re.compile(r"(?<!un)(?<!not )(?<!not been )\baccounted\b", re.IGNORECASE)),
    ("identified", re.compile(r"(?<!un)(?<!not be )(?<!not been )\bidentified\b", re.IGNORECASE)),
    ("captive", re.compile(r"\b(?:captured|prisoners?|POWs?|captives?)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the unit, the record's unit, the place of the noun."""

    unit: str
    figure_unit: str
    start: int
    end: int
    confidence: float
    rule: str


@lru_cache(maxsize=1)
def units() -> dict[str, tuple[str, str]]:
    """Return unit and record's unit of each counted noun."""
    rows = csv.DictReader(io.StringIO(files(__package__ or "").joinpath("units.csv").read_text("utf-8")))
    return {noun: (row["unit"], row["figure_unit"]) for row in rows for noun in row["nouns"].split()}


def find_quantities(text: str, sentences: Sequence[Sentence], dates: Sequence[DateDraft]) -> list[QuantityDraft]:
    """Return the counted claims of a text in order; the numbers of its dates count nothing."""
    found: list[QuantityDraft] = []
    placed = Spans((date.span, date.span) for date in dates)
    as_of = Spans(
        (date.span, date.id) for date in dates if _AS_OF.search(text, max(0, date.span[0] - 24), date.span[0])
    )
    for sentence in sentences:
        here = [span for _, span in placed.overlapping(sentence.start, sentence.end)]
        end = sentence.start
        for numeral in find_numerals(text, sentence.tokens):
            if numeral.start < end or any(a < numeral.number_end and numeral.start < b for a, b in here):
                continue
            counted = _counted(text, sentence, numeral) or _share(text, sentence, numeral, found)
            if counted is None:
                continue
            draft = _draft(text, sentence, numeral, counted, f"q{len(found) + 1}")
            counted_on = as_of.beginning(sentence.start, sentence.end)
            if counted_on:
                draft = replace(draft, as_of=counted_on[0][1])
            found.append(draft)
            end = draft.span[1]
        if not found or found[-1].span[0] < sentence.start:
            row = _row(text, sentence, here, f"q{len(found) + 1}")
            found += [row] if row else []
    return found


def _counted(text: str, sentence: Sentence, numeral: Numeral) -> Counted | None:
    """What a number counts, by the noun after it, the words before it, or what is said to have become of them."""
    if numeral.unit in ("dollar", "percent"):
        return Counted(
            numeral.unit,
            "dollars" if numeral.unit == "dollar" else "percent",
            numeral.start,
            numeral.end,
            0.95,
            numeral.unit,
        )
    tokens = [token for token in sentence.tokens if token.start >= numeral.end]
    noun = _noun(text, tokens, numeral)
    if noun is not None:
        return noun
    before = _NUMBER_OF.search(text, sentence.start, numeral.start)
    if before:
        words = re.findall(r"[a-z]+", before["of"].lower())
        unit = next((units()[word] for word in words if word in units()), ("thing", "thing"))
        return Counted(*unit, numeral.end, numeral.end, 0.85, "number of")
    done = _DONE_COUNT.search(text, max(sentence.start, numeral.start - 40), numeral.start)
    if (
        done
        and numeral.is_exact_enough
        and re.match(r"\s*[.,;](?!\d)|\s+(?:so\s+far|to\s+date|and|but|with)\b", text[numeral.end : sentence.end])
    ):
        return Counted("person", "people", done.start("word"), numeral.end, 0.75, "what became of them")
    match = _VERB_COUNT.match(text, numeral.end, sentence.end)
    if match and numeral.is_exact_enough:
        end = match.end() + (4 if text.startswith(" for", match.end()) else 0)
        return Counted("person", "people", match.start("word"), end, 0.8, "what became of them")
    return None


def _share(text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]) -> Counted | None:
    """What "three of the 55 sets" and "5,300 of them" count: as the number after, or the quantity before."""
    if not numeral.is_exact_enough:
        return None
    last = found[-1] if found and numeral.start - found[-1].span[1] < FARTHEST_BACK else None
    same = (last.unit, last.figure_unit) if last else ("thing", "thing")
    if _OF_THEM.match(text, numeral.end, sentence.end):
        return Counted(*same, numeral.end, numeral.end, 0.65, "part of those before")
    match = _OF_THE.match(text, numeral.end, sentence.end)
    if match is not None:
        whole = next((one for one in find_numerals(text, sentence.tokens) if one.start >= match.end() - 1), None)
        if whole is None or whole.start > match.end() + 1:
            return None
        of = _noun(text, [token for token in sentence.tokens if token.start >= whole.end], whole)
        return Counted(*((of.unit, of.figure_unit) if of else same), numeral.end, numeral.end, 0.75, "part of a number")
    alone = re.match(
        r"\s*(?:[,.;:)\"”]|and\b|or\b|in\b|on\b|at\b|from\b|more\b|believed\b|thought\b|presumed\b|are\b|were\b|have\b|had\b|$)",
        text[numeral.end : sentence.end],
    )
    listed = re.match(
        r"\s+(?:were\s+)?(?:from|in)\s+the\s+(?:[A-Z]\w+\s+)?(?:War|Conflict)\b", text[numeral.end : sentence.end]
    )
    if last is not None and last.unit == "person" and last.span[0] >= sentence.start and listed and numeral.in_digits:
        return Counted(*same, numeral.end, numeral.end, 0.7, "part of a list")
    large = numeral.in_digits and "," in text[numeral.start : numeral.end]
    if (
        last is not None
        and alone
        and (large or numeral.qualifier in ("up to", "at least", "more than", "nearly", "about"))
    ):
        return Counted(*same, numeral.end, numeral.end, 0.5, "number alone")
    return None


def _noun(text: str, tokens: Sequence[Token], numeral: Numeral) -> Counted | None:
    """The head of the noun phrase after a number."""
    table = units()
    best: Counted | None = None
    for i, token in enumerate(tokens[: FARTHEST + 1]):
        word = token.lower.removesuffix("'s")
        if (token.kind == "sign" and token.text in ("-", "–", "/", "&")) or token.kind == "quote":
            continue
        if (
            token.kind == "sign"
            and token.text == ","
            and i + 1 < len(tokens)
            and i > 0
            and best is None
            and tokens[i + 1].kind == "word"
            and tokens[i - 1].lower.endswith("al")
        ):
            continue
        if i == 1 and word in ("the", "these", "those") and tokens[0].lower == "of" and numeral.in_digits:
            continue
        if token.kind != "word" or (word in STOP and token.text != "US"):
            if (word == "of" and best is None and i == 0) or (
                word == "and" and best is None and i and numeral.in_digits
            ):
                continue
            break
        if word == "of":
            if best is not None and best.unit in ("set", "box", "case", "casket", "coffin"):
                return _of_remains(tokens, i, best)
            if (best is None and numeral.is_vague) or i == 0:
                continue
            break
        last = re.split(r"[-–/]", word)[-1]
        if last in NOT_COUNTED and last not in table:
            return best
        if best is not None and word in ("missing", "dead", "fallen"):
            break
        if word in table or last in table:
            unit, figure_unit = table[word if word in table else last]
            if unit == "dog-tag" and not re.search(
                r"\b(?:dog|identity|identification|ID)\b", text[numeral.start : token.end], re.IGNORECASE
            ):
                unit = "thing"
            if numeral.low == 1 and last.endswith("s") and last not in ("remains", "personnel"):
                break
            best = Counted(unit, figure_unit, token.start, token.end, 0.93, "counted noun")
            if text[numeral.number_end : token.start] == "-":
                break
        elif best is not None and not token.is_capital and not _is_compound(tokens, i, table):
            break
    if best is not None and _is_definite(text, numeral, best):
        return None
    return best or _other_thing(text, tokens, numeral)


def _is_compound(tokens: Sequence[Token], i: int, table: dict[str, tuple[str, str]]) -> bool:
    """Whether a noun goes on to another counted noun: "family reference samples"."""
    return (
        any(token.lower in table for token in tokens[i : i + 2] if token.kind == "word") and tokens[i].lower not in STOP
    )


def _of_remains(tokens: Sequence[Token], i: int, best: Counted) -> Counted:
    """The noun with what it is full of: "sets of remains", "cases believed to hold remains" only to the noun."""
    for token in tokens[i + 1 : i + 6]:
        if token.lower == "remains":
            return Counted(best.unit, best.figure_unit, best.start, token.end, 0.95, "counted noun")
        if token.kind not in ("word", "possessive") or (
            token.lower in STOP and token.lower not in ("the", "their", "its")
        ):
            break
    return best


def _is_definite(text: str, numeral: Numeral, best: Counted) -> bool:
    """Whether "the two ..." names a pair that everyone knows, and counts nothing."""
    before = text[max(0, numeral.start - 8) : numeral.start].lower()
    head = text[best.start : best.end].lower()
    return numeral.low == 2 and before.endswith(("the ", "both ", "these ", "those ")) and head in DEFINITE


def _other_thing(text: str, tokens: Sequence[Token], numeral: Numeral) -> Counted | None:
    """A number in digits before a plural that is on no list."""
    if not tokens or numeral.low is None or numeral.low < 2:
        return None
    if not numeral.in_digits and _MEANT.search(text, max(0, numeral.start - 10), numeral.start):
        return None
    for token in tokens[:3]:
        if token.kind != "word" or token.lower in STOP or re.split(r"[-–]", token.lower)[-1] in NOT_COUNTED:
            return None
        if (
            token.lower.endswith("s")
            and not token.lower.endswith(("ss", "us", "is"))
            and not token.is_capital
            and len(token.text) > 3
        ):
            return Counted("thing", "thing", token.start, token.end, 0.5, "number before a plural")
    return None


def _draft(text: str, sentence: Sentence, numeral: Numeral, counted: Counted, id_: str) -> QuantityDraft:
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
        figure_unit = next(
            (name for name, pattern in _STATES if pattern.search(_clause_of(text, sentence, numeral, scope))),
            figure_unit,
        )
    return QuantityDraft(
        id=id_, span=(start, end), confidence=round(counted.confidence - (0.2 if numeral.is_vague else 0.0), 2), rule=f"quantity:{rule}",
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


def _row(text: str, sentence: Sentence, here: Sequence[Span], id_: str) -> QuantityDraft | None:
    """A line of a table or list: a label and a number."""
    match = _ROW.match(text[sentence.start : sentence.end])
    if match is None or any(
        a < sentence.start + match.end("number") and sentence.start + match.start("number") < b for a, b in here
    ):
        return None
    table = units()
    words = [word for word in re.findall(r"[a-z]+", match["label"].lower()) if word in table]
    state = next((name for name, pattern in _STATES if pattern.search(match["label"])), None)
    if not words and state is None:
        return None
    unit, figure_unit = table[words[0]] if words else ("person", "people")
    value = float(match["number"].replace(",", ""))
    return QuantityDraft(
        id=id_, span=(sentence.start + match.start("label"), sentence.start + match.end("number")), confidence=0.8, rule="quantity:row of a table",
        low=value, high=value, unit=unit, figure_unit=state or figure_unit, noun=words[0] if words else state or "", scope=match["label"].strip(),
    )  # fmt: skip
