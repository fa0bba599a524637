"""Attributions without a verb of saying and its subject: "according to", "claims that", "was told that"."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.gathered_statements import Attribution, Gathered
from homeward.reading.languages.en.quotations import n_words
from homeward.reading.languages.en.stretches import end_of, skip, strip_end
from homeward.reading.languages.en.words import Saying, verb_forms
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

ACCORDING = re.compile(
    r"\b(?:[Aa]ccording\s+to|[Ii]n\s+the\s+(?:words|view|opinion|judge?ment|estimation|telling)\s+of|[Aa]s\s+per)\s+"
)
_OFFICE = re.compile(r",\s+(?:the|an?|its|his|her|their)\s+[^,;]{3,90},\s+(?=[a-z\d]|[A-Z])")
"""Who a source is, between it and what it said: "According to Jane Roe, the laboratory's director, ..."."""
CLAIMS = re.compile(
    r"\b(?P<noun>claims?|assertions?|allegations?|denials?|promises?|pledges?|announcements?|statements?|remarks?|insistence|reports?|suggestions?|belief|admission)\s+(?:by\s+(?P<by>(?:[A-Z][\w.’'-]*\s?){1,5}|(?:the|an?|its|their)\s+[\w’' -]{3,40}?)\s+)?that\s+"
)
ACT_OF_NOUN = {
    "denial": "denied",
    "promise": "promised",
    "pledge": "promised",
    "announcement": "announced",
    "report": "reported",
}
_COUNT = re.compile(
    r",\s+(?P<by>by)\s+(?:the\s+(?:count|estimate|reckoning|tally|figures)\s+of\s+)?(?P<who>(?:the\s+)?[\w.]+(?:\s+[A-Z][\w.]*){0,3})(?:(?<=s)['’]|['’]s)?(?:\s+(?:own\s+)?(?P<noun>count|estimate|reckoning|tally|figures))?\b"
)
_BY_COUNT = re.compile(
    r"(?P<by>[Bb]y)\s+(?P<who>(?:the\s+)?(?:[A-Z][\w.]*|[a-z]+)(?:\s+[A-Z][\w.]*){0,3})(?:(?<=s)['’]|['’]s)\s+(?:own\s+)?(?:count|estimate|reckoning|tally|figures),\s+"
)
"""Whose count it is, before it: "By the Pentagon's count, nearly 7,700 ..."."""
LEAST_WORDS = 3
_TOLD = re.compile(r"\b(?:was|were)\s+(?P<verb>told|informed|notified|advised)\s+that\s+")


class OtherAttributions(Gathered):
    """Finds them, sentence by sentence."""

    def _according(self, sentence: Sentence) -> None:
        """As in "According to X, ..." and "..., according to X"."""
        for match in _COUNT.finditer(self.text, sentence.start, sentence.end):
            if match["noun"] is None and " of " not in self.text[match.start() : match.start("who")]:
                continue
            start = self._clause_start(sentence, match.start())
            content = (start, strip_end(self.text, start, match.start()))
            form = Attribution(
                (start, match.end()),
                match.span("who"),
                match["by"],
                Saying("estimated", 2),
                None,
                "statement:by the count of",
                0.8,
            )
            self._add(sentence, form, content)
        count = _BY_COUNT.match(self.text, sentence.start, sentence.end)
        if count is not None:
            content = (count.end(), end_of(self.text, sentence))
            said = Saying("estimated", 2)
            form = Attribution(
                (count.start(), content[1]),
                count.span("who"),
                count["by"],
                said,
                None,
                "statement:by the count of",
                0.8,
            )
            self._add(sentence, form, content)
        for match in ACCORDING.finditer(self.text, sentence.start, sentence.end):
            if self._in_quote(match.start()):
                continue
            at = phrases.index_at(sentence, match.end() - 1) - 1
            speaker = self._source_after(sentence, at + 1)
            if speaker is None:
                continue
            if match.start() - sentence.start <= 3:
                office = self._office_after(sentence, speaker)
                content = (
                    skip(self.text, office.end() if office else speaker[1], sentence.end),
                    end_of(self.text, sentence),
                )
                span = (match.start(), content[1])
            else:
                start = self._clause_start(sentence, match.start())
                content = (start, strip_end(self.text, start, match.start()))
                if n_words(self.text, content) < LEAST_WORDS:
                    content = (start, end_of(self.text, sentence))  # "Otis, according to two officers, refused"
                span = (start, max(speaker[1], content[1]))
            if match[0].lower().startswith("in the words"):
                content = self._words_after(sentence, speaker) or content
                span = (min(span[0], content[0]), max(span[1], content[1]))
            self._add(
                sentence,
                Attribution(
                    span,
                    speaker,
                    " ".join(match[0].split()).lower(),
                    Saying("asserted", 2),
                    None,
                    "statement:according to",
                    0.9,
                ),
                content,
            )

    def _office_after(self, sentence: Sentence, speaker: Span) -> re.Match[str] | None:
        """Who a source is, between commas after its name; no clause, which is what it said."""
        at = speaker[1]
        office = _OFFICE.match(self.text, at, sentence.end)
        if office is None or not self.speakers.names_person(speaker):
            return None
        tokens = sentence.tokens[phrases.index_at(sentence, at) : phrases.index_at(sentence, office.end() - 1)]
        return None if any(token.lower in word_classes.AUXILIARIES for token in tokens) else office

    def _words_after(self, sentence: Sentence, speaker: Span) -> Span | None:
        """The quotation that follows "in the words of X"."""
        quote = next((one for _, one in self.quotes.beginning(speaker[1], sentence.end)), None)
        if quote is None:
            return None
        self.used.add(quote.span)
        return quote.inside

    def _source_after(self, sentence: Sentence, at: int) -> Span | None:
        """The source named after "according to", up to the comma or the end."""
        tokens = sentence.tokens
        last = at - 1
        for i in range(at, len(tokens)):
            token = tokens[i]
            if (
                token.text in ",;:—–"
                or token.kind == "quote"
                or (token.text == "." and i == len(tokens) - 1)
                or (i > at + 1 and self._begins_clause(tokens, i))
                or (
                    token.lower in ("who", "which", "that", "and")
                    and not (token.lower == "and" and i + 1 < len(tokens) and tokens[i + 1].is_capital)
                )
            ):
                break
            last = i
        found = phrases.phrase(sentence, at, last) if last >= at else None
        return found.span if found else None

    def _begins_clause(self, tokens: list[Token], i: int) -> bool:
        """Whether a word after a name begins what was said, without a comma: "According to the office the whole of it cost"."""
        follows = tokens[i - 1].is_capital and tokens[i].lower in word_classes.DETERMINERS | word_classes.PRONOUNS | {
            "there"
        }
        return follows and tokens[i].text not in ("US", "It") and tokens[i - 1].lower not in word_classes.PREPOSITIONS

    def _told(self, sentence: Sentence) -> None:
        """As in "X were told that ...": by whom is not said."""
        for match in _TOLD.finditer(self.text, sentence.start, sentence.end):
            at = phrases.index_at(sentence, match.start())
            hearer = phrases.before(sentence, at, verb_forms())
            if self._in_quote(match.start()) or hearer is None or not self.speakers.can_speak(hearer.span):
                continue
            content = (match.end(), self._clause_end(sentence, match.end()))
            form = Attribution(
                (hearer.span[0], content[1]),
                None,
                match["verb"],
                Saying("asserted", 2),
                hearer.span,
                "statement:told in the passive",
                0.5,
            )
            self._add(sentence, form, content)

    def _nouns(self, sentence: Sentence) -> None:
        """Claims told by a noun: "despite X's claims that ..."."""
        for match in CLAIMS.finditer(self.text, sentence.start, sentence.end):
            if self._in_quote(match.start()):
                continue
            at = phrases.index_at(sentence, match.start())
            speaker: Span | None = match.span("by") if match["by"] else None
            if speaker is None and at >= 2 and sentence.tokens[at - 1].kind == "possessive":
                found = phrases.before(sentence, at - 1, verb_forms())
                speaker = found.span if found else None
            if speaker is None or not self.speakers.can_speak(speaker):
                continue
            speaker = (speaker[0], strip_end(self.text, *speaker))
            noun = match["noun"].lower()
            act = next((value for key, value in ACT_OF_NOUN.items() if noun.startswith(key)), "asserted")
            lead = re.search(
                r"\b(?:despite|contrary to|notwithstanding)\s+$", self.text[sentence.start : speaker[0]], re.IGNORECASE
            )
            start = sentence.start + lead.start() if lead else speaker[0]
            content = (match.end(), self._clause_end(sentence, match.end()))
            form = Attribution(
                (start, content[1]), speaker, match["noun"], Saying(act, 2), None, "statement:noun of saying", 0.85
            )
            hedge = f"{lead[0].strip()} {match['noun']}" if lead else None
            self._add(sentence, form, content, hedge)
