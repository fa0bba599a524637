"""Names and order carry no meaning: relabelling or reordering a case changes no number and no verdict."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.case import Case, Family, MissingPerson
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.identification.policy import Policy
from homeward.identification.resolve import resolve
from tests.examples import examples
from tests.property.test_joint_by_enumeration import cases

# Low enough for every verdict to occur on one or two loci, and no value that a ratio of small numbers can hit.
POLICY = Policy(
    identified_log10_glr=0.617,
    probable_log10_glr=0.211,
    identified_posterior=0.613,
    probable_posterior=0.307,
    min_loci=1,
)


def reordered(profiles: Profiles, rows: list[int], loci: list[int]) -> Profiles:
    return Profiles(
        tuple(profiles.ids[i] for i in rows),
        profiles.sex[rows],
        profiles.alleles[rows][:, loci, ::-1],  # the two alleles of a genotype are in no order either
        profiles.dropout[rows][:, loci],
    )


def renamed(family: Family, loci: list[int]) -> Family:
    ids = tuple(f"person {name}" for name in family.pedigree.ids)
    pedigree = Pedigree(ids, family.pedigree.parents, family.pedigree.sex)
    everybody = replace(reordered(family.profiles, list(range(len(ids))), loci), ids=ids)
    missing = tuple(MissingPerson(f"person {m.id}", m.position) for m in reversed(family.missing))
    return Family(f"family {family.id}", pedigree, everybody, missing)


@settings(max_examples=examples(60, 5), deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_and_reordering_change_nothing(the_case, random):
    def shuffled(n):
        order = list(range(n))
        random.shuffle(order)
        return order

    rows, loci = shuffled(len(the_case.samples)), shuffled(len(the_case.panel))
    families = [renamed(the_case.families[f], loci) for f in shuffled(len(the_case.families))]
    samples = reordered(the_case.samples, rows, loci)
    samples = replace(samples, ids=tuple(f"sample {name}" for name in samples.ids))
    panel = Panel(tuple(the_case.panel.loci[i] for i in loci))
    turned = Case("Turned", panel, samples, tuple(families), sample_members=tuple((s,) for s in samples.ids))

    first, second = resolve(the_case, POLICY), resolve(turned, POLICY)
    columns = [turned.missing_ids.index(f"person {m}") for m in the_case.missing_ids]
    back = np.argsort(rows)
    with_nobody = [*columns, len(columns)]
    for before, after in (
        (first.joint.posterior, second.joint.posterior[back][:, with_nobody]),
        (first.joint.log10_glr, second.joint.log10_glr[back][:, columns]),
        (first.pairwise.total_log10_lr, second.pairwise.total_log10_lr[back][:, columns]),
    ):
        assert after == pytest.approx(before, rel=1e-9, abs=1e-9, nan_ok=True)
    assert verdicts(second) == {
        (about, f"{'sample' if about == 'sample' else 'person'} {name}"): verdict
        for (about, name), verdict in verdicts(first).items()
    }


def verdicts(resolution):
    return {(c.about, c.sample if c.about == "sample" else c.missing): c.verdict for c in resolution.conclusions}
