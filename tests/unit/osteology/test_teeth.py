"""Teeth in both numberings."""

import pytest

from homeward.osteology.teeth import Numbering, find_tooth, teeth


@pytest.mark.parametrize(
    ("fdi", "universal", "name"),
    [
        ("18", "1", "upper right third molar"),
        ("11", "8", "upper right central incisor"),
        ("21", "9", "upper left central incisor"),
        ("23", "11", "upper left canine"),
        ("28", "16", "upper left third molar"),
        ("38", "17", "lower left third molar"),
        ("31", "24", "lower left central incisor"),
        ("41", "25", "lower right central incisor"),
        ("46", "30", "lower right first molar"),
        ("48", "32", "lower right third molar"),
        ("55", "A", "upper right deciduous second molar"),
        ("61", "F", "upper left deciduous central incisor"),
        ("75", "K", "lower left deciduous second molar"),
        ("84", "S", "lower right deciduous first molar"),
        ("85", "T", "lower right deciduous second molar"),
    ],
)
def test_a_tooth_is_the_same_in_both_numberings(fdi, universal, name):
    tooth = find_tooth(fdi, Numbering.FDI)
    assert tooth is find_tooth(universal, Numbering.UNIVERSAL)
    assert tooth.name == name


def test_there_are_32_permanent_and_20_deciduous_teeth_each_with_numbers_of_its_own():
    assert (sum(tooth.permanent for tooth in teeth()), len(teeth())) == (32, 52)
    assert len({tooth.fdi for tooth in teeth()}) == len({tooth.universal for tooth in teeth()}) == 52
    assert len({tooth.name for tooth in teeth()}) == 52


def test_numbers_may_be_written_with_a_point_a_sign_or_in_small_letters():
    assert find_tooth("1.6", Numbering.FDI).name == "upper right first molar"
    assert find_tooth(" #3 ", Numbering.UNIVERSAL).name == "upper right first molar"
    assert find_tooth("b", Numbering.UNIVERSAL).fdi == "54"
    assert find_tooth("19", Numbering.FDI) is None
    assert find_tooth("33", Numbering.UNIVERSAL) is None


def test_the_same_number_is_another_tooth_in_the_other_numbering():
    assert find_tooth("11", Numbering.FDI).kind == "central incisor"
    assert find_tooth("11", Numbering.UNIVERSAL).kind == "canine"
