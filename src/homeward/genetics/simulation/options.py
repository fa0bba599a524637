"""What a simulated case shall be like.

This module loads nothing heavy, so that the command line can state the defaults.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields


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
    mutation: str = "stepwise"
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
    given = (f"{option_name(field.name)} {shlex.quote(str(getattr(options, field.name)))}" for field in fields(options))
    return f"homeward simulate OUT {' '.join(given)}"


def option_name(field: str) -> str:
    """Return a field as it is written on the command line."""
    return f"--{field.replace('_', '-')}"
