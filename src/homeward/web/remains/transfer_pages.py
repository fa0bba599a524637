"""What the pages of transfers and stores show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.remains.custody import KEEP, Store, Transfer, TransferItem
from homeward.web.remains.forms import ReceiptForm, TurnBackForm
from homeward.web.remains.shown import load_words, shown_by_reference, thing_words

PAGE_SIZE = 100
MOST_ITEMS = 1000

Context = Mapping[str, Any]


def transfer(row: Transfer, reader: Reader) -> Context:
    """Return what passes, between whom, and the forms for whoever may receive it or turn it back."""
    fill([row], reader, "giver", "receiver", "store")
    items = reader.known(reader.rows(TransferItem).filter(transfer=row).order_by("packed", "about")[:MOST_ITEMS])
    things = reader.by_reference(item.about for item in items)
    load_words(list(things.values()), reader)
    return {
        "items": [
            (item, things[item.about], thing_words(things[item.about])) for item in items if item.about in things
        ],
        **forms_of(row, reader),
    }


def forms_of(row: Transfer, reader: Reader) -> Context:
    """Return the forms of a transfer that is on its way, for whoever may use them."""
    open_to = reader.as_of.is_now and row.is_under_way and reader.user.has_perm(KEEP)
    today = timezone.localdate().isoformat()
    sent_it = reader.user.get_username() == row.sent_by_user
    return {
        "receipt": ReceiptForm(initial={"on": today}) if open_to and not sent_it else None,
        "turning": TurnBackForm(initial={"on": today}, prefix="back") if open_to else None,
        "sent_it": sent_it,
    }


def store(row: Store, reader: Reader) -> Context:
    """Return where a store is, and the stores in it."""
    fill([row], reader, "holder", "within")
    return {"inner": reader.known(reader.rows(Store).filter(within=row).order_by("name", "code"))}


def things_asked(row: Store, reader: Reader, query: QueryDict) -> Context:
    """Return the things that were put into a store and lie in it still, those put there last first."""
    items = reader.rows(TransferItem).filter(transfer__store=row, transfer__received__isnull=False)
    page = Paginator(items.order_by("-transfer__received_earliest", "about"), PAGE_SIZE).get_page(query.get("page"))
    put = shown_by_reference([item.about for item in reader.known(page.object_list)], reader)
    return {"page": page, "things": [one for one in put if one.store is not None and one.store.code == row.code]}
