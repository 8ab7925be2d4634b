"""Relatives as notes and family histories name them: which, of what degree, by blood or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_DEGREES = {
    1: ("mother", "father", "parent", "sister", "brother", "sibling", "son", "daughter", "child"),
    2: (
        "grandmother",
        "grandfather",
        "grandparent",
        "aunt",
        "uncle",
        "niece",
        "nephew",
        "half-sister",
        "half-brother",
        "half-sibling",
        "grandson",
        "granddaughter",
        "grandchild",
    ),
    3: (
        "cousin",
        "great-grandmother",
        "great-grandfather",
        "great-grandparent",
        "great-aunt",
        "great-uncle",
        "great-niece",
        "great-nephew",
    ),
}
DEGREE = {name: degree for degree, names in _DEGREES.items() for name in names}
_SAME = {
    "mom": "mother",
    "mum": "mother",
    "dad": "father",
    "twin": "sibling",
    "children": "child",
    "grandma": "grandmother",
    "grandpa": "grandfather",
    "grandchildren": "grandchild",
    "mgm": "maternal grandmother",
    "mgf": "maternal grandfather",
    "pgm": "paternal grandmother",
    "pgf": "paternal grandfather",
    "mggm": "maternal great-grandmother",
    "pggm": "paternal great-grandmother",
    "grand mother": "grandmother",
    "grand father": "grandfather",
}
CODES = {
    "MTH": "mother", "NMTH": "mother", "FTH": "father", "NFTH": "father", "SIS": "sister",
    "NSIS": "sister", "BRO": "brother", "NBRO": "brother", "DAU": "daughter", "DAUC": "daughter",
    "SON": "son", "SONC": "son", "SIB": "sibling", "NSIB": "sibling", "PRN": "parent",
    "NPRN": "parent", "CHILD": "child", "NCHILD": "child", "AUNT": "aunt", "UNCLE": "uncle",
    "MAUNT": "maternal aunt", "PAUNT": "paternal aunt", "MUNCLE": "maternal uncle",
    "PUNCLE": "paternal uncle", "GRMTH": "grandmother", "GRFTH": "grandfather",
    "GRPRN": "grandparent", "MGRMTH": "maternal grandmother", "PGRMTH": "paternal grandmother",
    "MGRFTH": "maternal grandfather", "PGRFTH": "paternal grandfather", "COUSN": "cousin",
    "MCOUSN": "maternal cousin", "PCOUSN": "paternal cousin", "NIECE": "niece",
    "NEPHEW": "nephew", "HSIS": "half-sister", "HBRO": "half-brother", "HSIB": "half-sibling",
    "STPMTH": "stepmother", "STPFTH": "stepfather", "STPSIS": "stepsister",
    "STPBRO": "stepbrother", "HUSB": "husband", "WIFE": "wife", "SPS": "spouse",
    "MTHINLAW": "mother-in-law", "FTHINLAW": "father-in-law", "SISINLAW": "sister-in-law",
    "ADOPTM": "adoptive mother", "ADOPTF": "adoptive father",
}  # fmt: skip
"""HL7 v3 RoleCode, where a family history has no other words."""
_ONE = (
    r"(?:great[- ])*grand ?(?:mother|father|parent|ma|pa|son|daughter|child(?:ren)?)"
    r"|(?:great[- ])+(?:aunt|uncle|niece|nephew)"
    r"|(?:half|step)[- ]?(?:sister|brother|sibling|mother|father|son|daughter|child|mom|dad)"
    r"|mother|father|mom|mum|dad|parent|sister|brother|sibling|twin|son|daughter|child(?:ren)?"
    r"|aunt|uncle|niece|nephew|cousin|husband|wife|spouse|partner|boyfriend|girlfriend|fianc\w+"
    r"|friend|co-?worker|neighbou?r"
    r"|mgm|mgf|pgm|pgf|mggm|pggm"
)
_NAMED = re.compile(
    rf"(?<![\w-])(?P<count>two|both|three|four|five|[2-5])?\s*(?:of (?:her|his|their) )?"
    rf"(?P<which>(?:older|younger|other|another|second|first|eldest|oldest|youngest|full"
    rf"|twin|identical|biological|birth|natural|deceased|late|distant|adoptive|adopted|foster"
    rf"|maternal|paternal|mat\.?|pat\.?)[ -]+)*"
    rf"(?P<who>{_ONE})(?P<more>s(?!\w))?(?P<law>[ -]in[ -]law)?(?P<own>['\u2019]s)?(?![\w-])"
    rf"(?P<marriage>,? (?:by marriage|\(by marriage\)))?",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"^\s*(?:who |also )?(?:reports?|reported|states?|stated|says|said|notes|noted|told|tells"
    r"|brought|accompanie[sd]|is concerned|helps|assists|gives|provides|provided|confirms|describes"
    r"|present|at bedside|drove|works|lives)\b",
    re.IGNORECASE,
)
_NO_BLOOD = re.compile(
    r"\bstep|in[ -]law|adopt|foster|husband|wife|spouse|partner|friend|fianc|marriage"
    r"|worker|neighb",
    re.IGNORECASE,
)
_UNIQUE = frozenset({"mother", "father"})


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative in a text; ``count`` when several are named at once.

    ``degree`` none: not a blood relative. ``name`` tells apart who is told apart.
    """

    name: str
    degree: int | None
    count: int
    start: int
    end: int

    @property
    def only_one(self) -> bool:
        """Whether nobody has two of them."""
        last = self.name.rsplit(" ", 1)[-1]
        return last in _UNIQUE or (last.startswith("grand") and " " in self.name)


def relatives(text: str) -> Iterator[Kin]:
    """List the relatives that a text names, not those who only tell about the patient."""
    for match in _NAMED.finditer(text):
        if match["own"] or _TELLS.search(text, match.end()) or _teller(text, match):
            continue
        yield _kin(text, match)


def relation(words: str) -> Kin | None:
    """Read the relationship of a family history: its words or its HL7 code."""
    said = CODES.get(words.strip().upper(), words)
    return next(iter(relatives(said)), None)


def _teller(text: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(r"\b(?:according to|per|with|by) (?:her|his|the)?\s*$", text[: match.start()])
    )


def _kin(text: str, match: re.Match[str]) -> Kin:
    ahead = text[max(0, match.start() - 30) : match.start()]
    owner = _OWNER.search(ahead)
    said = match.group().lower()
    who = " ".join(re.sub(r"great[- ]", "great-", match["who"].lower()).split())
    who = re.sub(r"^(half|step) ?-?", r"\1-", who)
    who = _SAME.get(who, who)
    side = _side(said, owner["who"].lower() if owner else "")
    count = _NUMBERS.get((match["count"] or "").lower(), 2 if match["more"] else 1)
    count = max(count, 2) if who in ("child", "grandchild") and "children" in said else count
    blood = not _NO_BLOOD.search(said) and not (owner and _NO_BLOOD.search(owner.group()))
    name = f"{side} {who}".strip() if "aternal" not in who else who
    return Kin(
        _composed(name, owner["who"].lower() if owner else "") + (match["law"] or "").lower(),
        _degree(who, said, owner) if blood else None,
        count,
        match.start(),
        match.end(),
    )


_OWNER = re.compile(rf"\b(?P<who>{_ONE})(?:[ -]in[ -]law)?['\u2019]s\s+(?:\w+ )?$", re.IGNORECASE)
_VIA = {
    ("mother", "sister"): "maternal aunt",
    ("mother", "brother"): "maternal uncle",
    ("mother", "mother"): "maternal grandmother",
    ("mother", "father"): "maternal grandfather",
    ("father", "sister"): "paternal aunt",
    ("father", "brother"): "paternal uncle",
    ("father", "mother"): "paternal grandmother",
    ("father", "father"): "paternal grandfather",
}


def _composed(name: str, owner: str) -> str:
    if not owner:
        return name
    base = _SAME.get(owner, owner)
    return _VIA.get((base, name.rsplit(" ", 1)[-1]), f"{base}'s {name}")


def _side(said: str, owner: str) -> str:
    if owner:
        return ""
    if re.search(r"\bmat(?:ernal|\.)", said):
        return "maternal"
    return "paternal" if re.search(r"\bpat(?:ernal|\.)", said) else ""


def _degree(who: str, said: str, owner: re.Match[str] | None) -> int | None:
    """Degrees add up over "mother's sister"; second and distant cousins are beyond the third."""
    base = who.rsplit(" ", 1)[-1]
    own = DEGREE.get(base) or (3 + base.count("great-") if "great-" in base else None)
    if own is None or "distant" in said or ("second" in said and base == "cousin"):
        return 5
    if "half" in said and own == 1:
        own = 2
    if owner:
        first = _SAME.get(owner["who"].lower(), owner["who"].lower())
        return own + (DEGREE.get(first.rsplit(" ", 1)[-1]) or 4)
    return own
