"""Words behind a phrase that deny it: "fever: none", "was ruled out", "not seen", "pain-free"."""

import re

from nodes.policy.cue import Cue, Heard

_COPULA = (
    r"(?:is|are|was|were|been|has been|have been|had been|felt to be|thought to be"
    r"|appears?|seems?)"
)
_NOT_SEEN = (
    r"(?:present|seen|noted|found|reported|appreciated|evident|suspected|identified"
    r"|demonstrated|endorsed|detected|visuali[sz]ed|confirmed|elicited|observed|a concern"
    r"|apparent|visible|palpable|palpated|felt|recogni[sz]ed|diagnosed|reproduced|reproducible"
    r"|an issue|a problem|likely|in evidence|shown|discovered|encountered|disclosed)"
)
_HAPPENED = r"(?:occur(?:red)?|recur(?:red)?|develop(?:ed)?|happen(?:ed)?|been \w+ed)"
_ASIDE = (
    r"(?:(?!\b(?:resolved|improved|with|has|had|have|shows?|showed|is|was|are|were|but|while"
    r"|treated|reveal(?:s|ed)|so|because|which|although)\b)[^.;:]){0,60}?"
)
_NEGATED_AFTER = Cue(
    r"^(?:(?!,\s*(?-i:[A-Z]))[^.;:]){0,60}?:\s*(?:no(?=\s*(?:[.,;)]|$))|none|denie[sd]|negative"
    r"|absent|neg|non-?reactive|undetect(?:ed|able)"
    r"|not (?:present|detected|seen|found|identified|observed|noted|reactive|elicited))\b"
    rf"|^{_ASIDE}\b{_COPULA}\s+(?:(?!not\b|non)\w+\s+)?"
    r"(?:absent|denied|negative(?! (?:pressure|for\b))|ruled out|(?<!not )excluded|unlikely"
    rf"|not (?:\w+ly )?(?:to be )?{_NOT_SEEN}|never (?:confirmed|seen|found|proven))\b"
    rf"|^(?:\s+(?!and\b|with\b|present\b|but\b)[\w-]+){{0,3}}?\s+(?:not|never)"
    rf" (?:\w+ly )?{_NOT_SEEN}\b"
    rf"|^{_ASIDE}\b(?:could|can) ?not be (?:\w+ly )?{_NOT_SEEN}\b"
    rf"|^(?:\s+[\w-]+){{0,3}}?\s+(?:(?:has|have|had|did|does) ?not|never) (?:been )?"
    rf"(?:{_HAPPENED}|{_NOT_SEEN})\b"
    rf"|^{_ASIDE}\b(?:{_COPULA}\s+)?no longer (?:\w+ly )?{_NOT_SEEN}\b"
    r"|^(?: (?:tests?|testing|signs?|man(?:o?e)uvers?|reflex(?:es)?|bilaterally))?"
    r"[^\w,]{0,3}(?:negative(?! (?:pressure|for\b))|denied|absent|ruled out|r/o'?e?d|unlikely"
    r"|excluded)\b"
    r"|^,\s*(?:negative|denied|absent|ruled out|unlikely|excluded)(?=\s*(?:[.,;)]|$))"
    r"|^(?:\s+(?!not\b|never\b)\w+){1,2}\s+(?:denied|ruled out|excluded)(?=\s*(?:[.,;)]|$))"
    r"|^\s*[-\u2013]\s*(?:no(?!-)|none|negative|denie[sd])\b"
    r"|^[ -]free\b(?! (?:air|fluid|edge|flap|water|text|thyrox\w+|t[34]|range|living|of charge))"
    r"|^(?:\s+(?:and|[a-c]|surface|core|antigen|antibod(?:y|ies)|ab|ag|igg|igm|virus|serology|pcr"
    r"|screen|cultures?|swab)){1,4}\s+(?:neg(?:ative)?|non-?reactive)(?=\s*(?:[.,;)]|$))"
    r"|^\s+and\s+(?:(?!positive\b|with\b|is\b|was\b)[\w']+\s+){1,2}neg(?:ative)?(?=\s*(?:[.,;)]|$))"
    r"|^\s*\(?-ve\b",
    "no",
    "neg",
    "den",
    "absent",
    "rul",
    "r/o",
    "unlikely",
    "exclu",
    "never",
    "free",
    "-ve",
    "undetect",
)
_DENIED = re.compile(r"\bdenied\b", re.IGNORECASE)
PAYER = Cue(
    r"\b(?:cpt|hcpcs|coverage|(?:pre-?)?authori[sz]ation|appeal\w*|claims?|insur\w+|payers?|payors?"
    r"|health plan|medicare|medicaid|prior auth)\b",
    *("cpt", "hcpcs", "coverage", "authori", "appeal", "claim", "insur", "payer", "payor"),
    *("health plan", "medicare", "medicaid", "prior auth"),
)
_NEGATIVE = re.compile(r"\bnegative\b", re.IGNORECASE)
STUDY = re.compile(
    r"\b(?:x-?rays?|mr[ia]|ct|cta|ultrasound|sonogra\w+|scans?|radiographs?|emgs?|ncs|ekg|ecg"
    r"|echo\w*|doppler\w*|duplex|biops\w+|colonoscopy|endoscopy|egd|angiogra\w+|arthrogra\w+"
    r"|myelogra\w+|mammogra\w+|labs?|labwork|work-?up|films?|imaging|pet|dexa|spirometry)\b"
    r"(?:\W*$| (?:of|study|scan)\b)",
    re.IGNORECASE,
)


def denied_after(heard: Heard, phrase: str, after: str) -> bool:
    """Say whether the words behind a phrase deny it; a study that was negative was done.

    What a payer denied is not denied of the patient.
    """
    found = heard.match(_NEGATED_AFTER, after)
    if not found:
        return False
    if _DENIED.search(found.group()) and heard.may(PAYER):
        return False
    return not (_NEGATIVE.search(found.group()) and STUDY.search(phrase))
