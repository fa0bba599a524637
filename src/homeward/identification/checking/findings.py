"""Findings in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from homeward.genetics.relatedness.catalogue import UNRELATED
from homeward.identification.checking.pairs import PairCheck, PairChecks
from homeward.identification.checking.results import FamilyCheck, Finding, FindingKind
from homeward.identification.checking.settings import CheckSettings, Grade
from homeward.identification.numbers import counted, format_log10

MOST_LOCI = 4
"""Loci that are named one by one in a finding."""
MOST_PAIRS = 3


def findings_of(families: Sequence[FamilyCheck], pairs: PairChecks, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return everything that was found, serious findings first, otherwise family by family."""
    found = [finding for family in families for finding in _of_family(family, settings)]
    flagged = [pair for pair in pairs.pairs if pair.grade is not None]
    found += [_duplicate(pair) for pair in flagged if pair.is_duplicate]
    others = [pair for pair in flagged if not pair.is_duplicate]
    n_related = sum(pair.stated != UNRELATED for pair in pairs.pairs)
    found += [_within(pair, settings, n_related) for pair in others if pair.first.family == pair.second.family]
    found += _across([pair for pair in others if pair.first.family != pair.second.family])
    hypotheses = {family.family.id for family in families if family.is_hypothesis}
    graded = [
        Finding(Grade.NOTICE, f.kind, f.families, f.people, f.text) if set(f.families) <= hypotheses else f
        for f in found
    ]
    return tuple(sorted(graded, key=lambda finding: finding.grade is not Grade.SERIOUS))


def _of_family(check: FamilyCheck, settings: CheckSettings) -> list[Finding]:
    name = check.family.id
    findings = []
    if check.errors:
        impossible = check.log10_likelihood == -np.inf
        is_serious = impossible or len(check.errors) > settings.most_errors
        people = tuple(dict.fromkeys(person for error in check.errors for person in error.people))
        findings.append(
            Finding(
                Grade.SERIOUS if is_serious else Grade.NOTICE,
                FindingKind.INHERITANCE,
                (name,),
                people,
                _inheritance_text(check, impossible),
            )
        )
    findings += [
        Finding(
            Grade.SERIOUS,
            FindingKind.SEX,
            (name,),
            (one.person,),
            f"{one.person} is recorded as {one.recorded.name.lower()}, but the profile is of a "
            f"{'man' if one.shown.name == 'MALE' else 'woman'} ({one.evidence}).",
        )
        for one in check.sexes
        if one.disagrees
    ]
    return findings


def _inheritance_text(check: FamilyCheck, impossible: bool) -> str:
    n_mutations = sum(error.mutations for error in check.errors)
    loci = counted(len(check.errors), "locus needs", "loci need")
    shown = "; ".join(
        f"{error.locus} ("
        + ", ".join(f"{p} {'/'.join(g)}" for p, g in zip(error.people, error.genotypes, strict=True))
        + ")"
        for error in check.errors[:MOST_LOCI]
    )
    more = f" and {len(check.errors) - MOST_LOCI} more" if len(check.errors) > MOST_LOCI else ""
    model = " The mutation model does not allow it." if impossible else ""
    return f"{loci} a mutation, {counted(n_mutations, 'mutation')} at least: {shown}{more}.{model}"


def _duplicate(pair: PairCheck) -> Finding:
    same = f"all {pair.n_loci}" if pair.n_same == pair.n_loci else f"{pair.n_same} of {pair.n_loci}"
    stated = "" if pair.stated == UNRELATED else f"; they are stated to be {pair.stated}"
    remedy = "One person under two names, one sample typed twice, or identical twins."
    return Finding(
        pair.grade or Grade.NOTICE,
        FindingKind.DUPLICATE,
        _families(pair),
        (pair.first.id, pair.second.id),
        f"{_names(pair)} have the same genotypes at {same} loci{stated}. {remedy}",
    )


def _within(pair: PairCheck, settings: CheckSettings, n_related: int) -> Finding:
    unexpected = pair.stated == UNRELATED
    kind = FindingKind.UNEXPECTED_RELATIVES if unexpected else FindingKind.RELATIONSHIP
    if pair.grade is Grade.SERIOUS:
        text = f"{_names(pair)}: stated {pair.stated}, their profiles fit {_best(pair)}.{_plausible(pair)}"
    else:
        by_chance = f"{n_related * settings.notice:.1f}"
        text = (
            f"{_names(pair)}: stated {pair.stated}, which fits poorly (simulated p-value {_p_value(pair)}; of "
            f"{counted(n_related, 'related pair')} about {by_chance} would fit so poorly by chance). "
            f"Best is {_best(pair)}.{_plausible(pair)}"
        )
    return Finding(pair.grade or Grade.NOTICE, kind, _families(pair), (pair.first.id, pair.second.id), text)


def _across(pairs: list[PairCheck]) -> list[Finding]:
    """One finding for each two families."""
    groups: dict[tuple[str, ...], list[PairCheck]] = defaultdict(list)
    for pair in pairs:
        groups[_families(pair)].append(pair)
    findings = []
    for families, group in groups.items():
        group.sort(key=lambda pair: -pair.best_log10_lr)
        shown = "; ".join(f"{pair.first.id} and {pair.second.id}: {_best(pair)}" for pair in group[:MOST_PAIRS])
        more = f"; and {counted(len(group) - MOST_PAIRS, 'more pair')}" if len(group) > MOST_PAIRS else ""
        people = tuple(dict.fromkeys(member.id for pair in group for member in (pair.first, pair.second)))
        text = f"Families {families[0]} and {families[1]} look related: {shown}{more}."
        findings.append(Finding(Grade.SERIOUS, FindingKind.UNEXPECTED_RELATIVES, families, people, text))
    return findings


def _best(pair: PairCheck) -> str:
    return f"{pair.best} (log10 LR {format_log10(pair.best_log10_lr)} against the stated one)"


def _plausible(pair: PairCheck) -> str:
    """The relationships that the profiles by themselves leave plausible."""
    listed = ", ".join(f"{one.name} ({one.posterior:.2f})" for one in pair.plausible)
    return f" Plausible from a flat prior: {listed}."


def _p_value(pair: PairCheck) -> str:
    return "not simulated" if pair.p_value is None else f"{pair.p_value:.2g}"


def _names(pair: PairCheck) -> str:
    if pair.first.family == pair.second.family:
        return f"{pair.first.id} and {pair.second.id}"
    return f"{pair.first.id} of family {pair.first.family_id} and {pair.second.id} of family {pair.second.family_id}"


def _families(pair: PairCheck) -> tuple[str, ...]:
    return tuple(dict.fromkeys((pair.first.family_id, pair.second.family_id)))
