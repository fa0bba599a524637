"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.sources.conflicts import Conflict, Position
from homeward.web.sources.documents import Citation, Document, Original
from homeward.web.sources.figures import CountingRule, Figure, Series
from homeward.web.sources.statements import Attribution, Bearing, Statement

__all__ = [
    "Attribution",
    "Bearing",
    "Citation",
    "Conflict",
    "CountingRule",
    "Document",
    "Figure",
    "Original",
    "Position",
    "Series",
    "Statement",
]
