"""What the laboratory sees of a genotype: loci that fail, alleles that drop out."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE


def observe(
    genotypes: IntArray, *, locus_failure: FloatArray, allele_dropout: FloatArray, rng: np.random.Generator
) -> IntArray:
    """Return the alleles that are seen in samples, the smaller first.

    A locus fails as a whole, or each of its alleles goes unseen on its own; a heterozygote with one allele unseen
    looks homozygous, and a locus of which nothing is seen is untyped. If that leaves nothing of a sample,
    the locus that came nearest to being typed is seen complete: a sample without any locus would be none.

    Parameters
    ----------
    genotypes : (n, n_loci, 2) integer array
        True allele codes.
    locus_failure, allele_dropout : (n,) float64 array
        Probabilities for each sample, in [0, 1).

    Returns
    -------
    (n, n_loci, 2) int16 array
        Allele codes; ``MISSING`` in both places where untyped.
    """
    n, n_loci, _ = genotypes.shape
    locus_draw = rng.random((n, n_loci))
    seen = rng.random((n, n_loci, 2)) >= allele_dropout[:, None, None]
    seen &= (locus_draw >= locus_failure[:, None])[:, :, None]
    empty = np.flatnonzero(~seen.any(axis=(1, 2)))
    seen[empty, locus_draw[empty].argmax(axis=1)] = True
    return _shown(genotypes, seen)


def drop_out(
    genotypes: IntArray,
    dropout: FloatArray,
    rng: np.random.Generator,
    *,
    silent: IntArray | None = None,
    hemizygous: BoolArray | None = None,
) -> IntArray:
    """Return the alleles that are seen where each allele goes unseen with a probability, the smaller first.

    Parameters
    ----------
    genotypes : (..., n_people, n_loci, 2) integer array
        True allele codes.
    dropout : (n_people, n_loci) float64 array
        Probabilities for each person and locus, in [0, 1); those of the likelihood, see
        :func:`~homeward.genetics.likelihood.pedigree_log10_likelihood`.
    silent : (n_loci,) integer array, optional
        Code of the silent allele, which is never seen, or ``NO_STATE``; no locus has one if not given.
    hemizygous : (n_people, n_loci) bool array, optional
        Who carries one allele, which stands in both places; nobody if not given.

    Returns
    -------
    (..., n_people, n_loci, 2) int16 array
        Allele codes; where neither allele is seen, the silent allele in both places, or ``MISSING`` if there is none.
    """
    seen = rng.random(genotypes.shape) >= dropout[:, :, None]
    if hemizygous is not None:
        seen = np.where(hemizygous[:, :, None], seen[..., :1], seen)
    if silent is None:
        return _shown(genotypes, seen)
    shown = _shown(genotypes, seen & (genotypes != silent[:, None]))
    blank = np.where(silent == NO_STATE, MISSING, silent)
    return np.where(shown == MISSING, blank[:, None], shown).astype(np.int16)


def _shown(genotypes: IntArray, seen: BoolArray) -> IntArray:
    """A heterozygote with one allele seen shows it twice."""
    shown = np.where(seen, genotypes, genotypes[..., ::-1])
    shown[~seen.any(axis=-1)] = MISSING
    return np.sort(shown, axis=-1).astype(np.int16)


def observe_fully(genotypes: IntArray) -> IntArray:
    """Return (n, n_loci, 2) genotypes as a profile shows them: not which parent each allele came from."""
    return np.sort(genotypes, axis=-1).astype(np.int16)
