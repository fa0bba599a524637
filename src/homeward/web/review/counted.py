"""Figures: what a quantity would become, and which events it is the number of."""

from __future__ import annotations

from homeward.core.dates import PartialDate
from homeward.web.journal.fields import MAX_CODE
from homeward.web.review.draft_dates import told_date
from homeward.web.review.kinds import IDENTIFICATION, RESULT
from homeward.web.review.meaning import COUNTED, words_in
from homeward.web.review.models import Draft
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.figures import Series, Unit

NUMBERS = {
    IDENTIFICATION: frozenset({Unit.IDENTIFIED, Unit.ACCOUNTED, Unit.INDIVIDUAL, Unit.PEOPLE}),
    RESULT: frozenset({Unit.BOX, Unit.SET, Unit.BODY, Unit.INDIVIDUAL, Unit.GRAVE, Unit.THING}),
}
"""What is counted where somebody was identified, and where an operation found something, by the kind of the event."""
QUALIFIERS = {
    None: "exact",
    "exactly": "exact",
    "about": "about",
    "nearly": "nearly",
    "more than": "more",
    "at least": "at-least",
    "up to": "up-to",
    "between": "between",
}
"""The record's qualifier of each of the reader's; 'fewer than' has none and is left to a person."""
LONGEST_SCOPE = 300
FEW_WORDS = 2
"""Words that a result shares with the name of an operation before it is thought to be of it."""


def figure_columns(draft: Draft, when: PartialDate, around: Surroundings) -> dict[str, str]:
    """Return the columns of the figure that a quantity would become, without its document and passage.

    Parameters
    ----------
    when : PartialDate
        The date to take where neither its own words give one, nor those of the event that it is the number of.
    """
    low, high = draft.said("low"), draft.said("high")
    event = event_counted_by(draft, around)
    told = told_date(draft) or (told_date(event) if event is not None else None)
    series = _series_of_result(draft, event, around) or around.series_of(draft)
    statement, asserter = around.said_in(draft)
    return {
        "series": series.code if series is not None else "",
        "statement": statement[:MAX_CODE],
        "asserter": asserter[:MAX_CODE],
        "low": "" if low is None else str(low),
        "high": "" if high is None else str(high),
        "qualifier": QUALIFIERS.get(draft.said("qualifier"), ""),
        "unit": draft.said("figure_unit") or "",
        "scope": _scope(draft, told or when, series),
        "counted": (when if told_date(draft) else told or when).text,
        "about": _about(event, around),
    }


def numbers_of(event: Draft, around: Surroundings) -> list[Draft]:
    """Return the quantities that are the number of an event, the one that counts what it is about first."""
    units = NUMBERS.get(str(event.said("kind")), frozenset())
    return [one for one in around.drafts.counted_in(event) if one.said("figure_unit") in units]


def event_counted_by(draft: Draft, around: Surroundings) -> Draft | None:
    """Return the identification, or the result of an operation, whose number a quantity is."""
    told = (one for one in around.drafts.counting.get(draft.identity, ()) if one.said("polarity") == "happened")
    return next((event for event in told if draft in numbers_of(event, around)), None)


def result_of(draft: Draft, around: Surroundings) -> Draft | None:
    """Return the result of an operation that a quantity counts: accepting one of the two is accepting the other."""
    event = event_counted_by(draft, around)
    if event is None or event.said("kind") != RESULT or numbers_of(event, around)[0] != draft:
        return None
    return event


def operation_of(event: Draft, around: Surroundings) -> str:
    """Return the reference of the operation that a result is of: its words and days lead to one, and to no other."""
    only = around.subject_of(event, "operation")
    if only:
        return f"operation:{only}"
    words = words_in(f"{event} {(event.said('place_named') or {}).get('name', '')}")
    near = around.subjects_near(event, "operation") if told_date(event) else around.subjects("operation")
    shared = sorted(((len(words & words_in(str(one))), one.code) for one in near), reverse=True)
    if not shared or shared[0][0] < FEW_WORDS or (len(shared) > 1 and shared[0][0] == shared[1][0]):
        return ""
    return f"operation:{shared[0][1]}"


def _about(event: Draft | None, around: Surroundings) -> str:
    """The row that a number is about: the operation of its event, or what its event became."""
    if event is None:
        return ""
    return operation_of(event, around) if event.said("kind") == RESULT else event.row if event.is_taken else ""


def _series_of_result(draft: Draft, event: Draft | None, around: Surroundings) -> Series | None:
    """The series in which results of the same operation are kept, whatever the unit; else by the words of the event."""
    if event is None or event.said("kind") != RESULT:
        return None
    kept = around.series_about.get(operation_of(event, around), frozenset())
    known = [one for one in around.series if one.code in kept and one.unit in NUMBERS[RESULT]]
    of_unit = (one for one in around.series if one.unit == draft.said("figure_unit"))
    return around.best_series(str(event), known or of_unit)


def _scope(draft: Draft, when: PartialDate, series: Series | None) -> str:
    """Whom a quantity covers: that of the series where its words say no more than the series, the date and the unit."""
    said = str(draft.said("scope") or "")
    if series is not None and words_in(said) - COUNTED - words_in(when.words) <= words_in(
        f"{series.name} {series.scope}"
    ):
        return series.scope
    return said[:LONGEST_SCOPE]
