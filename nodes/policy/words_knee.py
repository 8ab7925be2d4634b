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
_WHERE = r"(?:\s+(?:test(?:ing)?|sign|maneuver|manoeuvre|is|was|were|medial(?:ly)?|lateral(?:ly)?))"
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
        rf"|\bpositive (?:\w+ )?{_TEST}|\b{_TEST}(?= (?:and|&) (?:\w+ ){{0,2}}?(?:are |were )?"
        r"(?:both )?positive)"
        rf"|\b{_TEST}(?:, {_TEST})?,? and {_TEST}(?: (?:tests? )?(?:are|were))?(?: all| both)?"
        r" positive|\b(?:varus|valgus) (?:laxity|instability|opening)|\bgrade (?:2|3|ii|iii)"
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
        r"|locking)|\block(?:s|ed|ing)\b(?= (?:of|in|episodes|\w+ times|and|about|up)|[.,;)])"
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
        r" (?:(?!of\b|hip|spine|chest|shoulder|ankle|foot)\w+ ){0,5}?(?:show\w*|reveal\w*"
        r"|demonstrat\w*|no fracture|without fracture)",
    ),
    "severe_knee_arthrosis": worded(
        "bone-on-bone arthrosis of the knee",
        r"\bkellgren[- ]lawrence (?:grade |stage )?(?:4|iv)\b|\bk-?l (?:grade |stage )?(?:4|iv)\b"
        r"|\bbone[- ]on[- ]bone\b(?![^.;]{0,20}\bhip)|\b(?:severe|end[- ]stage|advanced) (?:(?!hip"
        r"|shoulder|spin|lumb|cervic|thumb|hand|facet|ankle)\w+ ){0,3}?(?:osteoarthritis|arthrosis"
        r"|oa|djd)\b(?![^.;]{0,25}\b(?:hip|shoulder|spine|thumb|hand|ankle|facet))",
        sided=True,
    ),
}
