"""Times the two books at full size: pages with many readers at once, verifying with the balance, importing.

    python -m benchmarks.books [--scale 0.02] [--database postgresql] [--data FOLDER]

The rows are made up (benchmarks/books_rows.py, benchmarks/books_register.py). ``--scale 0.02`` takes two minutes.
"""

from __future__ import annotations

import sys
from urllib.parse import quote

from benchmarks.full_size import Benchmark, main
from benchmarks.record_load import Asked, some_codes

PAGE_SIZE = 50
EXAMINER, CUSTODIAN, LIAISON = "Examiner", "Evidence custodian", "Family liaison"
LISTS = {
    "names": ("missingname", "Reader"),
    "statuses": ("status", "Reader"),
    "specimens": ("specimen", CUSTODIAN),
    "custody": ("transfer", CUSTODIAN),
    "families": ("family", LIAISON),
    "relatives": ("relative", LIAISON),
    "profiles": ("profile", EXAMINER),
    "numbers": ("identifier", "Reader"),
}
"""Lists by what they are called here: their noun, and who reads them. The first page is asked for, and one far in."""
ROWS = {
    "person": ("missingperson", "Reader"),
    "person, examiner": ("missingperson", EXAMINER),
    "family": ("family", LIAISON),
    "incident": ("incident", "Reader"),
    "transfer case": ("transfercase", CUSTODIAN),
    "accession": ("accession", CUSTODIAN),
    "specimen": ("specimen", CUSTODIAN),
    "sample": ("sample", CUSTODIAN),
    "transfer": ("transfer", CUSTODIAN),
    "individual": ("individual", EXAMINER),
    "identification": ("identification", EXAMINER),
    "profile": ("profile", EXAMINER),
}
"""Pages of single rows: their noun, and who reads them."""
OWN = {
    "custody of a specimen": ("/custody/specimen/{}/", "specimen", CUSTODIAN),
    "custody of a transfer case": ("/custody/transfercase/{}/", "transfercase", CUSTODIAN),
    "inventory": ("/register/inventory/{}/", "accession", CUSTODIAN),
}
"""Other pages about single rows: their address, and the noun of the row."""
SOUGHT = (
    "Kim",
    "Miller",
    "Petrov",
    "Петров",
    "김철수",
    "KIM Chol",
    "Meier",
    "J. Smith",
    "Okafor Henry",
    "7 INF",
    "zzzz",
)
NUMBERS = ("RA 12 345", "12", "0", "RA0000017")
SINGLE = {
    "search of the roll": Asked([f"/roll/?q={quote(words)}" for words in SOUGHT]),
    "search of the roll, examiner": Asked([f"/roll/?q={quote(words)}" for words in SOUGHT], EXAMINER),
    "statistics of a calamity": Asked(["/roll/statistics/calamity/calamity-0/"]),
    "families to call": Asked(["/families/due/", "/families/due/?page=2"], LIAISON),
    "look-up of a number": Asked([f"/numbers/?q={quote(number)}" for number in NUMBERS], CUSTODIAN),
    "register": Asked(["/register/"], CUSTODIAN),
    "cases": Asked(["/cases/", "/cases/?page=5", "/cases/?state=in-review"], EXAMINER),
    "what waits": Asked(["/waiting/"], EXAMINER),
    "what waits, liaison": Asked(["/waiting/"], LIAISON),
    "everything": Asked(["/record/"]),
    "everything, examiner": Asked(["/record/"], EXAMINER),
}
"""Pages of their own."""


def pages() -> dict[str, Asked]:
    """Addresses of pages by sort. Needs Django."""
    from homeward.web.journal.recorded import nouns

    lists = {
        f"list of {name}{where}": Asked([f"/record/{noun}/?page={page}"], role)
        for name, (noun, role) in LISTS.items()
        for where, page in (("", 1), (", far in", 1 + nouns()[noun].objects.count() * 4 // 5 // PAGE_SIZE))
    }
    rows = {
        name: Asked([f"/record/{noun}/{code}/" for code in _codes(noun)], role) for name, (noun, role) in ROWS.items()
    }
    own = {
        name: Asked([address.format(code) for code in _codes(noun)], role)
        for name, (address, noun, role) in OWN.items()
    }
    return {**lists, **rows, **own, **SINGLE}


def _codes(noun: str) -> list[str]:
    """Codes of some rows of a noun. Needs Django."""
    from homeward.web.journal.recorded import nouns

    return some_codes(nouns()[noun].objects.all())


BOOKS = Benchmark(
    module="benchmarks.books",
    rows="benchmarks.books_rows",
    whole={"missing": 100_000, "relatives": 300_000, "specimens": 200_000, "profiles": 10_000, "lines": 1_000_000},
    bundle={"missing": 10_000, "relatives": 30_000, "specimens": 20_000, "profiles": 1_000, "lines": 0},
    into_whole=True,
    verify_target_s=90,
    pages=pages,
)

if __name__ == "__main__":
    sys.exit(main(BOOKS, __doc__, sys.argv[1:]))
