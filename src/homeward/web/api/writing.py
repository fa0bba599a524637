"""What is written: rows entered, amended and withdrawn, each by one action of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from pydantic import BaseModel

from homeward.web.accounts.models import User
from homeward.web.api.problems import messages_by_column
from homeward.web.api.schemas import Source, ToAmend, ToEnter, ToWithdraw
from homeward.web.journal.access import visible
from homeward.web.journal.chain import queue
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.recorded import Recorded, content_fields, links, nouns
from homeward.web.pages.forms import free_code
from homeward.web.sources.documents import Citation, Document
from homeward.web.sources.originals import enter_document

LONGEST_STEM = 80
"""So that the number of a source still has room in a code."""


def enter_row(model: type[Recorded], sent: ToEnter, *, by: User, file: UploadedFile[Any] | None = None) -> Recorded:
    """Enter a row, with its citations, and with its original if it is a document that came with one.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `homeward.web.journal.keeping.enter`.
    """
    given = _given(sent, ToEnter) | ({} if sent.code is None else {"code": sent.code})
    unseen = _unseen(model, given, by) | _unseen_sources(sent.citations, by)
    row = model()
    for field in content_fields(model):
        if field.name in given and field.name not in unseen:
            setattr(row, field.attname, field.to_python(given[field.name]))
    with _refusing(unseen):
        queue()  # so that nobody else takes the codes that are found to be free
        row.code = row.code or free_code(model, str(row))
        parts = [] if unseen else _citations(row, sent.citations)
        if isinstance(row, Document):
            content = None if file is None else file.read()
            name, media_type = (file.name or "", file.content_type or "") if file is not None else ("", "")
            return enter_document(row, content, name, by=by, why=sent.why, parts=parts, media_type=media_type)
        return enter(row, by=by, why=sent.why, parts=parts)


def amend_row(model: type[Recorded], code: str, sent: ToAmend, *, by: User) -> Recorded:
    """Change the columns of a row that were sent.

    Raises
    ------
    Http404
        There is no such row that the user may see, or it was withdrawn.
    PermissionDenied, ValidationError, ChangedMeanwhile
        As for `homeward.web.journal.keeping.amend`.
    """
    row = _standing(model, code, by)
    given = _given(sent, ToAmend)
    unseen = _unseen(model, {name: value for name, value in given.items() if not _is_kept(row, name, value)}, by)
    if sent.read_version > row.version:
        unseen["read_version"] = [f"There is no version {sent.read_version} of this row yet."]
    changes = {name: value for name, value in given.items() if name not in unseen}
    with _refusing(unseen):
        return amend(
            row,
            changes,
            by=by,
            why=sent.why,
            read_version=sent.read_version,
            known_on=sent.known_on,
        )


def withdraw_row(model: type[Recorded], code: str, sent: ToWithdraw, *, by: User) -> Recorded:
    """Withdraw a row.

    Raises
    ------
    Http404, PermissionDenied, ValidationError
        As for `amend_row`.
    """
    return withdraw(_standing(model, code, by), by=by, why=sent.why, known_on=sent.known_on)


def _given(sent: BaseModel, beside: type[BaseModel]) -> dict[str, Any]:
    """The columns that were sent, without what is sent beside them."""
    return {name: getattr(sent, name) for name in sent.model_fields_set - beside.model_fields.keys()}


def _standing(model: type[Recorded], code: str, user: User) -> Recorded:
    """A row that the user may see and that was not withdrawn."""
    row = visible(user, model).filter(pk=code, withdrawn="").first()
    if row is None:
        raise Http404(f"There is no {model._meta.verbose_name} {code} that stands.")
    return row


def _is_kept(row: Recorded, name: str, value: Any) -> bool:
    """Whether a column holds this already."""
    return bool(getattr(row, row._meta.get_field(name).attname) == value)  # type: ignore[union-attr]


def _unseen(model: type[Recorded], given: Mapping[str, Any], user: User) -> dict[str, list[str]]:
    """Links and references that lead to no row that stands and that the user may see.

    A row that the user may not see is as good as none: not even its existence may show.
    """
    references = {name: f"{target.noun()}:{given[name]}" for name, target in links(model).items() if given.get(name)}
    for field in content_fields(model):
        if isinstance(field, ReferenceField) and given.get(field.name):
            references[field.name] = given[field.name]
    return _leading_nowhere(references, user)


def _unseen_sources(sources: list[Source], user: User) -> dict[str, list[str]]:
    """The same of documents that are cited."""
    references = {
        f"citations.{number}.document": f"document:{source.document}" for number, source in enumerate(sources)
    }
    return _leading_nowhere(references, user)


def _leading_nowhere(references: Mapping[str, str], user: User) -> dict[str, list[str]]:
    """What is wrong with references, by where they stand."""
    problems: dict[str, list[str]] = {}
    for where, reference in references.items():
        noun, _, code = reference.partition(":")
        model = nouns().get(noun)
        if model is None or not visible(user, model).filter(pk=code, withdrawn="").exists():
            problems[where] = [f"There is no {noun} {code}. Look it up first, or enter it before this."]
    return problems


@contextmanager
def _refusing(problems: Mapping[str, list[str]]) -> Iterator[None]:
    """Do everything in one transaction, and undo it if there are problems; those that it finds itself are added."""
    try:
        with transaction.atomic():
            yield
            if problems:
                raise ValidationError(dict(problems))
    except ValidationError as error:
        raise ValidationError({**messages_by_column(error), **problems}) from error


def _citations(row: Recorded, sources: Iterable[Source]) -> list[Recorded]:
    """The citations of a new row, each under a code of its own."""
    stem = f"{row.noun()}-{row.code}"[:LONGEST_STEM]
    return [
        Citation(
            code=free_code(Citation, stem if number == 1 else f"{stem}-source-{number}"),
            about=row.reference,
            known_on=row.known_on,
            document_id=source.document,
            passage=source.passage,
            locator=source.locator,
        )
        for number, source in enumerate(sources, start=1)
    ]
