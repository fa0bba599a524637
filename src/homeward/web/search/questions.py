"""What somebody typed into the search box, understood as words and phrases and never as the syntax of a database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from homeward.web.search.folding import is_single_character, words_of

MOST_CHARACTERS = 300
MOST_TERMS = 12
MOST_WORDS = 40
SHORTEST_BEGINNING = 4
"""A word of fewer letters must be there as it is: us does not find used, nor war what is warm."""

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\uff02", '"'))

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there.

    runs: ways of writing it, each as words that stand side by side; one of them is enough.
    is_beginning: whether the last word may go on.
    """

    runs: tuple[Run, ...]
    is_beginning: bool

    def is_in(self, words: str) -> bool:
        """Return whether it is in some words, parted by spaces."""
        end = "" if self.is_beginning else " "
        return any(f" {' '.join(run)}{end}" in f" {words} " for run in self.runs)


@dataclass(frozen=True, slots=True)
class Question:
    """All that must be there, in any order; nothing if no word was typed."""

    terms: tuple[Term, ...]
    was_cut: bool = False

    @property
    def words(self) -> str:
        """The words side by side, as a name that is exactly this would have them."""
        return " ".join(word for term in self.terms for word in term.runs[0])

    def is_in(self, words: str) -> bool:
        """Return whether all of it is in some words, parted by spaces."""
        return all(term.is_in(words) for term in self.terms)

    def for_sqlite(self) -> str:
        """Return it in the language of FTS5; each word is quoted, so that none is taken for an operator."""
        return " AND ".join(_any(term, _fts5_run, " OR ") for term in self.terms)

    def for_postgresql(self) -> str:
        """Return it as a ``tsquery``; each word is quoted, so that none is taken for an operator."""
        return " & ".join(_any(term, _tsquery_run, " | ") for term in self.terms)


def read_question(text: str) -> Question:
    """Return what a text asks for: words in any order, each also as the beginning of one; and phrases in quotes."""
    was_cut = len(text) > MOST_CHARACTERS
    terms: list[Term] = []
    n_words = 0
    for match in _TERM.finditer(text[:MOST_CHARACTERS].translate(_QUOTES)):
        term = _term(match[1] if match[1] is not None else match[2], is_phrase=match[1] is not None)
        if term is None or term in terms:
            continue
        n_words += len(term.runs[0])
        if len(terms) == MOST_TERMS or n_words > MOST_WORDS:
            return Question(tuple(terms), was_cut=True)
        terms.append(term)
    return Question(tuple(terms), was_cut)


def _term(text: str, *, is_phrase: bool) -> Term | None:
    """What must be there for one word or phrase; nothing if there is no letter or digit in it."""
    run = tuple(words_of(text))
    if not run:
        return None
    last = run[-1]
    may_go_on = not is_phrase and len(last) >= SHORTEST_BEGINNING and not last.isdigit()
    has_characters = any(is_single_character(word) for word in run)
    runs = [run]
    if not is_phrase and len(run) > 1 and not has_characters:
        runs.append(("".join(run),))  # Yong-chol is also found where it is written Yongchol
    return Term(tuple(runs), may_go_on)


def _any(term: Term, written: Callable[[Run, bool], str], or_: str) -> str:
    """The ways of writing a term, any of which is enough."""
    found = or_.join(written(run, term.is_beginning) for run in term.runs)
    return f"({found})"


def _fts5_run(run: Run, is_beginning: bool) -> str:
    """Words side by side for FTS5."""
    return f'"{" ".join(run)}"{" *" if is_beginning else ""}'


def _tsquery_run(run: Run, is_beginning: bool) -> str:
    """Words side by side for PostgreSQL."""
    return " <-> ".join(f"'{word}'" for word in run) + (":*" if is_beginning else "")
