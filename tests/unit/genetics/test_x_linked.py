"""X-linked loci: closed forms for pairs and trios; p, q are the frequencies of the alleles concerned.

Szibor, Krawczak, Hering, Edelmann, Kuhlisch & Krause (2003), Int. J. Legal Med. 117:67-74, and Desmarais, Zhong,
Chakraborty, Perreault & Busque (1998), J. Forensic Sci. 43:1046-1049, for trios; Krawczak (2007), Forensic Sci. Int.
Genet. 1:111-114, for the alleles that relatives share.
"""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from tests.families import locus, pedigree, profiles

P, Q, R = 0.1, 0.25, 0.65
PANEL = Panel((locus("DXS", {"12": P, "14": Q, "15": R}, chromosome="X"),))
SEXES = {"son": Sex.MALE, "brother": Sex.MALE, "daughter": Sex.FEMALE, "sister": Sex.FEMALE, "woman": Sex.FEMALE}


def likelihood(text, genotypes, panel=PANEL):
    members = pedigree(text, SEXES)
    return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, genotypes), panel)[0]


def lr(text, genotypes):
    """Related as in the text, against unrelated."""
    apart = [likelihood(person, {person: pair}) for person, pair in with_sexes(text, genotypes)]
    return likelihood(text, genotypes) / np.prod(apart)


def with_sexes(text, genotypes):
    """Give everybody a name in ``SEXES`` that tells the sex."""
    members = pedigree(text, SEXES)
    for person, pair in genotypes.items():
        yield ("son" if members.sex[members.position(person)] == Sex.MALE else "woman"), pair


@pytest.mark.parametrize(
    ("text", "genotypes", "expected"),
    [
        ("daughter = F + M", {"F": "12/12", "daughter": "12/12"}, 1 / P),
        ("daughter = F + M", {"F": "12/12", "daughter": "12/14"}, 1 / (2 * P)),
        ("daughter = F + M", {"F": "12/12", "M": "14/15", "daughter": "12/14"}, 1 / (4 * P * Q)),
        ("son = F + M", {"M": "12/12", "son": "12/12"}, 1 / P),
        ("son = F + M", {"M": "12/14", "son": "12/12"}, 1 / (2 * P)),
        ("son = F + M", {"F": "12/12", "son": "14/14"}, 1.0),
        ("son = F + M; brother = F + M", {"son": "12/12", "brother": "12/12"}, (1 + P) / (2 * P)),
        ("son = F + M; brother = F + M", {"son": "12/12", "brother": "14/14"}, 1 / 2),
        ("son = F + M; brother = F + N", {"son": "12/12", "brother": "14/14"}, 1.0),
    ],
)
def test_pairs_and_trios_have_the_lr_of_the_closed_form(text, genotypes, expected):
    assert lr(text, genotypes) == pytest.approx(expected, rel=1e-12)


def test_the_paternity_index_of_a_trio_is_one_over_the_frequency_of_the_fathers_allele():
    # The daughter has 14 from her mother, so 12 is her father's; the other man is "son", who stands alone.
    related = likelihood("daughter = F + M", {"F": "12/12", "M": "14/15", "daughter": "12/14"})
    unrelated = likelihood("daughter = G + M; son", {"son": "12/12", "M": "14/15", "daughter": "12/14"})
    assert related / unrelated == pytest.approx(1 / P, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "kappa"),
    [
        ("daughter = F + M; sister = F + N", (0, 1, 0)),
        ("daughter = F + M; sister = F + M", (0, 1 / 2, 1 / 2)),
        ("daughter = F + M; sister = G + M", (1 / 2, 1 / 2, 0)),
        ("F = H + sister; daughter = F + M", (0, 1, 0)),
    ],
)
def test_two_women_share_alleles_by_descent_as_their_relationship_says(text, kappa):
    found = likelihood(text, {"daughter": "12/14", "sister": "12/14"})
    expected = kappa[0] * (2 * P * Q) ** 2 + kappa[1] * P * Q * (P + Q) + kappa[2] * 2 * P * Q
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_father_without_the_allele_is_impossible_unless_it_mutated_in_him():
    genotypes = {"F": "15/15", "M": "14/14", "daughter": "12/14"}
    assert likelihood("daughter = F + M", genotypes) == 0
    female, male = MutationModel(MutationKind.EQUAL, 0.3), MutationModel(MutationKind.EQUAL, 0.02)
    panel = Panel((locus("DXS", {"12": P, "14": Q, "15": R}, female, male, chromosome="X"),))
    # 15 to 12 and 14 kept; or 15 to 14 and 14 to 12.
    expected = R * Q**2 * (0.01 * 0.7 + 0.01 * 0.15)
    assert likelihood("daughter = F + M", genotypes, panel) == pytest.approx(expected, rel=1e-12)


def test_the_genotypes_of_a_family_sum_to_one():
    women = ["12/12", "12/14", "12/15", "14/14", "14/15", "15/15"]
    men = ["12/12", "14/14", "15/15"]
    total = sum(
        likelihood("daughter = F + M; son = F + M", {"daughter": a, "son": b, "F": c})
        for a in women
        for b in men
        for c in men
    )
    assert total == pytest.approx(1, rel=1e-12)


def test_amelogenin_is_not_x_linked():
    assert not locus("Amelogenin", {"X": 0.75, "Y": 0.25}, chromosome="X").is_x_linked


def test_a_typed_person_of_unknown_sex_is_refused_by_name():
    with pytest.raises(InputError, match="sex of 'nobody' is not known"):
        likelihood("nobody = F + M", {"nobody": "12/12"})


def test_an_untyped_person_of_unknown_sex_who_does_not_matter_is_no_hindrance():
    assert likelihood("daughter = F + M; nobody = F + M", {"daughter": "12/12"}) == pytest.approx(P**2, rel=1e-12)


def test_a_male_with_two_different_alleles_is_refused_by_name():
    with pytest.raises(InputError, match="'son' is male but has two different alleles"):
        likelihood("son", {"son": "12/14"})
