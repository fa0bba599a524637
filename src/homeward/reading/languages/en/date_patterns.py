"""How English texts word dates: one pattern for each way, with the reading of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from homeward.reading.languages.en import date_words as said

Maker = Callable[[re.Match[str]], dict[str, Any]]

MONTH_NAME = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MONTH = rf"(?:{MONTH_NAME}|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_ORDINAL = rf"(?:{'|'.join(sorted(said.ORDINALS, key=len, reverse=True))})"
_SHORT_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WEEKDAY_SHORT = rf"(?:{_WEEKDAY}|(?:Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.?)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:\s+(?:to|through|until|till|and)\s+|{_DASH})"
_COUNT = (
    r"(?<![\w-])(?:\d{1,3}|a couple of|couple of|an?|"
    rf"(?:{'|'.join(said.TENS)})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|{'|'.join(word for word in said.NUMBERS if len(word) > 2 and ' ' not in word)})"
)
_PART = r"(?i:early|mid|late|middle|beginning|start|end|first half|second half)"
_IN_PART = rf"(?:(?:the\s+)?(?P<part>{_PART})(?:\s+of\s+|(?<=[ey])\s+in\s+|[-\s]+))?"
_ON = rf"(?:(?P<weekday_name>{_WEEKDAY_SHORT}),?\s+(?:the\s+)?)?"
_FROM = r"(?:(?:[Ff]rom|[Bb]etween)\s+)?"
_DIRECTION = r"(?i:this\s+past|this\s+coming|last|past|this|next|coming)"
_HOLIDAY = (
    r"(?:Christmas(?:\s+(?:Day|Eve))?|New\s+Year[’']?s\s+(?:Day|Eve)|Thanksgiving(?:\s+Day)?|Memorial\s+Day|Veterans\s+Day|Armistice\s+Day|Labor\s+Day|"
    r"Independence\s+Day|the\s+Fourth\s+of\s+July|Easter(?:\s+Sunday)?|Good\s+Friday|(?:National\s+)?POW/MIA\s+Recognition\s+Day)"
)

RULES: tuple[tuple[str, re.Pattern[str], Maker], ...] = tuple(
    (name, re.compile(pattern, flags), maker)
    for name, pattern, flags, maker in (
        ("iso-day", rf"(?<![\d/-])(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])", 0,
         lambda m: {"form": "day", "year": int(m["year"]), "month": int(m["month"]), "day": int(m["day"])}),
        ("year-first-day", rf"(?<![\d/.-])(?P<year>{YEAR})(?P<sign>[/.])\s?(?P<month>0?[1-9]|1[0-2])(?P=sign)\s?(?P<day>0?[1-9]|[12]\d|3[01])(?![\d/])", 0,
         lambda m: {"form": "day", "year": int(m["year"]), "month": int(m["month"]), "day": int(m["day"])}),
        ("numeric-day", rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<sign>[/.])(?P<second>\d{{1,2}})(?P=sign)(?P<year>{YEAR})(?![\d/])", 0, said.read_numeric),
        ("days-of-two-months", rf"{_FROM}{_ON}(?P<month>{MONTH})\s+(?P<day>{DAY})(?:,?\s+(?P<year0>{YEAR}))?{_TO}(?P<month2>{MONTH})\s+(?P<day2>{DAY})(?!\d)(?:,?\s+(?P<year>{YEAR}))?(?![\d,]*\d)", 0, said.read_days),
        ("days-before-two-months", rf"(?:[Ff]rom|[Bb]etween)\s+(?:the\s+)?(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<year0>{YEAR}))?{_TO}(?:the\s+)?(?P<day2>{DAY})(?:\s+of)?\s+(?P<month2>{MONTH})(?![a-z])(?:,?\s+(?P<year>{YEAR}))?(?![\d,]*\d)", 0, said.read_days),
        ("days-of-a-month", rf"{_FROM}(?P<month>{MONTH})\s+(?P<day>{DAY})(?:\s+(?:to|through|until)\s+|{_DASH}|(?<=\d)/(?=\d))(?P<day2>{DAY})(?!\d|[/:])(?:,?\s+(?P<year>{YEAR}))?(?![\d,]*\d)", 0, said.read_days),
        ("days-before-month", rf"{_FROM}(?P<day>{DAY})(?:\s+(?:to|through|until|and)\s+|{_DASH})(?P<day2>{DAY})\s+(?P<month>{MONTH})(?![a-z])(?:,?\s+(?P<year>{YEAR}))?", 0, said.read_days),
        ("weekday-day", rf"(?P<weekday_name>{_WEEKDAY})\s*\((?P<month>{MONTH})\s+(?P<day>{DAY})(?:,?\s+(?P<year>{YEAR}))?\)", 0, said.read_day),
        ("weekday-day-month", rf"(?P<weekday_name>{_WEEKDAY})\s*\((?P<day>{DAY})\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?\)", 0, said.read_day),
        ("of-year", rf"(?:(?P<day_before>{DAY})\s+)?(?P<month>{MONTH})(?:\s+(?P<day>{DAY}))?,?\s+(?:of\s+)?(?P<which>last|this|next|(?:that|the)\s+same|that|the\s+(?:following|next|previous|preceding))\s+year\b", 0, said.read_of_year),
        ("season-of-year", rf"(?P<season>{_SEASON})\s+of\s+(?P<which>last|this|next|(?:that|the)\s+same|that|the\s+(?:following|next|previous|preceding))\s+year\b", 0, said.read_of_year),
        ("month-day", rf"{_ON}(?P<month>{MONTH})\s+(?P<day>{DAY})(?![\d:/]|,\d|\.\d|\s?%)(?:(?:,\s*|\s+(?:in\s+|of\s+)?)(?P<year>{YEAR})(?![\d,]*\d))?", 0, said.read_day),
        ("day-month", rf"(?:{_ON}(?:the\s+)?)(?<![\d,.$])(?P<day>{DAY})(?:\s+of)?\s+(?P<month>{MONTH})(?![a-z])(?:,?\s+(?P<year>{YEAR})(?![\d,]*\d))?", 0, said.read_day),
        ("ordinal-month", rf"\bthe\s+(?P<day>{_ORDINAL})(?:\s+day)?\s+of\s+(?P<month>{MONTH_NAME})(?:,?\s+(?P<year>{YEAR})(?![\d,]*\d))?", 0, said.read_day),
        ("day-mon-year", rf"(?<!\d)(?P<day>{DAY})[-\s]?(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[-\s]?(?P<year>{YEAR})", 0, said.read_day),
        ("military-day", rf"(?<![\d.,])(?P<day>{DAY})[-\s](?P<month>{_SHORT_MONTH}|{MONTH_NAME})[-\s]['’]?(?P<year>\d\d)(?![\d,.:%-]*\d|\s+(?:[a-z]+s|men|people|percent)\b)", 0, said.read_day),
        ("months", rf"{_FROM}(?P<month>{MONTH})(?:,?\s+(?P<year0>{YEAR}))?{_TO}(?P<month2>{MONTH})(?![a-z])(?!\s+\d{{1,2}}\b(?!\d))(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|\s+(?:of\s+)?(?P<which>last|this)\s+year\b)?(?![\d,]*\d)", 0, said.read_months),
        ("months-of-year", rf"\bthe\s+(?P<which>first|last|second|third|fourth)\s+(?:(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven)\s+months|quarter)\s+of\s+(?P<year>{YEAR})", 0, said.read_months_of_year),
        ("month", rf"{_IN_PART}(?P<month>{MONTH})(?![a-zA-Z’'-])(?!\s+{DAY}\b(?!\d))(?:(?:,|\s+of)?\s+(?P<year>{YEAR})(?![\d,]*\d))?", 0, said.read_month),
        ("fiscal-year", rf"(?:fiscal[\s-]+year[\s-]+|FY\s?-?|FY’|FY')(?P<year>{YEAR}|\d\d)\b", re.IGNORECASE, said.read_fiscal_year),
        ("end-of-unit", r"\b(?:the\s+)?(?P<part>beginning|start|middle|end)\s+of\s+(?P<which>the|this|next|last)\s+(?P<unit>month|year)\b", re.IGNORECASE, said.read_end_of_unit),
        ("season", rf"(?:(?:early|late|mid)[-\s]+(?:in\s+the\s+)?)?(?P<season>{_SEASON})(?:,?\s+of|,)?\s+(?P<year>{YEAR})(?:[-–/]\d\d(?!\d))?", re.IGNORECASE, said.read_season),
        ("years", rf"{_FROM}(?<![\d$€£,.])(?P<year>{YEAR})(?:\s+(?:to|through|until|till)\s+|{_DASH}|/)['’]?(?P<year2>{YEAR}|\d\d)(?![\d/:]|-\d|,\d|\.\d|\s?%|\s+(?:soldiers|remains|sets|boxes|people)\b)", 0, said.read_years),
        ("years-between", rf"[Bb]etween\s+(?P<year>{YEAR})\s+and\s+['’]?(?P<year2>{YEAR}|\d\d)(?![\d/:]|-\d|,\d|\.\d|\s?%)", 0, said.read_years),
        ("decade", r"(?:(?:the\s+)?(?P<part>early|mid|late|middle|end|beginning)(?:\s+of\s+(?:the\s+)?|[-\s]+(?:the\s+)?))?(?P<year>1[6-9]\d0|20\d0)['’]?s\b", re.IGNORECASE, said.read_decade),
        ("decade-short", r"\b(?:the\s+)(?:(?P<part>early|mid|late)[-\s]+)?['’]?(?P<year>[3-9]0)['’]?s\b", re.IGNORECASE, said.read_decade),
        ("year", rf"(?:(?:the\s+)?(?P<part>{_PART})(?:\s+of\s+|[-\s]+))?(?<![\d$€£,./#:-])(?P<year>{YEAR})(?![\d/:%]|,\d{{3}}|\.\d|-\d|['’]?s\b|\s?(?:GMT|KST|UTC|hours)\b)", 0,
         lambda m: {"form": "year", "year": int(m["year"]), "part": said.part_of(m["part"])}),
        ("year-short", r"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bby\s)|(?<=\bsince\s))['’](?P<year>\d\d)\b(?!['’]?s)", 0, lambda m: {"form": "year", "year": said.year_number(m["year"])}),
        ("anniversary", rf"\b(?:about\s+|nearly\s+|almost\s+|exactly\s+)?(?P<n>{_COUNT})\s+years?\s+(?:ago\s+)?(?P<word>this\s+month|today)\b", re.IGNORECASE, said.read_anniversary),
        ("ago", rf"(?P<about>about\s+|some\s+|around\s+|nearly\s+|almost\s+|more\s+than\s+|over\s+)?(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|decade)s?\s+(?P<ago>ago|from\s+now)\b", re.IGNORECASE, said.read_ago),
        ("day-word", r"\b(?P<word>yesterday|today|tomorrow|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b", re.IGNORECASE, said.read_day_word),
        ("unit", r"\b(?:(?P<part>early|late|mid|earlier|later|so\s+far|end\s+of|beginning\s+of)[-\s]+(?:the\s+)?)?(?P<which>last|this|next|past|coming|previous|current)\s+(?P<unit>week|weekend|month|year|decade|fiscal\s+year)\b(?!\s+(?:\w+\s+)?(?:ago|before|later))", re.IGNORECASE, said.read_unit),
        ("within-unit", r"\b(?P<way>earlier|later)\s+in\s+the\s+(?P<unit>week|month|year)\b", re.IGNORECASE, said.read_within_unit),
        ("weekend", r"\b(?:over|at)\s+the\s+weekend\b", re.IGNORECASE, said.read_weekend),
        ("bare-season", rf"\b(?:in|during|by|until|since)\s+(?:the\s+)?(?P<season>{_SEASON})\b(?!\s+(?:of|\d))", re.IGNORECASE, said.read_season),
        ("week-of-month", rf"(?:the\s+)?(?P<which>first|second|third|fourth|last)\s+week\s+of\s+(?P<month>{MONTH})(?![a-z])(?:,?\s+(?P<year>{YEAR}))?", re.IGNORECASE, said.read_week_of_month),
        ("directed", rf"\b(?P<which>{_DIRECTION})\s+(?P<name>{_WEEKDAY}|{MONTH_NAME}|{_SEASON})\b(?!\s+{DAY}(?!\d)\b|,?\s+{YEAR})", 0, said.read_directed),
        ("holiday", rf"(?:\b(?P<n>{_COUNT})\s+(?P<unit>day|week)s?\s+(?P<way>before|after)\s+)?(?:\b(?P<which>{_DIRECTION})\s+)?\b(?P<name>{_HOLIDAY})\b(?!\s+[A-Z])(?:,?\s+(?:in\s+|of\s+)?(?P<year>{YEAR}))?", 0, said.read_holiday),
        ("weekday", rf"(?<!Good )(?<!Black )(?<!Ash )(?<!Holy )(?<!Palm )(?<!Easter )\b(?P<name>{_WEEKDAY})(?!['’]?s?\s+(?:Times|Post|Herald|Night\s+Football))\b", 0, said.read_weekday),
        ("anaphor", r"\b(?:that(?:\s+same)?|the\s+same|the\s+(?:next|following|previous))\s+(?P<unit>day|week|month|year)\b", re.IGNORECASE, said.read_anaphor),
        ("anaphor-before", r"\bthe\s+(?P<unit>day|week|month|year)\s+(?:before|after)(?=\s*[.,;:]|\s+that\b|$)", re.IGNORECASE, said.read_anaphor),
        ("named-after", rf"\b[Tt]he\s+(?:(?P<way>following|next|previous|preceding)\s+(?P<name>{_WEEKDAY}|{MONTH_NAME}|{_SEASON})\b|(?P<name_>{_WEEKDAY}|{MONTH_NAME}|{_SEASON})\s+(?P<after>before|after)(?=\s*[.,;:)]|\s+and\b|\s*$))", 0,
         said.read_named_after),
        ("day-of-that-month", rf"\bthe\s+(?P<day>{DAY})\s+of\s+(?:that|the|the\s+same)\s+month\b", 0, said.read_day_of_month),
        ("day-of-month", r"(?<=\bon\s)the\s+(?P<day>(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th))(?!\s+(?:and|to|or)\s+(?:the\s+)?\d)(?=[.,;:]|\s+(?:and|but|he|she|they|it|we|the|in|at|by|to|with|when|after|for)\b|$)", 0, said.read_day_of_month),
        ("later", rf"\b(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>later|earlier|afterwards?|(?:after|before)(?=[.,;]))", re.IGNORECASE, said.read_later),
    )
)  # fmt: skip
"""Names, patterns and readings; where two want the same words, the longer wins, then the earlier."""
