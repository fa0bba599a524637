"""Reported speech: where what was said begins, what it consists of, and whom it was told."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.gathered_statements import SHORTEST_QUOTE, Gathered, without_date
from homeward.reading.languages.en.quotations import Quotation, n_words
from homeward.reading.languages.en.stretches import end_of, skip, strip_end
from homeward.reading.languages.en.words import Saying, verb_forms
from homeward.reading.text.sentences import Sentence

_CLAIM = re.compile(
    r"\s+(?:an?|the|any|all|those|these|his|her|its|their|\w+['’]s)?\s*(?:\w+\s+)?(?:claims?|reports?|allegations?|suggestions?|accusations?)\s+(?:[^,.;“”\"]{0,50}?\s)?that\s+"
)
"""What is denied is what the claim says: "denied a claim by the union that ..."."""
_IN_A_STATEMENT = re.compile(
    r"\s+(?:in|on|at|during|by|through|via)\s+(?:an?\s+|the\s+|its\s+|his\s+|her\s+)?(?:[\w-]+\s+){0,2}?(?:statement|interview|release|briefing|conference|speech|tweet|letter|e-?mail|report|post|phone|"
    r"telephone|Twitter|Telegram|Facebook|television|hearing|testimony)\b(?=\s+(?:he|she|it|they|we|there|the|an?|its|his|her|their|no|[A-Z]))"
)
FARTHEST_PROMISE = 14
"""Tokens from the verb to the "to" of a promise."""
_TAKES_OBJECT = frozenset(
    [
        "announce",
        "announces",
        "announced",
        "announcing",
        "deny",
        "denies",
        "denied",
        "denying",
        "reject",
        "rejects",
        "rejected",
        "promise",
        "promises",
        "promised",
        "pledge",
        "pledges",
        "pledged",
        "vow",
        "vows",
        "vowed",
        "reveal",
        "revealed",
        "disclose",
        "disclosed",
        "report",
        "reports",
        "reported",
        "believe",
        "believes",
        "considers",
        "estimate",
        "estimates",
        "estimated",
        "predict",
        "predicted",
        "expect",
        "expects",
        "expected",
    ]
)


class ReportedSpeech(Gathered):
    """Finds it beside a verb of saying."""

    def _content_start(self, sentence: Sentence, i: int, hearer: Span | None, saying: Saying) -> int | None:
        """Where the content begins after a verb: after "that", a colon, a quotation mark, or at once."""
        tokens = sentence.tokens
        verb = tokens[i]
        claim = _CLAIM.match(self.text, verb.end, sentence.end) if saying.act == "denied" else None
        if claim:
            return claim.end()
        at = hearer[1] if hearer else verb.end
        for j in range(i + 1, min(len(tokens), i + 16)):
            token = tokens[j]
            if token.start < at:
                continue
            if token.lower == "that":
                if self._joins_content(sentence, at, j):
                    return skip(self.text, token.end, sentence.end)
                break
            if token.text == ":" or token.kind == "quote":
                if token.kind == "quote" and self._has_clause(sentence, at, j):
                    break
                return token.start if token.kind == "quote" else skip(self.text, token.end, sentence.end)
            if token.text in ";.":
                break
        if verb.lower in ("told", "tell", "tells", "telling", "informed", "briefed") and hearer is None:
            return None
        place = _IN_A_STATEMENT.match(self.text, at, sentence.end) if saying.strength == 2 else None
        at = place.end() if place else at
        following = phrases.index_at(sentence, at)
        if following >= len(tokens) or tokens[following].text in ".,;":
            return None
        date = next(iter(self.words.dates_in(at, tokens[following].start + 5)), None)
        owns = date is not None and self.text[date.span[1] : date.span[1] + 1] in ("'", "’")
        if date is not None and not owns and self.text[at : date.span[0]].split() in ([], ["on"], ["in"]):
            at = date.span[1]
            following = phrases.index_at(sentence, at)
        if following >= len(tokens) or tokens[following].text in ".,;":
            return None
        if (
            tokens[following].lower
            in ("in", "at", "during", "to", "on", "by", "from", "about", "of", "after", "before", "for", "as", "with")
            and not (tokens[following].lower == "to" and saying.act in ("promised", "expected", "estimated"))
            and saying.act != "reported"
            and not _counts(sentence, following)
        ):
            return self._promised(sentence, following) if saying.act == "promised" else None
        if saying.strength == 1 and verb.lower not in _TAKES_OBJECT:
            return None
        if tokens[following].lower == "to" and saying.act not in ("promised", "expected", "estimated"):
            return None
        if tokens[following].lower == "that":
            return skip(self.text, tokens[following].end, sentence.end)
        return tokens[following].start

    def _promised(self, sentence: Sentence, following: int) -> int | None:
        """Where a promise begins after its place or day: "promised at talks in May to let them dig"."""
        for j in range(following, min(following + FARTHEST_PROMISE, len(sentence.tokens) - 1)):
            if sentence.tokens[j].text in ",;:":
                return None
            if sentence.tokens[j].lower == "to" and sentence.tokens[j + 1].lower not in word_classes.DETERMINERS:
                is_capital = sentence.tokens[j + 1].is_capital
                return None if is_capital else sentence.tokens[j].start
        return None

    def _has_clause(self, sentence: Sentence, at: int, j: int) -> bool:
        """Whether a clause begins between a verb of saying and a quotation: 'said the return could begin "in weeks"'."""
        between = sentence.tokens[phrases.index_at(sentence, at) : j]
        names = [token for token in between if token.lower in word_classes.DETERMINERS or token.is_capital]
        begins = names[:1] == between[:1] and not self.words.dates_in(at, between[0].start + 1) if between else False
        aims = bool(between) and between[0].lower == "to"
        return (
            begins
            or aims
            or any(token.lower in word_classes.AUXILIARIES | {"he", "she", "it", "they", "we"} for token in between)
        )

    def _joins_content(self, sentence: Sentence, at: int, j: int) -> bool:
        """Whether a "that" begins what was said: nothing but a place, a date or an insertion stands between it and the verb."""
        tokens = sentence.tokens
        following = phrases.index_at(sentence, at)
        if tokens[j - 1].lower in word_classes.PREPOSITIONS:
            return False
        return (
            following == j
            or tokens[following].lower in word_classes.PREPOSITIONS | word_classes.ADVERBS
            or tokens[following].text == ","
            or bool(self.words.dates_in(tokens[following].start, tokens[following].start + 1))
        )

    def _hearer(self, sentence: Sentence, i: int) -> Span | None:
        """Whom it was told: the object of "told", what follows "to" after other verbs."""
        tokens = sentence.tokens
        if i + 1 >= len(tokens):
            return None
        if tokens[i].lower in (
            "told",
            "tell",
            "tells",
            "telling",
            "informed",
            "inform",
            "informs",
            "briefed",
            "assured",
            "reminded",
            "warned",
        ):
            found = phrases.after(sentence, i, verb_forms())
            if found and (press := self.speakers.press_at(found.span[0])) is not None:
                return press
            return (
                without_date(found.span, self.words)
                if found and tokens[found.first].lower not in ("that", "of", "about")
                else None
            )
        if tokens[i + 1].lower == "to":
            found = phrases.after(sentence, i + 1, verb_forms())
            return (
                without_date(found.span, self.words)
                if found and tokens[found.first].lower not in verb_forms()
                else None
            )
        return None

    def _attribution_end(self, sentence: Sentence, at: int, hearer: Span | None) -> int:
        """The end of the words that attribute: up to the next quotation or the end of the sentence."""
        end = max(at, hearer[1] if hearer else at)
        following = next((one.span[0] for _, one in self.quotes.beginning(end, sentence.end)), sentence.end)
        return strip_end(self.text, end, min(following, end_of(self.text, sentence))) if following > end else end

    def _has_verb(self, sentence: Sentence, content: Span) -> bool:
        """Whether words are a clause, and not only where or when somebody spoke: "At a rally in Duluth, Minnesota"."""
        return any(
            token.lower in word_classes.AUXILIARIES or token.lower in verb_forms() or token.lower.endswith("ed")
            for token in sentence.tokens
            if content[0] <= token.start < content[1] and (not token.is_capital or token.start == content[0])
        )

    def _is_whole(self, start: int, quote: Quotation) -> bool:
        """Whether a quotation at the beginning of what was said is a sentence of its own, whatever follows it."""
        whole = self.text[quote.inside[1] - 1] in ".,!?"
        return whole and quote.span[0] <= start + 1 and n_words(self.text, quote.inside) >= SHORTEST_QUOTE


def _counts(sentence: Sentence, i: int) -> bool:
    """Whether "about" or "at least" stands before a number, with which what was said begins."""
    following = [token for token in sentence.tokens[i + 1 : i + 3] if token.lower not in ("least", "most")]
    return sentence.tokens[i].lower in ("about", "at") and bool(following) and following[0].kind == "number"
