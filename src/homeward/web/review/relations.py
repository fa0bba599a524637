"""How a draft stands to a row of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

TAKEN, DISAGREES, AGREES, DIFFERS, ADDS, ALSO = "taken", "disagrees", "agrees", "differs", "adds", "also"
ORDER = (TAKEN, DISAGREES, AGREES, DIFFERS, ADDS, ALSO)
"""What is shown first."""
WORDS = {
    TAKEN: "Taken from these words already",
    DISAGREES: "Disagrees",
    AGREES: "Agrees",
    DIFFERS: "Differs",
    ADDS: "Adds to",
    ALSO: "Compare",
}
LONGEST_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the record beside a draft: how the two stand to each other, in words, and the reasons.

    relation: ``taken`` (from these words of this document already), ``disagrees`` (both cannot be true), ``agrees``,
    ``differs`` (both may be true), ``adds`` (the same question, on another day), ``also`` (near it: a person must
    compare them). adds: what the document tells that the row does not. conflict: where one about the two is opened.
    """

    relation: str
    words: str
    address: str
    reasons: Sequence[str] = ()
    adds: Sequence[str] = ()
    conflict: str = ""

    @property
    def relation_words(self) -> str:
        """How the two stand to each other."""
        return f"{WORDS[self.relation]}, and adds" if self.relation == AGREES and self.adds else WORDS[self.relation]


def conflict_address(question: str, about: str) -> str:
    """Return the address of the form of a new conflict, with the question filled in."""
    query = urlencode({"question": question[:LONGEST_QUESTION], "about": about})
    return f"{reverse('record:new', args=['conflict'])}?{query}"


def in_order(found: Iterable[Beside]) -> list[Beside]:
    """Return what is beside a draft, what matters most first."""
    return sorted(found, key=lambda one: ORDER.index(one.relation))


def standing(found: Sequence[Beside]) -> str:
    """Return how a draft stands to all that the record holds: what nothing in it tells already is an addition."""
    first = in_order(found)[0].relation if found else ADDS
    return ADDS if first == ALSO else first
