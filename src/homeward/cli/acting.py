"""On whose behalf a command reads or changes the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from homeward.core.errors import InputError, Problem

if TYPE_CHECKING:
    from homeward.web.accounts.models import User

AsOption = Annotated[
    str | None,
    typer.Option("--as", help="The user whose permissions count. May be left out where there is only one user."),
]


def acting_user(name: str | None) -> User:
    """Return the user that a command acts for; the record is open.

    Raises
    ------
    InputError
        There is no such active user, or none was named and there are several.
    """
    from homeward.web.accounts.models import User

    active = User.objects.filter(is_active=True)
    if name is not None:
        user = active.filter(username=User.normalize_username(name)).first()
        if user is None:
            raise InputError(Problem("There is no active user of this name.", f"--as {name}", "Check the spelling."))
        return user
    users = list(active[:2])
    if len(users) != 1:
        fix = "Name the user whose permissions count, with --as NAME."
        raise InputError(Problem(f"There {'is no user' if not users else 'are several users'}.", "--as", fix))
    return users[0]
