"""The front page of the register, and the page for work with a scanner."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from homeward.core.dates import parse_date
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.engagement.models import Handover
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.pages.as_of import reader_of
from homeward.web.remains.accessions import Accession, TransferCase
from homeward.web.remains.allowed import let_in
from homeward.web.remains.custody import KEEP, Store, Transfer
from homeward.web.remains.custody_actions import move
from homeward.web.remains.lineage import THINGS
from homeward.web.remains.scanned import MOST_SCANNED, find_scanned, standing_references
from homeward.web.remains.shown import shown_by_reference

PAGE_SIZE = 50
MOST_UNDER_WAY = 100


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the containers by handover, what is on its way, and what waits for its inventory."""
    let_in(request)
    reader = reader_of(request)
    waiting = reader.rows(Accession).filter(inventoried=False).order_by("opened_earliest", "code")
    page = Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page"))
    accessions = reader.known(page.object_list)
    fill(accessions, reader, "laboratory", "transfer_case")
    context = {
        "by_handover": _by_handover(reader),
        "under_way": _under_way(reader),
        "page": page,
        "waiting": accessions,
    }
    return render(request, "remains/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """Scan things, then the store that they are put into. What was scanned stands in the address."""
    let_in(request, KEEP)
    reader = Reader(request.user)
    scanned = standing_references((request.POST or request.GET).getlist("about"), reader)
    if request.method != "POST":
        return _scan_page(request, reader, scanned)
    text = request.POST.get("scan", "")
    found = find_scanned(text, reader)
    if isinstance(found, Store):
        return _put(request, reader, scanned, found)
    if found is None:
        return _scan_page(request, reader, scanned, [f"Nothing in the register has the code {text.strip()!r}."])
    if len(scanned) >= MOST_SCANNED:
        return _scan_page(request, reader, scanned, [f"First do something with these {MOST_SCANNED}."])
    assert found.noun() in THINGS, "What is scanned is a thing or a store."  # noqa: S101
    return redirect(f"{reverse('remains:scan')}?{urlencode({'about': [*scanned, found.reference]}, doseq=True)}")


def _put(request: HttpRequest, reader: Reader, scanned: list[str], store: Store) -> HttpResponse:
    """Put what was scanned into a store."""
    if not scanned:
        return _scan_page(request, reader, scanned, ["Scan what is to be put there first, then the store."])
    today = parse_date(timezone.localdate().isoformat())
    try:
        moved = move(scanned, store, on=today, by=signed_in_user(request))
    except ValidationError as error:
        return _scan_page(request, reader, scanned, error.messages)
    return redirect(f"{reverse('remains:scan')}?{urlencode({'moved': moved.code})}")


def _scan_page(
    request: HttpRequest, reader: Reader, scanned: list[str], problems: list[str] | None = None
) -> HttpResponse:
    """The page with what was scanned until now, or with what was done with it last."""
    moved = reader.get(Transfer, request.GET.get("moved", ""))
    if moved is not None:
        fill([moved], reader, "store")
    context = {
        "things": shown_by_reference(scanned, reader),
        "moved": moved,
        "problems": problems or [],
        "query": urlencode({"about": scanned}, doseq=True),
    }
    return render(request, "remains/scan.html", context, status=422 if problems else 200)


def _by_handover(reader: Reader) -> list[tuple[Any, int, int]]:
    """The handovers that containers came in, with how many there are, and how many were opened."""
    cases = reader.rows(TransferCase).filter(handover__isnull=False).order_by()
    opened = Count("accessions", filter=Q(accessions__withdrawn=""), distinct=True)
    counts = cases.values("handover").annotate(n_cases=Count("pk", distinct=True), n_opened=opened)
    numbers = {one["handover"]: (one["n_cases"], one["n_opened"]) for one in counts}
    handovers = reader.known(reader.rows(Handover).filter(pk__in=numbers).order_by("name", "code"))
    return [(row, *numbers[row.code]) for row in handovers]


def _under_way(reader: Reader) -> list[Transfer]:
    """The transfers that nobody had received or turned back on the reader's day, the oldest first."""
    on = reader.as_of.on
    later = Q(received_earliest=None) & Q(turned_back_earliest=None)
    if on is not None:
        later = later | Q(received_earliest__gt=on) | Q(turned_back_earliest__gt=on)
    rows = reader.rows(Transfer).filter(later).order_by("happened_earliest", "code")
    if on is not None:
        rows = rows.filter(happened_earliest__lte=on)
    found = reader.known(rows[:MOST_UNDER_WAY])
    fill(found, reader, "giver", "receiver")
    return found
