"""What somebody holds or wants, told with other words than "said that": "accused X of", "described it as", "expressed hope that"."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.languages.en import phrases, word_classes
from homeward.reading.languages.en.clauses import opening
from homeward.reading.languages.en.gathered_statements import Attribution, Gathered
from homeward.reading.languages.en.words import Saying, verb_forms
from homeward.reading.text.sentences import Sentence

_CONTENT_ENDS = re.compile(
    r"[;:]\s|,\s+(?:and|but|which|who|while|when|as|although|though|after|before|saying|adding)\b|\s[—–]\s|\s+(?:and|but)\s+(?:said|called\s+for|asked|urged|accused|demanded|added|promised)\b|[.!?…]*[\"”]?$"
)
_VIEWS: tuple[tuple[str, str, re.Pattern[str], float], ...] = tuple(
    (name, act, re.compile(rf"\b(?:{pattern})"), confidence)
    for name, act, pattern, confidence in (
        ("accused of", "asserted", r"(?P<verb>accus(?:ed|es|ing))\s+[^.;:]{2,60}?\s+of\s+(?=(?P<said>\w))", 0.8),
        (
            "described as", "asserted",
            r"(?P<verb>describ(?:ed|es|ing)|characteri[sz](?:ed|es|ing)|dismiss(?:ed|es|ing))\s+(?=(?P<said>[^.;:]{2,80}?\s+as\s))", 0.75,
        ),
        ("called", "asserted", r"(?P<verb>call(?:ed|s|ing))\s+(?!(?:up)?on\b|for\b|off\b)(?=(?P<said>[^.;:“”\"]{0,60}[“\"]))", 0.75),
        ("called it so", "asserted", r"(?P<verb>call(?:ed|s))\s+(?=(?P<said>(?:it|this|that|the\s+[^.;:,“”\"]{2,50}?|his\s+\w+|her\s+\w+|their\s+\w+)\s+(?:an?\s|one\s+of\s|the\s)\w|(?:it|this|that)\s+\w+))", 0.7),
        ("blamed for", "asserted", r"(?P<verb>blam(?:ed|es|ing))\s+(?=(?P<said>[^.;:]{2,60}?\s+(?:for|on)\s+\w))", 0.75),
        ("thought it", "asserted", r"(?P<verb>thought|considers?|considered|deem(?:ed|s)|judged)\s+(?=(?P<said>it|them|this|that)\s+(?:too\s+|very\s+|an?\s+)?\w+)", 0.7),
        ("puts at", "estimated", r"(?P<verb>puts?)\s+(?=(?P<said>(?!(?:off|on|in|up|out)\b)[^.;:]{2,60}?\s+at\s+(?:\w+\s+){0,3}\$?\d))", 0.75),
        ("speaks of", "asserted", r"(?P<verb>speaks?\s+of|spoke\s+of|spoken\s+of)\s+(?=(?P<said>(?:\w+\s+){0,3}\d))", 0.65),
        ("counts", "estimated", r"(?P<verb>counts?|lists?|tall(?:y|ies))\s+(?=(?P<said>(?:(?:some|about|nearly|over|more|than|at|least)\s+){0,2}\d[\d,]*\s+\w))", 0.65),
        ("expressed", "expected", r"(?P<verb>express(?:ed|es|ing))\s+(?:its\s+|his\s+|her\s+|their\s+|the\s+)?(?:\w+\s+)?(?:hopes?|concerns?|confidence|fears?|doubts?|regret|optimism|belief)\s+that\s+(?=(?P<said>\S))", 0.85),
        ("citing", "asserted", r",\s+(?P<verb>citing)\s+(?=(?P<said>(?:the\s+|its\s+|their\s+|an?\s+)?(?:\w+\s+)?(?:security|safety|concerns?|fears?|danger|risks?|lack|need|failure|reasons?|delays?|costs?|insufficient|tensions?|threats?)\b))", 0.65),
        ("convinced that", "asserted", r"(?P<verb>(?:is|are|was|were|remains?|remained)\s+(?:\w+\s+)?(?:convinced|certain|sure|adamant|confident|afraid|hopeful|optimistic|persuaded|doubtful))\s+that\s+(?=(?P<said>\S))", 0.75),
        ("has no doubt", "asserted", r"(?P<verb>ha(?:s|ve|d)\s+no\s+doubt|ma(?:de|kes?)\s+(?:it\s+)?(?:clear|known|plain)|let\s+it\s+be\s+known|left\s+no\s+doubt)\s+that\s+(?=(?P<said>\S))", 0.78),
        ("urged to", "asked", r"(?P<verb>urg(?:ed|es|ing)|implored|begged)\s+(?=(?P<said>[^.;:,]{2,60}?\s+to\s+[a-z]))", 0.75),
        ("called on to", "asked", r"(?P<verb>called\s+(?:up)?on|calls\s+(?:up)?on|appealed\s+to)\s+[^.;:,]{2,70}?\s+(?=(?P<said>to\s+(?:[a-z“\"])))", 0.75),
    )
)  # fmt: skip
_AS_SAYING = re.compile(
    r"(?P<verb>cited|quoted|cites|quotes)\s+(?!by\b|in\b)(?P<who>[^.;:“”\"]{2,90}?)\s+as\s+(?:saying|telling\s+\w+|claiming)(?:\s+that)?\b"
)
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?P<verb>cited|quoted)\s+(?:(?:by|in)\s+(?P<press>[^.;:“”\"]{2,60}?)\s+)?as\s+(?:saying|telling\s+\w+)(?:\s+that|\s+(?:by|in)\s+(?P<after>[^.;:,“”\"]{2,60}))?\b"
)
_AS_TOLD_BY = re.compile(
    r"(?P<lead>[Aa]s|[Tt]his\s+was|[Tt]hat\s+was)\s+(?P<verb>reported|revealed|announced|stated|noted|confirmed|explained|disclosed)\s+by\s+"
)
_AS_PUT = re.compile(
    r"\b[Aa]s\s+(?P<who>(?:[\w.’'-]+\s+){0,7}[\w.’'-]+)\s+(?P<verb>puts?|said|says|sees?|saw|tells?|told|recalls?|recalled|explained)(?:\s+(?:it|them|this|reporters))?(?=,|[.]?$)"
)
_IN_WORDS = re.compile(
    r"[Ii]n\s+(?:the\s+(?P<noun>words|view|opinion|account|judge?ment)\s+of\s+)?(?P<who>[^.,;:“”\"]{2,70}?)(?:['’]s?\s+(?:own\s+)?(?P<verb>words|view|opinion|account|telling|judge?ment))?,\s+"
)
_VIEW_OF = re.compile(
    r"(?P<who>[^.,;:“”\"]{2,70}?)['’]s?\s+(?:\w+\s+)?(?P<verb>view|position|answer|reply|message|argument|conclusion|verdict|explanation|account|fear|hope)\s+(?:is|was|has\s+been|remains)\s+that\s+|"
    r"(?P<noun>[Ww]ord|[Nn]ews)\s+(?:from|of)\s+(?P<from>[^.,;:“”\"]{2,50}?)\s+(?:is|was)\s+that\s+"
)
_ACT = {"reported": "reported", "announced": "announced"}


class HeldViews(Gathered):
    """Finds them, sentence by sentence."""

    def _views(self, sentence: Sentence) -> None:
        """Verbs that say what somebody thinks of something or wants of somebody."""
        for name, act, pattern, confidence in _VIEWS:
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                at = phrases.index_at(sentence, match.start("verb"))
                if self._in_quote(match.start()) or word_classes.is_noun(sentence, at):
                    continue
                speaker = phrases.subject(sentence, at, verb_forms())
                if name == "citing":
                    speaker = opening(sentence, 0, at, verb_forms())
                if speaker is None or not self.speakers.can_speak(speaker.span):
                    continue
                said = match.start("said")
                end = _CONTENT_ENDS.search(self.text, match.end("said"), sentence.end)
                content = self._quoted(said) or (
                    said,
                    self._called(name, said, sentence) or (end.start() if end else sentence.end),
                )
                form = Attribution(
                    (speaker.span[0], said), speaker.span, match["verb"], Saying(act, 1), None, f"statement:{name}", confidence,
                    match.start("verb"),
                )  # fmt: skip
                self._add(sentence, form, content)

    def _called(self, name: str, said: int, sentence: Sentence) -> int | None:
        """Where the words end that somebody calls a thing: with the quotation."""
        quote = next((one for _, one in self.quotes.beginning(said, sentence.end)), None)
        return quote.span[1] if quote is not None and name == "called" else None

    def _quoted(self, at: int) -> Span | None:
        """The quotation that begins at a place."""
        found = self.quotes.beginning(at, at + 1)
        if not found:
            return None
        self.used.add(found[0][1].span)
        return found[0][1].inside

    def _put(self, sentence: Sentence) -> None:
        """As in "As X put it, ...", "In X's words, ..." and "X's view is that ..."."""
        for match in _AS_PUT.finditer(self.text, sentence.start, sentence.end):
            if match.start() - sentence.start <= 3:
                self._add_put(sentence, match, match.span("who"), match["verb"], (match.end() + 2, sentence.end))
            elif self.text[match.start() - 2] == ",":
                self._add_put(sentence, match, match.span("who"), match["verb"], (sentence.start, match.start() - 2))
        words = _IN_WORDS.match(self.text, sentence.start, sentence.end)
        if words and (words["noun"] or words["verb"]):
            verb = words["noun"] or words["verb"]
            self._add_put(sentence, words, words.span("who"), verb, (words.end(), sentence.end))
        view = _VIEW_OF.match(self.text, sentence.start, sentence.end)
        if view:
            who = view.span("who") if view["who"] else view.span("from")
            self._add_put(sentence, view, who, view["verb"] or view["noun"], (view.end(), sentence.end))

    def _add_put(self, sentence: Sentence, match: re.Match[str], who: Span, verb: str, content: Span) -> None:
        """What was put so, if somebody put it: the quotation with which it begins, or all of it."""
        if not self.speakers.can_speak(who) or self._in_quote(match.start()):
            return
        content = self._quoted(content[0]) or content
        form = Attribution(
            (min(match.start(), content[0]), max(match.end(), content[1])), who, verb, Saying("asserted", 2), None, "statement:as put by", 0.8, match.start()
        )  # fmt: skip
        self._add(sentence, form, content)

    def _reported_as(self, sentence: Sentence) -> None:
        """As in "X was quoted as saying that", "the paper cited X as saying", "..., as revealed by X"."""
        for match in _AS_SAYING.finditer(self.text, sentence.start, sentence.end):
            at = phrases.index_at(sentence, match.start())
            press = phrases.before(sentence, at, verb_forms())
            if press is not None and not self._in_quote(match.start()):
                self._add_reported(sentence, match, match.span("who"), press.span[0], press.span)
        for match in _QUOTED_AS.finditer(self.text, sentence.start, sentence.end):
            at = phrases.index_at(sentence, match.start())
            who = phrases.before(sentence, at, verb_forms())
            if who is not None and not self._in_quote(match.start()):
                press_span = next((match.span(name) for name in ("press", "after") if match[name]), None)
                self._add_reported(sentence, match, who.span, who.span[0], press_span)
        for match in _AS_TOLD_BY.finditer(self.text, sentence.start, sentence.end):
            found = phrases.after(sentence, phrases.index_at(sentence, match.end() - 1) - 1, verb_forms())
            if found is None or not self.speakers.can_speak(found.span) or self._in_quote(match.start()):
                continue
            self._add_told_by(sentence, match, found.span)

    def _add_reported(
        self, sentence: Sentence, match: re.Match[str], who: Span, start: int, press: Span | None
    ) -> None:
        """What stands after "as saying", or before the press that is named, if nothing follows."""
        if not self.speakers.can_speak(who):
            return
        content = (match.end(), self._clause_end(sentence, match.end()))
        if len(self.text[slice(*content)].strip(" .,")) < 3:
            quote = self._quote_before(start, sentence)
            content = quote.inside if quote else (sentence.start, start)
            if quote:
                self.used.add(quote.span)
        form = Attribution(
            (start, match.end()), who, match["verb"], Saying("asserted", 2), press, "statement:quoted as saying", 0.85, match.start("verb")
        )  # fmt: skip
        self._add(sentence, form, content)

    def _add_told_by(self, sentence: Sentence, match: re.Match[str], who: Span) -> None:
        """What stands after "As reported by X," or before ", as reported by X"; after "This was", the sentence before."""
        if match["lead"].lower() != "as":
            number = next((i for i, one in enumerate(self.words.sentences) if one.start == sentence.start), 0)
            before = self.words.sentences[number - 1] if number else sentence
            content = (before.start, before.end)
        elif match.start() - sentence.start <= 3:
            comma = self.text.find(", ", who[1], sentence.end)
            content = (comma + 2, sentence.end) if comma > 0 else (who[1], sentence.end)
        else:
            content = (sentence.start, match.start())
        form = Attribution(
            (match.start(), who[1]), who, match["verb"], Saying(_ACT.get(match["verb"], "asserted"), 2), None,
            "statement:as told by", 0.85, match.start("verb"),
        )  # fmt: skip
        self._add(sentence, form, content)
