"""Merging unseen alleles in each row for itself changes no likelihood."""

import numpy as np
import pytest

from homeward.genetics.batches import LocusRows, contract_rows
from homeward.genetics.merged_rows import draws_afresh, merge_unseen
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.states import whole_states
from tests.families import pedigree

MODELS = [MutationModel(), MutationModel(MutationKind.PROPORTIONAL, 0.03)]


def panel(model, *, sizes=(6, 3, 9)):
    rng = np.random.default_rng(4)
    return Panel(
        tuple(
            Locus(f"L{i}", tuple(str(8 + k) for k in range(n)), rng.dirichlet(np.ones(n)), model, model)
            for i, n in enumerate(sizes)
        )
    )


@pytest.mark.parametrize("model", MODELS, ids=["none", "proportional"])
def test_the_likelihood_is_that_of_all_alleles(model):
    loci = panel(model)
    members = pedigree("X = A + B; Y = A + B; M = X + V; C = Y + W")
    rng = np.random.default_rng(1)
    locus = np.array([0, 1, 2, 0, 2, 1])
    alleles = np.full((6, len(members), 2), -1)
    typed = [members.position(name) for name in "MCV"]
    alleles[:, typed] = rng.integers(0, 3, size=(6, 3, 2))
    dropout = np.zeros((6, len(members)))
    dropout[3:, typed[0]] = 0.2

    def likelihoods(states):
        found = np.zeros(6)
        for part in contract_rows(members.parent_rows, states, alleles, dropout):
            found[part.rows] = part.log10_values
        return found

    merged = likelihoods(merge_unseen(loci, locus, alleles))
    assert merged == pytest.approx(likelihoods(LocusRows(whole_states(loci), locus)), rel=1e-12)


def test_states_are_the_alleles_shown_in_order_and_one_for_the_others():
    loci = panel(MODELS[0])
    rows = merge_unseen(loci, np.array([0, 1]), np.array([[[4, 1], [-1, -1]], [[2, 2], [0, 2]]]))
    assert list(rows.n_states) == [3, 3]
    assert list(rows.state_of[0][:6]) == [2, 0, 2, 2, 1, 2]
    assert list(rows.state_of[1][:3]) == [0, 2, 1]
    f = loci.loci[0].frequencies
    assert rows.frequencies[0] == pytest.approx([f[1], f[4], f[[0, 2, 3, 5]].sum()])


def test_every_row_of_a_matrix_sums_to_one_and_padding_is_never_reached():
    loci = panel(MODELS[1])
    rows = merge_unseen(loci, np.array([2]), np.array([[[4, 1]]]))
    frequencies, female, male = rows.stack(np.array([0]), 8)
    assert frequencies[0, 3:].tolist() == [0.0] * 5
    assert female[0].sum(axis=1) == pytest.approx(np.ones(8))
    assert (female[0, :3, 3:] == 0).all()
    assert (female == male).all()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (MutationKind.NONE, True),
        (MutationKind.PROPORTIONAL, True),
        (MutationKind.EQUAL, False),
        (MutationKind.STEPWISE, False),
    ],
)
def test_only_models_without_memory_of_the_old_allele_merge(kind, expected):
    assert draws_afresh(panel(MutationModel(kind, 0.002)).loci[0]) is expected


def test_one_sex_is_enough_to_keep_alleles_apart():
    locus = Locus("L", ("8", "9"), np.array([0.4, 0.6]), MODELS[0], MutationModel(MutationKind.EQUAL, 0.002))
    assert not draws_afresh(locus)
