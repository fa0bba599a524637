"""Where scores are worked out: on the processor with NumPy, or on an accelerator with PyTorch or CuPy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homeward.core.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Device:
    """An array library and a place in it; can be sent to another process.

    library: module that follows the array API standard.
    place: what the library calls the device; None for its default.
    rows_at_once, columns_at_once: scores worked on at one time; on a processor a piece of them stays in its cache.
    """

    library: str = "numpy"
    place: str | None = None
    rows_at_once: int = 512
    columns_at_once: int = 128

    @property
    def xp(self) -> ModuleType:
        """The namespace with the operations of the array API."""
        return import_module(self.library)

    def send(self, array: NDArray[Any]) -> Any:
        """Return an array on the device."""
        # CuPy knows no device by name: it uses the current one.
        if self.place is None or self.library.endswith("cupy"):
            return self.xp.asarray(array)
        return self.xp.asarray(array, device=self.place)

    def fetch(self, array: Any) -> NDArray[Any]:
        """Return an array of the device as a NumPy array."""
        if not isinstance(array, np.ndarray) and self.place is not None:
            array = import_module("array_api_compat").to_device(array, "cpu")
        return array if isinstance(array, np.ndarray) else np.from_dlpack(array)


CPU = Device()

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
        for library in ("torch", "cupy"):
            if _has_cuda(library):
                return Device(f"array_api_compat.{library}", "cuda", _ACCELERATOR_ROWS, _ACCELERATOR_COLUMNS)
        fix = "Use --device cpu, or install PyTorch or CuPy with CUDA on a machine with an NVIDIA card."
        raise InputError(Problem("No CUDA device can be used here.", "--device cuda", fix))
    raise InputError(Problem(f"There is no device '{name}'.", "--device", "Choose cpu or cuda."))


def _has_cuda(library: str) -> bool:
    try:
        return bool(import_module(library).cuda.is_available())
    except ImportError:
        return False
