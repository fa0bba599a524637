"""Power against closed forms of the literature, and simulation against exact sums; every seed is fixed."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Hypothesis
from homeward.genetics.linkage.recombination import NeighbourFractions
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation import lr_outcomes
from homeward.genetics.simulation.lr_outcomes import Contrast
from homeward.genetics.simulation.lr_power import work_out_power
from tests.families import locus, pedigree, profiles

P = {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.4}
UNEVEN = {"8": 0.02, "9": 0.08, "10": 0.6, "11": 0.3}
EQUAL = MutationModel(MutationKind.EQUAL, 0.01)


def rng(seed=7):
    return np.random.default_rng(seed)


def hypothesis(text, panel, genotypes=None, **options):
    members = pedigree(text, **options)
    return Hypothesis(text, members, profiles(members.ids, panel, genotypes or {}))


def contrast(h1, h2, people, *tables, model=None, genotypes=None, dropout=(), **options):
    loci = tuple(locus(f"L{i}", table, *([model] if model else [])) for i, table in enumerate(tables or (P,)))
    panel = Panel(loci)
    return Contrast(
        hypothesis(h1, panel, genotypes, **options), hypothesis(h2, panel, genotypes, **options), panel, people, dropout
    )


def power(*arguments, n=2_000, **options):
    return work_out_power(contrast(*arguments, **options), n, rng())


DUO = ("C = F + M", "C = G + M; F", ("C", "F"))
TRIO = ("C = F + M", "C = G + M; F", ("C", "M", "F"))
SIBLINGS = ("A = F + M; B = F + M", "A; B", ("A", "B"))
HALF = ("A = F + M; B = F + N", "A; B", ("A", "B"))


@pytest.mark.parametrize("table", [P, UNEVEN])
def test_exclusion_power_of_a_duo_is_that_of_garber_and_morris(table):
    # Without the mother a man is excluded if he shares no allele with the child: sum over genotypes of the child of
    # P(child) (1 - sum of its alleles)^2 (Garber & Morris 1983, Inclusion probabilities in parentage testing, 277-280).
    p = list(table.values())
    one = sum(pi**2 * (1 - pi) ** 2 for pi in p)
    two = sum(2 * p[i] * p[j] * (1 - p[i] - p[j]) ** 2 for i in range(len(p)) for j in range(i))
    assert power(*DUO, table).exclusion_power[0] == pytest.approx(one + two, rel=1e-12)


@pytest.mark.parametrize("table", [P, UNEVEN])
def test_exclusion_power_of_a_trio_is_that_of_the_textbooks(table):
    # sum p (1-p)^2 - 1/2 sum_{i != j} p_i^2 p_j^2 (4 - 3 p_i - 3 p_j); Weir (1996), Genetic Data Analysis II, p. 209.
    p = list(table.values())
    pairs = [(a, b) for i, a in enumerate(p) for j, b in enumerate(p) if i != j]
    expected = sum(a * (1 - a) ** 2 for a in p) - 0.5 * sum(a**2 * b**2 * (4 - 3 * a - 3 * b) for a, b in pairs)
    found = power(*TRIO, table)
    assert found.is_exact.all()
    assert found.exclusion_power[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("question", "kappa"), [(DUO, (0, 1, 0)), (SIBLINGS, (1 / 4, 1 / 2, 1 / 4)), (HALF, (1 / 2, 1 / 2, 0))]
)
@pytest.mark.parametrize("table", [P, UNEVEN])
def test_the_expected_lr_depends_on_the_number_of_alleles_only(question, kappa, table):
    # Egeland & Slooten (2016), Int. J. Legal Med. 130:1445-1456: E(LR | H1) is a quadratic form in kappa whose
    # coefficients are numbers of alleles; for paternity it is (n + 3) / 4.
    n, (k0, k1, k2) = len(table), kappa
    expected = k0**2 + 2 * k0 * (k1 + k2) + k1**2 * (n + 3) / 4 + k1 * k2 * (n + 1) + k2**2 * n * (n + 1) / 2
    assert 10 ** power(*question, table).log10_expected_lr[0] == pytest.approx(expected, rel=1e-12)


def test_the_expected_log10_lr_of_half_siblings_is_that_of_the_sum_over_genotypes():
    p = list(P.values())
    expected = 0.0
    for a, b, c, d in np.ndindex(4, 4, 4, 4):
        # Ordered genotypes: those of A times P(B | A) = (1/2) Hardy-Weinberg + (1/2) one allele shared.
        unrelated = p[c] * p[d]
        shared = sum(((x == c) * p[d] + (x == d) * p[c]) / 2 for x in (a, b)) / 2
        ratio = 0.5 + 0.5 * shared / unrelated
        expected += p[a] * p[b] * unrelated * ratio * np.log10(ratio)
    assert power(*HALF).expected_log10_lr_h1[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("model", [None, EQUAL])
@pytest.mark.parametrize("dropout", [(), (0.0, 0.3)])
def test_exact_figures_and_simulated_ones_agree(monkeypatch, model, dropout):
    exact = power(*SIBLINGS, P, UNEVEN, model=model, dropout=dropout, n=20_000)
    monkeypatch.setattr(lr_outcomes, "MOST_OUTCOMES", 0)
    simulated = power(*SIBLINGS, P, UNEVEN, model=model, dropout=dropout, n=20_000)
    assert exact.is_exact.all()
    assert not simulated.is_exact.any()
    for one, other in ((exact.log10_lr_h1, simulated.log10_lr_h1), (exact.log10_lr_h2, simulated.log10_lr_h2)):
        error = np.hypot(one.std(), other.std()) / np.sqrt(20_000)
        assert abs(one.mean() - other.mean()) < 4 * error
    assert simulated.expected_log10_lr_h1 == pytest.approx(exact.expected_log10_lr_h1, abs=0.02)
    assert exact.log10_lr_h1.mean() == pytest.approx(exact.total_expected_log10_lr, abs=0.02)


@pytest.mark.parametrize(("question", "model"), [(DUO, None), (DUO, EQUAL), (SIBLINGS, EQUAL)])
def test_the_mean_lr_is_one_if_the_denominator_is_true(question, model):
    # Good (1950): the expected factor in favour of a false hypothesis is 1.
    found = power(*question, P, model=model, n=40_000)
    lr = 10.0**found.log10_lr_h2
    assert abs(lr.mean() - 1.0) < 4 * lr.std() / np.sqrt(len(lr))


def test_a_strangers_chance_is_that_of_the_simulations_of_strangers():
    found = power(*SIBLINGS, P, UNEVEN, P, UNEVEN, n=40_000)
    chance, error = found.chance_inclusion(1.0)
    simulated = (found.log10_lr_h2 >= 1.0).mean()
    assert abs(chance - simulated) < 4 * np.hypot(error, np.sqrt(chance / 40_000))
    assert found.chance_inclusion(1000.0) == (0.0, 0.0)


def test_the_number_of_excluding_loci_is_distributed_as_by_enumeration():
    found = power(*DUO, P, UNEVEN, P, n=10)
    a, b, c = found.exclusion_power
    counts = np.zeros(4)
    for outcome in np.ndindex(2, 2, 2):
        counts[sum(outcome)] += np.prod([x if o else 1 - x for x, o in zip((a, b, c), outcome, strict=True)])
    assert found.exclusion_counts() == pytest.approx(counts, rel=1e-12)
    assert found.total_exclusion_power == pytest.approx(1 - (1 - a) * (1 - b) * (1 - c), rel=1e-12)
    assert found.more_exclusions_than(1) == pytest.approx(counts[2:].sum(), rel=1e-12)
    assert found.expected_exclusions == pytest.approx(a + b + c, rel=1e-12)


def test_exclusion_power_is_that_without_mutation_whatever_the_model():
    assert power(*DUO, model=EQUAL).exclusion_power == pytest.approx(power(*DUO).exclusion_power, rel=1e-12)


def test_the_same_seed_gives_the_same_simulations_and_another_one_others():
    of = contrast(*SIBLINGS, P, UNEVEN)
    first, second, other = (work_out_power(of, 500, rng(seed)) for seed in (7, 7, 8))
    assert (first.log10_lr_h1 == second.log10_lr_h1).all()
    assert (first.log10_lr_h2 == second.log10_lr_h2).all()
    assert (first.log10_lr_h1 != other.log10_lr_h1).any()


def test_nobody_to_type_leaves_the_lr_of_what_is_there():
    found = power("C = F + M", "C = G + M; F", (), genotypes={"C": "8/9", "F": "8/10"})
    # A shared allele of two heterozygotes: 1 / (4 p).
    assert found.log10_lr_h1 == pytest.approx(np.log10(1 / (4 * 0.1)), rel=1e-12)
    assert found.present_log10_lr == pytest.approx(found.expected_log10_lr_h1)


def test_what_is_typed_of_a_person_is_kept_and_the_rest_is_drawn():
    found = power("C = F + M", "C = G + M; F", ("F",), P, UNEVEN, genotypes={"C": "8/9 8/9", "F": "8/10 -"})
    assert found.expected_log10_lr_h1[0] == pytest.approx(np.log10(1 / (4 * 0.1)), rel=1e-12)
    assert np.isfinite(found.expected_log10_lr_h1).all()


def test_exclusion_power_at_x_linked_loci_is_that_of_fathers_and_daughters():
    # A man is excluded as father of a daughter if she has not his allele.
    p = list(P.values())
    panel = Panel((locus("X", P, chromosome="X"),))
    sex = {"C": Sex.FEMALE}
    h1, h2 = hypothesis("C = F + M", panel, sex=sex), hypothesis("C = G + M; F", panel, sex={**sex, "F": Sex.MALE})
    found = work_out_power(Contrast(h1, h2, panel, ("C", "F")), 100, rng())
    one = sum(pi**2 * (1 - pi) for pi in p)
    two = sum(2 * p[i] * p[j] * (1 - p[i] - p[j]) for i in range(4) for j in range(i))
    assert found.exclusion_power[0] == pytest.approx(one + two, rel=1e-12)


def test_with_a_silent_allele_two_homozygotes_exclude_nothing():
    panel = Panel((locus("L", {"8": 0.5, "9": 0.4}, silent=0.1),))
    found = work_out_power(
        Contrast(hypothesis(DUO[0], panel, {"C": "8/8"}), hypothesis(DUO[1], panel, {"C": "8/8"}), panel, ("F",)),
        100,
        rng(),
    )
    # Who shows 9 may carry the silent allele, as the child may, and so does who shows nothing.
    assert found.exclusion_power[0] == 0.0
    assert found.is_exact.all()


def test_a_twin_of_the_person_tells_as_much_as_the_person():
    panel = Panel((locus("L", P),))
    h1 = hypothesis("A = F + M; B = F + M", panel, {"A": "8/9"}, twins=[("A", "B")])
    h2 = hypothesis("A = F + M; B", panel, {"A": "8/9"})
    found = work_out_power(Contrast(h1, h2, panel, ("B",)), 100, rng())
    assert found.expected_log10_lr_h1[0] == pytest.approx(-np.log10(2 * 0.1 * 0.2), rel=1e-12)


def test_profiles_that_contradict_a_hypothesis_are_refused_by_locus():
    with pytest.raises(InputError, match="impossible at L0"):
        power(*DUO[:2], ("M",), genotypes={"C": "8/9", "F": "10/10"})


def test_linked_loci_are_refused_by_name():
    of = contrast(*SIBLINGS, P, P)
    linked = replace(of.panel, recombination=(NeighbourFractions("L0", "L1", 0.1, 0.1),))
    with pytest.raises(InputError, match="cannot deal with linked loci"):
        work_out_power(replace(of, panel=linked), 10, rng())


def test_a_locus_that_needs_a_mutation_anyway_cannot_exclude():
    of = contrast("A = F + M; S = F + M", "A; S = F + M", ("A",), model=EQUAL, genotypes={"S": "8/8", "F": "9/9"})
    found = work_out_power(of, 100, rng())
    assert np.isnan(found.exclusion_power[0])
    assert np.isnan(found.total_exclusion_power)
    assert len(found.exclusion_counts()) == 1


def test_dropout_in_what_will_be_typed_makes_exclusion_harder():
    full, degraded = power(*DUO), power(*DUO, dropout=(0.0, 0.4))
    assert 0 < degraded.exclusion_power[0] < full.exclusion_power[0]
    assert degraded.expected_log10_lr_h1[0] < full.expected_log10_lr_h1[0]


def test_untyped_profiles_say_nothing():
    panel = Panel((locus("L", P),))
    h1, h2 = hypothesis(DUO[0], panel), hypothesis(DUO[1], panel)
    h1 = replace(h1, profiles=make_profiles(h1.pedigree.ids, 1))
    assert work_out_power(Contrast(h1, h2, panel, ("F",)), 100, rng()).total_expected_log10_lr == pytest.approx(
        0, abs=1e-12
    )


SNP = {"1": 0.9, "2": 0.1}
TETRA = {"1": 0.7, "2": 0.1, "3": 0.1, "4": 0.1}
SISTERS = "A = F + M; B = F + M"
SISTERS_OF_COUSINS = "A = F + M; B = F + M; F = X + Y; M = X + Z"


@pytest.mark.parametrize(
    ("truth", "table", "expected"),
    [(SISTERS, SNP, 0.00405), (SISTERS, TETRA, 0.03090), (SISTERS_OF_COUSINS, SNP, 0.00765)],
)
def test_sisters_who_claim_to_be_mother_and_daughter_are_excluded_as_often_as_forrel_says(truth, table, expected):
    # The example of exclusionPower in forrel 1.9; Egeland, Pinto & Vigeland (2014), Forensic Sci. Int. Genet. 9:186.
    found = power("B = - + A", truth, ("A", "B"), table, sex={"A": Sex.FEMALE, "B": Sex.FEMALE})
    assert found.exclusion_power[0] == pytest.approx(expected, abs=5e-6)


@pytest.mark.parametrize(
    ("father", "expected"), [(None, 1 / (8 * 0.9 * 0.1) + 1 / 2), ("1/1", 1 / (8 * 0.9 * 0.1) + 1 / (4 * 0.9**2))]
)
def test_the_expected_lr_of_a_child_of_a_typed_mother_is_that_of_forrel(father, expected):
    # The example of expectedLR in forrel 1.9; typing the father lowers it.
    genotypes = {"M": "1/2"} | ({"F": father} if father else {})
    found = power("C = F + M", "C; F; M", ("C",), SNP, genotypes=genotypes, sex={"F": Sex.MALE, "M": Sex.FEMALE})
    assert 10 ** found.log10_expected_lr[0] == pytest.approx(expected, rel=1e-12)
