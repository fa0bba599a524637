"""When the words of a draft say that something was."""

from __future__ import annotations

from homeward.core.dates import NotADate, PartialDate, parse_date
from homeward.web.review.models import Draft, DraftKind
from homeward.web.sources.documents import Document


def told_date(draft: Draft) -> PartialDate | None:
    """Return the date in the words of a draft, if there is one."""
    try:
        return parse_date(draft.said("date_edtf")) if draft.said("date_edtf") else None
    except NotADate:
        return None


def date_of(draft: Draft, document: Document) -> PartialDate:
    """Return the date that a draft tells of: the one in its words, else when the document was published."""
    published: PartialDate = document.published
    found = told_date(draft) or published
    told_before = draft.kind == DraftKind.EVENT or found.earliest <= published.latest
    return found if told_before else published
