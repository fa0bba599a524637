import numpy as np
import pytest

from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.identification.checking.inheritance import inheritance_errors
from tests.families import family, locus, pedigree

FREQUENCIES = {"8": 0.2, "9": 0.3, "10": 0.1, "11": 0.15, "12": 0.25}
PLAIN = Panel((locus("L1", FREQUENCIES), locus("L2", FREQUENCIES)))
MODEL = MutationModel(MutationKind.EQUAL, 0.002)
MUTATING = Panel((locus("L1", FREQUENCIES, MODEL), locus("L2", FREQUENCIES, MODEL)))


def errors(text, genotypes, panel=PLAIN):
    return inheritance_errors(family("F", pedigree(text), panel, genotypes, ()), panel)


def test_a_consistent_family_has_no_errors():
    assert errors("C = F + M", {"F": "8/9 8/8", "M": "9/9 8/9", "C": "9/9 8/9"}) == ()


def test_a_parent_and_a_child_without_a_common_allele_are_named():
    (error,) = errors(
        "C = F + M; D = F + M", {"F": "8/9 8/8", "M": "9/11 8/9", "C": "11/12 8/9", "D": "8/9 8/8"}, MUTATING
    )
    assert (error.locus, error.people, error.mutations) == ("L1", ("F", "C"), 1)
    assert error.genotypes == (("8", "9"), ("11", "12"))
    assert np.isfinite(error.log10_likelihood)


def test_a_trio_is_named_where_no_duo_shows_the_error():
    (error,) = errors("C = F + M", {"F": "8/9 8/8", "M": "8/10 8/9", "C": "9/9 8/9"})
    assert error.people == ("M", "C")
    (error,) = errors(
        "C = F + M",
        {"F": "8/9 8/8", "M": "8/9 8/9", "C": "8/10 8/9"} | {"C": "9/8 8/8", "F": "9/9 8/8", "M": "9/10 8/8"},
    )
    assert error.people == ("F", "M", "C")
    assert error.log10_likelihood == -np.inf


def test_siblings_with_five_alleles_show_an_error_together():
    seen = {"A": "8/9 8/8", "B": "10/11 8/8", "C": "8/12 8/8"}
    (error,) = errors("A = F + M; B = F + M; C = F + M", seen)
    assert set(error.people) == {"A", "B", "C"}
    assert error.mutations == 1


@pytest.mark.parametrize(
    ("seen", "mutations"),
    [({"F": "8/8", "M": "9/9", "C": "10/11"}, 2), ({"F": "8/8", "M": "9/9", "C": "8/10"}, 1)],
)
def test_the_fewest_mutations_are_counted(seen, mutations):
    panel = Panel((locus("L", FREQUENCIES),))
    (error,) = errors("C = F + M", seen, panel)
    assert error.mutations == mutations
