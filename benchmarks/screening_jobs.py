"""What the screening benchmark measures; each function is one job, done in a process of its own.

All cases are synthetic: ``homeward simulate`` with its own options, seed 1, made in memory.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Measurement, best_time, peak_mib
from homeward.genetics.case import Case
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.profiles import choose_profiles
from homeward.genetics.screening.references import Reference
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.seen import gather_seen
from homeward.genetics.screening.selection import Pairs, join_pairs, keep_best
from homeward.genetics.screening.shapes import Sought
from homeward.genetics.screening.store import TableStore
from homeward.genetics.screening.tables import ConditionedTables
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.genetics.states import panel_states
from homeward.identification.runners import DaskCluster, Threads
from homeward.identification.screen import Means, screen
from homeward.identification.screen_blocks import SUBJECTS_AT_ONCE, ScoringBlock, score_block
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_questions import Question, ask
from homeward.identification.screen_results import Candidates, Screen

BYTES_IN_MEMORY, BYTES_IN_CACHE = 2**28, 2**17
"""Bytes that one thread copies at once: far more than any cache holds, and less than that of one core."""
BYTES_PER_ENTRY = 20
"""Read a table entry, write it and read it again, read and write the sum: five times 4 bytes."""
PAIRS_ONE_BY_ONE = 100


@dataclass(frozen=True, slots=True)
class Size:
    """A simulated case: its mutation model, and how large it is."""

    mutation: str
    missing: int
    samples: int

    def __str__(self) -> str:
        return f"{self.samples:,} x {self.missing:,}, {'no' if self.mutation == 'none' else self.mutation} mutation"

    def case(self, degraded: float | None = None) -> Case:
        """Return the case; ``degraded``: share of the samples, if not the usual one."""
        options = SimulationOptions(self.missing, self.samples, mutation=self.mutation)
        return simulate_case(options if degraded is None else replace(options, degraded=degraded)).case


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """People sought that a screen works on at one time: their positions, and the families that seek them."""

    subjects: NDArray[np.integer]
    reference: Reference


@dataclass(frozen=True, slots=True, eq=False)
class KeptReference:
    """Stands for families whose tables are made already."""

    tables: ConditionedTables

    def condition(self, _: TableStore | None) -> ConditionedTables:
        """Return the tables."""
        return self.tables


def blocks_of(question: Question) -> list[Block]:
    """Return the people sought in blocks, as a screen makes them."""
    order = question.reference.order()
    order = order[question.is_compared[order]]
    subjects = [order[start : start + SUBJECTS_AT_ONCE] for start in range(0, len(order), SUBJECTS_AT_ONCE)]
    return [Block(some, question.reference.part(some)) for some in subjects]


def condition_blocks(blocks: Sequence[Block]) -> list[ConditionedTables]:
    """Condition all blocks in threads, as a screen does."""
    made = dict(Threads().run(lambda block: block.reference.condition(None), enumerate(blocks)))
    return [made[number] for number in range(len(blocks))]


def score_tables(
    question: Question, blocks: Sequence[Block], tables: Sequence[ConditionedTables], policy: ScreenPolicy
) -> Pairs:
    """Score all samples against conditioned tables and keep the best pairs, as a screen does."""
    scorer = Scorer(
        gather_seen(question.panel, question.samples), question.samples.sex, question.sex_log10_lr, policy.selection
    )
    work = (
        (
            number,
            ScoringBlock(
                block.subjects, cast(Reference, KeptReference(made)), question.sex[block.subjects], None, scorer, None
            ),
        )
        for number, (block, made) in enumerate(zip(blocks, tables, strict=True))
    )
    return keep_best(join_pairs(result.pairs for _, result in Threads().run(score_block, work)), policy.top)


def copy_bandwidth(_: Size) -> list[Measurement]:
    """Copy in two threads at once: large arrays, and small ones again and again."""
    found = []
    for name, n_bytes in (("memory", BYTES_IN_MEMORY), ("the cache", BYTES_IN_CACHE)):
        arrays = [(np.ones(n_bytes // 8), np.zeros(n_bytes // 8)) for _ in range(2)]
        times = BYTES_IN_MEMORY // n_bytes
        seconds = best_time(partial(_copy_in_threads, arrays, times))
        gb_per_s = 2 * 2 * n_bytes * times / seconds / 1e9
        found.append(
            Measurement(
                f"copying in {name}: {n_bytes // 1024} KiB, {times} times",
                seconds,
                peak_mib(),
                note=f"{gb_per_s:.1f} GB/s",
                gb_per_s=gb_per_s,
            )
        )
    return found


def _copy_in_threads(arrays: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]], times: int) -> None:
    def copy(pair: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
        for _ in range(times):
            np.copyto(pair[1], pair[0])

    list(Threads(len(arrays)).run(copy, enumerate(arrays)))


def condition_all(size: Size, *, kept: str, target_s: float | None = None) -> list[Measurement]:
    """Condition all families, and leave the tables in a file for the jobs that score."""
    blocks = blocks_of(ask(size.case(), ScreenPolicy(), Against.FAMILIES))
    start = time.perf_counter()
    tables = condition_blocks(blocks)
    seconds = time.perf_counter() - start
    memory = peak_mib()
    Path(kept).write_bytes(pickle.dumps(tables, protocol=5))
    n_people = sum(map(len, tables))
    note = f"{n_people / seconds:,.0f} people/s; tables of {sum(made.n_bytes for made in tables) / 2**20:.0f} MiB"
    return [Measurement(f"conditioning {n_people:,}, {size.mutation}", seconds, memory, target_s, note=note)]


def score_all(
    size: Size,
    *,
    kept: str,
    target_s: float | None = None,
    target_mib: float | None = None,
    min_log10_lr: float = 2.0,
    degraded: float | None = None,
    repeats: int = 3,
) -> list[Measurement]:
    """Score all samples against kept tables; ``degraded``: share of the samples, if not the usual one."""
    policy = ScreenPolicy(min_log10_lr=min_log10_lr)
    question = ask(size.case(degraded), policy, Against.FAMILIES)
    blocks = blocks_of(question)
    tables = pickle.loads(Path(kept).read_bytes())
    found: list[Pairs] = []
    seconds = best_time(lambda: found.append(score_tables(question, blocks, tables, policy)), repeats)
    n_people = sum(map(len, tables))
    n_lr = len(question.samples) * n_people
    name = f"scoring {len(question.samples):,} x {n_people:,}, {size.mutation}"
    name += ", all degraded" if degraded is not None else ", no threshold" if min_log10_lr == -np.inf else ""
    n_bytes = BYTES_PER_ENTRY * (len(question.panel) + 1) * n_lr
    note = f"{n_lr / seconds / 1e6:.0f} million LR/s; {len(found[0]):,} pairs kept"
    return [Measurement(name, seconds, peak_mib(), target_s, target_mib, note, n_bytes / seconds / 1e9)]


@dataclass(frozen=True, slots=True, eq=False)
class TimedScreen:
    """A screen, and how long its two stages took."""

    screen: Screen
    scoring_s: float
    confirming_s: float


def timed_screen(case: Case, means: Means | None = None) -> TimedScreen:
    """Screen a case."""
    start = time.perf_counter()
    scored = [start]

    def progress(activity: str, done: int, of: int) -> None:
        if activity.startswith("Comparing"):
            scored.append(time.perf_counter())

    result = screen(case, means=means, progress=progress)
    return TimedScreen(result, scored[-1] - start, time.perf_counter() - scored[-1])


def screen_all(size: Size, *, target_s: float | None = None, target_mib: float | None = None) -> list[Measurement]:
    """Screen a whole case: conditioning, scoring, confirmation."""
    timed = timed_screen(size.case())
    seconds = timed.scoring_s + timed.confirming_s
    note = f"{timed.scoring_s:.1f} s to score, {timed.confirming_s:.1f} s to confirm {len(timed.screen.candidates):,}"
    return [Measurement(f"whole screen {size}", seconds, peak_mib(), target_s, target_mib, note)]


def keep_tables(size: Size) -> list[Measurement]:
    """Condition with a store: when it is empty, when it has everything, and after one family gained a member."""
    case = size.case()
    with tempfile.TemporaryDirectory(prefix="homeward-benchmark-") as folder:
        store = TableStore(Path(folder, "tables.sqlite"))
        found = []
        for name, of in (("first", case), ("again", case), ("one family gained a member", _with_a_father(case))):
            blocks = blocks_of(ask(of, ScreenPolicy(), Against.FAMILIES))
            start = time.perf_counter()
            for block in blocks:
                block.reference.condition(store)
            seconds = time.perf_counter() - start
            found.append(Measurement(f"kept tables, {size.mutation}: {name}", seconds, peak_mib()))
        note = f"file {store.path.stat().st_size / 2**20:.0f} MiB"
    return [replace(found[0], note=note), *found[1:]]


def _with_a_father(case: Case) -> Case:
    """Return the case with one more donor: an untyped father, to whom the genotype of his child is given."""
    for number, family in enumerate(case.families):
        is_typed = np.asarray(family.profiles.typed.any(axis=1))
        unknown = set(np.flatnonzero(~is_typed)) - {person.position for person in family.missing}
        for child, (father, _) in enumerate(family.pedigree.parent_rows):
            if is_typed[child] and father in unknown:
                alleles = family.profiles.alleles.copy()
                alleles[father] = alleles[child]
                changed = replace(family, profiles=replace(family.profiles, alleles=alleles))
                return replace(case, families=(*case.families[:number], changed, *case.families[number + 1 :]))
    raise LookupError("no family has an untyped father")


def one_by_one(size: Size, *, conditioning_s: float, scoring_s: float) -> list[Measurement]:
    """Work out single LRs, drawn at random from all pairs, by two exact likelihoods of the family each.

    LR = P(family with the sample in the place of the missing person) / (P(family) P(sample)). Nothing is kept from
    one pair to the next. The time for all pairs is the mean time of one, times their number.
    """
    question = ask(size.case(), ScreenPolicy(), Against.FAMILIES)
    n_compared = int(question.is_compared.sum())
    rng = np.random.default_rng(1)
    sought = question.reference.sought  # type: ignore[attr-defined]
    samples = rng.integers(len(question.samples), size=PAIRS_ONE_BY_ONE)
    subjects = rng.choice(np.flatnonzero(question.is_compared), PAIRS_ONE_BY_ONE)
    times = []
    for sample, subject in zip(samples, subjects, strict=True):
        start = time.perf_counter()
        log10_lr_of_pair(question, sought[subject], int(sample))
        times.append(time.perf_counter() - start)
    n_lr = len(question.samples) * n_compared
    whole_s, error = n_lr * np.mean(times), np.std(times, ddof=1) / np.sqrt(len(times)) / np.mean(times)
    note = (
        f"{len(times) / sum(times):,.0f} LR/s; all {n_lr:,} would take {whole_s / 3600:.1f} h (+- {error:.0%}): "
        f"{whole_s / (conditioning_s + scoring_s):,.0f} times as long as conditioning and scoring, "
        f"{whole_s / scoring_s:,.0f} times as long as scoring alone"
    )
    return [Measurement(f"one LR at a time, {len(times)} of {size}", sum(times), peak_mib(), note=note)]


def log10_lr_of_pair(question: Question, sought: Sought, sample: int) -> float:
    """Return one log10 LR, from likelihoods alone."""
    family, panel, samples = sought.family, question.panel, question.samples
    alleles, dropout = family.profiles.alleles.copy(), family.profiles.dropout.copy()
    alleles[sought.position], dropout[sought.position] = samples.alleles[sample], samples.dropout[sample]
    with_sample = replace(family.profiles, alleles=alleles, dropout=dropout)
    one = choose_profiles(samples, [sample])
    states = panel_states(panel, one.alleles)
    unrelated = observation_log10_probability(population_distribution(states), states, one)[0]
    together = pedigree_log10_likelihood(family.pedigree, with_sample, panel)
    alone = pedigree_log10_likelihood(family.pedigree, family.profiles, panel)
    return float((together - alone - unrelated).sum())


def dask_or_threads(size: Size) -> list[Measurement]:
    """Screen one case with two threads and with a Dask cluster of two workers; the results must be the same."""
    from distributed import Client, LocalCluster

    case = size.case()
    threads = timed_screen(case)
    here = Measurement(
        f"{size}: two threads", threads.scoring_s + threads.confirming_s, peak_mib(), note=_stages(threads)
    )
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        dask = timed_screen(case, Means(runner=DaskCluster(client)))
    if not same(threads.screen.candidates, dask.screen.candidates):
        raise SystemExit("Dask and threads do not give the same candidates.")
    note = f"{_stages(dask)}; the same candidates, bit for bit"
    there = Measurement(f"{size}: Dask, 2 workers", dask.scoring_s + dask.confirming_s, peak_mib(), note=note)
    return [here, there]


def _stages(timed: TimedScreen) -> str:
    return f"{timed.scoring_s:.1f} s to score, {timed.confirming_s:.1f} s to confirm"


def same(some: Candidates, others: Candidates) -> bool:
    """Whether two results have the same bits."""
    return all(
        getattr(some, field.name).tobytes() == getattr(others, field.name).tobytes() for field in fields(Candidates)
    )
