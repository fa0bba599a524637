"""Dates as English texts word them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from homeward.reading.dates import Expression
from homeward.reading.text.sentences import Sentence

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
            "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs thur",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
NUMBERS = {word: n for n, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "couple of": 2, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
PARTS = {
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "beginning": "early",
    "start": "early",
    "end": "late",
    "first half": "first-half",
    "second half": "second-half",
}
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

_MONTH_NAME = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH = rf"(?:{_MONTH_NAME}|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY_SHORT = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.?)"
)
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:\s+(?:to|through|until|till|and)\s+|{_DASH})"
_COUNT = r"(?:\d{1,3}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty)"
_PART = r"(?:early|mid|late|middle|beginning|start|end|first half|second half)"
_ON = rf"(?:(?P<weekday_name>{_WEEKDAY_SHORT}),?\s+(?:the\s+)?)?"

Maker = Callable[[re.Match[str]], dict[str, Any]]


def month_number(word: str | None) -> int | None:
    """Return the number of a month by its name or abbreviation."""
    return MONTHS.get(word.rstrip(".").lower()) if word else None


def day_number(word: str | None) -> int | None:
    """Return the number of a day of the month, also from an ordinal."""
    return int(re.sub(r"\D", "", word)) if word else None


def year_number(word: str | None, first: int | None = None) -> int | None:
    """Return a year; two digits are of the century of the first year of the range."""
    if not word:
        return None
    year = int(re.sub(r"\D", "", word))
    if year < 100 and first is not None:
        year += first - first % 100
        return year if year >= first else year + 100
    return year


def count_of(word: str) -> int:
    """Return a small number written as digits or as a word."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _day(m: re.Match[str]) -> dict[str, Any]:
    return {
        "form": "day",
        "year": year_number(m["year"]),
        "month": month_number(m["month"]),
        "day": day_number(m["day"]),
        "weekday": WEEKDAYS.get((m.groupdict().get("weekday_name") or "").rstrip(".").lower()),
    }


def _days(m: re.Match[str]) -> dict[str, Any]:
    groups = m.groupdict()
    return {
        "form": "range",
        "year": year_number(groups.get("year0") or m["year"]),
        "year2": year_number(m["year"]),
        "month": month_number(m["month"]),
        "day": day_number(m["day"]),
        "month2": month_number(groups.get("month2")),
        "day2": day_number(m["day2"]),
    }


def _months(m: re.Match[str]) -> dict[str, Any]:
    first = year_number(m["year0"]) or year_number(m["year"])
    return {
        "form": "range",
        "year": first,
        "year2": year_number(m["year"]),
        "month": month_number(m["month"]),
        "month2": month_number(m["month2"]),
    }


def _month(m: re.Match[str]) -> dict[str, Any]:
    return {
        "form": "month",
        "year": year_number(m["year"]),
        "month": month_number(m["month"]),
        "part": _part(m["part"]),
    }


def _part(word: str | None) -> str | None:
    return PARTS[word.lower().rstrip("- ")] if word else None


def _years(m: re.Match[str]) -> dict[str, Any]:
    first = year_number(m["year"])
    return {"form": "range", "year": first, "year2": year_number(m["year2"], first)}


def _relative_day(m: re.Match[str]) -> dict[str, Any]:
    word = m["word"].lower()
    offset = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return {"form": "relative", "unit": "day", "offset": offset}


def _ago(m: re.Match[str]) -> dict[str, Any]:
    n, unit = count_of(m["n"]), m["unit"].lower()
    sign = -1 if m["ago"].lower() in ("ago", "earlier", "before") else 1
    exact = unit == "day" or (unit in ("year",) and n < 10)
    if unit == "week":
        return {"form": "relative", "unit": "day", "offset": 7 * n * sign, "about": True}
    if unit == "decade":
        return {"form": "relative", "unit": "year", "offset": 10 * n * sign, "about": True}
    return {"form": "relative", "unit": unit, "offset": n * sign, "about": not exact or m["about"] is not None}


def _unit(m: re.Match[str]) -> dict[str, Any]:
    offset = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[m["which"].lower()]
    part = (m["part"] or "").lower().strip()
    unit = m["unit"].lower()
    if part in ("earlier", "later") and offset == 0:
        return {"form": "relative", "unit": unit, "offset": 0, "so_far": -1 if part == "earlier" else 1}
    return {"form": "relative", "unit": unit, "offset": offset, "part": PARTS.get(part.split(" ")[0])}


def _week_of_month(m: re.Match[str]) -> dict[str, Any]:
    first = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": 22}[m["which"].lower()]
    year = year_number(m["year"])
    return {
        "form": "range",
        "year": year,
        "year2": year,
        "month": month_number(m["month"]),
        "day": first,
        "day2": first + 6,
    }


def _directed(m: re.Match[str]) -> dict[str, Any]:
    direction = {"last": -1, "past": -1, "this": 0, "next": 1, "this past": -1, "this coming": 1, "coming": 1}[
        m["which"].lower()
    ]
    name = m["name"]
    if name.lower() in WEEKDAYS:
        return {
            "form": "weekday",
            "weekday": WEEKDAYS[name.lower()],
            "direction": direction or None,
            "planned": "coming" in m["which"].lower(),
        }
    if name.lower() in SEASONS:
        return {"form": "season", "season": SEASONS[name.lower()], "direction": direction}
    return {"form": "month", "month": month_number(name), "direction": direction}


def _anaphor(m: re.Match[str]) -> dict[str, Any]:
    words = m[0].lower()
    unit = m["unit"].lower()
    offset = -1 if "previous" in words or "before" in words else 0 if words.startswith(("that", "the same")) else 1
    return {"form": "anaphor", "unit": unit, "offset": offset}


def _later(m: re.Match[str]) -> dict[str, Any]:
    unit, n = m["unit"].lower(), count_of(m["n"])
    sign = -1 if m["way"].lower() in ("earlier", "before") else 1
    return {"form": "anaphor", "unit": unit, "offset": sign * n, "about": unit != "day"}


def _numeric(m: re.Match[str]) -> dict[str, Any]:
    first, second = int(m["first"]), int(m["second"])
    year = year_number(m["year"])
    if m["sign"] == "." or first > 12:
        first, second = second, first
    other = (second, first) if second <= 12 and first != second and m["sign"] == "/" else None
    return {"form": "day", "year": year, "month": first, "day": second, "other": other}


RULES: tuple[tuple[str, re.Pattern[str], Maker], ...] = tuple(
    (name, re.compile(pattern, flags), maker)
    for name, pattern, flags, maker in (
        ("iso-day", rf"(?<![\d/-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])", 0,
         lambda m: {"form": "day", "year": int(m["year"]), "month": int(m["month"]), "day": int(m["day"])}),
        ("numeric-day", rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<sign>[/.])(?P<second>\d{{1,2}})(?P=sign)(?P<year>{_YEAR})(?![\d/])", 0, _numeric),
        ("days-of-two-months", rf"(?:(?:[Ff]rom|[Bb]etween)\s+)?{_ON}(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:,?\s+(?P<year0>{_YEAR}))?{_TO}(?P<month2>{_MONTH})\s+(?P<day2>{_DAY})(?!\d)(?:,?\s+(?P<year>{_YEAR}))?(?![\d,]*\d)", 0, _days),
        ("days-of-a-month", rf"(?:(?:[Ff]rom|[Bb]etween)\s+)?(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:\s+(?:to|through|until)\s+|{_DASH}|(?<=\d)/(?=\d))(?P<day2>{_DAY})(?!\d|[/:])(?:,?\s+(?P<year>{_YEAR}))?(?![\d,]*\d)", 0, _days),
        ("days-before-month", rf"(?:(?:[Ff]rom|[Bb]etween)\s+)?(?P<day>{_DAY})(?:\s+(?:to|through|until|and)\s+|{_DASH})(?P<day2>{_DAY})\s+(?P<month>{_MONTH})(?![a-z])(?:,?\s+(?P<year>{_YEAR}))?", 0, _days),
        ("weekday-day", rf"(?P<weekday_name>{_WEEKDAY})\s*\((?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:,?\s+(?P<year>{_YEAR}))?\)", 0, _day),
        ("weekday-day-month", rf"(?P<weekday_name>{_WEEKDAY})\s*\((?P<day>{_DAY})\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?\)", 0, _day),
        ("month-day", rf"{_ON}(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?![\d:/]|,\d|\.\d|\s?%)(?:(?:,\s*|\s+)(?P<year>{_YEAR})(?![\d,]*\d))?", 0, _day),
        ("day-month", rf"(?:{_ON}(?:the\s+)?)(?<![\d,.$])(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{_MONTH})(?![a-z])(?:,?\s+(?P<year>{_YEAR})(?![\d,]*\d))?", 0, _day),
        ("day-mon-year", rf"(?<!\d)(?P<day>{_DAY})[-\s]?(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[-\s]?(?P<year>{_YEAR})", 0, _day),
        ("months", rf"(?:(?:[Ff]rom|[Bb]etween)\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year0>{_YEAR}))?{_TO}(?P<month2>{_MONTH})(?![a-z])(?!\s+\d{{1,2}}\b(?!\d))(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))?(?![\d,]*\d)", 0, _months),
        ("month", rf"(?:(?:the\s+)?(?P<part>{_PART})(?:\s+of\s+|[-\s]+))?(?P<month>{_MONTH})(?![a-zA-Z’'-])(?!\s+{_DAY}\b(?!\d))(?:(?:,|\s+of)?\s+(?P<year>{_YEAR})(?![\d,]*\d))?", 0, _month),
        ("fiscal-year", rf"(?:fiscal[\s-]+year[\s-]+|FY\s?-?|FY’|FY')(?P<year>{_YEAR}|\d\d)\b", re.IGNORECASE,
         lambda m: {"form": "fiscal-year", "year": year_number(m["year"], None) if len(m["year"]) == 4 else 2000 + int(m["year"])}),
        ("month-of-year", rf"(?P<month>{_MONTH})\s+(?:of\s+)?(?P<which>last|this|next)\s+year\b", 0,
         lambda m: {"form": "relative", "unit": "year", "offset": {"last": -1, "this": 0, "next": 1}[m["which"]], "month": month_number(m["month"])}),
        ("end-of-unit", r"\b(?:the\s+)?(?P<part>beginning|start|middle|end)\s+of\s+(?P<which>the|this|next|last)\s+(?P<unit>month|year)\b", re.IGNORECASE,
         lambda m: {"form": "relative", "unit": m["unit"].lower(), "offset": {"last": -1, "next": 1}.get(m["which"].lower(), 0), "part": PARTS[m["part"].lower()]}),
        ("season", rf"(?:(?:early|late|mid)[-\s]+)?(?P<season>spring|summer|autumn|fall|winter)(?:,?\s+of|,)?\s+(?P<year>{_YEAR})(?:[-–/]\d\d(?!\d))?", re.IGNORECASE,
         lambda m: {"form": "season", "season": SEASONS[m["season"].lower()], "year": int(m["year"])}),
        ("years", rf"(?:(?:[Ff]rom|[Bb]etween)\s+)?(?<![\d$,.])(?P<year>{_YEAR})(?:\s+(?:to|through|until|till|and)\s+|{_DASH}|/)['’]?(?P<year2>{_YEAR}|\d\d)(?![\d/:]|-\d|,\d|\.\d|\s?%|\s+(?:soldiers|remains|sets|boxes|people)\b)", 0, _years),
        ("decade", r"(?:(?:the\s+)?(?P<part>early|mid|late|middle|end|beginning)(?:\s+of\s+(?:the\s+)?|[-\s]+(?:the\s+)?))?(?P<year>1[6-9]\d0|20\d0)['’]?s\b", re.IGNORECASE,
         lambda m: {"form": "decade", "year": int(m["year"]), "part": _part(m["part"])}),
        ("year", rf"(?:(?:the\s+)?(?P<part>{_PART})(?:\s+of\s+|[-\s]+))?(?<![\d$€£,./#:-])(?P<year>{_YEAR})(?![\d/:%]|,\d{{3}}|\.\d|-\d|['’]?s\b|\s?(?:GMT|KST|UTC|hours)\b)", 0,
         lambda m: {"form": "year", "year": int(m["year"]), "part": _part(m["part"])}),
        ("ago", rf"(?P<about>about\s+|some\s+|around\s+|nearly\s+|almost\s+|more\s+than\s+|over\s+)?(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|decade)s?\s+(?P<ago>ago|from\s+now)\b", re.IGNORECASE, _ago),
        ("day-word", r"\b(?P<word>yesterday|today|tomorrow|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b", re.IGNORECASE, _relative_day),
        ("unit", r"\b(?:(?P<part>early|late|mid|earlier|later|end\s+of|beginning\s+of)[-\s]+(?:the\s+)?)?(?P<which>last|this|next|past|coming|previous)\s+(?P<unit>week|weekend|month|year|decade)\b(?!\s+(?:\w+\s+)?(?:ago|before|later))", re.IGNORECASE, _unit),
        ("bare-season", r"\b(?:in|during|by|until|since)\s+(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\b(?!\s+(?:of|\d))", re.IGNORECASE,
         lambda m: {"form": "season", "season": SEASONS[m["season"].lower()]}),
        ("week-of-month", rf"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+week\s+of\s+(?P<month>{_MONTH})(?![a-z])(?:,?\s+(?P<year>{_YEAR}))?", re.IGNORECASE, _week_of_month),
        ("directed", rf"\b(?P<which>(?i:this\s+past|this\s+coming|last|past|this|next|coming))\s+(?P<name>{_WEEKDAY}|{_MONTH_NAME}|spring|summer|autumn|fall|winter)\b(?!\s+\d)", 0, _directed),
        ("weekday", rf"\b(?P<name>{_WEEKDAY})(?!['’]?s?\s+(?:Times|Post|Herald|Night\s+Football))\b", 0, lambda m: {"form": "weekday", "weekday": WEEKDAYS[m["name"].lower()]}),
        ("anaphor", r"\b(?:that(?:\s+same)?|the\s+same|the\s+(?:next|following|previous))\s+(?P<unit>day|week|month|year)\b", re.IGNORECASE, _anaphor),
        ("later", rf"\b(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>later|earlier|afterwards?)\b", re.IGNORECASE, _later),
    )
)  # fmt: skip
_PLANNED = re.compile(
    r"(?:\b(?:scheduled|rescheduled|set|slated|planned|due|expected|moved|postponed|delayed|pushed(?:\s+back)?|put\s+off|deferred|arranged|proposed|agreed|pledged|promised|vowed|meet|return|begin|start|resume|take\s+place|be\s+held|offered|suggested|"
    r"will|would|(?<!believed )(?<!thought )(?<!said )(?<!known )(?<!presumed )to\s+be\s+\w+(?:ed|n|ld|nt|ht))\b[^;\"”“]{0,110}?\b(?:for|to|until|till|on|by|in)\s+(?:(?:about|around|or|later|early|late)\s+)*(?:the\s+|next\s+|this\s+)?|\b(?:next|coming|upcoming)\s+(?:the\s+)?|"
    r"\bwill\b[^.;,\"”“]{0,60}|\b(?:could|may|might|as\s+early\s+as|as\s+soon\s+as|no\s+later\s+than|by\s+the\s+end\s+of|before\s+the\s+end\s+of)\b[^.;,]{0,30})$",
    re.IGNORECASE,
)
_WAS_PLANNED = re.compile(
    r"\b(?:had\s+been|was|were|originally|initially|previously|earlier)\s+(?:(?!re)\w+\s+)?(?:scheduled|set|slated|planned|due|expected|supposed)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    r",?\s+but\b[^.]{0,60}\b(?:showed|failed|did\s+not|didn[’']t|never|no-show|called\s+off|cancell?ed)\b",
    re.IGNORECASE,
)
"""What was agreed for a day that has passed: "to meet on Thursday, but nobody showed up"."""
_WHEN_PAST = re.compile(
    r"\b(?:when|after|since)\s+(?:[A-Z][\w.-]*|[Tt]he|he|she|they|it)\s+[^,;]{0,50}?\b(?:met|began|held|signed|took|went|came|flew|visited|said|announced|returned)\b[^,;]{0,60}$"
)
_AT_SUMMIT = re.compile(
    r"\b(?:during|at|after|following)\s+(?:an?|the|their|his|its)\s+(?:\w+\s+){0,2}(?:summit|meeting|talks|visit|ceremony)\s+(?:on|in)\s+$"
)
_MOVED = re.compile(
    r"\b(?:moved|postponed|rescheduled|delayed|pushed\s+back|put\s+off|brought\s+forward)\s+$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:about|around|circa|c\.|roughly|approximately|on or about|or around)\s+$", re.IGNORECASE)
_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:no|nos|number|flight|highway|route|room|page|pages|case|resolution|hill|unknown|unit|chapter|section|section|building)\.?\s*|#|\b[A-Z]-)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:(?:US|U\.S\.|American|Korean|missing|service|British|allied|unaccounted|identified|other|sets?|more)\s+){0,3}(?:soldiers|troops|remains|sets|boxes|caskets|people|men|personnel|servicemen|servicemembers|members|veterans|families|dollars|miles|feet|meters|metres|kilometers|percent|names|prisoners|POWs|Americans)\b"
)
_MONTH_ALONE_BEFORE = re.compile(
    r"\b(?:in|of|since|by|until|till|from|during|through|throughout|between|before|after|for|this|last|next|early|late|mid|to|and|or|each|every|the|that|a|as|like)[\s-]+$",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|fall|winter|today|"
    r"yesterday|tomorrow|tonight|last|this|next|past|previous|coming|ago|later|earlier|that|same|following|from\s+now)",
    re.IGNORECASE,
)
"""One of these stands in every date, so that most sentences without any are passed over."""


def find_dates(text: str, sentences: Sequence[Sentence]) -> list[Expression]:
    """Return all dates that a text words, in order; where two rules want the same words, the longer wins."""
    found: list[Expression] = []
    for number, sentence in enumerate(sentences):
        if not _ANY.search(text, sentence.start, sentence.end):
            continue
        candidates = [
            (match.start(), -match.end(), order, name, match, make)
            for order, (name, pattern, make) in enumerate(RULES)
            for match in pattern.finditer(text, sentence.start, sentence.end)
            if _is_date(text, match, name)
        ]
        end = sentence.start
        for start, _, _, name, match, make in sorted(candidates, key=lambda one: one[:3]):
            if start < end:
                continue
            expression = _expression(text, sentence, number, name, match, make)
            if name == "bare-season" and found and found[-1].rule == expression.rule and found[-1].sentence == number:
                expression = replace(expression, planned=expression.planned or found[-1].planned)
            found.append(expression)
            end = match.end()
            found += _second_day(text, expression, end, sentence.end)
            end = found[-1].span[1]
    return found


def _expression(text: str, sentence: Sentence, number: int, name: str, match: re.Match[str], make: Maker) -> Expression:
    parts = make(match)
    start, end = match.span()
    before = text[max(sentence.start, start - 90) : start] + ("in " if name == "bare-season" else "")
    planned = (
        bool(_PLANNED.search(before))
        and not _WAS_PLANNED.search(before)
        and not _AT_SUMMIT.search(before)
        and not _WHEN_PAST.search(before)
        and not _BUT_NOT.match(text, end, sentence.end)
    )
    parts.setdefault("planned", planned)
    if _ABOUT.search(before):
        parts["about"] = True
    return Expression(span=(start, end), rule=f"date:{name}", sentence=number, paragraph=sentence.paragraph, **parts)


def _second_day(text: str, first: Expression, end: int, limit: int) -> list[Expression]:
    """The 16 of "July 15 and 16"."""
    if first.rule != "date:month-day" or first.year is not None:
        return []
    match = re.compile(rf"\s+(?:and|or)\s+(?P<day>{_DAY})(?:,?\s+(?P<year>{_YEAR}))?(?![\d,%]|\s+[a-z]+s\b)").match(
        text, end, limit
    )
    if match is None:
        return []
    return [
        replace(
            first,
            span=match.span("day") if not match["year"] else (match.start("day"), match.end()),
            day=day_number(match["day"]),
            year=year_number(match["year"]),
        )
    ]


def _is_date(text: str, match: re.Match[str], name: str) -> bool:
    """Whether words that have the form of a date are one here."""
    start, end = match.span()
    before = text[max(0, start - 30) : start]
    if start and text[start - 1].isalnum():
        return False
    if name.startswith("days-of") and match[0].lower().startswith("from") and _MOVED.search(before):
        return False
    if name == "year":
        return not _NO_YEAR_BEFORE.search(before) and not _COUNTED.match(text, end)
    if name == "month":
        return _is_month(text, match, before)
    if name == "months" and match["month"].lower() in ("may", "march", "mar"):
        return match["year"] is not None or match["month2"] is not None
    return True


def _is_month(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a word is a month: "May" and "March" are only where the words around them say so; others are unless they begin a name."""
    if match["part"] or match["year"]:
        return True
    word, end = match["month"], match.end()
    if word.lower().rstrip(".") in ("may", "march", "mar", "sep", "dec", "jan", "jun"):
        return bool(
            re.search(
                r"\b(?:in|of|for|since|by|until|till|from|during|through|last|next|this|late|early|mid|between|before|after)[\s-]+$",
                before,
                re.IGNORECASE,
            )
        )
    return not (re.match(r"\s+[A-Z][a-z]+", text[end : end + 30]) and not _MONTH_ALONE_BEFORE.search(before))
