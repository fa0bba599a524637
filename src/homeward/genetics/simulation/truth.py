"""The truth about a simulated case: whose each sample is."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True, slots=True)
class FamilyTruth:
    """How a family was made.

    structure: name of its family structure.
    missing: ids of its missing persons.
    n_donors: relatives who gave a sample, the spouse included.
    """

    family: str
    structure: str
    missing: tuple[str, ...]
    n_donors: int


@dataclass(frozen=True, slots=True)
class SampleTruth:
    """Where a sample came from.

    person: whose it is; the samples of one person have this in common, also if they are nobody's.
    missing: id of the missing person it comes from, or None if it is nobody's.
    degraded: whether loci could fail and alleles drop out.
    n_loci: loci at which it is typed.
    n_dropped: typed loci at which one of two different alleles was not seen.
    """

    sample: str
    person: str
    missing: str | None
    degraded: bool
    n_loci: int
    n_dropped: int


@dataclass(frozen=True, slots=True, eq=False)
class CaseTruth:
    """Whose each sample is and how each family was made, in the order of the case."""

    samples: tuple[SampleTruth, ...]
    families: tuple[FamilyTruth, ...]

    @property
    def family_of(self) -> dict[str, FamilyTruth]:
        """The family of each missing person, by the person's id."""
        return {person: family for family in self.families for person in family.missing}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: a sample, or a missing person of whom there is none."""

    sample: str
    person: str
    missing: str
    family: str
    structure: str
    n_donors: int | str
    degraded: str
    n_loci: int | str
    n_dropped: int | str


def truth_table(truth: CaseTruth) -> str:
    """Return the truth as a CSV table.

    One line for each sample, blank in ``missing``, ``family``, ``structure`` and ``n_donors`` if it is nobody's; then
    one line for each missing person of whom there is no sample, blank in what concerns samples.
    """
    family_of = truth.family_of
    lines = []
    for sample in truth.samples:
        family = family_of.get(sample.missing) if sample.missing else None
        lines.append(
            _Line(
                sample.sample,
                sample.person,
                sample.missing or "",
                family.family if family else "",
                family.structure if family else "",
                family.n_donors if family else "",
                "yes" if sample.degraded else "no",
                sample.n_loci,
                sample.n_dropped,
            )
        )
    found = {sample.missing for sample in truth.samples}
    for person, family in family_of.items():
        if person not in found:
            lines.append(_Line("", person, person, family.family, family.structure, family.n_donors, "", "", ""))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(_Line)])
    writer.writerows(astuple(line) for line in lines)
    return text.getvalue()
