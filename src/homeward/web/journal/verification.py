"""Verifying the record: every digest of the journal, and every row and original against what the journal says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied

from homeward.core import garbage
from homeward.core.errors import Problem
from homeward.core.progress import Progress, no_progress
from homeward.web.accounts.models import SYSTEM, User
from homeward.web.journal.chain import BATCH, DIGESTED, line_digest
from homeward.web.journal.comparison import UNREADABLE, Findings, compare_rows
from homeward.web.journal.further_checks import further_checks
from homeward.web.journal.guards import GUARDS
from homeward.web.journal.kept_files import compare_files
from homeward.web.journal.models import GENESIS, Entry

PERMISSION = "journal.verify_record"

_BACKUP = "Compare it with a backup from before, and find out who could write to the database."


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What verifying the record found.

    lines, rows, originals: how many were checked; the files that analyses were computed from are originals too.
    record: digest of the first line, which no other record has; empty while there is no line.
    head: digest of the last line.
    first_altered: number of the first line that does not stand as it was written.
    findings: what is wrong, where, and what to do.
    not_told: how many more there are.
    counts: what further checks counted, by the name of the check, such as both sides of the balance of the books.
    """

    lines: int
    rows: int
    originals: int
    record: str
    head: str
    first_altered: int | None
    findings: tuple[Problem, ...]
    not_told: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether everything is as the journal says."""
        return not self.findings


class _Line(NamedTuple):
    """A line as it stands: the columns that its digest covers, or None if they cannot be read."""

    number: int
    content: tuple[Any, ...] | None
    digest: str
    by: int | None


class _Chain:
    """The lines that were followed so far."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.names = dict(User.objects.values_list("pk", "username"))
        self.n_lines, self.number, self.digest, self.first = 0, 0, GENESIS, ""
        self.first_altered: int | None = None
        self.readable = True

    def follow(self, line: _Line) -> None:
        """Check one line, and go on from it."""
        if line.number != self.number + 1:
            self._report_gap(line.number)
        if line.content is None:
            self.readable = False
            self._report(line.number, "This line cannot be read: it was altered after it was written.")
        else:
            self._check(line.number, line.content, line.digest, line.by)
        self.number, self.digest, self.first = line.number, line.digest, self.first or line.digest
        self.n_lines += 1

    def _check(self, number: int, content: tuple[Any, ...], digest: str, by: int | None) -> None:
        """One line: it was written after the line before it, by this account, with this content."""
        if number == self.number + 1 and content[-1] != self.digest:
            self._report(
                number,
                f"This line was not written after the line {number - 1} that stands here: one of the two was put in "
                "the place of another."
                if self.number
                else "This line was not the first when it was written: what stood before it was removed.",
                first=max(number - 1, 1),
            )
        if line_digest(content) != digest:
            action, noun, code = content[3:6]
            self._report(
                number,
                f"This line ({action}, {noun}:{code}) was altered after it was written: its content does not have the "
                "digest that was kept with it.",
            )
        account = SYSTEM if by is None else self.names.get(by, "nobody")
        if account != content[2]:
            self._report(number, f"{content[2]} wrote this line, but it is linked to the account of {account}.")

    def _report_gap(self, number: int) -> None:
        """Lines before this one are missing."""
        first, last = self.number + 1, number - 1
        if last < first:
            self._report(number, "This line is numbered out of turn: it was put in.")
        elif last == first:
            self._report(first, "This line is missing: it was removed after it was written.")
        else:
            self._report(first, f"The lines from here to {last} are missing: removed after they were written.")

    def _report(self, number: int, what: str, *, first: int | None = None) -> None:
        """Note a finding at a line; first: the first line that it casts doubt on, if that is another."""
        self.findings.add(what, f"line {number} of the journal", _BACKUP)
        if self.first_altered is None:
            self.first_altered = first or number


def verify_record(
    *,
    progress: Progress = no_progress,
    as_of: date | None = None,
    may_read: Callable[[str], bool] = lambda permission: True,
) -> VerifyResult:
    """Recompute the journal, compare every row and every original with it, and prove that the books balance.

    Lines and rows are read in small groups, so that memory does not grow with the record. Others may go on writing
    meanwhile; what seems altered is looked at again while nobody writes.

    Parameters
    ----------
    as_of : date, optional
        Prove the balance as it was known on that day instead of now.
    may_read : callable
        Whether findings that need a permission are to be looked for.
    """
    with garbage.searched_later():
        return _verify(progress, as_of, may_read)


def _verify(progress: Progress, as_of: date | None, may_read: Callable[[str], bool]) -> VerifyResult:
    """Verify the record."""
    findings = Findings()
    chain = _Chain(findings)
    total = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    for line in _lines():
        chain.follow(line)
        if chain.n_lines % BATCH == 0:
            progress("Lines of the journal", chain.n_lines, max(total, chain.n_lines))
    if chain.readable:
        rows, originals = compare_rows(findings, progress), compare_files(findings, progress)
    else:
        rows = originals = 0
        findings.add(
            "Rows and originals were not compared, as lines of the journal cannot be read.",
            "the record",
            "Restore the journal from a backup, then verify the record again.",
        )
    _check_guards(findings)
    further = further_checks(as_of, progress, may_read) if chain.readable else {}
    for problem in (problem for checked in further.values() for problem in checked.findings):
        findings.add(problem.what, problem.where, problem.fix)
    return VerifyResult(
        lines=chain.n_lines,
        rows=rows,
        originals=originals,
        record=chain.first,
        head=chain.digest if chain.n_lines else "",
        first_altered=chain.first_altered,
        findings=tuple(findings.told),
        not_told=findings.not_told,
        counts={name: checked.counts for name, checked in further.items()},
    )


def verify_record_for(user: User, *, progress: Progress = no_progress) -> VerifyResult:
    """Verify the record for somebody who asks for it on a page or through the API.

    Raises
    ------
    PermissionDenied
        The user may not.
    """
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("This role may not verify the record.")
    return verify_record(progress=progress, may_read=user.has_perm)


def _lines() -> Iterator[_Line]:
    """Every line, in order."""
    entries = Entry.objects.order_by("number")
    rest = entries
    while True:
        group = rest[:BATCH]
        try:
            lines = [
                _Line(row[0], row[:-2], row[-2], row[-1]) for row in group.values_list(*DIGESTED, "digest", "by_id")
            ]
        except UNREADABLE:
            lines = [_line(number) for number in group.values_list("number", flat=True)]
        if not lines:
            return
        yield from lines
        rest = entries.filter(number__gt=lines[-1].number)


def _line(number: int) -> _Line:
    """One line of a group in which one cannot be read."""
    entry = Entry.objects.filter(number=number)
    digest, by = entry.values_list("digest", "by_id").get()
    try:
        return _Line(number, entry.values_list(*DIGESTED).get(), digest, by)
    except UNREADABLE:
        return _Line(number, None, digest, by)


def _check_guards(findings: Findings) -> None:
    """The database still refuses to change what must stay."""
    for guard in GUARDS:
        for trigger in guard.missing():
            findings.add(
                f"The database no longer refuses to change rows of this table: the trigger {trigger} is gone.",
                f"table {guard.table}",
                "Find out who removed it; 'homeward init' puts it back.",
            )
