"""Putting the rows of one table of a bundle into the record: entered, amended, or left as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from homeward.core.errors import ProblemLog
from homeward.web.bundle.columns import VERSION_KNOWN_ON, columns, file_name
from homeward.web.bundle.documents import Documents
from homeward.web.bundle.imported import Counts
from homeward.web.bundle.rows import Draft
from homeward.web.journal.chain import Line
from homeward.web.journal.inserting import insert_rows
from homeward.web.journal.keeping import amended_line, entered_line
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, plain, snapshot


@dataclass(frozen=True, slots=True)
class Put:
    """A row to be written: its draft, the row as it will stand, and what it said before if it is amended."""

    draft: Draft
    row: Recorded
    before: Mapping[str, Any] | None

    def line(self, why: str) -> Line:
        """Return its journal line."""
        noun = self.row.noun()
        if self.before is None:
            return entered_line(self.row, f"{noun}.entered", why)
        after = snapshot(self.row)
        altered = {name for name in after if after[name] != self.before[name]}
        action = "withdrawn" if "withdrawn" in altered else "amended"
        return amended_line(self.row, self.before, after, altered, f"{noun}.{action}", why)


class TableWriter:
    """Writes the rows of one table, a group at a time."""

    def __init__(self, model: type[Recorded], *, why: str, at: datetime, problems: ProblemLog) -> None:
        self.model, self.why, self.at, self.problems = model, why, at, problems
        self.counts = Counts()
        self.refused: list[Draft] = []
        self._attributes = {column.name: column.attribute for column in columns(model)}
        self._documents = Documents()
        self._postponed: list[Put] = []

    def put(self, drafts: Sequence[Draft], in_record: set[str]) -> list[Put]:
        """Write a group of rows, as far as they are possible now; return what was written."""
        standing = self.model.objects.in_bulk([draft.code for draft in drafts if draft.code in in_record])
        new = [self._new(draft) for draft in drafts if draft.code not in standing]
        amended = [
            self._amended(draft, standing[draft.code], before)
            for draft, before in self._to_be_amended(drafts, standing)
        ]
        puts = [put for put in (*new, *amended) if put is not None]
        return self._write(sorted(self._clean(puts), key=lambda put: put.draft.line))

    def finish(self) -> list[Put]:
        """Write the rows that had to wait for others of the table; what still cannot be written is a problem."""
        written: list[Put] = []
        done, waiting = self._write_each(self._postponed)
        while done:
            written += done
            done, waiting = self._write_each(waiting)
        for put in waiting:
            self._note_refusal(put)
        self._count(written)
        return written

    def _new(self, draft: Draft) -> Put | None:
        """A row that the record does not have."""
        row = self.model(**{self._attributes[name]: value for name, value in draft.values.items()})
        row.version, row.version_known_on, row.recorded_at = 1, row.known_on, self.at
        if draft.known_on not in (None, row.known_on):
            self._refuse(
                draft, VERSION_KNOWN_ON, "A row that is new here counts as known from its known_on. Leave this empty."
            )
            return None
        return Put(draft, row, None)

    def _to_be_amended(
        self, drafts: Iterable[Draft], standing: Mapping[str, Recorded]
    ) -> Iterator[tuple[Draft, dict[str, Any]]]:
        """The drafts that say something new of rows that the record has, each with what the record says."""
        others: list[tuple[Draft, dict[str, Any], dict[str, Any]]] = []
        for draft in drafts:
            if draft.code in standing:
                before = snapshot(standing[draft.code])
                said = {name: plain(value) for name, value in draft.values.items()}
                if _agrees(said, before):
                    self.counts.unchanged += 1
                else:
                    others.append((draft, before, said))
        versions = _versions(self.model.noun(), [draft.code for draft, _, _ in others])
        for draft, before, said in others:
            if any(_agrees(said, version) for version in versions.get(draft.code, ())):
                self.counts.older += 1
            else:
                yield draft, before

    def _amended(self, draft: Draft, row: Recorded, before: Mapping[str, Any]) -> Put | None:
        """A row of the record as the draft changes it, by the rules of every amendment."""
        altered = {name for name, value in draft.values.items() if plain(value) != before[name]}
        earliest = row.version_known_on
        known_on = draft.known_on or (max(timezone.localdate(), earliest) if "withdrawn" in altered else earliest)
        if not self._may_amend(draft, altered, before):
            return None
        if known_on < earliest:
            self._refuse(
                draft,
                VERSION_KNOWN_ON,
                f"The version in the record is known from {earliest.isoformat()}. The new one cannot be known earlier.",
            )
            return None
        for name in altered:
            setattr(row, self._attributes[name], draft.values[name])
        row.version += 1
        row.version_known_on, row.recorded_at = known_on, self.at
        return Put(draft, row, before)

    def _may_amend(self, draft: Draft, altered: set[str], before: Mapping[str, Any]) -> bool:
        """Whether a row can be amended, in these columns, with this reason."""
        if before["withdrawn"]:
            self._refuse(draft, "withdrawn", "The record withdrew this row, and it stays so. Enter another row.")
            return False
        fixed = sorted(altered & (self.model.fixed_fields | {"known_on"}))
        for name in fixed:
            self._refuse(
                draft,
                name,
                f"This cannot be amended, as other rows depend on it; the record says {before[name]!r}. "
                "Leave it so, or withdraw the row there and enter another.",
            )
        if not self.why.strip():
            self.refused.append(draft)
            self.problems.add(
                "Rows of the record would be amended, and no reason is given.",
                where="the import",
                fix="Say why: what was wrong, or what was learned. On the command line: --why.",
            )
        return bool(self.why.strip()) and not fixed

    def _clean(self, puts: Sequence[Put]) -> Iterator[Put]:
        """The rows that are possible by the rules of their model."""
        if self.model.clean is models.Model.clean:
            yield from puts
            return
        self._documents.give(put.row for put in puts)
        for put in puts:
            try:
                put.row.clean()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    self._refuse(put.draft, "" if name == NON_FIELD_ERRORS else name, " ".join(messages))
            else:
                yield put

    def _write(self, puts: list[Put]) -> list[Put]:
        """Write a group at once; if the database refuses one of them, each on its own."""
        try:
            with transaction.atomic():
                for put in puts:
                    if put.before is not None:
                        put.row.save(force_update=True)
                insert_rows(self.model, [put.row for put in puts if put.before is None])
            written = puts
        except IntegrityError:
            written, refused = self._write_each(puts)
            self._postponed += refused
        self._count(written)
        return written

    def _write_each(self, puts: Iterable[Put]) -> tuple[list[Put], list[Put]]:
        """Write rows one by one; return those that were written, and those that the database refused."""
        written: list[Put] = []
        refused: list[Put] = []
        for put in puts:
            (written if self._write_one(put) else refused).append(put)
        return written, refused

    def _write_one(self, put: Put) -> bool:
        """Write one row, unless the database refuses it as things stand."""
        try:
            with transaction.atomic():
                put.row.save(force_insert=put.before is None, force_update=put.before is not None)
        except IntegrityError:
            return False
        return True

    def _note_refusal(self, put: Put) -> None:
        """Say which rule the database holds against a row."""
        messages: list[str] = []
        for constraint in self.model._meta.constraints:
            try:
                constraint.validate(self.model, put.row)
            except ValidationError as error:
                messages += error.messages
        self._refuse(put.draft, "", *(messages or ["This row does not go with what is in the record."]))

    def _refuse(self, draft: Draft, name: str, *messages: str) -> None:
        """Note what is wrong with a row; what stands after the first sentence of a message says how to mend it."""
        self.refused.append(draft)
        column = f", column {name}" if name in self._attributes or name == VERSION_KNOWN_ON else ""
        where = f"{file_name(self.model.noun())} line {draft.line}{column}"
        for message in messages:
            what, _, fix = message.partition(". ")
            self.problems.add(f"{what.rstrip('.')}.", where=where, fix=fix or f"Correct the row {draft.code}.")

    def _count(self, written: Iterable[Put]) -> None:
        """Count what was written."""
        for put in written:
            if put.before is None:
                self.counts.entered += 1
            else:
                self.counts.amended += 1


def _agrees(said: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    """Whether a row says all of this; what a table has no column for is not asked."""
    return all(content.get(name) == value for name, value in said.items())


def _versions(noun: str, codes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What rows have said, in every version that the journal holds."""
    found: dict[str, list[dict[str, Any]]] = {}
    if codes:
        entries = Entry.objects.filter(noun=noun, code__in=codes, version__isnull=False)
        for code, after in entries.values_list("code", "after"):
            found.setdefault(code, []).append(json.loads(after))
    return found
