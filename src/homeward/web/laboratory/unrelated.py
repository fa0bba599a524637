"""When the same profile in two specimens is no news: they are of one person, or can be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from homeward.osteology.catalogue import elements
from homeward.web.casework.individuals import Association, Exclusion
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.remains.accessions import Accession
from homeward.web.remains.specimens import Completeness, Sample, Side

WHOLE = frozenset({Completeness.COMPLETE, Completeness.MOST})


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What is known of the specimen that a sample was cut from.

    lot: what it came with: the handover, whose containers may share one person, else the accession.
    excluded: specimens that are of another person.
    """

    specimen: str
    lot: str
    element: str
    side: str
    is_whole: bool
    individual: str
    excluded: frozenset[str]


def sample_facts(samples: Collection[str]) -> dict[str, SampleFacts]:
    """Return the same of several samples, by code."""
    found: dict[str, SampleFacts] = {}
    ordered = sorted(samples)
    for start in range(0, len(ordered), MANY):
        some = ordered[start : start + MANY]
        rows = Sample.objects.filter(pk__in=some).select_related("specimen__accession__transfer_case")
        specimens = {row.specimen_id for row in rows}
        individual = dict(
            Association.objects.filter(withdrawn="", specimen__in=specimens).values_list("specimen", "individual")
        )
        pairs = Exclusion.objects.filter(withdrawn="", first__in=specimens).values_list("first", "second")
        excluded: dict[str, set[str]] = {}
        for first, second in pairs:
            excluded.setdefault(first, set()).add(second)
            excluded.setdefault(second, set()).add(first)
        for row in rows:
            bone = row.specimen
            found[row.code] = SampleFacts(
                bone.code,
                _lot(bone.accession),
                bone.element,
                bone.side,
                bone.completeness in WHOLE,
                individual.get(bone.code, ""),
                frozenset(excluded.get(bone.code, ())),
            )
    return found


def _lot(accession: Accession) -> str:
    """What remains came with."""
    case = accession.transfer_case
    if case is not None and case.handover_id:
        return f"handover:{case.handover_id}"
    return f"accession:{accession.code}"


def why_unrelated(first: SampleFacts, second: SampleFacts) -> str:
    """Return why two specimens should not have one profile; empty if they may."""
    if first.specimen == second.specimen or (first.individual and first.individual == second.individual):
        return ""
    if first.individual and second.individual:
        return "the specimens belong to two individuals"
    if second.specimen in first.excluded:
        return "the specimens were told apart"
    if _is_one_bone(first, second):
        return f"both are a whole {first.element}, {first.side}, of which nobody has two"
    if first.lot != second.lot:
        return "the specimens came in different handovers or accessions"
    return ""


def _is_one_bone(first: SampleFacts, second: SampleFacts) -> bool:
    """Whether both are one and the same whole bone of a body, of which there is one."""
    element = elements().get(first.element)
    if element is None or element.number_on_a_side != 1 or not (first.is_whole and second.is_whole):
        return False
    same = (first.element, first.side) == (second.element, second.side)
    return same and (not element.paired or first.side in (Side.LEFT, Side.RIGHT))
