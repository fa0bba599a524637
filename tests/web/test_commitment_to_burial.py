"""From point 4 of the agreement of 12 June 2018 to a grave and what is owed, and back, by the links of the pages."""

import itertools
import re

import pytest

from homeward.web.casework.afterwards_actions import announce, bury, decide, notify
from homeward.web.casework.models import Burial, Obligation
from tests.web.july_2018 import July2018
from tests.web.two_books import OPENED, TwoBooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(everybody) -> TwoBooks:
    """The containers of 27 July, and behind one of them a made-up bone and person, down to the grave."""
    July2018(everybody)
    books = TwoBooks(everybody)
    came = {"received": "2018-07-27", "received_by": "lab", "label": "Sinhung-ri"}
    books.row("transfercase", "box-1", kind="box", number="1", handover="k55", **came)
    opened = {"opened": OPENED, "opened_by": "C. Custodian", "witness": "W. Witness", "n_items": 1}
    books.row("accession", "acc-1", number="CIL-1", laboratory="lab", transfer_case="box-1", **opened)
    books.bone("humerus-left", accession="acc-1")
    books.together("humerus-left")
    case = books.signed()
    liaison, kin = books.staff.liaison, books.kin("adam")
    notify(case, kin, kind="told", happened=books.now, told_by="L. Iaison", by=liaison)
    decide(case, kin, kind="group-burial", later_portions="tell", happened=books.now, by=liaison)
    bury(case, happened=books.now, cemetery="Section 60, grave 1", by=liaison)
    announce(case, by=books.staff.examiner)
    return books


def test_the_way_from_the_commitment_to_the_grave_can_be_walked_there_and_back_by_links(books, client):
    client.force_login(books.staff.examiner)
    burial = Burial.objects.get()
    case = burial.identification
    assert Obligation.objects.filter(identification=case, fulfilled=None).count() == 3
    way = [
        burial,
        case,
        books.individual,
        books.specimen("humerus-left"),
        books.specimen("humerus-left").accession,
        books.specimen("humerus-left").accession.transfer_case,
        books.specimen("humerus-left").accession.transfer_case.handover,
        books.specimen("humerus-left").accession.transfer_case.handover.commitment,
    ]
    for here, next_one in (*itertools.pairwise(way), *itertools.pairwise(reversed(way))):
        page = client.get(here.get_absolute_url())
        assert page.status_code == 200
        assert f'href="{next_one.get_absolute_url()}"' in page.text, f"{here.reference} to {next_one.reference}"
    page = client.get(case.get_absolute_url()).text
    assert {burial.get_absolute_url(), books.person("adam").get_absolute_url()} <= set(
        re.findall(r'href="([^"]+)"', page)
    )
    assert "rosette beside the name on the memorial" in page.casefold()
