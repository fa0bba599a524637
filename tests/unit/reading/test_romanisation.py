"""Romanisation: the examples of the notification of 2000, names as the literature writes them, one key for all spellings."""

import pytest

from homeward.reading.romanisation import mccune_reischauer, name_keys, person_names, place_names, revised


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [  # Notification 2000-8 of the Ministry of Culture and Tourism, sections 2 and 3
        ("구미", "gumi"), ("영동", "yeongdong"), ("백암", "baegam"), ("옥천", "okcheon"), ("합덕", "hapdeok"), ("호법", "hobeop"),
        ("월곶", "wolgot"), ("벚꽃", "beotkkot"), ("한밭", "hanbat"), ("구리", "guri"), ("설악", "seorak"), ("칠곡", "chilgok"),
        ("임실", "imsil"), ("울릉", "ulleung"), ("백마", "baengma"), ("종로", "jongno"), ("왕십리", "wangsimni"),
        ("별내", "byeollae"), ("신라", "silla"), ("해돋이", "haedoji"), ("같이", "gachi"), ("좋고", "joko"), ("놓다", "nota"),
    ],
)  # fmt: skip
def test_revised_romanisation_gives_the_examples_of_its_notification(hangul, latin):
    assert revised(hangul) == latin


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [("평양", "p'yŏngyang"), ("판문점", "p'anmunjŏm"), ("원산", "wŏnsan"), ("개천", "kaech'ŏn"), ("박천", "pakch'ŏn"), ("벽동", "pyŏktong"),
     ("흥남", "hŭngnam"), ("청천", "ch'ŏngch'ŏn"), ("압록강", "amnokkang"), ("신라", "silla"), ("한강", "han'gang"), ("부산", "pusan")],
)  # fmt: skip
def test_mccune_reischauer_gives_the_names_of_maps_and_the_literature(hangul, latin):
    assert mccune_reischauer(hangul) == latin


def test_divisions_stand_after_a_hyphen():
    assert place_names("신흥리") == ("Sinheung-ri", "Sinhŭng-ni")
    assert place_names("유담리") == ("Yudam-ri", "Yudam-ni")


def test_persons_have_family_name_first():
    assert person_names("김정은") == ("Gim Jeongeun", "Kim Chŏng-ŭn")


@pytest.mark.parametrize(
    "spellings",
    [
        ("평양", "Pyongyang", "Pyeongyang", "P'yŏngyang", "P’yongyang"),
        ("김정은", "Kim Jong Un", "Kim Jong-un", "Kim Chŏng-ŭn", "Gim Jeong-eun"),
        ("판문점", "Panmunjom", "Panmunjeom", "P'anmunjŏm"),
        ("신흥리", "Sinhung-ri", "Sinhŭng-ni", "Sinheung-ri"),
        ("흥남", "Hungnam", "Heungnam", "Hŭngnam"),
        ("리용호", "Ri Yong Ho", "Ri Yong-ho", "Yi Yong-ho", "Lee Yong-ho"),
        ("문재인", "Moon Jae-in", "Mun Chae-in", "Mun Jae-in"),
        ("개천", "Kaechon", "Kaech'ŏn", "Gaecheon"),
    ],
)
def test_all_spellings_of_a_name_share_a_key(spellings):
    first, *others = map(name_keys, spellings)
    assert all(first & other for other in others)


def test_different_places_have_different_keys():
    assert not name_keys("평양") & name_keys("판문점")
    assert not name_keys("Unsan") & name_keys("Wonsan")
