"""The report of competing pedigrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.genetics.case import Hypothesis
from homeward.identification.linked_loci import fractions_in_words
from homeward.identification.numbers import counted, format_fraction, format_log10, format_posterior, lr_in_words
from homeward.identification.results import KinshipResult
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries


def kinship_page(result: KinshipResult) -> str:
    """Return one self-contained HTML file: the pedigrees drawn, their likelihoods, LRs and posteriors."""
    fragment = (
        environment()
        .get_template("kinship.html.j2")
        .render(
            result=result,
            summary=_summary(result),
            rows=[_row(result, i, hypothesis) for i, hypothesis in enumerate(result.case.hypotheses)],
            loci=[_locus(result, i, name) for i, name in enumerate(result.case.panel.names)],
            linked=_linked(result),
            legend=legend_entries(),
            panel=panel_rows(result.case.panel),
            theta=format_fraction(result.case.panel.theta),
        )
    )
    return html_page(result.case.title, fragment)


def _summary(result: KinshipResult) -> str:
    compared = f"{counted(len(result.case.hypotheses), 'pedigree')} compared over "
    compared += f"{counted(len(result.case.panel), 'locus', 'loci')}."
    if np.isnan(result.posterior).any():
        return f"{compared} None of them can explain the profiles."
    best = int(result.posterior.argmax())
    posterior = format_posterior(float(result.posterior[best]))
    return f"{compared} The most probable is {result.case.hypotheses[best].name} (posterior {posterior})."


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    log10_likelihood: str
    words: str
    log10_lr: str
    prior: str
    posterior: str
    drawing: str


def _row(result: KinshipResult, i: int, hypothesis: Hypothesis) -> _Row:
    log10_lr = float(result.log10_lr[i])
    is_reference = i == len(result.case.hypotheses) - 1
    ids = hypothesis.pedigree.ids
    return _Row(
        name=hypothesis.name,
        log10_likelihood=format_log10(float(result.total_log10_likelihood[i]), decimals=4),
        words="reference" if is_reference else lr_in_words(log10_lr),
        log10_lr=format_log10(log10_lr, decimals=4),
        prior=format_fraction(float(result.prior[i])),
        posterior=format_posterior(float(result.posterior[i])),
        drawing=draw_pedigree(
            hypothesis.pedigree,
            typed={ids[k] for k in np.flatnonzero(hypothesis.profiles.typed.any(axis=1))},
            title=f"Pedigree {hypothesis.name}",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Locus:
    name: str
    values: list[str]
    remarks: str


def _locus(result: KinshipResult, i: int, name: str) -> _Locus:
    values = [format_log10(float(value), decimals=4) for value in result.log10_likelihood[:, i]]
    return _Locus(name, values, "; ".join(result.locus_notes[i]))


@dataclass(frozen=True, slots=True)
class _Linked:
    loci: str
    fractions: str
    pedigree: str
    unlinked: str
    linked: str


def _linked(result: KinshipResult) -> list[_Linked]:
    return [
        _Linked(
            loci=" - ".join(result.case.panel.names[i] for i in part.group.loci),
            fractions=fractions_in_words(part.group),
            pedigree=hypothesis.name,
            unlinked=format_log10(float(part.log10_lr_unlinked[h]), decimals=4),
            linked=format_log10(float(part.log10_lr_linked[h]), decimals=4),
        )
        for part in result.linked
        for h, hypothesis in enumerate(result.case.hypotheses[:-1])
    ]
