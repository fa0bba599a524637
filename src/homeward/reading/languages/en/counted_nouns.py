"""The noun that a number counts, where one follows it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from homeward.reading.languages.en.counted_words import DEFINITE, NOT_COUNTED, STOP
from homeward.reading.languages.en.numerals import Numeral
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.text.tokens import Token

FARTHEST = 7
"""Words between a number and the noun that it counts, at most."""
DEMONYMS = ("ians", "eans", "anis", "aqis", "ese")
"""How the names of many peoples end."""
PEOPLES = frozenset(
    [
        "japanese",
        "chinese",
        "vietnamese",
        "lebanese",
        "burmese",
        "nepalese",
        "portuguese",
        "dutch",
        "french",
        "british",
        "irish",
        "english",
        "spanish",
        "welsh",
        "polish",
        "swiss",
        "turkish",
        "danish",
        "finnish",
        "swedish",
    ]
)
"""Adjectives that are also the name of a people, where no noun follows: "55,000 Japanese died"."""
FULL_OF = ("set", "box", "case", "casket", "coffin")
"""Units that are full of something: "sets of remains" is one noun."""
_MEANT = re.compile(r"\b(?:the|both|these|those|his|her|their|its|other|all|my|our)\s+$", re.IGNORECASE)
_ORDINAL_NOUN = re.compile(
    r"\s+(?:such\s+)?(?:(?:[Jj]oint|[Ff]ield|[Rr]epatriation|[Ss]earch|[Rr]ecovery|[Ii]nvestigation|[Dd]istinct|[Ss]uccessful)\s+){0,2}"
    r"(?P<noun>activity|handover|hand-over|ceremony|repatriation|mission|operation|excavation|search|case|exchange|identification|"
    r"Activity|Operation|Mission)\b"
)
"""What an ordinal counts: "the 138th joint field activity" says that there were so many."""


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


def unit_in(words: str) -> tuple[str, str] | None:
    """Return unit and record's unit of the first counted noun among words, ``None`` if there is none."""
    table = units()
    return next((table[word] for word in re.findall(r"[a-z]+", words.lower()) if word in table), None)


def noun_after(text: str, tokens: Sequence[Token], numeral: Numeral) -> Counted | None:
    """Return the head of the noun phrase after a number."""
    if numeral.is_ordinal:
        return _after_ordinal(text, numeral)
    table = units()
    best: Counted | None = None
    skipped = 0
    for i, token in enumerate(tokens[: FARTHEST + 1]):
        word = token.lower
        if i < skipped or (token.kind == "sign" and token.text in ("-", "–", "/", "&")) or token.kind == "quote":
            continue
        if _is_acronym_in_brackets(tokens, i):
            skipped = i + 3
            continue
        if token.kind == "possessive" and i and tokens[i - 1].is_capital:
            continue
        if (best is None and _is_between_adjectives(tokens, i)) or _begins_a_share(tokens, i, numeral):
            continue
        if token.kind != "word" or (word in STOP and token.text != "US"):
            if best is None and ((word == "of" and i == 0) or (word == "and" and i and numeral.in_digits)):
                continue
            break
        if word == "of":
            if best is not None and best.unit in FULL_OF:
                return _of_remains(tokens, i, best)
            if (best is None and numeral.is_vague) or i == 0:
                continue
            break
        last = re.split(r"[-–/]", word)[-1]
        if last in NOT_COUNTED and last not in table:
            if token.is_capital and i + 1 < len(tokens) and tokens[i + 1].lower in table:
                continue
            return best
        if best is not None and word in ("missing", "dead", "fallen"):
            break
        if (word in PEOPLES or word.endswith(DEMONYMS)) and token.is_capital and _ends_the_phrase(tokens, i):
            best = Counted("person", "people", token.start, token.end, 0.85, "counted noun")
        elif (word in table or last in table) and not _owns_what_follows(tokens, i):
            counted = _as_counted(text, token, numeral, *table[word if word in table else last])
            if numeral.low == 1 and last.endswith("s") and last not in ("remains", "personnel"):
                break
            best = counted
            if text[numeral.number_end : token.start] == "-":
                break
        elif best is not None and not token.is_capital and not _is_compound(tokens, i, table):
            break
    if best is not None and _is_definite(text, numeral, best):
        return None
    return best or _other_thing(text, tokens, numeral)


def _after_ordinal(text: str, numeral: Numeral) -> Counted | None:
    """The operation, handover or ceremony of which an ordinal says that it was the so-manieth."""
    match = _ORDINAL_NOUN.match(text, numeral.end)
    if match is None:
        return None
    unit, figure_unit = units().get(match["noun"].lower(), ("thing", "thing"))
    return Counted(unit, figure_unit, match.start("noun"), match.end("noun"), 0.7, "ordinal of a series")


def _ends_the_phrase(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun phrase ends with a word: a verb, a small word or a sign follows."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is None or after.kind != "word" or after.lower in STOP or after.lower in verb_forms()


def _as_counted(text: str, token: Token, numeral: Numeral, unit: str, figure_unit: str) -> Counted:
    """A noun on the list; "tags" are dog tags only if the words say so."""
    if unit == "dog-tag" and not re.search(
        r"\b(?:dog|identity|identification|ID)\b", text[numeral.start : token.end], re.IGNORECASE
    ):
        unit = "thing"
    return Counted(unit, figure_unit, token.start, token.end, 0.93, "counted noun")


def _is_acronym_in_brackets(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bracket holds only the short form of the name before it: "Chinese People's Volunteers (CPV) soldiers"."""
    return tokens[i].text == "(" and i + 2 < len(tokens) and tokens[i + 1].text.isupper() and tokens[i + 2].text == ")"


def _is_between_adjectives(tokens: Sequence[Token], i: int) -> bool:
    """Whether a comma stands between adjectives before the noun: "skeletal, incomplete remains"."""
    is_comma = tokens[i].kind == "sign" and tokens[i].text == ","
    return is_comma and 0 < i < len(tokens) - 1 and tokens[i + 1].kind == "word" and tokens[i - 1].lower.endswith("al")


def _begins_a_share(tokens: Sequence[Token], i: int, numeral: Numeral) -> bool:
    """Whether "the" begins the whole of which a number in digits is a part: "400 of the soldiers"."""
    return i == 1 and tokens[1].lower in ("the", "these", "those") and tokens[0].lower == "of" and numeral.in_digits


def _owns_what_follows(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is inside a name that goes on: the People of "Chinese People's Volunteers"."""
    return tokens[i].is_capital and i + 1 < len(tokens) and tokens[i + 1].kind == "possessive"


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
    if tokens[0].lower in verb_forms() and text[max(0, numeral.start - 3) : numeral.start] == "of ":
        return None  # "a staff of 600 works"
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
