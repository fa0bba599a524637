"""Drawings of pedigrees: standard symbols, words for screen readers, nothing that a strict policy would block."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from homeward.genetics.pedigree import Sex, build_pedigree
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries
from tests.unit.reports.pedigree_shapes import SHAPES, family

SVG = "{http://www.w3.org/2000/svg}"


def person(svg: str, name: str) -> ET.Element:
    (found,) = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("data-person") == name]
    return found


def test_sex_is_shown_by_shape():
    sexes = {"he": Sex.MALE, "she": Sex.FEMALE, "they": Sex.UNKNOWN}
    svg = draw_pedigree(build_pedigree(list(sexes), sexes, {}, {}, where="test"), title="three people")
    shapes = {name: next(c.tag for c in person(svg, name) if c.tag != f"{SVG}title") for name in sexes}
    assert shapes == {"he": f"{SVG}rect", "she": f"{SVG}circle", "they": f"{SVG}polygon"}


def test_typed_missing_and_candidates_are_marked_without_colour():
    svg = draw_pedigree(
        SHAPES["trio"], typed={"F"}, missing={"C"}, candidates={"C": ["S1"]}, labels={"C": "The child"}, title="t"
    )
    assert "url(#hatch-" in ET.tostring(person(svg, "F"), encoding="unicode")
    child = person(svg, "C")
    assert [t.text for t in child.iter(f"{SVG}text")] == ["?", "The child", "S1"]
    assert any(e.get("stroke-dasharray") for e in child)
    assert person(svg, "C").findtext(f"{SVG}title") == "C (sex unknown, missing, S1)"


def test_unnamed_founders_are_small_and_without_a_label():
    svg = draw_pedigree(SHAPES["unnamed parents"], title="t")
    unnamed = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if (g.get("data-person") or "").startswith("(")]
    assert len(unnamed) == 4
    assert not any(list(g.iter(f"{SVG}text")) for g in unnamed)


@pytest.mark.parametrize(("shape", "n_double"), [("first cousins", 1), ("three wives", 0), ("uncle and niece", 1)])
def test_partners_who_are_relatives_are_joined_by_a_double_line(shape: str, n_double: int):
    assert draw_pedigree(SHAPES[shape], title="t").count('class="double"') == n_double


@pytest.mark.parametrize("shape", SHAPES)
def test_everybody_is_drawn_once_and_every_union_has_its_lines(shape: str):
    pedigree = SHAPES[shape]
    root = ET.fromstring(draw_pedigree(pedigree, title=shape))
    drawn = [g.get("data-person") for g in root.iter(f"{SVG}g") if g.get("class") == "person"]
    assert sorted(drawn, key=str) == sorted(pedigree.ids)
    n_unions = len({tuple(row) for row in pedigree.parents.tolist()} - {(-1, -1)})
    assert len([p for p in root.iter(f"{SVG}path") if p.get("class") == "partners"]) == n_unions
    assert len([p for p in root.iter(f"{SVG}path") if p.get("class") == "descent"]) == n_unions


def test_the_drawing_is_named_and_described_for_screen_readers():
    svg = draw_pedigree(SHAPES["trio"], typed={"F"}, title="Pedigree of family 7")
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Pedigree of family 7"
    assert "F (male, typed)." in (root.findtext(f"{SVG}desc") or "")
    assert "C (sex unknown), child of F and M." in (root.findtext(f"{SVG}desc") or "")


def test_the_drawing_has_no_script_and_no_style_attribute():
    svg = draw_pedigree(SHAPES["sixty people"], typed={"E0"}, missing={"E1"}, title="t")
    assert not re.search(r"style=|<script|<style|href|\bon\w+=", svg)


def test_names_of_any_kind_are_escaped_and_long_ones_shortened():
    names = ('<script>alert("x")</script>', "Søren & Æ", "أحمد بن علي", "李" * 80, "bell\x07")
    svg = draw_pedigree(family(others=names), candidates={names[0]: ["<b>S1</b>"]}, title='<&">')
    root = ET.fromstring(svg)
    assert "<script>" not in svg
    written = [t.text or "" for t in root.iter(f"{SVG}text")]
    assert "أحمد بن علي" in written
    assert "Søren & Æ" in written
    assert max(map(len, written)) < 40
    assert {g.get("data-person") for g in root.iter(f"{SVG}g")} >= set(names[:4])


def test_the_legend_explains_every_mark_and_its_hatching_is_defined():
    entries = {words: svg for svg, words in legend_entries()}
    marks = {"male", "female", "sex unknown", "typed", "missing", "partners are relatives", "unnamed parent"}
    assert marks < set(entries)
    (hatch,) = re.findall(r"url\(#([\w-]+)\)", entries["typed"])
    assert f'<pattern id="{hatch}"' in entries["typed"]
    assert all(ET.fromstring(svg).get("aria-hidden") == "true" for svg in entries.values())


def test_notes_stand_below_a_name_and_cannot_bring_markup():
    pedigree = build_pedigree(["A", "B"], {}, {"A": "B"}, {}, where="test")
    drawing = draw_pedigree(pedigree, notes={"A": ["15/16", "<b>"]}, title="Notes")
    written = [element.text for element in ET.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert written == ["A", "15/16", "<b>", "B"]
    assert "<b>" not in drawing
