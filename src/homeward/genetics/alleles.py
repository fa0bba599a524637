"""Allele codes."""

from __future__ import annotations

from typing import Final

MISSING: Final = -1
"""Allele code of an untyped allele; the others are positions among the alleles of a locus."""
