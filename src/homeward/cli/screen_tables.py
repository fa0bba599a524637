"""The candidates of a screen in a terminal."""

from __future__ import annotations

from collections import Counter

from rich import box
from rich.console import Console
from rich.table import Table

from homeward.cli.tables import MOST_ROWS, plain
from homeward.identification.numbers import counted, format_count, format_log10
from homeward.identification.screen_policy import Against
from homeward.identification.screen_results import Screen

HEADINGS = {
    Against.FAMILIES: ("Candidates", "Missing"),
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
WIDE = 100
"""Columns of a terminal that has room for everything."""


def print_screen(screen: Screen) -> None:
    """Print the best candidates, what was set aside, and the thresholds."""
    console = Console()
    console.print(f"[bold]{plain(screen.case.title)}[/bold]")
    subjects = counted(screen.n_subjects, NOUNS[screen.against], _plural(NOUNS[screen.against]))
    console.print(
        f"{counted(screen.n_samples, 'sample')} compared with {subjects}: {counted(screen.n_pairs, 'pair')}, "
        f"{counted(len(screen.candidates), 'candidate')}.\n"
    )
    console.print(_candidate_table(screen, console.width))
    console.print(
        "log10 LR: this sample against somebody unrelated. If true: what such a pair gives on average at these loci. "
        "Rank: place among all that this sample was compared with.",
        style="dim",
    )
    hidden = len(screen.candidates) - MOST_ROWS
    if hidden > 0:
        console.print(f"{format_count(hidden)} more; --out FILE.parquet writes all of them.")
    for note in dict.fromkeys([*screen.case.notes, *screen.notes]):
        console.print(f"Note: {plain(note)}")
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


def _candidate_table(screen: Screen, width: int) -> Table:
    """Return the best candidates of all, best first; a narrow terminal does without the weakest locus."""
    title, other = HEADINGS[screen.against]
    third = {Against.FAMILIES: "Family", Against.KIN: "Relation"}.get(screen.against)
    is_wide = width >= WIDE
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1) if is_wide else (0, 0))
    for column in ("Sample", other, *([third] if third else [])):
        table.add_column(column, no_wrap=True)
    for column in ("log10 LR", "If true", "Loci", "Inconsistent", "Rank"):
        table.add_column(column, justify="right")
    if is_wide:
        table.add_column("Weakest locus", no_wrap=True)
    of, loci = screen.candidates, screen.case.panel.names
    for i in sorted(range(len(of)), key=lambda i: -of.order_log10_lr[i])[:MOST_ROWS]:
        subject = screen.subjects[of.subject[i]]
        names = [screen.case.samples.ids[of.sample[i]], subject.id]
        if third:
            names.append(subject.family or subject.relation)
        cells = [
            format_log10(float(of.log10_lr[i])),
            format_log10(float(of.expected_log10_lr[i])),
            str(of.n_loci[i]),
            str(of.n_inconsistent[i]),
            str(of.rank[i]) if of.rank[i] else "-",
        ]
        if is_wide and of.weakest_locus[i] >= 0:
            cells.append(f"{plain(loci[of.weakest_locus[i]])} {format_log10(float(of.weakest_log10_lr[i]))}")
        table.add_row(*map(plain, names), *cells)
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
