"""Writing files all at once or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from homeward.core.errors import InputError, Problem


def write_file(path: Path, content: str | bytes) -> None:
    """Write bytes, or text as UTF-8, to a temporary sibling, then put it in place of ``path`` in one step.

    Raises InputError if the folder does not exist or may not be written to; ``path`` is then untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_bytes(content))
            Path(name).chmod(_default_mode(0o666))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(path, error) from error


def write_folder(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files, text as UTF-8, into a temporary sibling folder, then rename it to ``folder`` in one step.

    Raises InputError if ``folder`` exists and is not an empty folder, or cannot be written; it is then untouched.
    """
    try:
        occupied = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise _cannot_write(folder, error) from error
    if occupied:
        raise InputError(
            Problem("There is something here already.", str(folder), "Name a new or an empty folder to write to.")
        )
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, content in contents.items():
                (temporary / name).write_bytes(_bytes(content))
            temporary.chmod(_default_mode(0o777))
            if folder.exists():
                folder.rmdir()
            temporary.rename(folder)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _bytes(content: str | bytes) -> bytes:
    """Return the bytes to write."""
    return content.encode() if isinstance(content, str) else content


def _default_mode(mode: int) -> int:
    """Return the permissions that a file made in the ordinary way would have."""
    mask = os.umask(0)
    os.umask(mask)
    return mode & ~mask


def _cannot_write(path: Path, error: OSError) -> InputError:
    """Return the error for a place that cannot be written to."""
    fix = "Check that the folder above it exists and that you may write to it."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        fix = "Make room on this disk, or name a place on another one."
    return InputError(Problem(what=f"Nothing could be written here: {error.strerror}.", where=str(path), fix=fix))
