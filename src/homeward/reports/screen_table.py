"""The candidates of a screen as a table, as JSON and as a Parquet file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

from homeward.core.arrays import IntArray
from homeward.formats.atomic import write_file
from homeward.identification.screen_policy import Against
from homeward.identification.screen_results import Screen
from homeward.reports.documents import Document, case_document, json_number, policy_document

if TYPE_CHECKING:
    import polars as pl


def candidate_table(screen: Screen) -> pl.DataFrame:
    """Return the candidates, one row each, by sample and rank; docs/screening.md describes the columns."""
    import polars as pl

    of, loci = screen.candidates, screen.case.panel.names
    samples = [screen.case.samples.ids[i] for i in of.sample]
    subjects = [screen.subjects[i] for i in of.subject]
    is_families = screen.against is Against.FAMILIES
    if is_families:
        who = {
            "missing": [subject.id for subject in subjects],
            "family": [subject.family for subject in subjects],
        }
    else:
        who = {
            "other": [subject.id for subject in subjects],
            "relation": [subject.relation for subject in subjects],
        }
    texts = {"sample": samples, **who}
    weakest = [loci[i] if i >= 0 else None for i in of.weakest_locus]
    return pl.DataFrame(
        {name: pl.Series(values, dtype=pl.String) for name, values in texts.items()}
        | {
            "log10_lr": of.log10_lr,
            "inconsistencies": pl.Series(of.n_inconsistent, dtype=pl.Int32),
            "loci": pl.Series(of.n_loci, dtype=pl.Int32),
            "rank": _known(of.rank),
            "rank_for_missing" if is_families else "rank_for_other": _known(of.subject_rank),
            "order_log10_lr": of.order_log10_lr,
            "expected_log10_lr": of.expected_log10_lr,
            "weakest_locus": pl.Series(weakest, dtype=pl.String),
            "weakest_log10_lr": pl.Series(of.weakest_log10_lr).fill_nan(None),
        }
    )


def _known(rank: IntArray) -> pl.Series:
    """Return ranks as a column in which one that is not known is empty."""
    import polars as pl

    return pl.Series([int(place) or None for place in rank], dtype=pl.Int32)


def screen_document(screen: Screen) -> Document:
    """Return the JSON object of a screen."""
    rows = candidate_table(screen).to_dicts()
    for row in rows:
        row.update((key, json_number(value)) for key, value in row.items() if isinstance(value, float))
    is_families = screen.against is Against.FAMILIES
    return about_screen(screen) | {
        "candidates": rows if is_families else [],
        "matches": [] if is_families else rows,
    }


def about_screen(screen: Screen) -> Document:
    """Return all of a screen but the candidates: what it was made from and with, and what was set aside."""
    policy = screen.policy
    return {
        "homeward": screen.software_version,
        "case": case_document(screen.case, screen.inputs, screen.notes),
        "policy": policy_document(policy.policy)
        | {
            "top": policy.top,
            "min_log10_lr": json_number(policy.min_log10_lr),
            "inconsistency_log10_lr": policy.inconsistency_log10_lr,
        },
        "against": str(screen.against),
        "samples": screen.n_samples,
        "subjects": screen.n_subjects,
        "pairs": screen.n_pairs,
        "set_aside": [{"id": one.id, "reason": one.reason} for one in screen.set_aside],
    }


def write_screen(screen: Screen, path: Path) -> None:
    """Write the candidates as a Parquet file in one step; the rest of the screen is in its metadata, as JSON.

    Raises InputError if it cannot be written; nothing is then left behind.
    """
    content = io.BytesIO()
    about = json.dumps(about_screen(screen), ensure_ascii=False, allow_nan=False)
    candidate_table(screen).write_parquet(content, metadata={"homeward": about})
    write_file(path, content.getvalue())
