"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.casework.afterwards import Burial, Correction, Disposition, Notification, Obligation
from homeward.web.casework.analyses import Analysis, AnalysisInput, AnalysisView
from homeward.web.casework.evidence import Alternative, Evidence, ReviewItem
from homeward.web.casework.identifications import Identification, IdentificationChange
from homeward.web.casework.individuals import Association, Exclusion, Individual

__all__ = [
    "Alternative",
    "Analysis",
    "AnalysisInput",
    "AnalysisView",
    "Association",
    "Burial",
    "Correction",
    "Disposition",
    "Evidence",
    "Exclusion",
    "Identification",
    "IdentificationChange",
    "Individual",
    "Notification",
    "Obligation",
    "ReviewItem",
]
