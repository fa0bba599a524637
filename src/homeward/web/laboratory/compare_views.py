"""Pages of a run of the engine: what to compare, and what came out of it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from homeward.core.errors import InputError
from homeward.genetics.databases.frequencies import bundled_databases
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.casework.individuals import Association
from homeward.web.journal.access import visible
from homeward.web.laboratory.case_export import CaseFormat, export_case
from homeward.web.laboratory.comparing import run_comparison
from homeward.web.laboratory.comparisons import Comparison
from homeward.web.laboratory.gates import for_analysts
from homeward.web.laboratory.panel_choice import PanelChoice
from homeward.web.laboratory.pedigree_rows import unaccounted
from homeward.web.remains.specimens import Sample
from homeward.web.roll.families import VIEW_FAMILIES, Relative
from homeward.web.roll.incidents import Calamity
from homeward.web.roll.people import MissingPerson

STANDARD = PanelChoice()


def _populations() -> list[tuple[str, str]]:
    """Every population of every database, as one choice."""
    return [
        (f"{database}/{population}", f"{population} ({database})")
        for database, populations in bundled_databases().items()
        for population in populations
    ]


class CompareForm(forms.Form):
    """Which samples and families, and whose frequencies."""

    title = forms.CharField(max_length=120, initial="From the record", help_text="What the analysis is called.")
    samples = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Codes of samples or individuals, separated by blanks; all samples with a profile if empty.",
    )
    families = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Codes of families; all if empty.",
    )
    calamity = forms.ModelChoiceField(
        Calamity.objects.filter(withdrawn="").order_by("name"),
        label="War or disaster",
        required=False,
        empty_label="any",
        help_text="Only families of those unaccounted for from it.",
        error_messages={"invalid_choice": "There is no such war or disaster in the record."},
    )
    population = forms.ChoiceField(
        choices=_populations,
        initial=f"{STANDARD.database}/{STANDARD.population}",
        help_text="Whose allele frequencies.",
    )

    def panel_choice(self) -> PanelChoice:
        """Return whose frequencies were chosen."""
        database, _, population = self.cleaned_data["population"].partition("/")
        return PanelChoice(database, population)


@require_http_methods(["GET", "HEAD", "POST"])
@for_analysts
def compare(request: HttpRequest) -> HttpResponse:
    """Choose samples and families, and run the engine on them or take them along as a file."""
    user = signed_in_user(request)
    if not user.has_perm(VIEW_FAMILIES):
        raise Http404
    if not user.has_perm("casework.add_analysis"):
        raise PermissionDenied("Your roles do not allow you to record analyses.")
    form = CompareForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        given = {name: request.GET.get(name, "") for name in ("samples", "families", "calamity")}
        form.initial = {**given, "title": "From the record", "population": form["population"].initial}
        return render(request, "laboratory/compare.html", {"form": form, "formats": CaseFormat})
    problems: tuple[Any, ...] = ()
    if form.is_valid() and (chosen := _chosen(form, request)) is not None:
        asked = {**chosen, "choice": form.panel_choice(), "title": form.cleaned_data["title"], "by": user}
        try:
            wanted = request.POST.get("take", "")
            if wanted in list(CaseFormat):
                return _file(*export_case(format=CaseFormat(wanted), **asked)[:2])
            return redirect("laboratory:comparison", run_comparison(**asked).analysis.public_id)
        except InputError as error:
            problems = error.problems
    context = {"form": form, "problems": problems, "formats": CaseFormat}
    return render(request, "laboratory/compare.html", context, status=422)


def _chosen(form: CompareForm, request: HttpRequest) -> dict[str, Any] | None:
    """The samples and families that were asked for; ``None`` if a code is none, which the form then says."""
    samples = _samples(form, request)
    families: set[str] | None = None
    if codes := _codes(form.cleaned_data["families"]):
        families = set(visible(request.user, Relative).filter(family__in=codes).values_list("family_id", flat=True))
        _tell_unknown(form, "families", "family", codes - families)
    if calamity := form.cleaned_data["calamity"]:
        lost = unaccounted(signed_in_user(request), calamity=calamity.code)
        in_pedigrees = visible(request.user, Relative).filter(withdrawn="", missing__calamity=calamity)
        of_war = {family for family, person in in_pedigrees.values_list("family_id", "missing_id") if person in lost}
        families = of_war if families is None else families & of_war
    return None if form.errors else {"samples": samples, "families": families}


def _samples(form: CompareForm, request: HttpRequest) -> set[str] | None:
    """The samples that were asked for, those of individuals among them; all if none was named."""
    codes = _codes(form.cleaned_data["samples"])
    if not codes:
        return None
    samples = set(visible(request.user, Sample).filter(pk__in=codes, withdrawn="").values_list("pk", flat=True))
    associations = visible(request.user, Association).filter(individual__in=codes - samples, withdrawn="")
    specimens = dict(associations.values_list("specimen_id", "individual_id"))
    cut = visible(request.user, Sample).filter(specimen__in=specimens, withdrawn="")
    _tell_unknown(form, "samples", "sample or individual", codes - samples - set(specimens.values()))
    return samples | set(cut.values_list("pk", flat=True))


def _codes(text: str) -> set[str]:
    """The codes in a text."""
    return {code for code in re.split(r"[\s,;]+", text) if code}


def _tell_unknown(form: CompareForm, field: str, what: str, codes: set[str]) -> None:
    """Say which codes are none."""
    for code in sorted(codes):
        form.add_error(field, f"There is no {what} {code}. Codes stand under each title.")


@require_safe
@for_analysts
def comparison(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the candidates of a run, with what mtDNA and Y-STR say beside each."""
    user = signed_in_user(request)
    if not (user.has_perm("casework.view_analysis") and user.has_perm(VIEW_FAMILIES)):
        raise Http404
    found = get_object_or_404(Comparison.objects.select_related("analysis"), analysis__public_id=public_id)
    people = visible(user, MissingPerson).in_bulk({row["missing"] for row in found.candidates})
    rows = [{**row, "person": people.get(row["missing"])} for row in found.candidates]
    context = {"comparison": found, "analysis": found.analysis, "rows": rows}
    return render(request, "laboratory/comparison.html", context)


def _file(name: str, content: bytes) -> HttpResponse:
    """An answer that the browser saves."""
    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type="application/octet-stream", headers={"Content-Disposition": header})
