"""Reading the files of a bundle or backup, from a folder or a zip, without trusting it."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from homeward.core.errors import InputError, Problem, ProblemLog

MAX_FILES = 200_000
MAX_BYTES = 4 * 2**30
MAX_RATIO = 200
"""How much larger a zip may become when it is unpacked: CSV and text stay far below, only bombs come near it."""
PIECE = 2**20

_UNIX = 3
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most: files, bytes when unpacked, and how much smaller they may be when packed."""

    files: int = MAX_FILES
    total: int = MAX_BYTES
    ratio: int = MAX_RATIO


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a bundle by path, with ``/`` between folders: how large each is, and how it is opened."""

    place: str
    sizes: Mapping[str, int]
    opener: Callable[[str], IO[bytes]]

    @contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """Open a file to read its bytes.

        Raises
        ------
        InputError
            The file cannot be read, or is damaged.
        """
        try:
            with self.opener(path) as file:
                yield file
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            raise InputError(
                Problem(f"The file cannot be read: {error}.", path, "Make or fetch the bundle again.")
            ) from error

    def read(self, path: str, at_most: int) -> bytes:
        """Return the bytes of a file of bearable size.

        Raises
        ------
        InputError
            The file is larger, cannot be read, or is damaged.
        """
        with self.open(path) as file:
            content = file.read(at_most + 1)
        if len(content) > at_most:
            raise InputError(
                Problem(f"The file has more than {at_most / 2**20:.0f} MiB.", path, "Divide it, or leave it out.")
            )
        return content

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file in hexadecimal.

        Raises
        ------
        InputError
            The file cannot be read, or is damaged.
        """
        found = hashlib.sha256()
        with self.open(path) as file:
            while piece := file.read(PIECE):
                found.update(piece)
        return found.hexdigest()


@contextmanager
def files_at(path: Path, limits: Limits | None = None) -> Iterator[Files]:
    """Open the files in a folder or in a zip.

    Raises
    ------
    InputError
        There is nothing at ``path``, it is neither, or it holds what no bundle holds: links, paths that lead out of
        it, one name twice, too many files, or more bytes than `Limits` allow. Nothing has been unpacked then.
    """
    limits = limits or Limits()
    with ExitStack() as opened:
        try:
            if path.is_dir():
                files = _in_folder(path, limits)
            elif path.is_file():
                files = _in_zip(path, opened.enter_context(zipfile.ZipFile(path)), limits)
            else:
                raise InputError(Problem("There is no such file or folder.", str(path), "Check the name."))
        except zipfile.BadZipFile as error:
            raise InputError(
                Problem("This is neither a folder nor a zip.", str(path), "Name the folder or the .zip.")
            ) from error
        except OSError as error:
            raise InputError(
                Problem(f"This cannot be read: {error.strerror or error}.", str(path), "Check that you may read it.")
            ) from error
        yield files


def _in_folder(root: Path, limits: Limits) -> Files:
    """The plain files below a folder; a link is refused, as it can lead anywhere."""
    found: dict[str, tuple[str, int]] = {}
    problems = ProblemLog()
    waiting = [""]
    while waiting and len(found) <= limits.files:
        below = waiting.pop()
        for entry in sorted(os.scandir(root / below), key=lambda entry: entry.name):
            path = f"{below}{entry.name}"
            if entry.is_symlink():
                problems.add("This is a link to somewhere else.", where=path, fix="Put the file itself here.")
            elif entry.is_dir():
                waiting.append(f"{path}/")
            elif entry.is_file():
                _add(found, path, entry.stat().st_size, problems)
            else:
                problems.add("This is not a plain file.", where=path, fix="Remove it.")
    _check_amount(found, limits, str(root), problems)
    problems.raise_if_any()
    return Files(str(root), _sizes(found), lambda name: _open(root / found[name][0]))


def _open(path: Path) -> IO[bytes]:
    """Open a file that is still no link."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


def _in_zip(path: Path, archive: zipfile.ZipFile, limits: Limits) -> Files:
    """The files of a zip, judged by its table of contents before any is unpacked."""
    found: dict[str, tuple[str, int]] = {}
    problems = ProblemLog()
    for info in archive.infolist():
        if not info.is_dir() and _is_plain(info, problems):
            _add(found, info.filename, info.file_size, problems)
    _check_amount(found, limits, str(path), problems)
    total = sum(size for _, size in found.values())
    if total > limits.ratio * max(path.stat().st_size, 1):
        problems.add(
            f"Unpacked, this would be more than {limits.ratio} times as large as it is: no bundle is.",
            where=str(path),
            fix="Do not use this file; ask whoever sent it for the folder.",
        )
    problems.raise_if_any()
    return Files(str(path), _sizes(found), lambda name: archive.open(found[name][0]))


def _is_plain(info: zipfile.ZipInfo, problems: ProblemLog) -> bool:
    """Whether an entry is a plain file with a path that stays in the bundle."""
    name = info.filename
    parts = name.split("/")
    leads_out = (
        name != info.orig_filename or "\\" in name or ":" in parts[0] or not set(parts).isdisjoint({"", ".", ".."})
    )
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if leads_out:
        problems.add("This path does not stay within the bundle.", where=repr(name), fix="Do not use this file.")
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        problems.add("This is a link to somewhere else.", where=name, fix="Put the file itself there.")
    elif info.flag_bits & _ENCRYPTED:
        problems.add("This file is locked with a password.", where=name, fix="Make the zip without a password.")
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        problems.add("This file is packed in an unusual way.", where=name, fix="Make the zip again, with 'deflate'.")
    else:
        return True
    return False


def _add(found: dict[str, tuple[str, int]], path: str, size: int, problems: ProblemLog) -> None:
    """Note a file under the one way of writing its name; some systems write letters with accents as two characters."""
    name = unicodedata.normalize("NFC", path)
    if name in found:
        problems.add("This path stands here twice.", where=name, fix="Keep one of them.")
    found[name] = path, size


def _sizes(found: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """How large each file is."""
    return {name: size for name, (_, size) in found.items()}


def _check_amount(found: Mapping[str, tuple[str, int]], limits: Limits, where: str, problems: ProblemLog) -> None:
    """Refuse more than anybody keeps in one bundle."""
    total = sum(size for _, size in found.values())
    if len(found) > limits.files:
        problems.add(f"There are more than {limits.files:,} files here.", where=where, fix="Divide it.")
    if total > limits.total:
        problems.add(
            f"The files come to {total / 2**30:.1f} GiB; at most {limits.total / 2**30:.0f} GiB are read.",
            where=where,
            fix="Divide it.",
        )
