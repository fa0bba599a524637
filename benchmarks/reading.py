"""Precision and recall of `homeward read` on annotated pages, and how long it takes.

    python -m benchmarks.reading                 the pages to develop on, and the times
    python -m benchmarks.reading --show PAGE     each thing missed and each false draft of one of them
    python -m benchmarks.reading --held-out      the pages that are looked at once before finishing

What was measured is written into `docs/reading-results.md`. The pages: `benchmarks/reading_corpus/`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.reading_scores import Tally, scores
from benchmarks.reading_speed import print_times, speed_table, times
from benchmarks.reading_truth import CORPUS, CORPUS_DATE, DEVELOPMENT, HELD_OUT, Page, read_pages
from benchmarks.retrieval_tables import write_into

RESULTS = Path(__file__).parent.parent / "docs" / "reading-results.md"
TARGETS = {
    "dates": (0.95, 0.90),
    "people": (0.90, 0.85),
    "parties": (0.90, 0.85),
    "quantities": (0.95, 0.90),
    "statements": (0.85, 0.75),
    "events": (0.85, 0.70),
}


def reading_of(path: Path) -> Mapping[str, Any]:
    """Return what `homeward read PAGE --json` prints about a page."""
    from homeward.reading.json_document import reading_document
    from homeward.reading.read import read_document

    return reading_document(read_document(path.read_bytes(), path.name))


def measured(part: str) -> dict[str, dict[str, Tally]]:
    """Return the tallies of each page of a part, by page and kind."""
    return {page.name: scores(page, reading_of(page.path)) for page in read_pages(part)}


def together(by_page: Mapping[str, Mapping[str, Tally]]) -> dict[str, Tally]:
    """Return the tallies of all pages together, by kind."""
    total: dict[str, Tally] = {}
    for tallies in by_page.values():
        for kind, tally in tallies.items():
            total.setdefault(kind, Tally()).add(tally)
    return total


def share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def score_table(total: Mapping[str, Tally]) -> str:
    """Return precision and recall by kind, beside the targets, in Markdown."""
    lines = [
        "| item | true | drafted | precision | recall | target | drafts not counted | of those found, right in |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, tally in total.items():
        target = " / ".join(f"{value:.2f}" for value in TARGETS[kind]) if kind in TARGETS else ""
        reached = (tally.precision or 0.0, tally.recall or 0.0)
        if kind in TARGETS and any(value < least for value, least in zip(reached, TARGETS[kind], strict=True)):
            target += ", missed"
        details = ", ".join(f"{name} {agreeing} of {asked}" for name, (agreeing, asked) in tally.details.items())
        numbers = f"{tally.wanted:,} | {tally.drafted:,} | {share(tally.precision)} | {share(tally.recall)}"
        lines.append(f"| {kind} | {numbers} | {target} | {tally.left_out} | {details} |")
    return "\n".join(lines)


def page_table(by_page: Mapping[str, Mapping[str, Tally]]) -> str:
    """Return how many things of each page were missed and how many drafts are false, in Markdown."""
    kinds = [kind for kind in next(iter(by_page.values())) if kind not in ("text", "published")]
    lines = [f"| page | {' | '.join(kinds)} |", "|---" * (len(kinds) + 1) + "|"]
    for name, tallies in by_page.items():
        cells = [f"{len(tallies[kind].missed)} / {len(tallies[kind].false)}" for kind in kinds]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def listing(page: Page) -> str:
    """Return each thing missed and each false draft of a page."""
    lines = [f"{page.name} ({page.path.name})"]
    for kind, tally in scores(page, reading_of(page.path)).items():
        lines.append(f"\n{kind}: precision {share(tally.precision)}, recall {share(tally.recall)}")
        lines += [f"  missed  {words}" for words in tally.missed]
        lines += [f"  false   {words}" for words in tally.false]
    return "\n".join(lines)


def write_results(name: str, tables: str) -> None:
    """Write tables between the marks of their name on the page of results."""
    page = RESULTS.read_text(encoding="utf-8")
    marks = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    RESULTS.write_text(write_into(page, tables + "\n", *marks), encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--show", metavar="PAGE", help="list what was missed and what is false on a page")
    parser.add_argument("--held-out", action="store_true", help="measure the pages that were held out")
    parser.add_argument("--no-times", action="store_true", help="measure no times")
    chosen = parser.parse_args(arguments)
    if chosen.show:
        print("\n\n".join(listing(page) for page in read_pages(DEVELOPMENT) if chosen.show in (page.name, "all")))
        return
    part = HELD_OUT if chosen.held_out else DEVELOPMENT
    by_page = measured(part)
    if not by_page:
        raise SystemExit(f"There are no pages in {CORPUS / part}: nothing was measured.")
    table = score_table(together(by_page))
    print(f"{part}, {len(by_page)} pages\n\n{table}\n\nmissed / false\n\n{page_table(by_page)}")
    write_results(part, f"{len(by_page)} pages, corpus of {CORPUS_DATE}.\n\n{table}")
    if not chosen.held_out and not chosen.no_times:
        found = times()
        print_times(found)
        write_results("times", speed_table(found))


if __name__ == "__main__":
    main()
