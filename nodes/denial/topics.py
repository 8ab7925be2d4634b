"""Which way against a decision some words are about."""

import re

from nodes.notice import Level

TOPICS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "peer_to_peer",
        re.compile(
            r"(?:glad|happy|pleased|willing|like) to (?:discuss|speak|talk)"
            r"|clinical consultation|physician consultation|(?:md|doctor) consultation"
            r"|consultation with (?:a |an |the |our )?(?:md|physician|doctor"
            r"|medical director)|peer (?:discussion|conversation|consult\w*|call)"
            r"|peer[\s\-]*to[\s\-]*peer"
            r"|\bp2p\b|\bpeer review discussion"
            r"|(?:physician|doctor|provider)[\s\-]to[\s\-](?:physician|doctor|provider)"
            r"|\b(?:speak|talk|discuss|consult|conversation"
            r"|call)\b(?![^.]{0,20}your (?:own )?doctor)[^.]{0,50}"
            r"\b(?:medical director|reviewer|physician advisor|(?:physician|doctor|pharmacist"
            r"|clinician)"
            r" (?:who|that|reviewer)|reviewing (?:physician|doctor|pharmacist|clinician)|(?:a|our"
            r"|the|one of"
            r" our|an) (?:plan )?(?:physician|medical director|clinical pharmacist)s?"
            r"|our (?:own )?(?:plan )?(?:doctor"
            r"|clinician|pharmacist|nurse|reviewer)s?)\b"
        ),
    ),
    (
        "external",
        re.compile(
            r"external (?:review|appeal|medical review)|(?:independent "
            r"|external )?outside review|independent (?:external "
            r"|medical )?(?:review(?! entity)|appeal)"
            r"|\biros?\b|\bimr\b|(?:independent|external) review(?:er)? organization"
        ),
    ),
    (
        "hearing",
        re.compile(
            r"\b(?:state |fair |administrative |medicaid )+(?:fair )?hearing|\bhearing\b"
            r"|administrative law judge|\balj\b|\bomha\b"
        ),
    ),
    ("second", re.compile(
        r"independent review entity|\bire\b|second[\s\-]+(?:level|appeal|step)|2nd[\s\-]level"
        r"|level (?:2|two|ii)\b|\bqic\b"
    )),
    ("reconsideration", re.compile(
        r"\breconsider(?:ation)?\b|\bre-?review\b|\bresubmi\w+|\breopen\w*|look at (?:it|this"
        r"|the request) again|review it again"
    )),
    (
        "first",
        re.compile(
            r"\bappeals?\b|\bappealing\b|\bgrievance|\bredetermination|\bdispute|first[\s\-]level"
            r"|level (?:1|one)\b"
        ),
    ),
)  # fmt: skip
APART = re.compile(r"[;,]\s+(?:or|and|but)\b|;|\([0-9a-z]\)")


def topic_of(text: str, place: int | None = None) -> Level | None:
    """What a text is about: the nearest to a place, the particular before the plain appeal."""
    if place is not None:
        first = max((m.end() for m in APART.finditer(text, 0, place)), default=0)
        last = next((m.start() for m in APART.finditer(text, place)), len(text))
        near = topic_of(text[first:last]) if (first, last) != (0, len(text)) else None
        if near:
            return near
    for group in (TOPICS[:4], TOPICS[4:5], TOPICS[5:]):
        found = [
            (abs(match.start() - place) if place is not None else -match.start(), level)
            for level, phrases in group
            for match in phrases.finditer(text)
        ]
        if found:
            return min(found, key=lambda one: one[0])[1]
    return None
