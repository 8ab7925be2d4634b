"""What a sentence tells of each reason: the signs in it, weighed, and what it takes back."""

import re
from collections.abc import Mapping

from nodes.denial.signs import Sign, every, term
from nodes.denial.words import reasons
from nodes.notice import Category

NEAR = 90
LEAST = 0.5
PARTICULAR: tuple[Category, ...] = (
    "step_therapy", "experimental", "site_of_service", "level_of_care", "benefit_limit",
    "not_covered", "out_of_network", "duplicate", "provider", "authorization_missing",
    "timeliness", "eligibility", "coordination_of_benefits", "coding", "other",
)  # fmt: skip
BEFORE: tuple[tuple[Category, tuple[Category, ...]], ...] = (
    ("provider", ("eligibility",)),
    ("out_of_network", ("provider", "not_covered", "site_of_service")),
    ("coordination_of_benefits", ("eligibility",)),
    ("benefit_limit", ("not_covered",)),
    ("level_of_care", ("not_covered",)),
    ("timeliness", ("authorization_missing", "missing_information", "benefit_limit")),
    ("duplicate", ("authorization_missing",)),
    *((one, ("medical_necessity",)) for one in PARTICULAR),
    ("missing_information", ("medical_necessity",)),
)
PHRASE = 2.0
PLAIN = 3.0
SUBJECT = re.compile(
    r"^\s*(?:re|subject|regarding|issue|question|service|request(?:ed)?(?: service)?|procedure"
    r"|drug|member"
    r"|patient"
    r"|item|dx|diagnosis|cpt|hcpcs|provider|facility|to|from|name|plan)\s*[:#]"
    r"|^\s*(?:thank|you asked|your (?:doctor|provider)[^.]{0,30} asked"
    r"|we (?:have )?(?:received|reviewed|completed|got) (?:a|an|the|your"
    r"|this)\b(?![^.]{0,40}records))"
)
SEEN = re.compile(
    r"\b(?:based (?:up)?on|according to|after (?:a )?review(?:ing)?(?: of)?|using|per|given"
    r"|in light of)"
    r" (?:all |of |the |your |any |this |our review of )*(?:clinical |medical |submitted "
    r"|available )*"
    r"(?:information|records?|documentation|notes|material|facts)"
    r"(?: (?:that )?(?:was |were |we |you |have |had |has |been |your doctor |us |to |by |it )*"
    r"(?:received|submitted|provided|sent|available|supplied|given))?(?: to us| for review)?"
)
REVIEWER = re.compile(
    r"\b(?:board[\s\-]certified|same (?:or similar )?specialty|not involved in"
    r"|was not part of|peer of"
    r"|(?:reviewed|decided|made|considered|looked at) by (?:a|an|our|the|one))\b"
    r"(?!.{0,200}\b(?:because|not (?:meet|show|medically|needed|necessary)|since)\b)"
)
CAUSE = re.compile(
    r"\b(?:because(?! of the (?:date|time))|due to|for the (?:following )?reasons?"
    r"|as follows)\b:?"
)
JUDGED = re.compile(
    r"\b(?:agree[sd]?|conclude[sd]?|found|finds|determined|decided|noted|felt|stated?|says?)\b"
    r"(?: that)?"
)
GIVEN = re.compile(r"\b(?:because|since|due to|reasons?|as)\b|:")
DENIES = re.compile(
    r"\b(?:not|no|never|n't) (?:\w+ ){0,3}(?:a )?(?:denial|denied|decision|determination|finding"
    r"|judge?ment|statement|opinion)\b[^.;]{0,30}?\b(?:of|for|about|because|on|that|whether"
    r"|based|due)\b[^.;]{0,80}"
    r"|\bmedical(?:ly)? necess\w+ (?:was|is|has|were) not (?:been )?(?:reviewed|assessed"
    r"|evaluated"
    r"|considered|at issue|in question|disputed|the (?:issue|reason)|addressed|part)"
    r"|\b(?:not|nor) (?:reviewed|review|assess|assessed|evaluate|evaluated|question|dispute|doubt"
    r"|considered|consider) (?:for |the |that |whether )*medical"
    r"|\b(?:did not|do not|does not|we are not) (?:say|mean|question|dispute|doubt|saying"
    r"|claim)\b"
    r"|\bwithout (?:regard to|reviewing|a review of) (?:the )?medical"
    r"|\b(?:regardless|irrespective) of (?:the )?medical"
)


def weighed(text: str) -> dict[Category, float]:
    """How much a sentence tells of each category; nothing when it only names what was asked."""
    text = SEEN.sub(" ", DENIES.sub(" ", text.lower()))
    if REVIEWER.search(text):
        judged = JUDGED.search(text)
        if not judged:
            return {}
        text = text[judged.end() :]
    if subject := SUBJECT.match(text):
        given = GIVEN.search(text, subject.end())
        if not given:
            return {}
        text = text[given.start() :]
    cause = CAUSE.search(text)
    told = _signs(text[cause.end() :]) if cause else {}
    whole = _signs(text)
    if max(told.values(), default=0.0) < PHRASE or _most(told) == _most(whole):
        return whole
    return told


def _most(found: dict[Category, float]) -> Category | None:
    return max(found, key=lambda category: found[category], default=None)


def _signs(text: str) -> dict[Category, float]:
    found: dict[Category, float] = {}
    places = _Places(text)
    for sign in every():
        if _stands(sign, places):
            found[sign.category] = found.get(sign.category, 0.0) + sign.weight
    for category, phrases in reasons():
        if phrases.search(text):
            found[category] = found.get(category, 0.0) + PHRASE
    return found


def settled(found: dict[Category, float]) -> dict[Category, float]:
    """Of what one sentence tells, what it is about: the particular before the general."""
    best = max(found.values(), default=0.0)
    kept = {category: told for category, told in found.items() if told >= best * LEAST}
    for winner, losers in BEFORE:
        if kept.get(winner, 0.0) >= PLAIN:
            kept = {c: told for c, told in kept.items() if c not in losers}
    if {"site_of_service", "level_of_care"} <= kept.keys():
        at_site = kept["site_of_service"] >= kept["level_of_care"]
        del kept["level_of_care" if at_site else "site_of_service"]
    return kept


class _Places(dict[str, list[int]]):
    """Where each term stands in a text, looked for once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def __missing__(self, name: str) -> list[int]:
        self[name] = found = [match.start() for match in term(name).finditer(self.text)]
        return found


def _stands(sign: Sign, places: Mapping[str, list[int]]) -> bool:
    """Whether every term stands near one place of the first, and none that must not."""
    if not all(places[name] for name in sign.sought):
        return False
    return any(
        all(_near(place, places[name]) for name in sign.near[1:])
        and not any(_near(place, places[name]) for name in sign.apart)
        for place in places[sign.near[0]]
    )


def _near(place: int, others: list[int]) -> bool:
    return any(abs(place - other) <= NEAR for other in others)
