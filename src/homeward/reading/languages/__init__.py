"""A language is a set of rules and a lexicon; `rules_for` gives them, if there are any."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.reading.languages.interface import Rules

RULE_SETS = {"en": "homeward.reading.languages.en.rules"}
"""Module of each language that can be read; it has one name, ``RULES``."""


def rules_for(language: str | None) -> Rules | None:
    """Return the rules of a language (ISO 639-1), ``None`` where there are none."""
    if language not in RULE_SETS:
        return None
    rules: Rules = import_module(RULE_SETS[language]).RULES
    return rules
