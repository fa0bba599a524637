"""The finished blocks of a screen in a folder, so that an interrupted one goes on where it stopped."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from homeward.core.errors import InputError, Problem
from homeward.formats.atomic import write_file
from homeward.genetics.screening.selection import Pairs
from homeward.identification.screen_blocks import ScoredBlock

DIGEST = "digest.txt"
"""The file that says which screen the blocks belong to."""


_SEAL_BYTES = hashlib.sha256().digest_size
_IS_DIGEST = re.compile(rb"[0-9a-f]{64}").fullmatch


@dataclass(slots=True)
class PartsFolder:
    """A folder that holds one file for each finished block; each is written whole or not at all.

    A file begins with a digest of its content, its number and the screen that it belongs to, so that one that was
    damaged, or comes from elsewhere, is known as such.
    """

    path: Path
    _digest: str = field(default="", init=False, repr=False)

    def begin(self, digest: str) -> None:
        """Take up what was kept of the screen with this digest; what belongs to another one is removed.

        Raises
        ------
        InputError
            The folder holds something else, or cannot be written to.
        """
        self._digest = digest
        mark = self.path / DIGEST
        try:
            if self.path.exists():
                kept = mark.read_bytes() if mark.exists() else b""
                if not _IS_DIGEST(kept) and any(self.path.iterdir()):
                    fix = "Move it elsewhere, or name another result with --out."
                    raise InputError(Problem("This is not a folder of unfinished work.", str(self.path), fix))
                if kept == digest.encode():
                    return
                self.discard()
            self.path.mkdir()
        except OSError as error:
            fix = "Check that you may write there."
            raise InputError(Problem(f"The folder cannot be used: {error.strerror}.", str(self.path), fix)) from error
        write_file(mark, digest)

    def load(self, number: int) -> ScoredBlock | None:
        """Return the result of a block, or None if it is not there or cannot be read."""
        try:
            content = self._file(number).read_bytes()
        except OSError:
            return None
        seal, arrays = content[:_SEAL_BYTES], content[_SEAL_BYTES:]
        if seal != self._seal(number, arrays):
            return None
        with np.load(io.BytesIO(arrays), allow_pickle=False) as kept:
            return ScoredBlock(
                Pairs(kept["sample"], kept["sought"], kept["score"]),
                kept["expected"],
                kept["compared"],
                kept["impossible"],
            )

    def save(self, number: int, result: ScoredBlock) -> None:
        """Keep the result of a block; InputError if it cannot be written."""
        content = io.BytesIO()
        np.savez(
            content,
            sample=result.pairs.sample,
            sought=result.pairs.sought,
            score=result.pairs.score,
            expected=result.expected,
            compared=result.compared,
            impossible=result.impossible,
        )
        arrays = content.getvalue()
        write_file(self._file(number), self._seal(number, arrays) + arrays)

    def discard(self) -> None:
        """Remove the folder and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _seal(self, number: int, arrays: bytes) -> bytes:
        """Return the SHA-256 digest of the screen, the number and the content of a block."""
        return hashlib.sha256(f"{self._digest} {number} ".encode() + arrays).digest()

    def _file(self, number: int) -> Path:
        return self.path / f"block-{number:05d}.bin"
