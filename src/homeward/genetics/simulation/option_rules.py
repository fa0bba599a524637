"""Which options of a simulation can be used."""

from __future__ import annotations

import math
from typing import Final

from homeward.core.errors import ProblemLog
from homeward.genetics.databases.frequencies import bundled_databases
from homeward.genetics.mutation import MutationKind
from homeward.genetics.simulation.options import SimulationOptions, option_name

DATABASE: Final = "NIST 1036"
MUTATIONS: Final = (MutationKind.NONE.value, MutationKind.STEPWISE.value)
MOST: Final = 1_000_000
"""Most missing persons, and most samples: numbers beyond it are slips of the keyboard."""


def check_options(options: SimulationOptions) -> None:
    """Raise one InputError that lists every option that cannot be used, each under its name on the command line."""
    log = ProblemLog()
    for name in ("missing", "samples"):
        value = getattr(options, name)
        if not 1 <= value <= MOST:
            log.add(f"{value} is not from 1 to {MOST:,}.", where=option_name(name), fix="Give a number in this range.")
    if options.seed < 0:
        log.add(f"{options.seed} is below 0.", where=option_name("seed"), fix="Give a whole number of 0 or more.")
    populations = bundled_databases()[DATABASE]
    if options.population not in populations:
        log.add(
            f"The database {DATABASE} has no population '{options.population}'.",
            where=option_name("population"),
            fix=f"Write one of: {', '.join(populations)}.",
        )
    if options.mutation not in MUTATIONS:
        log.add(
            f"Cases cannot be simulated with the mutation model '{options.mutation}'.",
            where=option_name("mutation"),
            fix=f"Write one of: {', '.join(MUTATIONS)}.",
        )
    if not 1.0 <= options.samples_per_person < math.inf:
        log.add(
            f"{options.samples_per_person:g} is not a number of 1 or more.",
            where=option_name("samples_per_person"),
            fix="Give the mean over the people of whom there is a sample, such as 1.3.",
        )
    _check_shares(options, log)
    if not log:
        _check_enough_people(options, log)
    log.raise_if_any()


def _check_shares(options: SimulationOptions, log: ProblemLog) -> None:
    """Note every share and probability that is outside its range."""
    for name in ("male", "partial_donors", "strangers", "degraded"):
        value = getattr(options, name)
        if not 0.0 <= value <= 1.0:
            log.add(f"{value:g} is outside [0, 1].", where=option_name(name), fix="Give a share, such as 0.2.")
    for name in ("dropout", "least_failure", "most_failure"):
        value = getattr(options, name)
        if not 0.0 <= value < 1.0:
            log.add(f"{value:g} is outside [0, 1).", where=option_name(name), fix="Give a probability, such as 0.1.")
    if options.least_failure > options.most_failure:
        log.add(
            f"{options.least_failure:g} is above {options.most_failure:g}, which is given as the most.",
            where=f"{option_name('least_failure')}, {option_name('most_failure')}",
            fix="Exchange the two.",
        )


def _check_enough_people(options: SimulationOptions, log: ProblemLog) -> None:
    """Note it if the samples of missing persons come from more people than are missing."""
    n_samples = options.samples - options.n_strangers
    n_found = options.n_people(n_samples)
    if n_found > options.missing:
        log.add(
            f"{n_samples} samples of missing persons at {options.samples_per_person:g} each come from {n_found} "
            f"people, but only {options.missing} are missing.",
            where=f"{option_name('samples')}, {option_name('missing')}",
            fix="Ask for fewer samples, more missing persons, more strangers or more samples per person.",
        )
