"""An explained LR of two pedigrees in words: what a report, a notebook and the terminal all say of it."""

from __future__ import annotations

from homeward.identification.kinship_explanation import KinshipExplanation, KinshipLocus
from homeward.identification.kinship_needs import events_in_words
from homeward.identification.kinship_sensitivity import KinshipSensitivity
from homeward.identification.numbers import format_count, format_log10, lr_in_words
from homeward.identification.reasons import listed
from homeward.reports.kinship_sensitivity_tables import left_out_sentences, sensitivity_tables


def explanation_lines(explanation: KinshipExplanation) -> list[str]:
    """Return an explained LR as lines of plain text."""
    name, reference = explanation.names
    lines = [
        f"{name} against {reference}: LR {lr_in_words(explanation.log10_lr)} "
        f"(log10 {format_log10(explanation.log10_lr, decimals=4)})",
        *summary_sentences(explanation),
        "",
    ]
    width = max((len(locus.locus) for locus in explanation.loci), default=0)
    for locus in explanation.loci:
        if not locus.is_typed:
            continue
        genotypes = "  ".join(f"{person} {a}/{b}" for person, (a, b) in locus.genotypes.items())
        lines.append(f"{locus.locus:{width}}  {format_log10(locus.log10_lr, decimals=3):>7}  {genotypes}")
        below = [*formula_lines(locus), *remarks(explanation, locus)]
        lines += [f"{'':{width}}           {line}" for line in below]
    return lines


def summary_sentences(explanation: KinshipExplanation) -> list[str]:
    """Say what the two pedigrees differ in, which loci weigh most and least, and which are impossible."""
    sentences = [
        f"{pair.first} and {pair.second}: {pair.hypothesis} against {pair.reference}." for pair in explanation.pairs
    ]
    sentences.append(_basis(explanation))
    strongest, weakest = explanation.strongest, explanation.weakest
    if strongest is not None and weakest is not None and strongest is not weakest:
        sentences.append(
            f"The strongest locus is {strongest.locus} (log10 LR {format_log10(strongest.log10_lr)}), the weakest "
            f"{weakest.locus} ({format_log10(weakest.log10_lr)})."
        )
    for part in explanation.result.linked:
        loci = listed([explanation.loci[i].locus for i in part.group.loci], "and")
        linked, alone = part.log10_lr_linked[explanation.hypothesis], part.log10_lr_unlinked[explanation.hypothesis]
        sentences.append(
            f"{loci} count jointly, as they are linked: log10 LR {format_log10(float(linked))} in place of "
            f"{format_log10(float(alone))}."
        )
    for name, impossible in zip(
        explanation.names, (explanation.impossible, explanation.impossible_reference), strict=True
    ):
        if impossible:
            sentences.append(f"{name} is impossible under the stated model at {', '.join(impossible)}.")
    return sentences


def _basis(explanation: KinshipExplanation) -> str:
    """Say where the frequencies come from, and theta."""
    case = explanation.result.case
    source = case.panel.database or case.population or "those of the case"
    return f"Frequencies: {source}; theta (co-ancestry) {case.panel.theta:g}."


def remarks(explanation: KinshipExplanation, locus: KinshipLocus) -> list[str]:
    """Say what each pedigree needs at a locus, or that it is impossible there."""
    said = []
    found = zip(
        explanation.names,
        (locus.needs, locus.reference_needs),
        (locus.log10_likelihood, locus.log10_reference),
        strict=True,
    )
    for name, needs, log10_likelihood in found:
        if log10_likelihood == -float("inf"):
            said.append(f"impossible under {name}")
        elif needs:
            said.append(f"{name} needs {events_in_words(needs)}")
    return said


def formula_lines(locus: KinshipLocus) -> list[str]:
    """Return the closed form of a locus as lines; where there is a mutation model, that it is without mutation."""
    if locus.formula is None:
        return []
    first, *others = locus.formula.lines
    differs = abs(locus.log10_lr - locus.log10_lr_without_mutation) > 1e-9
    return [f"{first}{' without mutation' if differs else ''}", *others]


def frequency_words(locus: KinshipLocus) -> str:
    """Return the frequencies of the alleles seen, such as "15: 0.2521; 16: 0.2452"."""
    return "; ".join(f"{allele}: {frequency:.4g}" for allele, frequency in locus.frequencies.items())


def counted_words(locus: KinshipLocus) -> str:
    """Say on how many alleles the frequencies of a locus rest, and its minimum, as far as they are known."""
    said = [] if locus.n_counted is None else [f"{format_count(locus.n_counted)} counted"]
    said += [f"minimum {locus.minimum_frequency:g}"] if locus.minimum_frequency else []
    return ", ".join(said)


def sensitivity_lines(sensitivity: KinshipSensitivity) -> list[str]:
    """Return what the LRs hang on as lines of plain text."""
    lines = []
    for table in sensitivity_tables(sensitivity):
        width = max(len(row.label) for row in table.rows)
        lines += ["", f"{table.heading}: log10 LR"]
        for row in table.rows:
            told = f"not computed: {row.problem}" if row.problem else "  ".join(f"{v:>9}" for v in row.values)
            lines.append(f"  {row.label:{width}}  {told}{'  (case)' if row.is_own else ''}")
    return [*lines[1:], "", *left_out_sentences(sensitivity)]
