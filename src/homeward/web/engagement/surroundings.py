"""What other rows say about a thing, whatever it is: who was there, figures, events, conflicts, statements, proofs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from homeward.web.engagement.dealings import Proof
from homeward.web.engagement.linked import involved_in
from homeward.web.engagement.standing import had_happened
from homeward.web.engagement.works import Event, Involvement
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.conflicts import Conflict
from homeward.web.sources.figures import Figure

MOST_FIGURES = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of one unit about a thing; figures of different units are never put together."""

    unit: str
    figures: tuple[Figure, ...]


def figures_about(references: Collection[str], reader: Reader) -> list[Counted]:
    """Return the figures that count something of rows, by unit, in the order of their dates."""
    rows = reader.rows_about(Figure, references).select_related("document", "asserter")
    figures = reader.known(rows.order_by("counted_earliest", "code")[:MOST_FIGURES])
    if (on := reader.as_of.on) is not None:
        figures = [figure for figure in figures if figure.counted.earliest <= on]
    fill(figures, reader, "document", "asserter")
    by_unit: dict[str, list[Figure]] = {}
    for figure in figures:
        by_unit.setdefault(str(figure.get_unit_display()), []).append(figure)
    return [Counted(unit, tuple(found)) for unit, found in by_unit.items()]


def roles(involvements: Iterable[Involvement]) -> list[tuple[str, list[Involvement]]]:
    """Return who had to do with a thing, by what they had to do with it."""
    by_role: dict[str, list[Involvement]] = {}
    for involvement in involvements:
        by_role.setdefault(str(involvement.get_role_display()), []).append(involvement)
    return list(by_role.items())


def surroundings(reference: str, parts: Collection[str], reader: Reader) -> Mapping[str, Any]:
    """Return what a page of a thing shows beside its own columns and its history.

    Parameters
    ----------
    reference : str
        Of the thing.
    parts : collection of str
        References of what belongs to it, such as the changes of a meeting.
    """
    references = [reference, *parts]
    involvements = involved_in(references, reader)
    events = had_happened(
        reader.known(
            reader.rows_about(Event, references).select_related("place").order_by("happened_earliest", "code")
        ),
        reader.as_of.on,
    )
    fill(events, reader, "place")
    proofs = reader.known(reader.rows_about(Proof, [reference]).select_related("commitment__agreement"))
    fill(proofs, reader, "commitment")
    fill([proof.commitment for proof in proofs], reader, "agreement")
    conflicts = reader.known(reader.rows_about(Conflict, references))
    return {
        "roles": roles(involvements.get(reference, [])),
        "roles_of_parts": {about: roles(found) for about, found in involvements.items()},
        "events": events,
        "counted": figures_about(references, reader),
        "proofs": proofs,
        "conflicts": conflicts,
    }
