"""What a screen returns."""

from __future__ import annotations

from dataclasses import dataclass, fields

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.provenance import InputFile
from homeward.genetics.case import Case
from homeward.identification.screen_policy import Against, ScreenPolicy


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was not compared: a sample or a missing person by id, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody that samples were compared with.

    id: of a missing person, another sample or a member of staff.
    family: id, or None where there is no family.
    relation: what H1 says, such as "missing person" or "full siblings".
    """

    id: str
    family: str | None
    relation: str


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs worth a closer look, exact; P pairs, by sample and place.

    sample, subject: (P,) positions among the samples of the case and among the subjects of the screen.
    log10_lr: (P,) float64, DNA alone; -inf where the pair is impossible under the mutation model of the case.
    order_log10_lr: (P,) float64, by which candidates are put in order: with the recorded sexes where the policy weighs
        them, and with a fixed price in place of each impossible locus.
    n_inconsistent: (P,) loci that cannot be explained without a mutation.
    n_loci: (P,) loci at which the sample and a relative (or the other profile) are typed.
    rank, subject_rank: (P,) place among all pairs of the sample and of the subject, 1 the best; 0 where it is not among
        the best that were asked for.
    expected_log10_lr: (P,) mean log10 LR that the same loci would give if the pair were true.
    weakest_locus: (P,) position of the locus that speaks most against the pair, -1 if no locus was compared.
    weakest_log10_lr: (P,) its log10 LR.
    """

    sample: IntArray
    subject: IntArray
    log10_lr: FloatArray
    order_log10_lr: FloatArray
    n_inconsistent: IntArray
    n_loci: IntArray
    rank: IntArray
    subject_rank: IntArray
    expected_log10_lr: FloatArray
    weakest_locus: IntArray
    weakest_log10_lr: FloatArray

    def __len__(self) -> int:
        return len(self.sample)

    def __getitem__(self, chosen: BoolArray) -> Candidates:
        return Candidates(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """Everyone against everyone.

    subjects: everybody that samples were compared with; those set aside are among them.
    notes: what a reader must know beside the candidates, in sentences.
    n_samples, n_subjects: how many of each were compared.
    """

    case: Case
    against: Against
    policy: ScreenPolicy
    subjects: tuple[Subject, ...]
    candidates: Candidates
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
    n_samples: int
    n_subjects: int
    software_version: str
    inputs: tuple[InputFile, ...]

    @property
    def n_pairs(self) -> int:
        """Number of pairs that were compared; two samples are one pair, whichever of them comes first."""
        if self.against in (Against.SAMPLES, Against.KIN):
            return self.n_subjects * (self.n_samples - 1) // 2
        return self.n_samples * self.n_subjects
