"""A screen that is cut short, by a full disk or by force: no half result, and the same command goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from homeward.formats import atomic
from homeward.formats.case_folder_writer import write_case_folder
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.identification import screen as screen_module
from homeward.identification.screen_blocks import ScoringBlock, score_block

N_BLOCKS = 4


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("simulated") / "case"
    options = SimulationOptions(missing=24, samples=20, seed=4, mutation="none")
    write_case_folder(simulate_case(options).case, folder)
    return folder


@pytest.fixture
def scored(monkeypatch) -> list[ScoringBlock]:
    """The blocks that were worked out in this process."""
    done: list[ScoringBlock] = []

    def counted(block: ScoringBlock):
        done.append(block)
        return score_block(block)

    monkeypatch.setattr(screen_module, "SUBJECTS_AT_ONCE", 6)
    monkeypatch.setattr(screen_module, "score_block", counted)
    return done


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# A full disk


@pytest.fixture
def disk(monkeypatch):
    """A disk that can be filled: what is written then reaches a device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("This system has no /dev/full.")

    class Disk:
        n_files_left: int | None = None

    ordinary = os.fdopen

    def fdopen(handle: int, *arguments):
        if Disk.n_files_left == 0:
            os.close(handle)
            return Path("/dev/full").open(*arguments)
        if Disk.n_files_left is not None:
            Disk.n_files_left -= 1
        return ordinary(handle, *arguments)

    monkeypatch.setattr(atomic.os, "fdopen", fdopen)
    return Disk


@pytest.mark.parametrize("n_files_left", [0, 1, 3, 1 + N_BLOCKS])
def test_on_a_full_disk_nothing_half_is_left_and_the_same_command_goes_on(
    n_files_left, disk, case_folder, tmp_path, scored, homeward
):
    out, expected = tmp_path / "result.parquet", tmp_path / "expected.parquet"
    assert homeward("screen", case_folder, "--top", 3, "--out", expected).code == 0
    scored.clear()
    disk.n_files_left = n_files_left
    done = homeward("screen", case_folder, "--top", 3, "--out", out)
    assert (done.code, done.out) == (2, "")
    assert "No space left on device" in done.err
    assert "Make room" in done.err
    assert names(tmp_path) == {"expected.parquet", "result.parquet.parts"}
    assert not [name for name in names(tmp_path / "result.parquet.parts") if name.startswith(".")]
    n_done = len(scored)
    disk.n_files_left = None
    assert homeward("screen", case_folder, "--top", 3, "--out", out).code == 0
    assert len(scored) == n_done + N_BLOCKS - max(0, n_files_left - 1)
    assert out.read_bytes() == expected.read_bytes()
    assert names(tmp_path) == {"expected.parquet", "result.parquet"}


# A killed process

PROGRAM = """
import os, signal, sys
from homeward.cli.main import run
from homeward.formats import atomic
from homeward.identification import screen

screen.SUBJECTS_AT_ONCE = 6
n_files_left = int(sys.argv.pop(1))
ordinary = atomic.Path.replace

def replace(self, target):
    global n_files_left
    if n_files_left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    n_files_left -= 1
    return ordinary(self, target)

atomic.Path.replace = replace
run()
"""


def run_until_killed(n_files_left: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, which is killed before the next file would be in its place."""
    command = [sys.executable, "-c", PROGRAM, str(n_files_left), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("n_files_left", [3, 1 + N_BLOCKS], ids=["during the blocks", "while writing the result"])
def test_a_killed_process_leaves_nothing_that_looks_whole_and_the_next_one_goes_on(
    n_files_left, case_folder, tmp_path, scored, homeward
):
    out, expected = tmp_path / "result.parquet", tmp_path / "expected.parquet"
    assert homeward("screen", case_folder, "--top", 3, "--out", expected).code == 0
    scored.clear()
    assert run_until_killed(n_files_left, "screen", case_folder, "--top", 3, "--out", out).returncode == -signal.SIGKILL
    assert not out.exists()
    assert "result.parquet.parts" in names(tmp_path)
    done = homeward("screen", case_folder, "--top", 3, "--out", out)
    assert (done.code, done.err) == (0, "")
    assert len(scored) == N_BLOCKS - (n_files_left - 1)
    assert pl.read_parquet(out).equals(pl.read_parquet(expected))
    assert out.read_bytes() == expected.read_bytes()
    assert "result.parquet.parts" not in names(tmp_path)
