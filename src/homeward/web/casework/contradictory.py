"""Which associations make individuals impossible, as actions, imports and the verification of the record ask it."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.web.casework.grouped import groups_of
from homeward.web.casework.individuals import Association
from homeward.web.casework.rules import contradictions

Problem = tuple[str, str, str]
"""Code of the row, what is wrong, how to mend it."""


def contradicted(codes: Iterable[str]) -> list[Problem]:
    """Return what is impossible in individuals because of these associations, those that stand."""
    asked = Association.objects.filter(pk__in=list(codes), withdrawn="").order_by("pk")
    rows = list(asked.values_list("pk", "specimen_id", "individual_id"))
    groups = groups_of({individual for *_, individual in rows})
    found = {code: contradictions(group) for code, group in groups.items()}
    return [
        (code, problem.what, problem.fix)
        for code, specimen, individual in rows
        for problem in found[individual]
        if specimen in problem.specimens
    ]
