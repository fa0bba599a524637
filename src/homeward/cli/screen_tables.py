"""The candidates of a screen in a terminal."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import MOST_ROWS, plain
from homeward.identification.numbers import counted, format_count, format_log10
from homeward.identification.screen_results import Against, Screen

HEADINGS = {
    Against.FAMILIES: ("Candidates", "Missing person"),
    Against.SAMPLES: ("Samples that may be of one person", "Other sample"),
    Against.KIN: ("Samples that may be of relatives", "Other sample"),
    Against.STAFF: ("Samples that may be of staff", "Member of staff"),
}
NOUNS = {
    Against.FAMILIES: "missing person",
    Against.SAMPLES: "sample",
    Against.KIN: "possible relative",
    Against.STAFF: "member of staff",
}
MOST_SET_ASIDE = 10


def print_screen(screen: Screen) -> None:
    """Print the best candidates, what was set aside, and the thresholds."""
    console = Console()
    console.print(f"[bold]{plain(screen.case.title)}[/bold]")
    subjects = counted(screen.n_subjects, NOUNS[screen.against], _plural(NOUNS[screen.against]))
    console.print(
        f"{counted(screen.n_samples, 'sample')} compared with {subjects}: {counted(screen.n_pairs, 'pair')}, "
        f"{counted(len(screen.candidates), 'candidate')}.\n"
    )
    console.print(_candidate_table(screen))
    console.print(
        "log10 LR: this sample against somebody unrelated. If true: what such a pair gives on average at these loci. "
        "Rank: place among all that this sample was compared with.",
        style="dim",
    )
    hidden = len(screen.candidates) - MOST_ROWS
    if hidden > 0:
        console.print(f"{format_count(hidden)} more; --out FILE.parquet writes all of them.")
    _print_set_aside(console, screen)
    policy = screen.policy
    console.print(
        f"Kept: the {policy.top} best of each side, from a log10 LR of {format_log10(policy.min_log10_lr)}. "
        "Candidates are no conclusions: homeward resolve weighs them against each other. "
        f"Policy {policy.policy.version}, sex {policy.policy.sex}. Homeward {screen.software_version}.",
        style="dim",
    )


def _plural(noun: str) -> str:
    return noun.replace("member", "members") if noun.startswith("member") else f"{noun}s"


def _candidate_table(screen: Screen) -> Table:
    """Return the best candidates of all, best first."""
    title, other = HEADINGS[screen.against]
    table = Table(title=title, title_justify="left")
    relation = ("Relation",) if screen.against is Against.KIN else ()
    family = ("Family",) if screen.against is Against.FAMILIES else ()
    for column in ("Sample", other, *family, *relation):
        table.add_column(column)
    for column in ("log10 LR", "If true", "Loci", "Incons.", "Rank", "Weakest locus"):
        table.add_column(column, justify="left" if column == "Weakest locus" else "right")
    of, loci = screen.candidates, screen.case.panel.names
    best = sorted(range(len(of)), key=lambda i: -of.order_log10_lr[i])[:MOST_ROWS]
    for i in best:
        subject = screen.subjects[of.subject[i]]
        names = [screen.case.samples.ids[of.sample[i]], subject.id]
        if family:
            names.append(subject.family or "")
        if relation:
            names.append(subject.relation)
        weakest = int(of.weakest_locus[i])
        table.add_row(
            *map(plain, names),
            format_log10(float(of.log10_lr[i])),
            format_log10(float(of.expected_log10_lr[i])),
            str(of.n_loci[i]),
            str(of.n_inconsistent[i]),
            str(of.rank[i]) if of.rank[i] else "-",
            f"{loci[weakest]} {format_log10(float(of.weakest_log10_lr[i]))}" if weakest >= 0 else "",
        )
    return table


def _print_set_aside(console: Console, screen: Screen) -> None:
    """Say what was not compared: one by one if few, else how many for each reason."""
    if not screen.set_aside:
        return
    console.print(f"Set aside: {len(screen.set_aside)}")
    if len(screen.set_aside) <= MOST_SET_ASIDE:
        for one in screen.set_aside:
            console.print(f"  [bold]{plain(one.id)}[/bold]: {plain(one.reason)}")
        return
    for reason, n in Counter(one.reason for one in screen.set_aside).most_common(MOST_SET_ASIDE):
        console.print(f"  {format_count(n)}: {plain(reason)}")
    console.print("  --json and --out name each of them.")
