"""How notes word what policies for imaging of the knee ask about."""

import re

from nodes.policy.wording import Words, worded

KNEE_HOME = re.compile(
    r"\b(?:knees?|patell\w+|menisc\w+|acl|mcl|pcl|lcl|quad\w*|hamstring\w*|gonarthr\w+"
    r"|tibiofemoral|joint line)\b",
    re.IGNORECASE,
)
_TEST = (
    r"(?:mc\s?murray|apley|thessaly|lachman|anterior drawer|posterior drawer|pivot[ -]?shift"
    r"|(?:varus|valgus)(?: and (?:varus|valgus))? stress)(?:['\u2019]?s)?"
)
_WHERE = (
    r"(?:\s+(?:test(?:ing)?|sign|compression|grind(?:ing)?|distraction|exam|maneuver|manoeuvre|is"
    r"|was|were|medial(?:ly)?|lateral(?:ly)?))"
)
_RESULT = r"(?:positive|negative|pos\b|neg\b|\(\s*[+-]\s*\)|\+(?!\w))"
_FILM = r"(?:x-?rays?|radiographs?|plain films?|films|xr)\b"
_NONE = r"(?:no|without) (?:acute |evidence of |definite )?"
_SHOWED = (
    r"(?:[^.;:]{0,30}?[:,]?\s*\b(?:negative|normal|unremarkable"
    rf"|{_NONE}(?:fracture|dislocation|bony|osseous|abnormal\w*|arthr\w+|effusion))[^.;]{{0,80}})?"
)

KNEE: dict[str, Words] = {
    "knee_sign": worded(
        "a positive test of the meniscus or of a ligament",
        rf"\b{_TEST}(?={_WHERE}{{0,3}}\s*[:,]?\s*{_RESULT})"
        rf"|(?<![\w+])\+\s?{_TEST}|\(\+\)\s?{_TEST}|\b(?:positive|pos) (?:\w+ )?{_TEST}"
        r"(?! (?:test |sign )?(?:would|could|may|might|suggests?\b))"
        rf"|\b{_TEST}(?={_WHERE}{{0,2}} (?:with|reproduces?|elicits?|produces?|causes?|provokes?)"
        r" (?:(?!no\b|not\b)\w+ ){0,4}?(?:pain|click\w*|pop|clunk|symptoms))"
        rf"|\b{_TEST}(?= (?:and|&) (?:\w+ ){{0,2}}?(?:are |were )?"
        r"(?:both )?positive)"
        rf"|\b{_TEST}(?:, {_TEST})?,? and {_TEST}(?: (?:tests? )?(?:are|were))?(?: all| both)?"
        r" positive|\b(?:varus|valgus) (?:laxity|instability|opening)"
        r"|\bopening (?:to|with|on|under) (?:varus|valgus)(?: stress)?|\bgrade (?:2|3|ii|iii)"
        r" (?:lachman|laxity|drawer)|\b(?:soft|no) end\s?point\b",
        r"\b(?:all )?(?:meniscal|ligament\w*|provocative|special|stability) (?:and (?:meniscal"
        r"|ligament\w*) )?(?:tests?|testing|signs?|maneuvers?)(?: (?:is|are|were|was|all))*"
        r" (?:negative|normal|stable)|\bknee (?:is )?(?:ligamentously )?stable[^.;]{0,30}?"
        r"mc\s?murray negative|\bligamentously stable[^.;]{0,30}?mc\s?murray negative",
        composite=True,
        sided=True,
    ),
    "locked_knee": worded(
        "a knee that locks or is blocked",
        r"\blocked knee|\bknee (?:\w+ ){0,3}?(?:lock(?:s|ed|ing)|is stuck|gets stuck)"
        r"|\b(?:true|mechanical|intermittent|frequent|recurrent|episodes? of) (?:block(?:ing)?"
        r"|locking)|\block(?:s|ed|ing)\b(?! of hair)(?= (?:of|in|episodes|\w+ times|and|about|up)"
        r"|[.,;)])"
        r"|\b(?:cannot|unable to|can['\u2019]t) (?:fully )?(?:extend|straighten) (?:\w+ )?knee"
        r"|\bblock(?:ed)? (?:to|of|in) (?:full |terminal )?extension|\bmechanical (?:block"
        r"|symptoms)|\bbucket[ -]handle",
        r"\bno (?:mechanical|locking)\b",
        composite=True,
        sided=True,
    ),
    "knee_worse_under_care": worded(
        "worse during treatment",
        r"\bknee\b[^.;]{0,50}?\b(?:wors\w+|deteriorat\w+|progress(?:ed|ing|ion))\b[^.;]{0,30}?"
        r"\b(?:despite|in spite of|during|under|throughout|with) (?:\w+ ){0,4}?(?:therap\w+"
        r"|treatment|care|pt|nsaids?|exercises?|rehab\w*)\b",
        sided=True,
    ),
    "knee_film": worded(
        "a plain film of the knee",
        rf"\b{_FILM}[^.;:]{{0,40}}?\bknees?\b{_SHOWED}|\bknees?\b[^.;:]{{0,40}}?\b{_FILM}{_SHOWED}"
        rf"|(?<!chest\s)(?<!hip\s)(?<!spine\s)(?<!shoulder\s)(?<!ankle\s)(?<!foot\s)\b{_FILM}"
        r"(?: (?:(?!of\b|hip|spine|chest|shoulder|ankle|foot)\w+ ){0,5}?(?:show\w*|reveal\w*"
        r"|demonstrat\w*|no fracture|without fracture)"
        r"|,? (?:(?:were|was|today|reviewed|obtained|done|taken|negative)[,:]? ){0,3}(?:[:-] )?"
        r"(?:normal|negative|unremarkable|no acute))(?![^.;]{0,30}\b(?:hip|spine|chest|shoulder"
        r"|ankle|foot|lumbar|pelvis|wrist|hand))",
    ),
    "severe_knee_arthrosis": worded(
        "bone-on-bone arthrosis of the knee",
        r"(?:\bkellgren[- ]lawrence|\bk-?l) (?:grade |stage )?(?:4|iv)\b(?! (?:would|could|might"
        r"|may|is (?:an?|the) (?:exclusion|contra\w+)))(?![^.;]{0,20}\b(?:hip|shoulder))"
        r"|(?<!hip\s)(?<!hips\s)(?<!hip:\s)(?<!shoulder\s)(?<!hip\sis\s)(?<!hip\sjoint\s)(?<!spine\s)"
        r"\bbone[- ]on[- ]bone\b(?![^.;]{0,20}\b(?:hip|shoulder|spine|thumb|ankle))|\b(?:severe"
        r"|end[- ]stage|advanced) (?:(?!hip"
        r"|shoulder|spin|lumb|cervic|thumb|hand|facet|ankle)\w+ ){0,3}?(?:osteoarthritis|arthrosis"
        r"|oa|djd)\b(?![^.;]{0,25}\b(?:hip|shoulder|spine|thumb|hand|ankle|facet))",
        sided=True,
    ),
}
