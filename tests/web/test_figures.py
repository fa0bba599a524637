"""Figures: the current value and why, why published figures differ, and the page of a series (walk 3)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from homeward.core.dates import parse_date
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.parties.models import Party
from homeward.web.sources.current_value import current_value
from homeward.web.sources.differences import TRUE_CONTRADICTION, covers, explain_difference, rounded_to
from homeward.web.sources.models import CountingRule, Document, Figure
from tests.web.korean_claims import totals_of_the_unaccounted_for
from tests.web.sourced_rows import Keeper, keeper_of_everything
from tests.web.test_page_safety import refused_markup

SHEET = Document(code="sheet", headline="Fact sheet", publisher="DPAA")
NEWS = Document(code="news", headline="An article", publisher="A newspaper")
DPAA = Party(code="dpaa", short_name="DPAA")
SINCE_1982 = CountingRule(
    code="since-1982", name="accounted for since 1982", party_id="dpaa", in_force=parse_date("../2024")
)
SINCE_1973 = CountingRule(code="since-1973", name="accounted for since 29 March 1973", party_id="dpaa")
NOW = date(2026, 1, 1)
PAGE = "/record/series/us-unaccounted/"


def figure(value, counted="2018-06-18", document=SHEET, **said):
    usual = {
        "code": f"f-{value}-{counted}-{document.code}",
        "low": Decimal(value),
        "high": Decimal(value),
        "unit": "unaccounted",
        "scope": "US, Korean War",
        "grade": "P",
    }
    return Figure(document=document, counted=parse_date(counted), **{**usual, **said})


# The current value


def test_nothing_counted_by_then_is_no_value():
    assert current_value([], NOW) is None
    assert current_value([figure(7544, "2022-04-01")], date(2018, 6, 18)) is None


def test_the_latest_count_by_the_day_is_taken_and_later_ones_are_passed_over():
    found = current_value([figure(7740, "2017-07-27"), figure(7699), figure(7544, "2022-04-01")], date(2018, 7, 13))
    assert found.words == "7,699"
    assert found.why == "Taken because it is the latest count by 13 July 2018, as of 18 June 2018."
    assert [(one.figure.words, one.why) for one in found.passed_over] == [
        ("7,544", "It was counted after 13 July 2018."),
        ("7,740", "It is older: counted as of 27 July 2017."),
    ]


def test_of_one_day_the_one_nearest_to_what_it_tells_is_taken():
    grades = [figure(7000 + number, grade=grade, document=NEWS) for number, grade in enumerate("UDSNP")]
    found = current_value(grades, NOW)
    assert found.figure.grade == "P"
    assert "stands nearest to what it tells (grade P)" in found.why
    assert {one.why for one in found.passed_over} == {
        f"It is of the same day, but its grade is {grade} and not P." for grade in "UDSN"
    }


def test_rough_words_are_no_new_count_beside_an_exact_one():
    rough = figure(8000, "2018-07-12", NEWS, grade="N", qualifier="nearly")
    found = current_value([figure(7699), rough], date(2018, 7, 13))
    assert found.words == "7,699"
    assert [one.why for one in found.passed_over] == ["It says roughly what 7,699 of 18 June 2018 says."]
    assert current_value([figure(7699, "2016-06-18"), rough], date(2018, 7, 13)).words == "nearly 8,000"


def test_within_a_month_the_better_source_outweighs_the_later_day():
    paper = figure(7702, "2018-06-23", NEWS, grade="N")
    found = current_value([figure(7699), paper], date(2018, 7, 13))
    assert found.words == "7,699"
    assert [one.why for one in found.passed_over] == ["It is of about the same time, but its grade is N and not P."]
    later = figure(7686, "2018-09-20", NEWS, grade="N")
    assert current_value([figure(7699), paper, later], date(2018, 12, 31)).words == "7,686"


def test_of_one_day_and_grade_the_rule_of_the_body_itself_is_preferred_then_a_named_one():
    own = figure(1, rule=SINCE_1982, asserter=DPAA)
    borrowed = figure(2, rule=SINCE_1982, document=NEWS)
    silent = figure(3, document=NEWS)
    found = current_value([silent, borrowed, own], NOW)
    assert found.figures == (own,)
    assert "its rule of counting is the clearest" in found.why
    assert {one.figure.words: one.why for one in found.passed_over} == {
        "2": "It was counted by the rule of another.",
        "3": "It does not say how it was counted.",
    }
    assert current_value([silent, borrowed], NOW).figures == (borrowed,)


def test_equally_good_figures_are_kept_as_a_range():
    found = current_value([figure(7491, document=NEWS), figure(7465)], NOW)
    assert found.words == "7,465 to 7,491"
    assert "2 figures are equally good" in found.why
    assert current_value([figure(7465, document=NEWS), figure(7465)], NOW).words == "7,465"


def test_a_count_of_other_things_is_passed_over():
    found = current_value([figure(55, unit="box"), figure(250, "2017", unit="individual")], NOW, unit="individual")
    assert found.words == "250"
    assert found.passed_over[0].why == "It counts boxes, cases or caskets, not individuals."


@pytest.mark.parametrize(
    ("counted", "taken"), [("2018", "7,699"), ("2018-06", "7,699"), ("2017/2018", "1"), ("2018-06-19", "1")]
)
def test_a_rough_date_counts_from_its_first_day_and_a_stretch_to_its_last(counted, taken):
    assert current_value([figure(1, counted), figure(7699)], NOW).words == taken


def test_the_order_of_the_figures_makes_no_difference():
    figures = [figure(value, day) for value, day in ((3, "2018"), (1, "2018-06-18"), (2, "2018-06-18"), (9, "2019"))]
    assert current_value(figures, date(2018, 12, 31)) == current_value(figures[::-1], date(2018, 12, 31))


# Why figures differ


def test_different_units_are_named():
    told = explain_difference(figure(55, unit="box"), figure(250, unit="individual"))
    assert "They count different things: boxes, cases or caskets, and individuals." in told


def test_different_scopes_are_named_and_spaces_and_capitals_make_no_scope():
    told = explain_difference(figure(1), figure(2, scope="ROK, Korean War"))
    assert "They do not cover the same: “US, Korean War”, and “ROK, Korean War”." in told
    told = explain_difference(
        figure(1, rule=SINCE_1982), figure(2, scope="us,  korean war", rule=SINCE_1982, document=NEWS)
    )
    assert told == [TRUE_CONTRADICTION]


def test_different_days_are_named():
    told = explain_difference(figure(7740, "2017-07-27", rule=SINCE_1982), figure(7699, rule=SINCE_1982, document=NEWS))
    assert told == ["They were counted as of different days: 27 July 2017, and 18 June 2018."]


def test_days_that_may_be_the_same_are_not_called_different():
    told = explain_difference(figure(1, "2018", rule=SINCE_1982), figure(2, rule=SINCE_1982, document=NEWS))
    assert told == ["They need not be of the same day: 2018, and 18 June 2018."]


def test_different_rules_are_both_named_with_when_they_were_used():
    told = explain_difference(figure(700, rule=SINCE_1982), figure(753, rule=SINCE_1973, document=NEWS))
    assert told == [
        "They count by different rules: “accounted for since 1982” (used until 2024), and "
        "“accounted for since 29 March 1973”."
    ]


def test_a_source_that_does_not_say_how_it_counted_is_said_to_be_silent():
    told = explain_difference(figure(7699, rule=SINCE_1982, asserter=DPAA), figure(7702, document=NEWS))
    assert told == [
        "DPAA counts by the rule “accounted for since 1982” (used until 2024); "
        "the source of “7,702” does not say how it counted."
    ]
    told = explain_difference(figure(1), figure(2, document=NEWS))
    assert told == ["Neither source says how it counted, so they may have counted by different rules."]


def test_a_rough_figure_that_covers_the_other_is_no_contradiction():
    rough = figure(8000, qualifier="nearly", rule=SINCE_1982, document=NEWS)
    assert explain_difference(rough, figure(7699, rule=SINCE_1982)) == [
        "“nearly 8,000” covers 7,699: it is the rougher way to say it."
    ]


@pytest.mark.parametrize(
    ("qualifier", "value", "covered", "not_covered"),
    [
        ("nearly", 8000, [7000, 7699, 8000], [6999, 8001]),
        ("nearly", 7500, [7465], [7544, 7399]),
        ("about", 5300, [5250, 5300, 5350], [5249, 5351]),
        ("more", 7200, [7200, 7686], [7199]),
        ("at-least", 600, [600, 601], [599]),
        ("up-to", 200, [0, 200], [201]),
        ("exact", 7699, [], [7699, 7698]),
    ],
)
def test_what_rough_words_cover(qualifier, value, covered, not_covered):
    rough = figure(value, qualifier=qualifier)
    assert all(covers(rough, figure(number)) for number in covered)
    assert not any(covers(rough, figure(number)) for number in not_covered)


def test_a_range_covers_what_lies_in_it():
    several = figure(50, high=Decimal(55), qualifier="between")
    assert covers(several, figure(55))
    assert not covers(several, figure(56))
    assert not covers(several, figure(52, qualifier="more"))


@pytest.mark.parametrize(("value", "unit"), [(8000, 1000), (5300, 100), (229, 1), (1000, 100), (10, 1), (0, 1)])
def test_what_a_number_is_rounded_to(value, unit):
    assert rounded_to(Decimal(value)) == unit


def test_same_rule_day_unit_and_scope_is_a_true_contradiction():
    told = explain_difference(figure(4, rule=SINCE_1982), figure(3, rule=SINCE_1982, document=NEWS))
    assert told == [TRUE_CONTRADICTION]


def test_that_one_source_copies_the_other_is_said():
    copy = Document(code="copy", headline="A copy", publisher="A blog", copy_of=NEWS)
    for told in (
        explain_difference(figure(1, document=copy), figure(2, document=NEWS)),
        explain_difference(figure(2, document=NEWS), figure(1, document=copy)),
    ):
        assert "“A copy” (A blog) repeats “An article” (A newspaper)." in told
    other = Document(code="other", headline="Another copy", publisher="A site", copy_of=NEWS)
    told = explain_difference(figure(1, document=copy), figure(2, document=other))
    assert "Both documents repeat one and the same document." in told


def test_equal_figures_do_not_differ():
    assert explain_difference(figure(1), figure(1, document=NEWS)) == ["Both say 1."]
    assert explain_difference(figure(1), figure(1)) == ["Both say 1.", "Both stand in one document, “Fact sheet”."]


def test_the_reasons_are_the_same_whichever_figure_comes_first():
    figures = [
        figure(8000, "2018-07-12", qualifier="nearly", document=NEWS),
        figure(7699, rule=SINCE_1982),
        figure(7699, rule=SINCE_1973, unit="accounted"),
        figure(7702, "2018"),
    ]
    for first, second in pairwise(figures):
        there, back = explain_difference(first, second), explain_difference(second, first)
        assert [one.split(":")[0] for one in there] == [one.split(":")[0] for one in back]


# The page of a series


@pytest.fixture
def totals(officer):
    return totals_of_the_unaccounted_for(officer)


@pytest.fixture
def page(client, reader, totals):
    client.force_login(reader)
    return lambda address=PAGE: client.get(address)


def svg_of(page):
    start = page.text.index("<svg")
    return ElementTree.fromstring(page.text[start : page.text.index("</svg>") + 6])


def test_every_figure_is_drawn_listed_and_linked(page, totals):
    shown = page()
    links = {link.get("href") for link in svg_of(shown).iter("{http://www.w3.org/2000/svg}a")}
    assert links == {one.get_absolute_url() for one in totals.figures.values()}
    for one in totals.figures.values():
        assert shown.text.count(f'href="{one.get_absolute_url()}"') > 1
    assert refused_markup(shown.text) == []


def test_the_page_gives_the_current_value_and_why(page):
    shown = page()
    assert shown.context["now"].words == "nearly 7,500"
    assert "it is the latest count by" in shown.text
    assert "7 figures passed over, and why" in shown.text


def test_the_value_of_another_day_is_worked_out_for_that_day(page):
    assert page(f"{PAGE}?on=2018-06-20").context["now"].words == "7,699"
    assert page(f"{PAGE}?on=2022-12-31").context["now"].words == "7,544"
    shown = page(f"{PAGE}?on=2000-01-01")
    assert shown.context["now"] is None
    assert "Nothing was counted by then" in shown.text


def test_what_was_not_known_yet_is_not_there(page, totals):
    shown = page(f"{PAGE}?known=2018-06-23")
    assert [line.figure.words for line in shown.context["lines"]] == ["7,740", "7,699", "7,702"]
    assert "7,544" not in shown.text


def test_a_figure_amended_later_is_shown_as_it_stood(page, totals, officer):
    amend(
        totals.figures["fs2018"],
        {"low": 7697, "high": 7697},
        by=officer,
        why="Their correction.",
        read_version=1,
        known_on=date(2018, 8, 1),
    )
    assert "7,697" not in page(f"{PAGE}?known=2018-07-01").text
    assert "7,697" in page(f"{PAGE}?known=2018-08-01").text


def test_a_withdrawn_figure_is_not_drawn(page, totals, officer):
    withdraw(totals.figures["caption"], by=officer, why="It is the caption of another photograph.")
    assert "more than 7,800" not in page().text


def test_each_passage_is_one_click_away(page):
    shown = page()
    assert "/record/document/wmn/?passage=0-54#passage" in shown.text
    followed = page("/record/document/wmn/?passage=0-54")
    assert '<mark id="passage">' in followed.text


def test_a_rule_that_is_not_given_is_said_not_to_be_given(page):
    assert "the source does not say" in page().text


def test_why_two_chosen_figures_differ(page):
    shown = page(f"{PAGE}?a=u18&b=u25")
    reasons = shown.context["compared"].reasons
    assert "They were counted as of different days: 18 June 2018, and 2025." in reasons
    assert any(
        "“accounted for since 1982” (used until 2024), and “accounted for since 29 March 1973” (used since 2025)" in one
        for one in reasons
    )
    assert all(one.replace("'", "&#x27;") in shown.text for one in reasons)


@pytest.mark.parametrize("query", ["?a=u18&b=u18", "?a=nothing&b=u18", "?a=&b=", "?a=a18&b=u18", "?a[]=u18"])
def test_two_figures_that_cannot_be_compared_are_not(page, query):
    shown = page(f"{PAGE}{query}")
    assert shown.status_code == 200
    assert shown.context["compared"] is None


def test_walk_3_why_published_totals_differ(page):
    """From rules and dates: an older sheet, a copy, a rounding, another rule."""
    shown = page()
    reasons = {(one.first.words, one.second.words): one.reasons for one in shown.context["neighbours"]}
    assert reasons["7,740", "7,699"] == ("They were counted as of different days: 27 July 2017, and 18 June 2018.",)
    assert "“nearly 8,000” covers 7,702: it is the rougher way to say it." in reasons["7,702", "nearly 8,000"]
    assert any("different rules" in reason for reason in reasons["7,544", "nearly 7,500"])
    assert TRUE_CONTRADICTION not in {reason for told in reasons.values() for reason in told}
    rounded = page(f"{PAGE}?a=u18&b=u18-nearly").context["compared"].reasons
    assert "“nearly 8,000” covers 7,699: it is the rougher way to say it." in rounded
    copied = page(f"{PAGE}?a=u18-upi&b=u18-copy").context["compared"].reasons
    assert copied[0] == "Both say 7,702."
    assert "repeats" in copied[1]


def test_both_counts_of_one_document_make_a_base(page):
    shown = page()
    assert [edition.base_words for edition in shown.context["editions"]] == ["8,156", "8,158", "8,156"]
    other = page("/record/series/us-accounted/")
    assert [edition.base_words for edition in other.context["editions"]] == ["8,156", "8,158", "8,156"]


def test_a_conflict_about_a_figure_is_linked(page, totals, officer):
    keep = Keeper(officer)
    conflict = keep.conflict("cf-13", "How many in June 2018?", date(2018, 6, 24))
    keep.position(conflict, "7,699", totals.figures["fs2018"])
    keep.position(conflict, "7,702", totals.figures["upi"])
    shown = page(f"{PAGE}?a=u18&b=u18-upi")
    assert shown.context["compared"].conflicts == (conflict,)
    assert "/record/conflict/cf-13/" in shown.text


def test_a_stretch_of_time_can_be_chosen(page):
    shown = page(f"{PAGE}?first=2018-06&last=2018-12")
    assert [line.figure.code for line in shown.context["lines"]] == ["u18", "u18-upi", "u18-copy", "u18-nearly"]
    assert shown.context["now"].words == "nearly 7,500"


def test_a_stretch_that_is_no_date_is_pointed_out_and_nothing_is_left_out(page):
    shown = page(f"{PAGE}?first=yesterday")
    assert "is not a date" in shown.text
    assert 'value="yesterday"' in shown.text
    assert len(shown.context["lines"]) == 8


def test_html_in_figures_stays_text(page, totals, officer):
    keep = Keeper(officer)
    rule = keep.rule("hostile", "<script>alert(1)</script>")
    sheet = keep.document("hostile", "2023-01-01", None, headline="<b>bold</b>", publisher='"><img src=x>')
    keep.figure("hostile", totals.series, sheet, 1, "2023-01-01", rule=rule, note="<i>")
    shown = page()
    assert "<script>" not in shown.text
    assert "<b>bold" not in shown.text
    assert "<img" not in shown.text
    svg_of(shown)


def test_figures_of_documents_of_limited_reach_are_neither_drawn_nor_counted(page, totals):
    keep = keeper_of_everything()
    letter = keep.document("letter", "2023-01-01", "A family counts 1.", reach="family")
    hidden = keep.figure("hidden", totals.series, letter, 123456, "2023-01-01")
    shown = page()
    assert "123,456" not in shown.text
    assert hidden.get_absolute_url() not in shown.text


def test_the_page_asks_the_database_little_whatever_the_size(
    page, totals, officer, django_assert_max_num_queries, monkeypatch
):
    keep = Keeper(officer)
    conflict = keep.conflict("cf-13", "How many?", date(2018, 6, 24))
    for number in range(30):
        document = keep.document(f"d{number}", "2019-01-01", f"Text {number}", publisher=f"P{number}")
        party, rule = keep.party(f"p{number}"), keep.rule(f"r{number}", f"Rule {number}")
        one = keep.figure(f"f{number}", totals.series, document, number, "2019-01-01", asserter=party, rule=rule)
        keep.position(conflict, str(number), one)
        amend(one, {"note": "n"}, by=officer, why="w", read_version=1, known_on=date(2020, 1, 1))
    with django_assert_max_num_queries(25):
        assert page().status_code == 200
    page(f"{PAGE}?known=2019-06-01")  # kept in the session, which is written only now
    with django_assert_max_num_queries(25):
        assert len(page(f"{PAGE}?a=f1&b=f2").context["lines"]) == 35
    monkeypatch.setattr("homeward.web.sources.series_page.MOST_FIGURES", 10)
    shown = page(f"{PAGE}?known=")
    assert len(shown.context["lines"]) == 10
    assert "Only the latest 10 figures are shown." in shown.text
