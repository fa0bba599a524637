"""Whether a family is informative and who should be sampled next; whether two pedigrees can be told apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward import __version__
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case, Family, MissingPerson
from homeward.genetics.prediction import predict_genotypes
from homeward.genetics.simulation.lr_power import work_out_power
from homeward.identification.assumptions import assumption_notes
from homeward.identification.policy import Policy, policy_of
from homeward.identification.power_questions import (
    candidates_to_sample,
    missing_contrast,
    pedigree_contrast,
    typed_members,
)
from homeward.identification.power_results import (
    ComparisonPower,
    MissingPower,
    PowerResult,
    PowerSettings,
    SampledSet,
)

SIMULATIONS = 10_000
SEED = 1


def power_settings(
    policy: Policy,
    *,
    n_simulations: int = SIMULATIONS,
    seed: int = SEED,
    log10_threshold: float | None = None,
    dropout: float = 0.0,
) -> PowerSettings:
    """Return settings; without a threshold it is what the policy asks of an identification.

    Raises
    ------
    InputError
        A value cannot be used; lists them all.
    """
    threshold = policy.identified_log10_glr if log10_threshold is None else log10_threshold
    log = ProblemLog()
    if n_simulations < 1:
        log.add(f"{n_simulations} simulations are none.", where="--simulations", fix="Ask for 10000, for example.")
    if seed < 0:
        log.add(f"The seed {seed} is below 0.", where="--seed", fix="Give a whole number of 0 or more.")
    if not np.isfinite(threshold):
        log.add("This is no number that a log10 LR can reach.", where="--threshold", fix="Give one such as 4.")
    if not 0.0 <= dropout < 1.0:
        log.add(
            f"The dropout probability {dropout:g} is outside [0, 1).", where="--dropout", fix="Give one such as 0.1."
        )
    log.raise_if_any()
    return PowerSettings(n_simulations, seed, threshold, dropout)


def power(
    case: Case,
    *,
    missing: Sequence[str] = (),
    next_relatives: Sequence[str] = (),
    typed: Sequence[str] = (),
    settings: PowerSettings | None = None,
    policy: Policy | None = None,
    progress: Progress = no_progress,
) -> PowerResult:
    """Return the power of the families of a case, or, if it compares pedigrees, of that comparison.

    Parameters
    ----------
    case : Case
    missing : sequence of str
        Ids of missing persons; all if none is named.
    next_relatives : sequence of str
        Members of their families who could be sampled, by their names in the pedigree; if none is named, everybody of
        whom nothing is typed. If several are named for a family, all of them together are worked out as well.
    typed : sequence of str
        In a comparison of pedigrees, people who would be typed; all who are if none is named.
    settings : PowerSettings, optional
        See :func:`power_settings`.
    policy : Policy, optional
    progress : callable
        Told how many sets of relatives are done.

    Raises
    ------
    InputError
        Something is asked for that the case does not have, or what is typed contradicts a pedigree that was asked for.
    """
    policy = policy or policy_of(case)
    settings = settings or power_settings(policy)
    if case.families:
        _check_options({"--typed": typed}, case, "compares no pedigrees", "Use --missing and --next.")
        found, notes = _families(case, missing, next_relatives, settings, progress)
        return _result(case, policy, settings, tuple(found), None, notes)
    if len(case.hypotheses) < 2:
        fix = "Give a case with families that have a missing member, or with two pedigrees for the same people."
        raise InputError(Problem("There is nothing in this case whose power could be worked out.", case.title, fix))
    _check_options(
        {"--missing": missing, "--next": next_relatives}, case, "compares pedigrees", "Use --typed to say who is typed."
    )
    comparison = _comparison(case, typed, settings, progress)
    return _result(case, policy, settings, (), comparison, [])


def _result(
    case: Case,
    policy: Policy,
    settings: PowerSettings,
    missing: tuple[MissingPower, ...],
    comparison: ComparisonPower | None,
    notes: Sequence[str],
) -> PowerResult:
    powers = [of.power for person in missing for of in person.sets]
    powers += [comparison.power] if comparison else []
    notes = [*assumption_notes(case), *notes]
    if any(not one.is_exact.all() for one in powers):
        notes.append(
            "Where three or more people are to be typed, the exclusion power and the expected log10 LR of loci with "
            "many alleles are means over the simulated profiles. All others are exact sums."
        )
    return PowerResult(case, policy, settings, missing, comparison, (*case.notes, *notes), __version__, case.inputs)


def _check_options(options: dict[str, Sequence[str]], case: Case, does: str, fix: str) -> None:
    """Refuse options that belong to the other kind of case."""
    log = ProblemLog()
    for option, values in options.items():
        if values:
            log.add(f"{option} says nothing to a case that {does}.", where=f"{option} {' '.join(values)}", fix=fix)
    log.raise_if_any()


def _families(
    case: Case, missing: Sequence[str], relatives: Sequence[str], settings: PowerSettings, progress: Progress
) -> tuple[list[MissingPower], list[str]]:
    chosen = _chosen(case, missing)
    _check_relatives(chosen, relatives)
    found, notes = [], []
    for done, (number, family, person) in enumerate(chosen):
        progress("Working out the power of families", done, len(chosen))
        try:
            found.append(_missing_power(case, family, person, number, relatives, settings))
        except InputError as error:
            if missing:
                raise
            notes.append(f"{person.id} is left out: {error.problems[0].what}")
    progress("Working out the power of families", len(chosen), len(chosen))
    return found, notes


def _chosen(case: Case, missing: Sequence[str]) -> list[tuple[int, Family, MissingPerson]]:
    """Return the missing persons asked for, numbered by their place in the case."""
    log = ProblemLog()
    everybody = [(family, person) for family in case.families for person in family.missing]
    for name in missing:
        if name not in case.missing_ids:
            known = ", ".join(case.missing_ids) or "none"
            log.add(
                f"There is no missing person '{name}'.", where="--missing", fix=f"The missing persons are: {known}."
            )
    if not everybody:
        log.add("No family of this case has a missing member.", where=case.title, fix="Mark them in people.csv.")
    log.raise_if_any()
    return [(i, family, person) for i, (family, person) in enumerate(everybody) if not missing or person.id in missing]


def _check_relatives(chosen: Sequence[tuple[int, Family, MissingPerson]], relatives: Sequence[str]) -> None:
    log = ProblemLog()
    families = {family.id: family for _, family, _ in chosen}.values()
    for name in relatives:
        where, of = "--next", [family for family in families if name in family.pedigree.ids]
        if not of:
            known = ", ".join(person for family in families for person in candidates_to_sample(family)) or "nobody"
            log.add(f"'{name}' is in none of the families.", where=where, fix=f"Those not typed yet are: {known}.")
        for family in of:
            position = family.pedigree.position(name)
            if position in {person.position for person in family.missing}:
                log.add(f"'{name}' is missing and cannot be sampled.", where=where, fix="Name another relative.")
            elif family.profiles.typed[position].all():
                log.add(f"'{name}' is typed at every locus already.", where=where, fix="Name another relative.")
    log.raise_if_any()


def _missing_power(
    case: Case, family: Family, person: MissingPerson, number: int, relatives: Sequence[str], settings: PowerSettings
) -> MissingPower:
    named = [name for name in dict.fromkeys(relatives) if name in family.pedigree.ids]
    groups: list[tuple[str, ...]] = [(name,) for name in (named or candidates_to_sample(family))]
    groups += [tuple(named)] if len(named) > 1 else []

    def sampled(added: tuple[str, ...]) -> SampledSet:
        # Each question has random numbers of its own, so that its answer does not hang on what else was asked.
        places = [family.pedigree.position(name) for name in added]
        rng = np.random.default_rng([settings.seed, number, *places])
        contrast = missing_contrast(family, person.position, case.panel, added, dropout=settings.dropout)
        return SampledSet(added, work_out_power(contrast, settings.n_simulations, rng))

    present = sampled(())
    next_sets = sorted(map(sampled, groups), key=lambda one: -one.power.total_expected_log10_lr)
    return MissingPower(
        family=family,
        missing=person.id,
        typed=typed_members(family.pedigree, family.profiles),
        present=present,
        next_sets=tuple(next_sets),
        predicted=predict_genotypes(family.pedigree, family.profiles, case.panel, person.position),
    )


def _comparison(case: Case, typed: Sequence[str], settings: PowerSettings, progress: Progress) -> ComparisonPower:
    contrast = pedigree_contrast(case, typed)
    rng = np.random.default_rng([settings.seed])
    others = typed_members(contrast.h1.pedigree, contrast.h1.profiles)
    found = work_out_power(contrast, settings.n_simulations, rng, progress=progress)
    return ComparisonPower(contrast.h1.name, contrast.h2.name, contrast.people, others, found)
