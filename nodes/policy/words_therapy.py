"""The dictionary's words for courses of therapy that phrases cannot say: goals, doses, deficits."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice)"
_NOT = (
    r"(?<!\bno\s)(?<!\bnot\s)(?<!without\s)(?<!minimal\s)(?<!little\s)(?<!no\ssignificant\s)"
    r"(?<!no\sfunctional\s)(?<!no\sfurther\s)(?<!not\sbeen\s)(?<!be\s)(?<!no\sreal\s)"
)
_SCORE = (
    r"(?:\bodi\b|oswestry|\bndi\b|neck disability index|\blefs\b|lower extremity functional scale"
    r"|quick\s?dash|\bkoos\b|\bwomac\b|\bpsfs\b)"
)

THERAPY_WORDS: dict[str, Words] = {
    "measurable_goal": _c(
        "goals that can be measured",
        r"\b(?:(?:long|short)[- ]term goals?|ltgs?|stgs?|goals?)\b(?! (?:not|were not|are not))"
        r"[^\n]{0,160}?\d{1,4}\s?(?:/|%|degrees?|deg\b|\u00b0|feet|ft\b|meters?|minutes?|min\b"
        r"|seconds?|sec\b|steps?|stairs?|points?|blocks?|miles?|lbs?\b|pounds?|out of|flights?)",
        r"\bno (?:measurable |long[- ]term )?goals?\b|\bgoals? (?:are |is |were )?(?:not (?:set"
        r"|stated|measurable|documented)|vague|unclear)",
    ),
    "therapy_dose": _c(
        "frequency and duration of therapy",
        rf"\b{_N}\s?(?:x|times?|visits?|sessions?)?\s?(?:/|a|per|each|every|weekly)\s?(?:wk|week)?"
        rf"[^.;\n]{{0,25}}?(?:\bx\b|\bfor\b|,|over)\s?(?:the next )?{_N}(?:\s?-\s?\d{{1,2}})?"
        r"\s?(?:weeks?|wks?|months?)",
        r"\b(?:frequency|duration)(?: and (?:frequency|duration))? (?:is |are |was |were )?not"
        r" (?:stated|documented|specified|given|set)|\bno (?:stated )?(?:frequency|duration)\b",
    ),
    "score_then_and_now": _c(
        "a score of function then and now",
        rf"{_SCORE}[^.;\n]{{0,40}}?\b\d{{1,3}}\b[^.;\n]{{0,60}}?\b(?:to|now|today|currently|was"
        rf"|from|versus|vs|previously|at (?:evaluation|baseline|start|initial)|->)"
        r"[^.;\n]{0,40}?\b\d{1,3}\b",
    ),
    "objective_deficit": _c(
        "measured deficits",
        r"\b(?:flexion|extension|abduction|rotation|rom|range of motion|dorsiflexion|lag|arc)\b"
        r"[^.;\n]{0,30}?\b\d{1,3}\s?(?:degrees?|deg\b|\u00b0)|\blacks? \d{1,2}\s?(?:degrees?|deg\b"
        r"|\u00b0)|\b(?:strength|quads?|quadriceps|hamstrings?|deltoid|abductors?|rotators?"
        r"|glut\w*|grip|mmt)\b[^.;\n]{0,30}?\b[0-4][+-]?/5\b|\b[0-4][+-]?/5\b[^.;\n]{0,30}?"
        r"\b(?:strength|quads?|quadriceps|hamstrings?|deltoid|abductors?|rotators?|glut\w*)\b",
        r"\b(?:full|normal) (?:and painless )?(?:rom|range of motion)[^.;\n]{0,30}?\bstrength"
        r"[^.;\n]{0,12}?(?:5/5|normal|full)|\bno (?:objective |measurable )?deficits?\b",
    ),
    "visits_used": _c(
        "visits used and authorized",
        r"\b\d{1,3} (?:of|out of|/) (?:the )?\d{1,3} (?:\w+ ){0,2}?(?:visits?|sessions?)"
        r"|\b\d{1,3}/\d{1,3} (?:\w+ ){0,2}?(?:visits?|sessions?)"
        r"|\b(?:visits?|sessions?) (?:used|attended|completed|to date)[ :=]+\d{1,3}\s?(?:of|/"
        r"|out of)\s?\d{1,3}|\bvisit (?:number )?#?\d{1,3} of \d{1,3}"
        r"|\b(?:has |have )?used (?:all )?\d{1,3} (?:of (?:the )?\d{1,3} )?(?:authorized|approved)",
        r"\b(?:number of )?visits (?:used )?(?:is |are )?(?:unknown|not (?:known|tracked"
        r"|recorded))",
    ),
    "therapy_progress": _c(
        "progress in function",
        rf"{_NOT}\b(?:improv(?:ed|ement|ements|ing)|progress(?:ing|ed)|functional gains|gains in)\b"
        rf"|{_NOT}\b(?:making|good|steady|excellent|significant) progress\b",
        r"\bno (?:\w+ )?(?:improvement|progress|change|gains)\b|\bnot (?:\w+ )?(?:improv\w+"
        r"|progress\w+)|\b(?:has |have )?plateau\w*|\breached a plateau|\b(?:minimal|little"
        r"|without) (?:\w+ )?(?:improvement|progress|gains)|\bunchanged\b|\bregress\w+"
        r"|\bworse since\b",
    ),
}
