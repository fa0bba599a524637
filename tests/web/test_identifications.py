"""From a candidate to a signature: four eyes, the whole argument, both books in one step or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.web.casework.argument import Argument
from homeward.web.casework.balance import balance
from homeward.web.casework.identification_actions import add_evidence, propose, revise_evidence, submit
from homeward.web.casework.individuals_actions import dissociate
from homeward.web.casework.models import Association, Evidence, Identification, Obligation, ReviewItem
from homeward.web.casework.review_actions import answer, review, send_back
from homeward.web.casework.signing import sign
from homeward.web.casework.steps import state_of, state_of_person
from homeward.web.journal import keeping
from homeward.web.journal.keeping import amend
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from tests.web.two_books import FEMUR, TIBIA, TwoBooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(everybody) -> TwoBooks:
    return TwoBooks(everybody)


def refusal(refused) -> str:
    return " ".join(refused.value.messages)


def test_a_signature_closes_both_books_and_opens_what_is_owed(books):
    books.together(FEMUR, TIBIA)
    case = books.signed()
    assert case.in_force
    assert case.signed_by == "examiner"
    assert (state_of(case), state_of_person(books.person("adam"))) == ("signed", "accounted")
    owed = dict(Obligation.objects.values_list("kind", "owner"))
    assert owed == {"rosette": "examiner", "records": "examiner", "letter": "liaison"}
    checked = balance()
    assert (checked.findings, checked.counts["accounted_for"], checked.counts["accounted_for_by_us"]) == ((), 1, 1)
    assert verify_record().findings == ()


def test_nobody_signs_reviews_or_sends_back_what_they_prepared(books):
    books.together(FEMUR)
    case = submit(books.candidate(), by=books.staff.preparer)
    evidence, digest = Evidence.objects.get(), Argument.of(case).digest
    for doing in (
        lambda: review(evidence, opinion="agree", by=books.staff.preparer, read_version=1),
        lambda: send_back(case, reason="Mine.", by=books.staff.preparer),
        lambda: sign(case, by=books.staff.preparer, read_digest=digest),
        lambda: sign(case, by=books.staff.reviewer, read_digest=digest),
        lambda: propose(books.individual, books.person("ben"), by=books.staff.examiner),
    ):
        with pytest.raises(PermissionDenied):
            doing()


def test_a_signature_waits_for_agreement_on_the_present_version_and_for_every_answer(books):
    staff = books.staff
    books.together(FEMUR)
    case = submit(books.candidate(), by=staff.preparer)
    evidence = Evidence.objects.get()

    def signing() -> str:
        with pytest.raises(ValidationError) as refused:
            sign(case, by=staff.examiner, read_digest=Argument.of(case).digest)
        return refusal(refused)

    assert "Nobody agreed yet" in signing()
    review(evidence, opinion="agree", by=staff.reviewer, read_version=1)
    doubt = review(evidence, opinion="disagree", comment="Which teeth?", by=staff.examiner, read_version=1)
    assert "A comment on" in signing()
    with pytest.raises(ValidationError, match="changed after you read it"):
        sign(case, by=staff.examiner, read_digest="0" * 64)
    send_back(case, reason="Say which teeth.", by=staff.examiner)
    evidence = revise_evidence(evidence, {"statement": "Lower jaw fits."}, by=staff.preparer, why="Which teeth.")
    answer(doubt, answer="accepted", text="Named.", by=staff.preparer)
    with pytest.raises(ValidationError, match="no open comment"):
        answer(doubt, answer="rejected", text="Again.", by=staff.preparer)
    submit(case, by=staff.preparer)
    assert "Nobody agreed yet" in signing(), "The agreement was with the version before."
    with pytest.raises(ValidationError, match="Read it again"):
        review(evidence, opinion="agree", by=staff.reviewer, read_version=1)
    review(evidence, opinion="agree", by=staff.reviewer, read_version=2)
    assert sign(case, by=staff.examiner, read_digest=Argument.of(case).digest).in_force
    assert ReviewItem.objects.filter(reviewer="reviewer", withdrawn="").count() == 1


def test_what_evidence_rests_on_is_frozen_and_a_change_since_stands_in_the_way(books):
    books.together(FEMUR)
    case = books.in_review()
    frozen = Evidence.objects.get()
    assert frozen.rests_on.startswith(f"specimen:{FEMUR} 1 ")
    assert len(frozen.frozen) == 64
    amend(books.specimen(FEMUR), {"note": "A healed fracture."}, by=books.staff.preparer, why="Seen.", read_version=1)
    with pytest.raises(ValidationError, match="rests on what changed since"):
        sign(case, by=books.staff.examiner, read_digest=Argument.of(case).digest)
    send_back(case, reason="Look at the femur again.", by=books.staff.examiner)
    with pytest.raises(ValidationError, match="There is no specimen:nothing"):
        books.evidence(case, sources="specimen:nothing")


def test_a_person_and_an_individual_are_closed_once_and_a_sample_under_suspicion_holds_a_signature_up(books):
    books.together(FEMUR)
    first, second = books.in_review("adam"), books.in_review("ben")
    suspected = books.typed(FEMUR, "y-str", "DYS19 14")
    amend(suspected, {"suspicion": "Swap."}, by=books.staff.keeper, why="Fits another.", read_version=1)
    examiner = books.staff.examiner
    with pytest.raises(ValidationError, match="under suspicion"):
        sign(first, by=examiner, read_digest=Argument.of(first).digest)
    suspected.refresh_from_db()
    amend(suspected, {"suspicion": ""}, by=books.staff.keeper, why="Typed again.", read_version=2)
    sign(first, by=examiner, read_digest=Argument.of(first).digest)
    with pytest.raises(ValidationError, match="stands as 'signed"):
        sign(first, by=books.staff.keeper, read_digest=Argument.of(first).digest)
    n_lines = Entry.objects.count()
    with pytest.raises(ValidationError, match="is identified already"):
        sign(second, by=examiner, read_digest=Argument.of(second).digest)
    other = books.row("individual", "ind-2", number="I-02", laboratory="lab")
    with pytest.raises(ValidationError) as refused:
        propose(other, books.person("adam"), by=books.staff.preparer)
    assert "accounted for already" in refusal(refused)
    assert "has no specimen" in refusal(refused)
    with pytest.raises(ValidationError, match="last specimen"):
        dissociate(Association.objects.get(), reason="Wrong.", by=books.staff.preparer)
    assert Entry.objects.count() == n_lines + 1


def test_a_signature_that_fails_in_its_last_step_leaves_nothing_half_done(books, monkeypatch):
    books.together(FEMUR)
    case = books.in_review()
    n_lines = Entry.objects.count()
    real, written = keeping.append, []

    def fail_at_the_step(lines, **options):
        lines = list(lines)
        written.extend(line.action for line in lines)
        if lines[0].action == "identification.signed" and lines[0].noun == "identificationchange":
            raise KeyboardInterrupt
        return real(lines, **options)

    monkeypatch.setattr(keeping, "append", fail_at_the_step)
    with pytest.raises(KeyboardInterrupt):
        sign(case, by=books.staff.examiner, read_digest=Argument.of(case).digest)
    assert written.count("identification.signed") == 2, "The row was amended before it failed."
    assert (Entry.objects.count(), Identification.objects.get().in_force) == (n_lines, False)
    assert (state_of(case), state_of_person(books.person("adam"))) == ("in-review", "unaccounted")
    assert verify_record().findings == ()


def test_what_was_signed_cannot_be_changed_by_the_form_that_every_row_has(books, client):
    books.together(FEMUR)
    case = books.signed()
    client.force_login(books.staff.preparer)
    for row, typed in ((case, {"conclusion": "Another."}), (Evidence.objects.get(), {"statement": "Another."})):
        typed = {**typed, "why": "No reason.", "known_on": "2018-08-01", "read_version": str(row.version)}
        client.post(f"/record/{row.noun()}/{row.code}/amend", typed)
        version = row.version
        row.refresh_from_db()
        assert row.version == version
    with pytest.raises(ValidationError, match="its argument is changed"):
        add_evidence(case, line="age", direction="for", statement="Fits.", by=books.staff.preparer)
