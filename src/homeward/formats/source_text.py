"""Reading a file safely: present, of bearable size, and where it is text, UTF-8."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import InputError, Problem
from homeward.core.provenance import InputFile, describe_input

MAX_BYTES = 2**30
"""Larger files are refused before they are read. The profiles of 72,000 families take 250 MiB as text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file, and the digest of its bytes."""

    name: str
    text: str
    input: InputFile

    def lines(self) -> list[str]:
        """Return the lines without their ends; LF, CRLF and CR all end a line, nothing else does."""
        lines = self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if lines and not lines[-1]:
            lines.pop()
        return lines


def read_source(path: Path) -> SourceText:
    """Return the text of a UTF-8 file; a byte order mark is allowed and dropped.

    Raises
    ------
    InputError
        The file is missing, not a plain file, unreadable, larger than ``MAX_BYTES``, not UTF-8, or
        holds bytes of value 0.
    """
    content, described = read_bytes(path)
    return SourceText(name=path.name, text=decode_text(content, path.name), input=described)


def decode_text(content: bytes, name: str) -> str:
    """Return bytes as text; a byte order mark is dropped. ``name`` is what to call the file in a problem.

    Raises
    ------
    InputError
        They are not UTF-8, or hold bytes of value 0.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from after a byte order mark, which it drops before decoding.
        offset = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        line = content.count(b"\n", 0, offset) + 1
        raise InputError(
            Problem(
                what=f"The file is not UTF-8 text: byte {offset} (hexadecimal {content[offset]:02X}) cannot be read.",
                where=f"{name} line {line}",
                fix="Open it in a text editor or spreadsheet and save it again with the encoding 'UTF-8'.",
            )
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(
            Problem(
                what="The file holds bytes of value 0, which no text in UTF-8 has.",
                where=f"{name} line {line}",
                fix="If it is a spreadsheet or of another encoding (UTF-16), save it again as text with 'UTF-8'; "
                "if not, the file is damaged: fetch it again.",
            )
        )
    return text


def read_bytes(path: Path) -> tuple[bytes, InputFile]:
    """Return the content of a plain file of bearable size, and its description.

    Raises
    ------
    InputError
        The file is missing, not a plain file, unreadable or larger than ``MAX_BYTES``.
    """
    if not path.exists():
        raise InputError(
            Problem(f"There is no file '{path.name}'.", str(path), "Check the name and the folder of the file.")
        )
    if not path.is_file():
        raise InputError(Problem("This is not a file.", str(path), "Name a file that holds the data."))
    try:
        n_bytes = path.stat().st_size
        if n_bytes > MAX_BYTES:
            raise InputError(
                Problem(
                    what=f"The file has {n_bytes / 2**20:.0f} MiB; at most {MAX_BYTES // 2**20} MiB can be read.",
                    where=path.name,
                    fix="Check that this is the right file; divide a larger case.",
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(
                what=f"The file cannot be read: {error.strerror}.",
                where=path.name,
                fix="Check that you may read it and that it is not open in another program.",
            )
        ) from error
    return content, describe_input(path, content)
