"""Stature of people from their bones: which bones are used, what is refused, and what is said."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.osteology.populations import NormalPopulation
from homeward.osteology.profile_settings import ProfileSettings, check_profile_settings, profile_version
from homeward.osteology.specimens import Side, Specimens
from homeward.osteology.stature import from_published_lines, from_reference, subjects_of
from homeward.osteology.stature_choices import AgeCorrection, Form, Interval
from homeward.osteology.stature_equations import LENGTHS, choose_lines
from homeward.osteology.stature_evidence import RecordedStature
from homeward.osteology.stature_regression import BoneMeasurement
from homeward.osteology.stature_results import Comparison, StatureChoices, Subject
from tests.unit.osteology.known_people import CODES, made_reference

FEMUR = BoneMeasurement("femur", Side.LEFT, "Fem_01")
TIBIA = BoneMeasurement("tibia", Side.LEFT, "Tib_01")
HUMERUS = BoneMeasurement("humerus", Side.LEFT, "Hum_01")
PERSON = Subject("A", ((FEMUR, 465.0), (TIBIA, 385.0)))
RECORD = Comparison(RecordedStature(180.0, 1.0), NormalPopulation(173.5, 6.5))


def bones(*rows):
    values = np.array([[length if code == own else np.nan for code in CODES] for *_, own, length in rows])
    return Specimens(
        tuple(name for name, *_ in rows),
        tuple(element for _, element, *_ in rows),
        tuple(side for _, _, side, *_ in rows),
        CODES,
        values,
    )


TWO_BONES = bones(("1", "femur", Side.LEFT, "Fem_01", 465.0), ("2", "tibia", Side.LEFT, "Tib_01", 385.0))


def test_bones_are_of_different_people_unless_told_otherwise():
    apart = subjects_of(TWO_BONES, LENGTHS)
    assert [one.name for one in apart] == ["1 (left femur)", "2 (left tibia)"]
    named = subjects_of(TWO_BONES, LENGTHS, individuals=("A", "A"))
    assert named == (PERSON,)
    (together,) = subjects_of(TWO_BONES, LENGTHS, together=True)
    assert together.lengths_mm == PERSON.lengths_mm


def test_two_left_femora_of_one_person_are_refused():
    twice = bones(("1", "femur", Side.LEFT, "Fem_01", 465.0), ("2", "femur", Side.LEFT, "Fem_01", 440.0))
    with pytest.raises(InputError, match="a second left femur of one person"):
        subjects_of(twice, LENGTHS, together=True)


def test_several_bones_give_one_joint_estimate_that_is_preferred_and_narrower():
    result = from_reference([PERSON], made_reference(200, 1))
    assert [len(one.measurements) for one in result.estimates] == [1, 1, 2]
    assert [one.preferred for one in result.estimates] == [False, False, True]
    assert result.estimates[2].sd_cm < min(one.sd_cm for one in result.estimates[:2])


def test_where_few_people_have_all_bones_the_most_that_enough_have_are_used():
    # 25 people are too few for three bones, which ask for 30, and enough for two.
    subject = Subject("A", (*PERSON.lengths_mm, (HUMERUS, 333.0)))
    joint = from_reference([subject], made_reference(25, 1)).estimates[-1]
    assert len(joint.measurements) == 2
    assert joint.preferred
    assert any("Not used together" in note for note in joint.notes)


def test_left_and_right_of_one_bone_are_not_two_witnesses():
    right = BoneMeasurement("femur", Side.RIGHT, "Fem_01")
    left_only = made_reference(60, 1)
    bones = left_only.specimens
    reference = replace(
        left_only,
        persons=left_only.persons * 2,
        specimens=Specimens(
            bones.ids * 2,
            bones.elements * 2,
            bones.sides + (Side.RIGHT,) * len(bones),
            CODES,
            np.tile(bones.measurements_mm, (2, 1)),
        ),
        stature_cm=np.tile(left_only.stature_cm, 2),
    )
    result = from_reference([Subject("A", ((FEMUR, 465.0), (right, 466.0), (TIBIA, 385.0)))], reference)
    joint = result.estimates[-1]
    assert joint.measurements == (FEMUR, TIBIA)
    assert joint.notes == ("Not used together with the others: Fem_01 of the right femur.",)


def test_a_published_line_takes_the_mean_of_both_sides():
    right = BoneMeasurement("femur", Side.RIGHT, "Fem_01")
    lines = choose_lines("trotter-gleser-1958", group="white", sex="m")
    (one,) = from_published_lines([Subject("A", ((FEMUR, 460.0), (right, 470.0)))], lines).estimates
    assert one.stature_cm == pytest.approx(2.32 * 46.5 + 65.53)
    assert one.upper_cm - one.stature_cm == pytest.approx(1.959964 * 3.94, rel=1e-6)


def test_a_trotter_tibia_is_refused_unless_it_was_measured_her_way():
    lines = choose_lines("trotter-gleser-1958", group="mongoloid", sex="m")
    result = from_published_lines([PERSON], lines)
    assert [one.measurements for one in result.estimates] == [(FEMUR,)]
    assert len(result.set_aside) == 2
    assert "malleolus" in result.set_aside[0].reason
    her_way = from_published_lines([PERSON], lines, StatureChoices(tibia_without_malleolus=True))
    best = next(one for one in her_way.estimates if one.preferred)
    assert best.stature_cm == pytest.approx(1.22 * 85.0 + 70.37)
    assert not her_way.set_aside


def test_a_tibia_with_its_malleolus_fits_the_lines_of_1995():
    (one,) = from_published_lines(
        [Subject("A", ((TIBIA, 385.0),))], choose_lines("ousley-1995", group="white", sex="m")
    ).estimates
    assert one.stature_cm == pytest.approx((0.1014 * 385 + 30.38) * 2.54)


def test_nothing_is_taken_off_for_age_unless_chosen_and_then_it_is_said():
    reference = made_reference(60, 1)
    plain = from_reference([PERSON], reference, StatureChoices(age_years=60))
    assert "Nothing is taken off for age: no correction was chosen." in plain.notes
    corrected = from_reference(
        [PERSON], reference, StatureChoices(age_years=60, age_correction=AgeCorrection.TROTTER_GLESER)
    )
    assert plain.estimates[0].stature_cm - corrected.estimates[0].stature_cm == pytest.approx(1.8)
    assert "1.80 cm is taken off for age (trotter-gleser)." in corrected.notes
    with pytest.raises(InputError, match="needs the age"):
        from_reference([PERSON], reference, StatureChoices(age_correction=AgeCorrection.GALLOWAY))


def test_the_bootstrap_is_for_small_references_only():
    choices = StatureChoices(bootstrap=True)
    assert from_reference([PERSON], made_reference(60, 1), choices).estimates[0].interval is Interval.BOOTSTRAP
    assert from_reference([PERSON], made_reference(120, 1), choices).estimates[0].interval is Interval.T


def test_a_sum_of_bones_can_be_chosen():
    joint = from_reference([PERSON], made_reference(60, 1), StatureChoices(form=Form.SUM)).estimates[-1]
    assert joint.df == 58


def test_a_small_reference_is_named_where_nothing_can_be_estimated():
    result = from_reference([PERSON], made_reference(6, 1))
    assert result.estimates == ()
    assert all("made.ref: Only 6 people" in one.reason for one in result.set_aside)


def test_a_stature_on_record_that_fits_is_evidence_for_and_another_against():
    reference = made_reference(200, 1)
    near = from_reference([PERSON], reference, comparison=Comparison(RecordedStature(173.0), RECORD.population))
    far = from_reference([PERSON], reference, comparison=Comparison(RecordedStature(190.0), RECORD.population))
    assert near.estimates[-1].log10_lr > 0 > far.estimates[-1].log10_lr


def test_a_record_of_a_boy_and_a_published_estimate_come_with_a_warning():
    boy = Comparison(RecordedStature(170.0, age_years=18), RECORD.population)
    result = from_published_lines([PERSON], choose_lines("ousley-1995", group="white", sex="m"), comparison=boy)
    assert any("growth" in note for note in result.notes)
    assert any("drawn towards the mean" in note for note in result.notes)


def test_bones_outside_the_reference_are_said_to_be():
    (one,) = from_reference([Subject("A", ((FEMUR, 600.0),))], made_reference(60, 1)).estimates
    assert any("beyond it" in note for note in one.notes)


def test_a_person_without_a_usable_measurement_is_set_aside():
    empty = Subject("A", ())
    assert from_reference([empty], made_reference(60, 1)).set_aside[0].reason == "None of the measurements was taken."
    lines = choose_lines("genoves-1967", group="mexican", sex="m")
    assert "None of the equations" in from_published_lines([empty], lines).set_aside[0].reason


def test_settings_that_make_no_sense_are_refused_together():
    with pytest.raises(InputError) as caught:
        check_profile_settings(ProfileSettings(level=1.0, record_error=0.0, tooth_error=0.0, smallest_reference=3))
    assert len(caught.value.problems) == 4
    check_profile_settings(ProfileSettings())
    assert profile_version(ProfileSettings(level=0.9)) == "2026.1, changed"
