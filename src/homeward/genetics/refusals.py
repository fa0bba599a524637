"""What a case asks for that a computation cannot do: refused by name, in one place, and never approximated."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

import numpy as np

from homeward.core.arrays import BoolArray
from homeward.core.errors import ProblemLog
from homeward.genetics.alleles import NO_STATE
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles

_MOST_NAMED = 5


class Feature(StrEnum):
    """What only some computations know how to deal with."""

    X_LINKED = "X-linked loci"
    SILENT = "silent alleles"
    DROPIN = "drop-in"
    PARTIAL = "genotypes with one allele that could not be read"
    BLANK = "typings that showed nothing"
    TWINS = "twins from one egg"
    THETA = "a co-ancestry correction (theta above 0)"
    INBRED_FOUNDERS = "inbred founders"


EVERY_FEATURE = frozenset(Feature)

_REMEDIES = {
    Feature.X_LINKED: "Leave these loci out of the panel; 'homeward kinship' computes with them.",
    Feature.SILENT: "Set the frequency of the silent allele to 0 here, or leave these loci out.",
    Feature.DROPIN: "Set the drop-in probability to 0, or leave these loci out of the profiles.",
    Feature.PARTIAL: "Leave these loci out of the profiles.",
    Feature.BLANK: "Leave these loci out of the profiles.",
    Feature.TWINS: "Take the mark of the twins away, or use 'homeward resolve' or 'homeward kinship'.",
    Feature.THETA: "Set theta to 0 here; 'homeward explain' and 'kinship' give single LRs with it.",
    Feature.INBRED_FOUNDERS: "Add the ancestors that the parents share, or use 'homeward resolve'.",
}


def features_used(
    panel: Panel, profiles: Iterable[Profiles], pedigrees: Iterable[Pedigree] = ()
) -> dict[Feature, list[str]]:
    """Return the features that some data use, and the loci, people or samples that use them.

    Parameters
    ----------
    panel : Panel
        Loci.
    profiles : iterable of Profiles
        Of people or samples, at the loci of the panel.
    pedigrees : iterable of Pedigree
        Whom they are related to.
    """
    profiles, pedigrees = list(profiles), list(pedigrees)
    found = {
        Feature.X_LINKED: [locus.name for locus in panel.loci if locus.is_x_linked],
        Feature.SILENT: [locus.name for locus in panel.loci if locus.silent_code is not None],
        Feature.DROPIN: _names(profiles, [(of.dropin > 0) & of.typed for of in profiles]),
        Feature.PARTIAL: _names(profiles, [of.is_partial for of in profiles]),
        Feature.BLANK: _names(profiles, [_is_blank(panel, of) for of in profiles]),
        Feature.THETA: [f"theta {panel.theta:g}"] if panel.theta else [],
        Feature.INBRED_FOUNDERS: [of.ids[i] for of in pedigrees for i in np.flatnonzero(of.founder_inbreeding)],
        Feature.TWINS: [" and ".join(of.ids[i] for i in group) for of in pedigrees for group in of.twins],
    }
    return {feature: names for feature, names in found.items() if names}


def _is_blank(panel: Panel, profiles: Profiles) -> BoolArray:
    """(n, n_loci): whether nothing was seen."""
    silent = np.array([NO_STATE if locus.silent_code is None else locus.silent_code for locus in panel.loci])
    return np.asarray(profiles.typed & (profiles.alleles[:, :, 0] == silent))


def _names(profiles: Iterable[Profiles], uses: Iterable[BoolArray]) -> list[str]:
    """Return who uses something at any locus."""
    return [
        of.ids[int(row)] for of, where in zip(profiles, uses, strict=True) for row in np.flatnonzero(where.any(axis=1))
    ]


def refuse_unsupported(
    what: str,
    panel: Panel,
    profiles: Iterable[Profiles],
    pedigrees: Iterable[Pedigree] = (),
    *,
    unsupported: Collection[Feature] = EVERY_FEATURE,
) -> None:
    """Raise one InputError that names every feature in use that a computation cannot deal with.

    Parameters
    ----------
    what : str
        The computation, such as "A screen".
    panel, profiles, pedigrees
        As for :func:`features_used`.
    unsupported : collection of Feature
        What the computation cannot deal with.
    """
    log = ProblemLog()
    for feature, names in features_used(panel, profiles, pedigrees).items():
        if feature in unsupported:
            listed = ", ".join(dict.fromkeys(names[:_MOST_NAMED]))
            more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
            log.add(f"{what} cannot deal with {feature}.", where=f"{listed}{more}", fix=_REMEDIES[feature])
    log.raise_if_any()
