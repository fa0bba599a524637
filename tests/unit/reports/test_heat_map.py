"""The heat map says every number in figures or words, at any size."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from homeward.reports.heat_map import cell_colour, draw_heat_map

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def names(prefix: str, n: int) -> list[str]:
    return [f"{prefix}{i}" for i in range(n)]


def test_every_cell_says_its_number_or_its_mark():
    values = np.array([[5.5, -2.25, -np.inf], [np.nan, 3.0, 0.0]])
    allowed = np.array([[True, True, True], [True, False, True]])
    svg = draw_heat_map(values, ["S1", "S2"], names("M", 3), allowed=allowed)
    assert {"5.50", "-2.25", "×", "?", "–", "0.00"} <= set(texts(svg))
    tips = [element.text for element in ET.fromstring(svg).iter(f"{SVG}title")]
    assert "S1, M2: impossible" in tips
    assert "S2, M1: not allowed by the recorded sexes" in tips


def test_sixty_by_sixty_is_drawn_whole():
    svg = draw_heat_map(np.full((60, 60), -1.0), names("S", 60), names("M", 60))
    assert len([t for t in texts(svg) if t == "-1"]) == 60 * 60


def test_a_larger_map_shows_what_has_support_and_says_what_was_left_out():
    values = np.full((200, 80), -5.0)
    values[7, 11] = values[150, 11] = 4.0
    svg = draw_heat_map(values, names("S", 200), names("M", 80))
    written = texts(svg)
    assert {"S7", "S150", "M11"} <= set(written)
    assert "S8" not in written
    assert any("198 samples and 79 missing persons" in text for text in written)


def test_a_larger_map_never_shows_more_than_sixty_rows_or_columns():
    rng = np.random.default_rng(1)
    svg = draw_heat_map(rng.uniform(1, 9, (300, 300)), names("S", 300), names("M", 300))
    written = set(texts(svg))
    assert len(written & set(names("S", 300))) == 60
    assert len(written & set(names("M", 300))) == 60


@pytest.mark.parametrize("values", [np.zeros((0, 0)), np.full((70, 70), -1.0)])
def test_a_map_with_nothing_to_show_says_so(values: np.ndarray):
    svg = draw_heat_map(values, names("S", values.shape[0]), names("M", values.shape[1]))
    assert len(texts(svg)) == 1


def test_support_is_blue_and_the_opposite_is_not():
    support, against = cell_colour(8.0), cell_colour(-8.0)
    assert int(support[5:], 16) > int(support[1:3], 16)
    assert int(against[5:], 16) < int(against[1:3], 16)
    assert cell_colour(0.0) == cell_colour(float("nan")) == "#ffffff"


@pytest.mark.parametrize("log10_lr", np.linspace(-12, 12, 49))
def test_the_number_in_a_cell_has_enough_contrast(log10_lr: float):
    svg = draw_heat_map(np.array([[log10_lr]]), ["S"], ["M"])
    cell = ET.fromstring(svg).find(f"{SVG}g")
    assert cell is not None
    fill, ink = (cell.find(f"{SVG}{kind}").get("fill") for kind in ("rect", "text"))  # type: ignore[union-attr]
    assert contrast(fill, ink) >= 4.5  # WCAG 2 AA


def contrast(one: str | None, other: str | None) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    assert one is not None
    assert other is not None
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_labels_of_any_kind_are_escaped_and_long_ones_shortened():
    nasty = '<script>"&\x00' + "x" * 200
    svg = draw_heat_map(np.array([[1.0]]), [nasty], ["أحمد"])
    assert "<script>" not in svg
    assert "أحمد" in texts(svg)
    assert all(len(text) < 60 for text in texts(svg))
