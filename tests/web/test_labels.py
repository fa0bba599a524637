"""Labels: what is printed is what a scanner reads, and what it reads finds the thing again."""

import re

import numpy as np
import pytest
import zxingcpp

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.reader import Reader
from homeward.web.remains.labels import labels_of
from homeward.web.remains.scanned import find_scanned
from tests.web.conftest import PASSWORD
from tests.web.custody_rows import register

THINGS = ["transfercase:box-1", "accession:acc", "specimen:femur", "sample:cut", "effect:button", "store:shelf"]
MODULE_PX = 4
DARK_MODULE = re.compile(r"M(\d+) (\d+)h1v1h-1z")


def as_printed(page: str) -> list[np.ndarray]:
    """The QR codes of a page as pictures, drawn from the marks of their paths alone."""
    pictures = []
    for side, path in re.findall(r'viewBox="0 0 (\d+) \1".*?<path d="(M[^"]*)" fill="#000"', page, re.DOTALL):
        picture = np.full((int(side), int(side)), 255, np.uint8)
        for x, y in DARK_MODULE.findall(path):
            picture[int(y), int(x)] = 0
        pictures.append(np.kron(picture, np.ones((MODULE_PX, MODULE_PX), np.uint8)))
    return pictures


@pytest.mark.django_db
def test_a_scanner_reads_from_every_printed_label_what_finds_its_thing_again(client):
    everybody = add_user("everybody", list(Role), PASSWORD)
    register(everybody)
    client.force_login(everybody)
    page = client.get("/labels/", {"about": THINGS}).text
    read = [zxingcpp.read_barcode(picture).text for picture in as_printed(page)]
    assert read == THINGS
    reader = Reader(everybody)
    assert [find_scanned(text.upper().replace(":", "Ö"), reader).reference for text in read] == THINGS
    assert [label.words for label in labels_of(THINGS, reader)] == [
        "box 1",
        "accession 2018-1",
        "2018-1 · 1: left femur",
        "sample 01A of 2018-1 · 1: left femur",
        "2018-1 · E1: clothing, buttons, boots",
        "Lab: Shelf 1",
    ]
    assert client.get("/labels/?about=party:lab").status_code == 404
