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
        "Jin",
        "Kwag",
        "Hyun",
        "Byun",
        "Pyo",
        "Bang",
        "Pang",
        "Chu",
        "Choo",
        "Suh",
        "Jee",
        "Ji",
        "Um",
        "Eom",
        "Wang",
        "Tak",
        "Paeng",
        "Sok",
        "Seok",
        "Yeo",
        "Yo",
        "Yim",
        "Cheon",
        "Chun",
        "Gu",
        "Gwon",
        "Kwok",
        "Kook",
        "Na",
        "Ra",
        "Ma",
        "Mo",
        "Uh",
        "Ku",
    ]
)
CHINESE_FAMILY = frozenset(
    [
        "Zhang",
        "Wang",
        "Li",
        "Liu",
        "Chen",
        "Yang",
        "Zhao",
        "Huang",
        "Zhou",
        "Wu",
        "Xu",
        "Sun",
        "Ma",
        "Zhu",
        "Hu",
        "Guo",
        "He",
        "Lin",
        "Gao",
        "Luo",
        "Zheng",
        "Liang",
        "Xie",
        "Tang",
        "Song",
        "Feng",
        "Deng",
        "Cao",
        "Peng",
        "Zeng",
        "Xiao",
        "Tian",
        "Dong",
        "Pan",
        "Yuan",
        "Cai",
        "Jiang",
        "Yu",
        "Du",
        "Ye",
        "Cheng",
        "Wei",
        "Su",
        "Lu",
        "Ding",
        "Ren",
        "Shen",
        "Yao",
        "Cui",
        "Zhong",
        "Tan",
        "Fan",
        "Wan",
        "Shi",
        "Meng",
        "Bai",
        "Qin",
        "Qiu",
        "Jia",
        "Xia",
        "Dai",
        "Dou",
        "Pei",
        "Bi",
        "Hua",
        "Chang",
        "Kang",
        "Hao",
        "Gong",
        "Shao",
        "Wen",
        "Qian",
        "Yan",
        "Qi",
        "Geng",
        "Hou",
        "Kong",
        "Mao",
        "Mei",
        "Mo",
        "Niu",
        "Ouyang",
        "Pang",
        "Sima",
        "Tao",
        "Tong",
        "Wo",
        "Xiang",
        "Xiong",
        "Xue",
        "Yin",
        "You",
        "Zhai",
        "Zou",
    ]
)
VIETNAMESE_FAMILY = frozenset(
    [
        "Nguyen",
        "Nguyễn",
        "Tran",
        "Trần",
        "Le",
        "Lê",
        "Pham",
        "Phạm",
        "Huynh",
        "Huỳnh",
        "Hoang",
        "Hoàng",
        "Phan",
        "Vu",
        "Vũ",
        "Vo",
        "Võ",
        "Dang",
        "Đặng",
        "Bui",
        "Bùi",
        "Do",
        "Đỗ",
        "Ho",
        "Hồ",
        "Ngo",
        "Ngô",
        "Duong",
        "Dương",
        "Ly",
        "Lý",
        "Dinh",
        "Đinh",
        "Truong",
        "Trương",
        "Lam",
        "Lâm",
        "Doan",
        "Đoàn",
        "Luong",
        "Lương",
        "Dao",
        "Đào",
        "Trinh",
        "Trịnh",
    ]
)
ORGANISATION = re.compile(
    r"^(?:Agency|Department|Ministry|Committee|Subcommittee|Commission|Command|Association|Office|Institute|Institution|Center|Centre|University|College|Council|"
    r"Foundation|League|Coalition|Legion|Society|Bureau|Network|Union|Party|Congress|Senate|Parliament|Assembly|Laboratory|Embassy|Administration|Organization|Organisation|"
    r"Group|Alliance|Federation|Directorate|Authority|Mission|Unit|Headquarters|Court|Tribunal|Service|Services|Guard|Police|Fund|Secretariat|Registry|Club|Board|"
    r"Academy|Museum|Trust|Initiative|Confederation|Ombudsman|Inspectorate|Chamber|Hospital|School|Jurisdiction|Ministries|Rada|Duma|Knesset|Bundestag|Senado|Wire|Ilbo|Shimbun|Sentinel|Observer|Chronicle|Gazette|Courier|Dispatch|Broadcasting|Guardian|Press|Telegraph|Weekly|Monitor|Bulletin|Inquirer|Times|Post|Herald|News|Journal|Tribune|Daily|Magazine|Radio|Television|Corps|Forces)$"
)
PRESS = re.compile(
    r"^(?:Wire|Ilbo|Shimbun|Sentinel|Observer|Chronicle|Gazette|Courier|Dispatch|Broadcasting|Guardian|Press|Telegraph|Weekly|Monitor|Bulletin|Inquirer|Times|Post|Herald|News|Journal|Tribune|Daily|Magazine|Radio|Television|Network)$"
)
KINDS = {
    "Department": "ministry", "Ministry": "ministry", "Committee": "legislature", "Subcommittee": "legislature", "Congress": "legislature", "Senate": "legislature",
    "Parliament": "legislature", "Assembly": "legislature", "Command": "command", "Laboratory": "laboratory", "Forces": "forces", "Corps": "forces", "Foundation": "non-profit",
    "Association": "non-profit", "League": "non-profit", "Coalition": "non-profit", "Society": "non-profit", "University": "non-profit", "Institute": "non-profit",
    "Agency": "agency", "Office": "agency", "Bureau": "agency", "Center": "agency", "Centre": "agency", "Headquarters": "command", "Service": "agency",
    "Unit": "agency", "Police": "forces", "Guard": "forces", "Secretariat": "agency", "Court": "body", "Tribunal": "body", "Commission": "body", "Council": "body",
    "Trust": "non-profit", "Fund": "non-profit", "Club": "non-profit", "Museum": "non-profit", "Academy": "non-profit",
}  # fmt: skip
PLACE = re.compile(
    r"^(?:County|Province|River|Reservoir|Base|Airport|Airfield|Island|Islands|Mountain|Mountains|Peninsula|Sea|Bay|Valley|Ridge|Cemetery|Village|City|Park|Fort|Hospital|Bridge|Lake|Pass|Harbor|Beach|Zone|Oblast|District|Region|Township|Atoll|Strait|Gulf|Desert|Cape|Barracks|Station|Governorate|Prefecture|Municipality)$"
)
PLACE_FIRST = re.compile(r"^(?:Mount|Mt|Lake|Cape|Fort|Port|Camp|Gulf|Puerto|Punta|San|Santa|Cerro|Monte|Hill)$")
"""Words with which names of places begin: "Mount Longdon", "Puerto Berrío"."""
PLACE_AFTER = re.compile(r"^(?:Sea|Strait|Gulf|Bay|Peninsula|Ocean|Canyon|Desert)$")
"""Words that make a country part of the name of some other place: "South China Sea"."""
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
    "Atoll": "island",
    "Puerto": "settlement",
    "San": "settlement",
    "Santa": "settlement",
    "Port": "settlement",
    "Camp": "site",
    "Fort": "site",
}
KOREAN_PLACE = re.compile(r"^[A-Z][\w'’]+(?:[-–](?:ri|ni|dong|gun|kun|up|eup|do|myon|myeon|san|gang|si))+$")
KEPT_BEFORE_ORGANISATIONS = frozenset(
    ["Joint", "World", "War", "Veterans", "Missing", "Humanitarian", "Memorial", "Christian"]
)
"""Words that name nobody, but belong to the name of an organisation that follows: "Joint Identification Board"."""
UNIT = re.compile(
    r"^(?:Division|Regiment|Battalion|Company|Brigade|Squadron|Infantry|Cavalry|Artillery|Platoon|Battery|Regimental|Combat|Team|Wing|Fleet)$"
)
NOT_NAMES = frozenset(
    ["The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "His", "Her", "Its", "Their", "Our", "This", "That", "These", "Those", "There", "In", "On", "At", "But", "And", "Or", "So", "After", "Before", "As", "When", "While", "If", "Since", "Although", "Though", "Both", "Some", "Many", "Most", "All", "No", "Not", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "However", "Meanwhile", "For", "According", "From", "With", "Last", "Of", "By", "To", "About", "More", "Than", "Nearly", "Other", "Another", "Each", "Every", "Such", "Only", "Even", "Also", "Then", "Now", "Here", "Where", "Who", "What", "Which", "Why", "How", "Under", "Over", "During", "Between", "Among", "Against", "Through", "Until", "Upon", "Within", "Without", "Despite", "Because", "Once", "Yet", "Still", "Just", "Former", "Late", "Earlier", "Later", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "War", "Wars", "World", "Cold", "Korean", "Operation", "Joint", "Summit", "Agreement", "Declaration", "Armistice", "Statement", "Treaty", "Accord", "Photo", "Video", "File", "Image", "Courtesy", "Source", "Sources", "Officials", "Talks", "Remains", "Soldiers", "Troops", "POW", "MIA", "POWs", "MIAs", "DNA", "GI", "GIs", "KIA", "Purple", "Heart", "Silver", "Star", "Medal", "Honor", "Bronze", "Good", "Yes", "Well", "Oh", "God", "Christmas", "Thanksgiving", "Memorial", "Day", "Veterans", "Boy", "Mom", "Dad", "Mother", "Father", "Editor", "Note", "Read", "More", "Related", "Unknown", "Unknowns", "Chiefs", "Staff", "Fact", "Sheet", "Progress", "Total", "Year", "Number", "Status", "Report", "Table", "Figure", "English", "Korean", "Hangul", "Story", "Action", "Circumstances", "Humanitarian", "Plan", "Project", "Convention", "Resolution", "Protocol", "Christian", "Muslim", "Jewish", "Catholic", "Internet", "Web", "Dear", "Sincerely", "Respectfully", "Tomb", "Heroes", "Martyrs", "Safe", "Area", "Areas", "Accounting", "Missing", "Persons", "Person"]
)  # fmt: skip

CREDIT = re.compile(
    r"\((?=[^()\n]{0,100}(?:\b[Pp]hoto\b|\bPHOTO\b|/|\b[Vv]ia\b))(?=[^()\n]{0,100}\b(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Yonhap|Xinhua|Kyodo|Flickr|Associated\s+Press|Agence\s+France|U\.?S\.?\s+(?:Army|Navy|Air\s+Force|Marine|Department|Defense)|[Pp]hoto)\b)[^()\n]{3,120}\)"
    r"|\b(?:PHOTO|Photo|Photo\s+by|Photograph|Credit|Image):\s*[^\n]{2,60}$",
    re.MULTILINE,
)
"""The names of who took a picture, at the end of its caption."""
BY_LINE = re.compile(
    r"(?:\bBy|\b[Pp]hoto(?:graph)?s?\s+(?:by|courtesy\s+of)|\b[Rr]eporting\s+by|\b[Ee]diting\s+by|[Ww]ritten\s+by)\s+$"
)
"""Before the name of somebody who wrote a text or took a picture, and is nobody in it."""
OCCUPATION = re.compile(
    r"^(?:Library|Hotel|Inn|Road|Avenue|Highway|Papers|Report|Memorial|Chapel|Cathedral|Square|Plaza|Act|Award|Theat(?:er|re)|Stadium|Prayer|Museum)$|"
    r"(?:ologist|Officer|Director|Adviser|Advisor|Examiner|Scientist|Historian|Negotiator|Executive|Staff|Counsel|Engineer|Operator|Coordinator|Manager)$"
)
"""What a name of somebody does not end with: "the agency's Chief Forensic Pathologist", "the Truman Library"."""
COURTESY = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Rev|Father|Sister|Sir|MP|MEP|MLA|MSP)\.?"
RANK = (
    r"(?:(?:Lt|Maj|Brig|Rear|Vice|Lieutenant|Major|Brigadier|First|1st|2nd|Second|Staff|Master|Command|Tech|Technical|Chief|Flight|Senior|Sub|Sgt|Sergeant|Gunnery|Warrant)\.?\s+)*"
    r"(?:General|Gen|Brigadier|Colonel|Col|Major|Maj|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Corporal|Cpl|Private|Pvt|Pfc|PFC|Specialist|Spc|Superintendent|Inspector|Constable|Detective|Commissioner|Sfc|SFC|Msgt|MSgt|TSgt|Tsgt|SSgt|Ssgt|Cpt|CPT|LCpl|Pte|Gunner|Gnr|Trooper|Fusilier|Guardsman|Marshal|Squadron\s+Leader|Wing\s+Commander|Group\s+Captain|Pilot\s+Officer|Flying\s+Officer|Petty\s+Officer|Lance\s+Corporal|Admiral|Adm|Commander|Cmdr|Ensign|Airman|Seaman|Officer|Major|Sgt\.?\s+(?:1st|First)\s+Class|Private\s+First\s+Class|(?:[A-Z][a-z]+(?:[’']s)?\s+){0,2}(?:1st|2nd|3rd|First|Second|Third)\s+Class)\.?"
)
TITLE_WORD = re.compile(
    r"^(?:Lt|Gen|Col|Maj|Capt|Sgt|Cpl|Pfc|Pvt|Adm|Brig|Rear|Cmdr|Staff|Master|Class|General|Colonel|Major|Captain|Lieutenant|Sergeant|Corporal|Private|Admiral|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|"
    r"President|Vice|Deputy|Assistant|Prime|Acting|Secretary|Minister|Ambassador|Director|Member|Commissioner|Superintendent|Inspector|Spokesman|Spokeswoman|Senator|Governor|Chairman|Chair|Madam|Madame|Ranking|Commander|Chief|Sheriff|Coroner|Jr|Sr|[.])$"
)
OFFICE_HEAD = (
    r"(?:[Vv]ice\s+[Pp]resident|[Pp]resident(?:-elect)?|[Pp]rime\s+[Mm]inister|(?:[Dd]eputy\s+|[Aa]ssistant\s+|[Uu]nder\s?)?[Ss]ecretary(?:\s+of\s+(?:State|Defense|Veterans?\s+Affairs|the\s+(?:Army|Navy|Air\s+Force))(?:\s+for\s+[\w/\s]{3,40}?)?|[-\s][Gg]eneral)?|"
    r"(?:[Vv]ice\s+)?(?:[Ff]oreign\s+|[Dd]efen[sc]e\s+|[Uu]nification\s+)?[Mm]inister|[Aa]mbassador(?:\s+to\s+[A-Z][\w\s]{2,30}?)?|(?:[Ss]pecial\s+)?(?:[Ee]nvoy|[Rr]epresentative)|[Gg]overnor|Gov\.?|[Ss]enator|Sen\.?|Rep\.?|[Cc]ongress(?:man|woman)|"
    r"(?:[Dd]eputy\s+|[Aa]cting\s+|[Ee]xecutive\s+)?[Dd]irector|(?:[Dd]eputy\s+)?[Cc]ommander|(?:[Vv]ice\s+)?[Cc]hair(?:man|woman|person)?|[Ss]pokes(?:man|woman|person)|(?:[Ss]upreme\s+)?[Ll]eader|[Rr]uler|[Dd]ictator|"
    r"[Hh]istorian|[Aa]nalyst|[Aa]nthropologist|[Aa]rchaeologist|[Ss]cientist|[Rr]esearcher|[Cc]hief|[Nn]egotiator|[Aa]dviser|[Aa]dvisor|[Cc]oordinator|[Aa]ttach[eé]|[Oo]fficial|[Vv]eteran|[Dd]iplomat|[Cc]hief\s+of\s+[Ss]taff|(?:[Cc]hief\s+)?[Jj]ustice|[Kk]ing|[Qq]ueen|[Pp]rince(?:ss)?|[Pp]ope|[Cc]hancellor|[Pp]remier|[Mm]arshal|[Cc]ommissioner|[Mm]ember|[Aa]ide|[Aa]ssistant|[Hh]ead|[Mm]ayor|[Jj]udge|[Pp]rosecutor|[Aa]ttorney|[Ll]awyer|[Pp]athologist|[Dd]octor|[Ss]urgeon|[Gg]eneticist|[Bb]iologist|[Oo]dontologist|[Dd]entist|[Cc]urator|[Aa]rchivist|[Jj]ournalist|[Aa]uthor|[Ss]urvivor|[Ww]idow|[Ff]armer|[Ff]isherman|[Vv]illager|[Ss]tudent|[Tt]eacher|[Ee]ngineer|[Pp]ilot|[Pp]riest|[Pp]astor|[Bb]ishop|[Ii]mam|[Rr]abbi|[Mm]onsignor|[Cc]ardinal|[Dd]elegate|[Dd]eputy|[Ss]peaker|[Ss]heriff|[Cc]oroner|[Aa]ctivist|[Cc]hair|national|[Ff]ounder|[Pp]rofessor|[Ii]nvestigator|[Tt]echnician|[Vv]olunteer|(?:[Aa]mbassador|[Ss]enator|[Mm]inister|[Gg]overnor|[Pp]resident|[Mm]ember|[Gg]eneral|[Ss]ergeant|[Cc]orporal|[Pp]rivate|[Cc]aptain|[Pp]ilot|[Ss]oldier)s|[Ee]xaminer|[Mm]anager|[Ll]iaison|[Ii]nterpreter|[Tt]ranslator|[Gg]uide|[Dd]river|[Nn]urse|[Uu]ndertaker|[Mm]ortician|[Mm]agistrate|[Cc]haplain|[Cc]ustodian|[Dd]iver|[Cc]aretaker|[Oo]mbuds(?:man|woman|person)|[Gg]uard|[Bb]otanist|[Ff]ather\s+[Ss]uperior|[Rr]adiologist|[Ss]tatistician|[Mm]anager)"
)
MODIFIER = r"(?:[Ff]ormer|[Tt]hen|[Tt]hen-|[Ee]x-|[Aa]cting|[Oo]utgoing|[Rr]etired|[Ll]ate|[Cc]hief|[Ss]enior|[Tt]op|[Ll]ead|[Ss]pecial|national|[Ss]tate|[Pp]ress|[Mm]ilitary|[Nn]uclear|[Ff]orensic|[Dd]eputy|[Cc]urrent)"
OFFICE_BEFORE = re.compile(
    rf"(?P<office>(?:{MODIFIER}[\s-]+)*(?:(?:[A-Z][\w./&’'-]*(?:['’]s)?|{MODIFIER})[\s-]+){{0,5}}{OFFICE_HEAD}(?:\s+(?:of|for|at)\s+(?:the\s+)?[A-Z][\w/’'.-]*(?:\s+(?:of\s+|and\s+|of\s+the\s+)?[A-Z][\w/’'.-]*){{0,6}})?)(?:,\s+|\s+)(?:(?:{RANK}|{COURTESY})\s+)?$"
)
RANK_BEFORE = re.compile(
    rf"(?P<office>(?:(?:{MODIFIER})\s+)?(?:(?:U\.?S\.?\s+)?(?:Army|Navy|Air\s+Force|Marine\s+Corps|Marine)\s+)?{RANK})\s+$"
)
WITH_ARTICLE = re.compile(r"(?:[Aa](?:l|s|n|t|d|r|z|sh)|[Ee]l)-[A-Z][\w’'-]+")
"""An Arabic name with its article: "al-Mutairi", "as-Sabah", "El-Sayed"."""
LONGEST_NAME = 4
"""Words of a name that is told only by what is said of somebody."""
BY_WHOM = re.compile(
    r"\b(?:headed|led|chaired|founded|run|written|signed|commanded|represented|accompanied|assisted|succeeded|edited|directed|interviewed|taken|drawn|kept|translated|visited|met|received|greeted|hosted|adopted|raised|married)"
    r"\s+(?:\w+ly\s+)?(?:by|to)\s+$"
)
"""Before who does something: "a commission that is headed by Kathryn Roe"."""
SPEAKS_BEFORE = frozenset(
    [
        "said",
        "says",
        "told",
        "asked",
        "added",
        "recalled",
        "recalls",
        "explained",
        "explains",
        "wrote",
        "writes",
        "replied",
        "acknowledged",
        "acknowledges",
        "argued",
        "warned",
        "noted",
        "insisted",
        "remembered",
        "remembers",
        "stated",
        "testified",
    ]
)
"""Verbs after which their speaker can stand: "..., said Agim Berisha"."""
LIFE_AFTER = re.compile(
    r"\s+(?:joined|enlisted|deployed|lives?|lived|grew\s+up|was\s+(?:assigned|drafted|wounded|shot|last\s+seen|buried|a\s+member|aged|serving|\d{2}\b)|died|married|retired|volunteered|remembers?|recalls?|insists?|acknowledges?|"
    r"believes?|hopes?|weeps|wept|smiled|nodded|travell?ed|replied|warned|stressed|argued|asked|heads|headed|chairs|chaired|succeeded|"
    r"(?:(?:never|still|also|later|then|now|himself|herself|has|had)\s+)?(?:sat|met|waits|waited|learn(?:ed|t|s)|knew|knows|known|thinks|thought|wants|wanted|stood|stands|walks|walked|speaks|spoke|spoken|spends|spent|visits|visited|keeps|kept|teaches|taught|"
    r"watched|listened|laughed|cried|paused|shook|drove|reads|wonders|wondered|thanked|praised|apologi[sz]ed|prayed|complain(?:s|ed)|cautioned|conceded|conceives|suspects|suspected|refuses|welcomed|greeted|flew|phoned|telephoned|worked|works|gave|took(?!\s+off)|arrived|led|leads|came|went|received|signed))\b"
    r"|,\s+(?:who|whose|whom)\b|,\s+(?:then\s+)?(?:a|an)\s+(?:[\w-]+\s+){0,4}(?:man|woman|boy|girl|veteran|private|soldier|sailor|marine|airman|pilot|nurse|widow|farmer|teacher|student|survivor|native|resident|member|relative)(?:\s+(?:of|from|who|in|with|at|and)\b|[,.;])"
)
"""What is said of a person only: lives, deaths, moods, "who"."""
CALLED = re.compile(
    r"\b(?:man|woman|boy|girl|soldier|officer|sergeant|private|corporal|captain|major|colonel|general|lieutenant|farmer|villager|guide|interpreter|driver|nurse|doctor|priest|prisoner|witness)"
    r"\s+(?:by\s+the\s+name\s+of|named|called|known\s+as)\s+$",
    re.IGNORECASE,
)
"""After this, one word can be a name: "a Chinese major by the name of Liu"."""
DIRECT_KIN = re.compile(
    r"\b(?:his|her|my|your|our|whose|their|older|younger|elder|twin|late|only|eldest|youngest|[’']s)\s+(?:wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|nephew|niece|cousin|grandson|granddaughter|grandfather|grandmother)\s+$",
    re.IGNORECASE,
)
PLURAL_KIN = re.compile(
    r"\b(?:wives|husbands|mothers|fathers|sons|daughters|brothers|sisters|friends)\s+$", re.IGNORECASE
)
AFFAIRS = frozenset(
    [
        "Affairs",
        "Defense",
        "Defence",
        "State",
        "Justice",
        "Health",
        "Security",
        "Interior",
        "Staff",
        "Member",
        "Coordinator",
        "Project",
        "Identification",
        "Recovery",
        "Welfare",
        "Services",
        "Forces",
        "Command",
        "Operations",
        "Personnel",
        "Headquarters",
    ]
)
"""Words with which an office ends, before the name of its holder."""
COURTESY_BEFORE = re.compile(rf"\b{COURTESY}\s+$")
OFFICE_AFTER = re.compile(
    rf",\s+(?:who\s+(?:is|was|heads|led|leads)\s+)?(?P<office>(?:(?:a|an|the|his|its|their)\s+)?(?:[\w.’'/&-]+\s+){{0,7}}?{OFFICE_HEAD}\b(?:\s+(?:of|for|at|to|with|in)\s+[^,.;:]{{2,140}}?)?)(?=[,.;:]|\s+(?:said|told|who)\b|$)"
)
SAYS_AFTER = re.compile(
    r"(?:,\s+\d{2},)?\s*,?\s*(?:said|says|told|added|explained|recalled|noted|stated|wrote|testified|announced|died|enlisted|served|was\s+(?:born|reported|captured|killed|identified|accounted))\b"
)
AGE_AFTER = re.compile(r",\s+(?:then\s+)?\d{2,3}(?:\s+years\s+old)?,|\s*\(\d{2,3}\)|,\s+of\s+[A-Z]\w+")
KIN_BEFORE = re.compile(
    r"\b(?:wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|nephew|niece|cousin|grandson|granddaughter|grandfather|grandmother|sister-in-law|brother-in-law|named|called|name\s+of|victim|veteran|survivor|comrade|friend|neighbou?r|colleague|compatriot|counterpart|successor|predecessor),?\s+$",
    re.IGNORECASE,
)
KIN_OF = re.compile(
    rf"\b(?:wife|husband|mother|father|son|daughter|brother|sister|uncle|aunt|widow|nephew|niece|cousin|grandfather),?\s+(?:(?:Army|Navy|Air\s+Force|Marine)\s+)?(?:{RANK}\s+)?$",
    re.IGNORECASE,
)
MINISTRY = re.compile(
    r"(?P<name>(?:[A-Z][\w.]+(?:\s[A-Z][\w.]+)?(?:['’]s)?\s+)?(?:[Ff]oreign|[Dd]efen[cs]e|[Uu]nification|[Ii]nterior|[Jj]ustice|[Hh]ealth|culture|[Ww]elfare|veterans)\s+[Mm]inistry(?:\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z]\w+)*)?|"
    r"\bministry\s+of\s+(?:foreign\s+affairs|[a-z]+))\b"
)
LOCATIVE = re.compile(
    r"\b(?:in|into|inside|near|across|throughout|within|outside|at|around|toward|towards|out\s+of|northern|southern|eastern|western|central|entered|entering|visit(?:ed|ing)?|left|leaving|reach(?:ed|ing)?|of\s+northern|of\s+southern|territory\s+of|soil\s+of|waters\s+of|parts\s+of)\s+(?:the\s+|northern\s+|southern\s+|central\s+)?$",
    re.IGNORECASE,
)
DIRECTION = re.compile(r"\b(?:to|from)\s+(?:the\s+)?$", re.IGNORECASE)
MOTION = re.compile(
    r"\b(?:travel\w*|went|go|goes|going|gone|trip\w*|flew|fly|flown|flight|visit\w*|return\w*|sent|send|arriv\w*|drov\w*|drive|came|come|mov\w*|shipped|crossed|journey\w*|deploy\w*|back|access|remains|home|brought|bring|transferred?|flown|delegation|deliver\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
