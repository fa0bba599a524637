"""The one form in which every refusal is answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from homeward.core.errors import Problem


def refused(status: int, *problems: Problem, **more: Any) -> JsonResponse:
    """Return the answer of a refusal."""
    listed = [{"what": problem.what, "where": problem.where, "fix": problem.fix} for problem in problems]
    return JsonResponse({"problems": listed, **more}, status=status, json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest, what: str = "There is nothing at this address.") -> JsonResponse:
    """Return the answer where there is nothing, or nothing that the user may know of."""
    return refused(404, Problem(what, request.path, "Check the address, and the times that were asked for."))
