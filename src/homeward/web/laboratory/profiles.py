"""Runs and profiles, consensus of repeats, the profiles of staff, and every look at a profile.

What was typed stands in one column, a locus a line, in the form of `homeward.web.laboratory.alleles`: a profile is
typed, reported, repeated and withdrawn as a whole, and its history is that of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from homeward.core.errors import InputError
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import Recorded
from homeward.web.laboratory.alleles import canonical_text

VIEW_PROFILES = "laboratory.view_profiles"
KEEP_PROFILES = "laboratory.keep_profiles"


class Genetic(InBook):
    """A row that only those see whose work needs genetic data."""

    keep_permission = KEEP_PROFILES
    view_permission = VIEW_PROFILES

    class Meta(InBook.Meta):
        """The constraints of every row."""

        abstract = True


class Controls(models.TextChoices):
    """How the controls of a run came out."""

    PASSED = "passed", "passed"
    FAILED = "failed", "failed"
    UNKNOWN = "unknown", "not recorded"


class Run(Genetic):
    """One run of typing in a laboratory: what was typed together, and whether its controls held."""

    laboratory = link("parties.Party", related="runs")
    number = text_line("Number of the run or batch.", longest=80)
    happened = PartialDateField(help_text="When.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    kit = text_line("Kit, as in 'homeward database panel'; empty for sequencing.", required=False, longest=80)
    controls = models.CharField(max_length=7, choices=Controls, default=Controls.UNKNOWN)
    note = text_block(required=False)

    class Meta(Genetic.Meta):
        """A laboratory uses a number once. It names the permissions for genetic data."""

        permissions = [
            ("view_profiles", "May see genetic profiles"),
            ("keep_profiles", "May enter and amend genetic profiles"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["laboratory", "number"],
                condition=Q(withdrawn=""),
                name="run_number_once",
                violation_error_message="The laboratory has another run of this number.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StaffMember(Genetic):
    """Somebody whose own profile must be told from every result: staff, visitors, makers of reagents."""

    name = text_line(longest=150)
    laboratory = link("parties.Party", required=False, related="staff")
    role = text_line(required=False, longest=120)

    class Meta(Genetic.Meta):
        """Nothing of its own."""

    def __str__(self) -> str:
        return self.name


class System(models.TextChoices):
    """Which part of the genome was typed."""

    STR = "str", "autosomal STR"
    Y_STR = "y-str", "Y-STR"
    X_STR = "x-str", "X-STR"
    MT = "mt", "mitochondrial DNA"
    SNP = "snp", "SNP"


class Quality(models.TextChoices):
    """What came out. Nothing is thrown away: a failure is a result."""

    COMPLETE = "complete", "complete"
    PARTIAL = "partial", "partial"
    MIXED = "mixed", "mixed: more than one person"
    INCONCLUSIVE = "inconclusive", "inconclusive"
    UNASSIGNED = "unassigned", "not assigned to a reporting class"
    FAILED = "failed", "failed: nothing was typed"


TYPED = frozenset({Quality.COMPLETE, Quality.PARTIAL})
"""The results that are of one person and can be compared."""


class Profile(Genetic):
    """One typing of one sample, donor or member of staff; or the consensus of several typings of it."""

    sample = link("remains.Sample", required=False, related="profiles")
    donor = link("roll.Donor", required=False, related="profiles")
    staff = link("laboratory.StaffMember", required=False, related="profiles")
    run = link("laboratory.Run", "Empty for a consensus.", required=False, related="profiles")
    system = models.CharField(max_length=5, choices=System)
    quality = models.CharField(max_length=12, choices=Quality)
    is_consensus = models.BooleanField("consensus", default=False)
    alleles = text_block("A locus a line: its name and the alleles, such as 'D3S1358 15 16'.", required=False)
    regions = text_line("For mtDNA: what was read, such as 16024-16365 73-340.", required=False, longest=200)
    issuer = text_line("Whose number the next one is.", required=False, longest=80)
    source_id = text_line("The number under which the source keeps it.", required=False, longest=120)
    suspicion = text_line("Contamination or swap suspected, and why; empty if not.", required=False)
    note = text_block(required=False)

    fixed_fields = frozenset({"system", "is_consensus"})

    class Meta(Genetic.Meta):
        """It is of one thing; a source's own number comes once."""

        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="profile_of_one",
                condition=Q(sample__isnull=False, donor=None, staff=None)
                | Q(sample=None, donor__isnull=False, staff=None)
                | Q(sample=None, donor=None, staff__isnull=False),
                violation_error_message="A profile is of a sample, of a donor or of a member of staff.",
            ),
            models.UniqueConstraint(
                fields=["issuer", "source_id"],
                condition=Q(withdrawn="") & ~Q(source_id=""),
                name="profile_source_id_once",
                violation_error_message="A profile with this number of this source is in the record.",
            ),
            models.CheckConstraint(
                name="profile_failed_says_nothing",
                condition=~Q(quality="failed") | Q(alleles=""),
                violation_error_message="A failed typing has no alleles; call it partial if some were typed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()}, {self.get_quality_display().partition(':')[0]}"

    @property
    def owner(self) -> Recorded:
        """The sample, donor or member of staff that it is of."""
        owner: Recorded | None = self.sample or self.donor or self.staff
        assert owner is not None, "A profile is of one thing."  # noqa: S101
        return owner

    @property
    def owner_reference(self) -> str:
        """What it is of, as noun:code."""
        if self.sample_id:
            return f"sample:{self.sample_id}"
        return f"donor:{self.donor_id}" if self.donor_id else f"staffmember:{self.staff_id}"

    def clean(self) -> None:
        """What was typed can be read, and is kept in one form; a consensus is of no run."""
        problems: dict[str, list[str]] = {}
        try:
            self.alleles, self.regions = canonical_text(
                self.alleles, self.system, regions=self.regions, where="alleles"
            )
        except InputError as error:
            problems["alleles"] = [str(problem).removeprefix("alleles, ") for problem in error.problems]
        if self.is_consensus and self.run_id:
            problems["run"] = ["A consensus is of several typings, so it has no run of its own."]
        if self.quality in TYPED and not self.alleles and self.system != System.MT:
            problems["quality"] = [
                f"Nothing was typed. Call it {Quality.FAILED.value} or {Quality.INCONCLUSIVE.value}."
            ]
        if problems:
            raise ValidationError(problems)


class ConsensusPart(Genetic):
    """One typing that a consensus was made of."""

    consensus = link("laboratory.Profile", related="parts")
    typing = link("laboratory.Profile", related="in_consensus")

    fixed_fields = frozenset({"consensus", "typing"})

    class Meta(Genetic.Meta):
        """Each typing once."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["consensus", "typing"], name="consensuspart_once"),
            models.CheckConstraint(name="consensuspart_of_another", condition=~Q(consensus=F("typing"))),
        ]

    def __str__(self) -> str:
        return f"part of {self.consensus_id}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its consensus."""
        return [(Profile, self.consensus_id)]


class ProfileLook(models.Model):
    """One look at a genetic profile: who, when and where. It is no row of the record, and is only added to."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    where = models.CharField(max_length=40)

    class Meta:
        """The latest first."""

        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.by} saw {self.profile_id} at {self.at:%Y-%m-%d %H:%M}"
