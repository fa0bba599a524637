"""What the words of an English date say: months, days, numbers, parts, and the fields of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

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
NUMBERS = {
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
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
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
ORDINALS = {
    word: n
    for n, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        start=1,
    )
}
DIRECTIONS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this past": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "this coming": 1,
    "upcoming": 1,
}
"""From the publication: -1 the one before, 0 the one in which it falls, 1 the one after."""
FROM_BEFORE = {
    "that": 0,
    "that same": 0,
    "the same": 0,
    "following": 1,
    "next": 1,
    "after": 1,
    "previous": -1,
    "preceding": -1,
    "before": -1,
}
"""From the date told before: which one is meant."""
HOLIDAY_NAMES = {
    "christmas": "christmas",
    "christmas day": "christmas",
    "christmas eve": "christmas-eve",
    "new years day": "new-year",
    "new years eve": "new-years-eve",
    "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving",
    "memorial day": "memorial-day",
    "veterans day": "veterans-day",
    "armistice day": "veterans-day",
    "labor day": "labor-day",
    "independence day": "independence-day",
    "the fourth of july": "independence-day",
    "easter": "easter",
    "easter sunday": "easter",
    "good friday": "good-friday",
    "pow/mia recognition day": "recognition-day",
    "national pow/mia recognition day": "recognition-day",
}
"""Holidays as texts of the field call them, by their names in `homeward.reading.holidays`."""
FIRST_OF_THIS_CENTURY = 30
"""Years of two digits below this are of this century: 12 Jul 50 is of 1950, 12 Jul 18 of 2018."""
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

Maker = Callable[[re.Match[str]], dict[str, Any]]


def month_number(word: str | None) -> int | None:
    """Return the number of a month by its name or abbreviation."""
    return MONTHS.get(word.rstrip(".").lower()) if word else None


def day_number(word: str | None) -> int | None:
    """Return the number of a day of the month, also from an ordinal in digits or letters."""
    if not word:
        return None
    return ORDINALS.get(word.lower()) or int(re.sub(r"\D", "", word))


def year_number(word: str | None, first: int | None = None) -> int | None:
    """Return a year; two digits are of the century of the first year of the range, or of the one that they mostly mean."""
    if not word:
        return None
    year = int(re.sub(r"\D", "", word))
    if year >= 100:
        return year
    if first is None:
        return year + (2000 if year < FIRST_OF_THIS_CENTURY else 1900)
    year += first - first % 100
    return year if year >= first else year + 100


def count_of(word: str) -> int:
    """Return a number up to a hundred, written as digits or as words."""
    if word.isdigit():
        return int(word)
    plain = " ".join(word.lower().split())
    tens, _, ones = plain.partition("-")
    return TENS[tens] + NUMBERS.get(ones, 0) if tens in TENS else NUMBERS[plain]


def _which(word: str, table: dict[str, int]) -> int:
    return table[" ".join(word.lower().split())]


def read_day(m: re.Match[str]) -> dict[str, Any]:
    """A day, with its year and day of the week where they are named."""
    return {
        "form": "day",
        "year": year_number(m["year"]),
        "month": month_number(m["month"]),
        "day": day_number(m["day"]),
        "weekday": WEEKDAYS.get((m.groupdict().get("weekday_name") or "").rstrip(".").lower()),
    }


def read_days(m: re.Match[str]) -> dict[str, Any]:
    """From a day to another."""
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


def read_months(m: re.Match[str]) -> dict[str, Any]:
    """From a month to another."""
    return {
        "form": "range",
        "year": year_number(m["year0"]) or year_number(m["year"]),
        "year2": year_number(m["year"]),
        "month": month_number(m["month"]),
        "month2": month_number(m["month2"]),
        "direction": {"last": -1, "this": 0}.get(m["which"] or ""),
    }


def read_months_of_year(m: re.Match[str]) -> dict[str, Any]:
    """The first six months, or the second quarter, of a year."""
    year, which = year_number(m["year"]), m["which"].lower()
    if m["n"] is None:
        first = 3 * (ORDINALS.get(which, 4) - 1) + 1
        last = first + 2
    else:
        first, last = (1, count_of(m["n"])) if which == "first" else (13 - count_of(m["n"]), 12)
    return {"form": "range", "year": year, "year2": year, "month": first, "month2": last}


def read_month(m: re.Match[str]) -> dict[str, Any]:
    """A month or a part of one."""
    return {
        "form": "month",
        "year": year_number(m["year"]),
        "month": month_number(m["month"]),
        "part": part_of(m["part"]),
    }


def part_of(word: str | None) -> str | None:
    """Return the part of a month or year that a word names."""
    return PARTS[re.sub(r"[-\s]+$", "", " ".join(word.lower().split()))] if word else None


def read_years(m: re.Match[str]) -> dict[str, Any]:
    """From a year to another."""
    first = year_number(m["year"])
    return {"form": "range", "year": first, "year2": year_number(m["year2"], first)}


def read_decade(m: re.Match[str]) -> dict[str, Any]:
    """A decade, by its first year: "the late 1980s", "the 50s"."""
    year = int(m["year"])
    return {"form": "decade", "year": year + 1900 if year < 100 else year, "part": part_of(m["part"])}


def read_fiscal_year(m: re.Match[str]) -> dict[str, Any]:
    """A fiscal year by its number."""
    year = int(m["year"])
    return {"form": "fiscal-year", "year": year + 2000 if year < 100 else year}


def read_day_word(m: re.Match[str]) -> dict[str, Any]:
    """Yesterday, today, tomorrow."""
    word = " ".join(m["word"].lower().split())
    offset = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return {"form": "relative", "unit": "day", "offset": offset}


def read_ago(m: re.Match[str]) -> dict[str, Any]:
    """So many days, weeks, months, years before the publication or after it."""
    n, unit = count_of(m["n"]), m["unit"].lower()
    sign = -1 if m["ago"].lower() == "ago" else 1
    exact = unit == "day" or (unit == "year" and n < 10)
    if unit == "week":
        return {"form": "relative", "unit": "day", "offset": 7 * n * sign, "about": True}
    if unit == "decade":
        return {"form": "relative", "unit": "year", "offset": 10 * n * sign, "about": True}
    return {"form": "relative", "unit": unit, "offset": n * sign, "about": not exact or m["about"] is not None}


def read_anniversary(m: re.Match[str]) -> dict[str, Any]:
    """The day or month of the publication, so many years before: "ten years ago this month"."""
    n = count_of(m["n"])
    if m["word"].lower() != "today":
        return {"form": "relative", "unit": "month", "offset": -12 * n}
    return {"form": "relative", "unit": "anniversary", "offset": -n}


def read_unit(m: re.Match[str]) -> dict[str, Any]:
    """Last week, next year, the end of this month, so far this year."""
    offset = _which(m["which"], DIRECTIONS)
    part = " ".join((m["part"] or "").lower().split())
    unit = m["unit"].lower().replace("fiscal ", "fiscal-")
    if part in ("earlier", "later", "so far") and offset == 0:
        return {"form": "relative", "unit": unit, "offset": 0, "so_far": 1 if part == "later" else -1}
    return {"form": "relative", "unit": unit, "offset": offset, "part": PARTS.get(part.split(" ")[0])}


def read_end_of_unit(m: re.Match[str]) -> dict[str, Any]:
    """The end of the year, the middle of next month."""
    offset = {"last": -1, "next": 1}.get(m["which"].lower(), 0)
    return {"form": "relative", "unit": m["unit"].lower(), "offset": offset, "part": PARTS[m["part"].lower()]}


def read_within_unit(m: re.Match[str]) -> dict[str, Any]:
    """Earlier in the week: from its beginning to the publication, or from then to its end."""
    return {
        "form": "relative",
        "unit": m["unit"].lower(),
        "offset": 0,
        "so_far": 1 if m["way"].lower() == "later" else -1,
    }


def read_weekend(m: re.Match[str]) -> dict[str, Any]:
    """The weekend without any other word."""
    return {"form": "relative", "unit": "weekend", "offset": 0, "direction": -1}


def read_of_year(m: re.Match[str]) -> dict[str, Any]:
    """A day or month of the year told from the publication or from the date before: "in May of that year"."""
    which = " ".join(m["which"].lower().split()).removeprefix("the ")
    groups = m.groupdict()
    fields: dict[str, Any] = {"unit": "year"}
    if groups.get("season"):
        fields["season"] = SEASONS[m["season"].lower()]
    else:
        fields |= {"month": month_number(m["month"]), "day": day_number(m["day"] or m["day_before"])}
    if which in ("this", "last", "next"):
        return {"form": "relative", "offset": DIRECTIONS[which], **fields}
    return {"form": "anaphor", "offset": FROM_BEFORE["the same" if which == "same" else which], **fields}


def read_season(m: re.Match[str]) -> dict[str, Any]:
    """A season, with its year where it is named."""
    year = m.groupdict().get("year")
    return {"form": "season", "season": SEASONS[m["season"].lower()], "year": int(year) if year else None}


def read_week_of_month(m: re.Match[str]) -> dict[str, Any]:
    """The second week of a month."""
    first = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": 22}[m["which"].lower()]
    year = year_number(m["year"])
    fields = {"form": "range", "year": year, "year2": year, "month": month_number(m["month"])}
    return {**fields, "day": first, "day2": first + 6}


def read_directed(m: re.Match[str]) -> dict[str, Any]:
    """A day of the week, month, season or holiday that is the last, this or the next one."""
    direction = _which(m["which"], DIRECTIONS)
    name = m["name"].lower()
    if name in WEEKDAYS:
        planned = "coming" in m["which"].lower()
        return {"form": "weekday", "weekday": WEEKDAYS[name], "direction": direction or None, "planned": planned}
    if name in SEASONS:
        return {"form": "season", "season": SEASONS[name], "direction": direction}
    return {"form": "month", "month": month_number(name), "direction": direction}


def read_weekday(m: re.Match[str]) -> dict[str, Any]:
    """A day of the week."""
    return {"form": "weekday", "weekday": WEEKDAYS[m["name"].lower()]}


def read_anaphor(m: re.Match[str]) -> dict[str, Any]:
    """A day, week, month or year counted from the date told before: "that day", "the following month"."""
    words = " ".join(m[0].lower().split())
    offset = (
        -1 if "previous" in words or words.endswith("before") else 0 if words.startswith(("that", "the same")) else 1
    )
    return {"form": "anaphor", "unit": m["unit"].lower(), "offset": offset}


def read_named_after(m: re.Match[str]) -> dict[str, Any]:
    """A month, season or day of the week by its order to the date told before: "the following spring", "the October before"."""
    name, which = (m["name"] or m["name_"]).lower(), (m["way"] or m["after"]).lower()
    fields = {"form": "anaphor", "offset": FROM_BEFORE[which]}
    if name in SEASONS:
        return {**fields, "unit": "season", "season": SEASONS[name]}
    if name in WEEKDAYS:
        return {**fields, "unit": "weekday", "weekday": WEEKDAYS[name]}
    return {**fields, "unit": "month", "month": month_number(name)}


def read_day_of_month(m: re.Match[str]) -> dict[str, Any]:
    """A day of the month that the text was in: "on the 27th", "the 24th of that month"."""
    return {"form": "anaphor", "unit": "month", "offset": 0, "day": day_number(m["day"])}


def read_later(m: re.Match[str]) -> dict[str, Any]:
    """So many days, weeks, months or years from the date told before."""
    unit, n = m["unit"].lower(), count_of(m["n"])
    sign = -1 if m["way"].lower() in ("earlier", "before") else 1
    return {"form": "anaphor", "unit": unit, "offset": sign * n, "about": unit != "day"}


def read_numeric(m: re.Match[str]) -> dict[str, Any]:
    """A day in figures: 7/12/2018, 12.7.2018."""
    first, second = int(m["first"]), int(m["second"])
    year = year_number(m["year"])
    if m["sign"] == "." or first > 12:
        first, second = second, first
    other = (second, first) if second <= 12 and first != second and m["sign"] == "/" else None
    return {"form": "day", "year": year, "month": first, "day": second, "other": other}


def read_holiday(m: re.Match[str]) -> dict[str, Any]:
    """A holiday, or so many days before or after it: "two days before Christmas in 1943"."""
    name = re.sub(r"[’']", "", " ".join(m["name"].lower().split()))
    which = m["which"]
    offset = 0
    if m["n"]:
        offset = count_of(m["n"]) * (7 if m["unit"].lower() == "week" else 1)
        offset *= -1 if m["way"].lower() == "before" else 1
    return {
        "form": "holiday", "holiday": HOLIDAY_NAMES[name], "year": year_number(m["year"]), "offset": offset,
        "direction": _which(which, DIRECTIONS) if which else None,
    }  # fmt: skip
