"""The JSON objects that programs read; ``docs/json-results.md`` describes every key.

Keys may be added, none is renamed. A number that JSON cannot say is the string "-Infinity" or "Infinity"; what is not
defined or not known is null.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.provenance import InputFile
from homeward.genetics.case import Case
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex
from homeward.identification.policy import Policy
from homeward.identification.results import (
    Conclusion,
    Explanation,
    InPopulation,
    KinshipResult,
    LinkedLoci,
    Resolution,
)

Document = dict[str, Any]
"""One JSON object; its values are what ``json.dumps`` takes."""


def json_number(value: float | None) -> float | str | None:
    """Return a number that JSON can carry: null for NaN and None, a string for an infinity."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)


def resolve_document(resolution: Resolution) -> Document:
    """Return the result of resolving a case as one JSON object."""
    return {
        "homeward": resolution.software_version,
        "case": case_document(resolution.case, resolution.inputs, resolution.notes),
        "policy": policy_document(resolution.policy),
        "pairwise": _pairwise(resolution),
        "posterior": _posterior(resolution),
        "assignments": _assignments(resolution),
        "conclusions": [_conclusion(conclusion) for conclusion in resolution.conclusions],
    }


def kinship_document(result: KinshipResult) -> Document:
    """Return the comparison of competing pedigrees as one JSON object."""
    hypotheses = result.case.hypotheses
    names = [hypothesis.name for hypothesis in hypotheses]
    totals = result.total_log10_likelihood
    return {
        "homeward": result.software_version,
        "case": case_document(result.case, result.inputs, result.notes),
        "reference": names[-1] if names else None,
        "hypotheses": [
            {
                "name": name,
                "log10_likelihood": json_number(float(totals[h])),
                "log10_lr": json_number(float(result.log10_lr[h])),
                "prior": json_number(float(result.prior[h])),
                "posterior": json_number(float(result.posterior[h])),
                "pedigree": _pedigree(hypotheses[h].pedigree, hypotheses[h].profiles.sex),
            }
            for h, name in enumerate(names)
        ],
        "loci": [
            {
                "locus": locus,
                "log10_likelihood": {
                    name: json_number(float(result.log10_likelihood[h, i])) for h, name in enumerate(names)
                },
                "notes": list(result.locus_notes[i]),
            }
            for i, locus in enumerate(result.case.panel.names)
        ],
        "theta": result.case.panel.theta,
        "population": result.case.population or None,
        "populations": [_population(one, names) for one in result.populations],
        "notes": list(result.notes),
        "linkage": result.case.panel.linkage,
        "linkage_groups": [_linkage_group(result, linked, names) for linked in result.linked],
    }


def _population(one: InPopulation, names: list[str]) -> Document:
    return {
        "name": one.name,
        "theta": one.theta,
        "hypotheses": [
            {
                "name": name,
                "log10_likelihood": json_number(float(one.log10_likelihood[h])),
                "log10_lr": json_number(float(one.log10_lr[h])),
                "posterior": json_number(float(one.posterior[h])),
                "conservative": bool(one.conservative[h]),
            }
            for h, name in enumerate(names)
        ],
    }


def _linkage_group(result: KinshipResult, linked: LinkedLoci, names: list[str]) -> Document:
    def by_name(values: FloatArray) -> Document:
        return {name: json_number(float(value)) for name, value in zip(names, values, strict=True)}

    loci = result.case.panel.names
    return {
        "loci": [loci[i] for i in linked.group.loci],
        "female_rho": list(linked.group.female),
        "male_rho": list(linked.group.male),
        "log10_likelihood": by_name(linked.log10_likelihood),
        "log10_lr_unlinked": by_name(linked.log10_lr_unlinked),
        "log10_lr_linked": by_name(linked.log10_lr_linked),
    }


def explain_document(explanation: Explanation) -> Document:
    """Return one LR, locus by locus, as one JSON object."""
    family = explanation.family
    return {
        "homeward": explanation.software_version,
        "case": case_document(explanation.case, explanation.case.inputs, explanation.notes),
        "policy": policy_document(explanation.policy),
        "sample": explanation.sample,
        "missing": explanation.missing,
        "family": family.id,
        "log10_lr": json_number(explanation.log10_lr),
        "inconsistencies": explanation.inconsistencies,
        "loci_compared": explanation.n_compared,
        "pedigree": _pedigree(family.pedigree, family.profiles.sex),
        "loci": [
            {
                "locus": locus.locus,
                "sample_genotype": None if locus.sample_genotype is None else list(locus.sample_genotype),
                "log10_lr": json_number(locus.log10_lr),
                "log10_probability_related": json_number(locus.log10_probability_related),
                "log10_probability_unrelated": json_number(locus.log10_probability_unrelated),
                "inconsistent": locus.inconsistent,
                "compared": locus.compared,
                "relatives": {person: list(genotype) for person, genotype in locus.relatives.items()},
                "frequencies": {allele: json_number(f) for allele, f in locus.frequencies.items()},
                "female_mutation": locus.female_mutation,
                "male_mutation": locus.male_mutation,
            }
            for locus in explanation.loci
        ],
    }


def case_document(case: Case, inputs: tuple[InputFile, ...], notes: tuple[str, ...]) -> Document:
    """Return what a case holds and what it was read from."""
    return {
        "title": case.title,
        "samples": len(case.samples),
        "missing": len(case.missing_ids),
        "families": len(case.families),
        "loci": len(case.panel),
        "inputs": [{"name": file.name, "sha256": file.sha256, "bytes": file.n_bytes} for file in inputs],
        "notes": list(dict.fromkeys([*case.notes, *notes])),
    }


def policy_document(policy: Policy) -> Document:
    """Return every threshold and choice of a policy."""
    fields = asdict(policy)
    return {name: json_number(value) if isinstance(value, float) else value for name, value in fields.items()}


def _pedigree(pedigree: Pedigree, sexes: IntArray) -> list[Document]:
    def name(position: int) -> str | None:
        return None if position == FOUNDER else pedigree.ids[position]

    return [
        {"id": person, "father": name(father), "mother": name(mother), "sex": Sex(sex).name.lower()}
        for person, (father, mother), sex in zip(pedigree.ids, pedigree.parents.tolist(), sexes.tolist(), strict=True)
    ]


def _pairwise(resolution: Resolution) -> list[Document]:
    pairwise = resolution.pairwise
    totals, n_inconsistent, n_compared = pairwise.total_log10_lr, pairwise.n_inconsistent, pairwise.n_compared
    family_of = [family.id for family in resolution.case.families for _ in family.missing]
    return [
        {
            "sample": sample,
            "missing": missing,
            "family": family_of[m],
            "log10_lr": json_number(float(totals[s, m])),
            "inconsistencies": int(n_inconsistent[s, m]),
            "loci": int(n_compared[s, m]),
            "sex_compatible": bool(pairwise.allowed[s, m]),
            "sex_log10_lr": json_number(float(pairwise.sex_log10_lr[s, m])),
        }
        for s, sample in enumerate(resolution.case.samples.ids)
        for m, missing in enumerate(resolution.case.missing_ids)
    ]


def _posterior(resolution: Resolution) -> list[Document]:
    joint = resolution.joint
    columns = [*resolution.case.missing_ids, None]
    return [
        {
            "sample": sample,
            "missing": missing,
            "probability": json_number(float(joint.posterior[s, m])),
            "quality": joint.quality_of(s, m).value,
            "error": json_number(float(joint.errors[s, m])),
        }
        for s, sample in enumerate(resolution.case.samples.ids)
        for m, missing in enumerate(columns)
    ]


def _assignments(resolution: Resolution) -> list[Document]:
    missing = resolution.case.missing_ids
    return [
        {
            "pairs": {
                sample: missing[m] if m >= 0 else None
                for sample, m in zip(resolution.case.samples.ids, assignment.pairs, strict=True)
            },
            "log10_likelihood": json_number(assignment.log10_likelihood),
            "posterior": json_number(assignment.posterior),
        }
        for assignment in resolution.joint.assignments
    ]


def _conclusion(conclusion: Conclusion) -> Document:
    return {
        "about": conclusion.about,
        "sample": conclusion.sample,
        "missing": conclusion.missing,
        "verdict": conclusion.verdict.value,
        "log10_lr": json_number(conclusion.log10_lr),
        "log10_glr": json_number(conclusion.log10_glr),
        "posterior": json_number(conclusion.posterior),
        "reasons": list(conclusion.reasons),
        "symmetric_samples": list(conclusion.symmetric_samples),
        "symmetric_missing": list(conclusion.symmetric_missing),
    }
