"""STR loci: their chromosomes, where they lie on genetic maps, and how often they were seen to mutate."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from homeward.genetics.pedigree import Sex

FILE = Path(__file__).parent / "str_loci.csv"

MUTATION_SOURCE: Final = (
    "Mutation rates: apparent mutations over meioses by sex of the parent, in the cumulative report of the AABB "
    "(American Association of Blood Banks), 2003, as printed in the textbooks."
)
LEAST_MEIOSES: Final = 10_000
"""A locus with fewer meioses counted takes the rate of all the others together: 0 in 330 says next to nothing."""


@dataclass(frozen=True, slots=True)
class StrLocus:
    """One locus as counted in families.

    mutations, meioses: numbers counted, by sex of the parent; a sex without figures is left out.
    position_cm: on the map that is averaged over the sexes, or None.
    female_position_cm, male_position_cm: on the maps of the sexes, or None.
    """

    name: str
    chromosome: str
    mutations: Mapping[Sex, int]
    meioses: Mapping[Sex, int]
    position_cm: float | None = None
    female_position_cm: float | None = None
    male_position_cm: float | None = None


@lru_cache(maxsize=1)
def str_loci() -> dict[str, StrLocus]:
    """Return the loci by name, in order of chromosome and position on it."""
    columns = {Sex.FEMALE: "female", Sex.MALE: "male"}
    loci = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counted = [sex for sex, column in columns.items() if row[f"{column}_meioses"]]
            loci[row["locus"]] = StrLocus(
                row["locus"],
                row["chromosome"],
                {sex: int(row[f"{columns[sex]}_mutations"]) for sex in counted},
                {sex: int(row[f"{columns[sex]}_meioses"]) for sex in counted},
                *(
                    float(row[f"{of}position_cm"]) if row[f"{of}position_cm"] else None
                    for of in ("", "female_", "male_")
                ),
            )
    return loci


def mutation_rate_per_meiosis(locus: str, sex: Sex) -> float:
    """Return the mutation rate of a locus by sex of the parent, to six decimals.

    A locus with fewer than ``LEAST_MEIOSES`` meioses counted for that sex takes all mutations of the other loci
    over all their meioses.
    """
    own = str_loci()[locus]
    counted = [own] if _is_counted(own, sex) else [other for other in str_loci().values() if _is_counted(other, sex)]
    rate = sum(of.mutations[sex] for of in counted) / sum(of.meioses[sex] for of in counted)
    return float(f"{rate:.6f}")


def _is_counted(locus: StrLocus, sex: Sex) -> bool:
    return locus.meioses.get(sex, 0) >= LEAST_MEIOSES
