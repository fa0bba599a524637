"""Where blocks of work are done: threads and Dask give one result, and faults come out in plain words."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from homeward.core.errors import InputError, Problem
from homeward.genetics.case import Case
from homeward.genetics.screening.store import TableStore
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.identification import runners, screen_blocks
from homeward.identification import screen as screen_module
from homeward.identification.runners import BLOCKS_IN_FLIGHT, ClusterError, Threads, connect_to_dask
from homeward.identification.screen import Means, screen
from homeward.identification.screen_parts import PartsFolder
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_results import Candidates, Screen


def squared(number: int) -> int:
    return number * number


def slower_the_earlier(number: int) -> int:
    time.sleep(0.005 * (5 - number % 5))
    return squared(number)


def refuse_the_seventh(number: int) -> int:
    if number == 7:
        raise InputError(Problem("The seventh is refused.", "block 7", "Leave it out."), Problem("So.", "it", "is."))
    return squared(number)


def end_this_worker(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("Nobody survives this.")


def end_this_worker_once(work, mark: Path, block):
    """Kill the process in the middle of the first block that any worker takes, then work as ever."""
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return work(block)
    return end_this_worker(0)


# Threads


@pytest.mark.parametrize("n_threads", [1, 3, None])
def test_threads_return_each_block_with_its_number_in_whatever_order(n_threads):
    done = list(Threads(n_threads).run(slower_the_earlier, enumerate(range(10, 30))))
    assert len(done) == 20
    assert dict(done) == {number: squared(10 + number) for number in range(20)}


def test_threads_with_nothing_to_do_return_nothing():
    assert list(Threads().run(squared, iter(()))) == []


def test_an_error_in_a_block_comes_out_of_the_threads_and_no_more_blocks_are_begun():
    begun = []

    def work(number: int) -> int:
        begun.append(number)
        return refuse_the_seventh(number)

    with pytest.raises(InputError) as refused:
        list(Threads(2).run(work, ((i, i) for i in range(1000))))
    assert [problem.what for problem in refused.value.problems] == ["The seventh is refused.", "So."]
    assert len(begun) <= 7 + 1 + BLOCKS_IN_FLIGHT * 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]


def test_threads_take_no_more_than_two_blocks_each_before_results_are_taken():
    taken, finished = 0, 0
    most = 0

    def blocks() -> Iterator[tuple[int, int]]:
        nonlocal taken, most
        for number in range(50):
            taken += 1
            most = max(most, taken - finished)
            yield number, number

    for _ in Threads(3).run(squared, blocks()):
        finished += 1
    assert finished == 50
    assert most <= BLOCKS_IN_FLIGHT * 3


def test_threads_end_when_nobody_takes_further_results():
    results = Threads(2).run(squared, ((i, i) for i in range(1000)))
    next(results)
    results.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPoolExecutor")]


def test_there_are_as_many_threads_as_processors_that_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 5, 9}, raising=False)
    assert runners.available_processors() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert runners.available_processors() == 1


# Dask


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    # Workers are told to be quiet: killing them is the purpose of some tests.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=60
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def dask(cluster):
    runner = connect_to_dask(cluster.scheduler_address)
    yield runner
    runner.client.close()


@pytest.fixture
def small_blocks(monkeypatch):
    """Screens of small cases in several blocks."""
    monkeypatch.setattr(screen_module, "SUBJECTS_AT_ONCE", 9)
    monkeypatch.setattr(screen_module, "PAIRS_AT_ONCE", 25)


def simulated(mutation: str) -> Case:
    options = SimulationOptions(missing=40, samples=30, seed=8, mutation=mutation, degraded=0.6, partial_donors=0.3)
    return simulate_case(options).case


POLICY = ScreenPolicy(top=3, min_log10_lr=-10.0)


def assert_same(one: Screen, other: Screen) -> None:
    assert one.set_aside == other.set_aside
    assert one.notes == other.notes
    assert (one.n_samples, one.n_subjects) == (other.n_samples, other.n_subjects)
    for field in fields(Candidates):
        first, second = getattr(one.candidates, field.name), getattr(other.candidates, field.name)
        assert first.tobytes() == second.tobytes(), field.name


@pytest.mark.parametrize(
    ("mutation", "against"),
    [("none", Against.FAMILIES), ("stepwise", Against.FAMILIES), ("none", Against.SAMPLES), ("none", Against.KIN)],
)
def test_a_screen_on_a_cluster_is_the_same_bit_for_bit(mutation, against, dask, small_blocks):
    case = simulated(mutation)
    here, there = (screen(case, POLICY, against=against, means=Means(runner=runner)) for runner in (Threads(2), dask))
    assert len(here.candidates) > 5
    assert_same(here, there)


def test_kept_tables_and_finished_blocks_work_with_a_cluster(dask, small_blocks, tmp_path):
    case = simulated("none")
    expected = screen(case, POLICY)
    for _ in range(2):
        means = Means(runner=dask, store=TableStore(tmp_path / "tables"), finished=PartsFolder(tmp_path / "parts"))
        assert_same(screen(case, POLICY, means=means), expected)
        means.finished.discard()


def test_a_file_that_a_worker_cannot_use_is_told_as_it_would_be_here(dask, small_blocks, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(InputError) as refused:
        screen(simulated("none"), POLICY, means=Means(runner=dask, store=TableStore(letter)))
    (problem,) = refused.value.problems
    assert "The kept tables cannot be used" in problem.what
    assert problem.where == str(letter)


def test_a_cluster_returns_each_block_with_its_number(dask):
    assert dict(dask.run(slower_the_earlier, enumerate(range(10, 30)))) == {
        number: squared(10 + number) for number in range(20)
    }
    assert list(dask.run(squared, iter(()))) == []


def test_equal_blocks_are_told_apart_on_a_cluster(dask):
    assert sorted(dask.run(squared, [(0, 3), (1, 3), (2, 3)])) == [(0, 9), (1, 9), (2, 9)]


def test_a_worker_lost_in_the_middle_changes_nothing(dask, small_blocks, monkeypatch, tmp_path):
    case = simulated("none")
    expected = screen(case, POLICY)
    mark = tmp_path / "killed"
    monkeypatch.setattr(screen_module, "score_block", partial(end_this_worker_once, screen_blocks.score_block, mark))
    before = set(dask.client.run(os.getpid).values())
    assert_same(screen(case, POLICY, means=Means(runner=dask)), expected)
    assert mark.exists()
    dask.client.wait_for_workers(2, timeout=20)
    assert len(before & set(dask.client.run(os.getpid).values())) == 1


def test_bad_input_found_by_a_worker_comes_out_as_it_would_here(dask):
    with pytest.raises(InputError) as refused:
        list(dask.run(refuse_the_seventh, enumerate(range(20))))
    assert refused.value.problems == (
        Problem("The seventh is refused.", "block 7", "Leave it out."),
        Problem("So.", "it", "is."),
    )


def test_a_block_that_ends_every_worker_is_told_in_plain_words(cluster, dask, monkeypatch):
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    with pytest.raises(ClusterError) as failed:
        list(dask.run(end_this_worker, enumerate(range(1))))
    assert "ended several workers" in str(failed.value)
    assert "Give each worker more memory" in str(failed.value)
    dask.client.wait_for_workers(2, timeout=20)


def test_no_more_than_two_blocks_for_each_thread_are_sent(dask):
    taken, finished, most = 0, 0, 0

    def blocks() -> Iterator[tuple[int, int]]:
        nonlocal taken, most
        for number in range(20):
            taken += 1
            most = max(most, taken - finished)
            yield number, number

    for _ in dask.run(squared, blocks()):
        finished += 1
    assert finished == 20
    assert most <= BLOCKS_IN_FLIGHT * 2


# Connecting


@pytest.fixture
def swept():
    """Clear away clients that did not connect: in the thread of the next one their end would wait for its beginning."""
    yield
    gc.collect()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere://somewhere", "no address"])
@pytest.mark.usefixtures("swept")
def test_an_address_at_which_nothing_answers_is_refused(address, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(runners, "_PATIENCE", "200ms")
    with pytest.raises(InputError) as refused:
        connect_to_dask(address)
    (problem,) = refused.value.problems
    assert problem.what == f"No Dask scheduler answers at {address}."
    assert problem.where == "--dask"
    assert "check that it is running" in problem.fix


def test_a_cluster_without_workers_is_refused_instead_of_waited_for(cluster, monkeypatch):
    from distributed import Client

    def nobody_comes(self, n_workers: int, timeout: str) -> None:
        raise TimeoutError(f"Only 0/{n_workers} workers arrived after {timeout}")

    monkeypatch.setattr(Client, "wait_for_workers", nobody_comes)
    with pytest.raises(InputError) as refused:
        connect_to_dask(cluster.scheduler_address)
    (problem,) = refused.value.problems
    assert problem.what == f"The Dask scheduler at {cluster.scheduler_address} has no workers."
    assert f"dask worker {cluster.scheduler_address}" in problem.fix


def test_without_dask_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as refused:
        connect_to_dask("tcp://127.0.0.1:8786")
    (problem,) = refused.value.problems
    assert problem.what == "Dask is not installed here."
    assert "homeward[cluster]" in problem.fix
