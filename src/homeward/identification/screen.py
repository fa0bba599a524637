"""Everyone against everyone: from a case to candidates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

import numpy as np

from homeward import __version__
from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case
from homeward.genetics.screening.devices import CPU, Device
from homeward.genetics.screening.identity import confirm_identity
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.seen import gather_seen
from homeward.genetics.screening.selection import Pairs, join_pairs, keep_best, rank_within
from homeward.genetics.screening.store import TableStore
from homeward.identification.assumptions import assumption_notes
from homeward.identification.numbers import counted
from homeward.identification.policy import policy_of
from homeward.identification.runners import Runner, Threads
from homeward.identification.screen_blocks import (
    PAIRS_AT_ONCE,
    SUBJECTS_AT_ONCE,
    ConfirmedBlock,
    ScoredBlock,
    ScoringBlock,
    confirm_block,
    confirming_block,
    join_confirmed,
    score_block,
)
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_questions import Question, ask
from homeward.identification.screen_results import Candidates, Screen, SetAside

MANY_PENDING = 4_000_000
"""Pairs that are gathered from finished blocks before the best of them are picked out."""


class FinishedBlocks(Protocol):
    """Keeps the results of blocks, so that an interrupted screen can go on."""

    def begin(self, digest: str) -> None:
        """Take up what was kept of the screen with this digest; results of any other are of no use."""

    def load(self, number: int) -> ScoredBlock | None:
        """Return the result of a block, if it was finished."""

    def save(self, number: int, result: ScoredBlock) -> None:
        """Keep the result of a block."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a screen is worked out with; none of it changes the result.

    device: where scores are summed.
    runner: where blocks of work are done.
    store: where conditioned tables are kept from one screen to the next.
    finished: where the results of blocks are kept until the screen is complete.
    """

    device: Device = CPU
    runner: Runner = field(default_factory=Threads)
    store: TableStore | None = None
    finished: FinishedBlocks | None = None


def screen(
    case: Case,
    policy: ScreenPolicy | None = None,
    *,
    against: Against = Against.FAMILIES,
    means: Means | None = None,
    progress: Progress = no_progress,
) -> Screen:
    """Compare every sample of a case with every missing person, sample or member of staff, and return the candidates.

    All pairs are scored in single precision; those worth a closer look are then worked out exactly, by another route.

    Parameters
    ----------
    case : Case
    policy : ScreenPolicy, optional
        If not given, the current one with the options of the case.
    against : Against
        ``FAMILIES``: H1, the sample is the missing person. ``SAMPLES``: both samples are one person. ``KIN``: the two
        are full siblings, or parent and child. ``STAFF``: the sample is of a member of staff. H2 is always: unrelated.
    means : Means, optional
    progress : Progress

    Raises
    ------
    InputError
        The case has nothing to compare, or asks for something that is not supported.
    TooComplexError
        A pedigree cannot be computed in memory.
    """
    policy = policy or ScreenPolicy(policy=policy_of(case))
    means = means or Means()
    question = ask(case, policy, against)
    scored = _score(question, policy, means, progress)
    pairs = _only_once(scored.pairs, question)
    confirmed = _confirm(pairs, question, scored.compared, policy, means, progress)
    candidates = _candidates(pairs, confirmed, question, scored, policy)
    notes = assumption_notes(case)
    if against is Against.KIN:
        is_one_person = _fits_one_person_better(case, question, candidates, policy)
        candidates = candidates[~is_one_person]
        if n_pairs := int(is_one_person.sum()):
            notes.append(
                f"{counted(n_pairs, 'comparison')} left out: the two samples fit one person better than relatives. "
                "'--against samples' lists such pairs."
            )
    contradicted = [
        SetAside(question.subjects[i].id, _contradiction(case, scored.impossible[i]))
        for i in np.flatnonzero(scored.impossible.any(axis=1))
    ]
    return Screen(
        case=case,
        against=against,
        policy=policy,
        subjects=question.subjects,
        candidates=candidates,
        set_aside=(*question.set_aside, *contradicted),
        notes=tuple(notes),
        n_samples=len(question.samples),
        n_subjects=int(question.is_compared.sum()) - len(contradicted),
        software_version=__version__,
        inputs=case.inputs,
    )


def _fits_one_person_better(case: Case, question: Question, candidates: Candidates, policy: ScreenPolicy) -> BoolArray:
    """(P,): whether two samples are better explained by one person than by the relation in question."""
    others = [question.subjects[i].id for i in candidates.subject]
    position = {name: i for i, name in enumerate(case.samples.ids)}
    other = np.array([position[name] for name in others], dtype=np.intp)
    by_locus = confirm_identity(case.panel, case.samples, case.samples, candidates.sample, other).log10_lr
    same = np.where(np.isneginf(by_locus), policy.inconsistency_log10_lr, by_locus).sum(axis=1)
    return np.asarray(same > candidates.order_log10_lr)


def _contradiction(case: Case, impossible: BoolArray) -> str:
    loci = ", ".join(np.array(case.panel.names)[impossible])
    return (
        f"The relatives' own profiles contradict the pedigree at {loci}. Check the relationships and the profiles, "
        "or give these loci a mutation model."
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Scored:
    """The best pairs, and for each subject and locus what :class:`ScoredBlock` says."""

    pairs: Pairs
    expected: FloatArray
    compared: BoolArray
    impossible: BoolArray


def _score(question: Question, policy: ScreenPolicy, means: Means, progress: Progress) -> _Scored:
    """Score all samples against all subjects, block by block."""
    scorer = Scorer(
        gather_seen(question.panel, question.samples),
        question.samples.sex,
        question.sex_log10_lr,
        policy.selection,
        means.device,
    )
    order = question.reference.order()
    order = order[question.is_compared[order]]
    starts = range(0, len(order), SUBJECTS_AT_ONCE)
    members = [order[start : start + SUBJECTS_AT_ONCE] for start in starts]
    finished: dict[int, ScoredBlock] = {}
    if means.finished is not None:
        means.finished.begin(question.digest(policy, SUBJECTS_AT_ONCE))
        finished = {i: kept for i in range(len(members)) if (kept := means.finished.load(i)) is not None}

    def blocks() -> Iterator[tuple[int, ScoringBlock]]:
        for number, subjects in enumerate(members):
            if number not in finished:
                own = None if question.own_sample is None else question.own_sample[subjects]
                reference = question.reference.part(subjects)
                yield number, ScoringBlock(subjects, reference, question.sex[subjects], own, scorer, means.store)

    n_loci = len(question.panel)
    expected = np.zeros((len(question.subjects), n_loci))
    compared = np.zeros((len(question.subjects), n_loci), dtype=bool)
    impossible = np.zeros((len(question.subjects), n_loci), dtype=bool)
    pending, n_done = [], 0
    for number, result in chain(finished.items(), means.runner.run(score_block, blocks())):
        if means.finished is not None and number not in finished:
            means.finished.save(number, result)
        subjects = members[number]
        expected[subjects], compared[subjects] = result.expected, result.compared
        impossible[subjects] = result.impossible
        pending.append(result.pairs)
        if sum(map(len, pending)) > MANY_PENDING:
            pending = [keep_best(join_pairs(pending), policy.top)]
        n_done += len(subjects)
        progress(f"Comparing {counted(len(question.samples), 'sample')}", n_done, len(order))
    return _Scored(keep_best(join_pairs(pending), policy.top), expected, compared, impossible)


def _only_once(pairs: Pairs, question: Question) -> Pairs:
    """Where samples are compared with each other, each two are found from both sides: keep the first."""
    if question.own_sample is None:
        return pairs
    return pairs[pairs.sample < question.own_sample[pairs.sought]]


def _confirm(
    pairs: Pairs,
    question: Question,
    compared: BoolArray,
    policy: ScreenPolicy,
    means: Means,
    progress: Progress,
) -> ConfirmedBlock:
    """Work out all pairs exactly, those with families of one shape next to each other."""
    place = np.empty(len(question.subjects), dtype=np.intp)
    place[question.reference.order()] = np.arange(len(place))
    order = np.argsort(place[pairs.sought], kind="stable")
    rows = [order[start : start + PAIRS_AT_ONCE] for start in range(0, len(order), PAIRS_AT_ONCE)]
    blocks = (
        (
            number,
            confirming_block(
                pairs[some], question.samples, question.reference, compared, policy.inconsistency_log10_lr
            ),
        )
        for number, some in enumerate(rows)
    )
    results: dict[int, ConfirmedBlock] = {}
    n_done = 0
    for number, result in means.runner.run(confirm_block, blocks):
        results[number] = result
        n_done += len(rows[number])
        progress("Working out candidates exactly", n_done, len(pairs))
    return join_confirmed([results[number] for number in range(len(rows))], order)


def _candidates(
    pairs: Pairs, confirmed: ConfirmedBlock, question: Question, scored: _Scored, policy: ScreenPolicy
) -> Candidates:
    """Return the candidates in order, with their places and what could be expected of them."""
    sexes = question.sex_log10_lr[question.samples.sex[pairs.sample], question.sex[pairs.sought]]
    in_order = confirmed.order_log10_lr + sexes
    told = question.samples.typed[pairs.sample] & scored.compared[pairs.sought]
    rows = np.lexsort((pairs.sought, -in_order, pairs.sample))
    return Candidates(
        sample=question.sample_rows[pairs.sample][rows],
        subject=pairs.sought[rows].astype(np.intp),
        log10_lr=confirmed.log10_lr[rows],
        order_log10_lr=in_order[rows],
        n_inconsistent=confirmed.n_inconsistent[rows],
        n_loci=told.sum(axis=1)[rows],
        rank=_places(pairs.sample, pairs.rank_for_sample, in_order, pairs.sought, policy.top)[rows],
        subject_rank=_places(pairs.sought, pairs.rank_for_sought, in_order, pairs.sample, policy.top)[rows],
        expected_log10_lr=(scored.expected[pairs.sought] * told).sum(axis=1)[rows],
        weakest_locus=confirmed.weakest_locus[rows],
        weakest_log10_lr=confirmed.weakest_log10_lr[rows],
    )


def _places(group: IntArray, screened: IntArray, in_order: FloatArray, tie: IntArray, top: int) -> IntArray:
    """Return places from 1 by the exact order; 0 for pairs that are not among the best of their group.

    A pair may be there for the sake of the other side only; how many pairs are better is then not known.
    """
    place = np.zeros(len(group), dtype=np.intp)
    best = np.flatnonzero(screened < top)
    place[best] = 1 + rank_within(group[best], in_order[best], tie[best])
    return place
