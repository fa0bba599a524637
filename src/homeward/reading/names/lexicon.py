"""Names that are known: those of the Korean War record that comes with Homeward, and common ones of a language."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from homeward.reading.romanisation import (
    mccune_reischauer,
    name_keys,
    person_names,
    place_names,
    plain_letters,
    revised,
)

RECORD = "homeward.examples.korean_war_record"
PERSON, PARTY, PLACE = "person", "party", "place"
HANGUL = "Hang"
SUFFIXES = (" Reservoir", " County", " River", " Air Base")


@dataclass(frozen=True, slots=True)
class Known:
    """A person, party or place that is known by name.

    what: ``person``, ``party`` or ``place``. code: in the record, ``None`` if it is not there. kind: as in the record.
    """

    what: str
    name: str
    kind: str | None
    code: str | None
    forms: tuple[str, ...]
    family_name: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known names, found by their words and, Korean ones, by a key that all spellings share."""

    entries: tuple[Known, ...]
    by_words: Mapping[tuple[str, ...], tuple[tuple[str, Known], ...]]
    by_key: Mapping[str, tuple[Known, ...]]
    longest: int
    firsts: frozenset[str] = field(repr=False)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: without case, accents, hyphens and full stops."""
    loose = re.sub(r"['’]s\b", " s", name)
    loose = loose.replace("-", " ").replace("–", " ").replace("/", " / ").replace("&", " & ")
    words = (plain_letters(word).replace(".", "") for word in loose.split())
    return tuple(word for word in words if word)


def build_lexicon(entries: Iterable[Known]) -> Lexicon:
    """Return a lexicon of names; those of the same code, or else of the same name, become one."""
    merged: dict[tuple[str, str], Known] = {}
    for entry in entries:
        key = (entry.what, entry.code or entry.name)
        before = merged.get(key)
        if before is None:
            merged[key] = entry
        else:
            forms = tuple(dict.fromkeys((*before.forms, *entry.forms)))
            merged[key] = Known(
                before.what,
                before.name,
                before.kind or entry.kind,
                before.code,
                forms,
                before.family_name or entry.family_name,
            )
    by_words: dict[tuple[str, ...], list[tuple[str, Known]]] = defaultdict(list)
    by_key: dict[str, list[Known]] = defaultdict(list)
    for entry in merged.values():
        for form in entry.forms:
            words = words_of(form)
            if words and all(one is not entry for _, one in by_words[words]):
                by_words[words].append((form, entry))
        if entry.what != PARTY:
            for form in entry.forms:
                for one in name_keys(form):
                    if len(one) >= 5 and entry not in by_key[one]:
                        by_key[one].append(entry)
    return Lexicon(
        tuple(merged.values()),
        {words: tuple(found) for words, found in by_words.items()},
        {one: tuple(found) for one, found in by_key.items()},
        max((len(words) for words in by_words), default=0),
        frozenset(words[0] for words in by_words),
    )


@lru_cache(maxsize=4)
def standard_lexicon(language: str = "en") -> Lexicon:
    """Return the names of the record that comes with Homeward, with the common names of a language."""
    return build_lexicon([*_of_language(language), *_of_record()])


def _table(package: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(package).joinpath(name).read_text("utf-8"))))


def _of_language(language: str) -> Iterable[Known]:
    package = f"homeward.reading.languages.{language}"
    for row in _table(package, "people.csv"):
        forms = [*row["forms"].split("|"), *_korean_forms(row["korean"], PERSON)]
        yield Known(PERSON, row["name"], None, row["known"] or None, tuple(forms))
    for what, name in ((PARTY, "parties.csv"), (PLACE, "places.csv")):
        for row in _table(package, name):
            forms = [row["name"], *filter(None, row["forms"].split("|"))]
            yield Known(what, row["name"], row["kind"] or None, row["known"] or None, tuple(dict.fromkeys(forms)))


def _of_record() -> Iterable[Known]:
    """The people, parties and places of the record's bundle, with all their spellings."""
    names: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for what in (PERSON, PARTY, PLACE):
        by_code: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in _table(RECORD, f"{what}name.csv"):
            by_code[row[what]].append((row["text"], row["script"]))
        names[what] = by_code
    for row in _table(RECORD, "person.csv"):
        forms = [row["name"], *(text for text, _ in names[PERSON][row["code"]])]
        yield Known(
            PERSON,
            row["name"],
            None,
            row["code"],
            tuple(form for form in forms if " " in form),
            row["family_name"] or None,
        )
    for row in _table(RECORD, "party.csv"):
        forms = [row["name"], row["short_name"], *(text for text, _ in names[PARTY][row["code"]])]
        yield Known(PARTY, row["name"], row["kind"], row["code"], tuple(dict.fromkeys(filter(None, forms))))
    for row in _table(RECORD, "place.csv"):
        forms = [*_place_forms(row["name"])]
        for text, script in names[PLACE][row["code"]]:
            forms += [text, *(_korean_forms(text, PLACE) if script == HANGUL else ())]
        yield Known(PLACE, row["name"], row["kind"], row["code"], tuple(dict.fromkeys(forms)))


def _place_forms(name: str) -> list[str]:
    """A name as the record writes it, and the part of it that texts use."""
    head = name.split("(")[0].split(",")[0].strip()
    return [form for form in (name, head) if form]


def _korean_forms(hangul: str, what: str) -> list[str]:
    """A name in Hangul and in both romanisations."""
    if not hangul:
        return []
    word = hangul.replace(" ", "")
    names = (
        person_names(word)
        if what == PERSON
        else (*place_names(word), revised(word).capitalize(), mccune_reischauer(word).capitalize())
    )
    return [hangul, *names]
