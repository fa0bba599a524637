"""Who of a pedigree was named by the file it came from."""

from __future__ import annotations

import re
from collections.abc import Collection

from homeward.genetics.pedigree import FOUNDER, Pedigree
from homeward.genetics.profiles import Profiles

_COMPLETED = re.compile(r"\((father|mother) of (.*?)(?:, \d+)?\)", re.DOTALL)


def named_positions(pedigree: Pedigree, profiles: Profiles, missing: Collection[int] = ()) -> list[int]:
    """Return the positions of everybody but the unnamed second parents that ``build_pedigree`` adds at the end.

    They are left out when a case is written, because reading it adds them again. Those in ``missing`` are kept.
    """
    n = len(pedigree)
    typed = [bool(row.any()) for row in profiles.typed]
    while n and n - 1 not in missing and not typed[n - 1] and _is_completion(pedigree, n - 1):
        n -= 1
    return list(range(n))


def _is_completion(pedigree: Pedigree, person: int) -> bool:
    """Whether somebody is an unnamed second parent: a founder, called "(mother of X)", of X and the twins of X only."""
    match = _COMPLETED.fullmatch(pedigree.ids[person])
    children = pedigree.children(person)
    of = pedigree.genotype_of
    if match is None or len({of[child] for child in children}) != 1 or (pedigree.parents[person] != FOUNDER).any():
        return False
    column = 0 if match[1] == "father" else 1
    return match[2] in {pedigree.ids[i] for i in children} and int(pedigree.parents[children[0], column]) == person
