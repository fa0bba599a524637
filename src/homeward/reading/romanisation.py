"""Hangul in Latin letters by the two common systems, and a key under which all spellings of a Korean name meet.

References
----------
Ministry of Culture and Tourism of the Republic of Korea, Notification 2000-8 (Revised Romanization).
McCune & Reischauer (1939), Trans. Korea Branch Royal Asiatic Soc. 29:1-55, with the table of finals and initials.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

FIRST, LAST = 0xAC00, 0xD7A3
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = (
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
)  # fmt: skip
REVISED_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
MCCUNE_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "ŏ",
    "e",
    "yŏ",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wŏ",
    "we",
    "wi",
    "yu",
    "ŭ",
    "ŭi",
    "i",
]
REVISED_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "-", "j", "jj", "ch", "k", "t", "p", "h"]
STOP_OF = {**dict.fromkeys("ㄱㄲㅋ", "ㄱ"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"), **dict.fromkeys("ㅂㅍ", "ㅂ")}
"""What a final obstruent is spoken as."""
NASAL_OF = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
FINAL_LETTERS = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng", "": ""}
ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
VOICELESS = {"ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch"}
MCCUNE_INITIALS = {
    "ㄲ": "kk", "ㄴ": "n", "ㄸ": "tt", "ㄹ": "r", "ㅁ": "m", "ㅃ": "pp", "ㅅ": "s", "ㅆ": "ss", "ㅇ": "", "ㅉ": "tch",
    "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'", "ㅎ": "h",
}  # fmt: skip
SURNAMES_OF_TWO = frozenset({"남궁", "황보", "제갈", "사공", "선우", "독고", "동방"})
DIVISIONS = {"리": "ri", "면": "myeon", "군": "gun", "시": "si", "도": "do", "동": "dong", "구": "gu", "읍": "eup"}
"""Administrative divisions, which stand after a hyphen."""

Syllable = tuple[str, str, str]
"""Initial, vowel and final of a syllable."""


def syllables_of(hangul: str) -> list[Syllable]:
    """Return the letters of each syllable of a word in Hangul; other characters are left out."""
    found = []
    for one in hangul:
        number = ord(one) - FIRST
        if 0 <= number <= LAST - FIRST:
            found.append((INITIALS[number // 588], VOWELS[number % 588 // 28], FINALS[number % 28]))
    return found


def spoken(syllables: list[Syllable]) -> list[Syllable]:
    """Return syllables as they are spoken one after the other: liaison, nasals, the sound of l, aspiration."""
    result = [list(one) for one in syllables]
    for left, right in itertools.pairwise(result):
        final, initial = left[2], right[0]
        if initial == "ㅇ" and final and final != "ㅇ":
            left[2], moved = final[:-1], final[-1]
            if right[1] == "ㅣ" and moved in "ㄷㅌ":
                moved = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}[moved]
            right[0] = "ㅇ" if moved == "ㅎ" else moved
            left[2] = STOP_OF.get(left[2], left[2])
            continue
        if final.endswith("ㅎ") and initial in ASPIRATED:
            left[2], right[0] = final[:-1], ASPIRATED[initial]
            continue
        final = _single(final)
        if final in NASAL_OF and initial in "ㄴㅁㄹ":
            final = NASAL_OF[final]
            initial = "ㄴ" if initial == "ㄹ" else initial
        elif final in "ㅁㅇ" and final and initial == "ㄹ":
            initial = "ㄴ"
        elif (final, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
            final = initial = "ㄹ"
        left[2], right[0] = final, initial
    if result:
        result[-1][2] = _single(result[-1][2])
    return [(a, b, c) for a, b, c in result]


def _single(final: str) -> str:
    """The one sound of a final of two letters, and the stop that an obstruent is spoken as."""
    if len(final) == 2:
        final = final[1] if final in ("ㄹㄱ", "ㄹㅁ", "ㄹㅍ") else final[0]
    return STOP_OF.get(final, final)


def revised(hangul: str) -> str:
    """Return a word in Revised Romanization, in lower case: 판문점 gives panmunjeom."""
    letters = []
    before = ""
    for initial, vowel, final in spoken(syllables_of(hangul)):
        onset = REVISED_INITIALS[INITIALS.index(initial)].strip("-")
        if initial == "ㄹ" and before == "ㄹ":
            onset = "l"
        letters.append(onset + REVISED_VOWELS[VOWELS.index(vowel)] + FINAL_LETTERS[final])
        before = final
    return "".join(letters)


def mccune_reischauer(hangul: str) -> str:
    """Return a word in McCune-Reischauer, in lower case: 판문점 gives p'anmunjŏm."""
    letters = []
    before: str | None = None
    for initial, vowel, final in spoken(syllables_of(hangul)):
        letters.append(_onset(before, initial, vowel) + MCCUNE_VOWELS[VOWELS.index(vowel)] + FINAL_LETTERS[final])
        before = final
        if final == "ㄹ":
            letters[-1] = letters[-1][:-1] + "l"
    return re.sub(r"l(?=[aeiouyŏŭw])(?<!ll)", "r", "".join(letters))


def _onset(before: str | None, initial: str, vowel: str) -> str:
    """A consonant at the start of a syllable; stops are voiced after vowels, nasals and, where usage has it, l."""
    if initial in VOICED:
        if before is None or before in ("ㄱ", "ㄷ", "ㅂ"):
            return VOICELESS[initial]
        if before == "ㄹ" and initial in "ㄷㅈ":
            return VOICELESS[initial]
        return f"'{VOICED[initial]}" if before == "ㄴ" and initial == "ㄱ" else VOICED[initial]
    if initial == "ㄹ" and before == "ㄹ":
        return "l"
    if initial == "ㅅ" and vowel == "ㅟ":
        return "sh"
    return MCCUNE_INITIALS[initial]


def place_names(hangul: str) -> tuple[str, str]:
    """Return the Revised and the McCune-Reischauer name of a place, its division after a hyphen: 신흥리."""
    if len(hangul) < 3 or hangul[-1] not in DIVISIONS:
        return revised(hangul).capitalize(), mccune_reischauer(hangul).capitalize()
    stem, division = hangul[:-1], hangul[-1]
    old = mccune_reischauer(hangul)
    start = len(mccune_reischauer(stem))
    whole = (
        f"{mccune_reischauer(stem)}-{old[start:].lstrip(chr(39))}" if old[:start] == mccune_reischauer(stem) else old
    )
    return f"{revised(stem).capitalize()}-{DIVISIONS[division]}", whole.capitalize()


def person_names(hangul: str) -> tuple[str, str]:
    """Return the Revised and the McCune-Reischauer name of a person: 김정은 gives Kim Chŏng-ŭn in the second."""
    length = 2 if hangul[:2] in SURNAMES_OF_TWO and len(hangul) > 3 else 1
    family, given = hangul[:length], hangul[length:]
    new = "".join(revised(one) for one in given)
    old = mccune_reischauer(given)
    if len(given) == 2:
        first = len(mccune_reischauer(given[0]))
        old = f"{old[:first]}-{old[first:].lstrip(chr(39))}" if old[:first] == mccune_reischauer(given[0]) else old
    return (
        f"{revised(family).capitalize()} {new.capitalize()}".strip(),
        f"{mccune_reischauer(family).capitalize()} {old.capitalize()}".strip(),
    )


_USUAL = {
    **dict.fromkeys(("lee", "yi", "ri", "rhee", "li", "rhie", "i"), "li"),
    **dict.fromkeys(("park", "pak", "bak"), "pak"),
    **dict.fromkeys(("choi", "choe", "chwe"), "coe"),
    **dict.fromkeys(("no", "roh", "noh", "ro"), "no"),
    **dict.fromkeys(("im", "lim", "rim", "yim"), "im"),
    **dict.fromkeys(("yoo", "yu", "ryu", "ryoo"), "yu"),
    **dict.fromkeys(("chung", "jung", "jeong", "chong", "jong"), "cong"),
    **dict.fromkeys(("shin", "sin"), "sin"),
    **dict.fromkeys(("woo", "u", "wu"), "u"),
    **dict.fromkeys(("an", "ahn"), "an"),
    **dict.fromkeys(("o", "oh"), "o"),
}
_CLASSES = (
    (r"ng", "ŋ"), (r"sh", "s"), (r"tch|cch|jj|ch|j|z", "c"), (r"kk|k|g|q", "k"), (r"tt|t|d", "t"), (r"pp|p|b", "p"), (r"ss", "s"), (r"ll|lr|l|r", "l"),
    (r"eui", "ui"), (r"eo", "o"), (r"eu|oo", "u"), (r"ae|ai|ay", "e"), (r"oi", "oe"), (r"ee", "i"),
    (r"nn", "n"), (r"mm", "m"),
)  # fmt: skip
_CLASS_PATTERNS = [(re.compile(pattern), letter) for pattern, letter in _CLASSES]


def plain_letters(text: str) -> str:
    """Return a text in lower case without accents, apostrophes and hyphens, as names are compared."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one) and one not in "'’‘ʼ`-‐‑–").lower()


def name_keys(name: str) -> frozenset[str]:
    """Return the keys that the spellings of a Korean name share: Hangul, Revised, McCune-Reischauer, and usual ones.

    Two spellings are of one name if they have a key in common. The keys are coarse on purpose: different names can
    share one, so a match by key is one to look at.
    """
    if syllables_of(name):
        return frozenset(
            _key([write(word) for word in name.split()]) for write in (_separately, revised, mccune_reischauer)
        )
    return frozenset({_key(re.sub(r"[-‐‑–]", " ", name).split())})


def _key(words: list[str]) -> str:
    parts = []
    for i, word in enumerate(words):
        plain = plain_letters(word)
        if i and plain == "ni":
            plain = "ri"
        first, _, rest = plain.partition(" ")
        if i == 0 and first in _USUAL:
            parts.append(_USUAL[first])
            plain = rest
        for pattern, letter in _CLASS_PATTERNS:
            plain = pattern.sub(letter, plain)
        parts.append(plain.replace(" ", ""))
    return re.sub(r"nk|ŋk?", "ng", "".join(parts))


def _separately(hangul: str) -> str:
    """Syllables in Revised letters with a space between them, without the changes of sound."""
    return " ".join(revised(one) for one in hangul)
