"""Turns of phrase that decide what the words for an event mean."""

from __future__ import annotations

import re

POINTS = re.compile(
    r"\b[Tt]he\s+others?\s+(?:include[ds]?|were|was|are|is)\s+|\b(?:[Oo]ther|[Tt]he|[Ii]ts|[Tt]heir|[Tt]hose|[Rr]emaining)\s+(?:\w+\s+)?(?:points?|commitments?|provisions?|terms|articles|clauses)\s+(?:include[ds]?|were|are|call(?:ed|s)?\s+for|covered?)\s+"
)
ANNIVERSARY = re.compile(
    r"\b(?:anniversary\s+of|marking|mark(?:s|ed)?)\s+(?:the\s+signing\s+of\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE
)
BODIES = re.compile(
    r"\b(?:remains|bod(?:y|ies)|bones|sets?|dead|fallen|caskets?|coffins?|boxes|cases)\b", re.IGNORECASE
)
PURPOSE = re.compile(
    r"\b(?:agree\w*|plan\w*|propos\w+|expect\w*|hope\w*|want\w*|intend\w*|will|would|may|might|could|should|must|promis\w+|pledg\w+|vow\w+|commit\w*|schedul\w+|due|set|continue\w*|prepar\w+|ready|try|trying|tried|yet|need\w*|allow\w*|wish\w*|resum\w+|restart\w*|ask\w*|urg\w+|offer\w*|declin\w+|refus\w+|demand\w*|invit\w+|order\w*|(?:was|were|is|are)\s+to)\b",
    re.IGNORECASE,
)
TO_FIRST = re.compile(
    r"\s+to\s+(?:the\s+|an?\s+)?(?:[\w.’'-]+\s+){0,5}?(?:each\s+other|one\s+another|both|him|her|them|us|me|officials?|officers?|side|authorities|representatives?|government|military|delegation|[Cc]ommand|forces|guards?|States|Korea|US|U\.S\.|U\.N\.|UN|Nations|Americans)"
    r"\s+(?!(?:side|officials|authorities|representatives?|government|military|delegation|command|forces|guards?|in|on|at|to|from|by|for|of|and|that|who|which|as|after|before|during|with|was|were|is|are|has|had|have|near|said)\b)(?P<thing>[a-z\d])"
)
SAID_TO_BE = re.compile(
    r"\s+(?:to\s+[^,.;]{3,40}?\s+)?what\s+(?:(?:could|may|might)\s+be\s+|(?:are|is|were|was)\s+(?:\w+\s+)?(?:believed|thought|said|presumed|reported|assumed)\s+to\s+be\s+|"
    r"(?:[\w.]+\s+){1,3}?(?:said|says|say|claimed|called|believed?|described\s+as)\s+(?:(?:were|was|are|is)\s+)?)(?P<thing>\w)"
)
TO_WHOM = re.compile(r"\s+(?:to|from|of|out\s+of|through|across|into)\s+(?:the\s+)?")
OBJECT_FOLLOWS = re.compile(
    r"\s+(?:the|an?|its|their|his|some|about|more|up|as\s+many|what|\d|[a-z]+teen|[a-z]+ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|remains|bodies)\b"
)
STANDS_FOR = re.compile(
    r"(?:(?:about|another|only|just|some|nearly|almost|over|at\s+least|more\s+than|the|a|an|its|this|that|further|additional|all|other|first|last|next|new|whole|joint|remaining)\s+)*"
    r"(?:it|they|them|these|those|this|that|some|none|all|most|many|others?|both|half|rest|number|one|ones|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|dozens?|hundreds?|thousands?|first|second|third|last|next|part|\d[\d,]*(?:st|nd|rd|th)?)"
    r"(?:\s+(?:more|others?|part|half|of\s+(?:them|these|those|whom|which|the\s+[a-z]+)))*",
    re.IGNORECASE,
)
"""A count or a pronoun, which stands for what was told of before: "123 more", "33 of them", "the first"."""
WHICH_ONES = re.compile(r"\s+(?:who|that|which|whom)\b")
ASKS_NOTHING = re.compile(
    r"^(?:nobody|no\s+one|who)$|\b(?:agreement|armistice|accord|declaration|treaty|resolution|article|provision)s?\b",
    re.IGNORECASE,
)
"""A subject that asks for nothing: nobody, or a text that lays something down."""
NO_THING = frozenset(("and", "that", "but", "as", "when", "which", "them", "it", "him", "her", "us"))
NO_MEETING = re.compile(
    r"\s+(?:for\s+)?(?:the\s+|a\s+|their\s+|his\s+)?(?:return|repatriation|burial|funeral|hand-?over|transfer)\b"
)
NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.IGNORECASE)
ONE_OF = re.compile(
    r"\b(?:is|was|were|became|becomes|made\s+up)\s+one\s+of\s+(?:the\s+|its\s+|their\s+)?(?:two|three|four|five|six|\d+)\s+(?:[\w-]+\s+)?(?:points|commitments|articles)\b"
)
SPOKEN_OF = re.compile(
    r"(?P<what>(?:the\s+)?(?:return(?:ing)?|repatriat(?:ion|ing)|recover(?:y|ing)|hand-?over|transfer)\s+(?:of\s+)?(?:the\s+)?(?:[\w.]+\s+){0,3}?(?:remains|dead|soldiers|troops|bodies)(?:\s+of\s+[\w. ]{3,30}?(?=\s+(?:was|were|has|have|had)\b))?)",
    re.IGNORECASE,
)
NOBODY = frozenset(("there", "here", "again", "once more", "one"))
OF_MEETINGS = frozenset(("meeting-missed", "meeting-moved", "meeting-scheduled", "meeting-cancelled"))
TO_WORK = frozenset(("meeting-moved", "meeting-cancelled"))
WORK = re.compile(r"\b(?:operations?|search(?:es)?|excavations?|missions?|teams?|fieldwork|digs?)\b", re.IGNORECASE)
MEETING = re.compile(r"\b(?:meetings?|talks|summit|negotiations?|visit)\b", re.IGNORECASE)
DID_SO = re.compile(
    r"[\"“]?(?:They|It|He|She|We|(?:The\s+)?[A-Z][\w ]{2,30}?)\s+(?:did|ha[ds]|have)\s+(?P<how>so|done\s+so|not)\b(?=\s+(?:on|in|at|last|this|again|for|until)\b|\s*[.,;])"
)
"""What was planned in the sentence before, told as done or as not done: "They did so on July 15.", "They had not."."""
DONE_SO = re.compile(r"\b(?:it|they|he|she|[A-Z]\w+)\s+(?:had|has|have)\s+(?:already\s+)?(?:done\s+so|begun|started)\b")
AND = re.compile(r",\s+(?:and\s+)?|\s+and\s+(?=(?:an?|the|new|joint|to|improved)\s)")
