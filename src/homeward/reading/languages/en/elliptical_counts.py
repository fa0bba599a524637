"""What a number counts that no noun follows: as many of those counted before, or by what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from homeward.reading.drafts import QuantityDraft, Span
from homeward.reading.languages.en.counted_nouns import Counted, noun_after, unit_in
from homeward.reading.languages.en.counted_words import NOT_COUNTED
from homeward.reading.languages.en.numerals import Numeral, find_numerals
from homeward.reading.text.sentences import Sentence

FARTHEST_BACK = 250
"""Characters back to the quantity of which a number alone tells."""
_VERB_COUNT = re.compile(
    r"\s+(?:(?:are|were|is|was|remain|remained|\w+ly|remains|still|could|can|cannot|will|would|not|never|have|has|had|been|being|more|now|officially|currently|listed|as|were|yet|to|be|men|of\s+(?:them|those|whom|these))\s+){0,6}"
    r"(?P<word>unaccounted|accounted|covered|examined|found|moved|sent|lost|missing|identified|killed|captured|recovered|returned|repatriated|buried|disinterred|exhumed|wounded|injured|died|survived|perished|escaped|drowned|vanished|disappeared|matched|named)\b"
)
_DONE_COUNT = re.compile(
    r"\b(?:have|has|had|we|they)\s+(?:now\s+|since\s+|so\s+far\s+)?(?P<word>identified|recovered|returned|repatriated|named|exhumed|disinterred|buried)\s+$"
)
_NUMBER_OF = re.compile(
    r"\b(?:number|total|tally|count)\s+of\s+(?P<of>[^.,;]{3,90}?)\s+(?:has\s+|had\s+|have\s+)?(?:now\s+)?(?:reached|risen\s+to|stood\s+at|stands\s+at|is|was|came\s+to|grown\s+to|to|at)\s+(?:(?:nearly|about|almost|over|more\s+than)\s+)?$",
    re.IGNORECASE,
)
_IS_THE_NUMBER = re.compile(
    r"\s+(?:(?:is|was|are)\s+)?the\s+(?:total\s+)?number\s+of\s+(?P<of>[^.,;]{3,60})", re.IGNORECASE
)
_TOLL = re.compile(
    r"\b(?:death\s+)?toll\b[^.;\d]{0,60}?\b(?:to|at|reached|hit|of)\s+(?:(?:nearly|about|almost|over|more\s+than|at\s+least)\s+)?$",
    re.IGNORECASE,
)
_THE_TOLL = re.compile(r"\s+the\s+(?:death\s+)?toll\b")
_GROUP_OF = re.compile(r"\b(?:team|crew|group|party|delegation|staff|band|column|complement)\s+of\s+$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of\s+(?:them|those|these|whom|which)\b")
_OF_THE = re.compile(r"\s+of\s+(?:the|those|these|its|some|about|nearly|more\s+than)\s+")
_OF_OURS = re.compile(r"\s+of\s+(?:(?P<us>us|you)\b|(?:the|those|these|his|her|its|their|our|your)\s+)")
_REST_BEFORE = re.compile(
    r"\b(?:remaining|rest|further|additional|another|(?:the|these|those|all)\s+other|the\s+first|the\s+last|a\s+total\s+of|the\s+figure|the\s+number\s+is)\s+$",
    re.IGNORECASE,
)
_REST_AFTER = re.compile(
    r"\s+(?:more|others|additional|in\s+all|in\s+total|altogether|all\s+told)\b(?!\s+(?:than|years|days|weeks|months|hours|times)\b)"
)
_AND_REST = re.compile(r"\s+others\b")
_DEALT_WITH = re.compile(
    r"\b(?:exhumed|disinterred|identified|recovered|returned|repatriated|found|named|received|handed\s+over|turned\s+over|(?:gave|given|sent)\s+back|buried|lost|killed|captured|counted|brought|against|compared\s+(?:with|to)|(?:down|up)\s+from|came\s+with|bringing\s+to|"
    r"brings\s+to|brought\s+to|(?:total|toll|number|figure)\s+to|puts?\s+(?:the\s+)?[\w\s-]{3,40}\s+at|put\s+it\s+at|agree(?:d)?\s+on|asked\s+for|all\s+but)\s+$",
    re.IGNORECASE,
)
_OR_SHARE = re.compile(r"\s+(?:or|\()\s*(?:about\s+|nearly\s+|some\s+)?\d+(?:\.\d+)?\s?(?:%|per\s?cent)")
_OF_SO_MANY = re.compile(r"(?:\w+\s+)?[Oo]f\s+(?:the\s+|these\s+|some\s+|about\s+|more\s+than\s+)?[\d\w]")
_OF_THESE = re.compile(
    r"\b[Oo]f\s+(?:these|those|them|whom|which|the\s+(?:total|latter|number|rest)|(?:those|these|the)\s+[\d,]+)(?:\s+\w+)?,\s+(?:(?:he|she|it|they)\s+said,\s+)?$"
)
_NEXT_IN_LIST = re.compile(r"(?:[,;:—–]|\bthat\b|\band\b|\bor\b|\bwith\b|\bwhile\b|\bincluding\b|[—–-])\s+$")
_ITEM_BEFORE = re.compile(
    r"(?:[,;]|\band|\bthen)\s+(?:and\s+)?(?:(?:in|from|by|for)\s+)?(?:(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?|the\s+(?:first|second|third|fourth|fifth|other|last|next)|then)\s+(?:only\s+)?$|\bthen\s+$"
)
"""Before the number of an item of a list: "in Laos 285, in Cambodia 48", "the second 21"."""
_ENDS_ITEM = re.compile(r"\s*(?:[,.;]|\s(?:and|but)\b|$)")
_IN_SO_MANY = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?$", re.IGNORECASE
)
_AFTER_THAT = re.compile(r"\bthat\s+$")
_PLACED = re.compile(
    r"\s+(?:in|from|at|near|on|by|through|for|with|under|inside|outside|among|of|as)\s+(?!(?:years?|days?|hours?|months?|weeks?|time|all|the\s+(?:morning|afternoon|evening))\b)[\w“\"]"
)
_VERB = re.compile(
    r"\s+(?:(?:still|also|have|had|has|were|was|are|is|remain|remained|will|would|could|can|cannot|may|might|did|do|must|should|more)\b|\w+ly\s+\w+ed\b|"
    r"(?:died|survived|perished|escaped|returned|came|went|made|fell|fled|lived|served|disappeared|vanished|drowned|stayed|finally|eventually|later)\b)"
)
_ALONE = re.compile(
    r"\s*(?:[,.;:)\"”—–]|-\s|and\b|or\b|in\b|on\b|at\b|from\b|to\b|more\b|believed\b|thought\b|presumed\b|because\b|as\b|after\b|since\b|so\s+far\b|by\b|that\s+(?:day|night|week|month|year)\b|the\s+(?:total|number|year)\b|are\b|were\b|have\b|had\b|who\b|that\b|$)"
)
_BEGINS_WITH = re.compile(r"(?:^|[.:;—–]\s+)(?:Another|A\s+total\s+of|In\s+all|Altogether)\s+$")
_IN_ALL = re.compile(r"\s+(?:in\s+all|in\s+total|altogether|all\s+told)\b")
_HOW_MANY = re.compile(
    r"\b(?:of\s+whom|of\s+which|who|which)\s+(?:there\s+(?:are|were)|number(?:ed|s)?|total(?:l?ed|s)?)\s+$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?:\b[A-Z][\w’'-]+(?:\s+(?:Jr|Sr|II|III)\.?)?,\s+(?:then\s+|now\s+|aged\s+)?|\b(?:aged?|turned|turning|age\s+of|(?:he|she|who|I)\s+(?:is|was)(?:\s+only)?|then)\s+)$"
)
_LISTED = re.compile(r"\s+(?:were\s+)?(?:from|in)\s+the\s+(?:[A-Z]\w+\s+)?(?:War|Conflict)\b")
OLDEST = 110


def counted_without_noun(
    text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]
) -> Counted | None:
    """Return what a number counts by the words before it, by what became of those counted, or by the quantity before."""
    is_share = _IN_SO_MANY.search(text, max(sentence.start, numeral.start - 24), numeral.start) is not None
    if numeral.is_ordinal or is_share or _is_age(text, sentence, numeral) or _is_measure(sentence, numeral):
        return None
    return (
        _by_number_of(text, sentence, numeral)
        or _by_what_became(text, sentence, numeral, found)
        or _as_part(text, sentence, numeral, found)
        or _as_before(text, sentence, numeral, found)
    )


def _is_measure(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether a unit of time, length or weight follows: "a total of 120 cubic metres"."""
    after = [token for token in sentence.tokens if token.start >= numeral.end][:2]
    words = [token.lower for token in takewhile(lambda token: token.kind == "word", after)]
    return any(word in NOT_COUNTED and word != "others" for word in words)


def _is_age(text: str, sentence: Sentence, numeral: Numeral) -> bool:
    """Whether a number alone is how old somebody was: "Anthony Guerriero, 22, of Boston"."""
    if numeral.low is None or numeral.low > OLDEST or numeral.qualifier:
        return False
    return _AGE.search(text, max(sentence.start, numeral.start - 40), numeral.start) is not None and (
        re.match(r"\s*[,.;)]|\s+(?:when|and|at|years)\b|$", text[numeral.end : sentence.end]) is not None
    )


def _by_number_of(text: str, sentence: Sentence, numeral: Numeral) -> Counted | None:
    """What stands in "the number of men has risen to 83", "200 was the number of bodies", "a team of 28"."""
    before = _NUMBER_OF.search(text, sentence.start, numeral.start)
    after = _IS_THE_NUMBER.match(text, numeral.end, sentence.end)
    match = before or after
    if match:
        end = numeral.end if before else match.start("of") + len(match["of"].split()[0])
        return Counted(*(unit_in(match["of"]) or ("thing", "thing")), end, end, 0.85, "number of")
    if _TOLL.search(text, sentence.start, numeral.start) or _THE_TOLL.match(text, numeral.end, sentence.end):
        return Counted("person", "people", numeral.end, numeral.end, 0.85, "toll")
    if _GROUP_OF.search(text, max(sentence.start, numeral.start - 24), numeral.start) and numeral.is_exact_enough:
        return Counted("person", "people", numeral.end, numeral.end, 0.8, "group of")
    return None


def _by_what_became(text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]) -> Counted | None:
    """What is said to have been identified, lost, returned: people, unless the number is part of other things just counted."""
    if not numeral.is_exact_enough:
        return None
    done = _DONE_COUNT.search(text, max(sentence.start, numeral.start - 40), numeral.start)
    if done and re.match(
        r"\s*[.,;](?!\d)|\s+(?:so\s+far|to\s+date|since|and|but|with)\b", text[numeral.end : sentence.end]
    ):
        return Counted("person", "people", done.start("word"), numeral.end, 0.75, "what became of them")
    match = _VERB_COUNT.match(text, numeral.end, sentence.end)
    if match is None:
        return None
    end = match.end() + (4 if text.startswith(" for", match.end()) else 0)
    unit = ("person", "people")
    last = _last(numeral, found)
    begins = _OF_SO_MANY.match(text, sentence.start) is not None and last is not None and last.span[0] >= sentence.start
    if last is not None and (begins or _OF_THESE.search(text, sentence.start, numeral.start)):
        unit = (last.unit, last.figure_unit)
    return Counted(*unit, match.start("word"), end, 0.8, "what became of them")


def _as_part(text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]) -> Counted | None:
    """What "three of the 55 sets", "5,300 of them" and "two of his bones" count."""
    if not numeral.is_exact_enough:
        return None
    last = _last(numeral, found)
    same = (last.unit, last.figure_unit) if last else ("thing", "thing")
    if _OF_THEM.match(text, numeral.end, sentence.end):
        if re.search(r"\bthe\s+$", text[max(0, numeral.start - 5) : numeral.start]):
            return None
        return Counted(*same, numeral.end, numeral.end, 0.65, "part of those before")
    match = _OF_THE.match(text, numeral.end, sentence.end)
    whole = (
        next((one for one in find_numerals(text, sentence.tokens) if one.start >= match.end() - 1), None)
        if match
        else None
    )
    if match and whole is not None and whole.start <= match.end() + 1:
        of = noun_after(text, [token for token in sentence.tokens if token.start >= whole.end], whole)
        return Counted(*((of.unit, of.figure_unit) if of else same), numeral.end, numeral.end, 0.75, "part of a number")
    return _of_ours(text, sentence, numeral)


def _of_ours(text: str, sentence: Sentence, numeral: Numeral) -> Counted | None:
    """A part of things that are not counted: "two of the boxes", "five of us"."""
    match = _OF_OURS.match(text, numeral.end, sentence.end)
    if match is None:
        return None
    if match["us"]:
        return Counted("person", "people", match.start("us"), match.end(), 0.8, "part of a group")
    noun = noun_after(text, [token for token in sentence.tokens if token.start >= match.end()], numeral)
    return noun if noun is not None and noun.rule == "counted noun" else None


def _as_before(text: str, sentence: Sentence, numeral: Numeral, found: Sequence[QuantityDraft]) -> Counted | None:
    """A number alone that goes on with what was counted just before: the next of a list, the rest, a part of it."""
    last = _last(numeral, found)
    if not numeral.is_exact_enough:
        return None
    if last is None:
        return _as_named_before(text, sentence, numeral)
    same = (last.unit, last.figure_unit)
    before = (max(sentence.start, numeral.start - 70), numeral.start)
    after = (numeral.end, sentence.end)
    rest = _REST_AFTER.match(text, *after)
    if rest is not None:
        return Counted(*same, rest.start() + 1, rest.end(), 0.7, "the rest")
    if _REST_BEFORE.search(text, *before) or _OF_THESE.search(text, *before):
        return Counted(*same, numeral.end, numeral.end, 0.7, "the rest")
    if _DEALT_WITH.search(text, *before) and _ALONE.match(text, *after):
        return Counted(*same, numeral.end, numeral.end, 0.65, "as before")
    if _OR_SHARE.match(text, *after):
        return Counted(*same, numeral.end, numeral.end, 0.7, "part of those before")
    begins = numeral.start <= sentence.start + 4 or _AFTER_THAT.search(text, *before) is not None
    if begins and _VERB.match(text, *after):
        return Counted(*same, numeral.end, numeral.end, 0.65, "part of those before")
    if last.span[0] >= sentence.start and _is_of_a_list(text, numeral, before, after, of_people=last.unit == "person"):
        return Counted(*same, numeral.end, numeral.end, 0.7, "part of a list")
    return _large_alone(text, numeral, same, after)


def _is_of_a_list(text: str, numeral: Numeral, before: Span, after: Span, *, of_people: bool) -> bool:
    """Whether a number is the next of a list: ", 505 in Laos", "and eight were", "in Cambodia 48", "120 from the Cold War"."""
    if _ITEM_BEFORE.search(text, *before) and _ENDS_ITEM.match(text, *after):
        return True
    if _NEXT_IN_LIST.search(text, *before) and (_PLACED.match(text, *after) or _VERB.match(text, *after)):
        return True
    return of_people and numeral.in_digits and _LISTED.match(text, *after) is not None


def _as_named_before(text: str, sentence: Sentence, numeral: Numeral) -> Counted | None:
    """A number that tells how many there are of what the sentence has named: "the dead, of whom there are over 200,000"."""
    named = [word for word in re.findall(r"[a-z]+", text[sentence.start : numeral.start].lower()) if unit_in(word)]
    same = unit_in(named[-1]) if named else None
    if others := _AND_REST.match(text, numeral.end, sentence.end):
        return Counted(*(same or ("person", "people")), others.start() + 1, others.end(), 0.65, "the others")
    before = (max(sentence.start, numeral.start - 70), numeral.start)
    begins = numeral.start <= sentence.start + 4 or _BEGINS_WITH.search(text, *before) is not None
    dealt_with = (
        _DEALT_WITH.search(text, *before) is not None and _ALONE.match(text, numeral.end, sentence.end) is not None
    )
    if dealt_with or (begins and _VERB.match(text, numeral.end, sentence.end)):
        return Counted("person", "people", numeral.end, numeral.end, 0.55, "what became of them")
    if same is None:
        return None
    if match := _IN_ALL.match(text, numeral.end, sentence.end):
        return Counted(*same, match.start() + 1, match.end(), 0.65, "in all")
    if _HOW_MANY.search(text, max(sentence.start, numeral.start - 40), numeral.start):
        return Counted(*same, numeral.end, numeral.end, 0.65, "how many there are")
    return None


def _large_alone(text: str, numeral: Numeral, same: tuple[str, str], after: Span) -> Counted | None:
    """A number over a thousand, or one that says how exact it is, with no noun."""
    large = numeral.in_digits and "," in text[numeral.start : numeral.end]
    is_qualified = numeral.qualifier in ("up to", "at least", "more than", "nearly", "about", "fewer than")
    if (large or is_qualified) and (_ALONE.match(text, *after) or _VERB.match(text, *after)):
        return Counted(*same, numeral.end, numeral.end, 0.5, "number alone")
    return None


def _last(numeral: Numeral, found: Sequence[QuantityDraft]) -> QuantityDraft | None:
    """The quantity told shortly before, no share and no sum of money; people, bodies and boxes rather than other things."""
    near = [
        one
        for one in found
        if 0 <= numeral.start - one.span[1] < FARTHEST_BACK and one.unit not in ("percent", "dollar")
    ]
    return next((one for one in reversed(near) if one.unit != "thing"), near[-1] if near else None)
