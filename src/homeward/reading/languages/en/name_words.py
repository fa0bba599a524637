"""English words that tell what a name is a name of."""

from __future__ import annotations

import re

from homeward.reading.languages.en.words import word_list

GIVEN = word_list("given_names.txt")
KOREAN_FAMILY = frozenset(
    [
        "Kim",
        "Lee",
        "Park",
        "Choi",
        "Jung",
        "Chung",
        "Jeong",
        "Chong",
        "Kang",
        "Gang",
        "Cho",
        "Jo",
        "Yoon",
        "Yun",
        "Jang",
        "Chang",
        "Lim",
        "Im",
        "Rim",
        "Han",
        "Oh",
        "Seo",
        "Shin",
        "Sin",
        "Kwon",
        "Hwang",
        "Ahn",
        "An",
        "Song",
        "Ryu",
        "Yoo",
        "Yu",
        "Hong",
        "Jeon",
        "Chon",
        "Ko",
        "Moon",
        "Mun",
        "Yang",
        "Son",
        "Pae",
        "Bae",
        "Paik",
        "Paek",
        "Baek",
        "Heo",
        "Ho",
        "Nam",
        "Sim",
        "Noh",
        "Roh",
        "No",
        "Ha",
        "Kwak",
        "Sung",
        "Cha",
        "Ju",
        "Woo",
        "U",
        "Koo",
        "Min",
        "Ryom",
        "Pak",
        "Ri",
        "Rhee",
        "Yi",
        "Choe",
        "Hyon",
        "Thae",
    ]
)
ORGANISATION = re.compile(
    r"^(?:Agency|Department|Ministry|Committee|Subcommittee|Commission|Command|Association|Office|Institute|Institution|Center|Centre|University|College|Council|"
    r"Foundation|League|Coalition|Legion|Society|Bureau|Network|Union|Party|Congress|Senate|Parliament|Assembly|Laboratory|Embassy|Administration|Organization|Organisation|"
    r"Group|Alliance|Federation|Directorate|Authority|Mission|Times|Post|Herald|News|Journal|Tribune|Daily|Magazine|Radio|Television|Corps|Forces)$"
)
PRESS = re.compile(r"^(?:Times|Post|Herald|News|Journal|Tribune|Daily|Magazine|Radio|Television|Network)$")
KINDS = {
    "Department": "ministry", "Ministry": "ministry", "Committee": "legislature", "Subcommittee": "legislature", "Congress": "legislature", "Senate": "legislature",
    "Parliament": "legislature", "Assembly": "legislature", "Command": "command", "Laboratory": "laboratory", "Forces": "forces", "Corps": "forces", "Foundation": "non-profit",
    "Association": "non-profit", "League": "non-profit", "Coalition": "non-profit", "Society": "non-profit", "University": "non-profit", "Institute": "non-profit",
    "Agency": "agency", "Office": "agency", "Bureau": "agency", "Center": "agency",
}  # fmt: skip
PLACE = re.compile(
    r"^(?:County|Province|River|Reservoir|Base|Airport|Airfield|Island|Islands|Mountain|Mountains|Peninsula|Sea|Bay|Valley|Ridge|Cemetery|Village|City|Park|Fort|Hospital|Bridge|Lake|Pass|Harbor|Beach|Zone)$"
)
PLACE_KINDS = {
    "County": "county",
    "River": "water",
    "Reservoir": "water",
    "Sea": "water",
    "Lake": "water",
    "Bay": "water",
    "Airport": "airfield",
    "Airfield": "airfield",
    "Cemetery": "cemetery",
    "City": "settlement",
    "Village": "settlement",
}
KOREAN_PLACE = re.compile(r"^[A-Z][\w'’]+(?:[-–](?:ri|ni|dong|gun|kun|up|eup|do|myon|myeon|san|gang|si))+$")
UNIT = re.compile(
    r"^(?:Division|Regiment|Battalion|Company|Brigade|Squadron|Infantry|Cavalry|Artillery|Platoon|Battery|Regimental|Combat|Team|Wing|Fleet)$"
)
NOT_NAMES = frozenset(
    ["The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "His", "Her", "Its", "Their", "Our", "This", "That", "These", "Those", "There", "In", "On", "At", "But", "And", "Or", "So", "After", "Before", "As", "When", "While", "If", "Since", "Although", "Though", "Both", "Some", "Many", "Most", "All", "No", "Not", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "However", "Meanwhile", "For", "According", "From", "With", "Last", "Of", "By", "To", "About", "More", "Than", "Nearly", "Other", "Another", "Each", "Every", "Such", "Only", "Even", "Also", "Then", "Now", "Here", "Where", "Who", "What", "Which", "Why", "How", "Under", "Over", "During", "Between", "Among", "Against", "Through", "Until", "Upon", "Within", "Without", "Despite", "Because", "Once", "Yet", "Still", "Just", "Former", "Late", "Earlier", "Later", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "War", "Wars", "World", "Cold", "Korean", "Operation", "Joint", "Summit", "Agreement", "Declaration", "Armistice", "Statement", "Treaty", "Accord", "Photo", "Video", "File", "Image", "Courtesy", "Source", "Sources", "Officials", "Talks", "Remains", "Soldiers", "Troops", "POW", "MIA", "POWs", "MIAs", "DNA", "GI", "GIs", "KIA", "Purple", "Heart", "Silver", "Star", "Medal", "Honor", "Bronze", "Good", "Yes", "Well", "Oh", "God", "Christmas", "Thanksgiving", "Memorial", "Day", "Veterans", "Boy", "Mom", "Dad", "Mother", "Father", "Editor", "Note", "Read", "More", "Related", "Unknown", "Unknowns", "Chiefs", "Staff", "Fact", "Sheet", "Progress", "Total", "Year", "Number", "Status", "Report", "Table", "Figure", "English", "Korean", "Hangul", "Story"]
)  # fmt: skip

CREDIT = re.compile(
    r"\((?=[^()\n]{0,100}(?:\b[Pp]hoto\b|\bPHOTO\b|/|\b[Vv]ia\b))(?=[^()\n]{0,100}\b(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Yonhap|Xinhua|Kyodo|Flickr|Associated\s+Press|Agence\s+France|U\.?S\.?\s+(?:Army|Navy|Air\s+Force|Marine|Department|Defense)|[Pp]hoto)\b)[^()\n]{3,120}\)"
    r"|\b(?:PHOTO|Photo|Photo\s+by|Photograph|Credit|Image):\s*[^\n]{2,60}$",
    re.MULTILINE,
)
"""The names of who took a picture, at the end of its caption."""
OCCUPATION = re.compile(
    r"(?:ologist|Officer|Director|Adviser|Advisor|Examiner|Scientist|Historian|Negotiator|Executive|Staff|Counsel|Engineer|Operator|Coordinator|Manager)$"
)
"""What a name does not end with: "the agency's Chief Forensic Pathologist"."""
COURTESY = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Rev|Father|Sister|Sir)\.?"
RANK = (
    r"(?:(?:Lt|Maj|Brig|Rear|Vice|Lieutenant|Major|Brigadier|First|1st|2nd|Second|Staff|Master|Command|Tech|Technical|Chief|Sgt|Sergeant|Gunnery|Warrant)\.?\s+)*"
    r"(?:General|Gen|Colonel|Col|Major|Maj|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Corporal|Cpl|Private|Pvt|Pfc|PFC|Specialist|Spc|Admiral|Adm|Commander|Cmdr|Ensign|Airman|Seaman|Officer|Major|Sgt\.?\s+(?:1st|First)\s+Class|Private\s+First\s+Class|(?:[A-Z][a-z]+(?:[’']s)?\s+){0,2}(?:1st|2nd|3rd|First|Second|Third)\s+Class)\.?"
)
TITLE_WORD = re.compile(
    r"^(?:Lt|Gen|Col|Maj|Capt|Sgt|Cpl|Pfc|Pvt|Adm|Brig|Rear|Cmdr|Staff|Master|Class|General|Colonel|Major|Captain|Lieutenant|Sergeant|Corporal|Private|Admiral|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|"
    r"President|Secretary|Minister|Ambassador|Director|Spokesman|Spokeswoman|Senator|Governor|Chairman|Commander|Chief|Jr|Sr|[.])$"
)
OFFICE_HEAD = (
    r"(?:[Vv]ice\s+[Pp]resident|[Pp]resident(?:-elect)?|[Pp]rime\s+[Mm]inister|(?:[Dd]eputy\s+|[Aa]ssistant\s+|[Uu]nder\s?)?[Ss]ecretary(?:\s+of\s+(?:State|Defense|Veterans?\s+Affairs|the\s+(?:Army|Navy|Air\s+Force))(?:\s+for\s+[\w/\s]{3,40}?)?|[-\s][Gg]eneral)?|"
    r"(?:[Vv]ice\s+)?(?:[Ff]oreign\s+|[Dd]efen[sc]e\s+|[Uu]nification\s+)?[Mm]inister|[Aa]mbassador(?:\s+to\s+[A-Z][\w\s]{2,30}?)?|(?:[Ss]pecial\s+)?(?:[Ee]nvoy|[Rr]epresentative)|[Gg]overnor|Gov\.?|[Ss]enator|Sen\.?|Rep\.?|[Cc]ongress(?:man|woman)|"
    r"(?:[Dd]eputy\s+|[Aa]cting\s+|[Ee]xecutive\s+)?[Dd]irector|(?:[Dd]eputy\s+)?[Cc]ommander|(?:[Vv]ice\s+)?[Cc]hair(?:man|woman|person)?|[Ss]pokes(?:man|woman|person)|(?:[Ss]upreme\s+)?[Ll]eader|[Rr]uler|[Dd]ictator|"
    r"[Hh]istorian|[Aa]nalyst|[Aa]nthropologist|[Aa]rchaeologist|[Ss]cientist|[Rr]esearcher|[Cc]hief|[Nn]egotiator|[Aa]dviser|[Aa]dvisor|[Cc]oordinator|[Aa]ttach[eé]|[Oo]fficial|[Vv]eteran|[Dd]iplomat|[Cc]hief\s+of\s+[Ss]taff|[Jj]ustice|[Kk]ing|[Ee]xaminer|[Mm]anager|[Ll]iaison)"
)
MODIFIER = r"(?:[Ff]ormer|[Tt]hen|[Tt]hen-|[Ee]x-|[Aa]cting|[Oo]utgoing|[Rr]etired|[Ll]ate|[Cc]hief|[Ss]enior|[Tt]op|[Ll]ead|[Ss]pecial|[Nn]ational|[Ss]tate|[Pp]ress|[Mm]ilitary|[Nn]uclear|[Ff]orensic|[Dd]eputy|[Cc]urrent)"
OFFICE_BEFORE = re.compile(
    rf"(?P<office>(?:{MODIFIER}[\s-]+)*(?:(?:[A-Z][\w./&’'-]*(?:['’]s)?|{MODIFIER})[\s-]+){{0,5}}{OFFICE_HEAD}(?:\s+(?:of|for|at)\s+(?:the\s+)?[A-Z][\w/’'.-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w/’'.-]*){{0,6}})?)(?:,\s+|\s+)(?:(?:{RANK}|{COURTESY})\s+)?$"
)
RANK_BEFORE = re.compile(
    rf"(?P<office>(?:(?:{MODIFIER})\s+)?(?:(?:U\.?S\.?\s+)?(?:Army|Navy|Air\s+Force|Marine\s+Corps|Marine)\s+)?{RANK})\s+$"
)
COURTESY_BEFORE = re.compile(rf"\b{COURTESY}\s+$")
OFFICE_AFTER = re.compile(
    rf",\s+(?:who\s+(?:is|was|heads|led|leads)\s+)?(?P<office>(?:(?:a|an|the|his|its|their)\s+)?(?:[\w.’'/&-]+\s+){{0,7}}?{OFFICE_HEAD}\b(?:\s+(?:of|for|at|to|with|in)\s+[^,.;:]{{2,80}}?)?)(?=[,.;:]|\s+(?:said|told|who)\b|$)"
)
SAYS_AFTER = re.compile(
    r"(?:,\s+\d{2},)?\s*,?\s*(?:said|says|told|added|explained|recalled|noted|stated|wrote|testified|announced|died|enlisted|served|was\s+(?:born|reported|captured|killed|identified|accounted))\b"
)
AGE_AFTER = re.compile(r",\s+(?:then\s+)?\d{2,3}(?:\s+years\s+old)?,|\s*\(\d{2,3}\)|,\s+of\s+[A-Z]\w+")
KIN_BEFORE = re.compile(
    r"\b(?:wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|nephew|niece|cousin|grandson|granddaughter|named|called|veteran|survivor|comrade|friend|neighbou?r),?\s+$",
    re.IGNORECASE,
)
KIN_OF = re.compile(
    rf"\b(?:wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|nephew|niece|cousin|grandfather),?\s+(?:(?:Army|Navy|Air\s+Force|Marine)\s+)?(?:{RANK}\s+)?$",
    re.IGNORECASE,
)
MINISTRY = re.compile(
    r"(?P<name>(?:[A-Z][\w.]+(?:\s[A-Z][\w.]+)?(?:['’]s)?\s+)?(?:foreign|defen[cs]e|unification|interior|justice|health|culture|welfare|veterans)\s+ministry(?:\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*)?|"
    r"\bministry\s+of\s+(?:foreign\s+affairs|[a-z]+))\b"
)
LOCATIVE = re.compile(
    r"\b(?:in|into|inside|near|across|throughout|within|outside|at|around|toward|towards|out\s+of|northern|southern|eastern|western|central|entered|entering|visit(?:ed|ing)?|left|leaving|reach(?:ed|ing)?|of\s+northern|of\s+southern)\s+(?:the\s+|northern\s+|southern\s+|central\s+)?$",
    re.IGNORECASE,
)
DIRECTION = re.compile(r"\b(?:to|from)\s+(?:the\s+)?$", re.IGNORECASE)
MOTION = re.compile(
    r"\b(?:travel\w*|went|go|goes|going|gone|trip\w*|flew|fly|flown|flight|visit\w*|return\w*|sent|send|arriv\w*|drov\w*|drive|came|come|mov\w*|shipped|crossed|journey\w*|deploy\w*|back|access|remains|home|brought|bring|transferred?|flown|delegation|deliver\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
