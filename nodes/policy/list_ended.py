"""What ends a list of things denied: an item that is told with its own degree, size or verb.

"No varices, small hiatal hernia" denies one thing, "no masses, nodules or large effusion" three.
"""

import re
from itertools import pairwise

_PARTS = re.compile(
    r",\s*(?:and\b|but\b|with\b|also\b)?\s*|\s+(?:and|with|/)\s+|\s*\((?!s\))", re.IGNORECASE
)
_JOINED = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_UNIT = r"(?:mm|cm|%|m|ml|cc|lbs?|kg|degrees?|days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?)"
_FIRM = re.compile(
    r"(?:(?:very|only|just|a|an|the|some|few|there|interval|otherwise|also|again)\s+)*"
    r"(?:(?:mild|moderate|slight|minimal|minor|trace|tiny|small|subtle|scattered|occasional|low-grade"
    r"|stable|unchanged|known|chronic|long-?standing|old|prior|previous|remote|residual|incidental"
    r"|healed|healing|intermittent|improv(?:ed|ing)|resolv(?:ed|ing)|decreas(?:ed|ing)|reduced"
    r"|borderline|status post|s/p|normal|intact|positive|pos|degenerative|fixed"
    r"|controlled|well-controlled|uncontrolled|poor|poorly|hoarse|complex|tachycardic|tachypn(?:o?e)ic|febrile"
    r"|hypertensive|hypotensive|obese|antalgic|marked|limited|patent|presence"
    r"|incidentally|due|likely|possibl[ey]|probabl[ey]|suspect(?:ed)?|doubt(?:ful)?|questionable|brief"
    r"|flat|blunted|copious|scant|enlarged|dilated|thickened|elevated|calcified|tortuous|deviated"
    r"|well-\w+|\w+-avid|blanch\w+|nonobstructing|one|two|three|four|five|some)"
    r"(?:-to-\w+)?(?:ly)?\b|\+|\d\+|\d+ (?=[a-z])(?!or |to |in )"
    r"|(?:grade|stage|class|type) [\divx]+\b"
    r"|(?:BMI|EF|LVEF|HR|BP|RR|temp|A1c|WBC|Hgb|hemoglobin|INR|GFR|ESR|CRP|pulse|SpO2|JVP)(?= )"
    rf"|\d+(?:\.\d+)?[ -]?(?:x \d+(?:\.\d+)? ?)?{_UNIT}(?!\w))",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:(?:severe|large|big|visible|palpable|prominent|diffuse|extensive|significant|advanced|gross|massive)"
    r"|(?P<when>new|recent|recurrent|persistent|worsening|progressive|increas(?:ed|ing)|ongoing"
    r"|acute|constant)"
    r"|(?P<side>left|right|bilateral|bibasilar|bibasal|unilateral|l|r|lt|rt)|(?P<many>multiple|several|numerous"
    r"|many))(?:ly)?\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    rf"(?<![>\u2265])(?<!than)(?<!over)\s\d+(?:\.\d+)? ?{_UNIT}(?!\w)"
    r"|\b(?:shows?|showed|reveals?|demonstrates?|ha[sd]|have|is|are|was|were|wakes|awakens|sleeps"
    r"|walks|eats)\s"
    r"|\b(?:limited|caused|relieved|worsened|provoked|complicated|followed|triggered) by\b",
    re.IGNORECASE,
)
_ITS_STATE = re.compile(
    rf"\s*(?:\+(?!\w)|~?\d+(?:\.\d+)? ?{_UNIT}(?!\w)"
    r"|\s\d+(?:\.\d+)?(?=\s*(?:[.,;]|$))|\(\s*(?:mild|moderate|severe|trace|small|stable|chronic|known|positive|\+|old"
    r"|yes|present)\b"
    r"|(?:[\w-]+\s+){0,2}?(?:(?:is|are|was|were) (?!not\b|no\b|absent\b|negative\b|denied\b)\w"
    r"|(?:is|are)(?=\s*(?:[.,;]|$))"
    r"|(?:resolved|reproduced|unchanged|stable|improv(?:ed|ing)|worsening|positive|pos|persist(?:s|ing)"
    r"|remains|resolving|limited by|controlled|worse|intact|tender|dilated|elevated|increased"
    r"|measur(?:es|ed|ing)|extend(?:s|ing)|consistent with|compatible with|visible"
    r"|mostly|mainly|primarily|predominantly|removed|placed|replaced|started|stopped|discontinued"
    r"|performed|completed|treated|repaired|reactive"
    r"|x ?\d+ ?(?:days?|weeks?|wks?|months?|d|h|hrs?|hours?|years?|yrs?))\b))",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\s*(?:(?:bilaterally|incidentally|again|also)\s+)?(?:present|noted|seen|elicited|observed"
    r"|identified|evident|heard|found|appreciated|demonstrated|endorsed|reported|described)"
    r"\b(?! (?:or|nor)\b)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\s+(?:visible |present )?(?:in|at|over|on|along|near|around|about|within|throughout)"
    r" (?:(?:the|both|her|his)\b(?! (?:past|last|previous|interim|interval|setting|context|family"
    r"|morning|evening|night|day|time|present|moment|end)\b)|(?:left|right|[LR])\b|[LCTS]\d)"
    r"|\s+of both\b|\s+since (?:age|birth|childhood|infancy)\b|\s+(?:on|over|in) (?:chest|back|face"
    r"|trunk|legs?|arms?|hands?|feet|foot|scalp|neck|shins?|ankles?|opioids)\b"
    r"|\s+(?:for \d|once\b|twice\b|\d+ times\b)",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(
    r"(?:previous|prior|known|chronic|intermittent|occasional|old|remote|any|some)\b", re.IGNORECASE
)
_DENIES = ("den", "neg")
_ANSWERED = re.compile(
    r"\s*:\s*(?:yes|admits?|admitted|endorse[sd]?|positive|pos|present|reports?|\+)", re.IGNORECASE
)
_AND = re.compile(r",\s*and\b", re.IGNORECASE)
_OUTER = re.compile(r",\s*(?:and\s+)?$")
_SERIES = re.compile(r"(?:^|[,:;]|\band)\s*no [^,;:]{2,50},\s*(?:and\s+)?$", re.IGNORECASE)
_ITEM = 60


def ended(denial: str, lead: str, between: str, phrase: str, after: str) -> bool:
    """Say whether the list that ``denial`` opens has ended before or with the phrase.

    ``lead`` stands before the denial, ``between`` from there to the phrase. An "or" behind an
    item joins it to those before.
    """
    if ":" in after[:3] and _ANSWERED.match(after):
        return True
    cuts = [match.span() for match in _PARTS.finditer(between)]
    if not cuts:
        return False
    whole = between + phrase + after
    starts = [high for _, high in cuts]
    first = whole[: cuts[0][0]]
    for start, end in pairwise([*starts, len(between) + 1]):
        if _own(denial, first, whole[start : start + _ITEM], end - start):
            return not _JOINED.search(whole, start, start + 2 * _ITEM)
    last = between[cuts[-1][0] :]
    if not last.startswith(",") or _JOINED.search(last) or _JOINED.search(after[:_ITEM]):
        return False
    return bool(_ITS_STATE.match(after)) or _bare(denial, lead, between, after)


def _bare(denial: str, lead: str, between: str, after: str) -> bool:
    """Whether an item without a degree is none of the list: an "or" before it closed that."""
    closed = _JOINED.search(between)
    if closed:
        return between.count(",", closed.end()) == 1 and not denial.lower().startswith(_DENIES)
    if denial.lower().startswith(_DENIES):
        return len(_PARTS.findall(between)) == 1 and bool(_SEEN.match(after))
    first = _PARTS.split(between, maxsplit=1)[0]
    return _alone(lead, between, "" if _PLACED.search(first) else after)


def _own(denial: str, first: str, item: str, reach: int) -> bool:
    firm = _FIRM.match(item)
    denies = denial.lower().startswith(_DENIES)
    if firm and firm.group().lower() not in first.lower():
        return not (denies and _ASKED_OF.match(firm.group()))
    if _MEASURED.search(item[:reach]):
        return True
    if denies:
        return False
    if _PLACED.search(item[:reach]) and not _PLACED.search(first):
        return True
    loose = _LOOSE.match(item)
    if not loose:
        return False
    kind = loose.lastgroup
    return not any(match.lastgroup == kind for match in _LOOSE.finditer(first))


def _alone(lead: str, between: str, after: str) -> bool:
    """Whether an item stands for itself: "no apneas, PLMs present", "no rash, no ulcer, scar"."""
    if _SERIES.search(lead) or _PLACED.match(after):
        return True
    if len(_PARTS.findall(between)) > 1:
        return False
    return bool(_SEEN.match(after) or (_AND.search(between) and _OUTER.search(lead)))
