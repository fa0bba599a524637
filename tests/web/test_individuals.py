"""What cannot be in one individual is refused with the fewest bones that show it; what is unlikely needs a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.web.casework.contradictory import contradicted
from homeward.web.casework.grouped import groups_of
from homeward.web.casework.individuals_actions import associate, dissociate, exclude, lift_exclusion
from homeward.web.casework.models import Association
from homeward.web.casework.one_source import Typed, differing_loci, mt_differences, unequal_loci
from homeward.web.casework.rules import contradictions
from homeward.web.journal.keeping import withdraw
from homeward.web.journal.verification import verify_record
from tests.web.two_books import FEMUR, RIB, TIBIA, TwoBooks
from tests.web.unguarded import attack

pytestmark = pytest.mark.django_db
MT = {"regions": "16024-16365 73-340"}


@pytest.fixture
def books(everybody) -> TwoBooks:
    return TwoBooks(everybody)


def refused(books: TwoBooks, *bones: str, **said) -> dict[str, list[str]]:
    """What is said to somebody who puts bones together; nothing may have been written."""
    before = Association.objects.count()
    with pytest.raises(ValidationError) as refusal:
        books.together(*bones, **said)
    assert Association.objects.count() == before
    return refusal.value.message_dict


def test_two_left_femora_are_refused_and_pieces_of_one_are_not(books):
    books.bone("femur-left-2")
    for zones, name in (("1 2 3", "femur-left-3"), ("4 5", "femur-left-4"), ("3 4", "femur-left-5")):
        books.bone(name, completeness="half", zones=zones)
    assert (
        "more than the one left femur that a body has" in refused(books, FEMUR, TIBIA, "femur-left-2")["specimens"][0]
    )
    books.together("femur-left-3", "femur-left-4")
    assert "the same part of the bone: 4" in refused(books, "femur-left-5")["specimens"][1]
    assert "more than the one left femur" in refused(books, FEMUR)["specimens"][0]


def test_a_body_has_twelve_ribs_on_a_side_and_a_thirteenth_names_all_thirteen(books):
    ribs = [books.bone(f"rib-left-{number}").code for number in range(2, 14)]
    books.together(RIB, *ribs[:11])
    refusal = refused(books, ribs[11])["specimens"]
    assert len(refusal) == 1
    assert refusal[0].count("ACC rib-left") == 13
    books.bone("rib-right")
    books.together("rib-right")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("16311C 263G", "16311C 263G", ""),
        ("16311C 263G", "16311C", ""),
        ("16189Y 16311Y 263G", "16189C 16311C 263G", ""),
        ("309.1C 309.2C 16193.1C 315.1C", "315.1C", ""),
        ("16311C 150T", "16311C", "despite"),
        ("16311C 150T 16189C", "16311C", "specimens"),
        ("16311C 150T 152C", "16311C", "specimens"),
    ],
)
def test_mtdna_that_differs_twice_is_refused_and_once_needs_a_reason(books, one, other, said):
    books.typed(FEMUR, "mt", one, **MT)
    books.typed(TIBIA, "mt", other, **MT)
    if not said:
        books.together(FEMUR, TIBIA)
        return
    assert list(refused(books, FEMUR, RIB, TIBIA)) == [said]
    if said == "despite":
        books.together(FEMUR, TIBIA, despite="Heteroplasmy, seen in both strands.")
        assert "differ once in mitochondrial DNA" in Association.objects.first().despite


def test_autosomal_profiles_that_differ_are_refused_and_dropout_needs_a_reason(books):
    books.typed(FEMUR, "str", "D3S1358 15 16\nvWA 17 18\nFGA 20 21")
    books.typed(TIBIA, "str", "D3S1358 15 17\nvWA 17 19\nFGA 20 21")
    books.typed(RIB, "str", "D3S1358 15 15\nvWA 17 18")
    assert "2 loci differ" in refused(books, FEMUR, TIBIA)["specimens"][0]
    assert "not equal at 1 autosomal loci" in refused(books, FEMUR, RIB)["despite"][0]


def test_what_is_compared_of_two_types_is_what_was_typed_in_both():
    first, second = Typed("mt", "A263G 315.1C 16311C", "1-16569"), Typed("mt", "263G 16311C", "16024-16569")
    assert mt_differences(first, second) == 0
    assert mt_differences(Typed("mt", "150T", "1-576"), Typed("mt", "", "1-576")) == 1
    assert mt_differences(Typed("mt", "altered", "1-576"), Typed("mt", "150T", "1-576")) == 0
    one, other = Typed("str", "A 1 2\nB 3 3\nC 5", ""), Typed("str", "A 1 3\nB 3 4\nD 9 9", "")
    assert (differing_loci(one, other), unequal_loci(one, other)) == (1, 2)


@pytest.mark.parametrize(
    ("one", "other", "differ", "unequal"),
    [
        ("A failed\nB inconclusive\nC -\nD", "A 1 2\nB 3 4\nC 5 6\nD 7 8", 0, 0),
        ("A 1 ?", "A 1 2", 0, 0),
        ("A 1 ?", "A 2 ?", 0, 0),
        ("A 1 ?", "A 2 2", 0, 1),
        ("A 1 ?", "A 2 3", 1, 1),
        ("A 1 2", "A 3 4", 1, 1),
    ],
)
def test_a_locus_that_failed_differs_from_nothing_and_an_unread_allele_may_be_any(one, other, differ, unequal):
    for first, second in ((one, other), (other, one)):
        first, second = Typed("str", first, ""), Typed("str", second, "")
        assert (differing_loci(first, second), unequal_loci(first, second)) == (differ, unequal)


def test_a_pair_is_the_same_bone_left_and_right_and_of_one_size(books):
    books.bone("femur-right")
    for bone, length in ((FEMUR, "455"), ("femur-right", "420")):
        books.row("measurement", f"{bone}-length", specimen=bone, measure="Fem_01", value=length, measured_by="A.")
    assert "no partner" in refused(books, FEMUR, TIBIA, basis="pair")["specimens"][0]
    assert "hardly fit in size" in refused(books, FEMUR, "femur-right", basis="pair")["despite"][0]
    books.together(FEMUR, "femur-right", basis="pair", despite="A healed fracture.")


def test_a_specimen_is_in_one_individual_and_bones_told_apart_are_not_put_together(books):
    books.together(FEMUR)
    books.row("individual", "ind-2", number="I-02", laboratory="lab")
    other = books.individual.__class__.objects.get(pk="ind-2")
    assert "belongs to I-01 already" in refused(books, FEMUR, individual=other)["specimens"][0]
    preparer = books.staff.preparer
    said = {"basis": "morphology", "reason": "Far apart in age.", "by": preparer}
    apart = exclude(books.specimen(TIBIA), books.specimen(FEMUR), **said)
    assert "told apart by a signed exclusion" in refused(books, TIBIA)["specimens"][0]
    lift_exclusion(apart, reason="Measured wrongly.", by=preparer)
    books.together(TIBIA)
    with pytest.raises(ValidationError, match="one individual"):
        exclude(books.specimen(TIBIA), books.specimen(FEMUR), **said)
    with pytest.raises(PermissionDenied):
        associate([books.specimen(RIB)], other, basis="context", reason="x", by=books.staff.liaison)


def test_a_bone_of_an_individual_is_not_withdrawn_before_it_is_taken_out(books):
    books.together(FEMUR)
    with pytest.raises(ValidationError, match="belongs to an individual still"):
        withdraw(books.specimen(FEMUR), by=books.staff.keeper, why="Entered twice.")
    dissociate(Association.objects.get(), reason="Entered twice.", by=books.staff.preparer)
    assert withdraw(books.specimen(FEMUR), by=books.staff.keeper, why="Entered twice.").withdrawn


def test_a_contradiction_that_comes_to_light_later_is_found_and_mended_one_bone_at_a_time(books):
    books.together(FEMUR, TIBIA, RIB)
    for bone, alleles in ((FEMUR, "150T 152C"), (TIBIA, "16111T 16223T"), (RIB, "195C 198T")):
        books.typed(bone, "mt", alleles, **MT)
    group = groups_of(["ind"])["ind"]
    assert {found.specimens for found in contradictions(group)} == {(FEMUR, RIB), (FEMUR, TIBIA), (RIB, TIBIA)}
    assert len(contradicted(Association.objects.values_list("pk", flat=True))) == 6
    assert not verify_record().holds
    for bone in (RIB, TIBIA):
        dissociate(Association.objects.get(specimen=bone, withdrawn=""), reason="Two types.", by=books.staff.preparer)
    assert verify_record().findings == ()


def test_altering_an_association_behind_our_back_is_found(books):
    books.together(FEMUR)
    attack("UPDATE casework_association SET specimen_id = %s", TIBIA)
    assert any("altered outside the application: specimen" in found.what for found in verify_record().findings)
