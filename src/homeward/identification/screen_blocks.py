"""The work of a screen in blocks that do not depend on each other and can be done anywhere in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.profiles import Profiles, choose_profiles
from homeward.genetics.screening.references import Reference
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.selection import Pairs, keep_best
from homeward.genetics.screening.store import TableStore
from homeward.genetics.screening.tables import Float32Array

SUBJECTS_AT_ONCE = 512
"""Subjects of a scoring block: enough families of one shape to go together, few enough for memory."""

PAIRS_AT_ONCE = 2048
"""Pairs of a confirming block."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoringBlock:
    """All samples against some of the subjects.

    subjects: (m,) positions among all subjects, as are those in the result.
    sex: (m,) recorded sex of these subjects.
    own_sample: (m,) the sample that each subject is, or None if they are no samples.
    """

    subjects: IntArray
    reference: Reference
    sex: IntArray
    own_sample: IntArray | None
    scorer: Scorer
    store: TableStore | None


@dataclass(frozen=True, slots=True, eq=False)
class ScoredBlock:
    """What came out of a scoring block.

    pairs: the best of the block.
    expected, compared, impossible: (m, L), as in the tables of these subjects.
    """

    pairs: Pairs
    expected: Float32Array
    compared: BoolArray
    impossible: BoolArray


def score_block(block: ScoringBlock) -> ScoredBlock:
    """Condition the subjects of a block and score all samples against them."""
    tables = block.reference.condition(block.store)
    pairs = block.scorer.best_pairs(tables, block.sex, block.own_sample)
    everybody = Pairs(pairs.sample, block.subjects[pairs.sought].astype(np.int32), pairs.score)
    # Which of two equal scores comes first is settled by the position among all subjects.
    best = keep_best(everybody, block.scorer.selection.top)
    return ScoredBlock(best, tables.expected, tables.compared, tables.impossible)


@dataclass(frozen=True, slots=True, eq=False)
class ConfirmingBlock:
    """Pairs to be worked out exactly.

    samples, reference: those that occur in the pairs.
    sample, subject: (P,) positions among these.
    compared: (P, L) whether a relative of the subject is typed.
    inconsistency_log10_lr: what an impossible locus counts in the order of candidates.
    """

    samples: Profiles
    reference: Reference
    sample: IntArray
    subject: IntArray
    compared: BoolArray
    inconsistency_log10_lr: float


@dataclass(frozen=True, slots=True, eq=False)
class ConfirmedBlock:
    """The exact results of P pairs; fields as in :class:`~homeward.identification.screen_results.Candidates`."""

    log10_lr: FloatArray
    order_log10_lr: FloatArray
    n_inconsistent: IntArray
    weakest_locus: IntArray
    weakest_log10_lr: FloatArray


def confirm_block(block: ConfirmingBlock) -> ConfirmedBlock:
    """Work out the pairs of a block exactly."""
    confirmed = block.reference.confirm(block.samples, block.sample, block.subject)
    by_locus = confirmed.log10_lr
    told = block.compared & block.samples.typed[block.sample]
    in_order = np.where(np.isneginf(by_locus), block.inconsistency_log10_lr, by_locus)
    weakest = np.where(told, by_locus, np.inf).argmin(axis=1)
    pair = np.arange(len(weakest))
    nothing = ~told.any(axis=1)
    return ConfirmedBlock(
        log10_lr=by_locus.sum(axis=1),
        order_log10_lr=in_order.sum(axis=1),
        n_inconsistent=confirmed.inconsistent.sum(axis=1),
        weakest_locus=np.where(nothing, -1, weakest),
        weakest_log10_lr=np.where(nothing, np.nan, by_locus[pair, weakest]),
    )


def join_confirmed(parts: Sequence[ConfirmedBlock], rows: IntArray) -> ConfirmedBlock:
    """Return the results of several parts, each put at the row that ``rows`` names for it."""
    place = np.argsort(rows)

    def joined(name: str) -> Any:
        return np.concatenate([np.empty(0), *(getattr(part, name) for part in parts)])[place]

    return ConfirmedBlock(
        log10_lr=joined("log10_lr"),
        order_log10_lr=joined("order_log10_lr"),
        n_inconsistent=joined("n_inconsistent").astype(np.intp),
        weakest_locus=joined("weakest_locus").astype(np.intp),
        weakest_log10_lr=joined("weakest_log10_lr"),
    )


def confirming_block(
    pairs: Pairs, samples: Profiles, reference: Reference, compared: BoolArray, inconsistency_log10_lr: float
) -> ConfirmingBlock:
    """Return the block of some pairs, with no more than what they need.

    ``compared``: (M, L), of all subjects.
    """
    sample_rows, sample = np.unique(pairs.sample, return_inverse=True)
    subject_rows, subject = np.unique(pairs.sought, return_inverse=True)
    return ConfirmingBlock(
        choose_profiles(samples, sample_rows),
        reference.part(subject_rows),
        sample,
        subject,
        compared[pairs.sought],
        inconsistency_log10_lr,
    )
