"""People, parties and places in English texts: known names first, then what titles and turns of phrase tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reading.drafts import PartyDraft, PersonDraft, PlaceDraft, Span
from homeward.reading.languages.en import name_words as told
from homeward.reading.languages.en.capitals import Run, capitalised, is_headline
from homeward.reading.languages.en.known_names import KnownMention, find_known
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.languages.interface import Names, Words
from homeward.reading.names.lexicon import PARTY, PERSON, PLACE, Known
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token


@dataclass(slots=True)
class Found:
    """Somebody or something with the mentions found so far."""

    what: str
    name: str
    mentions: list[Span]
    confidence: float
    rule: str
    known: Known | None = None
    kind: str | None = None
    office: str | None = None
    family: str | None = None
    aliases: set[str] = field(default_factory=set)


def find_names(words: Words) -> Names:
    """Return people, parties and places with all their mentions merged."""
    finder = _Finder(words)
    finder.known()
    finder.ministries()
    finder.unknown()
    finder.family_names()
    finder.offices()
    return finder.drafts()


class _Finder:
    """The names of one text, as they are gathered."""

    def __init__(self, words: Words) -> None:
        self.text, self.sentences, self.lexicon = words.text, words.sentences, words.lexicon
        self.found: list[Found] = []
        self.by_known: dict[tuple[str, str], Found] = {}
        self.covered = bytearray(len(words.text))
        self.starts = [sentence.start for sentence in words.sentences]
        for match in told.CREDIT.finditer(words.text):
            self._cover(match.span())

    def known(self) -> None:
        """Mentions of names in the lexicon."""
        for sentence in self.sentences:
            mentions = find_known(self.text, sentence, self.lexicon)
            starts = {mention.span[0] for mention in mentions}
            for mention in mentions:
                if self.covered[mention.span[0]] or _begins_an_organisation(self.text, mention.span, starts):
                    continue
                for entry in self._read_as(mention, sentence):
                    self._mention(entry, mention)

    def _read_as(self, mention: KnownMention, sentence: Sentence) -> list[Known]:
        """Which of the entries of one form are meant: the country as a side, as ground, or as both."""
        people = [one for one in mention.entries if one.what == PERSON]
        if people:
            return people[:1]
        parties = [one for one in mention.entries if one.what == PARTY]
        places = [one for one in mention.entries if one.what == PLACE]
        if not parties or not places:
            return (parties or places)[:1]
        start = mention.span[0]
        before = self.text[max(sentence.start, start - 80) : start]
        words = self.text[slice(*mention.span)]
        if told.LOCATIVE.search(before) or (words.isupper() and len(words) > 4):
            return places[:1]
        if told.DIRECTION.search(before):
            moving = told.MOTION.search(told.DIRECTION.sub("", before))
            return [parties[0], places[0]] if moving and parties[0].kind == "government" else parties[:1]
        return parties[:1]

    def _mention(self, entry: Known, mention: KnownMention) -> None:
        key = (entry.what, entry.code or entry.name)
        found = self.by_known.get(key)
        if found is None:
            found = Found(
                entry.what,
                self.text[slice(*mention.span)] if entry.what == PERSON else entry.name,
                [],
                mention.confidence,
                mention.rule,
                entry,
                entry.kind,
            )
            found.family = entry.family_name or entry.name.split()[-1]
            if entry.what == PERSON:
                found.name = entry.name
            self.by_known[key] = found
            self.found.append(found)
        found.mentions.append(mention.span)
        self._cover(mention.span)

    def _cover(self, span: Span) -> None:
        """Note that a stretch of the text is part of a name."""
        self.covered[span[0] : span[1]] = b"\1" * (span[1] - span[0])

    def unknown(self) -> None:
        """Names that are on no list, told by titles, given names, and what is said of them."""
        for sentence in self.sentences:
            for sequence in capitalised(self.text, sentence):
                for part in self._free(sequence):
                    self._classify(part)

    def _free(self, sequence: Run) -> list[Run]:
        """The stretches of a sequence that no known name covers."""
        parts: list[list[Token]] = [[]]
        for token in sequence.tokens:
            if any(self.covered[token.start : token.end]):
                parts.append([])
            else:
                parts[-1].append(token)
        return [Run(tuple(part), sequence.sentence) for part in parts if part]

    def _classify(self, sequence: Run) -> None:
        tokens = list(sequence.tokens)
        while tokens and (tokens[0].text in told.NOT_NAMES or tokens[0].text in (".", "Class")):
            tokens.pop(0)
        if (
            len(tokens) > 2
            and tokens[0].text in ("Defense", "Defence", "State", "Affairs", "Staff")
            and self.text[: tokens[0].start].endswith((" of ", " Veterans "))
        ):
            tokens.pop(0)
        while tokens and (tokens[-1].text in told.NOT_NAMES or not tokens[-1].is_capital):
            tokens.pop()
        words = [token.text for token in tokens if token.text != "."]
        if self.text[sequence.sentence.start : sequence.sentence.end].isupper():
            return
        titles_only = all(told.TITLE_WORD.match(word) for word in words)
        if not words or titles_only or any(told.UNIT.match(word) for word in words):
            return
        if len(words) == 1 and told.ORGANISATION.match(words[0]):
            return
        span = (tokens[0].start, tokens[-1].end)
        inner = [
            i
            for i, word in enumerate(words[:-1])
            if told.ORGANISATION.match(word) and words[i + 1] in ("of", "on", "for")
        ]
        if inner:
            self._new(PARTY, span, 0.75, "names:organisation by a word in it", kind=told.KINDS.get(words[inner[0]]))
            return
        if len(words) >= 2 and told.ORGANISATION.match(words[-1]):
            if span[0] > sequence.sentence.start or words[0] not in told.NOT_NAMES:
                kind = "press" if told.PRESS.match(words[-1]) else told.KINDS.get(words[-1])
                self._new(PARTY, span, 0.75, "names:organisation by its last word", kind=kind)
            return
        if len(words) == 2 and words[0] in ("International", "National", "Regional", "Memorial"):
            return
        if (len(words) >= 2 and told.PLACE.match(words[-1])) or (len(words) == 1 and told.KOREAN_PLACE.match(words[0])):
            self._new(
                PLACE,
                span,
                0.8,
                "names:place by its last word",
                kind=told.PLACE_KINDS.get(words[-1], "settlement" if len(words) == 1 else None),
            )
            return
        if self._person(tokens, sequence.sentence):
            return
        self._town(tokens, sequence.sentence)

    def _person(self, tokens: Sequence[Token], sentence: Sentence) -> bool:
        """A person who is on no list."""
        titled, office = self._office_before(tokens[0].start, sentence)
        stripped, own = _without_title(self.text, tokens)
        if own is not None:
            tokens, titled = stripped, True
            before_title = self._office_before(tokens[0].start, sentence)[1] if tokens else None
            office = before_title or own or office
        words = [token.text for token in tokens if token.text != "."]
        if not words or (words[-1] in ("Jr", "Sr") and len(words) == 2):
            return False
        if (
            len(words) > 5
            or told.OCCUPATION.search(words[-1])
            or all(word.isupper() and len(word) > 1 for word in words)
        ):
            return False
        span = (tokens[0].start, tokens[-1].end)
        after = self.text[span[1] : min(sentence.end, span[1] + 200)]
        confidence, rule = 0.0, ""
        before = self.text[max(sentence.start, span[0] - 24) : span[0]]
        if titled:
            confidence, rule = 0.9, "names:person by title"
        elif len(words) >= 2 and words[0] in told.GIVEN:
            confidence, rule = 0.9, "names:person by given name"
        elif _is_korean_name(words):
            confidence, rule = 0.85, "names:person by Korean family name"
        elif len(words) >= 2 and re.fullmatch(r"[A-Z]", words[1] if len(words) > 2 else words[0]):
            confidence, rule = 0.8, "names:person by initial"
        elif 2 <= len(words) <= 3 and (
            told.SAYS_AFTER.match(after) or told.AGE_AFTER.match(after) or told.OFFICE_AFTER.match(after)
        ):
            confidence, rule = 0.7, "names:person by what is said of them"
        elif (
            2 <= len(words) <= 3
            and all(len(word) > 1 for word in words)
            and (told.KIN_BEFORE.search(before) or self._recurs(words[-1], span[1]))
        ):
            confidence, rule = 0.6, "names:person by kin, or named again"
        headline = is_headline(sentence) and (words[0] not in told.GIVEN or words[-1].lower() in verb_forms())
        if not confidence or (headline and not _is_korean_name(words)):
            return False
        if office is None and (match := told.OFFICE_AFTER.match(after)):
            office = _clean_office(match["office"])
        person = self._same_person(words)
        if person is None:
            person = self._new(PERSON, span, confidence, rule)
            person.family = (
                words[0]
                if _is_korean_name(words)
                else next((word for word in reversed(words) if word not in ("Jr", "Sr", "II", "III")), words[-1])
            )
        else:
            person.mentions.append(span)
            self._cover(span)
            if len(words) > len(person.name.split()):
                person.name = self.text[slice(*span)]
        person.office = person.office or office
        return True

    def _recurs(self, family: str, after: int) -> bool:
        """Whether the last of several words stands alone later, with a verb of saying or a possessive, as family names do."""
        return (
            re.search(
                rf"(?<![\w-]){re.escape(family)}(?:['’]s\b|\s+(?:said|says|told|added|recalled|wrote|was|had|has|asked)\b)",
                self.text[after:],
            )
            is not None
        )

    def _same_person(self, words: Sequence[str]) -> Found | None:
        """Somebody found before of the same name, or of the same family name where one of both is short."""
        for one in self.found:
            if one.what != PERSON:
                continue
            before = one.name.replace(".", "").split()
            if before == list(words) or (
                one.family == words[-1] and (len(words) == 1 or before[0] == words[0] or len(before) == 1)
            ):
                return one
        return None

    def _office_before(self, start: int, sentence: Sentence) -> tuple[bool, str | None]:
        """Whether a title stands before a name, and the office if it is more than a courtesy."""
        before = self.text[max(sentence.start, start - 160) : start]
        for pattern in (told.OFFICE_BEFORE, told.RANK_BEFORE):
            match = pattern.search(before)
            if match:
                return True, _clean_office(match["office"])
        return bool(told.COURTESY_BEFORE.search(before)), None

    def _town(self, tokens: Sequence[Token], sentence: Sentence) -> None:
        """A town before its state, or a name spelt otherwise than on the list."""
        span = (tokens[0].start, tokens[-1].end)
        name = self.text[slice(*span)]
        after = self.text[span[1] : min(sentence.end, span[1] + 40)]
        before = self.text[max(sentence.start, span[0] - 20) : span[0]]
        match = re.match(r",\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)", after)
        if (
            match
            and any(entry.what == PLACE and match[1] in entry.forms for entry in self.lexicon.entries)
            and re.search(r"\b(?:in|of|near|at|from|outside)\s+$", before)
        ):
            self._new(PLACE, span, 0.8, "names:town before its state", kind="settlement")
        elif is_headline(sentence):
            return
        elif (
            re.search(r"\b(?:in|near|at|around|outside|village\s+of|town\s+of|city\s+of|county\s+of)\s+$", before)
            and len(tokens) <= 2
            and name not in told.GIVEN
            and not name.isupper()
            and len(name) > 3
        ):
            self._new(PLACE, span, 0.55, "names:place by its preposition")

    def _new(self, what: str, span: Span, confidence: float, rule: str, *, kind: str | None = None) -> Found:
        name = self.text[slice(*span)]
        same = next((one for one in self.found if one.what == what and one.known is None and one.name == name), None)
        if same is None:
            same = Found(what, name, [], confidence, rule, kind=kind)
            self.found.append(same)
        same.mentions.append(span)
        self._cover(span)
        return same

    def ministries(self) -> None:
        """Ministries in small letters: "the Lao foreign ministry", "the ministry of justice"."""
        for match in told.MINISTRY.finditer(self.text):
            start, end = match.span("name")
            span = (start + 4 if self.text.startswith("The ", start) else start, end)
            if not all(self.covered[i] for i in range(*span)):
                self._new(PARTY, span, 0.7, "names:ministry in small letters", kind="ministry")

    def family_names(self) -> None:
        """Later mentions of a person by the family name alone; of several, the one named last before it."""
        people = [one for one in self.found if one.what == PERSON and one.family]
        families = {one.family for one in people}
        for sentence in self.sentences:
            for token in sentence.tokens:
                if token.text not in families or any(self.covered[token.start : token.end]):
                    continue
                named = [one for one in people if one.family == token.text and min(one.mentions)[0] < token.start]
                if not named:
                    continue
                named = [one for one in named if not self._is_kin(one)] or named
                nearest = max(named, key=lambda one: max(span[0] for span in one.mentions if span[0] < token.start))
                nearest.mentions.append((token.start, token.end))
                self._cover((token.start, token.end))

    def _is_kin(self, one: Found) -> bool:
        """Whether somebody was named first as a relative of another: "His father, Lt. William Alder"."""
        start = min(one.mentions)[0]
        return told.KIN_OF.search(self.text[max(0, start - 60) : start]) is not None

    def offices(self) -> None:
        """Offices of known people, from the words beside them, and mentions such as "the secretary"."""
        for one in self.found:
            if one.what == PERSON and one.office is None:
                one.office = self._office_of(one)
        for match in re.finditer(
            r"\b[Tt]he (?P<head>[Ss]ecretary|[Pp]resident|[Aa]mbassador|[Gg]overnor|[Ss]enator|[Gg]eneral|[Cc]olonel|[Ss]pokes(?:man|woman))\b(?! (?:of|for|[A-Z]|general))",
            self.text,
        ):
            head = match["head"].lower()
            holders = [
                one for one in self.found
                if one.what == PERSON and one.office and re.search(rf"\b{head}\b", one.office, re.IGNORECASE) and not (head == "president" and "vice" in one.office.lower())
                and not re.search(r"\b(?:former|ex-)", one.office, re.IGNORECASE) and min(one.mentions)[0] < match.start()
            ]  # fmt: skip
            if len(holders) == 1:
                holders[0].mentions.append(match.span())
                self._cover(match.span())

    def _office_of(self, one: Found) -> str | None:
        for start, end in one.mentions:
            sentence = self.sentences[max(0, bisect_right(self.starts, start) - 1)]
            office = self._office_before(start, sentence)[1]
            match = told.OFFICE_AFTER.match(self.text[end : min(sentence.end, end + 200)])
            if office or match:
                return office or (_clean_office(match["office"]) if match else None)
        return None

    def drafts(self) -> Names:
        """Everything as drafts, in the order of the text."""
        people: list[PersonDraft] = []
        parties: list[PartyDraft] = []
        places: list[PlaceDraft] = []
        for one in sorted(self.found, key=lambda found: min(found.mentions)):
            mentions = tuple(sorted(set(one.mentions)))
            code = one.known.code if one.known else None
            if one.what == PERSON:
                people.append(
                    PersonDraft(
                        id=f"p{len(people) + 1}", span=mentions[0], confidence=one.confidence, rule=one.rule, name=one.name,
                        mentions=mentions, known=code, office=one.office, party=self._party_of(one),
                    )
                )  # fmt: skip
            elif one.what == PARTY:
                parties.append(
                    PartyDraft(
                        id=f"y{len(parties) + 1}", span=mentions[0], confidence=one.confidence, rule=one.rule, name=one.name,
                        mentions=mentions, known=code, kind=one.kind,
                    )
                )  # fmt: skip
            else:
                places.append(
                    PlaceDraft(
                        id=f"l{len(places) + 1}", span=mentions[0], confidence=one.confidence, rule=one.rule, name=one.name,
                        mentions=mentions, known=code, kind=one.kind,
                    )
                )  # fmt: skip
        return Names(tuple(people), tuple(parties), tuple(places))

    def _party_of(self, one: Found) -> str | None:
        """The party whose name stands in the office of a person."""
        if not one.office:
            return None
        if re.search(r"\bU\.?N\.?\s+[Aa]mbassador", one.office):
            return None
        named = [
            (len(form), entry.name) for entry in self.lexicon.entries if entry.what == PARTY
            for form in entry.forms if re.search(rf"(?<![\w.])(?<!New ){re.escape(form)}(?!\w)", one.office)
        ]  # fmt: skip
        return max(named)[1] if named else None


_TITLE = re.compile(
    rf"(?P<title>(?:(?:U\.?S\.?\s+)?(?:Army|Navy|Air\s+Force|Marine\s+Corps|Marine)\s+)?(?:{told.RANK}|{told.COURTESY}|(?:[Ff]ormer\s+)?(?:[A-Z][\w./-]*\s+){{0,4}}{told.OFFICE_HEAD}))\s+(?=[A-Z])"
)


def _without_title(text: str, tokens: Sequence[Token]) -> tuple[list[Token], str | None]:
    """A run of capitalised words without the title that it begins with, and the title."""
    start, end = tokens[0].start, tokens[-1].end
    match = _TITLE.match(text, start, end)
    if match is None:
        return list(tokens), None
    rest = [token for token in tokens if token.start >= match.end()]
    courtesy = re.fullmatch(told.COURTESY, match["title"])
    return rest, "" if courtesy else _clean_office(match["title"])


_LONGER = re.compile(r"(?:\s+(?:[A-Z][\w'’-]+|of|on|and|for|&)){1,5}")


def _begins_an_organisation(text: str, span: Span, starts: set[int]) -> bool:
    """Whether a known name is the beginning of a longer one: "Senate Armed Services Committee"."""
    match = _LONGER.match(text, span[1])
    if match is None or text[span[1] : span[1] + 2] in ("'s", "’s"):
        return False
    words = re.findall(r"\S+", match[0])
    ends = [i for i, word in enumerate(words) if told.ORGANISATION.match(word)]
    of = bool(ends) and ends[0] == 0 and words[1:2] in (["of"], ["on"], ["for"])
    if not ends or (not ends[0] and not of):
        return False
    at = span[1]
    for word in words[: ends[0] + 1]:
        at = text.index(word, at)
        if at in starts:
            return False
    return True


def _is_korean_name(words: Sequence[str]) -> bool:
    """A Korean family name and a given name of one or two syllables, together or apart."""
    if words[0] not in told.KOREAN_FAMILY or not 2 <= len(words) <= 3:
        return False
    syllables = [one for word in words[1:] for one in re.split(r"[-–]", word)]
    return (
        1 <= len(syllables) <= 2
        and all(re.fullmatch(r"[A-Za-zŏŭ'’]{1,6}", one) for one in syllables)
        and (len(syllables) == 2 or words[0] not in told.GIVEN)
    )


def _clean_office(words: str) -> str | None:
    cleaned = re.sub(r"^(?:the|a|an|his|its|their)\s+", "", " ".join(words.split()), flags=re.IGNORECASE).strip(" ,")
    return cleaned or None
