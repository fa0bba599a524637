"""The LR of one pedigree against the reference, with everything that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import SILENT_ALLELE, UNKNOWN_ALLELE
from homeward.genetics.case import Case, Hypothesis
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.panel import Locus
from homeward.identification.kinship_formulas import AlleleProbabilities, Formula, Names
from homeward.identification.kinship_needs import needed_events
from homeward.identification.kinship_situations import Kin, StatedPair, closed_form, is_same_value, stated_pairs
from homeward.identification.results import KinshipResult


@dataclass(frozen=True, slots=True)
class KinshipLocus:
    """One locus of one LR.

    genotypes: person to two alleles, of everybody typed here.
    log10_likelihood, log10_reference: of hypothesis and reference, -inf where impossible.
    log10_lr: the difference; NaN where both are impossible.
    needs, reference_needs: events without which the profiles would be impossible, such as "mutation".
    frequencies: of the alleles seen. n_counted: alleles counted for them, or None. minimum_frequency: 0 if none.
    formula: the LR in closed form without mutation, where one is known and has the value of the engine.
    log10_lr_without_mutation: what the formula says, with all digits of the engine; NaN where there is none.
    """

    locus: str
    chromosome: str | None
    genotypes: dict[str, Names]
    log10_likelihood: float
    log10_reference: float
    log10_lr: float
    needs: tuple[str, ...]
    reference_needs: tuple[str, ...]
    frequencies: dict[str, float]
    n_counted: int | None
    minimum_frequency: float
    female_mutation: str
    male_mutation: str
    formula: Formula | None
    log10_lr_without_mutation: float

    @property
    def is_typed(self) -> bool:
        """Whether anybody is typed here."""
        return bool(self.genotypes)


@dataclass(frozen=True, slots=True, eq=False)
class KinshipExplanation:
    """The LR of one pedigree against the reference, locus by locus.

    hypothesis, reference: positions in ``result.case.hypotheses``.
    people: everybody typed at some locus, in order.
    pairs: who of them is something else to somebody in the two pedigrees, and what.
    """

    result: KinshipResult
    hypothesis: int
    reference: int
    people: tuple[str, ...]
    pairs: tuple[StatedPair, ...]
    loci: tuple[KinshipLocus, ...]

    @property
    def names(self) -> tuple[str, str]:
        """The names of hypothesis and reference."""
        hypotheses = self.result.case.hypotheses
        return hypotheses[self.hypothesis].name, hypotheses[self.reference].name

    @property
    def log10_lr(self) -> float:
        """Over all loci; NaN if both pedigrees are impossible."""
        return float(self.result.log10_lr[self.hypothesis])

    @property
    def strongest(self) -> KinshipLocus | None:
        """The typed locus that speaks most for the hypothesis; None without one."""
        return max(self._finite(), key=lambda locus: locus.log10_lr, default=None)

    @property
    def weakest(self) -> KinshipLocus | None:
        """The typed locus that speaks most against the hypothesis, or least for it; None without one."""
        return min(self._finite(), key=lambda locus: locus.log10_lr, default=None)

    @property
    def impossible(self) -> tuple[str, ...]:
        """The loci at which the hypothesis cannot explain the profiles."""
        return tuple(locus.locus for locus in self.loci if locus.log10_likelihood == -np.inf)

    @property
    def impossible_reference(self) -> tuple[str, ...]:
        """The loci at which the reference cannot explain the profiles."""
        return tuple(locus.locus for locus in self.loci if locus.log10_reference == -np.inf)

    def _finite(self) -> list[KinshipLocus]:
        return [locus for locus in self.loci if locus.is_typed and np.isfinite(locus.log10_lr)]


def explain_kinship(result: KinshipResult, hypothesis: str | None = None) -> KinshipExplanation:
    """Return the LR of one pedigree against the reference with everything that it is made of.

    Parameters
    ----------
    result : KinshipResult
        Of :func:`~homeward.identification.kinship.compare_pedigrees`.
    hypothesis : str, optional
        Its name; the first if not given.

    Raises
    ------
    InputError
        There is no such pedigree, or it is the reference.
    """
    case = result.case
    chosen, reference = _position(case, hypothesis), len(case.hypotheses) - 1
    pair = case.hypotheses[chosen], case.hypotheses[reference]
    kin = Kin(pair[0]), Kin(pair[1])
    needs = [
        needed_events(of, case.panel, result.log10_likelihood[at])
        for of, at in zip(pair, (chosen, reference), strict=True)
    ]
    own, other = (pedigree_log10_likelihood(h.pedigree, h.profiles, case.panel, mutation=False) for h in pair)
    with np.errstate(invalid="ignore"):
        constant_lr = own - other
        log10_lr = result.log10_likelihood[chosen] - result.log10_likelihood[reference]
    loci = []
    for i, locus in enumerate(case.panel.loci):
        genotypes = _genotypes(pair[0], i, locus)
        frequencies = _frequencies(locus, genotypes)
        formula = None
        if _has_plain_genotypes(pair, i, locus, genotypes):
            formula = closed_form(*kin, genotypes, AlleleProbabilities(frequencies, case.panel.theta))
        if formula is not None and not is_same_value(float(constant_lr[i]), formula):
            formula = None
        loci.append(
            KinshipLocus(
                locus=locus.name,
                chromosome=locus.chromosome,
                genotypes=genotypes,
                log10_likelihood=float(result.log10_likelihood[chosen, i]),
                log10_reference=float(result.log10_likelihood[reference, i]),
                log10_lr=float(log10_lr[i]),
                needs=needs[0][i],
                reference_needs=needs[1][i],
                frequencies=frequencies,
                n_counted=locus.database_size,
                minimum_frequency=locus.minimum_frequency,
                female_mutation=locus.female_mutation.describe(),
                male_mutation=locus.male_mutation.describe(),
                formula=formula,
                log10_lr_without_mutation=float("nan") if formula is None else float(constant_lr[i]),
            )
        )
    people = list(dict.fromkeys(person for locus in loci for person in locus.genotypes))
    return KinshipExplanation(result, chosen, reference, tuple(people), stated_pairs(*kin, people), tuple(loci))


def _position(case: Case, name: str | None) -> int:
    names = [hypothesis.name for hypothesis in case.hypotheses]
    if name is None:
        return 0
    compared = ", ".join(names[:-1])
    if name not in names:
        raise InputError(Problem(f"There is no pedigree '{name}'.", case.title, f"The pedigrees are: {compared}."))
    if name == names[-1]:
        fix = f"Choose one of the others: {compared}."
        raise InputError(Problem(f"'{name}' is the reference, against which the others are compared.", case.title, fix))
    return names.index(name)


def _genotypes(hypothesis: Hypothesis, i: int, locus: Locus) -> dict[str, Names]:
    """Return the alleles of everybody typed at a locus."""
    profiles = hypothesis.profiles
    return {
        profiles.ids[row]: (
            locus.allele_name(int(profiles.alleles[row, i, 0])),
            locus.allele_name(int(profiles.alleles[row, i, 1])),
        )
        for row in np.flatnonzero(profiles.typed[:, i]).tolist()
    }


def _frequencies(locus: Locus, genotypes: dict[str, Names]) -> dict[str, float]:
    """Return the frequencies of the alleles that are seen, in the order of the locus."""
    seen = {allele for pair in genotypes.values() for allele in pair} - {UNKNOWN_ALLELE}
    names = [*locus.alleles, *([SILENT_ALLELE] if locus.silent_frequency > 0 else [])]
    return {allele: locus.frequency(allele) for allele in names if allele in seen}


def _has_plain_genotypes(
    pair: tuple[Hypothesis, Hypothesis], i: int, locus: Locus, genotypes: dict[str, Names]
) -> bool:
    """Whether everybody shows two alleles of an autosomal locus as they are, and the same people are in both."""
    if locus.is_x_linked or locus.silent_frequency > 0 or not genotypes:
        return False
    if {UNKNOWN_ALLELE, SILENT_ALLELE} & {allele for names in genotypes.values() for allele in names}:
        return False
    for hypothesis in pair:
        profiles = hypothesis.profiles
        typed = profiles.typed[:, i]
        if set(np.array(profiles.ids, dtype=object)[typed]) != set(genotypes):
            return False
        if profiles.dropout[typed, i].any() or profiles.dropin[typed, i].any():
            return False
    return True
