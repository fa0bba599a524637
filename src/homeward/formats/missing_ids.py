"""Names for the missing that are unique in the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from homeward.core.errors import ProblemLog


def missing_ids(
    missing: Sequence[tuple[str, str]], sample_ids: Collection[str], *, where: str, log: ProblemLog
) -> list[str]:
    """Return an id for each missing person, given as (family, name).

    The name itself if no other missing person and no sample has it, else "family/name". Ids that are still
    not unique are noted in ``log``.
    """
    count = Counter(name for _, name in missing)
    ids = [name if count[name] == 1 and name not in sample_ids else f"{family}/{name}" for family, name in missing]
    for taken, n in Counter(ids).items():
        if n > 1 or taken in sample_ids:
            log.add(
                f"The name '{taken}' stands for more than one missing person or sample.",
                where=where,
                fix="Give every missing person a name of their own.",
            )
    return ids
