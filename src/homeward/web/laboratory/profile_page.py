"""What the page of a profile shows, and the list of profiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeward.web.journal.reader import Reader
from homeward.web.laboratory.alleles import read_typing
from homeward.web.laboratory.consensus import RULES
from homeward.web.laboratory.profiles import KEEP_PROFILES, ConsensusPart, Profile
from homeward.web.laboratory.suspicions import Suspicion

MOST_TYPINGS = 100


def profile(row: Profile, reader: Reader) -> Mapping[str, Any]:
    """Return loci and alleles, what speaks against the profile, its parts, and other typings of the same thing."""
    same = {name: getattr(row, name) for name in ("sample_id", "donor_id", "staff_id")}
    typings = reader.rows(Profile).filter(**same, system=row.system).exclude(pk=row.pk).order_by("code")
    parts = reader.known(reader.rows(ConsensusPart).filter(consensus=row).select_related("typing"))
    owner = reader.by_reference([row.owner_reference]).get(row.owner_reference)
    is_now = reader.as_of.is_now
    return {
        "owner": owner,
        "owner_noun": row.owner_reference.partition(":")[0],
        "loci": list(read_typing(row.alleles).items()) if row.system != "mt" else [],
        "suspicions": Suspicion.objects.filter(profile=row, cleared="") if is_now else [],
        "parts": parts,
        "typings": reader.known(typings[:MOST_TYPINGS]),
        "rules": RULES.values(),
        "may_make_consensus": is_now and not row.is_consensus and reader.user.has_perm(KEEP_PROFILES),
    }
