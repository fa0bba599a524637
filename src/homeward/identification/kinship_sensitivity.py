"""How much the LR of pedigrees hangs on theta, on the mutation rate, on the population and on single loci."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import HomewardError, InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.formats.frequency_rules import MinimumRule
from homeward.formats.genotypes import locus_letters
from homeward.formats.seen_alleles import with_alleles_seen
from homeward.genetics.case import Case, Population
from homeward.genetics.databases.frequencies import FrequencyDatabase, bundled_databases, load_database
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Locus
from homeward.genetics.populations import in_population, with_theta
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.results import KinshipResult

THETAS: Final = (0.0, 0.01, 0.02, 0.03, 0.05)
"""Co-ancestry coefficients that are compared. The second report of the National Research Council (1996, The Evaluation
of Forensic DNA Evidence) takes 0.01 for most populations and 0.03 for small, isolated ones."""

MUTATION_FACTORS: Final = (0.0, 0.1, 1.0, 10.0)
"""Factors on the mutation rates that are compared; 0 is no mutation."""


class Varied(StrEnum):
    """What is varied."""

    THETA = "theta"
    MUTATION = "mutation"
    POPULATION = "population"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The LRs of H hypotheses with one thing changed.

    label: what it was set to, in words.
    is_own: whether this is how the case was computed.
    log10_lr: (H,) against the last hypothesis; None where it cannot be computed, and then ``problem`` says why.
    """

    varied: Varied
    label: str
    is_own: bool
    log10_lr: FloatArray | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The total log10 LR of a hypothesis with one locus, or one linkage group, left out.

    lowest, highest: what is left out and the total without it.
    """

    hypothesis: str
    lowest: tuple[str, float]
    highest: tuple[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class KinshipSensitivity:
    """How much the LR of pedigrees hangs on what was assumed.

    names: of the H hypotheses; the last is the reference.
    log10_lr: (H,) as the case was computed.
    settings: one thing changed at a time.
    left_out: for each hypothesis with a finite LR.
    """

    names: tuple[str, ...]
    log10_lr: FloatArray
    settings: tuple[Setting, ...]
    left_out: tuple[LeftOut, ...]

    def of(self, varied: Varied) -> tuple[Setting, ...]:
        """Return the settings of one kind."""
        return tuple(setting for setting in self.settings if setting.varied is varied)


def kinship_sensitivity(
    result: KinshipResult,
    *,
    thetas: Sequence[float] = THETAS,
    mutation_factors: Sequence[float] = MUTATION_FACTORS,
    bundled: bool = False,
    progress: Progress = no_progress,
) -> KinshipSensitivity:
    """Return the LRs of compared pedigrees with one thing changed at a time.

    Parameters
    ----------
    result : KinshipResult
        Of :func:`~homeward.identification.kinship.compare_pedigrees`.
    thetas : sequence of float
        Co-ancestry coefficients; that of the case is among what is returned in any case.
    mutation_factors : sequence of float
        What the rates of all loci are multiplied by; 1 is among what is returned in any case.
    bundled : bool
        Compare the populations that come with Homeward as well as those of the case, as far as they have all loci;
        alleles that nobody counted get the frequency 5/(2N).
    progress : callable
        Called for each setting; theta with a mutation model takes long where relatives are distant.

    Returns
    -------
    KinshipSensitivity
        What cannot be computed, such as a rate times 10 that is above what the model allows, is among the settings
        and says why.

    Raises
    ------
    InputError
        A theta is outside [0, 1) or a factor is below 0.
    """
    _check(thetas, mutation_factors)
    changes = [*_changes(result, thetas, mutation_factors), *(_bundled_changes(result) if bundled else ())]
    settings = _populations(result)
    for number, change in enumerate(changes):
        progress("Computing other settings", number, len(changes))
        settings.append(_computed(change, result))
    names = tuple(hypothesis.name for hypothesis in result.case.hypotheses)
    return KinshipSensitivity(names, result.log10_lr, tuple(settings), tuple(_left_out(result)))


@dataclass(frozen=True, slots=True)
class _Change:
    """What a case becomes; None where it stays as it is."""

    varied: Varied
    label: str
    case: Callable[[], Case] | None


def _changes(result: KinshipResult, thetas: Iterable[float], factors: Iterable[float]) -> Iterator[_Change]:
    case = replace(result.case, populations=())
    for theta in sorted({*thetas, case.panel.theta}):
        changed = None if theta == case.panel.theta else partial(with_theta, case, theta)
        yield _Change(Varied.THETA, f"{theta:g}", changed)
    if not any(locus.female_mutation.mutates or locus.male_mutation.mutates for locus in case.panel.loci):
        return
    for factor in sorted({*factors, 1.0}):
        label = "none" if factor == 0 else f"rates × {factor:g}"
        yield _Change(Varied.MUTATION, label, None if factor == 1.0 else partial(_with_rates_times, case, factor))


def _bundled_changes(result: KinshipResult) -> Iterator[_Change]:
    case = result.case
    if not result.populations:
        yield _Change(Varied.POPULATION, case.panel.database or "as in the case", None)
    known = {case.panel.database, *(one.name for one in result.populations)}
    for name, populations in bundled_databases().items():
        for population in populations:
            if load_database(name, population).title not in known:
                changed = partial(_in_database, case, name, population)
                yield _Change(Varied.POPULATION, f"{name}, {population}", changed)


def _check(thetas: Iterable[float], factors: Iterable[float]) -> None:
    problems = [
        Problem(f"Theta {theta:g} is not in [0, 1).", "sensitivity", "0.01 to 0.03 are usual.")
        for theta in thetas
        if not 0.0 <= theta < 1.0
    ]
    problems += [
        Problem(f"The factor {factor:g} on mutation rates is below 0.", "sensitivity", "Give 0 for no mutation.")
        for factor in factors
        if not factor >= 0.0
    ]
    if problems:
        raise InputError(*problems)


def _computed(change: _Change, result: KinshipResult) -> Setting:
    """Return the LRs of a changed case, or why there are none."""
    if change.case is None:
        return Setting(change.varied, change.label, True, result.log10_lr)
    try:
        return Setting(change.varied, change.label, False, compare_pedigrees(change.case()).log10_lr)
    except InputError as error:
        return Setting(change.varied, change.label, False, None, error.problems[0].what)
    except HomewardError as error:
        return Setting(change.varied, change.label, False, None, str(error))


def _with_rates_times(case: Case, factor: float) -> Case:
    """Return the case with all mutation rates multiplied."""

    def scaled(locus: Locus) -> Locus:
        models = (locus.female_mutation, locus.male_mutation)
        female, male = (_scaled(model, factor) for model in models)
        return replace(locus, female_mutation=female, male_mutation=male)

    return replace(case, panel=replace(case.panel, loci=tuple(map(scaled, case.panel.loci))))


def _scaled(model: MutationModel, factor: float) -> MutationModel:
    if factor == 0.0 or not model.mutates:
        return NO_MUTATION
    if model.kind is MutationKind.CUSTOM:
        rows = np.array(model.matrix)
        away = factor * (rows - np.eye(len(rows)))
        return replace(model, matrix=tuple(map(tuple, (np.eye(len(rows)) + away).tolist())))
    return replace(model, rate=model.rate * factor, microvariant_rate=model.microvariant_rate * factor)


def _populations(result: KinshipResult) -> list[Setting]:
    """Return what was computed in each population of the case."""
    own = result.case.population
    return [Setting(Varied.POPULATION, one.name, one.name == own, one.log10_lr) for one in result.populations]


def _in_database(case: Case, name: str, population: str) -> Case:
    """Return the case with the frequencies of a bundled population."""
    seen = _alleles_seen(case)
    database = _named_as(seen, load_database(name, population))
    absent = [locus for locus in seen if locus not in database.loci]
    if absent:
        raise InputError(Problem(f"It has no frequencies of {', '.join(absent)}.", database.title, "Leave it out."))
    completed, _ = with_alleles_seen(database, seen, seen, MinimumRule.FIVE_COPIES)
    loci = tuple(_with_frequencies(locus, completed) if locus.name in seen else locus for locus in case.panel.loci)
    panel = replace(case.panel, loci=loci, database=database.title)
    populations = (Population(database.title, panel),)
    return replace(in_population(replace(case, populations=populations), database.title), populations=())


def _named_as(names: Iterable[str], database: FrequencyDatabase) -> FrequencyDatabase:
    """Return the database with loci called as in the case: PENTA_E for Penta E."""
    called = {locus_letters(name): name for name in names}
    return replace(database, loci={called.get(locus_letters(n), n): table for n, table in database.loci.items()})


def _alleles_seen(case: Case) -> dict[str, dict[str, str]]:
    """Return locus to alleles that somebody shows to where."""
    seen: dict[str, dict[str, str]] = {}
    for i, locus in enumerate(case.panel.loci):
        for hypothesis in case.hypotheses:
            for code in np.unique(hypothesis.profiles.alleles[:, i]):
                if 0 <= code < len(locus.alleles):
                    seen.setdefault(locus.name, {}).setdefault(locus.alleles[code], f"locus {locus.name}")
    return seen


def _with_frequencies(locus: Locus, database: FrequencyDatabase) -> Locus:
    table = database.loci[locus.name]
    return replace(
        locus,
        alleles=table.alleles,
        frequencies=table.frequencies * (1.0 - locus.silent_frequency),
        database_size=table.n_counted,
    )


def _left_out(result: KinshipResult) -> Iterable[LeftOut]:
    """Return the range of the total without each locus in turn; linked loci are left out together."""
    names, values = result.case.panel.names, result.log10_likelihood
    typed = np.any([h.profiles.typed.any(axis=0) for h in result.case.hypotheses], axis=0)
    linked = {i for part in result.linked for i in part.group.loci}
    for h, hypothesis in enumerate(result.case.hypotheses[:-1]):
        total = float(result.log10_lr[h])
        with np.errstate(invalid="ignore"):
            alone = values[h] - values[-1]
        parts = [(names[i], float(alone[i])) for i in np.flatnonzero(typed).tolist() if i not in linked]
        parts += [
            (", ".join(names[i] for i in part.group.loci), float(part.log10_lr_linked[h])) for part in result.linked
        ]
        if np.isfinite(total) and parts:
            without = [(name, total - value) for name, value in parts]
            lowest, highest = (choose(without, key=lambda pair: pair[1]) for choose in (min, max))
            yield LeftOut(hypothesis.name, lowest, highest)
