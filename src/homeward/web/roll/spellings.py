"""Keys under which the spellings of a name meet: its words, how they sound, and Korean names in every romanisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from homeward.reading.romanisation import SURNAMES_OF_TWO, name_keys, syllables_of
from homeward.web.search.folding import LONGEST_WORD, folded, joined_words_of

WORD, SOUND, WHOLE = "w", "s", "n"
"""The first letter of a key: of a word of a name or unit or a number, of its sound, of a whole Korean name."""
SHORTEST_SOUND, OF_AT_MOST = 2, 5
"""Letters of a sound that is compared, and of a word that has so short a sound: else too many names sound alike."""
MOST_WORDS = 8
"""Longer names are cut: no name that is asked for has more words."""
SHORTEST_NUMBER = 5
"""Digits in a number that is also found without the letters before it."""

_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]+")
# A run of romanised Korean syllables; most names of other languages have consonants side by side, or other endings.
_ROMANISED = re.compile(r"(?:(?:kk|tt|pp|ss|jj|tch|ch|sh|rh|[bcdghjklmnprstwyz])?[aeiouwy]{1,3}(?:ng|hn|[klmnpth])?)+")
_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфхыэіїєґў", "abvgdeziiklmnoprstufhyeiiegu", strict=True)),
    **{"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"},
}
_TO_LATIN = str.maketrans(_CYRILLIC)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn", "n"),
        (r"^wr", "r"),
        (r"gh(?=t)", ""),
        (r"ph", "f"),
        (r"shch|sch|sh|zh", "s"),
        (r"tch|ch|cz", "c"),
        (r"ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c(?![^aouklnrt])", "k"),
        (r"x", "ks"),
        (r"ts|tz|z", "s"),
        (r"(?<=[aeiou])w(?![aeiouy])", ""),
        (r"w|v", "f"),
        (r"d", "t"),
        (r"^[aeiouy]+", "a"),
        (r"(?<!^)[aeiouyjh]+", ""),
    )
)
_TWICE = re.compile(r"(.)\1+")
REMEMBERED = 10_000
"""How many texts of each sort keep their keys: names, units and places come again and again."""


def name_words(text: str) -> list[str]:
    """Return the words of a name as they are compared; a run of Hangul or Chinese characters is one word."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))][:MOST_WORDS]


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """Return the sound of a folded word in Latin or Cyrillic letters; empty where it says too little.

    Its consonants in classes that are taken for each other, in order, doubled ones once: Smith, Smyth and Schmidt are
    ``smt``, Kowalski, Kovalsky and Ковальский ``kflsk``.
    """
    sound = word.translate(_TO_LATIN)
    if not _LATIN.fullmatch(sound):
        return ""
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    sound = _TWICE.sub(r"\1", sound)
    says_enough = len(sound) > SHORTEST_SOUND or (len(sound) == SHORTEST_SOUND and len(word) <= OF_AT_MOST)
    return sound if says_enough else ""


@lru_cache(maxsize=REMEMBERED)
def keys_of_name(text: str) -> frozenset[str]:
    """Return all keys under which a name is found."""
    words = name_words(text)
    joined = [*joined_words_of(text), *("".join(pair) for pair in pairwise(words))]
    spelt = {form for word in (*words, *joined, *_given_names(words)) for form in forms_of(word)}
    return frozenset(
        {
            *(WORD + word[:LONGEST_WORD] for word in spelt if not is_initial(word)),
            *(SOUND + sound for word in words if (sound := sound_of(word))),
            *(WHOLE + key for key in _whole_names(text, words)),
        }
    )


@lru_cache(maxsize=REMEMBERED)
def keys_of_unit(text: str) -> frozenset[str]:
    """Return the keys under which the members of a unit are found."""
    return frozenset(WORD + word for word in name_words(text))


def keys_of_number(compared: str) -> frozenset[str]:
    """Return the keys of a number as it is compared: the whole, and its digits where a prefix stands before them."""
    digits = compared.lstrip("abcdefghijklmnopqrstuvwxyz")
    return frozenset(WORD + found for found in {compared, digits} if found == compared or len(found) >= SHORTEST_NUMBER)


def keys_of_whole(text: str) -> frozenset[str]:
    """Return the keys of a text as the whole name of a Korean person or place."""
    return frozenset(WHOLE + key for key in name_keys(text) if len(key) > 1)


@lru_cache(maxsize=REMEMBERED)
def keys_of_place(text: str) -> frozenset[str]:
    """Return the keys of a name of a place: each of its words can be Korean, as Changjin of Changjin reservoir."""
    return keys_of_name(text).union(keys_of_whole(text), *(keys_of_whole(word) for word in name_words(text)))


def forms_of(word: str) -> set[str]:
    """Return a folded word, and in Latin letters if it is Cyrillic."""
    return {word, word.translate(_TO_LATIN)} - {""}


def is_initial(word: str) -> bool:
    """Return whether a folded word is one Latin letter, which finds too much."""
    return len(word) == 1 and word.isascii()


def _whole_names(text: str, words: Sequence[str]) -> Iterator[str]:
    """The keys of a Korean name in any order of its parts, and of the given name alone."""
    if syllables_of(text):
        for given in _given_names(words):
            family = words[0].removesuffix(given)
            yield from name_keys(given)
            yield from name_keys(f"{given} {family}")
        yield from name_keys(text)
    elif 1 < len(words) <= 4 and all(_ROMANISED.fullmatch(word) for word in words):
        for turned in _turned(re.sub(r"[,;]", " ", text).split()):
            yield from name_keys(" ".join(turned))
        yield from name_keys(" ".join(words[1:]))
        yield from name_keys(" ".join(words[:-1]))


def _turned(words: Sequence[str]) -> Iterable[Sequence[str]]:
    """The words of a name as they are, and with the last one first or the first one last."""
    return [words, [words[-1], *words[:-1]], [*words[1:], words[0]]]


def _given_names(words: Sequence[str]) -> list[str]:
    """The given names of people whose names are written in Hangul or Chinese characters without a space."""
    whole = (word for word in words if 2 < len(word) <= 4 and _is_east_asian(word))
    return [word[2:] if word[:2] in SURNAMES_OF_TWO else word[1:] for word in whole]


def _is_east_asian(word: str) -> bool:
    """Whether a word is Hangul or Chinese characters."""
    return all("一" <= sign <= "鿿" or "가" <= sign <= "힣" for sign in word)
