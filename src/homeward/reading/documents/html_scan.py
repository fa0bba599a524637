"""An HTML page as blocks of text, each character with its place in the page.

One pass over the page, in time proportional to its length. Nothing is run, fetched or rendered: tags are read only for
what they say of the text between them.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from homeward.reading.documents.clean import Block, BlockBuilder

LONGEST_TAG = 4_000
_UNSEEN = "script|style|template|noscript|iframe|object|svg|math|select|textarea|button|canvas|audio|video"
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    rf"|<(?P<unseen>{_UNSEEN})\b(?P<unseen_attributes>[^>]*)(?<!/)>(?P<inside>.*?)(?:</(?P=unseen)\b[^>]*(?:>|\Z)|\Z)"
    r"|<title\b[^>]*>(?P<title>.*?)(?:</title\b[^>]*(?:>|\Z)|(?=<)|\Z)"
    r"|</(?P<close>[a-zA-Z][a-zA-Z0-9]*)[^>]*(?:>|\Z)"
    r"|<(?P<open>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[^>]*)(?:>|\Z)"
    r"|<[!?/][^>]*(?:>|\Z)"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|related|recommend\w*|promo\w*|comments?|"
    r"disqus|share|sharing|social\w*|newsletter|subscri\w*|cookies?|consent|gdpr|advert\w*|ads?|sponsor\w*|tags?|taglist|topics|"
    r"most-?read|popular|trending|outbrain|taboola|teaser|toolbar|pagination|skip-link|signup|sign-up|paywall|"
    r"masthead|widget|carousel|more-?(?:stories|news|from|on))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODY_NAME = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|text|content)|story-?(?:body|text|content)|entry-?content|post-?(?:body|content)|"
    r"b-article__text|articlebody|maincontent|body-?text)(?:$|[\s_-])",
    re.IGNORECASE,
)

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
ASIDES = {"nav": "navigation", "footer": "navigation", "aside": "aside", "form": "navigation", "menu": "navigation"}
CLOSED_BY = {
    "p": BLOCKS - {"br"},
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
DEEPEST = 300


@dataclass(slots=True)
class Page:
    """What a page holds.

    blocks: all of its visible text, navigation and all. title: of its head, with its place. metas: name to content, the
    first of each. data: the texts of its linked data (JSON). times: of ``time`` elements, with the marks of their place.
    hidden, scripts: how many characters of hidden text and how many scripts were left out.
    """

    blocks: list[Block] = field(default_factory=list)
    title: Block | None = None
    metas: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    times: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    by_lines: list[str] = field(default_factory=list)
    address: str | None = None
    language: str | None = None
    hidden: int = 0
    scripts: int = 0


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, what it adds to the marks, and what they were outside of it."""

    tag: str
    outside: frozenset[str]


def scan(page: str) -> Page:
    """Return all visible text of a page in blocks, and what its head says of it."""
    return _Scanner(page).run()


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a tag, decoded; names in lower case."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:LONGEST_TAG]):
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


class _Scanner:
    """The pass over the page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.open: list[_Open] = []
        self.marks: frozenset[str] = frozenset()
        self.links = 0
        self.builder = BlockBuilder()
        self.by_line: list[str] | None = None

    def run(self) -> Page:
        """Read the whole page."""
        source = self.source
        for match in _TOKEN.finditer(source):
            if match["text"] is not None:
                self._text(match["text"], match.start())
            elif match["open"] is not None:
                self._opened(match["open"].lower(), match["attributes"], match.start())
            elif match["close"] is not None:
                self._closed(match["close"].lower())
            elif match["unseen"] is not None:
                self._unseen(match)
            elif match["title"] is not None and self.page.title is None:
                title = BlockBuilder("heading")
                _add(title, match["title"], match.start("title"), linked=False)
                self.page.title = title.build()
        self._end_block()
        return self.page

    def _unseen(self, match: re.Match[str]) -> None:
        name = match["unseen"].lower()
        if name != "script":
            return
        if "ld+json" in match["unseen_attributes"][:LONGEST_TAG].lower():
            self.page.data.append(match["inside"][:200_000])
        else:
            self.page.scripts += 1

    def _text(self, text: str, start: int) -> None:
        if "hidden" in self.marks:
            self.page.hidden += len(text.strip())
            return
        if self.by_line is not None:
            self.by_line.append(html.unescape(text))
        _add(self.builder, text, start, linked=self.links > 0)

    def _opened(self, tag: str, attributes: str, start: int) -> None:
        named = attributes_of(attributes) if attributes else {}
        if tag == "meta":
            key = named.get("property") or named.get("name") or named.get("itemprop")
            if key and named.get("content"):
                self.page.metas.setdefault(key.lower(), named["content"])
            return
        if tag == "html":
            self.page.language = named.get("lang") or named.get("xml:lang")
        if tag == "link" and "canonical" in named.get("rel", ""):
            self.page.address = named.get("href")
        while self.open and tag in CLOSED_BY.get(self.open[-1].tag, ()):
            self._pop()
        if tag in BLOCKS:
            self._end_block()
        elif tag in ("td", "th"):
            self.builder.cell(start)
        if tag == "time" and named.get("datetime"):
            self.page.times.append((named["datetime"], self.marks))
        if tag in VOID or attributes.endswith("/") or len(self.open) >= DEEPEST:
            return
        self.open.append(_Open(tag, self.marks))
        self.marks = self.marks | _marks_of(tag, named)
        self.links += tag == "a"
        if self.by_line is None and _is_by_line(named):
            self.by_line = []
            self.marks = self.marks | {"by-line"}
        if tag in BLOCKS:
            self.builder = BlockBuilder(_kind(tag), self.marks)

    def _closed(self, tag: str) -> None:
        depth = next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].tag == tag), None)
        if depth is None:
            return
        if tag in BLOCKS or any(one.tag in BLOCKS for one in self.open[depth:]):
            self._end_block()
        while len(self.open) > depth:
            self._pop()

    def _pop(self) -> None:
        closed = self.open.pop()
        self.links -= closed.tag == "a"
        if closed.tag in BLOCKS:
            self._end_block()
        if "by-line" in self.marks and "by-line" not in closed.outside and self.by_line is not None:
            self.page.by_lines.append(" ".join("".join(self.by_line).split()))
            self.by_line = None
        self.marks = closed.outside
        if closed.tag in BLOCKS:
            self.builder = BlockBuilder("paragraph", self.marks)

    def _end_block(self) -> None:
        block = self.builder.build()
        if block is not None:
            self.page.blocks.append(block)
        self.builder = BlockBuilder(self.builder.kind if block is None else "paragraph", self.marks)


def _kind(tag: str) -> str:
    if tag in HEADINGS:
        return "title" if tag == "h1" else "heading"
    return {"li": "item", "tr": "row"}.get(tag, "paragraph")


def _marks_of(tag: str, named: dict[str, str]) -> frozenset[str]:
    """What an element says of the text in it."""
    marks = set()
    if tag in ASIDES:
        marks.add(ASIDES[tag])
    if tag == "header":
        marks.add("header")
    if tag in ("article", "main"):
        marks.add(tag)
    if "hidden" in named or named.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(named.get("style", "")):
        marks.add("hidden")
    if named.get("role") in ("navigation", "banner", "contentinfo", "complementary", "search"):
        marks.add("navigation")
    names = f"{named.get('class', '')} {named.get('id', '')}".replace("__", "-")[:LONGEST_TAG]
    if tag not in ("html", "body", "main", "article", "p", "h1") and _ASIDE_NAME.search(names):
        marks.add("by name aside")
    if named.get("itemprop") == "articleBody" or _BODY_NAME.search(names):
        marks.add("body")
    return frozenset(marks)


def _is_by_line(named: dict[str, str]) -> bool:
    names = f"{named.get('class', '')} {named.get('id', '')} {named.get('rel', '')} {named.get('itemprop', '')}"
    return bool(re.search(r"(?:^|[\s_-])(?:by-?line|author)(?:$|[\s_-])", names[:LONGEST_TAG], re.IGNORECASE))


def _add(builder: BlockBuilder, text: str, start: int, *, linked: bool) -> None:
    """Add text with character references decoded."""
    position = 0
    if "&" in text:
        for match in _REFERENCE.finditer(text):
            decoded = html.unescape(match[0])
            if decoded == match[0]:
                continue
            builder.add(text[position : match.start()], start + position, linked=linked)
            builder.add_decoded(decoded, start + match.start(), start + match.end(), linked=linked)
            position = match.end()
    builder.add(text[position:], start + position, linked=linked)
