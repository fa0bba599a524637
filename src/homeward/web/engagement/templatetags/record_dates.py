"""Dates on pages: the words of the date, and its time zone in small type."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from homeward.core.dates import PartialDate

register = template.Library()


@register.filter
def when(date: PartialDate) -> SafeString:
    """Return a date in words, with the time zone set apart: seldom what is looked for."""
    if not date.zone:
        return format_html("{}", date.words)
    words, _, zone = date.words.rpartition(" (")
    return format_html('{} <span class="zone">{}</span>', words, zone.rstrip(")"))
