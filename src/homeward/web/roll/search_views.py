"""The page on which people of the roll are looked for, and the statistics of a war, a disaster or an incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from homeward.web.bundle.cells import shielded
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, Recorded, nouns
from homeward.web.pages.as_of import reader_of
from homeward.web.parties.models import Party
from homeward.web.roll.finding import Sought, find, read_question
from homeward.web.roll.hits import hits
from homeward.web.roll.incidents import Calamity
from homeward.web.roll.people import MissingPerson, Sex
from homeward.web.roll.statistics import LABELS, Statistic, statistic_of

FIRST_YEAR, LAST_YEAR = 1800, 2200
MOST_SERVICES = 200
GROUP = 5_000
SCOPES = ("calamity", "incident")


class SearchForm(forms.Form):
    """What can be asked of the roll."""

    q = forms.CharField(
        label="Name, number, unit, incident or place",
        required=False,
        max_length=300,
        help_text="In any script, spelling and order of names. All words are looked for.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    calamity = forms.ChoiceField(label="War or disaster", required=False)
    status = forms.ChoiceField(required=False)
    service = forms.ChoiceField(required=False)
    sex = forms.ChoiceField(required=False, choices=[("", "any"), *Sex.choices])
    first_year = forms.IntegerField(
        label="Lost from the year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    last_year = forms.IntegerField(label="to the year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, typed: Mapping[str, Any], reader: Reader) -> None:
        super().__init__(typed)
        states = [(state or "none", label) for state, label in LABELS.items()]
        self.fields["calamity"].choices = [("", "any"), *_titles(Calamity, reader)]  # type: ignore[attr-defined]
        self.fields["status"].choices = [("", "any"), *states]  # type: ignore[attr-defined]
        self.fields["service"].choices = [("", "any"), *_services(reader)]  # type: ignore[attr-defined]

    def sought(self, after: str) -> Sought:
        """Return what was asked for."""
        asked = self.cleaned_data
        names = ("calamity", "service", "status", "sex", "first_year", "last_year")
        return Sought(words=asked["q"], after=after, **{name: asked[name] for name in names})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find people of the roll."""
    if not request.user.has_perm(VIEW):
        raise Http404
    reader = reader_of(request)
    form = SearchForm(request.GET, reader)
    if not form.is_valid():
        return render(request, "roll/search.html", {"form": form}, status=422)
    sought = form.sought(request.GET.get("after", ""))
    page = find(reader, sought)
    context = {
        "form": form,
        "sought": sought,
        "page": page,
        "hits": hits(page.people, read_question(sought.words), reader),
        "may_keep": MissingPerson.may_be_entered_by(request.user),
    }
    return render(request, "roll/search.html", context)


@require_safe
def statistic(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Show how the people of a war, a disaster or an incident stand."""
    reader = reader_of(request)
    scope = _scope(request, noun, code, reader)
    return render(request, "roll/statistic.html", {"scope": scope, "statistic": statistic_of(scope, reader)})


@require_safe
def statistic_list(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Send the people behind a statistic as CSV; below the header, the codes are those of the digest."""
    reader = reader_of(request)
    scope = _scope(request, noun, code, reader)
    header = content_disposition_header(as_attachment=True, filename=f"{noun}-{code}.csv")
    text = _as_csv(statistic_of(scope, reader), reader)
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": header})


def _titles(model: type[Recorded], reader: Reader) -> list[tuple[str, str]]:
    """The rows of a short noun as choices, by title."""
    return sorted(((row.code, row.title) for row in reader.known(reader.rows(model))), key=lambda choice: choice[1])


def _services(reader: Reader) -> list[tuple[str, str]]:
    """The forces and employers as choices: those whose members are missing."""
    has_missing = Exists(MissingPerson.objects.filter(service=OuterRef("pk")))
    parties = reader.known(reader.rows(Party).filter(has_missing)[:MOST_SERVICES])
    return sorted(((party.code, party.name) for party in parties), key=lambda choice: choice[1])


def _scope(request: HttpRequest, noun: str, code: str, reader: Reader) -> Recorded:
    """The row whose people are counted."""
    scope = reader.get(nouns()[noun], code) if noun in SCOPES and request.user.has_perm(VIEW) else None
    if scope is None:
        raise Http404
    return scope


def _as_csv(statistic: Statistic, reader: Reader) -> str:
    """The list of a statistic, by code."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["code", "name", "status"])
    people = iter(statistic.people)
    while group := list(islice(people, GROUP)):
        rows = reader.rows(MissingPerson).filter(pk__in=[code for code, _ in group])
        names = {person.code: person.name for person in reader.known(rows)}
        table.writerows([code, shielded(names[code]), LABELS[state]] for code, state in group)
    return text.getvalue()
