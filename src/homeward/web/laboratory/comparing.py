"""A run of the engine on what the record holds: screened, resolved, and kept with what it rests on."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from homeward.core.errors import InputError, Problem
from homeward.formats.case_folder_writer import write_case_folder
from homeward.identification.policy import policy_of
from homeward.identification.screen import screen
from homeward.identification.screen_policy import ScreenPolicy
from homeward.identification.screen_results import Screen
from homeward.reports.documents import json_number
from homeward.web.accounts.models import User
from homeward.web.casework.actions import record_analysis
from homeward.web.journal.keeping import require
from homeward.web.laboratory.case_from_record import STANDARD, RecordCase, case_from_record
from homeward.web.laboratory.comparisons import ComparedProfile, Comparison
from homeward.web.laboratory.lineages import Lineages, read_lineages
from homeward.web.laboratory.looks import note_looks
from homeward.web.laboratory.panel_choice import PanelChoice
from homeward.web.laboratory.pedigree_rows import donors_of, read_families
from homeward.web.laboratory.profiles import Profile

MOST_PAIRS = 40_000
"""Pairs that are compared while a page waits; more are a job for an export and 'homeward screen'."""
MOST_CANDIDATES = 200
"""Candidates that are kept for the page; the result of the analysis has all."""


def run_comparison(
    *,
    by: User,
    samples: Collection[str] | None = None,
    families: Collection[str] | None = None,
    choice: PanelChoice = STANDARD,
    title: str = "From the record",
) -> Comparison:
    """Compare samples with families and keep result, report and inputs; the same inputs are kept once.

    Parameters
    ----------
    samples, families : collection of str
        Codes; all if ``None``.
    title : str
        Of the analysis.

    Raises
    ------
    PermissionDenied
        The user may not see profiles or families, or may not record an analysis.
    InputError
        There is nothing to compare, or too much for a page.
    """
    require(by, "casework.add_analysis")
    made = case_from_record(by, samples=samples, families=families, choice=choice, title=title)
    made = _marked(made)
    _check_size(made)
    rows = read_families(by, {family.id for family in made.case.families})
    in_samples = {code for members in made.sample_owners.values() for code in members}
    lineages = read_lineages(by, in_samples, rows, donors_of(by, rows))
    with transaction.atomic():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case"
            write_case_folder(made.case, path)
            analysis = record_analysis(path, by=by)
        used = {one.code: one.version for one in (*made.used, *lineages.used)}
        note_looks(used, by, "comparison")
        comparison = Comparison.objects.filter(analysis=analysis).first()
        if comparison is not None:
            return comparison
        screened = screen(made.case, ScreenPolicy(policy=policy_of(made.case), min_log10_lr=-2.0))
        comparison = Comparison.objects.create(
            analysis=analysis,
            by=by,
            candidates=candidate_rows(screened, made.sample_owners, lineages),
            set_aside=[asdict(one) for one in made.set_aside],
        )
        ComparedProfile.objects.bulk_create(
            ComparedProfile(comparison=comparison, profile_id=code, version=version) for code, version in used.items()
        )
    return comparison


def _marked(made: RecordCase) -> RecordCase:
    """The case, marked as made up if every profile in it is."""
    codes = [one.code for one in made.used]
    if not codes or Profile.objects.filter(pk__in=codes[:1], made_up=False).exists():
        return made
    made_up = set(Profile.objects.filter(made_up=True).order_by().values_list("pk", flat=True))
    if not made_up.issuperset(codes):
        return made
    object.__setattr__(made.case, "synthetic", True)
    return made


def _check_size(made: RecordCase) -> None:
    """Refuse what is nothing to compare, and what is too much."""
    n_samples, n_missing = len(made.case.samples), len(made.case.missing_ids)
    reasons = "; ".join(f"{one.about}: {one.reason}" for one in made.set_aside[:20])
    problems = []
    if not n_samples:
        what = f"No sample that was chosen has a profile that may be used. {reasons}".strip()
        problems.append(Problem(what, "samples", "Choose others, or clear what is suspected."))
    if not n_missing:
        what = f"No family that was chosen has somebody missing and a relative's profile. {reasons}".strip()
        problems.append(Problem(what, "families", "Choose others, or bring in the profiles of donors."))
    if n_samples * n_missing > MOST_PAIRS:
        what = f"{n_samples:,} samples and {n_missing:,} missing are too much for a page."
        fix = "Choose fewer, or export the case and use 'homeward screen'."
        problems.append(Problem(what, "samples, families", fix))
    if problems:
        raise InputError(*problems)


def candidate_rows(
    screened: Screen, sample_owners: Mapping[str, Collection[str]], lineages: Lineages
) -> list[dict[str, Any]]:
    """Return the candidates of a screen, best first, with what mtDNA and Y-STR say beside each."""
    of = screened.candidates
    order = sorted(range(len(of)), key=lambda i: (-of.order_log10_lr[i], int(of.sample[i]), int(of.subject[i])))
    persons = {
        rows.people[code].name: (family, code) for family, rows in lineages.families.items() for code in rows.sought
    }
    found: list[dict[str, Any]] = []
    for i in order[:MOST_CANDIDATES]:
        sample, subject = screened.case.samples.ids[of.sample[i]], screened.subjects[of.subject[i]]
        missing = subject.id.rpartition("/")[2]
        family, code = persons[missing]
        members = sorted(sample_owners[sample])
        lines = {
            "mt": lineages.mt_result(members, subject.family or family, code),
            "y": lineages.y_result(members, subject.family or family, code),
        }
        found.append(
            {
                "sample": sample,
                "samples": members,
                "missing": missing,
                "family": subject.family,
                "log10_lr": json_number(float(of.log10_lr[i])),
                "expected_log10_lr": json_number(float(of.expected_log10_lr[i])),
                "inconsistencies": int(of.n_inconsistent[i]),
                "loci": int(of.n_loci[i]),
                "rank": int(of.rank[i]) or None,
                **{name: None if one is None else asdict(one) for name, one in lines.items()},
            }
        )
    return found
