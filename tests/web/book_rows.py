"""One row of every noun of the two books that a form enters, as a program sends it; all of it is made up."""

from typing import Any

TEETH = "11 present\n12 filled MO"

BOOK_ROWS: dict[str, dict[str, Any]] = {
    "calamity": {"code": "war", "name": "A war", "kind": "war", "happened": "1950/1953"},
    "incident": {"code": "loss", "name": "Hill, night", "calamity": "war", "kind": "ground", "happened": "1950-11"},
    "missingperson": {
        "code": "missing",
        "name": "Adam Example",
        "sex": "male",
        "born": "1931",
        "calamity": "war",
        "incident": "loss",
        "height_cm": "174.5",
    },
    "missingname": {"code": "missing-name", "missing": "missing", "text": "Exampel, A.", "kind": "as-written"},
    "status": {"code": "missing-since", "missing": "missing", "kind": "unaccounted", "happened": "1950-12"},
    "family": {"code": "family", "name": "Example, Springfield"},
    "relative": {"code": "sister", "family": "family", "name": "Eve Example", "sex": "female", "born": "1934"},
    "nextofkin": {"code": "kin", "missing": "missing", "relative": "sister", "language": "English"},
    "familycontact": {
        "code": "first-call",
        "family": "family",
        "happened": "2018-07-02",
        "kind": "call",
        "spoken_by": "A. Liaison",
        "note": "Told what a sample is for.",
    },
    "donor": {"code": "donor", "relative": "sister", "scope": "any-missing", "consented": "2018-07-03"},
    "identifier": {
        "code": "service-number",
        "about": "missingperson:missing",
        "kind": "service",
        "issuer": "giver",
        "value": "RA 12 345 678",
    },
    "site": {"code": "hill", "name": "Hill 12", "place": "village"},
    "sitechange": {"code": "hill-reported", "site": "hill", "kind": "reported", "happened": "2018-07-01"},
    "find": {"code": "bag", "site": "hill", "bag": "7", "happened": "2018-07-05", "description": "A long bone."},
    "transfercase": {
        "code": "box",
        "kind": "box",
        "number": "12",
        "handover": "return",
        "received": "2018-07-12",
        "received_by": "receiver",
        "label": "village",
    },
    "fieldreview": {
        "code": "first-look",
        "transfer_case": "box",
        "happened": "2018-07-12",
        "reviewer": "A. Looker",
        "finding": "human",
    },
    "accession": {
        "code": "accession",
        "number": "2018-12",
        "laboratory": "receiver",
        "transfer_case": "box",
        "opened": "2018-07-14",
        "opened_by": "C. Custodian",
        "witness": "W. Witness",
        "n_items": 2,
    },
    "effect": {
        "code": "button",
        "accession": "accession",
        "kind": "clothing",
        "designator": "E1",
        "description": "Button.",
    },
    "specimen": {
        "code": "femur",
        "accession": "accession",
        "designator": "1",
        "element": "femur",
        "side": "left",
        "completeness": "complete",
        "inventoried_by": "A. Anthropologist",
    },
    "sample": {"code": "sample", "specimen": "femur", "number": "01A", "mass_g": "0.75", "purpose": "DNA"},
    "samplestep": {"code": "sample-cut", "sample": "sample", "kind": "cut", "happened": "2018-07-15"},
    "store": {"code": "shelf", "holder": "receiver", "name": "Shelf 1"},
    "measurement": {
        "code": "length",
        "specimen": "femur",
        "measure": "Fem_01",
        "value": "455",
        "measured_by": "A. Anthropologist",
    },
    "dentalchart": {
        "code": "teeth",
        "missing": "missing",
        "happened": "1949",
        "chart": TEETH,
        "notation": "fdi",
        "charted_by": "D. Dentist",
    },
    "run": {"code": "run", "laboratory": "receiver", "number": "R1", "happened": "2018-07-16"},
    "staffmember": {"code": "analyst", "name": "D. Analyst"},
    "profile": {"code": "typing", "sample": "sample", "run": "run", "system": "str", "quality": "failed"},
    "consensuspart": {"code": "part", "consensus": "consensus", "typing": "typing"},
    "individual": {"code": "individual", "number": "2018-12-I-01", "laboratory": "receiver"},
}
"""By noun; the second profile, which a consensus is, is entered beside."""

CONSENSUS = {"code": "consensus", "sample": "sample", "system": "str", "quality": "failed", "is_consensus": True}

BOOK_OTHERWISE: dict[str, dict[str, Any]] = {
    **{noun: {"note": "Other"} for noun in BOOK_ROWS},
    **{noun: {"name": "Other"} for noun in ("calamity", "incident", "site", "store", "staffmember")},
    "missingname": {"text": "Other"},
    "relative": {"living": "yes"},
    "nextofkin": {"telephone": "0123"},
    "donor": {"number": "K1"},
    "identifier": {"value": "RA 12345679"},
    "find": {"unit": "N1"},
    "transfercase": {"seal": "S1"},
    "effect": {"inscription": "US"},
    "measurement": {"value": "456.5"},
    "dentalchart": {"chart": "11 present"},
    "consensuspart": {"made_up": True},
}
"""What a row is changed to, by noun."""
