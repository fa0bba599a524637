"""Small closed classes of English words, and the lists that the data files carry."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "pfc",
        "pvt",
        "spc",
        "cmdr",
        "adm",
        "rear",
        "brig",
        "msgt",
        "sfc",
        "ssgt",
        "tsgt",
        "cpt",
        "sen",
        "rep",
        "gov",
        "pres",
        "amb",
        "sec",
        "st",
        "jr",
        "sr",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mt",
        "ft",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "corp",
        "co",
        "ltd",
        "u.s",
        "u.n",
        "u.k",
        "d.c",
        "a.m",
        "p.m",
        "e.g",
        "i.e",
        "n",
        "s",
        "e",
        "w",
        "fig",
        "vol",
        "dept",
    ]
)
STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "its",
        "their",
        "our",
        "this",
        "that",
        "these",
        "those",
        "there",
        "in",
        "on",
        "at",
        "but",
        "and",
        "or",
        "so",
        "after",
        "before",
        "as",
        "when",
        "while",
        "if",
        "since",
        "although",
        "though",
        "both",
        "some",
        "many",
        "most",
        "all",
        "no",
        "not",
        "one",
        "two",
        "three",
        "however",
        "meanwhile",
        "for",
        "according",
        "from",
        "with",
        "last",
    ]
)


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """Return the words of a data file of this language."""
    return frozenset(files(__package__ or "").joinpath(name).read_text("utf-8").split())


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: what is done by saying it, and whether it needs a "that" or a quotation (1), a quotation (0) or neither (2)."""

    act: str
    strength: int


@lru_cache(maxsize=1)
def saying_verbs() -> dict[str, Saying]:
    """Return the verbs of saying by their forms."""
    rows = csv.DictReader(io.StringIO(files(__package__ or "").joinpath("saying.csv").read_text("utf-8")))
    return {form: Saying(row["act"], int(row["strength"])) for row in rows for form in row["forms"].split()}


@lru_cache(maxsize=1)
def base_forms() -> frozenset[str]:
    """Return the verbs of saying in the form that goes with several people or with "I"."""
    rows = csv.DictReader(io.StringIO(files(__package__ or "").joinpath("saying.csv").read_text("utf-8")))
    return frozenset(row["forms"].split()[0] for row in rows)


@lru_cache(maxsize=1)
def verb_forms() -> frozenset[str]:
    """Return the forms of the verbs that the rules know."""
    return word_list("verbs.txt") | frozenset(saying_verbs())


@lru_cache(maxsize=16)
def function_words(kind: str) -> frozenset[str]:
    """Return the words of a closed class: auxiliaries, adverbs, breaks, prepositions, pronouns, determiners, and others."""
    table = tomllib.loads(files(__package__ or "").joinpath("function_words.toml").read_text("utf-8"))
    return frozenset(table[kind].split())
