"""Whether the patient said no to a treatment: "declined surgery", "was offered PT but refused"."""

import re

from nodes.policy.cue import Cue, Heard

_NO = r"(?:declin(?:ed|es|e|ing)|refus(?:ed|es|e|ing))"
_STATE = r"(?! (?:since|due|because|from|with|over|in|after|by)\b)"
_BEFORE = Cue(
    rf"\b(?:{_NO}{_STATE}|(?:not|n['\u2019]?t) (?:want|wish|desire|agree to|consent to"
    r"|interested in|willing to|amenable to|keen on)|(?:opt|elect|decid|prefer|cho[os])\w* not to"
    r"|(?:opt|decid)\w* against|unwilling to|turned down|rejected|uninterested in"
    r"|(?:would )?rather not)\b"
    r"(?:(?! for (?:her|his|their|the|this)\b| because | due | despite )[^,;.]){0,50}$",
    "declin",
    "refus",
    "want",
    "wish",
    "desire",
    "agree",
    "consent",
    "interested",
    "willing",
    "amenable",
    "keen",
    "not to",
    "opt",
    "elect",
    "decid",
    "prefer",
    "cho",
    "turned down",
    "reject",
    "rather not",
)
_WHO = r"(?:(?:she|he|they|pt|patient|the patient|has|have|was|were|is|currently)\s+){0,3}"
_AFTER = Cue(
    rf"^(?:\s+(?!is\b|function\b|has\b)[\w-]+){{0,2}}?\s+(?:(?:was|were|is|been|being)\s+)?"
    r"(?:declined|refused)\b(?! (?:in|over|since|from|to)\b)(?! by (?:the |her |his )?(?:ins|pay))"
    rf"|^[^.;]{{0,60}}?\b(?:but|and|which|however),?\s+{_WHO}{_NO}"
    r"(?=\s*(?:$|[.,;)]|it\b|this\b|these\b|them\b|at\b|for now\b|due\b|because\b))",
    "declin",
    "refus",
)
_PAYER = re.compile(
    r"\b(?:insur\w+|payers?|payors?|plan|carrier|medicare|medicaid|reviewer|coverage|request|claim"
    r"|she has not|he has not|not|never|n['\u2019]t) (?:has |had |have |was )?(?:declin|refus)",
    re.IGNORECASE,
)
ABILITY = re.compile(
    r"\b(?:function|vision|health|mobility|cognition|strength|status|memory|hearing|fraction|e?gfr"
    r"|level|weight|hemoglobin|count)s?\b",
    re.IGNORECASE,
)


def declined(heard: Heard, before: str, phrase: str, after: str) -> bool:
    """Say whether a clause tells that the patient declined the phrase, from what is around it."""
    if not (heard.search(_BEFORE, before) or heard.match(_AFTER, after)):
        return False
    return not (_PAYER.search(before) or ABILITY.search(phrase))
