"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.roll.families import Donor, Family, FamilyContact, NextOfKin, Relative
from homeward.web.roll.incidents import Calamity, Incident
from homeward.web.roll.people import MissingName, MissingPerson, Ruling, Status
from homeward.web.roll.search_keys import SearchKey

__all__ = [
    "Calamity",
    "Donor",
    "Family",
    "FamilyContact",
    "Incident",
    "MissingName",
    "MissingPerson",
    "NextOfKin",
    "Relative",
    "Ruling",
    "SearchKey",
    "Status",
]
