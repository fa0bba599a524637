"""The manifest of a bundle: what it is, what made it and when, and the digest of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.core.errors import ProblemLog

NAME = "manifest.json"
FORMAT, VERSION = "homeward-bundle", 1
README = "README.md"
"""A file for people that a bundle may carry; an import leaves it alone."""
ORIGINALS = "originals/"
MAX_BYTES = 64 * 2**20
SHOWN_DIGITS = 16
"""How much of a digest stands for it where people read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says.

    synthetic: whether the bundle holds made-up data. files: SHA-256 of each file by path, or ``None`` if it lists none.
    """

    title: str
    synthetic: bool
    files: Mapping[str, str] | None = None


def manifest_text(
    manifest: Manifest, *, homeward: str, exported_at: str, on: date | None = None, known: date | None = None
) -> str:
    """Return a manifest as it is written: keys in this order, files in theirs."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "title": manifest.title,
        "synthetic": manifest.synthetic,
        "homeward": homeward,
        "exported_at": exported_at,
        "as_of": {"on": on.isoformat() if on else None, "known": known.isoformat() if known else None},
        "files": dict(sorted((manifest.files or {}).items())),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_manifest(content: bytes, problems: ProblemLog) -> Manifest:
    """Return what a manifest says; what is wrong with it goes to ``problems``."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        problems.add(f"This is not JSON in UTF-8: {error}.", where=NAME, fix="Correct it in a text editor.")
        return Manifest("", synthetic=False)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        problems.add(f'The manifest does not say "format": "{FORMAT}".', where=NAME, fix="Name a bundle of the record.")
        return Manifest("", synthetic=False)
    if found.get("version") != VERSION:
        problems.add(
            f"The bundle is of version {found.get('version')!r}; this Homeward reads version {VERSION}.",
            where=NAME,
            fix=f'Write "version": {VERSION} if the bundle follows it, or use the Homeward that made it.',
        )
    title, synthetic = found.get("title"), found.get("synthetic", False)
    if not isinstance(title, str) or not title.strip():
        problems.add("The bundle has no title.", where=NAME, fix='Write "title": and what the bundle holds.')
    if not isinstance(synthetic, bool):
        problems.add('"synthetic" is neither true nor false.', where=NAME, fix="Write true for made-up data.")
    return Manifest(str(title), synthetic is True, _files(found.get("files"), problems))


def _files(found: Any, problems: ProblemLog) -> Mapping[str, str] | None:
    """The digests that a manifest lists."""
    if found is None:
        return None
    if isinstance(found, dict) and all(isinstance(digest, str) for digest in found.values()):
        return {str(path): digest.lower() for path, digest in found.items()}
    problems.add(
        '"files" is not a list of paths with their SHA-256.', where=NAME, fix='Correct "files" or leave it out.'
    )
    return None


def bundle_digest(digests: Mapping[str, str]) -> str:
    """Return one SHA-256 for all files of a bundle but its manifest: the same rows and originals, the same digest."""
    lines = (f"{digest}  {path}\n" for path, digest in sorted(digests.items()) if path not in (NAME, README))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
