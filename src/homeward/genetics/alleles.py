"""Allele codes."""

from __future__ import annotations

from typing import Final

MISSING: Final = -1
"""Allele code of an untyped allele; the others are positions among the alleles of a locus."""

SILENT_ALLELE: Final = "silent"
"""Name of the allele that typing does not show; its code follows those of the other alleles of the locus."""

UNKNOWN_ALLELE: Final = "?"
"""Stands for an allele that could not be read in a genotype whose other allele is known."""

NO_STATE: Final = -1
"""Stands for the code and the state of the silent allele at a locus that has none."""
