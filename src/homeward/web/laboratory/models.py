"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.laboratory.comparisons import ComparedProfile, Comparison
from homeward.web.laboratory.observations import DentalChart, Measurement
from homeward.web.laboratory.profiles import ConsensusPart, Profile, ProfileLook, Run, StaffMember
from homeward.web.laboratory.suspicions import Suspicion

__all__ = [
    "ComparedProfile",
    "Comparison",
    "ConsensusPart",
    "DentalChart",
    "Measurement",
    "Profile",
    "ProfileLook",
    "Run",
    "StaffMember",
    "Suspicion",
]
