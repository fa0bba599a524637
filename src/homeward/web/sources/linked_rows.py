"""The rows that others point to, fetched for all of them at once and as they were known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from homeward.web.journal.access import hidden_from
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, Recorded, from_snapshot, nouns


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row as it is named in a list: its kind, its words, its address, and the reference to it."""

    kind: str
    words: str
    address: str
    reference: str


def named_rows(references: Iterable[str], reader: Reader) -> Mapping[str, NamedRow]:
    """Return what rows are called, by their references: those that the user may see and that were known.

    A change is named together with what it changed.
    """
    rows = _rows_of_any_noun(set(references), reader)
    subjects = {reference: _subject(row) for reference, row in rows.items() if row.noun().endswith("change")}
    named_subjects = _rows_of_any_noun(set(subjects.values()), reader)
    return {
        reference: NamedRow(
            str(row._meta.verbose_name),
            f"{named_subjects[subject].title}: {row.title}"
            if (subject := subjects.get(reference)) and subject in named_subjects
            else row.title,
            row.get_absolute_url(),
            reference,
        )
        for reference, row in rows.items()
    }


def _rows_of_any_noun(references: set[str], reader: Reader) -> dict[str, Recorded]:
    """Rows by reference, with few questions however many nouns there are.

    What a row says is read from the journal, which holds every row after every change in one table. Rows that come from
    documents, which may be hidden from the user, are read from their own tables.
    """
    in_journal: dict[str, set[str]] = {}
    in_tables: set[str] = set()
    for reference in references:
        noun, _, code = reference.partition(":")
        if noun in nouns() and hidden_from(reader.user, nouns()[noun]) is None:
            in_journal.setdefault(noun, set()).add(code)
        else:
            in_tables.add(reference)
    found = reader.by_reference(in_tables)
    if not in_journal or not reader.user.has_perm(VIEW):
        return found
    lines = Entry.objects.filter(reduce(or_, (Q(noun=noun, code__in=codes) for noun, codes in in_journal.items())))
    if reader.as_of.known is not None:
        lines = lines.filter(known_on__lte=reader.as_of.known)
    last = lines.values("noun", "code").annotate(last=Max("number")).values_list("last", flat=True)
    for line in Entry.objects.filter(number__in=list(last)):
        row = from_snapshot(nouns()[line.noun], json.loads(line.after))
        if row.stands:
            found[row.reference] = row
    return found


def _subject(change: Recorded) -> str:
    """The reference of what a change changed."""
    model, code = next(iter(change.depends_on()))
    return f"{model.noun()}:{code}"
