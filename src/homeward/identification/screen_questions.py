"""What is asked of a screen: which samples, compared with whom, and who is left out and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.case import Case
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import Profiles, choose_profiles
from homeward.genetics.refusals import refuse_unsupported
from homeward.genetics.screening.digests import panel_digest, profiles_digest
from homeward.genetics.screening.kin import Relation, seek_relatives
from homeward.genetics.screening.references import FamilyReference, IdentityReference, Reference
from homeward.genetics.screening.shapes import Sought
from homeward.identification.informative import Reach, reach_of_missing
from homeward.identification.numbers import counted
from homeward.identification.pairwise import sex_log10_lr
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_results import SetAside, Subject


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """All samples that are compared, and all subjects that they are compared with.

    samples: those that are compared; sample_rows: their positions in the case.
    subjects, reference, sex: everybody that samples are compared with, what tells about them, and their recorded sex.
    is_compared: (M,) False for subjects that are set aside.
    own_sample: (M,) position among ``samples`` of each subject, or None if they are no samples.
    sex_log10_lr: (3, 3) what the sexes of sample and subject weigh.
    """

    panel: Panel
    samples: Profiles
    sample_rows: IntArray
    subjects: tuple[Subject, ...]
    reference: Reference
    sex: IntArray
    is_compared: BoolArray
    own_sample: IntArray | None
    sex_log10_lr: FloatArray
    set_aside: tuple[SetAside, ...] = field(default=())

    def digest(self, policy: ScreenPolicy, subjects_at_once: int) -> str:
        """Return the SHA-256 digest (hexadecimal) of all that the results of blocks of so many subjects depend on."""
        digest = hashlib.sha256(panel_digest(self.panel) + profiles_digest(self.samples))
        digest.update(repr((policy.selection, self.subjects, subjects_at_once)).encode())
        for array in (self.sex, self.is_compared, self.sex_log10_lr):
            digest.update(np.ascontiguousarray(array).tobytes())
        for one in self.reference.digests():
            digest.update(one)
        return digest.hexdigest()


def ask(case: Case, policy: ScreenPolicy, against: Against) -> Question:
    """Return what a screen has to compare.

    Raises
    ------
    InputError
        There is nothing to compare, or the case asks for something that a screen cannot do.
    """
    rows, too_few = _usable_samples(case, policy)
    samples = choose_profiles(case.samples, rows)
    _check_there_is_something(case, against)
    staff = [case.elimination] if against is Against.STAFF else []
    families = case.families if against is Against.FAMILIES else ()
    refuse_unsupported(
        "A screen",
        case.panel,
        [samples, *staff, *(family.profiles for family in families)],
        [family.pedigree for family in families],
    )
    if against is Against.FAMILIES:
        return _ask_families(case, policy, samples, rows, too_few)
    n_relations = 1
    own_sample: IntArray | None = np.arange(len(samples))
    if against is Against.KIN:
        relations = (Relation.FULL_SIBLINGS, Relation.PARENT_AND_CHILD)
        n_relations = len(relations)
        sought = [one for relation in relations for one in seek_relatives(case.panel, samples, relation)]
        reference: Reference = FamilyReference(case.panel, tuple(sought))
        subjects = [Subject(name, None, relation) for relation in relations for name in samples.ids]
        own_sample = np.tile(np.arange(len(samples)), n_relations)
        sex = np.tile(samples.sex, n_relations)
    else:
        others = samples if against is Against.SAMPLES else case.elimination
        own_sample = own_sample if against is Against.SAMPLES else None
        reference = IdentityReference(case.panel, others)
        subjects = [Subject(name, None, Relation.SAME_PERSON) for name in others.ids]
        sex = others.sex
    return Question(
        panel=case.panel,
        samples=samples,
        sample_rows=rows,
        subjects=tuple(subjects),
        reference=reference,
        sex=sex,
        is_compared=np.ones(len(subjects), dtype=bool),
        own_sample=own_sample,
        # A sex that was read wrongly must not hide that two samples are one person's, and kin may be of either sex.
        sex_log10_lr=np.zeros((3, 3)),
        set_aside=tuple(too_few),
    )


def _ask_families(
    case: Case, policy: ScreenPolicy, samples: Profiles, rows: IntArray, too_few: Sequence[SetAside]
) -> Question:
    subjects, sought, sex, reasons = [], [], [], []
    for family in case.families:
        for person, reach in zip(family.missing, reach_of_missing(family), strict=True):
            subjects.append(Subject(person.id, family.id, "missing person"))
            sought.append(Sought(family, person.position))
            sex.append(Sex(int(family.profiles.sex[person.position])))
            reasons.append(None if reach.has_typed_relative else _why_not_told(reach))
    without = [SetAside(subject.id, why) for subject, why in zip(subjects, reasons, strict=True) if why is not None]
    return Question(
        panel=case.panel,
        samples=samples,
        sample_rows=rows,
        subjects=tuple(subjects),
        reference=FamilyReference(case.panel, tuple(sought)),
        sex=np.array(sex, dtype=np.int8),
        is_compared=np.array([why is None for why in reasons]),
        own_sample=None,
        sex_log10_lr=sex_log10_lr(policy.policy),
        set_aside=(*too_few, *without),
    )


def _why_not_told(reach: Reach) -> str:
    """Say why nothing can be told about a missing person."""
    if not reach.is_reachable:
        return "No blood relative has given a profile. A sample of one is needed."
    through = ", ".join(reach.through)
    return (
        f"No blood relative has given a profile; only other missing persons ({through}) join this one to typed "
        "relatives. 'homeward resolve' weighs them together."
    )


def _usable_samples(case: Case, policy: ScreenPolicy) -> tuple[IntArray, list[SetAside]]:
    """Return the samples with enough loci, and a reason for each other."""
    n_typed = case.samples.typed.sum(axis=1)
    least = policy.policy.min_loci
    too_few = [
        SetAside(
            case.samples.ids[i],
            f"{counted(int(n_typed[i]), 'locus', 'loci').capitalize()} typed; a comparison needs {least} (--min-loci).",
        )
        for i in np.flatnonzero(n_typed < least)
    ]
    return np.flatnonzero(n_typed >= least), too_few


def _check_there_is_something(case: Case, against: Against) -> None:
    problems = []
    if not len(case.samples):
        problems.append(Problem("There are no samples to compare.", case.title, "Add samples to the case."))
    elif against in (Against.SAMPLES, Against.KIN) and len(case.samples) == 1:
        problems.append(Problem("There is only one sample.", case.title, "Samples are compared with each other here."))
    if against is Against.FAMILIES and not case.missing_ids:
        problems.append(Problem("No family has a missing person.", case.title, "Mark who is missing in each family."))
    if against is Against.STAFF and not len(case.elimination):
        fix = "Give staff the role 'elimination' in people.csv, with their profiles in profiles.csv."
        problems.append(Problem("There are no elimination profiles.", case.title, fix))
    if problems:
        raise InputError(*problems)
