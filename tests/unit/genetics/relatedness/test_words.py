import pytest

from homeward.genetics.pedigree import Sex
from homeward.genetics.relatedness import words
from homeward.genetics.relatedness.words import relationship_words
from tests.families import pedigree

MALE, FEMALE = Sex.MALE, Sex.FEMALE
FAMILY = pedigree(
    "F1 = A + B; F2 = A + B; F3 = A + C; F4 = D + B; S1 = F1 + M1; D2 = F2 + M2; G2 = N2 + D2;"
    "G22 = O2 + G2; H3 = F3 + M3",
    {"S1": MALE, "G22": FEMALE, "H3": FEMALE},
)
EXPECTED = {
    ("A", "F1"): "father and son",
    ("F1", "A"): "son and father",
    ("A", "S1"): "grandfather and grandson",
    ("A", "G2"): "great-grandfather and great-granddaughter",
    ("G22", "B"): "great-great-granddaughter and great-great-grandmother",
    ("F1", "F2"): "full siblings",
    ("F1", "F3"): "paternal half siblings",
    ("F1", "F4"): "maternal half siblings",
    ("F1", "D2"): "uncle and niece",
    ("S1", "F2"): "nephew and uncle",
    ("F1", "G2"): "granduncle and grandniece",
    ("F3", "S1"): "half uncle and half nephew",
    ("S1", "D2"): "first cousins",
    ("S1", "H3"): "half first cousins",
    ("S1", "G2"): "first cousins once removed",
    ("S1", "G22"): "first cousins twice removed",
    ("F3", "F4"): "unrelated",
    ("A", "M1"): "unrelated",
    ("A", "A"): "the same person",
}


@pytest.mark.parametrize(("pair", "expected"), EXPECTED.items())
def test_a_relationship_is_called_by_its_name(pair, expected):
    assert relationship_words(FAMILY, *map(FAMILY.position, pair)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A = F + M; B = F + M; C = G + N; D = G + N; X = A + C; Y = B + D", "double first cousins"),
        ("A = F + M; B = G + N; C = F + N; D = G + M; X = A + B; Y = C + D", "quadruple half first cousins"),
        ("A = F + M; B = F + M; X = A + N; Y = B + N", "maternal half siblings and also first cousins"),
        ("A = F + M; B = F + M; X = A + B; Y = A + B", "full siblings and also double first cousins"),
        ("A = F + M; X = F + A; Y = X + N", "parent and child"),
    ],
)
def test_several_ways_are_all_named(text, expected):
    of = pedigree(text)
    assert relationship_words(of, of.position("X"), of.position("Y")).replace("father and ", "parent and ") == expected


def test_more_ways_than_can_be_followed_are_not_named(monkeypatch):
    monkeypatch.setattr(words, "MOST_PATHS", 2)
    assert relationship_words(FAMILY, FAMILY.position("S1"), FAMILY.position("D2")) == words.MANY
