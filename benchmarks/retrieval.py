"""How often a screen finds the right person, measured on synthetic cases whose truth is known.

    python -m benchmarks.retrieval [--cases 4] [--missing 8000] [--samples 5000]

Writes the tables in docs/screening-retrieval.md and the picture beside it. The same numbers give the same tables, byte
for byte. Takes about five minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.recall import Searches, join_searches, places
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.seen import Seen, gather_seen
from homeward.genetics.screening.selection import Pairs, join_pairs, keep_best
from homeward.genetics.screening.tables import ConditionedTables
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import SimulatedCase, simulate_case
from homeward.genetics.simulation.structures import STRUCTURES
from homeward.identification.policy import Policy
from homeward.identification.runners import Threads
from homeward.identification.screen_blocks import SUBJECTS_AT_ONCE
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_questions import ask

DOCS = Path(__file__).parent.parent / "docs"
PAGE, PICTURE = DOCS / "screening-retrieval.md", DOCS / "images" / "screening-retrieval.png"
TOP = 100
POLICY = ScreenPolicy(top=TOP, min_log10_lr=float("-inf"), policy=Policy(min_loci=1))
"""Whoever is missing gets a place, however weak the family, and every sample is compared, however few its loci."""
MUTATION_MODELS = ("none", "stepwise")
MAIN_MODEL = "stepwise"
"""Most tables are of this one: real families mutate."""


def search(simulated: SimulatedCase) -> Searches:
    """Search for the owner of every sample of a missing person, among all missing persons of the case."""
    case, truth = simulated.case, simulated.truth
    question = ask(case, POLICY, Against.FAMILIES)
    position = {subject.id: i for i, subject in enumerate(question.subjects)}
    right = np.array([position.get(truth.samples[row].missing or "", -1) for row in question.sample_rows])
    seen = gather_seen(question.panel, question.samples)
    scorer = Scorer(seen, question.samples.sex, question.sex_log10_lr, POLICY.selection)
    order = question.reference.order()
    order = order[question.is_compared[order]]
    log10_lr, expected = np.full((2, len(right)), np.nan)

    def score(subjects: NDArray[np.integer]) -> tuple[NDArray[np.integer], ConditionedTables, Pairs]:
        tables = question.reference.part(subjects).condition(None)
        return subjects, tables, scorer.best_pairs(tables, question.sex[subjects])

    pairs = []
    blocks = (order[start : start + SUBJECTS_AT_ONCE] for start in range(0, len(order), SUBJECTS_AT_ONCE))
    for _, (subjects, tables, found) in Threads().run(score, enumerate(blocks)):
        pairs.append(Pairs(found.sample, subjects[found.sought].astype(np.int32), found.score))
        row = np.full(len(question.subjects), -1)
        row[subjects] = np.arange(len(subjects))
        mine = np.flatnonzero((right >= 0) & (row[right] >= 0))
        log10_lr[mine], expected[mine] = _right_pairs(seen, tables, mine, row[right[mine]])
    place = places(keep_best(join_pairs(pairs), TOP), right, TOP)
    number = {structure.name: i for i, structure in enumerate(STRUCTURES)}
    family_of = truth.family_of
    of_missing = np.flatnonzero(right >= 0)
    samples = [truth.samples[question.sample_rows[i]] for i in of_missing]
    return Searches(
        structure=np.array([number[family_of[sample.missing or ""].structure] for sample in samples]),
        n_loci=np.array([sample.n_loci for sample in samples]),
        degraded=np.array([sample.degraded for sample in samples]),
        place=place[of_missing],
        log10_lr=log10_lr[of_missing],
        expected_log10_lr=expected[of_missing],
    )


def _right_pairs(
    seen: Seen, tables: ConditionedTables, sample: NDArray[np.integer], person: NDArray[np.integer]
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Return log10 LR and expected log10 LR of some pairs, whether or not they were kept."""
    entries = seen.log10_lr(tables)
    told = (seen.column[sample] < seen.n_columns) & tables.compared[person]
    by_locus = entries[seen.column[sample], person[:, None]].astype(np.float64)
    return by_locus.sum(axis=1), np.where(told, tables.expected[person], 0.0).sum(axis=1)


def search_cases(mutation: str, *, cases: int, missing: int, samples: int) -> Searches:
    """Return the searches of several simulated cases, with seeds from 1; there is one sample of each person."""
    options = [
        SimulationOptions(missing, samples, seed=seed, mutation=mutation, samples_per_person=1.0)
        for seed in range(1, cases + 1)
    ]
    return join_searches([search(simulate_case(one)) for one in options])


def main(arguments: list[str]) -> int:
    from benchmarks.retrieval_plot import draw
    from benchmarks.retrieval_tables import all_tables, write_into

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=4, help="simulated cases of each mutation model, seeds from 1")
    parser.add_argument("--missing", type=int, default=8000, help="missing persons of each case")
    parser.add_argument("--samples", type=int, default=5000, help="samples of each case, a fifth of them of strangers")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that the tables are written into")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="the picture, a PNG file")
    chosen = parser.parse_args(arguments)
    sizes = {"cases": chosen.cases, "missing": chosen.missing, "samples": chosen.samples}
    by_model = {model: search_cases(model, **sizes) for model in MUTATION_MODELS}
    page = chosen.page.read_text(encoding="utf-8")
    chosen.page.write_text(write_into(page, all_tables(by_model, MAIN_MODEL)), encoding="utf-8")
    about = (
        f"{len(by_model[MAIN_MODEL]):,} samples of missing persons, each against {chosen.missing:,} missing persons; "
        f"{chosen.cases} synthetic cases, {MAIN_MODEL} mutation. Nobody in them ever lived."
    )
    draw(by_model[MAIN_MODEL], chosen.picture, about=about)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
