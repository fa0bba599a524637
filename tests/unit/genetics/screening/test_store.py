"""Tables kept between screens: what is found again, what is worked out anew, and files that cannot be used."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.screening import store as store_module
from homeward.genetics.screening.conditioning import condition
from homeward.genetics.screening.digests import sought_digests
from homeward.genetics.screening.shapes import Sought
from homeward.genetics.screening.store import TableStore
from homeward.genetics.screening.tables import ConditionedTables
from tests.families import family, locus, pedigree

STEPS = MutationModel(MutationKind.STEPWISE, 0.002, 0.1)
PANEL = Panel(
    (
        locus("L1", {"9": 0.2, "10": 0.3, "11": 0.5}),
        locus("L2", {"7": 0.1, "8": 0.2, "9": 0.3, "10": 0.4}, STEPS),
        locus("L3", {"12": 0.25, "13": 0.25, "14": 0.25, "15": 0.25}),
    )
)


def seek(text: str, genotypes: dict[str, str], missing: str = "M", panel: Panel = PANEL) -> Sought:
    members = pedigree(text)
    return Sought(family("F", members, panel, genotypes, [missing]), members.position(missing))


def mother(genotype: str) -> Sought:
    return seek("M = A + B", {"B": genotype})


FOUR = (
    mother("9/10 7/8 12/13"),
    seek("M = A + B; S = A + B", {"S": "10/11 8/8 14/15"}),
    mother("11/11 9/10 -"),
    seek("M = A + B; C = M + W", {"C": "9/9 7/10 12/12", "W": "9/11 8/10 12/15"}),
)


@pytest.fixture
def store(tmp_path) -> TableStore:
    return TableStore(tmp_path / "tables.sqlite")


@pytest.fixture
def conditioned(monkeypatch) -> list[Sought]:
    """Everybody who was conditioned on, and not found in the store."""
    done: list[Sought] = []

    def counted(panel: Panel, sought: Sequence[Sought]) -> ConditionedTables:
        done.extend(sought)
        return condition(panel, sought)

    monkeypatch.setattr(store_module, "condition", counted)
    return done


def assert_same(one: ConditionedTables, other: ConditionedTables) -> None:
    for field in fields(ConditionedTables):
        first, second = getattr(one, field.name), getattr(other, field.name)
        assert first.dtype == second.dtype, field.name
        assert first.tobytes() == second.tobytes(), field.name


def n_kept(store: TableStore) -> int:
    with closing(sqlite3.connect(store.path)) as connection:
        (n,) = connection.execute("SELECT count(*) FROM conditioned").fetchone()
    return int(n)


def test_the_second_time_the_same_tables_are_found_and_nothing_is_worked_out(store, conditioned):
    first = store.condition(PANEL, FOUR)
    assert len(conditioned) == 4
    conditioned.clear()
    assert_same(store.condition(PANEL, FOUR), first)
    assert_same(first, condition(PANEL, FOUR))
    assert not conditioned
    assert n_kept(store) == 4


def test_when_a_family_gains_a_member_only_its_own_tables_are_worked_out(store, conditioned):
    store.condition(PANEL, FOUR)
    conditioned.clear()
    grown = seek("M = A + B; S = A + B; T = A + B", {"S": "10/11 8/8 14/15", "T": "9/11 8/9 13/14"})
    now = (FOUR[0], grown, *FOUR[2:])
    assert_same(store.condition(PANEL, now), condition(PANEL, now))
    assert conditioned == [grown]
    assert n_kept(store) == 5


def test_order_and_names_of_people_and_of_families_do_not_matter(store, conditioned):
    store.condition(PANEL, FOUR)
    conditioned.clear()
    renamed = seek("Kim = Pa + Ma; Lee = Pa + Ma", {"Lee": "11/10 8/8 15/14"}, missing="Kim")
    reordered = seek("W; C = M + W; A; B; M = A + B", {"W": "9/11 8/10 12/15", "C": "9/9 7/10 12/12"})
    now = (reordered, FOUR[2], renamed, FOUR[0])
    assert_same(store.condition(PANEL, now), condition(PANEL, now))
    assert not conditioned


def test_two_families_that_know_the_same_share_one_entry(store, conditioned):
    twice = (FOUR[0], mother("9/10 7/8 12/13"))
    tables = store.condition(PANEL, twice)
    assert n_kept(store) == 1
    assert_same(store.condition(PANEL, twice), tables)


def with_locus(**changes) -> Panel:
    first, *others = PANEL.loci
    return Panel((replace(first, **changes), *others))


@pytest.mark.parametrize(
    "panel",
    [
        pytest.param(with_locus(frequencies=np.array([0.2, 0.300001, 0.499999])), id="frequencies"),
        pytest.param(with_locus(female_mutation=STEPS), id="mutation of mothers"),
        pytest.param(with_locus(male_mutation=STEPS), id="mutation of fathers"),
        pytest.param(with_locus(male_mutation=replace(STEPS, rate=0.003)), id="mutation rate"),
        pytest.param(with_locus(alleles=("9", "10", "12")), id="alleles"),
        pytest.param(with_locus(name="L9"), id="name of a locus"),
    ],
)
def test_another_panel_needs_other_tables(panel, store, conditioned):
    store.condition(PANEL, FOUR)
    conditioned.clear()
    assert_same(store.condition(panel, FOUR), condition(panel, FOUR))
    assert len(conditioned) == 4
    assert n_kept(store) == 8


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(mother("9/11 7/8 12/13"), id="another allele"),
        pytest.param(mother("9/10 7/8 -"), id="a locus less"),
        pytest.param(seek("M = A + B", {"A": "9/10 7/8 12/13"}), id="the father in place of the mother"),
        pytest.param(seek("M = A + B; C = A + M", {"B": "9/10 7/8 12/13", "C": "9/10 7/8 12/13"}), id="another shape"),
    ],
)
def test_whatever_tells_more_or_less_has_another_digest(other):
    one, changed = sought_digests(PANEL, (FOUR[0], other))
    assert one != changed


def test_a_donor_whose_alleles_may_have_dropped_out_has_another_digest():
    of = FOUR[0].family
    unsure = Sought(replace(of, profiles=replace(of.profiles, dropout=of.profiles.dropout + 0.1)), FOUR[0].position)
    one, other = sought_digests(PANEL, (FOUR[0], unsure))
    assert one != other


@pytest.mark.parametrize(
    "content", [b"Dear Sir or Madam", b"SQLite format 3\0" + bytes(range(256)) * 20], ids=["a letter", "half a header"]
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(content, store):
    store.path.write_bytes(content * 10)
    with pytest.raises(InputError) as refused:
        store.condition(PANEL, FOUR)
    (problem,) = refused.value.problems
    assert "The kept tables cannot be used" in problem.what
    assert problem.where == str(store.path)
    assert "a damaged one can be deleted" in problem.fix
    assert store.path.read_bytes() == content * 10


def test_a_store_in_a_folder_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(InputError, match="The kept tables cannot be used: unable to open database file"):
        TableStore(tmp_path / "nowhere" / "tables.sqlite").condition(PANEL, FOUR)


def test_a_database_of_something_else_is_refused(store):
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("CREATE TABLE conditioned (hair TEXT)")
    with pytest.raises(InputError, match="The kept tables cannot be used"):
        store.condition(PANEL, FOUR)


@pytest.mark.parametrize("harm", ["cut short", "a bit turned", "empty"])
def test_a_damaged_entry_is_worked_out_again(harm, store, conditioned):
    expected = store.condition(PANEL, FOUR)
    with closing(sqlite3.connect(store.path)) as connection:
        key, kept = connection.execute("SELECT digest, tables FROM conditioned").fetchone()
        changed = {"cut short": kept[:-7], "a bit turned": kept[:-1] + bytes([kept[-1] ^ 1]), "empty": b""}[harm]
        connection.execute("UPDATE conditioned SET tables = ? WHERE digest = ?", (changed, key))
        connection.commit()
    for n_damaged in (1, 0):
        conditioned.clear()
        assert_same(store.condition(PANEL, FOUR), expected)
        assert len(conditioned) == n_damaged


def test_nothing_is_kept_of_a_call_that_failed(store, monkeypatch):
    def fail(tables: ConditionedTables, row: int) -> bytes:
        if row == 2:
            raise MemoryError
        return b"half"

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_packed", fail)
        with pytest.raises(MemoryError):
            store.condition(PANEL, FOUR)
    assert n_kept(store) == 0
    assert_same(store.condition(PANEL, FOUR), condition(PANEL, FOUR))


def test_nobody_sought_needs_no_tables(store):
    assert len(store.condition(PANEL, FOUR[:0])) == 0


def condition_many(path: Path) -> bytes:
    """In a process of its own: the tables of mothers of all kinds, as bytes."""
    tables = TableStore(path).condition(PANEL, many())
    return tables.values.tobytes() + tables.state_of.tobytes()


def many() -> list[Sought]:
    return [mother(f"{a}/{b} {c}/{d} 12/13") for a in (9, 10) for b in (9, 10, 11) for c in (7, 8) for d in (7, 8, 9)]


def test_two_processes_may_use_one_store_at_once(store):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        one, other = pool.map(condition_many, [store.path] * 2, chunksize=1)
    tables = condition(PANEL, many())
    assert one == other == tables.values.tobytes() + tables.state_of.tobytes()
    assert n_kept(store) == len(set(sought_digests(PANEL, many())))
