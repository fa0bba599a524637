"""Pedigrees compared from a notebook."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import polars as pl
import pytest

from homeward.core.errors import InputError
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.notebook import half_siblings, kinship, panel, pedigree, siblings, trio, unrelated

TABLE = {"L1": {"12": 0.1, "13": 0.2, "14": 0.7}, "L2": {"8": 0.25, "9": 0.75}}
DUO = {"child": {"L1": "12/13", "L2": "8/8"}, "father": {"L1": "12/14", "L2": "8/9"}}
CAUCASIAN = "NIST 1036, US Caucasian"


class Elements(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def duo(**options):
    return kinship(trio(), DUO, TABLE, **options)


def test_a_duo_has_the_textbook_paternity_index():
    # L1: 1/(4 p12) = 2.5; L2: 1/(2 p8) = 2.
    result = duo()
    assert 10**result.total_log10_lr == pytest.approx(5.0, rel=1e-12)
    assert result.log10_lr == {"related": pytest.approx(np.log10(5.0)), "unrelated": 0.0}
    assert result.posterior["related"] == pytest.approx(5 / 6)


def test_priors_weigh_the_pedigrees():
    result = duo(prior={"related": 1, "unrelated": 5})
    assert result.posterior["related"] == pytest.approx(0.5)


def test_one_family_alone_is_compared_with_strangers():
    alone = kinship(siblings("child", "father"), DUO, TABLE)
    both = kinship([siblings("child", "father"), unrelated("child", "father")], DUO, TABLE)
    assert alone.total_log10_lr == both.total_log10_lr
    assert both.names == ("H1", "H2")


def test_sentences_and_pedigrees_serve_as_families():
    words = kinship({"H1": "father is father of child", "H2": unrelated("child", "father").pedigree}, DUO, TABLE)
    assert words.total_log10_lr == pytest.approx(duo().total_log10_lr, abs=1e-12)


def test_whoever_is_in_one_family_only_is_a_stranger_in_the_others():
    result = kinship({"H1": trio(), "H2": pedigree().person("child")}, DUO, TABLE)
    assert result.total_log10_lr == pytest.approx(duo().total_log10_lr, abs=1e-12)


def test_a_table_has_a_row_for_each_locus():
    table = duo().table()
    assert isinstance(table, pl.DataFrame)
    assert table["locus"].to_list() == ["L1", "L2"]
    assert table["child"].to_list() == ["12/13", "8/8"]
    assert (10 ** table["log10 LR related"].to_numpy()) == pytest.approx([2.5, 2.0])


def test_a_mutation_model_is_said_in_words():
    profiles = {"child": {"L1": "13/13"}, "father": {"L1": "12/12"}}
    result = kinship(trio(), profiles, TABLE, mutation="equal 0.001")
    # The father hands on 13 after a mutation, 0.001/2; the mother an unchanged 13 or, after a mutation, another allele.
    maternal = 0.2 * 0.999 + 0.8 * 0.0005
    assert 10**result.total_log10_lr == pytest.approx(0.0005 * maternal / 0.2**2, rel=1e-9)
    assert result.table()["remarks"].to_list() == ["related needs a mutation"]
    model = MutationModel(MutationKind.EQUAL, 0.001)
    assert kinship(trio(), profiles, TABLE, mutation=model).total_log10_lr == result.total_log10_lr


def test_the_rates_of_the_loci_come_with_a_bundled_database():
    made = panel(CAUCASIAN, ["FGA", "TH01"], mutation="stepwise")
    assert made.loci[0].male_mutation.rate > made.loci[1].male_mutation.rate > 0


def test_a_kit_names_its_loci():
    assert len(panel(CAUCASIAN, "GlobalFiler")) == 21


def test_theta_draws_the_lr_of_shared_alleles_to_one():
    result = kinship(trio(), {"child": {"L1": "12/12"}, "father": {"L1": "12/12"}}, TABLE, theta=0.03)
    assert 10**result.total_log10_lr == pytest.approx((1 + 2 * 0.03) / (3 * 0.03 + 0.97 * 0.1), rel=1e-9)


def test_a_minimum_frequency_serves_an_allele_that_nobody_counted():
    profiles = {"child": {"TH01": "6/4"}, "father": {"TH01": "4/9"}}
    result = kinship(trio(), profiles, CAUCASIAN, minimum_frequency="5/2N").result
    by_rule = result.case.panel.loci[0]
    assert "allele 4 had no frequency" in result.notes[0]
    assert by_rule.frequency("4") == pytest.approx(5 / 722, rel=0.05)
    given = kinship(trio(), profiles, CAUCASIAN, minimum_frequency=0.01).result.case.panel.loci[0]
    assert given.frequency("4") == pytest.approx(0.01, rel=0.05)


def test_several_populations_are_compared_and_shown_in_the_first():
    profiles = {"child": {"TH01": "6/7"}, "father": {"TH01": "6/9"}}
    names = ["NIST 1036, US Asian", CAUCASIAN]
    together = kinship(trio(), profiles, names)
    alone = [kinship(trio(), profiles, name).total_log10_lr for name in names]
    assert together.total_log10_lr == alone[0]
    assert [one.log10_lr[0] for one in together.result.populations] == pytest.approx(alone)
    assert "Most conservative" in together._repr_html_()


def test_linked_loci_count_jointly_and_say_so():
    profiles = {"A": {"vWA": "16/17", "D12S391": "18/21"}, "B": {"vWA": "16/18", "D12S391": "18/19"}}
    alone, linked = (kinship(half_siblings(), profiles, CAUCASIAN, linkage=word) for word in ("none", "haldane"))
    (group,) = linked.result.linked
    assert linked.total_log10_lr == pytest.approx(group.log10_lr_linked[0])
    assert alone.total_log10_lr == pytest.approx(group.log10_lr_unlinked[0])
    assert linked.total_log10_lr > alone.total_log10_lr
    assert "count jointly, as they are linked" in str(linked.explain())
    assert "Recombination" in linked._repr_html_()
    assert linked.sensitivity().sensitivity.left_out[0].lowest[0] == "vWA, D12S391"


def test_an_explanation_has_a_table():
    table = duo().explain().table()
    assert table["formula"].to_list() == ["LR = 1/(4·p12) = 2.5", "LR = 1/(2·p8) = 2"]
    assert table["frequencies"].to_list() == ["12: 0.1; 13: 0.2; 14: 0.7", "8: 0.25; 9: 0.75"]


def test_a_man_has_one_allele_at_an_x_linked_locus():
    made = panel(TABLE, ["L1"])
    x_linked = replace(made, loci=(replace(made.loci[0], chromosome="X"),))
    family = pedigree("F is father of D; D is female")
    # A daughter has her father's only allele: LR = 1 / (2 p12) for 12/13 and 12.
    result = kinship(family, {"D": {"L1": "12/13"}, "F": {"L1": "12"}}, x_linked)
    assert 10**result.total_log10_lr == pytest.approx(1 / (2 * 0.1), rel=1e-9)


def test_a_dropout_may_hide_an_allele():
    profiles = {"child": {"L1": "13/13"}, "father": {"L1": "12/12"}}
    result = kinship(trio(), profiles, TABLE, dropout={"father": 0.1})
    assert result.table()["remarks"].to_list() == ["related needs a dropout"]


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (
            lambda: kinship(trio(), {"chlid": {"L1": "12/13"}}, TABLE),
            "chlid has a profile but is in none of the pedigrees.",
        ),
        (lambda: kinship(trio(), {"child": {"L1": "12/99"}}, TABLE), "Allele 99 has no frequency at locus L1."),
        (lambda: kinship(trio(), {"child": {"L9": "12/13"}}, TABLE), "There are no frequencies of L9."),
        (lambda: kinship(trio(), {"child": {"L1": "12"}}, TABLE), "There is one allele, 12."),
        (lambda: kinship(trio(), DUO, "NIST 1036"), "'NIST 1036' can be several populations."),
        (lambda: kinship(trio(), DUO, "Atlantis"), "There is no population 'Atlantis'."),
        (lambda: duo(linkage="morgan"), "There is no map function 'morgan'."),
        (lambda: duo(genetic_map="hapmap"), "A genetic map is named, but no map function."),
        (lambda: kinship(trio(), DUO, []), "There are no frequencies."),
        (lambda: kinship(trio(), DUO, [panel(TABLE), panel(TABLE)]), "There are two populations 'given in Python'."),
        (lambda: duo(mutation="often"), "There is no mutation model 'often'."),
        (lambda: duo(mutation="equal often"), "'often' is no mutation rate."),
        (lambda: duo(theta=1.5), "Theta 1.5 is not in [0, 1)."),
        (lambda: duo(dropout={"mother": 0.1}), "mother has no profile."),
        (lambda: duo(dropin={"child": 1.0}), "The probability 1 is outside [0, 1)."),
        (lambda: duo(prior={"related": 1.0}), "The priors are not those of the pedigrees."),
        (lambda: duo().explain("unrelated"), "'unrelated' is the reference, against which the others are compared."),
        (lambda: duo().explain("twins"), "There is no pedigree 'twins'."),
        (
            lambda: kinship([pedigree("A is male"), pedigree("A is female")], {"A": {"L1": "12/13"}}, TABLE),
            "A is male in one pedigree and female in another.",
        ),
        (
            lambda: kinship(trio(), {"child": {"TH01": "6/4"}}, "UK DNA-17, White", minimum_frequency="least"),
            "'least' is no minimum frequency.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(wrong, what):
    with pytest.raises(InputError) as raised:
        wrong()
    assert [problem.what for problem in raised.value.problems] == [what]


def test_what_a_notebook_shows_needs_nothing_else_and_cannot_carry_markup(tmp_path):
    name = '<b onclick="x">'
    families = {
        f"{name} H1": siblings(name, "B"),
        f"{name} H2": half_siblings(name, "B"),
        f"{name} H3": unrelated(name, "B"),
    }
    result = kinship(families, {name: {"L1": "12/13"}, "B": {"L1": "12/12"}}, TABLE, mutation="equal 0.01", title=name)
    varied = result.sensitivity()
    shown = [thing._repr_html_() for thing in (result, result.explain(), varied)]
    shown.append(result.to_html(tmp_path / "report.html", sensitivity=varied).read_text(encoding="utf-8"))
    for html in shown:
        assert "<svg" in html or "1/2·x" in html
        found = Elements()
        found.feed(html)
        assert not {"b", "script", "link", "img", "iframe"} & found.tags
        assert not {name for name in found.attributes if name.startswith("on") or name in ("href", "src", "style")}
        assert not re.search(r"https?://(?!www\.w3\.org)", html)


def test_text_says_what_html_says():
    result = duo()
    assert str(result).splitlines()[1].split() == ["related", "0.70", "0.8333", "about", "5.0", "to", "one"]
    assert "LR = 1/(4·p12) = 2.5" in str(result.explain())
    assert "With one locus left out" in str(result.sensitivity())
