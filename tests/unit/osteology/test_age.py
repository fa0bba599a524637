"""Age as a likelihood: papers turned round, stages, posteriors and ratios."""

import numpy as np
import pytest
from scipy.stats import norm

from homeward.core.errors import InputError
from homeward.osteology.age import AgePosterior, age_log10_lr, age_posterior, combine_age
from homeward.osteology.age_methods import (
    AgeClasses,
    Link,
    Transitions,
    age_grid,
    interval_evidence,
    phase_evidence,
    published_phases,
    stage_evidence,
    stage_probabilities,
)
from homeward.osteology.populations import ListedPopulation, NormalPopulation

AGES = age_grid(15, 95)
EVERYBODY = AgeClasses((15, 95), (1,))
PUBIS = Transitions("made pubis", "pubic symphysis", ("I", "II", "III"), (np.log(22.0), np.log(35.0)), 0.25)
RIB = Transitions("made rib", "rib end", ("1", "2"), (np.log(28.0),), 0.3, Link.LOGIT)
SOLDIERS = ListedPopulation(np.array([18, 19, 19, 20, 21, 22, 24, 30, 41.0]))


def test_the_grid_is_the_middles_of_equal_steps():
    assert age_grid(20, 21).tolist() == [20.125, 20.375, 20.625, 20.875]


def test_every_age_has_some_stage():
    for transitions in (PUBIS, RIB):
        probabilities = stage_probabilities(transitions, AGES)
        assert probabilities.sum(axis=0) == pytest.approx(np.ones(len(AGES)))
        assert (probabilities >= 0).all()


def test_half_of_the_people_have_passed_at_the_mean_of_the_transition():
    at = np.array([22.0, 28.0])
    assert stage_probabilities(PUBIS, at)[0, 0] == pytest.approx(0.5)
    assert stage_probabilities(RIB, at)[1, 1] == pytest.approx(0.5)
    # P(stage II | 30) = Phi(ln(30/22)/.25) - Phi(ln(30/35)/.25)
    expected = norm.cdf(np.log(30 / 22) / 0.25) - norm.cdf(np.log(30 / 35) / 0.25)
    assert stage_probabilities(PUBIS, np.array([30.0]))[1, 0] == pytest.approx(expected)


def test_a_scorer_who_cannot_decide_adds_the_stages():
    both = stage_evidence(PUBIS, ("I", "II"), AGES)
    assert 10**both.log10_likelihood == pytest.approx(stage_probabilities(PUBIS, AGES)[:2].sum(axis=0))
    assert stage_evidence(PUBIS, ("I", "II", "III"), AGES).log10_likelihood == pytest.approx(0.0, abs=1e-12)


def test_bayes_with_the_papers_own_ages_gives_the_paper_back():
    # The paper: P(age | phase IV) is normal, 35.5 +- 3.8. Its own sample as prior must return just that.
    sample = AgeClasses((15, 30, 50, 95), (10, 60, 30))
    evidence = phase_evidence(published_phases()["berg-2008-female"], "IV", AGES, sample=sample)
    posterior = age_posterior([evidence], sample)
    assert posterior.mean_years == pytest.approx(35.5, abs=0.01)
    assert posterior.highest_density(0.95)[0] == pytest.approx((35.5 - 1.96 * 3.8, 35.5 + 1.96 * 3.8), abs=0.3)


def test_a_paper_on_old_people_makes_nobody_old_among_the_young():
    old_sample, young = AgeClasses((15, 40, 95), (5, 95)), AgeClasses((15, 30, 95), (90, 10))
    phases = published_phases()["osborne-2004"]
    taken_out = age_posterior([phase_evidence(phases, "2", AGES, sample=old_sample)], young)
    kept = age_posterior([phase_evidence(phases, "2", AGES, sample=EVERYBODY)], young)
    assert taken_out.mean_years < kept.mean_years < 29.5


def test_a_paper_says_nothing_of_ages_that_its_sample_lacks():
    with pytest.raises(InputError, match="nobody of some ages between"):
        phase_evidence(published_phases()["osborne-2004"], "2", AGES, sample=AgeClasses((20, 60), (1,)))


def test_findings_on_different_traits_multiply_at_each_age():
    one, two = stage_evidence(PUBIS, ("II",), AGES), stage_evidence(RIB, ("2",), AGES)
    weights = stage_probabilities(PUBIS, AGES)[1] * stage_probabilities(RIB, AGES)[1]
    assert 10 ** combine_age([one, two]) == pytest.approx(weights)
    assert age_posterior([two, one], EVERYBODY).probabilities == pytest.approx(weights / weights.sum())


def test_one_trait_is_never_counted_twice():
    pubis = stage_evidence(PUBIS, ("II",), AGES)
    berg = phase_evidence(published_phases()["berg-2008-female"], "IV", AGES, sample=EVERYBODY)
    with pytest.raises(InputError, match=r"pubic symphysis.*made pubis and berg-2008-female"):
        combine_age([pubis, berg])


def test_a_posterior_sums_to_one_and_follows_the_prior_where_findings_are_silent():
    silent = stage_evidence(PUBIS, PUBIS.stages, AGES)
    posterior = age_posterior([silent], AgeClasses((18, 28), (1,)))
    assert posterior.probabilities.sum() == pytest.approx(1.0)
    assert posterior.mean_years == pytest.approx(23.0)
    assert posterior.highest_density(1.0) == ((18.0, 28.0),)


def test_the_highest_density_set_may_have_two_stretches():
    ages = age_grid(0, 10, step_years=1)
    weights = np.array([0, 4, 0, 0, 0, 0, 0, 6, 0, 0.0])
    posterior = AgePosterior(ages, weights / 10)
    assert posterior.highest_density(0.95) == ((1.0, 2.0), (7.0, 8.0))
    assert posterior.highest_density(0.5) == ((7.0, 8.0),)
    assert posterior.mode_years == 7.5


@pytest.mark.parametrize("population", [SOLDIERS, NormalPopulation(40.0, 10.0)])
def test_the_mean_lr_of_other_people_is_one(population):
    grid = np.exp(-0.5 * ((AGES - 40.0) / 10.0) ** 2)
    total = 0.0
    for stage in PUBIS.stages:
        evidence = stage_evidence(PUBIS, (stage,), AGES)
        likelihood = 10**evidence.log10_likelihood
        if population is SOLDIERS:
            share = np.interp(SOLDIERS.values, AGES, likelihood).mean()
        else:
            share = grid @ likelihood / grid.sum()
        total += share * 10 ** age_log10_lr([evidence], 21.0, population, record_error=0.01)
    assert total == pytest.approx(1.0, rel=1e-9)


def test_a_common_age_is_weak_evidence_and_a_rare_one_strong():
    young, old = interval_evidence("report", "age", 18, 23, AGES), interval_evidence("report", "age", 38, 44, AGES)
    assert age_log10_lr([young], 20.0, SOLDIERS) < 0.5
    assert age_log10_lr([old], 41.0, SOLDIERS) > 0.9


def test_an_lr_outside_the_interval_is_small_and_never_nothing():
    evidence = interval_evidence("report", "age", 18, 23, AGES)
    assert -4.1 < age_log10_lr([evidence], 41.0, SOLDIERS, record_error=0.001) < -2.9


def test_mistakes_are_refused():
    with pytest.raises(InputError, match="one mean less than stages"):
        stage_probabilities(Transitions("x", "x", ("1", "2", "3"), (3.0, 3.0), 0.2), AGES)
    with pytest.raises(InputError) as caught:
        stage_probabilities(Transitions("x", "x", ("1", "2"), (3.0,), 0.0), np.array([0.0]))
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="no stage 'IV'"):
        stage_evidence(PUBIS, ("IV",), AGES)
    with pytest.raises(InputError, match="no phase 'X'"):
        phase_evidence(published_phases()["osborne-2004"], "X", AGES, sample=EVERYBODY)
    with pytest.raises(InputError, match="one edge more"):
        AgeClasses((15, 15), (1,))
    with pytest.raises(InputError, match="Ages 10 are outside 15 to 95 years"):
        age_log10_lr([interval_evidence("r", "age", 18, 23, AGES)], 10.0, SOLDIERS)
    with pytest.raises(InputError, match="same ages"):
        combine_age([interval_evidence("r", "a", 18, 23, AGES), interval_evidence("s", "b", 18, 23, AGES[1:])])
    with pytest.raises(InputError, match="No age of the prior"):
        age_posterior([stage_evidence(PUBIS, ("I",), AGES)], AgeClasses((100, 120), (1,)))
