"""Bones as people name them on paper and as a scanner reads them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.remains.specimens import Specimen


def find_specimens(names: Iterable[str], user: User) -> list[Specimen]:
    """Return the bones of these names: a code, a reference, or an accession number and a number within it.

    Raises
    ------
    ValidationError
        A name stands for no bone that the user may see, or for several; tells each.
    """
    found: list[Specimen] = []
    problems: list[str] = []
    for name in dict.fromkeys(line.strip() for line in names if line.strip()):
        specimens = _named(name.removeprefix("specimen:"), user)
        if len(specimens) == 1:
            found += specimens
        elif specimens:
            problems.append(f"{name!r} stands for several bones. Give the code of one.")
        else:
            problems.append(f"There is no bone {name!r}. Scan its label, or write its code.")
    if problems or not found:
        raise ValidationError(problems or ["Name at least one bone."])
    return found


def _named(name: str, user: User) -> list[Specimen]:
    """The bones of one name, at most two of them."""
    standing = visible(user, Specimen).filter(withdrawn="")
    accession, _, designator = name.rpartition(" ")
    return list(standing.filter(pk=name)[:1]) or list(
        standing.filter(accession__number=accession.strip(), designator=designator)[:2]
    )
