"""The words of a text that carry its meaning, as far as they can be compared without understanding it."""

from __future__ import annotations

import re
from functools import lru_cache

_SAME = {"america": "us", "american": "us", "gi": "us", "dprk": "north korea", "rok": "south korea"}
# fmt: off
_COMMON = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is",
    "it", "its", "may", "might", "more", "most", "of", "on", "or", "our", "over", "she", "should", "so", "some",
    "than", "that", "the", "their", "them", "then", "there", "they", "this", "those", "to", "up", "upon", "was",
    "we", "were", "what", "when", "where", "which", "while", "who", "whom", "will", "with", "would", "you",
    "your", "about", "after", "again", "all", "also", "already", "apparently", "before", "between", "during",
    "said", "say", "saying", "told", "reported",
})
# fmt: on
_DENYING = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|yet to|fail(?:s|ed|ing)? to|refus\w+)\b"
    r"|\bden(?:y|ies|ied)\b|n[’']t\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a text that tell it from others, without their endings."""
    plain = re.sub(r"(?:n[’']t|[’']\w{1,2})\b", "", text.replace("U.S.", "US").casefold())
    stems = (_stem(word) for word in re.findall(r"\w+", plain) if word not in _COMMON)
    return frozenset(word for stem in stems for word in _SAME.get(stem, stem).split())


def _stem(word: str) -> str:
    """A word without its ending for number or tense; what is left need not be a word."""
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        word = word.removesuffix("es")
    elif word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        word = word.removesuffix("s")
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    if word.endswith("y") and len(word) > 3:
        return f"{word[:-1]}i"
    return word.removesuffix("e") if len(word) > 3 else word


COUNTED = words_in(
    "people person personnel man men member service servicemember serviceman servicemen soldier troop "
    "set remains body bone box case casket coffin grave"
)
"""Words for whoever and whatever is counted: which of them is used, the unit of a figure says, and not its scope."""


def as_written(words: frozenset[str], text: str) -> list[str]:
    """Return the words of a text that have some of these meanings, each once, in their order."""
    return list(dict.fromkeys(word for word in re.findall(r"\w+", text) if words_in(word) & words))


def denies(text: str) -> bool:
    """Whether a text says that something is not so. Two denials in one text are taken for one."""
    return _DENYING.search(text) is not None


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers of a text, up to ten also those in words, as digits."""
    digits = {number.replace(",", "") for number in _NUMBER.findall(text)}
    said = set(re.findall(r"\w+", text.casefold()))
    return frozenset(digits | {str(number) for number, word in enumerate(_TO_TEN, start=1) if word in said})
