"""Sex from scored methods, as likelihood ratios of male over female, and against a sex on record.

A paper that gives P(male | score) gives the share of males among people with the score in its own sample. Its odds are
divided by the sample's odds of males before they say anything about anyone else.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.osteology.findings import check_traits_differ
from homeward.osteology.populations import LN_10
from homeward.osteology.recorded_values import with_record_error

SEXES = ("m", "f")


@dataclass(frozen=True, slots=True)
class SexFinding:
    """What one finding says about sex: log10 of P(finding | male) / P(finding | female). source: where from."""

    method: str
    trait: str
    finding: str
    log10_lr: float
    source: str


def lr_from_posterior(p_male: float, *, n_males: int, n_females: int) -> float:
    """Return log10 P(score | male) / P(score | female) from a paper's P(male | score).

    The odds of male are divided by those of the paper's sample, n_males / n_females.

    Raises
    ------
    InputError
        The probability is not between 0 and 1, or the sample lacks a sex.
    """
    log = ProblemLog()
    if not 0.0 < p_male < 1.0:
        log.add(
            f"P(male | score) {p_male:g} gives no finite ratio.",
            where="published posterior",
            fix="Use the counts behind it with lr_from_counts.",
        )
    if n_males < 1 or n_females < 1:
        log.add(f"{n_males} males and {n_females} females.", where="sample", fix="Give the numbers of the paper.")
    log.raise_if_any()
    return math.log10(p_male / (1.0 - p_male)) - math.log10(n_males / n_females)


def lr_from_counts(males_with: int, n_males: int, females_with: int, n_females: int) -> float:
    """Return log10 P(score | male) / P(score | female) from counts.

    One person who has the score is added to each sex, P = (x + 1) / (n + 1): a score that a sample has not seen is
    rare, not impossible.

    Raises
    ------
    InputError
        More people have the score than there are.
    """
    if not (0 <= males_with <= n_males and 0 <= females_with <= n_females and n_males > 0 and n_females > 0):
        raise InputError(
            Problem(
                f"{males_with} of {n_males} males and {females_with} of {n_females} females.",
                "counts",
                "Correct the numbers.",
            )
        )
    return math.log10((males_with + 1) / (n_males + 1)) - math.log10((females_with + 1) / (n_females + 1))


def lr_from_accuracy(correct: float) -> float:
    """Return log10 of the LR for the sex that a method calls, which is right with one probability for both sexes."""
    if not 0.5 <= correct < 1.0:
        raise InputError(
            Problem(f"{correct:g} is no share of right calls.", "accuracy", "Give it from 0.5 to below 1.")
        )
    return math.log10(correct / (1.0 - correct))


@cache
def _published_rows() -> tuple[dict[str, str], ...]:
    text = (files("homeward.osteology") / "data" / "sex_traits.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def published_sex_finding(method: str, score: str) -> SexFinding:
    """Return what a score says by the figures of its paper, with the paper's own sex ratio taken out.

    Parameters
    ----------
    method, score : str
        Such as "sciatic-notch" and "4".

    Raises
    ------
    InputError
        There is no such method or score; says what there is.
    """
    for row in _published_rows():
        if (row["method"], row["score"]) == (method, score):
            log10_lr = lr_from_posterior(float(row["p_male"]), n_males=int(row["males"]), n_females=int(row["females"]))
            return SexFinding(method, row["trait"], score, log10_lr, f"{row['source']}, {row['verified']}")
    known = "; ".join(f"{row['method']} {row['score']}" for row in _published_rows())
    raise InputError(Problem(f"There is no score '{score}' of '{method}'.", "sex method", f"Known are: {known}."))


def combine_sex(findings: Sequence[SexFinding]) -> float:
    """Return log10 P(all findings | male) / P(all findings | female).

    Assumes that the findings are independent for people of one sex.

    Raises
    ------
    InputError
        Two of them read one trait; the left and the right side of one trait do.
    """
    check_traits_differ((one.method, one.trait) for one in findings)
    return math.fsum(one.log10_lr for one in findings)


def probability_male(log10_lr: float, *, prior: float) -> float:
    """Return the posterior probability that somebody was male, for a stated prior in (0, 1)."""
    _check_share("prior", prior)
    return 1.0 / (1.0 + (1.0 - prior) / prior * math.exp(-log10_lr * LN_10))


def sex_log10_lr(log10_lr: float, sex: str, *, male_share: float, record_error: float = 0.0) -> float:
    """Return the log10 LR of findings for a person whose sex is on record, against a list with a share of males.

    H1: the remains are those of the person. H2: of somebody of the list. LR = P(findings | sex) / sum over the sexes of
    share x P(findings | sex). On a list of men alone, findings for a man say next to nothing.

    Parameters
    ----------
    log10_lr : float
        Of male over female, from :func:`combine_sex`.
    sex : str
        "m" or "f".
    male_share : float
        Share of males on the list, in (0, 1).
    record_error : float
        Chance that the sex on record is wrong.
    """
    _check_share("share of males", male_share)
    _check_sex(sex)
    male = math.exp(log10_lr * LN_10)
    person = male if sex == "m" else 1.0
    return with_record_error(math.log10(person / (male_share * male + 1.0 - male_share)), record_error)


def recorded_sex_log10_lr(
    observed: str, recorded: str, *, male_share: float, error: float, calibrated: bool = False
) -> float:
    """Return the log10 LR of an observed sex for a person whose sex is on record, where only an error rate is known.

    LR = (1 - e) / P(observed sex) if they agree, e / P(observed sex) if not (Marsico et al. 2023, Forensic Sci. Int.
    Genet. 66:102891); P of the observed sex, not of the recorded one.

    Parameters
    ----------
    observed, recorded : str
        "m" or "f".
    male_share, error : float
        Share of males among those it could be; chance that observation or record is wrong. Both in (0, 1).
    calibrated : bool
        The denominator is how often the sex is *observed*: (1 - e) P(observed) + e P(other). Then the LR is 1 on
        average under H2.
    """
    _check_share("share of males", male_share)
    _check_share("error", error)
    _check_sex(observed)
    _check_sex(recorded)
    share = male_share if observed == "m" else 1.0 - male_share
    anyone = (1.0 - error) * share + error * (1.0 - share) if calibrated else share
    return math.log10((1.0 - error if observed == recorded else error) / anyone)


def _check_share(name: str, value: float) -> None:
    if not 0.0 < value < 1.0:
        raise InputError(Problem(f"{value:g} is not between 0 and 1.", name, "Give a probability."))


def _check_sex(sex: str) -> None:
    if sex not in SEXES:
        raise InputError(Problem(f"'{sex}' is not a sex that findings speak of.", "sex", "Write m or f."))
