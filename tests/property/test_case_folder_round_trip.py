"""A case comes out of a folder as it went in, as CSV and as Parquet, whatever its names and profiles."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.genetics.case import Case, Family, MissingPerson
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from tests.examples import examples
from tests.unit.formats.case_texts import assert_same_case

# Anything but the blanks around a value, which are passed over, and the byte that no text file may hold.
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=6)
names = names.filter(lambda name: name == name.strip() and not name.startswith("("))


models = st.builds(
    MutationModel,
    st.sampled_from([kind for kind in MutationKind if kind not in (MutationKind.NONE, MutationKind.CUSTOM)]),
    st.sampled_from([0.001, 0.0025]),
    st.sampled_from([0.1, 0.5]),
    transform=st.sampled_from(MutationTransform),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    pool = iter(draw(st.lists(names, min_size=28, max_size=28, unique=True)))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    alleles = [tuple(str(n) for n in range(8, 8 + draw(st.integers(1, 4)))) for _ in range(3)]
    panel = Panel(
        tuple(Locus(next(pool), of, np.full(len(of), 1 / len(of)), draw(models), draw(models)) for of in alleles)
    )

    def profiles(ids: tuple[str, ...], sex: list[int], *, typed: list[bool]) -> Profiles:
        codes = np.stack([np.sort(random.integers(0, len(of), (len(ids), 2)), axis=1) for of in alleles], axis=1)
        codes[random.random((len(ids), 3)) < 0.3] = -1
        codes[:, 0] = 0  # whoever is typed is so at one locus at least
        codes[~np.array(typed, dtype=bool)] = -1
        some = random.choice([0.0, 0.0, 0.25, 1e-7], (len(ids), 3))
        dropout = np.where((codes != -1).all(axis=2), some, 0.0)
        return make_profiles(ids, 3, sex=np.array(sex), alleles=codes, dropout=dropout)

    families = []
    for _ in range(draw(st.integers(1, 2))):
        lost, child, mother, aunt = people = [next(pool) for _ in range(4)]
        pedigree = build_pedigree(people, {aunt: Sex.FEMALE}, {child: lost}, {lost: mother, aunt: mother}, where="test")
        sex = [*pedigree.sex[:4], *pedigree.sex[4:]]
        is_typed = [False, *draw(st.lists(st.booleans(), min_size=3, max_size=3)), *[False] * (len(pedigree) - 4)]
        of_family = profiles(pedigree.ids, sex, typed=is_typed)
        families.append(Family(next(pool), pedigree, of_family, (MissingPerson(lost, 0),)))
    ids = tuple(next(pool) for _ in range(draw(st.integers(0, 4))))
    staff = tuple(next(pool) for _ in range(draw(st.integers(0, 2))))
    return Case(
        title=next(pool),
        panel=panel,
        samples=profiles(ids, [1] * len(ids), typed=[True] * len(ids)),
        families=tuple(families),
        sample_members=tuple((next(pool), next(pool)) if draw(st.booleans()) else (name,) for name in ids),
        elimination=profiles(staff, [2] * len(staff), typed=[True] * len(staff)),
    )


@settings(max_examples=examples(60, 5), deadline=None)
@given(cases())
def test_a_case_comes_out_of_a_folder_as_it_went_in(case: Case) -> None:
    with TemporaryDirectory() as place:
        for name, parquet in (("csv", False), ("parquet", True)):
            write_case_folder(case, Path(place) / name, parquet=parquet)
            again = read_case_folder(Path(place) / name)
            assert again.title == case.title
            assert_same_case(again, case)
