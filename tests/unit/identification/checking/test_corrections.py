import numpy as np
import pytest

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.identification.checking.corrections import CorrectionKind, Corrector, set_aside, with_other_parent
from tests.families import family, locus, pedigree, profiles

MODEL = MutationModel(MutationKind.PROPORTIONAL, 0.002)
FREQUENCIES = {"8": 0.2, "9": 0.3, "10": 0.1, "11": 0.15, "12": 0.25}
PANEL = Panel(tuple(locus(f"L{i}", FREQUENCIES, MODEL) for i in range(6)))
# The child C is not of father F: no locus agrees.
TRIO = pedigree("C = F + M; D = F + M")
SEEN = {
    "F": "8/8 9/9 10/10 11/11 12/12 8/9",
    "M": "9/9 10/10 11/11 12/12 8/8 10/10",
    "C": "9/10 10/11 11/12 8/12 8/9 10/11",
    "D": "8/9 9/10 10/11 11/12 8/12 8/10",
}
FAMILY = family("F", TRIO, PANEL, SEEN, ())
STATED = pedigree_log10_likelihood(TRIO, FAMILY.profiles, PANEL).sum()


def corrections(suspects=(0,)):
    return Corrector(PANEL, [FAMILY], rate=0.001, sex_error=0.01).corrections(0, set(suspects))


def test_a_gain_is_the_ratio_of_two_likelihoods_of_the_same_profiles():
    by_words = {one.words: one for one in corrections()}
    other_father = pedigree("C = G + M; D = F + M; ")
    seen = profiles(other_father.ids, PANEL, SEEN)
    expected = pedigree_log10_likelihood(other_father, seen, PANEL).sum() - STATED
    found = by_words["F is not the father of C"]
    assert found.log10_gain == pytest.approx(expected, abs=1e-10)
    assert (found.rank, found.errors_left, found.kind) == (1, 0, CorrectionKind.OTHER_PARENT)
    without = profiles(TRIO.ids, PANEL, {name: text for name, text in SEEN.items() if name != "C"})
    alone = pedigree("C")
    own = pedigree_log10_likelihood(alone, profiles(("C",), PANEL, {"C": SEEN["C"]}), PANEL).sum()
    expected = pedigree_log10_likelihood(TRIO, without, PANEL).sum() + own - STATED
    assert by_words["Set the profile of C aside: it is of nobody in this family"].log10_gain == pytest.approx(expected)


def test_corrections_come_best_first_and_equal_ones_share_a_rank():
    # In a trio, another father and a father's profile that is not his are one and the same statement.
    trio = pedigree("C = F + M")
    only = family("T", trio, PANEL, {name: SEEN[name] for name in "FMC"}, ())
    found = Corrector(PANEL, [only], rate=0.001, sex_error=0.01).corrections(0, {trio.position("C")})
    gains = [one.log10_gain for one in found]
    assert gains == sorted(gains, reverse=True)
    first = {one.words for one in found if one.rank == 1}
    assert first == {"F is not the father of C", "Set the profile of F aside: it is of nobody in this family"}
    assert [one.rank for one in found[:3]] == [1, 1, 3]


def test_profiles_of_two_families_can_be_exchanged():
    other = family("G", pedigree("Z = X + Y; U = X + Y"), PANEL, {}, ())
    names = dict(zip("XYZU", ("F", "M", "C", "D"), strict=True))
    good = SEEN | {"C": "8/9 9/10 10/11 11/12 8/12 9/10"}
    stranger = "12/12 8/8 8/9 9/9 10/11 11/12"
    second = family(
        "G",
        other.pedigree,
        PANEL,
        {a: good[b] for a, b in names.items()}
        | {
            "X": "10/12 8/10 8/8 9/10 11/11 11/12",
            "Y": "8/12 8/9 9/9 9/12 9/10 9/12",
            "Z": good["C"],
            "U": "8/10 9/10 8/9 9/9 9/11 9/12",
        },
        (),
    )
    first = family("F", TRIO, PANEL, good | {"C": stranger}, ())
    best = Corrector(PANEL, [first, second], rate=0.001, sex_error=0.01).corrections(0, {TRIO.position("C")})[0]
    assert best.people == ("C", "Z")
    assert best.other_family == "G"
    assert best.errors_left == 0


def test_the_order_of_people_changes_no_gain():
    names = ["D", "M", "C", "F"]
    turned = pedigree("D; M; C; F; C = F + M; D = F + M")
    other = family("F", turned, PANEL, SEEN, ())
    assert list(turned.ids) == names
    found = Corrector(PANEL, [other], rate=0.001, sex_error=0.01).corrections(0, {turned.position("F")})
    assert {one.words: round(one.log10_gain, 8) for one in found if "Exchange" not in one.words} == {
        one.words: round(one.log10_gain, 8) for one in corrections() if "Exchange" not in one.words
    }


def test_a_family_that_is_impossible_without_mutation_can_be_corrected_all_the_same():
    plain = Panel(tuple(locus(f"L{i}", FREQUENCIES) for i in range(6)))
    stated = family("F", TRIO, plain, SEEN, ())
    best = Corrector(plain, [stated], rate=0.001, sex_error=0.01).corrections(0, {0})[0]
    assert best.words == "F is not the father of C"
    assert np.isfinite(best.log10_gain)
    assert best.log10_gain_without_mutation == np.inf


def test_a_family_is_not_changed_by_what_is_tried():
    before = FAMILY.profiles.alleles.copy(), FAMILY.pedigree.parents.copy()
    set_aside(FAMILY, 0)
    with_other_parent(FAMILY, 2, 0)
    corrections()
    assert (FAMILY.profiles.alleles == before[0]).all()
    assert (FAMILY.pedigree.parents == before[1]).all()


def test_twins_get_another_father_together():
    twins = pedigree("C = F + M; D = F + M")
    from dataclasses import replace

    one = replace(FAMILY, pedigree=replace(twins, twins=((twins.position("C"), twins.position("D")),)))
    changed = with_other_parent(one, twins.position("C"), 0).pedigree
    assert len(set(changed.parents[[twins.position("C"), twins.position("D")], 0])) == 1
