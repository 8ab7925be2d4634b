"""What forms and rules make of a place: boxes, a year that only dates it, what a plan asks for."""

import re

from nodes.extraction.letters import holds

_YES = r"(?:yes|y)"
_NO = r"(?:no|n)"
_EMPTY = r"(?:[\u2610\u25a1\u25cb]|\[ ?\]|\( ?\)|_{2,})"
_FULL = (
    r"(?:[\u2611\u2612\u2713\u2714\u25a0\u25cf]|\[[xX\u2713]\]|\([xX]\)|_[xX]_"
    r"|(?<!\w)[xX](?!\w))"
)
_LEAD = r"[^?:\n]{0,80}[?:][ \t]{0,4}"
_BOXED = re.compile(
    rf"{_LEAD}(?:(?P<no>{_EMPTY}[ ]?{_YES}\b[ ,/]{{0,4}}{_FULL}[ ]?{_NO}\b"
    rf"|{_FULL}[ ]?{_NO}\b[ ,/]{{0,4}}{_EMPTY}[ ]?{_YES}\b"
    rf"|{_YES}[ ]?{_EMPTY}[ ,/]{{0,4}}{_NO}[ ]?{_FULL}|{_NO}[ ]?{_FULL})"
    rf"|(?P<yes>{_FULL}[ ]?{_YES}\b|{_EMPTY}[ ]?{_NO}\b[ ,/]{{0,4}}{_FULL}[ ]?{_YES}\b"
    rf"|{_YES}[ ]?{_FULL})"
    rf"|(?P<open>{_YES}[ ]?/[ ]?{_NO}\b|{_EMPTY}[ ]?{_YES}\b[ ,/]{{0,4}}{_EMPTY}[ ]?{_NO}\b))",
    re.IGNORECASE,
)
_ASKED = 81
_RULE_LETTERS = (
    "requires", "must ", "criteria", "needs ", "step therapy", "will ", "policy", "requirement",
)  # fmt: skip
_SINCE = re.compile(
    r"\b(?:since|dx'?d?|diagnosed(?: in| on| with)?|onset|established|(?:on|by) (?:psg"
    r"|laparoscopy|mri|ct|emg|biopsy"
    r"|colonoscopy|egd|sleep study|imaging|x-?ray))\W{0,3}(?:in )?(?:[a-z]{3,9}\.? )?"
    r"(?:\d{1,2}[/-]){0,2}(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NEXT_DONE = re.compile(r"[ ,;]{1,2}(?:s/p|status post)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:history of|h/o|hx|resolved|remote|stopped|discontinued|former|prior"
    r"|previous|until|ended|d/c)",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\b(?:requires (?:\w+ ){0,2}?(?:trials?|failure|failing|documentation|that|prior|at least|two"
    r"|three|\d+ (?:weeks|months))|must (?:show|have|first|try|fail|complete"
    r"|document|include|demonstrate)"
    r"|(?:approval|coverage) (?:criteria|requires)|criteria for|needs (?:a )?trial of"
    r"|needs to (?:try|fail)"
    r"|step therapy (?:requires|:|through)|will (?:be )?(?:approve|cover)\w*)\b"
    r"|^\W*(?:policy|coverage criteria|criteria|requirements?)\b[^.\n]{0,40}:",
    re.IGNORECASE,
)
_OF_PATIENT = re.compile(
    r"\b(?:patient|pt|she|he|they|mr|mrs|ms)\b\.? (?:\w+ )?(?:requires|completed|tried"
    r"|failed|has|had)"
    r"|\brequires (?:\d+ (?:l|liters)|assist|oxygen|supplemental)",
    re.IGNORECASE,
)
_OF_MARKER = re.compile(
    r"[^.;]{0,30}[,;(] ?(?:[A-Z][A-Z0-9]{1,6}[0-9A-Za-z]?|PD-L1)(?:[/ -][A-Z0-9-]{1,6})?"
    r" (?:negative|neg|wild)\b"
)


def boxed(after: str) -> str | None:
    """Say what the boxes behind a question tick: yes, no or open; none where there are none."""
    if "?" not in after[:_ASKED] and ":" not in after[:_ASKED]:
        return None
    found = _BOXED.match(after)
    return found.lastgroup if found else None


def only_dated(text: str, start: int, end: int) -> bool:
    """Whether a year only says since when: "asthma, dx 2019", "CAD s/p CABG 2021"."""
    near = text[max(0, start - 40) : end + 60]
    if _OVER.search(near.replace("s/p", "")):
        return False
    return bool(_NEXT_DONE.match(text, end) or _SINCE.search(near))


def asked_by_rule(text: str) -> bool:
    """Whether a sentence tells what a plan asks for and not what was done."""
    if not holds(text.lower(), _RULE_LETTERS):
        return False
    return bool(_RULES.search(text)) and not _OF_PATIENT.search(text)


def of_marker(after: str) -> bool:
    """Whether it is a marker behind it that was negative: "lung cancer, EGFR negative"."""
    return bool(_OF_MARKER.match(after))
