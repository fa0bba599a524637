"""Which relatives inform which lineage of a missing person, as the pedigree has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.web.roll.families import Relative


@dataclass(frozen=True, slots=True)
class Lineages:
    """What a relative's profile can say of a missing person: mtDNA, Y chromosome, autosomal markers."""

    mt: bool = False
    y: bool = False
    autosomal: bool = False

    def __bool__(self) -> bool:
        return self.mt or self.y or self.autosomal

    @property
    def words(self) -> str:
        """The lineages in words; empty if there is none."""
        found = [name for name, informs in (("mt", self.mt), ("Y", self.y), ("autosomal", self.autosomal)) if informs]
        return ", ".join(found)


class Pedigree:
    """The parents of each relative of one family."""

    def __init__(self, relatives: Iterable[Relative]) -> None:
        self.relatives: Mapping[str, Relative] = {relative.code: relative for relative in relatives}

    def informs(self, code: str, missing: str) -> Lineages:
        """Return what one relative can say of another; of themselves everything, if they were typed.

        mt: both have a common ancestor through mothers alone. Y: both are male and have one through fathers alone. An
        unknown sex is not taken for male: a Y chromosome must be there to be compared.
        """
        both_male = all(self.relatives[one].sex == "male" for one in (code, missing))
        twins = self._are_twins(code, missing)  # whose parents need not be in the pedigree
        return Lineages(
            mt=twins or self._share(self.line(code, "mother_id"), self.line(missing, "mother_id")),
            y=both_male and (twins or self._share(self.line(code, "father_id"), self.line(missing, "father_id"))),
            autosomal=twins or self._share(self.ancestors(code), self.ancestors(missing)),
        )

    def line(self, code: str, parent: str) -> Iterator[str]:
        """Go from a relative to the parent of one sort, and on to theirs."""
        seen: set[str] = set()
        step: str | None = code
        while step is not None and step in self.relatives and step not in seen:
            seen.add(step)
            yield step
            step = getattr(self.relatives[step], parent)

    def ancestors(self, code: str) -> set[str]:
        """Return a relative and everybody whom they descend from."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            one = waiting.pop()
            if one in self.relatives and one not in found:
                found.add(one)
                waiting += [parent for parent in self.parents(one) if parent]
        return found

    def parents(self, code: str) -> tuple[str | None, str | None]:
        """Return father and mother."""
        relative = self.relatives[code]
        return relative.father_id, relative.mother_id

    @staticmethod
    def _share(one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether two lines meet."""
        return not set(one).isdisjoint(other)

    def _are_twins(self, one: str, other: str) -> bool:
        """Whether two are twins."""
        return self.relatives[one].twin_of_id == other or self.relatives[other].twin_of_id == one
