"""Made-up rows of every noun, possible in themselves and together. Set Django up before importing this."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.record_text import KOREAN, NAMES, Writer
from homeward.core.dates import day
from homeward.web.engagement.models import (
    Agreement,
    Commitment,
    Contact,
    Delivery,
    DeliveryChange,
    Event,
    Handover,
    HandoverChange,
    Involvement,
    Meeting,
    MeetingChange,
    Operation,
    OperationChange,
    Proof,
    Request,
    RequestChange,
)
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.parties.models import Office, Party, PartyName, Person, Tenure
from homeward.web.places.models import Place, PlaceName
from homeward.web.sources.models import (
    Attribution,
    Bearing,
    Citation,
    Conflict,
    CountingRule,
    Document,
    Figure,
    Position,
    Series,
    Statement,
)
from homeward.web.sources.originals import new_original

FIRST, LAST = date(1953, 7, 27), date(2025, 6, 30)
PARTIES, PEOPLE, PLACES, SERIES = 40, 400, 400, 100
SENTENCES_KEPT = 6
"""How many sentences of each document are remembered to be cited."""
MEETINGS = (
    [("announced", 0, -9), ("confirmed", 1, -5), ("held", None, 0)],
    [("announced", 0, -5), ("missed", 1, 0), ("moved", 1, 0), ("held", None, 3)],
    [("announced", 0, -7), ("moved", 0, -2), ("level-raised", 0, -1), ("confirmed", 1, -1), ("held", None, 4)],
    [("announced", 0, -20), ("declined", 1, -12)],
    [("announced", 0, -6), ("cancelled", 0, -1)],
)
"""Histories of meetings: what happened, by which side, how many days from the date that was first set."""
OTHERS: dict[type[Recorded], list[tuple[str, int]]] = {
    Operation: [("planned", -60), ("approved", -30), ("begun", 0), ("completed", 40)],
    Delivery: [("planned", -20), ("moved", -5), ("received", 0), ("used", 6)],
    Handover: [("offered", -40), ("scheduled", -10), ("received", 0)],
    Request: [("made", 0), ("repeated", 100), ("refused", 130)],
}
"""Histories of other things: what happened, and how many days from some day."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what there are to be; the journal is filled up with amendments."""

    documents: int
    claims: int
    meetings: int
    lines: int


@dataclass(slots=True)
class Made:
    """What was made so far, as far as later rows need it."""

    sizes: Sizes
    rng: Random
    document_days: list[date] = field(default_factory=list)
    sentences: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    days: dict[tuple[str, str], date] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.rng)

    def day(self) -> date:
        """Return a day of the record."""
        return FIRST + timedelta(days=self.rng.randrange((LAST - FIRST).days))

    def some(self, model: type[Recorded]) -> str:
        """Return the code of some row of a noun."""
        return f"{model.noun()}-{self.rng.randrange(self.counts[model.noun()])}"

    def share(self, of_meetings: float) -> int:
        """Return how many rows a noun has, as a share of the meetings; never none."""
        return max(4, int(self.sizes.meetings * of_meetings))

    def sides(self) -> tuple[str, str]:
        """Return two parties, mostly the same two."""
        if self.rng.random() < 0.6:
            return "party-0", "party-1"
        first, second = self.rng.sample(range(PARTIES), 2)
        return f"party-{first}", f"party-{second}"

    def passage(self) -> tuple[int, dict[str, Any]]:
        """Return some document, and some words of it as the columns of whoever cites them."""
        number = self.rng.randrange(self.sizes.documents)
        start, words = self.rng.choice(self.sentences[number])
        columns = {"passage": words, "passage_start": start, "passage_end": start + len(words)}
        return number, {"document_id": f"document-{number}", "known_on": self.document_days[number], **columns}


def new(made: Made, model: type[Recorded], **columns: Any) -> Any:
    """Return a row with the next code of its noun."""
    number = made.counts.get(model.noun(), 0)
    made.counts[model.noun()] = number + 1
    row = model(code=f"{model.noun()}-{number}", **columns)
    made.days[model.noun(), row.code] = row.known_on
    return row


def documents(made: Made) -> Iterator[Any]:
    """Originals and their documents, in the order of their days."""
    made.document_days = sorted(made.day() for _ in range(made.sizes.documents))
    rng = made.rng
    for number, published in enumerate(made.document_days):
        sentences = made.writer.document(rng.randint(2_000, 5_000))
        starts = [0]
        for sentence in sentences:
            starts.append(starts[-1] + len(sentence) + 1)
        kept = rng.sample(range(len(sentences)), min(SENTENCES_KEPT, len(sentences)))
        made.sentences[number] = [(starts[place], sentences[place]) for place in kept]
        original = new_original(" ".join(sentences).encode(), f"{number}.txt")
        yield original
        yield new(
            made,
            Document,
            known_on=published,
            kind=rng.choice(["article", "release", "letter", "report"]),
            headline=made.writer.words(rng.randint(5, 11)).capitalize(),
            publisher=made.writer.words(2).title(),
            published=day(published),
            grade=rng.choice("PNS"),
            holding="original",
            original_id=original.digest,
            reach=rng.choices(["record", "family", "genetic"], [97, 2, 1])[0],
        )


def parties_and_people(made: Made) -> Iterator[Any]:
    """Parties with other names, people, offices and who held them."""
    known = {"known_on": FIRST}
    for number in range(PARTIES):
        name = made.writer.words(3).title()
        party = new(made, Party, name=name, short_name=f"P{number}", kind="agency", **known)
        yield party
        yield new(made, PartyName, party_id=party.code, text=made.writer.words(2).title(), kind="english", **known)
    for _ in range(PEOPLE):
        yield new(made, Person, name=f"{made.rng.choice(NAMES.split())} {made.writer.words(1).title()}", **known)
    for number in range(PARTIES * 2):
        yield new(made, Office, party_id=f"party-{number % PARTIES}", name=made.writer.words(3), **known)
        held = day(made.day())
        yield new(made, Tenure, person_id=made.some(Person), office_id=f"office-{number}", held=held, **known)


def places(made: Made) -> Iterator[Any]:
    """Places, each with names in three ways of writing."""
    known = {"known_on": FIRST}
    for _ in range(PLACES):
        place = new(made, Place, name=made.rng.choice(NAMES.split()) + made.writer.words(1), kind="settlement", **known)
        yield place
        for script, kind, text in (
            ("Hang", "own", made.rng.choice(KOREAN.split())),
            ("Latn", "romanisation", made.writer.words(1).title()),
            ("Latn", "former", made.writer.words(2).title()),
        ):
            yield new(made, PlaceName, place_id=place.code, text=text, script=script, kind=kind, **known)


def meetings(made: Made) -> Iterator[Any]:
    """Meetings with their histories and those who took part."""
    for _ in range(made.sizes.meetings):
        first, sides = made.day(), made.sides()
        history = made.rng.choices(MEETINGS, [6, 2, 2, 1, 1])[0]
        began = first + timedelta(days=history[0][2])
        meeting = new(made, Meeting, known_on=began, name=made.writer.words(5).capitalize(), place_id=made.some(Place))
        yield meeting
        for order, (kind, side, days) in enumerate(history):
            happened = first + timedelta(days=days)
            columns: dict[str, Any] = {"level": "general"} if kind == "level-raised" else {}
            if kind in ("announced", "moved"):
                columns["scheduled"] = day(first if kind == "announced" else first + timedelta(days=4))
            by = None if side is None else sides[side]
            columns |= {"meeting_id": meeting.code, "kind": kind, "by_id": by, "order": order, "known_on": happened}
            yield new(made, MeetingChange, happened=day(happened), note=made.writer.sentence(), **columns)
        for side in sides:
            yield new(made, Involvement, known_on=began, about=meeting.reference, party_id=side)


def dealings(made: Made) -> Iterator[Any]:
    """Contacts, events, and agreements with their commitments."""
    for _ in range(made.sizes.meetings):
        moment, (sender, receiver) = made.day(), made.sides()
        dated = {"known_on": moment, "happened": day(moment), "name": made.writer.words(5).capitalize()}
        meeting = made.some(Meeting) if made.rng.random() < 0.5 else None
        content = made.writer.sentence()
        sides = {"sender_id": sender, "receiver_id": receiver}
        yield new(made, Contact, kind="call", meeting_id=meeting, content=content, **sides, **dated)
        yield new(made, Event, kind="policy", place_id=made.some(Place), summary=made.writer.sentence(), **dated)
    for _ in range(made.share(0.02)):
        moment = made.day()
        dated = {"known_on": moment, "happened": day(moment)}
        agreement = new(made, Agreement, name=made.writer.words(4), kind="joint-statement", **dated)
        yield agreement
        for number in range(1, 5):
            point = {"number": number, "name": made.writer.words(5), "text": made.writer.sentence()}
            yield new(made, Commitment, known_on=moment, agreement_id=agreement.code, **point)
        for side in ("party-0", "party-1"):
            about = {"about": agreement.reference, "party_id": side, "role": "signatory"}
            yield new(made, Involvement, known_on=moment, **about)


def works(made: Made) -> Iterator[Any]:
    """Operations, deliveries, handovers and requests with their histories; what proves commitments."""
    changes: dict[type[Recorded], type[Recorded]] = {
        Operation: OperationChange,
        Delivery: DeliveryChange,
        Handover: HandoverChange,
        Request: RequestChange,
    }
    for _ in range(made.share(0.1)):
        for model, history in OTHERS.items():
            moment, (first, second) = made.day(), made.sides()
            began = moment + timedelta(days=history[0][1])
            columns: dict[str, Any] = {"known_on": began, "name": made.writer.words(5).capitalize()}
            if model in (Delivery, Request):
                columns |= {"sender_id": first, "receiver_id": second}
            columns |= {"thing": "wooden cases"} if model is Delivery else {}
            columns |= {"giver_id": first, "receiver_id": second, "kind": "turnover"} if model is Handover else {}
            row = new(made, model, **columns)
            yield row
            for order, (kind, days) in enumerate(history):
                happened = moment + timedelta(days=days)
                said = {"known_on": happened, "happened": day(happened), "by_id": first, "order": order}
                if model is Handover:
                    said |= {"containers_low": 5, "containers_high": 55, "scheduled": day(moment)}
                yield new(made, changes[model], kind=kind, **{f"{model.noun()}_id": row.code}, **said)
            if model is Handover:
                proof = {"commitment_id": made.some(Commitment), "about": row.reference, "shows": "in-part"}
                yield new(made, Proof, known_on=moment, **proof)


def statements(made: Made) -> Iterator[Any]:
    """Statements with the chains they came through and what they bear on."""
    rng = made.rng
    for number in range(int(made.sizes.claims * 0.6)):
        _, columns = made.passage()
        speaker = made.some(Person) if rng.random() < 0.7 else None
        columns |= {"speaker_id": speaker, "party_id": made.sides()[0], "said": day(columns["known_on"])}
        columns |= {"act": rng.choice(["asserted", "denied", "expected", "announced"]), "grade": rng.choice("PN")}
        statement = new(made, Statement, claim=made.writer.sentence(), **columns)
        yield statement
        part = {"known_on": statement.known_on, "statement_id": statement.code}
        if rng.random() < 0.5:
            yield new(made, Attribution, position=1, who=made.writer.words(2).title(), how="quoted by", **part)
        if rng.random() < 0.6:
            about = f"meeting:{made.some(Meeting)}" if number % 3 else f"handover:{made.some(Handover)}"
            yield new(made, Bearing, about=about, says=rng.choice(["happened", "not", "concerns"]), **part)


def figures(made: Made) -> Iterator[Any]:
    """Counting rules, series and their figures."""
    for _ in range(20):
        yield new(made, CountingRule, known_on=FIRST, name=made.writer.words(4), text=made.writer.sentence())
    for _ in range(SERIES):
        columns = {"name": made.writer.words(6).capitalize(), "unit": "box", "scope": made.writer.words(4)}
        yield new(made, Series, known_on=FIRST, **columns)
    for _ in range(int(made.sizes.claims * 0.4)):
        _, columns = made.passage()
        value = made.rng.randint(1, 9_000)
        columns |= {"low": value, "high": value, "unit": "box", "scope": made.writer.words(4), "grade": "N"}
        columns |= {"counted": day(columns["known_on"]), "asserter_id": made.sides()[1]}
        rule = made.some(CountingRule) if made.rng.random() < 0.3 else None
        about = f"handover:{made.some(Handover)}" if made.rng.random() < 0.1 else ""
        yield new(made, Figure, series_id=made.some(Series), rule_id=rule, about=about, **columns)


def conflicts(made: Made) -> Iterator[Any]:
    """Conflicts, each with three answers."""
    for _ in range(made.share(0.1)):
        known = {"known_on": made.day()}
        conflict = new(made, Conflict, question=made.writer.words(8).capitalize() + "?", **known)
        yield conflict
        for _ in range(3):
            ground = (
                {"statement_id": made.some(Statement)} if made.rng.random() < 0.5 else {"figure_id": made.some(Figure)}
            )
            answer = {"answer": made.writer.words(4), "conflict_id": conflict.code, **ground}
            yield new(made, Position, **known, **answer)


def citations(made: Made) -> Iterator[Any]:
    """A citation of everything that needs one, of a document of the days after it."""
    wanted = {model.noun() for model in nouns().values() if model.needs_citation}
    for (noun, code), known_on in [one for one in made.days.items() if one[0][0] in wanted]:
        number = min(bisect_left(made.document_days, known_on), made.sizes.documents - 1)
        start, words = made.rng.choice(made.sentences[number])
        columns = {"passage": words, "passage_start": start, "passage_end": start + len(words)}
        later = max(known_on, made.document_days[number])
        columns |= {"document_id": f"document-{number}", "known_on": later}
        yield new(made, Citation, about=f"{noun}:{code}", **columns)


MAKERS: tuple[Callable[[Made], Iterator[Any]], ...] = (
    documents,
    parties_and_people,
    places,
    meetings,
    dealings,
    works,
    statements,
    figures,
    conflicts,
    citations,
)
AMENDED = {
    "statement": "hedge",
    "figure": "note",
    "citation": "note",
    "document": "note",
    "meetingchange": "note",
    "contact": "content",
    "event": "summary",
}
"""The nouns whose rows are amended, and the column that is, until the journal has the lines it should have."""
