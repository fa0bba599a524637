"""The picture of the page on retrieval."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benchmarks.recall import Searches, Share, recall
from benchmarks.retrieval_tables import LOCUS_BANDS, RANKS, bands_of_expectation, by_strength
from homeward.genetics.simulation.structures import STRUCTURES

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Okabe and Ito, Color Universal Design (2008): told apart with any colour vision."""
MARKERS = ("o", "s", "D", "^", "v", "P")
SHOWN_BY_LOCI = ("child and spouse", "two full siblings", "full sibling", "two nephews or nieces by a brother")
"""Structures that are common and of different strength."""
AT_RANK = 10


def draw(searches: Searches, path: Path, *, about: str) -> None:
    """Draw recall by structure, by number of typed loci and by expected log10 LR; ``about``: what was searched."""
    with mpl.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True}):
        figure = Figure(figsize=(11, 9.5), layout="constrained")
        panels = figure.subplot_mosaic([["structure", "loci"], ["structure", "expected"]], width_ratios=(1.15, 1))
        _by_structure(panels["structure"], searches[~searches.degraded])
        _by_loci(panels["loci"], searches)
        _by_expectation(panels["expected"], searches)
        figure.suptitle("How often a screen ranks the right missing person first, or among the first (synthetic cases)")
        figure.supxlabel(f"{about}\nBars: Wilson 95 % intervals.", fontsize=8.5, ha="left", x=0.01)
        figure.savefig(path, dpi=130, metadata={"Software": None})


def _by_structure(axes: Axes, searches: Searches) -> None:
    numbers = by_strength(searches)
    rows = np.arange(len(numbers))
    for rank, colour, marker, shift in zip(RANKS, COLOURS, MARKERS, (-0.24, 0.0, 0.24), strict=False):
        shares = [recall(searches.place[searches.structure == number], rank) for number in numbers]
        _bars(axes, shares, rows + shift, colour, marker, _first(rank), horizontal=True)
    names = [f"{STRUCTURES[n].name} ({(searches.structure == n).sum():,})" for n in numbers]
    axes.set_yticks(rows, names)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="x", color="0.9")
    axes.hlines(rows[:-1] + 0.5, 0, 100, color="0.93", linewidth=0.6)
    axes.set_xlim(-1, 101)
    axes.set_xlabel("samples whose right person is there (%)")
    axes.set_title("By family structure (number of samples), all loci typed", loc="left", fontsize=9.5)
    axes.legend(loc="upper left", bbox_to_anchor=(0.05, 0.97), framealpha=1, fontsize=8.5)


def _by_loci(axes: Axes, searches: Searches) -> None:
    at = np.arange(len(LOCUS_BANDS))
    number = {structure.name: i for i, structure in enumerate(STRUCTURES)}
    for i, name in enumerate(SHOWN_BY_LOCI):
        mine = searches[searches.structure == number[name]]
        shares = [
            recall(mine.place[(mine.n_loci >= low) & (mine.n_loci <= high)], AT_RANK) for low, high in LOCUS_BANDS
        ]
        _bars(axes, shares, at + 0.06 * (i - 1.5), COLOURS[i], MARKERS[i], name, line=True)
    axes.set_xticks(at, [f"{low}" if low == high else f"{low}-{high}" for low, high in LOCUS_BANDS])
    axes.set_xlabel("loci at which the sample is typed")
    _percent_axis(axes, f"right person among the first {AT_RANK} (%)")
    axes.set_title("By number of typed loci, four structures", loc="left", fontsize=9.5)
    axes.legend(framealpha=1, fontsize=8.5)


def _by_expectation(axes: Axes, searches: Searches) -> None:
    bands = bands_of_expectation(searches)
    at = np.arange(len(bands))
    for i, rank in enumerate(RANKS):
        shares = [recall(mine.place, rank) for _, mine in bands]
        _bars(axes, shares, at + 0.06 * (i - 1), COLOURS[i], MARKERS[i], _first(rank), line=True)
    axes.set_xticks(at, [f"{low:g}-{high:g}" if high < 99 else f"{low:g}+" for (low, high), _ in bands])
    axes.set_xlabel("expected log10 LR of the right pair")
    _percent_axis(axes, "samples whose right person is there (%)")
    axes.set_title("By what could be expected, all structures", loc="left", fontsize=9.5)
    axes.legend(framealpha=1, fontsize=8.5)


def _percent_axis(axes: Axes, label: str) -> None:
    axes.set_ylim(-2, 102)
    axes.set_ylabel(label)
    axes.grid(axis="y", color="0.9")


def _first(rank: int) -> str:
    return "first" if rank == 1 else f"among the first {rank}"


def _bars(
    axes: Axes,
    shares: Sequence[Share],
    at: NDArray[np.floating],
    colour: str,
    marker: str,
    label: str,
    *,
    horizontal: bool = False,
    line: bool = False,
) -> None:
    """Draw shares as points with their intervals; a share of nothing is left out."""
    known = [(share, place) for share, place in zip(shares, at, strict=True) if share.n]
    value = 100 * np.array([share.share for share, _ in known])
    ends = 100 * np.array([share.interval for share, _ in known])
    error = np.abs(ends.T - value)
    place = np.array([place for _, place in known])
    axes.errorbar(
        value if horizontal else place,
        place if horizontal else value,
        xerr=error if horizontal else None,
        yerr=None if horizontal else error,
        color=colour,
        marker=marker,
        markersize=4,
        linestyle="-" if line else "none",
        elinewidth=1,
        label=label,
    )
