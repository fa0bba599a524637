"""Results as tables in a terminal."""

from __future__ import annotations

import dataclasses

from rich.console import Console
from rich.table import Table
from rich.text import Text

from homeward.genetics.pedigree import FOUNDER, Sex
from homeward.identification.linked_loci import fractions_in_words
from homeward.identification.numbers import counted, format_genotype, format_log10, format_posterior, format_probability
from homeward.identification.policy import Policy
from homeward.identification.results import (
    Conclusion,
    Explanation,
    KinshipResult,
    LocusExplanation,
    Resolution,
    Verdict,
)
from homeward.reports.kinship_tables import impossible_sentences

VERDICT_STYLE = {
    Verdict.IDENTIFIED: "bold green",
    Verdict.PROBABLE: "green",
    Verdict.SYMMETRIC: "cyan",
    Verdict.UNDECIDED: "yellow",
    Verdict.EXCLUDED: "red",
    Verdict.NOT_INFORMATIVE: "dim",
}
MOST_ROWS = 40


def print_resolution(resolution: Resolution) -> None:
    """Print conclusions, LR matrix, best assignments and the policy."""
    console = Console()
    case = resolution.case
    console.print(f"[bold]{plain(case.title)}[/bold]")
    console.print(
        f"{counted(len(case.samples), 'sample')}, {counted(len(case.missing_ids), 'missing person')} in "
        f"{counted(len(case.families), 'family', 'families')}, {counted(len(case.panel), 'locus', 'loci')}\n"
    )
    for about, heading in (("sample", "Conclusions by sample"), ("missing", "Conclusions by missing person")):
        conclusions = [c for c in resolution.conclusions if c.about == about]
        console.print(_conclusion_table(conclusions, about, heading))
        _print_reasons(console, conclusions)
    console.print(_lr_table(resolution))
    console.print(_assignment_table(resolution))
    error = f", at most {resolution.joint.error:.2g} off" if resolution.joint.error > 0 else ""
    console.print(f"The joint posterior is {resolution.joint.quality}{error}.")
    for note in resolution.notes:
        console.print(f"Note: {plain(note)}")
    _print_policy(console, resolution.policy, resolution.software_version)


def print_explanation(explanation: Explanation) -> None:
    """Print the pedigree and the LR of one pairing, locus by locus."""
    console = Console()
    console.print(f"[bold]Is {plain(explanation.sample)} {plain(explanation.missing)}?[/bold]")
    console.print(_pedigree_table(explanation))
    console.print(_locus_table(explanation))
    console.print(
        f"Together: log10 LR {format_log10(explanation.log10_lr)}; {counted(explanation.n_compared, 'locus', 'loci')} "
        f"compared, {explanation.inconsistencies} of them inconsistent without a mutation."
    )
    for note in explanation.notes:
        console.print(f"Note: {plain(note)}")
    console.print("H1: the sample comes from the missing person. H2: it comes from somebody unrelated.")


def print_kinship(result: KinshipResult) -> None:
    """Print likelihoods, LR and posterior of competing pedigrees."""
    console = Console()
    console.print(f"[bold]{plain(result.case.title)}[/bold]")
    table = Table(title="Pedigrees", title_justify="left")
    for column in ("Pedigree", "log10 likelihood", "log10 LR", "Prior", "Posterior"):
        table.add_column(column, justify="left" if column == "Pedigree" else "right")
    totals = result.total_log10_likelihood
    for i, hypothesis in enumerate(result.case.hypotheses):
        table.add_row(
            plain(hypothesis.name),
            format_log10(float(totals[i])),
            format_log10(float(result.log10_lr[i])),
            f"{result.prior[i]:.4g}",
            format_posterior(float(result.posterior[i])),
        )
    console.print(table)
    console.print(f"LR against {plain(result.case.hypotheses[-1].name)}, the last pedigree.")
    within = [f"population {plain(result.case.population)}"] if result.case.population else []
    within += [f"theta (co-ancestry) {result.case.panel.theta:g}"] if result.case.panel.theta else []
    if within:
        console.print(f"Computed with {' and '.join(within)}.")
    if result.populations:
        console.print(_population_table(result))
    loci = Table(title="log10 likelihood by locus", title_justify="left")
    loci.add_column("Locus")
    for hypothesis in result.case.hypotheses:
        loci.add_column(plain(hypothesis.name), justify="right")
    loci.add_column("Notes")
    for i, locus in enumerate(result.case.panel.names):
        values = [format_log10(float(v)) for v in result.log10_likelihood[:, i]]
        loci.add_row(plain(locus), *values, plain("; ".join(result.locus_notes[i])))
    console.print(loci)
    if result.linked:
        console.print(_linkage_table(result))
    for sentence in impossible_sentences(result):
        console.print(plain(sentence))
    for note in result.notes:
        console.print(f"Note: {plain(note)}")


def _population_table(result: KinshipResult) -> Table:
    """The LR in each population, the lowest of each pedigree marked."""
    table = Table(title="log10 LR by population", title_justify="left")
    table.add_column("Population")
    table.add_column("Theta", justify="right")
    compared = result.case.hypotheses[:-1]
    for hypothesis in compared:
        table.add_column(plain(hypothesis.name), justify="right")
    table.add_column("Most conservative")
    for one in result.populations:
        lowest = [plain(h.name) for h, is_lowest in zip(compared, one.conservative[:-1], strict=True) if is_lowest]
        mark = "" if not lowest else "yes" if len(compared) == 1 else f"for {', '.join(lowest)}"
        table.add_row(plain(one.name), f"{one.theta:g}", *(format_log10(float(lr)) for lr in one.log10_lr[:-1]), mark)
    return table


def _linkage_table(result: KinshipResult) -> Table:
    """Return the linkage groups: recombination fractions, and the LR with linkage and without."""
    table = Table(title="Linked loci", title_justify="left")
    for column in ("Loci", "Recombination", "Pedigree"):
        table.add_column(column)
    for column in ("log10 LR unlinked", "log10 LR linked"):
        table.add_column(column, justify="right")
    for linked in result.linked:
        loci = " - ".join(result.case.panel.names[i] for i in linked.group.loci)
        fractions = fractions_in_words(linked.group)
        for h, hypothesis in enumerate(result.case.hypotheses[:-1]):
            table.add_row(
                plain(loci) if h == 0 else "",
                fractions if h == 0 else "",
                plain(hypothesis.name),
                format_log10(float(linked.log10_lr_unlinked[h])),
                format_log10(float(linked.log10_lr_linked[h])),
            )
    return table


def plain(text: str) -> str:
    """Protect names from being read as markup."""
    return text.replace("[", "\\[")


def _conclusion_table(conclusions: list[Conclusion], about: str, heading: str) -> Table:
    table = Table(title=heading, title_justify="left")
    first, second = ("Sample", "Missing person") if about == "sample" else ("Missing person", "Sample")
    for column in (first, "Verdict", second, "log10 LR", "log10 GLR", "Posterior"):
        table.add_column(column, justify="right" if "log10" in column or column == "Posterior" else "left")
    for conclusion in conclusions:
        subject = conclusion.sample if about == "sample" else conclusion.missing
        partner = conclusion.missing if about == "sample" else conclusion.sample
        if conclusion.verdict is Verdict.SYMMETRIC:
            partner = " / ".join(conclusion.symmetric_missing if about == "sample" else conclusion.symmetric_samples)
        table.add_row(
            plain(subject or ""),
            Text(conclusion.verdict, style=VERDICT_STYLE[conclusion.verdict]),
            plain(partner or "-"),
            "-" if conclusion.log10_lr is None else format_log10(conclusion.log10_lr),
            "-" if conclusion.log10_glr is None else format_log10(conclusion.log10_glr),
            "-" if conclusion.posterior is None else format_posterior(conclusion.posterior),
        )
    return table


def _print_reasons(console: Console, conclusions: list[Conclusion]) -> None:
    """Print why, in sentences, below the table."""
    for conclusion in conclusions:
        subject = conclusion.sample if conclusion.about == "sample" else conclusion.missing
        console.print(f"[bold]{plain(subject or '')}[/bold]: {plain(' '.join(conclusion.reasons))}")
    console.print()


def _lr_table(resolution: Resolution) -> Table:
    """Return the LR of each sample with its best candidates, with inconsistencies and loci."""
    table = Table(title="Pairwise LR (three best candidates of each sample)", title_justify="left")
    for column in ("Sample", "Missing person", "log10 LR", "Inconsistent", "Loci", "Posterior"):
        table.add_column(column, justify="left" if column in ("Sample", "Missing person") else "right")
    pairwise, case = resolution.pairwise, resolution.case
    total = pairwise.total_log10_lr
    for s, sample in enumerate(case.samples.ids[:MOST_ROWS]):
        candidates = [m for m in range(len(case.missing_ids)) if pairwise.allowed[s, m]]
        candidates.sort(key=lambda m: (-resolution.joint.posterior[s, m], -total[s, m]))
        for m in candidates[:3]:
            table.add_row(
                plain(sample),
                plain(case.missing_ids[m]),
                format_log10(float(total[s, m])),
                str(pairwise.n_inconsistent[s, m]),
                str(pairwise.n_compared[s, m]),
                format_posterior(float(resolution.joint.posterior[s, m])),
            )
    return table


def _assignment_table(resolution: Resolution) -> Table:
    table = Table(title="Best assignments", title_justify="left")
    table.add_column("log10 likelihood", justify="right")
    table.add_column("Posterior", justify="right")
    table.add_column("Who is who")
    case = resolution.case
    for assignment in resolution.joint.assignments[:5]:
        pairs = [f"{case.samples.ids[s]} = {case.missing_ids[m]}" for s, m in enumerate(assignment.pairs) if m >= 0]
        table.add_row(
            format_log10(assignment.log10_likelihood),
            format_posterior(assignment.posterior),
            plain(", ".join(pairs) or "nobody is identified"),
        )
    return table


def _pedigree_table(explanation: Explanation) -> Table:
    family = explanation.family
    table = Table(title=f"Family {plain(family.id)}", title_justify="left")
    for column in ("Person", "Father", "Mother", "Sex", "Typed at"):
        table.add_column(column)
    missing = {m.position: m.id for m in family.missing}
    for i, person in enumerate(family.pedigree.ids):
        parents = [family.pedigree.ids[p] if p != FOUNDER else "" for p in family.pedigree.parents[i]]
        n_typed = int(family.profiles.typed[i].sum())
        place = f"missing; the sample's place: {explanation.sample}" if missing.get(i) == explanation.missing else ""
        status = place or ("missing" if i in missing else counted(n_typed, "locus", "loci") if n_typed else "not typed")
        table.add_row(plain(person), *map(plain, parents), Sex(int(family.profiles.sex[i])).name.lower(), plain(status))
    return table


def _locus_table(explanation: Explanation) -> Table:
    table = Table(title="Locus by locus", title_justify="left")
    relatives = list(dict.fromkeys(r for locus in explanation.loci for r in locus.relatives))
    table.add_column("Locus")
    table.add_column(plain(explanation.sample))
    for relative in relatives:
        table.add_column(plain(relative))
    for column in ("P(profile | H1)", "P(profile | H2)", "log10 LR"):
        table.add_column(column, justify="right")
    table.add_column("Remarks")
    for locus in explanation.loci:
        table.add_row(
            plain(locus.locus),
            plain(format_genotype(locus.sample_genotype)),
            *(plain(format_genotype(locus.relatives.get(relative))) for relative in relatives),
            format_probability(locus.log10_probability_related),
            format_probability(locus.log10_probability_unrelated),
            format_log10(locus.log10_lr),
            _remarks(locus),
        )
    return table


def _remarks(locus: LocusExplanation) -> str:
    if not locus.compared:
        return "not compared"
    return "needs a mutation" if locus.inconsistent else ""


def _print_policy(console: Console, policy: Policy, version: str) -> None:
    fields = [
        f"{field.name} {getattr(policy, field.name)}" for field in dataclasses.fields(policy) if field.name != "version"
    ]
    console.print(f"Policy {policy.version}: {', '.join(fields)}. Homeward {version}.", style="dim")
