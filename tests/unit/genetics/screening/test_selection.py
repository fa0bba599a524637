"""The best pairs of a stream equal those of a full sort."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.screening import selection
from homeward.genetics.screening.devices import CPU
from homeward.genetics.screening.selection import BestPairs, Pairs, Selection, join_pairs, keep_best, rank_within
from tests.examples import examples


def by_full_sort(scores, top, least):
    """(sample, sought) of every pair that is among the best of its row or column, ties to the lower position."""
    in_rows = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    in_columns = np.argsort(-scores, axis=0, kind="stable")[:top]
    kept = {(row, int(column)) for row, columns in enumerate(in_rows) for column in columns}
    kept |= {(int(row), column) for column, rows in enumerate(in_columns.T) for row in rows}
    return {(row, column) for row, column in kept if scores[row, column] >= least and scores[row, column] > -np.inf}


@st.composite
def score_tables(draw):
    rows, columns = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    # Few values, so that there are many ties; some impossible.
    values = np.array([-np.inf, -3.0, -1.0, 0.0, 0.5, 2.0, 7.0], dtype=np.float32)
    return rng.choice(values, size=(rows, columns))


@settings(max_examples=examples(150), deadline=None)
@given(
    score_tables(),
    st.integers(1, 6),
    st.sampled_from([-np.inf, -1.0, 2.0]),
    st.integers(1, 12),
    st.integers(1, 12),
    st.randoms(use_true_random=False),
)
def test_the_best_pairs_of_pieces_in_any_order_are_those_of_a_full_sort(scores, top, least, height, width, random):
    best = BestPairs(Selection(top, least, 0, -3.0), *scores.shape)
    pieces = [(r, c) for r in range(0, len(scores), height) for c in range(0, scores.shape[1], width)]
    random.shuffle(pieces)
    for row, column in pieces:
        best.add(scores[row : row + height, column : column + width], row, column, CPU)
    found = best.result()
    assert {(int(r), int(c)) for r, c in zip(found.sample, found.sought, strict=True)} == by_full_sort(
        scores, top, least
    )
    assert (found.score == scores[found.sample, found.sought]).all()


def test_memory_is_kept_by_picking_out_the_best_on_the_way(monkeypatch):
    monkeypatch.setattr(selection, "MANY_PENDING", 50)
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(40, 60)).astype(np.float32)
    best = BestPairs(Selection(2, -np.inf, 0, -3.0), *scores.shape)
    for column in range(0, 60, 10):
        best.add(scores[:, column : column + 10], 0, column, CPU)
        # No more than the best two of each side are pending, and what came since.
        assert sum(map(len, best._pending)) <= 2 * (40 + 60) + 50
    found = best.result()
    assert {(int(r), int(c)) for r, c in zip(found.sample, found.sought, strict=True)} == by_full_sort(
        scores, 2, -np.inf
    )


def test_pairs_come_by_sample_and_place():
    pairs = Pairs(np.array([1, 0, 1, 0]), np.array([0, 1, 2, 0]), np.array([1.0, 2.0, 5.0, 2.0], dtype=np.float32))
    best = keep_best(pairs, 4)
    assert list(best.sample) == [0, 0, 1, 1]
    # Of two equal scores the first person sought comes first.
    assert list(best.sought) == [0, 1, 2, 0]


def test_ranks_count_from_zero_within_each_group():
    rank = rank_within(np.array([7, 3, 7, 7]), np.array([1.0, 9.0, 4.0, 4.0]), np.array([0, 0, 2, 1]))
    assert list(rank) == [2, 0, 1, 0]


def test_nothing_joined_is_nothing():
    assert len(keep_best(join_pairs([]), 3)) == 0


@pytest.mark.parametrize("top", [1, 3])
def test_what_is_best_of_parts_is_best_of_the_whole(top):
    rng = np.random.default_rng(3)
    n = 400
    key = rng.permutation(30 * 40)[:n]
    pairs = Pairs(key // 40, key % 40, rng.integers(0, 9, n).astype(np.float32))
    whole = keep_best(pairs, top)
    parts = [keep_best(pairs[np.arange(i, n, 3)], top) for i in range(3)]
    again = keep_best(join_pairs(parts), top)
    for name in ("sample", "sought", "score"):
        assert (getattr(whole, name) == getattr(again, name)).all()
