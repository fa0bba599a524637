"""Who can speak in an English text, and which person or party a speaker is."""

from __future__ import annotations

import re
from bisect import bisect_right

from homeward.reading.drafts import PartyDraft, PersonDraft, Span
from homeward.reading.languages.interface import Words
from homeward.reading.text.spans import Spans

NOUNS = re.compile(
    r"\b(?:side|mayors?|judges?|bishops?|monks?|fisherm[ae]n|climbers?|divers?|archaeologists?|clerks?|reporters?|correspondents?|editors?|students?|workers?|labou?rers?|owners?|translators?|politicians?|deput(?:y|ies)|"
    r"legislators?|attorneys?|medics?|coroners?|pathologists?|genealogists?|governments?|parties|airlines?|operators?|missions?|broadcasters?|television|radio|activists?|campaigners?|advocates?|unions?|company|companies|crew|investigators?|police|prosecutors?|engineers?|successor|predecessor|representatives?|members?|searchers?|archivists?|curators?|institute|commission|foundation|officials?|sources?|spokes(?:man|woman|person|men|people)|analysts?|experts?|diplomats?|reports?|agency|ministry|department|command|committee|office|government|administration|military|army|"
    r"embassy|family|families|relatives?|veterans?|widow|sons?|daughters?|brothers?|sisters?|nephews?|nieces?|cousins?|grand\w+|historians?|scientists?|researchers?|anthropologists?|directors?|commanders?|officers?|guards?|interpreters?|friends?|buddy|mothers?|fathers?|mom|dad|parents?|uncles?|aunts?|chairm[ae]n|heads?|chiefs?|drivers?|farmers?|priests?|teachers?|neighbou?rs?|nurses?|pilots?|crew|prosecutors?|lawyers?|"
    r"leaders?|presidents?|secretar(?:y|ies)|ministers?|ambassadors?|envoys?|negotiators?|senators?|governors?|lawmakers?|general|generals|colonel|captain|sergeant|media|newspapers?|outlet|network|broadcaster|"
    r"statement|release|document|documents|memo|memorandum|letter|sheet|laboratory|lab|website|page|paper|study|authors?|witness(?:es)?|survivors?|soldiers?|marines?|prisoners?|delegation|delegates?|team|aides?|"
    r"advisers?|advisors?|doctors?|professor|coordinator|organi[sz]ation|group|coalition|association|people|men|women|man|woman|one|others|both|many|some|critics|observers|residents?|villagers?|defectors?)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:official|spokes(?:man|woman|person)|officer|source|diplomat|analyst|expert|general|colonel|captain|major|sergeant|director|minister|ambassador|advis[eo]r|commander|chief|head|historian|"
    r"scientist|anthropologist|doctor|professor|aide|envoy|negotiator|survivor|veteran|witness|prosecutor|lawyer|priest|farmer|soldier|pilot|guard|interpreter|archivist|investigator|lawmaker|senator|"
    r"widow|niece|nephew|daughter|son|brother|sister|mother|father|man|woman|member|leader|secretary|president|one|resident|defector|activist|curator|coordinator|delegate)\b",
    re.IGNORECASE,
)
"""One person, told by an office, a trade or a relation."""
PRONOUN = re.compile(r"^(?:he|she|they|it|we|i|who|you)$", re.IGNORECASE)
OUTLET = re.compile(
    r"\b(?:outlet|news\s+agency|newspaper|network|broadcaster|news\s+service|wire\s+service|paper|daily|magazine|website|station)\b",
    re.IGNORECASE,
)
SPEAKS_FOR = re.compile(
    r"\b(?:activists?|campaigners?|advocates?|unions?|company|companies|crew|investigators?|police|prosecutors?|engineers?|successor|predecessor|representatives?|members?|searchers?|archivists?|curators?|institute|commission|foundation|officials?|spokes(?:man|woman|person)|government|military|army|media|ministry|state\s+media|delegation|negotiators?|diplomats?|authorities|side)\b",
    re.IGNORECASE,
)
_NAME_FOLLOWS = re.compile(
    r",\s+(?:(?:U\.?S\.?\s+)?(?:Army|Navy|Air\s+Force|Marine\s+Corps|Marine)\s+)?(?:(?:Cmdr|Pfc|Spc|Lt|Maj|Brig|Gen|Col|Capt|Sgt|Cpl|Staff|Master|Rear|Adm|Dr|Mr|Mrs|Ms|Prof)\.?\s+|(?:Colonel|General|Captain|Major|Lieutenant|Sergeant|Admiral|Ambassador|Professor|Doctor)\s+){0,3}"
)
_BODY = re.compile(
    r"^[Tt]he\s+(?P<press>news\s+)?(?P<head>agency|ministry|command|committee|department|commission|office)$"
)
NAME = re.compile(r"(?:[^\W\d_a-z][a-zß-ÿ][\w’'-]*\s?){1,3}")
SEVERAL = re.compile(
    r"\b(?:\w+s|police|people|men|women)\b(?=\s+(?:from|of|in|at|with|close|who|on)\b|$)|\sand\s", re.IGNORECASE
)
MEN = re.compile(
    r"\b(?:brother|father|son|husband|uncle|nephew|grandfather|Mr)\.?,?\s+(?:[A-Z][\w.]*\s+){0,3}$", re.IGNORECASE
)
WOMEN = re.compile(
    r"\b(?:sister|mother|daughter|wife|widow|aunt|niece|grandmother|Mrs|Ms|Miss)\.?,?\s+(?:[A-Z][\w.]*\s+){0,3}$",
    re.IGNORECASE,
)
LONGEST_BACK, LEAST_BACK = 600, 40
"""Characters from a speaker to a pronoun that still means the same person."""

_GOES_ON = re.compile(r"\s(?:declined|refused|confirmed|rang|called|visited|welcomed)$|(?<=\w)\s(?:declined|refused)\s")
"""A verb after who speaks, in a sentence that goes on with another: "A spokesman declined to comment, but noted ..."."""


class Speakers:
    """The people and parties of a text, as speakers."""

    def __init__(self, words: Words) -> None:
        self.text = words.text
        self.people = Spans((span, one) for one in words.names.people for span in one.mentions)
        self.parties = Spans((span, one) for one in words.names.parties for span in one.mentions)
        self.places = Spans((span, one) for one in words.names.places for span in one.mentions)
        self.press_names = Spans(
            (span, one) for one in words.names.parties if one.kind == "press" for span in one.mentions
        )
        starts = [sentence.start for sentence in words.sentences]
        self.openings = Spans(
            (span, one) for span, one in self.people.pairs if span[0] - starts[max(0, bisect_right(starts, span[0]) - 1)] <= 30
        )  # fmt: skip
        self.party_openings = Spans(
            (span, one) for span, one in self.parties.pairs if span[0] - starts[max(0, bisect_right(starts, span[0]) - 1)] <= 45
        )  # fmt: skip
        self.last_spoke: tuple[int, PersonDraft] | None = None
        self.last_words: tuple[int, str] | None = None
        self.last_body: Span | None = None

    def can_speak(self, span: Span) -> bool:
        """Whether a noun phrase can be somebody who says something."""
        words = self.text[slice(*span)]
        if PRONOUN.match(words):
            return True
        return self.is_known(span) or self._is_unknown_name(span)

    def is_known(self, span: Span) -> bool:
        """Whether a phrase names a person or a party, or says what somebody is."""
        return bool(self._people(span) or self._parties(span) or NOUNS.search(self.text[slice(*span)]))

    def names_person(self, span: Span) -> bool:
        """Whether a phrase holds the name of a person."""
        return bool(self._people(span))

    def is_named_in(self, span: Span, other_than: str | None) -> bool:
        """Whether a stretch of text names a person or a party other than one."""
        named = [*self._people(span), *(one for _, one in self.parties.inside(*span))]
        return any(one.id != other_than for one in named)

    def _is_unknown_name(self, span: Span) -> bool:
        """Whether a phrase is nothing but capitalised words that are no place: a surname that stands nowhere in full."""
        return NAME.fullmatch(self.text[slice(*span)]) is not None and not self.places.overlapping(*span)

    def id_of(self, span: Span) -> str | None:
        """The person or party that a speaker is; a pronoun is the person named last before it."""
        words = self.text[slice(*span)]
        if re.match(r"^(?:he|she)$", words, re.IGNORECASE):
            person = None if self._meant_by_role(span[0]) else self.before(span[0], words)
            return person.id if person else None
        body = self._body_meant(span)
        if body is not None:
            return self.id_of(body)
        people = self._people(span)
        if people:
            return people[0].id
        parties = self._parties(span)
        if not parties:
            return self._body_named_before(span)
        if len(words.split()) <= 3 or SPEAKS_FOR.search(words):
            return parties[-1].id if re.search(r"\b(?:for|of|from|at)\b", words) else parties[0].id
        return parties[0].id

    def _body_named_before(self, span: Span) -> str | None:
        """The party that "the ministry" or "the news agency" means: the one of that word that was named last."""
        match = _BODY.match(self.text[slice(*span)])
        if match is None:
            return None
        press = match["press"] is not None
        found = [
            (at, one) for at, one in self.parties.pairs
            if at[0] < span[0] and (one.kind == "press") == press and (press or match["head"].lower() in one.name.lower().split() or match["head"].lower() in self.text[slice(*at)].lower().split())
        ]  # fmt: skip
        return found[-1][1].id if found else None

    def with_name(self, span: Span, end: int) -> Span:
        """A speaker with the name that follows: "a spokesman for the office, Carl Dunn"; nothing if a name is in it."""
        if self._people(span):
            return span
        match = _NAME_FOLLOWS.match(self.text, span[1], end)
        person = self.people.overlapping(match.end(), match.end() + 1) if match else []
        return (span[0], person[0][0][1]) if person and person[0][0][0] <= match.end() else span  # type: ignore[union-attr]

    def without_verb(self, span: Span) -> Span:
        """A speaker, cut where a verb goes on after it: "Mr Rumsfeld defended the prison", "A spokesman declined"."""
        for (_, end), _ in self.people.inside(*span):
            if re.match(r"\s+[a-z]+ed\s", self.text[end : span[1]]):
                return span[0], end
        goes_on = _GOES_ON.search(self.text, *span)
        return (span[0], goes_on.start()) if goes_on else span

    def name_of(self, span: Span) -> str:
        """The words for a speaker; for "he" or "she", the name of the person that is meant."""
        words = self.words_for(span)
        if not re.match(r"^(?:he|she)$", words, re.IGNORECASE):
            return words
        person = self.before(span[0], words)
        return person.name if person else words

    def words_for(self, span: Span) -> str:
        """The words for a speaker; for a pronoun, those of the official or the body that is meant, if nobody has a name."""
        words = self.text[slice(*span)]
        if re.match(r"^(?:he|she)$", words, re.IGNORECASE) and self._meant_by_role(span[0]) and self.last_words:
            return self.last_words[1]
        body = self._body_meant(span)
        return self.text[slice(*body)] if body else words

    def _body_meant(self, span: Span) -> Span | None:
        """The body that "it", or the officials that "they", means after they have spoken: "..., it added"."""
        words = self.text[slice(*span)].lower()
        body = self.last_body
        if words not in ("it", "they"):
            return None
        if body is None or not 0 < span[0] - body[1] < LONGEST_BACK:
            return self._party_told_of(span[0]) if words == "it" else None
        plural = SEVERAL.search(self.text[slice(*body)]) is not None
        return body if plural == (words == "they") else None

    def _party_told_of(self, position: int) -> Span | None:
        """The party with which a sentence before began, in the same paragraph."""
        opening = self.party_openings.before(position)
        if opening is None or "\n" in self.text[opening[0][1] : position]:
            return None
        return opening[0] if position - opening[0][1] > LEAST_BACK else None

    def _meant_by_role(self, position: int) -> bool:
        """Whether the last speaker, whom nobody names, is meant by "he": "a spokesman said ... He added"."""
        if self.last_words is None or position - self.last_words[0] > LONGEST_BACK:
            return False
        opening = self.openings.before(position)
        return opening is None or opening[0][0] < self.last_words[0]

    def spoke(self, span: Span) -> None:
        """Note that somebody has spoken, whom a "he" that follows soon means rather than others named since."""
        people = self._people(span)
        words = self.text[slice(*span)]
        if people:
            self.last_spoke = (span[1], people[0])
        if not PRONOUN.match(words):
            one = not people and ROLE.search(words) is not None
            named = people or (self._is_unknown_name(span) and not self._parties(span))
            self.last_body = None if one or named else span
            self.last_words = (span[1], words) if one else None

    def before(self, position: int, pronoun: str = "") -> PersonDraft | None:
        """The person meant by "he": with whom a sentence began since somebody spoke, who spoke, who was named last."""
        opening = self.openings.before(position)
        while opening and self._is_other_sex(opening[1], pronoun):
            opening = self.openings.before(opening[0][0])
        if self.last_spoke and opening and opening[0][0] > self.last_spoke[0]:
            return opening[1]
        if self.last_spoke and 0 < position - self.last_spoke[0] < LONGEST_BACK:
            return self.last_spoke[1]
        last = self.people.before(position)
        while last and self._is_other_sex(last[1], pronoun):
            last = self.people.before(last[0][0])
        return last[1] if last else None

    def _is_other_sex(self, person: PersonDraft, pronoun: str) -> bool:
        """Whether the words before a name exclude a pronoun: "Her brother, Pfc. Frank Mott" is no "she"."""
        excluded = MEN if pronoun.lower() == "she" else WOMEN if pronoun.lower() == "he" else None
        if excluded is None:
            return False
        return any(excluded.search(self.text, max(0, start - 40), start) for start, _ in person.mentions)

    def press_at(self, start: int) -> Span | None:
        """The words of the name of the press that begins at a place: "told Yonhap the talks ..."."""
        found = self.press_names.overlapping(start, start + 1)
        return found[0][0] if found and found[0][0][0] == start else None

    def press(self, span: Span) -> str | None:
        """The name of the press that a hearer is; "the outlet" is the one named last before."""
        words = self.text[slice(*span)]
        for party in self._parties(span):
            if party.kind == "press":
                return party.name
        if not OUTLET.search(words):
            return None
        last = self.press_names.before(span[0])
        return last[1].name if last else words

    def _people(self, span: Span) -> list[PersonDraft]:
        return [one for _, one in self.people.inside(*span)]

    def _parties(self, span: Span) -> list[PartyDraft]:
        return [one for _, one in self.parties.overlapping(*span)]
