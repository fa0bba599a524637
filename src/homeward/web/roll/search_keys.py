"""The table of keys by which the roll is searched; it follows from the record and is kept up with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from homeward.core.progress import Progress, no_progress
from homeward.web.identity.identifiers import compared
from homeward.web.journal.beginnings import begins_with
from homeward.web.journal.chain import queue
from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.inserting import insert_columns
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.roll.spellings import keys_of_name, keys_of_number, keys_of_place, keys_of_unit

GROUP = 2_000
"""How many rows are read, or keys written, together."""
LONGEST_KEY = 64
Content = Mapping[str, Any]


class SearchKey(models.Model):
    """One key by which a person, an incident or a place is found.

    key: its kind and the key (`spellings`). noun, owner: what is found by it. source: the row that says so, as
    ``noun:code``.
    """

    key = models.CharField(max_length=LONGEST_KEY)
    noun = models.CharField(max_length=20)
    owner = models.CharField(max_length=MAX_CODE)
    source = models.CharField(max_length=MAX_CODE + 20)

    class Meta:
        """It is no row of the record. By the classes of the index, PostgreSQL finds beginnings in it as well."""

        default_permissions = ()
        indexes = [
            models.Index(
                fields=["noun", "key", "owner"], name="searchkey_found", opclasses=["varchar_pattern_ops"] * 3
            ),
            models.Index(fields=["owner", "key"], name="searchkey_of_owner", opclasses=["varchar_pattern_ops"] * 2),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.noun}:{self.owner}"


def _of_person(content: Content) -> Iterator[str]:
    """The keys of a line of the roll."""
    yield from keys_of_name(content["name"])
    yield from keys_of_unit(content.get("unit") or "")


def _of_text(content: Content) -> Iterable[str]:
    """The keys of a name."""
    return keys_of_name(content["text"])


def _of_place(content: Content) -> Iterable[str]:
    """The keys of a place."""
    return keys_of_place(content["name"])


def _of_place_name(content: Content) -> Iterable[str]:
    """The keys of a name of a place."""
    return keys_of_place(content["text"])


def _of_incident(content: Content) -> Iterable[str]:
    """The keys of an incident."""
    return keys_of_name(content["name"]) | keys_of_name(content.get("place_as_written") or "")


def _of_identifier(content: Content) -> Iterable[str]:
    """The keys of a number that stands for a missing person."""
    return keys_of_number(compared(content["value"]))


_SOURCES: dict[str, tuple[str, Callable[[Content], Iterable[str]]]] = {
    "missingperson": ("code", _of_person),
    "missingname": ("missing", _of_text),
    "identifier": ("about", _of_identifier),
    "incident": ("code", _of_incident),
    "place": ("code", _of_place),
    "placename": ("place", _of_place_name),
}
"""What each noun says that is searched by, and the column that names what is found by it."""
_COLUMNS = ("key", "noun", "owner", "source")
_OWNERS = {"missingname": "missingperson", "placename": "place"}
_FOUND = frozenset({"missingperson", "incident", "place"})


def keep_keys(lines: Sequence[Entry]) -> None:
    """Bring the keys up to lines of the journal that were just written, in their transaction."""
    last = {(line.noun, line.code): line for line in lines if line.noun in _SOURCES and line.version is not None}
    contents = {(noun, code): json.loads(line.after) for (noun, code), line in last.items()}
    for (noun, code), line in last.items():
        if line.version != 1:
            owner = _owner(noun, contents[noun, code])[1]
            SearchKey.objects.filter(owner=owner, source=f"{noun}:{code}").delete()
    _insert(key for (noun, _), content in contents.items() for key in _keys(noun, content))


def rebuild(*, progress: Progress = no_progress) -> None:
    """Make all keys anew from what the rows say now. Nobody can write meanwhile."""
    with transaction.atomic():
        queue()
        SearchKey.objects.all().delete()
        for done, (noun, (column, _)) in enumerate(_SOURCES.items(), start=1):
            rows = nouns()[noun].objects.filter(withdrawn="")
            if column == "about":
                rows = rows.filter(begins_with("about", "missingperson:"))
            _insert(key for content in rows.values().iterator() for key in _keys(noun, _as_content(content)))
            progress("Making the keys of the roll", done, len(_SOURCES))


def mend(**_: Any) -> None:
    """Make the keys anew where a record came without them."""
    if SearchKey._meta.db_table not in connection.introspection.table_names() or SearchKey.objects.exists():
        return
    if any(nouns()[noun].objects.exists() for noun in ("missingperson", "place")):
        rebuild()


def _as_content(values: Content) -> dict[str, Any]:
    """The columns of a row under the names that they have in the journal."""
    return {name.removesuffix("_id"): value for name, value in values.items()}


def _keys(noun: str, content: Content) -> Iterator[tuple[str, ...]]:
    """The keys that a row gives as it is now, in the order of `_COLUMNS`; none if it was withdrawn or is of others."""
    owner_noun, owner = _owner(noun, content)
    if owner_noun not in _FOUND or content.get("withdrawn"):
        return
    for key in set(_SOURCES[noun][1](content)):
        yield key[:LONGEST_KEY], owner_noun, owner, f"{noun}:{content['code']}"


def _owner(noun: str, content: Content) -> tuple[str, str]:
    """Noun and code of what is found by a row."""
    column = _SOURCES[noun][0]
    if column == "about":
        about, _, code = content[column].partition(":")
        return about, code
    return _OWNERS.get(noun, noun), content[column]


def _insert(keys: Iterable[tuple[str, ...]]) -> None:
    """Insert keys, many at once."""
    waiting = iter(keys)
    while group := list(islice(waiting, GROUP)):
        insert_columns(SearchKey, _COLUMNS, group)
