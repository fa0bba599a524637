"""What is in the register on a day, counted by sets: what came, what is here, what was released or used up."""

from __future__ import annotations

from datetime import date

from homeward.core.errors import Problem
from homeward.web.casework.at_date import columns_at
from homeward.web.remains.accessions import Accession, Effect, TransferCase
from homeward.web.remains.custody import Transfer, TransferItem
from homeward.web.remains.specimens import Sample, SampleStep, Specimen


def counted_remains(as_of: date | None, associated: set[str]) -> tuple[dict[str, int], list[Problem]]:
    """Return the counts of containers, specimens and samples on a day, and what does not add up.

    Parameters
    ----------
    associated : set of str
        The specimens that belong to an individual.
    """
    cases = {code for (code,) in columns_at(TransferCase, as_of, "code")}
    accessions = list(columns_at(Accession, as_of, "code", "transfer_case_id", "n_items"))
    specimens = dict(columns_at(Specimen, as_of, "code", "accession_id"))
    released = _released(as_of, specimens, {code: case for code, case, _ in accessions})
    counts = {
        "containers": len(cases),
        "containers_opened": len({case for _, case, _ in accessions} & cases),
        "items_counted": sum(n_items or 0 for *_, n_items in accessions),
        "effects": sum(1 for _ in columns_at(Effect, as_of, "code")),
        "specimens": len(specimens),
        "specimens_released": len(released),
        "specimens_in_hand": len(specimens.keys() - released),
        "specimens_associated": len(specimens.keys() & associated),
        **_samples(as_of),
    }
    here = {code for code, *_ in accessions}
    wrong = [
        *_not_there("association", "specimen", associated - specimens.keys()),
        *_not_there("specimen", "accession", {accession for accession in specimens.values() if accession not in here}),
    ]
    return counts, wrong


def _released(as_of: date | None, specimens: dict[str, str], cases: dict[str, str | None]) -> set[str]:
    """The specimens that were released, by themselves, or with their accession or container."""
    releases = {
        code
        for code, kind, received in columns_at(Transfer, as_of, "code", "kind", "received")
        if received and kind == "release"
    }
    if not releases:
        return set()
    passed = {
        about for transfer, about in columns_at(TransferItem, as_of, "transfer_id", "about") if transfer in releases
    }
    return {
        code
        for code, accession in specimens.items()
        if passed & {f"specimen:{code}", f"accession:{accession}", f"transfercase:{cases.get(accession)}"}
    }


def _samples(as_of: date | None) -> dict[str, int]:
    """Samples that were cut, and what became of them."""
    samples = {code for (code,) in columns_at(Sample, as_of, "code")}
    used_up: set[str] = set()
    for sample, kind in columns_at(SampleStep, as_of, "sample_id", "kind"):
        if kind == "used-up":
            used_up.add(sample)
    return {
        "samples": len(samples),
        "samples_used_up": len(samples & used_up),
        "samples_in_hand": len(samples - used_up),
    }


def _not_there(noun: str, target: str, codes: set[str]) -> list[Problem]:
    """Rows that are pointed to and do not stand."""
    what = f"A standing {noun} points to this, which was withdrawn or is not known yet."
    return [
        Problem(what=what, where=f"{target}:{code}", fix=f"Withdraw the {noun} too, or enter this again.")
        for code in sorted(codes)
    ]
