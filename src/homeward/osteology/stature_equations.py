"""Published stature equations, as they were printed: stature = slope x length + intercept."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import NormalDist

from homeward.core.errors import InputError, Problem
from homeward.osteology.stature_choices import CM_PER_INCH

LENGTHS = ("Hum_01", "Rad_01", "Uln_01", "Fem_01", "Tib_01", "Fib_01")
"""Maximum lengths of the long bones of the limbs; Tib_01 is from the lateral condyle to the tip of the malleolus."""
TIBIA = "Tib_01"


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One printed equation.

    names: what a set of equations is asked for by; a line that was reprinted has several.
    source, group, sample, sex: publication, the group and people it was made from in the words of the authors, "m" or
        "f".
    measurements: codes of the lengths that are added up.
    slope, intercept, error: as printed, in its units: stature_unit ("cm" or "in") for each length_unit ("cm" or "mm").
    error_is_half_of_90: the printed error is half of a 90 % interval; otherwise a standard error of estimate.
    n: people it was made from, None where not known here.
    subtract_cm: taken off the result, as the authors say, to come from the dead body to living stature.
    tibia_without_malleolus: the authors measured the tibia without its malleolus, though they said otherwise.
    verified: how its figures came here; "recalled" means to be checked against the paper before casework.
    note: what else must be known of it.
    """

    names: tuple[str, ...]
    source: str
    group: str
    sample: str
    sex: str
    measurements: tuple[str, ...]
    slope: float
    intercept: float
    stature_unit: str
    length_unit: str
    error: float
    error_is_half_of_90: bool
    n: int | None
    subtract_cm: float
    tibia_without_malleolus: bool
    verified: str
    note: str

    @property
    def error_sd_cm(self) -> float:
        """The standard deviation of the error in centimetres."""
        sd = self.error / NormalDist().inv_cdf(0.95) if self.error_is_half_of_90 else self.error
        return sd * self._cm_per_unit

    @property
    def _cm_per_unit(self) -> float:
        return CM_PER_INCH if self.stature_unit == "in" else 1.0

    def stature_cm(self, length_mm: float) -> float:
        """Return living stature in centimetres for a length, or a sum of lengths, in millimetres."""
        length = length_mm / 10.0 if self.length_unit == "cm" else length_mm
        return (self.slope * length + self.intercept) * self._cm_per_unit - self.subtract_cm

    def printed(self) -> str:
        """Return the equation as it stands in the publication."""
        decimals = 5 if self.length_unit == "mm" else 2
        lengths = " + ".join(self.measurements)
        return f"{self.slope:.{decimals}f} ({lengths}) + {self.intercept:g} ± {self.error:g} {self.stature_unit}"


@cache
def published_lines() -> tuple[PublishedLine, ...]:
    """Return all equations that come with Homeward."""
    text = (files("homeward.osteology") / "data" / "stature_equations.csv").read_text(encoding="utf-8")
    return tuple(
        PublishedLine(
            names=tuple(row["names"].split()),
            source=row["source"],
            group=row["group"],
            sample=row["sample"],
            sex=row["sex"],
            measurements=tuple(row["measurements"].split("+")),
            slope=float(row["slope"]),
            intercept=float(row["intercept"]),
            stature_unit=row["stature_unit"],
            length_unit=row["length_unit"],
            error=float(row["error"]),
            error_is_half_of_90=row["error_kind"] != "se",
            n=int(row["n"]) if row["n"] else None,
            subtract_cm=float(row["subtract_cm"]),
            tibia_without_malleolus=row["tibia"] == "without",
            verified=row["verified"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def choose_lines(name: str, *, group: str | None, sex: str | None) -> tuple[PublishedLine, ...]:
    """Return the equations of one publication for one group and sex.

    Parameters
    ----------
    name : str
        Such as "trotter-gleser-1958".
    group, sex : str or None
        Needed where the publication has several. Homeward never guesses them.

    Raises
    ------
    InputError
        There is no such set, or it has several groups or sexes and none of them was chosen; says what there is.
    """
    lines = [line for line in published_lines() if name in line.names]
    if not lines:
        known = ", ".join(sorted({one for line in published_lines() for one in line.names}))
        raise InputError(Problem(f"There are no equations '{name}'.", "--equations", f"Known are: {known}."))
    kinds = sorted({(line.group, line.sex) for line in lines})
    chosen = [(g, s) for g, s in kinds if group in (None, g) and sex in (None, s)]
    if len(chosen) != 1:
        raise InputError(
            Problem(
                what=f"{name} has equations for {', '.join(f'{g} {s}' for g, s in kinds)}; one of them must be chosen.",
                where="--group and --sex",
                fix="Name group and sex. Where they are not known, fit a regression to a reference of the people in "
                "question instead.",
            )
        )
    return tuple(line for line in lines if (line.group, line.sex) == chosen[0])


def tibia_refusal(line: PublishedLine) -> str:
    """Return why a line for a tibia without malleolus cannot be used with Tib_01."""
    return (
        f"The tibia of {line.source} was measured without its malleolus, though the text says otherwise (Jantz, Hunt & "
        f"Meadows 1995, J. Forensic Sci. 40:758). {TIBIA} is measured with it and is about 10 to 12 mm longer: the "
        "line would give about 2.5 cm too much."
    )
