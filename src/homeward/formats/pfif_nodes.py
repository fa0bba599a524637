"""Elements of an XML file with the lines that they stand on, read by a parser that can be given anything."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import Locator

from homeward.core.errors import InputError, Problem

DEEPEST = 50
"""How deep elements may lie in each other."""


@dataclass(slots=True)
class Node:
    """An element: its namespace and name, the line that it begins on, its text, and what lies in it."""

    namespace: str
    name: str
    line: int = 0
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)


def read_nodes(content: bytes, name: str) -> Node:
    """Return the outermost element of an XML file. Neither a document type nor entities of its own are followed.

    Parameters
    ----------
    name : str
        What to call the file in a problem.

    Raises
    ------
    InputError
        It is no well-formed XML, declares a document type or entities, or is nested too deeply.
    """
    from xml.sax import SAXParseException

    from defusedxml import DefusedXmlException
    from defusedxml.sax import make_parser

    handler = _Nodes(name)
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, 1)
    parser.setContentHandler(handler)
    try:
        parser.parse(io.BytesIO(content))
    except SAXParseException as error:
        where = f"{name} line {error.getLineNumber()}"
        raise InputError(
            Problem(f"This is no well-formed XML: {error.getMessage()}.", where, "Export the file again.")
        ) from error
    except DefusedXmlException as error:
        raise InputError(
            Problem(
                "The file declares a document type or entities, which no exchange of records needs.",
                name,
                "Remove the declaration, or export the file again.",
            )
        ) from error
    return handler.top


class _Nodes(ContentHandler):
    """Builds the elements while the file is parsed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._open: list[Node] = []
        self._locator: Locator | None = None
        self.top = Node("", "")

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - what SAX calls it
        """Hear where the parser is."""
        self._locator = locator

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - what SAX calls it
        """Begin an element."""
        line = (self._locator.getLineNumber() if self._locator is not None else None) or 0
        if len(self._open) == DEEPEST:
            what = f"Elements lie in each other more than {DEEPEST} deep."
            raise InputError(Problem(what, f"{self._name} line {line}", "Export the file again."))
        attributes = {(space or "", local): value for (space, local), value in attrs.items()}
        node = Node(name[0] or "", name[1], line, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.top = node
        self._open.append(node)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802 - what SAX calls it
        """End an element."""
        node = self._open.pop()
        if node.children and not node.text.strip():
            node.text = ""

    def characters(self, content: str) -> None:
        """Take in text."""
        if self._open:
            self._open[-1].text += content


def all_nodes(top: Node) -> Sequence[Node]:
    """Return an element and everything in it, in the order of the file."""
    found, waiting = [], [top]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += reversed(node.children)
    return found
