"""Names, places and papers that were invented for the worked example. Nobody of these names is meant."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
GIVEN, WOMEN, FAMILY = _LISTS["given"], _LISTS["women"], _LISTS["family"]
TOWNS, RANKS = _LISTS["towns"], _LISTS["ranks"]

KOREAN = (
    ("Kang", "Ha-neul", "강하늘"),
    ("Yun", "Sol-bit", "윤솔빛"),
    ("Paek", "Sae-byok", "백새벽"),
    ("Im", "Ma-ru", "임마루"),
    ("So", "Han-gyol", "서한결"),
    ("No", "Ga-ram", "노가람"),
)
"""Family name, given name, and the whole in Hangul: plain words of the language, such as sky, dawn and river."""
INCIDENTS = (
    ("East shore, first night", "chosin", "1950-11-27/1950-11-28", "8"),
    ("East shore, withdrawal", "hagaru-ri", "1950-12-01/1950-12-02", "6"),
    ("Yudam-ni perimeter", "yudam-ni", "1950-11-27/1950-12-01", "5"),
    ("River crossing by night", "chongchon", "1950-11-25/1950-11-26", "15"),
    ("Roadblock south of Kunu-ri", "kunu-ri", "1950-11-30", "6"),
    ("Hills west of Unsan", "unsan", "1950-11-01/1950-11-02", "10"),
    ("Winter march to the camps", "camp-5", "1950-12/1951-02", "30"),
    ("Valley of the temporary camps", "death-valley", "1951-01/1951-03", "12"),
)
"""What it is called, the place of the record, when, and within how many kilometres; all of it invented."""
ELEMENTS = (
    ("femur", "left"),
    ("femur", "right"),
    ("humerus", "left"),
    ("tibia", "right"),
    ("humerus", "right"),
    ("tibia", "left"),
    ("radius", "left"),
    ("ulna", "right"),
)
"""In which order the bones of one person are found, so that none comes twice."""
LENGTHS = {"femur": ("Fem_01", 455, 18), "humerus": ("Hum_01", 331, 14), "tibia": ("Tib_01", 374, 17)}
"""Greatest length of some bones: code of the measurement, and a middle and a spread in mm, chosen freely."""
LOOSE = ("rib", "clavicle", "scapula", "fibula", "patella", "calcaneus", "talus")
EFFECTS = (("clothing", "Button, metal."), ("clothing", "Part of a boot sole."), ("equipment", "Buckle."))
