"""What the pages of bones, samples and effects show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homeward.web.casework.individuals import Association
from homeward.web.engagement.changing_pages import with_states
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.laboratory.observations import Measurement
from homeward.web.recovery.steps import steps_of
from homeward.web.remains.shown import shown_thing, shown_things
from homeward.web.remains.specimens import Sample, Specimen

Context = Mapping[str, Any]


def thing_list(rows: Sequence[Any], reader: Reader) -> Context:
    """Return who holds each thing of one page of a list."""
    return {"things": shown_things(rows, reader)}


def effect(row: Any, reader: Reader) -> Context:
    """Return who holds an effect."""
    return {"thing": shown_thing(row, reader)}


def specimen(row: Specimen, reader: Reader) -> Context:
    """Return who holds a bone, what was measured on it and cut from it, and whose it is for those who may know."""
    samples = reader.known(reader.rows(Sample).filter(specimen=row).order_by("number", "code"))
    associations = reader.known(reader.rows(Association).filter(specimen=row).order_by("happened_earliest", "code"))
    fill(associations, reader, "individual")
    return {
        "thing": shown_thing(row, reader),
        "measurements": reader.known(reader.rows(Measurement).filter(specimen=row).order_by("measure", "code")),
        "samples": with_states(samples, reader),
        "associations": associations,
    }


def sample(row: Sample, reader: Reader) -> Context:
    """Return who holds a sample, what became of it, and what may be recorded next."""
    return {"thing": shown_thing(row, reader), **steps_of(row, reader)}
