"""Mitochondrial and Y-STR haplotypes, read and compared; cases worked by hand."""

import hashlib

import pytest

from homeward.core.errors import InputError
from homeward.genetics.lineage.mitochondrial import read_mt_haplotype
from homeward.genetics.lineage.mt_comparison import MtReading, compare_mt
from homeward.genetics.lineage.reference_sequence import reference_base, reference_sequence
from homeward.genetics.lineage.y_str import compare_y

HV = "HV1 HV2"


def mt(differences, regions=HV):
    return read_mt_haplotype(differences, regions, where="here")


def test_the_reference_is_the_published_sequence():
    # GenBank NC_012920.1: MD5 of the bare sequence, and bases that papers name.
    assert hashlib.md5(reference_sequence().encode()).hexdigest() == "c68f52674c9fb33aef52dcf399755519"
    assert {p: reference_base(p) for p in (73, 263, 310, 750, 3107, 16189, 16519)} == {
        **{73: "A", 263: "A", 310: "T", 750: "A"},
        **{3107: "N", 16189: "T", 16519: "T"},
    }


def test_differences_come_in_one_form_whatever_they_were_written_in():
    read = mt("A263G, 315.1C 16223T;249d 3107del", "16024-16365 73-340")
    assert read.text == "249DEL\n263G\n315.1C\n16223T"
    assert read.regions_text == "73-340 16024-16365"
    assert mt("8281-8283d", "8000-9000").text == "8281DEL\n8282DEL\n8283DEL"
    assert mt("", "16024-576").regions_text == "1-576 16024-16569"


@pytest.mark.parametrize(
    ("differences", "regions", "what"),
    [
        ("A264G", HV, "the reference has C there"),
        ("263A", HV, "no difference from the reference"),
        ("500T", HV, "outside the regions"),
        ("309.2C", HV, "needs the inserted base before it"),
        ("263G 263C", HV, "given twice"),
        ("263X", HV, "no difference from the reference"),
        ("G263", HV, "is no difference"),
        ("263G", "", "not said which positions"),
        ("263G", "0-340", "is no region"),
    ],
)
def test_what_cannot_be_is_refused(differences, regions, what):
    with pytest.raises(InputError, match=what):
        mt(differences, regions)


@pytest.mark.parametrize(
    ("first", "second", "differing"),
    [
        ("263G 315.1C", "263G 315.1C", ()),
        ("263G 315.1C 16223T", "263G 315.1C", ("16223",)),
        # C or T may be either.
        ("263G 16093Y", "263G", ()),
        ("263G 16093Y", "263G 16093C", ()),
        # Length in the run of C is not counted; a base instead of another at its end is.
        ("263G 309.1C 309.2C 315.1C", "263G 315.1C", ()),
        ("263G 315.1C 315.2C", "263G 315.1C", ()),
        ("263G 16189C", "263G", ("16189",)),
        # One run of deleted bases is one event; two apart are two.
        ("263G 105DEL 106DEL 107DEL", "263G", ("105",)),
        ("263G 105DEL 107DEL", "263G", ("105", "107")),
        # What almost everybody has was forgotten in one of them.
        ("263G 315.1C", "", ()),
        ("263G 152N", "263G", ()),
    ],
)
def test_differences_are_counted_as_events(first, second, differing):
    for one, other in ((first, second), (second, first)):
        assert compare_mt(mt(one), mt(other)).differing == differing


def test_only_what_was_read_of_both_is_compared():
    compared = compare_mt(mt("263G 16223T"), mt("", "HV2"))
    assert (compared.n_shared, compared.differing, compared.doubtful) == (268, (), ("263",))
    assert compared.reading is MtReading.NO_COMPARISON


@pytest.mark.parametrize(
    ("others", "reading"),
    [
        ("", MtReading.CANNOT_EXCLUDE),
        ("16223T", MtReading.INCONCLUSIVE),
        ("16223T 16304C", MtReading.EXCLUSION),
    ],
)
def test_two_differences_exclude_and_one_does_not(others, reading):
    assert compare_mt(mt("263G"), mt(f"263G {others}")).reading is reading


def test_y_differences_are_counted_in_repeats():
    first = {"DYS19": ("14",), "DYS389I": ("13",), "DYS389II": ("29",), "DYS385": ("11", "14"), "DYS390": ("24",)}
    second = {**first, "DYS389I": ("14",), "DYS389II": ("30",), "DYS385": ("11", "16"), "DYS391": ("10",)}
    compared = compare_y(first, second)
    # One step at DYS389I, none more at DYS389II which includes it, two at DYS385.
    assert (compared.n_loci, compared.differing, compared.n_steps) == (5, ("DYS389I", "DYS385"), 3)
    assert compared.reading == "no comparison"


def test_two_y_lineages_are_told_apart_by_many_steps():
    loci = [f"DYS{number}" for number in range(500, 512)]
    first = dict.fromkeys(loci, ("12",))
    one_step = {**first, "DYS505": ("13",)}
    many = {**first, **dict.fromkeys(loci[:3], ("14",))}
    readings = [compare_y(first, other).reading for other in (first, one_step, many)]
    assert readings == ["cannot exclude", "possible with mutation", "exclusion"]
