"""Pages on which containers are opened and what was in them is described. Each calls one action."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from homeward.core.dates import parse_date
from homeward.osteology.catalogue import elements
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import visible
from homeward.web.journal.book import opaque_code
from homeward.web.journal.keeping import amend, enter
from homeward.web.journal.reader import Reader
from homeward.web.pages.forms import RowForm, offer_only_visible
from homeward.web.pages.keeping_views import add_errors, form_page
from homeward.web.places.models import Place
from homeward.web.remains.accession_actions import add_later_find, amend_count, complete_inventory, open_case
from homeward.web.remains.accessions import KEEP, Accession, Effect, TransferCase, counted
from homeward.web.remains.allowed import standing
from homeward.web.remains.bone_counts import bone_counts
from homeward.web.remains.forms import BONE, EFFECT, OPENING, SAMPLE, PlaceForm
from homeward.web.remains.holders import holders_of
from homeward.web.remains.sample_actions import cut_sample
from homeward.web.remains.shown import load_words, thing_words
from homeward.web.remains.specimens import Sample, Specimen

KEPT = (
    "provenance_1",
    "provenance_2",
    "completeness",
    "condition",
    "inventoried_by",
    "side",
)
"""What the form of the next bone takes over from the last one."""
NEWEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, code: str) -> HttpResponse:
    """Open a container: enter its accession."""
    case = standing(request, TransferCase, code, KEEP)
    title = f"Open {case}"
    if request.method != "POST":
        today = timezone.localdate()
        holder = holders_of([case.reference]).get(case.reference, "")
        given = {"known_on": today, "opened": today.isoformat(), "laboratory": holder}
        return form_page(request, Accession, OPENING(initial=given), template="remains/form.html", page_title=title)
    form = OPENING(request.POST, instance=Accession(transfer_case=case, made_up=case.made_up, code=opaque_code()))
    offer_only_visible(form, signed_in_user(request))
    if form.is_valid():
        try:
            return redirect(open_case(form.instance, by=signed_in_user(request), why=form.cleaned_data["why"]))
        except ValidationError as error:
            add_errors(form, error)
    return form_page(request, Accession, form, template="remains/form.html", page_title=title, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def inventory(request: HttpRequest, code: str) -> HttpResponse:
    """Describe one bone or effect after the other; the page stays on the accession and keeps what was typed last."""
    accession = standing(request, Accession, code, KEEP)
    if request.method != "POST":
        return _inventory_page(request, accession, BONE(initial=_next_bone(accession, request)), EFFECT())
    is_bone = "effect" not in request.POST
    row: Specimen | Effect = (Specimen if is_bone else Effect)(
        accession=accession, code=opaque_code(), known_on=timezone.localdate(), made_up=accession.made_up
    )
    form = (BONE if is_bone else EFFECT)(request.POST, instance=row)
    if form.is_valid():
        try:
            _enter_item(accession, row, form, request)
        except ValidationError as error:
            add_errors(form, error)
        else:
            last = {"last": row.code} if is_bone else {}
            return redirect(f"{reverse('remains:inventory', args=[code])}?{urlencode(last)}".rstrip("?"))
    bone = form if is_bone else BONE(initial=_next_bone(accession, request))
    return _inventory_page(request, accession, bone, EFFECT() if is_bone else form, status=422)


def _enter_item(accession: Accession, row: Specimen | Effect, form: RowForm, request: HttpRequest) -> None:
    """Enter an item of the inventory, or a later find where that is complete."""
    by, why = signed_in_user(request), form.cleaned_data["why"]
    if accession.inventoried:
        add_later_find(row, by=by, why=why)
    else:
        enter(row, by=by, why=why)


@require_POST
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the inventory is complete, or say what is missing."""
    accession = standing(request, Accession, code, KEEP)
    try:
        return redirect(complete_inventory(accession, by=signed_in_user(request)))
    except ValidationError as error:
        return _inventory_page(request, accession, BONE(), EFFECT(), problems=error.messages, status=422)


@require_POST
def count_again(request: HttpRequest, code: str) -> HttpResponse:
    """Correct how many items were counted."""
    accession = standing(request, Accession, code, KEEP)
    number = request.POST.get("n_items", "")
    try:
        if not re.fullmatch(r"[0-9]{1,6}", number):
            raise ValidationError("Say how many items were counted, as a number.")
        amended = amend_count(accession, int(number), by=signed_in_user(request), why=request.POST.get("why", "")[:500])
    except ValidationError as error:
        return _inventory_page(request, accession, BONE(), EFFECT(), problems=error.messages, status=422)
    return redirect("remains:inventory", amended.code)


@require_http_methods(["GET", "HEAD", "POST"])
def cut_page(request: HttpRequest, code: str) -> HttpResponse:
    """Cut a sample from a bone, or plan to."""
    bone = standing(request, Specimen, code, KEEP)
    load_words([bone], Reader(request.user))
    title = f"Sample of {thing_words(bone)}"
    today = timezone.localdate()
    if request.method != "POST":
        n_samples = visible(request.user, Sample).filter(specimen=bone).count()
        given = {"number": f"{n_samples + 1:02}A", "purpose": "DNA", "on": today.isoformat()}
        return form_page(request, Sample, SAMPLE(initial=given), template="remains/form.html", page_title=title)
    row = Sample(specimen=bone, code=opaque_code(), known_on=today, made_up=bone.made_up)
    form = SAMPLE(request.POST, instance=row)
    if form.is_valid():
        planned = parse_date(today.isoformat())
        said = form.cleaned_data
        try:
            return redirect(
                cut_sample(row, on=said["on"], planned=planned, by=signed_in_user(request), why=said["why"])
            )
        except ValidationError as error:
            add_errors(form, error)
    return form_page(request, Sample, form, template="remains/form.html", page_title=title, status=422)


@require_POST
def decide_place(request: HttpRequest, code: str) -> HttpResponse:
    """Decide which of the places of a name the label of a container means: a person says so, on stated grounds."""
    case = standing(request, TransferCase, code, KEEP)
    form = PlaceForm(request.POST)
    problems = [sentence for errors in form.errors.values() for sentence in errors]
    if not problems:
        place = visible(request.user, Place).filter(pk=form.cleaned_data["place"], withdrawn="").first()
        if place is not None:
            amend(
                case,
                {"label_place": place},
                by=signed_in_user(request),
                why=form.cleaned_data["why"],
                read_version=case.version,
                known_on=max(timezone.localdate(), case.version_known_on),
            )
            return redirect(case)
        problems = ["There is no place of this code. Look it up, or enter it before this."]
    return render(request, "remains/refused.html", {"row": case, "problems": problems}, status=422)


def _next_bone(accession: Accession, request: HttpRequest) -> dict[str, Any]:
    """What the form of the next bone begins with: what was said of the last one, and the number after it."""
    bones = visible(request.user, Specimen).filter(accession=accession, withdrawn="")
    last = bones.filter(pk=request.GET.get("last", "")).first() or bones.order_by("-recorded_at", "pk").first()
    if last is None:
        return {"designator": "1", "inventoried_by": signed_in_user(request).get_username()}
    return {**{name: getattr(last, name) for name in KEPT}, "designator": _after(last.designator)}


def _after(designator: str) -> str:
    """The number after that of the last bone, in as many digits; empty where that is no number."""
    number = re.fullmatch(r"(.*?)(\d{1,9})", designator)
    return f"{number[1]}{int(number[2]) + 1:0{len(number[2])}}" if number else ""


def _inventory_page(
    request: HttpRequest,
    accession: Accession,
    bone: RowForm,
    effect: RowForm,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an inventory: the forms, what was entered last, and the counts until now."""
    accession, n_rows = counted(Accession.objects.filter(pk=accession.pk))[0]
    bones = list(
        visible(request.user, Specimen).filter(accession=accession, withdrawn="").order_by("-recorded_at", "code")
    )
    context = {
        "accession": accession,
        "bone": bone,
        "effect": effect,
        "problems": problems or [],
        "newest": bones[:NEWEST],
        "counts": bone_counts(bones) if bones else None,
        "n_rows": n_rows,
        "n_missing": None if accession.n_items is None else accession.n_items - n_rows,
        "elements": list(elements()),
    }
    return render(request, "remains/inventory.html", context, status=status)
