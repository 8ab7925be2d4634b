"""What is taught, warned of, consented to, asked for or still to be done, not said to be so."""

import re

from nodes.policy.cue import Cue, Heard
from nodes.policy.declining import ABILITY

_TAUGHT = re.compile(
    r"\b(?:instruct|educat|taught|teach|train|counsel|discuss|decision|decid)", re.IGNORECASE
)
_TO_HOSPITAL = (
    r"to (?:the |your |nearest |an? |local |closest )*(?:er|ed|emergency|hospital|urgent)\b"
)
_FOR = r"(?:if|for|with|should)\b"
_SUPPOSED = Cue(
    r"\b(?:(?<!unclear )(?<!uncertain )(?<!unsure )if\b|unless\b|should\b"
    r"|advised\b|instructed to\b|(?:told|reminded|encouraged) to\b"
    rf"|(?:return|back|f/?u|follow[- ]?up|seen) (?:immediately|sooner|promptly|urgently|earlier)"
    rf"[^.;]{{0,20}}?\b{_FOR}|return (?:here |to \w+ )?{_FOR}"
    rf"|return {_TO_HOSPITAL}[\w ]{{0,30}}?\b{_FOR}|return precautions\b"
    rf"|rtc\b[^.;]{{0,20}}?\b{_FOR}|seek\b|call (?:\w+ ){{0,3}}?{_FOR}"
    r"|watch(?:ful)? for\b|monitor for\b|in case of\b|risks? (?:of|for|includ\w+|discussed)\b"
    r"|risks\s*:|complications? (?:includ\w+|such as)|potential complications?\b"
    r"|educated (?:on|about)\b|warned\b|warning (?:signs?|symptoms?)\b"
    r"|counsel+(?:ed|ing)? (?:on|about|regarding|to)\b|teach\b|taught\b"
    r"|(?:explained|explaining) (?!by\b|that\b)|hand-?outs?\b|leaflets?\b|brochures?\b"
    r"|pamphlets?\b|alternatives? (?:such as|includ\w+|like)\b"
    r"|(?:patient|pt) (?:education|instr\w*)\b"
    r"|red flags? (?:such as|including|reviewed|discussed)|precautions\b"
    r"|once\b|until\b|when(?:ever)? (?:she|he|the patient) (?:has|completes)\b|would\b(?! not\b)"
    r"|(?:will|would|could|may|can) consider\b"
    r"|(?:can|may|could) (?:cause|lead to|result in|progress to)\b"
    r"|will (?:be|receive|have|undergo|get|need)\b|(?:is|are|needs?|scheduled|patient|pt) to be\b"
    r"|plan(?:s|ned)? to\b|scheduled (?:for|to)\b)",
    "if",
    "unless",
    "should",
    "advis",
    "instr",
    "told",
    "remind",
    "encourag",
    "immediately",
    "sooner",
    "promptly",
    "urgently",
    "earlier",
    "return",
    "rtc",
    "seek",
    "call ",
    "watch",
    "monitor",
    "in case",
    "risk",
    "complication",
    "educat",
    "warn",
    "counsel",
    "teach",
    "taught",
    "explain",
    "hand",
    "leaflet",
    "brochure",
    "pamphlet",
    "alternative",
    "red flag",
    "precaution",
    "once",
    "until",
    "when",
    "would",
    " consider",
    "cause",
    "lead to",
    "result in",
    "progress to",
    "will ",
    "to be",
    "plan",
    "scheduled",
)
_SENT = Cue(
    rf"\b(?:go|come|report|proceed|present) {_TO_HOSPITAL}"
    rf"|^\s*(?:to er|to ed|to the er|to the ed)\b[^.;]{{0,20}}?\b{_FOR}",
    "go to ",
    "come to ",
    "report to ",
    "proceed to ",
    "present to ",
    "to er",
    "to ed",
    "to the er",
    "to the ed",
)
_WISHED = Cue(
    r"\b(?:(?:wants?|hop(?:es?|ing)|wish(?:es)?|trying|tries|desires?|intends?|attempting) to"
    r"|(?:declin|refus)(?:ed|es|ing)(?! (?:since|due|because|from|with|over|in|after|by)\b)"
    r"|must (?:be|have|remain|stay)|eligib\w+|requirements?(?: is| are)?|threshold|cut-?off"
    r"|(?:symptoms|signs) of [\w ]{3,40} (?:include|are))\b[^,;.]{0,50}$",
    "want",
    "hop",
    "wish",
    "try",
    "tries",
    "desire",
    "intend",
    "attempt",
    "declin",
    "refus",
    "must",
    "eligib",
    "requirement",
    "threshold",
    "cut",
    "symptoms of",
    "signs of",
)
_REASON = re.compile(r" for (?:her|his|their|the|this)\b")
_ASKED_FOR = r"(?:needed|required|necessary|mandatory|a (?:requirement|prerequisite))"
_TO_BE_DONE = Cue(
    rf"^(?:\s+[\w-]+){{0,4}}?\s+(?:(?:is|are|was|were|has|have)\s+)?(?:been\s+)?(?:not|never)\s+"
    rf"(?:yet\s+|been\s+|being\s+|currently\s+|clinically\s+){{0,2}}"
    r"(?:indicated|required|needed|necessary|due(?! to)|done|performed|considered|appropriate"
    r"|assessed"
    r"|completed|obtained|recorded|started|warranted|discussed)\b"
    rf"|^(?:\s+[\w-]+){{0,2}}?\s+(?:is|are)\s+{_ASKED_FOR}\b"
    r"|^(?:\s+[\w-]+){0,2}?\s+(?:(?:was|were|is|been)\s+)?(?:declined|refused)\b"
    r"(?! (?:in|over|since|from|to|by)\b)"
    r"|^(?:\s+[\w-]+){0,2}?\s+(?:visit|appointment|appt|session)\s+(?:is |was )?"
    r"(?:scheduled|planned|pending|due)\b"
    r"|^\s+(?:must|goal|target|threshold|cut-?off)\b(?! (?:met|achieved|reached|help|assist))"
    r"|^(?:\s+[\w-]+)?\s+warnings?\b|^\s+to be (?:determined|done|scheduled|certified|completed"
    r"|arranged|obtained|started)\b"
    r"|^[^.;,]{0,30}?\b(?:would|may|might|could) (?:be (?:(?:an?|the) )?(?:next |good )?"
    r"(?:indication|reason|contra\w+|option|step|considered|offered|recommended)"
    r"|suggest|preclude|qualify|change|warrant|indicate|require|mean|prompt|exclude)\b"
    r"|^[^.;,]{0,30}?\bin (?:some|many|most|rare|certain) (?:patients|people|cases|individuals)\b"
    r"|^\s+(?:syndrome )?is an? (?:[\w-]+ ){0,3}(?:emergency|condition|disease|disorder)\b"
    r"|^[^.,;]{0,40}\b(?<!not )explained\b(?! by\b)|^[^.;,]{0,30}\b(?:leaflet|hand-?out)\b"
    r"|^[^().;]{0,80}\)\s*(?:(?:were|was|are|have been)\s+)?explained\b",
    "no",
    "never",
    "needed",
    "required",
    "necessary",
    "mandatory",
    "requirement",
    "prerequisite",
    "declined",
    "refused",
    "visit",
    "appointment",
    "appt",
    "session",
    "must",
    "goal",
    "target",
    "threshold",
    "cut",
    "warning",
    "to be ",
    "would",
    "may",
    "might",
    "could",
    "patients",
    "people",
    "cases",
    "individuals",
    "emergency",
    "condition",
    "disease",
    "disorder",
    "explained",
    "leaflet",
    "hand",
)
_GRADED = Cue(
    r"\b(?:grade|stage|kl|score|class|non-?smok|nicotine|smok)",
    "grade",
    "stage",
    "kl",
    "score",
    "class",
    "smok",
    "nicotine",
)
_GRADE_ASKED = Cue(
    rf"^(?:\s+[\w-]+){{0,2}}?\s+{_ASKED_FOR}\b",
    "needed",
    "required",
    "necessary",
    "mandatory",
    "requirement",
    "prerequisite",
)
_WARNING_LIST = re.compile(
    r"\b(?:red flags?|warning|alarm|danger|precautions|risks)[^()]{0,25}\([^()]*$", re.IGNORECASE
)
_LIST_TOLD = Cue(
    r"^[^().;]{0,80}\)\s*(?:(?:were|was|are|have been)\s+)?(?:reviewed|discussed|given|taught)\b",
    "reviewed",
    "discussed",
    "given",
    "taught",
)
_HEADING = re.compile(
    r"(?:informed )?consent|risks\b|(?:patient|pt)? ?(?:education|instr\w*|hand-?out)\b"
    r"|discharge instructions|return precautions|precautions|hand-?out|warning signs"
    r"|eligibility|(?:coverage )?criteria(?:$| for (?:approval|coverage|auth))|requirements?\b"
    r"|(?:(?:coverage|medical|payer|clinical|plan|drug) )?policy$",
    re.IGNORECASE,
)


def supposed(heard: Heard, before: str, phrase: str, after: str, heading: str) -> bool:
    """Say whether a phrase is only supposed, taught or asked for.

    ``before`` and ``after`` are the rest of its sentence. What tells that something was taught is
    no less told under a heading of teaching.
    """
    if heading and _HEADING.match(heading) and not _TAUGHT.search(phrase):
        return True
    for cue in (_SUPPOSED, _SENT):
        last = heard.last(cue, before)
        if last and ";" not in before[last.end() :]:
            return True
    if _wished(heard, before[-90:], phrase) or heard.match(_TO_BE_DONE, after):
        return True
    if heard.search(_GRADED, phrase) and heard.match(_GRADE_ASKED, after):
        return True
    return bool(heard.match(_LIST_TOLD, after) and _WARNING_LIST.search(before))


def _wished(heard: Heard, before: str, phrase: str) -> bool:
    """Whether it is wanted, refused or asked for; what declines by itself is no wish."""
    found = heard.search(_WISHED, before)
    if not found:
        return False
    said = found.group().lower()
    if said.startswith("declin") and ABILITY.search(phrase):
        return False
    return not (said.startswith(("declin", "refus")) and _REASON.search(said))
