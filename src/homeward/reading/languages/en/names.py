"""People, parties and places in English texts: known names first, then what titles and turns of phrase tell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from homeward.reading.drafts import PartyDraft, PersonDraft, PlaceDraft
from homeward.reading.languages.en import name_organisations as organisations
from homeward.reading.languages.en import name_places as places
from homeward.reading.languages.en import name_words as told
from homeward.reading.languages.en.capitals import Run, can_end_a_name, capitalised
from homeward.reading.languages.en.gathered_names import Found, Gathered
from homeward.reading.languages.en.known_names import KnownMention, find_known
from homeward.reading.languages.en.name_people import clean_office, family_names, office_before, person_of, speakers
from homeward.reading.languages.interface import Names, Words
from homeward.reading.names.lexicon import PARTY, PERSON, PLACE, Known, words_of
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

_HOLDER = re.compile(
    r"\b[Tt]he (?P<head>[Ss]ecretary|[Pp]resident|[Aa]mbassador|[Gg]overnor|[Ss]enator|[Gg]eneral|[Cc]olonel|[Ss]pokes(?:man|woman))\b(?! (?:of|for|[A-Z]|general))"
)
_TOWN_BEFORE = re.compile(r"(?P<town>[A-Z][\w’'-]+),\s+$")
_AFTER_COUNTRY = re.compile(r"\s*(?:[.;,)](?!\s+(?:and|or)\s+[A-Z])|--|—|–|-\s|\n|\Z|\s(?:on|in|where|when|who)\b)")
_KOREAN_MINISTRY = "rok-mnd"
_SERVICES = frozenset(
    ["United States Army", "United States Navy", "United States Air Force", "United States Marine Corps"]
)


def find_names(words: Words) -> Names:
    """Return people, parties and places with all their mentions merged."""
    names = Gathered(words)
    for match in told.CREDIT.finditer(names.text):
        names.cover(match.span())
    _known(names)
    organisations.phrases(names)
    organisations.ministries(names)
    organisations.units(names)
    organisations.papers(names)
    organisations.firms(names)
    places.datelines(names)
    places.named_kinds(names)
    _unknown(names)
    organisations.short_forms(names)
    speakers(names)
    family_names(names)
    _offices(names)
    return _drafts(names)


def _known(names: Gathered) -> None:
    """Mentions of names in the lexicon; "the Army" only where the text speaks of the United States."""
    for sentence in names.sentences:
        mentions = find_known(names.text, sentence, names.lexicon)
        starts = {mention.span[0] for mention in mentions}
        for mention in mentions:
            if _is_anothers(names, mention):
                continue
            if names.covered[mention.span[0]] or organisations.begins_an_organisation(names.text, mention.span, starts):
                continue
            for entry in _read_as(names, mention, sentence):
                names.add_known(entry, mention)
    _without_country(names)


def _without_country(names: Gathered) -> None:
    """Take "the Army" and "the Defense Ministry" for those of a country only where the text speaks of it."""
    countries = {one.known.code for one in names.found if one.known is not None}
    if not organisations.speaks_of_american_forces(names):
        names.found = [one for one in names.found if one.name not in _SERVICES or _is_said_to_be_american(names, one)]
    for one in names.found:
        if one.known is not None and one.known.code == _KOREAN_MINISTRY and "rok" not in countries:
            one.known, one.name = None, names.text[slice(*min(one.mentions))]


def _is_said_to_be_american(names: Gathered, one: Found) -> bool:
    """Whether a service is called American where it stands: "the U.S. Army"."""
    return any(names.text[start:end].startswith(("U", "American")) for start, end in one.mentions)


def _is_anothers(names: Gathered, mention: KnownMention) -> bool:
    """Whether another country stands before a service or ministry that is told without its own: "the Azerbaijan Army"."""
    if not any(entry.name in _SERVICES or entry.code == _KOREAN_MINISTRY for entry in mention.entries):
        return False
    match = re.search(r"([A-Z][a-z]+)(?:['’]s)?\s+$", names.text[max(0, mention.span[0] - 24) : mention.span[0]])
    named = names.lexicon.by_words.get(words_of(match[1]), ()) if match else ()
    return any(entry.kind == "government" and entry.code not in ("us", "rok") for _, entry in named)


def _read_as(names: Gathered, mention: KnownMention, sentence: Sentence) -> list[Known]:
    """Which of the entries of one form are meant: the country as a side, as ground, or as both."""
    people = [one for one in mention.entries if one.what == PERSON]
    if people:
        return people[:1]
    parties = [one for one in mention.entries if one.what == PARTY]
    places = [one for one in mention.entries if one.what == PLACE]
    if not parties or not places:
        return (parties or places)[:1]
    start = mention.span[0]
    before = names.text[max(sentence.start, start - 80) : start]
    words = names.text[slice(*mention.span)]
    if (
        told.LOCATIVE.search(before)
        or (words.isupper() and len(words) > 4)
        or _stands_after_a_town(names, before, mention)
    ):
        return places[:1]
    if told.DIRECTION.search(before):
        moving = told.MOTION.search(told.DIRECTION.sub("", before))
        return [parties[0], places[0]] if moving and parties[0].kind == "government" else parties[:1]
    return parties[:1]


def _stands_after_a_town(names: Gathered, before: str, mention: KnownMention) -> bool:
    """Whether a country is named after a place in it: "near the Chosin Reservoir, North Korea.", "INCHEON, South Korea --"."""
    town = _TOWN_BEFORE.search(before)
    if town is None or not _AFTER_COUNTRY.match(names.text, mention.span[1]):
        return False
    named = names.lexicon.by_words.get(words_of(town["town"]), ())
    return all(entry.what == PLACE for _, entry in named)


def _unknown(names: Gathered) -> None:
    """Names that are on no list, told by titles, given names, words in them, and what is said of them."""
    for sentence in names.sentences:
        for run in capitalised(names.text, sentence):
            for part in names.free_parts(run):
                _classify(names, part)


def _is_no(tokens: Sequence[Token]) -> bool:
    """Whether "No" or "An" is the Korean family name: "No Gwan-su"."""
    return tokens[0].text in ("No", "An") and len(tokens) == 2 and "-" in tokens[1].text


def _classify(names: Gathered, run: Run) -> None:
    tokens = list(run.tokens)
    kept: list[Token] = []
    while tokens and not _is_no(tokens) and (tokens[0].text in told.NOT_NAMES or tokens[0].text in (".", "Class")):
        kept = [one for one in (*kept, tokens[0]) if one.text in told.KEPT_BEFORE_ORGANISATIONS]
        tokens.pop(0)
    if (
        len(tokens) > 2
        and tokens[0].text in ("Defense", "Defence", "State", "Affairs", "Staff")
        and names.text[: tokens[0].start].endswith((" of ", " Veterans "))
    ):
        tokens.pop(0)
    last = len(tokens)
    while tokens and (tokens[-1].text in told.NOT_NAMES or not can_end_a_name(tokens[-1])):
        tokens.pop()
    words = [token.text for token in tokens if token.text != "."]
    if names.text[run.sentence.start : run.sentence.end].isupper():
        return
    titles_only = all(told.TITLE_WORD.match(word) for word in words)
    if not words or titles_only or any(told.UNIT.match(word) for word in words[: -1 if words[-1] == "Team" else None]):
        return
    if organisations.organisation_of(names, [*kept, *tokens], run.sentence) or places.place_of(
        names, tokens, run.sentence
    ):
        return
    if not person_of(names, tokens, run.sentence) and len(tokens) == last:
        places.town_of(names, tokens, run.sentence)


def _offices(names: Gathered) -> None:
    """Offices of known people, from the words beside them, and mentions such as "the secretary"."""
    for one in names.found:
        if one.what == PERSON and one.office is None:
            one.office = _office_of(names, one)
    for match in _HOLDER.finditer(names.text):
        head = match["head"].lower()
        holders = [
            one for one in names.found
            if one.what == PERSON and one.office and re.search(rf"\b{head}\b", one.office, re.IGNORECASE) and not (head == "president" and "vice" in one.office.lower())
            and not re.search(r"\b(?:former|ex-)", one.office, re.IGNORECASE) and min(one.mentions)[0] < match.start()
        ]  # fmt: skip
        if len(holders) == 1:
            holders[0].mentions.append(match.span())
            names.cover(match.span())


def _office_of(names: Gathered, one: Found) -> str | None:
    starts = [sentence.start for sentence in names.sentences]
    for start, end in one.mentions:
        sentence = names.sentences[max(0, bisect_right(starts, start) - 1)]
        office = office_before(names.text, start, sentence)[1]
        match = told.OFFICE_AFTER.match(names.text[end : min(sentence.end, end + 200)])
        if office or match:
            return office or (clean_office(match["office"]) if match else None)
    return None


def _drafts(names: Gathered) -> Names:
    """Everything as drafts, in the order of the text."""
    people: list[PersonDraft] = []
    parties: list[PartyDraft] = []
    found_places: list[PlaceDraft] = []
    for one in sorted(names.found, key=lambda found: min(found.mentions)):
        mentions = tuple(sorted(set(one.mentions)))
        code = one.known.code if one.known else None
        if one.what == PERSON:
            people.append(
                PersonDraft(
                    id=f"p{len(people) + 1}", span=mentions[0], confidence=one.confidence, rule=one.rule, name=one.name,
                    mentions=mentions, known=code, office=one.office, party=_party_of(names, one),
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
            found_places.append(
                PlaceDraft(
                    id=f"l{len(found_places) + 1}", span=mentions[0], confidence=one.confidence, rule=one.rule, name=one.name,
                    mentions=mentions, known=code, kind=one.kind,
                )
            )  # fmt: skip
    return Names(tuple(people), tuple(parties), tuple(found_places))


def _party_of(names: Gathered, one: Found) -> str | None:
    """The party whose name stands in the office of a person."""
    if not one.office:
        return None
    if re.search(r"\bU\.?N\.?\s+[Aa]mbassador", one.office):
        return None
    named = [
        (len(form), entry.name)
        for entry in names.lexicon.entries
        if entry.what == PARTY
        for form in entry.forms
        if form in one.office and _stands_alone(form, one.office)
    ]
    return max(named)[1] if named else None


def _stands_alone(form: str, office: str) -> bool:
    """Whether a form is a name in an office, and not a part of a longer word or of "New ..."."""
    return re.search(rf"(?<![\w.])(?<!New ){re.escape(form)}(?!\w)", office) is not None
