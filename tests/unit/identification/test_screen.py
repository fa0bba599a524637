"""A screen against all exact likelihood ratios, worked out one family at a time."""

import math
from dataclasses import replace

import numpy as np
import pytest

from homeward.genetics.case import MissingPerson
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import choose_profiles, make_profiles
from homeward.identification import screen as screening
from homeward.identification.pairwise import compare_pairwise, sex_log10_lr
from homeward.identification.policy import Policy, SexUse
from homeward.identification.screen import screen
from homeward.identification.screen_policy import Against, ScreenPolicy
from tests.families import case, family, pedigree
from tests.simulated import MODELS, many_shapes, random_panel

OPEN = Policy(min_loci=1)


def all_of(log10_lr=-math.inf, *, top=3, policy=OPEN):
    return ScreenPolicy(top=top, min_log10_lr=log10_lr, policy=policy)


def by_one_family_at_a_time(of, policy):
    """(S, M) the score that candidates are ordered by, -inf where a pair is ruled out."""
    pairwise = compare_pairwise(of, policy.policy)
    n_impossible = np.isneginf(pairwise.log10_lr).sum(axis=2)
    scores = np.where(np.isneginf(pairwise.log10_lr), policy.inconsistency_log10_lr, pairwise.log10_lr).sum(axis=2)
    scores = scores + pairwise.sex_log10_lr
    scores[~pairwise.allowed | (n_impossible > policy.policy.max_inconsistencies)] = -np.inf
    return scores, pairwise


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("least", [-math.inf, 0.5])
def test_candidates_and_their_ranks_are_those_of_all_exact_pairs(name, least):
    of = many_shapes(MODELS[name], n_loci=6, dropout=0.2)
    policy = all_of(least)
    scores, pairwise = by_one_family_at_a_time(of, policy)
    result = screen(of, policy)
    assert not result.set_aside
    rank = 1 + np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    subject_rank = 1 + np.argsort(np.argsort(-scores, axis=0, kind="stable"), axis=0)
    kept = (scores >= least) & np.isfinite(scores) & ((rank <= policy.top) | (subject_rank <= policy.top))
    found = result.candidates
    assert set(zip(found.sample.tolist(), found.subject.tolist(), strict=True)) == set(
        zip(*map(np.ndarray.tolist, np.nonzero(kept)), strict=True)
    )
    at = (found.sample, found.subject)
    np.testing.assert_allclose(found.log10_lr, pairwise.total_log10_lr[at], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.order_log10_lr, scores[at], rtol=1e-12, atol=1e-12)
    assert (found.n_inconsistent == pairwise.n_inconsistent[at]).all()
    assert (found.n_loci == pairwise.n_compared[at]).all()
    assert (found.rank == np.where(rank[at] <= policy.top, rank[at], 0)).all()
    assert (found.subject_rank == np.where(subject_rank[at] <= policy.top, subject_rank[at], 0)).all()


def test_the_weakest_locus_is_the_one_that_speaks_most_against_the_pair():
    of = many_shapes(MODELS["stepwise"], n_loci=6)
    pairwise = compare_pairwise(of, OPEN)
    found = screen(of, all_of()).candidates
    for i in range(len(found)):
        by_locus = np.where(
            pairwise.compared[found.sample[i], found.subject[i]],
            pairwise.log10_lr[found.sample[i], found.subject[i]],
            np.inf,
        )
        if found.n_loci[i] == 0:
            assert found.weakest_locus[i] == -1
            assert math.isnan(found.weakest_log10_lr[i])
        else:
            assert found.weakest_locus[i] == by_locus.argmin()
            assert found.weakest_log10_lr[i] == pytest.approx(by_locus.min(), abs=1e-12)


def test_blocks_of_any_size_give_the_same(monkeypatch):
    of = many_shapes(MODELS["stepwise"], dropout=0.2)
    whole = screen(of, all_of()).candidates
    monkeypatch.setattr(screening, "SUBJECTS_AT_ONCE", 4)
    monkeypatch.setattr(screening, "PAIRS_AT_ONCE", 7)
    monkeypatch.setattr(screening, "MANY_PENDING", 20)
    in_parts = screen(of, all_of()).candidates
    for name in ("sample", "subject", "log10_lr", "order_log10_lr", "rank", "subject_rank", "weakest_locus"):
        assert (getattr(whole, name) == getattr(in_parts, name)).all(), name


def test_the_order_of_samples_and_families_changes_no_result():
    of = many_shapes(MODELS["equal"], n_loci=6)
    rng = np.random.default_rng(2)
    rows, families = rng.permutation(len(of.samples)), rng.permutation(len(of.families))
    other = replace(of, samples=choose_profiles(of.samples, rows), families=tuple(of.families[i] for i in families))

    def as_mapping(result):
        found = result.candidates
        return {
            (result.case.samples.ids[found.sample[i]], result.subjects[found.subject[i]].id): (
                round(float(found.log10_lr[i]), 10),
                int(found.rank[i]),
                int(found.n_loci[i]),
            )
            for i in range(len(found))
        }

    assert as_mapping(screen(of, all_of(0.1))) == as_mapping(screen(other, all_of(0.1)))


def with_sexes(of):
    """Every second missing person is a woman, every third sample of unknown sex."""
    for i, one in enumerate(of.families):
        one.profiles.sex[one.missing[0].position] = Sex.FEMALE if i % 2 else Sex.MALE
    of.samples.sex[:] = [(Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)[i % 3] for i in range(len(of.samples))]
    return of


@pytest.mark.parametrize("use", list(SexUse))
def test_recorded_sex_filters_weighs_or_is_ignored_as_the_policy_says(use):
    of = with_sexes(many_shapes(MODELS["equal"]))
    policy = all_of(top=1000, policy=replace(OPEN, sex=use))
    scores, _ = by_one_family_at_a_time(of, policy)
    found = screen(of, policy).candidates
    assert len(found) == np.isfinite(scores).sum()
    np.testing.assert_allclose(found.order_log10_lr, scores[found.sample, found.subject], rtol=1e-12, atol=1e-12)


def test_the_table_of_sexes_is_worked_by_hand():
    evidence = sex_log10_lr(Policy(sex=SexUse.EVIDENCE, sex_error=0.02, male_fraction=0.8))
    assert evidence[Sex.MALE, Sex.MALE] == pytest.approx(math.log10(0.98 / 0.8))
    assert evidence[Sex.FEMALE, Sex.MALE] == pytest.approx(math.log10(0.02 / 0.2))
    assert (evidence[Sex.UNKNOWN] == 0).all()
    assert (evidence[:, Sex.UNKNOWN] == 0).all()
    assert sex_log10_lr(Policy())[Sex.FEMALE, Sex.MALE] == -np.inf


def father_and_child(n_loci, n_wrong):
    """A father with a profile, and a sample that could be his child's but for some loci; no mutation model."""
    rng = np.random.default_rng(0)
    panel = replace_models(random_panel(rng, n_loci, 6))
    father = " ".join(["8/9"] * n_loci)
    one = family("F", pedigree("M = F + G"), panel, {"F": father}, ["M"])
    alleles = np.array([[[0, 2]] * (n_loci - n_wrong) + [[3, 4]] * n_wrong])
    return case(panel, make_profiles(("S",), n_loci, alleles=alleles), one)


def replace_models(panel):
    none = MODELS["none"]
    return replace(panel, loci=tuple(replace(one, female_mutation=none, male_mutation=none) for one in panel.loci))


@pytest.mark.parametrize(("n_wrong", "is_kept"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_few_impossible_loci_are_tolerated_where_the_model_has_no_mutation(n_wrong, is_kept):
    of = father_and_child(12, n_wrong)
    found = screen(of, all_of()).candidates
    assert len(found) == is_kept
    if is_kept:
        frequencies = [locus.frequencies for locus in of.panel.loci[: 12 - n_wrong]]
        # Father A B, child A C: 1 / (4 p(A)).
        expected = sum(math.log10(1 / (4 * f[0])) for f in frequencies)
        assert found.n_inconsistent[0] == n_wrong
        assert found.order_log10_lr[0] == pytest.approx(expected - 3.0 * n_wrong, abs=1e-12)
        assert found.log10_lr[0] == (-math.inf if n_wrong else pytest.approx(expected, abs=1e-12))


def test_two_missing_brothers_are_each_compared_by_their_own_table():
    of = many_shapes(MODELS["none"])
    text = "M = A + B; N = A + B; S = A + B; C = N + W"
    brothers = family(
        "brothers", pedigree(text), of.panel, {"S": "8/9 8/9 8/9 8/9", "C": "9/9 9/9 9/9 9/9"}, ["M", "N"]
    )
    of = replace(of, families=(*of.families, brothers))
    policy = all_of(top=1000)
    scores, _ = by_one_family_at_a_time(of, policy)
    result = screen(of, policy)
    found = result.candidates
    at_brothers = found.subject >= len(of.families) - 1
    assert {result.subjects[i].id for i in found.subject[at_brothers]} == {"M", "N"}
    np.testing.assert_allclose(found.order_log10_lr, scores[found.sample, found.subject], rtol=1e-12, atol=1e-12)


def test_people_without_typed_relatives_and_samples_with_few_loci_are_listed_and_not_scored():
    of = many_shapes(MODELS["none"])
    text = "M = A + B; N = A + B; C = N + W; W2 = X + Y"
    unreachable = family("alone", pedigree("M = A + B; W2 = X + Y"), of.panel, {"W2": "8/9 8/9 8/9 8/9"}, ["M"])
    through = family("through", pedigree(text), of.panel, {"W2": "8/9 8/9 8/9 8/9"}, ["M", "N"])
    unreachable = replace(unreachable, missing=(MissingPerson("M of alone", unreachable.missing[0].position),))
    of.samples.alleles[0, 1:] = -1
    of.samples.alleles[0, 0] = [0, 1]
    result = screen(
        replace(of, families=(*of.families, unreachable, through)), all_of(policy=replace(OPEN, min_loci=2))
    )
    reasons = {one.id: one.reason for one in result.set_aside}
    assert reasons["S0"] == "1 locus typed; a comparison needs 2 (--min-loci)."
    assert "No blood relative has given a profile" in reasons["M of alone"]
    assert set(reasons) >= {"S0", "M of alone", "M", "N"}
    assert 0 not in result.candidates.sample
    set_aside = {i for i, subject in enumerate(result.subjects) if subject.id in reasons}
    assert not set_aside & set(result.candidates.subject.tolist())
    assert result.n_pairs == result.n_samples * (len(of.families))


def test_a_family_that_contradicts_itself_is_named_with_its_loci():
    of = many_shapes(MODELS["none"])
    wrong = family(
        "F99", pedigree("M = F + G; S = F + G"), of.panel, {"F": "8/8 8/8 8/8 8/8", "S": "9/9 8/8 9/9 8/8"}, ["M"]
    )
    result = screen(replace(of, families=(*of.families, wrong)), all_of())
    (one,) = result.set_aside
    assert one.id == "M"
    assert one.reason.startswith("The relatives' own profiles contradict the pedigree at L0, L2.")
    assert len(of.families) not in result.candidates.subject
    assert result.n_subjects == len(of.families)


def duplicated(of, n_copies=3):
    """The first samples once more under other names, the copies with their last locus untyped."""
    copies = choose_profiles(of.samples, list(range(n_copies)))
    alleles = np.concatenate([of.samples.alleles, copies.alleles])
    alleles[len(of.samples) :, -1] = -1
    ids = (*of.samples.ids, *(f"copy of {name}" for name in copies.ids))
    return replace(of, samples=make_profiles(ids, len(of.panel), alleles=alleles))


def test_samples_of_one_person_are_found_once_each():
    of = duplicated(many_shapes(MODELS["stepwise"], n_loci=12))
    result = screen(of, all_of(6.0), against=Against.SAMPLES)
    found = result.candidates
    pairs = {(of.samples.ids[s], result.subjects[o].id) for s, o in zip(found.sample, found.subject, strict=True)}
    assert pairs == {(f"S{i}", f"copy of S{i}") for i in range(3)}
    for i in range(len(found)):
        sample, panel = found.sample[i], of.panel
        both = of.samples.typed[sample] & of.samples.typed[found.subject[i]]
        expected = 0.0
        for at in np.flatnonzero(both):
            a, b = of.samples.alleles[sample, at]
            f = panel.loci[at].frequencies
            expected -= math.log10(f[a] * f[b] * (1 if a == b else 2))
        assert found.log10_lr[i] == pytest.approx(expected, rel=1e-12)
        assert found.n_loci[i] == both.sum()


def test_staff_are_compared_with_every_sample():
    of = many_shapes(MODELS["stepwise"], n_loci=12)
    of = replace(of, elimination=replace(choose_profiles(of.samples, [5]), ids=("Technician 7",)))
    result = screen(of, all_of(6.0), against=Against.STAFF)
    assert [of.samples.ids[i] for i in result.candidates.sample] == ["S5"]
    assert result.subjects[0].id == "Technician 7"
    assert result.n_pairs == len(of.samples)


def test_kin_are_found_and_copies_of_one_person_are_left_out_and_counted():
    panel = random_panel(np.random.default_rng(11), 24, 12)
    from homeward.genetics.simulation.gene_dropping import drop_genes

    members = pedigree("X = A + B; Y = A + B; C = X + V")
    genotypes = drop_genes(members, panel, 1, np.random.default_rng(12))[0]
    rows = [members.position(name) for name in ("X", "Y", "C", "B", "X")]
    samples = make_profiles(
        ("brother", "other brother", "child", "mother", "brother again"), 24, alleles=genotypes[rows]
    )
    result = screen(case(panel, samples), all_of(3.0, top=10), against=Against.KIN)
    found = result.candidates
    best = {}
    for i in range(len(found)):
        names = frozenset((samples.ids[found.sample[i]], result.subjects[found.subject[i]].id))
        relation = result.subjects[found.subject[i]].relation
        if names not in best or found.log10_lr[i] > best[names][1]:
            best[names] = (relation, found.log10_lr[i])
    assert best[frozenset(("brother", "other brother"))][0] == "full siblings"
    assert best[frozenset(("brother", "child"))][0] == "parent and child"
    assert best[frozenset(("brother", "mother"))][0] == "parent and child"
    assert frozenset(("brother", "brother again")) not in best
    assert result.notes[0].startswith("2 comparisons left out: the two samples fit one person better than relatives.")
