"""What all reports share: templates, style, the frame of a page, the panel as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from homeward.genetics.panel import Panel
from homeward.identification.numbers import format_count, format_fraction
from homeward.reports.case_tables import listed


def html_page(title: str, fragment: str, *, kind: str = "DNA identification report") -> str:
    """Return a whole page around a report of some kind: one file that needs no script, no font and no other host."""
    template = environment().get_template("page.html.j2")
    return template.render(title=title, kind=kind, css=report_css(), fragment=fragment)


def report_css() -> str:
    """Return the style sheet of the report; every rule but those for printed pages is bound to ``.homeward-report``."""
    return (files("homeward.reports") / "templates" / "report.css").read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return the templates, which escape whatever is put into them."""
    environment = Environment(
        loader=PackageLoader("homeward.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = format_count
    environment.filters["listed"] = listed
    return environment


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One locus and its parameters, as text."""

    locus: str
    chromosome: str
    n_alleles: int
    female_mutation: str
    male_mutation: str
    dropout: str
    minimum_frequency: str
    database_size: str


def panel_rows(panel: Panel) -> list[PanelRow]:
    """Return the loci of a panel as rows of a table."""
    return [
        PanelRow(
            locus=locus.name,
            chromosome=locus.chromosome or "\N{EN DASH}",
            n_alleles=len(locus.alleles),
            female_mutation=locus.female_mutation.describe(),
            male_mutation=locus.male_mutation.describe(),
            dropout=format_fraction(locus.dropout_probability),
            minimum_frequency=format_fraction(locus.minimum_frequency),
            database_size="\N{EN DASH}" if locus.database_size is None else format_count(locus.database_size),
        )
        for locus in panel.loci
    ]
