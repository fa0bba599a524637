"""Where a user lands after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from homeward.web.journal.recorded import VIEW


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the timeline, or to the analyses for those who may see nothing else."""
    return redirect("engagement:timeline" if request.user.has_perm(VIEW) else "casework:analyses")
