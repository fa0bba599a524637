"""What became of a thing of the two books that changes its state: its steps, and what may be recorded next."""

from __future__ import annotations

from typing import Any

from homeward.web.engagement.change_list import possible_next
from homeward.web.engagement.changing_pages import state_words
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.standing import history_of
from homeward.web.journal.reader import Reader


def steps_of(row: Changing, reader: Reader) -> dict[str, Any]:
    """Return where a thing stands, each step with the state after it in words, and what may be recorded next."""
    history = history_of(row, reader)
    stood = {step.change.code: row.machine.labels[step.state] for step in history.steps}
    return {
        "history": history,
        "stands": state_words(row, history),
        "steps": [(change, stood.get(change.code, "")) for change in history.changes],
        "possible": possible_next(row, history, reader),
    }
