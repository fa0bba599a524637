"""Simulated bones are like those that the statistics were computed from, and it is known whose each is."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.osteology.plausible_sizes import plausible_mm
from homeward.osteology.reference import both_bones
from homeward.osteology.simulation import (
    AssemblageOptions,
    commingle,
    draw_people,
    measured_elements,
    synthetic_reference,
)
from homeward.osteology.size_model import GROUPS, mean_log_sizes, size_model, size_statistics
from homeward.osteology.specimens import Side

N = 4000


@pytest.fixture(scope="module")
def people():
    return draw_people(N, np.random.default_rng(11))


def column(people, code: str) -> np.ndarray:
    """(2, n): left and right."""
    return people.sizes_mm[:, :, people.codes.index(code)]


def test_both_matrices_are_correlations_and_positive_definite():
    model = size_model()
    for matrix in (model.correlations, model.side_correlations):
        np.testing.assert_array_equal(matrix, matrix.T)
        np.testing.assert_array_equal(np.diag(matrix), 1.0)
        assert np.linalg.eigvalsh(matrix).min() > 0.005
    assert len(model.codes) + 1 == len(model.sd) == len(model.correlations)


def test_left_and_right_differences_of_different_bones_are_independent():
    model = size_model()
    humerus, femur = model.codes.index("Hum_01"), model.codes.index("Fem_01")
    assert model.side_correlations[humerus, femur] == 0.0
    assert model.side_correlations[humerus, model.codes.index("Hum_02")] != 0.0


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("sex", ["m", "f"])
def test_every_group_and_sex_has_a_size_for_every_measurement(group, sex):
    sizes = mean_log_sizes(sex, group)
    assert np.isfinite(sizes[:-1]).all()
    assert np.isfinite(sizes[-1]) == (group != "asian")


@pytest.mark.parametrize("code", ["Hum_01", "Rad_04", "Fem_01", "Fem_04", "Tib_02", "Cal_01"])
def test_means_and_spreads_are_those_of_the_statistics(people, code):
    # Means agree within 5 standard errors of either; spreads are pooled over groups and so agree less.
    left, right = column(people, code)
    for side, values in (("left", left), ("right", right)):
        known = size_statistics()["white", "m", side, code]
        error = known.sd_mm * (1 / N + 1 / known.n) ** 0.5
        assert values.mean() == pytest.approx(known.mean_mm, abs=5 * error)
        assert values.std() == pytest.approx(known.sd_mm, rel=0.2)


def test_sizes_of_one_person_go_together_as_in_the_model(people):
    model = size_model()
    for one, other in (("Hum_01", "Fem_01"), ("Rad_01", "Uln_01"), ("Fem_04", "Osc_17")):
        a, b = (np.log(column(people, code)).mean(axis=0) for code in (one, other))
        expected = model.correlations[model.codes.index(one), model.codes.index(other)]
        # Fisher: the standard error of atanh(r) is 1/sqrt(n - 3); 5 of them.
        assert np.arctanh(np.corrcoef(a, b)[0, 1]) == pytest.approx(np.arctanh(expected), abs=5 / (N - 3) ** 0.5)


def test_left_and_right_differ_as_in_the_model(people):
    model = size_model()
    for code in ("Hum_01", "Hum_05", "Fem_01"):
        left, right = np.log(column(people, code))
        j = model.codes.index(code)
        assert (left - right).mean() == pytest.approx(model.side_mean[j], abs=5 * model.side_sd[j] / N**0.5)
        # Rounding to 0.1 mm adds a little to what is as small as 18 mm.
        assert (left - right).std() == pytest.approx(model.side_sd[j], rel=0.06)


def test_the_right_arm_is_longer_and_stature_goes_with_the_femur(people):
    left, right = column(people, "Hum_01")
    assert (right - left).mean() > 0.5
    assert np.corrcoef(column(people, "Fem_01").mean(axis=0), people.stature_cm)[0, 1] > 0.7
    assert people.stature_cm.mean() == pytest.approx(174.9, abs=2)


def test_hardly_a_simulated_bone_is_implausible(people):
    ranges = [plausible_mm(code) for code in people.codes]
    outside = sum(
        int(((people.sizes_mm[:, :, j] < one.smallest) | (people.sizes_mm[:, :, j] > one.largest)).sum())
        for j, one in enumerate(ranges)
        if one
    )
    assert outside / people.sizes_mm.size < 1e-5


def test_the_same_seed_gives_the_same_people_and_bones_and_another_one_others():
    first, again, other = (
        commingle(draw_people(5, np.random.default_rng(seed)), np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.specimens.measurements_mm, again.specimens.measurements_mm)
    assert first.persons == again.persons
    assert first.specimens.elements != other.specimens.elements


def test_sexes_and_groups_are_as_asked_for():
    people = draw_people(400, np.random.default_rng(5), male=0.25, groups=("black", "asian"))
    assert 60 < people.sexes.count("m") < 140
    assert set(people.groups) == {"black", "asian"}
    assert [np.isnan(cm) for cm in people.stature_cm] == [group == "asian" for group in people.groups]


def test_an_assemblage_holds_the_bones_found_with_what_was_measured_on_them():
    people = draw_people(60, np.random.default_rng(8))
    options = AssemblageOptions(
        elements=("humerus", "patella"), recovered=0.7, fragments=0.0, missing=0.25, missing_on_fragments=0.0, boxes=3
    )
    mixed = commingle(people, np.random.default_rng(9), options)
    bones = mixed.specimens
    assert len(bones) == pytest.approx(60 * 4 * 0.7, abs=5 * (240 * 0.21) ** 0.5)
    assert set(bones.elements) == {"humerus", "patella"}
    assert set(bones.groups) == {"box 1", "box 2", "box 3"}
    assert len(set(bones.ids)) == len(bones)
    own = np.array(
        [[code.startswith("Hum") == (element == "humerus") for code in bones.codes] for element in bones.elements]
    )
    assert not bones.taken[~own].any()
    assert bones.taken[own].mean() == pytest.approx(0.75, abs=0.06)
    for row in range(len(bones)):
        side = 0 if bones.sides[row] is Side.LEFT else 1
        for j in np.flatnonzero(bones.taken[row]):
            truth = people.sizes_mm[side, mixed.owners[row], people.codes.index(bones.codes[j])]
            assert bones.measurements_mm[row, j] == truth
    assert mixed.persons[0] == people.persons[mixed.owners[0]]


def test_fragments_have_fewer_measurements():
    people = draw_people(40, np.random.default_rng(3))
    options = AssemblageOptions(("femur",), 1.0, fragments=1.0, missing=0.0, missing_on_fragments=0.7)
    assert commingle(people, np.random.default_rng(4), options).specimens.taken.mean() == pytest.approx(0.3, abs=0.05)


def test_a_synthetic_reference_can_be_used_as_one():
    reference = synthetic_reference(200, np.random.default_rng(6), missing=0.1, elements=("humerus", "ulna"))
    persons, left, right = both_bones(reference, ("humerus", Side.LEFT), ("humerus", Side.RIGHT))
    assert len(persons) == 200
    differences = (left - right)[:, reference.specimens.codes.index("Hum_01")]
    assert np.nanmean(differences) == pytest.approx(-1.3, abs=1.0)
    assert "nobody in it ever lived" in reference.source
    assert set(reference.sexes) == {"m"}


def test_a_reference_has_no_bone_without_any_measurement():
    reference = synthetic_reference(50, np.random.default_rng(6), missing=0.5, elements=("scaphoid",))
    assert len(reference) < 70
    assert reference.specimens.taken.any(axis=1).all()


def test_everything_that_makes_no_sense_is_said_at_once():
    with pytest.raises(InputError) as caught:
        draw_people(0, np.random.default_rng(1), male=1.5, groups=("martian",))
    assert [problem.where for problem in caught.value.problems] == ["people", "share of men", "groups"]
    with pytest.raises(InputError) as caught:
        draw_people(1, np.random.default_rng(1), groups=())
    assert caught.value.problems[0].what == "No group is given."
    options = AssemblageOptions(
        ("rib", "humrus"), recovered=2, fragments=-1, missing=3, missing_on_fragments=4, boxes=0
    )
    with pytest.raises(InputError) as caught:
        commingle(draw_people(1, np.random.default_rng(1)), np.random.default_rng(1), options)
    assert len(caught.value.problems) == 7
    assert "Nothing is known of the size of 'rib'." in str(caught.value)


def test_all_elements_that_are_measured_are_simulated_unless_some_are_chosen():
    mixed = commingle(
        draw_people(3, np.random.default_rng(1)), np.random.default_rng(1), AssemblageOptions(recovered=1.0)
    )
    assert set(mixed.specimens.elements) == set(measured_elements())
    assert len(mixed.specimens) == 3 * 2 * 35
