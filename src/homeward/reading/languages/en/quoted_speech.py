"""Speech in quotation marks, after a colon or behind a name, that has no verb of saying with its subject beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from homeward.reading.drafts import Span, StatementDraft
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.clauses import opening
from homeward.reading.languages.en.gathered_statements import SHORTEST_QUOTE, Attribution, Gathered, hedge_of
from homeward.reading.languages.en.quotations import Quotation, n_words
from homeward.reading.languages.en.words import Saying, saying_verbs, verb_forms
from homeward.reading.text.sentences import Sentence

_LABEL = re.compile(r"^(?P<who>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}):\s+(?P<said>.+)$", re.MULTILINE)
_ASKS = re.compile(
    r"^(?:Q|QUESTION|Question|REPORTER|Reporter|INTERVIEWER|Interviewer|Note|Photo|Source|Title|Published|Address|Remark|Update)$"
)
_ANY_LABEL = re.compile(r"[A-Z][^:?!\n]{0,50}:\s")
_TITLED = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Cmdr|Sen|Rep|Gov|Amb)\.?\s")
_SENTENCE = re.compile(r"[a-z][.!?…]")
_COLON = re.compile(r":\s*(?=[“\"‘']\w)")
_WORDS_OF = re.compile(
    r"(?P<who>(?:[Hh]is|[Hh]er|[Tt]heir|[\w.’' -]{3,60}?['’]s?))\s+(?:\w+\s+)?(?:answer|reply|response|message|comment|words|view|verdict|advice|warning)\b"
)
_CLAUSE_BEGINS = re.compile(r";\s+|,\s+(?:but|while|and|though)\s+")
RECENT = 8
_TOLD_AFTER = re.compile(r" (?:[A-Z][\w.’'-]* ){1,4}(?:asked|asks|said|says|wondered|cried|added)\b")
"""Who says a quotation that ends like a sentence: '"Where are they?" Roe asked'."""
LONGEST_SPEAKER = 160
"""Characters between a quotation and its verb, at most."""
LONGEST_BETWEEN = 120
"""Characters of a sentence between a statement and a quotation of the same speaker, at most."""
LEAST_LABELS = 4
"""Labels from which on a text is the record of a conversation, in which a paragraph without one goes on."""


class QuotedSpeech(Gathered):
    """Finds it, sentence by sentence; what people with labels say is found for the whole text."""

    def _speaker_after(self, quote: Quotation | None, sentence: Sentence, i: int) -> phrases.Phrase | None:
        """Whoever stands between a quotation and a verb of saying: '"...," the head of the team, Gen. Roe, told reporters'."""
        if quote is None or i == 0 or not 0 < sentence.tokens[i].start - quote.span[1] <= LONGEST_SPEAKER:
            return None
        tokens = sentence.tokens
        first = phrases.index_at(sentence, quote.span[1])
        while first < i and tokens[first].text in ',”"':
            first += 1
        last = i - 1
        while last > first and (
            tokens[last].lower in word_classes.AUXILIARIES | word_classes.ADVERBS or tokens[last].text == ","
        ):
            last -= 1
        if first > last or not self._can_be_named(sentence, first, last):
            return None
        return self._best_part(sentence, first, last)

    def _can_be_named(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether words can be the name and the office of one speaker: no clause of their own but one with "who"."""
        tokens = sentence.tokens
        head = tokens[first]
        if (
            head.lower in word_classes.PREPOSITIONS | word_classes.BREAKS | {"and", "but", "or"}
            or head.lower in verb_forms()
        ):
            return False
        relative = False
        for i in range(first, last + 1):
            token = tokens[i]
            relative = relative or token.lower in ("who", "whose", "which")
            if token.text in ";:" or (token.kind == "quote" and token.text not in "'’"):
                return False
            is_clause = token.lower in word_classes.AUXILIARIES or (token.lower in saying_verbs() and i > first)
            if is_clause and not relative and token.text != "May" and not word_classes.is_noun(sentence, i):
                return False
        return True

    def _best_part(self, sentence: Sentence, first: int, last: int) -> phrases.Phrase | None:
        """The part between commas that names a person, or else the first."""
        tokens = sentence.tokens
        parts, begin = [], first
        for i in range(first, last + 2):
            if i > last or tokens[i].text == ",":
                part = phrases.phrase(sentence, begin, i - 1) if i > begin else None
                parts += [part] if part else []
                begin = i + 1
        named = [part for part in parts if self.speakers.names_person(part.span)]
        return next(iter([*named, *parts]), None)

    def _colons(self, sentence: Sentence) -> None:
        """A quotation after a colon, in a clause about somebody: 'A diplomat was doubtful: "..."', 'His answer was: "..."'."""
        for match in _COLON.finditer(self.text, sentence.start, sentence.end):
            quote = next((one for _, one in self.quotes.beginning(match.end(), match.end() + 1)), None)
            if quote is None or quote.span in self.used or n_words(self.text, quote.inside) < SHORTEST_QUOTE:
                continue
            breaks = [one.end() for one in _CLAUSE_BEGINS.finditer(self.text, sentence.start, match.start())]
            begin = phrases.index_at(sentence, max([sentence.start, *breaks]))
            found = opening(sentence, begin, phrases.index_at(sentence, match.start()), verb_forms())
            if found is None:
                continue
            span = self._whose_words(found.span) or found.span
            if not self.speakers.can_speak(span):
                continue
            self.used.add(quote.span)
            form = Attribution(
                (found.span[0], match.start()), span, ":", Saying("asserted", 2), None, "statement:colon", 0.75
            )
            self._add(sentence, form, quote.inside)

    def _whose_words(self, span: Span) -> Span | None:
        """Whose "answer" or "message" a phrase is."""
        match = _WORDS_OF.match(self.text, *span)
        if match is None:
            return None
        start, end = match.span("who")
        return start, end - (2 if self.text[end - 2 : end] in ("'s", "’s") else 0)

    def labelled(self) -> None:
        """Answers in an interview or a briefing: paragraphs that begin with the name of who speaks, and those that go on."""
        labels = [match for match in _LABEL.finditer(self.text) if not _ASKS.match(match["who"])]
        counts = Counter(_key(match["who"]) for match in labels)
        known = {_key(match["who"]) for match in labels if self._is_of_somebody(match)}
        for match in labels:
            key = _key(match["who"])
            is_one_of_many = len(labels) >= LEAST_LABELS and match["who"].isupper()
            if (counts[key] < 2 and not is_one_of_many) or key not in known or not _SENTENCE.search(match["said"]):
                continue
            self._add_labelled(match["who"], match.span("who"), match.span("said"), match.span())
            if len(labels) >= LEAST_LABELS:
                self._goes_on(match)

    def _is_of_somebody(self, match: re.Match[str]) -> bool:
        """Whether a label is who speaks, and no heading: a name, an office, a title, or all in capitals."""
        who = match["who"]
        return self.speakers.is_known(match.span("who")) or who.isupper() or _TITLED.match(who) is not None

    def _goes_on(self, match: re.Match[str]) -> None:
        """The paragraphs after an answer that have no label of their own."""
        at = match.end() + 1
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            if _ANY_LABEL.match(self.text, at) or not _SENTENCE.search(self.text, at, end):
                return
            self._add_labelled(match["who"], match.span("who"), (at, end), (at, end))
            at = end + 1

    def _add_labelled(self, who: str, named: Span, said: Span, span: Span) -> None:
        goes_on = span == said
        self.found.append(
            StatementDraft(
                span=span, confidence=0.7 if goes_on else 0.85, rule=f"statement:label{' goes on' if goes_on else ''}", speaker=who,
                speaker_id=self.speakers.id_of(named), hearer=None, verb=":", act="asserted", form="direct",
                hedge=hedge_of(self.text, said), chain=(who,), content_span=said,
            )
        )  # fmt: skip

    def _lone_quotes(self, sentence: Sentence) -> None:
        """A quotation without its own attribution is of the one who spoke just before, or of whom the paragraph told last."""
        for _, quote in self.quotes.beginning(sentence.start, sentence.end):
            told_after = _TOLD_AFTER.match(self.text, quote.span[1])
            if quote.span in self.used or told_after or self.text[sentence.start : quote.span[0]].strip():
                continue
            before = [one for one in self.found[-RECENT:] if one.span[1] <= quote.span[0] + 1]
            last = max(before, key=lambda one: one.content_span[1], default=None)
            if last is None or not self._follows(last, quote):
                continue
            self.used.add(quote.span)
            self.found.append(
                replace(
                    last,
                    span=quote.span,
                    content_span=quote.inside,
                    confidence=0.8,
                    rule="statement:quotation goes on",
                    form="direct",
                    hedge=hedge_of(self.text, quote.inside),
                )
            )

    def _second_halves(self, sentence: Sentence) -> None:
        """The second part of a quotation that who said it interrupts: '"...," said X, "but ..."'."""
        for _, quote in self.quotes.beginning(sentence.start, sentence.end):
            last = self.found[-1] if self.found else None
            if quote.span in self.used or last is None or last.form != "direct":
                continue
            between = self.text[last.span[1] : quote.span[0]]
            inside = (
                sentence.start <= last.span[0]
                and last.span[1] <= quote.span[0]
                and last.content_span[1] < last.span[1] - 2
            )
            if inside and len(between) <= LONGEST_BETWEEN and n_words(self.text, quote.inside) >= SHORTEST_QUOTE:
                self.used.add(quote.span)
                self.found.append(
                    replace(
                        last,
                        span=quote.span,
                        content_span=quote.inside,
                        confidence=0.8,
                        rule="statement:second half",
                        hedge=hedge_of(self.text, quote.inside),
                    )
                )

    def _follows(self, last: StatementDraft, quote: Quotation) -> bool:
        """Whether nobody else can have said a quotation: what stands between names nobody, or is no more than a paragraph's end."""
        between = self.text[last.span[1] : quote.span[0]]
        short = n_words(self.text, quote.inside) < SHORTEST_QUOTE
        if (short and "\n" in between) or between.count("\n") > 1 or last.speaker is None:
            return False
        if len(between.strip(" .\n,")) <= 3:
            return True
        told = not short and "\n" not in between and len(between) <= LONGEST_BETWEEN
        return told and not self.speakers.is_named_in((last.span[1], quote.span[0]), last.speaker_id)


def _key(label: str) -> str:
    """The last word of a label, by which "Col. Frank Mott" and "Mott" are one."""
    return label.split()[-1].upper()
