"""Where blocks of work are done: in threads of this process, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from homeward.core.errors import HomewardError, InputError, Problem

if TYPE_CHECKING:
    from distributed import Client

Block = TypeVar("Block")
Result = TypeVar("Result")

BLOCKS_IN_FLIGHT = 2
"""Blocks that are handed out for each worker: one to work on, one to go on with."""


class ClusterError(HomewardError):
    """Work that a cluster could not do."""


class Runner(Protocol):
    """Does blocks of work."""

    def run(self, work: Callable[[Block], Result], blocks: Iterable[tuple[int, Block]]) -> Iterator[tuple[int, Result]]:
        """Yield the number and the result of each block, in whatever order they are finished."""


@dataclass(frozen=True, slots=True)
class Threads:
    """Threads of this process; as many as it has processors, unless said otherwise."""

    n_threads: int | None = None

    def run(self, work: Callable[[Block], Result], blocks: Iterable[tuple[int, Block]]) -> Iterator[tuple[int, Result]]:
        """Yield the number and the result of each block; no more than two for each thread are in memory."""
        n_threads = self.n_threads or available_processors()
        waiting: dict[Future[Result], int] = {}
        with ThreadPoolExecutor(n_threads) as pool:
            try:
                for number, block in blocks:
                    waiting[pool.submit(work, block)] = number
                    if len(waiting) >= BLOCKS_IN_FLIGHT * n_threads:
                        yield from _finished(waiting)
                while waiting:
                    yield from _finished(waiting)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def _finished(waiting: dict[Future[Result], int]) -> Iterator[tuple[int, Result]]:
    """Wait for a block, and yield all that are finished."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


def available_processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class DaskCluster:
    """The workers of a Dask client.

    Each block carries all that it needs, so that the scheduler gives a block whose worker was lost to another one.
    """

    client: Client

    def run(self, work: Callable[[Block], Result], blocks: Iterable[tuple[int, Block]]) -> Iterator[tuple[int, Result]]:
        """Yield the number and the result of each block."""
        from distributed import KilledWorker, as_completed

        waiting = as_completed(with_results=True)
        number_of: dict[str, int] = {}
        try:
            for number, block in blocks:
                future = self.client.submit(work, block, pure=False)
                number_of[future.key] = number
                waiting.add(future)
                if waiting.count() >= BLOCKS_IN_FLIGHT * self._n_threads():
                    done, result = next(waiting)
                    yield number_of.pop(done.key), result
            for done, result in waiting:
                yield number_of.pop(done.key), result
        except KilledWorker as error:
            raise ClusterError(
                "One block of work ended several workers, perhaps for want of memory. Give each worker more memory or "
                "fewer threads and run the same command again."
            ) from error

    def _n_threads(self) -> int:
        n_threads: int = sum(self.client.nthreads().values())
        return max(1, n_threads)


def connect_to_dask(address: str) -> DaskCluster:
    """Return the cluster whose scheduler is at this address.

    Raises
    ------
    InputError
        Dask is not installed, nothing answers there, or no worker is there to do the work.
    """
    try:
        from distributed import Client
    except ImportError as error:
        fix = "Install it with: pip install 'homeward[cluster]', or leave out --dask."
        raise InputError(Problem("Dask is not installed here.", "--dask", fix)) from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        fix = "Give the address that the scheduler printed, such as tcp://10.0.0.5:8786, and check that it is running."
        raise InputError(Problem(f"No Dask scheduler answers at {address}.", "--dask", fix)) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()
        fix = f"Start some, each with: dask worker {address}"
        raise InputError(Problem(f"The Dask scheduler at {address} has no workers.", "--dask", fix)) from error
    return DaskCluster(client)


_PATIENCE = "10s"
