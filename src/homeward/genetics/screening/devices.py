"""Where scores are worked out: on the processor with NumPy, or on an accelerator with PyTorch or CuPy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from homeward.core.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Device:
    """An array library and a place in it.

    xp: a namespace that follows the array API standard.
    place: what the library calls the device; None for its default.
    rows_at_once, columns_at_once: scores worked on at one time; on a processor a piece of them stays in its cache.
    """

    xp: ModuleType
    place: Any = None
    rows_at_once: int = 512
    columns_at_once: int = 128

    def send(self, array: np.ndarray[Any, Any]) -> Any:
        """Return an array on the device."""
        return self.xp.asarray(array, device=self.place)

    def fetch(self, array: Any) -> np.ndarray[Any, Any]:
        """Return an array of the device as a NumPy array."""
        if isinstance(array, np.ndarray):
            return array
        from array_api_compat import to_device

        return np.from_dlpack(to_device(array, "cpu") if self.place is not None else array)


CPU = Device(np)

_ACCELERATOR_ROWS, _ACCELERATOR_COLUMNS = 8192, 1024


def find_device(name: str) -> Device:
    """Return the device of this name, "cpu" or "cuda".

    Raises
    ------
    InputError
        There is no such device, or no library that can use it.
    """
    if name == "cpu":
        return CPU
    if name == "cuda":
        for find in (_torch, _cupy):
            device = find()
            if device is not None:
                return device
        fix = "Use --device cpu, or install PyTorch or CuPy with CUDA on a machine with an NVIDIA card."
        raise InputError(Problem("No CUDA device can be used here.", "--device cuda", fix))
    raise InputError(Problem(f"There is no device '{name}'.", "--device", "Choose cpu or cuda."))


def _torch() -> Device | None:
    try:
        torch = import_module("torch")
    except ImportError:
        return None
    if not torch.cuda.is_available():
        return None
    xp = import_module("array_api_compat.torch")
    return Device(xp, torch.device("cuda"), _ACCELERATOR_ROWS, _ACCELERATOR_COLUMNS)


def _cupy() -> Device | None:
    try:
        cupy = import_module("cupy")
    except ImportError:
        return None
    if not cupy.cuda.is_available():
        return None
    xp = import_module("array_api_compat.cupy")
    return Device(xp, cupy.cuda.Device(), _ACCELERATOR_ROWS, _ACCELERATOR_COLUMNS)
