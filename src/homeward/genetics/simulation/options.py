"""What a simulated case shall be like."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass, fields
from typing import Final

from homeward.core.errors import ProblemLog
from homeward.genetics.databases.frequencies import bundled_databases
from homeward.genetics.mutation import MutationKind

DATABASE: Final = "NIST 1036"
MUTATIONS: Final = (MutationKind.NONE.value, MutationKind.STEPWISE.value)
MOST: Final = 1_000_000
"""Most missing persons, and most samples: numbers beyond it are slips of the keyboard."""


@dataclass(frozen=True, slots=True)
class SimulationOptions:
    """The size of a simulated case and the shares of what is in it; shares are probabilities unless said otherwise.

    missing: number of missing persons.
    samples: number of samples.
    seed: the same seed and options give the same case; a whole number of 0 or more.
    population: of the NIST 1036 database; everybody is drawn from it.
    mutation: ``none`` or ``stepwise``; the case states the model with which it was made.
    male: share of men among the missing, and among the people who are nobody's.
    partial_donors: share of the donors who were typed with an older kit of 15 loci.
    strangers: share of the samples that come from nobody who is missing, rounded to whole samples.
    samples_per_person: mean number of samples of each person of whom there is one, 1 or more.
    degraded: share of the samples that are degraded.
    dropout: probability that an allele of a degraded sample is not seen; it is stated in the case.
    least_failure, most_failure: between these lies the probability that a locus of a degraded sample fails
        altogether, evenly spread over the samples.
    """

    missing: int
    samples: int
    seed: int = 1
    population: str = "US Caucasian"
    mutation: str = MutationKind.STEPWISE.value
    male: float = 0.95
    partial_donors: float = 0.1
    strangers: float = 0.2
    samples_per_person: float = 1.3
    degraded: float = 0.3
    dropout: float = 0.1
    least_failure: float = 0.1
    most_failure: float = 0.7

    @property
    def n_strangers(self) -> int:
        """Number of samples that come from nobody who is missing."""
        return round(self.samples * self.strangers)

    def n_people(self, n_samples: int) -> int:
        """Return how many people this number of samples comes from."""
        return min(n_samples, max(1, round(n_samples / self.samples_per_person)))


def as_command(options: SimulationOptions) -> str:
    """Return the command that makes this case again, every option written out."""
    given = (f"{_option(field.name)} {shlex.quote(str(getattr(options, field.name)))}" for field in fields(options))
    return f"homeward simulate OUT {' '.join(given)}"


def check_options(options: SimulationOptions) -> None:
    """Raise one InputError that lists every option that cannot be used, each under its name on the command line."""
    log = ProblemLog()
    for name in ("missing", "samples"):
        value = getattr(options, name)
        if not 1 <= value <= MOST:
            log.add(f"{value} is not from 1 to {MOST:,}.", where=_option(name), fix="Give a number in this range.")
    if options.seed < 0:
        log.add(f"{options.seed} is below 0.", where=_option("seed"), fix="Give a whole number of 0 or more.")
    populations = bundled_databases()[DATABASE]
    if options.population not in populations:
        log.add(
            f"The database {DATABASE} has no population '{options.population}'.",
            where=_option("population"),
            fix=f"Write one of: {', '.join(populations)}.",
        )
    if options.mutation not in MUTATIONS:
        log.add(
            f"Cases cannot be simulated with the mutation model '{options.mutation}'.",
            where=_option("mutation"),
            fix=f"Write one of: {', '.join(MUTATIONS)}.",
        )
    for name in ("male", "partial_donors", "strangers", "degraded"):
        value = getattr(options, name)
        if not 0.0 <= value <= 1.0:
            log.add(f"{value:g} is outside [0, 1].", where=_option(name), fix="Give a share, such as 0.2.")
    for name in ("dropout", "least_failure", "most_failure"):
        value = getattr(options, name)
        if not 0.0 <= value < 1.0:
            log.add(f"{value:g} is outside [0, 1).", where=_option(name), fix="Give a probability, such as 0.1.")
    if options.least_failure > options.most_failure:
        log.add(
            f"{options.least_failure:g} is above {options.most_failure:g}, which is given as the most.",
            where=f"{_option('least_failure')}, {_option('most_failure')}",
            fix="Exchange the two.",
        )
    if not 1.0 <= options.samples_per_person < math.inf:
        log.add(
            f"{options.samples_per_person:g} is not a number of 1 or more.",
            where=_option("samples_per_person"),
            fix="Give the mean over the people of whom there is a sample, such as 1.3.",
        )
    if not log:
        _check_enough_people(options, log)
    log.raise_if_any()


def _check_enough_people(options: SimulationOptions, log: ProblemLog) -> None:
    """Note it if the samples of missing persons come from more people than are missing."""
    n_samples = options.samples - options.n_strangers
    n_found = options.n_people(n_samples)
    if n_found > options.missing:
        log.add(
            f"{n_samples} samples of missing persons at {options.samples_per_person:g} each come from {n_found} "
            f"people, but only {options.missing} are missing.",
            where=f"{_option('samples')}, {_option('missing')}",
            fix="Ask for fewer samples, more missing persons, more strangers or more samples per person.",
        )


def _option(name: str) -> str:
    """Return a field as it is written on the command line."""
    return f"--{name.replace('_', '-')}"
