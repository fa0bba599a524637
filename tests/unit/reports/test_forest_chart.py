"""Charts of values by row."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from homeward.reports.forest_chart import WIDTH, ForestRow, ForestSection, draw_forest

SVG = "{http://www.w3.org/2000/svg}"


def chart(rows, series=("H1",), origins=None):
    section = ForestSection("Loci", "log10 LR", tuple(rows), origins or (0.0,) * len(series))
    return ElementTree.fromstring(draw_forest([section], series, title="Chart"))


def words(drawing):
    return [element.text for element in drawing.iter(f"{SVG}text")]


def test_every_row_has_its_label_and_value():
    drawing = chart([ForestRow("L1", (1.25,)), ForestRow("L2", (-0.5,))])
    assert [word for word in words(drawing) if word in ("L1", "1.25", "L2", "−0.50")] == ["L1", "1.25", "L2", "−0.50"]


def test_values_lie_on_their_side_of_the_line():
    drawing = chart([ForestRow("L1", (2.0,)), ForestRow("L2", (-1.0,))])
    bars = [path.get("d") for path in drawing.iter(f"{SVG}path") if path.get("opacity")]
    (a, b), (c, d) = [tuple(map(float, re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", bar).groups())) for bar in bars]
    assert a == c
    assert b > a > d
    assert 0 < d < b < WIDTH


def test_an_impossible_value_is_an_arrow_and_a_missing_one_nothing():
    drawing = chart([ForestRow("L1", (-math.inf,)), ForestRow("L2", (math.nan,)), ForestRow("L3", (1.0,))])
    assert [path for path in drawing.iter(f"{SVG}path") if path.get("stroke-width") == "2"] != []
    assert "-∞" in " ".join(filter(None, words(drawing))).replace("−", "-")


def test_several_series_have_a_legend_and_shapes_of_their_own():
    drawing = chart([ForestRow("L1", (1.0, 0.5))], ("full", "half"))
    assert {"full", "half"} <= set(words(drawing))
    outlines = {path.get("d") for path in drawing.iter(f"{SVG}path") if path.get("transform")}
    assert len(outlines) == 2


def test_one_value_everywhere_has_a_scale_still():
    assert "5.0" in " ".join(filter(None, words(chart([ForestRow("L1", (5.0,))], origins=(5.0,)))))


def test_a_name_cannot_bring_markup_and_is_told_to_screen_readers():
    section = ForestSection("<i>", "log10 LR", (ForestRow("<b>", (1.0,)),), (0.0,))
    svg = draw_forest([section], ["<u>"], title="<s>")
    assert not re.search(r"<[bius]>", svg)
    assert "&lt;b&gt; 1.00" in svg
