"""Writing measured bones: the columns of OsteoSort and ARDS, and tidy tables."""

from __future__ import annotations

import numpy as np

from homeward.formats.case_csv import format_csv
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Specimens


def osteosort_csv(specimens: Specimens) -> bytes:
    """Return bones as a case file of OsteoSort and ARDS: id, Side, Element, and a column for each measurement.

    Elements and sides are written as in its own example ("Os_coxa", "Left"); what was not taken is left blank.
    """
    return format_csv(
        {
            "id": specimens.ids,
            "Side": [side.capitalize() for side in specimens.sides],
            "Element": [element.replace(" ", "_").capitalize() for element in specimens.elements],
            **_columns(specimens, blank=""),
        }
    )


def tidy_csv(specimens: Specimens) -> bytes:
    """Return bones with one measurement on each line: id, side, element, measurement, value_mm.

    Groups, if there are any, are a further column. A bone without any measurement has no line.
    """
    rows, columns = np.nonzero(specimens.taken)
    table = {
        "id": [specimens.ids[i] for i in rows],
        "side": [str(specimens.sides[i]) for i in rows],
        "element": [specimens.elements[i] for i in rows],
        "measurement": [specimens.codes[j] for j in columns],
        "value_mm": [_number(value) for value in specimens.measurements_mm[rows, columns].tolist()],
    }
    if specimens.groups:
        table["group"] = [specimens.groups[i] for i in rows]
    return format_csv(table)


def reference_csv(reference: ReferenceSample) -> bytes:
    """Return a reference collection as OsteoSort has it: as a case file, with Stature (cm), Sex and Ancestry."""
    bones = reference.specimens
    return format_csv(
        {
            "id": reference.persons,
            "Side": [str(side) for side in bones.sides],
            "Element": [element.replace(" ", "_") for element in bones.elements],
            "Stature": [_number(value) if value == value else "NA" for value in reference.stature_cm.tolist()],
            "Sex": reference.sexes,
            "Ancestry": reference.ancestries,
            **_columns(bones, blank="NA"),
        }
    )


def _columns(specimens: Specimens, *, blank: str) -> dict[str, list[str]]:
    """Return the measurements as text, a column for each code."""
    return {
        code: [blank if value != value else _number(value) for value in specimens.measurements_mm[:, j].tolist()]
        for j, code in enumerate(specimens.codes)
    }


def _number(value: float) -> str:
    """Write a number so that the same one is read again."""
    return str(int(value)) if value.is_integer() else repr(value)
