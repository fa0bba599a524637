"""What a pedigree needs at a locus to explain the profiles there: a mutation, a dropout, a drop-in, a silent allele."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from itertools import compress

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Hypothesis
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles


class Event(StrEnum):
    """What may happen, besides inheritance, between a parent and what is seen of a child."""

    MUTATION = "mutation"
    DROPOUT = "dropout"
    DROPIN = "drop-in"
    SILENT = "silent allele"


def needed_events(hypothesis: Hypothesis, panel: Panel, log10_likelihood: FloatArray) -> tuple[tuple[str, ...], ...]:
    """Return, for each locus, the events without which the profiles there would be impossible.

    Parameters
    ----------
    hypothesis : Hypothesis
        Pedigree and profiles.
    panel : Panel
        Of L loci.
    log10_likelihood : (L,) float64 array
        Of the pedigree, with every event allowed.

    Returns
    -------
    tuple of L tuples of str
        Such as ("mutation",); "mutation or silent allele" where one of several is needed; empty where the profiles can
        do without, or where they are impossible anyway.
    """
    # Theta does not change what is possible.
    panel = replace(panel, theta=0.0)
    used = _events_used(hypothesis.profiles, panel)
    possible = log10_likelihood > -np.inf
    needed = {event: possible & ~_possible_without(hypothesis, panel, {event}) for event in used}
    together = possible & ~_possible_without(hypothesis, panel, used) if len(used) > 1 else np.zeros(len(panel), bool)
    found = []
    for locus in range(len(panel)):
        events = tuple(event.value for event in needed if needed[event][locus])
        if not events and together[locus]:
            events = (" or ".join(compress(used, (_is_used(e, hypothesis.profiles, panel)[locus] for e in used))),)
        found.append(events)
    return tuple(found)


def events_in_words(events: Iterable[str]) -> str:
    """Say events with their articles: "a mutation and a dropout"."""
    return " and ".join(f"a {event}" for event in events)


def _events_used(profiles: Profiles, panel: Panel) -> list[Event]:
    return [event for event in Event if _is_used(event, profiles, panel).any()]


def _is_used(event: Event, profiles: Profiles, panel: Panel) -> BoolArray:
    """(L,): whether an event can happen at a locus."""
    match event:
        case Event.MUTATION:
            return np.array([x.female_mutation.mutates or x.male_mutation.mutates for x in panel.loci], dtype=bool)
        case Event.DROPOUT:
            return np.asarray((profiles.typed & (profiles.dropout > 0)).any(axis=0))
        case Event.DROPIN:
            return np.asarray((profiles.typed & (profiles.dropin > 0)).any(axis=0))
        case Event.SILENT:
            return np.array([locus.silent_frequency > 0 for locus in panel.loci], dtype=bool)


def _possible_without(hypothesis: Hypothesis, panel: Panel, events: list[Event] | set[Event]) -> BoolArray:
    """(L,): whether the profiles are possible with some events switched off."""
    profiles, blank = hypothesis.profiles, np.zeros(len(panel), dtype=bool)
    if Event.DROPOUT in events:
        profiles = replace(profiles, dropout=np.zeros_like(profiles.dropout))
    if Event.DROPIN in events:
        profiles = replace(profiles, dropin=np.zeros_like(profiles.dropin))
    if Event.SILENT in events:
        silent = np.array([len(locus.alleles) for locus in panel.loci])
        shows_nothing = profiles.alleles == silent[:, np.newaxis]
        blank = shows_nothing.any(axis=(0, 2))
        profiles = replace(profiles, alleles=np.where(shows_nothing, MISSING, profiles.alleles).astype(np.int16))
        panel = replace(panel, loci=tuple(replace(locus, silent_frequency=0.0) for locus in panel.loci))
    mutation = Event.MUTATION not in events
    found = pedigree_log10_likelihood(hypothesis.pedigree, profiles, panel, mutation=mutation)
    return np.asarray((found > -np.inf) & ~blank)
