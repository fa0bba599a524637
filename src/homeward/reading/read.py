"""One call from a file to its drafts."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from homeward.core.dates import PartialDate
from homeward.reading.dates import resolve_dates
from homeward.reading.documents.document import CleanDocument
from homeward.reading.documents.opening import open_document
from homeward.reading.drafts import (
    DateDraft,
    EventDraft,
    PartyDraft,
    PersonDraft,
    PlaceDraft,
    QuantityDraft,
    StatementDraft,
)
from homeward.reading.languages import RULE_SETS, rules_for
from homeward.reading.languages.detection import language_of
from homeward.reading.languages.interface import Rules, Words
from homeward.reading.names.lexicon import Lexicon, standard_lexicon, words_of
from homeward.reading.published import Published, published
from homeward.reading.text.spans import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document and what it seems to say.

    name, digest: of the file (SHA-256). language: ISO 639-1, ``None`` if unknown.
    """

    name: str
    digest: str
    document: CleanDocument
    language: str | None
    published: Published
    dates: tuple[DateDraft, ...] = ()
    people: tuple[PersonDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    quantities: tuple[QuantityDraft, ...] = ()
    statements: tuple[StatementDraft, ...] = ()
    events: tuple[EventDraft, ...] = ()
    notes: tuple[str, ...] = ()


def read_document(
    content: bytes, name: str, *, given: PartialDate | None = None, lexicon: Lexicon | None = None
) -> Reading:
    """Return the drafts of a document. The same bytes give the same drafts.

    Parameters
    ----------
    content : bytes
        The file: HTML, plain text, PDF or DOCX.
    name : str
        Its name, for messages.
    given : PartialDate, optional
        When it was published, where that is known from elsewhere.
    lexicon : Lexicon, optional
        Names that are known; those of the record that comes with Homeward if left out.

    Raises
    ------
    InputError
        Nothing in the file can be read; says what and what to do.
    """
    digest = hashlib.sha256(content).hexdigest()
    return read_opened(open_document(content, name), name, digest, given=given, lexicon=lexicon)


def read_opened(
    document: CleanDocument,
    name: str,
    digest: str,
    *,
    given: PartialDate | None = None,
    lexicon: Lexicon | None = None,
) -> Reading:
    """Return the drafts of a document that `open_document` opened, as `read_document` does.

    Parameters
    ----------
    digest : str
        SHA-256 of the file, in hexadecimal.
    """
    language = language_of(document.text, document.declared_language)
    rules = rules_for(language)
    if rules is None:
        note = f"The text is in {f'another language ({language})' if language else 'a language that was not recognised'}; rules exist for: {', '.join(RULE_SETS)}. It was not read for drafts."
        when = (
            Published(given.earliest, given.latest, "given", (f"Given on reading: {given.words}.",))
            if given
            else Published(None, None, "unknown", ())
        )
        return Reading(
            name=name,
            digest=digest,
            document=document,
            language=language,
            published=when,
            notes=(*document.notes, note),
        )
    words = Words(
        document.text,
        rules.sentences(document.text),
        lexicon or standard_lexicon(language or "en"),
        document.body_start,
    )
    when = _read_words(words, rules, document, given)
    return Reading(
        name=name,
        digest=digest,
        document=_with_publisher(document, words),
        language=language,
        published=when,
        dates=tuple(words.dates),
        people=words.names.people,
        parties=words.names.parties,
        places=words.names.places,
        quantities=tuple(words.quantities),
        statements=tuple(words.statements),
        events=tuple(rules.events(words)),
        notes=(*document.notes, *_notes(when)),
    )


def _read_words(words: Words, rules: Rules, document: CleanDocument, given: PartialDate | None) -> Published:
    """Each step in turn, as later ones rest on earlier ones."""
    words.expressions = rules.dates(words)
    words.names = rules.names(words)
    when = published(document.dates, words, rules, given)
    words.dates = resolve_dates(words.expressions, when.window, story=rules.is_testimony(words))
    words.today = when.latest
    words.quantities = rules.quantities(words)
    words.statements = rules.statements(words)
    words.quantities = _with_sources(words)
    return when


def _with_sources(words: Words) -> list[QuantityDraft]:
    """The quantities, each with the speaker of the narrowest statement in which it stands."""
    contents = Spans((one.content_span, one) for one in words.statements)
    found = []
    for quantity in words.quantities:
        around = [one for _, one in contents.overlapping(*quantity.span)]
        narrowest = min(around, key=lambda one: one.content_span[1] - one.content_span[0], default=None)
        found.append(replace(quantity, source=narrowest.speaker if narrowest else None))
    return found


def _with_publisher(document: CleanDocument, words: Words) -> CleanDocument:
    """The document with its publisher, if that is a known name of the press under the headline or in the dateline."""
    if document.publisher is not None:
        return document
    opening = re.match(r"[^\n]{0,60}?\((?P<agency>[A-Z][\w .-]{1,30})\)\s*(?:--|—|–|-)", words.text[words.body_start :])
    by_line = re.split(r"[,|]", document.by_line or "")[-1].strip()
    for line in (*document.headings, by_line, opening["agency"] if opening else ""):
        for form, entry in words.lexicon.by_words.get(words_of(line), ()):
            if entry.kind == "press" and form:
                return replace(document, publisher=entry.name)
    return document


def _notes(when: Published) -> list[str]:
    if when.window is None:
        return [
            "The date of publication is not known, so words such as 'Thursday' stay unresolved; give it with --published."
        ]
    if when.basis == "text":
        return ["The date of publication was worked out from the text; give it with --published if it is known."]
    return []
