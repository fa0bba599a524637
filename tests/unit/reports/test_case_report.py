"""The report of a case: complete, self-contained, safe, readable without colour or script."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from html.parser import HTMLParser

import numpy as np
import pytest

from homeward.identification.policy import Policy
from homeward.identification.results import Conclusion, JointResult, PairwiseResult, Resolution, Verdict
from homeward.reports import case_tables
from homeward.reports.case_report import report_fragment, report_page
from homeward.reports.page import report_css
from homeward.reports.policy_words import MEANINGS, policy_rows
from tests.unit.reports.cases import ARABIC, LONG, MALICIOUS, make_case, make_families, make_resolution

VOID = {"meta", "br", "link", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads a page and notes what tests ask about; fails on tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labelled_by: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [found["id"]] if found.get("id") else []
        self.labelled_by += [found["aria-labelledby"]] if found.get("aria-labelledby") else []
        self.links += [found["href"]] if found.get("href") else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(report_page(make_resolution()))


def words(page: Page) -> str:
    return " ".join(" ".join(page.text).split())


def test_the_page_is_one_file_that_loads_nothing():
    html = report_page(make_resolution())
    assert html.startswith("<!DOCTYPE html>")
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\((?!#)|\bstyle=|\son\w+=", html)
    assert set(re.findall(r"https?://[^\"'<> ]+", html)) <= {"http://www.w3.org/2000/svg"}


def test_the_fragment_stands_in_another_page_without_its_frame():
    fragment = report_fragment(make_resolution())
    assert fragment.startswith("<article")
    assert not re.search(r"<(html|head|body|style|main)\b", fragment)
    assert fragment.strip() in report_page(make_resolution())


def test_every_section_is_there_and_every_link_leads_somewhere(page: Page):
    sections = {"summary", "conclusions", "heat-map", "posterior", "families", "evidence", "parameters"}
    assert sections <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert set(page.labelled_by) <= set(page.ids)


def test_headings_are_in_order(page: Page):
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(later <= earlier + 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))


def test_tables_have_captions_and_their_headings_a_scope(page: Page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption")
    assert all(found.get("scope") in ("row", "col") for tag, found in page.tags if tag == "th")


def test_the_reasons_stand_in_full_width_under_their_conclusion(page: Page):
    html = report_page(make_resolution())
    row = html[html.index("about 3.2 million to one (log10 6.50) over 2 loci compared.") - 200 :]
    assert 'colspan="5" class="reasons"' in row[:200]
    assert html.count('rowspan="2"') == len(make_resolution().conclusions)


def test_tables_that_are_set_as_blocks_keep_their_roles(page: Page):
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    start = [i for i, (_, found) in enumerate(page.tags) if found.get("class") == "conclusions"]
    end = next(i for i, (tag, _) in enumerate(page.tags) if tag == "details")
    assert len(start) == 2
    for tag, found in page.tags[start[0] : end]:
        if tag in roles:
            assert found.get("role") == roles[tag]
        if tag == "th":
            assert found.get("role") == ("rowheader" if found["scope"] == "row" else "columnheader")


def test_the_marks_of_the_pedigrees_are_explained_once(page: Page):
    assert [found.get("class") for _, found in page.tags].count("legend") == 1


def test_the_summary_counts_what_came_out(page: Page):
    assert "4 samples, 3 missing persons in 2 families, 2 loci." in words(page)
    assert "Of the missing persons: 1 identified, 2 symmetric." in words(page)
    assert "Of the samples: 1 identified, 2 symmetric, 1 excluded." in words(page)
    assert "An identification is made and signed by people" in words(page)
    assert "the minimum of 0.001 was used" in words(page)


def test_symmetric_sets_are_said_exactly(page: Page):
    assert "The samples S1 and S2 are the missing persons M1 and M2, as a set." in words(page)


@pytest.mark.parametrize(
    ("samples", "missing", "sentence"),
    [
        (("S1",), ("M1", "M2"), "The sample S1 is one of the missing persons M1 and M2."),
        (("S1", "S2"), ("M1",), "The missing person M1 is one of the samples S1 and S2."),
        (("S1", "S2"), ("M1", "M2", "X"), "Each of the samples S1 and S2 is one of the missing persons M1, M2 and X."),
    ],
)
def test_symmetric_sets_of_unequal_size_are_said_exactly(
    samples: tuple[str, ...], missing: tuple[str, ...], sentence: str
):
    conclusion = Conclusion("sample", samples[0], None, Verdict.SYMMETRIC, 1.0, 5.0, 1.0, (), samples, missing)
    resolution = replace(make_resolution(), conclusions=(conclusion,))
    assert case_tables.symmetric_sentences(resolution)[0].startswith(sentence)


def test_a_posterior_that_is_not_exactly_one_is_never_printed_as_one():
    text = words(Page(report_fragment(make_resolution())))
    assert "1 - 1.0e-18" in text
    assert "1.0000" not in text
    assert "100%" not in text


def test_a_bounded_posterior_claims_no_more_digits_than_it_has():
    resolution = make_resolution()
    joint = replace(resolution.joint, errors=np.full_like(resolution.joint.errors, 1e-6))
    page = Page(report_page(replace(resolution, joint=joint)))
    assert "bounded: none is off by more than 1.0e-6" in words(page)
    assert "1 - 1.0e-18" not in words(page)


def test_loci_are_shown_for_concluded_pairings_only():
    assert case_tables.concluded_pairs(make_resolution()) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)]


def test_the_loci_of_a_pairing_add_up_and_carry_their_remarks():
    table = case_tables.locus_table(make_resolution(), 2, 2)
    assert (table.sample, table.missing, table.family) == (LONG, ARABIC, "F2")
    assert table.relatives == ["Khadija <b>"]
    assert [row.log10_lr for row in table.rows] == ["4.0000", "2.5000"]
    assert table.total_log10 == "6.5000"
    assert table.sex_log10 == "0.3000"
    assert table.rows[0].sample == "15, 16"
    assert table.rows[0].notes == ["needs a mutation"]
    assert table.rows[1].notes == ["an allele may be unseen"]


def test_a_locus_that_was_not_compared_or_contradicts_says_so():
    table = case_tables.locus_table(make_resolution(), 3, 2)
    assert "the relatives contradict the pedigree" in table.rows[0].notes
    assert table.rows[1].notes == ["not compared"]
    assert table.total_words.startswith("not defined")


def test_every_field_of_the_policy_is_printed_with_its_meaning(page: Page):
    assert set(MEANINGS) == {field.name for field in fields(Policy)}
    for title, value, meaning in policy_rows(Policy()):
        assert {title, value, meaning} <= set(page.text)


def test_panel_inputs_and_version_are_printed(page: Page):
    assert "Homeward 9.8.7" in words(page)
    assert "ab" * 32 in page.text
    assert "stepwise, rate 0.001, step ratio 0.1, microvariant rate 1e-06" in page.text
    assert "theta (co-ancestry) 0.01" in words(page)


def test_names_of_any_kind_are_escaped(page: Page):
    html = report_page(make_resolution())
    assert "<script" not in html
    assert "<every>" not in html
    assert MALICIOUS in page.text
    assert ARABIC in page.text
    assert LONG in page.text


def test_names_from_right_to_left_do_not_move_the_words_around_them(page: Page):
    (text,) = {t for t in page.text if t.startswith("S1 is M1; S2 is M2;")}
    assert f"\N{FIRST STRONG ISOLATE}{ARABIC}\N{POP DIRECTIONAL ISOLATE}; 1 sample is nobody" in text


def test_colours_of_text_have_enough_contrast_on_white():
    for colour in ("#1f2933", "#52606d", "#0b4f6c", "#4a3b2b"):
        assert colour in report_css()
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in channels)
        assert 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) >= 4.5  # WCAG 2 AA


def test_style_rules_touch_nothing_outside_the_report():
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{|@page[^}]*\}", "", report_css(), flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", rules):
        assert all(s.strip().startswith((".homeward-report", ".homeward-page")) for s in selectors.split(","))


def large_resolution(n_families: int) -> Resolution:
    """Return one sample against as many families of one missing person, of which the first is identified."""
    case = make_case()
    template = make_families()[1]
    families = tuple(
        replace(template, id=f"F{i}", missing=(replace(template.missing[0], id=f"lost {i}"),))
        for i in range(n_families)
    )
    log10_lr = np.full((4, n_families, 2), -3.0)
    log10_lr[0, 0] = 4.0
    flags = np.zeros((4, n_families, 2), dtype=bool)
    pairwise = PairwiseResult(
        log10_lr,
        flags,
        ~flags,
        np.zeros((4, n_families)),
        np.ones((4, n_families), dtype=bool),
        np.zeros((n_families, 2)),
        np.zeros((n_families, 2)),
    )
    posterior = np.zeros((4, n_families + 1))
    posterior[0, 0], posterior[0, -1] = 0.9999, 0.0001
    posterior[1:, -1] = 1.0
    joint = JointResult(posterior, np.zeros_like(posterior), True, log10_lr.sum(axis=2), ())
    good = Conclusion("missing", "S1", "lost 0", Verdict.IDENTIFIED, 8.0, 8.0, 0.9999, ())
    return replace(
        make_resolution(), case=replace(case, families=families), pairwise=pairwise, joint=joint, conclusions=(good,)
    )


def test_a_large_case_shows_the_families_that_matter_and_stays_small():
    resolution = large_resolution(150)
    html = report_page(resolution)
    assert html.count('class="family"') == 1
    assert "149 families that no conclusion names are left out here." in html
    assert "lost 0: 0.9999; none of them: 1.0e-4" in html
    assert len(html) < 100_000


def test_a_case_without_conclusions_or_inputs_still_has_every_section():
    resolution = replace(make_resolution(), conclusions=(), inputs=())
    text = words(Page(report_page(resolution)))
    assert "No conclusion names a pairing." in text
    assert "No file: the case was made in memory." in text
