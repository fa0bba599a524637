"""Text as words that can be compared: without case, accents, apostrophes and hyphens, the same on every database."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60
"""Longer runs of letters are cut: they are no words, and databases refuse some."""
APOSTROPHES = "'`\u00b4\u02b9-\u02bf\u2018\u2019\u2032\uff07"
HYPHENS = "\\-\u2010\u2011"
"""Characters that make no difference to a word, as they stand in a class of a regular expression."""

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NOT_DECOMPOSED = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
}
_ANY_NOT_DECOMPOSED = re.compile(f"[{''.join(_NOT_DECOMPOSED)}]")
# Thai to Myanmar, Hangul, Khmer, Japanese, Chinese: scripts that write words without spaces, or endings onto words.
_ONE_BY_ONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_CHARACTER = re.compile(f"[{_ONE_BY_ONE}]")
_WORD = re.compile(rf"[{_ONE_BY_ONE}]|[^\W_{_ONE_BY_ONE}]+")
_HYPHENATED = re.compile(rf"[^\W_]+(?:[{HYPHENS}][^\W_]+)+")


def folded(text: str) -> str:
    """Return a text without case, accents, apostrophes and separators of thousands."""
    text = _APOSTROPHE.sub("", text)
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = unicodedata.normalize("NFC", _MARKS.sub("", text))
        text = _ANY_NOT_DECOMPOSED.sub(lambda found: _NOT_DECOMPOSED[found[0]], text)
    return _THOUSANDS.sub("", text)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    In scripts that do not part words by spaces, and in Hangul, where endings are written onto them, each character is
    a word: what is asked for is then found wherever its characters stand together.
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def searched_words(text: str) -> list[str]:
    """Return the words by which a text is found: its words, and those with hyphens also as one, such as yongchol."""
    return [*words_of(text), *joined_words_of(text)]


def joined_words_of(text: str) -> list[str]:
    """Return the words of a text that have hyphens, each as one word: yongchol for Yong-chol."""
    if text.isascii() and "-" not in text:
        return []
    joined = ("".join(_WORD.findall(found)) for found in _HYPHENATED.findall(folded(text)))
    return [word for word in joined if len(word) <= LONGEST_WORD]


def is_single_character(word: str) -> bool:
    """Return whether a word is one character of a script that is compared character by character."""
    return len(word) == 1 and _CHARACTER.match(word) is not None
