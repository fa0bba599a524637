"""Times a record of full size: pages with many readers at once, verifying, importing. `record` and `books` use it.

The record is on SQLite, or on a PostgreSQL server started for it, and is served by ``homeward serve`` on the loopback
interface only. Everything is removed afterwards, but for what is in the folder that --data names: that is kept, and
measured again the next time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measuring import peak_mib
from benchmarks.record_data import start_django
from benchmarks.record_load import HOMEWARD, Asked, Times, measure_pages, readers_and_pages

PAGE_TARGET_S, IMPORT_TARGET_S = 0.3, 60.0
SERVER_SETTINGS = ("shared_buffers=1GB",)
"""Memory for what is read often."""
MADE = "made"
"""A file in the folder of a record that holds all its rows."""
SEED, SMALLEST = 1953, 20
Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What is measured.

    module: the module that is run, also in processes of its own. rows: the module that makes the rows.
    whole, bundle: how many of what, by the names in the ``Sizes`` of that module: in the record, and in the bundle that
        is imported.
    into_whole: whether the bundle is imported into the whole record; otherwise into an empty one.
    pages: returns what is asked for, by sort of page; needs Django.
    """

    module: str
    rows: str
    whole: Mapping[str, int]
    bundle: Mapping[str, int]
    into_whole: bool
    verify_target_s: float
    pages: Callable[[], dict[str, Asked]]


def verify(_: Sequence[str]) -> dict[str, float]:
    """Verify the record."""
    from homeward.web.journal.verification import verify_record

    start = time.perf_counter()
    result = verify_record()
    seconds = time.perf_counter() - start
    if not result.holds:
        raise SystemExit("\n".join(str(finding) for finding in result.findings[:5]))
    return {"seconds": seconds, "n": result.lines, "mib": peak_mib()}


def write_bundle(arguments: Sequence[str]) -> dict[str, float]:
    """Write the record as a bundle."""
    from homeward.web.bundle.exporting import export_bundle

    by = _superuser()
    start = time.perf_counter()
    result = export_bundle(Path(arguments[0]), by=by)
    return {"seconds": time.perf_counter() - start, "n": sum(result.rows.values()), "mib": peak_mib()}


def read_bundle(arguments: Sequence[str]) -> dict[str, float]:
    """Import a bundle into the record."""
    from homeward.web.bundle.importing import import_bundle

    by = _superuser()
    start = time.perf_counter()
    result = import_bundle(Path(arguments[0]), by=by)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "n": sum(count.entered for count in result.counts.values()), "mib": peak_mib()}


def _superuser() -> Any:
    """The user who exports and imports."""
    from homeward.web.accounts.models import User

    return User.objects.filter(username="benchmark").first() or User.objects.create_superuser("benchmark")


STEPS = {"verify": verify, "write-bundle": write_bundle, "read-bundle": read_bundle}
"""What is done in a process of its own, so that its memory is its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is: what the programs of Homeward find in their environment."""

    environment: Environment

    @property
    def folder(self) -> Path:
        """The folder of the record."""
        return Path(self.environment["HOMEWARD_DATA"])

    def run(self, module: str, *arguments: str) -> str:
        """Run a module in a process of its own; return what it printed."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, check=True, env=self.environment, stdout=subprocess.PIPE, text=True)
        return done.stdout

    def initialise(self) -> None:
        """Prepare an empty record, or bring one up to date."""
        command = [HOMEWARD, "init", "--no-example"]
        subprocess.run(command, check=True, env=self.environment, stdout=subprocess.DEVNULL)

    def prepare(self, rows: str, sizes: Mapping[str, int], seed: int) -> None:
        """Make a record of a size, unless it is there; bring it up to date if it is."""
        self.initialise()
        made = self.folder / MADE
        if not made.exists():
            of_size = [f"--{name}={number}" for name, number in sizes.items()]
            self.run("benchmarks.record_data", rows, f"--seed={seed}", *of_size)
            made.touch()


@contextmanager
def records(database: str, data: Path | None) -> Iterator[Callable[..., Place]]:
    """Give the function that returns the place of a record by its name."""
    with (
        tempfile.TemporaryDirectory(prefix="homeward-benchmark-") as temporary,
        _server(database, data) as server,
    ):

        def place(name: str, *, is_kept: bool = True) -> Place:
            folder = (data / database if data is not None and is_kept else Path(temporary)) / name
            folder.mkdir(parents=True, exist_ok=True)
            address = _database(server, name, is_new=not is_kept)
            return Place({**os.environ, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": address})

        yield place


@contextmanager
def _server(database: str, data: Path | None) -> Iterator[str]:
    """The address of a PostgreSQL server, if there is to be one."""
    if database != "postgresql":
        yield ""
        return
    from tools.postgresql.server import kept_server, temporary_server

    server = kept_server(data / "server", *SERVER_SETTINGS) if data else temporary_server(*SERVER_SETTINGS)
    with server as address:
        yield address


def _database(server: str, name: str, *, is_new: bool) -> str:
    """The address of a database on a server, which is created if it is not there; nothing for SQLite."""
    if not server:
        return ""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        if is_new:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def print_pages(times: Mapping[str, Times]) -> bool:
    """Print a line for each sort of page; return whether each meets the target."""
    print(f"{'page':<32} {'requests':>8} {'p50':>9} {'p95':>9} {'longest':>9} {'target':>9}")
    everything = Times(
        [one for each in times.values() for one in each.seconds], sum(t.failures for t in times.values())
    )
    found = {**times, "all pages": everything}
    results = [_print_page(kind, of_kind) for kind, of_kind in found.items()]
    return all(results)


def _print_page(kind: str, found: Times) -> bool:
    """Print the line of a sort of page; return whether it meets the target."""
    is_late = found.percentile(95) > PAGE_TARGET_S
    p50, p95, longest, target = (
        f"{1000 * seconds:.0f} ms"
        for seconds in (found.percentile(50), found.percentile(95), max(found.seconds), PAGE_TARGET_S)
    )
    said = "  target missed" * is_late + f"  {found.failures} not answered" * bool(found.failures)
    print(f"{kind:<32} {len(found.seconds):>8} {p50:>9} {p95:>9} {longest:>9} {target:>9}{said}")
    return not is_late and not found.failures


def print_job(job: str, found: Mapping[str, float], target_s: float | None) -> bool:
    """Print the line of a job; return whether it meets its target."""
    is_late = target_s is not None and found["seconds"] > target_s
    target = "" if target_s is None else f"{target_s:.0f} s"
    late = "  target missed" * is_late
    print(f"{job:<44} {found['n']:>10,.0f} {found['seconds']:>8.1f} s {found['mib']:>6.0f} MiB {target:>6}{late}")
    return not is_late


@dataclass(frozen=True, slots=True)
class Measuring:
    """One run of a benchmark: where its records are, and what was asked for on the command line."""

    benchmark: Benchmark
    place: Callable[..., Place]
    scale: float
    readers: int
    seconds: int

    def whole(self) -> Place:
        """The whole record; it is made if it is not there."""
        place = self.place("whole")
        place.prepare(self.benchmark.rows, self._scaled(self.benchmark.whole), SEED)
        return place

    def pages(self) -> bool:
        """Measure the pages."""
        whole = self.whole()
        asked = json.loads(whole.run(self.benchmark.module, "--step", "readers", str(self.readers)))
        times, server_mib = measure_pages(whole.environment, asked, self.seconds)
        is_good = print_pages(times)
        print(f"peak memory of the server, all its processes: {server_mib:.0f} MiB")
        return is_good

    def verify(self) -> bool:
        """Measure verifying the whole record."""
        return print_job(
            "verify, lines of the journal", self._step(self.whole(), "verify"), self.benchmark.verify_target_s
        )

    def importing(self) -> bool:
        """Measure exporting a bundle, and importing it."""
        source = self.place("bundled")
        source.prepare(self.benchmark.rows, self._scaled(self.benchmark.bundle), SEED + 1)
        target = self.whole() if self.benchmark.into_whole else self.place("imported", is_kept=False)
        target.initialise()
        with tempfile.TemporaryDirectory(prefix="homeward-bundle-") as folder:
            bundle = str(Path(folder, "bundle"))
            print_job("export of a bundle, rows", self._step(source, "write-bundle", bundle), None)
            return print_job("import of that bundle, rows", self._step(target, "read-bundle", bundle), IMPORT_TARGET_S)

    def _step(self, place: Place, *arguments: str) -> dict[str, float]:
        """Do one of the steps; return what it took."""
        found: dict[str, float] = json.loads(place.run(self.benchmark.module, "--step", *arguments))
        return found

    def _scaled(self, sizes: Mapping[str, int]) -> dict[str, int]:
        """Sizes as a part of the real ones."""
        return {name: max(SMALLEST, int(number * self.scale)) for name, number in sizes.items()}


def main(benchmark: Benchmark, description: str | None, arguments: Sequence[str]) -> int:
    """Run a benchmark, or one of its steps; return 0 if all targets are met."""
    if arguments[:1] == ["--step"]:
        start_django()
        step, *rest = arguments[1:]
        is_reading = step == "readers"
        print(readers_and_pages(int(rest[0]), benchmark.pages()) if is_reading else json.dumps(STEPS[step](rest)))
        return 0
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="how large, as a part of the real size")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, help="keep the records in this folder, and use those in it")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30, help="how long they read")
    parser.add_argument("--only", choices=("make", "pages", "verify", "import"), help="measure only this")
    chosen = parser.parse_args(arguments)
    with records(chosen.database, chosen.data) as place:
        measuring = Measuring(benchmark, place, chosen.scale, chosen.readers, chosen.seconds)
        if chosen.only == "make":
            measuring.whole()
            return 0
        jobs = {"pages": measuring.pages, "verify": measuring.verify, "import": measuring.importing}
        results = [job() for name, job in jobs.items() if chosen.only in (None, name)]
    return 0 if all(results) else 1
