"""The profiles of a case folder at X-linked loci: males show one allele, females two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from homeward.core.errors import ProblemLog
from homeward.formats.case_people import FamilyDraft, People, family_sexes
from homeward.formats.case_profiles import NO_LINE, ONE_ALLELE, OwnedProfiles
from homeward.formats.case_samples import Individual
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex


def check_x_linked_lines(
    profiles: OwnedProfiles,
    panel: Panel,
    individuals: Sequence[Individual],
    people: People,
    pedigrees: Mapping[str, Pedigree | None],
    log: ProblemLog,
) -> None:
    """Note males with two different alleles, females with one, and relatives of unknown sex, at X-linked loci."""
    position = {name: i for i, name in enumerate(profiles.loci)}
    on_x = [position[locus.name] for locus in panel.loci if locus.is_x_linked]
    if not on_x:
        return
    for owner, row, sex, needs_sex in _owners(profiles, individuals, people, pedigrees):
        for locus in on_x:
            if profiles.lines[row, locus] == NO_LINE:
                continue
            first, second = profiles.codes[row, locus].tolist()
            at = profiles.where(row, locus)
            if sex is Sex.MALE and second not in (first, ONE_ALLELE, MISSING):
                log.add(
                    f"'{owner}' is male but has two different alleles, {'/'.join(profiles.genotype(row, locus))}, at "
                    f"the X-linked locus {profiles.loci[locus]}.",
                    where=at,
                    fix="A male carries one allele there: check the typing, the sex and the chromosome of the locus.",
                )
            elif sex is Sex.FEMALE and second == ONE_ALLELE:
                log.add(
                    f"There is one allele only ({profiles.genotype(row, locus)[0]}), and '{owner}' is female.",
                    where=at,
                    fix="Write the allele twice if she is homozygous, or ? for one that could not be read.",
                )
            elif sex is Sex.UNKNOWN and (needs_sex or second == ONE_ALLELE):
                log.add(
                    f"The sex of '{owner}' is not known, so the X-linked locus {profiles.loci[locus]} cannot be used.",
                    where=at,
                    fix="Give the sex, or leave the locus out of the profile.",
                )


def _owners(
    profiles: OwnedProfiles,
    individuals: Sequence[Individual],
    people: People,
    pedigrees: Mapping[str, Pedigree | None],
) -> Iterator[tuple[str, int, Sex, bool]]:
    """Yield name, row, sex, and whether the sex must be known of everybody who may own a profile."""
    owners = profiles.owners
    for individual in individuals:
        for name in dict.fromkeys((individual.name, *(sample.name for sample in individual.members))):
            yield name, owners.samples[name], individual.sex, False
    for name, line in people.elimination.items():
        yield name, owners.elimination[name], line.sex or Sex.UNKNOWN, False
    for family, draft in people.families.items():
        for name, sex in _sexes(draft, pedigrees[family]).items():
            yield name, owners.people[family, name], sex, True


def _sexes(family: FamilyDraft, pedigree: Pedigree | None) -> dict[str, Sex]:
    """Return the sex of everybody with a line: as written or as the role in the pedigree says."""
    if pedigree is None:
        return {}
    sexes = dict(zip(pedigree.ids, family_sexes(family, pedigree), strict=True))
    return {name: sexes[name] or Sex(int(pedigree.sex[pedigree.position(name)])) for name in family.people}
