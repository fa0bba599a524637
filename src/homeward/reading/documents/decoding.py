"""Bytes to characters: what the file says of itself, then what fits."""

from __future__ import annotations

import codecs
import re

from homeward.core.errors import InputError, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9_.-]{2,40})"""
)
_HEAD = 4_096
_DECODED_TWICE = re.compile("â€[™œ\x9d\u009d“”˜¦]|Ã[©¨¼¶¤±]|Â[ \xa0]")
_CHARSETS = frozenset(
    {"utf-8", "ascii", "euc_kr", "cp949", "johab", "euc_jp", "shift_jis", "cp932"}
    | {"iso2022_jp", "gb18030", "gbk", "gb2312", "big5", "koi8-r", "mac-roman"}
    | {"iso8859-1", "iso8859-2", "iso8859-5", "iso8859-15", *(f"cp125{digit}" for digit in range(9))}
)
"""Encodings that pages are still found in; each maps bytes to characters and does nothing else."""
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949"}
"""What a browser takes for an encoding that a page declares."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def decode_text(content: bytes, name: str) -> tuple[str, list[str]]:
    """Return the text of a file as `decode` does, with characters that are no text as �.

    Raises
    ------
    InputError
        The file is no text: too much of it is control characters.
    """
    text, notes = decode(content)
    if text.count("\0") > len(text) // 50 or _control_share(text) > 0.05:
        raise InputError(Problem("This is not text, HTML, PDF or DOCX.", name, "Give the page as one of these."))
    return only_text(text), notes


def only_text(text: str) -> str:
    """Return a text of the same length with null characters and halves of characters as �."""
    return _NO_TEXT.sub("�", text)


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the text of a file and notes on what was odd about its characters.

    The order: a byte order mark, UTF-8 without a mistake, the encoding that the page declares, UTF-8 with mistakes
    marked (where only a few bytes are wrong), Korean, Western.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _marked(content, name)
    try:
        return _checked(content.decode("utf-8"), [])
    except UnicodeDecodeError:
        pass
    declared = _declared(content)
    if declared is not None and declared != "utf-8":
        text = content.decode(declared, "replace")
        if text.count("�") <= len(text) // 1_000:
            return _checked(text, [])
    text = content.decode("utf-8", "replace")
    if text.count("�") <= max(3, len(text) // 200) and any(ord(one) > 127 and one != "�" for one in text):
        n = text.count("�")
        return text, [f"{n} {'byte is' if n == 1 else 'bytes are'} not UTF-8 and stand as �."]
    return _guessed(content)


def _marked(content: bytes, name: str) -> tuple[str, list[str]]:
    text = content.decode(name, "replace")
    return _checked(text, ["Some bytes could not be read and stand as �."] if "�" in text else [])


def _declared(content: bytes) -> str | None:
    """The encoding that the head of a page names, if it is one of those that are understood."""
    match = _DECLARED.search(content[:_HEAD])
    if match is None:
        return None
    try:
        found = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    return _AS_BROWSERS_DO.get(found, found) if found in _CHARSETS else None


def _control_share(text: str) -> float:
    start = text[:50_000]
    return sum(one < " " and one not in "\t\n\r\f\v" for one in start) / max(1, len(start))


def _guessed(content: bytes) -> tuple[str, list[str]]:
    """Korean if nearly all of it makes Hangul, else Western, in which every byte is some character."""
    try:
        korean = content.decode("cp949")
    except UnicodeDecodeError:
        korean = ""
    hangul = sum("가" <= one <= "힣" for one in korean)
    if hangul and hangul * 2 > sum(byte > 127 for byte in content) // 2:
        return korean, ["The file does not say how its characters are written; it was read as Korean (CP949)."]
    text = content.decode("cp1252", "replace")
    return text, ["The file is not UTF-8 and does not say what else; it was read as Windows-1252."]


def _checked(text: str, notes: list[str]) -> tuple[str, list[str]]:
    """Say so where a program before us had read UTF-8 as Western; the text is left as it is."""
    if len(_DECODED_TWICE.findall(text)) >= 2:
        notes = [
            *notes,
            "Signs such as â€™ show that an earlier program read the characters wrongly; names and quotations may suffer.",
        ]
    return text, notes
