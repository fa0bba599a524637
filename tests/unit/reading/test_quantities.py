"""Counted claims: number, qualifier, unit, what is not one."""

import pytest

from tests.unit.reading.readings import read_text


@pytest.mark.parametrize(
    ("sentence", "words", "low", "high", "unit", "qualifier"),
    [
        ("By its count nearly 8,000 American troops are still missing.", "nearly 8,000 American troops", 8000, 8000, "person", "nearly"),
        ("Teams found the remains of 229 US soldiers up there.", "the remains of 229 US soldiers", 229, 229, "remains", None),
        ("He brought home the remains of six soldiers that spring.", "the remains of six soldiers", 6, 6, "remains", None),
        ("It was one of the four points of the joint text.", "four points", 4, 4, "point", None),
        ("The North handed over 55 boxes in the last week.", "55 boxes", 55, 55, "box", None),
        ("They moved 158 metal transfer cases to the base.", "158 metal transfer cases", 158, 158, "case", None),
        ("It may hold up to 200 sets of remains in all.", "up to 200 sets of remains", 200, 200, "set", "up to"),
        ("There are between 200 and 400 individuals in them.", "between 200 and 400 individuals", 200, 400, "person", "between"),
        ("He spoke of 50 to 55 sets of remains this time.", "50 to 55 sets of remains", 50, 55, "set", None),
        ("At least 33 joint recovery operations took place.", "At least 33 joint recovery operations", 33, 33, "operation", "at least"),
        ("It asked for about $30,000 for each of them.", "about $30,000", 30000, 30000, "dollar", "about"),
        ("It paid more than $28 million for all of that.", "more than $28 million", 28_000_000, 28_000_000, "dollar", "more than"),
        ("Some 92 percent of the families gave a sample.", "Some 92 percent", 92, 92, "percent", "about"),
        ("Two hundred and twenty-nine caskets came back.", "Two hundred and twenty-nine caskets", 229, 229, "casket", None),
        ("They brought two dozen coffins to the village.", "two dozen coffins", 24, 24, "coffin", None),
        ("Of them 7,699 remain unaccounted for to this day.", "7,699 remain unaccounted for", 7699, 7699, "person", None),
        ("Only one dog tag came along with the boxes.", "one dog tag", 1, 1, "dog-tag", None),
        ("They unearthed 8,000-plus soldiers over the years.", "8,000-plus soldiers", 8000, 8000, "person", "more than"),
    ],
)  # fmt: skip
def test_a_counted_claim_has_value_unit_and_qualifier(sentence, words, low, high, unit, qualifier):
    (quantity,) = read_text(sentence)["quantities"]
    found = tuple(quantity[key] for key in ("text", "low", "high", "unit", "qualifier"))
    assert found == (words, low, high, unit, qualifier)


def test_dozens_are_no_number():
    (quantity,) = read_text("They carried dozens of caskets across the bridge.")["quantities"]
    assert (quantity["low"], quantity["high"], quantity["unit"]) == (None, None, "casket")


@pytest.mark.parametrize(
    "sentence",
    [
        "The two countries have agreed to talk about this again.",
        "One is to receive some of them before very long.",
        "The 86-year-old served three years in the 24th Infantry.",
        "He was held at Camp 5 for two winters and a summer.",
        "They drove ten miles in two hours on that cold night.",
        "On July 27, 1953 the guns fell silent in the valley.",
    ],
)
def test_pairs_ages_durations_distances_and_names_count_nothing(sentence):
    assert read_text(sentence)["quantities"] == []


def test_what_is_counted_tells_the_unit_of_the_record():
    (quantity,) = read_text("Officials say 459 men have been accounted for so far.")["quantities"]
    assert quantity["figure_unit"] == "accounted"


def test_a_figure_names_its_date_and_who_gives_it():
    reading = read_text("As of June 18, 2018, 7,699 Americans were unaccounted for, according to the Pentagon.")
    (quantity,) = reading["quantities"]
    assert quantity["as_of"] == reading["dates"][0]["id"]
    assert quantity["source"] == "the Pentagon"


def test_a_row_of_a_table_is_a_figure():
    text = "The agency gives these numbers of the war for today:\nUnaccounted for: 7,544\nCaskets of 1996 to 2005: 229"
    reading = read_text(text)
    assert [(q["low"], q["unit"], q["figure_unit"]) for q in reading["quantities"]] == [
        (7544, "person", "unaccounted"),
        (229, "casket", "box"),
    ]


def test_a_part_counts_what_the_whole_counts():
    reading = read_text("Three of the 55 sets that came last summer have a name by now.")
    assert [(q["low"], q["unit"]) for q in reading["quantities"]] == [(3, "set"), (55, "set")]
