"""What asking for the power of a family or a comparison returns."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.core.provenance import InputFile
from homeward.genetics.case import Case, Family
from homeward.genetics.prediction import PredictedGenotypes
from homeward.genetics.simulation.lr_power import Power
from homeward.identification.policy import Policy


@dataclass(frozen=True, slots=True)
class PowerSettings:
    """How power is worked out.

    n_simulations: simulated sets of profiles under each hypothesis.
    seed: of the random numbers.
    log10_threshold: log10 LR that counts as an inclusion.
    dropout: probability that an allele of the missing person's sample is not seen, in [0, 1).
    """

    n_simulations: int
    seed: int
    log10_threshold: float
    dropout: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class SampledSet:
    """The power that a family has once some relatives are sampled besides those present.

    relatives: who is sampled, as named in the pedigree; nobody: the family as it is.
    """

    relatives: tuple[str, ...]
    power: Power


@dataclass(frozen=True, slots=True, eq=False)
class MissingPower:
    """Whether the family of one missing person is informative, and who should be sampled next.

    H1: a sample comes from the missing person. H2: it comes from an unrelated person of the population.

    typed: members with a profile.
    present: the power of the family as it is.
    next_sets: relatives who could be sampled; the highest expected log10 LR first.
    predicted: genotypes of the missing person, by locus.
    """

    family: Family
    missing: str
    typed: tuple[str, ...]
    present: SampledSet
    next_sets: tuple[SampledSet, ...]
    predicted: tuple[PredictedGenotypes, ...]

    @property
    def sets(self) -> tuple[SampledSet, ...]:
        """The family as it is, and with each relative or group of relatives sampled."""
        return (self.present, *self.next_sets)


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonPower:
    """How well two pedigrees can be told apart once some people are typed.

    h1, h2: names of the pedigrees; H2 is the reference.
    people: whose profiles are simulated.
    typed: others, whose profiles are kept as they are.
    """

    h1: str
    h2: str
    people: tuple[str, ...]
    typed: tuple[str, ...]
    power: Power


@dataclass(frozen=True, slots=True, eq=False)
class PowerResult:
    """The power of the families of a case, or of its comparison of pedigrees."""

    case: Case
    policy: Policy
    settings: PowerSettings
    missing: tuple[MissingPower, ...]
    comparison: ComparisonPower | None
    notes: tuple[str, ...]
    software_version: str
    inputs: tuple[InputFile, ...]
