"""Words reduced to what they share: improved, improving and improvement are one."""

import re
from functools import lru_cache

_ENDINGS = (
    "ations ation ating ated ates ate ements ement ments ment ings ing edly ed ies ily ly ions ion"
    " ives ive ally als al ics ic ous ness ers er ors or ists ist es s y e"
)
ENDINGS = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))
_BY_LAST = {
    last: tuple(ending for ending in ENDINGS if ending[-1] == last)
    for last in {ending[-1] for ending in ENDINGS}
}
_TURNED = (("otic", "osis"), ("otics", "osis"), ("pathic", "pathy"), ("algic", "algia"))
_IRREGULAR = {
    "underwent": "undergo", "undergone": "undergo", "undergoes": "undergo", "took": "take",
    "taken": "take", "taking": "take", "tried": "trial", "tries": "trial", "try": "trial",
    "trialed": "trial", "fell": "fall", "fallen": "fall", "worse": "worsen", "began": "begin",
    "begun": "begin", "gave": "give", "given": "give", "wore": "wear", "worn": "wear",
    "feet": "foot", "reduction": "reduc", "reductions": "reduc", "reduced": "reduc",
    "decreased": "decreas", "diminished": "decreas", "unable": "unable", "slept": "sleep",
    "disc": "disk", "discs": "disk", "stopped": "stop", "diagnosed": "diagnos",
    "diagnosis": "diagnos", "diagnoses": "diagnos", "felt": "feel", "relief": "reliev",
    "relieved": "reliev", "relieves": "reliev", "x-ray": "xray", "numbness": "numb",
    "failure": "fail", "failures": "fail", "hypertensive": "hypertens",
    "hypertension": "hypertens", "allergic": "allerg",
}  # fmt: skip
WORD = re.compile(r"[a-z][a-z']*[a-z]")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Drop a folded word's ending, where at least four letters stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 5 or not word.endswith(ENDINGS):
        return word
    for ending, other in _TURNED:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return stem(word[: -len(ending)] + other)
    for ending in _BY_LAST[word[-1]]:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            rest = word[: -len(ending)]
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
    return word


def stems(folded: str) -> frozenset[str]:
    """List the stems of a folded text."""
    return frozenset(map(stem, WORD.findall(folded.replace("'s", ""))))
