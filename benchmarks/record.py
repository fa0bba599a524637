"""Times the record of the engagement at full size: pages with many readers at once, verifying, importing.

    python -m benchmarks.record [--scale 0.01] [--database postgresql] [--data FOLDER]

The rows are made up (benchmarks/record_rows.py). ``--scale 0.01`` takes about a minute.
"""

from __future__ import annotations

import sys
from urllib.parse import quote

from benchmarks.full_size import Benchmark, main
from benchmarks.record_load import Asked, some_codes

NOUNS = ("document", "statement", "meeting", "series", "conflict", "handover", "party", "place", "agreement")
WORDS = (
    "panmunjom",
    "remains",
    "chosin",
    "장진호",
    "wooden boxes",
    "handed over 55",
    '"military command"',
    "unaccounted",
    "document-17",
    "kim yong-chol",
    "july 1954",
    "rese",
    "meeting",
    "P'anmunjŏm",
    "denied boxes",
    "the of and",
    "zzzz",
)


def pages() -> dict[str, Asked]:
    """Addresses of pages by sort."""
    return {
        "timeline": Asked(["/timeline/"]),
        "timeline of a party": Asked([f"/timeline/party/party-{number}/" for number in range(6)]),
        "search": Asked([f"/search?q={quote(words)}" for words in WORDS]),
        "search, one section": Asked([f"/search?q={quote(words)}&in=statements" for words in WORDS]),
        **{noun: Asked([f"/record/{noun}/{code}/" for code in _codes(noun)]) for noun in NOUNS},
        "list of documents": Asked(["/documents/", "/documents/?page=5"]),
        "list of statements": Asked(["/record/statement/", "/record/statement/?page=5"]),
    }


def _codes(noun: str) -> list[str]:
    """Codes of rows that everybody may see."""
    from homeward.web.journal.recorded import nouns

    rows = nouns()[noun].objects.all()
    if noun in ("document", "statement"):
        rows = rows.filter(**{"reach" if noun == "document" else "document__reach": "record"})
    return some_codes(rows)


RECORD = Benchmark(
    module="benchmarks.record",
    rows="benchmarks.record_rows",
    whole={"documents": 20_000, "claims": 100_000, "meetings": 5_000, "lines": 1_000_000},
    bundle={"documents": 5_000, "claims": 35_000, "meetings": 2_000, "lines": 0},  # about 100,000 rows, not amended
    into_whole=False,
    verify_target_s=60,
    pages=pages,
)

if __name__ == "__main__":
    sys.exit(main(RECORD, __doc__, sys.argv[1:]))
