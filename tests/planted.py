"""Cases of a few families with one planted error of known kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from homeward.genetics.case import Case, Family
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import EXPANDED_24, make_panel
from homeward.genetics.mutation import MutationKind
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.identification.checking.results import CheckResult, FindingKind
from homeward.identification.checking.settings import Grade
from tests.families import pedigree

SHAPES = {
    "parents and three children": ("A = F + M; B = F + M; C = F + M", "FMABC"),
    "mother and three children": ("A = F + M; B = F + M; C = F + M", "MABC"),
    "grandparents, child, grandchild": ("A = F + M; B = F + M; C = A + W", "FMABC"),
    "four siblings": ("A = F + M; B = F + M; C = F + M; D = F + M", "ABCD"),
    "siblings and their children": ("A = F + M; B = F + M; C = A + W; D = V + B", "ABCD"),
}
AMELOGENIN = Locus("AMEL", ("X", "Y"), np.array([0.75, 0.25]), chromosome="X")


@dataclass(frozen=True, slots=True)
class Planted:
    """A case with an error, and the people that the right correction names."""

    case: Case
    kind: str
    people: tuple[str, ...]


@lru_cache(maxsize=4)
def str_panel(mutation: str, n_loci: int = 24) -> Panel:
    database = load_database("NIST 1036", "US Caucasian")
    panel = make_panel(database, EXPANDED_24[:n_loci], mutation=MutationKind(mutation))
    return replace(panel, loci=(*panel.loci, AMELOGENIN))


def simulated_families(panel: Panel, shapes: list[str], rng: np.random.Generator) -> list[Family]:
    """Return one family of each shape, with the sexes that amelogenin shows on record."""
    families = []
    autosomal = replace(panel, loci=panel.loci[:-1])
    for n, shape in enumerate(shapes):
        text, typed = SHAPES[shape]
        unborn = {child.strip()[0] for child in text.split(";")}
        template = pedigree(text)
        sex = template.sex.copy()
        unknown = np.flatnonzero(sex == Sex.UNKNOWN)
        sex[unknown] = np.where(rng.random(len(unknown)) < 0.5, Sex.MALE, Sex.FEMALE)
        members = pedigree(text, {name: Sex(int(code)) for name, code in zip(template.ids, sex, strict=True)})
        assert unborn <= set(members.ids)
        genotypes = np.sort(drop_genes(members, autosomal, 1, rng)[0], axis=2)
        shown = np.stack([np.zeros(len(members)), members.sex == Sex.MALE], axis=1)[:, None]
        alleles = np.concatenate([genotypes, shown.astype(np.int16)], axis=1)
        alleles[[name not in typed for name in members.ids]] = -1
        named = replace(members, ids=tuple(f"{n}{name}" for name in members.ids))
        profiles = make_profiles(named.ids, len(panel), sex=named.sex, alleles=alleles)
        families.append(Family(f"F{n}", named, profiles, ()))
    return families


def _case(panel: Panel, families: list[Family]) -> Case:
    return Case("Simulated", panel, make_profiles((), len(panel)), tuple(families))


def _put(family: Family, alleles: dict[int, np.ndarray]) -> Family:
    changed = family.profiles.alleles.copy()
    for row, value in alleles.items():
        changed[row] = value
    return replace(family, profiles=replace(family.profiles, alleles=changed))


def _typed(family: Family) -> list[int]:
    return [int(row) for row in np.flatnonzero(family.profiles.typed.any(axis=1))]


def plant_nothing(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    return Planted(_case(panel, families), "nothing", ())


def plant_swap(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Exchange the profiles of two members of the first family."""
    family = families[0]
    one, other = sorted(_typed(family), key=lambda _: rng.random())[:2]
    seen = family.profiles.alleles
    families[0] = _put(family, {one: seen[other], other: seen[one]})
    return Planted(
        _case(panel, families), "exchange two profiles", (family.pedigree.ids[one], family.pedigree.ids[other])
    )


def plant_swap_across(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Exchange the profiles of a member of the first family and one of the second."""
    one, other = (sorted(_typed(family), key=lambda _: rng.random())[0] for family in families[:2])
    mine, theirs = families[0].profiles.alleles[one], families[1].profiles.alleles[other]
    people = families[0].pedigree.ids[one], families[1].pedigree.ids[other]
    families[0], families[1] = _put(families[0], {one: theirs}), _put(families[1], {other: mine})
    return Planted(_case(panel, families), "exchange two profiles", people)


def plant_other_father(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Let child A of the first family have another father than stated."""
    true_text = SHAPES["parents and three children"][0].replace("A = F", "A = G", 1)
    stated = families[0].pedigree
    members = pedigree(true_text, {n[1:]: Sex(int(s)) for n, s in zip(stated.ids, stated.sex, strict=True)})
    genotypes = np.sort(drop_genes(members, replace(panel, loci=panel.loci[:-1]), 1, rng)[0], axis=2)
    rows = {}
    for row in _typed(families[0]):
        seen = families[0].profiles.alleles[row].copy()
        seen[:-1] = genotypes[members.position(stated.ids[row][1:])]
        rows[row] = seen
    families[0] = _put(families[0], rows)
    return Planted(_case(panel, families), "another parent", ("0F", "0A"))


def plant_stranger(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Give a member of the first family the profile of a stranger of the same sex."""
    row = sorted(_typed(families[0]), key=lambda _: rng.random())[0]
    stranger = drop_genes(pedigree("S"), replace(panel, loci=panel.loci[:-1]), 1, rng)[0, 0]
    seen = families[0].profiles.alleles[row].copy()
    seen[:-1] = np.sort(stranger, axis=1)
    families[0] = _put(families[0], {row: seen})
    return Planted(_case(panel, families), "set a profile aside", (families[0].pedigree.ids[row],))


def plant_duplicate(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Put one member's profile also under the name of another, in the same family or in the next."""
    one, other = sorted(_typed(families[0]), key=lambda _: rng.random())[:2]
    seen = families[0].profiles.alleles[one]
    families[0] = _put(families[0], {other: seen})
    return Planted(_case(panel, families), "duplicate", tuple(families[0].pedigree.ids[row] for row in (one, other)))


def plant_sex(panel: Panel, families: list[Family], rng: np.random.Generator) -> Planted:
    """Record the other sex of a member of the first family who is nobody's parent."""
    family = families[0]
    row = next(row for row in _typed(family) if not family.pedigree.children(row))
    sex = family.pedigree.sex.copy()
    sex[row] = Sex.MALE if sex[row] == Sex.FEMALE else Sex.FEMALE
    families[0] = replace(family, pedigree=replace(family.pedigree, sex=sex))
    return Planted(_case(panel, families), "change a recorded sex", (family.pedigree.ids[row],))


PLANTS: dict[str, Callable[[Panel, list[Family], np.random.Generator], Planted]] = {
    "nothing": plant_nothing,
    "two profiles of a family exchanged": plant_swap,
    "two profiles of two families exchanged": plant_swap_across,
    "another father": plant_other_father,
    "a stranger's profile": plant_stranger,
    "one profile under two names": plant_duplicate,
    "a wrong sex": plant_sex,
}


def plant(name: str, seed: int, *, mutation: str = "stepwise", n_loci: int = 24, n_families: int = 3) -> Planted:
    """Return a few families with a planted error in the first."""
    rng = np.random.default_rng([seed, list(PLANTS).index(name)])
    shapes = list(SHAPES)
    first = "parents and three children" if name == "another father" else shapes[seed % len(shapes)]
    panel = str_panel(mutation, n_loci)
    others = [shapes[(seed + n) % len(shapes)] for n in range(1, n_families)]
    families = simulated_families(panel, [first, *others], rng)
    return PLANTS[name](panel, families, rng)


def verdict(result: CheckResult, planted: Planted) -> str:
    """Say how a check met a planted error: "first", "first with others", "later" or "not found"."""
    serious = [finding for finding in result.findings if finding.grade is Grade.SERIOUS]
    if planted.kind == "nothing":
        return "false alarm" if serious else "quiet"
    if planted.kind == "duplicate":
        found = [f for f in serious if f.kind is FindingKind.DUPLICATE and set(f.people) == set(planted.people)]
        return "first" if found else "not found"
    for family in result.families:
        ranks = [
            one.rank
            for one in family.corrections
            if one.kind.value == planted.kind and set(one.people) == set(planted.people)
        ]
        if ranks:
            n_first = sum(one.rank == 1 for one in family.corrections)
            return "later" if ranks[0] > 1 else "first" if n_first == 1 else "first with others"
    return "seen, not named" if serious else "not found"
