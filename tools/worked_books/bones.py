"""Made-up bones behind twelve of the boxes, their samples and profiles, and what was put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.worked_books import invented
from tools.worked_books.people import People
from tools.worked_books.simulated import Simulated
from tools.worked_books.tables import Tables

OPENED, DESCRIBED, CUT, TYPED, GROUPED = "2018-08-06", "2018-08-10", "2018-08-20", "2018-10-01", "2018-10-15"
LABORATORY, DNA_LABORATORY = "dpaa", "afdil"
N_BOXES, N_LOOSE, N_INCOMPLETE = 12, 60, 2
N_LOCI = 24


@dataclass(slots=True)
class Bones:
    """Codes of what was added: specimens by sample, and the individual of each person of whom there is one."""

    specimens: dict[str, str] = field(default_factory=dict)
    individuals: dict[str, str] = field(default_factory=dict)


def add_bones(tables: Tables, case: Simulated, people: People, boxes: list[str]) -> Bones:
    """Add accessions, bones, samples and profiles, and the individuals that some bones were put together into."""
    bones = Bones()
    accessions = [_add_accession(tables, number, box) for number, box in enumerate(boxes[:N_BOXES], start=1)]
    _add_described(tables, case, bones, accessions)
    _add_loose(tables, accessions)
    _close_inventories(tables, accessions)
    _add_typings(tables, case, people, bones)
    _add_individuals(tables, case, bones)
    return bones


def _add_accession(tables: Tables, number: int, box: str) -> str:
    """A box that was opened."""
    return tables.add(
        "accession",
        OPENED,
        number=f"EX-2018-{number:02d}",
        laboratory=LABORATORY,
        transfer_case=box,
        opened=f"2018-08-{5 + (number + 1) // 2:02d}",
        opened_by="custodian (made up)",
        witness="anthropologist (made up)",
        note="The box is real. What is said to have been in it is made up.",
    )


def _add_described(tables: Tables, case: Simulated, bones: Bones, accessions: list[str]) -> None:
    """A bone for every sample; the bones of one person are different ones, mostly from one box."""
    found: dict[str, int] = {}
    home: dict[str, str] = {}
    for number, (sample, person) in enumerate(case.person.items(), start=1):
        place = found.get(person, 0) if person else number
        found[person] = place + 1
        element, side = invented.ELEMENTS[place % len(invented.ELEMENTS)]
        box = home.setdefault(person or sample, tables.lot.choice(accessions))
        if tables.lot.random() < 0.15:
            box = tables.lot.choice(accessions)
        specimen = _add_specimen(tables, box, number, element, side)
        bones.specimens[sample] = specimen
        if element in invented.LENGTHS:
            measure, middle, spread = invented.LENGTHS[element]
            value = f"{tables.lot.gauss(middle, spread):.1f}"
            tables.add(
                "measurement",
                DESCRIBED,
                specimen=specimen,
                measure=measure,
                value=value,
                measured_by="anthropologist (made up)",
            )


def _add_specimen(tables: Tables, accession: str, number: int, element: str, side: str) -> str:
    """One bone."""
    return tables.add(
        "specimen",
        DESCRIBED,
        accession=accession,
        designator=f"{number:03d}",
        element=element,
        side=side,
        completeness=tables.lot.choice(("complete", "complete", "most", "half")),
        condition=tables.lot.choice(("good", "fair", "fair", "poor")),
        inventoried_by="anthropologist (made up)",
    )


def _add_loose(tables: Tables, accessions: list[str]) -> None:
    """Bones that were not sampled, and things that are no bones."""
    for number in range(N_LOOSE):
        element = tables.lot.choice(invented.LOOSE)
        side = tables.lot.choice(("left", "right"))
        _add_specimen(tables, tables.lot.choice(accessions), 200 + number, element, side)
    for number, accession in enumerate(accessions[:6], start=1):
        kind, description = invented.EFFECTS[number % len(invented.EFFECTS)]
        tables.add(
            "effect", DESCRIBED, accession=accession, kind=kind, designator=f"E{number}", description=description
        )


def _close_inventories(tables: Tables, accessions: list[str]) -> None:
    """What was counted when a box was opened; in the last two the inventory is not complete."""
    items = [row["accession"] for noun in ("specimen", "effect") for row in tables.rows[noun]]
    for row in tables.rows["accession"]:
        open_still = row["code"] in accessions[-N_INCOMPLETE:]
        row["n_items"] = str(items.count(row["code"]) + (7 if open_still else 0))
        row["inventoried"] = "false" if open_still else "true"


def _add_typings(tables: Tables, case: Simulated, people: People, bones: Bones) -> None:
    """Samples with their steps, the run, and the profiles of samples, donors and one member of staff."""
    run = tables.add(
        "run",
        TYPED,
        laboratory=DNA_LABORATORY,
        number="EX-R1",
        happened="2018-09-24",
        controls="passed",
        note="Made up.",
    )
    for number, (sample, specimen) in enumerate(bones.specimens.items()):
        code = tables.add(
            "sample",
            CUT,
            specimen=specimen,
            number="01A",
            mass_g="0.80",
            purpose="DNA",
            cut_by="anthropologist (made up)",
        )
        steps = (("cut", "2018-08-20"), ("sent", "2018-08-27"), ("received", "2018-08-30"), ("extracted", "2018-09-10"))
        failed = number % 24 == 11
        for kind, day in (*steps, ("failed" if failed else "reported", "2018-09-28")):
            tables.add("samplestep", TYPED if day > "2018-08-31" else CUT, sample=code, kind=kind, happened=day)
        alleles = {} if failed else case.alleles.get(sample, {})
        _add_profile(tables, alleles, run=run, sample=code, source_id=sample)
    for donor, code in people.donors.items():
        if donor in case.alleles:
            _add_profile(tables, case.alleles[donor], run=run, donor=code, source_id=donor)
    stranger = next(sample for sample, person in case.person.items() if not person and sample in case.alleles)
    staff = tables.add("staffmember", TYPED, name="analyst (made up)", laboratory=DNA_LABORATORY, role="DNA analyst")
    _add_profile(tables, case.alleles[stranger], run=run, staff=staff, source_id="STAFF-1")


def _add_profile(tables: Tables, alleles: dict[str, tuple[str, str]], **owner: str) -> None:
    """A profile, a locus a line."""
    quality = "failed" if not alleles else "complete" if len(alleles) == N_LOCI else "partial"
    lines = "\n".join(f"{locus} {first} {second}" for locus, (first, second) in sorted(alleles.items()))
    tables.add("profile", TYPED, system="str", quality=quality, alleles=lines, issuer="EX-LAB", **owner)


def _add_individuals(tables: Tables, case: Simulated, bones: Bones) -> None:
    """Individuals of the people of whom there are two bones or more; of each one bone is left for the user to add."""
    by_person: dict[str, list[str]] = {}
    for sample, person in case.person.items():
        if person:
            by_person.setdefault(person, []).append(bones.specimens[sample])
    several = {person: specimens for person, specimens in by_person.items() if len(specimens) > 1}
    for number, (person, specimens) in enumerate(several.items(), start=1):
        individual = tables.add("individual", GROUPED, number=f"EX-I-{number:02d}", laboratory=LABORATORY)
        bones.individuals[person] = individual
        for specimen in specimens if number % 2 else specimens[:-1]:
            tables.add(
                "association",
                GROUPED,
                specimen=specimen,
                individual=individual,
                happened="2018-10-15",
                basis="str",
                signed_by="anthropologist (made up)",
                reason="Profiles of one person in all loci compared (made up).",
            )
