"""What is asked about the power of a case, as two hypotheses and the people who are to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Case, Family, Hypothesis
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.simulation.lr_outcomes import Contrast


def missing_contrast(
    family: Family, position: int, panel: Panel, relatives: Sequence[str] = (), *, dropout: float = 0.0
) -> Contrast:
    """Return the question whether a sample comes from a missing person, once some relatives are typed as well.

    Parameters
    ----------
    family : Family
    position : int
        Place of the missing person in the pedigree.
    panel : Panel
    relatives : sequence of str
        Members to be typed, by their names in the pedigree.
    dropout : float
        Probability that an allele of the sample is not seen, in [0, 1).

    Returns
    -------
    Contrast
        H1: the person at this place is who is typed. H2: an unrelated person is, and the place stays empty.
    """
    pedigree, profiles = family.pedigree, family.profiles
    sought = pedigree.ids[position]
    is_it = Hypothesis(f"a sample is {sought}", pedigree, profiles)
    is_not = Hypothesis(f"a sample is unrelated to family {family.id}", *_with_stranger(pedigree, profiles, position))
    no_dropout = (0.0,) * len(relatives)
    return Contrast(is_it, is_not, panel, (*relatives, sought), (*no_dropout, dropout))


def _with_stranger(pedigree: Pedigree, profiles: Profiles, position: int) -> tuple[Pedigree, Profiles]:
    """Return the family with its missing member under another name, and a stranger under that member's name."""
    sought = pedigree.ids[position]
    ids = [*pedigree.ids, sought]
    ids[position] = f"({sought}, not sampled)"
    sex = int(pedigree.sex[position])
    n_loci = profiles.alleles.shape[1]
    return (
        replace(
            pedigree,
            ids=tuple(ids),
            parents=np.vstack([pedigree.parents, [[FOUNDER, FOUNDER]]]),
            sex=np.append(pedigree.sex, pedigree.sex.dtype.type(sex)),
            founder_inbreeding=np.append(pedigree.founder_inbreeding, 0.0),
        ),
        replace(
            profiles,
            ids=tuple(ids),
            sex=np.append(profiles.sex, profiles.sex[position]),
            alleles=np.concatenate([profiles.alleles, np.full((1, n_loci, 2), MISSING, dtype=np.int16)]),
            dropout=np.concatenate([profiles.dropout, np.zeros((1, n_loci))]),
            dropin=np.concatenate([profiles.dropin, np.zeros((1, n_loci))]),
        ),
    )


def candidates_to_sample(family: Family) -> tuple[str, ...]:
    """Return the members of whom nothing is typed, other than the missing and unnamed parents."""
    missing = {person.position for person in family.missing}
    others = missing.union(map(int, np.flatnonzero(family.profiles.typed.any(axis=1))))
    return tuple(
        person for i, person in enumerate(family.pedigree.ids) if i not in others and not person.startswith("(")
    )


def typed_members(pedigree: Pedigree, profiles: Profiles) -> tuple[str, ...]:
    """Return the members who are typed at some locus."""
    return tuple(pedigree.ids[i] for i in np.flatnonzero(profiles.typed.any(axis=1)))


def pedigree_contrast(case: Case, people: Sequence[str]) -> Contrast:
    """Return the question which of two pedigrees is true, once some people are typed.

    Parameters
    ----------
    case : Case
        With competing pedigrees; H1 is the first, H2 the reference, which is the last.
    people : sequence of str
        Those to be typed. What is known of them is set aside; what is known of others is kept.
        Without anybody: all who are typed in the case.

    Raises
    ------
    InputError
        Somebody is not in both pedigrees, or nobody is named and nobody is typed; lists all problems.
    """
    h1, h2 = case.hypotheses[0], case.hypotheses[-1]
    chosen = tuple(dict.fromkeys(people)) or typed_members(h1.pedigree, h1.profiles)
    log = ProblemLog()
    for hypothesis in (h1, h2):
        for person in chosen:
            if person not in hypothesis.pedigree.ids:
                known = ", ".join(i for i in hypothesis.pedigree.ids if not i.startswith("("))
                log.add(
                    f"'{person}' is not in the pedigree {hypothesis.name}.",
                    where="--typed",
                    fix=f"Name people who are in both pedigrees. In this one are: {known}.",
                )
    if not chosen:
        log.add(
            "Nobody in this case has a profile.", where="--typed", fix="Name those who could be typed with --typed."
        )
    log.raise_if_any()
    return Contrast(_without_profiles(h1, chosen), _without_profiles(h2, chosen), case.panel, chosen)


def _without_profiles(hypothesis: Hypothesis, people: Sequence[str]) -> Hypothesis:
    profiles = hypothesis.profiles
    alleles, dropout = profiles.alleles.copy(), profiles.dropout.copy()
    for person in people:
        row = hypothesis.pedigree.position(person)
        alleles[row], dropout[row] = MISSING, 0.0
    return replace(hypothesis, profiles=replace(profiles, alleles=alleles, dropout=dropout))
