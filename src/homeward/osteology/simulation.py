"""People, reference collections and mixed bones that are made up, with whose bone each is known.

Sizes are lognormal: the logarithms of a person's sizes are jointly normal about the means of group and sex, and the
logarithm of left over right is normal and independent of them, jointly for the measurements of one bone. Nobody
simulated ever lived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.errors import ProblemLog
from homeward.osteology.catalogue import elements, measurements
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.size_model import EVERYBODY, GROUPS, SizeModel, mean_log_sizes, size_model
from homeward.osteology.specimens import Side, Specimens, choose_specimens

SOURCE = "Simulated by Homeward from summary statistics; nobody in it ever lived."
SIDES = (Side.LEFT, Side.RIGHT)
STEP_MM = 0.1
"""Measurements are rounded to this."""


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedPeople:
    """n people with all their bones.

    persons: their names. sexes: "m" or "f". groups: whose means they have.
    stature_cm: (n,) float64, NaN where the group has none.
    codes: m measurements. sizes_mm: (2, n, m) float64, of the left and of the right bone.
    """

    persons: tuple[str, ...]
    sexes: tuple[str, ...]
    groups: tuple[str, ...]
    stature_cm: FloatArray
    codes: tuple[str, ...]
    sizes_mm: FloatArray

    def __len__(self) -> int:
        return len(self.persons)


@dataclass(frozen=True, slots=True)
class AssemblageOptions:
    """What happened to the bones; shares are probabilities, the same for each bone or measurement and independent.

    elements: names in the catalogue; all that are measured if empty.
    recovered: share of the bones that were found.
    fragments: share of the bones found that are broken.
    missing: share of the measurements not taken on a whole bone. missing_on_fragments: the same on a broken one.
    boxes: into which the bones are put at random.
    """

    elements: tuple[str, ...] = ()
    recovered: float = 0.8
    fragments: float = 0.2
    missing: float = 0.05
    missing_on_fragments: float = 0.7
    boxes: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Assemblage:
    """Mixed bones of which it is known whose each is.

    specimens: in random order, named by number; groups are the boxes. Bones without any measurement are among them.
    owners: (n,) int, position of the person of each bone.
    people: everybody, those of whom nothing was found too.
    """

    specimens: Specimens
    owners: IntArray
    people: SimulatedPeople

    @property
    def persons(self) -> tuple[str, ...]:
        """Name of the person of each bone."""
        return tuple(self.people.persons[i] for i in self.owners)


def draw_people(
    n: int, rng: np.random.Generator, *, male: float = 1.0, groups: Sequence[str] = ("white",), prefix: str = "P"
) -> SimulatedPeople:
    """Return n people, drawn independently.

    Parameters
    ----------
    male : float
        Share of men, in [0, 1]. The reference collections are of men for the most part, and so is this model.
    groups : sequence of str
        "white", "black", "asian" or "all"; each person is of one of them, with equal probability. Within "all" people
        vary as much as within one group.
    prefix : str
        Of the names, which end on a number.

    Raises
    ------
    InputError
        The number or the share makes no sense, or there is no such group.
    """
    _check_people(n, male, groups)
    model = size_model()
    is_male = rng.random(n) < male
    of_group = rng.integers(len(groups), size=n)
    means = np.array([[mean_log_sizes(sex, group) for group in groups] for sex in ("f", "m")])
    z = rng.standard_normal((n, len(model.sd))) @ np.linalg.cholesky(model.correlations).T
    logs = means[is_male.astype(int), of_group] + z * model.sd
    half = _side_differences(n, rng, model) / 2
    sizes_mm = np.exp(logs[:, :-1] + np.stack([half, -half]))
    return SimulatedPeople(
        persons=tuple(f"{prefix}{i}" for i in range(1, n + 1)),
        sexes=tuple("m" if one else "f" for one in is_male),
        groups=tuple(groups[i] for i in of_group),
        stature_cm=np.round(np.exp(logs[:, -1]) / 10, 1),
        codes=model.codes,
        sizes_mm=np.round(sizes_mm / STEP_MM) * STEP_MM,
    )


def synthetic_reference(
    n: int,
    rng: np.random.Generator,
    *,
    male: float = 1.0,
    groups: Sequence[str] = ("white",),
    missing: float = 0.1,
    elements: Sequence[str] = (),
) -> ReferenceSample:
    """Return a made-up reference collection of n people with both bones of each element.

    Parameters
    ----------
    missing : float
        Share of the measurements that were not taken, independent of each other; a bone without any is left out.
    elements : sequence of str
        Names in the catalogue; all that are measured if empty.
    male, groups
        As for `draw_people`.

    Raises
    ------
    InputError
        As for `draw_people`; an element of which nothing is measured; a share outside [0, 1].
    """
    options = AssemblageOptions(tuple(elements), 1.0, 0.0, missing, missing)
    _check_options(options)
    people = draw_people(n, rng, male=male, groups=groups, prefix="R")
    bones, owners = _all_bones(people, options.elements)
    bones = _without(bones, rng.random(bones.measurements_mm.shape) < missing)
    there = np.flatnonzero(bones.taken.any(axis=1))
    bones, owners = choose_specimens(bones, there), owners[there]
    persons = tuple(people.persons[i] for i in owners)
    return ReferenceSample(
        name=f"{n} simulated people",
        source=SOURCE,
        persons=persons,
        specimens=Specimens(persons, bones.elements, bones.sides, bones.codes, bones.measurements_mm),
        stature_cm=people.stature_cm[owners],
        sexes=tuple(people.sexes[i] for i in owners),
        ancestries=tuple(people.groups[i] for i in owners),
    )


def commingle(
    people: SimulatedPeople, rng: np.random.Generator, options: AssemblageOptions | None = None
) -> Assemblage:
    """Return the mixed bones of people.

    Raises
    ------
    InputError
        An element of which nothing is measured; a share outside [0, 1]; no box.
    """
    options = options or AssemblageOptions()
    _check_options(options)
    bones, owners = _all_bones(people, options.elements)
    found = rng.permutation(np.flatnonzero(rng.random(len(bones)) < options.recovered))
    bones, owners = choose_specimens(bones, found), owners[found]
    broken = rng.random((len(bones), 1)) < options.fragments
    lost = rng.random(bones.measurements_mm.shape) < np.where(broken, options.missing_on_fragments, options.missing)
    kept = _without(bones, lost)
    specimens = Specimens(
        ids=tuple(str(i) for i in range(1, len(bones) + 1)),
        elements=kept.elements,
        sides=kept.sides,
        codes=kept.codes,
        measurements_mm=kept.measurements_mm,
        groups=tuple(f"box {i + 1}" for i in rng.integers(options.boxes, size=len(bones))),
    )
    return Assemblage(specimens, owners, people)


def measured_elements() -> tuple[str, ...]:
    """Return the elements whose sizes are in the model, from head to foot."""
    return tuple(dict.fromkeys(measurements()[code].element for code in size_model().codes))


def _side_differences(n: int, rng: np.random.Generator, model: SizeModel) -> FloatArray:
    """Return ln(left / right), (n, m)."""
    z = rng.standard_normal((n, len(model.codes))) @ np.linalg.cholesky(model.side_correlations).T
    return np.asarray(model.side_mean + z * model.side_sd)


def _all_bones(people: SimulatedPeople, chosen: Sequence[str]) -> tuple[Specimens, IntArray]:
    """Return every bone of everybody, and the position of its person."""
    names = tuple(chosen) or measured_elements()
    element_of = np.array([measurements()[code].element for code in people.codes])
    columns = np.flatnonzero(np.isin(element_of, names))
    n, m = len(people), len(columns)
    blocks, kinds = [], []
    for element in names:
        own = element_of[columns] == element
        for i, side in enumerate(SIDES):
            blocks.append(np.where(own, people.sizes_mm[i][:, columns], np.nan))
            kinds += [(element, side)] * n
    persons = np.tile(np.arange(n), len(names) * 2)
    bones = Specimens(
        ids=tuple(people.persons[i] for i in persons),
        elements=tuple(element for element, _ in kinds),
        sides=tuple(side for _, side in kinds),
        codes=tuple(people.codes[j] for j in columns),
        measurements_mm=np.concatenate(blocks) if blocks else np.empty((0, m)),
    )
    return bones, persons


def _without(bones: Specimens, lost: BoolArray) -> Specimens:
    """Return bones without some of their measurements."""
    mm = np.where(lost, np.nan, bones.measurements_mm)
    return Specimens(bones.ids, bones.elements, bones.sides, bones.codes, mm)


def _check_people(n: int, male: float, groups: Sequence[str]) -> None:
    log = ProblemLog()
    if n < 1:
        log.add(f"{n} is no number of people.", where="people", fix="Give 1 or more.")
    if not 0.0 <= male <= 1.0:
        log.add(f"{male:g} is not between 0 and 1.", where="share of men", fix="Give a share such as 0.9.")
    known = (*GROUPS, EVERYBODY)
    for group in [one for one in groups if one not in known]:
        log.add(f"There is no group '{group}'.", where="groups", fix=f"Give one of {', '.join(known)}.")
    if not groups:
        log.add("No group is given.", where="groups", fix=f"Give one or several of {', '.join(known)}.")
    log.raise_if_any()


def _check_options(options: AssemblageOptions) -> None:
    log = ProblemLog()
    for name in ("recovered", "fragments", "missing", "missing_on_fragments"):
        share = getattr(options, name)
        if not 0.0 <= share <= 1.0:
            log.add(f"{share:g} is not between 0 and 1.", where=name.replace("_", " "), fix="Give a share such as 0.1.")
    if options.boxes < 1:
        log.add(f"{options.boxes} is no number of boxes.", where="boxes", fix="Give 1 or more.")
    known = measured_elements()
    for name in [one for one in options.elements if one not in known]:
        what = (
            f"There is no element '{name}'." if name not in elements() else f"Nothing is known of the size of '{name}'."
        )
        log.add(what, where="elements", fix=f"Give names such as {', '.join(known[:4])}.")
    log.raise_if_any()
