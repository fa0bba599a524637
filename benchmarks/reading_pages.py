"""Write the pages of the reading corpus from their truth files and the look of a site.

    python -m benchmarks.reading_pages

A site is a file under `reading_corpus/sites/`. A line with `{{frame}}` or `{{paragraph}}` is repeated for each line of
the frame or paragraph of the text, one with `{{paragraph 4..}}` for those from the fourth on. A tab in a paragraph
divides the cells of a table. Letters and testimony are written as DOCX and PDF.
"""

from __future__ import annotations

import html
import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.reading_truth import CORPUS, DEVELOPMENT, HELD_OUT, interval_of

REPEATED = re.compile(r"\{\{(frame|paragraph)(?: (\d+)\.\.(\d*))?\}\}")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
Target="word/document.xml"/></Relationships>"""


def paragraphs_of(truth: dict[str, Any]) -> list[str]:
    """Return the paragraphs of an article."""
    return [part for part in truth["text"].strip().split("\n") if part]


def in_cells(row: str) -> str:
    """Divide a row of a table into cells where it has tabs."""
    return row.replace("\t", "</th><th>" if "<th>" in row else "</td><td>")


def filled(template: str, truth: dict[str, Any], *, is_html: bool) -> str:
    """Put an article into the look of a site."""
    escape = (lambda words: html.escape(words, quote=False)) if is_html else str
    parts = {"frame": list(truth.get("frame", ())), "paragraph": paragraphs_of(truth)}
    lines = []
    for line in template.splitlines():
        match = REPEATED.search(line)
        if match is None:
            lines.append(line)
            continue
        first, last = int(match[2] or 1), int(match[3]) if match[3] else None
        repeated = [line.replace(match[0], escape(part)) for part in parts[match[1]][first - 1 : last]]
        if is_html:
            repeated = [in_cells(row) for row in repeated]
        lines += repeated if is_html or match[1] == "frame" else "\n\n".join(repeated).split("\n")
    text = "\n".join(lines) + "\n"
    published = interval_of(truth["published"]).earliest
    return text.replace("{{title}}", escape(truth["title"])).replace("{{published}}", f"{published}")


def docx(lines: list[str]) -> bytes:
    """Return a Word document of these paragraphs, always the same bytes."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return written.getvalue()


def pdf(lines: list[str]) -> bytes:
    """Return a typeset PDF of these paragraphs."""
    import typst

    source = '#set document(date: none)\n#set page(paper: "us-letter")\n' + "\n\n".join(
        f'#par("{line.replace(chr(34), chr(92) + chr(34))}")' for line in lines
    )
    return bytes(typst.compile(source.encode()))


def page_of(path: Path) -> bytes:
    """Return the bytes of the page that belongs to a truth file."""
    truth = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = truth["format"]
    if kind in ("docx", "pdf"):
        return (docx if kind == "docx" else pdf)([truth["title"], *truth.get("frame", ()), *paragraphs_of(truth)])
    template = (CORPUS / "sites" / f"{truth['site']}.{kind}").read_text(encoding="utf-8")
    return filled(template, truth, is_html=kind == "html").encode()


def main() -> None:
    """Write every page."""
    for part in (DEVELOPMENT, HELD_OUT):
        for path in sorted((CORPUS / part).glob("*.toml")):
            kind = tomllib.loads(path.read_text(encoding="utf-8"))["format"]
            path.with_suffix(f".{kind}").write_bytes(page_of(path))


if __name__ == "__main__":
    main()
