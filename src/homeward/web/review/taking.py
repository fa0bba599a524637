"""From what was typed, or would have been typed, to the rows that a draft becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from homeward.web.accounts.models import User
from homeward.web.engagement.models import Event
from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.pages.forms import RowForm, SourceForm, blank_forms, free_code, new_row, typed_forms
from homeward.web.review.forms import LONGEST_STEM
from homeward.web.review.models import Draft, DraftState
from homeward.web.review.proposals import Proposal
from homeward.web.sources.documents import Citation, Document
from homeward.web.sources.figures import Figure

MUST = "Say which it is. It must be in the record first."


def filled_in(proposal: Proposal, document: Document) -> tuple[RowForm, SourceForm | None]:
    """Return the form of the row that a draft would become, and that of its source, filled in."""
    source = {"document": document.code, "passage": proposal.passage, "locator": proposal.locator}
    return blank_forms(nouns()[proposal.noun], proposal.columns, source)


def as_typed(proposal: Proposal, document: Document) -> dict[str, Any]:
    """Return what the forms would send if somebody opened and sent them without a change."""
    form, source = filled_in(proposal, document)
    values = {bound.html_name: bound.value() for bound in [*form, *(source or ())]}
    return {
        **{name: "" if value is None else str(value) for name, value in values.items()},
        "passed_on": "\n".join(proposal.passed_on),
    }


def row_typed(form: RowForm, source: SourceForm | None, must: frozenset[str]) -> tuple[Recorded, list[Recorded]] | None:
    """Return the row that was typed, with its citation; ``None``, with the reasons in the form, if it is not right."""
    form.is_valid()
    for name in must & form.fields.keys():
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, MUST)
    return new_row(form, source)


def figures_with(row: Recorded, proposal: Proposal, document: Document, user: User) -> list[tuple[Draft, Figure]]:
    """Return the figures that are entered with an event, each with its draft: those for which nothing is missing."""
    found: list[tuple[Draft, Figure]] = []
    for draft, figure in whole_figures(proposal):
        about = {"about": row.reference if isinstance(row, Event) else getattr(row, "about", "")}
        form, source = typed_forms(Figure, {**as_typed(figure, document), **about}, user)
        made = new_row(form, source)
        if made is not None and isinstance(made[0], Figure):
            made[0].code = free_code(Figure, f"{row.code[:LONGEST_STEM]}-figure-{len(found) + 1}")
            found.append((draft, made[0]))
    return found


def more_citations(about: str, proposal: Proposal, document: Document, known_on: date) -> list[Citation]:
    """Return the citations of the other passages that tell of an event, for the row that it is about."""
    stem = f"{about.replace(':', '-')[:LONGEST_STEM]}-{document.code[:LONGEST_STEM]}-also"
    return [
        Citation(
            code=free_code(Citation, f"{stem[: MAX_CODE - 12]}-{number}"),
            about=about,
            document=document,
            passage=passage,
            known_on=known_on,
        )
        for number, passage in enumerate(proposal.also, start=1)
    ]


def whole_figures(proposal: Proposal) -> Sequence[tuple[Draft, Proposal]]:
    """Return the figures of an event for which nothing is missing; the others stay drafts of their own."""
    asked = ("series", "low", "high", "qualifier", "unit", "scope")
    return [pair for pair in proposal.figures if all(pair[1].columns[name] for name in asked)]


def state_of(typed: Mapping[str, Any], proposal: Proposal, document: Document) -> DraftState:
    """Return whether a form that was sent accepts a draft as it was proposed, or corrects it."""
    proposed = as_typed(proposal, document)
    same = all(_plain(typed.get(name, "")) == _plain(value) for name, value in proposed.items() if name != "why")
    return DraftState.ACCEPTED if same else DraftState.CORRECTED


def _plain(text: str) -> str:
    """Text without what sending a form does to it."""
    return text.replace("\r\n", "\n").strip()
