"""The pages of analyses: who sees them, that looks are logged, and what is sent."""

import json
from uuid import uuid4

import pytest

from homeward.web.casework.models import AnalysisView


@pytest.fixture
def addresses(analysis) -> dict[str, str]:
    """Every address of one analysis, by the part of it that is looked at."""
    base = f"/analyses/{analysis.public_id}/"
    return {
        "page": base,
        "result": f"{base}result.json",
        "report": f"{base}report.html",
        "input": f"{base}inputs/{analysis.inputs.get(name='profiles.csv').public_id}",
    }


def test_a_stranger_is_sent_to_sign_in_whether_or_not_the_page_exists(client, addresses):
    for address in ["/analyses/", *addresses.values(), f"/analyses/{uuid4()}/"]:
        assert client.get(address).url == f"/account/sign-in/?next={address}"
    assert not AnalysisView.objects.exists()


def test_somebody_without_a_role_finds_no_analysis(client, outsider, addresses):
    client.force_login(outsider)
    for address in addresses.values():
        assert client.get(address).status_code == 404
    assert "has no role that may see analyses" in client.get("/analyses/").text
    assert not AnalysisView.objects.exists()


@pytest.mark.parametrize("who", ["reader", "analyst"])
def test_a_reader_and_an_analyst_see_list_and_report(client, request, who, analysis, addresses):
    client.force_login(request.getfixturevalue(who))
    assert analysis.title in client.get("/analyses/").text
    assert analysis.report_fragment in client.get(addresses["page"]).text


def test_each_look_is_logged_with_name_and_part(client, reader, analysis, addresses):
    client.force_login(reader)
    for address in addresses.values():
        assert client.get(address).status_code == 200
    looks = analysis.views.order_by("pk").values_list("by__username", "part")
    assert list(looks) == [("reader", part) for part in addresses]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_analysis_can_only_be_looked_at(client, analyst, addresses, method):
    client.force_login(analyst)
    for address in ["/analyses/", *addresses.values()]:
        assert getattr(client, method)(address).status_code == 405
    assert not AnalysisView.objects.exists()


def test_the_result_is_the_document_that_was_computed(client, reader, analysis, addresses):
    client.force_login(reader)
    response = client.get(addresses["result"])
    assert json.loads(response.content) == analysis.result
    assert response["Content-Disposition"] == 'attachment; filename="two-loci-one-family-synthetic.json"'


def test_the_report_is_sent_as_it_was_computed(client, reader, analysis, addresses):
    client.force_login(reader)
    response = client.get(addresses["report"])
    assert response.text == analysis.report_page
    assert response["Content-Disposition"].startswith("attachment")


def test_an_input_is_sent_byte_for_byte_and_never_shown(client, reader, case_folder, addresses):
    client.force_login(reader)
    response = client.get(addresses["input"])
    assert response.content == (case_folder / "profiles.csv").read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="profiles.csv"'
    assert response["Content-Type"] == "application/octet-stream"


def test_an_input_is_found_only_under_its_own_analysis(client, reader, addresses):
    client.force_login(reader)
    input_id = addresses["input"].rsplit("/", 1)[1]
    assert client.get(f"/analyses/{uuid4()}/inputs/{input_id}").status_code == 404


def test_made_up_data_are_said_to_be_made_up(client, reader, analysis, addresses):
    client.force_login(reader)
    assert "Made-up example data." in client.get(addresses["page"]).text
    type(analysis).objects.update(synthetic=False)
    assert "Made-up example data." not in client.get(addresses["page"]).text


def test_pages_need_few_queries(client, reader, addresses, django_assert_max_num_queries):
    client.force_login(reader)
    for address in ["/analyses/", *addresses.values()]:
        with django_assert_max_num_queries(8):
            client.get(address)


def test_the_list_needs_as_many_queries_for_many_analyses_as_for_one(
    client, reader, analysis, django_assert_num_queries
):
    client.force_login(reader)
    with django_assert_num_queries(5):
        client.get("/analyses/")
    for number in range(20):
        analysis.pk, analysis.public_id, analysis.record_digest = None, uuid4(), str(number)
        analysis.save(force_insert=True)
    with django_assert_num_queries(5):
        client.get("/analyses/")
