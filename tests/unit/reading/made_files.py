"""Small files made for tests: PDF and DOCX, and pages with navigation around them."""

from __future__ import annotations

import io
import zipfile

STORY = (
    "Officers of the command waited at the bridge on Thursday, but nobody came, a spokesman said.",
    "He said that 55 boxes had been promised to them at the meeting of the week before.",
)


def made_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines, or with none."""
    shown = " ".join(f"({line}) Tj 0 -16 Td" for line in lines)
    stream = f"BT /F1 11 Tf 40 760 Td {shown} ET".encode() if lines else b""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def made_docx(*paragraphs: str, body: str | None = None) -> bytes:
    """Return a DOCX with these paragraphs, or with a body of its own."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs) if body is None else body
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{inside}</w:body></w:document>')
    return out.getvalue()


def made_page(*paragraphs: str, head: str = "", before: str = "", after: str = "") -> bytes:
    """Return a page with navigation, related links, tags and comments around an article."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Nobody came to the bridge | The Ledger</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/w'>World news of the day and more</a></nav><div class='clock'>09:14 GMT 3 March 2024</div>"
        f"{before}<article><h1>Nobody came to the bridge</h1><div class='share-buttons'><a>Share</a></div>{article}</article>"
        "<aside class='related'><h3>Related</h3><a href='/x'>Minister urges the other side to follow a path of its own.</a></aside>"
        "<ul class='tags'><li><a>Remains</a></li><li><a>Kim Jong-un</a></li></ul>"
        "<section id='comments'><h2>2 comments</h2><p>I think that 4,000 soldiers came home in that year, and nobody counted.</p></section>"
        f"{after}<footer>Copyright 2024 The Ledger. All rights reserved.</footer></body></html>"
    ).encode()
