"""Folders that one of the workers prepares and that the tests of all of them use or copy."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def prepared_once(factory: pytest.TempPathFactory, name: str, prepare: Callable[[Path], object]) -> Path:
    """Return the folder of this name, prepared by the first worker that asks for it."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".done")
        if not done.exists():
            prepare(folder)
            done.touch()
    return folder
