"""From the record to the containers of the science: chosen samples and families as one case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import InputError, ProblemLog
from homeward.formats.missing_ids import missing_ids
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Case, Family
from homeward.genetics.case import MissingPerson as Sought
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.web.accounts.models import User
from homeward.web.casework.individuals import Association
from homeward.web.journal.access import visible
from homeward.web.journal.keeping import require
from homeward.web.laboratory.chosen_profiles import MANY, Chosen, LeftOut, choose_profiles
from homeward.web.laboratory.coded_lines import alleles_seen, code_lines, split_profiles
from homeward.web.laboratory.panel_choice import PanelChoice, panel_for
from homeward.web.laboratory.pedigree_rows import FamilyRows, donors_of, read_families
from homeward.web.laboratory.profiles import VIEW_PROFILES
from homeward.web.remains.specimens import Sample
from homeward.web.roll.families import VIEW_FAMILIES

STANDARD = PanelChoice()


@dataclass(frozen=True, slots=True)
class RecordCase:
    """A case that was built from the record.

    set_aside: what was asked for and is not in it, and why.
    used: the profiles that it rests on.
    sample_owners: for each sample of the case, the samples of the record in it, by code.
    """

    case: Case
    set_aside: tuple[LeftOut, ...]
    used: tuple[Chosen, ...]
    sample_owners: Mapping[str, tuple[str, ...]]


def case_from_record(
    user: User,
    *,
    samples: Collection[str] | None = None,
    families: Collection[str] | None = None,
    choice: PanelChoice = STANDARD,
    title: str = "From the record",
    synthetic: bool = False,
    with_staff: bool = True,
    with_suspected: bool = False,
) -> RecordCase:
    """Return chosen samples and families with their profiles; codes of the record are the names in the case.

    Samples whose specimens were put together into one individual are one sample of the case, named by the individual.
    A family is in it if somebody of it is sought and a relative's profile may be used.

    Parameters
    ----------
    user : User
        Only what this user may see is there; needs to see profiles and families.
    samples, families : collection of str
        Codes; all if ``None``.
    choice : PanelChoice
        Whose frequencies to use.
    with_staff : bool
        Put the profiles of staff beside, to tell contamination.
    with_suspected : bool
        Take suspected profiles like others, to find out what is wrong with them.

    Raises
    ------
    PermissionDenied
        The user may not see profiles, or families.
    InputError
        The panel cannot be made.
    """
    require(user, VIEW_PROFILES)
    require(user, VIEW_FAMILIES)
    rows = read_families(user, families)
    relative_of = donors_of(user, rows)
    chosen = choose_profiles(
        user, samples=samples, donors=relative_of.keys(), with_staff=with_staff, with_suspected=with_suspected
    )
    owners = list(chosen.profiles)
    lines = split_profiles([chosen.profiles[owner].text for owner in owners])
    panel = panel_for(choice, alleles_seen(lines))
    alleles, sexes = code_lines(lines, panel.panel)
    coded = _Coded({owner: row for row, owner in enumerate(owners)}, alleles, sexes)
    set_aside = list(chosen.left_out)
    made, members, notes = _samples(coded, _groups(user, coded.codes("sample")), set_aside)
    by_relative = {relative_of[donor]: coded.row_of[f"donor:{donor}"] for donor in sorted(coded.codes("donor"))}
    built = _families(rows, by_relative, coded, made.ids, set_aside)
    if panel.without_frequencies:
        names = ", ".join(panel.without_frequencies)
        notes.append(f"There are no frequencies of {names} in {panel.panel.database}; these loci were not used.")
    case = Case(
        title=title,
        panel=panel.panel,
        samples=made,
        families=built,
        sample_members=tuple(members[name] for name in made.ids),
        notes=(*panel.notes, *notes),
        source=panel.source,
        synthetic=synthetic,
        elimination=coded.profiles(sorted(coded.codes("staffmember")), "staffmember"),
    )
    return RecordCase(case, tuple(set_aside), tuple(chosen.profiles.values()), members)


@dataclass(frozen=True, slots=True)
class _Coded:
    """The chosen profiles as arrays, and whose row is which."""

    row_of: Mapping[str, int]
    alleles: IntArray
    sexes: IntArray

    def codes(self, noun: str) -> list[str]:
        """The codes of the owners of one noun that have any locus of the panel."""
        typed = (self.alleles[:, :, 0] != MISSING).any(axis=1) if self.alleles.size else np.zeros(len(self.row_of))
        of = [(owner.partition(":"), row) for owner, row in self.row_of.items()]
        return [code for (found, _, code), row in of if found == noun and typed[row]]

    def profiles(self, codes: Sequence[str], noun: str) -> Profiles:
        """The profiles of owners of one noun."""
        rows = [self.row_of[f"{noun}:{code}"] for code in codes]
        n_loci = self.alleles.shape[1]
        return make_profiles(tuple(codes), n_loci, sex=self.sexes[rows], alleles=self.alleles[rows])


def _groups(user: User, samples: Sequence[str]) -> dict[str, list[str]]:
    """The samples of each individual, and each other sample alone, by what they are called in the case."""
    rows = visible(user, Sample).order_by()
    if len(samples) <= MANY:
        rows = rows.filter(pk__in=samples)
    specimen_of = dict(rows.values_list("pk", "specimen_id"))
    associations = visible(user, Association).filter(withdrawn="").order_by()
    individual_of = dict(associations.values_list("specimen_id", "individual_id"))
    groups: dict[str, list[str]] = {}
    for sample in sorted(set(samples) & specimen_of.keys()):
        groups.setdefault(individual_of.get(specimen_of[sample], sample), []).append(sample)
    return groups


def _samples(
    coded: _Coded, groups: Mapping[str, Sequence[str]], set_aside: list[LeftOut]
) -> tuple[Profiles, dict[str, tuple[str, ...]], list[str]]:
    """One row for each group, its members, and notes on what they disagree about."""
    n_loci = coded.alleles.shape[1]
    names, notes = sorted(groups), list[str]()
    alleles = np.full((len(names), n_loci, 2), MISSING, dtype=np.int16)
    sexes = np.full(len(names), Sex.UNKNOWN, dtype=np.int8)
    for place, name in enumerate(names):
        rows = [coded.row_of[f"sample:{sample}"] for sample in groups[name]]
        alleles[place], n_apart = _together(coded.alleles[rows])
        shown = {int(sex) for sex in coded.sexes[rows]} - {int(Sex.UNKNOWN)}
        sexes[place] = shown.pop() if len(shown) == 1 else Sex.UNKNOWN
        if n_apart:
            notes.append(f"Samples of {name} disagree at {n_apart} loci; these were left out.")
    kept = [place for place in range(len(names)) if (alleles[place, :, 0] != MISSING).any()]
    apart = sorted(set(range(len(names))) - set(kept))
    set_aside += [LeftOut(f"individual:{names[place]}", "Its samples agree at no locus.") for place in apart]
    ids = tuple(names[place] for place in kept)
    made = make_profiles(ids, n_loci, sex=sexes[kept], alleles=alleles[kept])
    return made, {name: tuple(groups[name]) for name in ids}, notes


def _together(alleles: IntArray) -> tuple[IntArray, int]:
    """One genotype for each locus of several typings (k, n_loci, 2), untyped where they differ, and at how many."""
    if len(alleles) == 1:
        return alleles[0], 0
    made = np.full(alleles.shape[1:], MISSING, dtype=np.int16)
    n_apart = 0
    for locus in range(alleles.shape[1]):
        seen = {(int(a), int(b)) for a, b in alleles[:, locus] if a != MISSING}
        whole = {pair for pair in seen if pair[1] != MISSING} or seen
        if len(whole) == 1:
            pair = next(iter(whole))
            if all(one[0] in pair for one in seen):
                made[locus] = pair
                continue
        n_apart += bool(seen)
    return made, n_apart


def _families(
    rows: Mapping[str, FamilyRows],
    by_relative: Mapping[str, int],
    coded: _Coded,
    samples: Collection[str],
    set_aside: list[LeftOut],
) -> tuple[Family, ...]:
    """The families in which somebody is sought and a relative is typed; the others are set aside."""
    usable: dict[str, Pedigree] = {}
    for code, family in rows.items():
        if reason := _why_not(family, by_relative):
            set_aside.append(LeftOut(f"family:{code}", reason))
            continue
        try:
            usable[code] = family.pedigree()
        except InputError as error:
            set_aside.append(LeftOut(f"family:{code}", " ".join(problem.what for problem in error.problems)))
    named = [(code, rows[code].people[one].name) for code in usable for one in sorted(rows[code].sought)]
    log = ProblemLog()
    ids = dict(zip(named, missing_ids(named, samples, where="the record", log=log), strict=True))
    log.raise_if_any()
    return tuple(_family(rows[code], pedigree, by_relative, coded, ids) for code, pedigree in usable.items())


def _why_not(family: FamilyRows, by_relative: Mapping[str, int]) -> str:
    """Why a family cannot be searched for; empty if it can."""
    if not family.sought:
        return "Nobody of it is unaccounted for."
    if not any(code in by_relative and code not in family.sought for code in family.people):
        return "There is no profile of a relative that may be used."
    return ""


def _family(
    rows: FamilyRows,
    pedigree: Pedigree,
    by_relative: Mapping[str, int],
    coded: _Coded,
    ids: Mapping[tuple[str, str], str],
) -> Family:
    """One family with the profiles of its relatives; the missing are untyped."""
    alleles = np.full((len(pedigree), coded.alleles.shape[1], 2), MISSING, dtype=np.int16)
    position = {name: place for place, name in enumerate(pedigree.ids)}
    for code, one in rows.people.items():
        if code in by_relative and code not in rows.sought:
            alleles[position[one.name]] = coded.alleles[by_relative[code]]
    profiles = make_profiles(pedigree.ids, coded.alleles.shape[1], sex=pedigree.sex, alleles=alleles)
    people = [rows.people[code].name for code in sorted(rows.sought)]
    sought = tuple(Sought(ids[rows.code, name], position[name]) for name in people)
    return Family(rows.code, pedigree, profiles, sought)
