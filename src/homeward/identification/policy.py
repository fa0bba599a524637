"""The one place for thresholds: a versioned policy that is printed with every result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from homeward.core.errors import ProblemLog

if TYPE_CHECKING:
    from homeward.genetics.case import Case


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


_LIMITS = {
    "identified_log10_glr": (0.0, 1000.0),
    "probable_log10_glr": (0.0, 1000.0),
    "identified_posterior": (0.5, 1.0),
    "probable_posterior": (0.5, 1.0),
    "max_inconsistencies": (0, 1000),
    "min_loci": (1, 1000),
    "sex_error": (0.001, 0.5),
    "male_fraction": (0.001, 0.999),
    "n_candidates": (1, 10**12),
}
_WHOLE = ("max_inconsistencies", "min_loci", "n_candidates")


def choose_policy(options: Mapping[str, str | float], *, where: str) -> Policy:
    """Return the current policy with some of its fields chosen otherwise.

    A policy that differs from the published one says so in its version.

    Parameters
    ----------
    options : mapping of field to value
        Names of fields of :class:`Policy` other than the version.
    where : str
        What to call the place of the options in an error.

    Raises
    ------
    InputError
        A name is not known, or a value is not of the right kind or outside its range; lists them all.
    """
    log = ProblemLog()
    chosen: dict[str, str | float | SexUse] = {}
    for name, value in options.items():
        at = f"{where}, {name}"
        if name == "sex":
            if value in list(SexUse):
                chosen[name] = SexUse(str(value))
            else:
                log.add(f"'{value}' is no use of sex.", where=at, fix=f"Write one of: {', '.join(SexUse)}.")
        elif name not in _LIMITS:
            known = ", ".join(["sex", *_LIMITS])
            log.add(f"The option '{name}' is not known.", where=at, fix=f"Remove or rename it. Known are: {known}.")
        else:
            least, most = _LIMITS[name]
            is_number = not isinstance(value, str) and (name not in _WHOLE or float(value).is_integer())
            if is_number and least <= float(value) <= most:
                chosen[name] = int(value) if name in _WHOLE else float(value)
            else:
                kind = "a whole number" if name in _WHOLE else "a number"
                log.add(f"'{value}' is not {kind} from {least:g} to {most:g}.", where=at, fix="Correct the value.")
    log.raise_if_any()
    policy = replace(Policy(), **chosen)  # type: ignore[arg-type]
    return policy if policy == Policy() else replace(policy, version=f"{Policy().version}, changed")


def policy_of(case: Case, **overrides: str | float | None) -> Policy:
    """Return the policy with the options of a case, and over them those given here that are not None."""
    given = {name: value for name, value in overrides.items() if value is not None}
    return choose_policy(dict(case.options) | given, where="options")
