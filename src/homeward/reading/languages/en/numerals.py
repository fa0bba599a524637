"""Numbers in English texts: digits, words, ranges, and how exact they are said to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reading.languages.en.date_words import ORDINALS
from homeward.reading.text.spans import Spans
from homeward.reading.text.tokens import Token

SMALL = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
DOZEN = 12
VAGUE = frozenset(["dozens", "scores", "hundreds", "thousands", "tens", "millions", "several"])

_WORD = "|".join([*SMALL, *TENS, *LARGE])
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_VALUE = rf"(?:{_DIGITS})(?:\s+(?:hundred|thousand|million|billion))?|(?:a\s+)?half[\s-]a[\s-]dozen|(?:(?:an?|{_WORD}|\d+)\s+)?dozen(?!s)|a\s+single|(?:a\s+)?(?:hundred|thousand|million)|(?:{_WORD})(?:(?:[\s-]+and[\s-]+|[\s-]+)(?:{_WORD}))*"
_NUMBER = re.compile(
    rf"(?:(?P<dollar>US\$\s?|\$)|(?P<money>[€£₩¥])\s?)?(?<![\w.,/-])(?P<low>{_VALUE})"
    rf"(?:(?P<to>\s+to\s+|\s?[-–]\s?|\s+or\s+)(?:US\$|[$€£₩¥])?(?P<high>{_VALUE}))?(?P<plus>\s?\+|-plus)?(?P<more>\s+or\s+(?:more|so|fewer)|-odd\b)?"
    rf"(?P<scale>(?<=\d)\s?(?:[MBK]|bn|mn)\b)?(?P<unit>\s?%|\s+per\s?cent\b|[\s-]+dollars\b)?(?![\w/]|[.,]\d|-\w+-old|-stars?\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"\b(?:between\s+(?P<dollar>\$|US\$)?(?P<low>{_VALUE})\s+and\s+(?:\$|US\$)?|at\s+least\s+(?P<least>{_VALUE})(?:,|\s+and|\s+but|,\s+and|,\s+but)\s+(?:perhaps\s+|possibly\s+)?(?:as\s+many\s+as|up\s+to|at\s+most|not\s+more\s+than)\s+)"
    rf"(?P<high>{_VALUE})(?P<dollars>\s+dollars)?(?![\w/%]|[.,]\d)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|(?:tens\s+of\s+)?thousands|several\s+(?:dozen|hundred|thousand)|a\s+(?:few|couple)\s+(?:dozen|hundred|thousand))\b",
    re.IGNORECASE,
)
QUALIFIERS = {
    "nearly": "nearly|almost|close\\s+to|just\\s+under|just\\s+short\\s+of|not\\s+quite",
    "about": "about|approximately|roughly|around|some|an\\s+estimated|the\\s+estimated|estimated|approx\\.?|circa|perhaps|in\\s+the\\s+neighborhood\\s+of",
    "more than": "more\\s+than|over|upwards?\\s+of|in\\s+excess\\s+of|greater\\s+than|well\\s+over|exceeding|just\\s+over",
    "at least": "at\\s+least|no\\s+fewer\\s+than|no\\s+less\\s+than|not\\s+less\\s+than|a\\s+minimum\\s+of",
    "up to": "up\\s+to|as\\s+many\\s+as|at\\s+most|a\\s+maximum\\s+of|no\\s+more\\s+than|not\\s+more\\s+than",
    "fewer than": "fewer\\s+than|less\\s+than|under|below",
    "exactly": "exactly|precisely",
}
_QUALIFIER = [
    (name, re.compile(rf"\b(?:{words})\s+(?:of\s+|the\s+|an?\s+additional\s+|another\s+)?$", re.IGNORECASE))
    for name, words in QUALIFIERS.items()
]
_NUMBERED = re.compile(
    r"(?:\b(?:No|Nos|Camp|Unknown|Hill|Section|Chapter|Page|Phase|Highway|Route|Flight|Building|Room|Article|Unit|Task Force|Team|Bldg|Rule|Annex|Table|Figure|Fig|Appendix|"
    r"Exhibit|Order|Resolution|Row|Plot|Pier|Gate|Block|Zone|Sector|Level|Channel|Group|Line|Exit|Part|Volume|Vol|Item|Box|Grave|Case|Site)\.?\s|#|[A-Za-z]-)$"
)
"""Before a number that is a name: "Flight 447", "Plot 12"."""
_PHONE = re.compile(r"\+?\d+(?:[ -]\d+){3,}|\+\d[\d -]{6,}\d")
_ORDINAL = re.compile(
    r"\b(?P<low>\d{1,4})(?:st|nd|rd|th)\b|\b(?P<word>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b(?=\s+such\b)",
    re.IGNORECASE,
)
_CURRENCIES = {"€": "euro", "£": "pound", "₩": "won", "¥": "yen"}
LARGEST_SHARE = 100
"""Per cent: in "409 or 20.4%" only the second number is a share."""
_PARTICLE = re.compile(
    r"\b(?:hand|turn|sign|giv|carr|tak|brought|bring|flew|fly|sent|send|pass|gave|taken|took)(?:e|ed|ing|s|ies|ied|en)?\s+$",
    re.IGNORECASE,
)
"""Verbs whose particle "over" is: "handed over 55 boxes" is not more than 55."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: where it begins, with its qualifier, and ends; its value or range; what its sign counts."""

    start: int
    end: int
    number_end: int
    low: float | None
    high: float | None
    qualifier: str | None
    unit: str | None
    in_digits: bool
    is_ordinal: bool = False

    @property
    def is_vague(self) -> bool:
        """Whether the text gives no number: "dozens"."""
        return self.low is None

    @property
    def is_exact_enough(self) -> bool:
        """Whether it can stand without a noun: not "one", which is often a pronoun."""
        return self.low is not None and (self.in_digits or self.low > 1)


def find_numerals(text: str, tokens: Sequence[Token]) -> list[Numeral]:
    """Return the numbers in a sentence, in order."""
    if not tokens:
        return []
    start, end = tokens[0].start, tokens[-1].end
    taken = Spans((match.span(), True) for match in _PHONE.finditer(text, start, end))
    found = [_between(text, match) for match in _BETWEEN.finditer(text, start, end)]
    for match in _NUMBER.finditer(text, start, end):
        is_part = taken.overlapping(*match.span()) or any(one.start <= match.start() < one.end for one in found)
        if not is_part and not _is_name(text, match):
            found += _numerals(text, match, start)
    for match in _VAGUE.finditer(text, start, end):
        begin, qualifier = _qualified(text, match.start(), start)
        found.append(Numeral(begin, match.end(), match.end(), None, None, qualifier, None, False))
    for match in _ORDINAL.finditer(text, start, end):
        value = float(match["low"] or ORDINALS[match["word"].lower()])
        found.append(Numeral(match.start(), match.end(), match.end(), value, value, None, None, True, True))
    return sorted(found, key=lambda one: one.start)


def value_of(words: str) -> float:
    """Return the value of a number in digits or words: "two hundred and twenty-nine", "1.5 million"."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words.lower().strip()):
        if word[0].isdigit():
            current = float(word.replace(",", ""))
        elif word in SMALL:
            current += SMALL[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "single":
            current = 1
        elif word == "half":
            current = 0.5
        elif word == "dozen":
            current = (current or 1) * DOZEN
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in LARGE:
            total += (current or 1) * LARGE[word]
            current = 0.0
    return total + current


def _numerals(text: str, match: re.Match[str], limit: int) -> list[Numeral]:
    """The number that a match holds, or the two of "409 or 20.4%"."""
    low, sign = value_of(match["low"]), match["unit"] or ""
    if match["high"] and "or" in match["to"] and sign and "dollar" not in sign and low > LARGEST_SHARE:
        share = value_of(match["high"])
        start, qualifier = _qualified(text, match.start(), limit)
        end = match.end("low")
        return [
            Numeral(start, end, end, low, low, qualifier, None, match["low"][0].isdigit()),
            Numeral(match.start("high"), match.end(), match.end(), share, share, None, "percent", True),
        ]
    return [_numeral(text, match, limit)]


def _numeral(text: str, match: re.Match[str], limit: int) -> Numeral:
    low, high = _ends(match)
    start, qualifier = _qualified(text, match.start(), limit)
    more = (match["more"] or "").strip().lower()
    if match["plus"] or more.endswith("more"):
        qualifier = "more than" if match["plus"] else "at least"
    elif more:
        qualifier = "about"
    sign = (match["unit"] or "").strip(" -").lower()
    is_dollar = match["dollar"] or sign == "dollars"
    unit = "dollar" if is_dollar else _CURRENCIES[match["money"]] if match["money"] else "percent" if sign else None
    return Numeral(
        start, match.end(), match.end(), min(low, high), max(low, high), qualifier, unit, match["low"][0].isdigit()
    )


def _ends(match: re.Match[str]) -> tuple[float, float]:
    """The ends of a range, equal without one; "two or three thousand" and "$2-3 million" are thousands and millions."""
    low = value_of(match["low"])
    high = value_of(match["high"]) if match["high"] else low
    if match["scale"] and (match["dollar"] or match["money"]):
        scale_of = {"m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "k": 1e3}[match["scale"].strip().lower()]
        return low * scale_of, high * scale_of
    scale = re.search(r"(hundred|thousand|million|billion)$", match["high"] or "", re.IGNORECASE)
    if scale is None:
        return low, high
    in_words = re.search(r"[a-z]", match["low"], re.IGNORECASE) is not None
    if high < low or (scale[1].lower() != "hundred" and not in_words and low < LARGE["thousand"]):
        low *= LARGE[scale[1].lower()]
    return low, high


def _between(text: str, match: re.Match[str]) -> Numeral:
    low, high = value_of(match["low"] or match["least"]), value_of(match["high"])
    scale = re.search(r"(hundred|thousand|million|billion)$", match["high"], re.IGNORECASE)
    if scale and low < LARGE[scale[1].lower()]:
        low *= LARGE[scale[1].lower()]
    low, high = sorted((low, high))
    unit = "dollar" if match["dollar"] or match["dollars"] else None
    return Numeral(match.start(), match.end(), match.end(), low, high, "between", unit, True)


def _qualified(text: str, start: int, limit: int) -> tuple[int, str | None]:
    """Where a number begins with the words that say how exact it is."""
    before = text[max(limit, start - 40) : start]
    for name, pattern in _QUALIFIER:
        match = pattern.search(before)
        if match and not (match[0].lower().startswith("over") and _PARTICLE.search(before[: match.start()])):
            return start - len(before) + match.start(), name
    return start, None


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a number is part of a name or a heading, or an ordinal: "Camp 5", "24th", "No. 7", "Five Points"."""
    if _NUMBERED.search(text, max(0, match.start() - 24), match.start()):
        return True
    if match["low"][0].isdigit():
        return bool(re.match(r"(?:st|nd|rd|th)\b", text[match.end("low") : match.end("low") + 3])) or bool(
            re.search(r"\d[:/.]$", text[max(0, match.start() - 2) : match.start()])
        )
    inside = re.search(r"[a-z]\s$", text[max(0, match.start() - 2) : match.start()]) is not None
    if inside and match["low"][0].isupper() and re.match(r"\s+[A-Z][a-z]", text[match.end() : match.end() + 4]):
        return True
    return match["low"].lower() in ("one", "hundred", "thousand", "million", "zero") and bool(
        re.match(r"\s+(?:of|in|by|that|another|day|more\s+time)\b", text[match.end() : match.end() + 14])
    )
