"""Organisations on no list: by a word in their name, ministries in small letters, military units, newspapers, short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homeward.reading.drafts import Span
from homeward.reading.languages.en import name_words as told
from homeward.reading.languages.en.gathered_names import Found, Gathered
from homeward.reading.names.lexicon import PARTY, words_of
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

_CAPITAL = r"[A-Z][\w’'/&-]*"
_PHRASE = re.compile(
    rf"(?<![\w’'-])(?:{_CAPITAL}\s+){{0,5}}?(?P<head>{told.ORGANISATION.pattern[1:-1]}|Armed\s+Forces|Task\s+Force)"
    rf"(?P<rest>(?:\s+(?:of|for|on|under)\s+(?:the\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,4}}(?:(?:,\s+{_CAPITAL})*,?\s+and\s+{_CAPITAL}(?:\s+{_CAPITAL})?)?){{1,3}})"
)
_PEOPLE_OF = re.compile(
    rf"(?<![\w’'-])(?:{_CAPITAL}\s+){{0,2}}?(?:Veterans|Mothers|Families|Friends|Sons|Daughters|Widows|Relatives|Survivors|Women|Citizens|Children|Doctors|Physicians)"
    rf"\s+(?:of|for|[Ww]ithout|[Aa]gainst)\s+(?:the\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}|(?<![\w’'-])Task\s+Force\s+{_CAPITAL}"
)
"""Associations named after who is in them: "Vietnam Veterans of America", "Mothers of Srebrenica"."""
_LONGER = re.compile(r"(?:\s+(?:[A-Z][\w'’-]+|of|on|and|for|&)){1,5}")
_UNIT = re.compile(
    r"(?<![\w,-])(?:(?:\d{1,4}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|[A-Z][a-z]+)\s+)(?:[A-Z][A-Za-z-]+\s+){0,3}"
    r"(?:Division|Battalion|Regiment|Brigade|Squadron)\b(?!,\s+(?:\d{1,4}(?:st|nd|rd|th|d)|[A-Z])[\w\s,]{0,80}(?:Division|Battalion|Regiment|Brigade))"
)
_LARGE_UNIT = re.compile(
    r"(?<![\w,-])(?:\d{1,4}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)\s+(?:U\.?S\.?\s+|[A-Z][A-Za-z-]+\s+){0,2}"
    r"(?:Army|Corps|Fleet|Air\s+Force|(?:Bombardment|Bomb|Fighter|Troop\s+Carrier|Tactical)\s+(?:Group|Wing)|Graves\s+Registration\s+(?:Company|Group|Command|Service))\b(?!\s+(?:Base|Station))"
)
_INSTITUTIONS = frozenset(("University", "College", "Archaeology", "Hospital", "Museum", "Polytechnic"))
"""Words that a town makes the name of an institution: "Glasgow University"."""
_PAPER = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|broadcaster|news\s+agency|news\s+site|website|tabloid|channel)\s+(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"
)
_FIRM = re.compile(r"(?<![\w’'-])(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}),?\s(?:Inc|Ltd|LLC|GmbH|plc)\b")
_SHORT = re.compile(r"\s\((?:the\s+)?(?P<form>[A-Z][A-Za-z/&-]{1,9})\)")
_COUNTRIES = ("government",)


def phrases(names: Gathered) -> None:
    """Add organisations with what they are for: "the Coordination Headquarters for the Treatment of Prisoners of War"."""
    for sentence in names.sentences:
        for match in _PHRASE.finditer(names.text, sentence.start, sentence.end):
            span = _without_first_words(names, match)
            if not _is_known(names, span, match.span("head")):
                names.take_over(span)
                kind = told.KINDS.get(match["head"].split()[-1])
                names.add(PARTY, span, 0.75, "names:organisation by a word in it", kind=kind)
        for match in _PEOPLE_OF.finditer(names.text, sentence.start, sentence.end):
            if not any(_is_body(one) and _meets(one, match.span()) for one in names.found):
                names.take_over(match.span())
                names.add(PARTY, match.span(), 0.7, "names:association by who is in it", kind="non-profit")


def _without_first_words(names: Gathered, match: re.Match[str]) -> Span:
    """The phrase without an article, and without what ends before a known name begins that is no part of it."""
    start, end = match.span()
    first = re.compile(r"(?:The|A|An|In|At|By|And|But|Of|For)\s+").match(names.text, start, match.start("head"))
    return (first.end() if first else start), end


def _is_body(one: Found) -> bool:
    """Whether a name is of a party that is no country."""
    return one.what == PARTY and one.kind not in (*_COUNTRIES, None)


def _meets(one: Found, span: Span) -> bool:
    """Whether a name is mentioned in some words."""
    return any(start < span[1] and span[0] < end for start, end in one.mentions)


def _is_known(names: Gathered, span: Span, head: Span) -> bool:
    """Whether a known organisation has the word that makes the phrase one, or nothing of it is known but its country."""
    for one in names.found:
        for start, end in one.mentions:
            if (
                start < span[1]
                and span[0] < end
                and (start <= head[0] < end or (one.kind not in (*_COUNTRIES, None) and start <= span[0]))
            ):
                return True
    return False


def organisation_of(names: Gathered, tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Add an organisation by a word in its name; return whether it is one, or the part of one that names nobody."""
    words = [token.text for token in tokens if token.text != "."]
    span = (tokens[0].start, tokens[-1].end)
    if len(words) == 1:
        return told.ORGANISATION.match(words[0]) is not None or words[0] == "Team"
    for i, word in enumerate(words[:-1]):
        if told.ORGANISATION.match(word) and words[i + 1] in ("of", "on", "for"):
            names.add(PARTY, span, 0.75, "names:organisation by a word in it", kind=told.KINDS.get(word))
            return True
    is_team = len(words) >= 3 and words[-1] == "Team"
    if told.ORGANISATION.match(words[-1]) or is_team:
        if span[0] > sentence.start or words[0] not in told.NOT_NAMES:
            kind = "press" if told.PRESS.match(words[-1]) else told.KINDS.get(words[-1])
            names.add(PARTY, span, 0.75, "names:organisation by its last word", kind=kind)
        return True
    return words[-1] == "Team" or (
        len(words) == 2 and words[0] in ("International", "National", "Regional", "Memorial")
    )


def ministries(names: Gathered) -> None:
    """Add ministries in small letters: "the Lao foreign ministry", "the ministry of justice"."""
    for match in told.MINISTRY.finditer(names.text):
        start, end = match.span("name")
        span = (start + 4 if names.text.startswith("The ", start) else start, end)
        if not all(names.covered[i] for i in range(*span)):
            names.add(PARTY, span, 0.7, "names:ministry in small letters", kind="ministry")


def units(names: Gathered) -> None:
    """Add military units by number and kind; of a chain of them the last and largest."""
    for match in _LARGE_UNIT.finditer(names.text):
        names.take_over(match.span())
        names.add(PARTY, match.span(), 0.6, "names:military unit", kind="forces")
    for match in _UNIT.finditer(names.text):
        first = match[0].split()[0]
        span = (match.start() + len(first) + 1, match.end()) if first in told.NOT_NAMES else match.span()
        if " " in names.text[slice(*span)] and not names.is_covered(span):
            names.add(PARTY, span, 0.6, "names:military unit", kind="forces")


def papers(names: Gathered) -> None:
    """Add newspapers that are called so: "the daily Dnevni Glas"."""
    for match in _PAPER.finditer(names.text):
        if not names.is_covered(match.span("name")):
            names.add(PARTY, match.span("name"), 0.7, "names:press by its kind", kind="press")


def firms(names: Gathered) -> None:
    """Add companies by the letters of their legal form: "History Flight, Inc."."""
    for match in _FIRM.finditer(names.text):
        if not names.is_covered(match.span("name")):
            names.add(PARTY, match.span("name"), 0.75, "names:company by its form", kind="non-profit")


def short_forms(names: Gathered) -> None:
    """Add the mentions of an organisation by the short form that stands after its name in brackets."""
    for one in [one for one in names.found if one.what == PARTY and one.known is None]:
        for span in list(one.mentions):
            match = _SHORT.match(names.text, span[1])
            if match is None or sum(letter.isupper() for letter in match["form"]) < 2 or match["form"] in one.aliases:
                continue
            one.aliases.add(match["form"])
            for place in re.finditer(rf"(?<![\w-]){re.escape(match['form'])}(?![\w-])", names.text):
                if not names.is_covered(place.span()):
                    names.mention(one, place.span())


def begins_an_organisation(text: str, span: Span, starts: set[int]) -> bool:
    """Return whether a known name is the beginning of a longer one: "Senate Armed Services Committee", "South China Sea"."""
    match = _LONGER.match(text, span[1])
    if match is None or text[span[1] : span[1] + 2] in ("'s", "’s"):
        return False
    words = re.findall(r"\S+", match[0])
    if words[0] in _INSTITUTIONS:
        return True
    if told.PLACE_AFTER.match(words[0]):
        return True
    ends = [i for i, word in enumerate(words) if told.ORGANISATION.match(word)]
    of = bool(ends) and ends[0] == 0 and words[1:2] in (["of"], ["on"], ["for"])
    goes_on = ends[:2] == [0, 1]
    if not ends or (not ends[0] and not of and not goes_on):
        return False
    at = span[1]
    for word in words[: ends[0] + 1]:
        at = text.index(word, at)
        if at in starts:
            return False
    return True


def speaks_of_american_forces(names: Gathered) -> bool:
    """Return whether a text names the United States or one of their agencies, so that "the Army" is theirs."""
    return any(one.known is not None and _is_american(one.known.name) for one in names.found)


def _is_american(name: str) -> bool:
    words = words_of(name)
    return ("united" in words and "states" in words and "army" not in words) or name.startswith(
        ("Defense P", "Joint POW")
    )
