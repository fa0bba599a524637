"""What resolving, explaining and comparing return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.provenance import InputFile
from homeward.genetics.case import Case, Family
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.identification.policy import Policy


@dataclass(frozen=True, slots=True, eq=False)
class PairwiseResult:
    """Every sample against every missing person; S samples, M missing persons, L loci.

    log10_lr: (S, M, L) float64; H1: the sample is this missing person; H2: it comes from an unrelated
        person of the population. 0.0 where the locus tells nothing; -inf where H1 is impossible; NaN
        where the family's own profiles contradict its pedigree.
    inconsistent: (S, M, L) whether the locus cannot be explained without a mutation.
    compared: (S, M, L) whether the sample and at least one blood relative of the missing person are typed.
    sex_log10_lr: (S, M) evidence of the recorded sexes: 0.0 unless the policy uses it.
    allowed: (S, M) False where the policy rules the pairing out by sex.
    family_log10_likelihood, family_log10_likelihood_constant: (F, L) of the relatives' own profiles in each
        family, with the mutation models and without mutation.
    """

    log10_lr: FloatArray
    inconsistent: BoolArray
    compared: BoolArray
    sex_log10_lr: FloatArray
    allowed: BoolArray
    family_log10_likelihood: FloatArray
    family_log10_likelihood_constant: FloatArray

    @property
    def total_log10_lr(self) -> FloatArray:
        """(S, M): the DNA evidence over all loci."""
        total: FloatArray = self.log10_lr.sum(axis=2)
        return total

    @property
    def n_inconsistent(self) -> IntArray:
        """(S, M): number of loci that need a mutation."""
        count: IntArray = self.inconsistent.sum(axis=2)
        return count

    @property
    def n_compared(self) -> IntArray:
        """(S, M): number of loci compared."""
        count: IntArray = self.compared.sum(axis=2)
        return count


ROUNDING = 1e-12
"""Error that is no more than the rounding of the sums themselves: the posterior still counts as exact."""


class Quality(StrEnum):
    """How a posterior was obtained."""

    EXACT = "exact"
    BOUNDED = "bounded"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One way to explain everything: who each sample is.

    pairs: position of the missing person for each sample, -1 for nobody; length S.
    log10_likelihood: of all profiles in the case, under this assignment.
    posterior: its probability among all assignments.
    """

    pairs: tuple[int, ...]
    log10_likelihood: float
    posterior: float


@dataclass(frozen=True, slots=True)
class SymmetricMatch:
    """Missing persons of one family who cannot be told apart match a set of samples as a set.

    samples, missing: positions in the case.
    posterior: that every one of the samples is one of the missing.
    log10_glr: best assignment of that kind over best of any other.
    """

    samples: tuple[int, ...]
    missing: tuple[int, ...]
    posterior: float
    log10_glr: float


@dataclass(frozen=True, slots=True, eq=False)
class JointResult:
    """All samples and all missing persons resolved together; S samples, M missing persons.

    posterior: (S, M + 1) float64; the last column is "none of them".
    errors: (S, M + 1) float64, largest amount by which each posterior may be off; at most 1e-12, as much as
        rounding, where it is exact; NaN where it is an estimate of unknown error.
    is_complete: False if some family had too many possible placements to weigh all.
    log10_glr: (S, M) float64: best assignment with the pairing over best without it (Vigeland & Egeland).
    assignments: the best ones, best first, at most 100; none where they could not be summed.
    symmetric: sets that match as sets in every best assignment.
    """

    posterior: FloatArray
    errors: FloatArray
    is_complete: bool
    log10_glr: FloatArray
    assignments: tuple[Assignment, ...]
    symmetric: tuple[SymmetricMatch, ...] = ()

    def quality_of(self, sample: int, missing: int) -> Quality:
        """Return how one posterior was obtained; missing -1 is "none of them"."""
        return self._quality(float(self.errors[sample, missing]))

    @property
    def error(self) -> float:
        """The largest of the errors; NaN if one of them is not known."""
        return float(self.errors.max()) if self.errors.size else 0.0

    @property
    def quality(self) -> Quality:
        """The least of the qualities."""
        return self._quality(self.error)

    def _quality(self, error: float) -> Quality:
        if np.isnan(error) or not self.is_complete:
            return Quality.ESTIMATED
        return Quality.EXACT if error <= ROUNDING else Quality.BOUNDED


class Verdict(StrEnum):
    """What can be concluded about a sample or a missing person."""

    IDENTIFIED = "identified"
    PROBABLE = "probable"
    SYMMETRIC = "symmetric"
    UNDECIDED = "undecided"
    EXCLUDED = "excluded"
    NOT_INFORMATIVE = "not informative"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is concluded about one sample or one missing person, and why.

    about: "sample" or "missing".
    sample, missing: ids; None where nobody is named.
    log10_lr, log10_glr, posterior: of the pairing named, or of the best pairing if none is; None if there is none.
    reasons: sentences.
    symmetric_samples, symmetric_missing: the two sets that match as sets, if the verdict is symmetric.
    """

    about: str
    sample: str | None
    missing: str | None
    verdict: Verdict
    log10_lr: float | None
    log10_glr: float | None
    posterior: float | None
    reasons: tuple[str, ...]
    symmetric_samples: tuple[str, ...] = ()
    symmetric_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Resolution:
    """Who is who, how sure, and why."""

    case: Case
    policy: Policy
    pairwise: PairwiseResult
    joint: JointResult
    conclusions: tuple[Conclusion, ...]
    notes: tuple[str, ...]
    software_version: str
    inputs: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class LocusExplanation:
    """One locus of one LR.

    sample_genotype: allele names, or None if untyped.
    log10_probability_related, log10_probability_unrelated: of the sample's genotype given the relatives
        (H1) and in the population (H2); None if untyped.
    relatives: typed members of the family and their allele names here.
    frequencies: of the sample's alleles.
    """

    locus: str
    sample_genotype: tuple[str, str] | None
    log10_lr: float
    log10_probability_related: float | None
    log10_probability_unrelated: float | None
    inconsistent: bool
    compared: bool
    relatives: dict[str, tuple[str, str]]
    frequencies: dict[str, float]
    female_mutation: str
    male_mutation: str


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """One LR, locus by locus."""

    case: Case
    family: Family
    sample: str
    missing: str
    log10_lr: float
    inconsistencies: int
    n_compared: int
    loci: tuple[LocusExplanation, ...]
    policy: Policy
    software_version: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class InPopulation:
    """Competing pedigrees for people of one population; H hypotheses.

    log10_likelihood, log10_lr, posterior: (H,) float64, as in :class:`KinshipResult`, over all loci.
    conservative: (H,) bool: whether no other population gives the hypothesis a lower LR; False for the last
        hypothesis, which is the reference, and where an LR is NaN.
    """

    name: str
    theta: float
    log10_likelihood: FloatArray
    log10_lr: FloatArray
    posterior: FloatArray
    conservative: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class LinkedLoci:
    """The loci of a linkage group taken together; H hypotheses.

    log10_likelihood: (H,) float64, of the profiles at these loci jointly, -inf where impossible.
    log10_lr_linked, log10_lr_unlinked: (H,) against the last hypothesis, with linkage and as if the loci were
        independent; NaN where both likelihoods are 0.
    """

    group: LinkageGroup
    log10_likelihood: FloatArray
    log10_lr_linked: FloatArray
    log10_lr_unlinked: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class KinshipResult:
    """Competing pedigrees for the same people; H hypotheses, L loci.

    log10_likelihood: (H, L) float64 of each locus by itself, -inf where impossible.
    log10_lr: (H,) against the last hypothesis.
    posterior: (H,), from the priors of the hypotheses.
    populations: the same in each population of the case, one of which is that of the other fields; empty if the case
        names none.
    linked: the linkage groups, if linkage counts.
    """

    case: Case
    log10_likelihood: FloatArray
    log10_lr: FloatArray
    prior: FloatArray
    posterior: FloatArray
    locus_notes: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    software_version: str
    inputs: tuple[InputFile, ...]
    populations: tuple[InPopulation, ...] = ()
    linked: tuple[LinkedLoci, ...] = ()

    @property
    def total_log10_likelihood(self) -> FloatArray:
        """(H,): of all loci; those of a linkage group jointly, the others one by one."""
        return total_log10_likelihood(self.log10_likelihood, self.linked)


def total_log10_likelihood(by_locus: FloatArray, linked: tuple[LinkedLoci, ...]) -> FloatArray:
    """Return (H,) log10 likelihoods of all loci, from (H, L) of the loci one by one and those of the linkage groups."""
    alone = np.ones(by_locus.shape[1], dtype=bool)
    alone[[i for part in linked for i in part.group.loci]] = False
    total: FloatArray = by_locus[:, alone].sum(axis=1)
    for part in linked:
        total = total + part.log10_likelihood
    return total
