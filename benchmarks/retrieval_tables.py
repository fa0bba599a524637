"""The tables of the page on retrieval, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.recall import Searches, Share, recall
from homeward.genetics.simulation.structures import STRUCTURES

RANKS = (1, 10, 100)
LOCUS_BANDS = ((1, 7), (8, 11), (12, 15), (16, 19), (20, 23), (24, 24))
EXPECTATION_BANDS = ((0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 6.0), (6.0, 8.0), (8.0, 12.0), (12.0, 99.0))
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write_into(page: str, tables: str, begin: str = BEGIN, end: str = END) -> str:
    """Return a page with these tables between its marks."""
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"The page must hold {begin} and after it {end}.")
    return f"{before}{begin}\n\n{tables}\n{end}{after}"


def all_tables(by_model: Mapping[str, Searches], main: str) -> str:
    """Return every table; those by structure and by loci are of the mutation model ``main``."""
    searches = by_model[main]
    parts = [
        "### All structures together",
        table_of_models(by_model),
        f"### By family structure, samples typed at all loci ({main})",
        table_by_structure(searches[~searches.degraded], with_expectation=True),
        f"### By family structure, degraded samples ({main})",
        table_by_structure(searches[searches.degraded], with_expectation=False),
        f"### By number of typed loci ({main})",
        table_by_loci(searches),
        f"### By what could be expected ({main})",
        table_by_expectation(searches),
    ]
    return "\n\n".join(parts) + "\n"


def table_of_models(by_model: Mapping[str, Searches]) -> str:
    """Return recall over all structures, for each mutation model, complete and degraded samples apart."""
    rows = []
    for model, searches in by_model.items():
        for name, chosen in (("all loci", ~searches.degraded), ("degraded", searches.degraded)):
            rows.append([model, name, *_recalls(searches[chosen])])
    return _markdown(["mutation", "samples", "n", *_rank_titles()], rows)


def table_by_structure(searches: Searches, *, with_expectation: bool) -> str:
    """Return recall by family structure, those with the strongest families first."""
    rows = []
    for number in by_strength(searches):
        structure, mine = STRUCTURES[number], searches[searches.structure == number]
        row = [structure.name, str(len(structure.donors)), *_recalls(mine)]
        rows.append(row + _expectation(mine) if with_expectation else row)
    titles = ["structure", "donors", "n", *_rank_titles()]
    if with_expectation:
        titles += ["mean log10 LR", "expected", "difference"]
    return _markdown(titles, rows)


def table_by_loci(searches: Searches) -> str:
    """Return recall by the number of loci at which the sample is typed."""
    rows = []
    for low, high in LOCUS_BANDS:
        mine = searches[(searches.n_loci >= low) & (searches.n_loci <= high)]
        rows.append([str(low) if low == high else f"{low} to {high}", *_recalls(mine)])
    return _markdown(["typed loci", "n", *_rank_titles()], rows)


def table_by_expectation(searches: Searches) -> str:
    """Return recall by the log10 LR that could be expected of the sample's loci if the pair is true."""
    rows = []
    for (low, high), mine in bands_of_expectation(searches):
        rows.append([f"{low:g} to {high:g}" if high < 99 else f"{low:g} or more", *_recalls(mine)])
    return _markdown(["expected log10 LR", "n", *_rank_titles()], rows)


def bands_of_expectation(searches: Searches) -> list[tuple[tuple[float, float], Searches]]:
    """Return the searches in each band of expected log10 LR."""
    expected = searches.expected_log10_lr
    return [((low, high), searches[(expected >= low) & (expected < high)]) for low, high in EXPECTATION_BANDS]


def by_strength(searches: Searches) -> list[int]:
    """Return the structures that occur, by falling expected log10 LR; those that tell nothing last."""
    expected = {}
    for number in map(int, np.unique(searches.structure)):
        mine = searches.expected_log10_lr[searches.structure == number]
        expected[number] = -1.0 if np.isnan(mine).all() else float(np.nanmean(mine))
    return sorted(expected, key=lambda number: (-expected[number], number))


def _recalls(searches: Searches) -> list[str]:
    """Return n and the recall at each rank with its interval."""
    return [f"{len(searches):,}", *(_percent(recall(searches.place, rank)) for rank in RANKS)]


def _percent(share: Share) -> str:
    if not share.n:
        return "-"
    low, high = share.interval
    return f"{100 * share.share:.1f} ({100 * low:.1f} to {100 * high:.1f})"


def _expectation(searches: Searches) -> list[str]:
    """Return mean log10 LR, mean expected log10 LR, and the mean difference with its standard error."""
    difference = searches.log10_lr - searches.expected_log10_lr
    if np.isnan(difference).any():
        return ["-", "-", "-"]
    error = np.std(difference, ddof=1) / np.sqrt(len(difference)) if len(difference) > 1 else float("nan")
    return [
        f"{searches.log10_lr.mean():.2f}",
        f"{searches.expected_log10_lr.mean():.2f}",
        f"{difference.mean():+.2f} ± {error:.2f}",
    ]


def _rank_titles() -> list[str]:
    return [f"first {rank}, %" if rank > 1 else "first, %" for rank in RANKS]


def _markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
