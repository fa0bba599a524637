"""Pages on which custody changes, and the line of a thing. Each that changes something calls one action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.engagement.models import Handover
from homeward.web.journal.access import visible
from homeward.web.journal.book import opaque_code
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import nouns
from homeward.web.pages.as_of import reader_of
from homeward.web.pages.forms import offer_only_visible
from homeward.web.pages.keeping_views import add_errors, form_page
from homeward.web.remains.accessions import TransferCase
from homeward.web.remains.allowed import let_in, standing
from homeward.web.remains.custody import KEEP, Transfer
from homeward.web.remains.custody_actions import receive, send, take_over, turn_back
from homeward.web.remains.custody_line_page import line_page
from homeward.web.remains.custody_rules import Receipt
from homeward.web.remains.forms import SENDING, TAKEOVER, ReceiptForm, SendForm, TurnBackForm
from homeward.web.remains.lineage import THINGS
from homeward.web.remains.scanned import standing_references
from homeward.web.remains.transfer_pages import transfer as transfer_context


@require_safe
def custody(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Show everybody who has held a thing, from the first to the last."""
    let_in(request)
    reader = reader_of(request)
    found = reader.get(nouns()[noun], code) if noun in THINGS else None
    if found is None:
        raise Http404
    return render(request, "remains/custody.html", line_page(found, reader))


@require_http_methods(["GET", "HEAD", "POST"])
def take_over_page(request: HttpRequest) -> HttpResponse:
    """Take over the containers of a handover; ``?handover=CODE`` gives the handover."""
    let_in(request, KEEP)
    reader = Reader(request.user)
    if request.method != "POST":
        handover = reader.get(Handover, request.GET.get("handover", ""))
        given: dict[str, Any] = {"known_on": timezone.localdate(), "happened": timezone.localdate().isoformat()}
        if handover is not None:
            given |= {"handover": handover.code, "giver": handover.giver_id, "receiver": handover.receiver_id}
        return _page(request, TAKEOVER(initial=given), "Take over containers")
    form = TAKEOVER(request.POST, instance=Transfer())
    offer_only_visible(form, signed_in_user(request))
    if form.is_valid():
        try:
            kept = take_over(
                form.instance,
                _cases(form.cleaned_data, reader),
                by=signed_in_user(request),
                why=form.cleaned_data["why"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(kept)
    return _page(request, form, "Take over containers", status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def send_page(request: HttpRequest) -> HttpResponse:
    """Send things; ``?about=NOUN:CODE`` gives one, and can stand several times."""
    let_in(request, KEEP)
    reader = Reader(request.user)
    if request.method != "POST":
        things = standing_references(request.GET.getlist("about"), reader)
        today = timezone.localdate()
        given = {"known_on": today, "happened": today.isoformat(), "things": "\n".join(things), "n_things": len(things)}
        return _page(request, SENDING(initial=given), "Send things")
    form = SENDING(request.POST, instance=Transfer())
    assert isinstance(form, SendForm), "The form of a sending reads what was scanned."  # noqa: S101
    form.reader = reader
    offer_only_visible(form, signed_in_user(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            kept = send(
                form.instance, said["things"], by=signed_in_user(request), why=said["why"], staying=said["staying"]
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(kept)
    return _page(request, form, "Send things", status=422)


@require_POST
def receive_page(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm that a transfer arrived."""
    row = standing(request, Transfer, code, KEEP)
    form = ReceiptForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        receipt = Receipt(
            said["on"], said["received_by"], said["n_received"], said["seal_intact"], said["note"], said["store"]
        )
        try:
            return redirect(receive(row, receipt, by=signed_in_user(request)))
        except ValidationError as error:
            add_errors(form, error)
    return _transfer_page(request, row, receipt=form)


@require_POST
def turn_back_page(request: HttpRequest, code: str) -> HttpResponse:
    """Refuse a transfer, or call it back."""
    row = standing(request, Transfer, code, KEEP)
    form = TurnBackForm(request.POST, prefix="back")
    if form.is_valid():
        try:
            return redirect(
                turn_back(row, on=form.cleaned_data["on"], by=signed_in_user(request), why=form.cleaned_data["why"])
            )
        except ValidationError as error:
            add_errors(form, error)
    return _transfer_page(request, row, turning=form)


def _transfer_page(request: HttpRequest, row: Transfer, **forms: Any) -> HttpResponse:
    """The page of a transfer with what was typed and what is wrong with it."""
    current = visible(request.user, Transfer).get(pk=row.pk)
    context = {**transfer_context(current, Reader(request.user)), **forms}
    shown = {"row": current, "noun": "transfer", "model": Transfer._meta}
    return render(request, "remains/transfer.html", {**context, **shown}, status=422)


def _cases(said: dict[str, Any], reader: Reader) -> list[TransferCase]:
    """The containers of these numbers: those of the handover that the register has, and new ones."""
    handover = said["handover"]
    numbers = said["numbers"]
    there = reader.rows(TransferCase).filter(handover=handover, number__in=numbers) if handover else ()
    known = {case.number: case for case in there}
    return [
        known.get(number)
        or TransferCase(
            code=opaque_code(),
            known_on=said["known_on"],
            kind=said["case_kind"],
            number=number,
            handover=handover,
            received=said["happened"],
            received_by=said["receiver"],
        )
        for number in numbers
    ]


def _page(request: HttpRequest, form: Any, title: str, status: int = 200) -> HttpResponse:
    """A page with a form for a transfer."""
    return form_page(request, Transfer, form, template="remains/form.html", page_title=title, status=status)
