"""Who is in the worked case: families, who is missing, who gave a sample, and whose remains were found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a family; parents stand before their children."""

    id: str
    sex: str
    father: str = ""
    mother: str = ""
    role: str = "none"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample from remains, and the truth about it: ``person`` is None if it is nobody's in these families."""

    id: str
    person: str | None
    sex: str
    remains_group: str
    site: str
    degraded: bool = False


FAMILIES: dict[str, tuple[Person, ...]] = {
    # Two brothers are missing; both parents are typed, whose DNA cannot tell one son from the other.
    "A": (
        Person("A-1", "male", role="reference"),
        Person("A-2", "female", role="reference"),
        Person("A-3", "male", "A-1", "A-2", "missing"),
        Person("A-4", "male", "A-1", "A-2", "missing"),
    ),
    # A father is missing; his wife and both children are typed.
    "B": (
        Person("B-1", "male", role="missing"),
        Person("B-2", "female", role="reference"),
        Person("B-3", "female", "B-1", "B-2", "reference"),
        Person("B-4", "male", "B-1", "B-2", "reference"),
    ),
    # A man is missing; his sister and brother have died, and only their children are typed.
    "C": (
        Person("C-1", "male"),
        Person("C-2", "female"),
        Person("C-3", "male", "C-1", "C-2", "missing"),
        Person("C-4", "female", "C-1", "C-2"),
        Person("C-5", "male"),
        Person("C-6", "female", "C-5", "C-4", "reference"),
        Person("C-7", "male", "C-1", "C-2"),
        Person("C-8", "female"),
        Person("C-9", "male", "C-7", "C-8", "reference"),
        Person("C-10", "female", "C-7", "C-8", "reference"),
    ),
    # First cousins D-7 and D-8 married; their son D-11 is missing. D-7 and D-11 each married twice.
    "D": (
        Person("D-1", "male"),
        Person("D-2", "female"),
        Person("D-3", "male", "D-1", "D-2"),
        Person("D-4", "female", "D-1", "D-2"),
        Person("D-5", "female"),
        Person("D-6", "male"),
        Person("D-7", "male", "D-3", "D-5"),
        Person("D-8", "female", "D-6", "D-4"),
        Person("D-9", "female"),
        Person("D-10", "male", "D-7", "D-9", "reference"),
        Person("D-11", "male", "D-7", "D-8", "missing"),
        Person("D-12", "male", "D-7", "D-8"),
        Person("D-13", "female"),
        Person("D-14", "female", "D-11", "D-13", "reference"),
        Person("D-15", "female"),
        Person("D-16", "male", "D-11", "D-15"),
        Person("D-17", "female"),
        Person("D-18", "female", "D-12", "D-17", "reference"),
    ),
    # Only the wife is typed: no DNA of anybody related by blood.
    "E": (
        Person("E-1", "male", role="missing"),
        Person("E-2", "female", role="reference"),
        Person("E-3", "male", "E-1", "E-2"),
    ),
}

SAMPLES: tuple[Sample, ...] = (
    Sample("R-01", "A-4", "male", "", "North slope"),
    Sample("R-02", "B-1", "unknown", "", "North slope", degraded=True),
    Sample("R-03", "D-11", "male", "G-03", "North slope"),
    Sample("R-04", None, "male", "", "River bank"),
    Sample("R-05", "A-3", "male", "", "North slope"),
    Sample("R-06", "C-3", "male", "", "River bank"),
    Sample("R-07", "D-11", "male", "G-03", "North slope"),
    Sample("R-08", "E-1", "male", "", "River bank"),
)
