"""Made-up rows of the register, the laboratory and the casework, for people whom `books_rows` made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.books_names import BONES, LOCI, SKELETON
from benchmarks.books_rows import GIVER, KNOWN_FIRST, LABORATORY, TYPED, TYPING, Made, new
from homeward.core.dates import day
from homeward.web.casework.models import Association, Evidence, Identification, IdentificationChange, Individual
from homeward.web.laboratory.models import Measurement, Profile, Run
from homeward.web.remains.models import (
    Accession,
    Effect,
    Sample,
    SampleStep,
    Specimen,
    Store,
    Transfer,
    TransferCase,
    TransferItem,
)
from homeward.web.roll.models import Status

STEPS = (
    ("proposed", "analyst"),
    ("submitted", "analyst"),
    ("signed", "examiner"),
    ("told", "liaison"),
    ("announced", "liaison"),
)
"""What happens to an identification, and who does it."""
IN_A_CASE = 200
INDIVIDUALS_IN_A_CASE = 3
SAMPLES_IN_A_CASE = 10
IN_A_RUN = 50
CONDITIONS = ("good", "fair", "poor")
COMPLETENESS = ("complete", "most", "half", "part", "fragment")


def stores(made: Made) -> Iterator[Any]:
    """Shelves of the laboratory."""
    for number in range(max(2, made.sizes.specimens // 1_000)):
        name = f"Shelf {made.series}-{number}"
        yield new(made, Store, known_on=KNOWN_FIRST, holder_id=LABORATORY, name=name)


def cases(made: Made) -> Iterator[Any]:
    """Transfer cases with what was in them; the first holds one bone in fifty of all."""
    left, number = made.sizes.specimens, 0
    n_specimens = max(IN_A_CASE, left // 50)
    while left > 0:
        yield from _case(made, number, min(left, n_specimens))
        left, number, n_specimens = left - n_specimens, number + 1, IN_A_CASE


def _case(made: Made, number: int, n_specimens: int) -> Iterator[Any]:
    """One transfer case: taken over, opened, put on a shelf, inventoried and sampled."""
    known_on = made.known(TYPED)
    written = f"{made.series:03d}-{number:04d}"
    received = {"received": day(known_on), "received_by_id": LABORATORY}
    case = new(
        made, TransferCase, known_on=known_on, kind="box", number=written, label=made.writer.words(3), **received
    )
    yield case
    yield from _transfer(made, known_on, "takeover", (GIVER, LABORATORY), [case.reference])
    n_effects = made.rng.randrange(3)
    counted = {"n_items": n_specimens + n_effects, "inventoried": True}
    opened = {"opened": day(known_on), "opened_by": "C. Custodian", "witness": "W. Witness"}
    of_case = {"laboratory_id": LABORATORY, "transfer_case_id": case.code}
    accession = new(made, Accession, known_on=known_on, number=written, **of_case, **counted, **opened)
    yield accession
    yield from _transfer(made, known_on, "move", (LABORATORY, LABORATORY), [accession.reference])
    for place in range(n_effects):
        thing = {"kind": "clothing", "designator": f"E{place}", "description": made.writer.words(3)}
        yield new(made, Effect, known_on=known_on, accession_id=accession.code, **thing)
    yield from _specimens(made, accession, n_specimens)


def _specimens(made: Made, accession: Any, n_specimens: int) -> Iterator[Any]:
    """The bones of an accession: those of its individuals first, then others, some of which are sampled."""
    n_individuals = INDIVIDUALS_IN_A_CASE * n_specimens // IN_A_CASE
    n_sampled = SAMPLES_IN_A_CASE * n_specimens // IN_A_CASE - n_individuals
    n_whole = n_individuals * len(SKELETON)
    for number in range(n_specimens):
        if number < n_whole:
            element, side = SKELETON[number % len(SKELETON)]
        else:
            element, is_paired = made.rng.choice(BONES)
            side = made.rng.choice(["left", "right", "unknown"]) if is_paired else "middle"
        specimen = _specimen(made, accession, number, element, side)
        yield specimen
        is_first = number < n_whole and number % len(SKELETON) == 0
        if is_first:
            individual = _individual(made, accession, number)
            yield individual
        if number < n_whole:
            yield from _put_together(made, specimen, individual)
        if is_first or n_whole <= number < n_whole + n_sampled:
            yield from _sample(made, specimen)


def _specimen(made: Made, accession: Any, number: int, element: str, side: str) -> Any:
    """One bone."""
    return new(
        made,
        Specimen,
        known_on=accession.known_on,
        accession_id=accession.code,
        designator=str(number),
        element=element,
        side=side,
        completeness=made.rng.choice(COMPLETENESS),
        condition=made.rng.choice(CONDITIONS),
        inventoried_by="A. Anthropologist",
        note=made.writer.sentence() if made.chance(0.3) else "",
    )


def _individual(made: Made, accession: Any, number: int) -> Any:
    """The individual that some bones of an accession are."""
    written = f"{accession.number}-I-{number // len(SKELETON):02d}"
    individual = new(made, Individual, known_on=accession.known_on, number=written, laboratory_id=LABORATORY)
    made.individuals.append((individual.code, accession.known_on))
    return individual


def _put_together(made: Made, specimen: Any, individual: Any) -> Iterator[Any]:
    """The link of a bone to an individual, and what was measured of a femur."""
    known_on = specimen.known_on
    link = {"specimen_id": specimen.code, "individual_id": individual.code, "happened": day(known_on)}
    signed = {"basis": "articulation", "signed_by": "anthropologist", "reason": made.writer.sentence()}
    yield new(made, Association, known_on=known_on, **link, **signed)
    if specimen.element == "femur":
        for measure, value in (("Fem_01", made.rng.randrange(420, 500)), ("Fem_02", made.rng.randrange(415, 495))):
            columns = {"measure": measure, "value": Decimal(value), "measured_by": "A. Anthropologist"}
            yield new(made, Measurement, known_on=known_on, specimen_id=specimen.code, **columns)


def _sample(made: Made, specimen: Any) -> Iterator[Any]:
    """A sample of a bone, cut and extracted."""
    known_on = specimen.known_on
    columns = {"number": "01A", "mass_g": Decimal("0.75"), "purpose": "DNA", "cut_by": "T. Technician"}
    sample = new(made, Sample, known_on=known_on, specimen_id=specimen.code, **columns)
    yield sample
    for order, kind in enumerate(("cut", "extracted")):
        columns = {"kind": kind, "happened": day(known_on), "order": order}
        yield new(made, SampleStep, known_on=known_on, sample_id=sample.code, **columns)


def _transfer(made: Made, known_on: date, kind: str, sides: tuple[str, str], things: list[str]) -> Iterator[Any]:
    """A transfer that was received, with its things."""
    giver, receiver = sides
    sent = {"giver_id": giver, "receiver_id": receiver, "given_by": "G. Giver", "sent_by_user": "sender"}
    received = {"received": day(known_on), "received_by": "R. Receiver", "received_by_user": "receiver"}
    counted = {"n_things": len(things), "n_received": len(things), "seal_intact": True}
    columns = {"kind": kind, "happened": day(known_on), "store_id": made.some(Store), **sent, **received, **counted}
    transfer = new(made, Transfer, known_on=known_on, **columns)
    yield transfer
    for thing in things:
        yield new(made, TransferItem, known_on=known_on, transfer_id=transfer.code, about=thing, under_way=False)


def typing(made: Made) -> Iterator[Any]:
    """Runs with their profiles, half of them of samples and half of donors; the samples are lent for it."""
    half = made.sizes.profiles // 2
    samples, donors = made.codes["sample"][:half], made.early_donors[:half]
    known_on = TYPED
    for start in range(0, half, IN_A_RUN):
        number = f"{made.series}-{start}"
        run = new(made, Run, known_on=known_on, laboratory_id=TYPING, number=number, happened=day(known_on))
        yield run
        typed = samples[start : start + IN_A_RUN]
        yield from _transfer(made, known_on, "loan", (LABORATORY, TYPING), [f"sample:{code}" for code in typed])
        for column, codes in (("sample_id", typed), ("donor_id", donors[start : start + IN_A_RUN])):
            for code in codes:
                of_source = {"issuer": "laboratory", "source_id": f"{number}-{code}", "system": "str"}
                columns = {column: code, "run_id": run.code, "quality": "complete", "alleles": _alleles(made)}
                yield new(made, Profile, known_on=known_on, **columns, **of_source)


def _alleles(made: Made) -> str:
    """What was typed, a locus a line."""
    loci = LOCI.split()
    pairs = (sorted(made.rng.choices(range(8, 22), k=2)) for _ in loci)
    return "\n".join(f"{locus} {first} {second}" for locus, (first, second) in zip(loci, pairs, strict=True))


def identifications(made: Made) -> Iterator[Any]:
    """Candidates for one individual in six, with their evidence: put forward, in review, or signed and announced."""
    people = made.unaccounted[:: max(1, 6 * len(made.unaccounted) // max(1, len(made.individuals)))]
    for (individual, of_individual), (person, of_person) in zip(made.individuals[::6], people, strict=False):
        known_on = max(of_individual, of_person) + timedelta(days=1)
        steps = STEPS[: made.rng.choice([1, 2, len(STEPS)])]
        is_signed = len(steps) == len(STEPS)
        signature = {"signed_by": "examiner", "signed_digest": "0" * 64, "in_force": True} if is_signed else {}
        columns = {"individual_id": individual, "missing_id": person, "prepared_by": "analyst", **signature}
        identification = new(made, Identification, known_on=known_on, **columns)
        yield identification
        for order, (kind, user) in enumerate(steps):
            taken = {"kind": kind, "happened": day(known_on), "order": order, "user": user}
            yield new(made, IdentificationChange, known_on=known_on, identification_id=identification.code, **taken)
        for line in ("str", "age", "circumstances"):
            said = {"line": line, "direction": "for", "statement": made.writer.sentence(), "entered_by": "analyst"}
            yield new(made, Evidence, known_on=known_on, identification_id=identification.code, **said)
        if is_signed:
            decided = {"kind": "accounted", "happened": day(known_on), "order": 1, "missing_id": person}
            yield new(made, Status, known_on=known_on, identification_id=identification.code, **decided)


MAKERS: tuple[Callable[[Made], Iterator[Any]], ...] = (stores, cases, typing, identifications)
