"""Pages of recorded analyses: the list, one analysis, and its files to download."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from homeward.reports.page import report_css
from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.casework.actions import note_look
from homeward.web.casework.models import Analysis, AnalysisInput, AnalysisView

LIST_FIELDS = ("public_id", "title", "synthetic", "software_version", "created_at", "created_by__username")


@require_safe
def analyses(request: HttpRequest) -> HttpResponse:
    """List the analyses that the user may see."""
    visible = Analysis.objects.visible_to(request.user).select_related("created_by").only(*LIST_FIELDS)
    may_view = request.user.has_perm("casework.view_analysis")
    return render(request, "casework/analyses.html", {"analyses": visible, "may_view": may_view})


@require_safe
def analysis(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one analysis with its report."""
    found = _looked_at(request, public_id, AnalysisView.Part.PAGE, "result", "report_page")
    inputs = found.inputs.defer("content")
    return render(request, "casework/analysis.html", {"analysis": found, "inputs": inputs})


@require_safe
def result(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the result as a JSON document."""
    found = _looked_at(request, public_id, AnalysisView.Part.RESULT, "report_fragment", "report_page")
    text = json.dumps(found.result, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return _download(text.encode(), f"{_file_stem(found)}.json", "application/json")


@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send the report as one self-contained HTML file."""
    found = _looked_at(request, public_id, AnalysisView.Part.REPORT, "result", "report_fragment")
    return _download(found.report_page.encode(), f"{_file_stem(found)}.html", "text/html; charset=utf-8")


@require_safe
def original(request: HttpRequest, public_id: UUID, input_id: UUID) -> HttpResponse:
    """Send one input file, byte for byte."""
    visible = Analysis.objects.visible_to(request.user)
    file = get_object_or_404(AnalysisInput, public_id=input_id, analysis__in=visible, analysis__public_id=public_id)
    _looked_at(request, public_id, AnalysisView.Part.INPUT, "result", "report_fragment", "report_page")
    return _download(bytes(file.content), file.name, "application/octet-stream")


@login_not_required
@require_safe
@cache_control(public=True, max_age=60)
def report_stylesheet(request: HttpRequest) -> HttpResponse:
    """Send the style sheet of reports, which holds nothing about any case."""
    return HttpResponse(report_css(), content_type="text/css; charset=utf-8")


def _looked_at(request: HttpRequest, public_id: UUID, part: AnalysisView.Part, *unneeded: str) -> Analysis:
    """The analysis of this id, if the user may see it, after noting the look; otherwise 404."""
    user = signed_in_user(request)
    found = get_object_or_404(Analysis.objects.visible_to(user).defer(*unneeded), public_id=public_id)
    note_look(found, part, by=user)
    return found


def _file_stem(analysis: Analysis) -> str:
    """A file name made of the title, or of the id if the title has no Latin letters."""
    return slugify(analysis.title)[:80] or str(analysis.public_id)


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """An answer that the browser saves instead of showing."""
    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": header})
