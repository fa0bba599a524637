"""The bones of the skeleton: names, sides, zones, joints and measurements."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Element:
    """One bone of the skeleton, or a group of bones that are not told apart ("rib").

    name: its name everywhere in Homeward.
    region: skull, spine, chest, arm, hand, leg or foot.
    paired: whether there is a left and a right one.
    number_on_a_side: how many a person has on each side, or in all if unpaired; more than 1 for a group.
    part_of: the bone or the group that it is a part of, or "".
    subadult_only: a bone of its own only before it fuses with its neighbours.
    code_prefix: what the codes of its measurements begin with ("Hum"), or "".
    spellings: other names of it.
    """

    name: str
    region: str
    paired: bool
    number_on_a_side: int
    part_of: str
    subadult_only: bool
    code_prefix: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of an element that is recorded as there or not; whose zones these are."""

    element: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Joint:
    """Two elements that meet; the measurements that can be compared across the joint, or "" where none are known."""

    name: str
    first: str
    second: str
    first_code: str
    second_code: str
    source: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measurement as the field defines it.

    code: "Hum_01". element: name of the bone. unit: "mm" or "degree".
    side: "left" or "right" where an unpaired bone is measured on one side, otherwise "".
    standards_1994, dcp_2016, byrd_adams: its numbers in Buikstra & Ubelaker 1994, Langley et al. 2016 and Byrd & Adams
        2003, "" where it has none.
    """

    code: str
    element: str
    name: str
    instrument: str
    unit: str
    side: str
    standards_1994: str
    dcp_2016: str
    byrd_adams: str


@cache
def elements() -> Mapping[str, Element]:
    """Return all elements by name, from head to foot."""
    return {
        row["element"]: Element(
            name=row["element"],
            region=row["region"],
            paired=row["sides"] == "paired",
            number_on_a_side=int(row["on_a_side"]),
            part_of=row["part_of"],
            subadult_only=row["ages"] == "subadult",
            code_prefix=row["code_prefix"],
            spellings=tuple(filter(None, row["spellings"].split(";"))),
        )
        for row in bundled_rows("elements.csv")
    }


@cache
def measurements() -> Mapping[str, Measurement]:
    """Return all measurements by code, from head to foot."""
    return {row["code"]: Measurement(**row) for row in bundled_rows("measurements.csv")}


@cache
def joints() -> tuple[Joint, ...]:
    """Return the joints, from head to foot."""
    return tuple(
        Joint(row["joint"], row["first"], row["second"], row["first_code"], row["second_code"], row["source"])
        for row in bundled_rows("articulations.csv")
    )


@cache
def zones_of(element: str) -> tuple[Zone, ...]:
    """Return the zones of an element, or of the group it belongs to; empty if it is only recorded as a whole."""
    while element:
        zones = tuple(
            Zone(row["element"], row["zone"], row["source"])
            for row in bundled_rows("zones.csv")
            if row["element"] == element
        )
        if zones:
            return zones
        element = elements()[element].part_of if element in elements() else ""
    return ()


@cache
def codes_of(element: str) -> tuple[str, ...]:
    """Return the codes of the measurements of an element."""
    return tuple(one.code for one in measurements().values() if one.element == element)


def find_element(text: str) -> Element | None:
    """Return the element of this name in any of its spellings, whatever the case; None if there is none."""
    name = _by_spelling().get(_plain(text))
    return elements()[name] if name else None


def find_measurement(text: str) -> Measurement | None:
    """Return the measurement of this code, whatever the case; None if there is none."""
    return _by_plain_code().get(_plain(text))


def nearest_elements(text: str) -> tuple[str, ...]:
    """Return at most three elements whose names look like a text."""
    near = get_close_matches(_plain(text), _by_spelling(), n=3, cutoff=0.7)
    return tuple(dict.fromkeys(_by_spelling()[spelling] for spelling in near))


def nearest_measurements(text: str) -> tuple[str, ...]:
    """Return at most three codes that look like a text."""
    near = get_close_matches(_plain(text), _by_plain_code(), n=3, cutoff=0.7)
    return tuple(_by_plain_code()[code].code for code in near)


def bundled_rows(name: str) -> Iterator[dict[str, str]]:
    """Go through the rows of a data file of this package."""
    text = (files("homeward.osteology") / "data" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))


@cache
def _by_spelling() -> Mapping[str, str]:
    """Name of each element by each of its spellings, plainly written."""
    return {
        _plain(spelling): element.name
        for element in elements().values()
        for spelling in (element.name, *element.spellings)
    }


@cache
def _by_plain_code() -> Mapping[str, Measurement]:
    """Measurements by their code, plainly written."""
    return {_plain(code): one for code, one in measurements().items()}


def _plain(text: str) -> str:
    """Write a name in lower case with single spaces for everything that is no letter or digit."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())
