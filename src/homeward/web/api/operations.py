"""Every address of the API: what is there, who may do it, and which function does it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from http.client import responses
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from ninja import NinjaAPI, Router, UploadedFile
from ninja.params.functions import Body, File, Path, Query
from ninja.utils import contribute_operation_args

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.web.accounts.models import User
from homeward.web.api.columns import CODE_PATTERN
from homeward.web.api.description import described
from homeward.web.api.problems import Clash, handle_exceptions
from homeward.web.api.reading import answer, as_of, history, nouns_with_counts, page, row_of
from homeward.web.api.schemas import AsOfAsked, History, HistorySlice, Nouns, NounSchemas, ToWithdraw, noun_schemas
from homeward.web.api.writing import amend_row, enter_row, withdraw_row
from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.keeping import require
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.sources.documents import Document

PREFIX = "/api/v1/"
JOURNAL = "journal.view_journal"
ALWAYS_POSSIBLE = (401, 404, 429)
"""How every operation can refuse: unknown to it, nothing there, too many requests."""

Code = Annotated[str, Path(pattern=CODE_PATTERN, max_length=MAX_CODE, description="Code of the row.")]
View = Callable[..., HttpResponse]


def make_api() -> NinjaAPI:
    """Return the API with the operations of every noun."""
    api = NinjaAPI(title="Homeward", openapi_url=None, docs_url=None, urls_namespace="api")
    handle_exceptions(api)
    _add_index(api)
    for model in nouns().values():
        router = Router(tags=[model.noun()])
        schemas = noun_schemas(model)
        _add_reading(router, model, schemas)
        _add_history(router, model)
        _add_amending(router, model, schemas)
        if not model.by_action_only:
            _add_entering(router, model, schemas)
            _add_withdrawing(router, model)
        if model is Document:
            _add_original(router)
        api.add_router(f"/{model.noun()}", router)
    return api


def _add_index(api: NinjaAPI) -> None:
    """The list of nouns, and the description of everything."""

    def index(request: HttpRequest, **given: Any) -> HttpResponse:
        return _json(nouns_with_counts(_reader(request, given["asked"])))

    @cache
    def description() -> str:
        return json.dumps(described(api, PREFIX), ensure_ascii=False)

    def openapi(request: HttpRequest) -> HttpResponse:
        return HttpResponse(description(), content_type="application/json")

    _taking(index, asked=(AsOfAsked, Query(...)))
    api.get(
        "/",
        response=Nouns,
        summary="List the nouns",
        operation_id="nouns",
        tags=["nouns"],
        openapi_extra=_refusals(422),
    )(index)
    api.get("/openapi.json", include_in_schema=False)(openapi)


def _add_reading(router: Router, model: type[Recorded], schemas: NounSchemas) -> None:
    """Lists and single rows."""
    noun, meta = model.noun(), model._meta

    def rows(request: HttpRequest, **given: Any) -> HttpResponse:
        return _json(page(model, given["asked"], _reader(request, given["asked"])))

    def row(request: HttpRequest, code: Code, **given: Any) -> HttpResponse:
        reader = _reader(request, given["asked"])
        return _json(answer(row_of(model, code, reader), reader))

    _taking(rows, asked=(schemas.asked, Query(...)))
    router.get(
        "",
        response=schemas.page,
        summary=f"List {meta.verbose_name_plural}",
        operation_id=f"{noun}-list",
        openapi_extra=_refusals(422),
    )(rows)
    _taking(row, asked=(AsOfAsked, Query(...)))
    router.get(
        "/{code}",
        response=schemas.answer,
        summary=f"Read a {meta.verbose_name}",
        operation_id=f"{noun}-read",
        openapi_extra=_refusals(422),
    )(row)


def _add_history(router: Router, model: type[Recorded]) -> None:
    """The journal of a row."""

    def lines(request: HttpRequest, code: Code, **given: Any) -> HttpResponse:
        return _json(history(model, code, given["asked"], _reader(request, given["asked"])))

    _taking(lines, asked=(HistorySlice, Query(...)))
    router.get(
        "/{code}/history",
        auth=_holding(JOURNAL),
        response=History,
        summary=f"Read the journal of a {model._meta.verbose_name}",
        description=_needs(JOURNAL),
        operation_id=f"{model.noun()}-history",
        openapi_extra=_refusals(403, 422),
    )(lines)


def _add_entering(router: Router, model: type[Recorded], schemas: NounSchemas) -> None:
    """New rows; of documents with their originals."""

    def enter(request: HttpRequest, **given: Any) -> HttpResponse:
        if "file" in request.POST:
            what, fix = "The file came without a file name, so it was not read as a file.", "Send it with its name."
            raise InputError(Problem(what, "file", fix))
        row = enter_row(model, given["row"], by=_user(request), file=given.get("file"))
        response = _json(answer(row, Reader(_user(request))), status=201)
        response["Location"] = f"{PREFIX}{model.noun()}/{row.code}"
        return response

    _taking(enter, row=(schemas.to_enter, Body(...)))
    what = ""
    if model is Document:
        # A document comes as a form of two parts: its columns as JSON, and the file.
        _taking(enter, file=(UploadedFile | None, File(None, description="The document, byte for byte.")))
        what = " Without a file it is entered as a reference, with `holding` none."
    router.post(
        "",
        auth=_holding(model.keep_permission),
        response={201: schemas.answer},
        summary=f"Enter a {model._meta.verbose_name}",
        description=_needs(model.keep_permission) + what,
        operation_id=f"{model.noun()}-enter",
        openapi_extra=_refusals(400, 403, 413, 422),
    )(enter)


def _add_amending(router: Router, model: type[Recorded], schemas: NounSchemas) -> None:
    """Changes of rows."""

    def amend(request: HttpRequest, code: Code, **given: Any) -> HttpResponse:
        row = amend_row(model, code, given["row"], by=_user(request))
        return _json(answer(row, Reader(_user(request))))

    _taking(amend, row=(schemas.to_amend, Body(...)))
    router.patch(
        "/{code}",
        auth=_holding(model.keep_permission),
        response={200: schemas.answer, 409: Clash},
        summary=f"Amend a {model._meta.verbose_name}",
        description=f"{_needs(model.keep_permission)} Changes of other columns made meanwhile are kept.",
        operation_id=f"{model.noun()}-amend",
        openapi_extra=_refusals(400, 403, 413, 422),
    )(amend)


def _add_withdrawing(router: Router, model: type[Recorded]) -> None:
    """Rows that no longer stand."""
    permission = model.withdraw_permission or model.keep_permission

    def withdraw(request: HttpRequest, code: Code, **given: Any) -> HttpResponse:
        row = withdraw_row(model, code, given["reason"], by=_user(request))
        return _json(answer(row, Reader(_user(request))))

    _taking(withdraw, reason=(ToWithdraw, Body(...)))
    router.post(
        "/{code}/withdraw",
        auth=_holding(permission),
        response=noun_schemas(model).answer,
        summary=f"Withdraw a {model._meta.verbose_name}",
        description=_needs(permission),
        operation_id=f"{model.noun()}-withdraw",
        openapi_extra=_refusals(400, 403, 413, 422),
    )(withdraw)


def _add_original(router: Router) -> None:
    """The bytes of a document."""

    def original(request: HttpRequest, code: Code, **given: Any) -> HttpResponse:
        kept = getattr(row_of(Document, code, _reader(request, given["asked"])), "original", None)
        if kept is None:
            raise Http404(f"No file is kept of the document {code}.")
        # Never shown in place: what it holds is not ours.
        disposition = content_disposition_header(as_attachment=True, filename=kept.name)
        return HttpResponse(
            bytes(kept.content), content_type=kept.media_type, headers={"Content-Disposition": disposition}
        )

    _taking(original, asked=(AsOfAsked, Query(...)))
    extra = _refusals(422)
    schema = {"type": "string", "format": "binary"}
    extra["responses"][200] = {"description": "The file, byte for byte.", "content": {"*/*": {"schema": schema}}}
    router.get("/{code}/original", summary="Fetch the original", operation_id="document-original", openapi_extra=extra)(
        original
    )


def _taking(view: View, **arguments: tuple[Any, Any]) -> None:
    """Say what a view takes by name: the type of each argument, and which part of the request it comes from."""
    for name, (kind, source) in arguments.items():
        contribute_operation_args(view, name, kind, source)


def _holding(permission: str) -> Callable[[HttpRequest], bool]:
    """The check that whoever asks holds a permission; made before anything that was sent is looked at."""

    def check(request: HttpRequest) -> bool:
        require(_user(request), permission)
        return True

    return check


def _needs(permission: str) -> str:
    """Which permission an operation needs, for its description."""
    return f"Needs the permission `{permission}`."


def _refusals(*statuses: int) -> dict[str, Any]:
    """The description of the refusals of an operation, beside those that every operation can answer with."""
    schema = {"$ref": "#/components/schemas/Problems"}
    content = {"application/json": {"schema": schema}}
    return {
        "responses": {
            status: {"description": responses[status], "content": content}
            for status in sorted({*ALWAYS_POSSIBLE, *statuses})
        }
    }


def _user(request: HttpRequest) -> User:
    """Who asks."""
    assert isinstance(request.user, User), "Nobody else passes the door."  # noqa: S101
    return request.user


def _reader(request: HttpRequest, asked: AsOfAsked) -> Reader:
    """Who asks, and as of when; a question that would be understood only in part is refused."""
    problems = ProblemLog()
    for name, values in request.GET.lists():
        if name not in type(asked).model_fields:
            problems.add(
                "There is nothing of this name to ask for.", where=name, fix="Leave it out, or check its name."
            )
        elif len(values) > 1:
            problems.add("This was given more than once.", where=name, fix="Give it once.")
    problems.raise_if_any()
    return Reader(request.user, as_of(asked))


def _json(content: Any, status: int = 200) -> JsonResponse:
    """An answer. It is plain data already, so it is not checked against its description once more."""
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
