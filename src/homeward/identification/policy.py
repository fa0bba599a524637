"""The one place for thresholds: a versioned policy that is printed with every result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SexUse(StrEnum):
    """What recorded sex does to a pairing."""

    FILTER = "filter"
    EVIDENCE = "evidence"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds and choices; a new version number for every change of a default.

    identified_log10_glr, probable_log10_glr: the best explanation with a pairing must be this much
        more likely (log10) than the best one without it. 10,000 and a tenth of it are the defaults of
        dvir (Vigeland & Egeland 2021, Sci. Rep. 11:13661).
    identified_posterior, probable_posterior: joint posterior that must be reached as well; 0.999 is the
        level of the closed-incident study of Narahara et al. 2013, BMC Genetics 14:72.
    max_inconsistencies: loci that may need a mutation before a pairing counts as excluded (dvir: 2).
    min_loci: a pairing compared on fewer loci is never concluded on (ISFG 2007 recommends about 12
        independent loci as a minimum set; partial profiles of 8 are commonly searched).
    sex: filter, evidence or ignore. An unknown sex is never evidence.
    sex_error: chance that a recorded sex is wrong, when sex is evidence (kept above 0 so that it cannot
        veto DNA).
    male_fraction: share of males among those the samples could come from, when sex is evidence.
    n_candidates: how many people each sample could come from before the DNA was seen, or None for a
        flat prior over assignments.
    """

    version: str = "2026.1"
    identified_log10_glr: float = 4.0
    probable_log10_glr: float = 3.0
    identified_posterior: float = 0.999
    probable_posterior: float = 0.99
    max_inconsistencies: int = 2
    min_loci: int = 8
    sex: SexUse = SexUse.FILTER
    sex_error: float = 0.01
    male_fraction: float = 0.5
    n_candidates: int | None = None
