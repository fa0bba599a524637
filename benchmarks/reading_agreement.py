"""What it means that a draft agrees with the truth: the same words, days, name, voice or polarity."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from benchmarks.reading_truth import Happening, Interval, Named, Page, Span

Draft = Mapping[str, Any]
Tokens = frozenset[int]

TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms dr prof professor sir lord sen senator rep representative gov governor president secretary minister "
        "ambassador gen general lt maj major col colonel capt captain sgt sergeant cpl corporal pfc private master "
        "supreme leader then former",
    )
)
SMALL = frozenset(re.findall(r"\w+", "a an the of in on at to and s one two who with by from its his her"))
SHORT_DAYS = 14
PLANNED_OR_NOT = frozenset({"meeting-scheduled", "meeting-moved", "level-raised", "request"})


@cache
def words_of(text: str) -> tuple[tuple[str, Span], ...]:
    """Return the words of a text, folded, with their places."""
    return tuple((match[0].casefold(), match.span()) for match in re.finditer(r"\w+", text))


def tokens_in(span: Span, words: Sequence[tuple[str, Span]]) -> Tokens:
    """Return the numbers of the words that a span touches."""
    return frozenset(i for i, (_, (start, end)) in enumerate(words) if start < span[1] and span[0] < end)


class Layout:
    """Where the text that was read lies in the annotated article, word by word.

    Words of the frame (title, by-line, date line) have negative numbers; words that are not the article's have none.
    """

    def __init__(self, page: Page, text: str) -> None:
        self.article = words_of(page.text)
        frame = [word for line in page.frame for word, _ in words_of(line)]
        self.read = words_of(text)
        true_words = [*frame, *(word for word, _ in self.article)]
        read_words = [word for word, _ in self.read]
        matcher = difflib.SequenceMatcher(None, read_words, true_words, autojunk=False)
        self.of_read: dict[int, int] = {
            block.a + i: block.b + i - len(frame) for block in matcher.get_matching_blocks() for i in range(block.size)
        }

    def true(self, span: Span) -> Tokens:
        """Return the words of the article under a span of the truth."""
        return tokens_in(span, self.article)

    def placed(self, span: Span) -> tuple[Tokens, bool]:
        """Return the words of the article under a span of a draft, and whether it stands in the frame instead."""
        numbers = [self.of_read[i] for i in tokens_in(span, self.read) if i in self.of_read]
        inside = frozenset(number for number in numbers if number >= 0)
        return inside, bool(numbers) and not inside

    @property
    def kept(self) -> tuple[int, int]:
        """Return how many words of the article were kept, and how many it has."""
        return len({number for number in self.of_read.values() if number >= 0}), len(self.article)

    @property
    def foreign(self) -> int:
        """Return how many words were read that are not the article's."""
        return len(self.read) - len(self.of_read)


def days(interval: Interval) -> int:
    assert interval.earliest is not None
    assert interval.latest is not None
    return (interval.latest - interval.earliest).days + 1


def agree_on_date(truth: Interval, draft: Interval) -> bool:
    """Whether a drafted interval is the true one; a vague one shares half, at no more than twice the length."""
    if truth.earliest is None or truth.latest is None:
        ends = [(truth.earliest, draft.earliest), (truth.latest, draft.latest)]
        return all(true == drafted for true, drafted in ends if true is not None)
    if draft.earliest is None or draft.latest is None:
        return False
    if not truth.is_vague:
        return (truth.earliest, truth.latest) == (draft.earliest, draft.latest)
    shared = (min(truth.latest, draft.latest) - max(truth.earliest, draft.earliest)).days + 1
    shorter = min(days(truth), days(draft))
    return shared > 0 and 2 * shared >= shorter and days(draft) <= max(2 * days(truth), SHORT_DAYS)


def interval_in(draft: Draft) -> Interval:
    """Return the interval of a draft or of `published`."""
    earliest, latest = (
        dt.date.fromisoformat(draft[key][:10]) if draft.get(key) else None for key in ("earliest", "latest")
    )
    return Interval(earliest, latest)


def folded(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, articles and endings of the plural."""
    words = [word for word, _ in words_of(name)]
    kept = [word for word in words if word not in TITLES and word not in SMALL]
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept or words)


def same_voice(truth: str, drafted: Iterable[str], page: Page) -> bool:
    """Whether one of the drafted names is the true speaker's; alternatives in the truth stand between bars."""
    wanted = [part.strip() for part in truth.split("|")]
    for one in (*page.people, *page.parties):
        if any(folded(part) == folded(one.name) for part in wanted):
            wanted += [form for form in one.forms if form]
    sets = [frozenset(folded(part)) for part in wanted]
    given = [frozenset(folded(name)) for name in drafted if name]
    return any(a and b and (a <= b or b <= a) for a in sets for b in given)


def polarities(item: Happening, *, is_said: bool) -> set[str]:
    """Return the polarities that a draft of an event may have."""
    allowed = {"happened", "claimed"} if item.polarity == "said" else {item.polarity}
    if item.polarity == "happened" and is_said:
        allowed.add("claimed")
    if item.kind in PLANNED_OR_NOT and allowed & {"happened", "planned"}:
        allowed |= {"happened", "planned"}
    return allowed


def full_names(item: Named) -> set[tuple[str, ...]]:
    """Return the names by which a person may be drafted: the true one and the fullest in the text."""
    most = max(len(folded(form)) for form in item.forms)
    return {folded(item.name), *(folded(form) for form in item.forms if len(folded(form)) == most)}
