"""Which sample, donor or member of staff a name in somebody's file stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from homeward.web.accounts.models import User
from homeward.web.identity.identifiers import Identifier, compared
from homeward.web.journal.access import visible
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.laboratory.profiles import StaffMember
from homeward.web.remains.specimens import Sample
from homeward.web.roll.families import Donor

COLUMN = {"sample": "sample", "donor": "donor", "staffmember": "staff"}
"""The column of a profile that names each noun."""


@dataclass(frozen=True, slots=True)
class OwnerMatch:
    """What a name stands for.

    owners: references, noun:code; one if it is clear. by: which number or name it was found by.
    """

    name: str
    owners: tuple[str, ...]
    by: str


def match_owners(names: Collection[str], user: User, told: Mapping[str, str] | None = None) -> dict[str, OwnerMatch]:
    """Return what names stand for, as far as a user may see it.

    A name is looked up, in this order: as somebody told; as the code of a sample, donor, relative or member of
    staff; as a current number that others gave it; as the number of a donor's kit; as a sample's number; as the
    name of staff.

    Parameters
    ----------
    told : mapping
        Reference, as noun:code, by name.
    """
    found = {
        name: OwnerMatch(name, (reference,), "as told") for name, reference in (told or {}).items() if name in names
    }
    for by, ways in _ways(names, user):
        owners: dict[str, set[str]] = {}
        for name, reference in ways:
            owners.setdefault(name, set()).add(reference)
        for name in names:
            if name not in found and name in owners:
                found[name] = OwnerMatch(name, tuple(sorted(owners[name])), by)
    return {name: found.get(name, OwnerMatch(name, (), "")) for name in names}


def _ways(names: Collection[str], user: User) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Each way of looking names up, with what it finds."""
    for model in (Sample, Donor, StaffMember):
        rows = ((code, f"{model.noun()}:{code}") for (code,) in _rows(user, model, "pk", names, "pk"))
        yield "code", rows
    donors = _rows(user, Donor, "relative", names, "relative_id", "pk")
    yield "code of the relative", ((relative, f"donor:{code}") for relative, code in donors)
    by_number: dict[str, list[str]] = {}
    for name in names:
        by_number.setdefault(compared(name), []).append(name)
    numbers = _rows(user, Identifier, "compared", by_number, "compared", "about", status="current")
    owned = ((number, about) for number, about in numbers if about.partition(":")[0] in COLUMN)
    yield "number", ((name, about) for number, about in owned for name in by_number[number])
    yield "number of the kit", ((n, f"donor:{code}") for n, code in _rows(user, Donor, "number", names, "number", "pk"))
    yield (
        "number of the sample",
        ((number, f"sample:{code}") for number, code in _rows(user, Sample, "number", names, "number", "pk")),
    )
    yield "name", ((n, f"staffmember:{c}") for n, c in _rows(user, StaffMember, "name", names, "name", "pk"))


def _rows(
    user: User, model: Any, column: str, values: Iterable[str], *columns: str, **conditions: str
) -> Iterator[tuple[Any, ...]]:
    """Columns of the rows of a noun whose column has one of some values."""
    ordered = sorted(values)
    for start in range(0, len(ordered), MANY):
        some = {f"{column}__in": ordered[start : start + MANY]}
        yield from visible(user, model).filter(withdrawn="", **some, **conditions).values_list(*columns)
