"""Keeping originals: the bytes as they came, what sort of file they are, and the text that can be read in them.

Plain text, HTML, PDF and DOCX are read, by parsers that can be given anything. Others are kept and never opened.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from homeward.core.errors import InputError
from homeward.reading.documents.whole import DOCX, HTML, PDF, PLAIN, whole_text
from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.keeping import enter, require
from homeward.web.journal.recorded import Recorded, canonical
from homeward.web.sources.documents import ENTER, Document, Original

MAX_BYTES = 20 * 2**20
"""Larger files are not kept: an archive scan of a whole volume is divided first."""
MAX_NAME = 200
LONGEST_ENDING = 12
UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": DOCX,
    ".gif": "image/gif",
    ".htm": HTML,
    ".html": HTML,
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".md": PLAIN,
    ".pdf": PDF,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": PLAIN,
    ".xml": "application/xml",
}
FIRST_BYTES = {
    PDF: (b"%PDF-",),
    DOCX: (b"PK\x03\x04",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
"""How files of a type begin; a file that begins otherwise is not of that type, whatever its name."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')
_AT_ENDS = re.compile(r"\A[\s.]+|[\s.]+\Z")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)")


def keep_original(new: Original) -> Original:
    """Keep an original, in the transaction of whoever enters its document; the same bytes are kept once."""
    assert connection.in_atomic_block, "An original is kept in the transaction of its document."  # noqa: S101
    kept = Original.objects.filter(pk=new.digest).first()
    if kept is None:
        new.save(force_insert=True)
    return kept or new


def record_original(content: bytes, name: str, *, by: User, why: str = "", media_type: str = "") -> Original:
    """Keep the bytes of a document and write so in the journal, unless they were kept before.

    Raises
    ------
    PermissionDenied
        The user may not enter sources.
    ValidationError
        As for `new_original`.
    """
    require(by, ENTER)
    return _recorded(new_original(content, name, media_type), by, why)


def _recorded(new: Original, by: User, why: str) -> Original:
    """The original as it is kept, with its line in the journal."""
    with transaction.atomic():
        queue()
        kept = keep_original(new)
        if kept is new:
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
    require(by, ENTER)
    # Read before anybody has to wait: the text of a long PDF takes seconds.
    original = new_original(content, name, media_type) if content is not None else None
    with transaction.atomic():
        queue()
        if original is not None:
            _refuse_second(original.digest, by)
            document.original = _recorded(original, by, why)
        return enter(document, by=by, why=why, parts=parts)


def new_original(content: bytes, name: str, media_type: str = "") -> Original:
    """Return the row of an original, not yet in the database.

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
    if not content:
        raise ValidationError("The file is empty.")
    if len(content) > MAX_BYTES:
        raise ValidationError(
            f"The file has {len(content) / 2**20:.1f} MiB; at most {MAX_BYTES // 2**20} MiB are kept. Divide it."
        )
    name = plain_name(name)
    decided = _media_type(content, name, media_type)
    text = _text(content, name, decided)
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


def _text(content: bytes, name: str, media_type: str) -> str:
    """The text that passages can be found in; empty where there is none that can be read."""
    try:
        return whole_text(content, name, media_type)
    except InputError:
        # Kept all the same: reading it says what is wrong with it.
        return ""
