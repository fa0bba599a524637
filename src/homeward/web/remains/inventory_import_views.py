"""The page on which an inventory is brought in from a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from homeward.core.errors import InputError
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.remains.accessions import KEEP, Accession
from homeward.web.remains.allowed import standing
from homeward.web.remains.forms import TableForm
from homeward.web.remains.inventory_import import Unsaid, import_inventory

MOST_BYTES = 5_000_000


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, code: str) -> HttpResponse:
    """Check a table of bones, or bring it in: all of it or nothing."""
    accession = standing(request, Accession, code, KEEP)
    user = signed_in_user(request)
    shown = {"accession": accession, "form": TableForm(initial={"inventoried_by": user.get_username()})}
    if request.method != "POST":
        return render(request, "remains/import.html", shown)
    form = shown["form"] = TableForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["table"].size > MOST_BYTES:
        form.add_error("table", f"A table has at most {MOST_BYTES // 1_000_000} MB. Divide it.")
    if not form.is_valid():
        return render(request, "remains/import.html", shown, status=422)
    said = form.cleaned_data
    unsaid = Unsaid(said["completeness"], said["inventoried_by"])
    try:
        result = import_inventory(
            said["table"].read(),
            said["table"].name,
            accession,
            unsaid,
            by=user,
            on=timezone.localdate(),
            dry_run=said["dry_run"],
        )
    except InputError as error:
        return render(request, "remains/import.html", {**shown, "problems": error.problems}, status=422)
    counts = result.counts.get("specimen")
    return render(request, "remains/import.html", {**shown, "counts": counts, "dry_run": said["dry_run"]})
