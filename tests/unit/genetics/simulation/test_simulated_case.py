"""Simulated cases: of the size asked for, true to their own truth, the same for the same seed."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.alleles import MISSING
from homeward.genetics.databases.panels import IDENTIFILER
from homeward.genetics.mutation import MutationKind
from homeward.genetics.pedigree import Sex
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.genetics.simulation.structures import STRUCTURES, FamilyStructure
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy, SexUse
from homeward.identification.resolve import resolve
from homeward.identification.results import Verdict

OPTIONS = SimulationOptions(missing=400, samples=300)
CLEAN = replace(OPTIONS, degraded=0.0, partial_donors=0.0, mutation="none")
STRUCTURE = {structure.name: structure for structure in STRUCTURES}


@pytest.fixture(scope="module")
def simulated():
    return simulate_case(OPTIONS)


def only(*names, **options):
    """A clean case of these structures only."""
    return simulate_case(replace(CLEAN, **options), structures=[STRUCTURE[name] for name in names])


def same_profiles(one, other):
    return (
        one.ids == other.ids
        and np.array_equal(one.sex, other.sex)
        and np.array_equal(one.alleles, other.alleles)
        and np.array_equal(one.dropout, other.dropout)
    )


def test_a_case_has_the_size_asked_for(simulated):
    case, truth = simulated.case, simulated.truth
    assert len(case.missing_ids) == len(set(case.missing_ids)) == 400
    assert len(case.samples) == len(truth.samples) == 300
    assert len(case.panel) == 24
    assert tuple(sample.sample for sample in truth.samples) == case.samples.ids
    assert tuple(family.family for family in truth.families) == tuple(family.id for family in case.families)
    assert tuple(person for family in truth.families for person in family.missing) == case.missing_ids


def test_shares_of_samples_are_those_asked_for(simulated):
    samples = simulated.truth.samples
    assert sum(sample.missing is None for sample in samples) == 60
    assert sum(sample.degraded for sample in samples) == 90
    found = Counter(sample.person for sample in samples if sample.missing)
    assert set(found) <= set(simulated.case.missing_ids)
    assert len(found) == round(240 / 1.3)
    assert max(found.values()) > 1
    assert len({sample.person for sample in samples if sample.missing is None}) == round(60 / 1.3)


def test_a_case_says_that_it_is_synthetic_and_how_to_make_it_again(simulated):
    case = simulated.case
    assert case.synthetic
    assert "synthetic" in case.title
    assert "made by a computer" in case.description
    assert "--missing 400 --samples 300 --seed 1 --population 'US Caucasian' --mutation stepwise" in case.description
    assert "doi 10.1016/j.fsigen.2012.12.004" in case.source
    assert "AABB" in case.source
    assert "AABB" not in only("mother").case.source


def test_families_have_the_donors_that_their_structure_claims(simulated):
    for family, truth in zip(simulated.case.families, simulated.truth.families, strict=True):
        structure = STRUCTURE[truth.structure]
        typed = {family.pedigree.ids[i] for i in np.flatnonzero(family.profiles.typed.any(axis=1))}
        assert typed == {f"{family.id}-{donor}" for donor in structure.donors}
        assert truth.n_donors == len(structure.donors)
        assert [person.id for person in family.missing] == [f"{family.id}-{person}" for person in structure.missing]
        assert [family.pedigree.ids[person.position] for person in family.missing] == list(truth.missing)


def test_structures_come_as_often_as_their_weights_say():
    structures = [replace(STRUCTURE["mother"], weight=3), replace(STRUCTURE["father"], weight=1)]
    made = simulate_case(replace(CLEAN, missing=4000, samples=1), structures=structures).truth.families
    assert Counter(family.structure for family in made)["mother"] == pytest.approx(3000, abs=100)  # 3.7 deviations


def test_the_last_family_ends_on_the_number_of_missing_persons_asked_for():
    pair = "two missing siblings: both parents"
    for n_missing in range(1, 12):
        made = only(pair, "mother", missing=n_missing, samples=1).truth.families
        assert sum(len(family.missing) for family in made) == n_missing
    with pytest.raises(InputError, match="No family structure has 1 missing"):
        only(pair, missing=5, samples=1)


def test_without_mutation_and_degradation_a_sample_shares_an_allele_with_its_parent_or_child_at_every_locus():
    simulated = only("mother", "child")
    case, truth = simulated.case, simulated.truth
    donor = {
        family.missing[0].id: family.profiles.alleles[family.profiles.typed.any(axis=1)][0] for family in case.families
    }
    alleles = case.samples.alleles
    for row, sample in enumerate(truth.samples):
        shares = [(alleles[row][:, :, None] == of[:, None, :]).any(axis=(1, 2)).all() for of in donor.values()]
        if sample.missing:
            assert dict(zip(donor, shares, strict=True))[sample.missing]
        # Of a million pairs of strangers, less than one shares an allele at all 24 loci.
        assert sum(shares) == (1 if sample.missing else 0)


def test_clean_samples_of_one_person_show_the_same_genotype_and_sex():
    simulated = only("mother")
    samples, truth = simulated.case.samples, simulated.truth.samples
    for row, sample in enumerate(truth):
        first = next(i for i, other in enumerate(truth) if other.person == sample.person)
        assert np.array_equal(samples.alleles[row], samples.alleles[first])
        assert samples.sex[row] == samples.sex[first] != Sex.UNKNOWN
        assert (sample.n_loci, sample.n_dropped, sample.degraded) == (24, 0, False)
    assert not samples.dropout.any()


def test_a_degraded_sample_shows_part_of_the_genotype_and_states_the_dropout_it_was_made_with():
    options = replace(OPTIONS, degraded=1.0, dropout=0.15, most_failure=0.8)
    degraded = simulate_case(options)
    clean = simulate_case(replace(options, degraded=0.0)).case.samples
    shown = degraded.case.samples
    assert [sample.person for sample in degraded.truth.samples] == [
        sample.person for sample in simulate_case(replace(options, degraded=0.0)).truth.samples
    ]
    typed = shown.typed
    assert set(np.unique(shown.dropout[typed])) == {0.15}
    assert not shown.dropout[~typed].any()
    lost = typed & (shown.alleles != clean.alleles).any(axis=2)
    assert (shown.alleles[lost][:, 0] == shown.alleles[lost][:, 1]).all()
    assert (shown.alleles[lost][:, :1] == clean.alleles[lost]).any(axis=1).all()
    assert [sample.n_dropped for sample in degraded.truth.samples] == lost.sum(axis=1).tolist()
    assert [sample.n_loci for sample in degraded.truth.samples] == typed.sum(axis=1).tolist()
    assert (shown.alleles[~typed] == MISSING).all()
    # Failure is 0.45 in the middle, so that about that share of sexes and loci is not known.
    assert (shown.sex == Sex.UNKNOWN).mean() == pytest.approx(0.45, abs=0.1)
    assert typed.mean() == pytest.approx(0.55 * (1 - 0.15**2), abs=0.05)


def test_partial_donors_are_typed_with_the_older_kit_only():
    simulated = simulate_case(replace(OPTIONS, partial_donors=0.5))
    older = np.array([name in IDENTIFILER for name in simulated.case.panel.names])
    n_partial = n_donors = 0
    for family in simulated.case.families:
        for typed in family.profiles.typed[family.profiles.typed.any(axis=1)]:
            assert typed.all() or np.array_equal(typed, older)
            n_partial, n_donors = n_partial + (not typed.all()), n_donors + 1
    assert n_partial / n_donors == pytest.approx(0.5, abs=0.07)


@pytest.mark.parametrize(("male", "sex"), [(1.0, Sex.MALE), (0.0, Sex.FEMALE)])
def test_the_missing_have_the_sexes_asked_for_and_parents_the_sex_of_their_role(male, sex):
    simulated = simulate_case(replace(OPTIONS, male=male, degraded=0.0))
    for family in simulated.case.families:
        assert np.array_equal(family.pedigree.sex, family.profiles.sex)
        assert {int(family.pedigree.sex[person.position]) for person in family.missing} == {sex}
        for column, role in enumerate((Sex.MALE, Sex.FEMALE)):
            parents = family.pedigree.parents[:, column]
            assert (family.pedigree.sex[parents[parents >= 0]] == role).all()
    assert set(simulated.case.samples.sex.tolist()) == {sex}


def test_the_same_seed_gives_the_same_case_and_another_seed_another(simulated):
    again, other = simulate_case(OPTIONS), simulate_case(replace(OPTIONS, seed=2))
    assert same_profiles(again.case.samples, simulated.case.samples)
    assert again.truth.samples == simulated.truth.samples
    assert again.truth.families == simulated.truth.families
    for one, same in zip(again.case.families, simulated.case.families, strict=True):
        assert same_profiles(one.profiles, same.profiles)
        assert np.array_equal(one.pedigree.parents, same.pedigree.parents)
    assert other.truth.families != simulated.truth.families
    assert not np.array_equal(other.case.samples.alleles, simulated.case.samples.alleles)


def test_what_the_samples_are_like_changes_nothing_about_the_families(simulated):
    other = simulate_case(replace(OPTIONS, samples=50, degraded=0.9, strangers=0.5, samples_per_person=2))
    for one, same in zip(other.case.families, simulated.case.families, strict=True):
        assert same_profiles(one.profiles, same.profiles)


def test_mutation_changes_some_genotypes_and_the_case_states_its_model(simulated):
    without = simulate_case(replace(OPTIONS, mutation="none")).case
    assert all(locus.male_mutation.kind is MutationKind.STEPWISE for locus in simulated.case.panel.loci)
    assert not any(locus.male_mutation.mutates for locus in without.panel.loci)
    pairs = list(zip(simulated.case.families, without.families, strict=True))
    changed = sum((one.profiles.alleles != other.profiles.alleles).any(axis=2).sum() for one, other in pairs)
    typed = sum(one.profiles.typed.sum() for one, _ in pairs)
    # A donor is some two meioses with two chances in a thousand away from the founders.
    assert 0.0005 < changed / typed < 0.01


def test_the_analysis_finds_the_truth_where_families_are_strong():
    simulated = only("both parents and full sibling", missing=12, samples=12, samples_per_person=1.0)
    resolution = resolve(simulated.case)
    found = {
        c.sample: c.missing for c in resolution.conclusions if c.about == "sample" and c.verdict is Verdict.IDENTIFIED
    }
    assert found == {sample.sample: sample.missing for sample in simulated.truth.samples if sample.missing}


def test_likelihood_ratios_average_to_one_as_they_must_if_data_and_model_agree():
    # At each locus, the mean LR over strangers and the mean 1 / LR over true pairs are 1 where nothing is impossible.
    names = ("full sibling", "first cousin by the mother", "nephews or nieces by brother and sister")
    simulated = only(
        *names, missing=60, samples=110, strangers=0.5, samples_per_person=1.0, degraded=0.6, partial_donors=0.3
    )
    case, truth = simulated.case, simulated.truth
    log10_lr = compare_pairwise(case, Policy(sex=SexUse.IGNORE)).log10_lr
    stranger = np.array([sample.missing is None for sample in truth.samples])
    own = [(row, case.missing_ids.index(sample.missing)) for row, sample in enumerate(truth.samples) if sample.missing]
    of_strangers = (10 ** log10_lr[stranger]).mean(axis=(0, 2))
    inverse = (10 ** -np.array([log10_lr[at] for at in own])).mean(axis=1)
    for values in (of_strangers, inverse):
        error = values.std(ddof=1) / np.sqrt(len(values))
        assert values.mean() == pytest.approx(1.0, abs=4 * error)
        assert error < 0.03


def test_missing_siblings_are_children_of_the_same_parents():
    simulated = only(
        "two missing siblings: both parents", missing=40, samples=40, strangers=0.0, samples_per_person=1.0
    )
    parents = {
        person.id: family.profiles.alleles[family.profiles.typed.any(axis=1)]
        for family in simulated.case.families
        for person in family.missing
    }
    for row, sample in enumerate(simulated.truth.samples):
        child = simulated.case.samples.alleles[row]
        has = (parents[sample.missing][..., None] == child[:, None, :]).any(axis=2)
        assert ((has[0, :, 0] & has[1, :, 1]) | (has[0, :, 1] & has[1, :, 0])).all()


def test_everything_that_cannot_be_used_is_said_at_once():
    bad = SimulationOptions(
        missing=0,
        samples=-1,
        seed=-1,
        population="Mars",
        mutation="custom",
        male=2,
        partial_donors=-1,
        strangers=1.1,
        samples_per_person=float("nan"),
        degraded=float("nan"),
        dropout=1.0,
        least_failure=0.5,
        most_failure=0.4,
    )
    with pytest.raises(InputError) as refused:
        simulate_case(bad)
    assert [problem.where for problem in refused.value.problems] == [
        *("--missing", "--samples", "--seed", "--population", "--mutation"),
        "--samples-per-person",
        *("--male", "--partial-donors", "--strangers", "--degraded", "--dropout", "--least-failure, --most-failure"),
    ]


def test_more_samples_than_the_missing_can_give_are_refused():
    with pytest.raises(InputError, match="come from 80 people, but only 79 are missing"):
        simulate_case(SimulationOptions(missing=79, samples=100, samples_per_person=1.0))
    everybody = simulate_case(SimulationOptions(missing=80, samples=100, samples_per_person=1.0))
    assert len({sample.missing for sample in everybody.truth.samples} - {None}) == 80


@pytest.mark.parametrize(("strangers", "n_missing_found"), [(0.0, 1), (1.0, 0)])
def test_the_smallest_case_has_one_sample_of_somebody_or_of_nobody(strangers, n_missing_found):
    smallest = simulate_case(SimulationOptions(missing=1, samples=1, strangers=strangers))
    assert sum(sample.missing is not None for sample in smallest.truth.samples) == n_missing_found
    assert smallest.case.samples.typed.any()


def test_progress_ends_with_all_families():
    steps = []
    simulate_case(replace(OPTIONS, samples=1), progress=lambda *step: steps.append(step))
    assert {step for step, _, _ in steps} == {"Simulating families"}
    assert steps[-1][1] == steps[-1][2] > 300


def test_structures_of_ones_own_are_mentioned_in_the_description():
    own = FamilyStructure("grandmother", "N3 = N1 + R1; M1 = N3 + N4", 1)
    case = simulate_case(replace(CLEAN, missing=3, samples=1), structures=[own]).case
    assert "family structures were chosen by a program" in case.description
