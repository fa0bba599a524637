"""Whether the two books balance on a day: everything that does not, by the code of its row, and the counts.

Beside this, the verification of the record asks every noun for what is impossible between its rows
(``problems_together``): contradictions within an individual, lines of custody, complete inventories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from homeward.core.errors import Problem
from homeward.core.progress import Progress, no_progress
from homeward.web.casework.at_date import columns_at
from homeward.web.casework.balance_counts import counted_remains
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association, Individual
from homeward.web.journal.further_checks import Checked
from homeward.web.roll.people import MissingPerson, Status

STEP = "Balance of the books"
N_PARTS = 4
_LOOK = "Look at the history of both rows, and withdraw or rescind the one that is wrong."


class Decision(NamedTuple):
    """A status of a missing person, as far as the balance needs it; ordered as the statuses of a person are."""

    key: tuple[Any, ...]
    kind: str
    code: str
    identification: str | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class PersonState:
    """How a missing person stood: the state, and the identification and the authority that the last status names."""

    state: str = ""
    identification: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class InForce:
    """An identification that was in force."""

    code: str
    individual: str
    missing: str


def balance(as_of: date | None = None, progress: Progress = no_progress) -> Checked:
    """Return what does not balance in the books as known on a day, or now, with the counts on both sides."""
    findings: list[Problem] = []
    people = {code for (code,) in columns_at(MissingPerson, as_of, "code")}
    states = _states(as_of, findings)
    progress(STEP, 1, N_PARTS)
    in_force = [
        InForce(*columns)
        for *columns, holds in columns_at(Identification, as_of, "code", "individual_id", "missing_id", "in_force")
        if holds
    ]
    individuals = {code for (code,) in columns_at(Individual, as_of, "code")}
    members = list(columns_at(Association, as_of, "code", "specimen_id", "individual_id"))
    progress(STEP, 2, N_PARTS)
    findings += _roll_against_entries(states, in_force)
    findings += _entries_against_register(in_force, people, individuals, {individual for *_, individual in members})
    findings += _once_each("specimen", "individuals", members)
    findings += _overlapping_memberships() if as_of is None else []
    progress(STEP, 3, N_PARTS)
    remains, wrong = counted_remains(as_of, {specimen for _, specimen, _ in members})
    progress(STEP, N_PARTS, N_PARTS)
    accounted = sum(state.state == "accounted" for state in states.values())
    counts = {
        "people": len(people),
        "accounted_for": accounted,
        "accounted_for_by_us": len(in_force),
        "individuals": len(individuals),
        **remains,
    }
    return Checked(counts, (*findings, *wrong))


def _states(as_of: date | None, findings: list[Problem]) -> Mapping[str, PersonState]:
    """How each person stood; a status that its forerunners do not allow is two states at once, and is reported."""
    columns = ("missing_id", "kind", "happened", "order", "code", "identification_id", "by_id")
    lines: dict[str, list[Decision]] = {}
    for missing, kind, happened, order, code, *grounds in columns_at(Status, as_of, *columns):
        key = (happened.earliest, order, happened.sort_key, code)
        lines.setdefault(missing, []).append(Decision(key, kind, code, *grounds))
    return {missing: _last_state(missing, sorted(line), findings) for missing, line in lines.items()}


def _last_state(missing: str, line: Iterable[Decision], findings: list[Problem]) -> PersonState:
    """Where the statuses of a person lead, in their order."""
    machine = MissingPerson.machine
    standing = PersonState()
    for decision in line:
        next_state = machine.steps.get(standing.state, {}).get(decision.kind)
        if next_state is None:
            stands = machine.labels.get(standing.state, "not yet begun")
            what = f"This person would be in two states: the roll has '{stands}', and then '{decision.kind}'."
            findings.append(Problem(what=what, where=f"missingperson:{missing}, status:{decision.code}", fix=_LOOK))
            continue
        standing = PersonState(next_state, decision.identification, decision.authority)
    return standing


def _roll_against_entries(states: Mapping[str, PersonState], in_force: list[InForce]) -> Iterator[Problem]:
    """People accounted for without an entry that holds, and entries in force that the roll does not know."""
    by_person: dict[str, list[InForce]] = {}
    for entry in in_force:
        by_person.setdefault(entry.missing, []).append(entry)
    for missing, entries in by_person.items():
        where = ", ".join([f"missingperson:{missing}", *(f"identification:{entry.code}" for entry in entries)])
        if len(entries) > 1:
            yield Problem(what="Two identifications in force account for this person.", where=where, fix=_LOOK)
        state = states.get(missing, PersonState())
        if state.state != "accounted" or state.identification not in {entry.code for entry in entries}:
            label = MissingPerson.machine.labels.get(state.state, "not in the roll")
            what = f"An identification in force accounts for this person, and the roll has them as '{label}'."
            yield Problem(what=what, where=where, fix=_LOOK)
    for missing, state in states.items():
        if state.state == "accounted" and missing not in by_person:
            if state.identification:
                what = "The roll has this person as accounted for by an identification that is not in force."
                where = f"missingperson:{missing}, identification:{state.identification}"
                yield Problem(what=what, where=where, fix=_LOOK)
            elif not state.authority:
                what = "The roll has this person as accounted for, without an identification and without an authority."
                fix = "Say by whose authority, or withdraw the status."
                yield Problem(what=what, where=f"missingperson:{missing}", fix=fix)


def _entries_against_register(
    in_force: list[InForce], people: set[str], individuals: set[str], with_specimens: set[str]
) -> Iterator[Problem]:
    """Identifications in force without a person, an individual or a specimen, and individuals identified twice."""
    for entry in in_force:
        where = f"identification:{entry.code}"
        if entry.missing not in people:
            what = f"This identification is in force, and its person ({entry.missing}) is not in the roll."
            yield Problem(what=what, where=where, fix=_LOOK)
        if entry.individual not in individuals:
            what = f"This identification is in force, and its individual ({entry.individual}) is not in the register."
            yield Problem(what=what, where=where, fix=_LOOK)
        elif entry.individual not in with_specimens:
            what = f"This identification is in force, and its individual ({entry.individual}) has no specimen."
            yield Problem(what=what, where=where, fix="Rescind it, or associate the specimens again.")
    entries = [(entry.code, entry.individual, entry.missing) for entry in in_force]
    yield from _once_each("individual", "people", entries)


def _once_each(noun: str, several: str, rows: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    """What belongs to several at once. Each row: its code, the thing, and what the thing belongs to."""
    owners: dict[str, tuple[str, str]] = {}
    for code, thing, owner in rows:
        first = owners.setdefault(thing, (code, owner))
        if first != (code, owner):
            what = f"This belongs to two {several} at once: {first[1]} and {owner}."
            yield Problem(what=what, where=f"{noun}:{thing}, {first[0]} and {code}", fix=_LOOK)


def _overlapping_memberships() -> Iterator[Problem]:
    """Specimens that belonged to two individuals on some day in the past.

    An association holds from the day from which it is known until the day from which its withdrawal is.
    """
    ended = set(Association.objects.exclude(withdrawn="").values_list("specimen_id", flat=True))
    columns = ("specimen_id", "known_on", "version_known_on", "code", "withdrawn")
    until: dict[str, tuple[date, str]] = {}
    rows = Association.objects.order_by("known_on", "recorded_at", "pk").values_list(*columns)
    for specimen, known_on, last_known_on, code, withdrawn in (row for row in rows.iterator() if row[0] in ended):
        before = until.get(specimen)
        if before is not None and known_on < before[0]:
            what = f"On {known_on:%-d %B %Y} this belonged to two individuals."
            where = f"specimen:{specimen}, association:{before[1]} and association:{code}"
            yield Problem(what=what, where=where, fix="Withdraw the later one, and enter it from the right day.")
        until[specimen] = (last_known_on if withdrawn else date.max, code)
