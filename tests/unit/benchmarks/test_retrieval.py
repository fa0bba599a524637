from __future__ import annotations

import numpy as np
import pytest
from benchmarks.recall import Share, places, recall
from benchmarks.retrieval import main
from benchmarks.retrieval_tables import BEGIN, END, write_into

from homeward.genetics.screening.selection import Pairs
from tests.examples import only_thorough


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    sample, sought, score = zip(*rows, strict=True)
    return Pairs(np.array(sample, np.int32), np.array(sought, np.int32), np.array(score, np.float32))


def test_the_place_of_the_right_person_is_one_and_how_many_score_higher():
    found = pairs((0, 7, 5.0), (0, 3, 4.0), (0, 9, 3.0), (1, 3, 2.0), (1, 7, 6.0), (2, 7, 1.0))
    # Sample 0: person 9 stands behind 7 and 3. Sample 1: person 7 is first. Sample 2: person 3 was not kept.
    assert places(found, np.array([9, 7, 3]), top=3).tolist() == [3, 1, 0]


def test_whoever_was_kept_for_the_sake_of_another_sample_has_no_place():
    found = pairs((0, 1, 5.0), (0, 2, 4.0), (0, 3, 3.0))
    assert places(found, np.array([3]), top=2).tolist() == [0]


def test_two_of_whom_the_family_says_the_same_share_a_place():
    found = pairs((0, 1, 5.0), (0, 2, 4.0), (0, 3, 4.00001))
    assert places(found, np.array([2]), top=3).tolist() == [2]


def test_a_sample_that_is_nobodys_has_no_place():
    assert places(pairs((0, 1, 5.0)), np.array([-1]), top=3).tolist() == [0]


def test_recall_counts_those_that_are_among_the_first():
    place = np.array([1, 2, 0, 10, 11, 1])
    assert [recall(place, rank).found for rank in (1, 10, 100)] == [2, 4, 5]
    assert recall(place, 1).n == 6


def test_the_wilson_interval_of_a_published_example():
    # Newcombe (1998), Statist. Med. 17:857-872, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (found, n), interval in published.items():
        assert Share(found, n).interval == pytest.approx(interval, abs=5e-5)


def test_a_page_without_marks_is_not_written_into():
    with pytest.raises(ValueError, match="measured: begin"):
        write_into("A page.", "tables")


@only_thorough
def test_the_same_numbers_give_the_same_page_and_picture(tmp_path):
    made = []
    for name in ("one", "other"):
        page, picture = tmp_path / f"{name}.md", tmp_path / f"{name}.png"
        page.write_text(f"Before.\n{BEGIN}\n{END}\nAfter.\n", encoding="utf-8")
        options = ["--cases", "1", "--missing", "40", "--samples", "30", "--page", str(page), "--picture", str(picture)]
        assert main(options) == 0
        made.append((page.read_bytes(), picture.read_bytes()))
    assert made[0] == made[1]
    text = made[0][0].decode()
    assert text.startswith("Before.")
    assert text.endswith("After.\n")
    assert "| none | all loci |" in text
