"""Words in a sentence that begin with capitals, as names do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from homeward.reading.drafts import Span
from homeward.reading.languages.en import name_words as told
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "la",
        "le",
        "los",
        "las",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "ter",
        "bin",
        "ibn",
        "al",
        "el",
        "y",
        "e",
    ]
)
"""Small words inside names of people and places: "Juan de la Cruz", "Ursula von der Leyen"."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand together: their tokens and their sentence."""

    tokens: tuple[Token, ...]
    sentence: Sentence

    @property
    def span(self) -> Span:
        """Where they stand."""
        return self.tokens[0].start, self.tokens[-1].end


def capitalised(text: str, sentence: Sentence) -> list[Run]:
    """Return runs of capitalised words; a full stop inside belongs to an initial or an abbreviation."""
    runs: list[list[Token]] = [[]]
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if token.is_capital or (runs[-1] and can_end_a_name(token)):
            runs[-1].append(token)
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if (
            (
                token.text == "."
                and runs[-1]
                and after is not None
                and after.is_capital
                and (
                    len(runs[-1][-1].text) == 1
                    or re.fullmatch(rf"{told.RANK}|{told.COURTESY}|Gov|Sen|Rep|St", runs[-1][-1].text)
                )
            )
            or (
                token.text in PARTICLES
                and runs[-1]
                and (runs[-1][-1].is_capital or runs[-1][-1].text in PARTICLES)
                and _goes_on_after_particles(tokens, i)
            )
            or (
                token.lower in ("of", "and", "for", "on", "&")
                and len(runs[-1]) >= 1
                and after is not None
                and after.is_capital
                and any(told.ORGANISATION.match(one.text) for one in runs[-1][-1:])
            )
        ):
            runs[-1].append(token)
        elif _is_nickname(tokens, i) or (i and _is_nickname(tokens, i - 2)):
            continue
        elif runs[-1]:
            runs.append([])
    return [Run(tuple(run), sentence) for run in runs if run]


def can_end_a_name(token: Token) -> bool:
    """Return whether a word begins with a capital, or with the article of an Arabic name: "al-Mutairi"."""
    return token.is_capital or told.WITH_ARTICLE.fullmatch(token.text) is not None


def _goes_on_after_particles(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capitalised word follows, after one more small word at most."""
    after = tokens[i + 1 : i + 3]
    return bool(after) and (
        after[0].is_capital or (after[0].text in PARTICLES and len(after) > 1 and after[1].is_capital)
    )


def is_headline(sentence: Sentence) -> bool:
    """Return whether most words begin with a capital, so that capitals tell nothing of names."""
    words = [token for token in sentence.tokens if token.kind == "word" and len(token.text) > 3]
    if sentence.tokens[-1].text == ".":
        return False
    return len(words) >= 4 and sum(token.is_capital for token in words) > 0.8 * len(words)


def _is_nickname(tokens: Sequence[Token], i: int) -> bool:
    """Whether a quotation mark opens a nickname inside a name: William "Bill" Smith."""
    if not 0 < i < len(tokens) - 3:
        return False
    before, opening, name, closing, after = tokens[i - 1 : i + 4]
    return opening.kind == closing.kind == "quote" and before.is_capital and name.is_capital and after.is_capital
