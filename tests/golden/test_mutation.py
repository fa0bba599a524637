"""Mutation matrices and paternity LRs against pedmut and pedprobr; see mutation/ORIGIN.md."""

import csv
from pathlib import Path

import numpy as np
import pytest

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform, overall_rate, transmission_matrix
from homeward.genetics.panel import Panel
from tests.families import locus, pedigree, profiles

FOLDER = Path(__file__).parent / "mutation"


def rows(name):
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def matrix_of(row):
    """Return the alleles, the transmission matrix and the frequencies that a line is about."""
    alleles, frequencies = tuple(row["alleles"].split()), np.array(row["frequencies"].split(), dtype=float)
    model = MutationModel(
        MutationKind(row["model"]),
        0.002,
        float(row["range"]),
        float(row["rate2"]),
        MutationTransform(row["transform"]),
    )
    return alleles, transmission_matrix(model, alleles, frequencies), frequencies


@pytest.mark.parametrize(
    "row", rows("matrices.csv"), ids=lambda r: f"{r['model']} {r['transform']} {r['from']}>{r['to']}"
)
def test_a_transmission_probability_is_that_of_pedmut(row):
    alleles, matrix, _ = matrix_of(row)
    # The source prints seven to ten significant digits.
    assert matrix[alleles.index(row["from"]), alleles.index(row["to"])] == pytest.approx(
        float(row["probability"]), rel=1e-6
    )
    assert matrix.sum(axis=1) == pytest.approx(1.0, abs=1e-14)


@pytest.mark.parametrize("row", rows("overall_rates.csv"), ids=lambda r: f"{r['model']} {r['transform']}")
def test_an_overall_rate_is_that_of_pedmut(row):
    _, matrix, frequencies = matrix_of(row)
    assert overall_rate(matrix, frequencies) == pytest.approx(float(row["overall"]), rel=1e-9)


@pytest.mark.parametrize("model", ["equal", "proportional", "onestep", "stepwise"])
@pytest.mark.parametrize("row", rows("paternity_lr.csv"), ids=lambda r: f"{r['man']} {r['mother']} {r['child']}")
def test_a_paternity_lr_with_mutation_is_that_of_pedprobr(row, model):
    kind = MutationKind(model)
    at = locus("L", {"8": 0.1, "9": 0.3, "10": 0.4, "11": 0.2}, MutationModel(kind, 0.001), MutationModel(kind, 0.002))
    panel = Panel((at,))
    seen = {"man": row["man"], "mother": row["mother"], "child": row["child"]}
    typed = {person: genotype for person, genotype in seen.items() if genotype != "-"}
    related = pedigree("child = man + mother")
    unrelated = pedigree("child = someone + mother; man")
    lr = 10 ** (
        pedigree_log10_likelihood(related, profiles(related.ids, panel, typed), panel).sum()
        - pedigree_log10_likelihood(unrelated, profiles(unrelated.ids, panel, typed), panel).sum()
    )
    # The source prints seven significant digits.
    assert lr == pytest.approx(float(row[model]), rel=1e-6)
