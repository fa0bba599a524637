"""What follows a signature: telling the family, what they decide, burial, what is owed, and what is to be corrected."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from homeward.web.accounts.models import User
from homeward.web.casework.identifications import SIGN, TELL, Identification, hidden_with_identification
from homeward.web.casework.individuals import VIEW_CASES
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.families import VIEW_FAMILIES


class Afterwards(InBook):
    """A row about an identification that was signed; hidden together with it."""

    keep_permission = TELL

    class Meta(InBook.Meta):
        """The constraints of every row."""

        abstract = True

    identification_id: str

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Hidden together with its identification."""
        return hidden_with_identification(user)

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of what happens to its identification."""
        return [(Identification, self.identification_id)]


class NotificationKind(models.TextChoices):
    """What happened in telling the next of kin."""

    LOCATED = "located", "located"
    ATTEMPT = "attempt", "tried, not reached"
    TOLD = "told", "told"
    ACKNOWLEDGED = "acknowledged", "acknowledged in writing"
    CORRECTED = "corrected", "told of a correction"


class Notification(Afterwards):
    """A step in telling the next of kin, always by a person. Nothing is ever sent by this software."""

    identification = link("casework.Identification", related="notifications")
    next_of_kin = link("roll.NextOfKin", related="notifications")
    happened = PartialDateField(help_text="When.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    kind = models.CharField(max_length=12, choices=NotificationKind)
    told_by = text_line("Who told them, by name.", longest=150)
    note = text_block("What was said and asked.", required=False)

    view_permission = VIEW_FAMILIES
    by_action_only = True
    fixed_fields = frozenset({"identification", "next_of_kin", "kind"})

    class Meta(Afterwards.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened.words}"


class DispositionKind(models.TextChoices):
    """What is to happen with the remains."""

    BURIAL = "burial", "burial where the family chooses"
    NATIONAL_CEMETERY = "national-cemetery", "burial in a national cemetery"
    CREMATION = "cremation", "cremation"
    GROUP_BURIAL = "group-burial", "group burial"
    RETURNED = "returned", "handed to another nation"
    RETAINED = "retained", "kept for the time being"


class LaterPortions(models.TextChoices):
    """What is to happen with further portions that are found later."""

    TELL = "tell", "tell the family each time"
    BURY = "bury", "bury them without telling"
    KEEP = "keep", "keep them"


class Disposition(Afterwards):
    """What the person who directs the disposition decided."""

    identification = link("casework.Identification", related="dispositions")
    next_of_kin = link("roll.NextOfKin", related="dispositions")
    happened = PartialDateField(help_text="When it was decided.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    kind = models.CharField(max_length=17, choices=DispositionKind)
    later_portions = models.CharField(max_length=4, choices=LaterPortions)
    note = text_block(required=False)

    view_permission = VIEW_FAMILIES
    by_action_only = True
    fixed_fields = frozenset({"identification", "next_of_kin", "kind", "later_portions"})

    class Meta(Afterwards.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.get_kind_display()


class Burial(Afterwards):
    """Where and when somebody was laid to rest."""

    identification = link("casework.Identification", related="burials")
    happened = PartialDateField(help_text="When.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    place = link("places.Place", required=False, related="burials")
    cemetery = text_line("Cemetery, section and grave.")
    marker = text_line("What the stone says.", required=False)

    by_action_only = True
    fixed_fields = frozenset({"identification"})

    class Meta(Afterwards.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return f"{self.cemetery}, {self.happened.words}"


class ObligationKind(models.TextChoices):
    """What is owed after an identification."""

    ROSETTE = "rosette", "rosette beside the name on the memorial"
    EFFECTS = "effects", "effects to be returned"
    PORTIONS = "portions", "further portions"
    RECORDS = "records", "records to be corrected"
    STONE = "stone", "stone or marker"
    LETTER = "letter", "letter or report to the family"


class Obligation(Afterwards):
    """Something that is owed, by whom and until when."""

    identification = link("casework.Identification", related="obligations")
    kind = models.CharField(max_length=8, choices=ObligationKind)
    owner = text_line("User who sees to it.", longest=150)
    due = models.DateField(help_text="Until when.")
    fulfilled = PartialDateField(null=True, blank=True, help_text="When it was done.")
    fulfilled_earliest = earliest("fulfilled")
    note = text_block(required=False)

    by_action_only = True
    fixed_fields = frozenset({"identification", "kind"})
    action_fields = frozenset({"fulfilled"})

    class Meta(Afterwards.Meta):
        """What waits is found by whose it is and when it is due."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["owner", "due"], name="obligation_by_owner")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Correction(Afterwards):
    """Something that said what a rescinded identification said, and must be put right by a person."""

    identification = link("casework.Identification", related="corrections")
    about = ReferenceField(help_text="The row that is to be corrected, as noun:code.")
    what = text_line("What is to be put right.")
    owner = text_line("User who sees to it.", required=False, longest=150)
    done = PartialDateField(null=True, blank=True, help_text="When it was done.")
    done_note = text_line("What was done.", required=False)

    by_action_only = True
    keep_permission = SIGN
    view_permission = VIEW_CASES
    fixed_fields = frozenset({"identification", "about"})
    action_fields = frozenset({"done", "done_note"})

    class Meta(Afterwards.Meta):
        """Each thing once."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["identification", "about"], condition=Q(withdrawn=""), name="correction_once"
            ),
        ]

    def __str__(self) -> str:
        return self.what
