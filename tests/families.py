"""Short ways to write panels, families and cases in tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from homeward.genetics.case import Case, Family, MissingPerson
from homeward.genetics.mutation import NO_MUTATION, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles

Genotype = str
"""Alleles of one locus: "12/14"."""


def locus(
    name: str,
    frequencies: Mapping[str, float],
    female: MutationModel = NO_MUTATION,
    male: MutationModel | None = None,
    *,
    chromosome: str | None = None,
    silent: float = 0.0,
) -> Locus:
    return Locus(
        name,
        tuple(frequencies),
        np.array(list(frequencies.values())),
        female,
        female if male is None else male,
        chromosome=chromosome,
        silent_frequency=silent,
    )


def pedigree(
    text: str,
    sex: Mapping[str, Sex] | None = None,
    *,
    complete_parents: bool = True,
    twins: Sequence[Sequence[str]] = (),
) -> Pedigree:
    """Read "child = father + mother" lines; a name alone is a founder, "-" an unknown parent."""
    people: list[str] = []
    fathers, mothers = {}, {}
    for line in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        child, _, parents = (part.strip() for part in line.partition("="))
        names = [p.strip() for p in parents.split("+")] if parents else []
        people += [p for p in [*names, child] if p != "-" and p not in people]
        for of, parent in zip((fathers, mothers), names, strict=False):
            if parent != "-":
                of[child] = parent
    return build_pedigree(
        people, sex or {}, fathers, mothers, where="test", complete_parents=complete_parents, twins=twins
    )


def profiles(
    ids: Sequence[str],
    panel: Panel,
    genotypes: Mapping[str, str],
    *,
    sex: Mapping[str, Sex] | None = None,
    dropout: Mapping[str, float] | None = None,
    dropin: Mapping[str, float] | None = None,
) -> Profiles:
    """Read one string per person: genotypes of the loci in order, "-" where untyped ("12/14 - 8/8", "12/?")."""
    alleles = np.full((len(ids), len(panel), 2), -1, dtype=np.int16)
    for person, text in genotypes.items():
        for i, genotype in enumerate(text.split()):
            if genotype != "-":
                codes = [-1 if a == "?" else panel.loci[i].code(a) for a in genotype.split("/")]
                alleles[list(ids).index(person), i] = codes
    rates = np.zeros((2, len(ids), len(panel)))
    for of, by_person in zip(rates, (dropout or {}, dropin or {}), strict=True):
        for person, rate in by_person.items():
            of[list(ids).index(person)] = rate
    sexes = np.array([(sex or {}).get(person, Sex.UNKNOWN) for person in ids])
    return make_profiles(tuple(ids), len(panel), sex=sexes, alleles=alleles, dropout=rates[0], dropin=rates[1])


def family(name: str, members: Pedigree, panel: Panel, genotypes: Mapping[str, str], missing: Sequence[str]) -> Family:
    return Family(
        name,
        members,
        profiles(members.ids, panel, genotypes, sex=dict(zip(members.ids, map(Sex, members.sex), strict=True))),
        tuple(MissingPerson(m, members.position(m)) for m in missing),
    )


def case(panel: Panel, samples: Profiles, *families: Family, title: str = "A test case") -> Case:
    return Case(title, panel, samples, tuple(families), sample_members=tuple((s,) for s in samples.ids))
