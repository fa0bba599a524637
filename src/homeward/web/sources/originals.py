"""Keeping originals: the bytes as they came, what sort of file they are, and the text that can be read in them.

Only plain text and HTML are read, by a parser that can be given anything. Every other file is kept and never opened.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.keeping import enter, require
from homeward.web.journal.recorded import Recorded, canonical
from homeward.web.sources.documents import ENTER, Document, Original
from homeward.web.sources.visible_text import visible_text

MAX_BYTES = 20 * 2**20
"""Larger files are not kept: an archive scan of a whole volume is divided first."""
MAX_NAME = 200
LONGEST_ENDING = 12
UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".md": "text/plain",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
FIRST_BYTES = {
    "application/pdf": (b"%PDF-",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
"""How files of a type begin; a file that begins otherwise is not of that type, whatever its name."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')
_AT_ENDS = re.compile(r"\A[\s.]+|[\s.]+\Z")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_CHARSETS = frozenset(
    {"euc_kr", "cp949", "johab", "euc_jp", "shift_jis", "cp932", "iso2022_jp", "gb18030", "gbk", "gb2312", "big5"}
    | {"koi8-r", "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-15", *(f"cp125{digit}" for digit in range(9))}
)
"""Encodings that pages are still found in; each maps bytes to characters and does nothing else."""


def keep_original(content: bytes, name: str, media_type: str = "") -> Original:
    """Keep the bytes of a document, in the transaction of whoever enters it; the same bytes are kept once.

    Parameters
    ----------
    content : bytes
        The file as it came.
    name : str
        The name that it came with; nothing but its last part is kept.
    media_type : str
        What the sender says that it is. Believed only where the name says nothing and the first bytes agree.

    Raises
    ------
    ValidationError
        The file is empty or larger than `MAX_BYTES`.
    """
    assert connection.in_atomic_block, "An original is kept in the transaction of its document."  # noqa: S101
    kept = Original.objects.filter(pk=digest_of(content)).first()
    if kept is None:
        kept = new_original(content, name, media_type)
        kept.save(force_insert=True)
    return kept


def record_original(content: bytes, name: str, *, by: User, why: str = "", media_type: str = "") -> Original:
    """Keep the bytes of a document and write so in the journal, unless they were kept before.

    Raises
    ------
    PermissionDenied
        The user may not enter sources.
    ValidationError
        As for `keep_original`.
    """
    with transaction.atomic():
        queue()
        require(by, ENTER)
        kept = Original.objects.filter(pk=digest_of(content)).first()
        if kept is None:
            kept = keep_original(content, name, media_type)
            append([kept_line(kept, why)], by=by, at=kept.kept_at)
    return kept


def enter_document(
    document: Document,
    content: bytes | None,
    name: str,
    *,
    by: User,
    why: str = "",
    parts: Iterable[Recorded] = (),
    media_type: str = "",
) -> Document:
    """Enter a document together with its original; without ``content`` it is entered without one.

    Raises
    ------
    PermissionDenied
        The user may not enter sources.
    ValidationError
        The same bytes are already in the record; the file cannot be kept; or the document is not possible. Nothing was
        written.
    """
    with transaction.atomic():
        queue()
        require(by, ENTER)
        if content is not None:
            _refuse_second(digest_of(content), by)
            document.original = record_original(content, name, by=by, why=why, media_type=media_type)
        return enter(document, by=by, why=why, parts=parts)


def new_original(content: bytes, name: str, media_type: str = "") -> Original:
    """Return the row of an original, not yet in the database.

    Raises
    ------
    ValidationError
        As for `keep_original`.
    """
    if not content:
        raise ValidationError("The file is empty.")
    if len(content) > MAX_BYTES:
        raise ValidationError(
            f"The file has {len(content) / 2**20:.1f} MiB; at most {MAX_BYTES // 2**20} MiB are kept. Divide it."
        )
    name = plain_name(name)
    decided = _media_type(content, name, media_type)
    text = _text(content, decided)
    return Original(
        digest=digest_of(content),
        name=name,
        media_type=decided,
        size=len(content),
        content=content,
        text=text,
        text_digest=digest_of(text.encode()),
        kept_at=timezone.now(),
    )


def kept_line(original: Original, why: str = "") -> Line:
    """Return the journal line of an original that was kept."""
    columns = ("name", "media_type", "size", "digest", "text_digest")
    content = {column: getattr(original, column) for column in columns}
    return Line("original.kept", "original", original.digest, after=canonical(content), why=why)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def plain_name(name: str) -> str:
    """Return a file name that every system can keep: the last part of a path, without what is special somewhere."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = _AT_ENDS.sub("", _NOT_IN_NAMES.sub("_", last)) or "document"
    if _DEVICES.match(cleaned):
        cleaned = f"_{cleaned}"
    ending = PurePosixPath(cleaned).suffix
    ending = ending if len(ending.encode()) <= LONGEST_ENDING else ""
    stem = cleaned.removesuffix(ending).encode()[: MAX_NAME - len(ending.encode())].decode(errors="ignore")
    return f"{_AT_ENDS.sub('', stem)}{ending}"


def _refuse_second(digest: str, by: User) -> None:
    """Refuse bytes that a standing document already holds, and name it to those who may see it."""
    holder = Document.objects.filter(original_id=digest, withdrawn="").first()
    if holder is None:
        return
    if visible(by, Document).filter(pk=holder.pk).exists():
        message = f"This file is already in the record, as {holder.code}: {holder.headline}"
    else:
        message = "This file is already in the record, in a document that you may not see."
    raise ValidationError({"original": [message]})


def _media_type(content: bytes, name: str, claimed: str) -> str:
    """What sort of file it is: by its name, else by what the sender says; never against its first bytes."""
    claimed = claimed.partition(";")[0].strip().lower()
    named = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower())
    found = named or (claimed if claimed in MEDIA_TYPES.values() else UNKNOWN)
    return found if content.startswith(FIRST_BYTES.get(found, (b"",))) else UNKNOWN


def _text(content: bytes, media_type: str) -> str:
    """The text that passages can be found in; empty where there is none that can be read safely."""
    if media_type == "text/plain":
        text = _decoded(content)
    elif media_type == "text/html":
        text = visible_text(_decoded(content, _declared_charset(content)))
    else:
        return ""
    return "" if "\0" in text else text


def _decoded(content: bytes, charset: str = "") -> str:
    """Bytes as text: UTF-8, UTF-16 if its mark stands first, or the encoding that is declared; empty if none fits."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charsets = ["utf-16"]
    else:
        charsets = ["utf-8-sig", *([charset] if charset else [])]
    for name in charsets:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return ""


def _declared_charset(content: bytes) -> str:
    """The encoding that a page says it is in, if it is one of those that are understood."""
    match = _CHARSET.search(content[:4096])
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
    # What pages call Latin-1 is read as Windows-1252 by every browser.
    return {"iso8859-1": "cp1252", "euc_kr": "cp949"}.get(name, name) if name in _CHARSETS else ""
