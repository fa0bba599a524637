"""Places on no list: a mountain, a district, a town before its state, the town of a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homeward.reading.languages.en import name_words as told
from homeward.reading.languages.en.capitals import is_headline
from homeward.reading.languages.en.gathered_names import Gathered
from homeward.reading.names.lexicon import PERSON, PLACE
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

_NAME = r"[A-Z][\w’'-]+(?:\s(?:de|la|el|del|los|las|[A-Z][\w’'-]+))*"
_DATELINE = re.compile(
    r"(?P<town>[A-Z][A-Z.’' -]{2,30}[A-Z]|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d|[A-Z][a-z.]+(?:\s[A-Z][a-z]+)?\s+\()))"
    r"(?:,\s+(?P<state>[A-Z][\w.’' ]{1,24}?))?(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,\s+\d{4})?\.?)?\s*(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|-\s|/)"
)
LONGEST_LIST = 120
"""Characters of the names before the last one of a list."""
FIRST_SENTENCES = 4
"""Sentences among which a dateline is looked for, below by-lines."""
_KIND_BEFORE = re.compile(
    r"\b(?P<kind>village|town|city|hamlet|port|island|county|district|province|region|municipality|valley|atoll)(?P<many>s?)\s+of\s+(?-i:(?=[A-Z]))",
    re.IGNORECASE,
)
_KIND_AFTER = re.compile(
    rf"(?<![\w-])(?P<name>{_NAME})\s+(?P<kind>regions?|districts?|provinces?|oblasts?|prefecture|county|counties|municipality|governorate|canton|valley|atoll|archipelago|"
    r"peninsula|islands?|river|mountains?|cemetery|airport|airfield|villages?|city|town|reservoir|strait)\b"
)
_LIST = re.compile(rf"(?:{_NAME}(?:,\s+(?:and\s+)?|\s+and\s+))*$")
_REST_OF_LIST = re.compile(rf"(?:,\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)(?P<name>{_NAME})")
_KINDS = {
    "village": "settlement", "town": "settlement", "city": "settlement", "hamlet": "settlement", "port": "settlement", "county": "county", "counties": "county",
    "river": "water", "reservoir": "water", "strait": "water", "cemetery": "cemetery", "airport": "airfield", "airfield": "airfield", "island": "island", "atoll": "island",
}  # fmt: skip
_IN = re.compile(
    r"\b(?:in|near|at|around|outside|close\s+to|(?:north|south|east|west)\s+of|village\s+of|town\s+of|city\s+of|county\s+of)\s+$"
)
_FROM = re.compile(r"\b(?:in|of|near|close\s+to|at|from|outside)\s+$")
_STATE = re.compile(r",\s+([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)")
_SHORT_STATE = re.compile(
    r",\s+(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|N\.\s?H|N\.\s?J|N\.\s?M|N\.\s?Y|N\.\s?C|N\.\s?D|Okla|Ore|Pa|R\.\s?I|"
    r"S\.\s?C|S\.\s?D|Tenn|Tex|Vt|Va|Wash|W\.\s?Va|Wis|Wyo)\."
)
_AT_HOME = re.compile(r"(?:,\s+\d{2},)?\s+of\s+$")
_DIRECTIONS = frozenset(
    ["North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower"]
)


def datelines(names: Gathered) -> None:
    """Add the town with which a dispatch begins: "PRISTINA, March 8 (Wire) -", "CONCORD, N.H. -"."""
    first = [sentence for sentence in names.sentences if sentence.start >= names.body_start][:FIRST_SENTENCES]
    for match in filter(None, (_DATELINE.match(names.text, sentence.start) for sentence in first)):
        span = match.span("town")
        words = names.text[slice(*span)].split()
        if not names.is_covered(span) and not all(word in told.NOT_NAMES for word in words):
            town = names.add(PLACE, span, 0.85, "names:place of a dateline", kind="settlement")
            town.name = town.name.title() if town.name.isupper() else town.name
        return


def named_kinds(names: Gathered) -> None:
    """Add places that a common noun names as such: "the Kharkiv and Luhansk regions", "the villages of Bellapais and Karavas"."""
    for sentence in names.sentences:
        for match in _KIND_AFTER.finditer(names.text, sentence.start, sentence.end):
            kind = _KINDS.get(match["kind"].rstrip("s"), "area")
            _add(names, sentence, match.start("name"), match["name"], kind)
            if match["kind"].endswith("s"):
                _list_before(names, sentence, match.start("name"), kind)
        for match in _KIND_BEFORE.finditer(names.text, sentence.start, sentence.end):
            kind = _KINDS.get(match["kind"].lower(), "area")
            _list_after(names, sentence, match.end(), kind, many=bool(match["many"]))


def _list_before(names: Gathered, sentence: Sentence, at: int, kind: str) -> None:
    """The first names of "the A, B and C regions"."""
    before = _LIST.search(names.text, max(sentence.start, at - LONGEST_LIST), at)
    if before is not None:
        for one in re.finditer(_NAME, before[0]):
            _add(names, sentence, before.start() + one.start(), one[0], kind)


def _list_after(names: Gathered, sentence: Sentence, at: int, kind: str, *, many: bool) -> None:
    """The names of "the villages of A, B and C"; of one village only the first."""
    first = re.compile(_NAME).match(names.text, at, sentence.end)
    if first is None:
        return
    _add(names, sentence, at, first[0], kind)
    end = first.end()
    while many and (match := _REST_OF_LIST.match(names.text, end, sentence.end)):
        _add(names, sentence, match.start("name"), match["name"], kind)
        end = match.end()


def _add(names: Gathered, sentence: Sentence, start: int, name: str, kind: str) -> None:
    """Add a place if its words are free, are a name, and do not only begin the sentence."""
    words = name.split()
    while words and (words[0] in told.NOT_NAMES or words[0].endswith(("'s", "’s"))):
        start += len(words[0]) + 1
        words.pop(0)
    span = (start, start + len(" ".join(words)))
    is_name = (
        words and not any(told.ORGANISATION.match(word) or word in _DIRECTIONS for word in words) and not name.isupper()
    )
    if is_name and len(words) <= 3 and start > sentence.start and not names.is_covered(span):
        names.add(PLACE, span, 0.75, "names:place by its kind", kind=kind)


def place_of(names: Gathered, tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Add a place by a word in its name: "Mount Longdon", "Noi Bai Airport"; return whether it is one."""
    words = [token.text for token in tokens]
    if len(words) >= 2 and told.PLACE.match(words[-1]):
        kind = told.PLACE_KINDS.get(words[-1])
    elif len(words) == 1 and told.KOREAN_PLACE.match(words[0]):
        kind = "settlement"
    elif 2 <= len(words) <= 3 and told.PLACE_FIRST.match(words[0]) and tokens[0].start > sentence.start - 1:
        kind = told.PLACE_KINDS.get(words[0])
    else:
        return False
    names.add(PLACE, (tokens[0].start, tokens[-1].end), 0.8, "names:place by a word in it", kind=kind)
    return True


def town_of(names: Gathered, tokens: Sequence[Token], sentence: Sentence) -> None:
    """Add a town before its state, or one that a preposition tells."""
    span = (tokens[0].start, tokens[-1].end)
    name = names.text[slice(*span)]
    before = names.text[max(sentence.start, span[0] - 20) : span[0]]
    state = _STATE.match(names.text, span[1], min(sentence.end, span[1] + 40))
    is_known = state and any(entry.what == PLACE and state[1] in entry.forms for entry in names.lexicon.entries)
    is_known = is_known or _SHORT_STATE.match(names.text, span[1]) is not None
    if (is_known and _FROM.search(before)) or _is_home(names, before, span[0]):
        names.add(PLACE, span, 0.75, "names:town of somebody, or before its state", kind="settlement")
    elif (
        not is_headline(sentence)
        and _IN.search(before)
        and len(tokens) <= 2
        and name not in told.GIVEN
        and not name.isupper()
        and len(name) > 3
        and tokens[0].text not in _DIRECTIONS
    ):
        names.add(PLACE, span, 0.55, "names:place by its preposition")


def _is_home(names: Gathered, before: str, start: int) -> bool:
    """Whether a person stands before "of": "Marguerite Thibault of Nashua", "Cpl. James Orr, 20, of Dalton"."""
    match = _AT_HOME.search(before)
    at = start - len(match[0]) if match else -1
    return match is not None and any(
        span[1] == at for one in names.found if one.what == PERSON for span in one.mentions
    )
