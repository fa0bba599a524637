"""What a Familias file cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.familias_families import is_missing_name
from homeward.genetics.case import Case, Family
from homeward.genetics.mutation import MutationKind
from homeward.genetics.pedigree import FOUNDER
from homeward.genetics.refusals import Feature, features_used

_FOLDER = "Write a case folder instead, which can hold it."


def check_fits_familias(case: Case, names: Mapping[str, Mapping[str, str]], log: ProblemLog) -> None:
    """Note everything in the case that would be lost or changed in a Familias file.

    names: for each family, the name of everybody as it would be written.
    """
    _check_panel(case, log)
    _check_texts(case, names, log)
    for row, members in enumerate(case.sample_members):
        if members != (case.samples.ids[row],):
            log.add(
                f"Familias cannot say that {case.samples.ids[row]} was put together from {', '.join(members)}.",
                where=f"sample {case.samples.ids[row]}",
                fix=_FOLDER,
            )
    for sample, dropout in zip(case.samples.ids, case.samples.dropout, strict=True):
        if dropout.any():
            log.add("Familias cannot hold the dropout probability of a sample.", where=f"sample {sample}", fix=_FOLDER)
    _check_observations(case, log)
    if len(case.elimination):
        log.add(
            f"Familias cannot hold elimination profiles ({', '.join(case.elimination.ids)}).",
            where="elimination profiles",
            fix=_FOLDER,
        )
    if case.populations:
        listed = ", ".join(one.name for one in case.populations)
        log.add(f"Familias holds one population, not several ({listed}).", where="populations", fix=_FOLDER)
    pedigrees = [family.pedigree for family in case.families] + [one.pedigree for one in case.hypotheses]
    inbred = {one.ids[i]: None for one in pedigrees for i in np.flatnonzero(one.founder_inbreeding)}
    if inbred:
        listed = ", ".join(inbred)
        log.add(f"Familias cannot hold the inbreeding of founders ({listed}).", where="people", fix=_FOLDER)
    if case.options:
        chosen = ", ".join(name for name, _ in case.options)
        log.add(f"Familias cannot hold the options of a case ({chosen}).", where="options", fix=_FOLDER)
    _check_hypotheses(case, log)
    for family in case.families:
        _check_family(family, names[family.id], log)


def _check_panel(case: Case, log: ProblemLog) -> None:
    """Custom matrices have no place in the file, nor have chromosomes, which matter for X-linked loci."""
    for locus in case.panel.loci:
        if locus.is_x_linked:
            log.add("Familias knows no X-linked loci.", where=f"locus {locus.name}", fix=_FOLDER)
        if MutationKind.CUSTOM in (locus.female_mutation.kind, locus.male_mutation.kind):
            log.add("Familias cannot hold a custom mutation matrix.", where=f"locus {locus.name}", fix=_FOLDER)


def _check_observations(case: Case, log: ProblemLog) -> None:
    """Drop-in, alleles that could not be read, blank typings and twins have no place in the file."""
    profiles = [case.samples, *(f.profiles for f in case.families), *(h.profiles for h in case.hypotheses)]
    pedigrees = [*(f.pedigree for f in case.families), *(h.pedigree for h in case.hypotheses)]
    for feature, names in features_used(case.panel, profiles, pedigrees).items():
        if feature in (Feature.DROPIN, Feature.PARTIAL, Feature.BLANK, Feature.TWINS):
            log.add(f"Familias cannot hold {feature}.", where=", ".join(dict.fromkeys(names)), fix=_FOLDER)


def _check_texts(case: Case, names: Mapping[str, Mapping[str, str]], log: ProblemLog) -> None:
    """Names stand on lines of their own, most of them in double quotes."""
    for kind, texts in (
        ("database", [case.panel.database]),
        ("locus", case.panel.names),
        ("allele", [allele for locus in case.panel.loci for allele in locus.alleles]),
        ("sample", case.samples.ids),
        ("family", [family.id for family in case.families]),
        ("person", [name for of_family in names.values() for name in of_family.values()]),
        ("person", [name for hypothesis in case.hypotheses for name in hypothesis.pedigree.ids]),
        ("pedigree", [hypothesis.name for hypothesis in case.hypotheses]),
    ):
        _check_each(kind, texts, log)


def _check_each(kind: str, texts: Iterable[str], log: ProblemLog) -> None:
    """Note names with quotes, line ends or blanks around them, and empty ones."""
    for text in dict.fromkeys(texts):
        if text != text.strip() or '"' in text or "\n" in text or "\r" in text or not (text or kind == "database"):
            log.add(
                f"Familias cannot hold the name '{text}': it is empty, or has quotes, line ends or blanks around it.",
                where=f"{kind} {text!r}",
                fix="Change the name.",
            )


def _check_hypotheses(case: Case, log: ProblemLog) -> None:
    """Priors must be flat, and dropout must be that of the locus."""
    if len({hypothesis.prior for hypothesis in case.hypotheses}) > 1:
        log.add("Familias files hold no priors of pedigrees.", where="hypotheses", fix=_FOLDER)
    rates = np.array([locus.dropout_probability for locus in case.panel.loci])
    for hypothesis in case.hypotheses:
        profiles = hypothesis.profiles
        expected = np.where(profiles.typed, rates, 0.0)
        for row, name in enumerate(profiles.ids):
            if profiles.dropout[row].any() and not np.array_equal(profiles.dropout[row], expected[row]):
                log.add(
                    "The dropout probabilities of this person are not those of the loci, the only ones in Familias.",
                    where=f"pedigree {hypothesis.name}, person {name}",
                    fix=_FOLDER,
                )


def _check_family(family: Family, names: Mapping[str, str], log: ProblemLog) -> None:
    """Familias knows the missing by their names: those must begin with "Missing", and no other may."""
    missing = {person.position for person in family.missing}
    if len(set(names.values())) < len(names):
        log.add(
            'Putting "Missing " before the names of the missing gives two people one name.',
            where=f"family {family.id}",
            fix="Rename one of them.",
        )
    if family.profiles.dropout.any():
        log.add("Familias cannot hold dropout in a family.", where=f"family {family.id}", fix=_FOLDER)
    for position, name in enumerate(family.pedigree.ids):
        at = f"family {family.id}, person {name}"
        if position not in missing and is_missing_name(name):
            log.add(
                f"Familias would take '{name}' for a missing person.",
                where=at,
                fix="Rename this person, or write a case folder instead.",
            )
        alone = (family.pedigree.parents[position] == FOUNDER).all() and not family.pedigree.children(position)
        if position in missing and alone:
            log.add("Familias cannot hold a missing person without any relative.", where=at, fix=_FOLDER)
