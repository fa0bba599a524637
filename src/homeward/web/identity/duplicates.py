"""Finding likely duplicates on the roll: entries that share a key are compared, and what looks alike is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils import timezone

from homeward.core.progress import Progress, no_progress
from homeward.web.accounts.models import User
from homeward.web.identity.duplicate_features import Comparison, Facts, compare
from homeward.web.identity.duplicate_policy import POLICY, DuplicatePolicy
from homeward.web.identity.identifiers import Identifier
from homeward.web.identity.likely_pairs import LikelyPair
from homeward.web.identity.spellings import family_keys, sounds_of, whole_keys, words_of_name
from homeward.web.journal.keeping import require
from homeward.web.journal.recorded import VIEW
from homeward.web.roll.people import MissingName, MissingPerson, Status

NUMBERS_COMPARED = ("service", "civil", "case")
WIDEST_BIRTH_YEARS = 3
"""Entries whose birth is known no better than to so many years are not grouped by it."""
GROUP = 2_000


@dataclass(frozen=True, slots=True)
class DuplicateSearch:
    """What a comparison of the roll found.

    compared: pairs that were compared. likely, possible: pairs that were kept. blocks_left_out: groups with a key so
    common that they were not compared; people_in_them: how many entries are in such a group.
    """

    people: int
    compared: int
    likely: int
    possible: int
    blocks_left_out: int
    people_in_them: int


def find_duplicates(*, by: User, policy: DuplicatePolicy = POLICY, progress: Progress = no_progress) -> DuplicateSearch:
    """Compare the roll with itself, and keep what looks alike in place of what was found before.

    Raises
    ------
    PermissionDenied
        The user may not keep the roll.
    """
    require(by, VIEW)
    require(by, MissingPerson.keep_permission)
    facts = _facts()
    pairs, left_out, people_left_out = _pairs(facts, policy)
    frequency = _frequency(facts.values(), policy)
    found: list[tuple[str, str, Comparison]] = []
    for number, (first, second) in enumerate(sorted(pairs), start=1):
        comparison = compare(facts[first], facts[second], frequency, policy)
        if comparison.level:
            found.append((first, second, comparison))
        if number % GROUP == 0:
            progress("Comparing entries of the roll", number, len(pairs))
    _keep(found)
    levels = Counter(comparison.level for *_, comparison in found)
    return DuplicateSearch(len(facts), len(pairs), levels["likely"], levels["possible"], left_out, people_left_out)


def _facts() -> dict[str, Facts]:
    """What is compared of every entry that stands and was not found to be a duplicate."""
    names = _grouped(MissingName.objects.filter(withdrawn="").values_list("missing", "text"))
    numbers = _numbers()
    merged = set(Status.objects.filter(kind="duplicate", withdrawn="").values_list("missing", flat=True))
    columns = ("code", "name", "family_name", "born", "sex", "incident_id")
    places = ("last_seen_place", "incident__place")
    where = [f"{place}__{axis}" for place in places for axis in ("latitude", "longitude")]
    rows = MissingPerson.objects.filter(withdrawn="").order_by("code").values_list(*columns, *where)
    found: dict[str, Facts] = {}
    for code, name, family_name, born, sex, incident, *points in rows.iterator(chunk_size=GROUP):
        if code in merged:
            continue
        texts = dict.fromkeys((name, *names.get(code, ())))
        words = tuple(dict.fromkeys(words_of_name(text) for text in texts))
        whole = frozenset(key for text in texts for key in whole_keys(text))
        family = family_keys(family_name) if family_name else sounds_of(words[0][-1:])
        own = numbers.get(code, {})
        found[code] = Facts(code, words, whole, family, born, sex, incident or "", _point(points), own)
    return found


def _numbers() -> dict[str, dict[tuple[str, str], str]]:
    """The numbers of each entry that are compared."""
    rows = Identifier.objects.filter(
        about__startswith="missingperson:", kind__in=NUMBERS_COMPARED, withdrawn=""
    ).exclude(status="erroneous")
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for about, kind, issuer, value in rows.values_list("about", "kind", "issuer", "compared"):
        found[about.partition(":")[2]][kind, issuer or ""] = value
    return found


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Values by key."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _point(values: Sequence[object]) -> tuple[float, float] | None:
    """The first of two places that has coordinates."""
    for latitude, longitude in (values[:2], values[2:]):
        if latitude is not None and longitude is not None:
            return float(str(latitude)), float(str(longitude))
    return None


def _pairs(facts: Mapping[str, Facts], policy: DuplicatePolicy) -> tuple[set[tuple[str, str]], int, int]:
    """The pairs of entries that share a key; how many groups were too large, and how many entries are in them."""
    blocks: dict[Hashable, list[str]] = defaultdict(list)
    for code, one in facts.items():
        for key in set(_keys(one)):
            blocks[key].append(code)
    pairs: set[tuple[str, str]] = set()
    left_out: set[str] = set()
    n_left_out = 0
    for codes in blocks.values():
        if len(codes) > policy.largest_block:
            n_left_out += 1
            left_out.update(codes)
        else:
            pairs.update(combinations(codes, 2))
    return pairs, n_left_out, len(left_out)


def _keys(one: Facts) -> Iterator[Hashable]:
    """The keys under which an entry is compared with others."""
    for words in one.names:
        for first, second in combinations(sorted(sounds_of(words)), 2):
            yield "name", first, second
    yield from (("whole", key) for key in one.whole)
    years = range(0)
    if one.born is not None and one.born.latest.year - one.born.earliest.year < WIDEST_BIRTH_YEARS:
        years = range(one.born.earliest.year, one.born.latest.year + 1)
    for sound in one.family:
        yield from (("born", sound, year) for year in years)
        if one.incident:
            yield "incident", sound, one.incident
    yield from (("number", kind, value) for (kind, _), value in one.numbers.items())


def _frequency(facts: Iterable[Facts], policy: DuplicatePolicy) -> dict[str, float]:
    """How often each sound stands in a name."""
    counts: Counter[str] = Counter()
    n_people = policy.others
    for one in facts:
        n_people += 1
        counts.update({sound for words in one.names for sound in sounds_of(words)})
    return {sound: n / n_people for sound, n in counts.items()}


def _keep(found: Iterable[tuple[str, str, Comparison]]) -> None:
    """Put what was found in the place of what was found before."""
    now = timezone.now()
    rows = [
        LikelyPair(
            first_id=first,
            second_id=second,
            points=comparison.points,
            level=comparison.level,
            reasons="\n".join(f"{feature.points:+d} {feature.words}" for feature in comparison.features),
            compared_at=now,
        )
        for first, second, comparison in found
    ]
    with transaction.atomic():
        LikelyPair.objects.all().delete()
        LikelyPair.objects.bulk_create(rows, batch_size=GROUP)
