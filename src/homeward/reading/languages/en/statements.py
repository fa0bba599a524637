"""Who is reported to have said what, in English: quotations and reported speech, with the chain that carried it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homeward.reading.drafts import Span, StatementDraft
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.clauses import clause_subject, opening
from homeward.reading.languages.en.datelines import lead_end
from homeward.reading.languages.en.gathered_statements import SHORTEST_QUOTE, Attribution, without_date
from homeward.reading.languages.en.held_views import HeldViews
from homeward.reading.languages.en.other_attributions import OtherAttributions
from homeward.reading.languages.en.quotations import Quotation, n_words
from homeward.reading.languages.en.quoted_speech import QuotedSpeech
from homeward.reading.languages.en.reported_speech import ReportedSpeech
from homeward.reading.languages.en.stretches import end_of, strip_end
from homeward.reading.languages.en.words import Saying, base_forms, saying_verbs, verb_forms
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

ANYBODY = frozenset(("said", "says", "told", "added"))
"""Verbs whose subject speaks, whatever it is."""
NEAR_THAT, NEAR_QUOTE = 8, 6
"""Tokens after a verb of saying in which its "that" stands, and words between a quotation and a verb such as "asked"."""
_IDENTITIES = re.compile(r"(?:the\s+|their\s+|his\s+)?identit(?:y|ies)\s+of\b")
"""What a laboratory confirms, as an identification and no speech."""
PLURAL = re.compile(
    r"(?:[^s]s|people|men|women|police|media|some|many|others|both|most|few|all|\b(?:they|we|I|you|who))(?:\s+(?:from|of|in|at|with|close|on|familiar|on)\s.*)?$|\sand\s"
)
_NEXT_ATTRIBUTION = re.compile(
    r";\s|,\s+citing\b|,?\s+(?:and|but)\s+(?:also\s+|then\s+)?(?:said|says|told|added|insisted|claimed|argued|denied|accused|urged|warned|demanded|called\s+for|thinks|promised)\b|"
    r",\s+(?:but|while|and|though)\s+[^“”\",;:]{3,60}:\s*[“\"]|,\s+(?:but|while|though)\s+(?=(?:[\w.’'-]+\s+){1,8}(?:said|says|denied|insisted|claimed)\b)|,\s+(?:saying|adding|noting|claiming|insisting)\b|,\s+(?:an?\s+|the\s+)?[\w.’' -]{2,50}\s(?:said|says)(?:\s+[A-Z]\w+day)?[.]?$"
)
"""Where what was said inside of what somebody else said ends."""
_INSERTED = re.compile(
    r"(?:\s[^,.;:“”\"]{1,40})?(?:,\s+who\s[^,.;:“”\"]{3,60})?,\s+(?!(?:who|which|and|but|adding|noting|saying|citing)\b)"
)
"""After a verb of saying in the middle of what was said: "Many of the boxes, Roe told the hearing, were empty"."""
_FRONTED = re.compile(
    r"(?:Citing|Quoting|Addressing|Speaking|Referring|Asked|Pressed|Writing|Testifying|Briefing|Answering|Just|Shortly|Soon|Hours|Days|Minutes|Moments|Ahead\s+of|Following|Upon)\b"
)
"""What begins a sentence before who speaks in it: "Citing an official, the paper said ..."."""
_THAT_FOLLOWS = re.compile(r"\s+(?:(?:on\s+)?[A-Z]\w+day\s+|in\s+a\s+statement\s+)?that\b")


def find_statements(words: Words) -> list[StatementDraft]:
    """Return the statements of a text in order."""
    return _Finder(words).run()


class _Finder(ReportedSpeech, QuotedSpeech, HeldViews, OtherAttributions):
    """Finds verbs of saying with somebody who says."""

    def run(self) -> list[StatementDraft]:
        """Go through the sentences."""
        for sentence in self.words.sentences:
            if sentence.start < self.words.body_start:
                continue
            self._according(sentence)
            self._verbs(sentence)
            self._second_halves(sentence)
            self._nouns(sentence)
            self._told(sentence)
            self._views(sentence)
            self._put(sentence)
            self._reported_as(sentence)
            self._colons(sentence)
            self._lone_quotes(sentence)
        self.labelled()
        ordered = sorted(
            _without_doubles(_without_inner_passives(self.found)), key=lambda one: (one.span, one.content_span)
        )
        numbered = [replace(one, id=f"s{number}") for number, one in enumerate(ordered, start=1)]
        contents = Spans((one.content_span, one) for one in numbered)
        return [
            replace(one, chain=self._chain(one, [two for _, two in contents.overlapping(*one.span)]))
            for one in numbered
        ]

    def _verbs(self, sentence: Sentence) -> None:
        """Verbs of saying with somebody who says."""
        verbs = saying_verbs()
        for i, token in enumerate(sentence.tokens):
            saying = verbs.get(token.lower)
            if saying is None or token.kind != "word" or self._in_quote(token.start) or token.is_capital:
                continue
            goes_on = (
                token.lower.startswith("continue")
                and sentence.tokens[i + 1 : i + 2]
                and sentence.tokens[i + 1].lower == "to"
            )
            if goes_on or self._passive(sentence, i) or _is_noun(sentence, i):
                continue
            if token.lower.endswith("ing") and i and sentence.tokens[i - 1].lower not in word_classes.AUXILIARIES:
                if sentence.tokens[i - 1].text == ",":
                    self._adding(sentence, i, saying)
                continue
            if saying.strength == 0 and not self._is_after_quote(sentence, i):
                continue
            self._after_content(sentence, i, saying) or self._before_content(sentence, i, saying)

    def _adding(self, sentence: Sentence, i: int, saying: Saying) -> None:
        """'..., he said, adding that ...': the speaker is the one who said the rest of the sentence."""
        last = self.last_form
        if last is None or not sentence.start <= last.span[0] < sentence.end:
            last = self._subject_form(sentence, i, saying)
        start = self._content_start(sentence, i, None, saying)
        if last is None or not sentence.start <= last.span[0] < sentence.end or start is None:
            return
        verb = sentence.tokens[i]
        form = Attribution(
            (verb.start, start), last.speaker, verb.text, saying, None, "statement:adding", 0.85, verb.start
        )
        self._add(sentence, form, (start, end_of(self.text, sentence)))

    def _subject_form(self, sentence: Sentence, i: int, saying: Saying) -> Attribution | None:
        """The subject of the sentence, as the one who speaks in "..., saying that ..."."""
        for j in range(1, i):
            token = sentence.tokens[j]
            if token.lower in verb_forms() and not token.is_capital and not word_classes.is_noun(sentence, j):
                found = phrases.before(sentence, j, verb_forms())
                if found is None or not self.speakers.can_speak(found.span):
                    return None
                found = replace(found, span=self.speakers.without_verb(found.span))
                return Attribution(found.span, found.span, "", saying, None, "", 0.0)
        return None

    def _end_of_content(self, start: int, sentence: Sentence) -> int:
        """The end of reported speech: of the clause before a semicolon, or of the sentence."""
        match = _NEXT_ATTRIBUTION.search(self.text, start, sentence.end)
        return match.start() if match else end_of(self.text, sentence)

    def _passive(self, sentence: Sentence, i: int) -> bool:
        """As in "was told", "is reported": the speaker is not named."""
        at = i - 1
        while at > 0 and (
            sentence.tokens[at].lower in word_classes.ADVERBS or sentence.tokens[at].lower.endswith("ly")
        ):
            at -= 1
        being = at >= 0 and sentence.tokens[at].lower in ("was", "were", "been", "be", "is", "are", "being", "not")
        return being and sentence.tokens[i].lower.endswith(("ed", "told", "id", "own"))

    def _after_content(self, sentence: Sentence, i: int, saying: Saying) -> bool:
        """Content first: '"...," X said', '..., X reported.', '"...," said X'."""
        tokens = sentence.tokens
        quote = self._quote_before(tokens[i].start, sentence)
        quoting = self._speaker_after(quote, sentence, i)
        speaker = quoting or phrases.before(sentence, i, verb_forms())
        inverted = None
        if speaker is not None and quote is not None and speaker.span[0] < quote.span[1]:
            speaker = None
        if speaker is not None:
            speaker = self._named(speaker, sentence)
        comma = quoting is None and i > 0 and (tokens[i - 1].text == "," or tokens[i - 1].kind == "quote")
        if comma and quote is None and speaker is not None and speaker.last < i - 3:
            comma = False  # the subject stands before an apposition
        if (
            (speaker is None or comma)
            and (comma or (quote is not None and quote.span[1] >= tokens[i].start - 2))
            and self._ends_with(sentence, i)
        ):
            inverted = phrases.after(sentence, i, verb_forms())
            if inverted is not None and self.speakers.can_speak(inverted.span):
                speaker = self._named(phrases.with_prepositions(sentence, inverted), sentence)
            else:
                inverted = None
        if speaker is None or not (quoting or self._can_say(sentence, i, speaker)):
            return False
        begin = min(speaker.span[0], tokens[i].start)
        following = _THAT_FOLLOWS.match(self.text, tokens[i].end, sentence.end) is not None
        if following and not inverted and quote is None:
            return False
        content = self._content_before(sentence, begin, quote)
        if content is None or (quote is None and not self._has_verb(sentence, content)):
            end = max(tokens[i].end, inverted.span[1] if inverted else 0)
            content = self._content_around(sentence, begin, end) or content
        if quoting is not None and quote is not None:
            self.used.add(quote.span)
            content = quote.inside
        if content is None:
            return False
        hearer = None if inverted else self._hearer(sentence, i)
        end = self._attribution_end(sentence, max(speaker.span[1], tokens[i].end), hearer)
        form = Attribution(
            (begin, end),
            speaker.span,
            tokens[i].text,
            saying,
            hearer,
            "statement:content first",
            0.93 if quote else 0.88,
            tokens[i].start,
        )
        self._add(sentence, form, content)
        return True

    def _named(self, speaker: phrases.Phrase, sentence: Sentence) -> phrases.Phrase:
        """A speaker without a date, and with the name that an apposition gives."""
        span = self.speakers.without_verb(without_date(speaker.span, self.words))
        return replace(speaker, span=self.speakers.with_name(span, sentence.end))

    def _ends_with(self, sentence: Sentence, i: int) -> bool:
        """Whether the words after a verb can be its subject: no "that", no object, up to a full stop or comma."""
        found = phrases.after(sentence, i, verb_forms())
        if found is None or not self.speakers.can_speak(found.span):
            return False
        following = sentence.tokens[found.last + 1 :]
        return (
            not following
            or following[0].text in ".,;("
            or following[0].kind == "quote"
            or following[0].lower in word_classes.PREPOSITIONS | {"who", "after", "when", "as"}
            or bool(self.words.dates_in(following[0].start, following[0].start + 1))
        )

    def _content_around(self, sentence: Sentence, begin: int, end: int) -> Span | None:
        """A sentence with the attribution in its middle: "The talks, officials said, will resume"."""
        if (
            self.text[sentence.start : begin].rstrip().endswith(",")
            and _INSERTED.match(self.text, end, sentence.end)
            and n_words(self.text, (end, sentence.end)) > 2
        ):
            return lead_end(self.text, sentence), end_of(self.text, sentence)
        return None

    def _content_before(self, sentence: Sentence, begin: int, quote: Quotation | None) -> Span | None:
        """What stands before an attribution: a quotation, or a clause that ends with a comma there."""
        if quote is not None and not self.text[quote.span[1] : begin].strip(" ,"):
            self.used.add(quote.span)
            return quote.inside
        start = lead_end(self.text, sentence)
        between = self.text[start:begin].rstrip()
        if not between.endswith((",", "—", "–")):
            return None
        content = (start, strip_end(self.text, start, begin))
        if _FRONTED.match(self.text, start, begin):
            return None
        leads = sentence.tokens[0].lower in word_classes.PREPOSITIONS and content[0] == sentence.start
        if leads and not self._has_verb(sentence, content):
            return None
        before = re.search(
            r"(?:^|[,;]\s+)(?:[Oo]n|[Ii]n|[Aa]t|[Aa]fter|[Bb]efore|[Dd]uring|[Mm]eanwhile|[Ee]arlier|[Ll]ater|[Bb]ut|[Hh]owever|[Aa]s|[Ww]hen|[Ww]hile|[Ii]f|[Ss]ince|[Tt]hough|[Aa]lthough)\b[^,]*$",
            self.text[content[0] : content[1]],
        )
        if n_words(self.text, content) < 4 or (
            before
            and before.start() == 0
            and not re.search(
                r"\b(?:was|were|is|are|has|have|had|will|would|\w+ed)\b.*,", self.text[content[0] : content[1]]
            )
        ):
            return None
        return content

    def _before_content(self, sentence: Sentence, i: int, saying: Saying) -> bool:
        """Speaker first: "X said that ...", "X told Y in June that ...", 'X said: "..."'."""
        tokens = sentence.tokens
        speaker = self._same_speaker(sentence, i) or phrases.subject(sentence, i, verb_forms())
        if (speaker is None or not self._can_say(sentence, i, speaker)) and tokens[i - 1].lower in ("and", "but"):
            speaker = opening(sentence, 0, i, verb_forms())
        if speaker is None or not self.speakers.can_speak(speaker.span):
            wider = clause_subject(sentence, i, verb_forms())
            speaker = wider if wider is not None and self.speakers.can_speak(wider.span) else speaker
        if speaker is None or not self._can_say(sentence, i, speaker):
            return False
        is_relative = (
            speaker.first > 0 and tokens[speaker.first - 1].lower in ("that", "which") and speaker.last == i - 1
        )
        speaker = self._named(speaker, sentence)
        hearer = self._hearer(sentence, i)
        start = self._content_start(sentence, i, hearer, saying)
        if start is None:
            return False
        quote = next(
            (
                one
                for _, one in self.quotes.beginning(start - 2, sentence.end)
                if not self.text[start : one.span[0]].strip(" ,:") and one.span[0] >= tokens[i].end
            ),
            None,
        )
        if (
            quote is not None
            and (quote.is_open or n_words(self.text, quote.inside) >= SHORTEST_QUOTE)
            and (not self.text[quote.span[1] : sentence.end].strip(" .,") or self._is_whole(start, quote))
        ):
            content: Span = quote.inside
            self.used.add(quote.span)
        else:
            quote = None
            content = (start, self._end_of_content(start, sentence))
            if is_relative or tokens[phrases.index_at(sentence, start)].lower == "to":
                content = (start, self._clause_end(sentence, start))
        if not self.speakers.can_speak(speaker.span) and not self._has_verb(sentence, content):
            return False
        if quote is None and _IDENTITIES.match(self.text, *content):
            return False
        if content[1] - content[0] < (2 if saying.act == "denied" else 8):
            return False
        direct = quote is not None
        rule = (
            "statement:speaker first"
            if direct or saying.strength == 2 or _has_that(self.text, start)
            else "statement:speaker first, object"
        )
        confidence = 0.92 if direct else 0.88 if rule == "statement:speaker first" else 0.65
        form = Attribution(
            (speaker.span[0], start), speaker.span, tokens[i].text, saying, hearer, rule, confidence, tokens[i].start
        )
        self._add(sentence, form, content)
        return True

    def _same_speaker(self, sentence: Sentence, i: int) -> phrases.Phrase | None:
        """Who spoke earlier in the sentence, where "and" or "but" joins another verb of saying to it: "said that ... but added"."""
        last = self.last_form
        joined = i > 0 and sentence.tokens[i - 1].lower in ("and", "but")
        if (
            last is None
            or last.speaker is None
            or not joined
            or not sentence.start <= last.span[0] < sentence.tokens[i].start
        ):
            return None
        first = phrases.index_at(sentence, last.speaker[0])
        return phrases.Phrase(first, phrases.index_at(sentence, last.speaker[1] - 1), last.speaker)

    def _can_say(self, sentence: Sentence, i: int, speaker: phrases.Phrase) -> bool:
        """Whether a phrase can be the subject of a verb of saying: somebody, and several where the verb is in the plural."""
        verb = sentence.tokens[i].lower
        head = sentence.tokens[speaker.first]
        that = any(token.lower == "that" for token in sentence.tokens[i + 1 : i + 1 + NEAR_THAT])
        anybody = (
            (verb in ANYBODY or that)
            and (head.is_capital or head.lower in word_classes.DETERMINERS)
            and not self._is_dated(speaker)
        )
        if not (anybody or self.speakers.can_speak(speaker.span)):
            return False
        if verb not in base_forms() or i == 0 or sentence.tokens[i - 1].lower in word_classes.AUXILIARIES | {"to"}:
            return True
        words = self.text[slice(*speaker.span)]
        return PLURAL.search(words) is not None

    def _is_after_quote(self, sentence: Sentence, i: int) -> bool:
        """Whether a verb stands beside a quotation that nobody has been found to say yet: '"Where are they?" she asked'."""
        quote = self._quote_before(sentence.tokens[i].start, sentence)
        near = quote is not None and len(self.text[quote.span[1] : sentence.tokens[i].start].split()) <= NEAR_QUOTE
        return near and quote is not None and quote.span not in self.used

    def _is_dated(self, speaker: phrases.Phrase) -> bool:
        """Whether a phrase is a day, and nobody: "On Thursday said ..."."""
        return bool(self.words.dates_in(speaker.span[0], speaker.span[0] + 1))


def _has_that(text: str, start: int) -> bool:
    return text[max(0, start - 6) : start].strip().endswith("that")


def _is_noun(sentence: Sentence, i: int) -> bool:
    """Whether a verb of saying is a noun here: "claims" after a possessive, "the report"."""
    if not i or sentence.tokens[i].lower.endswith(("ed", "id", "old", "ing", "ote")):
        return False
    left = sentence.tokens[i - 1]
    following = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    if following in ("said", "say", "says", "claimed", "suggested", "put", "puts"):
        return True
    return (
        left.kind in ("possessive", "number")
        or left.lower in word_classes.DETERMINERS - {"that", "this", "all", "both", "each"}
        or left.lower
        in (
            "of",
            "by",
            "news",
            "media",
            "official",
            "to",
            "under",
            "no",
            "earlier",
            "recent",
            "previous",
            "despite",
            "for",
        )
    )


def _without_inner_passives(found: Sequence[StatementDraft]) -> list[StatementDraft]:
    """What somebody was told, only where nobody is said to have told of it."""
    named = Spans((one.content_span, one) for one in found if one.speaker is not None)
    return [
        one for one in found
        if one.speaker is not None or not named.overlapping(one.content_span[0], one.content_span[0] + 1)
    ]  # fmt: skip


def _without_doubles(found: Sequence[StatementDraft]) -> list[StatementDraft]:
    """Of two statements with one content, the surer."""
    best: dict[Span, StatementDraft] = {}
    for one in found:
        before = best.get(one.content_span)
        if before is None or one.confidence > before.confidence:
            best[one.content_span] = one
    return list(best.values())
