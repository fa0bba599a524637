"""A small resolved case, put together by hand: arrays of the stated shapes, numbers chosen to be read off again."""

from __future__ import annotations

import numpy as np

from homeward.core.provenance import InputFile
from homeward.genetics.case import Case, Family, Hypothesis, MissingPerson
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.identification.policy import Policy
from homeward.identification.results import (
    Assignment,
    Conclusion,
    Explanation,
    JointResult,
    KinshipResult,
    LocusExplanation,
    PairwiseResult,
    Resolution,
    Verdict,
)

STEPWISE = MutationModel(MutationKind.STEPWISE, rate=0.001, step_ratio=0.1, microvariant_rate=1e-6)
MALICIOUS = "<script>alert('S4')</script> & \"co\""
ARABIC = "أحمد بن علي"
LONG = "PM-2024/077-left-femur-distal-third-drawer-12-shelf-4-second-extraction"
SAMPLES = ("S1", "S2", LONG, MALICIOUS)
MISSING = ("M1", "M2", ARABIC)


def make_panel() -> Panel:
    """Return two loci, the second without mutation."""
    return Panel(
        (
            Locus("D3S1358", ("14", "15", "16"), np.array([0.2, 0.3, 0.5]), STEPWISE, STEPWISE, chromosome="3"),
            Locus("TH01", ("6", "9.3"), np.array([0.4, 0.6]), database_size=1200, minimum_frequency=0.001),
        ),
        theta=0.01,
        database="Test & Co",
    )


def _typed(pedigree: Pedigree, *people: str) -> Profiles:
    alleles = np.full((len(pedigree), 2, 2), -1, dtype=np.int16)
    for person in people:
        alleles[pedigree.position(person)] = [[0, 1], [0, 1]]
    return make_profiles(pedigree.ids, 2, sex=pedigree.sex, alleles=alleles)


def make_families() -> tuple[Family, ...]:
    """Return a family with two missing brothers and one with a missing daughter."""
    brothers = build_pedigree(
        ["Father", "Mother", "M1", "M2", "Sister"],
        {"M1": Sex.MALE, "M2": Sex.MALE},
        dict.fromkeys(("M1", "M2", "Sister"), "Father"),
        dict.fromkeys(("M1", "M2", "Sister"), "Mother"),
        where="test",
    )
    daughter = build_pedigree(["Khadija <b>", "Lost"], {"Lost": Sex.FEMALE}, {}, {"Lost": "Khadija <b>"}, where="test")
    return (
        Family(
            "Rossi & sons",
            brothers,
            _typed(brothers, "Father", "Sister"),
            (MissingPerson("M1", 2), MissingPerson("M2", 3)),
        ),
        Family("F2", daughter, _typed(daughter, "Khadija <b>"), (MissingPerson(ARABIC, 1),)),
    )


def make_case() -> Case:
    """Return four samples, three missing persons, two families, two loci."""
    alleles = np.array(
        [[[0, 1], [0, 0]], [[0, 1], [1, 1]], [[1, 2], [0, 1]], [[2, 2], [-1, -1]]],
        dtype=np.int16,
    )
    dropout = np.zeros((4, 2))
    dropout[2, 1] = 0.05
    return Case(
        title="Hill 17 <north> & valley",
        panel=make_panel(),
        samples=make_profiles(SAMPLES, 2, alleles=alleles, dropout=dropout),
        families=make_families(),
        sample_members=(("S1", "S1b"), ("S2",), (LONG,), (MALICIOUS,)),
        notes=("Allele 17 of TH01 had no frequency; the minimum of 0.001 was used.",),
        inputs=(InputFile("case <1>.fam", "ab" * 32, 12345),),
    )


def make_pairwise() -> PairwiseResult:
    """Return log10 LRs with every kind of value: support, against, impossible, not defined."""
    log10_lr = np.zeros((4, 3, 2))
    log10_lr[0] = [[3.0, 2.5], [3.0, 2.5], [-np.inf, -1.0]]
    log10_lr[1] = [[3.0, 2.5], [3.0, 2.5], [-3.5, -1.0]]
    log10_lr[2] = [[-2.0, -0.5], [-2.0, -0.5], [4.0, 2.5]]
    log10_lr[3] = [[0.0, 0.1], [0.0, 0.1], [np.nan, 0.0]]
    inconsistent = np.zeros((4, 3, 2), dtype=bool)
    inconsistent[1, 2, 0] = inconsistent[0, 2, 0] = inconsistent[2, 2, 0] = True
    compared = np.ones((4, 3, 2), dtype=bool)
    compared[3, :, 1] = False
    sex_log10_lr = np.zeros((4, 3))
    sex_log10_lr[2, 2] = 0.3
    allowed = np.ones((4, 3), dtype=bool)
    allowed[3, 0] = False
    families = np.full((2, 2), -3.0)
    return PairwiseResult(log10_lr, inconsistent, compared, sex_log10_lr, allowed, families, families)


def make_joint() -> JointResult:
    """Return a joint posterior in which S1 and S2 cannot be told apart and the third sample is almost sure."""
    posterior = np.array(
        [
            [0.5 - 1e-9, 0.5 - 1e-9, 0.0, 2e-9],
            [0.5 - 1e-9, 0.5 - 1e-9, 0.0, 2e-9],
            [1e-20, 1e-20, 1.0, 1e-18],
            [0.0, 0.0, 0.0, 1.0],
        ]
    )
    log10_glr = np.array([[0.0, 0.0, -np.inf], [0.0, 0.0, -9.0], [-8.0, -8.0, 17.5], [-np.inf, -5.0, -np.inf]])
    assignments = (
        Assignment((0, 1, 2, -1), -40.25, 0.5 - 1e-9),
        Assignment((1, 0, 2, -1), -40.25, 0.5 - 1e-9),
        Assignment((-1, -1, 2, -1), -48.95, 2e-9),
    )
    return JointResult(posterior, np.zeros_like(posterior), True, log10_glr, assignments)


def make_conclusions() -> tuple[Conclusion, ...]:
    """Return a conclusion of most kinds."""
    pair, brothers = ("S1", "S2"), ("M1", "M2")
    cannot = ("S1 and S2 are M1 and M2, but the DNA of the relatives cannot tell which is which.",)
    good = ("LR about 3.2 million to one (log10 6.50) over 2 loci compared.", "A mutation would be needed at D3S1358.")
    set_of = Verdict.SYMMETRIC
    return (
        Conclusion("sample", "S1", None, set_of, 5.5, 8.7, 1 - 2e-9, cannot, pair, brothers),
        Conclusion("sample", "S2", None, set_of, 5.5, 8.7, 1 - 2e-9, cannot, pair, brothers),
        Conclusion("sample", LONG, ARABIC, Verdict.IDENTIFIED, 6.5, 17.5, 1.0, good),
        Conclusion("sample", MALICIOUS, None, Verdict.EXCLUDED, None, None, None, ("Contradicts <every> family.",)),
        Conclusion("missing", None, "M1", set_of, 5.5, 8.7, 1 - 2e-9, cannot, pair, brothers),
        Conclusion("missing", None, "M2", set_of, 5.5, 8.7, 1 - 2e-9, cannot, pair, brothers),
        Conclusion("missing", LONG, ARABIC, Verdict.IDENTIFIED, 6.5, 17.5, 1.0, good),
    )


def make_resolution() -> Resolution:
    """Return the whole case, resolved."""
    case = make_case()
    return Resolution(
        case=case,
        policy=Policy(),
        pairwise=make_pairwise(),
        joint=make_joint(),
        conclusions=make_conclusions(),
        notes=(*case.notes, "Family F2 needs a mutation."),
        software_version="9.8.7",
        inputs=case.inputs,
    )


def make_kinship() -> KinshipResult:
    """Return two competing pedigrees, one of them impossible at a locus."""
    case = make_case()
    pedigree = case.families[0].pedigree
    profiles = case.families[0].profiles
    hypotheses = (Hypothesis("full sibs", pedigree, profiles), Hypothesis("unrelated", pedigree, profiles, 3.0))
    return KinshipResult(
        case=Case(case.title, case.panel, case.samples, hypotheses=hypotheses),
        log10_likelihood=np.array([[-3.0, -np.inf], [-4.0, -5.0]]),
        log10_lr=np.array([-np.inf, 0.0]),
        prior=np.array([0.25, 0.75]),
        posterior=np.array([0.0, 1.0]),
        locus_notes=((), ("Impossible under 'full sibs'.",)),
        notes=("A note.",),
        software_version="9.8.7",
        inputs=(),
    )


def make_explanation() -> Explanation:
    """Return one LR over two loci, the second untyped in the sample."""
    case = make_case()
    typed = LocusExplanation(
        "D3S1358", ("14", "15"), 3.0, -1.0, -4.0, False, True, {"Father": ("14", "15")}, {"14": 0.2, "15": 0.3},
        STEPWISE.describe(), STEPWISE.describe(),
    )  # fmt: skip
    untyped = LocusExplanation("TH01", None, 0.0, None, None, False, False, {}, {}, "no mutation", "no mutation")
    return Explanation(case, case.families[0], "S1", "M1", 3.0, 0, 1, (typed, untyped), Policy(), "9.8.7")
