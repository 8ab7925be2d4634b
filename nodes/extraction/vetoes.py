"""Words that look like something named and are not: PT the patient, MS in MS Contin, mass index."""

import re
from collections.abc import Iterable, Iterator

from nodes.extraction.spots import Spot

_AFTER: dict[str, str] = {
    "pulmonary embolism": r"\s?:",
    "shortness of breath": r", [A-Z]",
    "rheumatoid arthritis": r" (?:sat|spo2|o2|at rest|resting|and \d)",
    "mass": r" index",
    "psoriatic arthritis": r"[ :=]{1,3}(?:\d|<|level|response|test|screen|was|nadir|doubling"
    r"|undetect)",
    "pain": r" (?:medic|manag|clinic|relie|specialist|killer|doctor|control|contract|scale"
    r"|diagram)",
    "multiple sclerosis": r"[ .](?:contin|word|office|\.)",
    "diabetic": r" (?:diet|educat|suppl|shoe|eye exam|foot exam|retinal)",
    "diabetes mellitus": r" (?:diet|educat|suppl|shoe|educator|management|clinic|prevention|care)",
    "influenza": r" (?:vaccin|shot|immuniz)",
    "hepatitis b": r" (?:vaccin|surface|immuniz|screen)",
    "covid-19": r" (?:vaccin|boost|test|screen|pandemic|precaution)",
    "cancer": r" (?:screen|center|institute|society|treatment cent)",
    "breast cancer": r" (?:screen|gene)",
    "lung cancer": r" (?:screen)",
    "colon cancer": r" (?:screen)",
    "hypertension": r" (?:clinic|specialist)",
    "depression": r" (?:screen|scale|inventory)|s (?:in|at) the",
    "fall": r" (?:19|20)\d\d| (?:risk|precaution|semester|asleep|under|within|into|below|short)",
    "falls": r" (?:19|20)\d\d| (?:risk|precaution|semester|asleep|under|within|into|below|short)",
    "ice and heat": r" (?:intoler|stroke|exhaust|rash)",
    "activity modification": r" (?:of the|of her|of his|is|are|was|assured|tremor|home)",
    "pregnancy": r" (?:test|screen|categor|prevent)",
    "cane": r" sugar",
    "surgery": r" (?:center|clinic|department|scheduler|consult note)",
    "anxiety": r" (?:about|regarding|scale)",
    "ct": r" (?:surgeon|surgery|0\d{4})",
    "mri": r" (?:safe|compatible|conditional|contraindic)",
    "smoking": r" cessation",
    "trauma": r" (?:center|surgeon|informed)",
    "infusion": r" (?:center|clinic|pump)",
    "x-ray": r"[ -]?(?:\d+(?:\.\d+)? ?mg|release|tab)",
    "physical therapy": r"(?! (?:is|was|has|had|did|made) (?:not )?(?:\w+ )?(?:help|benef"
    r"|effect|tried|compl|done"
    r"|order|recomm|start|fail|wors|made|improv))(?:/inr|-?inr| (?:is|was|has|had|denie[sd]"
    r"|reports?|reported|states?"
    r"|stated|presents?"
    r"|complain\w*|c/o|aox|name|seen|here|will|would|can|with|in|to|not|advised|declin\w+(?! by)"
    r"|continues|feels|notes that|took"
    r"|understands|agrees|verbaliz\w+|returns|tolerat\w+|dob|id|lives|education))\b",
}
_BEFORE: dict[str, str] = {
    "rheumatoid arthritis": r"(?:%|on|sat\w*)\s*$",
    "hidradenitis suppurativa": r"(?:\bmg|\btab\w*|\bq|\bpo)\s*$",
    "activity modification": r"\b(?:the|at|with|or|of)\s$",
    "radiation therapy": r"\b(?:pain|without|no|low dose|arm|leg|symptom\w*)\s$",
    "hernia": r"\bdisc\s$",
    "injection": r"\bself[- ]$",
}
_LISTED_AFTER = {value: re.compile(words, re.IGNORECASE) for value, words in _AFTER.items()}
_LISTED_BEFORE = {value: re.compile(words, re.IGNORECASE) for value, words in _BEFORE.items()}
_SHORT = 4
_LONG_PT = re.compile(r"phys|p\.t", re.IGNORECASE)


def standing(text: str, found: Iterable[Spot]) -> Iterator[Spot]:
    """Keep the places that nothing beside them makes something else."""
    for spot in found:
        after, before = _LISTED_AFTER.get(spot.value), _LISTED_BEFORE.get(spot.value)
        if after and _counts(text, spot) and after.match(text, spot.end):
            continue
        if before and before.search(text[max(0, spot.start - 16) : spot.start]):
            continue
        yield spot


def _counts(text: str, spot: Spot) -> bool:
    """What is written out is never what only its short form may be."""
    if spot.value in ("physical therapy", "pulmonary embolism", "shortness of breath"):
        return spot.end - spot.start <= _SHORT and not _LONG_PT.match(text, spot.start)
    return True
