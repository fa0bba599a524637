"""What changes when individuals are merged or split: the associations of their specimens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association, Individual
from homeward.web.identity.succession_plans import Decision, Plan
from homeward.web.identity.successions import SuccessionKind
from homeward.web.journal.book import InBook, opaque_code
from homeward.web.remains.specimens import Specimen

OVER = frozenset({"dropped", "rescinded"})
"""States of an identification that no longer binds an individual."""


def plan_of_individuals(rows: Sequence[InBook], into: InBook, decision: Decision, by: User) -> Plan:
    """Plan how individuals become one: each association of theirs ends and is entered for the one that goes on."""
    check_not_identified(rows)
    ended = _associations(individual__in=[row.code for row in rows])
    entered = [moved(one, decision, by, individual=into) for one in ended]
    return Plan(SuccessionKind.MERGED, [*rows, into], [into], ended=ended, entered=entered)


def plan_of_split(
    individual: Individual, groups: Mapping[str, Sequence[Specimen]], decision: Decision, by: User
) -> Plan:
    """Plan how an individual becomes several.

    Raises
    ------
    ValidationError
        It is identified, a group is empty, or a specimen is in two groups or none of its own.
    """
    check_not_identified([individual])
    associations = {one.specimen_id: one for one in _associations(individual=individual.code)}
    _check_groups(individual, groups, associations)
    new = {number: _new_individual(individual, number) for number in groups}
    ended, entered = [], []
    for number, specimens in groups.items():
        for specimen in specimens:
            ended.append(associations[specimen.code])
            entered.append(moved(associations[specimen.code], decision, by, individual=new[number]))
    stays = [individual] if len(ended) < len(associations) else []
    return Plan(
        SuccessionKind.SPLIT, [individual], [*stays, *new.values()], new=[*new.values()], ended=ended, entered=entered
    )


def check_not_identified(rows: Iterable[InBook]) -> None:
    """Refuse to take apart what an identification is put forward for, in review, or in force.

    Raises
    ------
    ValidationError
        There is such an identification.
    """
    codes = [row.code for row in rows]
    for identification in Identification.objects.filter(individual__in=codes, withdrawn="").select_related(
        "individual"
    ):
        steps, _ = Identification.trace(identification.changes.filter(withdrawn=""))
        if not steps or steps[-1].state not in OVER:
            raise ValidationError(
                f"An identification ({identification.code}) rests on {identification.individual.title}. "
                "Drop or rescind it first."
            )


def moved(association: Association, decision: Decision, by: User, **columns: InBook) -> Association:
    """Return the association that takes the place of another; it is signed by whoever decides."""
    kept = {"specimen": association.specimen, "individual": association.individual, **columns}
    return Association(
        code=opaque_code(),
        known_on=timezone.localdate(),
        happened=decision.happened,
        basis=association.basis,
        signed_by=by.get_username(),
        reason=f"{decision.reason}\nBefore, as signed by {association.signed_by}: {association.reason}",
        despite=association.despite,
        made_up=association.made_up,
        **kept,
    )


def _associations(**conditions: object) -> list[Association]:
    """Standing associations."""
    rows = Association.objects.filter(withdrawn="", **conditions).select_related("specimen", "individual")
    return list(rows.order_by("code"))


def _check_groups(
    individual: Individual, groups: Mapping[str, Sequence[Specimen]], associations: Mapping[str, Association]
) -> None:
    """Refuse empty groups, specimens of others, and a specimen in two groups."""
    if not groups or any(not number.strip() or not specimens for number, specimens in groups.items()):
        raise ValidationError("Give each new individual its number and at least one bone.")
    chosen = Counter(specimen for specimens in groups.values() for specimen in specimens)
    problems = [f"{one.title} is no bone of {individual.title}." for one in chosen if one.code not in associations]
    problems += [f"{one.title} is chosen twice: a bone belongs to one person." for one, n in chosen.items() if n > 1]
    if len(chosen) == len(associations) and len(groups) == 1:
        problems.append("This would only change the number of the individual. Renumber it instead.")
    if problems:
        raise ValidationError(problems)


def _new_individual(individual: Individual, number: str) -> Individual:
    """An individual that comes of another."""
    return Individual(
        code=opaque_code(),
        known_on=timezone.localdate(),
        number=number.strip(),
        laboratory_id=individual.laboratory_id,
        made_up=individual.made_up,
    )
