"""Results as a notebook shows them: the tables and drawings of the reports, where they stand."""

from __future__ import annotations

from functools import singledispatch

from homeward.genetics.pedigree import Pedigree
from homeward.identification.checking.results import CheckResult
from homeward.identification.kinship_explanation import KinshipExplanation
from homeward.identification.kinship_sensitivity import KinshipSensitivity
from homeward.identification.numbers import counted, format_count
from homeward.identification.results import KinshipResult
from homeward.osteology.counting import InventoryCount
from homeward.osteology.grouping.individuals import Grouping
from homeward.osteology.inventory import Inventory
from homeward.osteology.number_posterior import LEVEL
from homeward.osteology.sorting.explain import PairExplanation
from homeward.osteology.sorting.results import Sorting
from homeward.osteology.specimens import Specimens
from homeward.osteology.stature_results import StatureResult
from homeward.reports import check_report, grouping_report, inventory_report
from homeward.reports.inline_parts import Inline, inline
from homeward.reports.inventory_report import number_drawings, pair_row, skeleton_of
from homeward.reports.kinship_inline import explanation_inline, pedigree_inline, result_inline, sensitivity_inline
from homeward.reports.sort_report import explained_sections, pair_rows
from homeward.reports.stature_report import subject_sections

MOST_SHOWN = 20
"""People, groups or pairs that are shown; a report has all of them."""


@singledispatch
def show(result: object) -> Inline:
    """Return a result as a notebook shows it.

    Parameters
    ----------
    result : PairExplanation, Sorting, InventoryCount, Inventory, Grouping, StatureResult or Specimens
        Of bones. Of many people or groups the first ``MOST_SHOWN`` are shown; of an inventory or specimens, a skeleton.
    result : Pedigree, CheckResult, KinshipResult, KinshipExplanation or KinshipSensitivity
        Of DNA: a drawing; a check of families; pedigrees that were compared; one LR, locus by locus; what it hangs on.

    Raises
    ------
    TypeError
        It is none of these.
    """
    raise TypeError(f"There is nothing to show of a {type(result).__name__}.")


show.register(Pedigree, pedigree_inline)
show.register(KinshipResult, result_inline)
show.register(KinshipExplanation, explanation_inline)
show.register(KinshipSensitivity, sensitivity_inline)


@show.register
def _(explanation: PairExplanation) -> Inline:
    tests = explained_sections(explanation)
    reasons = [one.reason for one in explanation.set_aside]
    return _inline([], [one.drawing for one in tests], explained=tests, unexplained=reasons)


@show.register
def _(result: Sorting) -> Inline:
    return _inline(_sorting_sentences(result), [], comparisons=result.comparisons)


@show.register
def _(result: CheckResult) -> Inline:
    triangle = check_report.triangle_of(result)
    return _inline(
        [*check_report.summary_sentences(result), *result.notes],
        [triangle],
        findings=result.findings[:MOST_SHOWN],
        corrections=check_report.correction_rows(result)[:MOST_SHOWN],
        n_corrections=result.n_corrections,
        triangle=triangle,
    )


def show_pairs(result: Sorting, specimens: Specimens, most: int = MOST_SHOWN) -> Inline:
    """Return the counts of a sorting and the pairs that cannot be excluded, the largest likelihood ratios first.

    Parameters
    ----------
    result : Sorting
        With its pairs kept.
    specimens : Specimens
        The bones that were sorted.
    most : int
        Pairs to show.
    """
    rows = pair_rows(result, specimens, most)
    n_kept = sum(int((~part.excluded).sum()) for part in result.pairs)
    sentences = _sorting_sentences(result)
    return _inline(sentences, [], comparisons=result.comparisons, pairs=rows, n_hidden=n_kept - len(rows))


def _sorting_sentences(result: Sorting) -> list[str]:
    n_kept = sum(one.n_not_excluded for one in result.comparisons)
    n_compared = n_kept + sum(one.n_excluded for one in result.comparisons)
    summary = f"{counted(n_compared, 'comparison')} of two bones: {format_count(n_kept)} cannot be excluded."
    return [summary, *result.notes]


@show.register
def _(count: InventoryCount) -> Inline:
    skeleton = skeleton_of(count.inventory.elements, count.inventory.sides)
    numbers = number_drawings(count.pairs)
    return _inline(
        [*inventory_report.summary_sentences(count), *count.notes],
        [skeleton, *(one.svg for one in numbers)],
        skeleton=skeleton,
        elements=count.elements,
        pair_rows=[pair_row(one) for one in (count.pairs.elements if count.pairs else ())],
        numbers=numbers,
        level=f"{LEVEL:.0%}",
    )


@show.register
def _(inventory: Inventory) -> Inline:
    return _skeleton(inventory)


@show.register
def _(specimens: Specimens) -> Inline:
    return _skeleton(specimens)


def _skeleton(bones: Inventory | Specimens) -> Inline:
    skeleton = skeleton_of(bones.elements, bones.sides)
    return _inline([f"{counted(len(bones), 'specimen')}."], [skeleton], skeleton=skeleton)


@show.register
def _(grouping: Grouping) -> Inline:
    rows = [row for row in grouping_report.group_rows(grouping) if len(row.specimens) > 1]
    return _inline(
        [*grouping_report.summary_sentences(grouping), *_left_out(len(rows), "group")], [], groups=rows[:MOST_SHOWN]
    )


@show.register
def _(result: StatureResult) -> Inline:
    sections = subject_sections(result)
    shown = sections[:MOST_SHOWN]
    return _inline(
        [*result.notes, *_left_out(len(sections), "person", "people")],
        [one.drawing for one in shown],
        statures=shown,
    )


def _left_out(n: int, one: str, several: str | None = None) -> list[str]:
    """Say how many are not shown."""
    return [f"{counted(n, one, several)}; the first {MOST_SHOWN} are shown."] if n > MOST_SHOWN else []


def _inline(sentences: list[str], drawings: list[str], **parts: object) -> Inline:
    """Put parts of a report together, those that are named; the template knows what they are."""
    absent = dict.fromkeys(("elements", "comparisons", "pairs", "groups", "statures"))
    empty = dict.fromkeys(
        ("skeleton", "pair_rows", "numbers", "explained", "unexplained", "findings", "corrections", "triangle"), ()
    )
    return inline("inline.html.j2", drawings, **(absent | empty | parts), sentences=sentences)
