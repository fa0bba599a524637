"""The analyst's pages, and that nobody without the right finds anything of a profile anywhere."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import ApiToken
from homeward.web.accounts.roles import Role
from homeward.web.accounts.tokens import create_token
from homeward.web.bundle.exporting import export_bundle
from homeward.web.journal.models import Entry
from homeward.web.laboratory.comparing import run_comparison
from homeward.web.laboratory.models import Measurement, Profile, ProfileLook, Suspicion
from tests.web.conftest import PASSWORD
from tests.web.laboratory_rows import LaboratoryRecord, People, text, two_families

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(everybody):
    return two_families(everybody)[0]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_analyst_brings_in_compares_and_takes_along(record, analyst):
    client = signed_in(analyst)
    file = SimpleUploadedFile("table.csv", b"Sample Name,Marker,Allele 1,Allele 2\ns-f1,TH01,6,7\nwho,TH01,6,7\n")
    sent = {"issuer": "Lab X", "known_on": "2018-07-20", "one_allele": "unread"}
    refused = client.post(reverse("laboratory:import"), {**sent, "file": file, "step": "check"})
    assert refused.status_code == 422
    assert "who is no sample, donor or member of staff" in refused.text
    told = {
        **sent,
        "owners": "who = sample:s-f2",
        "name": "table.csv",
        "content": refused.context["form"].data["content"],
    }
    checked = client.post(reverse("laboratory:import"), {**told, "step": "check"})
    assert (checked.status_code, Profile.objects.filter(issuer="Lab X").count()) == (200, 0)
    client.post(reverse("laboratory:import"), {**told, "step": "keep"})
    assert Profile.objects.filter(issuer="Lab X").count() == 2
    asked = {"title": "A run", "population": "NIST 1036/US Caucasian", "calamity": "war"}
    shown = client.post(reverse("laboratory:compare"), asked, follow=True)
    assert [row["missing"] for row in shown.context["rows"]][:2] in (["f1-lost", "f2-lost"], ["f2-lost", "f1-lost"])
    assert "Lost f1" in shown.text
    wrong = client.post(reverse("laboratory:compare"), {**asked, "samples": "s-f1 none-such"})
    assert wrong.status_code == 422
    assert "There is no sample or individual none-such." in wrong.text
    taken = client.post(reverse("laboratory:compare"), {**asked, "take": "familias"})
    assert taken["Content-Disposition"] == 'attachment; filename="case.fam"'
    assert Entry.objects.filter(action="case.exported").exists()


def test_what_is_suspicious_is_listed_cleared_exchanged_and_agreed_on(
    everybody, analyst, django_assert_max_num_queries
):
    record, people = LaboratoryRecord(everybody), People()
    bone, other = people.founder(), people.founder()
    for code in ("a", "b", "c"):
        record.sample(code)
    record.profile("pa", text(bone), sample="a")
    record.profile("pb", text(bone), sample="b")
    record.profile("pc", text(other), sample="c")
    client = signed_in(analyst)
    with django_assert_max_num_queries(12):
        listed = client.get(reverse("laboratory:suspicions"))
    assert "of which nobody has two" in listed.text
    noted = Suspicion.objects.get(profile="pa")
    address = reverse("laboratory:clear", args=["pa", noted.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.get(address).status_code == 405
    client.post(address, {"why": "Both were cut from one bone."})
    assert not Suspicion.objects.filter(cleared="").exists()
    exchange = reverse("laboratory:exchange", args=["pb"])
    assert client.post(exchange, {"other": "none", "why": "x"}).status_code == 422
    client.post(exchange, {"other": "pc", "why": "The labels were exchanged."})
    assert Profile.objects.get(pk="pb").sample_id == "c"
    record.profile("pc2", text(bone), sample="c")
    page = client.get(reverse("record:row", args=["profile", "pc2"]))
    assert "pb" in page.text
    made = client.post(reverse("laboratory:consensus", args=["pc2"]), {"typing": "pb", "rule": "two of any, version 1"})
    assert Profile.objects.get(is_consensus=True).get_absolute_url() == made["Location"]


def test_every_look_is_noted_on_pages_api_journal_and_bundle(record, everybody, tmp_path):
    client = signed_in(everybody)
    client.get(reverse("record:row", args=["profile", "p-f1-bone"]))
    client.get(reverse("record:amend", args=["profile", "p-f1-bone"]))
    client.get(reverse("journal:history", args=["profile", "p-f1-bone"]))
    _, secret = create_token(everybody, "all", days=1, scope=ApiToken.Scope.READ)
    headers = {"Authorization": f"Bearer {secret}"}
    for address in ("profile/p-f1-bone", "profile", "profile/p-f1-bone/history"):
        assert client.get(f"/api/v1/{address}", headers=headers).status_code == 200
    export_bundle(tmp_path / "out", by=everybody)
    looks = list(ProfileLook.objects.filter(profile="p-f1-bone").order_by("pk").values_list("where", flat=True))
    assert looks == ["page", "form", "journal", "API", "API", "API", "bundle"]
    assert set(ProfileLook.objects.values_list("by", flat=True)) == {everybody.pk}


def test_who_may_not_see_profiles_finds_nothing_of_them_anywhere(record, everybody, tmp_path):
    record.profile("p-again", text(People(3).founder()), sample="s-f1")
    made = run_comparison(by=everybody, title="Secret run", samples=["s-f2"])
    officer = add_user("an-officer", Role.ENGAGEMENT_OFFICER, PASSWORD)
    client = signed_in(officer)
    addresses = [
        reverse("record:row", args=["profile", "p-f1-bone"]),
        reverse("record:amend", args=["profile", "p-f1-bone"]),
        reverse("journal:history", args=["profile", "p-f1-bone"]),
        *(reverse(f"laboratory:{name}") for name in ("suspicions", "compare", "import")),
        reverse("laboratory:suspected", args=["p-f1-bone"]),
        reverse("laboratory:comparison", args=[made.analysis.public_id]),
    ]
    assert {client.get(address).status_code for address in addresses} <= {403, 404}
    hidden = [client.get(address).status_code for address in addresses if "amend" not in address]
    assert set(hidden) == {404}
    for address in ("record:everything", "journal:journal"):
        answered = client.get(reverse(address))
        assert answered.status_code == 200
        for word in ("p-f1-bone", "p-again", "D2S441", "Secret run"):
            assert word not in answered.text
    listed = client.get(reverse("record:rows", args=["profile"]))
    assert listed.status_code == 404 or "p-f1-bone" not in listed.text
    assert "p-f1-bone" not in client.get("/search/?q=p-f1-bone").text.replace('value="p-f1-bone"', "")
    _, secret = create_token(officer, "mine", days=1, scope=ApiToken.Scope.READ_AND_WRITE)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/profile/p-f1-bone", headers=headers).status_code == 404
    assert client.get("/api/v1/profile/p-f1-bone/history", headers=headers).status_code == 404
    assert client.get("/api/v1/profile", headers=headers).json()["rows"] == []
    counts = {one["noun"]: one["rows"] for one in client.get("/api/v1/", headers=headers).json()["nouns"]}
    assert {counts[noun] for noun in ("profile", "run", "staffmember", "consensuspart")} == {0}
    export_bundle(tmp_path / "out", by=officer)
    assert b"D2S441" not in b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    posts = {
        reverse("laboratory:exchange", args=["p-f1-bone"]): {"other": "p-f2-bone", "why": "x"},
        reverse("laboratory:consensus", args=["p-f1-bone"]): {"typing": "p-again", "rule": "two of any, version 1"},
        reverse("laboratory:compare"): {"title": "x", "population": "NIST 1036/US Caucasian"},
    }
    assert {client.post(address, sent).status_code for address, sent in posts.items()} == {404}
    assert not ProfileLook.objects.filter(by=officer).exists()


def test_measurements_come_in_and_are_those_that_bones_are_sorted_by(everybody):
    record = LaboratoryRecord(everybody)
    record.sample("a", designator="101")
    client = signed_in(everybody)
    sent = {"known_on": "2018-07-20", "measured_by": "A. Anthropologist", "step": "keep"}
    for value in ("455.5", "455.5", "456"):
        file = io.BytesIO(f"id,Side,Element,Fem_01\n101,Left,Femur,{value}\n".encode())
        file.name = "bones.csv"
        assert client.post(reverse("laboratory:measurements"), {**sent, "file": file}).status_code == 200
    row = Measurement.objects.get()
    assert (row.specimen_id, str(row.value), row.version) == ("bone-a", "456.00", 2)
    from homeward.web.laboratory.measurement_import import specimens_from_record

    bones = specimens_from_record(everybody)
    assert (bones.ids, bones.codes, bones.measurements_mm.tolist()) == (("bone-a",), ("Fem_01",), [[456.0]])
    bad = SimpleUploadedFile("bones.csv", b"id,Side,Element,Fem_01\n102,Left,Femur,455\n")
    refused = client.post(reverse("laboratory:measurements"), {**sent, "file": bad})
    assert refused.status_code == 422
    assert "There is no left femur 102." in refused.text
