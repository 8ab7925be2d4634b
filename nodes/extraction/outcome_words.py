"""More words that notes have for what came of a treatment, beside those that policies read."""

import re
from collections.abc import Iterator
from typing import Literal

from nodes.extraction.letters import holds
from nodes.policy.sentences import Sentence

Response = Literal["none", "partial", "improved", "worse", "not_tolerated", "contraindicated"]
_MORE: tuple[tuple[Response, re.Pattern[str], tuple[str, ...]], ...] = (
    (
        "not_tolerated",
        re.compile(
            r"\b(?:gives|gave|produced|triggered) (?:him |her |them |me )?(?:\w+ )?(?:hives|rash"
            r"|nausea"
            r"|vomiting|diarrhea|headaches?|aggression|stomach \w+|dizziness|itching|nightmares)\b"
            r"|\b(?:vomit\w*|nause\w*|dizz\w*|sick|drows\w*|itch\w*|rash|hives)"
            r" (?:after|with|on|from) (?:each|every|taking|the|her|his)?"
            r" ?(?:doses?|pills?|tablets?)"
            r"|\bma(?:de|kes?) (?:her|him|them|me|the patient|pt) (?:too |very |so |feel )?"
            r"(?!better|more comfort|well)[a-z]\w+(?: \w+){0,2}"
            r"|\b(?:had|has|developed|got) (?:an? )?(?:\w+ ){0,2}?reactions? to\b"
            r"|\bupsets? (?:her|his|"
            r"the|my)? ?stomach\b|\bstopp\w+ (?:d/t|b/c|2/2) \w+(?: \w+)?",
            re.IGNORECASE,
        ),
        ("dose", "pill", "tablet", "made", "make", "reaction", "upset", "d/t", "b/c", "2/2"),
    ),
    (
        "contraindicated",
        re.compile(
            r"\b(?:risk|history|disease|interaction), avoid\b|\bnot (?:an option|feasible"
            r"|advised|safe|a safe option|appropriate)\b"
            r"|\b(?:is|was|are|were)? ?avoid(?:ed|ing)?\b(?=[ ,:(\u2013-]{1,3}(?:h/o|hx|history"
            r"|due|given"
            r"|because|risk|prior|ckd|[a-z]+ disease))|\bcannot (?:take|use|have|receive)\b",
            re.IGNORECASE,
        ),
        ("not ", "avoid", "cannot"),
    ),
    (
        "partial",
        re.compile(
            r"\b(?:incomplete|sub-?optimal|partial|modest|some|mild|temporary|short-lived"
            r"|transient)"
            r" (?:\w+ )?(?:response|effect|control|benefit|relief|improvement|resolution"
            r"|clearing|clearance)\b"
            r"|\bhelp(?:s|ed|ful)? (?:some\b|a little|a bit|partially|somewhat)"
            r"|\bonly (?:temporary|partial|brief|mild|minimal) relief\b|\bpartial(?:ly)? respon\w+"
            r"|[-:|(\u2013] ?partial\b",
            re.IGNORECASE,
        ),
        ("incomplete", "optimal", "partial", "modest", "some", "mild", "tempor", "short", "transi",
         "help", "only"),
    ),
    (
        "none",
        re.compile(
            r"\b(?:little|no|minimal) (?:real |big )?(?:change|gains?|difference)\b"
            r"|\bwithout (?:\w+ )?remission\b|\b(?:has|have|did|does|do)(?: not"
            r"|n['\u2019]t) controll?"
            r"(?:ed)?\b|\b(?:had|has|have) come back\b|\bstopped working\b|\b(?:lost|loss of"
            r"|losing|lack of|secondary loss of|inadequate|insufficient|poor|no)"
            r" (?:\w+ )?(?:response|efficacy|effect|control)\b|\b(?:secondary|primary) (?:failure"
            r"|non-?respon\w+)|\bnon-?respon\w+|[-:|(\u2013] ?(?:inadequate|insufficient|no (?:help"
            r"|change)|failed|ineffective|useless)\b|\b(?:is|was|were|been) (?:useless|ineffective"
            r"|of no (?:use|help|benefit))|\buseless\b|\beffects? (?:waned|wore off|faded)"
            r"|\b(?:plaques|symptoms|lesions|hives|pain|seizures|attacks|nausea|bleeding|heartburn)"
            r" (?:persist\w*|continued|recurr\w*|unchanged)|\bprogress(?:ed|ion) (?:on|through|"
            r"despite|after|while on)\b|\b(?:breakthrough|relapses?|flares?|flared"
            r"|relapsed) (?:\w+ )?"
            r"(?:on|despite|while on|through)\b|- flared\b|\bno better\b|\bstill above goal\b"
            r"|\bnot at goal\b|\bwithout (?:effect|help|success)\b",
            re.IGNORECASE,
        ),
        ("respon", "effic", "effect", "control", "failure", "inadeq", "insuff", "no ", "useless",
         "persist", "continued", "recurr", "unchanged", "progress", "breakthr", "relaps", "flar",
         "goal", "without", "ineff", "failed"),
    ),
    (
        "improved",
        re.compile(
            r"\b(?:induced|in|achieved|maintain\w*) (?:\w+ )?remission\b"
            r"|\b(?:reduc\w+|decreas\w+|cut) (?:\w+ ){0,4}?(?:from \d+ to \d+|by (?:\d+ ?%|half))"
            r"|\b(?:with )?\d{2} ?% (?:reduction|improvement|relief|decrease)"
            r"|\b(?:good|great|excellent|significant|marked) (?:\w+ )?(?:response|relief|benefit"
            r"|progress|control|improvement)|\bwith stabilization\b|\bworks? well\b",
            re.IGNORECASE,
        ),
        ("remission", "reduc", "decreas", "cut ", "%", "good", "great", "excell", "signif",
         "marked", "stabil", "works"),
    ),
)  # fmt: skip


def worded(told: Sentence) -> Iterator[tuple[Response, int, int]]:
    """Find them in a sentence, what was not borne first; offsets in the sentence."""
    for response, pattern, letters in _MORE:
        if holds(told.heard.text, letters):
            for match in pattern.finditer(told.text):
                yield response, *match.span()
