"""Who of a case of competing pedigrees is joined to nobody, so that the pedigrees say the same of their profile."""

from __future__ import annotations

import numpy as np

from homeward.genetics.case import Case, Hypothesis


def unjoined_notes(case: Case) -> list[str]:
    """Return a sentence for every typed person who is joined to no other typed person in any pedigree."""
    alone = [_joined_to_no_other(hypothesis) for hypothesis in case.hypotheses]
    return [
        f"{name} is joined to no other typed person in any of the pedigrees, so this profile does not tell them apart."
        for name in dict.fromkeys(name for names in alone for name in names)
        if all(name in names for names in alone)
    ]


def _joined_to_no_other(hypothesis: Hypothesis) -> list[str]:
    """Return the typed people who are the only ones of their component."""
    component = hypothesis.pedigree.components()
    typed = np.flatnonzero(hypothesis.profiles.typed.any(axis=1))
    n_typed = np.bincount(component[typed], minlength=len(component))
    return [hypothesis.pedigree.ids[int(person)] for person in typed if n_typed[component[person]] == 1]
