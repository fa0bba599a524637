"""Writing case folders; the format is described in docs/case-folder.md."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import ProblemLog
from homeward.formats.atomic import write_folder
from homeward.formats.case_csv import format_csv
from homeward.formats.case_panel import STATIONARY
from homeward.formats.case_people import ELIMINATION, check_elimination_names
from homeward.formats.case_tables import TABLES
from homeward.formats.pedigree_people import named_positions
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Case, Hypothesis
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex
from homeward.genetics.profiles import Profiles, make_profiles

Cells = Sequence[str]
_PARAMETERS = ("mutation_model", "mutation_rate", "step_ratio", "microvariant_rate")


def write_case_folder(case: Case, folder: Path, *, parquet: bool = False) -> None:
    """Write a case as a folder of CSV files, all of it or nothing; reading it gives the same case.

    Parameters
    ----------
    case : Case
        Samples, families and elimination profiles, or hypotheses.
    folder : Path
        A new or empty folder.
    parquet : bool
        Write the tables as Parquet files instead.

    Raises
    ------
    InputError
        ``folder`` exists and is not empty or cannot be written; the case has families and hypotheses at once,
        a family without people, or an elimination profile that is empty or has the name of somebody else, which a
        case folder cannot hold.
    """
    _check_fits(case)
    tables = {
        "frequencies": _frequencies(case),
        "loci": (_locus(locus) for locus in case.panel.loci),
        "mutation_matrices": _matrices(case.panel),
        "people": _people(case),
        "samples": _samples(case),
        "profiles": _profiles(case),
    }
    contents: dict[str, str | bytes] = {"case.toml": _settings(case)}
    for name, rows in tables.items():
        columns = _columns(name, rows)
        if (name == "mutation_matrices" and not columns["locus"]) or (name == "samples" and case.hypotheses):
            continue
        if parquet:
            from homeward.formats.case_parquet import format_parquet

            contents[f"{name}.parquet"] = format_parquet(columns)
        else:
            contents[f"{name}.csv"] = format_csv(columns)
    write_folder(folder, contents)


def write_panel(panel: Panel, folder: Path, *, title: str, source: str) -> None:
    """Begin a case folder: its settings, frequencies and loci, to which people and profiles are then added.

    Raises
    ------
    InputError
        ``folder`` exists and is not empty, or cannot be written.
    """
    begun = Case(title, panel, make_profiles((), len(panel)), source=source)
    contents: dict[str, str | bytes] = {"case.toml": _settings(begun)}
    for name, rows in {
        "frequencies": _frequencies(begun),
        "loci": (_locus(locus) for locus in panel.loci),
    }.items():
        contents[f"{name}.csv"] = format_csv(_columns(name, rows))
    write_folder(folder, contents)


def _check_fits(case: Case) -> None:
    """Refuse what a case folder cannot hold."""
    log = ProblemLog()
    if case.hypotheses and (case.families or len(case.samples) or len(case.elimination)):
        log.add(
            "The case has competing pedigrees and also samples, families or elimination profiles; "
            "a case folder holds one of the two.",
            where=case.title or "the case",
            fix="Divide the case.",
        )
    named = [(family.id, family.pedigree) for family in case.families]
    for name, pedigree in named + [(hypothesis.name, hypothesis.pedigree) for hypothesis in case.hypotheses]:
        if not len(pedigree):
            log.add(f"Family '{name}' has no people.", where="people.csv", fix="Take the family out of the case.")
    _check_elimination(case, log)
    log.raise_if_any()


def _check_elimination(case: Case, log: ProblemLog) -> None:
    """Note elimination profiles that could not be read again."""
    names = case.elimination.ids
    samples = {*case.samples.ids, *(member for members in case.sample_members for member in members)}
    people = {name for family in case.families for name in family.pedigree.ids} if names else set()
    check_elimination_names({name: f"elimination profile {name}" for name in names}, samples, people, log)
    for name, typed in zip(names, case.elimination.typed, strict=True):
        if not typed.any():
            fix = "Take it out of the case."
            log.add("The profile is empty.", where=f"elimination profile {name}", fix=fix)


def _columns(name: str, rows: Iterable[Cells]) -> dict[str, list[str]]:
    """Return a table by column; optional columns that are blank throughout are left out."""
    known, required = TABLES[name].known, TABLES[name].required
    columns: dict[str, list[str]] = {column: [] for column in known}
    remaining = iter(rows)
    # Some rows at a time: what is kept of each is references to texts that most rows share.
    while some := list(islice(remaining, 10_000)):
        for values, of_some in zip(columns.values(), zip(*some, strict=True), strict=True):
            values.extend(of_some)
    return {column: values for column, values in columns.items() if column in required or any(values)}


def _quoted(text: str) -> str:
    """Return a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    """Return a number from which exactly the same one is read."""
    return repr(float(value))


def _settings(case: Case) -> str:
    """Return case.toml."""
    lines = [f"title = {_quoted(case.title)}", f'kind = "{"kinship" if case.hypotheses else "resolve"}"']
    for key, text in (
        ("database", "" if case.populations else case.panel.database),
        ("description", case.description),
        ("source", case.source),
    ):
        if text:
            lines.append(f"{key} = {_quoted(text)}")
    if case.notes:
        lines += ["notes = [", *(f"  {_quoted(note)}," for note in case.notes), "]"]
    if case.synthetic:
        lines.append("synthetic = true")
    if case.panel.theta and not case.populations:
        lines.append(f"theta = {_number(case.panel.theta)}")
    if case.options:
        lines += ["", "[options]"]
        lines += [
            f"{name} = {_quoted(value) if isinstance(value, str) else repr(value)}" for name, value in case.options
        ]
    if any(hypothesis.prior != 1.0 for hypothesis in case.hypotheses):
        lines += ["", "[priors]"]
        lines += [f"{_quoted(hypothesis.name)} = {_number(hypothesis.prior)}" for hypothesis in case.hypotheses]
    if case.populations:
        lines += ["", "[populations]", f"reference = {_quoted(case.population)}"]
        thetas = {one.name: _number(one.panel.theta) for one in case.populations}
        sizes = {one.name: str(size) for one in case.populations if (size := _one_size(one.panel)) is not None}
        for key, by_name in (("theta", thetas), ("database_size", sizes)):
            if by_name:
                lines.append(f"{key} = {{ {', '.join(f'{_quoted(name)} = {v}' for name, v in by_name.items())} }}")
    return "".join(f"{line}\n" for line in lines)


def _one_size(panel: Panel) -> int | None:
    """Return the number of alleles counted, if it is the same at all loci."""
    sizes = {locus.database_size for locus in panel.loci}
    return sizes.pop() if len(sizes) == 1 else None


def _frequencies(case: Case) -> Iterable[Cells]:
    """Return the lines of frequencies.csv."""
    for name, panel in [(one.name, one.panel) for one in case.populations] or [("", case.panel)]:
        for locus in panel.loci:
            for allele, frequency in zip(locus.alleles, locus.frequencies, strict=True):
                yield (locus.name, allele, _number(frequency), name)


def _locus(locus: Locus) -> Cells:
    """Return the line of one locus in loci.csv, its parameters in the common columns where the sexes agree."""
    female, male = _parameters(locus.female_mutation), _parameters(locus.male_mutation)
    agree = [f == m for f, m in zip(female, male, strict=True)]
    common = [value if same else "" for value, same in zip(female, agree, strict=True)]
    by_sex = [[("" if same else value) for value, same in zip(of, agree, strict=True)] for of in (female, male)]
    return (
        locus.name,
        locus.chromosome or "",
        *common,
        *by_sex[0],
        *by_sex[1],
        _number(locus.dropout_probability) if locus.dropout_probability else "",
        "" if locus.database_size is None else str(locus.database_size),
        _number(locus.minimum_frequency) if locus.minimum_frequency else "",
        _number(locus.silent_frequency) if locus.silent_frequency else "",
    )


def _parameters(model: MutationModel) -> Cells:
    """Return model, rate, step ratio and microvariant rate; defaults that play no part are blank."""
    default = MutationModel()
    name = STATIONARY if model.stationary else model.kind.value
    has_rate = model.kind not in (MutationKind.NONE, MutationKind.CUSTOM)
    steps = model.kind is MutationKind.STEPWISE or model.step_ratio != default.step_ratio
    return (
        name,
        _number(model.rate) if has_rate else "",
        _number(model.step_ratio) if steps else "",
        _number(model.microvariant_rate) if model.microvariant_rate else "",
    )


def _matrices(panel: Panel) -> Iterable[Cells]:
    """Return the lines of mutation_matrices.csv; entries of 0 are left out."""
    for locus in panel.loci:
        models = {"female": locus.female_mutation, "male": locus.male_mutation}
        if locus.female_mutation == locus.male_mutation:
            models = {"both": locus.female_mutation}
        for sex, model in models.items():
            for allele, row in zip(locus.alleles, model.matrix, strict=False):
                for other, probability in zip(locus.alleles, row, strict=True):
                    if probability:
                        yield (locus.name, sex, allele, other, _number(probability))


def _people(case: Case) -> Iterable[Cells]:
    """Return the lines of people.csv."""
    for family in case.families:
        missing = {person.position for person in family.missing}
        yield from _pedigree_lines(family.id, family.pedigree, family.profiles, missing)
    for hypothesis in case.hypotheses:
        yield from _pedigree_lines(hypothesis.name, hypothesis.pedigree, hypothesis.profiles, set())
    for name, sex in zip(case.elimination.ids, case.elimination.sex, strict=True):
        yield ("", name, "", "", Sex(int(sex)).name.lower(), ELIMINATION, "", "")


def _pedigree_lines(name: str, pedigree: Pedigree, profiles: Profiles, missing: set[int]) -> Iterable[Cells]:
    """Return the lines of one family."""
    positions = named_positions(pedigree, profiles, missing)
    typed = set(np.flatnonzero(profiles.typed.any(axis=1)).tolist())
    mark = {person: str(number) for number, group in enumerate(pedigree.twins, start=1) for person in group}
    for position in positions:
        father, mother = (
            "" if parent == FOUNDER or parent not in positions else pedigree.ids[int(parent)]
            for parent in pedigree.parents[position]
        )
        role = "missing" if position in missing else "reference" if position in typed else "none"
        sex = Sex(int(profiles.sex[position])).name.lower()
        inbreeding = float(pedigree.founder_inbreeding[position])
        yield (
            *(name, pedigree.ids[position], father, mother, sex, role, mark.get(position, "")),
            _number(inbreeding) if inbreeding else "",
        )


def _samples(case: Case) -> Iterable[Cells]:
    """Return the lines of samples.csv: one for each member of a remains group."""
    sites = dict(case.sites)
    dropouts, dropins = (_common_rates(case.samples, rates) for rates in (case.samples.dropout, case.samples.dropin))
    for row, name in enumerate(case.samples.ids):
        members = case.sample_members[row] if case.sample_members else (name,)
        for member in members:
            yield (
                member,
                Sex(int(case.samples.sex[row])).name.lower(),
                "" if members == (name,) else name,
                sites.get(member, ""),
                _number(dropouts[row]) if dropouts[row] > 0 else "",
                _number(dropins[row]) if dropins[row] > 0 else "",
            )


def _common_rates(profiles: Profiles, rates: FloatArray) -> FloatArray:
    """Return (n,) for each row the probability that holds at every typed locus; NaN where there is none."""
    highest = rates.max(axis=1, initial=0.0, where=profiles.typed)
    lowest = rates.min(axis=1, initial=1.0, where=profiles.typed)
    return np.where(highest == lowest, highest, np.nan)


def _profiles(case: Case) -> Iterable[Cells]:
    """Return the lines of profiles.csv."""
    samples = case.samples
    common = [_common_rates(samples, rates).tolist() for rates in (samples.dropout, samples.dropin)]
    for row, name in enumerate(samples.ids):
        own = tuple(math.isnan(of[row]) for of in common)
        yield from _genotypes(samples, row, name, "", case.panel, (own[0], own[1]))
    for family in case.families:
        for row, name in enumerate(family.profiles.ids):
            yield from _genotypes(family.profiles, row, name, family.id, case.panel)
    for hypothesis in case.hypotheses:
        for row, name in enumerate(hypothesis.profiles.ids):
            shared = _shared_by_all(name, case.hypotheses)
            if not shared or hypothesis is case.hypotheses[0]:
                of = "" if shared else hypothesis.name
                yield from _genotypes(hypothesis.profiles, row, name, of, case.panel)
    for row, name in enumerate(case.elimination.ids):
        yield from _genotypes(case.elimination, row, name, "", case.panel)


def _shared_by_all(name: str, hypotheses: Sequence[Hypothesis]) -> bool:
    """Whether somebody is in every hypothesis with one and the same profile."""
    if not all(name in hypothesis.profiles.ids for hypothesis in hypotheses):
        return False
    found = [(hypothesis.profiles, hypothesis.profiles.position(name)) for hypothesis in hypotheses]
    first, at = found[0]
    return all(
        np.array_equal(profiles.alleles[row], first.alleles[at])
        and np.array_equal(profiles.dropout[row], first.dropout[at])
        and np.array_equal(profiles.dropin[row], first.dropin[at])
        for profiles, row in found
    )


def _genotypes(
    profiles: Profiles, row: int, owner: str, family: str, panel: Panel, with_rates: tuple[bool, bool] = (True, True)
) -> Iterable[Cells]:
    """Return one line for each typed locus of one owner, with the dropout and drop-in that it has of its own."""
    dropout, dropin = (
        of[row].tolist() if has_own else [0.0] * len(panel)
        for of, has_own in zip((profiles.dropout, profiles.dropin), with_rates, strict=True)
    )
    for locus, codes, *rates in zip(panel.loci, profiles.alleles[row].tolist(), dropout, dropin, strict=True):
        if codes[0] != MISSING:
            alleles = (locus.allele_name(code) for code in codes)
            yield (owner, locus.name, *alleles, family, *(_number(rate) if rate else "" for rate in rates))
