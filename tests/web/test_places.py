"""Places: found by any spelling, told apart from others of the same name, and drawn among their neighbours."""

from datetime import date
from decimal import Decimal

import pytest

from homeward.web.journal.keeping import enter
from homeward.web.journal.reader import Reader
from homeward.web.places.homonyms import fold_name, places_called
from homeward.web.places.models import Place, PlaceName
from homeward.web.places.neighbourhood import neighbourhood

KNOWN = {"known_on": date(1950, 6, 25)}


@pytest.fixture
def keep_place(officer):
    def keep(code: str, name: str, *names: str, kind: str = "settlement", **columns) -> Place:
        place = enter(Place(code=code, name=name, kind=kind, **KNOWN, **columns), by=officer)
        for number, text in enumerate(names):
            row = PlaceName(code=f"{code}-{number}", place=place, text=text, kind="own", **KNOWN)
            enter(row, by=officer)
        return place

    return keep


@pytest.fixture
def korea(keep_place):
    keep_place("chosin", "Chosin Reservoir", "Chosin", "Changjin", "Jangjin", "장진호", kind="water")
    keep_place("panmunjom", "Panmunjom, Joint Security Area", "P'anmunjŏm", "판문점")
    keep_place("pyoktong-new", "New Pyoktong", "Pyŏktong", "벽동")
    keep_place("pyoktong-old", "Old Pyoktong", "Pyŏktong", "Tongju-ri")


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("P'anmunjŏm", "Panmunjom"),
        ("PANMUNJOM", "panmunjom"),
        ("Kaech’ŏn", "Kaechon"),
        ("Sinhung-ri", "Sinhung ri"),
        ("Hŭngnam", "Hungnam"),
        ("\u110c\u1161\u11bc", "장"),
    ],
)
def test_spellings_of_one_name_are_one(name, same):
    assert fold_name(name) == fold_name(same)


@pytest.mark.parametrize(("name", "other"), [("Panmunjom", "Panmunjeom"), ("ก", "กุ"), ("か", "が"), ("", "a")])
def test_different_names_stay_different(name, other):
    assert fold_name(name) != fold_name(other)


@pytest.mark.parametrize("name", ["Chosin", "Changjin", "Jangjin", "장진호", "chosin reservoir"])
def test_one_place_is_found_by_each_of_its_names(reader, korea, name):
    assert [place.code for place in places_called(name, Reader(reader))] == ["chosin"]


def test_a_name_that_two_places_bear_finds_both(reader, korea):
    assert [place.code for place in places_called("Pyoktong", Reader(reader))] == ["pyoktong-new", "pyoktong-old"]


def test_nobody_without_a_role_finds_a_place(outsider, korea):
    assert places_called("Chosin", Reader(outsider)) == []


def test_the_page_warns_of_another_place_of_the_same_name(client, reader, korea):
    client.force_login(reader)
    page = client.get("/record/place/pyoktong-old/").text
    assert "Another place of this name" in page
    assert "/record/place/pyoktong-new/" in page
    assert "Another place of this name" not in client.get("/record/place/chosin/").text


def located(code: str, north: str, east: str, within: str = "5") -> Place:
    return Place(code=code, name=code, latitude=Decimal(north), longitude=Decimal(east), uncertainty_km=Decimal(within))


def test_neighbours_are_drawn_where_they_lie():
    drawing = neighbourhood(
        located("middle", "40", "127"),
        [located("north", "40.1", "127"), located("east", "40", "127.1"), located("far", "45", "127")],
    )
    assert [(spot.place.code, spot.direction) for spot in drawing.spots] == [("east", "east"), ("north", "north")]
    east, north = drawing.spots
    assert (east.km, north.km) == (9, 11)  # a tenth of a degree, and that by the cosine of 40 degrees
    assert (east.y, north.x) == (0, 0)
    assert east.x > 0 > north.y


def test_a_place_across_the_date_line_is_a_neighbour():
    drawing = neighbourhood(located("west", "0", "179.9"), [located("over", "0", "-179.9")])
    assert [(spot.km, spot.direction) for spot in drawing.spots] == [(22, "east")]


def test_a_place_without_coordinates_has_no_drawing():
    assert neighbourhood(Place(code="nowhere"), [located("middle", "40", "127")]) is None
