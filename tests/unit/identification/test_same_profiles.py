"""Profiles that agree everywhere are pointed out."""

from homeward.genetics.panel import Panel
from homeward.identification.same_profiles import MOST_NAMED, same_profile_notes
from tests.families import case, family, locus, pedigree, profiles

PANEL = Panel(tuple(locus(f"L{i}", {"8": 0.3, "9": 0.3, "10": 0.4}) for i in range(3)))


def notes(samples, relatives=None, min_loci=2):
    parents = family("A", pedigree("Lost = F + M"), PANEL, relatives or {"F": "8/8 8/8 8/8"}, ["Lost"])
    return same_profile_notes(case(PANEL, profiles(list(samples), PANEL, samples), parents), min_loci)


def test_two_samples_that_agree_wherever_both_are_typed_are_named_with_the_number_of_loci():
    (note,) = notes({"S1": "8/9 9/9 10/10", "S2": "9/8 9/9 -", "S3": "8/9 9/10 10/10"})
    assert "Samples S1 and S2 agree at all 2 loci" in note
    assert "remains group" in note


def test_too_few_shared_loci_say_nothing():
    assert notes({"S1": "8/9 9/9 -", "S2": "8/9 - 10/10"}) == []


def test_a_sample_with_the_profile_of_a_donor_is_named():
    (note,) = notes({"S1": "8/9 9/9 10/10"}, {"M": "8/9 9/9 10/10"})
    assert "Sample S1 has the same profile as M of family A" in note


def test_many_pairs_are_counted_and_not_all_named():
    found = notes({f"S{i}": "8/9 9/9 10/10" for i in range(8)})
    assert len(found) == MOST_NAMED + 1
    assert found[-1] == f"{8 * 7 // 2 - MOST_NAMED} more pairs of profiles agree everywhere."
