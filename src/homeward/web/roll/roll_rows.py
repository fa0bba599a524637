"""The lines of a table of missing people as rows of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from homeward.core.errors import ProblemLog
from homeward.web.bundle.import_rows import SourceRow
from homeward.web.identity.identifiers import compared
from homeward.web.journal.book import opaque_code
from homeward.web.roll.incidents import Calamity
from homeward.web.roll.roll_lookup import Lookup, Named, NotOne
from homeward.web.roll.roll_mapping import RollMapping
from homeward.web.roll.roll_values import (
    IMPORTED_KINDS,
    SEX_WORDS,
    STATUS_WORDS,
    UNKNOWN_WORDS,
    Ambiguous,
    written_date,
)

AS_IT_STANDS = ("birthplace", "rank", "unit", "features", "note", "height_cm", "nationality")
BETWEEN_NAMES = ";"
AS_WRITTEN = "as-written"

Cells = Mapping[str, str]


class RollRows:
    """Reads line after line, and gathers the rows of each noun and what is wrong."""

    def __init__(self, mapping: RollMapping, lookup: Lookup, log: ProblemLog, calamity: Calamity | None) -> None:
        assert calamity is not None, "It was checked that there is one."  # noqa: S101
        self.mapping, self.lookup, self.log, self.calamity = mapping, lookup, log, calamity
        self.known_on = mapping.known_on or timezone.localdate().isoformat()
        self.statuses = {word.casefold(): kind for word, kind in {**STATUS_WORDS, **mapping.statuses}.items()}
        self.tables: dict[str, list[SourceRow]] = {
            noun: [] for noun in ("incident", "missingperson", "missingname", "identifier", "status")
        }
        self.n_people = 0
        self._lines: dict[str, str] = {}

    def read(self, where: str, line: Cells) -> None:
        """Read one line; where something is wrong with it, the rest is still looked at."""
        cells = {what: line[name] for what, name in self.mapping.columns.items()}
        person = self._person(where, cells["number"])
        if person is None:
            return
        self.n_people += 1
        self._put_person(where, person, cells)
        for text in cells.get("other_names", "").split(BETWEEN_NAMES):
            if name := text.strip():
                self._put_name(where, person, name)
        self._put_number(where, person, cells["number"])
        self._put_status(where, person, cells)

    def _person(self, where: str, number: str) -> str | None:
        """The code of the person who has a number, a new one if nobody has; ``None`` if the line cannot be used."""
        key = compared(number)
        if not key:
            self._refuse(where, "number", "There is no number.", "Every line needs the number of its source.")
            return None
        if key in self._lines:
            fix = "Give each person a line of their own; take a line away that is there twice."
            self._refuse(where, "number", f"The number {number} stands on {self._lines[key]} as well.", fix)
            return None
        self._lines[key] = where
        owners = self.lookup.people.get(key, [])
        if len(owners) > 1:
            what = f"The number {number} was used for several people: {', '.join(sorted(owners))}."
            self._refuse(where, "number", what, "Leave the line out, and enter by hand whose it is.")
            return None
        return owners[0] if owners else opaque_code()

    def _put_person(self, where: str, code: str, cells: Cells) -> None:
        """Note the line of the roll itself; what the table does not say is left as the record has it."""
        values = {name: cells[name] for name in AS_IT_STANDS if name in cells}
        family, given = cells.get("family_name", ""), cells.get("given_name", "")
        values |= {"name": cells.get("name") or f"{given} {family}".strip(), "calamity": self.calamity.code}
        if "family_name" in cells:
            values["family_name"] = family
        if not values["name"]:
            self._refuse(
                where, "name", "There is no name.", "Write what is known, such as 'Unknown' and a description."
            )
        if "sex" in cells:
            values["sex"] = self._sex(where, cells["sex"])
        for name in ("born", "last_seen"):
            if name in cells:
                values[name] = self._date(where, name, cells[name])
        named = (
            ("service", "service", self.lookup.parties, "party"),
            ("place", "last_seen_place", self.lookup.places, "place"),
        )
        for what, column, rows, noun in named:
            if what in cells:
                values[column] = self._one(where, what, cells[what], rows, noun)
        if "incident" in cells:
            values["incident"] = self._incident(where, cells["incident"])
        self._put("missingperson", where, code, values)

    def _put_number(self, where: str, person: str, value: str) -> None:
        """Note the number, as the record writes it where it has it."""
        code, value = self.lookup.numbers.get((person, compared(value))) or (opaque_code(), value)
        about = f"missingperson:{person}"
        values = {"about": about, "kind": self.mapping.kind, "issuer": self.mapping.issuer, "value": value}
        self._put("identifier", where, code, values)

    def _put_name(self, where: str, person: str, text: str) -> None:
        """Note another name; what the record says of the same name otherwise is left as it is."""
        code, kind = self.lookup.names.setdefault((person, text), (opaque_code(), AS_WRITTEN))
        if kind == AS_WRITTEN:
            self._put(
                "missingname", where, code, {"missing": person, "text": text, "kind": kind, "script": script_of(text)}
            )

    def _put_status(self, where: str, person: str, cells: Cells) -> None:
        """Note how the table says that a person stands; a decision that the record has already is left as it is."""
        word = cells.get("status", "") or "unaccounted"
        kind = self.statuses.get(word.casefold(), "")
        if kind not in IMPORTED_KINDS:
            fix = f"Under [statuses] of the mapping, say which of these it is: {', '.join(sorted(IMPORTED_KINDS))}."
            self._refuse(where, "status", f"The status {word!r} is not known here.", fix)
            return
        lost = self._date(where, "last_seen", cells.get("last_seen", "")) or self.calamity.happened.text
        decided = self._date(where, "status_date", cells.get("status_date", ""))
        if kind == "unaccounted" or kind == "non-recoverable":
            self._put_decision(where, person, "unaccounted", lost)
        if kind != "unaccounted":
            self._put_decision(where, person, kind, decided or lost)

    def _put_decision(self, where: str, person: str, kind: str, happened: str) -> None:
        """Note one decision; one of this kind that the record has of another day is left as it is."""
        code, when = self.lookup.statuses.setdefault((person, kind), (opaque_code(), happened))
        if when == happened:
            order = "0" if kind == "unaccounted" else "1"
            self._put("status", where, code, {"missing": person, "kind": kind, "happened": when, "order": order})

    def _put(self, noun: str, where: str, code: str, values: Mapping[str, str]) -> None:
        """Note a row."""
        known_on = self.lookup.known_on.get(code, self.known_on)
        made_up = {"made_up": "true"} if self.mapping.made_up else {}
        self.tables[noun].append(SourceRow(where, {"code": code, "known_on": known_on, **made_up, **values}))

    def _sex(self, where: str, text: str) -> str:
        """The sex that a cell gives."""
        if text.casefold() in UNKNOWN_WORDS:
            return "unknown"
        found = SEX_WORDS.get(text.casefold())
        if found is None:
            self._refuse(where, "sex", f"The sex {text!r} is not known here.", "Write male, female or unknown.")
        return found.value if found else "unknown"

    def _date(self, where: str, what: str, text: str) -> str:
        """The date that a cell gives."""
        if text.casefold() in UNKNOWN_WORDS:
            return ""
        try:
            return written_date(text, self.mapping.dates)
        except Ambiguous:
            fix = 'Write dates = "day-first" or "month-first" in the mapping.'
            self._refuse(where, what, f"{text} can be read in two ways.", fix)
            return ""

    def _one(self, where: str, what: str, text: str, rows: Named, noun: str) -> str:
        """The code of the one row that a name means; a name that several have is never decided here."""
        if not text:
            return ""
        try:
            return rows.code(text)
        except NotOne as error:
            if error.candidates:
                several = f"Several are called {text!r}: {', '.join(error.candidates)}."
                self._refuse(where, what, several, "Write the code of the one that is meant.")
            else:
                fix = f"Enter the {noun} first, write its code, or leave the column out of the mapping."
                self._refuse(where, what, f"The record has no {noun} called {text!r}.", fix)
            return ""

    def _incident(self, where: str, text: str) -> str:
        """The code of the incident that a cell names; entered with the days of the calamity where that is asked for."""
        if not text:
            return ""
        try:
            return self.lookup.incidents.code(text)
        except NotOne as error:
            if error.candidates or not self.mapping.new_incidents:
                return self._one(where, "incident", text, self.lookup.incidents, "incident")
        code = opaque_code()
        values = {
            "name": text,
            "calamity": self.calamity.code,
            "kind": "other",
            "happened": self.calamity.happened.text,
        }
        self._put("incident", where, code, values)
        self.lookup.incidents.add(code, text)
        return code

    def _refuse(self, where: str, what: str, problem: str, fix: str) -> None:
        """Note what is wrong in one cell."""
        name = self.mapping.columns.get(what, what)
        self.log.add(problem, where=f"{where}, column {name}", fix=fix)


def script_of(text: str) -> str:
    """Return the script of a name by its first letter that is not Latin."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("Hang", lambda sign: "가" <= sign <= "힣"),
        ("Cyrl", lambda sign: "Ѐ" <= sign <= "ӿ"),
        ("Jpan", lambda sign: "぀" <= sign <= "ヿ"),
        ("Hani", lambda sign: "一" <= sign <= "鿿"),
        ("Thai", lambda sign: "฀" <= sign <= "๿"),
    )
    return next((script for sign in text for script, is_so in tests if is_so(sign)), "Latn")
