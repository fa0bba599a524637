"""What the pages of containers and accessions show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.places.homonyms import places_called
from homeward.web.remains.accessions import Accession, Effect, FieldReview, TransferCase
from homeward.web.remains.shown import shown_thing, shown_things
from homeward.web.remains.specimens import Specimen

PAGE_SIZE = 50
MOST_EFFECTS = 200

Context = Mapping[str, Any]


def transfer_case(row: TransferCase, reader: Reader) -> Context:
    """Return who holds a container, what a first look found, and what was opened out of it."""
    fill([row], reader, "handover", "find", "received_by", "label_place")
    reviews = reader.known(reader.rows(FieldReview).filter(transfer_case=row).order_by("happened_earliest", "code"))
    undecided = bool(row.label.strip()) and row.label_place_id is None
    return {
        "thing": shown_thing(row, reader),
        "reviews": reviews,
        "accessions": shown_things(reader.known(reader.rows(Accession).filter(transfer_case=row)), reader),
        "undecided": undecided,
        "called_so": places_called(row.label, reader) if undecided else [],
    }


def accession(row: Accession, reader: Reader) -> Context:
    """Return who holds an accession, what was counted in it and how many of that has a row."""
    fill([row], reader, "laboratory", "transfer_case")
    effects = reader.known(reader.rows(Effect).filter(accession=row).order_by("designator", "code"))
    n_bones = reader.rows(Specimen).filter(accession=row).count()
    n_rows = n_bones + len(effects)
    return {
        "thing": shown_thing(row, reader),
        "effects": effects[:MOST_EFFECTS],
        "n_bones": n_bones,
        "n_rows": n_rows,
        "n_missing": None if row.n_items is None else row.n_items - n_rows,
    }


def bones_asked(row: Accession, reader: Reader, query: QueryDict) -> Context:
    """Return one page of the bones of an accession."""
    bones = reader.rows(Specimen).filter(accession=row).order_by("provenance_1", "provenance_2", "designator", "code")
    page = Paginator(bones, PAGE_SIZE).get_page(query.get("page"))
    return {"page": page, "bones": shown_things(reader.known(page.object_list), reader)}
