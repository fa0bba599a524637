"""Profiles as laboratories export them: who was typed, and the alleles of each locus, as words of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ProfileFormat(StrEnum):
    """In which form profiles come."""

    LONG = "long"
    WIDE = "wide"
    CODIS = "codis"
    CASE = "case"


@dataclass(slots=True)
class TypedProfile:
    """One typing as it stands in a file.

    name: what the file calls the sample or person. where: file and line.
    alleles: words by name of the locus; what is not there was not typed.
    category: what the file says it is of, such as a category of specimens; "" if nothing.
    """

    name: str
    where: str
    alleles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    category: str = ""
