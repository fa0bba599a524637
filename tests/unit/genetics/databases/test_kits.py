"""The kits: their markers, and that the bundled databases cover them."""

import pytest

from homeward.core.errors import InputError
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.kits import MarkerType, autosomal_loci, kits


def test_globalfiler_types_21_autosomal_loci_and_three_other_markers():
    assert len(autosomal_loci("GlobalFiler")) == 21
    others = {marker.name: marker.type for marker in kits()["GlobalFiler"] if marker.type is not MarkerType.AUTOSOMAL}
    assert others == {"Yindel": MarkerType.INDEL, "AMEL": MarkerType.SEX, "DYS391": MarkerType.Y}


def test_the_20_codis_loci_are_the_13_and_seven_more():
    # FBI: required since 1 January 2017.
    added = {"D1S1656", "D2S441", "D2S1338", "D10S1248", "D12S391", "D19S433", "D22S1045"}
    assert set(autosomal_loci("CODIS 20")) - set(autosomal_loci("CODIS 13")) == added
    assert len(autosomal_loci("CODIS 20")) == 20


@pytest.mark.parametrize("kit", ["GlobalFiler", "PowerPlex Fusion 6C", "Identifiler Plus", "NGM SElect", "CODIS 20"])
def test_nist_1036_has_frequencies_of_every_autosomal_locus(kit):
    assert set(autosomal_loci(kit)) <= set(load_database("NIST 1036", "US Caucasian").loci)


def test_every_ladder_goes_up():
    for markers in kits().values():
        for marker in markers:
            if marker.ladder:
                assert float(marker.ladder[0]) < float(marker.ladder[1])


@pytest.mark.parametrize(("kit", "words"), [("Globalfiller", "There is no kit"), ("Yfiler", "no autosomal STR")])
def test_a_kit_that_is_not_there_or_types_no_autosomal_locus_is_refused(kit, words):
    with pytest.raises(InputError, match=words) as caught:
        autosomal_loci(kit)
    assert "GlobalFiler" in caught.value.problems[0].fix
