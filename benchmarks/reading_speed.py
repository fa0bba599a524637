"""How long reading takes and how much memory it holds: one page of 1,000 words, and 1,000 of them on two cores.

The pages are made of the paragraphs of the pages to develop on, in another order each time.
"""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measuring import REPEATS, Measurement, best_time, in_own_process, peak_mib, print_measurements
from benchmarks.reading_pages import filled, paragraphs_of
from benchmarks.reading_truth import CORPUS, DEVELOPMENT, read_pages

WORDS, PAGES, CORES = 1000, 1000, 2
SITE = CORPUS / "sites" / "harbour-wire.html"


def made_up_page(paragraphs: Sequence[str], rng: random.Random) -> str:
    """Return a page of about 1,000 words from paragraphs in a random order."""
    chosen, words = [], 0
    for paragraph in rng.sample(paragraphs, len(paragraphs)):
        chosen.append(paragraph)
        words += len(paragraph.split())
        if words >= WORDS:
            break
    truth = {
        "title": "A page to be timed",
        "frame": ["By nobody"],
        "published": "2018-07-12",
        "text": "\n".join(chosen),
    }
    return filled(SITE.read_text(encoding="utf-8"), truth, is_html=True)


@contextlib.contextmanager
def pages_on_disk(n_pages: int) -> Iterator[list[Path]]:
    """Write so many pages into a folder that is removed afterwards."""
    rng = random.Random(1)
    paragraphs = [part for page in read_pages(DEVELOPMENT) for part in paragraphs_of({"text": page.text})]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"page-{i:04}.html" for i in range(n_pages)]
        for path in paths:
            path.write_text(made_up_page(paragraphs, rng), encoding="utf-8")
        yield paths


def read_one(path: Path) -> tuple[int, float]:
    """Read a page; return the process that did and its peak memory in MiB."""
    from homeward.reading.read import read_document

    read_document(path.read_bytes(), path.name)
    return os.getpid(), peak_mib()


def one_page() -> Measurement:
    """Time one page, after the first has been read."""
    with pages_on_disk(1) as (path,):
        start = time.perf_counter()
        read_one(path)
        first = time.perf_counter() - start
        seconds = best_time(lambda: read_one(path), REPEATS)
    return Measurement("a page of 1,000 words", seconds, peak_mib(), 0.5, note=f"the first {first:.2f} s, with imports")


def many_pages() -> Measurement:
    """Time 1,000 pages on two cores; compare the memory of a process after 100 pages and at the end."""
    with pages_on_disk(PAGES) as paths, ProcessPoolExecutor(CORES, get_context("spawn")) as pool:
        start = time.perf_counter()
        peaks = list(pool.map(read_one, paths))
        seconds = time.perf_counter() - start
    early, late = (max(mib for _, mib in part) for part in (peaks[: PAGES // 10], peaks))
    note = f"peak of a process after a tenth of the pages {early:.0f} MiB, at the end {late:.0f} MiB"
    return Measurement("1,000 such pages, two processes", seconds, late, 180.0, note=note)


def times() -> list[Measurement]:
    """Measure each job in a process of its own."""
    return [*in_own_process("benchmarks.reading_speed", "one"), *in_own_process("benchmarks.reading_speed", "many")]


def print_times(found: Sequence[Measurement]) -> None:
    """Print times, with what is said of targets that are not met."""
    for one in found:
        print(f"{one.job}: {one.seconds:.2f} s, {one.peak_mib:.0f} MiB; {one.note}{one.missed}")


def speed_table(found: Sequence[Measurement]) -> str:
    """Return times in Markdown."""
    rows = [
        f"| {one.job} | {one.seconds:.2f} s | {one.target_s:.1f} s | {one.peak_mib:.0f} MiB; {one.note} |"
        for one in found
    ]
    return "\n".join(["| job | time | target | peak memory |", "|---|---|---|---|", *rows])


if __name__ == "__main__":
    import sys

    print_measurements([one_page() if sys.argv[-1] == "one" else many_pages()])
