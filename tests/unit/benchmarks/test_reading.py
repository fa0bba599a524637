from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from benchmarks.reading_agreement import agree_on_date
from benchmarks.reading_pages import page_of
from benchmarks.reading_scores import Tally, scores
from benchmarks.reading_truth import (
    CORPUS,
    DEVELOPMENT,
    HELD_OUT,
    KINDS,
    MENTIONED,
    Interval,
    Page,
    TruthError,
    amount_of,
    interval_of,
    read_page,
    read_pages,
)

TEXT = """\
SEOUL, July 12 - North Korea handed over 55 boxes on Friday, said Ann Lee. "We wait," Lee said on Friday.
Seven families in North Korea wait too."""
TRUTH = f"""
title = "Boxes come home"
frame = ["By Nobody"]
format = "txt"
published = "2018-07-28"
basis = "metadata"
text = '''
{TEXT}
'''
dates = ["July 12 = 2018-07-12", "Friday = 2018-07-27"]
people = ["Ann Lee = Ann Lee | Lee"]
parties = ["North Korea = North Korea handed"]
places = ["Seoul = SEOUL", "North Korea = in North Korea"]
quantities = ["55 boxes = 55 box", "Seven families = 7 family"]
statements = [
  {{ by = "Ann Lee", form = "indirect", words = "North Korea handed over 55 boxes on Friday" }},
  {{ by = "Ann Lee", form = "direct", words = "We wait" }},
]
events = [
  {{ kind = "handover", words = "North Korea handed over 55 boxes", date = "2018-07-27" }},
]
[undecided]
dates = ["Friday#2"]
"""


@pytest.fixture
def page(tmp_path: Path) -> Page:
    (tmp_path / "boxes.toml").write_text(TRUTH, encoding="utf-8")
    return read_page(tmp_path / "boxes.toml")


def as_drafted(page: Page) -> dict[str, Any]:
    """The drafts of one who reads as the annotator did, with a headline before the text."""
    before = f"{page.title}\n"
    shift = len(before)

    def at(span: tuple[int, int]) -> list[int]:
        return [span[0] + shift, span[1] + shift]

    def ends(interval: Interval) -> dict[str, str | None]:
        first, last = interval.earliest, interval.latest
        return {"earliest": first and first.isoformat(), "latest": last and last.isoformat()}

    drafts: dict[str, Any] = {kind: [] for kind in KINDS}
    drafts["document"] = {"text": before + page.text, "published": ends(page.published)}
    drafts["dates"] = [{"span": at(one.span), **ends(one.interval)} for one in page.dates]
    for kind in MENTIONED:
        drafts[kind] = [
            {"span": at(one.spans[0]), "name": one.name, "mentions": [at(span) for span in one.spans]}
            for one in getattr(page, kind)
        ]
    drafts["quantities"] = [
        {"span": at(one.span), "low": one.low, "high": one.high, "unit": one.unit, "qualifier": one.qualifier}
        for one in page.quantities
    ]
    drafts["statements"] = [
        {"span": at(one.span), "content_span": at(one.span), "speaker": one.speaker.split("|")[0], "form": one.form}
        | {"chain": one.via, "hedge": one.hedge}
        for one in page.statements
    ]
    drafts["events"] = [
        {"span": at(one.spans[0]), "cue": at(one.spans[0]), "kind": one.kind}
        | {"polarity": "claimed" if one.polarity == "said" else one.polarity}
        for one in page.events
    ]
    return drafts


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.found, tally.wanted, tally.right, tally.drafted


@pytest.mark.parametrize("part", [DEVELOPMENT, HELD_OUT])
def test_one_who_reads_as_the_annotator_did_finds_everything_and_nothing_else(part):
    for page in read_pages(part):
        for kind, tally in scores(page, as_drafted(page)).items():
            if kind != "text":  # the headline is not the article's
                assert (tally.missed, tally.false) == ([], []), (page.name, kind)
                assert tally.found == tally.wanted


@pytest.mark.parametrize("truth", sorted(CORPUS.glob("*/*.toml")), ids=lambda path: path.stem)
def test_a_page_holds_the_text_that_was_annotated(truth):
    kind = tomllib.loads(truth.read_text(encoding="utf-8"))["format"]
    written = truth.with_suffix(f".{kind}").read_bytes()
    if kind == "pdf":  # typeset by another version, it may have other bytes
        assert written.startswith(b"%PDF")
    else:
        assert written == page_of(truth), "run python -m benchmarks.reading_pages"


def test_there_are_pages_enough_and_none_in_both_parts():
    names = [{path.stem for path in (CORPUS / part).glob("*.toml")} for part in (DEVELOPMENT, HELD_OUT)]
    assert len(names[0]) == 78
    assert not names[0] & names[1]


def test_words_stand_for_each_place_where_they_occur(page):
    assert [(one.words, page.text[slice(*one.span)]) for one in page.dates] == [
        ("July 12", "July 12"),
        ("Friday", "Friday"),
        ("Friday", "Friday"),
    ]
    assert [page.text[slice(*span)] for span in page.people[0].spans] == ["Ann Lee", "Lee"]


def test_words_that_are_not_in_the_text_are_refused(tmp_path):
    (tmp_path / "boxes.toml").write_text(TRUTH.replace('"July 12 =', '"July 13 ='), encoding="utf-8")
    with pytest.raises(TruthError, match=r"boxes\.toml: not in the text: 'July 13'"):
        read_page(tmp_path / "boxes.toml")


def test_a_passage_that_stands_twice_needs_a_number(tmp_path):
    (tmp_path / "boxes.toml").write_text(TRUTH.replace('words = "We wait"', 'words = "wait"'), encoding="utf-8")
    with pytest.raises(TruthError, match="stands 2 times"):
        read_page(tmp_path / "boxes.toml")


def test_intervals_and_amounts_are_read():
    assert interval_of("1996/2005") == Interval(dt.date(1996, 1, 1), dt.date(2005, 12, 31))
    assert interval_of("2016-02") == Interval(dt.date(2016, 2, 1), dt.date(2016, 2, 29))
    assert interval_of("1990/..") == Interval(dt.date(1990, 1, 1), None)
    assert interval_of("~2018-06-21/2018-06-30").is_vague
    assert amount_of("50..55 set [between]") == (50, 55, "set", "between")
    assert amount_of("600.. person [at least]") == (600, None, "person", "at least")
    assert amount_of("..9 thing [up to]") == (None, 9, "thing", "up to")
    assert amount_of("_ person [dozens]") == (None, None, "person", "dozens")


def test_a_vague_date_need_not_be_met_to_the_day():
    late_june = interval_of("~2018-06-21/2018-06-30")
    assert agree_on_date(late_june, interval_of("2018-06-20/2018-06-30"))
    assert not agree_on_date(late_june, interval_of("2018-06"))
    assert not agree_on_date(late_june, interval_of("2018-07-01"))
    assert not agree_on_date(interval_of("2018-06-21/2018-06-30"), interval_of("2018-06-20/2018-06-30"))


def test_a_date_with_the_wrong_day_is_missed_and_false(page):
    reading = as_drafted(page)
    reading["dates"][1]["latest"] = "2018-07-28"
    assert counts(scores(page, reading)["dates"]) == (2, 3, 2, 3)


def test_what_is_drafted_from_undecided_words_is_not_false(page):
    reading = as_drafted(page)
    reading["dates"][2]["latest"] = "2018-07-28"
    assert counts(scores(page, reading)["dates"]) == (2, 3, 2, 2)


def test_drafts_from_the_headline_are_not_counted_and_those_from_a_menu_are_false(page):
    reading = as_drafted(page)
    text = reading["document"]["text"]
    reading["document"]["text"] = text + "\nMore: 12 climbers missing"
    reading["quantities"] += [
        {"span": [0, 5], "low": 1, "high": 1},
        {"span": [len(text) + 7, len(text) + 18], "low": 12, "high": 12},
    ]
    scored = scores(page, reading)
    assert counts(scored["quantities"]) == (2, 2, 2, 3)
    assert scored["text"].precision < 1 == scored["text"].recall


def test_what_was_left_out_of_the_text_is_missed(page):
    reading = as_drafted(page)
    text = reading["document"]["text"]
    reading["document"]["text"] = text[: text.index("Seven")]
    reading["quantities"] = reading["quantities"][:1]
    scored = scores(page, reading)
    assert scored["quantities"].missed == ["Seven families"]
    assert scored["text"].recall < 1


def test_the_same_person_twice_is_false_once(page):
    reading = as_drafted(page)
    first, second = reading["people"][0]["mentions"]
    reading["people"] = [
        {"span": first, "name": "Ann Lee", "mentions": [first]},
        {"span": second, "name": "Lee", "mentions": [second]},
    ]
    tally = scores(page, reading)["people"]
    assert counts(tally) == (1, 1, 1, 2)
    assert tally.details["mentions"] == [1, 2]


def test_a_statement_of_somebody_else_is_false(page):
    reading = as_drafted(page)
    reading["statements"][1]["speaker"] = "Kim"
    assert counts(scores(page, reading)["statements"]) == (1, 2, 1, 2)


def test_a_speaker_is_known_by_surname_office_or_resolved_pronoun(page):
    reading = as_drafted(page)
    reading["people"][0]["id"] = "p1"
    reading["statements"][0]["speaker"] = "Col. Lee"
    reading["statements"][1] |= {"speaker": "She", "speaker_id": "p1"}
    assert counts(scores(page, reading)["statements"]) == (2, 2, 2, 2)


def test_an_event_of_another_polarity_or_kind_is_false(page):
    for change in ({"polarity": "denied"}, {"kind": "delivery"}):
        reading = as_drafted(page)
        reading["events"][0] |= change
        assert counts(scores(page, reading)["events"]) == (0, 1, 0, 1)


def test_what_somebody_says_may_be_drafted_as_claimed(page):
    reading = as_drafted(page)
    reading["events"][0]["polarity"] = "claimed"
    assert counts(scores(page, reading)["events"]) == (1, 1, 1, 1)


def test_a_planned_event_inside_an_agreement_is_its_point_and_not_counted(tmp_path):
    agreed = TRUTH.replace('{ kind = "handover"', '{ kind = "agreement"')
    (tmp_path / "boxes.toml").write_text(agreed, encoding="utf-8")
    page = read_page(tmp_path / "boxes.toml")
    reading = as_drafted(page)
    reading["events"] += [reading["events"][0] | {"kind": "handover", "polarity": "planned"}]
    assert counts(scores(page, reading)["events"]) == (1, 1, 1, 1)


def test_the_date_of_an_event_is_counted_apart(page):
    reading = as_drafted(page)
    reading["dates"][1]["id"] = "d2"
    reading["events"][0]["date"] = "d2"
    assert scores(page, reading)["events"].details["date"] == [1, 1]
    reading["events"][0]["date"] = None
    assert scores(page, reading)["events"].details["date"] == [0, 1]


def test_tallies_of_pages_add_up():
    total = Tally()
    total.add(Tally(wanted=3, found=2, drafted=4, right=2, details={"unit": [1, 2]}))
    total.add(Tally(wanted=1, found=1, drafted=1, right=1, details={"unit": [1, 1]}))
    assert (total.precision, total.recall, total.details) == (3 / 5, 3 / 4, {"unit": [2, 3]})
    assert (Tally().precision, Tally().recall) == (None, None)
