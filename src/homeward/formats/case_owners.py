"""Who may own a profile in a case folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import Row


@dataclass(frozen=True, slots=True)
class Owners:
    """Everybody who may own a profile, each with a row in the table of genotypes; rows count from 0.

    samples: samples and remains groups, by name.
    elimination: those who gave elimination profiles, by name; their names are nobody else's.
    people: members of families or hypotheses, by family and name.
    families: all families, those without members included.
    families_of: the families in which a name stands, in file order.
    samples_file, people_file: where samples and people are listed.
    """

    samples: Mapping[str, int]
    elimination: Mapping[str, int]
    people: Mapping[tuple[str, str], int]
    families: Collection[str]
    families_of: Mapping[str, Sequence[str]]
    samples_file: str
    people_file: str

    def __len__(self) -> int:
        return len(self.samples) + len(self.elimination) + len(self.people)

    def rows_of(self, line: Row, log: ProblemLog) -> tuple[int, ...]:
        """Return whose line this is: one owner, or a donor in several families; nobody if that is not known (noted)."""
        owner, family = line["owner"], line["family"]
        at = f"{line.where}, owner {owner}"
        if family:
            if family not in self.families:
                fix = "Correct the name of the family."
                log.add(f"There is no family '{family}' in {self.people_file}.", where=at, fix=fix)
            elif (family, owner) not in self.people:
                log.add(
                    f"'{owner}' is not in family '{family}'.",
                    where=at,
                    fix=f"Correct the owner or the family, or add the person to {self.people_file}.",
                )
            else:
                return (self.people[family, owner],)
            return ()
        if owner in self.elimination:
            return (self.elimination[owner],)
        found = self.families_of.get(owner, ())
        if owner in self.samples:
            if found:
                log.add(
                    f"'{owner}' is a sample and a person.",
                    where=at,
                    fix="Rename one of them, or name the family of the person in the column 'family'.",
                )
            return (self.samples[owner],)
        if not found:
            log.add(
                f"'{owner}' is neither a sample nor a person.",
                where=at,
                fix=f"Correct the name, or add it to {self.samples_file} or {self.people_file}.",
            )
        return tuple(self.people[of, owner] for of in found)


def number_owners(
    samples: Iterable[str],
    elimination: Iterable[str],
    families: Mapping[str, Iterable[str]],
    *,
    samples_file: str,
    people_file: str,
) -> Owners:
    """Give everybody a row: samples and remains groups, elimination profiles, the members of each family."""
    row_of_sample = {name: row for row, name in enumerate(dict.fromkeys(samples))}
    row_of_elimination = {name: row for row, name in enumerate(elimination, start=len(row_of_sample))}
    n_before = len(row_of_sample) + len(row_of_elimination)
    members = ((family, name) for family, names in families.items() for name in names)
    row_of_person = {member: row for row, member in enumerate(members, start=n_before)}
    families_of: dict[str, list[str]] = {}
    for family, name in row_of_person:
        families_of.setdefault(name, []).append(family)
    return Owners(
        row_of_sample, row_of_elimination, row_of_person, families.keys(), families_of, samples_file, people_file
    )
