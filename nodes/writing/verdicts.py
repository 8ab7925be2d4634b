"""Words that decide: only the policy and the payer may say them, a chart sentence never."""

import re

from nodes.writing.text import fold

WORD = re.compile(r"[^\W_]+")
OURS = re.compile(
    r"\b(?:approv(?:e|es|ed|al|able)|denial|meets?|qualif(?:y|ies|ied)|eligible"
    r"|certif(?:y|ies|ied)|authori[sz](?:e|es|ed)|covered|coverage|medically necessary"
    r"|medical necessity|satisf(?:y|ies|ied)|criteria|criterion|entitled"
    r"|warrant(?:s|ed)?|justif(?:y|ies|ied)|indicated|appropriate|necessary|necessity|deserves?"
    r"|must be|should be|supports? (?:the|this) (?:request|need|service|order))\b"
)
ANY = re.compile(
    r"approv|den[iy]|meet|\bmet\b|qualif|eligib|certif|authori|cover|necess|satisf|criteri|entitl"
    r"|fulfil|warrant|justif|indicated|appropriate|require|deserv|support"
)
NEXT = r"[^\w.;:!?]+"
ANYONES = re.compile(
    r"\bmedical(?:ly)? (?:necessary|necessity)\b"
    r"|\b(?:prior )?authori[sz]ation (?:is |was |has been )?(?:approved|granted|denied)\b"
    rf"|\b(?:meets?|met|satisf(?:y|ies|ied)|fulfil(?:ls?|led)?)\b(?:{NEXT}\w+){{0,6}}?{NEXT}"
    r"(?:criteri(?:a|on)|polic(?:y|ies)|requirements?|guidelines?)\b"
    rf"|\bcriteri(?:a|on){NEXT}(?:\w+{NEXT}){{0,4}}?met\b"
    rf"|\b(?:request|claim|service|case|appeal|mri|coverage){NEXT}(?:\w+{NEXT}){{0,3}}?"
    r"(?:approved|certified|authori[sz]ed|(?:is|was|were|been) denied)\b"
    rf"|\b(?:approved?|den(?:y|ied)|certif(?:y|ied)|authori[sz]ed?){NEXT}(?:by|for|the|this){NEXT}"
    rf"(?:\w+{NEXT}){{0,3}}?(?:payer|plan|insur\w+|request|claim|service|coverage|appeal)\b"
    r"|(?:^|[.;:!?\"]) ?(?:approved|certified|authori[sz]ed|all criteria met)(?: ?[.;!?\"]|$)"
)


def verdicts(text: str, source: str) -> list[str]:
    """List a chart sentence's verdict words.

    Words of ours are looked for in what the source does not say; a phrase that decides is one
    even in a source's words: a note does not judge the policy.
    """
    folded = fold(text)
    if not ANY.search(folded):
        return []
    said = set(WORD.findall(fold(source)))
    own = " ".join(w for w in WORD.findall(folded) if w not in said)
    return sorted({m[0] for m in OURS.finditer(own)} | {m[0] for m in ANYONES.finditer(folded)})
