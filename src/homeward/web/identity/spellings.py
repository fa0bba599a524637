"""Names as they are compared on the roll: words without case and accents, and keys that spellings share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from homeward.reading.romanisation import name_keys
from homeward.web.roll.spellings import is_initial, sound_of
from homeward.web.search.folding import HYPHENS, words_of

SHORTEST_WHOLE = 5
"""Letters of a whole name that says enough."""
_HYPHENS = re.compile(f"(?<=[^\\W_])[{HYPHENS}](?=[^\\W_])")


@lru_cache(maxsize=200_000)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared, in their order; a word with hyphens is one word."""
    return tuple(words_of(_HYPHENS.sub("", name)))


@lru_cache(maxsize=200_000)
def whole_keys(name: str) -> frozenset[str]:
    """Return the keys that all spellings of a Korean name share, in Hangul or any romanisation; spelling it all out."""
    return frozenset(key for key in name_keys(name.replace(",", " ")) if len(key) >= SHORTEST_WHOLE)


def family_keys(family_name: str) -> frozenset[str]:
    """Return the keys of a family name: the sounds of its words, and what all romanisations of it share."""
    return sounds_of(words_of_name(family_name)) | name_keys(family_name)


def sound_key(word: str) -> str:
    """Return a key that most spellings of a word share: its sound, or the word itself where that says too little."""
    return sound_of(word) or word


def sounds_of(words: Iterable[str]) -> frozenset[str]:
    """Return the keys of the words that are more than an initial."""
    return frozenset(sound_key(word) for word in words if not is_initial(word))


def one_edit_apart(first: str, second: str) -> bool:
    """Return whether two words of four letters or more differ by one letter put in, left out, changed or swapped."""
    if min(len(first), len(second)) < 4 or abs(len(first) - len(second)) > 1:
        return first == second
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    a, b = first[start:], second[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])
