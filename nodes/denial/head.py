"""What the head of a letter says: its date, and the numbers to quote."""

import re
from datetime import date

from nodes.denial.days import dates
from nodes.denial.reading import Letter

OURS = re.compile(
    r"(?:date of (?:this |the )?(?:notice|letter|decision|determination|denial)|(?:notice|letter"
    r"|decision|"
    r"determination|denial|fax|mail(?:ed|ing)?|issue[d]?|print(?:ed)?|sent"
    r"|notification)[\s\-]*(?:dated?"
    r"|on|issued|mailed)?"
    r"(?: of (?:notice|letter))?|(?:^|\n)[ \t>*]*(?:date|dated|sent"
    r"|fecha))\s*[:#]?\s*(?:on\s)?(?:\w{6,9}day,? )?$"
)
NOT_OURS = re.compile(
    r"(?<![a-z])(?:birth|dob|d\.o\.b|service(?!s? (?:decision|notice|determ))|dos|received?"
    r"|receipt|request(?:ed)?(?!\s*-)|admi\w+"
    r"|effective|through"
    r"|thru|to|from|until|by|"
    r"before|rev(?:ised)?|expires?|form|approved|omb|discharge\w*|dated|denied|letter of|on|after"
    r"|coverage|due|deadline|"
    r"version|last|since)\b[^\n]{0,12}$"
)
OTHERS = re.compile(
    r"\b(?:our|your|that|first|earlier|previous|prior|original)\s(?:\w+\s){0,2}"
    r"(?:denial|letter|decision|notice|determination|request|appeal)s?\s(?:dated|of|from|on)\s*$"
)
NUMBER = re.compile(
    r"\b(?P<what>(?:case|reference|req|ref|auth(?:orization)?|pre-?cert(?:ification)?"
    r"|prior auth(?:orization)?|request|"
    r"tracking|document control|denial|appeal|ticket|certification|certificate|confirmation"
    r"|review"
    r"|notification|claim|"
    r"service request|episode|event|file|referral|intake|utilization review|um|determination|pa"
    r"|dcn|icn|utn|control|"
    r"grievance|inquiry|order|edi)(?:[ \t]{0,2}/?[ \t]{0,2}(?:reference|request|control|tracking"
    r"|review|auth(?:orization)?|case|appeal|unique))?)"
    r"[ \t]{0,3}(?:number|numbers|num|nbr|no|nr|id"
    r"|#)?[ \t]{0,2}[.:#\-]{0,2}[ \t]{0,3}#?[ \t]{0,3}(?:\(?utn\)?[: ]{0,3})?"
    r"(?P<value>(?=[a-z0-9\-/.]{0,25}\d)[a-z0-9][a-z0-9\-/.]{3,29})(?![a-z0-9])"
)
NUMBERED = re.compile(r"number|num|nbr|\bno\b|\bid\b|[#:]")
MOST = 10


def issued(letter: Letter) -> date | None:
    """The date of the notice: as labelled, else the first date of the head that is no other's."""
    flat = letter.page.flat
    first: date | None = None
    for one in dates(flat):
        before = flat[max(0, one.start - 45) : one.start]
        line = before.rsplit("\n", 1)[-1]
        if re.search(
            r"birth|\bdob\b|\bservices?\b(?!.{0,20}(?:decision|notice|determination))|\bdos\b"
            r"|received|request(?!\s*-)|admi|effective|appeal|deadline|due"
            r"|expire",
            line,
        ):
            continue
        if OTHERS.search(line):
            continue
        if OURS.search(before) and not re.search(
            r"\b(?:by|before|until|original|previous|prior|earlier|initial)\b", line
        ):
            return one.day
        if first is None and one.start < max(1500, len(flat) // 2) and not NOT_OURS.search(line):
            first = one.day
    return first or _decided(flat)


def _decided(flat: str) -> date | None:
    """The day a letter without a date of its own says it decided."""
    for one in dates(flat):
        if DECIDED.search(flat[max(0, one.start - 30) : one.start]):
            return one.day
    return None


DECIDED = re.compile(
    r"\b(?:denied|decided|determined|decision|reviewed|completed|closed)[\s:]+on\s*$"
)


def references(letter: Letter) -> tuple[str, ...]:
    """The payer's numbers of the request and the decision; never the member's or a provider's."""
    found: dict[str, str] = {}
    page = letter.page
    for match in NUMBER.finditer(page.flat):
        value = page.written(match.start("value"), match.end("value")).strip(".-/")
        label = page.flat[match.start() : match.start("value")]
        if not NUMBERED.search(label) or _other(page.flat, match.start(), value):
            continue
        found.setdefault(value.upper(), value)
    return tuple(found.values())[:MOST]


def _other(flat: str, start: int, value: str) -> bool:
    """Whether the number is something else: a date, a telephone, of a member, a code, a policy."""
    before = flat[max(0, start - 22) : start].rsplit("\n", 1)[-1]
    if re.search(
        r"\b(?:member|subscriber|medical|health|provider|policy|birth|group)[\s'\-]*$", before
    ):
        return True
    if any(True for _ in dates(value.lower())) or re.fullmatch(r"1?-?\d{3}-\d{3}-\d{4}", value):
        return True
    return bool(
        re.fullmatch(
            r"(?:\d{1,3}|\d{1,2}-?(?:day|hour|month)s?|\d+-(?:day|hour|calendar|business)\w*)",
            value.lower(),
        )
    )
