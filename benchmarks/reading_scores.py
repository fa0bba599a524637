"""How well drafts agree with the annotated truth of a page: what was found, what is right, what is false.

Drafts are those of `homeward read --json`. The rules of agreement are stated in `reading_corpus/README.md` and
kept in `reading_agreement.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from benchmarks.reading_agreement import (
    Draft,
    Layout,
    Tokens,
    agree_on_date,
    folded,
    full_names,
    interval_in,
    polarities,
    same_voice,
)
from benchmarks.reading_truth import (
    EVENT_KINDS,
    KINDS,
    MENTIONED,
    Counted,
    Dated,
    Happening,
    Named,
    Page,
    Said,
)

Item = TypeVar("Item")
HELD_TO_COME = frozenset({"agreement", "request"})


@dataclass(slots=True)
class Tally:
    """One kind of item on one page or on several.

    left_out: drafts that were not counted: from a headline, undecided, or of what was found already.
    details: how many of those found agree in a further respect, and of how many this could be asked.
    """

    wanted: int = 0
    found: int = 0
    drafted: int = 0
    right: int = 0
    left_out: int = 0
    details: dict[str, list[int]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        """Return the share of drafts that are right; None without drafts."""
        return self.right / self.drafted if self.drafted else None

    @property
    def recall(self) -> float | None:
        """Return the share of the truth that was found; None where there is none."""
        return self.found / self.wanted if self.wanted else None

    def add(self, other: Tally) -> None:
        """Add the counts of another page."""
        self.wanted += other.wanted
        self.found += other.found
        self.drafted += other.drafted
        self.right += other.right
        self.left_out += other.left_out
        self.missed += other.missed
        self.false += other.false
        for name, (agreeing, asked) in other.details.items():
            self.detail(name, agreeing, asked)

    def detail(self, name: str, agreeing: int, asked: int = 1) -> None:
        """Count a further respect in which a found item agrees or does not."""
        counts = self.details.setdefault(name, [0, 0])
        counts[0] += agreeing
        counts[1] += asked


def paired(
    wanted: Sequence[Item],
    drafts: Sequence[Draft],
    agree: Callable[[Draft, Item], bool],
    is_excused: Callable[[Draft], bool],
    words: Callable[[Item], str],
) -> tuple[Tally, dict[int, Draft]]:
    """Pair drafts with the truth one by one; return the count, and the draft that found each item.

    A draft that agrees only with what was found already is left out, and so is one that is excused.
    """
    tally, found = Tally(wanted=len(wanted)), {}
    for draft in drafts:
        matches = [i for i, item in enumerate(wanted) if agree(draft, item)]
        free = [i for i in matches if i not in found]
        if free:
            found[free[0]] = draft
        elif matches or is_excused(draft):
            tally.left_out += 1
        else:
            tally.false.append(described(draft))
    tally.found = tally.right = len(found)
    tally.drafted = len(found) + len(tally.false)
    tally.missed = [words(item) for i, item in enumerate(wanted) if i not in found]
    return tally, found


def described(draft: Draft) -> str:
    """Return a draft in a line."""
    shown = ["kind", "polarity", "name", "earliest", "latest", "low", "high", "unit", "speaker", "content"]
    parts = [f"{key} {draft[key]}" for key in shown if draft.get(key) is not None]
    text = " ".join(str(draft.get("text", "")).split())
    return f"{text[:110]!r} ({', '.join(parts)[:160]}) [{draft.get('rule')}]"


class Scorer:
    """The drafts of one page against its truth."""

    def __init__(self, page: Page, reading: Mapping[str, Any]) -> None:
        self.page, self.reading = page, reading
        self.layout = Layout(page, reading["document"]["text"])
        self.undecided = {kind: [self.layout.true(span) for span in spans] for kind, spans in page.undecided.items()}
        self.by_id = {draft["id"]: draft for kind in KINDS for draft in reading.get(kind, ()) if "id" in draft}

    def tallies(self) -> dict[str, Tally]:
        """Return a tally for each kind of item, for the text and for the date of publication."""
        found = {"published": self._published(), "text": self._text(), "dates": self._dates()}
        found |= {kind: self._named(kind) for kind in MENTIONED}
        return found | {"quantities": self._quantities(), "statements": self._statements(), "events": self._events()}

    def _published(self) -> Tally:
        drafted = interval_in(self.reading["document"]["published"])
        is_right = agree_on_date(self.page.published, drafted)
        is_drafted = drafted.earliest is not None or drafted.latest is not None
        told = f"{drafted.earliest} to {drafted.latest}"
        truth = f"{self.page.published.earliest} to {self.page.published.latest}"
        return Tally(
            wanted=1,
            found=is_right,
            drafted=is_drafted,
            right=is_right,
            missed=[] if is_right else [truth],
            false=[] if is_right or not is_drafted else [told],
        )

    def _text(self) -> Tally:
        kept, wanted = self.layout.kept
        return Tally(wanted=wanted, found=kept, right=kept, drafted=kept + self.layout.foreign)

    def _tokens(self, draft: Draft, key: str = "span") -> tuple[Tokens, bool]:
        span = draft.get(key) or draft["span"]
        return self.layout.placed((span[0], span[1]))

    def _is_excused(self, kind: str, draft: Draft, key: str = "span") -> bool:
        """Whether a draft stands in the frame, or mostly on words that the truth leaves undecided."""
        tokens, in_frame = self._tokens(draft, key)
        doubtful = self.undecided.get(kind, ())
        return in_frame or any(tokens and 2 * len(tokens & one) >= len(tokens) for one in doubtful)

    def _dates(self) -> Tally:
        def agree(draft: Draft, item: Dated) -> bool:
            shared = self._tokens(draft)[0] & self.layout.true(item.span)
            return bool(shared) and agree_on_date(item.interval, interval_in(draft))

        def is_excused(draft: Draft) -> bool:
            is_unresolved = draft.get("earliest") is None and draft.get("latest") is None
            return is_unresolved or self._is_excused("dates", draft)

        def words(item: Dated) -> str:
            return f"{item.words} = {item.interval.earliest} to {item.interval.latest}"

        tally, _ = paired(self.page.dates, self.reading["dates"], agree, is_excused, words)
        return tally

    def _quantities(self) -> Tally:
        dated = [self.layout.true(item.span) for item in self.page.dates]

        def agree(draft: Draft, item: Counted) -> bool:
            shared = self._tokens(draft)[0] & self.layout.true(item.span)
            drafted = {draft.get("low"), draft.get("high")} - {None}
            return bool(shared) and drafted == {item.low, item.high} - {None}

        def is_excused(draft: Draft) -> bool:
            tokens, _ = self._tokens(draft)
            return self._is_excused("quantities", draft) or any(tokens and tokens <= one for one in dated)

        tally, found = paired(
            self.page.quantities, self.reading["quantities"], agree, is_excused, lambda item: item.words
        )
        for i, draft in found.items():
            item = self.page.quantities[i]
            tally.detail("unit", draft.get("unit") == item.unit)
            tally.detail("qualifier", (draft.get("qualifier") or "") == item.qualifier)
        return tally

    def _mentions(self, draft: Draft) -> list[Tokens]:
        spans = draft.get("mentions") or [draft["span"]]
        return [tokens for start, end in spans if (tokens := self.layout.placed((start, end))[0])]

    def _doubtful(self, kind: str) -> list[Tokens]:
        """Return where a draft is left out: undecided words, for a party the places too, for a place the parties."""
        other = {"parties": self.page.places, "places": self.page.parties}.get(kind, ())
        return [*self.undecided.get(kind, ()), *(self.layout.true(span) for one in other for span in one.spans)]

    def _is_reporter(self, draft: Draft) -> bool:
        """Whether a draft names who reported or said something, who need not be annotated as a party."""
        voices = [name for one in self.page.statements for name in (*one.via, one.speaker)]
        return any(same_voice(name, [draft["name"]], self.page) for name in voices)

    def _named(self, kind: str) -> Tally:
        wanted: tuple[Named, ...] = getattr(self.page, kind)
        true = {one.name: [self.layout.true(span) for span in one.spans] for one in wanted}
        doubtful = self._doubtful(kind)

        def agree(draft: Draft, item: Named) -> bool:
            if kind == "people":
                return folded(draft["name"]) in full_names(item)
            told = self._mentions(draft)
            hits = sum(any(tokens & place for place in true[item.name]) for tokens in told)
            is_named = folded(draft["name"]) in {folded(form) for form in (item.name, *item.forms)}
            return hits > 0 and (is_named or 2 * hits >= len(told))

        def is_excused(draft: Draft) -> bool:
            told = self._mentions(draft)
            if not told:
                return self._is_excused(kind, draft)
            if kind == "parties" and (draft.get("kind") == "press" or self._is_reporter(draft)):
                return True
            return all(any(2 * len(tokens & one) >= len(tokens) for one in doubtful) for tokens in told)

        tally, found = paired(wanted, self.reading[kind], agree, is_excused, lambda item: f"{item.name} ({item.forms})")
        finders = [id(draft) for draft in found.values()]
        for draft in self.reading[kind]:
            if id(draft) not in finders and any(agree(draft, item) for item in wanted):
                tally.drafted += 1
                tally.left_out -= 1
                tally.false.append("not merged: " + described(draft))
        for i, draft in found.items():
            told, places = self._mentions(draft), true[wanted[i].name]
            tally.detail("mentions", sum(any(tokens & place for tokens in told) for place in places), len(places))
        return tally

    def _speakers(self, draft: Draft) -> list[str]:
        who = self.by_id.get(draft.get("speaker_id") or "")
        return [name for name in (draft.get("speaker"), who and who.get("name")) if name]

    def _statements(self) -> Tally:
        tally, page = Tally(), self.page
        covered: dict[int, set[int]] = {}
        true = [self.layout.true(one.span) for one in page.statements]
        finders: dict[int, Draft] = {}
        for draft in self.reading["statements"]:
            tokens, _ = self._tokens(draft, "content_span")
            voices = self._speakers(draft)
            near = [(i, one) for i, one in enumerate(page.statements) if tokens & true[i]]
            own = [i for i, one in near if same_voice(one.speaker, voices, page)]
            shared = frozenset().union(*(tokens & true[i] for i in own))
            if own and 2 * len(shared) >= len(tokens):
                tally.right += 1
                tally.drafted += 1
                for i in own:
                    covered.setdefault(i, set()).update(tokens & true[i])
                    finders.setdefault(i, draft)
            elif self._is_excused("statements", draft, "content_span"):
                tally.left_out += 1
            else:
                tally.drafted += 1
                tally.false.append(described(draft))
        found = {i for i, part in covered.items() if 2 * len(part) >= len(true[i])}
        tally.wanted, tally.found = len(true), len(found)
        tally.missed = [f"{one.speaker}: {one.words}" for i, one in enumerate(page.statements) if i not in found]
        for i in sorted(found):
            self._statement_details(page.statements[i], finders[i], tally)
        return tally

    def _statement_details(self, item: Said, draft: Draft, tally: Tally) -> None:
        if item.form != "mixed":
            tally.detail("form", draft.get("form") == item.form)
        if item.via:
            chain = [str(name) for name in draft.get("chain") or ()]
            tally.detail("chain", all(same_voice(name, chain, self.page) for name in item.via))
        if item.hedge:
            tally.detail("hedge", item.hedge in (draft.get("hedge") or ""))

    def _events(self) -> Tally:
        passages = [[self.layout.true(span) for span in one.spans] for one in self.page.events]
        figures = [self.layout.true(item.span) for item in self.page.quantities]
        statements = [self.layout.true(item.span) for item in self.page.statements]
        points = [
            one
            for item, own in zip(self.page.events, passages, strict=True)
            if item.kind in HELD_TO_COME
            for one in own
        ]
        numbers = {id(item): i for i, item in enumerate(self.page.events)}

        def agree(draft: Draft, item: Happening) -> bool:
            if draft["kind"] != item.kind:
                return False
            own = passages[numbers[id(item)]]
            if draft["polarity"] not in polarities(
                item, is_said=any(one <= said for one in own for said in statements)
            ):
                return False
            cue, span = self._tokens(draft, "cue")[0], self._tokens(draft)[0]
            return any(cue & one or 2 * len(span & one) >= len(one) for one in own)

        def is_excused(draft: Draft) -> bool:
            if draft["kind"] not in EVENT_KINDS or self._is_excused("events", draft, "cue"):
                return True
            if draft["polarity"] == "planned" and any(self._tokens(draft, "cue")[0] & one for one in points):
                return True
            span = self._tokens(draft)[0]
            return draft["kind"] == "figure-announced" and any(span & one for one in figures)

        def words(item: Happening) -> str:
            return f"{item.kind}, {item.polarity}: {item.words[0]}"

        tally, found = paired(self.page.events, self.reading["events"], agree, is_excused, words)
        for i, draft in found.items():
            item = self.page.events[i]
            if item.date is not None:
                date = self.by_id.get(draft.get("date") or "")
                tally.detail("date", date is not None and agree_on_date(item.date, interval_in(date)))
            if "place" in item.roles:
                place = self.by_id.get(draft.get("place") or "")
                name = folded(place["name"]) if place else ()
                tally.detail("place", bool(set(name) & set(folded(item.roles["place"]))))
        return tally


def scores(page: Page, reading: Mapping[str, Any]) -> dict[str, Tally]:
    """Return the tally of each kind of item of one page."""
    return Scorer(page, reading).tallies()
