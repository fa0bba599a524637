import xml.etree.ElementTree as ET

import numpy as np
import pytest

from homeward.reports.ibd_triangle import TrianglePoint, draw_ibd_triangle


def point(kappa0, kappa2, name, stated, *, is_finding=False):
    return TrianglePoint(kappa0, kappa2, name, stated, "stated so", is_finding)


POINTS = [
    point(0.25, 0.25, "A and B", np.array([0.25, 0.5, 0.25])),
    point(0.0, 0.0, "<P> and C", np.array([0.0, 1.0, 0.0]), is_finding=True),
    point(0.9, 0.02, "X and Y", None),
]


def test_the_drawing_is_well_formed_and_names_every_pair():
    svg = draw_ibd_triangle(POINTS, title="Pairs & more")
    titles = [element.text for element in ET.fromstring(svg).iter() if element.tag.endswith("title")]
    assert titles[0] == "Pairs & more"
    assert sum("kappa 0" in title for title in titles) == 3
    assert "<script" not in svg
    assert " style=" not in svg


def test_only_what_is_there_stands_in_the_legend():
    svg = draw_ibd_triangle(POINTS[:1], title="One")
    assert "full siblings" in svg
    assert ">with a finding<" not in svg
    assert "parent and child" not in svg


def test_findings_are_labelled_and_their_labels_keep_apart():
    many = [point(0.5, 0.1, f"pair {i}", None, is_finding=True) for i in range(5)]
    root = ET.fromstring(draw_ibd_triangle(many, title="Many"))
    heights = [
        float(e.attrib["y"]) for e in root.iter() if e.tag.endswith("text") and (e.text or "").startswith("pair")
    ]
    assert len(heights) == 5
    assert np.diff(sorted(heights)).min() == pytest.approx(13)


def test_no_pairs_make_an_empty_triangle():
    assert "<svg" in draw_ibd_triangle([], title="None")
