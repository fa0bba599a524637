"""Part of a report as a notebook shows it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from homeward.reports.page import environment, report_css


@dataclass(frozen=True, slots=True)
class Inline:
    """Part of a report. At the end of a cell a notebook shows it; elsewhere use ``IPython.display.display``.

    html: an element ``<article>``, without its style sheet.
    drawings: the ``<svg>`` elements in it.
    """

    html: str
    drawings: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Return what a notebook shows; the style sheet touches nothing outside the report."""
        return f"<style>{report_css()}</style>{self.html}"

    def _repr_svg_(self) -> str | None:
        """Return the first drawing, for what shows no HTML."""
        return self.drawings[0] if self.drawings else None


def inline(template: str, drawings: Iterable[str], **parts: object) -> Inline:
    """Return a template filled with parts of a report, and its drawings, those that are empty left out."""
    html = environment().get_template(template).render(parts)
    return Inline(_with_own_anchors(html), tuple(drawing for drawing in drawings if drawing))


def _with_own_anchors(html: str) -> str:
    """Return the fragment with anchors of its own, as a notebook shows several on one page.

    Quotation marks in names are escaped, so nothing but an attribute looks like one.
    """
    mark = hashlib.sha256(html.encode()).hexdigest()[:8]
    html = re.sub(r'( id=| aria-labelledby=)"([^"]+)"', rf'\1"\2-{mark}"', html)
    return re.sub(r'="url\(#([^"()]+)\)"', rf'="url(#\1-{mark})"', html)
