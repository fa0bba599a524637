"""Writing PFIF 1.4."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from homeward.formats.pfif import NAMESPACE, NOTE_FIELDS, PERSON_FIELDS, PfifFile, PfifRecord
from homeward.formats.pfif_nodes import Node

PREFIX = "pfif"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file can hold."""


def pfif_text(file: PfifFile, *, now: datetime) -> str:
    """Return people and notes as a PFIF 1.4 document; what has expired by now shrinks to a placeholder.

    Notes on people of the file stand in their person, others after all people. Elements that are not of PFIF are
    written as they came.
    """
    shown = file.as_of(now)
    of: dict[str, list[PfifRecord]] = {person.id: [] for person in shown.people}
    apart: list[PfifRecord] = []
    for note in shown.notes:
        of.get(note.fields["person_record_id"], apart).append(note)
    text = io.StringIO()
    writer = _Writer(text)
    writer.open("pfif", 0)
    for person in shown.people:
        writer.record(person, of[person.id], 1)
    for note in apart:
        writer.record(note, (), 1)
    writer.close("pfif", 0)
    return text.getvalue()


class _Writer:
    """Writes elements, indented, each field on a line of its own."""

    def __init__(self, text: io.StringIO) -> None:
        self._out = XMLGenerator(text, encoding="utf-8", short_empty_elements=True)
        self._out.startDocument()

    def open(self, name: str, depth: int) -> None:
        """Begin an element of PFIF."""
        self._indent(depth)
        self._out.startElement(f"{PREFIX}:{name}", AttributesImpl({} if depth else {f"xmlns:{PREFIX}": NAMESPACE}))
        self._out.characters("\n")

    def close(self, name: str, depth: int) -> None:
        """End it."""
        self._indent(depth)
        self._out.endElement(f"{PREFIX}:{name}")
        self._out.characters("\n")

    def record(self, record: PfifRecord, notes: Iterable[PfifRecord], depth: int) -> None:
        """Write a record, with the notes on it."""
        self.open(record.kind, depth)
        for name in PERSON_FIELDS if record.kind == "person" else NOTE_FIELDS:
            if name in record.fields:
                self._field(f"{PREFIX}:{name}", record.fields[name], depth + 1)
        for other in record.others:
            self._other(other, depth + 1)
        for note in notes:
            self.record(note, (), depth + 1)
        self.close(record.kind, depth)

    def _field(self, name: str, value: str, depth: int) -> None:
        """Write one field."""
        self._indent(depth)
        self._out.startElement(name, AttributesImpl({}))
        self._out.characters(_NOT_XML.sub("\ufffd", value))
        self._out.endElement(name)
        self._out.characters("\n")

    def _other(self, node: Node, depth: int) -> None:
        """Write an element that is not of PFIF, with everything in it."""
        self._indent(depth)
        self._whole(node)
        self._out.characters("\n")

    def _whole(self, node: Node) -> None:
        """An element in a namespace of its own."""
        attributes = {"xmlns": node.namespace}
        for number, ((space, name), value) in enumerate(node.attributes.items()):
            prefix = f"a{number}:" if space else ""
            attributes |= {f"xmlns:a{number}": space} if space else {}
            attributes[f"{prefix}{name}"] = value
        self._out.startElement(node.name, AttributesImpl(attributes))
        self._out.characters(node.text)
        for child in node.children:
            self._whole(child)
        self._out.endElement(node.name)

    def _indent(self, depth: int) -> None:
        """Spaces before an element."""
        self._out.ignorableWhitespace("  " * depth)
