"""Published equations give what they print."""

import pytest

from homeward.core.errors import InputError
from homeward.osteology.stature_equations import choose_lines, published_lines, tibia_refusal


def line(name, group, sex, *codes):
    return next(one for one in choose_lines(name, group=group, sex=sex) if one.measurements == codes)


@pytest.mark.parametrize(
    ("name", "group", "sex", "codes", "printed"),
    [
        ("trotter-gleser-1952", "white", "m", ("Fem_01",), "2.38 (Fem_01) + 61.41 ± 3.27 cm"),
        ("trotter-gleser-1952", "white", "f", ("Fem_01", "Tib_01"), "1.39 (Fem_01 + Tib_01) + 53.2 ± 3.55 cm"),
        ("trotter-1970", "white", "m", ("Hum_01",), "3.08 (Hum_01) + 70.45 ± 4.05 cm"),
        ("trotter-1970", "mexican", "m", ("Fem_01",), "2.44 (Fem_01) + 58.67 ± 2.99 cm"),
        ("trotter-gleser-1958", "mongoloid", "m", ("Fib_01",), "2.40 (Fib_01) + 80.56 ± 3.24 cm"),
        ("trotter-gleser-1958", "white", "m", ("Fem_01",), "2.32 (Fem_01) + 65.53 ± 3.94 cm"),
        ("ousley-1995", "white", "m", ("Fem_01",), "0.10560 (Fem_01) + 19.39 ± 2.8 in"),
    ],
)
def test_a_line_has_the_printed_digits(name, group, sex, codes, printed):
    assert line(name, group, sex, *codes).printed() == printed


def test_a_femur_of_465_mm_by_the_line_of_1958_for_white_men():
    assert line("trotter-gleser-1958", "white", "m", "Fem_01").stature_cm(465.0) == pytest.approx(2.32 * 46.5 + 65.53)


def test_the_line_of_1995_is_in_inches_for_millimetres():
    one = line("ousley-1995", "white", "m", "Fem_01")
    assert one.stature_cm(465.0) == pytest.approx((0.1056 * 465 + 19.39) * 2.54)
    assert one.error_sd_cm == pytest.approx(2.8 * 2.54 / 1.6448536)


def test_genoves_comes_to_living_stature_by_taking_off_two_and_a_half_centimetres():
    # del Angel & Cisneros 2004 print 63.89 + 2.262 F for the same line.
    assert line("genoves-1967", "mexican", "m", "Fem_01").stature_cm(420.0) == pytest.approx(
        63.89 + 2.262 * 42.0, abs=0.15
    )


def test_the_reprint_of_1970_has_two_groups_of_1952_and_two_of_1958():
    groups = {(one.group, one.sex) for one in published_lines() if "trotter-1970" in one.names}
    assert groups == {
        ("white", "m"),
        ("white", "f"),
        ("black", "m"),
        ("black", "f"),
        ("mongoloid", "m"),
        ("mexican", "m"),
    }


def test_every_line_says_that_its_figures_are_to_be_checked():
    assert {one.verified for one in published_lines()} == {"recalled"}


def test_every_tibia_line_of_trotter_is_for_a_tibia_without_malleolus_and_says_why():
    lines = [one for one in published_lines() if "Tib_01" in one.measurements]
    without = {name for one in lines if one.tibia_without_malleolus for name in one.names}
    assert without == {"trotter-gleser-1952", "trotter-gleser-1958", "trotter-1970"}
    assert "without its malleolus" in tibia_refusal(lines[0])


def test_a_tibia_of_38_cm_by_the_printed_line_is_more_than_two_centimetres_too_tall():
    # The same men with the tibia measured with its malleolus: 0.09286 in per mm and 32.44 in give 172.0 cm.
    refitted = (0.09286 * 380 + 32.44) * 2.54
    assert line("trotter-gleser-1952", "white", "m", "Tib_01").stature_cm(380.0) - refitted == pytest.approx(
        2.35, abs=0.05
    )


def test_group_and_sex_are_never_guessed():
    with pytest.raises(InputError, match="black f, black m, white f, white m"):
        choose_lines("trotter-gleser-1952", group=None, sex=None)
    with pytest.raises(InputError, match="one of them must be chosen"):
        choose_lines("trotter-gleser-1958", group="white", sex="f")
    assert len(choose_lines("ousley-1995", group=None, sex="m")) == 7


def test_an_unknown_set_is_refused_with_those_that_exist():
    with pytest.raises(InputError, match="genoves-1967, ousley-1995"):
        choose_lines("fully", group=None, sex=None)
