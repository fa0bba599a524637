"""Interrupted screens: finished blocks are gone on with, and anything else is worked out again."""

from __future__ import annotations

import io
import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Case
from homeward.genetics.screening import digests
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.identification import screen as screen_module
from homeward.identification.policy import SexUse
from homeward.identification.screen import Means, screen
from homeward.identification.screen_blocks import ScoringBlock, score_block
from homeward.identification.screen_parts import PartsFolder
from homeward.identification.screen_policy import ScreenPolicy
from homeward.identification.screen_results import Candidates, Screen

POLICY = ScreenPolicy(top=3, min_log10_lr=0.0)
N_BLOCKS = 4


class Interruption(Exception):  # noqa: N818
    """Somebody stopped the screen."""


class StopsAfter:
    """Does blocks in order and is interrupted after some."""

    def __init__(self, n_blocks: int) -> None:
        self.n_blocks = n_blocks

    def run(self, work, blocks):
        for n_done, (number, block) in enumerate(blocks):
            if n_done == self.n_blocks:
                raise Interruption
            yield number, work(block)


@pytest.fixture(scope="module")
def case() -> Case:
    return simulate_case(SimulationOptions(missing=24, samples=20, seed=4, mutation="none")).case


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(screen_module, "SUBJECTS_AT_ONCE", 6)


@pytest.fixture(scope="module")
def whole(case) -> Screen:
    """The screen in one piece."""
    return screen(case, POLICY)


@pytest.fixture
def scored(monkeypatch) -> list[ScoringBlock]:
    """The blocks that were worked out, as they are."""
    done: list[ScoringBlock] = []

    def counted(block: ScoringBlock):
        done.append(block)
        return score_block(block)

    monkeypatch.setattr(screen_module, "score_block", counted)
    return done


@pytest.fixture(scope="module")
def interrupted(case, tmp_path_factory) -> Path:
    """What is left of a screen that was interrupted after two of its four blocks."""
    folder = tmp_path_factory.mktemp("interrupted") / "result.parquet.parts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen_module, "SUBJECTS_AT_ONCE", 6)
        with pytest.raises(Interruption):
            screen(case, POLICY, means=Means(runner=StopsAfter(2), finished=PartsFolder(folder)))
    assert names(folder) == {"digest.txt", "block-00000.bin", "block-00001.bin"}
    return folder


@pytest.fixture
def parts(interrupted, tmp_path) -> PartsFolder:
    """A copy of it."""
    return PartsFolder(shutil.copytree(interrupted, tmp_path / interrupted.name))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def go_on(case: Case, parts: PartsFolder, policy: ScreenPolicy = POLICY) -> Screen:
    return screen(case, policy, means=Means(finished=PartsFolder(parts.path)))


def assert_same(one: Screen, other: Screen) -> None:
    assert (one.set_aside, one.n_subjects) == (other.set_aside, other.n_subjects)
    assert len(one.candidates) > 5
    for field in fields(Candidates):
        first, second = getattr(one.candidates, field.name), getattr(other.candidates, field.name)
        assert first.tobytes() == second.tobytes(), field.name


def test_an_interrupted_screen_goes_on_with_the_blocks_that_were_finished(case, parts, scored, whole):
    assert_same(go_on(case, parts), whole)
    assert len(scored) == N_BLOCKS - 2
    assert len(names(parts.path)) == 1 + N_BLOCKS


def test_a_screen_that_was_finished_but_not_written_works_out_no_block_again(case, parts, scored, whole):
    go_on(case, parts)
    scored.clear()
    assert_same(go_on(case, parts), whole)
    assert not scored


def test_a_screen_interrupted_again_and_again_arrives(case, tmp_path, scored, whole):
    scored.clear()
    folder = PartsFolder(tmp_path / "parts")
    for _ in range(N_BLOCKS - 1):
        with pytest.raises(Interruption):
            screen(case, POLICY, means=Means(runner=StopsAfter(1), finished=folder))
    assert_same(go_on(case, folder), whole)
    assert len(scored) == N_BLOCKS


def with_another_allele(case: Case) -> Case:
    alleles = case.samples.alleles.copy()
    row, locus = np.argwhere(case.samples.typed)[0]
    alleles[row, locus, 0] = 1 if alleles[row, locus, 0] != 1 else 2
    return replace(case, samples=replace(case.samples, alleles=alleles))


def with_another_frequency(case: Case) -> Case:
    first, *others = case.panel.loci
    frequencies = first.frequencies.copy()
    frequencies[:2] += (1e-9, -1e-9)
    return replace(case, panel=replace(case.panel, loci=(replace(first, frequencies=frequencies), *others)))


def without_the_last_family(case: Case) -> Case:
    return replace(case, families=case.families[:-1])


@pytest.mark.parametrize("change", [with_another_allele, with_another_frequency, without_the_last_family])
def test_blocks_of_another_case_are_of_no_use(change, case, parts, scored):
    other = change(case)
    found = go_on(other, parts)
    assert len(scored) == N_BLOCKS
    assert_same(found, screen(other, POLICY))


@pytest.mark.parametrize(
    "policy",
    [
        replace(POLICY, top=4),
        replace(POLICY, min_log10_lr=0.5),
        replace(POLICY, inconsistency_log10_lr=-2.0),
        replace(POLICY, policy=replace(POLICY.policy, max_inconsistencies=1)),
        replace(POLICY, policy=replace(POLICY.policy, sex=SexUse.IGNORE)),
        replace(POLICY, policy=replace(POLICY.policy, min_loci=14)),
    ],
    ids=["top", "threshold", "price", "inconsistencies", "sex", "loci"],
)
def test_blocks_of_another_policy_are_of_no_use(policy, case, parts, scored):
    found = go_on(case, parts, policy)
    assert len(scored) == N_BLOCKS
    assert_same(found, screen(case, policy))


def test_blocks_of_another_version_are_of_no_use(case, parts, scored, whole, monkeypatch):
    scored.clear()
    monkeypatch.setattr(digests, "__version__", "99.0.0")
    assert_same(go_on(case, parts), whole)
    assert len(scored) == N_BLOCKS


def test_blocks_that_were_cut_otherwise_are_of_no_use(case, parts, scored, whole, monkeypatch):
    scored.clear()
    monkeypatch.setattr(screen_module, "SUBJECTS_AT_ONCE", 9)
    assert_same(go_on(case, parts), whole)
    assert len(scored) == 3


def npy() -> bytes:
    content = io.BytesIO()
    np.save(content, np.arange(3))
    return content.getvalue()


def npz(**arrays) -> bytes:
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda kept: b"", id="empty"),
        pytest.param(lambda kept: kept[: len(kept) // 2], id="cut short"),
        pytest.param(lambda kept: kept[:-1], id="one byte short"),
        pytest.param(lambda kept: b"The minutes of a meeting.", id="text"),
        pytest.param(lambda kept: npy(), id="another array"),
        pytest.param(lambda kept: npz(sample=np.arange(3)), id="other arrays"),
        pytest.param(lambda kept: kept.replace(b"score", b"snore"), id="another name"),
    ],
)
def test_a_block_file_that_is_damaged_or_foreign_is_worked_out_again(damage, case, parts, scored, whole):
    file = parts.path / "block-00001.bin"
    kept = file.read_bytes()
    file.write_bytes(damage(kept))
    assert_same(go_on(case, parts), whole)
    assert len(scored) == N_BLOCKS - 1
    assert file.read_bytes() == kept


def test_wherever_a_byte_of_a_block_file_is_wrong_the_block_is_worked_out_again_or_unharmed(case, parts):
    file = parts.path / "block-00000.bin"
    kept = file.read_bytes()
    parts.begin((parts.path / "digest.txt").read_text())
    sound = parts.load(0)
    rng = np.random.default_rng(1)
    for place in [*range(0, 400, 9), *rng.integers(0, len(kept), 60), *range(len(kept) - 400, len(kept), 9)]:
        wrong = bytearray(kept)
        wrong[place] ^= 1 << int(rng.integers(8))
        file.write_bytes(wrong)
        found = parts.load(0)
        if found is not None:
            assert found.pairs.score.tobytes() == sound.pairs.score.tobytes()
            assert found.expected.tobytes() == sound.expected.tobytes()


def test_the_block_file_of_another_block_or_another_screen_is_worked_out_again(case, parts, scored, whole, tmp_path):
    other = PartsFolder(tmp_path / "other.parts")
    screen(case, ScreenPolicy(top=1), means=Means(finished=other))
    first, second, third = (parts.path / f"block-0000{number}.bin" for number in range(3))
    third.write_bytes(second.read_bytes())
    first.write_bytes((other.path / first.name).read_bytes())
    scored.clear()
    assert_same(go_on(case, parts), whole)
    assert len(scored) == N_BLOCKS - 1


@pytest.mark.parametrize(
    "contents",
    [
        {"holiday.jpg": b"\xff\xd8"},
        {"digest.txt": b"My digest of the news\n", "news.txt": b"."},
        {"digest.txt": b"\xff"},
    ],
    ids=["photograph", "digest of something else", "no text"],
)
def test_a_folder_that_holds_something_else_is_refused_and_left_alone(contents, case, tmp_path, scored):
    folder = tmp_path / "result.parquet.parts"
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        screen(case, POLICY, means=Means(finished=PartsFolder(folder)))
    (problem,) = refused.value.problems
    assert (problem.what, problem.where) == ("This is not a folder of unfinished work.", str(folder))
    assert "--out" in problem.fix
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == contents
    assert not scored


def test_a_file_in_the_place_of_the_folder_is_refused_and_left_alone(case, tmp_path):
    place = tmp_path / "result.parquet.parts"
    place.write_text("mine")
    with pytest.raises(InputError, match="cannot be used: Not a directory"):
        screen(case, POLICY, means=Means(finished=PartsFolder(place)))
    assert place.read_text() == "mine"


def test_an_empty_folder_is_used(case, tmp_path, whole):
    folder = tmp_path / "result.parquet.parts"
    folder.mkdir()
    assert_same(go_on(case, PartsFolder(folder)), whole)
