"""What a classification by ancestry says about a person of a group, and why to be slow to ask.

Nothing else in Homeward reads or guesses an ancestry. Groups of a reference collection are labels that its makers gave;
they overlap in every measurement, a method calls everybody one of *its* groups, and records of the missing use other
words again. A finding may be weighed as evidence, never used to leave people out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import ProblemLog
from homeward.osteology.recorded_values import with_record_error

CAVEAT = (
    "Groups of a reference are labels given by its makers. They overlap, people belong to several or to none, and the "
    "method calls everybody one of its own groups. This ratio is evidence among other evidence and no reason to leave "
    "anybody out."
)


@dataclass(frozen=True, slots=True, eq=False)
class ConfusionMatrix:
    """How often a method calls people of known groups what.

    groups: k labels. counts: (k, k) int; people of the row's group who were called the column's, on test people that
    the method was not made from.
    """

    groups: tuple[str, ...]
    counts: IntArray

    def probabilities(self) -> FloatArray:
        """Return P(called | group) as (k, k), one count added to each cell so that nothing is impossible."""
        raised = self.counts + 1.0
        probabilities: FloatArray = raised / raised.sum(axis=1, keepdims=True)
        return probabilities


def ancestry_log10_lr(
    matrix: ConfusionMatrix, called: str, group: str, shares: FloatArray, *, record_error: float = 0.0
) -> float:
    """Return the log10 LR of a classification for a person whose group is on record.

    H1: the remains are those of the person. H2: of somebody of the list.
    LR = P(called | group) / sum over groups of share x P(called | group).

    Parameters
    ----------
    called, group : str
        What the method calls the remains, and what the record calls the person.
    shares : (k,) float64 array
        Shares of the groups on the list, summing to 1.
    record_error : float
        Chance that the record's label is wrong, or means something else.

    Raises
    ------
    InputError
        A group is not one of the matrix, or the shares are none.
    """
    log = ProblemLog()
    for name, value in (("called", called), ("group", group)):
        if value not in matrix.groups:
            known = ", ".join(matrix.groups)
            log.add(f"'{value}' is no group of the matrix.", where=name, fix=f"Known are: {known}.")
    k = len(matrix.groups)
    if matrix.counts.shape != (k, k) or (matrix.counts < 0).any() or (matrix.counts.sum(axis=1) == 0).any():
        log.add(
            "It must have a row and a column for each group, and people in every row.",
            where="confusion matrix",
            fix="Correct the counts.",
        )
    if shares.shape != (k,) or (shares < 0).any() or not math.isclose(float(shares.sum()), 1.0, abs_tol=1e-9):
        log.add("The shares of the groups do not sum to 1.", where="shares", fix="Give one for each group.")
    log.raise_if_any()
    column = matrix.probabilities()[:, matrix.groups.index(called)]
    lr = float(column[matrix.groups.index(group)] / np.dot(shares, column))
    return with_record_error(math.log10(lr), record_error)
