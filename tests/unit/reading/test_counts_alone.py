"""Numbers without a noun, sums of money, and rows and cells of tables."""

import pytest

from homeward.reading.json_document import reading_document
from homeward.reading.read import read_document
from tests.unit.reading.made_files import made_docx
from tests.unit.reading.readings import read_text


def counts(text: str) -> list[tuple[float | None, str]]:
    return [(found["low"], found["unit"]) for found in read_text(text)["quantities"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number is 2,211 Americans: 1,621 in Vietnam, 505 in Laos and eight in the waters of China.", [2211, 1621, 505, 8]),
        ("By Sunday 38 bodies had been identified, 29 by fingerprints and nine by their teeth.", [38, 29, 9]),
        ("Twelve coffins came home in March. A further 20 are to follow, the ministry said.", [12, 20]),
        ("Of 196 cases, 141 have been resolved. The remaining 55 are to be closed in June.", [196, 141, 55]),
        ("The side handed over 200 bodies that day, and three weeks after that it came with 78.", [200, 78]),
        ("Ten soldiers were named. Of those 10, seven are from the north and three had no family.", [10, 7, 3]),
        ("About 140,000 soldiers died, and some 450,000 others were hurt in those three years.", [140000, 450000]),
        ("They killed over 60 prisoners. Nobody knows how 3,500 finally made it to the town.", [60, 3500]),
    ],
)  # fmt: skip
def test_a_number_alone_goes_on_with_what_was_counted(text, expected):
    assert [low for low, _ in counts(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "low", "unit"),
    [
        ("We have opened two of the boxes in this room so far.", 2, "box"),
        ("Five of us went down to the water to look for him.", 5, "person"),
        ("Two of his bones were found below the old trench.", 2, "bone"),
        ("Two hundred was the number of bodies on that day.", 200, "body"),
        ("The number of soldiers with a name stands at 83 by now.", 83, "person"),
        ("The official death toll has risen to 65 since Sunday.", 65, "person"),
        ("They have a register of their dead, of whom there are more than 200,000.", 200000, "person"),
        ("It was the 138th joint field activity in that country.", 138, "operation"),
        ("A crew of 28 sailed for the island with the engineers.", 28, "person"),
        ("Some 55,000 Japanese died in the camps of the north.", 55000, "person"),
        ("The union gave €2.6 million for the work of the teams.", 2_600_000, "thing"),
    ],
)
def test_what_a_number_counts_is_told_by_other_words(sentence, low, unit):
    assert counts(sentence) == [(low, unit)]


def test_a_least_and_a_most_are_one_range():
    (found,) = read_text("They hold at least 400 and perhaps as many as 600 people, it said.")["quantities"]
    assert (found["low"], found["high"], found["qualifier"]) == (400, 600, "between")


def test_a_number_and_its_share_are_two_quantities():
    text = "They have found 983 remains, and 409 or 20.4% were returned to families."
    assert counts(text) == [(983, "remains"), (409, "remains"), (20.4, "percent")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Anthony Brandt, 22, of Boston, was buried by his sister.",
        "Call the office at +41 79 574 06 36 or write to it.",
        "Relatives can call: 0800 000 000",
        "They found the remains of the two of them in a trench.",
        "The crew moved a total of 120 cubic metres of wreckage.",
    ],
)
def test_ages_telephones_pairs_and_measures_count_nothing(sentence):
    assert not counts(sentence)


PAGE = b"""<html><body><article><h1>Status of the missing by war</h1>
<p>The agency keeps these figures of its missing for everybody who asks for them in writing.</p>
<table><tr><th>Conflict</th><th>Unaccounted for</th><th>Boxes returned</th></tr>
<tr><td>Korean War</td><td>7,697</td><td>55</td></tr>
<tr><td>Vietnam War</td><td>1,594</td><td></td></tr></table>
<p>Everything else about the figures is told on another page of the agency, it says here.</p></article></body></html>"""


def test_each_cell_of_a_table_is_a_figure_of_its_row_and_column():
    found = reading_document(read_document(PAGE, "page.html"))["quantities"]
    assert [(one["low"], one["unit"], one["figure_unit"], one["scope"]) for one in found] == [
        (7697, "person", "unaccounted", "Korean War, Unaccounted for"),
        (55, "box", "box", "Korean War, Boxes returned"),
        (1594, "person", "unaccounted", "Vietnam War, Unaccounted for"),
    ]


def test_a_table_of_a_word_document_is_read_cell_by_cell():
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in cells)}</w:tr>"

    lead = "<w:p><w:r><w:t>The office keeps these figures of the searches for everybody who asks for them.</w:t></w:r></w:p>"
    table = f"<w:tbl>{row('Country', 'Sites', 'Graves')}{row('Laos', '12', '3')}{row('Palau', '4', '9')}</w:tbl>"
    found = reading_document(read_document(made_docx(body=lead + table), "sheet.docx"))["quantities"]
    assert [(one["low"], one["unit"], one["scope"]) for one in found] == [
        (12, "site", "Laos, Sites"),
        (3, "grave", "Laos, Graves"),
        (4, "site", "Palau, Sites"),
        (9, "grave", "Palau, Graves"),
    ]


def test_columns_of_a_plain_text_are_told_by_the_gaps_between_them():
    text = (
        "The teams report what they have done in each of the years in which they worked.\n\n"
        "Year    Operations    Sets of remains\n1996    1    1\n1997    3    4\n"
    )
    assert counts(text) == [(1, "operation"), (1, "set"), (3, "operation"), (4, "set")]


def test_a_list_counts_what_the_line_above_it_counts():
    text = "The office says that 83,341 servicemembers are missing, by war:\n- World War II, 73,361\n- Cold War, 126\n- Iraq and other conflicts 6"
    assert counts(text) == [(83341, "person"), (73361, "person"), (126, "person"), (6, "person")]


@pytest.mark.parametrize(
    "sentence",
    [
        "They drove past Five Points and Mill Creek to the old cemetery.",
        "Rule 12 of Annex 4 and Box 9 of the papers speak of the dead.",
    ],
)
def test_numbers_in_names_count_nothing(sentence):
    assert not counts(sentence)
