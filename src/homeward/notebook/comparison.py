"""The LR of families described in a notebook, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

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
from homeward.reports.kinship_words import frequency_words

if TYPE_CHECKING:
    import polars as pl


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
        return pl.DataFrame(rows, infer_schema_length=None)

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

    def table(self) -> pl.DataFrame:
        """Return one row for each typed locus: genotypes, log10 LR, what is needed, closed form, frequencies."""
        import polars as pl

        name, reference = self.explanation.names
        return pl.DataFrame(
            [
                {"locus": locus.locus}
                | {person: "/".join(locus.genotypes.get(person, ())) or None for person in self.explanation.people}
                | {"log10 LR": locus.log10_lr}
                | {f"{name} needs": ", ".join(locus.needs), f"{reference} needs": ", ".join(locus.reference_needs)}
                | {"formula": "; ".join(locus.formula.lines) if locus.formula else None}
                | {"frequencies": frequency_words(locus)}
                for locus in self.explanation.loci
                if locus.is_typed
            ],
            infer_schema_length=None,
        )

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
            ],
            infer_schema_length=None,
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
