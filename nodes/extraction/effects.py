"""Harm that stands behind a drug without a word of why: "topiramate 50 mg BID - brain fog"."""

import re

from nodes.extraction.letters import holds
from nodes.policy.drug_words import ADVERSE
from nodes.policy.sentences import Sentence

_HARMS = (
    r"nausea|vomit\w*|emesis|diarrh\w*|rash\w*|hives|itch\w*|prurit\w*|dizz\w*|light-?headed\w*"
    r"|sedat\w*|drows\w*|somnolen\w*|letharg\w*|grogg\w*|akathisia|nightmares?|vivid dreams"
    r"|side[- ]effects?|adverse \w+|gi (?:upset|distress|bleed\w*|intolerance|side)"
    r"|stomach (?:upset|pain)|abdominal (?:pain|cramp\w*)|hypoglyc\w*|low blood sugars?"
    r"|(?:genital |recurrent )?yeast infections?|cognitive (?:slowing|side|impairment|fog)"
    r"|brain fog|word[- ]finding|memory (?:loss|problems|issues)|dry mouth|hot flashes|flushing"
    r"|weight gain|angioedema|hyperkalemia|hyponatremia|erectile dysfunction"
    r"|sexual (?:dysfunction|side)|pancreatitis|retinopathy|(?:injection|infusion|allergic"
    r"|skin|injection[- ]site|anaphyla\w+) reactions?|anaphyla\w+|myalgias?|muscle (?:aches?|pain)"
    r"|rhabdomyolysis|(?:elevated|abnormal|raised|high|increased) (?:lfts?|liver \w+|ast|alt|ck"
    r"|creatinine|transaminases?)|lfts? (?:elevated|elevation|up)|transaminitis|hepatotox\w*"
    r"|lfts?|weight loss|aggressi\w*|chest (?:tightness|pain|pressure)|breast tenderness"
    r"|tenderness|hallucinat\w*|qt prolongation|hair loss|alopecia|bruising|tremors?"
    r"|palpitations|(?:racing|rapid) heart\w*|jitter\w*"
    r"|irritab\w*|appetite (?:loss|suppression)|loss of appetite|mouth sores|mucositis"
    r"|neutropenia|leukopenia|pancytopenia|thrombocytopenia|cytopenias?|photosensitiv\w*"
    r"|intoleran\w*|not tolerated|allerg\w*|skin (?:burning|irritation|atrophy)|application site"
    r"|suicidal \w+|mood (?:changes|swings)|agitat\w*|confus\w*|peripheral edema|leg swelling"
    r"|paresthesias?|maceration|bloating|skin breakdown|tingling|jaw pain|gum \w+"
)
_CONDITIONS = (
    r"hypertension|hearing loss|(?:elevated|high|raised) bp|high blood pressure|elevated bp"
    r"|depressi\w*|anxiety|insomnia|constipation"
    r"|headaches?|cough|edema|swelling|seizures?|an(?:a)?emia|infections?|fatigue|tired\w*|ulcers?"
    r"|bleed\w*|neuropathy|bradycardia|hypotension|kidney injury|aki|hematuria|tachycardia"
    r"|heartburn|gastritis|dyspepsia|urinary retention|blurred vision|cost of"
)
_STOPPED = r"(?:stopp\w*|discontinu\w*|d/c'?e?d?|dc'?d|held|quit|came off|taken off|ceased)"
_SURE = re.compile(rf"\b(?:{_HARMS})\b", re.IGNORECASE)
_MAYBE = re.compile(rf"\b(?:{_CONDITIONS})\b", re.IGNORECASE)
_TRIED = re.compile(
    rf"\b(?:{_STOPPED}|tried|trial\w*|fail\w*|intoler\w*|previous\w*|prior|past|outcome|reason"
    r"|response|caus\w+)\b",
    re.IGNORECASE,
)
_LETTERS = (
    "naus", "loss", "aggres", "chest", "breast", "tender", "halluc", "qt", "bp", "vomit",
    "emes", "diarrh", "rash", "hive", "itch", "prurit", "dizz", "light", "sedat",
    "drows", "somnol", "letharg", "grogg", "akath", "nightm", "vivid", "side", "adverse", "gi",
    "stomach", "abdom", "hypogl", "sugar", "yeast", "cogn", "fog", "word", "memory", "mouth",
    "flash", "flush", "gain", "angio", "kalem", "natrem", "dysfun", "sex", "pancr", "retino",
    "react", "anaph", "myalg", "muscle", "rhabdo", "lft", "elev", "abnorm", "raised", "high",
    "incr", "transamin", "hepato", "hair", "alopec", "bruis", "tremor", "palpit", "heart",
    "jitter", "irrit", "appet", "sores", "mucos", "penia", "photos", "toler", "allerg", "skin",
    "applic", "suicid", "mood", "agit", "confus", "swell", "edema", "paresth", "macer", "bloat",
    "tingl", "jaw", "gum", "depress", "anx", "insom", "constip", "head", "cough", "seiz", "nemia",
    "infect", "fatig", "tired", "ulcer", "bleed", "neurop", "brady", "hypot", "kidney", "aki",
    "hematur", "tachy", "gastr", "dyspep", "urin", "blur", "hypert",
)  # fmt: skip
_COURSE = re.compile(
    r"(?:\d[\d.,/-]*[a-z%]{0,6}|x\d*|mg|mcg|g|ml|units?|iu|%|daily|nightly|weekly|monthly"
    r"|[bqt]\.?i\.?d\.?"
    r"|q\w{1,4}|xl|er|sr|ir|cr|la|dr|po|sc|sq|subq|iv|im|for|at|of|on|in|since|started|tried|wks?"
    r"|weeks?|months?|mos?|days?|years?|yrs?|d|w|up|to|once|twice|three|four|two|one|times|a|per"
    r"|day"
    r"|week|month|bedtime|every|morning|night|evening|tablets?|caps?|capsules?|tabs?|present"
    r"|ointment|cream|gel|patch|spray|inhaler|injections?|recurrent|severe|significant|mild|bad"
    r"|developed|caused|causing|had|with|due|because|then|lfts?|was|were|after|only|too"
    r"|intolerable|worsening|persistent|chronic|drug|therapy|trial|jan|feb|mar|apr|may|jun|jul"
    r"|aug|sept?|oct|nov|dec|stopped|discontinued|held|quit|d/c'?d?|dc'?d|[a-z])",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"(?: \d+(?:\.\d+)? ?mg)?(?: (?:daily|bid|tid|weekly))?\s?[-\u2013:(]\s?"
    rf"(?P<what>(?:\w+ ){{0,2}}?{ADVERSE})",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\s,;:()|\t\u2013\u2014-]+")
_PARTED = re.compile(
    rf"[:;,(|\t\u2013\u2014-]|\b{_STOPPED}\b|\b(?:due|because|caused|causing|developed)\b",
    re.IGNORECASE,
)
_LONGEST = 90


def harmed(told: Sentence, end: int) -> tuple[int, int] | None:
    """Find harm that stands right behind a drug and its course; offsets in the sentence.

    What a drug may be given for counts only where the sentence tells of a trial that ended.
    """
    text = told.text
    if direct := _DIRECT.match(text, end):
        return direct.span("what")
    after = text[end : end + _LONGEST]
    low = after.lower()
    if not holds(low, _LETTERS):
        return None
    for pattern in (_SURE, _MAYBE):
        for found in pattern.finditer(after):
            between = after[: found.start()]
            ended = pattern is _SURE or _TRIED.search(text)
            if ended and _PARTED.search(between) and _only_course(between):
                return end + found.start(), end + found.end()
    return None


def _only_course(between: str) -> bool:
    return all(_COURSE.fullmatch(one) for one in _PARTS.split(between) if one)
