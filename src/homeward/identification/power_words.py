"""What the power of a family or a comparison means, in sentences."""

from __future__ import annotations

import math

from homeward.genetics.simulation.lr_power import Power
from homeward.identification.numbers import counted, format_count, format_log10, format_lr, format_posterior
from homeward.identification.power_results import ComparisonPower, MissingPower, PowerResult, SampledSet

NOTHING_GAINED = 0.005
"""A gain in expected log10 LR below this is none in the two digits that are shown."""


def set_name(of: SampledSet) -> str:
    """Return who is sampled besides those present."""
    return " and ".join(of.relatives) if of.relatives else "nobody (as it is)"


def chance_words(power: Power, log10_threshold: float) -> str:
    """Return the probability that the threshold is reached though H2 is true, with its standard error."""
    chance, error = power.chance_inclusion(log10_threshold)
    return f"{format_posterior(chance)} ± {format_posterior(error)}" if error else format_posterior(chance)


def share_words(share: float, n: int) -> str:
    """Return a share of n simulations, which is never as sure as a probability."""
    decimals = max(1, math.ceil(math.log10(n)))
    if share in (0.0, 1.0):
        return f"{'above' if share else 'below'} {abs(share - 1.0 / n):.{decimals}f}"
    return f"{share:.{decimals}f}"


def reached_words(power: Power, result: PowerResult) -> str:
    """Return the share of the simulations under H1 that reach the threshold."""
    return share_words(power.inclusion_power(result.settings.log10_threshold), result.settings.n_simulations)


def missing_sentences(one: MissingPower, result: PowerResult) -> list[str]:
    """Say whether the family is informative, and who should be sampled next."""
    threshold = result.settings.log10_threshold
    power = one.present.power
    if not one.typed:
        first = "Nobody of this family is typed, so no comparison tells anything yet."
    elif power.total_expected_log10_lr < NOTHING_GAINED:
        first = "Those typed are no blood relatives of the missing person: no comparison tells anything yet."
    else:
        included = reached_words(power, result)
        first = (
            f"With those typed now, a sample of {one.missing} reaches an LR of {format_lr(threshold)} with probability "
            f"{included}, a stranger's with {chance_words(power, threshold)}; a stranger is excluded with "
            f"probability {format_posterior(power.total_exclusion_power)}, and at more than "
            f"{counted(result.policy.max_inconsistencies, 'locus', 'loci')} with "
            f"{format_posterior(power.more_exclusions_than(result.policy.max_inconsistencies))}."
        )
    return [first, *_advice(one, result)]


def _advice(one: MissingPower, result: PowerResult) -> list[str]:
    singles = [of for of in one.next_sets if len(of.relatives) == 1]
    if not singles:
        return []
    best = singles[0]
    gain = best.power.total_expected_log10_lr - one.present.power.total_expected_log10_lr
    if gain < NOTHING_GAINED:
        return ["None of the relatives who could be sampled next would add anything."]
    reached = reached_words(best.power, result)
    return [
        f"Sample {best.relatives[0]} next: the expected log10 LR of a true match rises by {format_log10(gain)} to "
        f"{format_log10(best.power.total_expected_log10_lr)}, and an LR of "
        f"{format_lr(result.settings.log10_threshold)} is then reached with probability {reached}."
    ]


def comparison_sentences(one: ComparisonPower, result: PowerResult) -> list[str]:
    """Say how well the two pedigrees can be told apart."""
    threshold, power = result.settings.log10_threshold, one.power
    reached = reached_words(power, result)
    kept = f" The profiles of {', '.join(one.typed)} are kept as they are." if one.typed else ""
    return [
        f"If {one.h1} is true, an LR of {format_lr(threshold)} is reached with probability {reached}; "
        f"if {one.h2} is true, with {chance_words(power, threshold)}, and {one.h1} is excluded with probability "
        f"{format_posterior(power.total_exclusion_power)}.{kept}"
    ]


def settings_sentence(result: PowerResult) -> str:
    """Say how the figures were worked out."""
    settings = result.settings
    dropout = f", dropout {settings.dropout:g} in the sample" if settings.dropout else ""
    return (
        "H1: the sample is the missing person's, or the first pedigree. H2: it is a stranger's, or the reference. "
        "log10 LR: expected under H1, with the middle 90 %. Reached, by chance: probability of an LR of "
        f"{format_lr(settings.log10_threshold)} or more under H1, under H2. Excluded: probability under H2 that H1 is "
        "impossible without a mutation at one locus or more; loci: expected number of them. "
        f"{format_count(settings.n_simulations)} simulations under each hypothesis, seed {settings.seed}{dropout}. "
        f"Policy {result.policy.version}. Homeward {result.software_version}."
    )
