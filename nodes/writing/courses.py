"""How something went: helped or not, rose or fell, how much, done or only planned."""

import re
from typing import Literal

Pole = Literal["+", "-"]

GOOD = re.compile(
    r"\b(?:improv\w*|reliev\w*|relief|respond\w*|respons(?:e|ive)|benefit\w*|help(?:ed|s|ful|ing)?"
    r"|effective(?:ly)?|successful(?:ly)?|success|resol(?:ved|ution|ves)|recover(?:ed|y|ing)"
    r"|tolerat(?:ed|es|ing|e)|well[- ]controlled|subsid\w+|better|pain[- ]free|adequate(?:ly)?"
    r"|reduc\w* (?:the |her |his )?(?:pain|symptoms)"
    r"|asymptomatic|eased|remission|healed|abated)\b"
)
BAD = re.compile(
    r"\b(?:fail(?:ed|s|ure|ing)?|ineffective|unsuccessful(?:ly)?|refractory|unresponsive|worsen\w*"
    r"|worse|persist\w*|ongoing|intoleran\w*|inadequate(?:ly)?|insufficient(?:ly)?|unrelieved"
    r"|nonresponsive|uncontrolled|poorly controlled|deteriorat\w+|progress(?:ed|ive|ing|ion)"
    r"|unimproved|unchanged|continu(?:es|ed|ing) to (?:have|report|experience|complain)"
    r"|recurr\w+|intractable|recalcitrant|exacerbat\w+|despite|aggravat\w+)\b"
)
UNDER = re.compile(
    r"\b(?:no|not|never|without|n't|nor|denie[sd]|denying|unable to|cannot|failed to|fails to"
    r"|failure to|lacks?|lack of|little|minimal(?:ly)?|limited|insufficient|inadequate|poorly"
    r"|poor|less than|incomplete(?:ly)?|hardly|barely|neither|only (?:partial|temporary|brief)"
    r"|(?:did|does|has|have|was|were|could)n.t|short-lived|only|absence of|transient(?:ly)?"
    r"|temporary|temporarily|brief(?:ly)?|partial(?:ly)?)\b"
)
LITTLE = re.compile(
    r"[\w ]{0,25}?\b(?:was|were|is|remained|remains|only) (?:only |just |very )*"
    r"(?:partial|minimal|limited|temporary|short|brief|poor|inadequate|incomplete|insufficient"
    r"|transient|little|slight|denied|absent)\b"
)
CLAUSE = re.compile(r"[.;!?](?!\d)|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\byet\b|\bwhile\b")
UP = re.compile(
    r"\b(?:increas\w*|rose|risen|rising|higher|elevat\w*|greater|gain(?:ed)?|up to|climb\w*|grew"
    r"|escalat\w*|titrated up|raised|more than|over (?=\d)|at least|exceed\w*|above|longer than)\b"
)
DOWN = re.compile(
    r"\b(?:decreas\w*|reduc\w*|fell (?:to|from)|fallen to|falling to|lower(?:ed|s|ing)?"
    r"(?! (?:back|ext|limb|leg|lumbar|lobe|quad|abd))"
    r"|diminish\w*|dropp?ed|declin(?:ed|ing) (?:to|from|by)|less than"
    r"|fewer|under (?=\d)|below|tapered|at most|no more than|shorter than|lost)\b"
)
DEGREES = (
    r"mild(?:ly)?|minor|slight(?:ly)?",
    r"moderate(?:ly)?",
    r"severe(?:ly)?|marked(?:ly)?|profound(?:ly)?|significant(?:ly)?",
    r"extreme(?:ly)?|excruciating|critical(?:ly)?|massive|debilitating|disabling|incapacitating"
    r"|unbearable|devastating|agonizing",
    r"acute(?:ly)?",
    r"chronic(?:ally)?|long-?standing",
    r"complete(?:ly)?|total(?:ly)?|full(?:y)?|entire(?:ly)?",
    r"partial(?:ly)?|incomplete(?:ly)?",
    r"normal|unremarkable|intact|within normal limits",
    r"abnormal|diminished|impaired",
    r"positive",
    r"negative",
    r"urgent(?:ly)?|emergent(?:ly)?|immediate(?:ly)?|life-threatening|stat",
    r"rapid(?:ly)?|sudden(?:ly)?",
    r"stable|unchanged",
    r"unstable|instability",
    r"permanent(?:ly)?|irreversible|irreversibly",
    r"malignant|benign",
    r"constant(?:ly)?|continuous(?:ly)?",
    r"intermittent(?:ly)?|occasional(?:ly)?",
)
_DEGREE = re.compile(
    rf"(?<!-)\b(?:{'|'.join(f'(?P<d{n}>{words})' for n, words in enumerate(DEGREES))})\b"
)
SUPERLATIVE = re.compile(
    r"\b(?:most|least|worst|best|always|every|all|entirely|solely|exclusively|undoubtedly|clearly"
    r"|obviously|certainly|definitely|definitively|undeniably|invariably)\b"
)
DONE = re.compile(
    r"\b(?:complet(?:ed|ion)|underw\w+|undergone|receiv(?:ed|ing)|attended|finished|performed"
    r"|tried|trial(?:ed|led)?|administered|participated|took|taken|tak(?:es|ing)|treated|had|used"
    r"|done|started|began|initiated|given|got|failed|status post|s/p|prior|previous\w*|on)\b"
)
DONE_PLAINLY = re.compile(
    r"\b(?:complet(?:ed|ion of)|underwent|has undergone|received|attended|finished|was performed"
    r"|has tried|tried|failed|was administered|participated in|took)\b"
)
PLANNED = re.compile(
    r"\b(?:plan(?:s|ned)?(?: to)?|will|would|consider\w*|recommend\w*|if|schedul\w+"
    r"|refer(?:red|ral)?|discuss\w*|order(?:ed)?|may|might|should|advis\w+|propos\w+|candidate|offered|pending|awaiting"
    r"|upcoming|future|next)\b"
)
UNSURE = re.compile(
    r"\b(?:possibl[ey]|probabl[ey]|suspect\w*|suspicious|rule out|r/o|concern for|concerning for|vs"
    r"|versus|question of|questionable|may represent|cannot exclude|differential|likely|suggestive"
    r"|apparent|presumed|presumptive|equivocal)\b"
)
CAUSAL = re.compile(
    r"\b(?:because(?: of)?|due to|caused by|causing|secondary to|result(?:s|ed|ing) (?:in|from)"
    r"|as a result of|owing to|attributable to|led to|leading to|therefore|thus|hence|consequently"
    r"|which explains|related to)\b"
)


def outcomes(folded: str) -> frozenset[Pole]:
    """Say whether a folded text tells of something that helped, of something that did not."""
    found: set[Pole] = set()
    for clause in CLAUSE.split(folded):
        if BAD.search(clause):
            found.add("-")
        for good in GOOD.finditer(clause):
            before = clause[max(0, good.start() - 40) : good.start()]
            after = clause[good.end() : good.end() + 45]
            found.add("-" if UNDER.search(before) or LITTLE.match(after) else "+")
    return frozenset(found)


def directions(folded: str) -> frozenset[Pole]:
    """Say whether a folded text tells of more, of less."""
    ways: tuple[tuple[re.Pattern[str], Pole], ...] = ((UP, "+"), (DOWN, "-"))
    return frozenset(pole for pattern, pole in ways if pattern.search(folded))


def degrees(folded: str) -> dict[int, str]:
    """Give the words of degree in a folded text, by what they mean."""
    return {int((m.lastgroup or "d0")[1:]): m[0] for m in _DEGREE.finditer(folded)}


def only_planned(said: str, source: str) -> bool:
    """Say whether a text tells as done what its source only plans, both folded."""
    return bool(DONE_PLAINLY.search(said) and PLANNED.search(source) and not DONE.search(source))


def made_certain(said: str, source: str) -> bool:
    """Say whether a source doubts and a text that uses its words does not, both folded."""
    return bool(UNSURE.search(source) and not UNSURE.search(said) and not PLANNED.search(said))
