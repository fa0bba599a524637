"""Words that tell of an event of this field, and which of the phrases beside them play which part; read from files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from homeward.reading.drafts import Span
from homeward.reading.text.sentences import Sentence

_NAME = re.compile(r"\{([a-z_]+)\}")
_FILES = ("event_meetings.toml", "event_dealings.toml", "event_handovers.toml", "event_findings.toml")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of an event.

    subject, object: roles of the noun phrases before and after them in the active; empty where the words have none.
    passive: the phrase before them is what it is done to. subject_must, object_must: what those phrases have to speak of.
    never: what the thing it is done to may not be. polarity: where the words themselves tell. roles: prepositions to roles.
    by_name: whether those phrases have to say it themselves, where a count or a pronoun ("another 20") is not enough.
    needs: what has to stand beside a noun that tells of an event (see `event_nouns.py`).
    """

    kind: str
    name: str
    pattern: re.Pattern[str]
    confidence: float
    subject: str = "who"
    object: str = "thing"
    passive: bool = False
    subject_must: re.Pattern[str] | None = None
    object_must: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    polarity: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    by_name: bool = False
    needs: str | None = None


@dataclass(slots=True)
class Candidate:
    """An event as it is put together: its cue, the number of its sentence, and the tokens of the cue there."""

    cue: Cue
    sentence: Sentence
    number: int
    first: int
    last: int
    span: Span
    roles: dict[str, Span] = field(default_factory=dict)
    polarity: str = "happened"
    points: tuple[Span, ...] = ()


@lru_cache(maxsize=1)
def event_cues() -> tuple[Cue, ...]:
    """Return the cues in the order of the files; of two for the same words, the surer is taken."""
    named = _table("event_words.toml")
    words: dict[str, str] = named["words"]
    phrases = {name: _expanded(pattern, words) for name, pattern in named["phrases"].items()}
    return tuple(_cue(row, words, phrases) for row in _rows())


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__ or "").joinpath(name).read_text("utf-8"))


def _rows() -> Iterator[dict[str, Any]]:
    for name in _FILES:
        yield from _table(name)["cue"]


def _cue(row: dict[str, Any], words: Mapping[str, str], phrases: Mapping[str, str]) -> Cue:
    """A cue from its row of the file."""
    fields: dict[str, Any] = {
        **row,
        "pattern": re.compile(rf"\b(?:{_expanded(row['pattern'], words)})\b", re.IGNORECASE),
    }
    for key in ("subject_must", "object_must", "never"):
        if key in row:
            wanted = phrases.get(row[key]) or _expanded(row[key].removeprefix("="), {**words, **phrases})
            fields[key] = re.compile(wanted, re.IGNORECASE)
    return Cue(**fields)


def _expanded(pattern: str, words: Mapping[str, str]) -> str:
    """An expression with the named ones put in; a name in it that is none of them is left, as a count of repeats is."""
    return _NAME.sub(lambda match: _expanded(words[match[1]], words) if match[1] in words else match[0], pattern)
