"""The subject of a clause, where phrases and relative clauses stand between it and its verb."""

from __future__ import annotations

from collections.abc import Set

from homeward.reading.languages.en.phrases import Phrase, before_chain, phrase
from homeward.reading.languages.en.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BREAKS,
    NOUNS_TOO,
    PREPOSITIONS,
    is_mark,
    is_verb,
)
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

FRONTED = frozenset(("according", "later", "that", "asked", "pressed", "questioned", "speaking", "standing", "writing"))
"""Words that begin what stands before a clause, up to a comma: "Asked about the boxes, Roe was cautious"."""
RELATIVES = frozenset(("who", "which", "that", "whose", "whom", "where"))


def clause_subject(sentence: Sentence, at: int, verbs: Set[str], first: int = 0) -> Phrase | None:
    """Return the noun phrase with which the clause of a verb begins, past phrases and relative clauses that belong to it.

    first: the token with which the sentence begins after "SEOUL, July 13 (Yonhap) --".
    """
    tokens = sentence.tokens
    begin = first
    group: tuple[int, int] | None = None  # first and last token of a verb whose relative pronoun has not been found yet
    for i in range(before_chain(tokens, at - 1, first), first - 1, -1):
        token = tokens[i]
        if token.text in ";:" or is_mark(tokens, i) or token.lower in BREAKS - RELATIVES:
            begin = i + 1
            break
        if token.lower in RELATIVES:
            group = None
        elif token.lower.endswith("ing") and not (i and tokens[i - 1].lower in AUXILIARIES):
            continue
        elif (token.lower in AUXILIARIES and token.text != "May") or is_verb(tokens, i, at - 1, verbs - NOUNS_TOO):
            if group is not None and not _is_chain(tokens, i + 1, group[0]):
                break
            group = None if _is_inserted(tokens, i) else (i, group[1] if group else i)
    if group is not None:
        begin = max(begin, group[1] + 1)
    return opening(sentence, begin, at)


def _is_inserted(tokens: list[Token], i: int) -> bool:
    """Whether a participle after a comma tells more of the subject: "A meeting, planned for May, has been moved"."""
    return (
        i > 0
        and tokens[i - 1].text == ","
        and tokens[i].lower.endswith(("ed", "set", "wn", "ven", "ade", "ken", "gun", "eld", "ght", "ut"))
    )


def _is_chain(tokens: list[Token], first: int, end: int) -> bool:
    """Whether nothing but "to" and adverbs stands between the parts of one verb: "were to be arranged"."""
    return all(one.lower == "to" or one.lower in ADVERBS or one.lower.endswith("ly") for one in tokens[first:end])


def opening(sentence: Sentence, begin: int, at: int, verbs: Set[str] = frozenset()) -> Phrase | None:
    """Return the noun phrase that begins at a token, or after "In March," and the like that stand there, up to a verb."""
    tokens = sentence.tokens
    if begin < at and tokens[begin].lower in PREPOSITIONS | ADVERBS | FRONTED:
        comma = next((i for i in range(begin, at) if tokens[i].text == ","), None)
        begin = at if comma is None else comma + 1
    while begin < at and (tokens[begin].text == "," or tokens[begin].lower in ("and", "but", "that", "then")):
        begin += 1
    last = begin - 1
    for i in range(begin, at):
        is_break = is_mark(tokens, i) or (tokens[i].kind == "sign" and tokens[i].text not in "-–/&.")
        if is_break or tokens[i].lower in BREAKS or (tokens[i].lower in PREPOSITIONS and tokens[i].lower != "of"):
            break
        if verbs and (
            tokens[i].lower in AUXILIARIES | ADVERBS
            or tokens[i].lower.endswith("ly")
            or (i > begin and is_verb(tokens, i, at - 1, verbs))
        ):
            break
        last = i
    return phrase(sentence, begin, last) if last >= begin else None
