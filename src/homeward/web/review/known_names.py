"""The names that this record knows, for the reader to find in a text and for drafts to be linked by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from homeward.reading.names.lexicon import PARTY, PERSON, PLACE, Known, Lexicon, build_lexicon, standard_lexicon
from homeward.web.parties.models import Party, PartyName, Person, PersonName
from homeward.web.places.models import Place, PlaceName


@dataclass(frozen=True, slots=True)
class NamesOfRecord:
    """The people, parties and places of this record, each as it is known to the reader."""

    entries: tuple[Known, ...]

    def lexicon(self) -> Lexicon:
        """Return a lexicon of these names and of the common ones, whose codes count only if this record has them."""
        codes = {(entry.what, entry.code) for entry in self.entries}
        by_form: dict[tuple[str, str], str | None] = {}
        for entry in self.entries:
            for form in (entry.name, *entry.forms):
                key = (entry.what, form.casefold())
                # A form that two rows share leads to neither.
                by_form[key] = None if by_form.get(key, entry.code) != entry.code else entry.code

        def code_here(entry: Known) -> str | None:
            if (entry.what, entry.code) in codes:
                return entry.code
            forms = (entry.name, *entry.forms)
            return next((code for form in forms if (code := by_form.get((entry.what, form.casefold())))), None)

        common = (replace(entry, code=code_here(entry)) for entry in standard_lexicon().entries)
        return build_lexicon([*self.entries, *common])


def names_of_record() -> NamesOfRecord:
    """Return the names that stand in this record, with six questions to the database."""
    people = Person.objects.filter(withdrawn="")
    parties = Party.objects.filter(withdrawn="")
    places = Place.objects.filter(withdrawn="")
    person_forms = _forms(PersonName.objects.filter(withdrawn="").values_list("person_id", "text"))
    party_forms = _forms(PartyName.objects.filter(withdrawn="").values_list("party_id", "text"))
    place_forms = _forms(PlaceName.objects.filter(withdrawn="").values_list("place_id", "text"))
    return NamesOfRecord(
        (
            *(
                Known(
                    PERSON,
                    row.name,
                    None,
                    row.code,
                    # A family name alone could be anybody.
                    tuple(form for form in (row.name, *person_forms.get(row.code, ())) if " " in form),
                    row.family_name or None,
                )
                for row in people
            ),
            *(
                Known(PARTY, row.name, row.kind, row.code, (row.name, row.short_name, *party_forms.get(row.code, ())))
                for row in parties
            ),
            *(Known(PLACE, row.name, row.kind, row.code, (row.name, *place_forms.get(row.code, ()))) for row in places),
        )
    )


def _forms(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, text in pairs:
        found.setdefault(code, []).append(text)
    return found
