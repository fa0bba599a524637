"""Writing a folder or a zip of files all at once or not at all, the same content always in the same bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from homeward.core.errors import InputError, Problem

PRIVATE = 0o600
"""What is written here can hold what only some may see, so only its owner can open it."""
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time that every file in a zip carries: when it was written is said in the manifest, once."""
_UNIX = 3


class Written:
    """Files as they are written, and the digest of each."""

    def __init__(self, opener: Callable[[str], AbstractContextManager[IO[bytes]]]) -> None:
        self._opener = opener
        self.digests: dict[str, str] = {}

    @contextmanager
    def open(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """Give the function that writes the bytes of a file, piece by piece."""
        digest = hashlib.sha256()
        with self._opener(path) as file:

            def write(piece: bytes) -> None:
                digest.update(piece)
                file.write(piece)

            yield write
        self.digests[path] = digest.hexdigest()

    def add(self, path: str, content: bytes) -> None:
        """Write a whole file."""
        with self.open(path) as write:
            write(content)


@contextmanager
def new_files(path: Path) -> Iterator[Written]:
    """Write files into a temporary sibling, a zip if the name says so or else a folder, and put it in place at the end.

    Raises
    ------
    InputError
        There is something at ``path`` already, or it cannot be written to. It is then untouched.
    """
    if path.suffix.lower() == ".zip":
        with _new_zip(path) as files:
            yield files
    else:
        with new_folder(path) as folder:
            yield Written(lambda inner: _new_file(folder / inner))


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a temporary sibling folder to write into, which is put in place at the end.

    Raises
    ------
    InputError
        There is something at ``path`` already, or it cannot be written to. It is then untouched. An empty folder may
        be there.
    """
    with _told_plainly(path):
        if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
            raise _occupied(path)
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            yield temporary
            temporary.rename(path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise


@contextmanager
def _new_zip(path: Path) -> Iterator[Written]:
    """Write into a temporary zip, make sure that it is on the disk, and rename it."""
    with _told_plainly(path):
        if path.is_symlink() or path.exists():
            raise _occupied(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    yield Written(lambda inner: archive.open(_entry(inner), "w", force_zip64=True))
                file.flush()
                os.fsync(file.fileno())
            Path(name).rename(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """Turn what the system says of a place that cannot be written to into a problem."""
    try:
        yield
    except OSError as error:
        raise InputError(
            Problem(
                what=f"Nothing could be written here: {error.strerror or error}.",
                where=str(path),
                fix="Check that the folder above it exists, has room, and that you may write to it.",
            )
        ) from error


def _occupied(path: Path) -> InputError:
    """The error for a place that is not free."""
    return InputError(
        Problem("There is something here already.", str(path), "Name a new file, or a new or empty folder.")
    )


def _entry(path: str) -> zipfile.ZipInfo:
    """An entry that says nothing of the machine or the hour."""
    info = zipfile.ZipInfo(path, FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = PRIVATE << 16
    return info


def _new_file(path: Path) -> IO[bytes]:
    """A new file that only its owner can read, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "wb")
