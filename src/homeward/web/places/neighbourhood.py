"""Where a place lies among the other places of the record: a small drawing without a map of anybody's."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from homeward.web.places.models import Place

KM_PER_DEGREE = 111.2
"""Of latitude; a sphere of the earth's mean radius of 6,371 km."""
HALF_SIZE = 150.0
"""Half the width of the drawing, in its own units."""
LEAST_REACH_KM = 30.0
MOST_NEIGHBOURS = 8
DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the drawing: x to the east, y to the south, and the radius within which it lies, in its units."""

    place: Place
    number: int
    x: float
    y: float
    radius: float
    km: int
    direction: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A place in the middle of a drawing, and what lies near it. bar: the length of a line of ``bar_km`` kilometres."""

    radius: float
    spots: list[Spot]
    bar: float
    bar_km: int


def neighbourhood(place: Place, others: Iterable[Place]) -> Neighbourhood | None:
    """Return the drawing of a place; ``None`` where its coordinates are not in the record."""
    if place.latitude is None or place.uncertainty_km is None:
        return None
    reach_km = max(LEAST_REACH_KM, 2.0 * float(place.uncertainty_km))
    offsets = [
        (other, _offset_km(place, other)) for other in others if other.latitude is not None and other.code != place.code
    ]
    near = [(other, offset) for other, offset in offsets if max(map(abs, offset)) < reach_km]
    near.sort(key=lambda pair: (math.hypot(*pair[1]), pair[0].code))
    scale = HALF_SIZE / reach_km
    bar_km = 10 if reach_km < 60 else 50
    return Neighbourhood(
        radius=round(float(place.uncertainty_km) * scale, 1),
        spots=[
            _spot(number, other, offset, scale)
            for number, (other, offset) in enumerate(near[:MOST_NEIGHBOURS], start=1)
        ],
        bar=round(bar_km * scale, 1),
        bar_km=bar_km,
    )


def _offset_km(middle: Place, other: Place) -> tuple[float, float]:
    """How far east and north another place lies, on a plane that touches the earth in the middle."""
    assert middle.latitude is not None and middle.longitude is not None  # noqa: PT018, S101
    assert other.latitude is not None and other.longitude is not None  # noqa: PT018, S101
    east = (float(other.longitude - middle.longitude) + 180) % 360 - 180
    north = float(other.latitude - middle.latitude)
    return east * KM_PER_DEGREE * math.cos(math.radians(float(middle.latitude))), north * KM_PER_DEGREE


def _spot(number: int, other: Place, offset: tuple[float, float], scale: float) -> Spot:
    """Another place in the drawing."""
    east, north = offset
    turn = round(math.degrees(math.atan2(east, north)) / 45) % 8
    return Spot(
        place=other,
        number=number,
        x=round(east * scale, 1),
        y=round(-north * scale, 1),
        radius=round(float(other.uncertainty_km or 0) * scale, 1),
        km=round(math.hypot(*offset)),
        direction=DIRECTIONS[turn],
    )
