"""Answers after what was asked, boxes ticked or not, and sentences that state a rule.

"Saddle anesthesia? No.", "Bowel incontinence - N", "[ ] Fever", "insurance requires 6 weeks".
"""

import re

from nodes.policy.boxes import Answer, marked, row
from nodes.policy.choices import choice
from nodes.policy.cue import Cue, Heard

_END = r"(?=\s*(?:[.,;)/|\[]|$|\s[-\u2013\u2014]\s|\s(?-i:[A-Z][a-z])|\s\d{1,2}[.)](?:\s|$)))"
_NO = (
    rf"(?:(?:no|n|none|nil|neg|0)\b{_END}|(?:negative|denie[sd]|denying|absent|not present"
    r"|ruled out|r/o'?e?d|never|not (?:seen|noted|endorsed|reported"
    r"|tried|used|attempted|taken|received))\b)"
)
_YES = rf"(?:(?:yes|y|pos|present|endorsed)\b{_END}|(?:positive|\+))"
_ASKED = re.compile(
    r"^[^?.;]{0,90}\?\s*[-\u2013\u2014:]?\s*(?:(?i:a|ans|answer)\s*:\s*)?(?P<answer>[^?]*)"
)
_MARKED = r"^[\w /]{0,12}?\s*(?:[:=|]|[-\u2013\u2014]{1,2}|\(|\bcolon\b|\.{3,}|\u2026)\s*"
_SAYS_NO = re.compile(
    rf"{_MARKED}{_NO}|^\s+(?:no|neg|(?:x )?no|0(?:/\d+)?)(?=\s*(?:[.,;](?!\d)|$))"
    r"|^\s*\|\s*[-\u2013\u2212]\s*(?:\||$)|^\s+(?-i:NO|NEG|N)(?=\s*(?:[.,;]|$|\s[A-Z][a-z]))",
    re.IGNORECASE,
)
_TICKED_NO = re.compile(
    r"^[^.;\[(]{0,40}(?:[\[(]\s*[\])]\s*y(?:es)?\W+)?[\[(]\s*x\s*[\])]\s*(?:no?\b|denie[sd])",
    re.IGNORECASE,
)
_SAYS_YES = re.compile(
    r"^[^.;\[(]{0,40}(?:[\[(]\s*[\])]\s*no?\W+)?[\[(]\s*x\s*[\])]\s*y(?:es)?\b", re.IGNORECASE
)
_UNANSWERED = re.compile(
    r"^\s*[:=(\[-]*\s*(?:y|yes|present|positive)\s*(?:/|\||\bor\b)\s*(?:n|no|absent|negative)\b"
    r"|^\s*[-\u2013\u2212]\s*(?:$|[;,])|^\s*[:=?]\s*[-_]*\s*$",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"^[^.;\[(]{0,40}[\[(]\s*[\])]\s*(?:y(?:es)?|no?)\b", re.IGNORECASE)
_TICKED = re.compile(r"[\[(]\s*x\s*[\])]", re.IGNORECASE)
_FIRST_NO = re.compile(_NO, re.IGNORECASE)
_FIRST_YES = re.compile(_YES, re.IGNORECASE)

_IN_LIST = re.compile(r"\([^()]*$")
_LIST_DENIED = re.compile(
    r"^[^().;]{0,80}\)\s*(?:(?:are|were|was|all)\s+){0,2}"
    r"(?:absent|negative|denied|not present|none)"
    r"(?=\s*(?:[.,;]|$))",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|,)\s*[-\u2013\u2212]$")
_DASHES = ("-", "\u2013", "\u2212")
_MINUSES = re.compile(r",\s*[-\u2013\u2212]\w")

_WHOSE = (
    r"(?:polic(?:y|ies)|protocols?|guidelines?|insurance|insurers?|payers?|payors?|criteria"
    r"|carrier|health plan|medicare|medicaid|um|utilization review|pre-?authorization"
    r"|prior auth\w*)"
)
_ASKS = (
    r"(?:requir\w+|must|needed|needs?|mandat\w+|indicated|before|prior to|denied|denies|asks?"
    r"|wants?|documented|approv\w+|cover\w*|recommends?|calls? for|states?|says?)"
)
_RULE = Cue(
    rf"\b{_WHOSE}\b[^.;]*\b{_ASKS}\b|\b{_ASKS}\b[^.;]*\bby (?:\w+ ){{0,2}}?{_WHOSE}\b"
    r"|\b(?:indicated|required|needed|necessary|covered|approved|appropriate|warranted)"
    r" (?:only )?(?:after|before|prior|if|when|following)\b"
    r"|\b(?:requires?|needs?|must)\b[^.;]*\b(?:before|prior to) [^.;]{0,20}?(?:mri|imaging)\b"
    r"|\bmust (?:first )?(?:complete|fail|try|undergo|have|show|document|prove|demonstrate)\b"
    r"|\b(?:approval|coverage|authori[sz]ation|reimbursement) (?:\w+ ){0,3}?requires?\b"
    r"|\b(?:educated|counsel+ed|informed|instructed|reminded|aware)\b[^.;]{0,30}?\bthat\b"
    r"|\b(?:i|we|was|were) (?:\w+ )?(?:explained|told|advised)\b[^.;]{0,40}?\bthat\b",
    "polic",
    "protocol",
    "guideline",
    "insur",
    "payer",
    "payor",
    "criteria",
    "carrier",
    "health plan",
    "medica",
    "um",
    "utilization review",
    "uthorization",
    "prior auth",
    "indicated",
    "required",
    "needed",
    "necessary",
    "covered",
    "approved",
    "appropriate",
    "warranted",
    "mri",
    "approval",
    "coverage",
    "uthori",
    "reimburse",
    "imaging",
    "must",
    "educated",
    "counsel",
    "informed",
    "instructed",
    "reminded",
    "aware",
    "explained",
    "told",
    "advised",
)
_DID = re.compile(
    r"\b(?:completed|finished|attended|underwent|did|failed|participated in)\b[^.;]*\b(?:as"
    r" (?:required|needed|mandated)|per|meet(?:s|ing)?|satisf\w+)\b",
    re.IGNORECASE,
)


def rule(text: str, heard: Heard | None = None) -> bool:
    """Say whether a sentence tells what is asked or taught, not what the patient did or has."""
    found = (heard or Heard(text)).search(_RULE, text)
    if not found:
        return False
    did = _DID.search(text)
    return did is None or did.start() > found.start()


def answer(before: str, after: str, columns: str = "") -> Answer | None:
    """Read the answer that a phrase has in its sentence; "open" when it was left without one."""
    chosen = choice(after)
    if chosen:
        return chosen
    boxes = "[" in after or "(" in after
    open_ = _UNANSWERED.match(after) or (boxes and _EMPTY.match(after))
    if open_ and not _TICKED.search(after):
        return "open"
    if boxes and _SAYS_YES.match(after):
        return "yes"
    if _denied(before, after) or (boxes and _TICKED_NO.match(after)):
        return "no"
    return row(after, columns) or marked(before, after) or _asked(after)


def _denied(before: str, after: str) -> bool:
    if _SAYS_NO.match(after):
        return True
    if ")" in after and _LIST_DENIED.match(after) and _IN_LIST.search(before):
        return True
    if before[-1:] not in _DASHES or not _MINUS.search(before):
        return False
    return bool(_MINUSES.search(f"{before}x{after}"))


def _asked(after: str) -> Answer | None:
    asked = _ASKED.match(after) if "?" in after else None
    if not asked:
        return None
    said = asked["answer"] or ""
    if _FIRST_NO.match(said):
        return "no"
    return "yes" if _FIRST_YES.match(said) else "open"
