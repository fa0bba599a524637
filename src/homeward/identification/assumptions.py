"""What a result takes for granted of its case, in sentences: independent loci, and the population."""

from __future__ import annotations

from homeward.genetics.case import Case
from homeward.genetics.linkage.recombination import Linkage
from homeward.identification.linked_loci import is_mapped


def assumption_notes(case: Case) -> list[str]:
    """Say what was assumed by a computation that takes all loci as independent and knows one population.

    Nothing is said of linkage where the case has neither map positions nor recombination fractions nor a map function,
    or where it switches linkage off; nothing of populations where it names none.
    """
    panel, notes = case.panel, []
    has_map = panel.recombination or any(map(is_mapped, panel.loci))
    if panel.linkage is not Linkage.NONE and (panel.linkage or has_map):
        notes.append("All loci were taken as independent: linkage counts in 'homeward kinship' only.")
    if case.population:
        others = [one.name for one in case.populations if one.name != case.population]
        beside = f"; the case also has {', '.join(others)}" if others else ""
        notes.append(f"Worked out with the frequencies of the population {case.population}{beside}.")
    return notes
