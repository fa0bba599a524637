"""The finished blocks of a screen in a folder, so that an interrupted one goes on where it stopped."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeward.core.errors import InputError, Problem
from homeward.formats.atomic import write_file
from homeward.genetics.screening.selection import Pairs
from homeward.identification.screen_blocks import ScoredBlock

DIGEST = "digest.txt"
"""The file that says which screen the blocks belong to."""


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """A folder that holds one file for each finished block; each is written whole or not at all."""

    path: Path

    def begin(self, digest: str) -> None:
        """Take up what was kept of the screen with this digest; what belongs to another one is removed.

        Raises
        ------
        InputError
            The folder holds something else, or cannot be written to.
        """
        mark = self.path / DIGEST
        try:
            if self.path.exists():
                if not mark.exists() and any(self.path.iterdir()):
                    fix = "Move it elsewhere, or name another result with --out."
                    raise InputError(Problem("This is not a folder of unfinished work.", str(self.path), fix))
                if mark.exists() and mark.read_text(encoding="utf-8") == digest:
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
            with np.load(self._file(number), allow_pickle=False) as kept:
                return ScoredBlock(
                    Pairs(kept["sample"], kept["sought"], kept["score"]),
                    kept["expected"],
                    kept["compared"],
                    kept["impossible"],
                )
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

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
        write_file(self._file(number), content.getvalue())

    def discard(self) -> None:
        """Remove the folder and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _file(self, number: int) -> Path:
        return self.path / f"block-{number:05d}.npz"
