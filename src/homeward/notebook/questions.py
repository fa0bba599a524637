"""The question of a kinship case, put together from families, profiles and frequencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.alleles import MISSING, SILENT_ALLELE, UNKNOWN_ALLELE
from homeward.genetics.case import Case, Hypothesis, Population
from homeward.genetics.databases.frequencies import FrequencyDatabase
from homeward.genetics.linkage.recombination import GeneticMap, Linkage
from homeward.genetics.mutation import MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.linked_loci import choose_linkage
from homeward.notebook.comparison import Kinship
from homeward.notebook.family_tree import FamilyTree, pedigree
from homeward.notebook.panels import Frequencies, panel_and_notes
from homeward.notebook.ready_made import unrelated
from homeward.notebook.typing_tables import Typings, read_typings

_ONE_POPULATION = (str, Path, FrequencyDatabase, Panel, Mapping)

Family = FamilyTree | Pedigree | str
"""A family tree, a pedigree of the engine, or sentences."""


def kinship(
    hypotheses: Family | Sequence[Family] | Mapping[str, Family],
    profiles: object,
    frequencies: Frequencies | Sequence[Frequencies],
    *,
    loci: Iterable[str] | str | None = None,
    mutation: str | MutationModel = "none",
    theta: float = 0.0,
    minimum_frequency: float | str | None = None,
    linkage: str | None = None,
    genetic_map: str | None = None,
    dropout: Mapping[str, float] | None = None,
    dropin: Mapping[str, float] | None = None,
    prior: Mapping[str, float] | None = None,
    title: str = "Kinship",
) -> Kinship:
    """Compare competing pedigrees for the same people; the last one is the reference.

    Parameters
    ----------
    hypotheses : family, sequence of families, or mapping of name to family
        A family is a :class:`FamilyTree`, sentences, or a pedigree. One alone is compared with everybody being
        unrelated. Somebody who has a profile and is in one of the families only is unrelated to all in the others.
    profiles : mapping, rows, data frame or path
        See :func:`~homeward.notebook.typing_tables.read_typings`.
    frequencies : str, path, FrequencyDatabase, Panel or mapping
        See :func:`~homeward.notebook.panels.panel`, and there for ``mutation``, ``theta`` and ``minimum_frequency``. A
        list of them is a list of populations: the LR is worked out in each, and shown in the first.
    loci : iterable of str or str, optional
        Loci to use, or the name of a kit; those at which somebody is typed if not given.
    linkage : "haldane", "kosambi" or "none", optional
        Map function for the positions of loci, which then count jointly where they are on one chromosome; as the panel
        says if not given.
    genetic_map : str, optional
        With ``linkage``: a map that comes with Homeward, in place of the positions of the panel.
    dropout, dropin : mapping of person to float, optional
        Probabilities in [0, 1), at all loci at which the person is typed.
    prior : mapping of name to float, optional
        Weights of the pedigrees before the DNA; equal if not given.
    title : str
        Of the report.

    Raises
    ------
    InputError
        Something cannot be used; all problems of a kind are listed.
    """
    typings = read_typings(profiles)
    families = _with_common_sexes(_families(hypotheses, list(typings)), list(typings))
    every = [frequencies] if isinstance(frequencies, _ONE_POPULATION) else list(frequencies)
    found = [_panel(typings, one, loci, mutation, theta, minimum_frequency) for one in every]
    populations = _populations([made for made, _ in found])
    chosen, notes = found[0]
    coded = _coded(typings, chosen, next(iter(families.values())).pedigree)
    rates = [_rates(of, typings, word) for of, word in ((dropout, "dropout"), (dropin, "drop-in"))]
    weights = _weights(prior, list(families))
    case = Case(
        title=title,
        panel=chosen,
        samples=make_profiles((), len(chosen)),
        notes=notes,
        populations=populations,
        population=populations[0].name if populations else "",
        hypotheses=tuple(
            Hypothesis(name, tree.pedigree, _profiles(tree.pedigree, coded, *rates), weights[name])
            for name, tree in families.items()
        ),
    )
    return Kinship(compare_pedigrees(_with_linkage(case, linkage, genetic_map)))


def _with_linkage(case: Case, linkage: str | None, genetic_map: str | None) -> Case:
    log = ProblemLog()
    for word, kinds, what in ((linkage, Linkage, "map function"), (genetic_map, GeneticMap, "genetic map")):
        known = [kind.value for kind in kinds]
        if word is not None and word not in known:
            log.add(f"There is no {what} '{word}'.", where="linkage", fix=f"Write one of: {', '.join(known)}.")
    if genetic_map is not None and linkage is None:
        log.add("A genetic map is named, but no map function.", where="linkage", fix='Give linkage="haldane" as well.')
    log.raise_if_any()
    if linkage is None:
        return case
    return choose_linkage(case, Linkage(linkage), None if genetic_map is None else GeneticMap(genetic_map))


def _families(
    hypotheses: Family | Sequence[Family] | Mapping[str, Family], typed: Sequence[str]
) -> dict[str, FamilyTree]:
    """Return the families by name, each with everybody who has a profile."""
    if isinstance(hypotheses, FamilyTree | Pedigree | str):
        families = {"related": _tree(hypotheses), "unrelated": unrelated(*typed)}
        known = {"related": families["related"]}
    else:
        named = hypotheses.items() if isinstance(hypotheses, Mapping) else _numbered(hypotheses)
        families = known = {name: _tree(family) for name, family in named}
    log = ProblemLog()
    everybody = {person for tree in known.values() for person in tree.people}
    for person in typed:
        if person not in everybody:
            fix = f"Correct the name, or add this person. The people are: {', '.join(sorted(everybody))}."
            log.add(f"{person} has a profile but is in none of the pedigrees.", where="profiles", fix=fix)
    log.raise_if_any()
    return {
        name: tree.with_everybody(person for person in typed if person not in tree.people)
        for name, tree in families.items()
    }


def _numbered(families: Sequence[Family]) -> list[tuple[str, Family]]:
    return [(f"H{number}", family) for number, family in enumerate(families, start=1)]


def _tree(family: Family) -> FamilyTree:
    if isinstance(family, str):
        return pedigree(family)
    return family if isinstance(family, FamilyTree) else FamilyTree(family)


def _panel(
    typings: Typings,
    frequencies: Frequencies,
    loci: Iterable[str] | str | None,
    mutation: str | MutationModel,
    theta: float,
    minimum_frequency: float | str | None,
) -> tuple[Panel, tuple[str, ...]]:
    seen: dict[str, dict[str, str]] = {}
    for person, typing in typings.items():
        for locus, alleles in typing.items():
            for allele in alleles:
                if allele != UNKNOWN_ALLELE:
                    seen.setdefault(locus, {}).setdefault(allele, f"profile of {person}, locus {locus}")
    wanted = list(seen) if loci is None else loci
    made, notes = panel_and_notes(frequencies, wanted, mutation, theta, minimum_frequency, seen)
    log = ProblemLog()
    for of in made.loci:
        for allele, where in seen.get(of.name, {}).items():
            if allele not in of.alleles and not (allele == SILENT_ALLELE and of.silent_frequency > 0):
                fix = "Check the allele, or give its frequency."
                log.add(f"Allele {allele} has no frequency at locus {of.name}.", where=where, fix=fix)
    log.raise_if_any()
    return made, notes


def _populations(panels: Sequence[Panel]) -> tuple[Population, ...]:
    """Return the populations of several panels, by the names of their databases; none for one panel."""
    if not panels:
        raise InputError(Problem("There are no frequencies.", "frequencies", "Name a population, or several."))
    names = [panel.database or f"population {number}" for number, panel in enumerate(panels, start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        fix = "Name each population once."
        raise InputError(*(Problem(f"There are two populations '{name}'.", "frequencies", fix) for name in repeated))
    return tuple(map(Population, names, panels)) if len(panels) > 1 else ()


def _with_common_sexes(families: dict[str, FamilyTree], typed: Sequence[str]) -> dict[str, FamilyTree]:
    """Return the families with what one of them says of the sex of people with profiles said in all."""
    sexes: dict[str, Sex] = {}
    log = ProblemLog()
    for name, tree in families.items():
        for person in typed:
            sex, known = _sex_of(tree.pedigree, person), sexes.get(person, Sex.UNKNOWN)
            if Sex.UNKNOWN not in (sex, known) and sex != known:
                log.add(f"{person} is male in one pedigree and female in another.", where=name, fix="Correct the sex.")
            sexes[person] = Sex(max(sex, known))
    log.raise_if_any()
    men, women = ([p for p in typed if sexes[p] == sex] for sex in (Sex.MALE, Sex.FEMALE))
    return {name: tree.man(*men).woman(*women) for name, tree in families.items()}


def _sex_of(tree: Pedigree, person: str) -> Sex:
    return Sex(int(tree.sex[tree.position(person)]))


@dataclass(frozen=True, slots=True, eq=False)
class _Coded:
    """Genotypes as codes: person to (n_loci, 2) int16."""

    alleles: Mapping[str, IntArray]
    n_loci: int


def _coded(typings: Typings, panel: Panel, tree: Pedigree) -> _Coded:
    log = ProblemLog()
    coded = {}
    for person, typing in typings.items():
        codes = np.full((len(panel), 2), MISSING, dtype=np.int16)
        for name, alleles in typing.items():
            if name in panel:
                i, where = panel.position(name), f"profile of {person}, locus {name}"
                codes[i] = _codes(panel.loci[i], alleles, _sex_of(tree, person), where, log)
        coded[person] = codes
    log.raise_if_any()
    return _Coded(coded, len(panel))


def _codes(locus: Locus, alleles: tuple[str, ...], sex: Sex, where: str, log: ProblemLog) -> list[int]:
    if len(alleles) == 1 and not (locus.is_x_linked and sex == Sex.MALE):
        log.add(
            f"There is one allele, {alleles[0]}.",
            where=where,
            fix=f"Write {alleles[0]}/{alleles[0]} for a homozygote, {alleles[0]}/? where the other could not be read. "
            "A man has one allele at X-linked loci only.",
        )
        return [MISSING, MISSING]
    first, second = alleles * 2 if len(alleles) == 1 else alleles
    codes = [MISSING if allele == UNKNOWN_ALLELE else locus.code(allele) for allele in (first, second)]
    return codes if MISSING in codes else sorted(codes)


def _rates(given: Mapping[str, float] | None, typings: Typings, what: str) -> dict[str, float]:
    log = ProblemLog()
    for person, rate in (given or {}).items():
        if person not in typings:
            log.add(f"{person} has no profile.", where=what, fix=f"The people are: {', '.join(typings)}.")
        if not 0.0 <= rate < 1.0:
            log.add(f"The probability {rate:g} is outside [0, 1).", where=f"{what} of {person}", fix="Correct it.")
    log.raise_if_any()
    return dict(given or {})


def _weights(prior: Mapping[str, float] | None, names: Sequence[str]) -> dict[str, float]:
    if prior is not None and set(prior) != set(names):
        fix = f"Give a weight for each of: {', '.join(names)}."
        raise InputError(Problem("The priors are not those of the pedigrees.", "prior", fix))
    return {name: 1.0 if prior is None else float(prior[name]) for name in names}


def _profiles(tree: Pedigree, coded: _Coded, dropout: dict[str, float], dropin: dict[str, float]) -> Profiles:
    """Return one row for each person of a pedigree."""
    untyped = np.full((coded.n_loci, 2), MISSING, dtype=np.int16)
    alleles = np.stack([coded.alleles.get(person, untyped) for person in tree.ids])
    typed = alleles[:, :, 0] != MISSING
    return make_profiles(
        tree.ids,
        coded.n_loci,
        sex=tree.sex,
        alleles=alleles,
        dropout=np.array([[dropout.get(person, 0.0)] for person in tree.ids]) * typed,
        dropin=np.array([[dropin.get(person, 0.0)] for person in tree.ids]) * typed,
    )
