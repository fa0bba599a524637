"""Comparing what is kept with its digests and with what the journal says: originals, and analyses with their inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import OuterRef

from homeward.core.progress import Progress
from homeward.web.casework.models import Analysis, AnalysisInput
from homeward.web.journal.comparison import REMOVED, RESTORE, Findings, content_of, groups, report_removed
from homeward.web.journal.models import Entry
from homeward.web.sources.documents import Original

ORIGINAL, ANALYSIS = "original", "analysis"
"""What the journal calls a kept original, and an analysis."""


def compare_files(findings: Findings, progress: Progress) -> int:
    """Recompute the digest of every kept file, and compare it with its line; return how many."""
    return _compare_originals(findings, progress) + _compare_analyses(findings, progress)


def _compare_originals(findings: Findings, progress: Progress) -> int:
    """Originals of documents."""
    total, done = Original.objects.count(), 0
    for digests in groups(Original.objects.all()):
        lines = dict(Entry.objects.filter(noun=ORIGINAL, code__in=digests).values_list("code", "after"))
        for digest in digests:  # one by one, as each may be large
            original = Original.objects.get(pk=digest)
            for what in _problems_of_original(original, lines.get(digest)):
                findings.add(what, f"{ORIGINAL}:{digest} ({original.name})", RESTORE)
            progress("Originals", done := done + 1, total)
    report_removed(ORIGINAL, Original.objects.filter(pk=OuterRef("code")), findings)
    return done


def _problems_of_original(original: Original, after: str | None) -> Iterator[str]:
    """What is wrong with an original."""
    if hashlib.sha256(original.content).hexdigest() != original.digest:
        yield "The bytes of this original were replaced: they do not have the digest under which they were kept."
    if hashlib.sha256(original.text.encode()).hexdigest() != original.text_digest:
        yield "The text of this original was altered: it does not have the digest that was kept with it."
    if after is None:
        yield "No line of the journal tells of this original: it was added outside the application."
        return
    said = content_of(after)
    altered = [
        name for name in ("name", "media_type", "size", "text_digest") if getattr(original, name) != said.get(name)
    ]
    if altered:
        yield f"This original was altered outside the application: {', '.join(altered)}."


def _compare_analyses(findings: Findings, progress: Progress) -> int:
    """Analyses: the files that each was computed from, its result and its report."""
    total, done = AnalysisInput.objects.count(), 0
    lines = dict(Entry.objects.filter(noun=ANALYSIS).values_list("code", "after"))
    for analysis in Analysis.objects.order_by("pk").iterator(chunk_size=1):
        where = f"{ANALYSIS}:{analysis.public_id} ({analysis.title})"
        inputs: dict[str, str] = {}
        for key in analysis.inputs.order_by("pk").values_list("pk", flat=True):
            file = AnalysisInput.objects.get(pk=key)
            inputs[file.name] = file.sha256
            if hashlib.sha256(file.content).hexdigest() != file.sha256:
                findings.add(f"The bytes of {file.name}, from which it was computed, were replaced.", where, RESTORE)
            progress("Files of analyses", done := done + 1, total)
        if (after := lines.pop(str(analysis.public_id), None)) is None:
            continue  # recorded before there was a journal
        said = content_of(after)
        names = ("title", "record_digest", "software_version", "policy_version")
        altered = [name for name in names if getattr(analysis, name) != said.get(name)]
        altered += ["inputs"] if inputs != said.get("inputs") else []
        # Lines that were written by earlier versions do not have them.
        altered += [name for name, digest in said.get("digests", {}).items() if analysis.digests.get(name) != digest]
        if altered:
            findings.add(f"This analysis was altered outside the application: {', '.join(altered)}.", where, RESTORE)
    for code in lines:
        findings.add(REMOVED, f"{ANALYSIS}:{code}", RESTORE)
    return done
