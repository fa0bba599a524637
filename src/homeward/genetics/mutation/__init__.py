"""Mutation models: how an allele changes on its way from parent to child.

A matrix M holds M[i, j] = P(the child receives j | the parent transmits i); rows sum to one. A model makes such a
matrix for the alleles of a locus (``models``, ``stepwise``), which may be changed so that it keeps the allele
frequencies or is reversible (``transforms``) and can be examined (``diagnostics``). ``lumping`` works out which alleles
may be merged.
"""

from homeward.genetics.mutation.diagnostics import (
    adjust_rate,
    is_always_lumpable,
    is_bounded,
    is_lumpable,
    is_reversible,
    is_stationary,
    overall_rate,
)
from homeward.genetics.mutation.ladder import repeat_lengths
from homeward.genetics.mutation.models import (
    NO_MUTATION,
    MutationKind,
    MutationModel,
    transmission_matrix,
)
from homeward.genetics.mutation.transforms import MutationTransform

__all__ = [
    "NO_MUTATION",
    "MutationKind",
    "MutationModel",
    "MutationTransform",
    "adjust_rate",
    "is_always_lumpable",
    "is_bounded",
    "is_lumpable",
    "is_reversible",
    "is_stationary",
    "overall_rate",
    "repeat_lengths",
    "transmission_matrix",
]
