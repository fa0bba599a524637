"""The samples of a case folder: samples.csv, remains groups put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.case_profiles import NO_LINE, OwnedProfiles
from homeward.formats.case_tables import Row
from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.genetics.pedigree import Sex


@dataclass(slots=True)
class Sample:
    """One line of samples.csv."""

    name: str
    sex: Sex
    group: str
    site: str
    dropout: float
    dropin: float
    where: str


@dataclass(slots=True)
class Individual:
    """Samples believed to be of one person: a remains group, or one sample without a group.

    loci: by position of the locus: the row of the profile that the genotype is taken from, and the probabilities of
        dropout and drop-in.
    """

    name: str
    members: list[Sample] = field(default_factory=list)
    sex: Sex = Sex.UNKNOWN
    loci: dict[int, tuple[int, float, float]] = field(default_factory=dict)


def read_samples(rows: Iterable[Row], log: ProblemLog) -> list[Individual]:
    """Return the individuals in the order of their first samples; what cannot be used is noted in ``log``."""
    samples: dict[str, Sample] = {}
    for row in rows:
        name = row.named("sample", log)
        if name in samples:
            log.add(f"Sample {name} is listed twice.", where=row.where, fix="Give every sample its own name.")
        elif name:
            dropout, dropin = (
                row.probability(column, log, default=0.0, below_one=True) or 0.0 for column in ("dropout", "dropin")
            )
            samples[name] = Sample(name, row.sex(log), row["remains_group"], row["site"], dropout, dropin, row.where)
    individuals: dict[str, Individual] = {}
    for sample in samples.values():
        name = sample.group or sample.name
        if sample.group in samples and samples[sample.group].group != sample.group:
            log.add(
                f"The remains group '{sample.group}' has the name of a sample that is not in it.",
                where=f"{sample.where}, sample {sample.name}",
                fix="Rename the group, or put that sample into it.",
            )
            continue
        individuals.setdefault(name, Individual(name)).members.append(sample)
    return list(individuals.values())


def owner_names(individuals: Iterable[Individual]) -> list[str]:
    """Return the names that may own a profile: samples and remains groups."""
    return list(dict.fromkeys(name for i in individuals for name in (i.name, *(s.name for s in i.members))))


def join_profiles(
    individuals: Sequence[Individual], profiles: OwnedProfiles, log: ProblemLog, notes: list[str]
) -> None:
    """Give each individual the sex and the loci of its samples; samples that disagree or have no profile are noted."""
    row_of = profiles.owners.samples
    for individual in individuals:
        # A group may own a profile itself; then its samples need none of their own.
        has_joint = profiles.is_typed[row_of[individual.name]]
        joint_rates = min(s.dropout for s in individual.members), min(s.dropin for s in individual.members)
        for sample in individual.members:
            _join_sex(individual, sample, log)
            if sample.name == individual.name:
                joint_rates = sample.dropout, sample.dropin
            else:
                _join(individual, sample.name, profiles, (sample.dropout, sample.dropin), log)
            if not profiles.is_typed[row_of[sample.name]] and not has_joint:
                log.add(
                    f"Sample {sample.name} is typed on no locus of the panel.",
                    where=f"{sample.where}, sample {sample.name}",
                    fix=f"Add its profile to {profiles.table.file}, or take the sample out of the case.",
                )
        _join(individual, individual.name, profiles, joint_rates, log)
        names = [sample.name for sample in individual.members]
        if len(names) > 1:
            notes.append(
                f"Samples {', '.join(names)} are taken as one individual, the remains group {individual.name}."
            )
        elif names != [individual.name]:
            notes.append(f"Sample {names[0]} stands under the name of its remains group, {individual.name}.")


def _join_sex(individual: Individual, sample: Sample, log: ProblemLog) -> None:
    """Take the sex of a sample; male and female in one group is noted."""
    if Sex.UNKNOWN not in (individual.sex, sample.sex) and individual.sex is not sample.sex:
        log.add(
            f"Remains group {individual.name} is recorded as male and as female.",
            where=f"{sample.where}, sample {sample.name}",
            fix="Correct the sex, or put the samples into different groups.",
        )
    individual.sex = individual.sex or sample.sex


def _join(
    individual: Individual, owner: str, profiles: OwnedProfiles, rates: tuple[float, float], log: ProblemLog
) -> None:
    """Add the loci of one profile; at a locus typed before, the genotypes must agree and the lower rates count.

    A genotype of which one allele could not be read agrees with every one that has the other, and gives way to it.
    """
    row = profiles.owners.samples[owner]
    if not profiles.is_typed[row]:
        return
    stated = zip(profiles.dropout[row].tolist(), profiles.dropin[row].tolist(), strict=True)
    for locus, (line, of_line) in enumerate(zip(profiles.lines[row].tolist(), stated, strict=True)):
        if line == NO_LINE:
            continue
        dropout, dropin = (usual if math.isnan(own) else own for own, usual in zip(of_line, rates, strict=True))
        if locus not in individual.loci:
            individual.loci[locus] = row, dropout, dropin
            continue
        before, lowest_dropout, lowest_dropin = individual.loci[locus]
        one, other = profiles.genotype(before, locus), profiles.genotype(row, locus)
        fuller = row if one[1] == UNKNOWN_ALLELE else before
        individual.loci[locus] = fuller, min(dropout, lowest_dropout), min(dropin, lowest_dropin)
        if not _agree(one, other):
            log.add(
                f"Remains group {individual.name} has two genotypes at locus {profiles.loci[locus]}: "
                f"{'/'.join(one)} ({profiles.where(before, locus)}) and {'/'.join(other)} ({owner}).",
                where=profiles.where(row, locus),
                fix="Check the typing; samples that differ do not belong to one group.",
            )


def _agree(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two genotypes may be one; an allele that could not be read may be any."""
    for first, second in ((one, other), (other, one)):
        if first[1] == UNKNOWN_ALLELE:
            return first[0] in second
    return sorted(one) == sorted(other)
