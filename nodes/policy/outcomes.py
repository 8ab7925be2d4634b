"""What came of a treatment, as notes word it: failed, helped in part, helped."""

import re
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["failed", "partial", "helped"]

_ADJ = r"(?:\w+[ ,]+(?:and |or )?){0,4}?"
_GOOD = (
    r"(?:improve\w*|relief|benefit\w*|respon[ds]\w*|success|resolution"
    r"|(?<!mass )(?<!side )effect|help|better)"
)
_AUX = r"(?:did|does|do|has|have|had|is|was|were|are|would)"
_VERB = (
    r"(?:help\w*|improv\w*|benefit\w*|respon[ds]\w*|reliev\w*|work(?:ed|ing)?|better|resolv\w*"
    r"|effective|alleviat\w*|tolerat\w*|progress|provid\w* \w* ?relief|giv\w* \w* ?relief"
    r"|got(?:ten)? better|chang\w*)"
)
_FEW = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|a few|a couple of|several)"
_PATTERNS: tuple[tuple[Outcome, str], ...] = (
    ("failed", rf"(?:\bwithout|\bw/o|(?<!\w)s/) ?{_ADJ}{_GOOD}"),
    ("failed", rf"\b{_GOOD}\s*[?:\-]\s*(?:none|no|nil|minimal|little|denie[sd]|zero)\b"),
    (
        "partial",
        rf"\b{_FEW} (?:days?|weeks?|wks?)(?:['\u2019])? (?:of )?(?:\w+ )?relief\b"
        rf"|\b(?:relief|helped|improved|better)(?: (?:only|for|lasting|lasted|that|of|about|just"
        rf"|x))+ {_FEW} (?:days?|weeks?|wks?)\b(?! ago)",
    ),
    (
        "failed",
        r"\b(?:pain|symptoms?|sciatica) (?:\w+ ){0,3}?(?:returned|recurred|came back|went back)\b"
        r"(?: to (?:\w+ )?baseline)?|\b(?:wore|worn) off\b"
        r"|\bdid(?: not|n['\u2019]t) last\b",
    ),
    (
        "partial",
        rf"\b(?:initial|early|short[- ]term) (?:\w+ )?{_GOOD}(?=[^.]*\b(?:but|then)\b|\W*$)",
    ),
    ("failed", r"\bno (?:real |big |much )?difference\b"),
    (
        "failed",
        r"\b(?:neither|none|nothing)\b(?: \w+){0,4}? (?:help\w*|work\w*|effective|reliev\w*"
        r"|improv\w*)",
    ),
    ("helped", r"\b(?:full|complete|total|near[- ]complete) (?:resolution|relief|recovery)\b"),
    (
        "failed",
        rf"\b(?:no|nor|little|minimal|negligible|inadequate|insufficient|poor|lack of)"
        rf" {_ADJ}{_GOOD}",
    ),
    ("failed", rf"\b{_AUX}(?: not|n['\u2019]t) (?:\w+ ){{0,3}}?{_VERB}\b"),
    (
        "failed",
        rf"\bdid(?: not|n['\u2019]t) (?:\w+ )?(?:touch|dent|budge|take away) (?:\w+ )?pain\b"
        rf"|\b(?:not|un)[ -]?successful\w*|\b{_AUX}(?: not|n['\u2019]t) (?:get|give|bring|have)"
        rf" (?:\w+ ){{0,2}}?{_GOOD}",
    ),
    (
        "failed",
        r"\bnot (?:\w+ )?(?:improv\w+|reliev\w+|respond\w*|helped|helpful|better|effective"
        r"|tolerated)\b",
    ),
    (
        "failed",
        r"\bfail(?:ed|ure|s|ing)?\b(?! to (?:attend|show|reveal|demonstrate|identify"
        r"|disclose|detect|confirm|start|keep|appear|go|return|complete"
        r"|follow))(?! back\b)",
    ),
    ("failed", r"\b(?:unresponsive|refractory|ineffective|unrelieved|unimproved|recalcitrant)\b"),
    (
        "failed",
        r"\b(?:cannot|can['\u2019]t|can not|could not|couldn['\u2019]t|unable to) tolerate\b"
        r"|\bintoleran(?:t|ce)\b",
    ),
    (
        "failed",
        r"\b(?:stopped|discontinued)(?: \w+){0,3} (?:due to|because of|for) (?:\w+ )?(?:side"
        r"|gi|pain|worsening|nausea|intolerance|bleeding|rash)",
    ),
    (
        "failed",
        r"\b(?:persist\w*|unchanged|worse(?:n\w*)?|no better|still (?:has|have|with|rates|\d))\b",
    ),
    (
        "failed",
        r"\b(?:remains?|is) (?:the same|\d{1,2}/10|severe)\b|\bdespite\b(?! (?:the "
        r"|an? )?(?:order|referral|recommendation))",
    ),
    (
        "partial",
        rf"\b(?:partial|some|mild|modest|temporary|transient|slight|moderate|short[- ]lived"
        rf"|brief|limited)(?:ly)? (?:\w+ )?{_GOOD}",
    ),
    (
        "partial",
        r"\b(?:help\w*|improv\w+|reliev\w+) (?:only )?(?:somewhat|slightly|partially|a little|a bit"
        r"|minimally|very little|not much|for a while|at first"
        r"|temporarily|briefly)",
    ),
    ("partial", r"\b(?:somewhat|slightly|partially|a little) (?:better|improved|relieved)"),
    (
        "helped",
        r"\b(?:improv(?:ed|ing|es|ement)|resolved|feels? better|much better|help(?:ed|ing|s"
        r"|ful)|pain[- ]free|relieved|asymptomatic|effective|relief|responded|responding)\b",
    ),
)
_COMPILED = [(outcome, re.compile(pattern, re.IGNORECASE)) for outcome, pattern in _PATTERNS]
_UNSAID = re.compile(
    r"\b(?:not|never|n['\u2019]t)\b (?:(?:yet|really|actually|truly|been|clearly|formally|a|have"
    r"|considered|shown|to) ){0,3}fail\w*|\bno (?:evidence of )?(?:treatment )?failure\b"
    rf"|\b(?:no|not) (?:\w+ ){{0,2}}?(?:{_GOOD}) yet\b|\b(?:no|not) (?:\w+ )?yet {_GOOD}"
    r"|\bfail\w*(?:(?!\b(?:and|so|but|then|thus|therefore|which)\b)[^.;,:]){0,60}?"
    r"\b(?:would|could|might|may|(?:is|are) (?:an? )?(?:indication|requir\w+|criteri\w+|needed))\b",
    re.IGNORECASE,
)
_QUICK = (
    *("improv", "relie", "benefit", "respon", "success", "resol", "effect", "help", "better"),
    *("fail", "refract", "recalc", "tolera", "worse", "persist", "unchang", "despite", "touch"),
    *("budge", "take away", "work", "asympt", "pain-free", "pain free", "remains", "stopped"),
    *("discont", "still", "no change", "differen", "recover", "not chang", "same", "baseline"),
    *("returned", "recurred", "came back", "is back", "wor off", "worn off", "wore off"),
    *("not last", "n't last", "n\u2019t last"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome and where its words stand in the sentence."""

    outcome: Outcome
    start: int
    end: int


def _may(lower: str) -> bool:
    for letters in _QUICK:  # noqa: SIM110 - a generator takes twice the time
        if letters in lower:
            return True
    return False


def _denies(lower: str) -> bool:
    return "fail" in lower or "yet" in lower


def outcomes(sentence: str) -> list[Found]:
    """List the outcomes a sentence words, in order; "did not help" is failed, not helped.

    "Has not failed", "no relief yet" and "failure would be a reason" say nothing of an outcome.
    """
    lower = sentence.casefold()
    if not _may(lower):
        return []
    taken: list[Found] = []
    unsaid = [match.span() for match in _UNSAID.finditer(sentence)] if _denies(lower) else []
    for outcome, pattern in _COMPILED:
        for match in pattern.finditer(sentence):
            if any(low < match.end() and match.start() < high for low, high in unsaid):
                continue
            if all(match.end() <= one.start or match.start() >= one.end for one in taken):
                taken.append(Found(outcome, match.start(), match.end()))
    return sorted(taken, key=lambda one: one.start)
