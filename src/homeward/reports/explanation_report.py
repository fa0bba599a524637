"""The report of one explained LR."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.identification.numbers import (
    counted,
    format_fraction,
    format_genotype,
    format_log10,
    format_probability,
    lr_in_words,
)
from homeward.identification.results import Explanation, LocusExplanation
from homeward.reports.page import environment, html_page, panel_rows
from homeward.reports.pedigree_drawing import draw_pedigree, legend_entries
from homeward.reports.policy_words import policy_rows


def explanation_page(explanation: Explanation) -> str:
    """Return one self-contained HTML file: the pedigree, and the LR of one pairing locus by locus."""
    family = explanation.family
    relatives = list(dict.fromkeys(relative for locus in explanation.loci for relative in locus.relatives))
    n_compared = counted(explanation.n_compared, "locus", "loci")
    fragment = (
        environment()
        .get_template("explanation.html.j2")
        .render(
            explanation=explanation,
            words=lr_in_words(explanation.log10_lr),
            log10=format_log10(explanation.log10_lr, decimals=4),
            counts=f"{n_compared} compared, {explanation.inconsistencies} of them inconsistent without a mutation.",
            relatives=relatives,
            rows=[_row(locus, relatives) for locus in explanation.loci],
            drawing=_drawing(explanation),
            legend=legend_entries(),
            policy=policy_rows(explanation.policy),
            panel=panel_rows(explanation.case.panel),
            theta=format_fraction(explanation.case.panel.theta),
        )
    )
    return html_page(f"{explanation.sample} as {explanation.missing} of family {family.id}", fragment)


@dataclass(frozen=True, slots=True)
class _Row:
    locus: str
    sample: str
    relatives: list[str]
    frequencies: str
    related: str
    unrelated: str
    log10_lr: str
    remarks: str


def _row(locus: LocusExplanation, relatives: list[str]) -> _Row:
    remarks = [] if locus.compared else ["not compared"]
    remarks += ["needs a mutation"] if locus.inconsistent else []
    return _Row(
        locus=locus.locus,
        sample=format_genotype(locus.sample_genotype),
        relatives=[format_genotype(locus.relatives.get(relative)) for relative in relatives],
        frequencies="; ".join(f"{allele}: {value:.4g}" for allele, value in locus.frequencies.items()),
        related=format_probability(locus.log10_probability_related),
        unrelated=format_probability(locus.log10_probability_unrelated),
        log10_lr=format_log10(locus.log10_lr, decimals=4),
        remarks="; ".join(remarks),
    )


def _drawing(explanation: Explanation) -> str:
    family = explanation.family
    ids = family.pedigree.ids
    place = next(person.position for person in family.missing if person.id == explanation.missing)
    return draw_pedigree(
        family.pedigree,
        labels={ids[person.position]: person.id for person in family.missing},
        typed={ids[i] for i in np.flatnonzero(family.profiles.typed.any(axis=1))},
        missing={ids[person.position] for person in family.missing},
        candidates={ids[place]: [f"{explanation.sample}?"]},
        title=f"Pedigree of family {family.id}",
    )
