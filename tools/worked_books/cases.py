"""Made-up cases, one for each way on which an identification can be: from a candidate to a grave, and one rescinded."""

from __future__ import annotations

from dataclasses import dataclass

from tools.worked_books.bones import LABORATORY, Bones
from tools.worked_books.frozen import frozen, signed_digest
from tools.worked_books.people import People
from tools.worked_books.simulated import Simulated
from tools.worked_books.tables import Row, Tables

from homeward import __version__

PREPARER, REVIEWER, EXAMINER, LIAISON = "analyst", "reviewer (made up)", "examiner (made up)", "liaison"
CUSTODIAN = "custodian (made up)"
PROPOSED, SUBMITTED, REVIEWED, SIGNED, TOLD = "2018-11-05", "2018-11-12", "2018-11-19", "2018-12-03", "2018-12-10"
DECIDED, ANNOUNCED, RELEASED, BURIED, CLOSED = "2018-12-20", "2019-01-14", "2019-02-18", "2019-05-27", "2019-12-02"
RESCINDED = "2019-03-04"
RECEIVED_BY = "service-casualty-offices"
OWED = {"letter": "2019-01-02", "records": "2019-01-02", "rosette": "2019-06-01"}
"""What a signature opens, and until when it is to be done."""
WAYS = ("closed", "released", "signed", "in-review", "proposed", "rescinded")
"""How far each case has come."""
STEPS = {
    "proposed": (PROPOSED, PREPARER),
    "submitted": (SUBMITTED, PREPARER),
    "signed": (SIGNED, EXAMINER),
    "told": (TOLD, LIAISON),
    "announced": (ANNOUNCED, EXAMINER),
    "released": (RELEASED, LIAISON),
    "buried": (BURIED, LIAISON),
    "closed": (CLOSED, LIAISON),
    "rescinded": (RESCINDED, EXAMINER),
}
"""When each step was taken, and by whom."""
UNTIL_ANNOUNCED = ("proposed", "submitted", "signed", "told", "announced")
TAKEN = {
    "proposed": UNTIL_ANNOUNCED[:1],
    "in-review": UNTIL_ANNOUNCED[:2],
    "signed": UNTIL_ANNOUNCED[:3],
    "released": (*UNTIL_ANNOUNCED, "released"),
    "closed": (*UNTIL_ANNOUNCED, "released", "buried", "closed"),
    "rescinded": (*UNTIL_ANNOUNCED, "rescinded"),
}
"""The steps of each way."""


@dataclass(slots=True)
class Made:
    """A case while it is made. person, sample: in the words of the simulated case; kin: code of the next of kin."""

    way: str
    code: str
    person: str
    sample: str
    individual: str
    missing: str
    kin: str

    def took(self, step: str) -> bool:
        """Whether it came so far."""
        return step in TAKEN[self.way]


def add_cases(tables: Tables, case: Simulated, people: People, bones: Bones) -> None:
    """Add the cases with their arguments, reviews, signatures and all that followed."""
    persons = [person for person in bones.individuals if _is_whole(tables, case, bones, person)]
    for number, way in enumerate(WAYS):
        person, other = persons[number], persons[number - 1]
        # The one that is rescinded was taken for somebody else, for whom the label of the box seemed to speak.
        named = persons[len(WAYS)] if way == "rescinded" else person
        made = _begin(tables, case, people, bones, way, person, named)
        _add_argument(tables, case, made, people, other)
        if way != "proposed":
            _add_reviews(tables, made)
        if made.took("signed"):
            _sign(tables, made)
        if made.took("told"):
            _add_telling(tables, made)
        if made.took("released"):
            _add_release(tables, made)
        if made.took("buried"):
            grave = "Oakdale Memorial Park (made up), section A, grave 12"
            tables.add("burial", BURIED, identification=made.code, happened=BURIED, cemetery=grave)
        if made.took("rescinded"):
            _rescind(tables, made)


def _is_whole(tables: Tables, case: Simulated, bones: Bones, person: str) -> bool:
    """Whether an individual has two bones or more that belong to it, and a sample that was typed in full."""
    members = [row for row in tables.rows["association"] if row["individual"] == bones.individuals[person]]
    return len(members) > 1 and bool(_typed(case, person))


def _typed(case: Simulated, person: str) -> list[str]:
    """The samples of a person of which most loci were typed."""
    return [one for one, of in case.person.items() if of == person and len(case.alleles.get(one, ())) >= 20]


def _begin(
    tables: Tables, case: Simulated, people: People, bones: Bones, way: str, person: str, named: str
) -> Made:  # fmt: skip
    """Put forward who an individual is, and take the steps of its way."""
    missing = people.missing[named]
    columns = {"individual": bones.individuals[person], "missing": missing, "prepared_by": PREPARER}
    code = tables.add("identification", PROPOSED, **columns, in_force="false")
    kin = next(row["code"] for row in tables.rows["nextofkin"] if row["missing"] == missing)
    for order, kind in enumerate(TAKEN[way]):
        day, user = STEPS[kind]
        tables.add("identificationchange", day, identification=code, kind=kind, happened=day, order=order, user=user)
    return Made(way, code, named, _typed(case, person)[0], bones.individuals[person], missing, kin)


def _add_argument(tables: Tables, case: Simulated, made: Made, people: People, other: str) -> None:
    """The evidence with what it rests on, somebody else who was considered, and what it shows together."""
    row = _found(tables, "identification", made.code)
    name = _found(tables, "missingperson", made.missing)["name"]
    if made.way == "rescinded":
        circumstances = "The giver named a village near the place of loss for this box (made up)."
        _add_evidence(tables, made, "circumstances", circumstances, [f"missingperson:{made.missing}"])
        row["conclusion"] = f"Place and circumstances speak for {name}. DNA is not yet compared."
        return
    lr, n_loci = case.explain(made.sample, made.person)
    donors = [people.donors[one["person"]] for one in case.family_of(made.person) if one["person"] in people.donors]
    typings = [
        one for one in tables.rows["profile"] if one.get("donor") in donors or one.get("source_id") == made.sample
    ]
    statement = (
        f"H1, the bone is of {name}, against H2, of an unrelated person: log10 LR {lr:.2f} over {n_loci} loci, "
        f"typed relatives: {len(typings) - 1}."
    )
    sources = [f"profile:{one['code']}" for one in typings]
    software = f"Homeward {__version__}"
    _add_evidence(tables, made, "str", statement, sources, log10_lr=f"{lr:.4f}", software=software)
    circumstances = "What was written on the box is not known here, so the place of loss speaks neither way."
    _add_evidence(tables, made, "circumstances", circumstances, [f"missingperson:{made.missing}"], direction="neutral")
    against, n_loci = case.explain(made.sample, other)
    reason = f"log10 LR {against:.2f} over {n_loci} loci, in the same computation."
    considered = people.missing[other]
    tables.add(
        "alternative",
        PROPOSED,
        identification=made.code,
        missing=considered,
        log10_lr=f"{against:.4f}",
        reason=reason,
    )
    row["conclusion"] = f"The autosomal profile and the relatives show that this is {name} (made up)."


def _add_evidence(
    tables: Tables, made: Made, line: str, statement: str, sources: list[str], direction: str = "for", **columns: str
) -> None:
    """One line of evidence, frozen with what it rests on."""
    said = {"identification": made.code, "line": line, "direction": direction, "statement": statement}
    tables.add("evidence", PROPOSED, **said, **frozen(tables, sources), entered_by=PREPARER, **columns)


def _add_reviews(tables: Tables, made: Made) -> None:
    """A reviewer agrees with each line; in the case that is in review a comment is open."""
    for evidence in [row for row in tables.rows["evidence"] if row["identification"] == made.code]:
        is_open = made.way == "in-review" and evidence["line"] == "circumstances"
        said = {"opinion": "disagree", "comment": "Name the incident, and why its place is not used."}
        item = {"evidence": evidence["code"], "reviewer": REVIEWER, "evidence_version": 1}
        tables.add("reviewitem", REVIEWED, **item, **(said if is_open else {"opinion": "agree"}))


def _sign(tables: Tables, made: Made) -> None:
    """The signature of both books: the case is in force, the person accounted for, and what is owed is opened."""
    row = _found(tables, "identification", made.code)
    row |= {"signed_by": EXAMINER, "in_force": "false" if made.took("rescinded") else "true"}
    row["signed_digest"] = signed_digest(tables, made.code)
    _add_status(tables, made, "accounted", SIGNED, "Identified.")
    for kind, due in OWED.items():
        owner = LIAISON if kind == "letter" else EXAMINER
        done = {"fulfilled": due} if made.took("closed") else {}
        tables.add("obligation", SIGNED, identification=made.code, kind=kind, owner=owner, due=due, **done)


def _add_status(tables: Tables, made: Made, kind: str, day: str, note: str) -> None:
    """A status of the person that rests on the identification."""
    decided = {"kind": kind, "happened": day, "by": LABORATORY, "note": note}
    tables.add("status", day, missing=made.missing, **decided, identification=made.code)


def _add_telling(tables: Tables, made: Made) -> None:
    """The next of kin are told, and decide."""
    kin = {"identification": made.code, "next_of_kin": made.kin}
    tables.add("notification", TOLD, **kin, happened=TOLD, kind="told", told_by="liaison officer (made up)")
    if made.took("released"):
        chosen = {"kind": "burial", "later_portions": "tell"}
        tables.add("disposition", DECIDED, **kin, happened=DECIDED, **chosen)


def _add_release(tables: Tables, made: Made) -> None:
    """The remains leave the laboratory, with the samples that are left of them."""
    specimens = [row["specimen"] for row in tables.rows["association"] if row["individual"] == made.individual]
    samples = [row["code"] for row in tables.rows["sample"] if row["specimen"] in specimens]
    transfer = tables.add(
        "transfer",
        RELEASED,
        kind="release",
        happened=RELEASED,
        giver=LABORATORY,
        receiver=RECEIVED_BY,
        given_by=CUSTODIAN,
        received_by="escort (made up)",
        n_things=len(specimens),
        sent_by_user=CUSTODIAN,
        received=RELEASED,
        received_by_user=LIAISON,
        n_received=len(specimens),
    )
    for noun, codes, packed in (("specimen", specimens, "false"), ("sample", samples, "true")):
        for code in codes:
            item = {"transfer": transfer, "about": f"{noun}:{code}", "packed": packed}
            tables.add("transferitem", RELEASED, **item, under_way="false")
    step = _step(tables, made, "released")
    step["transfer"] = transfer


def _rescind(tables: Tables, made: Made) -> None:
    """Both books are unwound, and what is to be put right is listed; one of it is done."""
    reason = "The autosomal profile of the bone, compared later, excludes the relatives (made up)."
    _step(tables, made, "rescinded")["reason"] = reason
    accounted = next(row for row in tables.rows["status"] if row.get("identification") == made.code)
    told = next(row for row in tables.rows["notification"] if row["identification"] == made.code)
    announced = _step(tables, made, "announced")
    _add_status(tables, made, "reopened", RESCINDED, reason)
    done = {"done": "2019-03-05", "done_note": "Visited, and told of the correction (made up)."}
    for about, what, columns in (
        (f"status:{accounted['code']}", "Counts and lists made since say that the person is accounted for.", {}),
        (f"notification:{told['code']}", "The next of kin were told: a person tells them of the correction.", done),
        (f"identificationchange:{announced['code']}", "It was announced: announce the correction.", {}),
    ):
        tables.add("correction", RESCINDED, identification=made.code, about=about, what=what, owner=EXAMINER, **columns)


def _step(tables: Tables, made: Made, kind: str) -> Row:
    """A step of a case."""
    steps = tables.rows["identificationchange"]
    return next(row for row in steps if row["identification"] == made.code and row["kind"] == kind)


def _found(tables: Tables, noun: str, code: str) -> Row:
    """A row by its code."""
    return next(row for row in tables.rows[noun] if row["code"] == code)
