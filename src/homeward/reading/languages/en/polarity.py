"""Whether an event is told as having happened, as not, as to come, or only as a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from homeward.reading.drafts import StatementDraft
from homeward.reading.languages.en.word_classes import AUXILIARIES
from homeward.reading.text.sentences import Sentence

NEGATIONS = frozenset(["not", "never", "no", "neither", "nor", "without", "none", "nobody", "n't", "cannot"])
MODALS = frozenset(
    [
        "will",
        "would",
        "shall",
        "may",
        "might",
        "could",
        "should",
        "must",
        "can",
        "'ll",
        "won't",
        "wouldn't",
        "couldn't",
        "shouldn't",
        "can't",
        "cannot",
    ]
)
DONE = frozenset(
    [
        "able",
        "managed",
        "began",
        "begun",
        "started",
        "continued",
        "helped",
        "used",
        "happened",
        "came",
        "went",
        "proceeded",
    ]
)
"""Words after which "to ..." tells of what was done: "were able to recover"."""
NOT_DONE = frozenset(["yet", "failed", "fails", "refused", "declined", "unable", "forgot"])
CLAIMING = re.compile(r"^(?:claim|alleg|purport|assert|insist|contend)", re.IGNORECASE)
_CLAIMED = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red|claimed|said)\s+to\s+have\b|\b(?:reportedly|allegedly|supposedly|purportedly)\b",
    re.IGNORECASE,
)
_HOPE = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|want(?:s|ed)?|wish(?:es|ed)?|plan(?:s|ned)?|expect(?:s|ed)?|intend(?:s|ed)?|schedul\w+|propos\w+|agree[sd]?|promis\w+|pledg\w+|vow\w+|commit\w+|ready|prepar\w+|in\s+order|if|until|unless|once|would|ask(?:s|ed)?|urg(?:e|es|ed)|demand(?:s|ed)?|seek(?:s|ing)?|sought|offer(?:s|ed)?)\b[^,;]*$",
    re.IGNORECASE,
)
_JOINED_NOT = re.compile(
    r"(?:\b(?:no\s+longer|cannot|can\s+not|unable\s+to)|n[’']t|\b(?:did|does|do|could|can|would|will|has|have|had)\s+not)\b[^;.:]{0,80}?(?:,|\b(?:and|or))\s*$",
    re.IGNORECASE,
)
"""A verb that "or" or "and" joins to one that is denied: "did not raise other issues or request anything"."""
_JOINED_TO = re.compile(r"\bto\s+[a-z]+\s[^.;:]{0,60}?(?:,|\b(?:and|or))\s+$")
_SAID_TO_HAVE = re.compile(
    r"\b(?:reported|alleged|rumou?red|claimed|said|believed|thought|understood)\s+to\s+have\s+(?:\w+\s+)?$"
)
_NOT_TRUE = re.compile(r"\b(?:not\s+true|untrue|false|no\s+truth\s+in\s+\w+\s+\w+)\s+that\b[^.;]*$", re.IGNORECASE)
_FALSE_REPORT = re.compile(
    r"(?:The\s+)?(?:reports?|claims?|rumou?rs?)\s+that\b[^.;]*\b(?:was|were|is|are|proved|turned\s+out)\s+(?:to\s+be\s+)?(?:false|wrong|untrue|baseless|not\s+true)\b",
    re.IGNORECASE,
)
_GOT = re.compile(r"\b(?:got|forced|compelled|obliged|caused)\s+[^,.;]{2,50}\sto\s+$")
_NOT_MEAN = re.compile(r"\b(?:not|n[’']t)\s+mean\b[^.;]{0,60}$")
_TO_RESUME = re.compile(r"\bto\s+(?:resume|restart|start|begin|continue)\s+$")
_HELPED = re.compile(
    r"(?<!\bable to )(?<!\bhas )(?<!\bhave )\b(?:help(?:s|ing)?|let(?:s|ting)?)\s+(?:[\w.'’]+\s+){0,4}$", re.IGNORECASE
)
_PAST = re.compile(r"(?:ed|ing|ght|ound|ent|ave|ew|gan|gun|eld|met|old|oke|oken|own|s)$")
LOOKED_BACK = 6


def polarity(text: str, sentence: Sentence, first: int, around: Iterable[StatementDraft]) -> str:
    """Return ``happened``, ``denied``, ``planned`` or ``claimed`` for a verb that begins with a token of a sentence."""
    chain = _chain_before(sentence, first)
    words = set(chain)
    statements = list(around)
    if (
        words & NEGATIONS
        or words & NOT_DONE
        or any(word.endswith("n't") for word in chain)
        or _no_before(sentence, first, chain)
    ):
        return "denied"
    if any(one.act == "denied" for one in statements):
        return "denied"
    if _NOT_MEAN.search(text, sentence.start, sentence.tokens[first].start) or _is_untrue(text, sentence, first):
        return "denied"
    if words & MODALS or "be" in (sentence.tokens[first].lower, *chain[:1]):
        return "planned"
    if _TO_RESUME.search(text, sentence.start, sentence.tokens[first].start):
        return "planned"
    bare = not _PAST.search(sentence.tokens[first].lower)
    start = max(sentence.start, sentence.tokens[first].start - 120)
    if bare and _JOINED_NOT.search(text[start : sentence.tokens[first].start]):
        return "denied"
    if bare and (_JOINED_TO.search(text[start : sentence.tokens[first].start])):
        return "planned"
    if bare and _HELPED.search(text[start : sentence.tokens[first].start]):
        return "planned"
    if "to" in chain and _GOT.search(text[start : sentence.tokens[first].start]):
        return "happened"
    if "to" in chain and _SAID_TO_HAVE.search(text, start, sentence.tokens[first].start):
        return "claimed"
    if "to" in chain and not words & DONE:
        return "planned"
    clause = text[max(sentence.start, sentence.tokens[first].start - 90) : sentence.tokens[first].start]
    verb = sentence.tokens[first].lower
    if verb.endswith("ing") and _HOPE.search(clause):
        return "planned"
    if any(CLAIMING.match(one.verb) for one in statements) or _CLAIMED.search(clause[-40:]):
        return "claimed"
    return "happened"


def _is_untrue(text: str, sentence: Sentence, first: int) -> bool:
    """Whether the sentence says that what it tells of is not true: "It is not true that ...", "Reports that ... were wrong"."""
    at = sentence.tokens[first].start
    return bool(_NOT_TRUE.search(text, sentence.start, at) or _FALSE_REPORT.match(text, sentence.start, sentence.end))


def _chain_before(sentence: Sentence, first: int) -> list[str]:
    """Auxiliaries, adverbs and the like just before a verb."""
    chain = []
    for token in reversed(sentence.tokens[max(0, first - LOOKED_BACK) : first]):
        word = token.lower if token.text != "May" else ""
        part = word in AUXILIARIES | NEGATIONS | MODALS | DONE | NOT_DONE | {
            "to",
            "has",
            "had",
            "have",
            "been",
            "be",
            "was",
            "were",
            "also",
            "still",
            "needed",
            "expected",
            "scheduled",
            "set",
            "agreed",
        } or word.endswith(("ly", "n't"))
        if not part or token.kind not in ("word", "possessive"):
            break
        chain.append(word)
    return chain


def _no_before(sentence: Sentence, first: int, chain: list[str]) -> bool:
    """Whether the subject is "no ..." or "none of ..."."""
    start = max(0, first - len(chain) - 5)
    before = [
        "" if token.is_capital and i else token.lower
        for i, token in enumerate(sentence.tokens[: first - len(chain)])
        if i >= start
    ]
    return any(word in ("no", "none", "neither", "nobody") for word in before[-4:])
