"""Adding relatives to a pedigree."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require
from homeward.web.roll.families import Relative
from homeward.web.roll.people import Sex


def add_relative(relative: Relative, *, children: Collection[str] = (), by: User, why: str = "") -> Relative:
    """Enter a relative, and make them the father or the mother of relatives who are in the pedigree already.

    Parameters
    ----------
    relative : Relative
        Not yet in the database.
    children : collection of str
        Codes of relatives of the same family, who have no such parent yet.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `enter` and `amend`; also if the sex is not known, so that a parent could be either, or if a child has
        such a parent. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, Relative.keep_permission)
        found = _children(relative, children)
        enter(relative, by=by, why=why)
        for child in found:
            amend(
                child,
                {_role(relative): relative.code},
                by=by,
                why=why or f"{relative.name} was entered as a parent.",
                read_version=child.version,
                known_on=max(relative.known_on, child.version_known_on),
            )
    return relative


def _role(relative: Relative) -> str:
    """Which parent somebody is by their sex."""
    return "father" if relative.sex == Sex.MALE else "mother"


def _children(relative: Relative, codes: Collection[str]) -> list[Relative]:
    """The relatives whose parent somebody is to become."""
    if not codes:
        return []
    if relative.sex == Sex.UNKNOWN:
        raise ValidationError({"sex": "Say whether this is a father or a mother, as there are children."})
    found = list(Relative.objects.filter(pk__in=codes, family=relative.family_id, withdrawn=""))
    if len(found) != len(set(codes)):
        raise ValidationError({"children": "Choose children from this family."})
    role = _role(relative)
    if have := [child.name for child in found if getattr(child, f"{role}_id")]:
        raise ValidationError({"children": f"There is a {role} already of {', '.join(have)}. Amend that row instead."})
    return found
