"""The specimens of individuals with what tells them apart, read for many individuals at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from homeward.web.casework.individuals import Association, Exclusion
from homeward.web.casework.one_source import Typed
from homeward.web.laboratory.observations import Measurement
from homeward.web.laboratory.profiles import Profile
from homeward.web.remains.specimens import Specimen

COMPARED = ("str", "mt")
USABLE = ("complete", "partial")
COLUMNS = ("code", "element", "side", "completeness", "zones", "condition", "age_stage", "accession_id")


@dataclass(frozen=True)
class Bone:
    """A specimen, and what was typed and measured of it."""

    code: str
    name: str
    element: str
    side: str
    completeness: str
    zones: frozenset[str]
    condition: str
    age_stage: str
    accession: str
    came_with: str
    typed: tuple[Typed, ...] = ()
    measured_mm: Mapping[str, float] = field(default_factory=dict)

    def of(self, system: str) -> list[Typed]:
        """Return what was typed of one system."""
        return [one for one in self.typed if one.system == system]


@dataclass(frozen=True, slots=True)
class Group:
    """The bones that are taken to be one person, and the pairs among them that were told apart."""

    bones: tuple[Bone, ...]
    apart: tuple[tuple[str, str], ...] = ()

    def name_of(self, code: str) -> str:
        """Return what a bone is called."""
        return next(bone.name for bone in self.bones if bone.code == code)


def groups_of(individuals: Collection[str]) -> dict[str, Group]:
    """Return the bones of individuals, by the code of the individual, with few questions however many there are."""
    members = dict(
        Association.objects.filter(individual__in=individuals, withdrawn="").values_list("specimen", "individual")
    )
    by_individual: dict[str, list[Bone]] = {code: [] for code in individuals}
    for bone in read_bones(members):
        by_individual[members[bone.code]].append(bone)
    apart = _apart(members)
    return {
        code: Group(tuple(found), tuple(pair for pair in apart if members[pair[0]] == members[pair[1]] == code))
        for code, found in by_individual.items()
    }


def group_with(individual: str, specimens: Collection[str]) -> Group:
    """Return the bones of an individual as they would be with further specimens."""
    present = Association.objects.filter(individual=individual, withdrawn="").values_list("specimen", flat=True)
    codes = [*dict.fromkeys([*present, *specimens])]
    return Group(tuple(read_bones(codes)), tuple(_apart(codes)))


def read_bones(codes: Iterable[str]) -> list[Bone]:
    """Return specimens with what tells them apart, in the order of their codes."""
    codes = list(codes)
    typed, measured = _typed(codes), _measured(codes)
    specimens = Specimen.objects.filter(pk__in=codes).order_by("pk")
    columns = (
        *COLUMNS,
        "provenance_1",
        "provenance_2",
        "designator",
        "accession__number",
        "accession__transfer_case__handover_id",
        "accession__transfer_case__find__site_id",
    )
    return [
        Bone(
            code=code,
            name=_name(number, *parts, side, element),
            element=element,
            side=side,
            completeness=completeness,
            zones=frozenset(zones.split()),
            condition=condition,
            age_stage=age_stage,
            accession=accession,
            came_with=handover or site or "",
            typed=typed.get(code, ()),
            measured_mm=measured.get(code, {}),
        )
        for (
            code,
            element,
            side,
            completeness,
            zones,
            condition,
            age_stage,
            accession,
            *parts,
            number,
            handover,
            site,
        ) in specimens.values_list(*columns)
    ]


def _name(*parts: str) -> str:
    """What a bone is called in a sentence: accession, designation, side and element."""
    *designation, side, element = parts
    sided = f"{side} {element}" if side in {"left", "right"} else element
    return f"{sided} {' '.join(part for part in designation if part)}"


def _typed(codes: Collection[str]) -> dict[str, tuple[Typed, ...]]:
    """What was typed of specimens and can be compared; where there is a consensus, that alone."""
    usable = Q(system__in=COMPARED, quality__in=USABLE, withdrawn="", suspicion="", sample__withdrawn="")
    rows = Profile.objects.filter(usable, sample__specimen__in=codes).order_by("pk")
    found: dict[tuple[str, str], list[tuple[bool, Typed]]] = {}
    for specimen, system, alleles, regions, is_consensus in rows.values_list(
        "sample__specimen_id", "system", "alleles", "regions", "is_consensus"
    ):
        found.setdefault((specimen, system), []).append((is_consensus, Typed(system, alleles, regions)))
    by_specimen: dict[str, tuple[Typed, ...]] = {}
    for (specimen, _), several in found.items():
        agreed = any(is_consensus for is_consensus, _ in several)
        kept = tuple(typed for is_consensus, typed in several if is_consensus or not agreed)
        by_specimen[specimen] = (*by_specimen.get(specimen, ()), *kept)
    return by_specimen


def _measured(codes: Collection[str]) -> dict[str, dict[str, float]]:
    """Measurements of specimens, the first of each where several people measured."""
    found: dict[str, dict[str, float]] = {}
    rows = Measurement.objects.filter(specimen__in=codes, withdrawn="").order_by("pk")
    for specimen, measure, value in rows.values_list("specimen_id", "measure", "value"):
        found.setdefault(specimen, {}).setdefault(measure, float(value))
    return found


def _apart(codes: Collection[str]) -> list[tuple[str, str]]:
    """The pairs among specimens that were told apart."""
    pairs = Exclusion.objects.filter(first__in=codes, second__in=codes, withdrawn="").order_by("pk")
    return list(dict.fromkeys(pairs.values_list("first_id", "second_id")))
