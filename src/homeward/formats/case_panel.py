"""The loci of a case folder: frequencies.csv, loci.csv and mutation_matrices.csv."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.core.errors import ProblemLog
from homeward.formats.case_linkage import take_positions
from homeward.formats.case_tables import Row, Table
from homeward.formats.panel_draft import LocusDraft
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel, MutationTransform

_X_NAMES = ("x", "chrx", "chromosome x")
MODELS = tuple(kind.value for kind in MutationKind)
TRANSFORMS = tuple(transform.value for transform in MutationTransform)

_STEPWISE_STATIONARY = "stepwise-stationary"
"""A word of earlier case folders for two: stepwise, stationary."""

_OTHER_WORDS = {
    **{"pm": MutationTransform.STATIONARY, "mh": MutationTransform.METROPOLIS_HASTINGS},
    **{"ba": MutationTransform.BARKER, "pr": MutationTransform.PRESERVED_RATE},
    "proportional-reversible": MutationTransform.PRESERVED_RATE,
}
"""What other programs call the transforms."""


def draft_loci(frequencies: Table, loci: Iterable[Row], matrices: Iterable[Row], log: ProblemLog) -> list[LocusDraft]:
    """Return the loci in the order of their frequencies; what cannot be used is noted in ``log``."""
    drafts: dict[str, LocusDraft] = {}
    for row in frequencies:
        name, allele = row.named("locus", log), row.named("allele", log)
        if not name:
            continue
        draft = drafts.setdefault(name, LocusDraft(name=name, where=row.where))
        frequency = row.number("frequency", log)
        if frequency is None or not allele:
            draft.readable = False
        else:
            draft.entries.append((allele, frequency, row.where))
    seen: set[str] = set()
    for row in loci:
        name = row.named("locus", log)
        if name in seen:
            log.add(f"The locus {name} is listed twice.", where=row.where, fix="Keep one of the two.")
        elif name and name not in drafts:
            log.add(
                f"The locus {name} has no allele frequencies.",
                where=f"{row.where}, locus {name}",
                fix=f"Add them to {frequencies.file}, or remove the line.",
            )
        elif name:
            _take_locus(drafts[name], row, log)
        seen.add(name)
    _take_matrices(drafts, matrices, log)
    return list(drafts.values())


def _take_locus(draft: LocusDraft, row: Row, log: ProblemLog) -> None:
    """Take the line of one locus in loci.csv."""
    draft.chromosome = "X" if row["chromosome"].lower() in _X_NAMES else row["chromosome"] or None
    draft.database_size = row.whole("database_size", log)
    draft.dropout_probability = row.probability("dropout_probability", log, default=0.0, below_one=True) or 0.0
    draft.minimum_frequency = row.probability("minimum_frequency", log, default=0.0, below_one=True) or 0.0
    draft.silent_frequency = row.probability("silent_frequency", log, default=0.0, below_one=True) or 0.0
    take_positions(draft, row, log)
    models = [_model(row, f"{sex}_", log) for sex in ("female", "male")]
    if None in models:
        draft.readable = False
    draft.female_mutation, draft.male_mutation = (model or NO_MUTATION for model in models)


def _model(row: Row, sex: str, log: ProblemLog) -> MutationModel | None:
    """Return the mutation model of one sex, or None if it cannot be used; its own column goes before the common one."""

    def column(name: str) -> str:
        return sex + name if row[sex + name] else name

    n_problems = len(log.problems)
    at = f"{row.where}, locus {row['locus']}"
    text = row[column("mutation_model")].lower() or MutationKind.NONE.value
    transform = _transform(row[column("mutation_transform")].lower(), at, log)
    if text == _STEPWISE_STATIONARY:
        text = MutationKind.STEPWISE.value
        if transform not in (MutationTransform.NONE, MutationTransform.STATIONARY):
            log.add(
                f"The model is '{_STEPWISE_STATIONARY}', but the transform is '{transform}'.",
                where=at,
                fix="Write stepwise as the mutation_model, or leave the mutation_transform blank.",
            )
        transform = MutationTransform.STATIONARY
    if text not in MODELS:
        log.add(f"The mutation model '{text[:60]}' is not known.", where=at, fix=f"Write one of: {', '.join(MODELS)}.")
        return None
    kind, default = MutationKind(text), MutationModel()
    rate = row.probability(column("mutation_rate"), log, default=default.rate)
    step_ratio = row.probability(column("step_ratio"), log, default=default.step_ratio)
    microvariant_rate = row.probability(column("microvariant_rate"), log, default=default.microvariant_rate)
    has_rate = kind not in (MutationKind.NONE, MutationKind.CUSTOM)
    if has_rate and not row[column("mutation_rate")]:
        log.add(f"The mutation model '{text}' has no rate.", where=at, fix="Give the mutation_rate (0 for none).")
    if not has_rate and (rate or microvariant_rate):
        log.add(
            f"There is a mutation rate, but the model is '{text}'.",
            where=at,
            fix=f"Name the mutation_model ({', '.join(MODELS)}), or leave the rate blank.",
        )
    if rate is None or step_ratio is None or microvariant_rate is None or len(log.problems) > n_problems:
        return None
    return MutationModel(kind, rate, step_ratio, microvariant_rate, transform)


def _transform(text: str, at: str, log: ProblemLog) -> MutationTransform:
    """Return the transform that is named; one that is not known is noted."""
    if text in _OTHER_WORDS:
        return _OTHER_WORDS[text]
    if text and text not in TRANSFORMS:
        log.add(
            f"The mutation transform '{text[:60]}' is not known.",
            where=at,
            fix=f"Write one of: {', '.join(TRANSFORMS)}.",
        )
        return MutationTransform.NONE
    return MutationTransform(text or MutationTransform.NONE)


def _take_matrices(drafts: dict[str, LocusDraft], rows: Iterable[Row], log: ProblemLog) -> None:
    """Take the entries of custom mutation matrices."""
    for row in rows:
        draft = drafts.get(row["locus"])
        at = f"{row.where}, locus {row['locus']}"
        if draft is None:
            log.add(f"The locus '{row['locus']}' has no allele frequencies.", where=at, fix="Correct its name.")
            continue
        if row["sex"].lower() not in ("female", "male", "both"):
            log.add(f"The sex '{row['sex']}' is not known.", where=at, fix="Write female, male or both.")
            continue
        probability = row.probability("probability", log, default=0.0)
        draft.readable = draft.readable and probability is not None
        for sex, model, matrix in (
            ("female", draft.female_mutation, draft.female_matrix),
            ("male", draft.male_mutation, draft.male_matrix),
        ):
            if row["sex"].lower() not in (sex, "both") or probability is None:
                continue
            pair = (row["from"], row["to"])
            if model.kind is not MutationKind.CUSTOM and draft.readable:
                log.add(
                    f"The {sex} mutation model of this locus is '{model.kind}', not 'custom'.",
                    where=at,
                    fix="Write custom as the mutation_model in loci.csv, or remove the matrix.",
                )
            if pair in matrix:
                log.add(f"The step from {pair[0]} to {pair[1]} is listed twice.", where=at, fix="Keep one of the two.")
            matrix[pair] = probability
