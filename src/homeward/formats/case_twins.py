"""The profiles of twins from one egg in a case folder: they should be one genotype."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from homeward.core.errors import ProblemLog
from homeward.formats.case_people import FamilyDraft
from homeward.formats.case_profiles import NO_LINE, NOTHING_SEEN, OwnedProfiles
from homeward.genetics.alleles import MISSING


def check_twin_profiles(
    families: Mapping[str, FamilyDraft],
    profiles: OwnedProfiles,
    log: ProblemLog,
    notes: list[str],
    *,
    is_kinship: bool,
) -> None:
    """Note every locus at which two twins have different genotypes, of which neither may show less than there is.

    In a family that is a problem. Where pedigrees compete, being twins may be what is asked: then it is a note.
    """
    for family in families.values():
        for group in family.twins():
            for first, second in combinations(group, 2):
                rows = [profiles.owners.people[family.name, name] for name in (first, second)]
                for locus, name in enumerate(profiles.loci):
                    if not _is_certain(profiles, rows[0], locus) or not _is_certain(profiles, rows[1], locus):
                        continue
                    one, other = (profiles.genotype(row, locus) for row in rows)
                    if sorted(one) == sorted(other):
                        continue
                    said = (
                        f"The twins {first} and {second} have different genotypes at locus {name}: "
                        f"{'/'.join(one)} and {'/'.join(other)}."
                    )
                    if is_kinship:
                        notes.append(f"{family.name}: {said} Twins from one egg are impossible there.")
                        continue
                    log.add(
                        said,
                        where=f"{profiles.where(rows[0], locus)}; {profiles.where(rows[1], locus)}",
                        fix="Check the typing and the mark of the twins in people.csv; twins from two eggs are "
                        "ordinary siblings.",
                    )


def _is_certain(profiles: OwnedProfiles, row: int, locus: int) -> bool:
    """Whether somebody is typed at a locus, with both alleles read and no dropout or drop-in."""
    first, second = profiles.codes[row, locus].tolist()
    rates = profiles.dropout[row, locus], profiles.dropin[row, locus]
    is_read = profiles.lines[row, locus] != NO_LINE and MISSING not in (first, second) and first != NOTHING_SEEN
    return bool(is_read and not any(rate > 0 for rate in rates))
