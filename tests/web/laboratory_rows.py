"""A made-up laboratory: a war, families with donors, bones with samples, and the profiles of all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import EXPANDED_24
from homeward.web.accounts.models import User
from homeward.web.journal.keeping import enter
from homeward.web.laboratory.models import Profile, StaffMember
from homeward.web.parties.models import Party
from homeward.web.remains.models import Accession, Sample, Specimen
from homeward.web.roll.models import Calamity, Donor, Family, MissingPerson, Relative

KNOWN = date(2018, 7, 20)
LOCI = EXPANDED_24[:16]

Genotype = dict[str, tuple[str, str]]


class People:
    """People drawn at random from a population, and their children; the seed makes them the same each time."""

    def __init__(self, seed: int = 6) -> None:
        self.chance = np.random.default_rng(seed)
        self.frequencies = load_database("NIST 1036", "US Caucasian").loci

    def founder(self) -> Genotype:
        found = {}
        for locus in LOCI:
            table = self.frequencies[locus]
            first, second = self.chance.choice(table.alleles, 2, p=table.frequencies)
            found[locus] = (str(first), str(second))
        return found

    def child(self, father: Genotype, mother: Genotype) -> Genotype:
        return {locus: tuple(str(self.chance.choice(of[locus])) for of in (father, mother)) for locus in LOCI}


def text(genotype: Genotype, sex: str = "") -> str:
    lines = [f"{locus} {' '.join(alleles)}" for locus, alleles in genotype.items()]
    return "\n".join([*lines, *([f"AMEL {'X Y' if sex == 'male' else 'X X'}"] if sex else [])])


class LaboratoryRecord:
    """Enters rows with the codes that a test gives them; all of it is made up."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.row(Party, "lab", name="Laboratory", short_name="Lab", kind="laboratory", made_up=None)
        self.row(Calamity, "war", name="A war", kind="war", happened="1950")
        self.accession("acc")

    def row(self, model: Any, code: str, **columns: Any) -> Any:
        columns = {"made_up": True, **columns}
        if columns["made_up"] is None:
            del columns["made_up"]
        row = model(code=code, known_on=KNOWN)
        for name, value in columns.items():
            field = model._meta.get_field(name)
            setattr(row, field.attname, field.to_python(value))
        return enter(row, by=self.by)

    def accession(self, code: str) -> Any:
        return self.row(Accession, code, number=code, laboratory="lab", opened="2018-07-14", opened_by="C. Custodian")

    def sample(self, code: str, *, accession: str = "acc", element: str = "femur", **columns: Any) -> Sample:
        bone = {"side": "left", "completeness": "complete", "designator": code, "inventoried_by": "A."} | columns
        self.row(Specimen, f"bone-{code}", accession=accession, element=element, **bone)
        return self.row(Sample, code, specimen=f"bone-{code}", number="01A", purpose="DNA")

    def family(self, code: str) -> None:
        """A family of father, mother and their missing son; both parents gave a sample."""
        self.row(Family, code, name=f"Family {code}")
        self.row(MissingPerson, f"{code}-lost", name=f"Lost {code}", sex="male", calamity="war")
        for parent, sex in (("father", "male"), ("mother", "female")):
            self.row(Relative, f"{code}-{parent}", family=code, name=parent, sex=sex)
        parents = {"father": f"{code}-father", "mother": f"{code}-mother"}
        self.row(Relative, f"{code}-son", family=code, name="son", sex="male", missing=f"{code}-lost", **parents)
        for parent in parents:
            self.donor(f"{code}-{parent}-gave", f"{code}-{parent}")

    def donor(self, code: str, relative: str, **columns: Any) -> Donor:
        given = {"number": f"K-{code}", "scope": "any-missing", "consented": "2018-01-01"}
        return self.row(Donor, code, relative=relative, **given, **columns)

    def staff(self, code: str) -> StaffMember:
        return self.row(StaffMember, code, name=f"Staff {code}")

    def profile(self, code: str, alleles: str, **columns: Any) -> Profile:
        given = {"system": "str", "quality": "complete", "alleles": alleles} | columns
        return self.row(Profile, code, **given)


def two_families(by: User) -> tuple[LaboratoryRecord, dict[str, Genotype]]:
    """Return a record with two families, both parents typed, and a bone of each son; and the genotypes."""
    record, people = LaboratoryRecord(by), People()
    found: dict[str, Genotype] = {}
    for name in ("f1", "f2"):
        record.family(name)
        father, mother = people.founder(), people.founder()
        found |= {f"{name}-father": father, f"{name}-mother": mother, f"{name}-son": people.child(father, mother)}
        record.profile(f"p-{name}-father", text(father, "male"), donor=f"{name}-father-gave")
        record.profile(f"p-{name}-mother", text(mother, "female"), donor=f"{name}-mother-gave")
    for name in ("f1", "f2"):
        record.sample(f"s-{name}")
        record.profile(f"p-{name}-bone", text(found[f"{name}-son"], "male"), sample=f"s-{name}")
    return record, found
