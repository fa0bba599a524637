"""Where the bones are in a drawing of the skeleton from the front, and their outlines.

Everything is drawn for Homeward, in units of the drawing, with y downwards. Paired bones are given by their distance
from the midline, so that one outline serves both sides; the person faces us, and so their right side is on our left.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from homeward.osteology.specimens import Side

WIDTH, HEIGHT, MIDLINE = 400.0, 812.0, 200.0

HOLLOWS = (
    "M 173 58 C 176 46 190 46 193 56 C 194 66 190 72 182 72 C 175 72 171 68 173 58 Z",
    "M 227 58 C 224 46 210 46 207 56 C 206 66 210 72 218 72 C 225 72 229 68 227 58 Z",
    "M 200 66 C 205 72 207 78 206 83 C 204 86 196 86 194 83 C 193 78 195 72 200 66 Z",
    "M 158 436 C 164 428 172 430 172 438 C 170 446 160 448 156 444 Z",
    "M 242 436 C 236 428 228 430 228 438 C 230 446 240 448 244 444 Z",
)
"""Eye sockets, nose and the openings below the hip sockets: drawn over the bones, without meaning."""

Point = tuple[float, float]
Drawn = tuple[str, str, bool]
"""Element, path in distances from the midline, and whether it is the middle of a band."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline of one bone.

    element: its name in the catalogue. path: of an SVG ``path``. is_line: whether the path is the middle of a band, as
    ribs are drawn, rather than an outline.
    """

    element: str
    side: Side
    path: str
    is_line: bool = False


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the outlines of all bones, those behind first."""
    return (*_paired(_shoulder_blade()), *_spine(), *_paired(_chest()), *_breastbone(), *_head(), *_paired(_limbs()))


def _head() -> Iterator[Shape]:
    skull = (
        "M 163 62 C 160 24 178 10 200 10 C 222 10 240 24 237 62 C 237 72 233 76 231 82 L 227 96 "
        "C 220 104 180 104 173 96 L 169 82 C 167 76 163 72 163 62 Z"
    )
    jaw = (
        "M 168 84 L 172 99 C 182 107 218 107 228 99 L 232 84 C 234 98 231 112 222 120 C 214 127 186 127 178 120 "
        "C 169 112 166 98 168 84 Z"
    )
    yield Shape("cranium", Side.AXIAL, skull)
    yield Shape("mandible", Side.AXIAL, jaw)
    yield Shape("hyoid", Side.AXIAL, "M 188 131 C 190 139 210 139 212 131 L 209 131 C 208 135 192 135 191 131 Z")


def _spine() -> Iterator[Shape]:
    y = 128.0
    for region, n, height, first_width, last_width in (
        ("cervical vertebra", 7, 6.2, 18.0, 22.0),
        ("thoracic vertebra", 12, 10.2, 22.0, 30.0),
        ("lumbar vertebra", 5, 13.6, 32.0, 38.0),
    ):
        for i in range(n):
            width = first_width + (last_width - first_width) * i / (n - 1)
            yield Shape(f"{region} {i + 1}", Side.AXIAL, _box(MIDLINE - width / 2, y, width, height - 1.4, 2.4))
            y += height
    sacrum = "M 174 363 C 186 359 214 359 226 363 C 224 388 216 402 208 411 L 192 411 C 184 402 176 388 174 363 Z"
    yield Shape("sacrum", Side.AXIAL, sacrum)
    yield Shape("coccyx", Side.AXIAL, "M 193 413 L 207 413 C 206 420 203 425 200 430 C 197 425 194 420 193 413 Z")


def _breastbone() -> Iterator[Shape]:
    yield Shape(
        "manubrium", Side.AXIAL, "M 188 176 C 194 180 206 180 212 176 L 214 184 L 208 201 L 192 201 L 186 184 Z"
    )
    body = "M 192 203 L 208 203 L 210 250 C 208 258 204 260 203 268 L 197 268 C 196 260 192 258 190 250 Z"
    yield Shape("sternal body", Side.AXIAL, body)


def _shoulder_blade() -> Iterator[Drawn]:
    yield (
        "scapula",
        _outline([(52, 180), (70, 172), (88, 166), (98, 172), (94, 190), (82, 206), (68, 250), (60, 238)]),
        False,
    )


def _chest() -> Iterator[Drawn]:
    widths = (32, 44, 53, 60, 65, 69, 72, 74, 75, 74, 68, 56)
    ends = (17, 17, 18, 20, 23, 28, 34, 42, 50, 58, 62, 50)
    drops = (14, 24, 32, 39, 45, 50, 54, 56, 55, 50, 34, 20)
    for i, (width, end, drop) in enumerate(zip(widths, ends, drops, strict=True)):
        y = 176.0 + 10.2 * i
        path = (
            f"M {_xy(13, y)} C {_xy(5.85 + 0.55 * width, y - 9)} {_xy(width, y - 4)} {_xy(width, y + 0.42 * drop)} "
            f"C {_xy(width, y + 0.85 * drop)} {_xy(0.5 * (width + end) + 4, y + drop + 5)} {_xy(end, y + drop)}"
        )
        yield f"rib {i + 1}", path, True
    yield (
        "clavicle",
        _outline(
            [
                (13, 170),
                (30, 167),
                (56, 169),
                (80, 158),
                (92, 160),
                (91, 166),
                (80, 165),
                (58, 176),
                (30, 174),
                (14, 178),
            ]
        ),
        False,
    )


def _limbs() -> Iterator[Drawn]:
    """Arms and legs, by distance from the midline."""
    yield "humerus", _long_bone((102, 172), (116, 304), 20, 10, 24), False
    yield "ulna", _long_bone((113, 305), (126, 416), 13, 6, 7), False
    yield "radius", _long_bone((125, 309), (139, 417), 9, 7, 14), False
    yield from _hand()
    hip = [
        *((24, 366), (36, 350), (60, 340), (80, 348), (86, 366), (80, 382), (72, 394), (74, 408), (66, 420), (58, 440)),
        *((48, 454), (36, 450), (24, 440), (-2, 438), (-2, 420), (20, 414), (36, 412), (40, 400), (30, 388)),
    ]
    yield "os coxa", _outline(hip), False
    yield "femur", _femur(), False
    yield "fibula", _long_bone((71, 600), (66, 727), 9, 5, 9), False
    yield "tibia", _long_bone((53, 594), (52, 724), 33, 13, 20), False
    yield "patella", _circle(55, 583, 9.5), False
    yield from _foot()


def _femur() -> str:
    """Head and neck lead inwards from the shaft."""
    return _outline(
        [
            *(
                (58, 408),
                (66, 402),
                (75, 405),
                (80, 412),
                (88, 410),
                (94, 418),
                (93, 432),
                (86, 446),
                (78, 500),
                (74, 552),
            ),
            *(
                (78, 568),
                (77, 582),
                (66, 588),
                (55, 584),
                (44, 588),
                (35, 582),
                (36, 568),
                (58, 552),
                (66, 500),
                (72, 450),
            ),
            *((68, 432), (58, 424)),
        ]
    )


def _hand() -> Iterator[Drawn]:
    """Palm forward: the thumb is on the outside."""
    wrist = (
        *(("scaphoid", 144, 425), ("lunate", 136, 425), ("triquetral", 128, 425), ("pisiform", 122, 429)),
        *(("trapezium", 150, 434), ("trapezoid", 143, 435), ("capitate", 135, 436), ("hamate", 126, 437)),
    )
    for name, x, y in wrist:
        yield name, _circle(x, y, 4.2 if name != "pisiform" else 3.0), False
    rays = (
        (1, (154, 440), 38.0, (22, 16, 0, 13)),
        (2, (146, 443), 12.0, (30, 19, 13, 10)),
        (3, (138, 444), 4.0, (30, 21, 15, 10)),
        (4, (130, 444), -4.0, (28, 20, 14, 10)),
        (5, (123, 442), -13.0, (25, 16, 10, 9)),
    )
    yield from _rays("metacarpal", "hand", rays, 6.4)


def _foot() -> Iterator[Drawn]:
    """Turned out and seen from above."""
    yield "calcaneus", _outline([(50, 734), (64, 732), (70, 740), (68, 752), (58, 752), (50, 744)]), False
    yield "talus", _outline([(42, 728), (62, 728), (63, 738), (54, 744), (43, 742)]), False
    yield "navicular", _outline([(42, 744), (56, 746), (56, 752), (42, 751)]), False
    yield "cuboid", _outline([(66, 754), (74, 752), (77, 764), (68, 766)]), False
    for i, x in enumerate((44, 52, 60), start=1):
        yield f"cuneiform {i}", _outline([(x, 753), (x + 7, 754), (x + 7.5, 763), (x + 0.5, 763)]), False
    rays = (
        (1, (48, 765), 2.0, (17, 8, 0, 7)),
        (2, (57, 765), 8.0, (18, 6, 4, 4)),
        (3, (65, 766), 14.0, (17, 5, 3, 3.5)),
        (4, (72, 767), 20.0, (15, 5, 3, 3.5)),
        (5, (79, 766), 27.0, (14, 4, 3, 3)),
    )
    yield from _rays("metatarsal", "foot", rays, 6.6)


def _rays(
    root: str, where: str, rays: tuple[tuple[int, Point, float, tuple[float, ...]], ...], width: float
) -> Iterator[Drawn]:
    """Give each ray its bones, end to end; angles are degrees outwards from straight down."""
    for number, (x, y), degrees, lengths in rays:
        names = (
            f"{root} {number}",
            *(f"{row} {where} phalanx {number}" for row in ("proximal", "intermediate", "distal")),
        )
        dx, dy = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        wide = width * (1.15 if number == 1 else 1.0)
        for k, (name, length) in enumerate(zip(names, lengths, strict=True)):
            if length:
                end = x + dx * length, y + dy * length
                taper = wide * (1 - 0.1 * k)
                yield name, _long_bone((x, y), end, taper, 0.6 * taper, 0.9 * taper), False
                x, y = end[0] + dx * 1.6, end[1] + dy * 1.6


def _paired(bones: Iterator[Drawn]) -> Iterator[Shape]:
    """Draw each bone on both sides; numbers between bars in a path are distances from the midline."""
    for element, path, is_line in bones:
        for side, direction in ((Side.RIGHT, -1.0), (Side.LEFT, 1.0)):
            parts = path.split("|")
            drawn = "".join(
                part if k % 2 == 0 else f"{MIDLINE + direction * float(part):.1f}" for k, part in enumerate(parts)
            )
            yield Shape(element, side, drawn, is_line)


def _xy(x: float, y: float) -> str:
    """Write a point of a paired bone; bars mark what is mirrored."""
    return f"|{x:.2f}| {y:.1f}"


def _outline(points: Sequence[Point]) -> str:
    """Return a smooth closed curve about points: quadratic curves between the middles of the edges."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, (*points[1:], points[0]), strict=True)]
    curves = [
        f"Q {_xy(*point)} {_xy(*middle)}"
        for point, middle in zip((*points[1:], points[0]), [*middles[1:], middles[0]], strict=True)
    ]
    return f"M {_xy(*middles[0])} {' '.join(curves)} Z"


def _long_bone(start: Point, end: Point, first: float, shaft: float, last: float) -> str:
    """Return a bone along a line, with ends that are wider than its shaft."""
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    profile = [
        *((0.0, 0.30 * first), (0.02, 0.5 * first), (0.07, 0.5 * first), (0.2, 0.5 * shaft), (0.5, 0.5 * shaft)),
        *((0.8, 0.5 * shaft), (0.93, 0.5 * last), (0.98, 0.5 * last), (1.0, 0.30 * last)),
    ]

    def place(share: float, aside: float) -> Point:
        return start[0] + along[0] * length * share - along[1] * aside, start[1] + along[1] * length * share + along[
            0
        ] * aside

    one = [place(share, aside) for share, aside in profile]
    other = [place(share, -aside) for share, aside in reversed(profile)]
    return _outline([*one, *other])


def _circle(x: float, y: float, radius: float) -> str:
    return _outline(
        [
            (x + 1.13 * radius * math.cos(k * math.pi / 4), y + 1.13 * radius * math.sin(k * math.pi / 4))
            for k in range(8)
        ]
    )


def _box(x: float, y: float, width: float, height: float, corner: float) -> str:
    """Return a rectangle with round corners."""
    w, h = width - 2 * corner, height - 2 * corner
    return (
        f"M {x + corner:.1f} {y:.1f} h {w:.1f} q {corner} 0 {corner} {corner} v {h:.1f} "
        f"q 0 {corner} -{corner} {corner} h -{w:.1f} q -{corner} 0 -{corner} -{corner} v -{h:.1f} "
        f"q 0 -{corner} {corner} -{corner} Z"
    )
