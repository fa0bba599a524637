"""What samples are compared with: families that seek somebody, or other profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from homeward.core.arrays import IntArray
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles, choose_profiles
from homeward.genetics.screening.conditioning import condition
from homeward.genetics.screening.confirmation import ConfirmedPairs, confirm
from homeward.genetics.screening.digests import panel_digest, profiles_digest, sought_digests
from homeward.genetics.screening.identity import condition_on_identity, confirm_identity
from homeward.genetics.screening.shapes import Sought, group_by_shape
from homeward.genetics.screening.store import TableStore
from homeward.genetics.screening.tables import ConditionedTables


class Reference(Protocol):
    """Something that samples are compared with; can be sent to another process."""

    def __len__(self) -> int:
        """Return the number of people sought."""

    def order(self) -> IntArray:
        """Return all positions, with those that are best worked out together next to each other."""

    def part(self, chosen: IntArray) -> Reference:
        """Return some of the people sought."""

    def digests(self) -> list[bytes]:
        """Return digests of all that the tables depend on."""

    def condition(self, store: TableStore | None) -> ConditionedTables:
        """Return the tables of all people sought, from the store as far as it has them."""

    def confirm(self, samples: Profiles, sample: IntArray, sought: IntArray) -> ConfirmedPairs:
        """Return the exact LR of pairs, given by their positions."""


@dataclass(frozen=True, slots=True, eq=False)
class FamilyReference:
    """People sought by families: H1 is that the sample comes from that person."""

    panel: Panel
    sought: tuple[Sought, ...]

    def __len__(self) -> int:
        return len(self.sought)

    def order(self) -> IntArray:
        """Return all positions, families of one shape next to each other, those that take most work first.

        Blocks that take long then are begun early, and no worker is left with one when the others have ended.
        """
        groups = sorted(group_by_shape(self.sought), key=lambda group: group.shape.is_typed.count(False), reverse=True)
        return np.concatenate([np.empty(0, np.intp), *(group.members for group in groups)])

    def part(self, chosen: IntArray) -> FamilyReference:
        """Return some of the people sought."""
        return FamilyReference(self.panel, tuple(self.sought[int(i)] for i in chosen))

    def digests(self) -> list[bytes]:
        """Return a digest for each person sought of all that their table depends on."""
        return sought_digests(self.panel, self.sought)

    def condition(self, store: TableStore | None) -> ConditionedTables:
        """Return the tables of all people sought; those that the store does not have are worked out and kept there."""
        if store is None:
            return condition(self.panel, self.sought)
        return store.condition(self.panel, self.sought)

    def confirm(self, samples: Profiles, sample: IntArray, sought: IntArray) -> ConfirmedPairs:
        """Return the exact LR of pairs, given by their positions."""
        return confirm(self.panel, self.sought, samples, sample, sought)


@dataclass(frozen=True, slots=True, eq=False)
class IdentityReference:
    """Other profiles: H1 is that the sample comes from the same person as the profile."""

    panel: Panel
    profiles: Profiles

    def __len__(self) -> int:
        return len(self.profiles)

    def order(self) -> IntArray:
        """Return all positions as they stand."""
        return np.arange(len(self.profiles))

    def part(self, chosen: IntArray) -> IdentityReference:
        """Return some of the profiles."""
        return IdentityReference(self.panel, choose_profiles(self.profiles, chosen))

    def digests(self) -> list[bytes]:
        """Return one digest of all profiles and the panel."""
        return [panel_digest(self.panel) + profiles_digest(self.profiles)]

    def condition(self, store: TableStore | None) -> ConditionedTables:
        """Return the tables of all profiles; they are made faster than they could be kept."""
        return condition_on_identity(self.panel, self.profiles)

    def confirm(self, samples: Profiles, sample: IntArray, sought: IntArray) -> ConfirmedPairs:
        """Return the exact LR of pairs, given by their positions."""
        return confirm_identity(self.panel, samples, self.profiles, sample, sought)
