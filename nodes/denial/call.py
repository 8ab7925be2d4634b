"""Whether a call can still change it, as far as the letter tells."""

import re
from datetime import date
from typing import Literal

from nodes.denial.reading import Letter
from nodes.notice import Cause, Step

Helps = Literal["yes", "no", "unknown"]
PEER = r"(?:peer[\s\-]*to[\s\-]*peer|p2p|discussion|conversation|call|consultation)"
REFUSED = re.compile(
    rf"{PEER}[^.]{{0,60}}\b(?:not|no longer|isn't|cannot|can not|unavailable|expired|closed"
    rf"|passed"
    rf"|already (?:been )?(?:held|taken"
    rf"|occurred|completed|conducted)|will not|won't)\b"
    rf"|\b(?:no|not offer(?:ed)?|not eligible for|without|window for|not entitled to)\s(?:a |an "
    rf"|further |any )*{PEER}\b(?![^.]*\bif\b)"
    rf"|\b(?:does|do|did) not (?:offer|provide|allow|permit)[^.]{{0,20}}{PEER}"
)
FINAL = re.compile(
    r"\b(?:this |the |our )?(?:decision|determination|denial)s? (?:is|are) (?:now )?(?:final"
    r"|final and binding|binding)"
    r"|final and binding|final internal (?:adverse|decision|determination)|(?:our"
    r"|the) final (?:level|answer)"
    r"|no further (?:appeal|review|internal)"
    r"|exhausted (?:all |the |your )*(?:internal |appeal)"
)
FOR_NOTICE = re.compile(
    r"\b(?:informational|information(?:al)? only|educational|cannot change|will not change"
    r"|not (?:change|alter|reverse))\b"
)
ATTEMPTS = re.compile(r"\bcalls? (?:and \w+ )?to (?:the|your)\b|\bcalls?\b[^.]{0,40}\breturned\b")
DONE = re.compile(
    rf"{PEER}[^.]{{0,40}}\b(?:was|were|took place|held|completed|occurred"
    rf"|conducted)\b[^.]{{0,60}}\b(?:uph[eo]ld|denied|remain|not|unchanged)"
)


def call_helps(
    letter: Letter, causes: tuple[Cause, ...], steps: tuple[Step, ...], as_of: date | None
) -> tuple[Helps, str]:
    """Say whether a call helps, and why."""
    texts = [s.text for s in letter.sentences if s.zone != "other"]
    about = [t for t in texts if re.search(rf"\b{PEER}", t) and not ATTEMPTS.search(t)]
    if any(
        REFUSED.search(t) or DONE.search(t)
        for t in about
        if not re.search(r"\bif (?:you|a|the)\b", t)
    ):
        return "no", "the letter says that no peer-to-peer call is open"
    if any(FOR_NOTICE.search(t) for t in about if re.search(r"peer|p2p", t)):
        return "no", "the letter says that a call does not change the decision"
    offered = next((step for step in steps if step.level == "peer_to_peer"), None)
    if offered:
        return _offered(offered, as_of)
    if any(
        FINAL.search(s.text) for s in letter.sentences if s.zone != "other" and not s.hypothetical
    ):
        return "no", "the letter says that the decision is final"
    if causes and causes[0].category == "missing_information":
        return "yes", "information is missing that can be sent"
    return "unknown", "the letter offers no call and does not exclude one"


def _offered(step: Step, as_of: date | None) -> tuple[Helps, str]:
    if step.due is None:
        return "yes", "a peer-to-peer call is offered; until when is not said"
    if as_of and step.due < as_of:
        return "no", f"the peer-to-peer call was open until {step.due.isoformat()}"
    return "yes", f"a peer-to-peer call is offered until {step.due.isoformat()}"
