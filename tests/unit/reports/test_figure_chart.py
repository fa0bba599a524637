"""Figures over time as a drawing: well-formed, every figure in it, nothing told by colour alone."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from homeward.reports.chart_scales import Scale, date_ticks, number_ticks
from homeward.reports.figure_chart import FURTHER_RULES, NO_RULE, SHAPES, ChartFigure, draw_figure_chart

SVG = "{http://www.w3.org/2000/svg}"


def figure(value=7699.0, day=date(2018, 6, 18), **said):
    usual = {
        "low": value,
        "high": value,
        "first": day,
        "last": day,
        "exactness": "exact",
        "rule": "",
        "words": f"{value:,.0f}",
        "told": "DPAA, as of some day",
        "address": f"/record/figure/f-{value:.0f}/",
    }
    return ChartFigure(**{**usual, **said})


def drawn(*figures, title="Unaccounted for", unit="people"):
    return ElementTree.fromstring(draw_figure_chart(figures, title=title, unit=unit))


def words(svg):
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_every_figure_is_a_link_to_its_page():
    figures = [figure(7000.0 + number, date(2000 + number, 1, 1)) for number in range(25)]
    addresses = {link.get("href") for link in drawn(*figures).iter(f"{SVG}a")}
    assert addresses == {one.address for one in figures}


def test_the_drawing_has_a_name_and_a_description_for_screen_readers():
    svg = drawn(figure(), figure(7544.0, date(2022, 4, 1)), title="Those unaccounted for")
    assert svg.find(f"{SVG}title").text == "Those unaccounted for"
    described = svg.find(f"{SVG}desc").text
    assert "2 figures" in described
    assert "lowest 7,544" in described
    assert "highest 7,699" in described


def test_what_strict_browsers_refuse_is_not_in_the_drawing():
    svg = draw_figure_chart([figure(exactness="about"), figure(8000.0, exactness="below")], title="t", unit="u")
    assert "style" not in svg
    assert "<script" not in svg
    assert re.search(r"\son\w+=", svg) is None


def test_words_of_the_record_cannot_become_markup():
    hostile = '</title><script>alert(1)</script>"&\x07'
    svg = drawn(figure(words=hostile, told=hostile, rule=hostile, address='/"><b>'), title=hostile, unit=hostile)
    tags = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert tags <= {"svg", "title", "desc", "path", "text", "a", "circle", "rect"}


def test_each_rule_has_a_shape_of_its_own_and_a_line_in_the_legend():
    svg = drawn(figure(1.0), figure(2.0, rule="since 1982"), figure(3.0, rule="since 1973"))
    links = list(svg.iter(f"{SVG}a"))
    assert [link.find(f"{SVG}circle") is not None for link in links] == [True, False, False]
    shapes = {link.find(f"{SVG}path").get("d").partition("m")[2] for link in links[1:]}
    assert len(shapes) == 2
    legend = words(svg)
    assert NO_RULE in legend
    assert "Counted by the rule: since 1982" in legend
    assert "Counted by the rule: since 1973" in legend


def test_more_rules_than_shapes_share_the_last_one_and_say_so():
    svg = drawn(*(figure(float(number), rule=f"rule {number}") for number in range(1, len(SHAPES) + 4)))
    assert FURTHER_RULES in words(svg)


def test_a_figure_that_is_only_about_right_is_hollow():
    exact, about = (drawn(figure(exactness=one)).find(f".//{SVG}a/{SVG}circle") for one in ("exact", "about"))
    assert exact.get("fill") == exact.get("stroke")
    assert about.get("fill") != about.get("stroke")


@pytest.mark.parametrize(("exactness", "sign"), [("above", "v-16"), ("below", "v16")])
def test_more_than_points_up_and_nearly_points_down(exactness, sign):
    arrow = drawn(figure(exactness=exactness)).find(f".//{SVG}a/{SVG}path")
    assert sign in arrow.get("d")


def test_a_range_is_a_bar_from_its_lower_to_its_upper_end():
    svg = drawn(figure(50.0, low=50.0, high=55.0), figure(40.0), figure(60.0))
    bar = svg.find(f".//{SVG}a/{SVG}rect")
    ends = sorted(float(circle.get("cy")) for circle in svg.findall(f".//{SVG}a[{SVG}rect]/{SVG}circle"))
    assert float(bar.get("y")) == ends[0]
    assert float(bar.get("height")) == pytest.approx(ends[1] - ends[0], abs=0.2)


def test_a_date_that_is_not_one_day_is_a_line_across():
    year = figure(7500.0, first=date(2025, 1, 1), last=date(2025, 12, 31))
    assert "Line across: some day of this time." in words(drawn(year))
    assert not any("ine across" in text for text in words(drawn(figure())))


def test_a_date_open_on_one_side_stays_within_the_drawing():
    svg = drawn(figure(1.0, first=date.min, last=date(1954, 9, 1)), figure(2.0, date(1956, 1, 1)))
    numbers = [float(number) for path in svg.iter(f"{SVG}path") for number in re.findall(r"-?\d+\.?\d*", path.get("d"))]
    assert max(map(abs, numbers)) < 1000


def test_the_current_value_has_a_ring():
    assert "ring: the current value" in " ".join(words(drawn(figure(is_current=True)))).lower()


def test_values_are_written_beside_marks_without_lying_over_each_other():
    figures = [figure(7690.0 + number, date(2018, 6, 18 + number)) for number in range(10)]
    svg = drawn(*figures, figure(8200.0, date(1999, 7, 7)))
    boxes = [
        (float(text.get("x")), float(text.get("y")))
        for text in svg.findall(f"{SVG}text")
        if text.get("fill") == "#1f2933" and text.text in {one.words for one in figures}
    ]
    assert all(
        abs(one[0] - other[0]) > 20 or abs(one[1] - other[1]) >= 14
        for number, one in enumerate(boxes)
        for other in boxes[:number]
    )


def test_a_scale_that_does_not_begin_at_nought_says_so():
    assert any("does not begin at nought" in text for text in words(drawn(figure(7699.0), figure(7740.0))))
    assert not any("does not begin at nought" in text for text in words(drawn(figure(0.0), figure(55.0))))


def test_no_figures_make_no_drawing():
    assert draw_figure_chart([], title="t", unit="u") == ""


@pytest.mark.parametrize("value", [0.0, 1.0, 7699.0, 0.25, 897_000.0])
def test_one_figure_alone_is_drawn(value):
    assert len(list(drawn(figure(value)).iter(f"{SVG}a"))) == 1


def test_numbers_along_a_scale_are_round():
    assert [words for _, words in number_ticks(7400.0, 8200.0)] == ["7,400", "7,600", "7,800", "8,000", "8,200"]
    assert [words for _, words in number_ticks(0.0, 0.9)] == ["0.0", "0.2", "0.4", "0.6", "0.8"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(1999, 6, 1), date(2025, 6, 1), ["2000", "2005", "2010", "2015", "2020", "2025"]),
        (date(2018, 5, 20), date(2018, 9, 22), ["Jun 2018", "Jul 2018", "Aug 2018", "Sep 2018"]),
        (date(2018, 7, 11), date(2018, 7, 14), ["11 Jul 2018", "12 Jul", "13 Jul", "14 Jul"]),
    ],
)
def test_days_along_a_scale_are_years_months_or_days(first, last, expected):
    assert [words for _, words in date_ticks(first.toordinal(), last.toordinal())] == expected


def test_no_stretch_of_time_has_more_days_than_fit():
    for span in (1, 20, 79, 81, 300, 899, 901, 10_000, 300_000, 700_000):
        assert 1 <= len(date_ticks(20_000.0, 20_000.0 + span)) <= 16


def test_a_scale_keeps_values_beyond_its_ends_at_its_ends():
    scale = Scale(0.0, 10.0, 100.0, 200.0)
    assert (scale.within(-5.0), scale.within(5.0), scale.within(50.0)) == (100.0, 150.0, 200.0)
