"""The list of documents, entering one with its file, and its original to download."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from homeward.web.accounts.signed_in import signed_in_user
from homeward.web.journal.access import REACHES, visible
from homeward.web.journal.recorded import VIEW
from homeward.web.pages.as_of import reader_of
from homeward.web.pages.forms import RowForm, free_code, offer_only_visible, row_form
from homeward.web.sources.documents import ENTER, Document, Original
from homeward.web.sources.forms import DocumentFilter, FileForm
from homeward.web.sources.originals import MAX_BYTES, digest_of, enter_document
from homeward.web.sources.uploads import SizeLimit

PAGE_SIZE = 50
CODE_STEM = 70
"""Letters of the code of a new document, which is made of its day, its publisher and its title."""


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that the user may see, the newest first, as far as they were known."""
    if not request.user.has_perm(VIEW):
        raise Http404
    reader = reader_of(request)
    form = DocumentFilter(request.GET)
    form.is_valid()
    rows = reader.rows(Document).filter(form.condition()).order_by("-published_earliest", "-code")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "rows": reader.known(page.object_list)}
    return render(request, "sources/documents.html", {**shown, "may_keep": request.user.has_perm(ENTER)})


@csrf_exempt  # only until the size of the file is limited; what follows checks it
@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    """Enter a document with its file. Whatever was typed is still there when something is wrong with it."""
    if not request.user.has_perm(VIEW):
        raise Http404
    if not request.user.has_perm(ENTER):
        raise PermissionDenied("Your roles do not allow you to enter documents.")
    limit = SizeLimit(request, MAX_BYTES)
    request.upload_handlers.insert(0, limit)
    return _new_document(request, limit)


@csrf_protect
def _new_document(request: HttpRequest, limit: SizeLimit) -> HttpResponse:
    """Show or read the form."""
    if request.method != "POST":
        given = {"known_on": timezone.localdate(), **request.GET.dict()}
        return _form_page(request, row_form(Document)(initial=given), FileForm())
    form, file_form = row_form(Document)(request.POST, instance=Document()), FileForm(request.POST, request.FILES)
    offer_only_visible(form, signed_in_user(request))
    _offer_reaches(form, request)
    both_valid = form.is_valid() & file_form.is_valid()
    if limit.exceeded:
        file_form.add_error(
            "file", f"The file is larger than {MAX_BYTES // 2**20} MiB. Divide it, or keep a note of it."
        )
        both_valid = False
    upload = file_form.cleaned_data.get("file")
    content = upload.read() if upload is not None else None
    same = _same(content, request) if content else None
    if both_valid and same is None:
        name = upload.name if upload is not None else ""
        if (document := _entered(form, content, name, request)) is not None:
            return redirect(document)
    return _form_page(request, form, file_form, same=same, status=422)


def _same(content: bytes, request: HttpRequest) -> Document | None:
    """The document that is already kept with the same bytes, if the user may see it."""
    return visible(request.user, Document).filter(original=digest_of(content), withdrawn="").first()


def _entered(form: RowForm, content: bytes | None, name: str, request: HttpRequest) -> Document | None:
    """The document, entered; ``None``, with the reasons in the form, if it cannot be."""
    document: Document = form.instance
    words = f"{document.published.earliest.isoformat()}-{document.publisher}-{document.headline}"
    document.code = free_code(Document, words[:CODE_STEM])
    try:
        return enter_document(document, content, name, by=signed_in_user(request), why=form.cleaned_data["why"])
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for column, messages in found.items():
            form.add_error(column if column in form.fields else None, list(messages))
        return None


def _offer_reaches(form: RowForm, request: HttpRequest) -> None:
    """Offer only the reaches that the user belongs to: nobody enters what they could not look at afterwards."""
    field: Any = form.fields["reach"]
    field.choices = [
        (value, label)
        for value, label in field.choices
        if value not in REACHES or request.user.has_perm(REACHES[value])
    ]


def _form_page(
    request: HttpRequest, form: RowForm, file_form: FileForm, *, same: Document | None = None, status: int = 200
) -> HttpResponse:
    """The page of the form."""
    _offer_reaches(form, request)
    context = {"form": form, "file_form": file_form, "same": same, "most": MAX_BYTES // 2**20}
    return render(request, "sources/new_document.html", context, status=status)


@require_safe
def original(request: HttpRequest, code: str) -> HttpResponse:
    """Send the original of a document, byte for byte, as a file that no browser opens."""
    document = reader_of(request).get(Document, code)
    if document is None or document.original_id is None:
        raise Http404
    kept = Original.objects.defer("text").get(pk=document.original_id)
    header = content_disposition_header(as_attachment=True, filename=kept.name)
    return HttpResponse(
        bytes(kept.content), content_type="application/octet-stream", headers={"Content-Disposition": header}
    )
