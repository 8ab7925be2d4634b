"""How a place is meant: the one scope engine, then what only its section or a refusal tells."""

import re

from nodes.entity import Slot, Status
from nodes.policy.sentences import Sentence

TREATMENTS: frozenset[Slot] = frozenset({"procedure", "imaging", "drug", "therapy", "device"})
_REFUSED_BEFORE = re.compile(
    r"\b(?:(?<!family )declin(?:ed|es|ing)|refus(?:ed|es|ing)|not interested in"
    r"|not wish(?:ing)?(?: to)?|opt(?:ed|s)"
    r" (?:against|not to)|(?:does|did|do)(?: not|n['\u2019]t) (?:want|wish)|unwilling to"
    r"|prefers? (?:not to|to avoid"
    r"|to hold off)|reluctant to|hesitant to|wants to avoid|deferr?(?:ed|s|ing)"
    r"|against medical advice)\b"
    r"(?P<between>[^.;:]{0,60})$",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"^[^.;:]{0,50}?\b(?:(?:but|which|and|though|however,?)?\s*(?:was |were |is |are |has been "
    r"|s?he |they |patient |the patient"
    r" |pt |the parents? |family ){0,2}(?:declin(?:ed|es|ing)\b|refus(?:ed|es|ing)\b"
    r"|not interested\b|(?:does|did)(?: not"
    r"|n['\u2019]t) want\b|opted against|prefers? not))(?! (?:in|to participate))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\bbut\b|\bhowever\b|\band (?:has|had|is|was|will|did|took|tried|completed|agreed"
    r"|continues)\b",
    re.IGNORECASE,
)
_PAYERS = re.compile(
    r"\b(?:insur\w+|payer|payor|plan|medicare|medicaid|aetna|humana|cigna|carrier|claim)\b",
    re.IGNORECASE,
)
_KEPT_UP = re.compile(
    r"\b(?:continu\w+|refill\w*|resum\w+|remain\w*|stay on|request\w*|order(?:ed|s|ing)?\b"
    r"|taking|complet\w+|failed"
    r"|after|since|despite|s/p|status post|has (?:had|been|tried)|tried|did not|authoriz\w+"
    r"|submit\w*|received|had"
    r"|on|reviewed|showed|shows|demonstrat\w+|reveal\w*|increase|decrease|taper|stop"
    r"|discontinue|necessary|indicated|warranted|necessity)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"(?:^|\b(?:will|to|we|i|plan\w*|recommend\w*)\b[^.;]{0,40}?)\W{0,4}\b(?:start|begin"
    r"|initiate|trial|refer(?:ral|red)?|consider\w*|recommend\w*"
    r"|schedul\w+|proceed|plan(?:s|ned|ning)?|discuss\w*|prescribe|add|try|advise[ds]?|may"
    r"|offer(?:ed)?|obtain"
    r"|repeat|switch to|set up|undergo)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:was|were|has|have|had|completed|tried|took|failed|underwent|after|despite|showed"
    r"|reviewed|done"
    r"|ago|status post|s/p|since|received|finished|attended|without relief|with relief)\b",
    re.IGNORECASE,
)
_QUICK = re.compile(
    r"declin|refus|interested|wish|want|opt|unwilling|prefer|reluct|hesit|defer|against",
    re.IGNORECASE,
)


def standing(
    told: Sentence, start: int, end: int, slot: Slot, section: str, said: Status
) -> Status:
    """Say how a place is meant, given what the scope engine says; offsets in the sentence."""
    if slot in TREATMENTS and said != "family" and declined(told.text, start, end):
        return "declined"
    if said != "affirmed":
        return said
    if section == "family":
        return "family"
    if section == "education":
        return "hypothetical"
    if section == "past":
        return "historical"
    if slot in TREATMENTS and _planned(told.text[:start], told.text, section):
        return "hypothetical"
    return said


def declined(text: str, start: int, end: int) -> bool:
    """Whether the patient did not want a treatment; a payer that declines is no patient."""
    if not _QUICK.search(text):
        return False
    before = _REFUSED_BEFORE.search(text[max(0, start - 120) : start])
    if before and not _ENDS.search(before["between"]):
        return not _PAYERS.search(text[max(0, start - 120) : start])
    return bool(_REFUSED_AFTER.search(text[end : end + 110])) and not _PAYERS.search(
        text[end : end + 40]
    )


def _planned(before: str, text: str, section: str) -> bool:
    if section == "plan":
        return not _KEPT_UP.search(text)
    return bool(_PLANNED.search(before[-110:])) and not _DONE.search(text)
