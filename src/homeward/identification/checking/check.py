"""The check of a case before use: every family, every pair of people, and what would explain what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.identification.assumptions import assumption_notes
from homeward.identification.checking.corrections import Correction, Corrector
from homeward.identification.checking.findings import findings_of
from homeward.identification.checking.inheritance import inheritance_errors
from homeward.identification.checking.pairs import MOST_PEOPLE, PairChecks, check_pairs
from homeward.identification.checking.people import (
    choose_loci,
    families_of,
    gather_people,
    is_inherited,
    panel_of,
)
from homeward.identification.checking.results import CheckResult, FamilyCheck
from homeward.identification.checking.settings import CheckSettings, check_settings
from homeward.identification.checking.sexes import check_sexes, has_sex_loci
from homeward.identification.numbers import counted


def check_case(
    case: Case,
    settings: CheckSettings | None = None,
    *,
    families: Sequence[str] = (),
    progress: Progress = no_progress,
) -> CheckResult:
    """Check the families of a case before they are used.

    Without families, the competing pedigrees of a kinship case are looked at one by one. Samples take no part:
    `homeward screen` compares them.

    Parameters
    ----------
    case : Case
    settings : CheckSettings, optional
    families : sequence of str
        Ids of the families to check; all if empty. Their members are compared with those of all families.
    progress : callable
        Told how many pairs and families are done.

    Returns
    -------
    CheckResult
        Errors of inheritance, sexes, pairs and the best single corrections; the same settings give the same result.

    Raises
    ------
    InputError
        The case has neither families nor competing pedigrees, a family of this name does not exist, or a setting is out
        of range.
    """
    settings = settings or CheckSettings()
    check_settings(settings, where="settings")
    everybody = families_of(case)
    chosen = _choose(case, [family.id for family in everybody], families)
    people = gather_people(case, everybody)
    is_kinship = not case.families
    pairs = check_pairs(people, settings, chosen, progress=progress, within_only=is_kinship)
    corrector = Corrector(
        case.panel,
        everybody,
        rate=settings.rate,
        sex_error=settings.sex_error,
        exchange_across=len(people) <= MOST_PEOPLE and not is_kinship,
    )
    loci = np.array([i for i, locus in enumerate(case.panel.loci) if is_inherited(locus)], dtype=np.intp)
    # Whether a family is possible does not depend on theta.
    panel = replace(panel_of(case.panel, loci), theta=0.0)
    checks = []
    for n, at in enumerate(chosen, start=1):
        family = everybody[at]
        inherited = replace(family, profiles=choose_loci(family.profiles, loci, list(range(len(family.pedigree)))))
        errors, sexes = inheritance_errors(inherited, panel), check_sexes(family, case.panel)
        suspects = {family.pedigree.position(person) for error in errors for person in error.people}
        suspects |= {family.pedigree.position(one.person) for one in sexes if one.disagrees}
        suspects |= _suspects_of_pairs(pairs, at)
        corrections = corrector.corrections(at, suspects) if suspects and not is_kinship else []
        checks.append(
            FamilyCheck(
                family=family,
                is_hypothesis=is_kinship,
                n_typed=int(family.profiles.typed.any(axis=1).sum()),
                log10_likelihood=float(pedigree_log10_likelihood(family.pedigree, inherited.profiles, panel).sum()),
                errors=errors,
                sexes=sexes,
                corrections=tuple(corrections[: settings.shown]),
            )
        )
        progress("Checking families", n, len(chosen))
    checks = [replace(one, corrections=_bounded(one.corrections, corrector.n_tried)) for one in checks]
    return CheckResult(
        case=case,
        settings=settings,
        families=tuple(checks),
        pairs=pairs,
        n_corrections=corrector.n_tried,
        findings=findings_of(checks, pairs, settings),
        notes=tuple(_notes(case, pairs, len(people), is_kinship)),
        software_version=__version__,
        inputs=case.inputs,
    )


def _choose(case: Case, ids: list[str], wanted: Sequence[str]) -> list[int]:
    """Return the positions of the families to check."""
    if not ids:
        fix = "Give a case with families, or with pedigrees to compare."
        raise InputError(Problem("There is no family to check.", case.title, fix))
    unknown = [name for name in wanted if name not in ids]
    if unknown:
        known = ", ".join(ids)
        raise InputError(
            *(Problem(f"There is no family '{name}'.", case.title, f"The families are: {known}.") for name in unknown)
        )
    return [at for at, name in enumerate(ids) if not wanted or name in wanted]


def _suspects_of_pairs(pairs: PairChecks, family: int) -> set[int]:
    """Return the positions of members of a family who make a finding with another member of it."""
    return {
        member.position
        for pair in pairs.pairs
        if pair.grade is not None and pair.first.family == pair.second.family == family
        for member in (pair.first, pair.second)
    }


def _bounded(corrections: Sequence[Correction], n_tried: int) -> tuple[Correction, ...]:
    """Say of every correction how often any of those tried would gain as much by chance, at most."""
    return tuple(
        replace(one, bound=float(min(1.0, n_tried * 10.0 ** -min(one.log10_gain, 300.0)))) for one in corrections
    )


def _notes(case: Case, pairs: PairChecks, n_people: int, is_kinship: bool) -> list[str]:
    notes = assumption_notes(case)
    if case.panel.theta:
        notes.append("Pairs were compared with theta, corrections without it.")
    if not has_sex_loci(case.panel):
        notes.append("No locus tells the sexes apart, so that recorded sexes could not be checked.")
    if not pairs.across_families and not is_kinship:
        notes.append(
            f"With {counted(n_people, 'typed person', 'typed people')} only pairs within families were compared, and "
            "no exchange between families was tried; up to "
            f"{MOST_PEOPLE:,} would be compared across families."
        )
    if is_kinship:
        notes.append(
            "The pedigrees compete: where profiles contradict one of them, that is evidence against it, and no "
            "correction was looked for."
        )
    if not pairs.n_compared:
        notes.append("No two typed people have enough loci in common, so that no pair was compared.")
    return notes
