"""Reading a document, and the pages of its review. Each that changes something calls one action."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import visible
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.pages.forms import RowForm, SourceForm, typed_forms
from homeward.web.pages.keeping_views import add_errors, form_page
from homeward.web.review import actions
from homeward.web.review.forms import LinkTo, PassedOn, Reject
from homeward.web.review.models import Draft, DraftKind, DraftState, Reading
from homeward.web.review.page import next_open, review_page
from homeward.web.review.proposals import Proposal, proposal_of
from homeward.web.review.reading_kept import read_original
from homeward.web.review.surroundings import surroundings_of
from homeward.web.review.taking import (
    as_typed,
    figures_with,
    filled_in,
    more_citations,
    row_typed,
    state_of,
    whole_figures,
)
from homeward.web.sources.documents import ENTER, Document
from homeward.web.sources.statements import Statement


@require_safe
def drafts(request: HttpRequest, code: str) -> HttpResponse:
    """Show a document beside what was drafted from it."""
    document = _document(request, code)
    reading = Reading.objects.filter(document=document.code).first()
    if reading is None:
        return render(request, "review/unread.html", {"document": document})
    return _review(request, reading, document)


@require_POST
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Read the original of a document; where it cannot be read, say why."""
    document = _document(request, code)
    try:
        reading = read_original(document, by=signed_in_user(request))
    except ValidationError as error:
        context = {"document": document, "problems": error.messages}
        return render(request, "review/unread.html", context, status=422)
    return redirect(reading)


@require_POST
def accept(request: HttpRequest, code: str, draft: UUID) -> HttpResponse:
    """Take a draft into the record as it was proposed; where something is missing, show its form."""
    document, found = _draft(request, code, draft)
    if not found.is_open:
        return _on(found)
    proposal = proposal_of(found, document, surroundings_of(found.reading.drafts.all(), document, Reader(request.user)))
    _require_noun(proposal)
    typed = as_typed(proposal, document)
    return _take(request, document, found, proposal, typed, DraftState.ACCEPTED)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, draft: UUID) -> HttpResponse:
    """The form of the row that a draft would become, filled in; sent, it is entered."""
    document, found = _draft(request, code, draft)
    if not found.is_open:
        return _on(found)
    proposal = proposal_of(found, document, surroundings_of(found.reading.drafts.all(), document, Reader(request.user)))
    _require_noun(proposal)
    if request.method == "POST":
        return _take(request, document, found, proposal, request.POST.dict(), DraftState.CORRECTED)
    form, source = filled_in(proposal, document)
    passed_on = PassedOn(initial={"passed_on": "\n".join(proposal.passed_on)})
    return _form(request, document, found, proposal, form, source, passed_on)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, code: str, draft: UUID) -> HttpResponse:
    """Link a draft to a row of the record: a statement bears on it, anything else becomes a citation for it."""
    document, found = _draft(request, code, draft)
    if not found.is_open:
        return _on(found)
    around = surroundings_of(found.reading.drafts.all(), document, Reader(request.user))
    proposal = proposal_of(found, document, around)
    is_statement = found.kind == DraftKind.STATEMENT
    form = LinkTo(request.POST or None, near=around.any_subjects_near(found), is_statement=is_statement)
    if request.method == "POST" and form.is_valid():
        if is_statement:
            typed = as_typed(proposal, document)
            return _take(request, document, found, proposal, typed, DraftState.LINKED, link_to=form)
        passage = proposal.passage if document.text else ""
        try:
            citation = form.citation(document, passage, proposal.locator)
            parts = more_citations(citation.about, proposal, document, citation.known_on) if document.text else []
            actions.take(found, citation, DraftState.LINKED, by=signed_in_user(request), why="", parts=parts)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _on(found)
    return _link_page(request, document, found, form)


@require_POST
def reject(request: HttpRequest, code: str, draft: UUID) -> HttpResponse:
    """Reject a draft, with the reason."""
    document, found = _draft(request, code, draft)
    form = Reject(request.POST)
    try:
        why = form.cleaned_data["why"] if form.is_valid() else ""
        actions.reject(found, by=signed_in_user(request), why=why)
    except ValidationError as error:
        return _review(request, found.reading, document, found, problems=error.messages)
    return _on(found)


@require_POST
def undo(request: HttpRequest, code: str, draft: UUID) -> HttpResponse:
    """Open a draft again; what it became is withdrawn."""
    document, found = _draft(request, code, draft)
    try:
        actions.undo(found, by=signed_in_user(request))
    except ValidationError as error:
        return _review(request, found.reading, document, found, problems=error.messages)
    return redirect(_address(found))


def _document(request: HttpRequest, code: str) -> Document:
    """A standing document: 404 for whoever may not see it, 403 for whoever may not enter sources."""
    document: Document | None = (
        visible(request.user, Document).select_related("original").defer("original__content").filter(pk=code).first()
    )
    if document is None or document.withdrawn:
        raise Http404
    if not request.user.has_perm(ENTER):
        raise PermissionDenied("Your roles do not allow you to enter statements and figures.")
    return document


def _draft(request: HttpRequest, code: str, public_id: UUID) -> tuple[Document, Draft]:
    """A draft of a document that the user may see."""
    document = _document(request, code)
    drafts = Draft.objects.select_related("reading")
    draft = drafts.filter(public_id=public_id, reading__document=document.code).first()
    if draft is None:
        raise Http404
    return document, draft


def _require_noun(proposal: Proposal) -> None:
    """Refuse what becomes no row of its own."""
    if not proposal.noun:
        raise PermissionDenied(proposal.instead)


def _take(
    request: HttpRequest,
    document: Document,
    draft: Draft,
    proposal: Proposal,
    typed: dict[str, Any],
    state: DraftState,
    link_to: LinkTo | None = None,
) -> HttpResponse:
    """Enter what was typed and say that the draft became it; where something is wrong with it, show the form."""
    model, user = nouns()[proposal.noun], signed_in_user(request)
    if not user.has_perm(model.keep_permission):
        raise PermissionDenied(f"Your roles do not allow you to enter {model._meta.verbose_name_plural}.")
    form, source = typed_forms(model, typed, user)
    passed_on = PassedOn(typed)
    made = row_typed(form, source, proposal.must)
    if made is not None and passed_on.is_valid():
        row, parts = made
        if isinstance(row, Statement):
            parts += passed_on.attributions(row)
            parts += [link_to.bearing(row)] if link_to is not None else []
        parts += more_citations(row.reference, proposal, document, row.known_on)
        if state == DraftState.CORRECTED:
            state = state_of(typed, proposal, document)
        try:
            actions.take(
                draft,
                row,
                state,
                by=user,
                why=form.cleaned_data["why"],
                parts=parts,
                figures=figures_with(row, proposal, document, user),
                same=proposal.same,
            )
        except ValidationError as error:
            if link_to is not None and "about" in getattr(error, "error_dict", {}):
                link_to.add_error("about", error.message_dict["about"])
                return _link_page(request, document, draft, link_to)
            add_errors(form, error)
        else:
            return _on(draft)
    return _form(request, document, draft, proposal, form, source, passed_on, status=422)


def _form(
    request: HttpRequest,
    document: Document,
    draft: Draft,
    proposal: Proposal,
    form: RowForm,
    source: SourceForm | None,
    passed_on: PassedOn,
    status: int = 200,
) -> HttpResponse:
    """The form of the row that a draft becomes."""
    model: type[Recorded] = form._meta.model
    more: dict[str, Any] = {
        "document": document,
        "draft": draft,
        "proposal": proposal,
        "with_it": [str(one) for one, _ in whole_figures(proposal)],
        "passed_on": passed_on if draft.kind == DraftKind.STATEMENT else None,
        "action": reverse("review:correct", args=[document.code, draft.public_id]),
        "back": _address(draft),
        "subject": getattr(model, "subject", ""),
    }
    return form_page(request, model, form, source, status=status, template="review/correct.html", **more)


def _link_page(request: HttpRequest, document: Document, draft: Draft, form: LinkTo) -> HttpResponse:
    """The page on which a row is chosen."""
    context = {"document": document, "draft": draft, "form": form, "back": _address(draft)}
    return render(request, "review/link.html", context, status=422 if form.is_bound else 200)


def _review(
    request: HttpRequest, reading: Reading, document: Document, draft: Draft | None = None, problems: Any = ()
) -> HttpResponse:
    """The page of a review, with what could not be done with a draft."""
    asked = str(draft.public_id) if draft is not None else request.GET.get("draft", "")
    page = review_page(reading, document, signed_in_user(request), asked=asked, part=request.GET.get("part", ""))
    return render(request, "review/drafts.html", {**page, "problems": problems}, status=422 if problems else 200)


def _on(draft: Draft) -> HttpResponse:
    """Go on with the next draft that is open."""
    return redirect(_address(next_open(draft)))


def _address(draft: Draft) -> str:
    """The page of the review with one draft as the current one."""
    return f"{draft.reading.get_absolute_url()}?{urlencode({'draft': draft.public_id})}"
