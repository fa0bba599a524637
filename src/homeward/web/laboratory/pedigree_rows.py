"""Families of the record as pedigrees, with who is missing in them and who gave a sample."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.roll.families import Donor, Relative
from homeward.web.roll.people import MissingPerson, Status

SEXES = {"male": Sex.MALE, "female": Sex.FEMALE, "unknown": Sex.UNKNOWN}
OPEN = frozenset({"unaccounted", "reopened", "non-recoverable"})
"""Statuses of people whose remains are still looked for."""


@dataclass(frozen=True, slots=True)
class RelativeRow:
    """One person of a pedigree. name: the code of the line of the roll for the missing, else their own."""

    code: str
    name: str
    sex: Sex
    father: str | None
    mother: str | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """The people of one family, by code. sought: codes of those who are missing and unaccounted for."""

    code: str
    people: dict[str, RelativeRow] = field(default_factory=dict)
    sought: set[str] = field(default_factory=set)

    def pedigree(self) -> Pedigree:
        """Return the pedigree.

        Raises
        ------
        InputError
            It is not possible.
        """
        people = self.people.values()
        return build_pedigree(
            [one.name for one in people],
            {one.name: one.sex for one in people},
            {one.name: self.people[one.father].name for one in people if one.father in self.people},
            {one.name: self.people[one.mother].name for one in people if one.mother in self.people},
            where=f"family {self.code}",
        )


def read_families(user: User, families: Collection[str] | None = None) -> dict[str, FamilyRows]:
    """Return the families that a user may see, by code: some of them, or all if ``None``."""
    rows = visible(user, Relative).filter(withdrawn="").order_by("family_id", "pk")
    if families is not None and len(families) <= MANY:
        rows = rows.filter(family__in=list(families))
    found: dict[str, FamilyRows] = {}
    columns = ("family_id", "pk", "sex", "father_id", "mother_id", "missing_id")
    for family, code, sex, father, mother, missing in rows.values_list(*columns):
        if families is None or family in families:
            one = RelativeRow(code, missing or code, SEXES[sex], father, mother, missing)
            found.setdefault(family, FamilyRows(family)).people[code] = one
    missing_codes = {one.missing for rows in found.values() for one in rows.people.values() if one.missing}
    sought = unaccounted(user, missing_codes)
    for family_rows in found.values():
        family_rows.sought.update(one.code for one in family_rows.people.values() if one.missing in sought)
    return found


def unaccounted(user: User, codes: Collection[str] | None = None, *, calamity: str = "") -> set[str]:
    """Return which of the missing are not accounted for, by their last status; without any, somebody is not.

    Parameters
    ----------
    codes : collection of str
        Of missing people; all if ``None``.
    calamity : str
        Only those of this war or disaster.
    """
    missing = visible(user, MissingPerson).filter(withdrawn="")
    statuses = visible(user, Status).filter(withdrawn="")
    if calamity:
        missing, statuses = missing.filter(calamity=calamity), statuses.filter(missing__calamity=calamity)
    if codes is not None and len(codes) <= MANY:
        missing, statuses = missing.filter(pk__in=list(codes)), statuses.filter(missing__in=list(codes))
    last = dict(statuses.order_by("happened_earliest", "order", "pk").values_list("missing_id", "kind"))
    standing = missing.values_list("pk", flat=True).order_by()
    return {code for code in standing if (codes is None or code in codes) and last.get(code, "unaccounted") in OPEN}


def donors_of(user: User, families: Mapping[str, FamilyRows]) -> dict[str, str]:
    """Return the relative that each donor is, by code of the donor, for donors of these families."""
    people = {code for rows in families.values() for code in rows.people}
    rows = visible(user, Donor).filter(withdrawn="").order_by()
    if len(people) <= MANY:
        rows = rows.filter(relative__in=list(people))
    return {donor: relative for donor, relative in rows.values_list("pk", "relative_id") if relative in people}
