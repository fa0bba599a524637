"""How numbers are written wherever a person reads them."""

from __future__ import annotations

import math

SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
"""Powers of ten with a name; a billion is a thousand million."""
LARGEST_NAMED = 15
"""From this power of ten on, numbers are written as a power."""
EVEN = 0.02
"""A log10 LR closer to 0 than this favours neither side: the LR is between 0.95 and 1.05."""
SMALLEST_DECIMAL = 1e-3
"""Probabilities below this are written as 3.1e-12."""
CLOSEST_DECIMAL = 1e-7
"""Probabilities nearer to 1 than this are written as 1 - 3.1e-12."""
ROUNDING = 1e-9
"""What double precision may add to the logarithm of 0.00001."""
DOUBLE_SPACING = 1.1e-16
"""How near to 1 a number of double precision can come without being 1."""

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_count(n: int) -> str:
    """Return a whole number with commas between thousands."""
    return f"{n:,}"


def counted(n: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 sample", "5 samples", "no families"."""
    noun = singular if n == 1 else plural or f"{singular}s"
    return f"{'no' if n == 0 else format_count(n)} {noun}"


def format_log10(value: float | None, *, decimals: int = 2) -> str:
    """Return a log10 value, such as "4.43"; "-∞" stands for a probability of 0 and "–" for "not defined"."""
    if value is None or math.isnan(value):
        return "\N{EN DASH}"
    if math.isinf(value):
        return "\N{INFINITY}" if value > 0 else "-\N{INFINITY}"
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


def format_lr(log10_lr: float | None) -> str:
    """Return an LR as a number with two significant digits: "3.2 million", "0.0041"; "0" if impossible."""
    if log10_lr is None or math.isnan(log10_lr):
        return "\N{EN DASH}"
    if math.isinf(log10_lr):
        return "\N{INFINITY}" if log10_lr > 0 else "0"
    mantissa, power = _two_digits(log10_lr)
    if -4 <= power < 0:
        return f"{mantissa * 10.0**power:.{1 - power}f}"
    if power < 0 or power >= LARGEST_NAMED:
        return f"{mantissa:.1f} × 10{str(power).translate(_SUPERSCRIPT)}"
    return _large(mantissa, power)


def lr_in_words(log10_lr: float | None) -> str:
    """Say an LR in words, two significant digits.

    "about 3.2 million to one" is for the pairing, "about 40 to one against" against it. An LR of 0 or without limit
    is said as what it means.
    """
    if log10_lr is None or math.isnan(log10_lr):
        return "not defined: the family's own profiles contradict its pedigree"
    if log10_lr == -math.inf:
        return "impossible under the stated model"
    if log10_lr == math.inf:
        return "no limit: the alternative is impossible under the stated model"
    if abs(log10_lr) < EVEN:
        return "about even: it favours neither side"
    mantissa, power = _two_digits(abs(log10_lr))
    amount = f"{mantissa:.1f} × 10{str(power).translate(_SUPERSCRIPT)}"
    if power < LARGEST_NAMED:
        amount = _large(mantissa, power)
    return f"about {amount} to one{' against' if log10_lr < 0 else ''}"


def _two_digits(log10_value: float) -> tuple[float, int]:
    """Return mantissa in [1, 10), rounded to one decimal, and power of ten."""
    power = math.floor(log10_value)
    mantissa = round(10.0 ** (log10_value - power), 1)
    return (1.0, power + 1) if mantissa >= 10.0 else (mantissa, power)


def _large(mantissa: float, power: int) -> str:
    """Return a number from 1 to below 10^15 in digits and a named power of ten."""
    if power == 0:
        return f"{mantissa:.1f}"
    for scale, name in SCALES:
        if power >= scale:
            shift = power - scale
            return f"{mantissa * 10**shift:.{1 if shift == 0 else 0}f} {name}"
    return f"{round(mantissa * 10) * 10 ** (power - 1):,}"


def format_posterior(probability: float | None, complement: float | None = None) -> str:
    """Return a probability so that only certainty reads as 1 and only impossibility as 0.

    Parameters
    ----------
    probability : float
        In [0, 1]; None or NaN where there is none.
    complement : float
        One minus the probability, if it is known more exactly than by subtraction (the sum of the other entries).
        Without it a probability that rounds to 1 in double precision is written as "more than 1 - 1.1e-16".

    Returns
    -------
    str
        "0.0123", "3.1e-12", "0.9999994", "1 - 3.1e-12"; "1" and "0" only if exactly so.
    """
    if probability is None or math.isnan(probability):
        return "\N{EN DASH}"
    if probability < 0.5:
        if probability == 0.0:
            return "0"
        return _scientific(probability) if probability < SMALLEST_DECIMAL else f"{probability:.4f}"
    rest = 1.0 - probability if complement is None else complement
    if rest <= 0.0:
        return f"more than 1 - {_scientific(DOUBLE_SPACING)}" if complement is None else "1"
    if rest < CLOSEST_DECIMAL:
        return f"1 - {_scientific(rest)}"
    decimals = max(4, math.ceil(-math.log10(rest) - ROUNDING))
    return f"{1.0 - rest:.{decimals}f}"


def _scientific(value: float) -> str:
    """Return a small number with two significant digits: 3.1e-12, 2.0e-9."""
    mantissa, power = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(power)}"


def format_fraction(value: float) -> str:
    """Return a parameter as it was given, without trailing zeros and without losing digits."""
    return f"{value:.12g}"


def format_genotype(alleles: tuple[str, str] | None) -> str:
    """Write a genotype as its two alleles, or as a dash where it was not typed."""
    return "\N{EN DASH}" if alleles is None else f"{alleles[0]}, {alleles[1]}"


def format_probability(log10_probability: float | None) -> str:
    """Write a probability from its log10 with four significant digits, or as a dash where there is none."""
    return "\N{EN DASH}" if log10_probability is None else f"{10.0**log10_probability:.4g}"
