"""Merging, splitting, renumbering, and undoing each: what changes with it, what stays findable, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.individuals_actions import associate
from homeward.web.casework.models import Association, Individual
from homeward.web.identity.looking_up import look_up
from homeward.web.identity.models import Identifier, Succession
from homeward.web.identity.stories import Stories
from homeward.web.identity.succession_actions import merge, renumber, split_off
from homeward.web.identity.undoing import undo
from homeward.web.journal.keeping import enter
from homeward.web.journal.reader import Reader
from homeward.web.journal.verification import verify_record
from homeward.web.remains.bone_counts import bone_counts
from homeward.web.remains.models import Accession, Specimen
from homeward.web.roll.models import MissingPerson, Status
from tests.web.conftest import PASSWORD
from tests.web.identity_rows import (
    KNOWN_ON,
    decided,
    enter_bone,
    enter_missing,
    enter_register,
    enter_war,
    made_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(everybody):
    enter_register(everybody)
    return everybody


def bone(number):
    return Specimen.objects.get(pk=f"b{number}")


def individual(number):
    return Individual.objects.get(number=number)


def split(by, **groups):
    chosen = {f"2018-12-I-{number[1:]}": [bone(n) for n in numbers] for number, numbers in groups.items()}
    return split_off(individual("2018-12-I-01"), chosen, decided(), by=by)


def found(number, by):
    """The titles of what a number leads to today."""
    return {row.title for hit in look_up(number, Reader(by)) for row in hit.now}


def test_two_accessions_are_consolidated_an_individual_is_split_in_three_and_the_middle_step_undone(keeper):
    before = made_of()
    first, second = Accession.objects.order_by("code")
    consolidated = merge([second], first, decided("2018-08-01"), by=keeper)
    in_three = split(keeper, i02=[3, 4], i03=[5, 6])
    assert {code: made[0] for code, made in made_of().items()} == {
        "b1": "i1",
        "b2": "i1",
        "b3": individual("2018-12-I-02").code,
        "b4": individual("2018-12-I-02").code,
        "b5": individual("2018-12-I-03").code,
        "b6": individual("2018-12-I-03").code,
    }
    renumbered = renumber(individual("2018-12-I-01"), "2018-12-I-10", decided("2018-09-01"), by=keeper)
    undo(in_three, "The DNA says one person.", by=keeper)
    assert made_of() == before
    assert found("2018-14", keeper) == {"2018-12"}
    for number in ("2018-12-I-01", "2018-12-I-10", "2018-12-i-02", "201812 I 03"):
        assert found(number, keeper) == {"2018-12-I-10"}, number
    [hit] = look_up("2018-12-I-03", Reader(keeper))
    assert [step.undone_on != "" for step in hit.way] == [True, True, False]
    undo(renumbered, "A slip.", by=keeper)
    undo(consolidated, "A slip.", by=keeper)
    assert found("2018-14", keeper) == {"2018-14"}
    assert found("2018-12-I-10", keeper) == {"2018-12-I-01"}
    assert verify_record().holds


def test_what_something_later_rests_on_is_not_undone_and_the_refusal_names_it(keeper):
    in_two = split(keeper, i02=[3, 4])
    again = renumber(individual("2018-12-I-02"), "2018-12-I-07", decided(), by=keeper)
    with pytest.raises(ValidationError, match=again.code):
        undo(in_two, "Wrong.", by=keeper)
    undo(again, "Wrong.", by=keeper)
    joined = merge([individual("2018-12-I-02")], individual("2018-12-I-01"), decided(), by=keeper)
    with pytest.raises(ValidationError, match=joined.code):
        undo(in_two, "Wrong.", by=keeper)
    undo(joined, "Wrong.", by=keeper)
    undo(in_two, "Wrong.", by=keeper)
    assert {made[0] for made in made_of().values()} == {"i1"}
    with pytest.raises(ValidationError, match="undone already"):
        undo(in_two, "Wrong.", by=keeper)


def test_a_split_is_not_undone_while_an_exhibit_number_hangs_on_what_came_of_it(keeper):
    in_two = split(keeper, i02=[3, 4])
    new = individual("2018-12-I-02")
    number = Identifier(code="e", known_on=KNOWN_ON, about=new.reference, kind="exhibit", value="E 7")
    enter(number, by=keeper)
    with pytest.raises(ValidationError, match=r"E 7 \(e\) rests on this"):
        undo(in_two, "Wrong.", by=keeper)


def test_entries_of_the_roll_become_duplicates_with_their_names_findable_and_stand_again_when_undone(keeper):
    enter_war(keeper)
    kept, other = enter_missing("m1", "Adam Ri", by=keeper), enter_missing("m2", "Adam Lee", by=keeper)
    number = Identifier(code="n", known_on=KNOWN_ON, about=other.reference, kind="service", value="RA 1")
    enter(number, by=keeper)
    merged = merge([other], kept, decided(), by=keeper)
    status = Status.objects.get(missing=other, kind="duplicate")
    assert (status.duplicate_of, status.withdrawn) == (kept, "")
    assert found("ra-1", keeper) == {"Adam Ri"}
    with pytest.raises(ValidationError, match="became something else"):
        merge([kept], other, decided(), by=keeper)
    undo(merged, "Cousins.", by=keeper)
    assert not Status.objects.filter(missing=other, kind="duplicate", withdrawn="").exists()
    assert found("ra-1", keeper) == {"Adam Lee"}


def test_fragments_that_fit_are_one_bone_in_the_individual_of_either_and_unlike_bones_never_are(keeper):
    fragment = enter_bone("f", "7", "femur", by=keeper, side="unknown", completeness="fragment")
    merged = merge([bone(1)], fragment, decided(), by=keeper)
    assert made_of()["f"][0] == "i1"
    assert "b1" not in made_of()
    undo(merged, "They do not fit.", by=keeper)
    assert made_of()["b1"][0] == "i1"
    assert "f" not in made_of()
    right = enter_bone("r", "8", "femur", by=keeper, side="right")
    for other, words in ((bone(2), "different bones"), (right, "left side")):
        with pytest.raises(ValidationError, match=words):
            merge([other], bone(1), decided(), by=keeper)


def test_refitted_fragments_count_as_one_bone_with_the_zones_of_both_until_they_are_taken_apart(keeper):
    upper = enter_bone("u", "7", "humerus", by=keeper, side="right", completeness="half", zones="head")
    lower = enter_bone("l", "8", "humerus", by=keeper, side="right", completeness="half", zones="shaft")
    head = enter_bone("h", "9", "humerus", by=keeper, side="right", completeness="fragment", zones="head")

    def counted(*bones):
        counts = bone_counts(bones)
        return counts.elements[0].right, counts.minimum.value, counts.refitted

    assert (counted(upper, lower), counted(lower, head)) == ((2, 1, 0), (2, 1, 0))
    joined = merge([upper], lower, decided(), by=keeper)
    assert counted(upper, lower) == (1, 1, 1)
    assert counted(lower, head) == (2, 2, 0), "the head of the piece that is not shown counts with its bone"
    with pytest.raises(ValidationError, match="became something else"):
        associate([upper], individual("2018-12-I-01"), basis="context", reason="Near.", by=keeper)
    undo(joined, "They do not fit.", by=keeper)
    assert (counted(upper, lower), counted(lower, head)) == ((2, 1, 0), (2, 1, 0))


def test_a_number_that_somebody_gave_is_replaced_and_the_old_one_says_until_when(keeper):
    old = Identifier(
        code="x", known_on=KNOWN_ON, about="individual:i1", kind="individual", issuer_id="lab", value="X-12"
    )
    enter(old, by=keeper)
    changed = renumber(individual("2018-12-I-01"), "X-31", decided("2018-08-02"), by=keeper, identifier=old)
    old.refresh_from_db()
    assert (old.status, str(old.used)) == ("superseded", "../2018-08-02")
    assert old.reason == "Renumbered X-31. Read anew."
    assert found("x12", keeper) == found("X 31", keeper) == {"2018-12-I-01"}
    undo(changed, "A slip.", by=keeper)
    old.refresh_from_db()
    assert (old.status, old.used, old.reason) == ("current", None, "")


def test_what_is_not_possible_is_refused_with_the_reason(keeper):
    one, first = individual("2018-12-I-01"), Accession.objects.first()
    refused = [
        (lambda: merge([], one, decided(), by=keeper), "at least one other"),
        (lambda: merge([one], one, decided(), by=keeper), "at least one other"),
        (lambda: merge([first], one, decided(), by=keeper), "each with their like"),
        (lambda: split_off(one, {"I-02": []}, decided(), by=keeper), "at least one bone"),
        (lambda: split_off(one, {"I-02": [bone(1)], "I-03": [bone(1)]}, decided(), by=keeper), "chosen twice"),
        (lambda: renumber(one, " ", decided(), by=keeper), "must not be empty"),
        (lambda: renumber(one, one.number, decided(), by=keeper), "must not be empty"),
    ]
    for act, words in refused:
        with pytest.raises(ValidationError, match=words):
            act()
    assert not Succession.objects.exists()


def test_whoever_may_not_keep_numbers_or_what_they_stand_for_changes_nothing(keeper, reader):
    custodian = add_user("custodian", Role.EVIDENCE_CUSTODIAN, PASSWORD)
    first, second = Accession.objects.order_by("code")
    with pytest.raises(PermissionDenied):
        merge([second], first, decided(), by=reader)
    with pytest.raises((PermissionDenied, ValidationError)):
        split_off(individual("2018-12-I-01"), {"I-02": [bone(1)]}, decided(), by=custodian)
    assert not Succession.objects.exists()
    assert Individual.objects.count() == 1


ACTS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "renumber", "accessions", "undo"]), st.integers(0, 9)),
    min_size=3,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=4)
@given(acts=ACTS)
def test_after_any_sequence_every_number_resolves_and_each_bone_is_in_at_most_one_individual(keeper, acts):
    with transaction.atomic():
        before, n_numbers = made_of(), 1
        for act, choice in acts:
            n_numbers += 1
            try:
                _act(act, choice, f"N-{n_numbers}", keeper)
            except ValidationError:
                continue
        _check_resolution(keeper)
        for _ in range(len(acts)):
            for succession in Succession.objects.filter(withdrawn=""):
                try:
                    undo(succession, "Back.", by=keeper)
                except ValidationError:
                    continue
        assert not Succession.objects.filter(withdrawn="").exists()
        assert made_of() == before
        _check_resolution(keeper)
        transaction.set_rollback(True)


def _act(act, choice, number, by):
    """Do one thing with whatever there is; what is not possible is refused."""
    individuals = list(Individual.objects.filter(withdrawn="").order_by("number"))
    one, other = individuals[choice % len(individuals)], individuals[(choice * 3 + 1) % len(individuals)]
    if act == "merge":
        merge([one], other, decided(), by=by)
    elif act == "split":
        bones = [row.specimen for row in Association.objects.filter(individual=one, withdrawn="").order_by("specimen")]
        split_off(one, {number: bones[: 1 + choice % 3], f"{number}b": bones[4:5]}, decided(), by=by)
    elif act == "renumber":
        renumber(one, number, decided(), by=by)
    elif act == "accessions":
        rows = Accession.objects.order_by("code")
        merge([rows[choice % 2]], rows[(choice + 1) % 2], decided(), by=by)
    else:
        events = list(Succession.objects.filter(withdrawn="").order_by("recorded_at", "code"))
        if events:
            undo(events[choice % len(events)], "Back.", by=by)


def _check_resolution(by):
    """Every number that anything ever had leads to something that stands and has not become another thing."""
    reader = Reader(by)
    numbers = {row.number: row for row in (*Individual.objects.all(), *Accession.objects.all())}
    numbers |= {old.value: None for old in Identifier.objects.all()}
    for number in numbers:
        hits = look_up(number, reader)
        assert hits, number
        for row in (row for hit in hits for row in hit.now):
            assert row.stands, number
            assert Stories([row.reference], reader).now(row.reference) == {row.reference}
    standing = list(Association.objects.filter(withdrawn="").values_list("specimen", flat=True))
    assert len(standing) == len(set(standing))
    assert MissingPerson.objects.count() == 0
