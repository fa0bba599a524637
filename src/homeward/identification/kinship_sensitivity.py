"""How much the LR of pedigrees hangs on theta, on the mutation rate, on the population and on single loci."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import HomewardError, InputError, Problem
from homeward.formats.genotypes import locus_letters
from homeward.formats.seen_alleles import FIVE_OVER_2N, with_alleles_seen
from homeward.genetics.case import Case, Population
from homeward.genetics.databases.frequencies import FrequencyDatabase, bundled_databases, load_database
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
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
    """The total log10 LR of a hypothesis with one locus left out.

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
    case = replace(result.case, populations=())
    settings = [
        _computed(Varied.THETA, f"{theta:g}", theta == case.panel.theta, lambda t=theta: with_theta(case, t), result)
        for theta in sorted({*thetas, case.panel.theta})
    ]
    if any(locus.female_mutation.mutates or locus.male_mutation.mutates for locus in case.panel.loci):
        settings += [
            _computed(
                Varied.MUTATION,
                "none" if factor == 0 else f"rates × {factor:g}",
                factor == 1.0,
                lambda f=factor: replace(case, panel=_with_rates_times(case.panel, f)),
                result,
            )
            for factor in sorted({*mutation_factors, 1.0})
        ]
    settings += _populations(result, bundled=bundled)
    names = tuple(hypothesis.name for hypothesis in case.hypotheses)
    return KinshipSensitivity(names, result.log10_lr, tuple(settings), tuple(_left_out(result)))


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


def _computed(varied: Varied, label: str, is_own: bool, changed: Callable[[], Case], result: KinshipResult) -> Setting:
    """Return the LRs of a changed case, or why there are none."""
    if is_own:
        return Setting(varied, label, True, result.log10_lr)
    try:
        return Setting(varied, label, False, compare_pedigrees(changed()).log10_lr)
    except InputError as error:
        return Setting(varied, label, False, None, error.problems[0].what)
    except HomewardError as error:
        return Setting(varied, label, False, None, str(error))


def _with_rates_times(panel: Panel, factor: float) -> Panel:
    """Return the panel with all mutation rates multiplied."""

    def scaled(locus: Locus) -> Locus:
        models = (locus.female_mutation, locus.male_mutation)
        female, male = (_scaled(model, factor) for model in models)
        return replace(locus, female_mutation=female, male_mutation=male)

    return replace(panel, loci=tuple(map(scaled, panel.loci)))


def _scaled(model: MutationModel, factor: float) -> MutationModel:
    if factor == 0.0 or not model.mutates:
        return NO_MUTATION
    if model.kind is MutationKind.CUSTOM:
        rows = np.array(model.matrix)
        away = factor * (rows - np.eye(len(rows)))
        return replace(model, matrix=tuple(map(tuple, (np.eye(len(rows)) + away).tolist())))
    return replace(model, rate=model.rate * factor, microvariant_rate=model.microvariant_rate * factor)


def _populations(result: KinshipResult, *, bundled: bool) -> list[Setting]:
    case = result.case
    settings = [
        Setting(Varied.POPULATION, one.name, one.name == case.population, one.log10_lr) for one in result.populations
    ]
    if bundled:
        if not settings:
            settings.append(Setting(Varied.POPULATION, case.panel.database or "as in the case", True, result.log10_lr))
        known = {case.panel.database, *(one.label for one in settings)}
        settings += [
            _computed(Varied.POPULATION, f"{name}, {population}", False, _in_database(case, name, population), result)
            for name, populations in bundled_databases().items()
            for population in populations
            if load_database(name, population).title not in known
        ]
    return settings


def _in_database(case: Case, name: str, population: str) -> Callable[[], Case]:
    """Return what makes the case with the frequencies of a bundled population."""

    def changed() -> Case:
        seen = _alleles_seen(case)
        database = _named_as(seen, load_database(name, population))
        absent = [locus for locus in seen if locus not in database.loci]
        if absent:
            raise InputError(Problem(f"It has no frequencies of {', '.join(absent)}.", database.title, "Leave it out."))
        completed, _ = with_alleles_seen(database, seen, seen, FIVE_OVER_2N)
        loci = tuple(_with_frequencies(locus, completed) if locus.name in seen else locus for locus in case.panel.loci)
        panel = replace(case.panel, loci=loci, database=database.title)
        populations = (Population(database.title, panel),)
        return replace(in_population(replace(case, populations=populations), database.title), populations=())

    return changed


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
    """Return the range of the total without each locus in turn."""
    names, values = result.case.panel.names, result.log10_likelihood
    typed = np.any([h.profiles.typed.any(axis=0) for h in result.case.hypotheses], axis=0)
    for h, hypothesis in enumerate(result.case.hypotheses[:-1]):
        total = float(result.log10_lr[h])
        with np.errstate(invalid="ignore"):
            alone = values[h] - values[-1]
        parts = [(names[i], float(alone[i])) for i in np.flatnonzero(typed).tolist()]
        if np.isfinite(total) and parts:
            without = [(name, total - value) for name, value in parts]
            lowest, highest = (choose(without, key=lambda pair: pair[1]) for choose in (min, max))
            yield LeftOut(hypothesis.name, lowest, highest)
