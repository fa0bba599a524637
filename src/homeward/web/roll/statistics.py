"""How many people stand where, as a statistic: query, rule, scope, the two times, and a digest of the list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from homeward.core.kept import Kept
from homeward.web.engagement.standing import history_of
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.latest import latest_lines
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.people import MissingPerson, Status, StatusKind
from homeward.web.roll.statuses import LATEST_FIRST, STATE_OF, statuses

RULE = (
    "Each person of the scope is counted once, by the last change of their status that had happened by the day asked "
    "about and was known on the day asked about. Changes of one day follow their order, then their time. After a "
    "reopening a person is unaccounted for. A status that rests on an identification counts only for those who may see "
    "the identification; for others the change before it counts."
)
NO_STATUS = "no status"
LABELS = {**MissingPerson.machine.labels, "": NO_STATUS}

UNACCOUNTED: Sequence[str] = [StatusKind.UNACCOUNTED]
DECIDED: Sequence[str] = [kind for kind in StatusKind.values if kind not in UNACCOUNTED]
FEW = 500
"""So many people are asked about by their codes; of more, it is sooner to ask about everybody."""
WHAT_COUNTS = ("calamity", "incident", "missingperson", "status", "identification", "identificationchange")
"""The nouns that a statistic depends on: whose people, how they stand, and who may see that."""
_kept: dict[str, Kept[Statistic]] = {"calamity": Kept(16), "incident": Kept(250)}
"""By the noun of the scope: for a large war each takes some megabytes, and the many incidents would push it out."""

Standing = tuple[str, str]
"""Code of a person, and the state."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people stand in a state. digest: SHA-256 of their sorted codes, each ended by a line feed."""

    state: str
    label: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """The people of a scope by status.

    scope: what they have in common, in words. query: the same for machines, as the columns and values asked for.
    people: code and state of each, by code. digest: of all their codes.
    """

    scope: str
    query: str
    rule: str
    as_of: AsOf
    counts: tuple[Count, ...]
    total: int
    digest: str
    people: tuple[Standing, ...]


def statistic_of(scope: Recorded, reader: Reader) -> Statistic:
    """Return how the people of a war or disaster, or of an incident, stand.

    It is worked out once for each state of the rows that it depends on, and for each set of permissions.
    """
    lines = latest_lines(WHAT_COUNTS)
    permissions = frozenset(reader.user.get_all_permissions())
    key = (*lines.values(), scope.reference, reader.as_of, permissions)
    return _kept[scope.noun()].get(key, lambda: _worked_out(scope, reader))


def _worked_out(scope: Recorded, reader: Reader) -> Statistic:
    """The statistic of a scope."""
    column = scope.noun()
    people = tuple(sorted(_standings(column, scope.code, reader)))
    by_state: dict[str, list[str]] = {state: [] for state in LABELS}
    for code, state in people:
        by_state[state].append(code)
    counts = tuple(
        Count(state, LABELS[state], len(codes), digest_of(codes)) for state, codes in by_state.items() if codes
    )
    as_of = reader.as_of
    query = f"{column}={scope.code}&on={as_of.on or ''}&known={as_of.known or ''}"
    words = f"Missing people of the {scope._meta.verbose_name} {scope.title}"
    digest = digest_of(code for code, _ in people)
    return Statistic(words, query, RULE, as_of, counts, len(people), digest, people)


def digest_of(codes: Iterable[str]) -> str:
    """Return the SHA-256 of sorted codes, each ended by a line feed: what ``sort | sha256sum`` gives."""
    return hashlib.sha256("".join(f"{code}\n" for code in sorted(codes)).encode()).hexdigest()


def _standings(column: str, scope: str, reader: Reader) -> Iterator[Standing]:
    """Each person of a scope with their state: by few queries, and one by one where a row was amended later."""
    people = reader.rows(MissingPerson)
    amended = _amended_later(people, reader)
    of_scope = people.filter(**{column: scope}, withdrawn="").order_by().values_list("pk", flat=True)
    codes = [code for code in of_scope if code not in amended]
    last = _last_kinds(codes, reader)
    yield from ((code, STATE_OF.get(last.get(code, ""), "")) for code in codes)
    for person in reader.known(people.filter(pk__in=amended)):
        if getattr(person, f"{column}_id") == scope:
            yield person.code, history_of(person, reader).state


def _last_kinds(codes: Sequence[str], reader: Reader) -> Mapping[str, str]:
    """The kind of the last change of each of some people, and perhaps of others.

    Of most people nothing was ever said but that they are unaccounted for: only the changes of others are put in order.
    """
    changes = statuses(reader).order_by()
    if len(codes) <= FEW:
        changes = changes.filter(missing__in=codes)
    unaccounted, others = (changes.filter(kind__in=kinds) for kinds in (UNACCOUNTED, DECIDED))
    last = dict.fromkeys(unaccounted.values_list("missing", flat=True), UNACCOUNTED[0])
    place = Window(RowNumber(), partition_by=F("missing"), order_by=list(LATEST_FIRST))
    in_order = changes.filter(missing__in=others.values("missing")).annotate(place=place).filter(place=1)
    last.update(in_order.order_by().values_list("missing", "kind"))
    return last


def _amended_later(people: QuerySet[MissingPerson], reader: Reader) -> set[str]:
    """The people whose row, or a change of whose status, said something else on the day asked about."""
    known = reader.as_of.known
    if known is None:
        return set()
    own = people.filter(version_known_on__gt=known).order_by().values_list("pk", flat=True)
    changes = reader.rows(Status).filter(version_known_on__gt=known).order_by()
    return {*own, *changes.values_list("missing", flat=True)}
