"""People on no list, told by titles, given names, the form of a name, kin, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homeward.reading.languages.en import name_words as told
from homeward.reading.languages.en.capitals import is_headline
from homeward.reading.languages.en.gathered_names import Found, Gathered
from homeward.reading.languages.en.words import verb_forms
from homeward.reading.names.lexicon import PERSON
from homeward.reading.text.sentences import Sentence
from homeward.reading.text.tokens import Token

_TITLE = re.compile(
    rf"(?P<title>(?:(?:U\.?S\.?\s+)?(?:Army|Navy|Air\s+Force|Marine\s+Corps|Marine)\s+)?(?:{told.RANK}|{told.COURTESY}|(?:[Ff]ormer\s+)?(?:[A-Z][\w./-]*\s+){{0,4}}{told.OFFICE_HEAD}))\s+(?=[A-Z])"
)
_PINYIN = r"(?:zh|ch|sh|[bcdfghjklmnpqrstwxyz])?(?:[iu]?a(?:i|o|n|ng)?|[iu]?e(?:i|n|ng|r)?|i(?:n|ng|u)?|[i]?o(?:u|ng)?|u(?:o|i|n)?|ü(?:e|n)?)"
_CHINESE_GIVEN = re.compile(rf"{_PINYIN}(?:['’-]?{_PINYIN})?", re.IGNORECASE)
_SPEAKER = re.compile(
    r"^(?:MR|MS|MRS|DR|SEN|REP|GEN|COL|ADM|AMB|SECRETARY|CHAIRMAN|CHAIRWOMAN|SENATOR|GENERAL|COLONEL|AMBASSADOR|DIRECTOR)\.?\s+(?P<name>[A-Z][A-Z’'-]{2,20})(?=:|\.\s)",
    re.MULTILINE,
)
_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")
SHORTEST = 3
"""Letters of a name that stands alone beside kin."""
POSTNOMINALS = frozenset(
    ["MP", "MEP", "MSP", "PhD", "MD", "OBE", "CBE", "MBE", "KC", "QC", "VC", "DSO", "USN", "USMC", "USAF"]
)
_ALSO = re.compile(r"(?:,|\band|,\s+and)\s+$")


def person_of(names: Gathered, tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Add a person who is on no list; return whether the words are one."""
    text = names.text
    if told.BY_LINE.search(text, max(0, tokens[0].start - 24), tokens[0].start):
        names.cover((tokens[0].start, tokens[-1].end))
        return True
    tokens = _without_affairs(text, _without_letters(tokens))
    titled, office = office_before(text, tokens[0].start, sentence)
    stripped, own = _without_title(text, tokens)
    if own is not None and stripped:
        tokens, titled = stripped, True
        office = office_before(text, tokens[0].start, sentence)[1] or own or office
    words = [token.text for token in tokens if token.text != "."]
    if not words or all(told.TITLE_WORD.match(word) for word in words) or not _can_be_a_name(words):
        return False
    span = (tokens[0].start, tokens[-1].end)
    confidence, rule = _how_told(names, words, tokens, sentence, titled=titled)
    is_korean = is_korean_name(words)
    after = text[span[1] : min(sentence.end, span[1] + 200)]
    headline = (
        is_headline(sentence)
        and not told.AGE_AFTER.match(after)
        and (words[0] not in told.GIVEN or words[-1].lower() in verb_forms())
    )
    if not confidence or (headline and not is_korean):
        return False
    match = told.OFFICE_AFTER.match(after)
    if office is None and match:
        office = clean_office(match["office"])
    person = names.same_person(words)
    if person is None:
        person = names.add(PERSON, span, confidence, rule)
        person.family = _family_of(words, text)
    else:
        names.mention(person, span)
        if len(words) > len(person.name.split()):
            person.name = text[slice(*span)]
    person.office = person.office or office
    return True


def _without_letters(tokens: Sequence[Token]) -> Sequence[Token]:
    """A name without the letters of an honour or office after it: "Warren Snowdon MP"."""
    return tokens[:-1] if len(tokens) > 2 and tokens[-1].text in POSTNOMINALS else tokens


def _without_affairs(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """A run of capitalised words without the end of an office: the "Civil Affairs" of "Vice Minister of Civil Affairs Dou Yupei"."""
    while len(tokens) > 2 and tokens[0].text == "Affairs":
        tokens = tokens[1:]
    if not re.search(r"\b(?:of|for)\s+$", text[max(0, tokens[0].start - 6) : tokens[0].start]):
        return tokens
    for i in range(1, len(tokens) - 1):
        words = [token.text for token in tokens[i:] if token.text != "."]
        is_name = words[0] in told.GIVEN or is_korean_name(words) or is_chinese_name(words)
        if tokens[i - 1].text in told.AFFAIRS and is_name:
            return tokens[i:]
    return tokens


def _can_be_a_name(words: Sequence[str]) -> bool:
    """Whether capitalised words can name somebody: not too many, no occupation, no acronyms."""
    if (words[-1] in _SUFFIXES and len(words) == 2) or len(words) > 6 or told.OCCUPATION.search(words[-1]):
        return False
    if len(words) > 1 and words[-1] not in (*_SUFFIXES, "Sen") and told.TITLE_WORD.match(words[-1]):
        return False
    if any(sign.isdigit() for word in words for sign in word):
        return False
    return not all(word.isupper() and len(word) > 1 for word in words)


def _family_of(words: Sequence[str], text: str) -> str:
    """The family name: the first word of Korean, Chinese and Vietnamese names, else the last; as texts use it later, if they do."""
    last = next((word for word in reversed(words) if word not in _SUFFIXES), words[-1])
    if is_korean_name(words) or is_chinese_name(words):
        return words[0]
    return (
        words[0]
        if is_vietnamese_name(words) and not re.search(rf"(?:Mr|Ms|Mrs|Dr)\.?\s+{re.escape(last)}\b", text)
        else last
    )


def _how_told(
    names: Gathered, words: Sequence[str], tokens: Sequence[Token], sentence: Sentence, *, titled: bool
) -> tuple[float, str]:
    """How far it can be trusted that words name a person, and the rule; 0 if nothing tells it."""
    text, (start, end) = names.text, (tokens[0].start, tokens[-1].end)
    before, after = text[max(sentence.start, start - 60) : start], text[end : min(sentence.end, end + 200)]
    if titled:
        return 0.9, "names:person by title"
    if len(words) == 1:
        return _how_one_word_is_told(words[0], before)
    if words[0] in told.GIVEN:
        return 0.9, "names:person by given name"
    if is_korean_name(words):
        return 0.85, "names:person by Korean family name"
    if is_chinese_name(words) or is_vietnamese_name(words):
        return 0.75, "names:person by Chinese or Vietnamese family name"
    if told.WITH_ARTICLE.fullmatch(words[-1]) and len(words) <= told.LONGEST_NAME:
        return 0.8, "names:person by the article of an Arabic name"
    if re.fullmatch(r"[A-Z]", words[1] if len(words) > 2 else words[0]):
        return 0.8, "names:person by initial"
    if len(words) > told.LONGEST_NAME or not all(len(word) > 1 for word in words):
        return 0.0, ""
    if _is_spoken_of(names, words, before, after, sentence, start):
        return 0.7, "names:person by what is said of them"
    if told.KIN_BEFORE.search(before) or recurs(text, words[-1], end):
        return 0.6, "names:person by kin, or named again"
    return 0.0, ""


def _how_one_word_is_told(word: str, before: str) -> tuple[float, str]:
    """How far one word can be trusted to name a person: a given name beside kin, or what somebody is called."""
    if told.CALLED.search(before) or (told.DIRECT_KIN.search(before) and len(word) >= SHORTEST):
        return 0.7, "names:person by what they are called"
    if word in told.GIVEN and told.KIN_BEFORE.search(before) and not told.PLURAL_KIN.search(before):
        return 0.7, "names:person by kin"
    return 0.0, ""


def _is_spoken_of(
    names: Gathered, words: Sequence[str], before: str, after: str, sentence: Sentence, start: int
) -> bool:
    """Whether two or three words are spoken of as only a person is: age, office, speech, life and death."""
    patterns = (told.SAYS_AFTER, told.AGE_AFTER, told.OFFICE_AFTER, told.LIFE_AFTER)
    if any(pattern.match(after) for pattern in patterns):
        return True
    if any(told.ORGANISATION.match(word) or word in told.NOT_NAMES for word in words):
        return False
    if told.BY_WHOM.search(before) and len(words) <= 3:
        return True
    spoken = re.search(r"(?P<verb>[a-z]+)\s+$", before)
    if spoken and spoken["verb"] in told.SPEAKS_BEFORE and re.match(r"\s*(?:[.,;]|of\b|who\b|$)", after):
        return True
    return _ALSO.search(before) is not None and _follows_a_person(names, before, start)


def _follows_a_person(names: Gathered, before: str, start: int) -> bool:
    """Whether a person stands just before, as the first of two: "Ambassadors Julian Braithwaite and Federico Villegas"."""
    gap = _ALSO.search(before)
    at = start - (len(gap[0]) if gap else 0)
    return any(at - 1 <= span[1] <= at for one in names.found if one.what == PERSON for span in one.mentions)


def recurs(text: str, family: str, after: int) -> bool:
    """Return whether the last of several words stands alone later, with a verb of saying or a possessive, as family names do."""
    return (
        re.search(
            rf"(?<![\w-])(?<![A-Z]\w\s){re.escape(family)}(?:['’]s\b|\s+(?:said|says|told|added|recalled|wrote|was|had|has|asked)\b)",
            text[after:],
        )
        is not None
    )


def office_before(text: str, start: int, sentence: Sentence) -> tuple[bool, str | None]:
    """Return whether a title stands before a name, and the office if it is more than a courtesy."""
    before = text[max(sentence.start, start - 160) : start]
    for pattern in (told.OFFICE_BEFORE, told.RANK_BEFORE):
        match = pattern.search(before)
        if match and not _is_a_list(before, match):
            return True, clean_office(match["office"])
    return bool(told.COURTESY_BEFORE.search(before)), None


def _is_a_list(before: str, match: re.Match[str]) -> bool:
    """Whether a comma parts words of a list and not an office from its holder: "Truth, Justice, Reparation"."""
    held = re.search(
        r"\b(?:the|an?|his|her|its|their|our|another|new)\s+$|['’]s\s+$", before[: match.start()], re.IGNORECASE
    )
    is_one_word = " " not in match["office"].strip() and match["office"][:1].isupper()
    return before.rstrip().endswith(",") and held is None and is_one_word


def _without_title(text: str, tokens: Sequence[Token]) -> tuple[list[Token], str | None]:
    """A run of capitalised words without the title that it begins with, and the title."""
    start, end = tokens[0].start, tokens[-1].end
    match = _TITLE.match(text, start, end)
    if match is None:
        return list(tokens), None
    rest = [token for token in tokens if token.start >= match.end()]
    courtesy = re.fullmatch(told.COURTESY, match["title"])
    return rest, "" if courtesy else clean_office(match["title"])


def is_korean_name(words: Sequence[str]) -> bool:
    """Return whether words are a Korean family name and a given name of one or two syllables, together or apart."""
    if words[0] not in told.KOREAN_FAMILY or not 2 <= len(words) <= 3:
        return False
    syllables = [one for word in words[1:] for one in re.split(r"[-–]", word)]
    return (
        1 <= len(syllables) <= 2
        and all(re.fullmatch(r"[A-Za-zŏŭ'’]{1,6}", one) for one in syllables)
        and (len(syllables) == 2 or words[0] not in told.GIVEN)
    )


def is_chinese_name(words: Sequence[str]) -> bool:
    """Return whether words are a Chinese family name and a given name of one or two syllables of pinyin."""
    return len(words) == 2 and words[0] in told.CHINESE_FAMILY and _CHINESE_GIVEN.fullmatch(words[1]) is not None


def is_vietnamese_name(words: Sequence[str]) -> bool:
    """Return whether words are a Vietnamese family name and two or three short names."""
    return 3 <= len(words) <= 4 and words[0] in told.VIETNAMESE_FAMILY and all(len(word) <= 6 for word in words)


def clean_office(words: str) -> str | None:
    """Return an office without its article."""
    cleaned = re.sub(r"^(?:the|a|an|his|its|their)\s+", "", " ".join(words.split()), flags=re.IGNORECASE).strip(" ,")
    return cleaned or None


def family_names(names: Gathered) -> None:
    """Add later mentions of a person by the family name alone; of several, the one named last before it."""
    people = [one for one in names.found if one.what == PERSON and one.family]
    families = {_as_named_again(one.family) for one in people if one.family}
    for sentence in names.sentences:
        for token in sentence.tokens:
            family = _as_named_again(token.text)
            if family not in families or names.is_covered((token.start, token.end)):
                continue
            named = [
                one
                for one in people
                if _as_named_again(one.family or "") == family and min(one.mentions)[0] < token.start
            ]
            if not named:
                continue
            named = [one for one in named if not _is_kin(names, one)] or named
            nearest = max(named, key=lambda one: max(span[0] for span in one.mentions if span[0] < token.start))
            names.mention(nearest, (token.start, token.end))


def _as_named_again(family: str) -> str:
    """A family name as it is compared: the article of an Arabic name is written large at the beginning of a sentence."""
    return family[:1].lower() + family[1:] if told.WITH_ARTICLE.fullmatch(family) else family


def speakers(names: Gathered) -> None:
    """Add those who speak in a transcript, whose names stand in capitals before what they say: "MR. LINDGREN: Six so far."."""
    for match in _SPEAKER.finditer(names.text):
        span, family = match.span("name"), match["name"].title()
        if names.is_covered(span):
            continue
        same = next(
            (one for one in names.found if one.what == PERSON and (one.family or "").casefold() == family.casefold()),
            None,
        )
        if same is None:
            same = names.add(PERSON, span, 0.85, "names:speaker of a transcript")
            same.name = same.family = family
        else:
            names.mention(same, span)


def _is_kin(names: Gathered, one: Found) -> bool:
    """Whether somebody was named first as a relative of another: "His father, Lt. William Alder"."""
    start = min(one.mentions)[0]
    return told.KIN_OF.search(names.text[max(0, start - 60) : start]) is not None
