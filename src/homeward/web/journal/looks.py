"""Who is told that rows were shown: of some nouns, it is kept who looked at which row, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser

from homeward.web.accounts.models import User

Listener = Callable[[Iterable[str], User, str], None]
"""Gets the codes of the rows that were shown, who saw them, and where."""

_listeners: dict[str, Listener] = {}


def after_look(noun: str, listener: Listener) -> None:
    """Have a function called whenever rows of a noun were shown with what they say."""
    _listeners[noun] = listener


def looked_at(noun: str, codes: Iterable[str], user: User | AnonymousUser, where: str) -> None:
    """Tell that a user was shown rows of a noun; most nouns keep nothing of it.

    Parameters
    ----------
    where : str
        Which kind of page or file it was, in a word or two.
    """
    listener = _listeners.get(noun)
    if listener is not None and isinstance(user, User):
        listener(codes, user, where)
