"""Walking through the lines of a Familias file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.numbers import parse_number, parse_whole
from homeward.formats.source_text import SourceText

_HEADING = re.compile(r"(\[{1,6})([^\[\]].*?)(\]{1,6})")
TRUNCATED = "The file seems to be cut off or changed by hand: export it from Familias again."


class FamiliasLines:
    """A place in the file; what does not fit the layout ends the reading, a bad value is noted in ``log``."""

    def __init__(self, source: SourceText, log: ProblemLog) -> None:
        self.name = source.name
        self.log = log
        self._lines = [line.strip() for line in source.lines()]
        self._next = 0
        self.last_line_is_cut = not source.text.endswith(("\n", "\r"))

    @property
    def where(self) -> str:
        """File and number of the line taken last."""
        return f"{self.name} line {self._next}" if self._next else self.name

    @property
    def at_end(self) -> bool:
        """Whether no line is left."""
        return self._next >= len(self._lines)

    def peek(self) -> str:
        """Return the next line without taking it; "" at the end."""
        return "" if self.at_end else self._lines[self._next]

    def take(self, expected: str) -> str:
        """Take the next line; a file that ends here was cut off."""
        if self.at_end:
            self._next += 1
            self.stop(f"The file ends where {expected} should follow.")
        self._next += 1
        return self._lines[self._next - 1]

    def stop(self, what: str, fix: str = TRUNCATED) -> NoReturn:
        """End the reading: from here on nothing can be made out."""
        raise InputError(Problem(what=what, where=self.where, fix=fix))

    def text(self, expected: str) -> str:
        """Take a name, quoted or bare."""
        return unquoted(self.take(expected))

    def name_of(self, expected: str) -> str:
        """Take a name that may not be empty."""
        name = self.text(expected)
        if not name:
            self.stop(f"Expected {expected} but the line is empty.")
        return name

    def count(self, expected: str) -> int:
        """Take a count; more than there are lines left cannot be true."""
        value = parse_whole(self._bare(expected))
        if value is None or value < 0:
            self.stop(f"Expected {expected} but found '{self._shown()}'.")
        self.check_count(value, expected)
        return value

    def check_count(self, value: int, expected: str) -> None:
        """Stop if a count is larger than the number of lines left."""
        left = len(self._lines) - self._next
        if value > left:
            self.stop(f"Found {value} as {expected}, but only {left} lines follow.")

    def whole(self, expected: str) -> int:
        """Take a whole number."""
        value = parse_whole(self._bare(expected))
        if value is None:
            self.stop(f"Expected {expected} but found '{self._shown()}'.")
        return value

    def number(self, expected: str, *, owner: str) -> float:
        """Take a number; one that cannot be read is noted and NaN returned."""
        return self.number_in(self._bare(expected), expected, owner=owner)

    def number_in(self, text: str, expected: str, *, owner: str) -> float:
        """Return the number in a piece of the last line; one that cannot be read is noted and NaN returned."""
        value = parse_number(text)
        if value is None:
            self.log.add(
                f"'{text[:60]}' is not a number; expected {expected}.",
                where=f"{self.where}, {owner}",
                fix="Write it with digits, such as 0.001 or 1e-6.",
            )
            return float("nan")
        return value

    def flag(self, expected: str) -> bool:
        """Take #TRUE# or #FALSE#."""
        line = self.take(expected)
        if line not in ("#TRUE#", "#FALSE#"):
            self.stop(f"Expected {expected} (#TRUE# or #FALSE#) but found '{self._shown()}'.")
        return line == "#TRUE#"

    def skip_blank(self) -> None:
        """Pass over blank lines."""
        while not self.at_end and not self.peek():
            self._next += 1

    def heading(self) -> tuple[int, str] | None:
        """Return level and title of the heading on the next line, or None if it is not a heading."""
        match = _HEADING.fullmatch(self.peek())
        if match is None or len(match[1]) != len(match[3]):
            return None
        return len(match[1]), match[2].strip()

    def take_heading(self, level: int, title: str) -> None:
        """Take one heading, which must be there."""
        self.skip_blank()
        found = self.heading()
        line = self.take(f"the heading {'[' * level}{title}{']' * level}")
        if found is None or found[0] != level or not re.fullmatch(rf"{re.escape(title)}( \d+)?", found[1], re.I):
            self.stop(f"Expected the heading {'[' * level}{title}{']' * level} but found '{line[:60]}'.")

    def settings(self) -> Iterator[tuple[str, str]]:
        """Take "Key= value" lines up to the next heading or the end."""
        while True:
            self.skip_blank()
            if self.at_end or self.heading() is not None:
                return
            line = self.take("a setting")
            key, equals, value = line.partition("=")
            if not equals:
                self.stop(f"Expected 'Key= value' but found '{line[:60]}'.")
            yield key.strip(), unquoted(value.strip())

    def key(self, name: str) -> str:
        """Take the value of one "Key= value" line, which must be there."""
        self.skip_blank()
        line = self.take(f"'{name}='")
        key, equals, value = line.partition("=")
        if not equals or key.strip().lower() != name.lower():
            self.stop(f"Expected '{name}=' but found '{line[:60]}'.")
        return unquoted(value.strip())

    def key_count(self, name: str) -> int:
        """Take a "Key= count" line."""
        text = self.key(name)
        value = parse_whole(text)
        if value is None or value < 0:
            self.stop(f"Expected a count after '{name}=' but found '{text[:60]}'.")
        self.check_count(value, name)
        return value

    def skip_section(self, level: int) -> None:
        """Pass over everything up to the next heading of this level or above."""
        while not self.at_end:
            found = self.heading()
            if found is not None and found[0] <= level:
                return
            self._next += 1

    def _bare(self, expected: str) -> str:
        """Take a line that must not be quoted: a quoted one means that lines are missing or added."""
        line = self.take(expected)
        if line.startswith(('"', "[")) or not line:
            self.stop(f"Expected {expected} but found '{self._shown()}'.")
        return line

    def _shown(self) -> str:
        """Return the start of the line taken last."""
        return self._lines[self._next - 1][:60]


def unquoted(text: str) -> str:
    """Return the text without a pair of double quotes around it."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].strip()
    return text
