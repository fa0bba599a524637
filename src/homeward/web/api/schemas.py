"""The JSON objects of the API: common ones, and those of each noun, made from its columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from homeward.web.api.columns import AskedDay, Code, Day, Reference, column_type, default_of, described, whole_number
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.meetings import Meeting
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.recorded import Recorded, content_fields, links

LONGEST_WHY = 500
LONGEST_WITHDRAWAL = 300
MOST_ROWS = 500
WORKED_OUT = frozenset({"withdrawn", "passage_start", "passage_end", "original"})
"""Columns that follow from something else, so that nobody writes them."""


class Body(BaseModel):
    """What is sent; a column that there is not is refused, so that a slip of spelling loses nothing."""

    model_config = ConfigDict(extra="forbid")


class Source(Body):
    """A document that a new row rests on."""

    document: Code = Field(description="Code of the document that says so.")
    passage: str = Field("", description="Its exact words, copied from the document.")
    locator: str = Field("", max_length=300, description="Page or paragraph, where there is one.")


class ToEnter(Body):
    """What every new row is sent with."""

    code: Code | None = Field(None, description="Short name that never changes. One is made up if none is given.")
    why: str = Field("", max_length=LONGEST_WHY, description="For the journal: the reason, where there is one.")
    citations: list[Source] = Field([], max_length=50, description="The documents that the row rests on.")


class ToAmend(Body):
    """What every change of a row is sent with, beside the columns that change."""

    why: Annotated[str, Field(min_length=1, max_length=LONGEST_WHY)] = Field(
        description="For the journal: what was wrong, or what was learned."
    )
    read_version: whole_number(1, 2**31 - 1) = Field(  # type: ignore[valid-type]
        description="The version that the change was made from."
    )
    known_on: Day | None = Field(
        None, description="From when the new version counts as known. Default: from the same day as the one before."
    )


class ToWithdraw(Body):
    """Why a row no longer stands."""

    why: Annotated[str, Field(min_length=1, max_length=LONGEST_WITHDRAWAL)] = Field(
        description="Why the row no longer stands."
    )
    known_on: Day | None = Field(None, description="From when it counts as withdrawn. Default: today.")


class AsOfAsked(BaseModel):
    """The two times that the record is asked about."""

    on: AskedDay | None = Field(
        None, description="When it was so: what begins after this day is left out. Of a month or a year, its last day."
    )
    known: AskedDay | None = Field(
        None,
        description="When it was known: the record as it stood at the end of this day. Default: all that is known.",
    )


class Slice(AsOfAsked):
    """Which part of a list is wanted."""

    after: Code | None = Field(None, description="Begin after this code: the `next` of the part before.")
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="How many rows at most.")


class HistorySlice(AsOfAsked):
    """Which part of the history of a row is wanted."""

    after: int | None = Field(None, ge=0, le=2**63 - 1, description="Begin after the line of this number.")
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="How many lines at most.")


class AsOfOut(BaseModel):
    """The two times that an answer was made for; null where there was no limit."""

    on: Day | None
    known: Day | None


class NounOut(BaseModel):
    """One kind of row."""

    noun: str
    name: str = Field(description="What it is called in English.")
    rows: int = Field(description="How many rows can be known at the time asked for.")
    may_enter: bool = Field(description="Whether whoever asks may enter and amend such rows.")
    may_withdraw: bool = Field(description="Whether whoever asks may withdraw them.")


class Nouns(BaseModel):
    """Every kind of row, each after those that it points to."""

    as_of: AsOfOut
    nouns: list[NounOut]


class Line(BaseModel):
    """One line of the journal."""

    number: int
    at: str = Field(description="When it was written.", json_schema_extra={"format": "date-time"})
    by: str = Field(description="Name of the user who did it.")
    action: str
    version: int | None
    known_on: Day | None
    before: dict[str, Any] | None = Field(description="What the altered columns were.")
    after: dict[str, Any] | None = Field(description="All that the row says since.")
    why: str
    digest: str


class History(BaseModel):
    """The lines of the journal about one row, the oldest first."""

    as_of: AsOfOut
    lines: list[Line]
    next: int | None = Field(description="Send it as `after` for the lines that follow; null if there are no more.")


class StateOut(BaseModel):
    """A change, and the state that it led to."""

    change: Code = Field(description="Code of the change.")
    kind: str
    happened: str = Field(description="When it happened, as a partial date.")
    state: str


class StandingOut(BaseModel):
    """Where a meeting stands."""

    state: str = Field(description="Empty if nothing is known yet.")
    words: str = Field(description="The same in a few words.")
    scheduled: str | None = Field(description="The date that is planned, or was missed or kept.")
    level: str
    agreed_by: list[Code] = Field(description="The parties that announced or confirmed this date.")
    missed_by: list[Code] = Field(description="The parties that did not come.")
    earlier: list[str] = Field(description="The dates that were planned before this one.")


@dataclass(frozen=True, slots=True)
class NounSchemas:
    """The JSON objects of one noun.

    row: what one row says. page: a part of the list. answer: one row with what belongs to it. asked: what the list can
    be narrowed by. to_enter, to_amend: what is sent to write it.
    """

    row: type[BaseModel]
    page: type[BaseModel]
    answer: type[BaseModel]
    asked: type[Slice]
    to_enter: type[ToEnter]
    to_amend: type[ToAmend]


@cache
def noun_schemas(model: type[Recorded]) -> NounSchemas:
    """Return the JSON objects of a noun."""
    from homeward.web.sources.documents import Citation

    row = _row(model)
    citation = row if model is Citation else noun_schemas(Citation).row
    return NounSchemas(
        row=row,
        page=_page(model, row),
        answer=_answer(model, row, citation),
        asked=_asked(model),
        to_enter=_to_enter(model),
        to_amend=_to_amend(model),
    )


def narrowing_columns(model: type[Recorded]) -> list[str]:
    """Return the columns that a list can be narrowed by: links to other rows, and references to rows of any noun."""
    references = [field.name for field in content_fields(model) if isinstance(field, ReferenceField)]
    return [*links(model), *references]


def _row(model: type[Recorded]) -> type[BaseModel]:
    """All that a row says."""
    columns: dict[str, Any] = {field.name: (column_type(field), described(field)) for field in content_fields(model)}
    columns["withdrawn"] = (str, Field(description="Why the row no longer stands; empty while it does."))
    columns["version"] = (int, Field(description="How often it was written."))
    columns["version_known_on"] = (Day, Field(description="The day from which this version counts as known."))
    columns["recorded_at"] = (
        str,
        Field(description="When this version was written.", json_schema_extra={"format": "date-time"}),
    )
    return create_model(f"{model.__name__}Row", __doc__=_doc(model), **columns)


def _page(model: type[Recorded], row: type[BaseModel]) -> type[BaseModel]:
    """A part of the list of rows."""
    following = Field(description="Send it as `after` for the rows that follow; null if there are no more.")
    return create_model(
        f"{model.__name__}Page",
        __doc__="Rows in the order of their codes. There can be fewer than asked for, and still more to follow.",
        as_of=(AsOfOut, ...),
        rows=(list[row], ...),  # type: ignore[valid-type]
        next=(Code | None, following),
    )


def _answer(model: type[Recorded], row: type[BaseModel], citation: type[BaseModel]) -> type[BaseModel]:
    """One row and what belongs to it."""
    columns: dict[str, Any] = {
        "as_of": (AsOfOut, ...),
        "row": (row, ...),
        "citations": (list[citation], Field(description="What it rests on.")),  # type: ignore[valid-type]
    }
    if issubclass(model, Changing):
        columns["state"] = (str, Field(description="Where it stands; empty if nothing is known yet."))
        columns["states"] = (list[StateOut], Field(description="The states that its changes led through, in order."))
    if model is Meeting:
        columns["standing"] = (StandingOut, ...)
    return create_model(f"{model.__name__}Answer", __doc__="One row, with what belongs to it.", **columns)


def _asked(model: type[Recorded]) -> type[Slice]:
    """What a list can be narrowed by."""
    columns: dict[str, Any] = {}
    for name in narrowing_columns(model):
        kind = Code if name in links(model) else Reference
        columns[name] = (kind | None, Field(None, description=f"Only rows with this in `{name}`."))
    return create_model(f"{model.__name__}Asked", __base__=Slice, **columns)


def _to_enter(model: type[Recorded]) -> type[ToEnter]:
    """What a new row is sent as."""
    columns: dict[str, Any] = {
        field.name: (column_type(field), described(field, default_of(field)))
        for field in content_fields(model)
        if field.name not in WORKED_OUT | {"code"}
    }
    return create_model(f"{model.__name__}ToEnter", __base__=ToEnter, __doc__=_doc(model), **columns)


def _to_amend(model: type[Recorded]) -> type[ToAmend]:
    """What a change is sent as: only the columns that can change, each of which can be left out."""
    columns: dict[str, Any] = {
        field.name: (column_type(field), described(field, None))
        for field in content_fields(model)
        if field.name not in WORKED_OUT | model.fixed_fields | {"code", "known_on"}
    }
    return create_model(f"{model.__name__}ToAmend", __base__=ToAmend, __doc__=_doc(model), **columns)


def _doc(model: type[Recorded]) -> str:
    """What such a row is."""
    return (model.__doc__ or "").partition("\n")[0]
