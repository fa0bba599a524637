"""The models of mutation: kind and parameters, and the matrix that they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.mutation.stepwise import dawid_rates, one_step_rates, stepwise_rates
from homeward.genetics.mutation.transforms import MutationTransform, transform_matrix, with_diagonal

ROW_SUM_TOLERANCE = 1e-9
"""How far the rows of a custom matrix may be from summing to one."""


class MutationKind(StrEnum):
    """The families of mutation matrices."""

    NONE = "none"
    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    ONE_STEP = "onestep"
    STEPWISE = "stepwise"
    DAWID = "dawid"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class MutationModel:
    """How one sex transmits alleles at one locus.

    rate: probability that a transmission changes the allele (``stepwise``: by whole repeats; ``proportional`` and
        ``dawid``: on average over the population), in [0, 1].
    step_ratio: ``stepwise`` and ``dawid``: how much rarer each further step is, in (0, 1]; Familias calls it the range.
    microvariant_rate: ``stepwise``: probability of a change to another fraction (9 to 9.3), in [0, 1].
    transform: what is done to the matrix, so that it keeps the allele frequencies or is reversible.
    matrix: ``custom``: the rows of M over the alleles of the locus, in their order.
    """

    kind: MutationKind = MutationKind.NONE
    rate: float = 0.0
    step_ratio: float = 0.1
    microvariant_rate: float = 0.0
    transform: MutationTransform = MutationTransform.NONE
    matrix: tuple[tuple[float, ...], ...] = ()

    @property
    def mutates(self) -> bool:
        """Whether any allele can change at all."""
        if self.kind is MutationKind.CUSTOM:
            return any(row[i : i + 1] != (1.0,) for i, row in enumerate(self.matrix))
        return self.kind is not MutationKind.NONE and (
            self.rate > 0 or (self.kind is MutationKind.STEPWISE and self.microvariant_rate > 0)
        )

    @property
    def has_steps(self) -> bool:
        """Whether the step ratio means anything."""
        return self.kind in (MutationKind.STEPWISE, MutationKind.DAWID)

    def describe(self) -> str:
        """Say the model and its parameters in words."""
        if not self.mutates:
            return "no mutation"
        text = "custom matrix" if self.kind is MutationKind.CUSTOM else f"{self.kind}, rate {self.rate:g}"
        if self.has_steps:
            text += f", step ratio {self.step_ratio:g}"
        if self.kind is MutationKind.STEPWISE:
            text += f", microvariant rate {self.microvariant_rate:g}"
        return text if self.transform is MutationTransform.NONE else f"{text}, {self.transform}"


NO_MUTATION = MutationModel()


def transmission_matrix(
    model: MutationModel, alleles: tuple[str, ...], frequencies: FloatArray, *, where: str = "mutation model"
) -> FloatArray:
    """Return M[i, j] = P(child receives j | parent transmits i) for one locus and sex.

    Parameters
    ----------
    model : MutationModel
        Kind and parameters.
    alleles : tuple of str
        Names of the n alleles; ``stepwise`` reads them as repeat numbers (9, 9.3), ``onestep`` and ``dawid`` as whole
        numbers.
    frequencies : (n,) float64 array
        Population frequencies, dimensionless, above 0, summing to one.
    where : str
        What to call this locus in an error.

    Returns
    -------
    (n, n) float64 array
        Rows sum to one.

    Raises
    ------
    InputError
        A parameter is outside its range, an allele cannot be placed on the ladder of a stepwise model, a custom matrix
        has the wrong shape or rows that do not sum to one, the rate is too high for the frequencies, or the transform
        does not exist; all of a kind at once.

    References
    ----------
    Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, chapter 4.
    """
    _check_parameters(model, where)
    if model.kind is MutationKind.CUSTOM:
        _check_custom(model, alleles, where)
    n = len(alleles)
    if not model.mutates or n == 1:
        return np.eye(n)
    match model.kind:
        case MutationKind.EQUAL:
            rates = np.full((n, n), model.rate / (n - 1))
        case MutationKind.PROPORTIONAL:
            rates = np.tile(model.rate / (1.0 - float(np.sum(frequencies**2))) * frequencies, (n, 1))
        case MutationKind.ONE_STEP:
            rates = one_step_rates(alleles, where, rate=model.rate)
        case MutationKind.STEPWISE:
            rates = stepwise_rates(
                alleles,
                where,
                rate=model.rate,
                step_ratio=model.step_ratio,
                microvariant_rate=model.microvariant_rate,
            )
        case MutationKind.DAWID:
            rates = dawid_rates(alleles, where, frequencies, rate=model.rate, step_ratio=model.step_ratio)
        case _:
            rates = np.array(model.matrix, dtype=np.float64)
            rates /= rates.sum(axis=1, keepdims=True)
    matrix = with_diagonal(rates)
    _check_rate(model, matrix, alleles, where)
    return transform_matrix(model.transform, matrix, frequencies, alleles=alleles, where=where)


def _check_custom(model: MutationModel, alleles: tuple[str, ...], where: str) -> None:
    """Refuse a matrix of the wrong shape, or rows that are no probabilities, each of them named."""
    n = len(alleles)
    if len(model.matrix) != n or any(len(row) != n for row in model.matrix):
        raise InputError(
            Problem(
                what=f"The custom mutation matrix is not {n} by {n}.",
                where=where,
                fix="Give one row per allele, in the order of the alleles of the locus.",
            )
        )
    log = ProblemLog()
    for allele, row in zip(alleles, model.matrix, strict=True):
        if not all(0.0 <= probability <= 1.0 for probability in row):
            log.add(
                f"The row of allele {allele} in the custom mutation matrix holds a number outside [0, 1].",
                where=where,
                fix="Give the probability of each allele that the child may receive.",
            )
        elif abs(sum(row) - 1.0) > ROW_SUM_TOLERANCE:
            log.add(
                f"The row of allele {allele} in the custom mutation matrix sums to {sum(row):.10g}, not to 1.",
                where=where,
                fix="Give the probability of each allele that the child may receive, of the same one too.",
            )
    log.raise_if_any()


def _check_rate(model: MutationModel, matrix: FloatArray, alleles: tuple[str, ...], where: str) -> None:
    """Refuse a rate by which an allele would have to mutate more often than it is passed on."""
    lowest = int(np.argmin(np.diag(matrix)))
    if matrix[lowest, lowest] < 0:
        highest = model.rate / (1.0 - matrix[lowest, lowest])
        raise InputError(
            Problem(
                what=f"The rate {model.rate:g} is too high for a {model.kind} model with these frequencies: "
                f"allele {alleles[lowest]} would mutate with a probability above one.",
                where=where,
                fix=f"Lower the mutation rate to {highest:.4g} or less, or choose the equal or stepwise model.",
            )
        )


def _check_parameters(model: MutationModel, where: str) -> None:
    """Refuse parameters outside their range, all at once."""
    log = ProblemLog()
    for name, value in (("rate", model.rate), ("microvariant rate", model.microvariant_rate)):
        if not 0.0 <= value <= 1.0:
            log.add(
                f"The mutation {name} {value:g} is outside [0, 1].", where=where, fix="Give a probability per meiosis."
            )
    if model.kind is MutationKind.STEPWISE and model.rate + model.microvariant_rate > 1.0:
        log.add("The two mutation rates add up to more than one.", where=where, fix="Lower one of the two rates.")
    if model.has_steps and not 0.0 < model.step_ratio <= 1.0:
        log.add(
            f"The step ratio (range) {model.step_ratio:g} is outside (0, 1].",
            where=where,
            fix="The usual value is 0.1: a two-step change is a tenth as likely as one step.",
        )
    log.raise_if_any()
