"""Sorted bones as a table, as JSON and as Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.core.provenance import InputFile
from homeward.formats.atomic import write_file
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.sorting.explain import PairExplanation, PairTest
from homeward.osteology.sorting.results import Comparison, SetAside, Sorting, TestedPairs
from homeward.osteology.sorting.settings import SortSettings, chosen_version, settings_notes
from homeward.osteology.specimens import Specimens
from homeward.reports.documents import Document, json_number

if TYPE_CHECKING:
    import polars as pl

VERDICTS = {True: "Excluded", False: "Cannot be excluded"}


def sort_document(
    result: Sorting,
    specimens: Specimens,
    reference: ReferenceSample,
    inputs: tuple[InputFile, ...],
    notes: Iterable[str],
) -> Document:
    """Return all of a sorting as one JSON object."""
    return about_sorting(result, specimens, reference, inputs, notes) | {
        "pairs": [row for part in result.pairs for row in _pair_rows(part, specimens)]
    }


def about_sorting(
    result: Sorting,
    specimens: Specimens,
    reference: ReferenceSample,
    inputs: tuple[InputFile, ...],
    notes: Iterable[str],
) -> Document:
    """Return what a sorting was made from and with, its counts and what was set aside."""
    return {
        "homeward": __version__,
        "policy": settings_document(result.settings),
        "case": case_document(specimens, reference, inputs, [*notes, *result.notes]),
        "comparisons": [_comparison(one) for one in result.comparisons],
        "set_aside": [set_aside_document(one) for one in result.set_aside],
    }


def explanation_document(
    explanation: PairExplanation, reference: ReferenceSample, inputs: tuple[InputFile, ...], notes: Iterable[str]
) -> Document:
    """Return one pair of bones, with the reference of each test, as one JSON object."""
    said = settings_notes(explanation.settings, {test.method for test in explanation.tests})
    return {
        "homeward": __version__,
        "policy": settings_document(explanation.settings),
        "case": case_document(explanation.bones, reference, inputs, [*notes, *said]),
        "pairs": [explained_test(test, explanation.bones) for test in explanation.tests],
        "set_aside": [set_aside_document(one) for one in explanation.set_aside],
    }


def settings_document(settings: SortSettings) -> Document:
    """Return every threshold and choice of sorting."""
    fields: dict[str, Any] = asdict(settings)
    fields["articulations"] = [f"{joint.first}-{joint.second}" for joint in settings.articulations]
    return fields | {"version": chosen_version(settings), "density": settings.density.value}


def case_document(
    specimens: Specimens, reference: ReferenceSample, inputs: tuple[InputFile, ...], notes: Iterable[str]
) -> Document:
    """Return what was compared with which reference, and the files."""
    return {
        "specimens": len(specimens),
        "reference": reference.name,
        "reference_people": len(set(reference.persons)),
        "inputs": [{"name": one.name, "sha256": one.sha256, "bytes": one.n_bytes} for one in inputs],
        "notes": list(dict.fromkeys(notes)),
    }


def set_aside_document(one: SetAside) -> Document:
    """Return what was not compared, and why."""
    return {
        "id": one.id,
        "element": one.element,
        "side": one.side and str(one.side),
        "method": one.method and one.method.value,
        "measurements": list(one.measurements),
        "n_reference": one.n_reference,
        "pairs": one.n_pairs,
        "reason": one.reason,
    }


def explained_test(test: PairTest, bones: Specimens) -> Document:
    """Return one test of one pair with its measurements and its reference."""
    return {
        **_names(bones, test.a, "a"),
        **_names(bones, test.b, "b"),
        "method": test.method.value,
        "measurements": [one.code for one in test.measurements],
        "n_reference": test.n_reference,
        "statistic": json_number(test.statistic),
        "df": df_document(test.df),
        "p_value": json_number(test.p_value),
        "excluded": test.excluded,
        "verdict": VERDICTS[test.excluded],
        "log10_lr": json_number(test.log10_lr),
        "value": json_number(test.value),
        "reference_mean": json_number(test.reference_mean),
        "reference_sd": json_number(test.reference_sd),
        "values_mm": [
            {"code": one.code, "a": json_number(one.a_mm), "b": json_number(one.b_mm)} for one in test.measurements
        ],
    }


def df_document(df: tuple[int, ...]) -> int | list[int]:
    """Return the degrees of freedom: a number for a t, two for an F."""
    return df[0] if len(df) == 1 else list(df)


def pair_table(part: TestedPairs, specimens: Specimens) -> pl.DataFrame:
    """Return some pairs as a table, one row each, with the columns of the JSON objects; an F has two df, as text."""
    import polars as pl

    positions = sorted(set(part.sets.tolist()))
    place = {position: i for i, position in enumerate(positions)}
    of_sets = [place[position] for position in part.sets.tolist()]
    test = part.test
    sets = pl.DataFrame(
        {
            "measurements": [" ".join(test.measurements(position)) for position in positions],
            "n_reference": [int(test.n_reference[position]) for position in positions],
            "df": [", ".join(map(str, test.degrees(position))) for position in positions],
        },
        schema={"measurements": pl.String, "n_reference": pl.Int32, "df": pl.String},
    )[of_sets]
    names = {
        f"{which}{suffix}": pl.Series(values, dtype=pl.String)[rows]
        for which, rows in (("a", part.a), ("b", part.b))
        for suffix, values in (
            ("", list(specimens.ids)),
            ("_element", list(specimens.elements)),
            ("_side", [str(side) for side in specimens.sides]),
        )
    }
    return pl.DataFrame(
        names
        | {"method": pl.repeat(test.method.value, len(part), eager=True)}
        | {name: sets[name] for name in sets.columns}
        | {
            "statistic": part.statistic,
            "p_value": part.p_value,
            "excluded": part.excluded,
            "log10_lr": part.log10_lr,
        }
    )


class PairsFolder:
    """A new folder of Parquet files, part-00001.parquet and so on, to which pairs are written as they come.

    Raises InputError if the folder cannot be made or there is something in it already.
    """

    def __init__(self, folder: Path, specimens: Specimens) -> None:
        self.folder, self.specimens, self.n_parts = folder, specimens, 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            is_empty = next(folder.iterdir(), None) is None
        except OSError as error:
            fix = "Name a folder that you may write to."
            raise InputError(Problem(f"The folder cannot be made: {error.strerror}.", str(folder), fix)) from error
        if not is_empty:
            raise InputError(Problem("There is something in this folder.", str(folder), "Name a new folder."))

    def write(self, part: TestedPairs) -> None:
        """Write some pairs as the next file, in one step."""
        self.n_parts += 1
        content = io.BytesIO()
        pair_table(part, self.specimens).write_parquet(content)
        write_file(self.folder / f"part-{self.n_parts:05}.parquet", content.getvalue())


def _pair_rows(part: TestedPairs, specimens: Specimens) -> Iterable[Document]:
    """The pairs of one part as JSON objects."""
    test = part.test
    about: dict[int, Document] = {}
    columns = (part.a, part.b, part.sets, part.statistic, part.p_value, part.excluded, part.log10_lr)
    for a, b, position, statistic, p_value, excluded, log10_lr in zip(*(c.tolist() for c in columns), strict=True):
        if position not in about:
            about[position] = {
                "measurements": list(test.measurements(position)),
                "n_reference": int(test.n_reference[position]),
                "df": df_document(test.degrees(position)),
            }
        yield {
            **_names(specimens, a, "a"),
            **_names(specimens, b, "b"),
            "method": test.method.value,
            **about[position],
            "statistic": json_number(statistic),
            "p_value": json_number(p_value),
            "excluded": excluded,
            "log10_lr": json_number(log10_lr),
        }


def _names(specimens: Specimens, row: int, which: str) -> Document:
    """Id, element and side of one bone of a pair."""
    return {
        which: specimens.ids[row],
        f"{which}_element": specimens.elements[row],
        f"{which}_side": str(specimens.sides[row]),
    }


def _comparison(one: Comparison) -> Document:
    return {
        "method": one.method.value,
        "first": str(one.first),
        "second": str(one.second),
        "excluded": one.n_excluded,
        "not_excluded": one.n_not_excluded,
        "not_compared": one.n_not_compared,
    }
