"""The roles a user can have, each a group of that name, and what each of them may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here to do."""

    ADMINISTRATOR = "Administrator"
    ENGAGEMENT_OFFICER = "Engagement officer"
    HISTORIAN = "Historian"
    RECOVERY_LEAD = "Recovery lead"
    EVIDENCE_CUSTODIAN = "Evidence custodian"
    ANTHROPOLOGIST = "Anthropologist"
    DNA_ANALYST = "DNA analyst"
    EXAMINER = "Examiner"
    FAMILY_LIAISON = "Family liaison"
    READER = "Reader"

    @property
    def purpose(self) -> str:
        """What the role is for, in one sentence for the person who has it."""
        return _PURPOSES[self]


_PURPOSES = {
    Role.ADMINISTRATOR: "Gives accounts and roles, checks the journal; cannot change what the record says.",
    Role.ENGAGEMENT_OFFICER: "Keeps meetings, agreements, operations and handovers, and their sources.",
    Role.HISTORIAN: "Keeps the roll of the missing, sources, parties and places, and imports and exports the record.",
    Role.RECOVERY_LEAD: "Plans and records operations, sites and finds, and sends on what was found.",
    Role.EVIDENCE_CUSTODIAN: "Receives, accessions, stores and moves remains, and proves who held them when.",
    Role.ANTHROPOLOGIST: "Describes bones, puts them together into individuals, prepares and reviews identifications.",
    Role.DNA_ANALYST: "Keeps profiles, compares them with families, and prepares and reviews identifications.",
    Role.EXAMINER: "Reads the whole case, reviews the evidence, signs identifications, and checks the journal.",
    Role.FAMILY_LIAISON: "Keeps families and donors, tells next of kin, and records what they decide.",
    Role.READER: "Reads the record and the analyses, and changes nothing.",
}

_EVERY_ROLE = frozenset({"journal.view_record"})

# The one place that says who may do what. A permission that is not named for a role is not given to it.
ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: _EVERY_ROLE
    | {
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "auth.view_group",
        "journal.view_journal",
        "journal.verify_record",
        "journal.export_record",
        "journal.import_decisions",
    },
    Role.ENGAGEMENT_OFFICER: _EVERY_ROLE
    | {
        "journal.view_journal",
        "journal.export_record",
        "sources.enter_sources",
        "sources.keep_conflicts",
        "sources.withdraw_sources",
        "parties.keep_parties",
        "places.keep_places",
        "engagement.keep_engagement",
        "engagement.keep_operations",
        "engagement.keep_handovers",
    },
    Role.HISTORIAN: _EVERY_ROLE
    | {
        "journal.view_journal",
        "journal.export_record",
        "journal.import_record",
        "sources.enter_sources",
        "sources.keep_conflicts",
        "sources.withdraw_sources",
        "sources.view_family_documents",
        "parties.keep_parties",
        "places.keep_places",
        "identity.keep_identifiers",
        "roll.keep_roll",
    },
    Role.RECOVERY_LEAD: _EVERY_ROLE
    | {
        "sources.enter_sources",
        "places.keep_places",
        "engagement.keep_operations",
        "engagement.keep_handovers",
        "recovery.keep_recovery",
        "remains.keep_custody",
        "remains.keep_remains",
    },
    Role.EVIDENCE_CUSTODIAN: _EVERY_ROLE
    | {
        "engagement.keep_handovers",
        "identity.keep_identifiers",
        "remains.keep_remains",
        "remains.keep_custody",
    },
    Role.ANTHROPOLOGIST: _EVERY_ROLE
    | {
        "identity.keep_identifiers",
        "remains.keep_remains",
        "casework.view_cases",
        "casework.keep_associations",
        "casework.prepare_identification",
        "casework.review_identification",
    },
    Role.DNA_ANALYST: _EVERY_ROLE
    | {
        "sources.view_genetic_documents",
        "casework.view_analysis",
        "casework.add_analysis",
        "remains.keep_remains",
        "roll.view_families",
        "laboratory.view_profiles",
        "laboratory.keep_profiles",
        "casework.view_cases",
        "casework.prepare_identification",
        "casework.review_identification",
    },
    Role.EXAMINER: _EVERY_ROLE
    | {
        "journal.view_journal",
        "journal.verify_record",
        "sources.view_family_documents",
        "sources.view_genetic_documents",
        "casework.view_analysis",
        "roll.view_families",
        "laboratory.view_profiles",
        "casework.view_cases",
        "casework.review_identification",
        "casework.sign_identification",
        "casework.announce_identification",
    },
    Role.FAMILY_LIAISON: _EVERY_ROLE
    | {
        "sources.enter_sources",
        "sources.view_family_documents",
        "roll.view_families",
        "roll.keep_families",
        "casework.tell_family",
        "casework.announce_identification",
    },
    Role.READER: _EVERY_ROLE | {"casework.view_analysis"},
}
