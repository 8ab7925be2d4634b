"""Whether a phrase of a note is said of another person: a relative, or one of the household."""

import re

from nodes.policy.cue import Cue, Heard

_KIN = (
    r"(?:(?:great|grand|step|half|foster|god)[- ]?){0,3}(?:mother|father|sister|brother|son"
    r"|daughter|aunt|uncle|cousin|parent|sibling|mom|dad|niece|nephew)"
)
_MATE = r"(?:wife|husband|spouse|friend|coworker|co-worker|neighbou?r|roommate)"
_NAMED = (
    "mother father sister brother son daughter aunt uncle cousin parent sibling mom dad niece"
    " nephew wife husband spouse friend coworker co-worker neighbo roommate family"
)
_PEOPLE = _NAMED.split()
_WORDS = Cue(
    rf"\b(?:{_KIN}(?:'s|s)?\b|{_MATE}(?:'s|s)?\b|family (?:hx|history|member)|fhx?\b)",
    *_PEOPLE,
    "fh",
)
_TELLER = rf"(?:{_KIN}|{_MATE}|family|caregiver)s?"
_ACTS = re.compile(
    rf"\b(?:{_TELLER} (?:called|calls|reports?|reported|states?|stated|brought|brings|describes?"
    r"|denies|accompan\w+)\b"
    r"|(?:reported|noted|observed|witnessed|stated|described|helps|says) by\b|by (?:her|his"
    r"|their)\b|who helps)",
    re.IGNORECASE,
)
_PATIENT = re.compile(r"\b(?:mr|ms|mrs|patient|pt|he|she)\b\.?", re.IGNORECASE)
_HER = r"(?:her|his|their|the|an?|my|maternal|paternal|pet)"
_AFTER = Cue(
    rf"^[\w-]{{0,20}}(?:\s+[\w-]+){{0,3}}?\s+in (?:{_HER}\s+){{0,2}}"
    rf"(?:{_KIN}|{_MATE}|relative|household|family|dog|cat)s?\b(?!\s+(?:room|practice))"
    rf"|^\s+(?:{_KIN}|{_MATE})s?(?=\s*(?:$|[.,;)]|at\b|in\b))",
    *_PEOPLE,
    "relative",
    "household",
    "dog",
    "cat",
)
_BESIDE = Cue(
    r"\b(?:lives?|living|married|exposed|exposure) (?:with|to) an? (?:[\w-]+ )?$",
    "live",
    "living",
    "married",
    "expos",
)
_PERSON = re.compile(r"(?:smoker|drinker|user|diabetic|asthmatic)s?$", re.IGNORECASE)


def another(heard: Heard, before: str, phrase: str, after: str, heading: str) -> bool:
    """Say whether a phrase is of another person, from the clause around it and its heading."""
    if heading.startswith(("family", "fh")) or heard.match(_AFTER, after):
        return True
    if heard.search(_BESIDE, before) and _PERSON.search(phrase):
        return True
    last = heard.last(_WORDS, before)
    if not last or _ACTS.search(before):
        return False
    return not _PATIENT.search(before, last.end())
