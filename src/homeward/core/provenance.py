"""Where a result came from: software version and digests of the inputs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that a result was computed from."""

    name: str
    sha256: str
    n_bytes: int


def describe_input(path: Path, content: bytes) -> InputFile:
    """Return the name, SHA-256 digest (hexadecimal) and size of one input as it was read."""
    return InputFile(name=path.name, sha256=hashlib.sha256(content).hexdigest(), n_bytes=len(content))
