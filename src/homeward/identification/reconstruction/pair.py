"""The plausible relationships of two people, ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.relatedness.catalogue import (
    FURTHER_RELATIONSHIPS,
    PARENT_CHILD,
    STANDARD_RELATIONSHIPS,
    UNRELATED,
)
from homeward.genetics.relatedness.estimation import bootstrap_kappa, estimate_kappa
from homeward.identification.checking.relationships import pair_probabilities
from homeward.identification.reconstruction.ages import ANY_AGE, Ages

RELATIONSHIPS = (*STANDARD_RELATIONSHIPS, *FURTHER_RELATIONSHIPS)


@dataclass(frozen=True, slots=True)
class RankedRelationship:
    """One relationship that two people may have.

    kappa: probabilities of sharing 0, 1, 2 genes identical by descent.
    log10_lr: against unrelated people.
    posterior: among the relationships that were compared.
    """

    name: str
    kappa: tuple[float, float, float]
    log10_lr: float
    posterior: float


@dataclass(frozen=True, slots=True, eq=False)
class PairRanking:
    """How two people may be related, the most probable relationship first.

    n_loci: at which both are typed.
    kappa: (3,) maximum-likelihood estimate; kappa_interval: (2, 3) its bootstrap interval, each entry by itself.
    """

    first: str
    second: str
    n_loci: int
    kappa: FloatArray
    kappa_interval: FloatArray
    relationships: tuple[RankedRelationship, ...]


def rank_relationships(
    panel: Panel,
    profiles: Profiles,
    first: str,
    second: str,
    *,
    ages: Ages = ANY_AGE,
    prior: Mapping[str, float] | None = None,
    replicates: int = 500,
    level: float = 0.95,
    seed: int = 1,
) -> PairRanking:
    """Rank the relationships that two people may have.

    Compared are the standard set and four more, each once: relationships of the same kappa, such as half siblings and
    grandparents, cannot be told apart by unlinked loci. A parent and a child are compared both ways round, with
    mutation.

    Parameters
    ----------
    panel : Panel
        Autosomal, unlinked loci.
    profiles : Profiles
    first, second : str
        Ids of the two.
    ages : Ages
        Rules a parent out who is too young.
    prior : mapping of name to weight, optional
        Weights of relationships by name (of both ways together for a parent and a child); flat if not given, 0 where
        left out.
    replicates, level, seed : int, float, int
        Of the bootstrap interval of kappa.

    Raises
    ------
    InputError
        There is no profile of this name, the two have no locus in common, or a weight is of no relationship that is
        compared.
    """
    rows = _rows(profiles, first, second)
    both = (profiles.typed[rows[0]] & profiles.typed[rows[1]])[0]
    if not both.any():
        fix = "Type both at the same loci."
        raise InputError(Problem(f"'{first}' and '{second}' have no locus in common.", "the profiles", fix))
    shown = pair_probabilities(panel, profiles, *rows)
    values: dict[str, float] = {}
    kappas: dict[str, tuple[float, float, float]] = {}
    for one in RELATIONSHIPS:
        if one.name == PARENT_CHILD:
            continue
        values[one.name], kappas[one.name] = float(shown.log10_likelihood(one)[0]), one.kappa
    for parent, child, probability in (
        (first, second, shown.first_as_parent),
        (second, first, shown.second_as_parent),
    ):
        if ages.can_be_parent(parent, child):
            name = f"{parent} is the parent of {child}"
            with np.errstate(divide="ignore"):
                values[name], kappas[name] = float(np.log10(probability[0]).sum()), (0.0, 1.0, 0.0)
    weights = _weights(list(values), prior)
    estimate = estimate_kappa(shown.states).coefficients[0]
    drawn = bootstrap_kappa(shown.states[0, both], n_replicates=replicates, rng=np.random.default_rng(seed))
    tail = (1.0 - level) / 2.0
    names = list(values)
    likelihood = np.array([values[name] for name in names])
    share = weights * 10.0 ** (likelihood - likelihood[weights > 0].max())
    posterior = share / share.sum()
    return PairRanking(
        first=first,
        second=second,
        n_loci=int(both.sum()),
        kappa=estimate,
        kappa_interval=np.quantile(drawn, [tail, 1.0 - tail], axis=0),
        relationships=tuple(
            RankedRelationship(
                names[i], kappas[names[i]], float(likelihood[i] - values[UNRELATED]), float(posterior[i])
            )
            for i in np.lexsort((-likelihood, -posterior))
        ),
    )


def _rows(profiles: Profiles, first: str, second: str) -> tuple[np.ndarray, np.ndarray]:
    problems = [
        Problem(f"There is no profile '{name}'.", "the profiles", f"The profiles are: {', '.join(profiles.ids)}.")
        for name in dict.fromkeys((first, second))
        if name not in profiles.ids
    ]
    if problems:
        raise InputError(*problems)
    return np.array([profiles.position(first)]), np.array([profiles.position(second)])


def _weights(names: list[str], prior: Mapping[str, float] | None) -> FloatArray:
    """(n,): the weight of each relationship; that of parent and child is shared by the ways round that are possible."""
    known = [one.name for one in RELATIONSHIPS]
    if prior is None:
        prior = dict.fromkeys(known, 1.0)
    problems = [
        Problem(f"There is no relationship '{name}'.", "prior", f"Write one of: {'; '.join(known)}.")
        for name in prior
        if name not in known
    ]
    if not problems and not (all(weight >= 0 for weight in prior.values()) and sum(prior.values()) > 0):
        problems = [Problem("The weights are not 0 or more with a positive sum.", "prior", "Correct the weights.")]
    if problems:
        raise InputError(*problems)
    ways = [name for name in names if name not in known]
    return np.array(
        [prior.get(name, 0.0) if name in known else prior.get(PARENT_CHILD, 0.0) / len(ways) for name in names]
    )
