"""Looking after quality: each new profile is compared with those of staff, with all others, and with its family."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from homeward.core.arrays import IntArray
from homeward.web.journal.models import Entry
from homeward.web.laboratory.alleles import loci_in_common, read_typing, sex_shown
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.laboratory.coded_lines import split_profiles
from homeward.web.laboratory.profiles import TYPED, Profile, System
from homeward.web.laboratory.sentinel_rules import RULES
from homeward.web.laboratory.suspicions import Suspicion, SuspicionKind
from homeward.web.laboratory.unrelated import SampleFacts, sample_facts, why_unrelated
from homeward.web.roll.families import Donor, Relative

TELLING = frozenset({"alleles", "sample", "donor", "staff", "quality", "withdrawn"})
"""Columns of a profile whose change makes it another profile, as far as comparing goes."""


@dataclass(frozen=True, slots=True)
class Owned:
    """One profile that stands, and what it is of; consensus and typing of one sample have one owner."""

    code: str
    owner: str
    text: str

    @property
    def noun(self) -> str:
        """Sample, donor or member of staff."""
        return self.owner.partition(":")[0]

    @property
    def of(self) -> str:
        """Code of what it is of."""
        return self.owner.partition(":")[2]


def compare_new_profiles(entries: Sequence[Entry]) -> None:
    """Compare the profiles that lines of the journal have just entered or changed, in their transaction."""
    codes = {entry.code for entry in entries if entry.noun == "profile" and entry.version and _is_telling(entry)}
    if codes:
        find_suspicions(codes)


def _is_telling(entry: Entry) -> bool:
    """Whether a line makes a profile one that is to be compared anew."""
    return not entry.before or bool(TELLING & json.loads(entry.before).keys())


def find_suspicions(codes: Collection[str] | None = None) -> int:
    """Compare profiles with all others, and note what is suspicious; return how many things were noted.

    What was open about them is found anew or forgotten. What somebody cleared is not noted again.

    Parameters
    ----------
    codes : collection of str
        Of profiles; all if ``None``.
    """
    everybody = _standing()
    chosen = [place for place, one in enumerate(everybody) if codes is None or one.code in codes]
    _forget(codes)
    found = [*_alike(everybody, chosen), *_sexes(everybody, chosen), *_families(everybody, chosen)]
    cleared = set(Suspicion.objects.exclude(cleared="").values_list("profile_id", "other_id", "kind"))
    new = {(one.profile_id, one.other_id, one.kind): one for one in found}
    Suspicion.objects.bulk_create(
        [one for key, one in new.items() if key not in cleared], ignore_conflicts=True, batch_size=500
    )
    return len(new)


def _standing() -> list[Owned]:
    """Every autosomal profile of one person that stands, whoever may see it."""
    rows = Profile.objects.filter(system=System.STR, withdrawn="", quality__in=TYPED).order_by("pk")
    columns = rows.values_list("pk", "sample_id", "donor_id", "staff_id", "alleles")
    return [
        Owned(
            code,
            f"sample:{sample}" if sample else f"donor:{donor}" if donor else f"staffmember:{staff}",
            text,
        )
        for code, sample, donor, staff, text in columns
    ]


def _forget(codes: Collection[str] | None) -> None:
    """Take away what was open about profiles; what somebody cleared stays as it was about what they were then."""
    about = Suspicion.objects.filter(cleared="")
    if codes is None:
        about.delete()
        return
    wanted = sorted(codes)
    for start in range(0, len(wanted), MANY // 2):
        some = wanted[start : start + MANY // 2]
        about.filter(Q(profile__in=some) | Q(other__in=some)).delete()


def _genotype_numbers(everybody: Sequence[Owned]) -> IntArray:
    """(n, n_loci): a number for each genotype, -1 where not both alleles were read."""
    numbers: dict[str, int] = {}
    columns: dict[str, int] = {}
    lines = split_profiles([one.text for one in everybody])
    for line in sorted(set().union(*lines)):
        locus, *alleles = line.split(" ")
        if len(alleles) == 2 and "?" not in alleles:
            numbers[line] = columns.setdefault(locus, len(columns)) << 20 | len(numbers)
    made = np.full((len(everybody), len(columns)), -1, dtype=np.int64)
    for row, profile in enumerate(lines):
        for line in profile:
            if (number := numbers.get(line)) is not None:
                made[row, number >> 20] = number
    return made


def _pairs(everybody: Sequence[Owned], chosen: Iterable[int]) -> Iterator[tuple[int, int, int, int]]:
    """Profiles that are the same, with at how many loci, and those of one owner that differ, with at how many.

    Only who has a genotype of the chosen profile at a locus is looked at there: one in ten or fewer.
    """
    genotypes = _genotype_numbers(everybody)
    by_owner: dict[str, list[int]] = {}
    for place, one in enumerate(everybody):
        by_owner.setdefault(one.owner, []).append(place)
    who_has: dict[int, IntArray] = {}
    for place in chosen:
        own = [(column, int(number)) for column, number in enumerate(genotypes[place]) if number >= 0]
        for column, number in own:
            if number not in who_has:
                who_has[number] = np.flatnonzero(genotypes[:, column] == number)
        found = np.concatenate([who_has[number] for _, number in own]) if own else np.zeros(0, dtype=np.intp)
        same = np.bincount(found, minlength=len(everybody))
        alike = {int(other) for other in np.flatnonzero(same >= RULES.least_same_loci)}
        for other in sorted((alike | set(by_owner[everybody[place].owner])) - {place}):
            both = (genotypes[place] >= 0) & (genotypes[other] >= 0)
            n_apart = int(both.sum()) - int(same[other])
            if other in alike and n_apart <= RULES.most_different_loci:
                yield place, other, int(same[other]), 0
            elif n_apart >= RULES.least_apart_loci and everybody[other].owner == everybody[place].owner:
                yield place, other, 0, n_apart


def _alike(everybody: Sequence[Owned], chosen: Iterable[int]) -> Iterator[Suspicion]:
    """Profiles that are the same in two people or unrelated specimens, and typings of one sample that differ."""
    pairs = list(_pairs(everybody, chosen))
    facts = sample_facts({everybody[p].of for pair in pairs for p in pair[:2] if everybody[p].noun == "sample"})
    for first, second, n_same, n_apart in pairs:
        one, other = everybody[first], everybody[second]
        words = _words(one, other, n_same, n_apart, facts)
        if words is not None:
            kind, text = words
            for mine, theirs in ((one, other), (other, one)):
                # The profiles of staff themselves are what others are compared with.
                if mine.noun != "staffmember":
                    yield Suspicion(profile_id=mine.code, other_id=theirs.code, kind=kind, words=text)


def _words(
    one: Owned, other: Owned, n_same: int, n_apart: int, facts: dict[str, SampleFacts]
) -> tuple[SuspicionKind, str] | None:
    """What to note of two profiles, and in which words; ``None`` if nothing."""
    if n_apart:
        return SuspicionKind.REPEAT, f"Two typings of one {one.noun} differ at {n_apart} loci."
    if one.owner == other.owner:
        return None
    if "staffmember" in (one.noun, other.noun):
        return SuspicionKind.STAFF, f"The same as that of a member of staff at {n_same} loci."
    if one.noun == other.noun == "sample":
        why = why_unrelated(facts[one.of], facts[other.of])
        return (SuspicionKind.SAME, f"The same at {n_same} loci, but {why}.") if why else None
    people = "two donors" if one.noun == other.noun else "a donor and a specimen"
    return SuspicionKind.SAME, f"The same at {n_same} loci in {people}."


def _sexes(everybody: Sequence[Owned], chosen: Iterable[int]) -> Iterator[Suspicion]:
    """Donors whose amelogenin shows another sex than their entry gives."""
    donors = [everybody[place] for place in chosen if everybody[place].noun == "donor"]
    recorded = _in_parts(Donor, {one.of for one in donors}, "relative__sex")
    for one in donors:
        shown = sex_shown(read_typing(one.text))
        if shown and recorded.get(one.of) in ("male", "female") and shown != recorded[one.of]:
            words = f"Amelogenin shows a {shown}; the pedigree has a {recorded[one.of]}."
            yield Suspicion(profile_id=one.code, other=None, kind=SuspicionKind.SEX, words=words)


def _families(everybody: Sequence[Owned], chosen: Sequence[int]) -> Iterator[Suspicion]:
    """Donors who have too many loci without an allele in common with a typed parent or child."""
    donors = {everybody[place].of for place in chosen if everybody[place].noun == "donor"}
    families = set(_in_parts(Donor, donors, "relative__family_id").values())
    if not families:
        return
    relative_of: dict[str, str] = {}
    parents: dict[str, tuple[str | None, str | None]] = {}
    for some in _parts(families):
        rows = Donor.objects.filter(withdrawn="", relative__family__in=some)
        relative_of |= dict(rows.values_list("pk", "relative_id"))
        people = Relative.objects.filter(withdrawn="", family__in=some)
        parents |= {code: (father, mother) for code, father, mother in people.values_list("pk", "father", "mother")}
    typings: dict[str, list[Owned]] = {}
    for one in everybody:
        if one.noun == "donor" and one.of in relative_of:
            typings.setdefault(relative_of[one.of], []).append(one)
    wanted = {everybody[place].code for place in chosen}
    for child, both in parents.items():
        for word, parent in zip(("father", "mother"), both, strict=True):
            for one in typings.get(child, ()):
                for other in typings.get(parent or "", ()):
                    if wanted & {one.code, other.code}:
                        yield from _misfit(one, other, word)


def _misfit(child: Owned, parent: Owned, word: str) -> Iterator[Suspicion]:
    """What to note of a child and a parent."""
    first, second = read_typing(child.text), read_typing(parent.text)
    shared = list(loci_in_common(first, second))
    apart = [locus for locus in shared if not set(first[locus]) & set(second[locus])]
    if len(apart) > RULES.most_inconsistent_loci:
        words = f"No allele in common at {len(apart)} of {len(shared)} loci"
        kind = SuspicionKind.FAMILY
        text = f"{words} with the {word} in the pedigree."
        yield Suspicion(profile_id=child.code, other_id=parent.code, kind=kind, words=text)
        yield Suspicion(profile_id=parent.code, other_id=child.code, kind=kind, words=f"{words} with a child.")


def _parts(codes: Iterable[str]) -> Iterator[list[str]]:
    """Codes, as many at a time as one question may hold."""
    ordered = sorted(codes)
    return (ordered[start : start + MANY] for start in range(0, len(ordered), MANY))


def _in_parts(model: type[Donor], codes: Iterable[str], column: str) -> dict[str, str]:
    """One column of some rows, by code."""
    found: dict[str, str] = {}
    for some in _parts(codes):
        found |= dict(model.objects.filter(pk__in=some).values_list("pk", column))
    return found
