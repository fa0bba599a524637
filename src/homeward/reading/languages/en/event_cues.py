"""Words that tell of an event of this field, and which of the phrases beside them play which part in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MEETING = r"(?:meetings?|talks?|summit|negotiations?|discussions?|session|conference|sit-down|consultations?|dialogue|gathering|round\s+of\s+talks|rounds?)"
REMAINS = re.compile(
    r"\b(?:remains|bodies|body|skeletons?|bones|corpses?|sets?|war\s+dead|(?:the\s+)?dead|fallen|boxes|box|caskets?|coffins?|cases?|containers?|ashes|servicemen|service\s+members|soldiers|individuals|Americans|men)\b",
    re.IGNORECASE,
)
HUMAN = re.compile(
    r"\b(?:remains|bodies|body|skeletons?|bones|corpses?|war\s+dead|sets|set|dead|fallen)\b", re.IGNORECASE
)
GOODS = re.compile(
    r"\b(?:coffins?|caskets?|flags?|cases?|boxes|containers?|trestles?|supplies|equipment|crates?|wreaths?|payments?|money|cash|fuel|rice|vehicles?|trucks?|list|documents?|records|dog\s+tags?|uniforms?|boots|samples?)\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(?:soldiers?|marines?|sailors?|airm[ae]n|servicem[ae]n|service\s*members?|m[ae]n|personnel|remains|sets?|Americans?|troops|veterans?|individuals?|unknowns?|bodies|brother|father|uncle|son|husband|GIs?|POWs?|MIAs?|Sgt|Cpl|Pfc|Pvt|Lt|Capt|Maj|Col|Army|them|they|he|who)\b|\d",
    re.IGNORECASE,
)
WORK = re.compile(
    r"\b(?:search(?:es)?|operations?|recover(?:y|ies)|missions?|excavations?|program(?:me)?s?|efforts?|work|activit(?:y|ies)|fieldwork|field\s+work|planning|plans|disinterments?|exhumations?|investigations?|project|digs?|digging|cooperation|teams?|JROs?)\b",
    re.IGNORECASE,
)
NOT_WORK = re.compile(
    r"\b(?:military\s+(?:exercises?|drills?)|nuclear|missile|rescue\s+at|relief\s+operation|combat\s+operation)\b",
    re.IGNORECASE,
)
ABOUT_MEETING = re.compile(rf"\b(?:{MEETING}|visit|it|date|delegation)\b", re.IGNORECASE)

_BE = r"(?:was|were|been|be|being|is|are|'s|get|got)"
_ADV = r"(?:\s+\w+ly|\s+then|\s+also|\s+later|\s+never|\s+not|\s+since|\s+first|\s+again|\s+now|\s+already|\s+jointly)?"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of an event.

    subject, object: the roles of the noun phrases before and after them in the active. passive: the words before are what it is
    done to. subject_must, object_must: what those phrases have to speak of. roles: prepositions to roles.
    """

    kind: str
    pattern: re.Pattern[str]
    confidence: float
    subject: str = "who"
    object: str = "thing"
    passive: bool = False
    subject_must: re.Pattern[str] | None = None
    object_must: re.Pattern[str] | None = None
    either_must: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    polarity: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


def _cue(kind: str, pattern: str, confidence: float, **more: object) -> Cue:
    return Cue(kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE), confidence, **more)  # type: ignore[arg-type]


_TO_FROM = {"to": "to", "from": "from", "by": "by"}
_BRING = r"br(?:ought|ings?|inging)\s+(?:home|back)|fl(?:ew|own|ies)\s+(?:home|back|out)|returned\s+(?:home\s+)?with|left\s+with|carried\s+(?:home|back)|escort(?:ed|s)?"
_HAND = r"(?:hand|turn)(?:ed|s|ing)?(?=\s+(?:[\w,-]+\s+){1,8}over\b)|hand(?:ed|s|ing)?\s+over|turn(?:ed|s|ing)?\s+over|return(?:ed|s|ing)?|repatriat(?:ed|es?|ing)|gave\s+back|give[sn]?\s+back|giv(?:e|en|ing)\s+(?:back|over)|sen[dt]\s+back|sen[dt]\s+home|transferr?(?:ed|s|ing)?|released?|surrender(?:ed)?|shipped\s+home"
_HAND_PAST = r"handed\s+over|turned\s+over|returned|repatriated|given\s+(?:back|over)|sent\s+(?:back|home)|transferred|brought\s+(?:home|back|out)|flown\s+(?:home|back|out)|released|surrendered|received|delivered|exchanged|accepted"
_FIND = r"recover(?:ed|s|ing)?|f(?:ound|inds?|inding)|unearth(?:ed|s|ing)?|excavat(?:ed|es?|ing)|exhum(?:ed|es?|ing)|disinter(?:red|s|ring)?|discover(?:ed|s|ing)?|locat(?:ed|es?|ing)|uncover(?:ed|s)?|dug\s+up|retriev(?:ed|es?|ing)"
_START = r"be(?:gan|gin|gins|gun|ginning)|start(?:ed|s|ing)?|launch(?:ed|es|ing)?|resum(?:ed|es?|ing)|restart(?:ed|s|ing)?|conduct(?:ed|s|ing)?|carr(?:ied|y|ies|ying)\s+out|undert(?:ook|aken?|aking)|open(?:ed|s)?|re-?start(?:ed)?|mount(?:ed)?"
_STOP = r"suspend(?:ed|s|ing)?|halt(?:ed|s|ing)?|call(?:ed|s|ing)?\s+off|end(?:ed|s|ing)?|stopp?(?:ed|s|ing)?|cancell?(?:ed|s|ing)?|br(?:oke|oken|eak)\s+off|cut\s+off|pull(?:ed)?\s+out\s+of|froze|frozen|freez(?:e|ing)|shut\s+down|terminat(?:ed|es?)|paus(?:ed|es?|ing)|abandon(?:ed)?|discontinu(?:ed|es?)|put\s+on\s+hold"

CUES: tuple[Cue, ...] = (
    # A meeting that one side did not come to.
    _cue(
        "meeting-missed",
        rf"{_BE}\s+(?:an?\s+)?no[-\s]shows?|(?:fail(?:ed|s)?|refused|neglected)\s+to\s+(?:show(?:\s+up)?|appear|attend|turn\s+up|arrive|come)\b|did(?:\s+not|n[’']t)\s+(?:show(?:\s+up)?|appear|attend|turn\s+up|arrive)\b|never\s+(?:showed(?:\s+up)?|turned\s+up|appeared|arrived)\b|stayed\s+away\s+from|ditch(?:ed)?|skipp(?:ed|ing)|boycott(?:ed)?|no[-\s]showed",
        0.9,
        object="thing",
        roles={"with": "with", "at": "at"},
        polarity="happened",
        name="did not come",
    ),
    _cue(
        "meeting-missed",
        rf"did(?:\s+not|n[’']t)\s+come\b(?=[^.]*\b{MEETING})|miss(?:ed)?\s+(?:the|a)\s+(?:[\w-]+\s+){{0,3}}{MEETING}",
        0.75,
        roles={"with": "with"},
        polarity="happened",
        name="did not come",
    ),
    _cue(
        "meeting-missed",
        r"left\s+waiting|stood\s+up(?=\s+(?:by|at|on|in)\b|[.,])|waited\s+in\s+vain|kept\s+waiting",
        0.75,
        subject="with",
        passive=True,
        roles={"by": "who", "for": "who"},
        polarity="happened",
        name="left waiting",
    ),
    _cue(
        "meeting-missed",
        r"no-shows?\b",
        0.6,
        subject="",
        object="",
        roles={"by": "who", "of": "who", "at": "at"},
        polarity="happened",
        name="no-show",
    ),
    # A meeting that was set, moved, called off.
    _cue(
        "meeting-moved",
        rf"re-?scheduled|(?:{_BE}|has\s+been|have\s+been)\s+(?:moved|postponed|pushed\s+back|put\s+off|delayed|deferred)",
        0.9,
        subject="thing",
        passive=True,
        subject_must=ABOUT_MEETING,
        roles={"by": "who"},
        name="moved",
    ),
    _cue(
        "meeting-moved",
        rf"(?:moved|postpon(?:ed?|es|ing)|push(?:ed)?\s+back|put\s+off|delay(?:ed|s)?|reschedul(?:ed?|es|ing))(?=\s+(?:the|a|their|its|this|that)\b[^.]{{0,50}}{MEETING})",
        0.85,
        name="moved",
    ),
    _cue(
        "meeting-moved",
        rf"(?:propos(?:ed|es?|ing)|offer(?:ed|s)?|suggest(?:ed|s)?)(?:\s+(?:to|that|holding|hold|meeting|a|the|general\w*|new))*[^.;]{{0,40}}\b(?:meet|{MEETING})[^.;]{{0,40}}\b(?:instead|on\s+(?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|July|June|Aug)|for\s+(?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday))",
        0.7,
        polarity="planned",
        name="proposed another day",
    ),
    _cue(
        "meeting-cancelled",
        rf"(?:cancell?(?:ed|s|ing)?|call(?:ed|s|ing)?\s+off|scrapp(?:ed|ing))(?=\s+(?:the|a|their|its|this|that|\w+['’]s)\b[^.]{{0,50}}{MEETING})",
        0.9,
        name="called off",
    ),
    _cue(
        "meeting-cancelled",
        rf"{_BE}\s+(?:cancell?ed|called\s+off|scrapped)",
        0.88,
        subject="thing",
        passive=True,
        subject_must=re.compile(rf"\b{MEETING}|\bvisit\b|\btrip\b", re.IGNORECASE),
        roles={"by": "who"},
        name="called off",
    ),
    _cue(
        "meeting-scheduled",
        rf"(?:{_BE}|had\s+been|has\s+been|have\s+been){_ADV}\s+(?:scheduled|set|planned|slated|due|arranged|expected|agreed)\s+(?:for|on|to\s+(?:take\s+place|be\s+held|begin|start|resume|meet|happen))",
        0.88,
        subject="thing",
        passive=True,
        subject_must=ABOUT_MEETING,
        roles={"by": "who"},
        polarity="planned",
        name="set for",
    ),
    _cue(
        "meeting-scheduled",
        rf"(?:will|would|plan(?:s|ned)?\s+to|{_BE}\s+(?:scheduled|set|due|expected|to|slated|going\s+to)(?:\s+to)?|agreed\s+to|hop(?:es?|ed)\s+to|want(?:s|ed)?\s+to|expect(?:s|ed)?\s+to|intend(?:s|ed)?\s+to|ready\s+to|prepar(?:es?|ed|ing)\s+to){_ADV}\s+(?:meet|hold\s+(?:[\w-]+\s+){{0,3}}{MEETING}|have\s+(?:[\w-]+\s+){{0,3}}(?:meeting|talks)|resume\s+(?:[\w-]+\s+){{0,2}}{MEETING})\b",
        0.85,
        object="with",
        roles={"with": "with"},
        polarity="planned",
        name="will meet",
    ),
    _cue(
        "meeting-scheduled",
        rf"(?:schedul(?:ed?|ing)|announc(?:ed|ing)|arrang(?:ed|ing)|set)\s+(?:a|an|the|another|new)?\s*(?:[\w-]+\s+){{0,3}}{MEETING}\b(?:\s+with\b|\s+for\b|\s+on\b)",
        0.75,
        roles={"with": "with"},
        polarity="planned",
        name="set a meeting",
    ),
    # The level of a meeting.
    _cue(
        "level-raised",
        r"(?:upgrad|elevat)(?:ed|e|es|ing)\b|rais(?:ed|e|ing)\s+(?:the\s+)?level\b|raised\s+to\s+(?:the\s+)?(?:\w+\s+){0,2}level|(?:to\s+)?be\s+(?:raised|lifted|upgraded|elevated)(?=\s+to\b|[.,\"”]|$)",
        0.85,
        subject="thing",
        passive=True,
        subject_must=re.compile(rf"\b{MEETING}|\blevel|\bit\b|\bthey\b", re.IGNORECASE),
        roles={"to": "level", "by": "who"},
        name="raised",
    ),
    _cue(
        "level-raised",
        rf"(?:upgrad|elevat|rais)(?:ed|e|es|ing)(?=\s+(?:the|their|its)\b[^.]{{0,30}}(?:{MEETING}|level))",
        0.85,
        roles={"to": "level"},
        name="raised",
    ),
    _cue(
        "level-raised",
        r"(?:general(?:-officer)?[-\s]level|higher[-\s]level|senior[-\s]level)\s+(?:talks|meeting|dialogue)(?=\s+instead)",
        0.6,
        subject="who",
        name="of higher level",
    ),
    # A meeting that took place.
    _cue(
        "meeting-held",
        rf"(?:met|sat\s+down)(?=\s+(?:with|at|in|on|for|again|to|face|Thursday|Friday|Monday|Tuesday|Wednesday|Saturday|Sunday|[A-Z]|his|her|their|representatives|officials|North|South|US)|[.,])(?!\s+(?:the\s+)?(?:criteria|conditions|demands|requirements|deadline))",
        0.85,
        object="with",
        roles={"with": "with"},
        never=re.compile(
            r"^(?:criteria|conditions|demands|needs|his\s+death|death|resistance|fierce|heavy|the\s+enemy)\b",
            re.IGNORECASE,
        ),
        name="met",
    ),
    _cue(
        "meeting-held",
        rf"(?:h[eo]ld|holding|conducted|wrapped\s+up|concluded|completed|ended|finished|opened|attended|had)(?=\s+(?:(?:of|days|a|an|the|their|its|two|several|another|more|first|new|rare|working[-\s]level|general[-\s]level|high[-\s]level|military|face-to-face|[\w-]+)\s+){{0,4}}{MEETING}\b)",
        0.85,
        roles={"with": "with"},
        object_must=re.compile(rf"\b{MEETING}", re.IGNORECASE),
        name="held talks",
    ),
    _cue(
        "meeting-held",
        rf"(?:{_BE}{_ADV}\s+held|took\s+place|concluded|ended|opened|began|resumed|lasted|were\s+productive)\b",
        0.8,
        subject="thing",
        passive=True,
        subject_must=re.compile(rf"\b{MEETING}\b", re.IGNORECASE),
        roles={"with": "with", "between": "who"},
        name="was held",
    ),
    _cue(
        "meeting-held",
        r"(?:historic|landmark|first|their|the|last|recent|failed|second|previous|(?-i:[A-Z][a-z]+))\s+(?:(?-i:[A-Z])[\w.]+\s+|\d+\s+){0,3}summit\b(?=\s+(?:in|at|on|with|between|last)\b)|summit\s+(?:in|at)\s+(?=[A-Z])",
        0.65,
        subject="",
        object="",
        roles={"with": "with", "between": "who"},
        name="summit",
    ),
    # Contact and request.
    _cue(
        "contact",
        rf"(?:a\s+|the\s+)?(?:phone\s+|telephone\s+)?calls?\s+{_BE}\s+(?:made|placed)|(?:made|placed)\s+(?:a|the)\s+(?:phone\s+|telephone\s+)?call",
        0.88,
        subject="who",
        roles={"to": "to", "by": "who"},
        name="call",
    ),
    _cue(
        "contact",
        r"(?:phoned|telephoned|contacted|e-?mailed|faxed|radioed)\b|(?:sent|delivered|passed|conveyed)\s+(?:a|the|several|two|an)\s+(?:[\w-]+\s+){0,2}(?:letters?|messages?|notes?|telegrams?|faxes|fax)",
        0.82,
        object="to",
        roles={"to": "to"},
        name="message",
    ),
    _cue(
        "contact",
        r"(?:called|notified|reached\s+out\s+to)(?=\s+(?:the\s+)?(?:North|South|UN|U\.N\.|United\s+Nations|US|U\.S\.|Pyongyang|Seoul|Washington|Panmunjom|DPRK|KPA|UNC)\b)",
        0.7,
        object="to",
        name="call",
    ),
    _cue(
        "contact",
        r"(?:had|been|being)\s+(?:no|in)\s+(?:[\w-]+\s+)?contact|(?:lost|re-?established|restored|broken\s+off)\s+(?:[\w-]+\s+)?(?:contact|communications?)|(?:communicated|corresponded)(?=\s+with)",
        0.65,
        roles={"with": "with"},
        name="in contact",
    ),
    _cue(
        "request",
        r"(?:ask(?:ed|s|ing)?(?:\s+for)?|request(?:ed|s|ing)?|demand(?:ed|s|ing)?|urg(?:ed|es|ing)|press(?:ed|es|ing)|call(?:ed|s|ing)?\s+(?:on|for|upon)|appeal(?:ed|s)?\s+(?:to|for)|petition(?:ed|s)?|implor(?:ed|es)|sought|seek(?:s|ing)?|insist(?:ed|s|ing)?\s+on)\b(?!\s+(?:about|whether|why|how|if|what)\b)",
        0.75,
        object="thing",
        roles={"from": "to", "to": "purpose"},
        name="asked",
    ),
    _cue(
        "request",
        r"want(?:s|ed)\s+(?=(?:an?|the|its|their|his|her|more|US|U\.S\.|North|South|\$?\d|general|senior)\b)",
        0.7,
        object="thing",
        roles={},
        name="wants",
    ),
    # Agreement.
    _cue(
        "agreement",
        r"agree(?:d|s|ing)?\s+(?:to|on|that|in\s+principle)\b|reach(?:ed|es|ing)?\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}(?:agreement|deal|accord|understanding|arrangement)\b|commit(?:ted|s)?\s+(?:themselves\s+|itself\s+|himself\s+)?to\b|(?:pledg|promis|vow)(?:ed|es|ing)\s+to\b",
        0.8,
        object="thing",
        roles={"with": "with"},
        name="agreed",
    ),
    _cue(
        "agreement",
        r"(?:sign(?:ed|s|ing)?|issu(?:ed|es|ing)|conclud(?:ed|es)|adopt(?:ed|s))(?=\s+(?:an?|the|their|its|two|another|\w+)\s+(?:[\w-]+\s+){0,4}(?:agreement|accord|declaration|joint\s+statement|memorandum|treaty|armistice|pact|deal|document|plan|arrangement|communiqu[eé]))",
        0.88,
        roles={"with": "with"},
        name="signed",
    ),
    _cue(
        "agreement",
        rf"(?:agreement|accord|declaration|joint\s+statement|memorandum|treaty|armistice|deal|arrangement)\s+(?:[^.,;]{{0,40}}?\s)?(?:{_BE}\s+(?:signed|reached|concluded|made|issued)|took\s+effect|came\s+into\s+force)",
        0.85,
        subject="",
        object="",
        roles={"by": "who", "between": "who", "with": "with"},
        name="was signed",
    ),
    _cue(
        "agreement",
        r"(?:joint\s+(?:declaration|statement|communiqu[eé])|agreement|accord|memorandum\s+of\s+(?:understanding|agreement))\s+(?=between|signed|by|that|reached|issued|from)",
        0.75,
        subject="",
        object="",
        roles={"between": "who", "by": "who"},
        name="joint text",
    ),
    _cue(
        "agreement",
        r"(?:halted|ended|stopped|suspended|concluded|closed)\s+(?:[\w-]+\s+){0,4}?(?:by|with|in)\s+(?:an?|the)\s+(?:[\w-]+\s+)?(?:armistice|truce|cease-?fire)|(?:an?|the)\s+(?:[\w-]+\s+)?(?:armistice|truce|cease-?fire)\s+(?:[^.,;]{0,30}?\s)?(?:halted|ended|stopped)",
        0.8,
        subject="",
        object="",
        name="armistice",
    ),
    # Delivery and handover.
    _cue(
        "delivery",
        r"(?:deliver(?:ed|s|ing)?|mov(?:ed|es|ing)|ship(?:ped|s|ping)?|transport(?:ed|s|ing)?|truck(?:ed|s|ing)?|s(?:ent|end|ends|ending)|br(?:ought|ings?|inging)|t(?:ook|akes?|aking)|carr(?:ied|y|ies|ying)|provid(?:ed|es|ing)|suppl(?:ied|ies|ying)|haul(?:ed|ing)?|dispatch(?:ed|es|ing)?)(?!\s+(?:home|back|over|part|place|note|off)\b)",
        0.85,
        subject="from",
        object="thing",
        object_must=GOODS,
        never=HUMAN,
        roles={"to": "to", "into": "to", "toward": "to"},
        name="delivered",
    ),
    _cue(
        "delivery",
        rf"{_BE}{_ADV}\s+(?:delivered|moved|shipped|transported|trucked|sent|brought|taken|carried|provided|supplied|hauled|dispatched)(?!\s+(?:home|back|over|part|off)\b)",
        0.83,
        subject="thing",
        passive=True,
        subject_must=GOODS,
        never=HUMAN,
        roles={"to": "to", "by": "from", "from": "from"},
        name="was delivered",
    ),
    _cue(
        "delivery",
        r"cross(?:ed|es|ing)?\s+(?:over\s+)?(?:the\s+)?(?:border|DMZ|line|demarcation\s+line|into)",
        0.7,
        subject="thing",
        passive=True,
        subject_must=GOODS,
        never=HUMAN,
        roles={"into": "to", "to": "to"},
        name="crossed the border",
    ),
    _cue(
        "handover",
        _BRING,
        0.83,
        subject="who",
        object="thing",
        object_must=REMAINS,
        roles=_TO_FROM,
        name="brought home",
    ),
    _cue(
        "handover",
        _HAND,
        0.85,
        subject="from",
        object="thing",
        object_must=REMAINS,
        never=re.compile(r"^(?:the\s+)?(?:searches|soldiers\s+to\s+duty)\b|\bto\s+duty\b", re.IGNORECASE),
        roles=_TO_FROM,
        name="handed over",
    ),
    _cue(
        "handover",
        rf"{_BE}{_ADV}\s+(?:{_HAND_PAST})\b",
        0.85,
        subject="thing",
        passive=True,
        subject_must=HUMAN,
        roles={"to": "to", "by": "from", "from": "from"},
        name="was handed over",
    ),
    _cue(
        "handover",
        rf"{_BE}{_ADV}\s+(?:handed\s+over|turned\s+over|returned|repatriated|sent\s+(?:back|home)|brought\s+home)\b",
        0.8,
        subject="thing",
        passive=True,
        subject_must=re.compile(r"\b(?:boxes|caskets?|coffins?|cases|they|sets?|\d+)\b", re.IGNORECASE),
        roles={"to": "to", "by": "from", "from": "from"},
        name="was handed over",
    ),
    _cue(
        "handover",
        r"(?:receiv(?:ed|es?|ing)|accept(?:ed|s|ing)?|took\s+(?:custody|possession)\s+of|got\s+back|pick(?:ed)?\s+up|collect(?:ed|s)?)\b",
        0.8,
        subject="to",
        object="thing",
        object_must=REMAINS,
        roles={"from": "from"},
        name="received",
    ),
    _cue(
        "handover",
        r"(?:hand-?over|turn-?over|repatriation|transfer|return|exchange)\s+(?:of\s+[^.,;]{3,60}?\s)?(?:took\s+place|occurred|happened|was\s+(?:held|completed|carried\s+out)|came|had\s+taken\s+place)",
        0.85,
        subject="",
        object="",
        roles={"to": "to", "from": "from"},
        name="handover took place",
    ),
    _cue(
        "handover",
        r"(?:be(?:gan|gin|gins|ginning|gun)|start(?:ed|s|ing)?|complet(?:ed?|es|ing)|carr(?:ied|y|ies)\s+out|resum(?:ed?|es|ing)|conduct(?:ed|s)?)(?=\s+(?:the\s+|to\s+|with\s+the\s+|a\s+)?(?:\w+\s+)?(?:hand-?over|turn-?over|repatriation|transfer|return(?:ing)?)\b)",
        0.83,
        subject="from",
        object="thing",
        roles=_TO_FROM,
        name="begin the handover",
    ),
    # Operations.
    _cue("operation-suspended", _STOP, 0.87, object="thing", object_must=WORK, never=NOT_WORK, name="suspended"),
    _cue(
        "operation-suspended",
        rf"{_BE}{_ADV}\s+(?:suspended|halted|called\s+off|ended|stopped|cancell?ed|broken\s+off|cut\s+off|frozen|shut\s+down|terminated|paused|put\s+on\s+hold|abandoned|discontinued)\b|(?<=operations\s)(?:ended|stopped|ceased)|(?<=searches\s)(?:ended|stopped|ceased)",
        0.87,
        subject="thing",
        passive=True,
        subject_must=WORK,
        never=NOT_WORK,
        roles={"by": "who"},
        name="was suspended",
    ),
    _cue(
        "operation-begun",
        rf"(?:{_BE}|have\s+been|has\s+been){_ADV}\s+(?:planned|scheduled|set|slated|expected)\b",
        0.75,
        subject="thing",
        passive=True,
        subject_must=WORK,
        never=re.compile(rf"{NOT_WORK.pattern}|\b{MEETING}", re.IGNORECASE),
        polarity="planned",
        roles={"in": "at", "by": "who"},
        name="was planned",
    ),
    _cue(
        "operation-begun",
        _START,
        0.82,
        object="thing",
        object_must=WORK,
        never=re.compile(rf"{NOT_WORK.pattern}|\b(?:hand-?over|return|repatriation|nuclear)\b", re.IGNORECASE),
        roles={"in": "at", "with": "with"},
        name="began",
    ),
    _cue(
        "operation-begun",
        rf"{_BE}{_ADV}\s+(?:begun|started|launched|resumed|restarted|conducted|carried\s+out|undertaken|opened)\b|(?<=operations\s)(?:began|started|resumed)|(?<=searches\s)(?:began|started|resumed)",
        0.82,
        subject="thing",
        passive=True,
        subject_must=WORK,
        never=NOT_WORK,
        roles={"by": "who", "with": "with"},
        name="was begun",
    ),
    _cue(
        "operation-result",
        _FIND,
        0.85,
        object="thing",
        object_must=re.compile(
            rf"{HUMAN.pattern}|\b(?:caskets?|boxes|soldiers|men|Americans|individuals|unknowns|servicemen|service\s*members)\b",
            re.IGNORECASE,
        ),
        roles={"from": "from", "by": "who"},
        name="recovered",
    ),
    _cue(
        "operation-result",
        rf"{_BE}{_ADV}\s+(?:recovered|found|unearthed|excavated|exhumed|disinterred|discovered|located|uncovered|dug\s+up|retrieved)\b",
        0.83,
        subject="thing",
        passive=True,
        subject_must=re.compile(rf"{HUMAN.pattern}|\b(?:caskets?|boxes|unknowns|\d+)\b", re.IGNORECASE),
        roles={"by": "who", "from": "from"},
        name="was recovered",
    ),
    # Identification.
    _cue(
        "identification",
        rf"{_BE}{_ADV}\s+(?:(?:positively|officially|formally|scientifically|finally)\s+)?(?:identified|accounted\s+for)\b(?!\s+as\s+(?:a|an|the)\b)",
        0.85,
        subject="thing",
        passive=True,
        subject_must=PEOPLE,
        roles={"by": "who", "through": "means", "using": "means", "from": "from"},
        name="was identified",
    ),
    _cue(
        "identification",
        r"(?:positively\s+|since\s+)?identif(?:ied|ies|ying|y)(?=\s+(?:the\s+)?(?:\w+\s+){0,6}(?:remains|soldiers?|sets?|men|marines?|servicemen|individuals?|Americans?|them|bodies|\d+|two|three|four|five|six|Sgt|Cpl|Pfc|Army|Lt))|(?:made|announced)\s+(?:the\s+|its\s+)?(?:\w+\s+){0,2}identifications?\b",
        0.8,
        object="thing",
        roles={"from": "from", "as": "as"},
        name="identified",
    ),
    _cue(
        "identification",
        rf"(?:has|have)\s+been\s+accounted\s+for|accounted\s+for(?=\s+(?:on|in|by|\d|[A-Z]\w+\s+\d))",
        0.75,
        subject="thing",
        passive=True,
        roles={"by": "who"},
        name="accounted for",
    ),
    # Saying something on an occasion.
    _cue(
        "statement-made",
        r"testif(?:ied|ies|ying)|(?:gave|delivered)\s+(?:\w+\s+){0,2}(?:testimony|speech|briefing|interview|remarks)|(?:issued|released)\s+(?:a|the|its|an)\s+(?:\w+\s+){0,2}(?:statement|fact\s+sheet|press\s+release|report|commentary)|briefed\s+(?=\w)|(?:told|revealed\s+to|informed)\s+(?=(?:the\s+|a\s+|members\s+of\s+)?(?:[\w.-]+\s+){0,4}(?:Committee|Subcommittee|Senate|Congress|hearing|lawmakers|reporters\s+at|briefing|news\s+conference|press\s+conference))|said\s+in\s+(?:a|an)\s+(?:\w+\s+){0,2}(?:statement|interview|speech|tweet|briefing|news\s+conference|release)|told\s+(?:\w+\s+){0,3}(?:rally|crowd|supporters)",
        0.75,
        object="to",
        roles={"to": "to", "before": "to"},
        name="spoke on an occasion",
    ),
)
