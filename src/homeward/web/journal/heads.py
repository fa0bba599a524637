"""Heads of the journal: which line was the last, signed, so that others can keep it and see if the record was replaced.

Each line is bound to all lines before it, so a head stands for the whole journal up to its line. Whoever holds the
database can write a new journal that is sound in itself; it will not have the lines of which heads were given away.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from homeward.core.errors import InputError, Problem
from homeward.web.config.storage import write_private
from homeward.web.journal.chain import DIGESTED, line_digest
from homeward.web.journal.models import Entry

KEY_NAME = "journal-key.pem"
CONTEXT = b"homeward journal head\n"
"""What is signed begins with this, so that no signature made for anything else passes for one of a head."""

_KEPT_ELSEWHERE = "Ask whoever gave you the head for it again."


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the journal, and of which journal.

    record: digest of the first line, which no other record has.
    number, digest, at: of the line; ``at`` is when it was written, in UTC.
    """

    record: str
    number: int
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head, the public key of whoever signed it (PEM), and the signature (hexadecimal)."""

    head: Head
    public_key: str
    signature: str

    def as_json(self) -> dict[str, Any]:
        """Return what a file of it holds."""
        return {
            "kind": "journal head",
            "head": asdict(self.head),
            "public_key": self.public_key,
            "signature": self.signature,
        }


def current_head() -> Head:
    """Return the last line of the journal.

    Raises
    ------
    InputError
        There is no line yet, or the last one was altered: that should not be signed.
    """
    last = Entry.objects.order_by("-number").first()
    if last is None:
        raise InputError(
            Problem(
                what="Nothing was written in the journal yet.",
                where="the journal",
                fix="Take its head after the first change.",
            )
        )
    if line_digest([getattr(last, name) for name in DIGESTED]) != last.digest:
        raise InputError(
            Problem(
                what="The last line was altered after it was written, so it is not signed.",
                where=f"line {last.number} of the journal",
                fix="Run 'homeward verify'.",
            )
        )
    return Head(_first_digest(), last.number, last.digest, last.at.astimezone(UTC).isoformat())


def sign(head: Head, key: Ed25519PrivateKey) -> SignedHead:
    """Return a head signed with a key."""
    return SignedHead(head, public_pem(key.public_key()), key.sign(_signed_bytes(head)).hex())


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Return the key of a record, kept in its folder where only its owner can read it; made on first use.

    Raises
    ------
    InputError
        The file of the key holds something else.
    """
    path = folder / KEY_NAME
    if not path.is_file():
        new = Ed25519PrivateKey.generate()
        pem = new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_private(path, pem.decode("ascii"))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(
            Problem(
                what="This file does not hold the key that heads are signed with.",
                where=str(path),
                fix="Restore it from a backup; or move it away for a new key, and give others its public part.",
            )
        )
    return key


def public_pem(key: Ed25519PublicKey) -> str:
    """Return a public key as text that other programs read (PEM)."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_public_key(path: Path) -> Ed25519PublicKey:
    """Read a public key from a PEM file.

    Raises
    ------
    InputError
        It cannot be read, or holds no Ed25519 key.
    """
    return _public_key(_read(path), where=str(path))


def read_head(path: Path) -> SignedHead:
    """Read a signed head from a file.

    Raises
    ------
    InputError
        It cannot be read, or is not a head.
    """
    text = _read(path)
    try:
        content = json.loads(text)
        parts = content["head"]
        head = Head(str(parts["record"]), int(parts["number"]), str(parts["digest"]), str(parts["at"]))
        signed = SignedHead(head, str(content["public_key"]), bytes.fromhex(content["signature"]).hex())
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            Problem(what="This is not a head of a journal.", where=str(path), fix=_KEPT_ELSEWHERE)
        ) from error
    _public_key(signed.public_key, where=str(path))
    return signed


def check_head(signed: SignedHead, trusted: Ed25519PublicKey | None, *, where: str) -> list[Problem]:
    """Return what is wrong with a head; nothing if it is signed well and its line stands in this journal.

    Parameters
    ----------
    trusted : Ed25519PublicKey or None
        The key that it must be signed with; None for the one that the head itself names, which proves less.
    where : str
        Where the head comes from, to be named in problems.
    """
    named = _public_key(signed.public_key, where=where)
    if trusted is not None and named != trusted:
        return [
            Problem(
                what="This head is signed with another key than the one that it should be signed with.",
                where=where,
                fix="Find out who signed it. If the record had another key before, give that with --public-key.",
            )
        ]
    try:
        (trusted or named).verify(bytes.fromhex(signed.signature), _signed_bytes(signed.head))
    except InvalidSignature:
        return [
            Problem(
                what="The signature of this head is not good: the head was altered after it was signed.",
                where=where,
                fix=_KEPT_ELSEWHERE,
            )
        ]
    return [Problem(what=what, where=where, fix=fix) for what, fix in _against_the_journal(signed.head)]


def _against_the_journal(head: Head) -> list[tuple[str, str]]:
    """What is wrong if the line that was signed is not here, and what to do."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    compare = "Compare this record with a backup from when the head was taken, and find out who could write to it."
    if not last or _first_digest() != head.record:
        return [
            (
                "This head was taken of another record: the journal here began with another line. Either the whole "
                "database was replaced, or the head belongs elsewhere.",
                compare,
            )
        ]
    if head.number > last:
        return [
            (
                f"This head is line {head.number}, and the journal here ends at line {last}: lines that were written "
                "are gone. Either they were removed, or an older backup was restored.",
                compare,
            )
        ]
    if not Entry.objects.filter(number=head.number, digest=head.digest).exists():
        return [
            (
                f"Line {head.number} is not the line that was signed: that line, or one before it, was replaced and "
                "the journal written anew from there.",
                compare,
            )
        ]
    return []


def _first_digest() -> str:
    """The digest of the first line."""
    return Entry.objects.order_by("number").values_list("digest", flat=True).first() or ""


def _signed_bytes(head: Head) -> bytes:
    """What is signed: the head as JSON, with its members in order of the alphabet and no spaces."""
    return CONTEXT + json.dumps(asdict(head), sort_keys=True, separators=(",", ":")).encode()


def _public_key(pem: str, *, where: str) -> Ed25519PublicKey:
    """A public key from its text."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError(
            Problem(what="This is not an Ed25519 public key in PEM form.", where=where, fix=_KEPT_ELSEWHERE)
        )
    return key


def _read(path: Path) -> str:
    """The text of a small file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            Problem(what=f"This file cannot be read: {error}.", where=str(path), fix="Check its name and its rights.")
        ) from error
