"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.remains.accessions import Accession, Effect, FieldReview, TransferCase
from homeward.web.remains.custody import Store, Transfer, TransferItem
from homeward.web.remains.specimens import Sample, SampleStep, Specimen

__all__ = [
    "Accession",
    "Effect",
    "FieldReview",
    "Sample",
    "SampleStep",
    "Specimen",
    "Store",
    "Transfer",
    "TransferCase",
    "TransferItem",
]
