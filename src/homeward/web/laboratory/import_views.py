"""Pages on which files of a laboratory come in: first checked, with every problem shown, then kept."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from homeward.core.errors import InputError
from homeward.formats.profile_files import read_profiles
from homeward.formats.typed_profiles import ProfileFormat
from homeward.web.accounts.models import User
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.keeping import require
from homeward.web.laboratory.gates import for_analysts, may_keep
from homeward.web.laboratory.measurement_import import import_measurements
from homeward.web.laboratory.observations import Measurement
from homeward.web.laboratory.profile_import import ImportChoice, OneAllele, import_profiles

MOST_BYTES = 1_500_000
"""Of a file that comes through the page, as it is sent back once more to be kept; larger ones come by command."""
TOO_LARGE = "The file is larger than 1.5 MB. Bring it in with 'homeward profiles'."


class FileForm(forms.Form):
    """A file, sent for the first time, or as it was checked before."""

    file = forms.FileField(required=False, help_text="The file as the laboratory exported it.")
    known_on = forms.DateField(
        label="known from",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="From when this counts as known: when the report came, or today.",
    )
    name = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    content = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """There is a file, from now or from before."""
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("file")
        if upload is not None:
            if upload.size > MOST_BYTES:
                raise forms.ValidationError(TOO_LARGE)
            given["bytes"], given["name"] = upload.read(), PurePath(upload.name).name
            return given
        try:
            given["bytes"] = base64.b64decode(given.get("content", ""), validate=True)
        except (binascii.Error, ValueError):
            given["bytes"] = b""
        if not given["bytes"]:
            raise forms.ValidationError("Choose a file.")
        given["name"] = PurePath(given.get("name") or "file").name
        return given


class ProfilesForm(FileForm):
    """How a file of profiles is to be understood."""

    issuer = forms.CharField(max_length=80, help_text="Whose names the file uses, such as the laboratory.")
    form = forms.ChoiceField(
        label="kind of file",
        required=False,
        choices=[
            ("", "as its name says"),
            (ProfileFormat.LONG.value, "table"),
            (ProfileFormat.CODIS.value, "CODIS import file"),
            (ProfileFormat.CASE.value, "Familias file"),
        ],
    )
    sample_column = forms.CharField(
        required=False, max_length=80, help_text="Name of the column with the sample, if it is not Sample Name."
    )
    marker_column = forms.CharField(
        required=False, max_length=80, help_text="Name of the column with the marker, if it is not Marker."
    )
    one_allele = forms.ChoiceField(
        label="a single allele is",
        choices=[
            (OneAllele.UNREAD.value, "one of which the other was not read"),
            (OneAllele.HOMOZYGOTE.value, "a homozygote"),
        ],
    )
    owners = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Which row a name stands for where that is not clear, one a line: name = sample:code.",
    )

    def columns(self) -> dict[str, str]:
        """Return what columns mean that are called otherwise."""
        named = {"sample": self.cleaned_data["sample_column"], "marker": self.cleaned_data["marker_column"]}
        return {title: meaning for meaning, title in named.items() if title}

    def told(self) -> dict[str, str]:
        """Return which row each name stands for, as it was typed."""
        lines = [line.partition("=") for line in self.cleaned_data["owners"].splitlines() if "=" in line]
        return {name.strip(): reference.strip() for name, _, reference in lines}


class MeasurementsForm(FileForm):
    """Whose measurements a file holds."""

    measured_by = forms.CharField(max_length=150, help_text="Who measured.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_analysts
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a file of profiles, and keep it when somebody says so."""
    may_keep(request)
    return _step(request, ProfilesForm, _profiles, "Bring in profiles")


@require_http_methods(["GET", "HEAD", "POST"])
def measurements(request: HttpRequest) -> HttpResponse:
    """Check a file of measured bones, and keep it when somebody says so."""
    require(signed_in_user(request), Measurement.keep_permission)
    return _step(request, MeasurementsForm, _measurements, "Bring in measurements")


Keeper = Callable[[Any, Path, User, bool], dict[str, Any]]


def _step(request: HttpRequest, form_class: type[FileForm], keep: Keeper, title: str) -> HttpResponse:
    """Show the form; or check, or keep, what was sent with it."""
    if request.method != "POST":
        form = form_class(initial={"known_on": timezone.localdate()})
        return render(request, "laboratory/import.html", {"form": form, "title": title})
    sent = request.POST.copy()
    form = form_class(sent, request.FILES)
    context: dict[str, Any] = {"form": form, "title": title}
    status = 422
    if form.is_valid():
        name, content = form.cleaned_data["name"], form.cleaned_data["bytes"]
        is_dry = request.POST.get("step") != "keep"
        try:
            context |= {"done": _kept(form, name, content, keep, signed_in_user(request), is_dry), "is_dry": is_dry}
            status = 200
        except InputError as error:
            context["problems"] = error.problems
        # What was checked is sent along, so that the same is kept.
        sent["name"], sent["content"] = name, base64.b64encode(content).decode()
        context["file_name"] = name
    return render(request, "laboratory/import.html", context, status=status)


def _kept(form: FileForm, name: str, content: bytes, keep: Keeper, user: User, is_dry: bool) -> dict[str, Any]:
    """Have a file read from where readers find files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return keep(form, path, user, is_dry)


def _profiles(form: ProfilesForm, path: Path, user: User, is_dry: bool) -> dict[str, Any]:
    """Check or keep profiles."""
    said = form.cleaned_data
    typed = read_profiles(path, ProfileFormat(said["form"]) if said["form"] else None, form.columns())
    choice = ImportChoice(said["issuer"], said["known_on"], OneAllele(said["one_allele"]), form.told())
    done = import_profiles(typed, choice, by=user, title=path.name, dry_run=is_dry)
    return {"counts": done.result.counts.get("profile"), "matches": done.matches.values()}


def _measurements(form: MeasurementsForm, path: Path, user: User, is_dry: bool) -> dict[str, Any]:
    """Check or keep measurements."""
    said = form.cleaned_data
    done = import_measurements(
        path, measured_by=said["measured_by"], known_on=said["known_on"], by=user, dry_run=is_dry
    )
    return {"counts": done.counts.get("measurement"), "matches": ()}
