"""The two books of the worked example: their pages open, and their cases stand as an examiner would find them."""

import pytest

from homeward.web.casework.argument import Argument
from homeward.web.casework.frozen import changed_since
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association
from homeward.web.casework.steps import state_of
from homeward.web.config import preparation
from homeward.web.config.examples import record_examples
from homeward.web.journal.book import InBook
from homeward.web.journal.recorded import nouns
from homeward.web.journal.verification import verify_record
from tests.examples import examples

STATES = {"closed", "released", "signed", "in-review", "proposed", "rescinded"}

pytestmark = pytest.mark.django_db


def test_the_cases_are_signed_as_they_stand_and_all_pages_open(client, django_user_model, tmp_path):
    for name in ("analyst", "examiner"):
        preparation.prepare_user(tmp_path, name)
    record_examples()
    assert verify_record().findings == ()
    cases = {state_of(case): case for case in Identification.objects.all()}
    assert set(cases) == STATES
    for case in cases.values():
        argument = Argument.of(case)
        assert case.signed_digest in {"", argument.digest}
        assert not any(changed_since(argument.evidence).values())
    client.force_login(django_user_model.objects.get(username="examiner"))
    waiting = client.get("/waiting/").text
    assert cases["in-review"].get_absolute_url() in waiting
    bones = Association.objects.filter(individual=cases["closed"].individual_id, withdrawn="")
    for bone in bones:
        assert "Released to" in client.get(f"/custody/specimen/{bone.specimen_id}/").text
    for noun, model in nouns().items():
        if issubclass(model, InBook):
            for code in model.objects.order_by("pk").values_list("pk", flat=True)[: examples(40, 3)]:
                assert client.get(f"/record/{noun}/{code}/").status_code == 200, (noun, code)
