"""What made-up people are called, in four scripts; their ranks and units, bones and loci."""

from __future__ import annotations

FAMILY = """
Abbott Alvarez Baker Becker Brandt Brooks Carter Chen Cooper Diaz Dubois Evans Fischer Garcia Gray Haugen Hughes Ivanov
Jackson Jensen Keller Kelly Lambert Laurent Lopez Mason Meyer Miller Moreau Nilsen Novak O'Brien Okafor Olsen Ortiz
Palmer Parker Perez Petrov Reyes Rossi Sato Schmidt Silva Sullivan Tanaka Taylor Turner Vargas Wagner Walker Weber Young
"""
GIVEN = """
Albert Alfred Anton Arthur Carl Charles Clarence Daniel David Earl Edward Emil Ernest Eugene Frank Fred George Gerald
Harold Harry Henry Herbert Howard Ivan Jack James Jean Joe John Jose Joseph Karl Kenneth Leo Leonard Louis Luis Manuel
Martin Melvin Michael Norman Oscar Otto Paul Peter Ralph Raymond Richard Robert Roy Samuel Stanley Theodore Thomas
Walter
"""
KOREAN = (
    ("Kim", "김", "金"),
    ("Yi", "이", "李"),
    ("Pak", "박", "朴"),
    ("Choe", "최", "崔"),
    ("Chong", "정", "鄭"),
    ("Kang", "강", "姜"),
    ("Cho", "조", "趙"),
    ("Yun", "윤", "尹"),
    ("Chang", "장", "張"),
    ("Im", "임", "林"),
)
KOREAN_GIVEN = (
    ("Chol-su", "철수", "哲洙"),
    ("Yong-ho", "영호", "永浩"),
    ("Sang-chol", "상철", "相哲"),
    ("Kwang-su", "광수", "光洙"),
    ("Ki-yong", "기영", "基英"),
    ("Tong-hun", "동훈", "東勳"),
    ("Chong-nam", "정남", "正男"),
    ("Pyong-guk", "병국", "炳國"),
)
CYRILLIC = {"Ivanov": "Иванов", "Petrov": "Петров", "Novak": "Новак"}
RANKS = ("PVT", "PFC", "CPL", "SGT", "SFC", "2LT", "1LT", "CPT")
UNITS = ("7 INF", "31 INF", "32 INF", "8 CAV", "5 RCT", "57 FA BN", "1 MAR DIV", "38 INF", "9 INF", "24 INF")
BONES = (
    ("rib", True),
    ("metatarsal", True),
    ("metacarpal", True),
    ("thoracic vertebra", False),
    ("scapula", True),
    ("radius", True),
    ("ulna", True),
    ("fibula", True),
    ("os coxa", True),
    ("clavicle", True),
    ("calcaneus", True),
    ("mandible", False),
)
SKELETON = (("femur", "left"), ("femur", "right"), ("humerus", "left"), ("cranium", "middle"), ("tibia", "left"))
"""The bones of a made-up individual."""
LOCI = """
CSF1PO D1S1656 D2S441 D2S1338 D3S1358 D5S818 D7S820 D8S1179 D10S1248 D12S391 D13S317 D16S539 D18S51 D19S433 D21S11
D22S1045 FGA TH01 TPOX vWA SE33
"""
