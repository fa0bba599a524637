"""The LR of families described in a notebook, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.genetics.alleles import MISSING, UNKNOWN_ALLELE
from homeward.genetics.case import Case, Hypothesis
from homeward.genetics.mutation import MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.kinship_explanation import KinshipExplanation, explain_kinship
from homeward.identification.kinship_sensitivity import (
    MUTATION_FACTORS,
    THETAS,
    KinshipSensitivity,
    Setting,
    kinship_sensitivity,
)
from homeward.identification.numbers import format_log10, format_posterior, lr_in_words
from homeward.identification.results import KinshipResult
from homeward.notebook.family_tree import FamilyTree, pedigree
from homeward.notebook.panels import Frequencies, panel
from homeward.notebook.ready_made import unrelated
from homeward.notebook.typing_tables import Typings, read_typings

if TYPE_CHECKING:
    import polars as pl

Family = FamilyTree | Pedigree | str
"""A family tree, a pedigree of the engine, or sentences."""


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """Competing pedigrees for the same people, compared.

    result: what the engine says of them.
    """

    result: KinshipResult

    @property
    def total_log10_lr(self) -> float:
        """log10 LR of the first pedigree against the last, over all loci."""
        return float(self.result.log10_lr[0])

    @property
    def log10_lr(self) -> dict[str, float]:
        """log10 LR of each pedigree against the last, over all loci."""
        return dict(zip(self.names, self.result.log10_lr.tolist(), strict=True))

    @property
    def posterior(self) -> dict[str, float]:
        """Posterior probability of each pedigree."""
        return dict(zip(self.names, self.result.posterior.tolist(), strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the pedigrees; the last is the reference."""
        return tuple(hypothesis.name for hypothesis in self.result.case.hypotheses)

    def table(self) -> pl.DataFrame:
        """Return one row for each locus: genotypes, log10 likelihood of each pedigree, log10 LR, remarks."""
        import polars as pl

        case, values = self.result.case, self.result.log10_likelihood
        first = case.hypotheses[0].profiles
        rows = []
        for i, locus in enumerate(case.panel.names):
            typed = {
                first.ids[row]: "/".join(first.genotype(row, i, case.panel) or ())
                for row in np.flatnonzero(first.typed.any(axis=1)).tolist()
            }
            with np.errstate(invalid="ignore"):
                log10_lr = values[:, i] - values[-1, i]
            rows.append(
                {"locus": locus}
                | {person: genotype or None for person, genotype in typed.items()}
                | {f"log10 P({name})": value for name, value in zip(self.names, values[:, i].tolist(), strict=True)}
                | {f"log10 LR {name}": lr for name, lr in zip(self.names[:-1], log10_lr[:-1].tolist(), strict=True)}
                | {"remarks": "; ".join(self.result.locus_notes[i])}
            )
        return pl.DataFrame(rows)

    def explain(self, hypothesis: str | None = None) -> ExplainedLR:
        """Return the LR of one pedigree, the first if none is named, with everything that it is made of."""
        return ExplainedLR(explain_kinship(self.result, hypothesis))

    def sensitivity(
        self,
        *,
        thetas: Sequence[float] = THETAS,
        mutation_factors: Sequence[float] = MUTATION_FACTORS,
        bundled: bool = False,
    ) -> Sensitivity:
        """Return the LRs with theta, mutation rates or the population changed, and with each locus left out.

        The arguments are those of :func:`~homeward.identification.kinship_sensitivity.kinship_sensitivity`.
        """
        return Sensitivity(
            kinship_sensitivity(self.result, thetas=thetas, mutation_factors=mutation_factors, bundled=bundled)
        )

    def to_html(self, path: str | Path, *, sensitivity: Sensitivity | None = None) -> Path:
        """Write the whole report as one HTML file that needs nothing else, and return where it is."""
        from homeward.formats.atomic import write_file
        from homeward.reports.kinship_report import kinship_page

        write_file(Path(path), kinship_page(self.result, None if sensitivity is None else sensitivity.sensitivity))
        return Path(path)

    def __repr__(self) -> str:
        """Return the result as text."""
        width = max(map(len, self.names))
        lines = [f"{'':{width}}  log10 LR  posterior"]
        for i, name in enumerate(self.names):
            log10_lr, posterior = float(self.result.log10_lr[i]), float(self.result.posterior[i])
            words = "reference" if i == len(self.names) - 1 else lr_in_words(log10_lr)
            lines.append(f"{name:{width}}  {format_log10(log10_lr):>8}  {format_posterior(posterior):>9}  {words}")
        return "\n".join([*lines, *self.result.notes])

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from homeward.reports.inline import show

        return show(self.result)._repr_html_()


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedLR:
    """One LR with everything that it is made of.

    explanation: locus by locus.
    """

    explanation: KinshipExplanation

    def __repr__(self) -> str:
        """Return the explanation as text."""
        from homeward.reports.kinship_words import explanation_lines

        return "\n".join(explanation_lines(self.explanation))

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from homeward.reports.inline import show

        return show(self.explanation)._repr_html_()


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """How much the LRs hang on what was assumed.

    sensitivity: one thing changed at a time.
    """

    sensitivity: KinshipSensitivity

    def table(self) -> pl.DataFrame:
        """Return one row for each setting: what was varied, its value, log10 LR of each pedigree, problems."""
        import polars as pl

        names = self.sensitivity.names[:-1]
        return pl.DataFrame(
            [
                {"varied": one.varied.value, "setting": one.label, "as computed": one.is_own}
                | dict(zip(names, _values(one, len(names)), strict=True))
                | {"problem": one.problem}
                for one in self.sensitivity.settings
            ]
        )

    def __repr__(self) -> str:
        """Return the sensitivity as text."""
        from homeward.reports.kinship_words import sensitivity_lines

        return "\n".join(sensitivity_lines(self.sensitivity))

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from homeward.reports.inline import show

        return show(self.sensitivity)._repr_html_()


def _values(setting: Setting, n: int) -> list[float | None]:
    """Return the LRs of a setting; None where there are none."""
    values: list[float | None] = [None] * n if setting.log10_lr is None else setting.log10_lr[:n].tolist()
    return values


def kinship(
    hypotheses: Family | Sequence[Family] | Mapping[str, Family],
    profiles: object,
    frequencies: Frequencies,
    *,
    loci: Iterable[str] | str | None = None,
    mutation: str | MutationModel = "none",
    theta: float = 0.0,
    minimum_frequency: float | str | None = None,
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
        See :func:`~homeward.notebook.panels.panel`, and there for ``mutation``, ``theta`` and ``minimum_frequency``.
    loci : iterable of str or str, optional
        Loci to use, or the name of a kit; those at which somebody is typed if not given.
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
    chosen = _panel(typings, frequencies, loci, mutation, theta, minimum_frequency)
    coded = _coded(typings, chosen, next(iter(families.values())).pedigree)
    rates = [_rates(of, typings, word) for of, word in ((dropout, "dropout"), (dropin, "drop-in"))]
    weights = _weights(prior, list(families))
    case = Case(
        title=title,
        panel=chosen,
        samples=make_profiles((), len(chosen)),
        hypotheses=tuple(
            Hypothesis(name, tree.pedigree, _profiles(tree.pedigree, coded, *rates), weights[name])
            for name, tree in families.items()
        ),
    )
    return Kinship(compare_pedigrees(case))


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
) -> Panel:
    seen: dict[str, dict[str, str]] = {}
    for person, typing in typings.items():
        for locus, alleles in typing.items():
            for allele in alleles:
                if allele != UNKNOWN_ALLELE:
                    seen.setdefault(locus, {}).setdefault(allele, f"profile of {person}, locus {locus}")
    wanted = list(seen) if loci is None else loci
    made = panel(frequencies, wanted, mutation=mutation, theta=theta, minimum_frequency=minimum_frequency, seen=seen)
    log = ProblemLog()
    for locus in made.loci:
        for allele, where in seen.get(locus.name, {}).items():
            if allele not in locus.alleles and not (allele == "silent" and locus.silent_frequency > 0):
                fix = "Check the allele, or give its frequency."
                log.add(f"Allele {allele} has no frequency at locus {locus.name}.", where=where, fix=fix)
    log.raise_if_any()
    return made


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

    alleles: dict[str, IntArray]
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
