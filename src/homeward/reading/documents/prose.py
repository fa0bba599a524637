"""Telling the text of a document from what stands around it: navigation, related links, tags, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homeward.reading.documents.clean import Block

FURNITURE = re.compile(
    r"""^(?:
    listen\ live | get\ short\ url | short\ url | share(?:\ (?:this|on|via)\b.*)? | tweet | print(?:\ this.*)? | e-?mail(?:\ this.*)? | subscribe.*
    | sign\ (?:up|in)\b.* | log\ in.* | register.{0,40} | newsletter.* | advertisement.* | sponsored.* | read\ (?:more|next|also)\b.* | also\ read\b.* | see\ also\b.*
    | related(?:\ (?:articles?|stories|story|news|links|content|topics|coverage|reading))?:? | related:.* | more\ (?:from|on|stories|news)\b.*
    | you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested).* | recommended.* | most\ (?:read|popular|viewed).* | trending.*
    | follow\ (?:us|@).* | like\ us\ on.* | join\ the\ (?:conversation|discussion).* | (?:view|show|hide|add|post|leave|write)\ (?:all\ |a\ )?comments?.* | comments?(?:\ \(\d+\))?
    | community\ standards.* | join\ our\b.* | get\ (?:the|our)\ (?:latest|news)\b.* | -\ share\ via.* | discussion | tags?:.* | topics:.* | keywords:.* | categor(?:y|ies):.* | filed\ under.*
    | (?:copyright|©|\(c\)).* | all\ rights\ reserved.* | terms\ (?:of|and)\b.* | privacy\ (?:policy|notice|statement).* | cookie.* | accessibility.{0,20} | contact\ us.* | about\ us.*
    | you(?:\ (?:receive|received|are\ receiving)|['’]re\ receiving)\ this\b.* | (?:to\ )?unsubscribe\b.* | to\ stop\ receiving\b.*
    | skip\ to\b.* | jump\ to\b.* | back\ to\ (?:top|home).* | home | menu | search\b.{0,20} | next(?:\ (?:article|story|page))? | previous(?:\ (?:article|story|page))?
    | load(?:ing)?\ ?(?:more)?\b.{0,10} | close | download\ (?:the\ )?app.* | watch\ live.* | live\ tv | live | video | photos? | gallery | in\ this\ (?:article|story).{0,20}
    | \d{1,2}:\d{2}(?:\ ?[ap]\.?m\.?)?(?:\ ?(?:gmt|utc|est|edt|kst))?.{0,30} | \d{1,2}\ (?:shares?|comments?|views?|min(?:ute)?s?\ read) | page\ \d+(?:\ of\ \d+)? | \d{1,4} | [|•·/\\>»–—-]+
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
COMMENTS = re.compile(
    r"^(?:\d{1,5}\ )?(?:reader\ )?comments?(?:\ \(\d+\))?:?$|^leave a (?:comment|reply)$|^\d+ responses to ",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"^(?:related(?:\ (?:articles?|stories|news|links|content|coverage))?|more (?:from|on|stories|news).{0,40}|you (?:may|might) (?:also )?like|read (?:more|next)|"
    r"recommended.{0,20}|most (?:read|popular|viewed).{0,20}|trending.{0,20}|tags?|topics|popular):?$",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b.{0,20}(?:19|20)\d\d\b|^(?:[A-Z][a-z]+day,? )?\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d$")
_ENDS = re.compile(r"""(?:(?<![A-Z])\.|[!?…:])["'”’»)\]]*$""")
_ROW = re.compile(r"^\s*(?:[-–•*·▪]|\d{1,2}[.)])\s+\S|:\s*[\d,]{1,12}\b|(?<![,\d])\s\d[\d,.]*%?$")
DATED = re.compile(r"\b[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?(?:19|20)\d\d\W*$|\b\d{1,2} [A-Z][a-z]{2,8}\.? (?:19|20)\d\d")
DATED_IN_FIGURES = re.compile(
    r"(?<![\d.])(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|(?:19|20)\d\d-\d{2}-\d{2}|(?:19|20)\d\d(?P<sign>[./])\s?\d{1,2}(?P=sign)\s?\d{1,2}|\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?!\d)"
)
SAYS_PUBLISHED = re.compile(
    r"\b(?:updated|published|posted|last\s+modified|last\s+updated|issued|as\s+of|released)\b", re.IGNORECASE
)
"""Words of a line that gives the day of publication, wherever on the page it stands."""
_PUBLISHED = re.compile(
    r"\b(?:updated|published|posted|last\s+modified)\b(?:\s+(?:on|at))?:?\s.{0,30}\b(?:19|20)\d\d\b", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"\bstaff\s+(?:writer|reporter|correspondent)\b|^[\d/:. -]+(?:[AP]M\b.*)?$|^\d{1,2}/\d{1,2}/\d{4}\b", re.IGNORECASE
)
_WORDS = re.compile(r"\w[\w'’.-]*")

ONLY_DATE = re.compile(
    r"(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8},?|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?)\s+(?:19|20)\d\d$"
)
"""A line that is a date and nothing else."""
_SALUTATION = re.compile(r"(?:My\s+)?Dear\s.{2,60}[,:]$|(?:Sir|Madam|Gentlemen)[,:]$")
_CLOSING = re.compile(
    r"(?:^|[.!?]\s+)(?:(?:Very|Most)\s+)?(?:Yours|Sincerely|Respectfully|Truly|Faithfully|Cordially|With\s+(?:best|kind)\s+regards|Best\s+wishes)\b[^.,]{0,30}(?:,|$)",
    re.IGNORECASE,
)
"""The closing words of a letter, in a line of their own or, in a PDF, run together with the line before."""
LONGEST_SIGNATURE = 8
"""Words of a line under a letter that names who wrote it."""
SENTENCE_WORDS = 6
"""A line of at least so many words that ends like a sentence is taken for one."""
LONG_WORDS = 25


def n_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORDS.findall(text))


def is_furniture(text: str) -> bool:
    """Whether a short line is one of those that stand around articles."""
    return len(text) <= 160 and FURNITURE.match(text.strip()) is not None


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence or more of running text."""
    if block.link_share > 0.6 or is_furniture(block.text):
        return False
    words = n_words(block.text)
    return (words >= SENTENCE_WORDS and _ENDS.search(block.text.rstrip()) is not None) or words >= LONG_WORDS


def is_row(block: Block) -> bool:
    """Whether a block is a line of a list or of a table that carries facts."""
    return (
        block.link_share < 0.5
        and not DATED.search(block.text)
        and (block.kind in ("row", "item") or _ROW.search(block.text) is not None)
        and any(one.isdigit() for one in block.text)
    )


def body_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the first and one past the last block of the running text; (0, 0) if there is none."""
    prose = [i for i, block in enumerate(blocks) if is_prose(block)]
    if not prose:
        return 0, 0
    first, last = prose[0], prose[-1]
    for i in range(first, last + 1):
        if COMMENTS.match(blocks[i].text) and i > first:
            earlier = [j for j in prose if j < i]
            last = earlier[-1]
            break
    rows = [i for i in range(max(0, first - 12), first) if is_row(blocks[i]) and not is_furniture(blocks[i].text)]
    if len(rows) >= 3 and rows[-1] - rows[0] <= len(rows) + 1:
        first = rows[0]
    while last + 1 < len(blocks):
        can_head = blocks[last + 1].text.endswith(":") or blocks[last + 1].kind == "row"
        heads = can_head and last + 2 < len(blocks) and is_row(blocks[last + 2])
        if not (heads or is_row(blocks[last + 1])) or is_furniture(blocks[last + 1].text):
            break
        last += 1
    return first, last + 1


def letter_of(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and one past the last block of a letter around its running text, ``None`` if it is none.

    It begins with the line of its date, or with whom it is written to; it ends with the names under it.
    """
    above = range(max(0, start - 3), min(start + 1, len(blocks)))
    first = next((i for i in above if _SALUTATION.match(blocks[i].text)), None)
    if first is None:
        return None
    dated = next((i for i in range(max(0, first - 3), first) if ONLY_DATE.match(blocks[i].text)), first)
    last = end
    closing = next((i for i in range(end - 1, min(end + 2, len(blocks))) if _CLOSING.search(blocks[i].text)), None)
    if closing is not None:
        last = closing + 1
        while last < len(blocks) and last <= closing + 3 and n_words(blocks[last].text) <= LONGEST_SIGNATURE:
            last += 1
    return dated, max(last, end)


def without_asides(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a body less furniture, and less lists of headlines that stand inside it."""
    kept: list[Block] = []
    among_related = False
    for block in blocks:
        if RELATED.match(block.text):
            among_related = True
            continue
        if among_related and not is_prose(block):
            continue
        among_related = False
        if is_furniture(block.text) or (block.link_share > 0.8 and not is_prose(block)):
            continue
        kept.append(block)
    return kept


def says_published(block: Block) -> bool:
    """Whether a line inside the text only says when it was published: "Reuters · Posted: Jul 31, 2018 9:32 AM ET"."""
    return len(block.text) <= 120 and not is_prose(block) and _PUBLISHED.search(block.text) is not None


def looks_like_a_title(text: str) -> bool:
    """Whether a line above the text can be its headline."""
    words = n_words(text)
    return (
        4 <= words <= 30
        and not is_furniture(text)
        and not CLOCK.search(text)
        and not (DATED.search(text) and words <= 7)
        and not text.lower().startswith("by ")
        and not _PUBLISHED.search(text)
        and not _NO_TITLE.search(text)
        and not text.rstrip().endswith((".", ":", ",", ";"))
        and (text[0].isupper() or not text[0].isalpha())
    )
