"""A paternity LR with mutation at ten loci; see familias_paternity/ORIGIN.md."""

from pathlib import Path

import pytest

from homeward.formats.familias_writer import write_familias
from homeward.formats.reading import read_case
from homeward.identification.kinship import compare_pedigrees

FOLDER = Path(__file__).parent / "familias_paternity"


def test_the_paternity_lr_is_that_of_forrel():
    result = compare_pedigrees(read_case(FOLDER))
    # The source prints seven digits.
    assert 10 ** result.log10_lr[0] == pytest.approx(760.3445, abs=5e-5)


def test_the_lr_is_the_same_from_a_familias_file(tmp_path):
    write_familias(read_case(FOLDER), tmp_path / "paternity.fam")
    result = compare_pedigrees(read_case(tmp_path / "paternity.fam"))
    assert 10 ** result.log10_lr[0] == pytest.approx(760.3445, abs=5e-5)
