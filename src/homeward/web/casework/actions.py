"""What changes the casework: recording an analysis, and noting that somebody looked at one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.provenance import InputFile, describe_input
from homeward.formats.reading import read_case
from homeward.identification.policy import policy_of
from homeward.identification.resolve import resolve
from homeward.reports.case_report import report_fragment, report_page
from homeward.reports.documents import resolve_document
from homeward.web.accounts.models import User
from homeward.web.casework.models import Analysis, AnalysisInput, AnalysisView
from homeward.web.journal.chain import Line, append
from homeward.web.journal.recorded import canonical


def record_analysis(path: Path, *, by: User) -> Analysis:
    """Resolve the case in a file or folder and keep result, report and inputs; the same case twice is kept once.

    Raises
    ------
    InputError
        The case cannot be used, or a file changed while it was read. Nothing is kept.
    PermissionDenied
        The user may not add analyses.
    """
    if not by.has_perm("casework.add_analysis"):
        raise PermissionDenied("Only somebody whose role allows it, such as a DNA analyst, can record an analysis.")
    case = read_case(path)
    policy = policy_of(case)
    digest = record_digest(case.inputs, __version__, policy.version)
    recorded = Analysis.objects.filter(record_digest=digest).first()
    if recorded is not None:
        return recorded
    contents = [(file, _content(path, file)) for file in case.inputs]
    resolution = resolve(case, policy=policy)
    with transaction.atomic():
        analysis, is_new = Analysis.objects.get_or_create(
            record_digest=digest,
            defaults={
                "title": case.title,
                "synthetic": case.synthetic,
                "policy_version": policy.version,
                "software_version": __version__,
                "created_by": by,
                "result": resolve_document(resolution),
                "report_fragment": report_fragment(resolution),
                "report_page": report_page(resolution),
            },
        )
        if is_new:
            AnalysisInput.objects.bulk_create(
                AnalysisInput(
                    analysis=analysis, name=file.name, sha256=file.sha256, n_bytes=file.n_bytes, content=content
                )
                for file, content in contents
            )
            append([_line_of(analysis, contents)], by=by)
    return analysis


def record_digest(inputs: Iterable[InputFile], software_version: str, policy_version: str) -> str:
    """Return one SHA-256 digest for the content of all inputs, whatever their names and order, and both versions."""
    lines = [*sorted(file.sha256 for file in inputs), software_version, policy_version]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def note_look(analysis: Analysis, part: AnalysisView.Part, *, by: User) -> None:
    """Note that somebody was shown a part of an analysis."""
    AnalysisView.objects.create(analysis=analysis, by=by, part=part)


def _line_of(analysis: Analysis, contents: Iterable[tuple[InputFile, bytes]]) -> Line:
    """The journal line of a new analysis: what was computed from what, and the digests of what came of it."""
    after = {
        "title": analysis.title,
        "record_digest": analysis.record_digest,
        "software_version": analysis.software_version,
        "policy_version": analysis.policy_version,
        "inputs": {file.name: file.sha256 for file, _ in contents},
        "digests": analysis.digests,
    }
    return Line("analysis.recorded", "analysis", str(analysis.public_id), after=canonical(after))


def _content(path: Path, file: InputFile) -> bytes:
    """The bytes of an input, which must be those that the case was read from."""
    source = path / file.name if path.is_dir() else path
    content = source.read_bytes()
    if describe_input(source, content).sha256 != file.sha256:
        raise InputError(
            Problem(what="The file changed while it was read.", where=file.name, fix="Save it, then record it again.")
        )
    return content
