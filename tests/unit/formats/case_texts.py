"""Small synthetic case files, and what makes two cases equal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from homeward.core.errors import InputError
from homeward.genetics.case import Case
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles

DATABASE = """\
#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )
2
#TRUE#
"Toy database"
"L1"
0.001
0.002
4
4
3
0.1
0.2
1e-006
1e-005
#FALSE#
0
3\t(DatabaseSize = 2500 , Dropout probability = 0.05 , Minor allele frequency = 0 )
"9"
0.25
"9.3"
0.25
"10"
0.5
"L2"
0
0
0
0
2
0.1
0.1
0.0
0.0
#FALSE#
0
2\t(DatabaseSize = 0 , Dropout probability = 0 , Minor allele frequency = 0 )
"5"
0.5
"Rest allele"
0.5
"""

ADVANCED = """\
[Advanced]
[[Direct/Identity]]
Dropin= 0
Dropout= 0
Error= 0
[[Other]]
NumberOfDecimals= 10
[[DVI]]
QuickSearch= Enabled
AllowedMismatches= 5
[[Simulation]]
SaveGenotypes= Disabled
SaveComplete= Enabled
ForceMAF= Disabled
"""

PATERNITY = f"""\
"Output from Familias, version 3.3.1"
"DO NOT EDIT!"
3.3.1
""
3
"Man"
#FALSE#
-1
#FALSE#
#TRUE#
2
0
1
0
1
1
1
"Mother"
#FALSE#
-1
#FALSE#
#FALSE#
0
"Child"
#FALSE#
-1 (Consider dropouts)
#FALSE#
#TRUE#
1
1
2
0
"Known relations"
0
0
1
1
2
2
0
"Father"
0
0
1
0
2
1
"Uncle"
1
1
3
3
0
4
0
4
2
{DATABASE}{ADVANCED}"""


def dvi_person(level: int, number: int, name: str, gender: str, genotypes: Mapping[str, tuple[str, str]]) -> str:
    """Return one person of the DVI section."""
    lines = [f"{'[' * level}Person {number} {']' * level}", f"Name= {name}", f"Gender= {gender}"]
    lines += [f"{'[' * (level + 1)}DNA data{']' * (level + 1)}", f"nSystems= {len(genotypes)}"]
    for locus, (first, second) in genotypes.items():
        lines += [f"SystemName= {locus}", f"Allele1= {first}", f"Allele2= {second}"]
    return "".join(f"{line}\n" for line in lines)


def pedigree(number: int, name: str, *relations: tuple[str, str]) -> str:
    """Return one pedigree of a family, its relations given as (parent, child)."""
    pairs = "".join(f"Parent= {parent}\nChild= {child}\n" for parent, child in relations)
    return f"[[[[[Pedigree {number}]]]]]\nName= {name}\nnRelations= {len(relations)}\n{pairs}"


def family(number: int, name: str, people: list[str], pedigrees: list[str]) -> str:
    """Return one reference family."""
    return (
        f"[[[Family {number} ]]]\nName= {name}\n[[[[Persons]]]]\nnPersons= {len(people)}\n{''.join(people)}"
        f"[[[[Pedigrees]]]]\nnPedigrees= {len(pedigrees)}\n{''.join(pedigrees)}"
    )


def dvi_file(unidentified: list[str], families: list[str], *, database: str = DATABASE, notes: str = "") -> str:
    """Return a Familias file with a DVI section."""
    return (
        '"Output from Familias, version 3.3.1"\n"DO NOT EDIT!"\n3.3.1 (DVI)\n""\n0\n"Known relations"\n0\n0\n0\n0\n'
        f"{database}\n[DVI]\n[[Unidentified persons]]\nnPersons= {len(unidentified)}\n{''.join(unidentified)}"
        f"[[Notes]]\nnFamilies= {len(families)}\n{notes or chr(10) * len(families)}"
        f"[[Reference Families]]\nnFamilies= {len(families)}\n{''.join(families)}"
        f"[Prior]\nUseList= No\nSize= 3\n{ADVANCED}"
    )


FULL = {"L1": ("9", "10"), "L2": ("5", "5")}
SAMPLE = dvi_person(3, 1, "V1", "Male", FULL)
WIFE = dvi_person(5, 1, "Wife", "Female", {})
SON = dvi_person(5, 2, "Son", "Male", FULL)
LISTED = dvi_person(5, 3, "Missing female 1", "Female", {})
RELATIONS = (("Missing person", "Son"), ("Wife", "Son"))
FAMILY = family(
    1, "F1", [WIFE, SON, LISTED], [pedigree(1, "Reference pedigree", *RELATIONS), pedigree(2, "PED-1", *RELATIONS)]
)
DVI = dvi_file([SAMPLE], [FAMILY])

FOLDER = {
    "case.toml": 'title = "Toy"\ndatabase = "Toy database"\n',
    "frequencies.csv": "locus,allele,frequency\nL1,9,0.25\nL1,9.3,0.25\nL1,10,0.5\nL2,5,0.5\nL2,Rest allele,0.5\n",
    "loci.csv": "locus,chromosome,mutation_model,mutation_rate\nL1,3,stepwise,0.001\nL2,,equal,0.002\n",
    "people.csv": (
        "family,person,father,mother,sex,role\n"
        "F1,Wife,,,female,none\nF1,Lost,,,,missing\nF1,Son,Lost,Wife,male,reference\nF1,Aunt,,,unknown,\n"
    ),
    "samples.csv": "sample,sex,remains_group,site,dropout\nS1,m,,Pit 1,\nS2,f,,,0.1\n",
    "profiles.csv": (
        "owner,locus,allele1,allele2\nS1,L1,9,10\nS1,L2,5,5\nS2,L1,9,9.3\nSon,L1,10,9\nSon,L2,5,Rest allele\n"
    ),
}

KINSHIP = {
    "case.toml": 'title = "Who is the father"\nkind = "kinship"\n[priors]\n"Father" = 1\n"Unrelated" = 3\n',
    "frequencies.csv": FOLDER["frequencies.csv"],
    "people.csv": (
        "family,person,father,mother,sex\nFather,Man,,,m\nFather,Child,Man,,f\nUnrelated,Man,,,m\nUnrelated,Child,,,f\n"
    ),
    "profiles.csv": "owner,locus,allele1,allele2\nMan,L1,9,10\nChild,L1,9,9\n",
}


def write_texts(folder: Path, texts: Mapping[str, str], changes: Mapping[str, str] | None = None) -> Path:
    """Write a case folder, with other texts in place of some files."""
    folder.mkdir(exist_ok=True)
    for name, text in {**texts, **(changes or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def what_went_wrong(error: InputError) -> str:
    """Return all problems as one text."""
    return "\n".join(str(problem) for problem in error.problems)


def assert_same_case(one: Case, other: Case) -> None:
    """Fail if two cases differ in anything but title, notes and digests of files."""
    assert one.panel.names == other.panel.names
    assert (one.panel.theta, one.panel.database) == (other.panel.theta, other.panel.database)
    for a, b in zip(one.panel.loci, other.panel.loci, strict=True):
        assert a.alleles == b.alleles
        assert np.array_equal(a.frequencies, b.frequencies)
        assert (a.female_mutation, a.male_mutation) == (b.female_mutation, b.male_mutation)
        assert (a.chromosome, a.database_size) == (b.chromosome, b.database_size)
        assert (a.dropout_probability, a.minimum_frequency) == (b.dropout_probability, b.minimum_frequency)
        assert a.silent_frequency == b.silent_frequency
    _same_profiles(one.samples, other.samples)
    _same_profiles(one.elimination, other.elimination)
    assert one.sample_members == other.sample_members
    assert one.sites == other.sites
    assert (one.description, one.source, one.synthetic) == (other.description, other.source, other.synthetic)
    assert one.missing_ids == other.missing_ids
    for f, g in zip(one.families, other.families, strict=True):
        assert f.id == g.id
        assert [(m.id, m.position) for m in f.missing] == [(m.id, m.position) for m in g.missing]
        _same_pedigree(f.pedigree, g.pedigree)
        _same_profiles(f.profiles, g.profiles)
    for h, k in zip(one.hypotheses, other.hypotheses, strict=True):
        assert (h.name, h.prior) == (k.name, k.prior)
        _same_pedigree(h.pedigree, k.pedigree)
        _same_profiles(h.profiles, k.profiles)


def _same_pedigree(one: Pedigree, other: Pedigree) -> None:
    assert one.ids == other.ids
    assert np.array_equal(one.parents, other.parents)
    assert np.array_equal(one.sex, other.sex)
    assert one.twins == other.twins
    assert np.array_equal(one.founder_inbreeding, other.founder_inbreeding)


def _same_profiles(one: Profiles, other: Profiles) -> None:
    assert one.ids == other.ids
    assert np.array_equal(one.sex, other.sex)
    assert np.array_equal(one.alleles, other.alleles)
    assert np.array_equal(one.dropout, other.dropout)
    assert np.array_equal(one.dropin, other.dropin)
