"""The panel: loci, their alleles, population frequencies and mutation models."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.alleles import MISSING, SILENT_ALLELE, UNKNOWN_ALLELE
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel, transmission_matrix

SUM_TOLERANCE = 5e-4
"""How far frequencies may be from summing to one: twenty alleles printed to four decimals can be this far off."""


@dataclass(frozen=True, slots=True, eq=False)
class Locus:
    """One marker: its alleles, how common they are and how they mutate.

    alleles: names as text ("9.3"); n of them, each once.
    frequencies: (n,) float64, dimensionless, in (0, 1], summing to one together with ``silent_frequency``.
    female_mutation, male_mutation: by the sex of the transmitting parent.
    chromosome: name, or None where it was not given.
    database_size: number of alleles counted for the frequencies, or None.
    dropout_probability: probability that an allele of a profile marked for dropout is not seen, in [0, 1).
    minimum_frequency: rare alleles are raised to this ("minor allele frequency" in Familias), in [0, 1).
    silent_frequency: of all alleles that the typing does not show (null alleles), taken together as one, in [0, 1).
    """

    name: str
    alleles: tuple[str, ...]
    frequencies: FloatArray
    female_mutation: MutationModel = NO_MUTATION
    male_mutation: MutationModel = NO_MUTATION
    chromosome: str | None = None
    database_size: int | None = None
    dropout_probability: float = 0.0
    minimum_frequency: float = 0.0
    silent_frequency: float = 0.0

    @property
    def is_x_linked(self) -> bool:
        """Whether males carry one allele; see :func:`is_x_linked`."""
        return is_x_linked(self.name, self.chromosome)

    @property
    def silent_code(self) -> int | None:
        """Code of the silent allele, which follows those of the others; None if there is none."""
        return len(self.alleles) if self.silent_frequency > 0 else None

    def allele_name(self, code: int) -> str:
        """Return the name of an allele by code; the silent one is called "silent", a missing one "?"."""
        if code == MISSING:
            return UNKNOWN_ALLELE
        return SILENT_ALLELE if code == len(self.alleles) else self.alleles[code]

    def code(self, allele: str) -> int:
        """Return the code (position) of an allele by name; raises ValueError if the locus does not have it."""
        if allele == SILENT_ALLELE and self.silent_code is not None:
            return self.silent_code
        return self.alleles.index(allele)

    def frequency(self, allele: str) -> float:
        """Return the frequency of an allele by name, the silent one included; ValueError if it is not there."""
        code = self.code(allele)
        return self.silent_frequency if code == self.silent_code else float(self.frequencies[code])

    def transmission(self) -> tuple[FloatArray, FloatArray]:
        """Return the female and the male transmission matrix, each (n, n), not to be written to.

        The silent allele is not among them: no model changes it into another, or another into it, as in Familias.
        """
        return _transmission(self)


def is_x_linked(name: str, chromosome: str | None) -> bool:
    """Whether males carry one allele of a locus; amelogenin, which is on X and Y, has two."""
    return chromosome == "X" and not name.lower().startswith("amel")


@lru_cache(maxsize=2048)
def _transmission(locus: Locus) -> tuple[FloatArray, FloatArray]:
    where = f"locus {locus.name}"
    models, frequencies = [locus.female_mutation, locus.male_mutation], locus.frequencies
    if locus.silent_frequency > 0:
        total = float(np.sum(frequencies))
        frequencies = frequencies / total
        # The rate of this model is that of all alleles: those that can mutate have to do it for the silent one too.
        models = [replace(m, rate=m.rate / total) if m.kind is MutationKind.PROPORTIONAL else m for m in models]
    female, male = (
        transmission_matrix(model, locus.alleles, frequencies, where=f"{where}, {sex}")
        for model, sex in zip(models, ("female", "male"), strict=True)
    )
    female.flags.writeable = male.flags.writeable = False
    return female, male


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The loci of a case, in order.

    theta: co-ancestry coefficient, dimensionless, in [0, 1).
    database: name of the frequency database, or "".
    """

    loci: tuple[Locus, ...]
    theta: float = 0.0
    database: str = ""
    _index: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {locus.name: i for i, locus in enumerate(self.loci)})

    def __len__(self) -> int:
        return len(self.loci)

    def __contains__(self, name: str) -> bool:
        return name in self._index

    def position(self, name: str) -> int:
        """Return the position of a locus by name; raises KeyError if the panel does not have it."""
        return self._index[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the loci, in order."""
        return tuple(locus.name for locus in self.loci)


def check_theta(theta: float, *, where: str = "theta") -> None:
    """Raise InputError unless a co-ancestry coefficient is in [0, 1)."""
    if not 0.0 <= theta < 1.0:
        fix = "Give the co-ancestry coefficient (FST) of the population, 0 for none; 0.01 to 0.03 are usual."
        raise InputError(Problem(f"Theta {theta:g} is not in [0, 1).", where, fix))


def check_panel(panel: Panel, *, where: str) -> None:
    """Raise one InputError that lists theta and every locus whose frequencies or mutation model cannot be used."""
    log = ProblemLog()
    with log.collecting():
        check_theta(panel.theta, where=where)
    seen: set[str] = set()
    for locus in panel.loci:
        at = f"{where}, locus {locus.name}"
        if locus.name in seen:
            log.add(f"The locus {locus.name} is listed twice.", where=at, fix="Keep one of the two.")
        seen.add(locus.name)
        for allele in {a for a in locus.alleles if locus.alleles.count(a) > 1}:
            log.add(f"Allele {allele} is listed twice.", where=at, fix="Keep one frequency for each allele.")
        for allele, frequency in zip(locus.alleles, locus.frequencies, strict=True):
            if not 0.0 < frequency <= 1.0:
                fix = "Percentages must be divided by 100; leave out alleles that were never seen."
                log.add(f"Frequency {frequency:g} is outside (0, 1].", where=f"{at}, allele {allele}", fix=fix)
        if not 0.0 <= locus.silent_frequency < 1.0:
            log.add(
                f"The frequency of the silent allele, {locus.silent_frequency:g}, is outside [0, 1).",
                where=at,
                fix="Give a frequency such as 0.001, or 0 for none.",
            )
        total = float(np.sum(locus.frequencies)) + locus.silent_frequency
        silent = " with the silent allele" if locus.silent_frequency > 0 else ""
        if abs(total - 1.0) > SUM_TOLERANCE:
            log.add(
                f"The frequencies sum to {total:.6g}{silent}, not to 1.",
                where=at,
                fix="Complete the table, add a rest allele, or ask for rescaling (--rescale-frequencies).",
            )
        with log.collecting():
            locus.transmission()
    log.raise_if_any()
