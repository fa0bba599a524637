"""What every field of the policy means, in plain words."""

from __future__ import annotations

from homeward.identification.numbers import format_count, format_fraction
from homeward.identification.policy import Policy, SexUse

MEANINGS = {
    "version": ("Version of the policy", "changes with every change of a default"),
    "identified_log10_glr": (
        "log10 GLR for an identification",
        "the best explanation with the pairing must be at least this much more likely than the best one without it",
    ),
    "probable_log10_glr": ("log10 GLR for a probable identification", "the same, for the weaker verdict"),
    "identified_posterior": (
        "Posterior for an identification",
        "probability of the pairing among all assignments that must be reached as well",
    ),
    "probable_posterior": ("Posterior for a probable identification", "the same, for the weaker verdict"),
    "max_inconsistencies": (
        "Loci that may need a mutation",
        "a pairing that needs a mutation at more loci than this counts as excluded",
    ),
    "min_loci": ("Least number of loci compared", "a pairing compared on fewer loci is never concluded on"),
    "sex": ("Use of the recorded sex", "filter: sexes that differ rule a pairing out; evidence: they are weighed"),
    "sex_error": ("Chance that a recorded sex is wrong", "used only where sex is evidence"),
    "male_fraction": (
        "Share of males",
        "among those the samples could come from; used only where sex is evidence",
    ),
    "n_candidates": (
        "People each sample could come from",
        "before the DNA was seen; without a number every assignment counts the same",
    ),
}
"""Name and meaning of each field."""


def policy_rows(policy: Policy) -> list[tuple[str, str, str]]:
    """Return name, value and meaning of every field, as text."""
    return [(title, _value(getattr(policy, field)), meaning) for field, (title, meaning) in MEANINGS.items()]


def _value(value: SexUse | str | float | int | None) -> str:
    if value is None:
        return "flat prior over assignments"
    if isinstance(value, str):
        return str(value)
    return format_count(value) if isinstance(value, int) else format_fraction(value)
