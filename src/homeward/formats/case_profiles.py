"""The profiles of a case folder: profiles.csv, and who owns each line of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import Row
from homeward.formats.genotypes import Genotype, spelling_hint
from homeward.formats.panel_draft import LocusDraft


@dataclass(slots=True)
class OwnedProfile:
    """The genotypes of one owner, and the dropout probability of those that state one."""

    typing: dict[str, Genotype] = field(default_factory=dict)
    dropout: dict[str, float] = field(default_factory=dict)

    def dropout_row(self, loci: Sequence[str], default: float = 0.0) -> list[float]:
        """Return the dropout probability at each locus."""
        return [self.dropout.get(locus, default) for locus in loci]


@dataclass(slots=True)
class OwnedProfiles:
    """Profiles of samples and remains groups by name, of people by family and name, of elimination by name."""

    samples: dict[str, OwnedProfile] = field(default_factory=dict)
    people: dict[tuple[str, str], OwnedProfile] = field(default_factory=dict)
    elimination: dict[str, OwnedProfile] = field(default_factory=dict)


def read_profiles(
    rows: Sequence[Row],
    loci: Mapping[str, LocusDraft],
    samples: Collection[str],
    families: Mapping[str, Collection[str]],
    elimination: Collection[str],
    log: ProblemLog,
    notes: list[str],
) -> OwnedProfiles:
    """Return every profile with its owner; what cannot be used is noted in ``log``.

    Parameters
    ----------
    rows : sequence of Row
        The lines of profiles.csv.
    loci : mapping of name to LocusDraft
        The loci of the panel.
    samples : collection of str
        Samples and remains groups.
    families : mapping of family to people
        Everybody in each family or hypothesis.
    elimination : collection of str
        Those who gave elimination profiles; their names are nobody else's.
    log, notes
        Get the problems, and who was taken as one donor in several families.
    """
    profiles = OwnedProfiles()
    shared: dict[str, list[str]] = {}
    for row in rows:
        owner = row.named("owner", log)
        if not owner:
            continue
        is_elimination = owner in elimination and not row["family"]
        owners = [(None, owner)] if is_elimination else _owners(row, owner, samples, families, log)
        genotype = _genotype(row, owner, loci, log)
        dropout = row.probability("dropout", log, default=0.0, below_one=True)
        if len(owners) > 1:
            shared[owner] = [family for family, _ in owners if family is not None]
        if genotype is None:
            continue
        for family, name in owners:
            if family is not None:
                profile = profiles.people.setdefault((family, name), OwnedProfile())
            elif is_elimination:
                profile = profiles.elimination.setdefault(name, OwnedProfile())
            else:
                profile = profiles.samples.setdefault(name, OwnedProfile())
            if genotype.locus in profile.typing:
                log.add(
                    f"{owner} has a second line for locus {genotype.locus}.",
                    where=genotype.where,
                    fix="A genotype has two alleles in one line: keep one line for each owner and locus.",
                )
                continue
            profile.typing[genotype.locus] = genotype
            if row["dropout"] and dropout is not None:
                profile.dropout[genotype.locus] = dropout
    for owner, names in shared.items():
        notes.append(f"{owner} in {', '.join(names)} is taken as one donor: the profile names no family.")
    return profiles


def _owners(
    row: Row, owner: str, samples: Collection[str], families: Mapping[str, Collection[str]], log: ProblemLog
) -> list[tuple[str | None, str]]:
    """Return whom a line belongs to: a sample (no family), or somebody in one or more families."""
    if row["family"]:
        if row["family"] not in families:
            log.add(
                f"There is no family '{row['family']}' in people.csv.",
                where=f"{row.where}, owner {owner}",
                fix="Correct the name of the family.",
            )
        elif owner not in families[row["family"]]:
            log.add(
                f"'{owner}' is not in family '{row['family']}'.",
                where=f"{row.where}, owner {owner}",
                fix="Correct the owner or the family, or add the person to people.csv.",
            )
        else:
            return [(row["family"], owner)]
        return []
    found = [(family, owner) for family, people in families.items() if owner in people]
    if owner in samples:
        if found:
            log.add(
                f"'{owner}' is a sample and a person.",
                where=f"{row.where}, owner {owner}",
                fix="Rename one of them, or name the family of the person in the column 'family'.",
            )
        return [(None, owner)]
    if not found:
        log.add(
            f"'{owner}' is neither a sample nor a person.",
            where=f"{row.where}, owner {owner}",
            fix="Correct the name, or add it to samples.csv or people.csv.",
        )
    return list(found)


def _genotype(row: Row, owner: str, loci: Mapping[str, LocusDraft], log: ProblemLog) -> Genotype | None:
    """Return the genotype of one line, or None if it is blank or cannot be used."""
    name = row.named("locus", log)
    at = f"{row.where}, {owner}, locus {name}"
    if not name:
        return None
    if name not in loci:
        log.add(
            f"Locus {name} is not in the panel.{spelling_hint(name, loci)}",
            where=at,
            fix="Add it to frequencies.csv, correct its name, or leave it out of the profile.",
        )
        return None
    known = {allele for allele, _, _ in loci[name].entries}
    alleles = [row["allele1"], row["allele2"]]
    several = [allele for allele in alleles if allele not in known and re.search(r"[,;/|]", allele)]
    if several:
        log.add(
            f"'{several[0][:60]}' holds more than one allele.",
            where=at,
            fix="Put one allele in each of the two columns, with a decimal point (9.3); more than two cannot be used.",
        )
        return None
    if all(alleles):
        return Genotype(name, (alleles[0], alleles[1]), at)
    if any(alleles):
        log.add(
            f"There is one allele only ({alleles[0] or alleles[1]}).",
            where=at,
            fix="Write the allele twice if the person is homozygous; otherwise leave the locus out of the profile.",
        )
    return None
