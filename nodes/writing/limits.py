"""Words that limit what a clause says: denial, plan, doubt, whose it is, how much of it."""

import re
from collections.abc import Sequence

HISTORY = re.compile(r"(?:history|histories|den(?:y|ies|ied|ying))$")
WITHIN = 6  # limits of degree reach the words beside them; those before, all that follows
ALWAYS = 5  # denial, plan, doubt and relatives may not be added either


def _class(words: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{words})$")


LIMITS = tuple(
    _class(words)
    for words in (
        "no|not|never|none|nor|neither|without|den(?:y|ies|ied|ying)|negative|absent|cannot|unable"
        r"|lack(?:s|ed|ing)?|failed|declin(?:e|es|ed)|refus(?:e|es|ed)|\w+n't|free|ruled",
        r"plan|plans|planned|will|would|consider\w*|recommend\w*|schedul\w+|refer\w*|discuss\w*"
        r"|may|might|should|advis\w+|propos\w+|candidate|offered|pending|awaiting|upcoming|future",
        "if|unless",
        r"possibl[ey]|probabl[ey]|suspect\w*|suspicious|rule|concern\w*|versus|vs|question\w*"
        r"|exclude|differential|likely|suggest\w*|presumed|apparent\w*|equivocal|unclear|unknown",
        r"mother|father|sister|brother|parents?|siblings?|aunt|uncle|grand\w+|cousins?|daughter|son"
        r"|husband|wife|spouse|partner|family|maternal|paternal|children|child",
        "before|previously|formerly|prior|until|initially|stopped|discontinued",
        r"partial\w*|minimal\w*|mild\w*|slight\w*|limited|temporar\w+|brief\w*|only|incomplete\w*"
        r"|moderate\w*|trace|transient\w*|some|little|intermittent\w*|occasional\w*|short",
        r"more|less|least|most|than|almost|nearly|about|approximately|up|fewer",
        r"allerg\w+|intoleran\w+|contraindicat\w+|adverse",
    )
)


def denies(word: str) -> bool:
    """Say whether a word denies."""
    return bool(LIMITS[0].match(word))


def denied_alike(part: Sequence[str], before: Sequence[str]) -> bool:
    """Say whether what is denied is the history, or denied by the patient, as in the clause."""
    told, there = ({one[:3] for one in tokens if HISTORY.match(one)} for tokens in (part, before))
    return told <= there and ("his" in there) <= ("his" in told)
