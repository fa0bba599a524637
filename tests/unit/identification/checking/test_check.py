from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Case, Hypothesis
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.identification.checking import pairs as pairs_module
from homeward.identification.checking.check import check_case
from homeward.identification.checking.results import FindingKind
from homeward.identification.checking.settings import CheckSettings, Grade
from homeward.identification.checking.sexes import shown_sex
from tests.families import case, family, locus, pedigree, profiles
from tests.planted import PLANTS, plant, verdict

FAST = CheckSettings(simulations=99, replicates=20)


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_error_is_found_and_named(name):
    planted = plant(name, 1, mutation="none", n_loci=9, n_families=2)
    result = check_case(planted.case, FAST)
    assert verdict(result, planted) == ("quiet" if name == "nothing" else "first")


def test_the_same_settings_give_the_same_result():
    planted = plant("a stranger's profile", 1, mutation="none", n_loci=8, n_families=1)
    first, second = (check_case(planted.case, FAST) for _ in range(2))
    assert first.findings == second.findings
    assert [pair.p_value for pair in first.pairs.pairs] == [pair.p_value for pair in second.pairs.pairs]


def quiet_family(twins=()):
    rng = np.random.default_rng(3)
    names = {str(i): p for i, p in zip(range(8, 18), rng.dirichlet(np.full(10, 3.0)), strict=True)}
    panel = Panel(tuple(locus(f"L{i}", names) for i in range(12)))
    of = pedigree("A = F + M; B = F + M", {"A": Sex.MALE, "B": Sex.MALE})
    if twins:
        of = replace(of, twins=(tuple(map(of.position, twins)),))
    genotypes = np.sort(drop_genes(of, panel, 1, rng)[0], axis=2)
    if twins:
        genotypes[of.position("B")] = genotypes[of.position("A")]
    seen = make_profiles(of.ids, 12, sex=of.sex, alleles=genotypes)
    return panel, replace(family("F", of, panel, {}, ()), profiles=seen)


def test_twins_are_no_duplicates_but_brothers_with_one_profile_are():
    panel, with_twins = quiet_family(("A", "B"))
    assert check_case(case(panel, make_profiles((), 12), with_twins), FAST).findings == ()
    brothers = replace(with_twins, pedigree=replace(with_twins.pedigree, twins=()))
    (finding,) = check_case(case(panel, make_profiles((), 12), brothers), FAST).findings
    assert (finding.kind, finding.grade, finding.people) == (FindingKind.DUPLICATE, Grade.SERIOUS, ("A", "B"))


def test_one_person_in_two_families_under_one_name_is_no_finding():
    panel, one = quiet_family()
    result = check_case(case(panel, make_profiles((), 12), one, replace(one, id="G")), FAST)
    named = {finding.people for finding in result.findings if finding.kind is FindingKind.DUPLICATE}
    assert ("A", "A") not in named


def test_one_family_can_be_checked_alone_and_a_name_that_is_not_there_is_refused():
    planted = plant("a wrong sex", 0, mutation="none", n_loci=8)
    result = check_case(planted.case, FAST, families=["F1"])
    assert [check.family.id for check in result.families] == ["F1"]
    assert not any(finding.kind is FindingKind.SEX for finding in result.findings)
    with pytest.raises(InputError, match="no family 'X'"):
        check_case(planted.case, FAST, families=["X"])


def test_settings_out_of_range_are_refused_all_at_once():
    planted = plant("nothing", 0, mutation="none", n_loci=8)
    with pytest.raises(InputError) as refused:
        check_case(planted.case, CheckSettings(serious=2.0, simulations=1))
    assert len(refused.value.problems) == 2


def test_competing_pedigrees_are_looked_at_without_serious_findings():
    panel, one = quiet_family()
    stranger = replace(one.pedigree, parents=np.full((4, 2), -1))
    hypotheses = (Hypothesis("family", one.pedigree, one.profiles), Hypothesis("strangers", stranger, one.profiles))
    result = check_case(Case("K", panel, make_profiles((), 12), hypotheses=hypotheses), FAST)
    assert {check.family.id for check in result.families} == {"family", "strangers"}
    assert not result.is_serious
    assert {finding.families for finding in result.findings} == {("strangers",)}
    assert any("compete" in note for note in result.notes)


def test_a_case_without_families_is_refused():
    with pytest.raises(InputError, match="no family to check"):
        check_case(Case("empty", Panel(()), make_profiles((), 0)))


def test_many_people_are_compared_within_families_only(monkeypatch):
    monkeypatch.setattr(pairs_module, "MOST_PEOPLE", 3)
    planted = plant("nothing", 0, mutation="none", n_loci=8, n_families=2)
    result = check_case(planted.case, FAST)
    assert not result.pairs.across_families
    assert all(pair.first.family == pair.second.family for pair in result.pairs.pairs)


def test_loci_on_the_sex_chromosomes_show_the_sex():
    amelogenin = locus("AMEL", {"X": 0.75, "Y": 0.25})
    on_y = replace(locus("DYS391", {"10": 0.5, "11": 0.5}), chromosome="Y")
    on_x = replace(locus("DXS101", {"20": 0.5, "21": 0.5}), chromosome="X")
    panel = Panel((amelogenin, on_y, on_x))
    seen = profiles(
        ("man", "woman", "by Y", "by X", "nothing", "both"),
        panel,
        {"man": "X/Y - -", "woman": "X/X - -", "by Y": "- 10/10 -", "by X": "- - 20/21", "both": "X/X 10/10 -"},
    )
    shown = [shown_sex(seen, row, panel)[0] for row in range(6)]
    assert shown == [Sex.MALE, Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.UNKNOWN, Sex.UNKNOWN]


def test_with_theta_and_inbred_founders_an_error_is_found_and_a_note_says_what_theta_was_used_for():
    planted = plant("another father", 1, mutation="none", n_loci=9, n_families=2)
    first, *others = planted.case.families
    inbred = np.where((first.pedigree.parents == FOUNDER).all(axis=1), 0.1, 0.0)
    first = replace(first, pedigree=replace(first.pedigree, founder_inbreeding=inbred))
    panel = replace(planted.case.panel, theta=0.03)
    result = check_case(replace(planted.case, panel=panel, families=(first, *others)), FAST)
    assert verdict(result, planted) == "first"
    assert "Pairs were compared with theta, corrections without it." in result.notes
