"""Whether a note denies a phrase, doubts it, only suspects it or states it.

After ConText (Harkema 2009): triggers reach forward or back inside a clause until a word ends
their reach. Patterns are our own; none comes from a policy file or a request.
"""

import re
from typing import Literal

from nodes.policy.cue import Cue, Heard
from nodes.policy.denied_after import denied_after
from nodes.policy.denied_before import denied_before

Polarity = Literal["affirmed", "negated", "uncertain", "suspected"]


_ACT = re.compile(
    r"\b(?:importan\w+|annual|instruct|educat|counsel|discuss|decision)", re.IGNORECASE
)
_COPULA = (
    r"(?:is|are|was|were|been|has been|have been|had been|felt to be|thought to be"
    r"|appears?|seems?)"
)
_UNCERTAIN = Cue(
    r"\b(?:r/o|rul(?:e|ing) out|to (?:exclude|evaluate for|assess for|look for)|evaluat\w+ for"
    r"|assess for|possible|possibly|possibility of|questionable|query|equivocal"
    r"|\?|may (?:still )?have|might have|could (?:still )?have"
    r"|can(?:not|'t| not) (?:\w+ly )?(?:exclude|rule out)|(?:not |un)sure (?:if|whether|about)"
    r"|unclear (?:if|whether)|uncertain (?:if|whether)|versus|vs\.?|screen(?:ing)? for"
    r"|work-?up for)|(?:^|[\s(,;:/])\?\s*(?=$)",
    "r/o",
    " out",
    "?",
    "assess for",
    "could ",
    "equivocal",
    "evaluat",
    "exclude",
    "look for",
    "may ",
    "might have",
    "possib",
    "query",
    "questionable",
    "screen",
    "sure ",
    "uncertain ",
    "unclear ",
    "up for",
    "vs",
    "versus",
)
_LISTED = Cue(
    r"(?<!with )\b(?:differential(?! normal)\b|ddx\b|d/dx\b|dd:)",
    "differential",
    "ddx",
    "d/dx",
    "dd:",
)
_NEAR = r"[^,;:]{0,50}$"
_DOUBTED = Cue(
    rf"\b(?:unlikely|less likely|doubt(?:ful|s|ed)?"
    r"|low (?:\w+ ){0,2}(?:suspicion|concern|likelihood)"
    rf"|(?:could|may|might) (?:represent|reflect|indicate|suggest|be|become|develop)"
    rf"|(?<!is )(?<!are )consider(?:ing|s|ed)?|risk factors? (?:for|of)"
    r"|(?:fears?|afraid|fearful) (?:of )?|(?:worried|anxious|asks?|asked|asking|read|googled)"
    rf" about|googled|prevent(?:s|ing|ion)?)\b{_NEAR}",
    " about",
    "afraid",
    "concern",
    "consider",
    "could",
    "doubt",
    "fear",
    "googled",
    "likel",
    "may",
    "might",
    "prevent",
    "risk factor",
    "suspicion",
)
_DOUBTED_AFTER = Cue(
    rf"^[^.;,]{{0,40}}?\b(?:can(?:not|'t| not) be (?:fully |completely )?(?:excluded|ruled out)"
    r"(?!\s*(?::|because|given))|(?:on|in|part of) (?:the|our|my|her|his) (?:differential|ddx)"
    r"|(?:very|highly|felt to be|thought to be) unlikely|less likely)\b"
    rf"|^\s+(?:{_COPULA}\s+)?(?:considered|entertained|questionable|unconfirmed)\b"
    r"|^[^.;,]{0,30}?\b(?:is|are|was|remains?) (?:questionable|possible)\b"
    r"|^[^.;,]{0,30}?\bnot (?:been )?(?:\w+ly |yet )?(?:excluded|ruled out)\b"
    r"|^(?:\s+(?:and|sign|test|was|is|were|are|[A-Z][\w']+)){0,3}\s+(?:equivocal|inconclusive"
    r"|indeterminate)\b"
    r"|^\s+(?:vs\b|versus\b)|^\s+(?:risks?|screen(?:ing|ed|s)?|prevention|prophylaxis|vaccin\w+|immuni[sz]\w+"
    r"|awareness|precautions)\b",
    "differential",
    "equivocal",
    "inconclusive",
    "indeterminate",
    "ddx",
    "likely",
    "considered",
    "entertained",
    "excluded",
    "ruled out",
    "immuni",
    "possible",
    "precautions",
    "prophylaxis",
    "questionable",
    "risk",
    "screen",
    "unconfirmed",
    "vs",
    "versus",
    "vaccin",
    "prevention",
    "awareness",
)
_SUSPECTED = Cue(
    rf"\b(?:suspect(?:s|ed|ing)?|suspicio(?:n|us) (?:for|of)|concern(?:ed|s|ing)? (?:for|about)"
    rf"|presumed|presumptive|probable|likely)\b{_NEAR}",
    "concern",
    "likely",
    "presum",
    "probable",
    "suspect",
    "suspicio",
)
_SUSPECTED_AFTER = Cue(
    rf"^\s+(?:{_COPULA}\s+)?suspected\b|^[^.;,]{{0,20}}?\bcan(?:not|'t| not) be (?:\w+ )?"
    rf"(?:excluded|ruled out)\b|^\s+(?:{_COPULA}\s+)?(?:likely|probable)(?=\s*(?:[.,;)]|$))",
    "excluded",
    "ruled out",
    "suspected",
    "likely",
    "probable",
)


def polarity(heard: Heard, before: str, text: str, phrase: str, after: str) -> Polarity:
    """Say how a clause means a phrase, from the words before and after it.

    ``text`` is ``before`` without what only looks like a denial.
    """
    said = denied_before(heard, text, phrase, after)
    if said != "affirmed":
        return said
    if heard.match(_DOUBTED_AFTER, after) and not _ACT.search(phrase):
        return "uncertain"
    if denied_after(heard, phrase, after):
        return "negated"
    if heard.search(_UNCERTAIN, before[-60:]) or heard.search(_LISTED, text):
        return "uncertain"
    if heard.search(_DOUBTED, text[-90:]):
        return "uncertain"
    if heard.search(_SUSPECTED, text[-90:]) or heard.match(_SUSPECTED_AFTER, after):
        return "suspected"
    return "affirmed"
