"""Whether words of the record are of what a payer asks for: part, side, kind, author, day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from nodes.case import Case
from nodes.chart import Fact, Note
from nodes.writing.claims import claims
from nodes.writing.phrase import day
from nodes.writing.text import fold
from nodes.writing.topics import label

PARTS = {
    "lumbar": r"lumbar|lumbosacral|(?:low|lower|the) back\b|l-?spine|\bl[1-5]\b",
    "cervical": r"cervical|\bneck\b|c-?spine|\bc[2-7]\b",
    "thoracic": r"thoracic|t-?spine",
    "knee": r"\bknees?\b",
    "hip": r"\bhips?\b",
    "shoulder": r"\bshoulders?\b|rotator cuff",
    "elbow": r"\belbows?\b",
    "wrist": r"\bwrists?\b|\bhands?\b|carpal",
    "ankle": r"\bankles?\b|\bfoot\b|\bfeet\b",
    "leg": r"\blegs?\b|\bcal(?:f|ves)\b|\bthighs?\b",
    "head": r"\bbrain\b|\bhead\b|crani",
    "chest": r"\bchest\b|\blungs?\b",
    "belly": r"abdom|\bliver\b|\bkidneys?\b|pelvi",
    "heart": r"\bheart\b|cardiac|coronary",
    "breast": r"\bbreasts?\b|mammo",
    "sinus": r"\bsinus(?:es)?\b",
}
MEANS = {
    "mri": r"\bmris?\b|\bmr imaging|magnetic resonance",
    "ct": r"\bct\b|\bcat scan|computed tomograph|computerized tomograph",
    "x-ray": r"\bx-? ?rays?\b|radiograph|plain films?",
    "ultrasound": r"\bultrasound|\bsonogra|doppler|\becho(?:cardiogram)?s?\b",
    "nuclear": r"\bpet\b|bone scan|\bspect\b|scintigra",
    "electric": r"\bemgs?\b|\bncs\b|nerve conduction|electromyogra",
    "density": r"\bdexa\b|bone density|densitometr",
    "myelogram": r"myelogra",
    "heart trace": r"\bekg\b|\becg\b|electrocardio",
    "scope": r"endoscop|colonoscop|arthroscop",
}
AUTHORS = {
    "therapist": r"\btherapists?\b",
    "surgeon": r"\bsurg\w*",
    "orthopedist": r"\borthop\w*",
    "neurologist": r"\bneurolog(?:y|ist)\w*",
    "cardiologist": r"\bcardiolog\w*",
    "psychiatrist": r"\bpsych(?:iatr|olog)\w*|\bbehavioral health",
    "pulmonologist": r"\bpulmonolog\w*|\bsleep medicine",
    "oncologist": r"\boncolog\w*",
    "rheumatologist": r"\brheumatolog\w*",
    "endocrinologist": r"\bendocrinolog\w*",
    "dietitian": r"\bdiet(?:it|ic)ian\w*|\bnutrition(?:ist)?\b",
    "chiropractor": r"\bchiropract\w*",
    "acupuncturist": r"\bacupunct\w*",
    "podiatrist": r"\bpodiatr\w*",
    "anesthetist": r"\banesthesiolog\w*|\bpain (?:management|specialist)",
    "physiatrist": r"\bphysiatr\w*",
    "emergency": r"\bemergency (?:room|department)|\ber (?:notes?|records?|visit)",
    "consultant": r"\bconsult\w*",
}
OWN = {"therapist": r"\b(?:d?pt|ot|otr|physical therapist|occupational therapist|therapy)\b"}
LEARNED = re.compile(r"\b(?:notes?|consult\w*|evaluation|letter|opinion|signed|records?|report)\b")
DENIED = re.compile(
    r"^no\b|\b(?:den(?:y|ies|ied|ying)|no (?:signs?|history|evidence|complaints?) of|negative for"
    r"|without (?:any )?(?:evidence|signs?|history)|absent|not done|never had)\b"
)
MAY_BE_DENIED = re.compile(
    r"\b(?:red flags?|denies|denied|symptoms|review of systems|absence|ruled? out"
    r"|contraindicat\w*)\b"
)
SEVERAL = re.compile(r"\b(?:before and after|serial|trend|over time|repeated|pre-? ?and post)\b")
WITHIN = re.compile(r"\b(?:last|past|previous|prior|preceding) (\d{1,3}) (day|week|month|year)s?\b")
DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
MONTHS = "january february march april may june july august september october november december"
IN_MONTH = re.compile(rf"\b({MONTHS.replace(' ', '|')}),? (?:of )?((?:19|20)\d\d)\b")
IN_YEAR = re.compile(r"\b(?:in|from|of|during) ((?:19|20)\d\d)\b")
CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
_COMMON = "PT OT MRI CT NSAID NSAIDS CPT ICD HCPCS NPI DOB DOS POS ID PCP MD DO US"
COMMON = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Wish:
    """What the words of an item fix about its answer."""

    parts: frozenset[str]
    sides: frozenset[str]
    means: frozenset[str]
    authors: frozenset[str]
    days: frozenset[str]
    capitals: frozenset[str]
    within: int | None
    several: bool
    denials: bool


def wish(words: str) -> Wish:
    """Read what an item's words fix."""
    asked = fold(words)
    within = WITHIN.search(asked)
    learned = LEARNED.search(asked)
    return Wish(
        parts=_found(PARTS, asked),
        sides=frozenset({"left", "right"} & set(asked.split())),
        means=_found(MEANS, asked),
        authors=_found(AUTHORS, asked) if learned else frozenset(),
        days=_days(words, asked),
        capitals=frozenset(
            word.casefold()
            for word in CAPITALS.findall(words)
            if word not in COMMON and not words.isupper() and not _found(MEANS, fold(word))
        ),
        within=int(within[1]) * DAYS[within[2]] if within else None,
        several=bool(SEVERAL.search(asked)),
        denials=bool(MAY_BE_DENIED.search(asked)),
    )


def agrees(fact: Fact, asked: Wish, notes: Mapping[str, Note], case: Case) -> bool:
    """Say whether a fact is of the part, side, kind, author and day that an item fixes."""
    note = notes.get(fact.source)
    told = " ".join(
        [fact.quote, fact.body_site or "", *(coding.display or "" for coding in fact.codes)]
    )
    whole = fold(f"{told} {note.title if note else ''}")
    return (
        (asked.denials or not DENIED.search(fold(fact.quote)))
        and _in_place(whole, asked, case)
        and (not asked.means or bool(asked.means & _found(MEANS, whole)))
        and _by(fact, note, asked)
        and _on(fact, notes, asked, case)
        and all(re.search(rf"\b{re.escape(word)}\b", whole) for word in asked.capitals)
    )


def planned(fact: Fact, notes: Mapping[str, Note]) -> bool:
    """Say whether words stand in a note's plan: what is to come is no record of it."""
    return bool(fact.span) and label(fact, notes.get(fact.source)) == "plan"


def _found(table: Mapping[str, str], words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in table.items() if re.search(pattern, words))


def _in_place(whole: str, asked: Wish, case: Case) -> bool:
    there = _found(PARTS, whole)
    sides = {"left", "right"} & set(re.findall(r"[a-z]+", whole))
    if asked.sides and sides and not asked.sides & sides:
        return False
    if not asked.parts:
        return True
    if there or asked.means:
        return bool(asked.parts & there)
    about = [line.display or "" for line in case.service_lines]
    about += [diagnosis.display or "" for diagnosis in case.diagnoses]
    return asked.parts <= _found(PARTS, fold(" ".join(about)))


def _by(fact: Fact, note: Note | None, asked: Wish) -> bool:
    """Say whether a note is of the author asked for, by its title, author or first words."""
    if not asked.authors:
        return True
    if note is None:
        return all(re.search(AUTHORS[name], fold(fact.quote)) for name in asked.authors)
    who = fold(f"{note.title} {note.author or ''} {note.text[:120]}")
    return all(re.search(OWN.get(name, AUTHORS[name]), who) for name in asked.authors)


def _on(fact: Fact, notes: Mapping[str, Note], asked: Wish, case: Case) -> bool:
    if not asked.days and asked.within is None:
        return True
    when = day(fact, notes)
    if asked.within is not None:
        latest = max([case.order.authored_on, *(n.written for n in notes.values())])
        return when is not None and when >= latest - timedelta(days=asked.within)
    days = {when.isoformat()} if when else set()
    if notes.get(fact.source) is None:
        days |= {claim.value for claim in claims(fact.quote) if claim.kind == "date"}
    return any(one.startswith(tuple(asked.days)) for one in days)


def _days(words: str, asked: str) -> frozenset[str]:
    """Give the days, months or years an item names, as the beginnings of ISO dates."""
    exact = {claim.value for claim in claims(words) if claim.kind == "date"}
    if exact:
        return frozenset(exact)
    months = [f"{m[2]}-{MONTHS.split().index(m[1]) + 1:02d}" for m in IN_MONTH.finditer(asked)]
    years = [m[1] for m in IN_YEAR.finditer(asked)]
    return frozenset(months or years)
