"""The OpenAPI description of the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE

from homeward import __version__
from homeward.web.api.problems import Problems

ABOUT = """The record of the missing, for programs: what the pages show, with the same permissions.

Every row of the record has a noun and a code. Every reading takes two times: `on`, when it was so, and `known`, when it
was known. Links are codes, references to rows of any noun are `noun:code`, partial dates and decimals are texts."""


def described(api: NinjaAPI, prefix: str) -> dict[str, Any]:
    """Return the OpenAPI description of all operations, with how a program says who it is.

    Parameters
    ----------
    prefix : str
        The address that all operations begin with.
    """
    schema: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=prefix))
    schema["info"] = {"title": "Homeward", "version": __version__, "description": ABOUT}
    components = schema["components"]
    problems = Problems.model_json_schema(ref_template=REF_TEMPLATE)
    components["schemas"] |= problems.pop("$defs") | {"Problems": problems}
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "An API token of yours, made under your account."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Signed in on the pages. What writes needs the CSRF token in the header X-CSRFToken too.",
        },
    }
    schema["security"] = [{"token": []}, {"session": []}]
    return schema
