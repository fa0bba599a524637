"""Every verdict, from the smallest case that earns it, and the sentences that go with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from homeward.examples import WORKED_CASE
from homeward.formats.reading import read_case
from homeward.genetics.case import Family
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.identification.conclusions import draw_conclusions
from homeward.identification.evidence import gather_evidence
from homeward.identification.policy import Policy, SexUse
from homeward.identification.resolve import resolve
from homeward.identification.results import Conclusion, Resolution, Verdict
from tests.families import case, family, locus, pedigree, profiles

TENTHS = {str(i): 0.1 for i in range(1, 11)}


def panel(n_loci: int = 10, model: MutationModel = NO_MUTATION) -> Panel:
    return Panel(tuple(locus(f"L{i}", TENTHS, model) for i in range(1, n_loci + 1)))


def same(genotype: str, n_loci: int = 10, *, then: str = "") -> str:
    """One genotype at every locus but the last ones, which are given."""
    return " ".join([*[genotype] * (n_loci - len(then.split())), *then.split()])


def of(name: str, text: str, typed: dict[str, str], missing: list[str], on: Panel, **sex: Sex) -> Family:
    return family(name, pedigree(text, sex), on, typed, missing)


def weigh(on: Panel, samples: dict[str, str], *families: Family, policy: Policy | None = None, **options) -> Resolution:
    return resolve(case(on, profiles(list(samples), on, samples, **options), *families), policy)


def about(resolution: Resolution, name: str) -> Conclusion:
    (found,) = [c for c in resolution.conclusions if (c.sample if c.about == "sample" else c.missing) == name]
    return found


def parents(on: Panel, missing: list[str], name: str = "F") -> Family:
    """A father 1/2 and a mother 3/4 whose children are missing."""
    n = len(on)
    text = "; ".join(f"{m} = {name}f + {name}m" for m in missing)
    return of(name, text, {f"{name}f": same("1/2", n), f"{name}m": same("3/4", n)}, missing, on)


def test_a_child_of_two_typed_parents_is_identified():
    # 1/3 from 1/2 and 3/4: (1/4) over 2 * 0.1 * 0.1 = 12.5 at each of ten loci.
    resolution = weigh(panel(), {"V": same("1/3")}, parents(panel(), ["M"]))
    for name in ("V", "M"):
        found = about(resolution, name)
        assert (found.verdict, found.sample, found.missing) == (Verdict.IDENTIFIED, "V", "M")
        assert found.log10_lr == pytest.approx(10 * np.log10(12.5), rel=1e-12)
        assert found.log10_glr == pytest.approx(10 * np.log10(12.5), rel=1e-12)
        assert found.posterior == pytest.approx(12.5**10 / (12.5**10 + 1), rel=1e-12)
        assert found.reasons[0] == "LR about 93 billion to one (log10 10.97) over 10 loci compared."


ONE_PARENT = ("M = R + W", {"R": same("1/2", 8)}, ["M"])


def test_weaker_evidence_is_probable_and_says_what_an_identification_asks_for():
    # 1/3 from a father 1/2: 1 / (4 * 0.1) = 2.5 at each of eight loci: 1,526 to one.
    on = panel(8)
    found = about(weigh(on, {"V": same("1/3", 8)}, of("F", *ONE_PARENT, on)), "V")
    assert found.verdict is Verdict.PROBABLE
    assert found.reasons == (
        "LR about 1,500 to one (log10 3.18) over 8 loci compared.",
        "The best explanation of all samples with this pairing, against the best without it: "
        "about 1,500 to one (log10 3.18).",
        "An identification asks for at least 10,000 to one (log10 4.00), and for a posterior of at least 0.999; "
        "here it is 0.9993.",
    )


def test_little_evidence_is_undecided_and_names_the_best_candidate_only_in_the_reasons():
    # A half sib that shares one of two alleles: 0.5 + 0.5 * 2.5 = 1.75 at each of eight loci: 88 to one.
    on = panel(8)
    half_sib = of("F", "M = R0 + W; R = R0 + V0", {"R": same("1/2", 8)}, ["M"], on)
    resolution = weigh(on, {"V": same("1/3", 8)}, half_sib)
    found = about(resolution, "V")
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, None)
    assert found.reasons[0] == "Best candidate: V as M."
    assert found.log10_lr == pytest.approx(8 * np.log10(1.75), rel=1e-12)
    assert about(resolution, "M").sample is None


def test_evidence_against_everybody_says_once_and_plainly_that_it_is_more_likely_nobody():
    # A half sib that shares nothing: 0.5 at each of eight loci.
    on = panel(8)
    half_sib = of("F", "M = R0 + W; R = R0 + V0", {"R": same("1/2", 8)}, ["M"], on)
    found = about(weigh(on, {"V": same("5/6", 8)}, half_sib), "V")
    assert found.verdict is Verdict.UNDECIDED
    assert found.reasons == (
        "Best candidate: V as M.",
        "LR about 260 to one against (log10 -2.41) over 8 loci compared.",
        "More likely, V is none of the missing persons of this case (posterior 0.9961).",
    )


def test_a_missing_person_whose_best_sample_is_somebody_else_is_told_so():
    on = panel(10)
    half_sib = of("H", "N = H0 + H1; H2 = H0 + H3", {"H2": same("1/2")}, ["N"], on)
    found = about(weigh(on, {"V": same("1/3")}, parents(on, ["M"]), half_sib), "N")
    assert found.verdict is Verdict.UNDECIDED
    assert found.reasons[2:] == (
        "More likely, V is M (posterior 1 - 2.9e-9).",
        "By itself, this sample fits M better: LR about 93 billion to one (log10 10.97).",
    )


def test_two_samples_and_two_brothers_are_symmetric():
    resolution = weigh(panel(), {"V1": same("1/3"), "V2": same("2/4")}, parents(panel(), ["M1", "M2"]))
    for name in ("V1", "V2", "M1", "M2"):
        found = about(resolution, name)
        assert found.verdict is Verdict.SYMMETRIC
        assert (found.symmetric_samples, found.symmetric_missing) == (("V1", "V2"), ("M1", "M2"))
        assert found.posterior > 0.999
        assert found.reasons[0] == (
            "V1 and V2 match M1 and M2 as a set; the DNA of the relatives cannot tell which is which."
        )
    assert about(resolution, "V1").missing is None
    assert about(resolution, "M1").sample is None


def test_one_sample_and_two_brothers_are_symmetric():
    resolution = weigh(panel(), {"V": same("1/3"), "X": same("7/8")}, parents(panel(), ["M1", "M2"]))
    for name in ("V", "M1", "M2"):
        found = about(resolution, name)
        assert found.verdict is Verdict.SYMMETRIC
        assert (found.symmetric_samples, found.symmetric_missing) == (("V",), ("M1", "M2"))
        assert found.reasons[0] == "V matches one of M1 and M2; the DNA of the relatives cannot tell which one."
    assert about(resolution, "X").verdict is Verdict.EXCLUDED


@pytest.mark.parametrize("n_samples", [1, 2, 3])
def test_samples_of_three_brothers_are_symmetric(n_samples):
    genotypes = dict(zip(["V1", "V2", "V3"][:n_samples], map(same, ["1/3", "2/4", "1/4"]), strict=False))
    brothers = ["M1", "M2", "M3"]
    resolution = weigh(panel(), genotypes, parents(panel(), brothers))
    for name in [*genotypes, *brothers]:
        found = about(resolution, name)
        assert found.verdict is Verdict.SYMMETRIC
        assert found.symmetric_samples == tuple(genotypes)
        assert found.symmetric_missing == tuple(brothers)
    if n_samples == 2:
        assert about(resolution, "V1").reasons[0].startswith("V1 and V2 match 2 of M1, M2 and M3 as a set;")


def test_brothers_told_apart_by_a_child_of_one_are_identified():
    text = "M1 = F + W; M2 = F + W; C = M1 + V0"
    typed = {"F": same("1/2"), "W": same("3/4"), "C": same("1/5")}
    # The child took 1 from its father: V1 can be him, V2 cannot.
    resolution = weigh(panel(), {"V1": same("1/3"), "V2": same("2/4")}, of("B", text, typed, ["M1", "M2"], panel()))
    assert [(c.sample, c.missing) for c in resolution.conclusions if c.verdict is Verdict.IDENTIFIED] == [
        ("V1", "M1"),
        ("V2", "M2"),
        ("V1", "M1"),
        ("V2", "M2"),
    ]


def test_too_many_contradictions_exclude():
    on = panel(10, MutationModel(MutationKind.EQUAL, 0.002))
    resolution = weigh(on, {"V": same("1/3", then="5/6 5/6 5/6")}, parents(on, ["M"]))
    found = about(resolution, "V")
    assert (found.verdict, found.missing, found.log10_lr) == (Verdict.EXCLUDED, None, None)
    assert found.reasons == (
        "Its DNA contradicts the relatives of every missing person it was compared with. "
        "The fewest contradictions are with those of M: 3 loci, where at most 2 may be mutations.",
    )
    assert about(resolution, "M").reasons == (
        "Every sample contradicts the DNA of the relatives. "
        "The fewest contradictions: 3 loci, where at most 2 may be mutations.",
    )


def test_as_many_mutations_as_the_policy_tolerates_do_not_exclude():
    on = panel(10, MutationModel(MutationKind.EQUAL, 0.002))
    found = about(weigh(on, {"V": same("1/3", then="5/3 5/3")}, parents(on, ["M"])), "V")
    assert found.verdict is not Verdict.EXCLUDED
    assert "A mutation would be needed at L9 and L10." in found.reasons


def test_one_contradiction_excludes_where_nothing_can_mutate():
    found = about(weigh(panel(), {"V": same("1/3", then="5/6")}, parents(panel(), ["M"])), "V")
    assert found.verdict is Verdict.EXCLUDED
    assert found.reasons[0].endswith("1 locus, which the stated mutation model does not allow.")


def test_a_recorded_sex_that_differs_excludes():
    on = panel()
    son = of("F", "M = R + W", {"R": same("1/2")}, ["M"], on, M=Sex.MALE)
    resolution = weigh(on, {"V": same("1/3")}, son, sex={"V": Sex.FEMALE})
    assert about(resolution, "V").verdict is about(resolution, "M").verdict is Verdict.EXCLUDED
    assert about(resolution, "V").reasons == (
        "Its recorded sex differs from that of every missing person it could be compared with.",
    )
    assert about(resolution, "M").reasons == ("The recorded sex of every sample differs.",)


def test_a_wife_alone_is_not_informative_and_says_who_should_give_a_sample():
    resolution = weigh(panel(), {"V": same("1/3")}, of("F", "C = M + W", {"W": same("1/2")}, ["M"], panel()))
    assert about(resolution, "M").verdict is about(resolution, "V").verdict is Verdict.NOT_INFORMATIVE
    assert "best from a parent, child, brother or sister" in about(resolution, "M").reasons[1]
    assert about(resolution, "V").reasons == ("It could not be compared with M: no blood relative is typed.",)


def test_a_missing_father_of_a_missing_child_waits_for_the_child():
    family_of_two = of("F", "C = M + W", {"W": same("1/2")}, ["M", "C"], panel())
    resolution = weigh(panel(), {"V": same("5/6")}, family_of_two)
    assert about(resolution, "M").verdict is Verdict.NOT_INFORMATIVE
    assert about(resolution, "M").reasons[1] == "An answer can come only through C, also missing, once found."


def test_a_missing_father_is_identified_through_his_child_once_found():
    # V2 shares an allele with the wife 1/2 and one with V1: child and father, each at ten loci.
    family_of_two = of("F", "C = M + W", {"W": same("1/2")}, ["M", "C"], panel(), C=Sex.FEMALE)
    found = weigh(
        panel(), {"V1": same("7/8"), "V2": same("1/7")}, family_of_two, sex={"V1": Sex.MALE, "V2": Sex.FEMALE}
    )
    assert about(found, "M").verdict is Verdict.IDENTIFIED
    assert about(found, "M").sample == "V1"
    assert about(found, "M").reasons[0] == (
        "M has no typed blood relative: the evidence comes through C, also missing."
    )


def test_a_sample_at_too_few_loci_is_not_informative():
    on = panel(10)
    resolution = weigh(on, {"V": same("-", then="1/3 1/3 1/3 1/3 1/3")}, parents(on, ["M"]))
    assert about(resolution, "V").verdict is about(resolution, "M").verdict is Verdict.NOT_INFORMATIVE
    assert about(resolution, "V").reasons == ("This sample is typed at 5 loci only; a conclusion asks for at least 8.",)
    assert about(resolution, "M").reasons == (
        "No sample shares more than 5 loci with the relatives; a conclusion asks for at least 8.",
    )


CONTRADICTION = ("N = G + H; S = G + H", {"G": same("1/1"), "S": same("2/2")}, ["N"])


def test_a_family_that_contradicts_itself_takes_no_part_and_says_where():
    typed = {"G": same("1/2", then="1/1"), "S": same("1/2", then="2/2")}
    broken = of("B", "N = G + H; S = G + H", typed, ["N"], panel())
    resolution = weigh(panel(), {"V": same("1/2")}, broken)
    assert about(resolution, "N").verdict is about(resolution, "V").verdict is Verdict.NOT_INFORMATIVE
    assert about(resolution, "N").reasons == (
        "The family's own profiles contradict its pedigree at L10. The family takes no part until that is mended.",
    )
    assert about(resolution, "V").reasons == (
        "It was not compared with N: the family's own profiles contradict its pedigree.",
    )
    assert any("contradict the pedigree at L10" in note for note in resolution.notes)


def test_it_takes_no_part_even_for_a_sample_that_is_untyped_where_it_contradicts():
    typed = {"G": same("1/2", then="1/1"), "S": same("1/2", then="2/2")}
    broken = of("B", "N = G + H; S = G + H", typed, ["N"], panel())
    resolution = weigh(panel(), {"V": same("1/2", then="-")}, broken)
    assert resolution.joint.posterior.tolist() == [[0.0, 1.0]]
    assert about(resolution, "N").verdict is Verdict.NOT_INFORMATIVE


def test_a_family_that_contradicts_itself_leaves_the_others_as_they_are():
    on, samples = panel(), {"V1": same("1/3"), "V2": same("2/4"), "X": same("1/2")}
    broken = of("B", *CONTRADICTION, on)
    alone = weigh(on, samples, parents(on, ["M1", "M2"]))
    together = weigh(on, samples, broken, parents(on, ["M1", "M2"]))
    assert together.joint.posterior[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert together.joint.posterior[:, 1:] == pytest.approx(alone.joint.posterior, rel=1e-12)
    assert together.joint.log10_glr[:, 1:] == pytest.approx(alone.joint.log10_glr, rel=1e-12)
    for name in ("V1", "V2", "X", "M1", "M2"):
        assert about(together, name).verdict is about(alone, name).verdict
        assert about(together, name).log10_lr == about(alone, name).log10_lr


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, Verdict.PROBABLE),  # GLR 1,526, posterior 0.9993
        ({"identified_log10_glr": 3.1}, Verdict.IDENTIFIED),
        ({"identified_log10_glr": 3.1, "identified_posterior": 0.9999}, Verdict.PROBABLE),
        ({"probable_log10_glr": 3.2}, Verdict.UNDECIDED),
        ({"probable_posterior": 0.9995}, Verdict.UNDECIDED),
        ({"min_loci": 9}, Verdict.NOT_INFORMATIVE),
        ({"n_candidates": 1000}, Verdict.UNDECIDED),  # prior 1 : 999
    ],
)
def test_the_thresholds_are_those_of_the_policy(change, verdict):
    on = panel(8)
    found = weigh(on, {"V": same("1/3", 8)}, of("F", *ONE_PARENT, on), policy=replace(Policy(), **change))
    assert about(found, "V").verdict is verdict
    assert found.policy == replace(Policy(), **change)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (0.0002, ""),
        (0.02, "here it is more than 1 - 1.1e-16, off by at most 0.0200."),
        (np.nan, "here it is more than 1 - 1.1e-16, an estimate of unknown error."),
    ],
)
def test_a_posterior_counts_for_no_more_than_it_is_at_least(error, said):
    on = panel(10)
    resolution = weigh(on, {"V": same("1/3")}, parents(on, ["M"]))
    posterior, errors = np.array([[1.0, 0.0]]), np.full((1, 2), error)
    joint = replace(resolution.joint, posterior=posterior, errors=errors)
    evidence = gather_evidence(resolution.case, resolution.pairwise, joint, resolution.policy)
    found = draw_conclusions(evidence)[0]
    if error < 0.001:
        assert found.verdict is Verdict.IDENTIFIED
    else:
        assert found.verdict is Verdict.UNDECIDED
        assert found.reasons[3].endswith(said)


def test_sex_as_evidence_is_said_apart_from_the_dna():
    on = panel()
    son = of("F", "M = R + W", {"R": same("1/2")}, ["M"], on, M=Sex.MALE)
    policy = Policy(sex=SexUse.EVIDENCE)
    resolution = weigh(on, {"V": same("1/3")}, son, sex={"V": Sex.FEMALE}, policy=policy)
    found = about(resolution, "V")
    # e / P(female) = 0.01 / 0.5.
    assert (
        "The recorded sexes differ: about 50 to one against (log10 -1.70), besides the LR of the DNA." in found.reasons
    )
    assert found.log10_lr == pytest.approx(10 * np.log10(2.5), rel=1e-12)
    assert found.log10_glr == pytest.approx(10 * np.log10(2.5) + np.log10(0.02), rel=1e-12)


def test_no_sentence_of_a_real_case_holds_a_power_with_a_caret_or_a_broken_number():
    sentences = [r for c in resolve(read_case(WORKED_CASE)).conclusions for r in c.reasons]
    assert not [s for s in sentences if "^" in s or "nan" in s.split() or "inf" in s.split() or not s.endswith(".")]


def test_resolving_does_not_change_the_case():
    on = panel()
    the_case = case(on, profiles(["V"], on, {"V": same("1/3")}), parents(on, ["M"]))
    before = the_case.samples.alleles.copy(), the_case.families[0].profiles.alleles.copy()
    resolve(the_case)
    assert (the_case.samples.alleles == before[0]).all()
    assert (the_case.families[0].profiles.alleles == before[1]).all()
