"""Times the record at real size: pages with many readers at once, verifying, importing.

    python -m benchmarks.record [--scale 0.01] [--database postgresql] [--data FOLDER]

The rows are made up (benchmarks/record_rows.py). The record is on SQLite, or on a PostgreSQL server started for it, and
is served by ``homeward serve`` on the loopback interface only. Everything is removed afterwards, but for what is in the
folder that --data names: that is kept, and measured again the next time. ``--scale 0.01`` takes about a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import peak_mib
from benchmarks.record_data import start_django
from benchmarks.record_load import HOMEWARD, Times, measure_pages, readers_and_pages

PAGE_TARGET_S, VERIFY_TARGET_S, IMPORT_TARGET_S = 0.3, 60.0, 60.0
WHOLE = {"documents": 20_000, "claims": 100_000, "meetings": 5_000, "lines": 1_000_000}
BUNDLE = {"documents": 5_000, "claims": 35_000, "meetings": 2_000, "lines": 0}
"""What a bundle of about 100,000 rows is made of; it has no amendments."""
SERVER_SETTINGS = ("shared_buffers=1GB",)
"""Memory for what is read often; and one process for each question, as many readers share few processors."""
MADE = "made"
"""A file in the folder of a record that holds all its rows."""
Environment = dict[str, str]


def verify(_: Sequence[str]) -> dict[str, float]:
    """Verify the record."""
    from homeward.web.journal.verification import verify_record

    start = time.perf_counter()
    result = verify_record()
    seconds = time.perf_counter() - start
    if not result.holds:
        raise SystemExit(str(result.findings[:5]))
    return {"seconds": seconds, "n": result.lines, "mib": peak_mib()}


def write_bundle(arguments: Sequence[str]) -> dict[str, float]:
    """Write the record as a bundle."""
    from homeward.web.accounts.models import User
    from homeward.web.bundle.exporting import export_bundle

    by = User.objects.filter(username="benchmark").first() or User.objects.create_superuser("benchmark")
    start = time.perf_counter()
    result = export_bundle(Path(arguments[0]), by=by)
    return {"seconds": time.perf_counter() - start, "n": sum(result.rows.values()), "mib": peak_mib()}


def read_bundle(arguments: Sequence[str]) -> dict[str, float]:
    """Import a bundle into the record."""
    from homeward.web.accounts.models import User
    from homeward.web.bundle.importing import import_bundle

    by = User.objects.create_superuser("benchmark")
    start = time.perf_counter()
    result = import_bundle(Path(arguments[0]), by=by)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "n": sum(count.entered for count in result.counts.values()), "mib": peak_mib()}


STEPS = {"verify": verify, "write-bundle": write_bundle, "read-bundle": read_bundle}
"""What is done in a process of its own, so that its memory is its own."""


def run(environment: Environment, module: str, *arguments: str) -> str:
    """Run a module in a process of its own; return what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout


def initialise(environment: Environment) -> None:
    """Prepare an empty record, or bring one up to date."""
    subprocess.run([HOMEWARD, "init", "--no-example"], check=True, env=environment, stdout=subprocess.DEVNULL)


def prepare(environment: Environment, sizes: dict[str, int]) -> None:
    """Make a record of a size, unless it is there; bring it up to date if it is."""
    initialise(environment)
    made = Path(environment["HOMEWARD_DATA"], MADE)
    if not made.exists():
        run(environment, "benchmarks.record_data", *(f"--{name}={number}" for name, number in sizes.items()))
        made.touch()


def measured(environment: Environment, *arguments: str) -> dict[str, float]:
    """Do one of the steps; return what it took."""
    found: dict[str, float] = json.loads(run(environment, "benchmarks.record", "--step", *arguments))
    return found


@contextmanager
def records(database: str, data: Path | None) -> Iterator[Any]:
    """Give the function that returns the environment of a new record by its name."""
    with tempfile.TemporaryDirectory(prefix="homeward-benchmark-") as temporary, _server(database) as server:

        def environment(name: str, *, is_kept: bool = True) -> Environment:
            folder = (data if data is not None and is_kept and not server else Path(temporary)) / name
            folder.mkdir(parents=True, exist_ok=True)
            return {**os.environ, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": _new_database(server, name)}

        yield environment


@contextmanager
def _server(database: str) -> Iterator[str]:
    """The address of a PostgreSQL server, if there is to be one."""
    if database != "postgresql":
        yield ""
        return
    from tools.postgresql.server import temporary_server

    with temporary_server(*SERVER_SETTINGS) as address:
        yield address


def _new_database(server: str, name: str) -> str:
    """The address of a new database on a server; nothing for SQLite."""
    if not server:
        return ""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def print_pages(times: dict[str, Times]) -> bool:
    """Print a line for each sort of page; return whether all meet the target."""
    target = f"{PAGE_TARGET_S * 1000:.0f} ms"
    print(f"{'page':<24} {'requests':>8} {'p50':>9} {'p95':>9} {'longest':>9} {'target':>9}")
    everything = Times(
        [one for each in times.values() for one in each.seconds], sum(t.failures for t in times.values())
    )
    for kind, found in {**times, "all pages": everything}.items():
        p50, p95, longest = (
            f"{1000 * s:.0f} ms" for s in (found.percentile(50), found.percentile(95), max(found.seconds))
        )
        late = "  target missed" if found.percentile(95) > PAGE_TARGET_S else ""
        failed = f"  {found.failures} not answered" if found.failures else ""
        print(f"{kind:<24} {len(found.seconds):>8} {p50:>9} {p95:>9} {longest:>9} {target:>9}{late}{failed}")
    return everything.percentile(95) <= PAGE_TARGET_S and not everything.failures


def print_job(job: str, found: dict[str, float], target_s: float | None) -> bool:
    """Print the line of a job; return whether it meets its target."""
    is_late = target_s is not None and found["seconds"] > target_s
    target = "" if target_s is None else f"{target_s:.0f} s"
    late = "  target missed" if is_late else ""
    print(f"{job:<44} {found['n']:>10,.0f} {found['seconds']:>8.1f} s {found['mib']:>6.0f} MiB {target:>6}{late}")
    return not is_late


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["--step"]:
        start_django()
        step, *rest = arguments[1:]
        print(readers_and_pages(int(rest[0])) if step == "readers" else json.dumps(STEPS[step](rest)))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="how large, as a part of the real size")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, help="keep the records on SQLite in this folder, and use those in it")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30, help="how long they read")
    parser.add_argument("--only", choices=("pages", "verify", "import"), help="measure only this")
    chosen = parser.parse_args(arguments)
    scaled = [{name: max(20, int(n * chosen.scale)) for name, n in sizes.items()} for sizes in (WHOLE, BUNDLE)]
    good = True
    with records(chosen.database, chosen.data) as environment:
        if chosen.only != "import":
            whole = environment("whole")
            prepare(whole, scaled[0])
        if chosen.only in (None, "pages"):
            asked = json.loads(run(whole, "benchmarks.record", "--step", "readers", str(chosen.readers)))
            good &= print_pages(measure_pages(whole, asked, chosen.seconds))
        if chosen.only in (None, "verify"):
            good &= print_job("verify, lines of the journal", measured(whole, "verify"), VERIFY_TARGET_S)
        if chosen.only in (None, "import"):
            source, target = environment("bundled"), environment("imported", is_kept=False)
            prepare(source, scaled[1])
            initialise(target)
            bundle = str(Path(target["HOMEWARD_DATA"], "bundle"))
            print_job("export of a bundle, rows", measured(source, "write-bundle", bundle), None)
            good &= print_job("import of that bundle, rows", measured(target, "read-bundle", bundle), IMPORT_TARGET_S)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
