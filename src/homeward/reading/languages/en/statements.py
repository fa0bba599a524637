"""Who is reported to have said what, in English: quotations and reported speech, with the chain that carried it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from homeward.reading.drafts import Span, StatementDraft
from homeward.reading.languages.en import phrases
from homeward.reading.languages.en.datelines import lead_end
from homeward.reading.languages.en.event_parts import without_dates
from homeward.reading.languages.en.quotations import Quotation, n_words, quotations
from homeward.reading.languages.en.speakers import Speakers
from homeward.reading.languages.en.words import Saying, saying_verbs, verb_forms
from homeward.reading.languages.interface import Words
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.spans import Spans

HEDGE = re.compile(
    r"\b(?:apparently|reportedly|allegedly|purportedly|presumably|supposedly|likely|unlikely|probably|possibly|perhaps|maybe|may\s+have|might(?:\s+have)?|could\s+have|appears?\s+to|appeared\s+to|"
    r"seems?\s+to|seemed\s+to|is\s+believed\s+to|are\s+believed\s+to|is\s+thought\s+to|are\s+thought\s+to|believed\s+to\s+be|thought\s+to\s+be|optimistic|hopeful|not\s+clear|unclear|or\s+in\s+the\s+process|on\s+or\s+about)\b",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"\b(?:[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of|[Aa]s\s+per)\s+")
CLAIMS = re.compile(
    r"\b(?P<noun>claims?|assertions?|allegations?|denials?|promises?|pledges?|announcements?|statements?|remarks?|insistence|reports?|suggestions?|belief|admission)\s+(?:by\s+(?P<by>(?:[A-Z][\w.’'-]*\s?){1,5})\s+)?that\s+"
)
ACT_OF_NOUN = {
    "denial": "denied",
    "promise": "promised",
    "pledge": "promised",
    "announcement": "announced",
    "report": "reported",
}
RECENT = 8
SHORTEST_QUOTE = 4
"""Words; shorter ones in quotation marks are names, or words that the writer keeps at a distance."""
_TOLD = re.compile(r"\b(?:was|were)\s+(?P<verb>told|informed|notified|advised)\s+that\s+")
_CITING = re.compile(r",\s+(?:citing|quoting)\s+(?P<who>[^,]{3,80}),")
_TAIL = re.compile(r"[\s,.;:—–-]+$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say who said something: all of them, the speaker, the verb, the hearer."""

    span: Span
    speaker: Span | None
    verb: str
    saying: Saying
    hearer: Span | None
    rule: str
    confidence: float
    at: int = -1


def find_statements(words: Words) -> list[StatementDraft]:
    """Return the statements of a text in order."""
    return _Finder(words).run()


class _Finder:
    """The statements of one text, as they are gathered."""

    def __init__(self, words: Words) -> None:
        self.words, self.text = words, words.text
        self.quotes = Spans((one.span, one) for one in quotations(words.text))
        self.speakers = Speakers(words)
        self.found: list[StatementDraft] = []
        self.used: set[Span] = set()

    def run(self) -> list[StatementDraft]:
        """Go through the sentences."""
        for sentence in self.words.sentences:
            if sentence.start < self.words.body_start:
                continue
            self._according(sentence)
            self._verbs(sentence)
            self._nouns(sentence)
            self._told(sentence)
            self._lone_quotes(sentence)
        ordered = sorted(
            _without_doubles(_without_inner_passives(self.found)), key=lambda one: (one.span, one.content_span)
        )
        numbered = [replace(one, id=f"s{number}") for number, one in enumerate(ordered, start=1)]
        contents = Spans((one.content_span, one) for one in numbered)
        return [
            replace(one, chain=self._chain(one, [two for _, two in contents.overlapping(*one.span)]))
            for one in numbered
        ]

    def _according(self, sentence: Sentence) -> None:
        """ "According to X, ..." and "..., according to X"."""
        for match in ACCORDING.finditer(self.text, sentence.start, sentence.end):
            if self._in_quote(match.start()):
                continue
            at = phrases.index_at(sentence, match.end() - 1) - 1
            speaker = self._source_after(sentence, at + 1)
            if speaker is None:
                continue
            if match.start() - sentence.start <= 3:
                content = (_skip(self.text, speaker[1], sentence.end), _end(self.text, sentence))
                span = (match.start(), content[1])
            else:
                start = self._clause_start(sentence, match.start())
                content = (start, _strip_end(self.text, start, match.start()))
                span = (start, speaker[1])
            self._add(
                sentence,
                Attribution(
                    span,
                    speaker,
                    match[0].split()[0].lower() + " to",
                    Saying("asserted", 2),
                    None,
                    "statement:according to",
                    0.9,
                ),
                content,
            )

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
                or (token.lower in ("who", "which", "that", "and")
                and not (token.lower == "and" and i + 1 < len(tokens) and tokens[i + 1].is_capital))
            ):
                break
            last = i
        found = phrases.phrase(sentence, at, last) if last >= at else None
        return found.span if found else None

    def _verbs(self, sentence: Sentence) -> None:
        """Verbs of saying with somebody who says."""
        verbs = saying_verbs()
        for i, token in enumerate(sentence.tokens):
            saying = verbs.get(token.lower)
            if saying is None or token.kind != "word" or self._in_quote(token.start) or token.is_capital:
                continue
            if self._passive(sentence, i) or _is_noun(sentence, i):
                continue
            self._after_content(sentence, i, saying) or self._before_content(sentence, i, saying)

    def _passive(self, sentence: Sentence, i: int) -> bool:
        """ "was told", "is reported": the speaker is not named."""
        left = [token.lower for token in sentence.tokens[max(0, i - 3) : i]]
        return (
            bool(left)
            and any(word in ("was", "were", "been", "be", "is", "are", "being", "not") for word in left[-2:])
            and sentence.tokens[i].lower.endswith(("ed", "told", "id", "own"))
        )

    def _after_content(self, sentence: Sentence, i: int, saying: Saying) -> bool:
        """Content first: '"...," X said', '..., X reported.', '"...," said X'."""
        tokens = sentence.tokens
        speaker = phrases.before(sentence, i, verb_forms())
        inverted = None
        quote = self._quote_before(tokens[i].start, sentence)
        if speaker is not None and quote is not None and speaker.span[0] < quote.span[1]:
            speaker = None
        if speaker is not None:
            speaker = replace(speaker, span=_without_date(speaker.span, self.words))
        comma = i > 0 and (tokens[i - 1].text == "," or tokens[i - 1].kind == "quote")
        if comma and quote is None and speaker is not None and speaker.last < i - 3:
            comma = False  # the subject stands before an apposition
        if (
            (speaker is None or comma)
            and (comma or (quote is not None and quote.span[1] >= tokens[i].start - 2))
            and self._ends_with(sentence, i)
        ):
            inverted = phrases.after(sentence, i, verb_forms())
            if inverted is not None and self.speakers.can_speak(inverted.span):
                speaker = inverted
            else:
                inverted = None
        if speaker is None or not self.speakers.can_speak(speaker.span):
            return False
        begin = min(speaker.span[0], tokens[i].start)
        content = self._content_before(sentence, begin, quote) or self._content_around(sentence, begin, tokens[i].end)
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

    def _ends_with(self, sentence: Sentence, i: int) -> bool:
        """Whether the words after a verb can be its subject: no "that", no object, up to a full stop or comma."""
        found = phrases.after(sentence, i, verb_forms())
        if found is None or not self.speakers.can_speak(found.span):
            return False
        following = sentence.tokens[found.last + 1 :]
        return (
            not following
            or following[0].text in ".,;"
            or following[0].kind == "quote"
            or following[0].lower in phrases.PREPOSITIONS | {"who", "after", "when", "as"}
            or bool(self.words.dates_in(following[0].start, following[0].start + 1))
        )

    def _content_around(self, sentence: Sentence, begin: int, end: int) -> Span | None:
        """A sentence with the attribution in its middle: "The talks, officials said, will resume"."""
        if (
            self.text[sentence.start : begin].rstrip().endswith(",")
            and self.text[end : end + 1] == ","
            and n_words(self.text, (end, sentence.end)) > 2
        ):
            return lead_end(self.text, sentence), _end(self.text, sentence)
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
        content = (start, _strip_end(self.text, start, begin))
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
        speaker = phrases.before(sentence, i, verb_forms())
        if speaker is None or not self.speakers.can_speak(speaker.span):
            return False
        speaker = replace(speaker, span=_without_date(speaker.span, self.words))
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
            and not self.text[quote.span[1] : sentence.end].strip(" .,")
        ):
            content: Span = quote.inside
            self.used.add(quote.span)
        else:
            quote = None
            content = (start, _end(self.text, sentence))
        if content[1] - content[0] < 8:
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

    def _content_start(self, sentence: Sentence, i: int, hearer: Span | None, saying: Saying) -> int | None:
        """Where the content begins after a verb: after "that", a colon, a quotation mark, or at once."""
        tokens = sentence.tokens
        verb = tokens[i]
        at = hearer[1] if hearer else verb.end
        for j in range(i + 1, min(len(tokens), i + 16)):
            token = tokens[j]
            if token.start < at:
                continue
            if token.lower == "that":
                return _skip(self.text, token.end, sentence.end)
            if token.text == ":" or token.kind == "quote":
                return token.start if token.kind == "quote" else _skip(self.text, token.end, sentence.end)
            if token.text in ";.":
                break
        if verb.lower in ("told", "tell", "tells", "telling", "informed", "briefed") and hearer is None:
            return None
        following = phrases.index_at(sentence, at)
        if following >= len(tokens) or tokens[following].text in ".,;":
            return None
        date = next(iter(self.words.dates_in(at, tokens[following].start + 5)), None)
        if date is not None and not self.text[at : date.span[0]].strip(" onin"):
            at = date.span[1]
            following = phrases.index_at(sentence, at)
        if following >= len(tokens) or tokens[following].text in ".,;":
            return None
        if (
            tokens[following].lower
            in ("in", "at", "during", "to", "on", "by", "from", "about", "of", "after", "before", "for", "as", "with")
            and saying.act != "reported"
        ):
            return None
        if saying.strength == 1 and verb.lower not in _TAKES_OBJECT:
            return None
        if tokens[following].lower in ("to",) and saying.act not in ("promised", "expected"):
            return None
        return tokens[following].start

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
            return (
                _without_date(found.span, self.words)
                if found and tokens[found.first].lower not in ("that", "of", "about")
                else None
            )
        if tokens[i + 1].lower == "to":
            found = phrases.after(sentence, i + 1, verb_forms())
            return (
                _without_date(found.span, self.words)
                if found and tokens[found.first].lower not in verb_forms()
                else None
            )
        return None

    def _attribution_end(self, sentence: Sentence, at: int, hearer: Span | None) -> int:
        """The end of the words that attribute: up to the next quotation or the end of the sentence."""
        end = max(at, hearer[1] if hearer else at)
        following = next((one.span[0] for _, one in self.quotes.beginning(end, sentence.end)), sentence.end)
        return _strip_end(self.text, end, min(following, _end(self.text, sentence))) if following > end else end

    def _told(self, sentence: Sentence) -> None:
        """ "X were told that ...": by whom is not said."""
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
            speaker = (speaker[0], _strip_end(self.text, *speaker))
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

    def _lone_quotes(self, sentence: Sentence) -> None:
        """A quotation without its own attribution goes on with the speaker of the one before."""
        for _, quote in self.quotes.beginning(sentence.start, sentence.end):
            if quote.span in self.used:
                continue
            lead = self.text[sentence.start : quote.span[0]].strip()
            if lead:
                continue
            before = [one for one in self.found[-RECENT:] if one.span[1] <= quote.span[0] + 1]
            last = max(before, key=lambda one: one.content_span[1], default=None)
            short = n_words(self.text, quote.inside) < SHORTEST_QUOTE
            if (
                last is None
                or last.form != "direct"
                or (short and "\n" in self.text[last.span[1] : quote.span[0]])
                or self.text[last.span[1] : quote.span[0]].count("\n") > 1
                or len(self.text[last.span[1] : quote.span[0]].strip(" .\n,")) > 3
            ):
                continue
            self.used.add(quote.span)
            self.found.append(
                replace(
                    last,
                    span=quote.span,
                    content_span=quote.inside,
                    confidence=0.8,
                    rule="statement:quotation goes on",
                    hedge=_hedge(self.text, quote.inside),
                )
            )

    def _add(self, sentence: Sentence, form: Attribution, content: Span, hedge: str | None = None) -> None:
        content = _trimmed(self.text, content)
        direct = self._is_direct(content)
        if content[1] - content[0] < 6 or (not direct and n_words(self.text, content) < 3):
            return
        span = (
            min(form.span[0], content[0] - (1 if direct else 0)),
            max(form.span[1], content[1] + (1 if direct else 0)),
        )
        span = (max(span[0], 0), min(span[1], len(self.text)))
        if form.speaker:
            self.speakers.spoke(form.speaker)
        speaker = self.text[slice(*form.speaker)] if form.speaker else None
        hearer = self.text[slice(*form.hearer)] if form.hearer else None
        self.found.append(
            StatementDraft(
                span=_trimmed(self.text, span),
                confidence=form.confidence,
                rule=form.rule,
                speaker=speaker,
                speaker_id=self.speakers.id_of(form.speaker) if form.speaker else None,
                hearer=hearer,
                verb=form.verb,
                act=form.saying.act,
                form="direct" if direct else "indirect",
                hedge=hedge or _hedge(self.text, content),
                chain=tuple([*self._cited(sentence, content), *self._carried(form.speaker, form.hearer)]),
                content_span=content,
                date=self._date(sentence, form, content),
            )
        )

    def _carried(self, speaker: Span | None, hearer: Span | None) -> list[str]:
        """The speaker, and the press to whom it was told."""
        chain = [self.speakers.name_of(speaker)] if speaker else []
        press = self.speakers.press(hearer) if hearer else None
        return [*chain, press] if press else chain

    def _cited(self, sentence: Sentence, content: Span) -> list[str]:
        """The source that a report cites: "Yonhap reported, citing an official, that ..."."""
        match = _CITING.search(self.text, sentence.start, sentence.end)
        return [match["who"]] if match and not content[0] < match.start() < content[1] - 60 else []

    def _chain(self, one: StatementDraft, others: Sequence[StatementDraft]) -> tuple[str, ...]:
        """The chain of a statement, with those of the statements inside whose content it stands."""
        chain = list(one.chain)
        for other in sorted(others, key=lambda two: two.content_span[1] - two.content_span[0]):
            inside = (
                other is not one
                and other.content_span[0] <= one.span[0]
                and one.span[1] <= other.content_span[1] + 1
                and other.content_span != one.content_span
            )
            if inside:
                chain += [name for name in other.chain if name not in chain]
        return tuple(chain)

    def _date(self, sentence: Sentence, form: Attribution, content: Span) -> str | None:
        """A date in the words that attribute, outside of what was said."""
        for date in self.words.dates_in(sentence.start, sentence.end):
            inside = sentence.start <= date.span[0] < sentence.end
            if form.speaker and form.speaker[1] <= date.span[0] < form.at:
                continue
            if (
                inside
                and not content[0] <= date.span[0] < content[1]
                and form.span[0] - 30 <= date.span[0] <= form.span[1] + 30
            ):
                return date.id
        return None

    def _is_direct(self, content: Span) -> bool:
        return any(
            quote.inside[0] <= content[0] and content[1] <= quote.inside[1]
            for _, quote in self.quotes.overlapping(*content)
        )

    def _in_quote(self, position: int) -> bool:
        return any(
            quote.inside[0] <= position < quote.inside[1]
            for _, quote in self.quotes.overlapping(position, position + 1)
            if n_words(self.text, quote.inside) >= SHORTEST_QUOTE
        )

    def _quote_before(self, position: int, sentence: Sentence) -> Quotation | None:
        """The last quotation that ends before a place in the sentence, and is long enough to be speech."""
        ended = [
            one
            for _, one in self.quotes.overlapping(sentence.start, position + 1)
            if one.span[1] <= position + 1 and n_words(self.text, one.inside) >= 2
        ]
        return ended[-1] if ended else None

    def _clause_start(self, sentence: Sentence, at: int) -> int:
        """Where the clause begins that ends before "according to": the sentence, or what follows a semicolon."""
        return max(lead_end(self.text, sentence), self.text.rfind("; ", sentence.start, at) + 2)

    def _clause_end(self, sentence: Sentence, at: int) -> int:
        match = re.compile(r"[,;]\s|\s[—–]\s").search(self.text, at, sentence.end)
        return match.start() if match else _end(self.text, sentence)


_TAKES_OBJECT = frozenset(
    ["announce", "announces", "announced", "announcing", "deny", "denies", "denied", "denying", "reject", "rejects", "rejected", "promise", "promises", "promised", "pledge", "pledges", "pledged", "vow", "vows", "vowed", "reveal", "revealed", "disclose", "disclosed", "report", "reports", "reported", "estimate", "estimates", "estimated", "predict", "predicted", "hope", "hopes", "hoped", "expect", "expects", "expected"]
)


def _has_that(text: str, start: int) -> bool:
    return text[max(0, start - 6) : start].strip().endswith("that")


def _is_noun(sentence: Sentence, i: int) -> bool:
    """Whether a verb of saying is a noun here: "claims" after a possessive, "the report"."""
    if not i:
        return False
    left = sentence.tokens[i - 1]
    return (
        left.kind in ("possessive", "number")
        or left.lower in phrases.DETERMINERS - {"that", "this", "all", "both", "each"}
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


def _hedge(text: str, content: Span) -> str | None:
    match = HEDGE.search(text, *content)
    return match[0] if match else None


def _without_date(span: Span, words: Words) -> Span:
    """A phrase without the day that stands in it: "told reporters Thursday", "Pence on Wednesday"."""
    return without_dates(words, span)


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " ,:;—–":
        at += 1
    return at


def _strip_end(text: str, start: int, end: int) -> int:
    match = _TAIL.search(text, start, end)
    return match.start() if match else end


def _end(text: str, sentence: Sentence) -> int:
    """The end of a sentence without its full stop."""
    end = sentence.end
    while end > sentence.start and text[end - 1] in ".!?…":
        end -= 1
    return end


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


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
