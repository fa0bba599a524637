"""Mutation models: how an allele changes on its way from parent to child.

A matrix M holds M[i, j] = P(the child receives j | the parent transmits i); rows sum to one.
Formulas: Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, chapter 4;
stationary form: Dawid, Mortera & Pascali (2001), Forensic Sci. Int. 124:55-61.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import InputError, Problem


class MutationKind(StrEnum):
    """The families of mutation matrices."""

    NONE = "none"
    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    STEPWISE = "stepwise"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class MutationModel:
    """How one sex transmits alleles at one locus.

    rate: probability that a transmission changes the allele (for ``stepwise``: by whole repeats), in [0, 1].
    step_ratio: ``stepwise``: how much rarer each further step is, in (0, 1]; Familias calls it the range.
    microvariant_rate: ``stepwise``: probability of a change to another fraction (9 to 9.3), in [0, 1].
    stationary: ``stepwise``: reweigh the matrix so that it keeps the allele frequencies.
    matrix: ``custom``: the rows of M over the alleles of the locus, in their order.
    """

    kind: MutationKind = MutationKind.NONE
    rate: float = 0.0
    step_ratio: float = 0.1
    microvariant_rate: float = 0.0
    stationary: bool = False
    matrix: tuple[tuple[float, ...], ...] = ()

    @property
    def mutates(self) -> bool:
        """Whether any allele can change at all."""
        if self.kind is MutationKind.CUSTOM:
            return any(row[i] < 1.0 for i, row in enumerate(self.matrix))
        return self.kind is not MutationKind.NONE and (self.rate > 0 or self.microvariant_rate > 0)

    def describe(self) -> str:
        """Say the model and its parameters in words."""
        if not self.mutates:
            return "no mutation"
        if self.kind is MutationKind.CUSTOM:
            return "custom matrix"
        text = f"{self.kind}, rate {self.rate:g}"
        if self.kind is MutationKind.STEPWISE:
            text += f", step ratio {self.step_ratio:g}, microvariant rate {self.microvariant_rate:g}"
            text += ", stationary" if self.stationary else ""
        return text


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
        Names of the n alleles; ``stepwise`` reads them as repeat numbers (9, 9.3).
    frequencies : (n,) float64 array
        Population frequencies, dimensionless, summing to one.
    where : str
        What to call this locus in an error.

    Returns
    -------
    (n, n) float64 array
        Rows sum to one.

    Raises
    ------
    InputError
        A parameter is outside its range, an allele name is not a number under ``stepwise``, a custom
        matrix has the wrong shape or rows that do not sum to one, or no stationary form exists.

    References
    ----------
    Egeland, Kling & Mostad (2016), chapter 4.
    """
    _check_parameters(model, where)
    n = len(alleles)
    if not model.mutates or n == 1:
        return np.eye(n)
    match model.kind:
        case MutationKind.EQUAL:
            off_diagonal = np.full((n, n), model.rate / (n - 1))
        case MutationKind.PROPORTIONAL:
            off_diagonal = np.tile(model.rate / (1.0 - float(np.sum(frequencies**2))) * frequencies, (n, 1))
        case MutationKind.STEPWISE:
            off_diagonal = _stepwise(model, alleles, where)
        case _:
            return _custom(model, n, where)
    matrix = _with_diagonal(off_diagonal)
    if model.stationary:
        matrix = _stationary(matrix, frequencies, where)
    if matrix.min() < 0:
        raise InputError(
            Problem(
                what=f"The rate {model.rate:g} is too high for a {model.kind} model with these frequencies.",
                where=where,
                fix="Lower the mutation rate, or choose the equal or stepwise model.",
            )
        )
    return matrix


def _with_diagonal(off_diagonal: FloatArray) -> FloatArray:
    """Fill the diagonal so that every row sums to one."""
    matrix = off_diagonal.copy()
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, 1.0 - matrix.sum(axis=1))
    return matrix


def repeat_lengths(alleles: tuple[str, ...], where: str) -> tuple[FloatArray, IntArray]:
    """Return the whole repeats and the fraction (in tenths) of each allele name: 9.3 is (9, 3).

    Raises InputError, naming every allele that is not a repeat number.
    """
    problems, whole, tenths = [], [], []
    for allele in alleles:
        repeats, _, fraction = allele.partition(".")
        if not repeats.isdigit() or (fraction and not (fraction.isdigit() and len(fraction) == 1)):
            problems.append(
                Problem(
                    what=f"Allele '{allele}' is not a repeat number, so the stepwise model cannot place it.",
                    where=where,
                    fix="Give it a number such as 9 or 9.3, or use the equal or proportional model here.",
                )
            )
            continue
        whole.append(float(repeats))
        tenths.append(int(fraction or 0))
    if problems:
        raise InputError(*problems)
    return np.array(whole), np.array(tenths)


def _stepwise(model: MutationModel, alleles: tuple[str, ...], where: str) -> FloatArray:
    """Return off-diagonal rates: whole steps within a microvariant group, one flat rate between groups."""
    whole, tenths = repeat_lengths(alleles, where)
    n = len(alleles)
    same_group = tenths[:, None] == tenths[None, :]
    steps = np.abs(whole[:, None] - whole[None, :])
    weight = np.where(same_group & ~np.eye(n, dtype=bool), model.step_ratio**steps, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    within = model.rate * np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    n_other = n - same_group.sum(axis=1, keepdims=True)
    between = np.where(same_group, 0.0, model.microvariant_rate / np.maximum(n_other, 1))
    rates: FloatArray = within + between
    return rates


def _custom(model: MutationModel, n: int, where: str) -> FloatArray:
    """Return the given matrix after checking its shape and rows."""
    matrix = np.array(model.matrix, dtype=np.float64)
    if matrix.shape != (n, n) or matrix.min() < 0 or np.abs(matrix.sum(axis=1) - 1).max() > 1e-9:
        raise InputError(
            Problem(
                what=f"The custom mutation matrix is not {n} by {n} with rows of probabilities that sum to one.",
                where=where,
                fix="Give one row per allele, in the order of the alleles of the locus.",
            )
        )
    return matrix


def _stationary(matrix: FloatArray, frequencies: FloatArray, where: str) -> FloatArray:
    """Scale the rows so that the frequencies are kept and the overall rate is unchanged ('PM')."""
    leaving = (matrix - np.diag(np.diag(matrix))).sum(axis=1)
    mutating = np.flatnonzero(leaving)
    kept = np.zeros(len(frequencies))
    kept[mutating] = _kept_frequencies(matrix[np.ix_(mutating, mutating)], where)
    scale = (frequencies @ leaving) / (kept @ leaving) * kept / frequencies
    if (scale * leaving > 1.0).any():
        raise InputError(
            Problem(
                what="No stationary form of this stepwise model exists for these frequencies.",
                where=where,
                fix="Lower the rate, raise the frequency of the rarest alleles, or use the plain stepwise model.",
            )
        )
    return _with_diagonal(scale[:, None] * matrix)


def _kept_frequencies(matrix: FloatArray, where: str) -> FloatArray:
    """Return the frequencies that a matrix keeps; refuse one that keeps several.

    Elimination without subtractions (Grassmann, Taksar & Heyman 1985, Oper. Res. 33:1107-1116), so that rates as
    small as 1e-12 lose no digits.
    """
    n = len(matrix)
    rates = matrix.copy()
    for k in range(n - 1, 0, -1):
        leaving = rates[k, :k].sum()
        if leaving == 0.0:
            raise InputError(
                Problem(
                    what="Alleles of different fractions never mutate into each other here, "
                    "so this stepwise model has more than one stationary form.",
                    where=where,
                    fix="Give a microvariant rate above 0, or use the plain stepwise model.",
                )
            )
        rates[:k, k] /= leaving
        rates[:k, :k] += np.outer(rates[:k, k], rates[k, :k])
    kept = np.ones(n)
    for k in range(1, n):
        kept[k] = kept[:k] @ rates[:k, k]
    frequencies: FloatArray = kept / kept.sum()
    return frequencies


def _check_parameters(model: MutationModel, where: str) -> None:
    """Refuse parameters outside their range, all at once."""
    problems = []
    for name, value in (("rate", model.rate), ("microvariant rate", model.microvariant_rate)):
        if not 0.0 <= value <= 1.0:
            problems.append(
                Problem(f"The mutation {name} {value:g} is outside [0, 1].", where, "Give a probability per meiosis.")
            )
    if model.kind is MutationKind.STEPWISE:
        if model.rate + model.microvariant_rate > 1.0:
            problems.append(
                Problem("The two mutation rates add up to more than one.", where, "Lower one of the two rates.")
            )
        if not 0.0 < model.step_ratio <= 1.0:
            problems.append(
                Problem(
                    f"The step ratio (range) {model.step_ratio:g} is outside (0, 1].",
                    where,
                    "The usual value is 0.1: a two-step change is a tenth as likely as one step.",
                )
            )
    if problems:
        raise InputError(*problems)
