"""The samples of a case folder: samples.csv, remains groups put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.case_profiles import NO_LINE, OwnedProfiles
from homeward.formats.case_tables import Row
from homeward.genetics.pedigree import Sex


@dataclass(slots=True)
class Sample:
    """One line of samples.csv."""

    name: str
    sex: Sex
    group: str
    site: str
    dropout: float
    where: str


@dataclass(slots=True)
class Individual:
    """Samples believed to be of one person: a remains group, or one sample without a group.

    loci: by position of the locus: the row of the profile that the genotype is taken from, and its dropout probability.
    """

    name: str
    members: list[Sample] = field(default_factory=list)
    sex: Sex = Sex.UNKNOWN
    loci: dict[int, tuple[int, float]] = field(default_factory=dict)


def read_samples(rows: Iterable[Row], log: ProblemLog) -> list[Individual]:
    """Return the individuals in the order of their first samples; what cannot be used is noted in ``log``."""
    samples: dict[str, Sample] = {}
    for row in rows:
        name = row.named("sample", log)
        if name in samples:
            log.add(f"Sample {name} is listed twice.", where=row.where, fix="Give every sample its own name.")
        elif name:
            dropout = row.probability("dropout", log, default=0.0, below_one=True) or 0.0
            samples[name] = Sample(name, row.sex(log), row["remains_group"], row["site"], dropout, row.where)
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
        joint_dropout = min(s.dropout for s in individual.members)
        for sample in individual.members:
            _join_sex(individual, sample, log)
            if sample.name == individual.name:
                joint_dropout = sample.dropout
            else:
                _join(individual, sample.name, profiles, sample.dropout, log)
            if not profiles.is_typed[row_of[sample.name]] and not has_joint:
                log.add(
                    f"Sample {sample.name} is typed on no locus of the panel.",
                    where=f"{sample.where}, sample {sample.name}",
                    fix=f"Add its profile to {profiles.table.file}, or take the sample out of the case.",
                )
        _join(individual, individual.name, profiles, joint_dropout, log)
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


def _join(individual: Individual, owner: str, profiles: OwnedProfiles, dropout: float, log: ProblemLog) -> None:
    """Add the loci of one profile; at a locus typed before, the genotypes must agree and the lower dropout counts."""
    row = profiles.owners.samples[owner]
    if not profiles.is_typed[row]:
        return
    for locus, (line, stated) in enumerate(
        zip(profiles.lines[row].tolist(), profiles.dropout[row].tolist(), strict=True)
    ):
        if line == NO_LINE:
            continue
        rate = dropout if math.isnan(stated) else stated
        if locus not in individual.loci:
            individual.loci[locus] = row, rate
            continue
        before, lowest = individual.loci[locus]
        individual.loci[locus] = before, min(rate, lowest)
        one, other = profiles.genotype(before, locus), profiles.genotype(row, locus)
        if sorted(one) != sorted(other):
            log.add(
                f"Remains group {individual.name} has two genotypes at locus {profiles.loci[locus]}: "
                f"{'/'.join(one)} ({profiles.where(before, locus)}) and {'/'.join(other)} ({owner}).",
                where=profiles.where(row, locus),
                fix="Check the typing; samples that differ do not belong to one group.",
            )
