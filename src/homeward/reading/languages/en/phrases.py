"""Who does what in an English sentence, as far as word order tells: noun phrases beside a verb, after a preposition."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from homeward.reading.drafts import Span
from homeward.reading.languages.en.word_classes import (
    ADVERBS,
    AUXILIARIES,
    BREAKS,
    CATENATIVES,
    DETERMINERS,
    NOUNS_TOO,
    PREPOSITIONS,
    PRONOUNS,
    is_dash,
    is_mark,
    is_noun_at,
    is_ordinal,
    is_regular,
    is_verb,
)
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

LOOKED_BACK = 26
_BEFORE_ARTICLE = (
    PREPOSITIONS
    | ADVERBS
    | DETERMINERS
    | AUXILIARIES
    | BREAKS
    | {
        "and",
        "or",
        "but",
        "nor",
        "half",
        "according",
        "such",
        "not",
        "behind",
        "beyond",
        "below",
        "above",
        "beside",
        "along",
    }
    | {"outside", "inside", "amid", "beneath", "off", "past", "like", "out"}
)
"""Words between which and an article no phrase ends."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the tokens from first to last, of a sentence."""

    first: int
    last: int
    span: Span


def phrase(sentence: Sentence, first: int, last: int) -> Phrase | None:
    """Return a phrase without adverbs, commas and conjunctions at its ends; ``None`` if nothing is left."""
    tokens = sentence.tokens
    while first <= last and (
        tokens[first].kind in ("sign", "quote")
        or tokens[first].lower in ("and", "or", "but", "then", "also", "yet", "nor", "now")
    ):
        first += 1
    while first <= last and (
        tokens[last].kind == "quote"
        or tokens[last].text in ",;:—–-"
        or tokens[last].lower in {"and", "or"} | (PREPOSITIONS if last > first else frozenset())
        or (tokens[last].lower in ADVERBS and not is_ordinal(tokens, last))
    ):
        last -= 1
    if first > last:
        return None
    return Phrase(first, last, (tokens[first].start, tokens[last].end))


def before(sentence: Sentence, at: int, verbs: Set[str] = frozenset(), limit: int = 0) -> Phrase | None:
    """Return the noun phrase before a verb: its subject in an active, what it is done to in a passive clause."""
    tokens = sentence.tokens
    last = before_chain(tokens, at - 1, limit)
    if last < limit:
        return None
    if tokens[last].text == ")":
        opening = next((i for i in range(last, max(limit, last - 8) - 1, -1) if tokens[i].text == "("), None)
        if opening is not None and opening > limit:
            last = opening - 1
    for i in range(last, max(limit, last - 12), -1):
        if tokens[i].text == "," or tokens[i].kind == "quote":
            break
        if tokens[i].lower == "who" and i < last:
            return _plain_before(sentence, i - 1, verbs, limit)
    if tokens[last].text == ",":
        return _before_apposition(sentence, last, verbs, limit) or _plain_before(sentence, last - 1, verbs, limit)
    return _plain_before(sentence, last, verbs, limit)


def before_chain(tokens: list[Token], last: int, limit: int) -> int:
    """Return the last token before a chain of auxiliaries, adverbs and "needed to", "had yet to"."""
    while last >= limit:
        token = tokens[last]
        adverb = token.lower in ADVERBS or (
            token.kind == "word" and token.lower.endswith("ly") and not token.is_capital
        )
        if (
            token.lower in AUXILIARIES
            or token.lower == "once"
            or (token.lower in ("last", "first") and not is_ordinal(tokens, last))
            or (token.lower in ("since", "long") and last and tokens[last - 1].lower in ("have", "has", "had"))
            or (
                token.lower in ("so", "far")
                and [one.lower for one in tokens[last - (token.lower == "far") :][:2]] == ["so", "far"]
            )
            or (adverb and not is_ordinal(tokens, last))
            or token.lower == "to"
            or (token.kind == "quote" and last + 1 < len(tokens) and tokens[last + 1].start == token.end)
            or (token.lower in CATENATIVES and tokens[min(last + 1, len(tokens) - 1)].lower == "to")
        ):
            last -= 1
        else:
            break
    return last


def subject(sentence: Sentence, at: int, verbs: Set[str]) -> Phrase | None:
    """Return the subject of a verb; of one that "and" joins to another verb, the other's."""
    tokens = sentence.tokens
    if at and tokens[at - 1].kind == "quote" and tokens[at - 1].end == tokens[at].start:
        at -= 1
    last = before_chain(tokens, at - 1, 0)
    if (last > 0 and tokens[last].lower in ("and", "or", "then", "but")) or (
        last > 0 and tokens[last].text == "," and tokens[at - 1].lower != "who"
    ):
        for i in range(last - 1, max(-1, last - LOOKED_BACK), -1):
            joined = tokens[last].lower in ("and", "or", "then", "but")
            if joined and (tokens[i].lower in verbs or is_regular(tokens[i])) and not is_noun_at(tokens, i):
                return subject(sentence, i, verbs)
    if last >= 0 and tokens[last].lower in ("who", "which", "that"):
        return _plain_before(sentence, last - 1 if tokens[last - 1].text != "," else last - 2, verbs, 0)
    return before(sentence, at, verbs)


def with_prepositions(sentence: Sentence, found: Phrase) -> Phrase:
    """Return a phrase with what follows it after "for", "of", "with", "at", "from": "a spokesman for the command"."""
    tokens = sentence.tokens
    for _ in range(2):
        at = found.last + 1
        if at >= len(tokens) or tokens[at].lower not in ("for", "of", "with", "at", "from", "in", "on"):
            break
        more = after(sentence, at)
        if more is None or not (tokens[more.first].is_capital or tokens[more.first].lower in DETERMINERS):
            break
        found = Phrase(found.first, more.last, (found.span[0], more.span[1]))
    return found


def _before_apposition(sentence: Sentence, comma: int, verbs: Set[str], limit: int) -> Phrase | None:
    """The name before ", a spokesman for the command," that stands between it and the verb."""
    tokens = sentence.tokens
    for i in range(comma - 1, max(limit, comma - 45) - 1, -1):
        if tokens[i].text in ";:" or tokens[i].kind == "quote":
            return None
        if tokens[i].text == ",":
            first = tokens[i + 1]
            if (
                first.lower
                in (
                    "a",
                    "an",
                    "the",
                    "who",
                    "whose",
                    "which",
                    "his",
                    "her",
                    "its",
                    "then",
                    "now",
                    "of",
                    "speaking",
                    "citing",
                    "quoting",
                    "referring",
                    "asking",
                    "writing",
                    "in",
                    "killed",
                    "captured",
                    "missing",
                    "lost",
                    "born",
                    "reported",
                    "written",
                    "led",
                    "chaired",
                    "known",
                    "held",
                    "made",
                    "broken",
                    "begun",
                    "due",
                    "found",
                )
                or first.kind in ("number",)
                or first.is_capital
                or first.lower.startswith("co-")
                or first.lower
                in (
                    "director",
                    "commander",
                    "head",
                    "spokesman",
                    "spokeswoman",
                    "president",
                    "executive",
                    "chief",
                    "deputy",
                    "executive",
                    "son",
                    "daughter",
                    "brother",
                    "sister",
                    "niece",
                    "nephew",
                    "widow",
                    "formerly",
                    "former",
                )
            ):
                end = i - 1
                if tokens[end].text == ")" and first.lower == "which":
                    end = next((j - 1 for j in range(end, max(limit, end - 8), -1) if tokens[j].text == "("), end)
                found = _plain_before(sentence, end, verbs, limit)
                if found is None or not _can_head(tokens, found):
                    continue
                return found
    return None


def _can_head(tokens: list[Token], found: Phrase) -> bool:
    """Whether a phrase before a comma can be what the apposition after it is said of, and is no part of one itself."""
    first = tokens[found.first]
    if tokens[found.last].kind == "number" or not (
        first.is_capital or first.lower in DETERMINERS | PRONOUNS or first.kind == "number"
    ):
        return False
    before_it = tokens[found.first - 1] if found.first else None
    if before_it is None:
        return True
    if tokens[0].lower in PREPOSITIONS and all(token.text != "," for token in tokens[: found.first - 1]):
        return True
    if before_it.lower in PREPOSITIONS and found.first > 1 and tokens[found.first - 2].text == ",":
        return False
    return not (
        before_it.text == ","
        and found.last - found.first <= 1
        and found.first > 1
        and tokens[found.first - 2].is_capital
    )


def _plain_before(sentence: Sentence, last: int, verbs: Set[str], limit: int) -> Phrase | None:
    tokens = sentence.tokens
    first = last + 1
    for i in range(last, max(limit, last - LOOKED_BACK) - 1, -1):
        token = tokens[i]
        if (
            is_mark(tokens, i)
            or (token.kind == "sign" and (token.text not in "-–/&." or is_dash(tokens, i)))
            or token.lower in BREAKS
        ):
            break
        if token.text == "." and not (i and len(tokens[i - 1].text) <= 4 and tokens[i - 1].is_capital):
            break
        if i < last and _begins_another(tokens, i + 1):
            break
        if (token.lower in AUXILIARIES and token.text != "May") or is_verb(tokens, i, last, verbs):
            break
        first = i
    while first <= last and tokens[first].lower in ("and", "but", "then"):
        first += 1
    while (
        first <= last
        and tokens[first].lower in PREPOSITIONS
        and not (
            tokens[first].lower in ("about", "around", "over", "under")
            and first < last
            and tokens[first + 1].kind == "number"
        )
    ):
        first += 1
        while first <= last and not _starts_phrase(tokens, first):
            first += 1
    return phrase(sentence, first, last)


def _begins_another(tokens: list[Token], i: int) -> bool:
    """Whether an article after a noun or a number begins a phrase of its own: "Since the invasion the committee has"."""
    left = tokens[i - 1]
    return (
        tokens[i].lower in ("the", "a", "an", "its", "his", "her", "their")
        and left.kind in ("word", "number")
        and left.lower not in _BEFORE_ARTICLE
        and not left.lower.endswith("ing")
        and left.text != "US"
    )


def _starts_phrase(tokens: list[Token], i: int) -> bool:
    return tokens[i].lower in DETERMINERS or tokens[i].is_capital or tokens[i].lower in PRONOUNS


def _is_passed_over(tokens: list[Token], i: int) -> bool:
    """Whether a word after a verb is an adverb or its particle, and no part of the phrase that follows."""
    word = tokens[i].lower
    if i + 1 < len(tokens) and tokens[i + 1].kind == "possessive":
        return False
    counts = i + 1 < len(tokens) and (tokens[i + 1].kind == "number" or (word == "up" and tokens[i + 1].lower == "to"))
    if word in ("over", "up") and counts:
        return False
    adverb = word in ADVERBS or (word.endswith("ly") and tokens[i].kind == "word" and not tokens[i].is_capital)
    return adverb or word in ("over", "back", "home", "out", "up", "off", "down")


def after(sentence: Sentence, at: int, verbs: Set[str] = frozenset(), *, with_to: bool = False) -> Phrase | None:
    """Return the noun phrase that follows a verb or a preposition, with "of ..." and what "and" joins to it."""
    tokens = sentence.tokens
    first = at + 1
    while first < len(tokens) and _is_passed_over(tokens, first):
        first += 1
    last = first - 1
    begin = first
    if [token.lower for token in tokens[first : first + 3]] in (
        ["as", "many", "as"],
        ["as", "few", "as"],
        ["as", "much", "as"],
    ):
        begin = first + 3
    elif (
        first + 1 < len(tokens)
        and tokens[first].lower in ("more", "fewer", "less")
        and tokens[first + 1].lower == "than"
    ):
        begin = first + 2
    elif (
        first + 1 < len(tokens)
        and tokens[first].lower in ("about", "around", "between", "under")
        and (
            tokens[first + 1].kind == "number"
            or tokens[first + 1].lower
            in ("a", "half", "two", "three", "four", "five", "six", "ten", "twenty", "thirty", "forty", "fifty")
        )
    ):
        begin = first + 1
    elif tokens[first : first + 1] and tokens[first].lower in ("up", "over"):
        begin = first + 1 + (tokens[first].lower == "up")
    for i in range(begin, len(tokens)):
        token = tokens[i]
        if token.text in "’'" and i > first and tokens[i - 1].end == token.start and tokens[i - 1].lower.endswith("s"):
            continue
        if token.kind == "quote" and i > first:
            break
        if token.kind == "sign" and (token.text not in "-–/&.'" or is_dash(tokens, i)):
            break
        if token.text == "." and (
            i + 1 == len(tokens) or not (len(tokens[i - 1].text) <= 4 and tokens[i - 1].is_capital)
        ):
            break
        if (token.lower in BREAKS and not _compares(tokens, i)) or token.lower in AUXILIARIES:
            break
        if token.lower in PREPOSITIONS and token.lower != "of":
            break
        if (
            token.lower in ("and", "or")
            and i + 1 < len(tokens)
            and tokens[i + 1].text != "US"
            and (tokens[i + 1].lower in verbs or tokens[i + 1].lower in PRONOUNS | {"then", "also", "will", "would"})
            and not is_noun_at(tokens, i + 1)
        ):
            break
        if i > first and token.lower in verbs - NOUNS_TOO and not token.is_capital and not is_noun_at(tokens, i):
            break
        if (
            i > first
            and token.text != "US"
            and token.lower in DETERMINERS | PRONOUNS
            and tokens[i - 1].lower not in PREPOSITIONS | {"and", "or", "all", "both"}
        ):
            break
        last = i
    return phrase(sentence, first, last)


def _compares(tokens: list[Token], i: int) -> bool:
    """Whether "than" stands between "more" and a number: "the graves of more than 30 men"."""
    more = tokens[i - 1].lower in ("more", "fewer", "less")
    return tokens[i].lower == "than" and more and i + 1 < len(tokens) and tokens[i + 1].kind == "number"


def after_preposition(
    sentence: Sentence, at: int, prepositions: Set[str], verbs: Set[str] = frozenset(), stop: int | None = None
) -> Phrase | None:
    """Return the noun phrase after the first of some prepositions that follows a verb in its clause."""
    tokens = sentence.tokens
    for i in range(at + 1, len(tokens) if stop is None else min(stop, len(tokens))):
        if tokens[i].text in ";:" or tokens[i].lower in BREAKS - {"that"} or (tokens[i].lower == "that" and i > at + 1):
            return None
        if tokens[i].lower in prepositions:
            found = after(sentence, i, verbs)
            if found is not None and tokens[found.first].lower not in verbs:
                return found
    return None


def index_at(sentence: Sentence, position: int) -> int:
    """Return the number of the token at or after a position in the text."""
    for i, token in enumerate(sentence.tokens):
        if token.end > position:
            return i
    return len(sentence.tokens)
