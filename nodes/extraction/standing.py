"""How a place is meant: the one scope engine, then what only its section or a refusal tells."""

import re
from typing import NamedTuple

from nodes.entity import Slot, Status
from nodes.extraction.forms import asked_by_rule, boxed, of_marker, only_dated
from nodes.extraction.letters import holds
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
    r"^[ ]?[:(\u2013-][ ]?(?:pt |patient )?(?:declin|refus)(?:ed|es|ing)\b"
    r"|^[^.;:]{0,50}?\b(?:(?:but|which|and|though|however,?)?\s*(?:was |were |is |are |has been "
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
_ITEM = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[-*\u2022])\s|;")
_OFFERED = re.compile(
    r"\s+(?:is |was |were |are |has been )?(?:being )?(?:recommended|offered|considered"
    r"|discussed|scheduled|planned|advised"
    r"|pending)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\W{0,3}(?:was |were |has |have |had )?(?:not|never) (?:been |yet )?(?:been )?(?:tried"
    r"|done|attempted|used|taken|completed"
    r"|started|performed|begun)\b",
    re.IGNORECASE,
)
_PAYER_DENIED = re.compile(
    r"\b(?:was|were|been|is|are) denied\b|\bdenial (?:of|for)\b|\bdenied (?:by|for|due|because"
    r"|as|on)\b|\b(?:appeal|authorization|pa|claim|coverage)\b[^.]{0,60}\bdenied\b",
    re.IGNORECASE,
)
_SHOWN_BY = re.compile(
    r"\w (?:on|by|per|via) (?:the |her |his |recent |prior |latest "
    r"|repeat )?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never|lacks?)\b\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_SHOWING: frozenset[Slot] = frozenset({"imaging", "procedure"})
_REPLY = re.compile(
    r"[^?.\n]{0,80}\?\s{0,3}(?:(?:answer|response|a)\s?:\s{0,3})?[-\u2013:]?\s?(?:(?P<yes>yes|y"
    r"|true)|(?P<no>no|n|false))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not yet|has not|have not|hasn['\u2019]t|never)\W+(?:yet )?$", re.I)
_NONE_AFTER = re.compile(r"[ ]?[:?][ ]?(?:none|no|n/a)\b", re.IGNORECASE)
_DENIES_ITSELF = re.compile(
    r"without|no\b|if\b|unable|cannot|failed|failure"
    r"|all other",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|currently|presents?|presenting|new onset|reports|complains"
    r"|here for)\b",
    re.IGNORECASE,
)
_SECTIONS: dict[str, Status] = {
    "family": "family",
    "education": "hypothetical",
    "past": "historical",
}
_DENIED_FOR = re.compile(r"(?:^|[.:] )\W{0,2}Denied [A-Z][\w-]+ (?:\w+ ){0,3}for (?:\w+ )?$")
_TICKED: dict[str, Status] = {"yes": "affirmed", "no": "negated", "open": "hypothetical"}
_QUICK = (
    "declin", "refus", "interested", "wish", "want", "opt", "unwilling", "prefer", "reluct",
    "hesit", "defer", "against",
)  # fmt: skip


class Place(NamedTuple):
    """Words of a sentence, offsets in it; ``after`` is what the note goes on with."""

    told: Sentence
    start: int
    end: int
    slot: Slot
    section: str
    after: str


def standing(place: Place, said: Status) -> Status:
    """Say how a place is meant, given what the scope engine says of it."""
    ticked = boxed(place.after)
    if ticked and said != "family":
        return _TICKED[ticked]
    replied = _REPLY.match(place.after) if "?" in place.after else None
    if replied and said != "family":
        return "affirmed" if replied["yes"] else "negated"
    if place.slot in TREATMENTS:
        said = _treated(place, said)
    elif said == "negated" and _is_so(place):
        said = "affirmed"
    if said == "historical" and only_dated(place.told.text, place.start, place.end):
        said = "affirmed"
    if said != "affirmed" or (place.section == "past" and _NOW.search(place.told.text)):
        return said
    return _SECTIONS.get(place.section, said)


def _is_so(place: Place) -> bool:
    """Whether what is denied is a marker of it, or what a payer denied for it."""
    text = place.told.text
    return of_marker(text[place.end :]) or bool(_DENIED_FOR.search(text, 0, place.start))


def denies(text: str, start: int, end: int) -> bool:
    """Whether words of need may be denied: "not medically necessary"; "without this" is none."""
    if _NOT_YET.search(text, 0, start) or _NONE_AFTER.match(text, end):
        return True
    return not _DENIES_ITSELF.match(text, start) and bool(_NOT.search(text, 0, start))


def _treated(place: Place, said: Status) -> Status:
    """Say what refusals, payers' denials and plans make of a treatment."""
    text, start, end = place.told.text, place.start, place.end
    may_decline = said != "family" and holds(place.told.heard.text, _QUICK)
    if may_decline and declined(text, start, end):
        return "declined"
    if said == "affirmed" and asked_by_rule(text):
        return "hypothetical"
    undone = _NOT_DONE.match(text, end)
    if said == "negated":
        return "affirmed" if not undone and _only_seems_denied(place) else said
    if said == "affirmed" and undone:
        return "negated"
    if said == "affirmed" and _planned(text, start, end, place.section):
        return "hypothetical"
    return said


def _only_seems_denied(place: Place) -> bool:
    """Whether a payer denied it, or what is denied is what it did not show: "no fracture on CT"."""
    if _PAYER_DENIED.search(place.told.text):
        return True
    return place.slot in _SHOWING and bool(_SHOWN_BY.search(place.told.text, 0, place.start))


def declined(text: str, start: int, end: int) -> bool:
    """Whether the patient did not want a treatment; a payer that declines is no patient."""
    before = _REFUSED_BEFORE.search(text[max(0, start - 120) : start])
    if before and not _ENDS.search(before["between"]):
        return not _PAYERS.search(text[max(0, start - 120) : start])
    return bool(_REFUSED_AFTER.search(text[end : end + 110])) and not _PAYERS.search(
        text[end : end + 40]
    )


def _planned(text: str, start: int, end: int, section: str) -> bool:
    low = max((m.end() for m in _ITEM.finditer(text, 0, start)), default=0)
    item = _ITEM.search(text, end)
    own = text[low : item.start() if item else len(text)]
    if _OFFERED.match(text, end):
        return True
    if section == "plan":
        return not _KEPT_UP.search(own)
    return bool(_PLANNED.search(text[max(low, start - 110) : start])) and not _DONE.search(own)
