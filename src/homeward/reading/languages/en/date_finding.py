"""The dates that an English text words, with what the words around them say: past or to come, a date or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homeward.reading.expressions import Expression
from homeward.reading.languages.en.date_patterns import DAY, RULES, YEAR, Maker
from homeward.reading.languages.en.date_words import day_number, year_number
from homeward.reading.text.sentences import Sentence

LOOKED_BACK = 200
"""Characters before a date in which the words stand that tell whether it is past or to come."""
_PLANNED = re.compile(
    r"(?:\b(?:scheduled|rescheduled|set|slated|planned|due|expected|seek(?:s|ing)?|sought|want(?:s|ed|ing)?|moved|postponed|delayed|pushed(?:\s+back)?|put\s+off|deferred|arranged|proposed|agreed|pledged|promised|vowed|meet|return|begin|start|resume|take\s+place|be\s+held|offered|suggested|"
    r"will|would|(?:is|are)\s+(?:(?:now|still|also|then)\s+)?to\s+(?!date\b)\w+|for\s+(?:an?|the|two|three|its|their)\s+(?:[\w-]+\s+){1,4}to\s+\w+|(?<!believed )(?<!thought )(?<!said )(?<!known )(?<!presumed )to\s+be\s+\w+(?:ed|n|ld|nt|ht))\b[^;\"”“]{0,180}?\b(?:for|to|until|till|on|by|in)\s+(?:(?:about|around|or|later|early|late)\s+)*(?:the\s+|next\s+|this\s+)?|\b(?:next|coming|upcoming)\s+(?:the\s+)?|"
    r"\b(?:seek(?:s|ing)?|propos\w+|offer\w+|want\w*)\s+(?:an?|the|another|to)\s+(?:[\w-]+\s+){0,3}|"
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
_FROM_TO = frozenset(["days-of-two-months", "days-before-two-months", "months"])
_AND = re.compile(r"\sand\s")
"""Two dates and not a range, unless "between" stands before them."""
_NEXT_CLAUSE = re.compile(r"[,;]\s+(?:and|but|while|whereas|after)\s+")
_SAID_ON = re.compile(
    r"\b(?:said|says|announced|reported|told\s+(?:\w+\s+){1,3})\s*(?:here\s+)?(?:in\s+[A-Z]\w+\s+)?(?:late\s+|early\s+)?(?:on\s+)?$"
)
"""The day on which something was said, whatever it is about: "they will meet again, he said on Tuesday"."""
_PAST_PERFECT = re.compile(r"\bhad\b(?!\s+to\b)[^.;:]{0,80}$")
_ON_DAY = re.compile(r"\b(?:on|at|by|before|after|since|until|till|around|of)\s+$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever\s+)?since\s+(?:(?:the|late|early|at\s+least|about|around)\s+)*$", re.IGNORECASE)
_JOINED = re.compile(r",?\s+(?:and|or|to)\s+(?:on\s+|in\s+)?|,\s+")
"""What stands between two dates of one kind: "on Monday and Tuesday"."""
_LEADS = re.compile(
    r"(?:^|[,;]\s|\bthat\s|\band\s)\s*(?:by|on|in|from|until)\s+(?:the\s+)?(?:(?:end|beginning|start|middle)\s+of\s+)?$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r",?\s+(?:(?:the|an?|its|their|his|two|three)\s+)?(?:[\w’'-]+\s+){1,5}(?:will|shall|would|is\s+to|are\s+to)\s+(?!have\b)\w+"
)
_CUSTOM = re.compile(r"\b(?:each|every|annual|always|traditional\w*|often|usually)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:identified|accounted[\s-]for|announced|notified)\s+(?:\w+ly\s+)?(?:on\s+|in\s+)?$", re.IGNORECASE
)
"""What a release tells after the story: "who was lost Sept. 17, 1965, and identified March 1"."""
_LOST = re.compile(
    r"\b(?:missing|killed|captured|wounded|died|lost|shot\s+down|taken\s+prisoner|went\s+down)\s+(?:in\s+action\s+)?(?:there\s+)?(?:on|in)\s+$",
    re.IGNORECASE,
)
_MONTH_ALONE_BEFORE = re.compile(
    r"\b(?:in|of|since|by|until|till|from|during|through|throughout|between|before|after|for|this|last|next|early|late|mid|to|and|or|each|every|the|that|a|as|like)[\s-]+$",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|fall|winter|today|"
    r"yesterday|tomorrow|tonight|last|this|next|past|previous|coming|ago|later|earlier|that|same|following|from\s+now|weekend|"
    r"christmas|thanksgiving|memorial|veterans|armistice|easter|recognition|labor|independence|new\s+year|the\s+(?:day|week|month|year)\s+(?:before|after))",
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
            if found and found[-1].sentence == number and _JOINED.fullmatch(text, found[-1].span[1], start):
                expression = replace(expression, planned=expression.planned or found[-1].planned)
                found[-1] = _with_year_of(found[-1], expression)
            second = _second_day(text, expression, match.end(), sentence.end)
            found += [replace(expression, year=one.year) for one in second] or [expression]
            found += second
            end = found[-1].span[1]
    return found


def _expression(text: str, sentence: Sentence, number: int, name: str, match: re.Match[str], make: Maker) -> Expression:
    parts = make(match)
    start, end = match.span()
    before = text[max(sentence.start, start - LOOKED_BACK) : start] + ("in " if name == "bare-season" else "")
    was_planned = bool(_WAS_PLANNED.search(before))
    planned = (
        bool(_PLANNED.search(_NEXT_CLAUSE.split(before)[-1]))
        and not was_planned
        and not _SAID_ON.search(before)
        and not _AT_SUMMIT.search(before)
        and not _WHEN_PAST.search(before)
        and not _BUT_NOT.match(text, end, sentence.end)
    )
    planned = planned or (not was_planned and _leads_what_is_to_come(text, before, end, sentence.end))
    parts.setdefault("planned", planned)
    parts["was_planned"] = was_planned and not planned
    if _ABOUT.search(before):
        parts["about"] = True
    parts["past"] = not planned and not was_planned and _PAST_PERFECT.search(before) is not None
    if _LATEST.search(before):
        parts["recent"] = True
    if _LOST.search(before):
        parts["is_loss"] = True
    if _SINCE.search(before):
        parts["since"] = True
    return Expression(span=(start, end), rule=f"date:{name}", sentence=number, paragraph=sentence.paragraph, **parts)


def _leads_what_is_to_come(text: str, before: str, end: int, limit: int) -> bool:
    """Whether a date at the head of a clause leads what is still to come: "by the end of May digging would commence"."""
    return _LEADS.search(before) is not None and _TO_COME.match(text, end, limit) is not None


def _with_year_of(one: Expression, other: Expression) -> Expression:
    """The January of "January and February 2018", with the year that stands after the other month."""
    if one.form != "month" or other.form != "month" or one.month is None or other.month is None:
        return one
    if one.year is not None or other.year is None:
        return one
    return replace(one, year=other.year - 1 if one.month > other.month else other.year)


def _second_day(text: str, first: Expression, end: int, limit: int) -> list[Expression]:
    """The 16 of "July 15 and 16"."""
    if first.rule != "date:month-day" or first.year is not None:
        return []
    match = re.compile(
        rf"\s+(?:and|or)\s+(?P<day>{DAY})(?:,?\s+(?:in\s+|of\s+)?(?P<year>{YEAR}))?(?![\d,%]|\s+[a-z]+s\b)"
    ).match(text, end, limit)
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
    if name in _FROM_TO and _AND.search(match[0]) and not match[0].lower().startswith("between"):
        return False
    if name == "holiday":
        return _is_day_of(text, match, before)
    if name.startswith("days-of") and match[0].lower().startswith("from") and _MOVED.search(before):
        return False
    if name == "year":
        return not _NO_YEAR_BEFORE.search(before) and not _COUNTED.match(text, end)
    if name == "month":
        return _is_month(text, match, before)
    if name == "months" and match["month"].lower() in ("may", "march", "mar"):
        return match["year"] is not None or match["month2"] is not None
    return True


def _is_day_of(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a holiday stands for a day, and not for the custom: "on Memorial Day", not "the Memorial Day parade"."""
    if match["year"] or match["which"] or match["n"]:
        return True
    return (
        _ON_DAY.search(before) is not None and _CUSTOM.search(text, max(0, match.start() - 60), match.start()) is None
    )


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
