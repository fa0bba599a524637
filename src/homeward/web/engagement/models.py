"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.engagement.dealings import (
    Agreement,
    Commitment,
    Contact,
    Proof,
    Request,
    RequestChange,
    WorkingGroup,
)
from homeward.web.engagement.meetings import Meeting, MeetingChange
from homeward.web.engagement.works import (
    Delivery,
    DeliveryChange,
    Event,
    Handover,
    HandoverChange,
    Involvement,
    Operation,
    OperationChange,
)

__all__ = [
    "Agreement",
    "Commitment",
    "Contact",
    "Delivery",
    "DeliveryChange",
    "Event",
    "Handover",
    "HandoverChange",
    "Involvement",
    "Meeting",
    "MeetingChange",
    "Operation",
    "OperationChange",
    "Proof",
    "Request",
    "RequestChange",
    "WorkingGroup",
]
