"""Bringing in profiles that were read from a laboratory's file: all or none, and the same file twice is once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeward.core.errors import ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.formats.typed_profiles import TypedProfile
from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.web.accounts.models import User
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.bundle.importing import ImportResult
from homeward.web.journal.access import visible
from homeward.web.journal.codes import opaque_code
from homeward.web.journal.keeping import require
from homeward.web.laboratory.alleles import WORDS, locus_name, read_alleles, typing_text, y_loci
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.laboratory.owner_matching import COLUMN, OwnerMatch, match_owners
from homeward.web.laboratory.profiles import KEEP_PROFILES, VIEW_PROFILES, Profile, Quality, System


class OneAllele(StrEnum):
    """What a locus with one allele means in a file."""

    UNREAD = "unread"
    HOMOZYGOTE = "homozygote"


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """How a file is to be understood.

    issuer: whose names the file uses; together with a name it is the number under which a profile is found again.
    told: which row a name stands for, as noun:code, where that was said by a person.
    run: code of the run that the typings are of; empty for none.
    """

    issuer: str
    known_on: date
    one_allele: OneAllele = OneAllele.UNREAD
    told: Mapping[str, str] | None = None
    run: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class ProfileImport:
    """What became of a file: what each name stands for, and what was entered, amended or left as it was."""

    matches: Mapping[str, OwnerMatch]
    result: ImportResult


def import_profiles(
    profiles: Sequence[TypedProfile],
    choice: ImportChoice,
    *,
    by: User,
    title: str,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> ProfileImport:
    """Bring in profiles; with ``dry_run`` everything is checked and nothing kept.

    Raises
    ------
    PermissionDenied
        The user may not see or keep profiles.
    InputError
        A name stands for nothing or for several things, or something cannot be read; every problem, at its place.
    """
    require(by, VIEW_PROFILES)
    require(by, KEEP_PROFILES)
    log = ProblemLog()
    matches = match_owners([one.name for one in profiles], by, choice.told)
    _check_matches(profiles, matches, log)
    parts = [part for one in profiles for part in _by_system(one, choice, log)]
    known = _known_rows(choice.issuer, [part.source_id for part in parts], by)
    rows = [
        SourceRow(part.where, _values(part, matches[part.name], choice, known.get(part.source_id)))
        for part in parts
        if matches[part.name].owners
    ]
    if log:
        # What the record itself refuses is told together with what the file has wrong.
        with log.collecting():
            import_rows({"profile": rows}, by=by, why=f"From {title}.", title=title, dry_run=True)
        log.raise_if_any()
    result = import_rows(
        {"profile": rows}, by=by, why=f"From {title}.", title=title, dry_run=dry_run, progress=progress
    )
    return ProfileImport(matches, result)


def _check_matches(profiles: Iterable[TypedProfile], matches: Mapping[str, OwnerMatch], log: ProblemLog) -> None:
    """Note every name that does not stand for one thing."""
    for one in profiles:
        match = matches[one.name]
        if not match.owners:
            fix = "Enter the sample or donor or its number first, or say which one it is."
            log.add(f"{one.name} is no sample, donor or member of staff in the record.", where=one.where, fix=fix)
        elif len(match.owners) > 1:
            what = f"{one.name} is the {match.by} of {len(match.owners)} rows: {', '.join(match.owners)}."
            log.add(what, where=one.where, fix="Say which one it is.")
        elif match.owners[0].partition(":")[0] not in COLUMN:
            what = f"{match.owners[0]} can have no profile."
            log.add(what, where=one.where, fix="Name a sample, donor or staffmember as noun:code.")


@dataclass(frozen=True, slots=True)
class _Part:
    """What was typed of one system in one typing."""

    name: str
    where: str
    system: str
    source_id: str
    text: str
    quality: str


def _by_system(one: TypedProfile, choice: ImportChoice, log: ProblemLog) -> Iterable[_Part]:
    """A typing, divided into autosomal loci and those of the Y chromosome, as reports divide it."""
    typings: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, words in one.alleles.items():
        locus = locus_name(name, System.STR)
        if locus is None:
            fix = "Correct it, or leave the column out."
            log.add(f"{name!r} is no STR locus that is known.", where=one.where, fix=fix)
            continue
        system: str = System.Y_STR if locus in y_loci() else System.STR
        problem, alleles = read_alleles(locus, _completed(words, system, choice.one_allele), system)
        if problem is not None and words:
            log.add(problem.what, where=f"{one.where}, {locus}", fix=problem.fix)
        typings.setdefault(system, {})[locus] = alleles
    # A kit of autosomal loci has one or two on the Y chromosome: they stay with the others.
    if len(typings.get(System.Y_STR, {})) <= 2 and System.STR in typings:
        typings[System.STR] |= typings.pop(System.Y_STR, {})
    for part, typing in typings.items() or [(System.STR, {})]:
        seen = {locus: alleles for locus, alleles in typing.items() if alleles[0] not in WORDS}
        quality = Quality.FAILED if not seen else _quality(typing)
        source_id = one.name if part == System.STR else f"{one.name} {part}"
        yield _Part(one.name, one.where, part, source_id, typing_text(typing) if seen else "", quality)


def _completed(words: Sequence[str], system: str, one_allele: OneAllele) -> Sequence[str]:
    """The alleles of a locus at which the file has one alone."""
    if system != System.STR or len(words) != 1 or words[0].casefold() in WORDS:
        return words
    return [words[0], words[0] if one_allele is OneAllele.HOMOZYGOTE else UNKNOWN_ALLELE]


def _quality(typing: Mapping[str, tuple[str, ...]]) -> str:
    """Whether all of it was read."""
    is_partial = any(alleles[0] in WORDS or UNKNOWN_ALLELE in alleles for alleles in typing.values())
    return Quality.PARTIAL if is_partial else Quality.COMPLETE


def _known_rows(issuer: str, source_ids: Sequence[str], user: User) -> dict[str, tuple[str, date]]:
    """Code and day of the profiles that came from this source before, by its own number."""
    found: dict[str, tuple[str, date]] = {}
    for start in range(0, len(source_ids), MANY):
        rows = visible(user, Profile).filter(issuer=issuer, source_id__in=source_ids[start : start + MANY])
        columns = rows.filter(withdrawn="").values_list("source_id", "pk", "known_on")
        found |= {source_id: (code, known_on) for source_id, code, known_on in columns}
    return found


def _values(part: _Part, match: OwnerMatch, choice: ImportChoice, known: tuple[str, date] | None) -> dict[str, str]:
    """The row of a profile, as cells; one that came before keeps its code and its day."""
    code, known_on = known or (opaque_code(), choice.known_on)
    noun, _, owner = match.owners[0].partition(":")
    return {
        "code": code,
        "known_on": known_on.isoformat(),
        COLUMN.get(noun, "sample"): owner,
        "run": choice.run,
        "system": part.system,
        "quality": part.quality,
        "alleles": part.text,
        "issuer": choice.issuer,
        "source_id": part.source_id,
        "made_up": "true" if choice.made_up else "false",
    }
