"""The names of one text as they are gathered: who or what was found, and which words are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.reading.drafts import Span
from homeward.reading.languages.en.capitals import Run
from homeward.reading.languages.en.known_names import KnownMention
from homeward.reading.languages.interface import Words
from homeward.reading.names.lexicon import PERSON, Known
from homeward.reading.text.tokens import Token

SHORT_GIVEN = {
    short: full
    for full, shorts in {
        "Robert": "Bob Bobby Rob", "William": "Bill Billy Will", "Richard": "Dick Rick", "James": "Jim Jimmy", "John": "Jack Johnny", "Charles": "Chuck Charlie",
        "Thomas": "Tom Tommy", "Michael": "Mike", "Joseph": "Joe", "Anthony": "Tony", "Edward": "Ed Eddie Ted", "Henry": "Harry Hank", "Lawrence": "Larry",
        "Katherine": "Kate Kathy", "Margaret": "Peggy Maggie", "Elizabeth": "Liz Betty Beth", "Theodore": "Ted", "Gerald": "Jerry", "Andrew": "Andy", "Stephen": "Steve",
        "Steven": "Steve", "Susan": "Sue", "Timothy": "Tim", "Frederick": "Fred", "Leonard": "Len", "Alexander": "Alex", "Ronald": "Ron", "Donald": "Don",
    }.items()
    for short in shorts.split()
}  # fmt: skip
"""Short forms of given names by which texts call people whom they have named in full."""


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


class Gathered:
    """What was found in a text so far, and the words that are part of a name."""

    def __init__(self, words: Words) -> None:
        self.text, self.sentences, self.lexicon = words.text, words.sentences, words.lexicon
        self.body_start = words.body_start
        self.found: list[Found] = []
        self.by_known: dict[tuple[str, str], Found] = {}
        self.covered = bytearray(len(words.text))

    def cover(self, span: Span) -> None:
        """Note that a stretch of the text is part of a name."""
        self.covered[span[0] : span[1]] = b"\1" * (span[1] - span[0])

    def is_covered(self, span: Span) -> bool:
        """Whether any of a stretch of the text is part of a name."""
        return any(self.covered[span[0] : span[1]])

    def mention(self, one: Found, span: Span) -> None:
        """Add a mention of somebody or something found before."""
        one.mentions.append(span)
        self.cover(span)

    def add_known(self, entry: Known, mention: KnownMention) -> None:
        """Add a mention of an entry of the lexicon."""
        key = (entry.what, entry.code or entry.name)
        found = self.by_known.get(key)
        if found is None:
            found = Found(entry.what, entry.name, [], mention.confidence, mention.rule, entry, entry.kind)
            found.family = entry.family_name or entry.name.split()[-1]
            self.by_known[key] = found
            self.found.append(found)
        self.mention(found, mention.span)

    def add(self, what: str, span: Span, confidence: float, rule: str, *, kind: str | None = None) -> Found:
        """Add somebody or something that is on no list; of one name, in capitals or not, there is one."""
        name = self.text[slice(*span)]
        plain = name.casefold()
        same = next(
            (one for one in self.found if one.what == what and one.known is None and one.name.casefold() == plain), None
        )
        if same is None:
            same = Found(what, name, [], confidence, rule, kind=kind)
            self.found.append(same)
        self.mention(same, span)
        return same

    def take_over(self, span: Span) -> None:
        """Give up the known names inside a longer one: "Ukraine" in "the Security Service of Ukraine"."""
        for one in self.found:
            one.mentions = [(a, b) for a, b in one.mentions if not (span[0] <= a and b <= span[1])]
        self.found = [one for one in self.found if one.mentions]
        self.by_known = {key: one for key, one in self.by_known.items() if one.mentions}

    def free_parts(self, run: Run) -> list[Run]:
        """Return the stretches of a run of capitalised words that no name covers."""
        parts: list[list[Token]] = [[]]
        for token in run.tokens:
            if self.is_covered((token.start, token.end)):
                parts.append([])
            else:
                parts[-1].append(token)
        return [Run(tuple(part), run.sentence) for part in parts if part]

    def same_person(self, words: Sequence[str]) -> Found | None:
        """Return somebody found before of the same name, or of the same family name where one of both is short."""
        for one in self.found:
            if one.what != PERSON:
                continue
            before = one.name.replace(".", "").split()
            if before == list(words) or (
                one.family == words[-1] and (len(words) == 1 or len(before) == 1 or _same_given(before[0], words[0]))
            ):
                return one
        return None


def _same_given(first: str, second: str) -> bool:
    """Whether two given names can be one person's: equal, an initial, or a short form."""
    if first == second or SHORT_GIVEN.get(first) == second or SHORT_GIVEN.get(second) == first:
        return True
    return min(len(first), len(second)) == 1 and first[0] == second[0]
