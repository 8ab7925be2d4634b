"""Words that decide: only the policy and the payer may say them, a chart sentence never."""

import re

from nodes.writing.text import fold

OURS = re.compile(
    r"\b(?:approv(?:e|es|ed|al|able)|den(?:y|ied|ial)|meets?|qualif(?:y|ies|ied)|eligible"
    r"|certif(?:y|ies|ied)|authori[sz](?:e|es|ed)|covered|coverage|medically necessary"
    r"|medical necessity|satisf(?:y|ies|ied)|criteria|criterion|entitled)\b"
)
ANYONES = re.compile(
    r"\bmedical(?:ly)? (?:necessary|necessity)\b"
    r"|\b(?:prior )?authori[sz]ation (?:is |was |has been )?(?:approved|granted|denied)\b"
    r"|\b(?:meets?|met|satisf(?:y|ies|ied)|fulfil(?:ls?|led)?)\b(?:\W+\w+){0,6}?\W+"
    r"(?:criteri(?:a|on)|polic(?:y|ies)|requirements?|guidelines?)\b"
    r"|\bcriteri(?:a|on)\W+(?:\w+\W+){0,4}?met\b"
    r"|\b(?:request|claim|service|case|appeal|mri|coverage|authorization)\W+(?:\w+\W+){0,3}?"
    r"(?:approved|denied|certified|authori[sz]ed)\b"
    r"|\b(?:approved?|den(?:y|ied)|certif(?:y|ied)|authori[sz]ed?)\W+(?:by|for|the|this)\W+"
    r"(?:\w+\W+){0,3}?(?:payer|plan|insur\w+|request|claim|service|coverage|appeal)\b"
)


def verdicts(text: str, source: str) -> list[str]:
    """List a chart sentence's verdict words.

    Words of ours are looked for in what the source does not say; a phrase that decides is one
    even in a source's words: a note does not judge the policy.
    """
    said = set(fold(source).split())
    own = " ".join(w for w in fold(text).split() if w not in said)
    return sorted({m[0] for m in OURS.finditer(own)} | {m[0] for m in ANYONES.finditer(fold(text))})
