"""The reports of one explained LR and of competing pedigrees."""

from __future__ import annotations

import re

import pytest

from homeward.examples import WORKED_CASE
from homeward.formats.case_folder_reader import read_case_folder
from homeward.identification.explain import explain
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.numbers import format_log10
from homeward.reports.explanation_report import explanation_page
from homeward.reports.kinship_report import kinship_page
from tests.unit.formats.case_texts import KINSHIP, write_texts


@pytest.fixture(scope="module")
def explanation():
    return explain(read_case_folder(WORKED_CASE), "R-06", "C-3")


@pytest.fixture
def kinship(tmp_path):
    return compare_pedigrees(read_case_folder(write_texts(tmp_path / "toy", KINSHIP)))


@pytest.fixture(params=["explanation", "kinship"])
def page(request):
    result = request.getfixturevalue(request.param)
    return explanation_page(result) if request.param == "explanation" else kinship_page(result)


def test_a_page_is_one_file_that_loads_nothing(page):
    assert page.count("<h1>") == 1
    assert not re.search(r"<script|\bstyle=|\bon\w+=|src=|@import|url\((?!#)", page)
    assert not re.search(r'href="(?!#)', page)
    assert "<svg" in page


def test_an_explanation_shows_every_locus_and_their_sum(explanation):
    page = explanation_page(explanation)
    for locus in explanation.loci:
        assert f'<th scope="row">{locus.locus}</th>' in page
        assert f'<td class="number">{format_log10(locus.log10_lr, decimals=4)}</td>' in page
    assert f'<td class="number">{format_log10(explanation.log10_lr, decimals=4)}</td>' in page
    assert "R-06?" in page


def test_a_comparison_shows_every_pedigree_with_lr_and_posterior(kinship):
    page = kinship_page(kinship)
    assert [h.name for h in kinship.case.hypotheses] == re.findall(r"<h3[^>]*><bdi>([^<]*)</bdi></h3>", page)
    # The man 9/10 gives 9 with 1/2, the population with 0.25: LR 2; priors 1 : 3.
    assert "about 2.0 to one" in page
    assert "0.4000" in page
    assert "The most probable is Unrelated: 0.75 before the DNA, 0.6000 after it." in page


def test_names_are_escaped(tmp_path):
    texts = {name: text.replace("Unrelated", "<b>R&D</b>") for name, text in KINSHIP.items()}
    page = kinship_page(compare_pedigrees(read_case_folder(write_texts(tmp_path / "toy", texts))))
    assert "<b>R" not in page
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in page
