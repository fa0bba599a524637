"""What an English word can be where it stands: noun, verb, participle; and the closed classes that decide it."""

from __future__ import annotations

from collections.abc import Set

from homeward.reading.languages.en.numerals import SMALL
from homeward.reading.languages.en.words import function_words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

AUXILIARIES = function_words("auxiliaries")
ADVERBS = function_words("adverbs")
BREAKS = function_words("breaks")
PREPOSITIONS = function_words("prepositions")
PRONOUNS = function_words("pronouns")
DETERMINERS = function_words("determiners")
CATENATIVES = function_words("catenatives")
NOUNS_TOO = function_words("nouns_too")
"""Verbs that are nouns at least as often, and are taken for such inside a phrase."""
PAST = function_words("past")
"""Forms of verbs that are never nouns."""


def is_noun(sentence: Sentence, i: int) -> bool:
    """Return whether a word that can be a verb is a noun or an adjective where it stands."""
    tokens = sentence.tokens
    if tokens[i].lower in AUXILIARIES:
        return False
    left = tokens[i - 1] if i else tokens[i]
    if i and tokens[i].lower.endswith("ing") and _is_gerund(tokens, i):
        return True
    if tokens[i].lower in NOUNS_TOO and tokens[i].lower in (
        "call",
        "demand",
        "request",
        "offer",
        "release",
        "report",
        "transfer",
    ):
        joined = left.is_capital or left.lower in AUXILIARIES | ADVERBS | PRONOUNS | {"to", "and", "or", "not", "but"}
        return not joined and left.kind == "word" and not left.lower.endswith("s")
    if (
        tokens[i].lower.endswith(("ed", "en"))
        and i
        and tokens[i - 1].lower in DETERMINERS | {"of"}
        and i + 1 < len(tokens)
        and tokens[i + 1].kind == "word"
        and tokens[i + 1].lower not in PREPOSITIONS
    ):
        return True
    if i > 1 and tokens[i].lower.endswith("s") and tokens[i - 1].lower in NOUNS_TOO and tokens[i - 2].kind == "number":
        return True
    return not tokens[i].lower.endswith(("ed", "ing")) and is_noun_at(tokens, i)


def _is_gerund(tokens: list[Token], i: int) -> bool:
    """Whether a form in "-ing" is a noun or an adjective: "of searching and finding", "while searching", "a pressing issue"."""
    left = tokens[i - 1].lower
    joined = left in ("and", "or") and i > 1 and tokens[i - 2].lower.endswith("ing") and _is_gerund(tokens, i - 2)
    return joined or left in PREPOSITIONS - {"to"} | {"while", "when"} | DETERMINERS - {
        "that",
        "this",
        "all",
        "both",
        "some",
    }


def is_noun_at(tokens: list[Token], i: int) -> bool:
    """Return whether a word that can be a verb is a noun here: after an article, an adjective, a possessive, a preposition, a number."""
    if not i or tokens[i].lower in PAST:
        return not i
    left = tokens[i - 1]
    return (
        left.lower in DETERMINERS
        or left.lower in SMALL
        or left.kind in ("possessive", "number")
        or left.lower in PREPOSITIONS - {"to"}
        or left.text in ("-", "/", "”", '"')
        or left.lower in ("other", "such", "similar", "own", "several", "many", "few", "further")
        or (
            not left.is_capital
            and left.lower.endswith(("al", "ic", "ive", "joint", "new"))
            and not tokens[i].lower.endswith(("ed", "id"))
        )
    )


def is_verb(tokens: list[Token], i: int, last: int, verbs: Set[str]) -> bool:
    """Return whether a word is the verb of a clause: no noun, no participle that tells more of the noun before it."""
    token = tokens[i]
    return (
        (is_regular(token) or token.lower in verbs)
        and not token.is_capital
        and not is_noun_at(tokens, i)
        and not modifies(tokens, i, last)
    )


def is_regular(token: Token) -> bool:
    """Return whether a word has the form of a regular verb in the past."""
    return token.kind == "word" and len(token.lower) > 4 and token.lower.endswith("ed") and "-" not in token.lower


def modifies(tokens: list[Token], i: int, last: int) -> bool:
    """Return whether a participle tells more of the noun before it: "Americans lost in Laos", "a meeting planned for May"."""
    word = tokens[i].lower
    participle = word.endswith("ed") or word in (
        "lost",
        "found",
        "held",
        "killed",
        "made",
        "known",
        "left",
        "taken",
        "built",
        "set",
        "seen",
        "given",
        "sent",
        "brought",
    )
    following = tokens[i + 1].lower if i < last else ""
    return (
        participle
        and following in PREPOSITIONS
        and not (following == "over" and word in ("handed", "turned", "given", "taken", "brought"))
        and i > 0
        and tokens[i - 1].kind == "word"
        and tokens[i - 1].lower not in PRONOUNS
    )


def is_mark(tokens: list[Token], i: int) -> bool:
    """Return whether a sign is a quotation mark, and not the apostrophe of a plural: "the sides' secretaries"."""
    return tokens[i].kind == "quote" and not (
        tokens[i].text in "'’" and i > 0 and tokens[i - 1].end == tokens[i].start and tokens[i - 1].lower.endswith("s")
    )


def is_ordinal(tokens: list[Token], i: int) -> bool:
    """Return whether "first" or "last" is one of several things: "the first"."""
    return tokens[i].lower in ("first", "last") and i > 0 and tokens[i - 1].lower in DETERMINERS


def is_dash(tokens: list[Token], i: int) -> bool:
    """Return whether a hyphen stands between spaces, as a dash does."""
    return tokens[i].text in "-–" and i > 0 and tokens[i - 1].end < tokens[i].start
