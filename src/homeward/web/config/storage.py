"""Where the record is kept: one folder with the database, the files and the secret key."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DATABASE_NAME = "homeward.sqlite3"
KEY_FILE_NAME = "secret-key.txt"


def data_folder() -> Path:
    """Return the folder named by ``HOMEWARD_DATA``, or ``var`` in the current folder."""
    return Path(os.environ.get("HOMEWARD_DATA") or "var").absolute()


def secret_key(folder: Path) -> str:
    """Return ``HOMEWARD_SECRET_KEY``, or else the key kept in a data folder; empty if the folder was not prepared."""
    return os.environ.get("HOMEWARD_SECRET_KEY") or _stored_key(folder)


def prepare_folder(folder: Path) -> None:
    """Create a data folder that only its owner can open, with its secret key; leave alone what is there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _stored_key(folder):
        write_private(folder / KEY_FILE_NAME, secrets.token_urlsafe(64) + "\n")


def write_private(path: Path, text: str) -> None:
    """Write a small file that only its owner can read: complete, or not at all."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


def _stored_key(folder: Path) -> str:
    """The key in a data folder, or nothing."""
    path = folder / KEY_FILE_NAME
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""
