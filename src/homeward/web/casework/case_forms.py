"""What is typed on the pages of casework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.core.dates import PartialDate
from homeward.web.accounts.models import User
from homeward.web.casework.afterwards import DispositionKind, LaterPortions, NotificationKind, ObligationKind
from homeward.web.casework.evidence import Answer, Direction, Line, Opinion
from homeward.web.casework.individuals import Basis
from homeward.web.casework.named_bones import find_specimens
from homeward.web.journal.access import visible
from homeward.web.journal.fields import read_date
from homeward.web.journal.recorded import Recorded
from homeward.web.places.models import Place
from homeward.web.remains.custody import Transfer
from homeward.web.remains.specimens import Specimen
from homeward.web.roll.families import NextOfKin
from homeward.web.roll.people import MissingPerson

if TYPE_CHECKING:
    AnyChoice = forms.ModelChoiceField[Any]
else:  # only type checkers give Django's forms type parameters
    AnyChoice = forms.ModelChoiceField


class DateText(forms.CharField):
    """A partial date, as everywhere in the record; today if nothing else is typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "When: a day, or a month or year.", "initial": timezone.localdate, **options})

    def clean(self, value: Any) -> PartialDate | None:
        """Read what was typed."""
        text = super().clean(value)
        return read_date(text) if text else None


class RowCode(AnyChoice):
    """A row, typed as its code."""

    def __init__(self, model: type[Recorded], help_text: str, **options: Any) -> None:
        messages = {"invalid_choice": "There is no such row. Look it up; the code stands under each title."}
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(model.objects.none(), help_text=help_text, widget=widget, error_messages=messages, **options)
        self.of_noun = model

    def offer_to(self, user: User) -> None:
        """Find only what a user may see."""
        self.queryset = visible(user, self.of_noun).filter(withdrawn="")


class KinChoice(AnyChoice):
    """One of the next of kin of a person, by name."""

    def label_from_instance(self, obj: NextOfKin) -> str:
        """The place in the order of who decides, and the name."""
        return f"{obj.position}. {obj.relative.name}"


class CaseForm(forms.Form):
    """A form about a row: it finds only what its user may see."""

    def __init__(self, *args: Any, row: Recorded, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row, self.user = row, user
        for field in self.fields.values():
            if isinstance(field, RowCode):
                field.offer_to(user)


def text(help_text: str, **options: Any) -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text, **options)


class NothingToType(CaseForm):
    """A step that needs nothing but to be taken."""


class Reason(CaseForm):
    """Why."""

    reason = text("Why. It stays in the record.", max_length=300)


class AssociateForm(CaseForm):
    """Specimens to be put into an individual."""

    specimens = text("One a line: the code of the bone, or the accession number and the bone's number in it.")
    basis = forms.ChoiceField(choices=Basis)
    reason = text("Grounds, with the statistic or the place to look it up.")
    despite = text("If something speaks against it: why you do it all the same.", required=False)

    def clean_specimens(self) -> list[Specimen]:
        """Find the bones."""
        return find_specimens(self.cleaned_data["specimens"].splitlines(), self.user)


class ExcludeForm(CaseForm):
    """A bone that is to be told apart from another."""

    other = forms.CharField(help_text="The other bone: its code, or accession number and number.")
    basis = forms.ChoiceField(choices=Basis)
    reason = text("Grounds, with the statistic.")

    def clean_other(self) -> Specimen:
        """Find the bone."""
        return find_specimens([self.cleaned_data["other"]], self.user)[0]


class ProposeForm(CaseForm):
    """The person that an individual is put forward to be."""

    missing = RowCode(MissingPerson, "Code of the line of the roll.")


class ConcludeForm(CaseForm):
    """What the evidence shows."""

    conclusion = text("What the evidence shows. Once announced, every reader sees it: name no relative here.")
    policy = forms.CharField(required=False, max_length=300, help_text="Policy of thresholds, with its version.")


class EvidenceForm(CaseForm):
    """A line of evidence."""

    line = forms.ChoiceField(choices=Line)
    direction = forms.ChoiceField(choices=Direction)
    statement = text("What it shows, in words.")
    log10_lr = forms.DecimalField(
        label="log10 LR", required=False, decimal_places=4, help_text="Where it is a likelihood ratio: H1 on top."
    )
    sources = text("What it rests on, one noun:code a line. It is frozen as it stands now.", required=False)
    analysis = forms.CharField(required=False, max_length=64, help_text="Digest of the recorded analysis.")
    software = forms.CharField(required=False, max_length=80, help_text="Software and version.")


class ReviseForm(EvidenceForm):
    """A line of evidence, changed."""

    line = None  # type: ignore[assignment]
    why = text("What was changed, and why.", max_length=500)


class ConsiderForm(CaseForm):
    """Another person who was considered."""

    missing = RowCode(MissingPerson, "Code of the line of the roll.")
    reason = text("Why this is not the person.")
    log10_lr = forms.DecimalField(label="log10 LR", required=False, decimal_places=4)


class ReviewForm(CaseForm):
    """What a reviewer says of a line of evidence."""

    opinion = forms.ChoiceField(choices=Opinion)
    comment = text("Required unless you agree.", required=False)
    read_version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(CaseForm):
    """What the preparer did with a comment."""

    answer = forms.ChoiceField(choices=Answer)
    text = text("What was done, or why not.")


class KinForm(CaseForm):
    """Something about the next of kin of the person."""

    next_of_kin = KinChoice(NextOfKin.objects.none())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kin = visible(self.user, NextOfKin).filter(missing=self.row.missing_id, withdrawn="")  # type: ignore[attr-defined]
        field = self.fields["next_of_kin"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = kin.select_related("relative").order_by("position")


class NotifyForm(KinForm):
    """What happened in telling the next of kin."""

    kind = forms.ChoiceField(choices=NotificationKind)
    happened = DateText()
    told_by = forms.CharField(max_length=150, help_text="Who told them, by name.")
    note = text("What was said and asked.", required=False)


class DecideForm(KinForm):
    """What was decided about the remains."""

    kind = forms.ChoiceField(choices=DispositionKind)
    later_portions = forms.ChoiceField(choices=LaterPortions, help_text="If more is found later.")
    happened = DateText()
    note = text("", required=False)


class ReleaseForm(CaseForm):
    """The transfer by which remains were released."""

    transfer = RowCode(Transfer, "Code of the release, which was received.")


class WhenForm(CaseForm):
    """When something happened."""

    happened = DateText()


class BuryForm(CaseForm):
    """A burial."""

    happened = DateText()
    cemetery = forms.CharField(max_length=300, help_text="Cemetery, section and grave.")
    place = RowCode(Place, "Code of the place.", required=False)
    marker = forms.CharField(max_length=300, required=False, help_text="What the stone says.")


class OweForm(CaseForm):
    """Something that is owed."""

    kind = forms.ChoiceField(choices=ObligationKind)
    owner = forms.CharField(max_length=150, help_text="User who sees to it.")
    due = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text="Until when.")
    note = text("", required=False)


class FulfilForm(CaseForm):
    """When something that was owed was done."""

    fulfilled = DateText()
    note = text("", required=False)


class PutRightForm(CaseForm):
    """When and how something was corrected."""

    done = DateText()
    what = text("What was done.", max_length=300)


class SignForm(CaseForm):
    """The examiner's signature: the password once more, and the digest of what was read."""

    read_digest = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Your own password once more: it stands for your signature.",
    )

    def clean_password(self) -> str:
        """It is the password of whoever signs."""
        password = str(self.cleaned_data["password"])
        if not self.user.check_password(password):
            raise ValidationError("This is not your password.")
        return password
