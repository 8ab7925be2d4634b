"""What looks like a reference to a text: regulations, coverage documents, papers, addresses."""

import re

_MARKS = re.compile(
    r"\d{1,3} ?(?:C\.?F\.?R\.?|U\.?S\.?C\.?|Fed\.? Reg\.?) ?(?:§{1,2} ?|Part )?"
    r"\d[\w.-]{0,30}"
    r"|\bNCD ?\d{1,3}(?:\.\d{1,2}){0,3}"
    r"|\b(?:LCD|LCA|NCA|CAG|CPB)[ -]?[A-Z]?\d[\w.-]{0,12}"
    r"|(?<![\w.])[LA]\d{5}(?![\w.])"
    r"|\b(?:PMID|PMCID|PMC)[: ]{0,2}\d{4,10}"
    r"|\bdoi[: ]{1,2}10\.\d{4,9}/\S{1,80}|\b10\.\d{4,9}/\S{1,80}"
    r"|\bNCT\d{8}|\bISBN[: ]{0,2}[\dX-]{10,17}"
    r"|https?://\S{1,200}|\bwww\.\S{1,200}"
    r"|\b[A-Z][\w'-]{1,30}(?: and [A-Z][\w'-]{1,30})? et al\b\.?"
    r"|\b[A-Z][\w'-]{1,30},? \(?(?:19|20)\d\d\)?;\s?\d{1,4}(?:\(\d{1,3}\))?: ?\d{1,6}"
    r"|\b(?:JAMA|Lancet|BMJ|N Engl J Med|NEJM|Ann Intern Med|Cochrane|Radiology|Diabetes Care"
    r"|J Clin Sleep Med|Spine J)\b[^.;\"]{0,60}?(?:19|20)\d\d(?![-/]\d)"
    r"|\b(?:guidelines?|consensus statement|position statement|practice parameter)\b"
    r"[^.;\"]{0,40}?(?:19|20)\d\d(?![-/]\d)"
    r"|(?:19|20)\d\d(?![-/]\d)[^.;\"\d]{0,40}?"
    r"\b(?:guidelines?|consensus statement|position statement)\b",
    re.IGNORECASE,
)


def marks(text: str) -> list[str]:
    """List what looks like a reference in a text, as it stands there."""
    return [found[0].rstrip(".,;:)") for found in _MARKS.finditer(text)]
