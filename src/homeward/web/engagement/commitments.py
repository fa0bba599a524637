"""Where a commitment stands: computed from the books, never from what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.web.engagement.dealings import Commitment, Proof, Shows
from homeward.web.engagement.histories import Changing, Step
from homeward.web.engagement.standing import History, histories
from homeward.web.engagement.wording import change_words
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns

MADE = "made"
PROGRESS = (MADE, Shows.SCHEDULED, Shows.BEGUN, Shows.IN_PART, Shows.FULFILLED)
"""What a commitment goes through; what was once shown is not undone by something less."""
SETBACKS = (Shows.STALLED, Shows.SUSPENDED)

_RECEIVED = {"received"}
_BROUGHT = {"received", "used"}
_SHOWN_IN: dict[tuple[str, str], set[str]] = {
    ("meeting", Shows.SCHEDULED): {"planned", "held"},
    ("meeting", Shows.BEGUN): {"held"},
    ("meeting", Shows.STALLED): {"missed", "declined", "cancelled"},
    ("operation", Shows.SCHEDULED): {"planned", "approved", "under-way", "completed"},
    ("operation", Shows.FULFILLED): {"completed"},
    ("operation", Shows.STALLED): {"suspended", "cancelled"},
    ("operation", Shows.SUSPENDED): {"suspended"},
    ("delivery", Shows.SCHEDULED): {"planned", "moved", "received", "used"},
    ("delivery", Shows.BEGUN): _BROUGHT,
    ("delivery", Shows.IN_PART): _BROUGHT,
    ("delivery", Shows.FULFILLED): _BROUGHT,
    ("delivery", Shows.STALLED): {"returned", "cancelled"},
    ("handover", Shows.SCHEDULED): {"scheduled", "received"},
    ("handover", Shows.BEGUN): _RECEIVED,
    ("handover", Shows.IN_PART): _RECEIVED,
    ("handover", Shows.FULFILLED): _RECEIVED,
    ("handover", Shows.STALLED): {"cancelled"},
}
"""The states in which a row of the books shows something of a commitment, for as long as it is in one of them."""
_SHOWN_SINCE: dict[tuple[str, str], set[str]] = {
    ("operation", Shows.BEGUN): {"under-way"},
    ("operation", Shows.IN_PART): {"under-way", "completed"},
}
"""The states that show it for good once the row was in one of them: work that was done stays done."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A row of the books that is to show where a commitment stands.

    step: since when it shows it; ``None`` while it does not. telling: the change that tells best what it shows.
    """

    proof: Proof
    row: Changing
    history: History
    step: Step | None
    telling: Step | None

    @property
    def since(self) -> date:
        """The first day on which it shows it."""
        assert self.step is not None  # noqa: S101
        first: date = self.step.change.happened.earliest
        return first

    @property
    def lapsed(self) -> bool:
        """Whether it once showed it and does no longer."""
        return self.step is None and self.history.ever(shown_in(self.row, self.proof)) is not None

    @property
    def sentence(self) -> str:
        """What the books hold of the row: the change that counts, or why none does yet."""
        if self.telling is not None:
            return f"{self.row.title}: {change_words(self.telling.change)}, {self.telling.change.happened.words}."
        stands = self.row.machine.labels.get(self.history.state)
        return f"{self.row.title} stands as {stands}." if stands else f"{self.row.title}: nothing of it has happened."


@dataclass(frozen=True, slots=True)
class CommitmentStanding:
    """Where a commitment stands.

    state: `MADE` or one of `Shows`. reached: the furthest that it ever came; the same unless it stalled after that.
    ground: the row of the books that shows the state. grounds: all rows that are to show something, those that do
    first, in the order in which they came to show it.
    """

    state: str
    reached: str
    ground: Ground | None
    grounds: tuple[Ground, ...]

    @property
    def words(self) -> str:
        """The state in a few words."""
        if self.state == MADE:
            return "made, nothing shown"
        words = str(Shows(self.state).label)
        return f"{words}, after being {Shows(self.reached).label}" if self._fell_back else words

    @property
    def reason(self) -> str:
        """What in the books shows it, in one sentence."""
        if self.ground is not None:
            return self.ground.sentence
        if not self.grounds:
            return "Nothing in the books shows that anything was done about it."
        return f"What is in the books does not show it: {self.grounds[0].sentence}"

    @property
    def _fell_back(self) -> bool:
        return self.state in SETBACKS and self.reached != MADE


def commitment_standing(commitment: Commitment, proofs: Iterable[Proof], reader: Reader) -> CommitmentStanding:
    """Return where a commitment stands on the reader's day, by what was known then.

    Parameters
    ----------
    proofs : iterable of Proof
        The rows of the books that were said to show something of it, as they were known. One counts only from when its
        row really was in the state that it needs: a handover once it was received, a meeting once it was planned.
    """
    return _standing(proof_grounds([proof for proof in proofs if proof.commitment_id == commitment.code], reader))


def commitment_standings(commitments: Sequence[Commitment], reader: Reader) -> dict[str, CommitmentStanding]:
    """Return where commitments stand, by their codes."""
    codes = [commitment.code for commitment in commitments]
    proofs = reader.known(reader.rows(Proof).filter(commitment__in=codes))
    grounds = proof_grounds(proofs, reader)
    return {code: _standing([ground for ground in grounds if ground.proof.commitment_id == code]) for code in codes}


def proof_grounds(proofs: Iterable[Proof], reader: Reader) -> list[Ground]:
    """Return the rows that proofs point to, and since when each shows what it is to show; a query for each noun."""
    proofs = list(proofs)
    past = _histories({proof.about for proof in proofs}, reader)
    rows: dict[str, Any] = {
        reference: getattr(history.last, history.last.subject) for reference, history in past.items()
    }
    rows |= reader.by_reference({proof.about for proof in proofs} - rows.keys())
    return [
        ground(proof, rows[proof.about], past.get(proof.about, History())) for proof in proofs if proof.about in rows
    ]


def ground(proof: Proof, row: Changing, history: History) -> Ground:
    """Return what a row of the books shows of a commitment, by its history."""
    states = shown_in(row, proof)
    if (row.noun(), proof.shows) in _SHOWN_SINCE:
        step = history.ever(states)
        return Ground(proof, row, history, step, step)
    step = history.since(states)
    return Ground(proof, row, history, step, history.steps[-1] if step else None)


def shown_in(row: Changing, proof: Proof) -> set[str]:
    """Return the states in which a row shows what a proof says that it does; none if such a row never can."""
    key = (row.noun(), proof.shows)
    return _SHOWN_SINCE.get(key) or _SHOWN_IN.get(key, set())


def _histories(references: Iterable[str], reader: Reader) -> dict[str, History]:
    """The histories of things of several nouns, by reference."""
    codes: dict[str, list[str]] = {}
    for reference in references:
        noun, _, code = reference.partition(":")
        codes.setdefault(noun, []).append(code)
    return {
        f"{noun}:{code}": history
        for noun, of_noun in codes.items()
        for code, history in histories(_model(noun), of_noun, reader).items()
    }


def _model(noun: str) -> type[Changing]:
    """The model of a noun that can prove something; the database allows no other."""
    model = nouns()[noun]
    assert issubclass(model, Changing)  # noqa: S101
    return model


def _standing(grounds: Iterable[Ground]) -> CommitmentStanding:
    """The furthest progress, unless a setback came after it."""
    grounds = list(grounds)
    showing = sorted(
        (ground for ground in grounds if ground.step), key=lambda ground: (ground.since, ground.proof.code)
    )
    furthest = max(
        (ground for ground in reversed(showing) if ground.proof.shows in PROGRESS),
        key=lambda ground: PROGRESS.index(ground.proof.shows),
        default=None,
    )
    setback = next((ground for ground in reversed(showing) if ground.proof.shows in SETBACKS), None)
    if setback and any(ground.since > setback.since for ground in showing if ground.proof.shows in PROGRESS):
        setback = None
    counts = setback or furthest
    return CommitmentStanding(
        state=counts.proof.shows if counts else MADE,
        reached=furthest.proof.shows if furthest else MADE,
        ground=counts,
        grounds=(*showing, *(ground for ground in grounds if not ground.step)),
    )
