"""Whether a note denies a phrase, doubts it, only suspects it or states it.

After ConText (Harkema 2009): triggers reach forward or back inside a clause until a word ends
their reach. Patterns are our own; none comes from a policy file or a request.
"""

import re
from collections import deque
from typing import Literal

Polarity = Literal["affirmed", "negated", "uncertain", "suspected"]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_NEGATION = re.compile(
    r"\b(?:no(?!t only| longer| doubt|\.|t? sure)\b|not(?! only\b)\b|n't\b|denie[sd]\b"
    r"|deny(?:ing)?\b|without\b|w/(?:o|out)\b|never\b"
    r"|negative for\b|neg for\b|(?<!triple.)neg(?:ative)?s?\s*:|neg\s+(?=$)|absence of\b|free of\b"
    r"|lack(?:s|ing)? (?:of )?|ruled out\b|rules out\b|nor\b|neither\b|no longer\b|none\b"
    r"|cannot recall\b|nothing (?:to suggest|suggest\w*|concerning for)\b"
    r"|(?:argu\w+|evidence|reassuring|speaks?) against\b|inconsistent with\b"
    r"|unremarkable for\b)|(?:^|[,;:(])\s*negative\s+(?=$)"
    r"|[\u00d8\u2205]\s*(?=$|\w)|(?<=,)\s*[-\u2013\u2212](?=$)",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(
    r"(?:does|did|has|have|is|was|do|had|are|were)n['\u2019]t\b", re.IGNORECASE
)
_PSEUDO = _words(
    r"(?:can(?:not| not)|not)(?: be| been)? (?:exclude|ruled? out|excluded)\w*"
    r"|no (?:significant |interval )?(?:change|increase|decrease)"
    r"|(?:does|did|do)(?: not|n['\u2019]t) deny|not denying|cannot deny"
    r"|not only|without (?:difficulty|change)|no doubt|gram negative|with or without"
)
_BREAK = re.compile(
    r"(?:,|\band\b)\s*(?:(?:she|he|they|pt|patient|the patient|also|now|instead|currently)\s+)*"
    r"(?:reports?|reported|endorses?|has|have|had|complains?|c/o|notes?|presents?|positive"
    r"|admits?|states?|describes?|developed|found|takes?|taking|uses?|using|started|switched)\b"
    r"|\b(?:because of|due to|secondary to|resulting in)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r",\s*(?:[\w-]+\s+){0,2}(?:resolved|improved|sleeping|feels?|feeling)\b"
    r"|[:,]\s*(?:[\w-]+\s+){0,2}(?:negative|neg)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:importan\w+|annual|instruct|educat|counsel|discuss|decision)", re.IGNORECASE
)
_OF_ANOTHER = re.compile(
    r"\b(?:from (?:(?:her|his|their|the|taking|using)\s+)?(?:\w+\s+)?"
    r"|(?:missed|missing|skipped|skips|misses)\s+(?:\w+\s+){0,2}(?:of\s+)?(?:\w+\s+)?)$",
    re.IGNORECASE,
)
_COPULA = (
    r"(?:is|are|was|were|been|has been|have been|had been|felt to be|thought to be"
    r"|appears?|seems?)"
)
_NOT_SEEN = (
    r"(?:present|seen|noted|found|reported|appreciated|evident|suspected|identified"
    r"|demonstrated|endorsed|detected|visuali[sz]ed|confirmed|elicited|observed|a concern)"
)
_NEGATED_AFTER = re.compile(
    rf"^[^.;]{{0,60}}?(?::\s*(?:no|none|denie[sd]|negative|absent|neg|not present)\b"
    rf"|\b{_COPULA}\s+(?:\w+\s+)?"
    r"(?:absent|denied|negative|ruled out|(?<!not )excluded|unlikely"
    rf"|not (?:\w+ly )?{_NOT_SEEN}|never (?:confirmed|seen|found|proven))\b)"
    rf"|^(?:\s+(?!and\b|with\b|present\b|but\b)[\w-]+){{0,3}}?\s+(?:not|never)"
    rf" (?:\w+ly )?{_NOT_SEEN}\b"
    r"|^\W{0,3}(?:negative|denied|absent|ruled out|r/o'?e?d|unlikely|excluded)\b"
    r"|^(?:\s+\w+){1,2}\s+(?:denied|ruled out|excluded)(?=\s*(?:[.,;)]|$))"
    r"|^\s*[-\u2013]\s*(?:no|none|negative|denie[sd])\b",
    re.IGNORECASE,
)
_UNCERTAIN = _words(
    r"(?:r/o|rul(?:e|ing) out|to (?:exclude|evaluate for|assess for|look for)|evaluat\w+ for"
    r"|assess for|possible|possibly|questionable"
    r"|\?|may have|might have|cannot exclude|versus|vs\.?|screen(?:ing)? for"
    r"|work-?up for)"
)
_LISTED = re.compile(r"(?<!with )\b(?:differential(?! normal)\b|ddx\b|d/dx\b|ddx?:)", re.IGNORECASE)
_NEAR = r"[^,;:]{0,50}$"
_DOUBTED = re.compile(
    rf"\b(?:unlikely|less likely|doubt(?:ful|s|ed)?"
    r"|low (?:\w+ ){0,2}(?:suspicion|concern|likelihood)"
    rf"|(?:could|may|might) (?:represent|reflect|indicate|suggest|be|become|develop)"
    rf"|(?<!is )(?<!are )consider(?:ing|s|ed)?|risk factors? (?:for|of)"
    r"|(?:fears?|afraid|fearful) (?:of )?|(?:worried|anxious|asks?|asked|asking|read|googled)"
    rf" about|googled|prevent(?:s|ing|ion)?)\b{_NEAR}",
    re.IGNORECASE,
)
_DOUBTED_AFTER = re.compile(
    rf"^[^.;,]{{0,40}}?\b(?:can(?:not|'t| not) be (?:fully |completely )?(?:excluded|ruled out)"
    r"(?!\s*(?::|because|given))|(?:on|in|part of) (?:the|our|my|her|his) (?:differential|ddx)"
    r"|(?:very|highly|felt to be|thought to be) unlikely|less likely)\b"
    rf"|^\s+(?:{_COPULA}\s+)?(?:considered|entertained|questionable|unconfirmed)\b"
    r"|^[^.;,]{0,30}?\b(?:is|are|was|remains?) questionable\b"
    r"|^\s+(?:risks?|screen(?:ing|ed|s)?|prevention|prophylaxis|vaccin\w+|immuni[sz]\w+"
    r"|awareness|precautions)\b",
    re.IGNORECASE,
)
_SUSPECTED = re.compile(
    rf"\b(?:suspect(?:s|ed|ing)?|suspicio(?:n|us) (?:for|of)|concern(?:ed|s|ing)? (?:for|about)"
    rf"|presumed|presumptive|probable|likely)\b{_NEAR}",
    re.IGNORECASE,
)
_SUSPECTED_AFTER = re.compile(
    rf"^\s+(?:{_COPULA}\s+)?suspected\b|^[^.;,]{{0,20}}?\bcan(?:not|'t| not) be (?:\w+ )?"
    r"(?:excluded|ruled out)\b",
    re.IGNORECASE,
)


def polarity(before: str, phrase: str, after: str) -> Polarity:
    """Say how a clause means a phrase, from the words before and after it."""
    text = _PSEUDO.sub(lambda match: " " * len(match.group()), before)
    said = _negation(text, phrase)
    if said != "affirmed":
        return said
    if _DOUBTED_AFTER.search(after) and not _ACT.search(phrase):
        return "uncertain"
    if _NEGATED_AFTER.search(after):
        return "negated"
    if _UNCERTAIN.search(text[-60:]) or _LISTED.search(text) or _DOUBTED.search(text[-90:]):
        return "uncertain"
    if _SUSPECTED.search(text[-90:]) or _SUSPECTED_AFTER.search(after):
        return "suspected"
    return "affirmed"


def _negation(before: str, phrase: str) -> Polarity:
    """What a word that denies makes of the phrase: of its complement it says nothing."""
    text = _CONTRACTED.sub(lambda match: "not".ljust(len(match.group())), before)
    last = deque(_NEGATION.finditer(text), maxlen=1)
    if not last or text.count(" ", last[0].end()) >= 25:
        return "affirmed"
    reach = last[0].end()
    if _BREAK.search(text, reach) or _TURN.search(text + phrase, reach):
        return "affirmed"
    return "uncertain" if _OF_ANOTHER.search(text, reach) else "negated"
