"""Who can be whose parent by age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ages:
    """What is known of the ages of people.

    years: by id, all at the same time; somebody left out can be anybody's parent.
    least_parent_age: years a parent must be older than a child, at least.
    """

    years: Mapping[str, float] = field(default_factory=dict)
    least_parent_age: float = 12.0

    def can_be_parent(self, parent: str, child: str) -> bool:
        """Return whether one can be a parent of the other; so it is where an age is not known."""
        if parent not in self.years or child not in self.years:
            return True
        return self.years[parent] - self.years[child] >= self.least_parent_age


ANY_AGE = Ages()
