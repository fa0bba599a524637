"""Parties and people, their names, and who held which office when."""

from __future__ import annotations

from django.db import models

from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.places.names import WrittenName

KEEP = "parties.keep_parties"


class PartyKind(models.TextChoices):
    """What sort of party it is."""

    GOVERNMENT = "government", "government"
    MINISTRY = "ministry", "ministry or department"
    AGENCY = "agency", "agency"
    COMMAND = "command", "military command"
    FORCES = "forces", "armed forces"
    BODY = "body", "international or armistice body"
    LABORATORY = "laboratory", "laboratory"
    LEGISLATURE = "legislature", "legislature or committee"
    COMPANY = "company", "company"
    NON_PROFIT = "non-profit", "non-profit organisation"
    FAMILIES = "families", "families' group"
    PRESS = "press", "news organisation"


class Party(Recorded):
    """A government, agency, command, company, organisation or group that takes part."""

    name = text_line("The full name.")
    short_name = text_line("What it is called in running text, such as DPRK.", longest=60)
    kind = models.CharField(max_length=12, choices=PartyKind)
    part_of = link("parties.Party", "The party that it belongs to.", required=False, related="parts")
    existed = PartialDateField(null=True, blank=True, help_text="From when to when, if not always.")
    description = text_block("What it does in this work.", required=False)

    keep_permission = KEEP

    class Meta(Recorded.Meta):
        """Parties are kept with people and offices."""

        verbose_name_plural = "parties"
        permissions = [("keep_parties", "May enter and amend parties, people and offices")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def title(self) -> str:
        """Its full name."""
        return self.name


class PartyName(WrittenName):
    """What a party is or was called."""

    party = link("parties.Party", related="names")

    keep_permission = KEEP
    fixed_fields = frozenset({"party"})

    class Meta(WrittenName.Meta):
        """Nothing of its own."""


class Person(Recorded):
    """Somebody who speaks, negotiates or decides. The missing are in the roll, not here."""

    name = text_line("The name that this record uses, in the order that the person uses.")
    family_name = text_line("Which part of it is the family name.", required=False)
    description = text_block(required=False)

    keep_permission = KEEP

    class Meta(Recorded.Meta):
        """Nothing of its own."""

        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class PersonName(WrittenName):
    """What a person is called."""

    person = link("parties.Person", related="names")

    keep_permission = KEEP
    fixed_fields = frozenset({"person"})

    class Meta(WrittenName.Meta):
        """Nothing of its own."""


class Office(Recorded):
    """A post within a party, whoever holds it."""

    party = link("parties.Party", related="offices")
    name = text_line("Such as Secretary of State.")

    keep_permission = KEEP
    fixed_fields = frozenset({"party"})

    class Meta(Recorded.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name


class Tenure(Recorded):
    """One person in one office for a time."""

    person = link("parties.Person", related="tenures")
    office = link("parties.Office", related="tenures")
    held = PartialDateField(help_text="From when to when; '..' for a side that is open or not recorded.")
    held_earliest = earliest("held")
    held_latest = latest("held")

    keep_permission = KEEP
    fixed_fields = frozenset({"person", "office"})

    class Meta(Recorded.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return f"{self.person_id}, {self.office_id}, {self.held}"
