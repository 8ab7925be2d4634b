"""How notes word the figures that policies compute with; names no policy file would choose."""

from nodes.policy.wording import Words
from nodes.policy.wording import worded as _c

_IS = r"(?: (?:is|was|of|at|now|today|currently|measured|calculated|down to|up to|lost to))*[ :=]*"
_NUMBER = r"(\d{2,3}(?:\.\d{1,2})?)(?![\d/])"
FIGURES: dict[str, Words] = {
    "figure.bmi": _c(
        "body mass index",
        rf"\b(?:(?-i:BMI)|body mass index)(?: \(bmi\))?{_IS}{_NUMBER}",
    ),
    "figure.weight": _c(
        "body weight",
        rf"\b(?:(?:body |current |baseline |starting |initial )?weight|wt\.?|weighs|weighed)"
        rf"{_IS}{_NUMBER}\s*(?:kgs?|kilograms?|lbs?|pounds)\b",
    ),
    "figure.typical_pain": _c(
        "typical angina",
        r"(?<!non-)\b(?:typical|definite|classic(?:al)?) (?:angina\w*"
        r"|(?:anginal )?chest pain)",
    ),
    "figure.atypical_pain": _c(
        "atypical chest pain",
        r"\b(?:atypical|probable) (?:angina\w*|(?:anginal )?chest (?:pain|discomfort))",
    ),
    "figure.other_pain": _c(
        "non-anginal chest pain",
        r"\bnon-?\s*(?:anginal|cardiac) (?:chest )?(?:pain|discomfort)",
    ),
    "figure.unknown_family": _c(
        "an unknown family history",
        r"\b(?:patient|pt|he|she) (?:is|was) adopted|\badopted\b"
        r"|\bfamily (?:medical )?history (?:is |was )?(?:unknown|unobtainable|not known"
        r"|unavailable|not available)|\bunknown family (?:medical )?history",
    ),
    "figure.use": _c(
        "nights with 4 hours of use or more",
        r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s*(?:%|percent) of (?:the |all )?(?:\d{1,3} )?"
        r"(?:nights|days)|\b\d{1,3}\s*(?:of|out of|/)\s*(?:the )?(?:last |past )?\d{1,3}"
        r" (?:consecutive )?(?:nights|days)"
        r"|\b(?:adherence|compliance|usage|days used|nights used)[^.;\n]{0,50}?"
        r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s*(?:%|percent)",
    ),
}
