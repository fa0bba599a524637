"""What can be done on the pages of casework: each deed has a form, a permission, and the one action that it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from homeward.web.accounts.models import User
from homeward.web.casework import afterwards_actions as afterwards
from homeward.web.casework import case_forms as forms
from homeward.web.casework import identification_actions as preparing
from homeward.web.casework import individuals_actions as individuals
from homeward.web.casework import review_actions as reviewing
from homeward.web.casework.afterwards import Correction, Obligation
from homeward.web.casework.evidence import Evidence, ReviewItem
from homeward.web.casework.identifications import ANNOUNCE, PREPARE, REVIEW, SIGN, TELL, Identification
from homeward.web.casework.individuals import KEEP_ASSOCIATIONS, Association, Exclusion, Individual
from homeward.web.casework.rescission import rescind
from homeward.web.journal.recorded import VIEW, Recorded
from homeward.web.remains.specimens import Specimen

Run = Callable[[Any, dict[str, Any], User], Any]
"""Calls the action with the row, what was typed, and who does it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done to a row.

    title: what the page and the button say. states: of an identification, where it is offered; empty: always.
    """

    title: str
    model: type[Recorded]
    permission: str
    form: type[forms.CaseForm]
    run: Run
    states: frozenset[str] = frozenset()


def _about(states: str) -> frozenset[str]:
    """States by their names."""
    return frozenset(states.split())


def _identification(title: str, states: str, permission: str, form: type[forms.CaseForm], run: Run) -> Deed:
    """A deed of an identification."""
    return Deed(title, Identification, permission, form, run, _about(states))


TOLD = "told announced released buried"

DEEDS: dict[str, Deed] = {
    "conclude": _identification(
        "Write the conclusion",
        "proposed",
        PREPARE,
        forms.ConcludeForm,
        lambda row, said, by: preparing.conclude(row, by=by, **said),
    ),
    "add-evidence": _identification(
        "Add a line of evidence",
        "proposed",
        PREPARE,
        forms.EvidenceForm,
        lambda row, said, by: preparing.add_evidence(row, by=by, **said),
    ),
    "consider": _identification(
        "Note an alternative",
        "proposed",
        PREPARE,
        forms.ConsiderForm,
        lambda row, said, by: preparing.consider(row, by=by, **said),
    ),
    "submit": _identification(
        "Submit for review",
        "proposed",
        PREPARE,
        forms.NothingToType,
        lambda row, said, by: preparing.submit(row, by=by),
    ),
    "send-back": _identification(
        "Send back", "in-review", REVIEW, forms.Reason, lambda row, said, by: reviewing.send_back(row, by=by, **said)
    ),
    "drop": _identification(
        "Drop", "proposed in-review", PREPARE, forms.Reason, lambda row, said, by: preparing.drop(row, by=by, **said)
    ),
    "notify": _identification(
        "Note what the family was told",
        f"signed {TOLD} rescinded",
        TELL,
        forms.NotifyForm,
        lambda row, said, by: afterwards.notify(row, by=by, **said),
    ),
    "decide": _identification(
        "Note what was decided",
        TOLD,
        TELL,
        forms.DecideForm,
        lambda row, said, by: afterwards.decide(row, by=by, **said),
    ),
    "release": _identification(
        "Note the release",
        "told announced",
        TELL,
        forms.ReleaseForm,
        lambda row, said, by: afterwards.release(row, by=by, **said),
    ),
    "announce": _identification(
        "Announce", TOLD, ANNOUNCE, forms.WhenForm, lambda row, said, by: afterwards.announce(row, by=by, **said)
    ),
    "bury": _identification(
        "Note the burial",
        "told announced released",
        TELL,
        forms.BuryForm,
        lambda row, said, by: afterwards.bury(row, by=by, **said),
    ),
    "owe": _identification(
        "Add what is owed",
        f"signed {TOLD}",
        TELL,
        forms.OweForm,
        lambda row, said, by: afterwards.owe(row, by=by, **said),
    ),
    "close": _identification(
        "Close the case", "buried", TELL, forms.NothingToType, lambda row, said, by: afterwards.close(row, by=by)
    ),
    "rescind": _identification(
        "Rescind", f"signed {TOLD} closed", SIGN, forms.Reason, lambda row, said, by: rescind(row, by=by, **said)
    ),
    "review": Deed(
        "Review", Evidence, REVIEW, forms.ReviewForm, lambda row, said, by: reviewing.review(row, by=by, **said)
    ),
    "revise": Deed(
        "Revise",
        Evidence,
        PREPARE,
        forms.ReviseForm,
        lambda row, said, by: preparing.revise_evidence(
            row, {name: value for name, value in said.items() if name != "why"}, by=by, why=said["why"]
        ),
    ),
    "take-back": Deed(
        "Take back",
        Evidence,
        PREPARE,
        forms.Reason,
        lambda row, said, by: preparing.take_back_evidence(row, by=by, why=said["reason"]),
    ),
    "answer": Deed(
        "Answer", ReviewItem, PREPARE, forms.AnswerForm, lambda row, said, by: reviewing.answer(row, by=by, **said)
    ),
    "fulfil": Deed(
        "Note that it was done",
        Obligation,
        VIEW,
        forms.FulfilForm,
        lambda row, said, by: afterwards.fulfil(row, by=by, **said),
    ),
    "put-right": Deed(
        "Note that it was put right",
        Correction,
        VIEW,
        forms.PutRightForm,
        lambda row, said, by: afterwards.put_right(row, by=by, **said),
    ),
    "associate": Deed(
        "Put bones into this individual",
        Individual,
        KEEP_ASSOCIATIONS,
        forms.AssociateForm,
        lambda row, said, by: individuals.associate(said.pop("specimens"), row, by=by, **said),
    ),
    "propose": Deed(
        "Put forward who this is",
        Individual,
        PREPARE,
        forms.ProposeForm,
        lambda row, said, by: preparing.propose(row, said["missing"], by=by),
    ),
    "dissociate": Deed(
        "Take out of the individual",
        Association,
        KEEP_ASSOCIATIONS,
        forms.Reason,
        lambda row, said, by: individuals.dissociate(row, by=by, **said),
    ),
    "exclude": Deed(
        "Tell apart from another bone",
        Specimen,
        KEEP_ASSOCIATIONS,
        forms.ExcludeForm,
        lambda row, said, by: individuals.exclude(row, said.pop("other"), by=by, **said),
    ),
    "lift-exclusion": Deed(
        "Withdraw the exclusion",
        Exclusion,
        KEEP_ASSOCIATIONS,
        forms.Reason,
        lambda row, said, by: individuals.lift_exclusion(row, by=by, **said),
    ),
}
"""By the name that the address has."""


def possible_deeds(state: str, user: User | AnonymousUser) -> list[tuple[str, Deed]]:
    """Return what a user may do to an identification where it stands, with the name of each deed."""
    return [(name, deed) for name, deed in DEEDS.items() if state in deed.states and user.has_perm(deed.permission)]
