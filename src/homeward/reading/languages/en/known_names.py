"""Mentions of names that are in the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from homeward.reading.drafts import Span
from homeward.reading.names.lexicon import PARTY, PERSON, PLACE, Known, Lexicon
from homeward.reading.romanisation import name_keys, plain_letters, syllables_of
from homeward.reading.text.sentences import Sentence

_PART = re.compile(r"[^-–/\s]+|/")
_RANK = re.compile(r"\s+(?:Sgt|Cpl|Pfc|Pvt|Lt|Capt|Maj|Col|Gen|Master|Staff|1st|Sgt\.|Private|Corporal|Sergeant)\b")
_WAR = re.compile(r"\s+(?:War|Legion|Airlines|Express|Conflict)\b")
_PARTICLES = re.compile(r"(?:은|는|이|가|을|를|의|에|에서|으로|로|과|와|도)$")


@dataclass(frozen=True, slots=True)
class KnownMention:
    """Words that are the name of one or more entries."""

    span: Span
    entries: tuple[Known, ...]
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, or a part of one with a hyphen, as names are compared."""

    plain: str
    start: int
    end: int


def find_known(text: str, sentence: Sentence, lexicon: Lexicon) -> list[KnownMention]:
    """Return the longest known names in a sentence, in order, none overlapping."""
    parts = _parts(text, sentence)
    found: list[KnownMention] = []
    i = 0
    while i < len(parts):
        length, mention = _longest(text, parts, i, lexicon)
        if mention is not None:
            found.append(mention)
            i += length
        else:
            i += 1
    return found


def _parts(text: str, sentence: Sentence) -> list[_Part]:
    parts = []
    for token in sentence.tokens:
        if token.kind == "possessive":
            parts.append(_Part("s", token.start, token.end))
        elif token.kind == "word" or token.text in "/&" or token.kind == "number":
            for match in _PART.finditer(token.text):
                plain = plain_letters(match[0]).replace(".", "")
                if plain:
                    parts.append(_Part(plain, token.start + match.start(), token.start + match.end()))
        elif token.text != ".":
            parts.append(_Part("", token.start, token.end))
    return parts


def _longest(text: str, parts: list[_Part], i: int, lexicon: Lexicon) -> tuple[int, KnownMention | None]:
    if parts[i].plain in lexicon.firsts:
        for length in range(min(lexicon.longest, len(parts) - i), 0, -1):
            forms = lexicon.by_words.get(tuple(part.plain for part in parts[i : i + length]))
            if forms is None:
                continue
            span = (parts[i].start, parts[i + length - 1].end)
            fitting = tuple(entry for form, entry in forms if _fits(text, span, form, parts, i + length))
            if fitting:
                return length, KnownMention(span, fitting, 0.95, "names:known")
    initial = _with_initial(text, parts, i, lexicon)
    if initial is not None:
        return 3, initial
    return _shared_north(text, parts, i, lexicon) or _by_sound(text, parts, i, lexicon)


def _with_initial(text: str, parts: list[_Part], i: int, lexicon: Lexicon) -> KnownMention | None:
    """A known person with a middle initial: "Kelly K. McKeague"."""
    chosen = parts[i : i + 3]
    if len(chosen) < 3 or len(chosen[1].plain) != 1 or not text[chosen[1].start].isupper():
        return None
    forms = lexicon.by_words.get((chosen[0].plain, chosen[2].plain), ())
    people = tuple(entry for _, entry in forms if entry.what == PERSON)
    if not people or not (text[chosen[0].start].isupper() and text[chosen[2].start].isupper()):
        return None
    return KnownMention((chosen[0].start, chosen[2].end), people, 0.95, "names:known")


def _shared_north(text: str, parts: list[_Part], i: int, lexicon: Lexicon) -> tuple[int, KnownMention] | None:
    """The first name of "North and South Korea"."""
    if [part.plain for part in parts[i + 1 : i + 4]] != ["and", "south", "korea"] or parts[i].plain != "north":
        return None
    forms = lexicon.by_words.get(("north", "korea"), ())
    entries = tuple(entry for _, entry in forms)
    return (
        (1, KnownMention((parts[i].start, parts[i].end), entries, 0.9, "names:known, shortened")) if entries else None
    )


def _fits(text: str, span: Span, form: str, parts: list[_Part], following: int) -> bool:
    """Whether words are written as the form is: capitals where it has them, and not part of another name."""
    words = text[slice(*span)]
    letters = form.replace(".", "")
    after = text[span[1] : span[1] + 24]
    if letters.isupper() and len(letters) <= 6:
        if not words.replace(".", "").isupper():
            return False
    elif form[0].isupper() and not words[0].isupper():
        return False
    if form.startswith("the "):
        nearby = parts[following].start if following < len(parts) else span[1]
        if (
            text[nearby : nearby + 1].isupper()
            or re.match(r"\s+(?:side|shore|end|east|west|bank|face|slope|half|coast|of)\b", after)
            or not words[4:5].isupper()
        ):
            return False
    if _WAR.match(after) or (
        form
        in (
            "Army",
            "Navy",
            "Air Force",
            "Marine Corps",
            "Marines",
            "U.S. Army",
            "US Army",
            "U.S. Marine Corps",
            "U.S. Air Force",
            "U.S. Navy",
        )
        and _RANK.match(after)
    ):
        return False
    if text[max(0, span[0] - 4) : span[0]] in ("USS ", "HMS "):
        return False
    return not (span[0] and text[span[0] - 1] == "-" and len(words) <= 3)


def _by_sound(text: str, parts: list[_Part], i: int, lexicon: Lexicon) -> tuple[int, KnownMention | None]:
    """A Korean name in a spelling that is on no list: Hangul, or another romanisation."""
    first = text[parts[i].start : parts[i].end]
    if syllables_of(first):
        for word in (first, _PARTICLES.sub("", first)):
            for key in sorted(name_keys(word)) if word else ():
                if key in lexicon.by_key:
                    entries = _one_kind(lexicon.by_key[key])
                    return 1, KnownMention(
                        (parts[i].start, parts[i].start + len(word)),
                        entries,
                        0.85,
                        "names:known by its sound in Hangul",
                    )
        return 1, None
    if not first[:1].isupper():
        return 1, None
    for length in (3, 2, 1):
        chosen = parts[i : i + length]
        if len(chosen) < length or not all(part.plain for part in chosen):
            continue
        words = text[chosen[0].start : chosen[-1].end]
        if "\n" in words or "," in words or (length > 1 and not words[:1].isupper()):
            continue
        for key in name_keys(words):
            entries = tuple(
                one for one in lexicon.by_key.get(key, ()) if _is_korean(one) and (one.what == PLACE or length > 1)
            )
            if entries and _is_romanised(words):
                return length, KnownMention(
                    (chosen[0].start, chosen[-1].end), _one_kind(entries), 0.75, "names:known by its sound"
                )
    return 1, None


def _one_kind(entries: tuple[Known, ...]) -> tuple[Known, ...]:
    people = tuple(one for one in entries if one.what == PERSON)
    return people or tuple(one for one in entries if one.what != PARTY)


def _is_korean(entry: Known) -> bool:
    """Whether one of its forms is in Hangul."""
    return any(syllables_of(form) for form in entry.forms)


def _is_romanised(words: str) -> bool:
    """Whether a word can be Korean in Latin letters: it has none of the letters and clusters that Korean lacks."""
    plain = plain_letters(words)
    return len(plain) >= 5 and not re.search(r"[fqvxz]|th|wh|str|[bcdfghjkmpstvwz]l|[bcdgkpstv]r", plain)
