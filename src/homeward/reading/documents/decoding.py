"""Bytes to characters: what the file says of itself, then what fits."""

from __future__ import annotations

import codecs
import re

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
_KOREAN = ("cp949",)


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
    """The encoding that the head of a page names, if Python knows it."""
    match = _DECLARED.search(content[:_HEAD])
    if match is None:
        return None
    try:
        found = codecs.lookup((match[1] or match[2]).decode("ascii"))
    except LookupError:
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


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
