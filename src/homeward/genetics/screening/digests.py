"""Digests of what a result depends on, so that it can be found again or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from homeward import __version__
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.screening.shapes import Sought, group_by_shape


def panel_digest(panel: Panel) -> bytes:
    """Return the SHA-256 digest of alleles, frequencies and mutation of all loci, in order, and of this version."""
    digest = hashlib.sha256(f"homeward {__version__} theta {panel.theta!r}".encode())
    for locus in panel.loci:
        digest.update(repr((locus.name, locus.alleles, locus.female_mutation, locus.male_mutation)).encode())
        digest.update(locus.frequencies.tobytes())
    return digest.digest()


def sought_digests(panel: Panel, sought: Sequence[Sought]) -> list[bytes]:
    """Return for each person sought the SHA-256 digest of all that their table depends on.

    These are the panel, the shape of the family and the profiles at its places; names and the order in which people are
    listed are not.
    """
    of_panel = panel_digest(panel)
    result = [b""] * len(sought)
    for group in group_by_shape(sought):
        of_shape = hashlib.sha256(of_panel + repr(group.shape).encode())
        for member, people in zip(group.members, group.people, strict=True):
            profiles = sought[member].family.profiles
            digest = of_shape.copy()
            # Which of two alleles is written first does not matter.
            digest.update(np.sort(profiles.alleles[people].astype(np.int16), axis=2).tobytes())
            digest.update(profiles.dropout[people].tobytes())
            result[member] = digest.digest()
    return result


def profiles_digest(profiles: Profiles) -> bytes:
    """Return the SHA-256 digest of names, sexes, alleles and dropout of some profiles."""
    digest = hashlib.sha256("\0".join(profiles.ids).encode())
    for array in (profiles.sex, profiles.alleles, profiles.dropout):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()
