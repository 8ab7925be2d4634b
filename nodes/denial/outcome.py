"""What a letter decides: taken from what it says of this request, not of rules or of the past."""

import re
from typing import NamedTuple

from nodes.decision import Outcome
from nodes.denial.causes import categories_in
from nodes.denial.items import of_amounts, of_items
from nodes.denial.reading import Letter, Sentence
from nodes.denial.words import cue

STATUS = re.compile(
    r"(?<![a-z])(?:status|decision|determination|outcome|disposition|result|action(?: taken)?|re"
    r"|subject"
    r"|notice of|type|finding)[\s:#\-]{1,4}(?:of\s|is\s|has been\s|was\s)?(?P<what>[^\n.;]{3,60})"
)
UNLESS = re.compile(
    r"\b(?:not|no|un|non|never|without|cannot|unable to|neither|nor|none)\b[\s\-]*"
    r"(?:be |been |being |yet |fully |have |a |an |make |this |is |to )*$"
)
UPHELD_BEFORE = re.compile(r"\b(?:uphold|upheld|upholding|sustain|affirm|maintain)\w*\b")
UNDENIED = ("certified", "overturned", "cancelled", "partially_certified", "modified")
NONE = re.compile(r"\s*[:=]?\s*(?:none|0|zero|no)\b")
KINDS = ("partially_certified", "modified", "denied", "certified", "pended", "cancelled")
OPEN = re.compile(
    r"\b(?:not|neither|nor)\b[^.;]{0,20}\b(?:approved|denied)(?: it)?"
    r" (?:or|nor) (?:approved|denied)\b"
)
NUMBER_LABEL = re.compile(
    r"\b(authorization|approval|certification|denial) (number|no\b|#|id\b|code)"
)


class Verdict(NamedTuple):
    """What is decided, and in what round: of a request, or of an appeal of its denial."""

    outcome: Outcome
    appealed: bool
    overturned: bool


def verdict(letter: Letter) -> Verdict:
    """Say what a letter decides; unknown when nothing in it tells, or it contradicts itself."""
    spoken = [s for s in letter.sentences if s.counts and not _offers(s)]
    texts = [OPEN.sub("no decision yet", NUMBER_LABEL.sub(" ", s.text)) for s in spoken]
    appealed = _appealed(letter)
    turned = [
        s.text for s in letter.sentences if s.zone not in ("other", "rights") and not s.hypothetical
    ]
    if _any("overturned", [t for t in turned if not _right(t)]) and not _any("upheld", texts):
        partly = _any("partially_certified", texts)
        return Verdict("partially_certified" if partly else "certified", True, True)
    if parted := of_items(letter.page.flat):
        return Verdict(parted, appealed, False)
    seen = {kind: [t for t in texts if _says(kind, t)] for kind in KINDS}
    outcome = _weighed(seen, texts, appealed)
    if outcome in ("certified", "denied"):
        outcome = of_amounts(letter.page.flat, outcome) or outcome
    if outcome == "unknown" and _disputed(letter):
        outcome = "denied"
    return Verdict(outcome, appealed, False)


def _disputed(letter: Letter) -> bool:
    """Whether a letter that says neither yes nor wait gives a reason and a way to dispute it."""
    disputes = any(s.zone != "other" and DISPUTES.search(s.text) for s in letter.sentences)
    return disputes and any(s.counts and categories_in(s.text) for s in letter.sentences)


DISPUTES = re.compile(
    r"\bappeal|\bdispute|\bhearing|\bgrievance|\breconsider|\bcontest\b|external review"
)


def _offers(sentence: Sentence) -> bool:
    """Whether a sentence only offers a way against the decision."""
    return sentence.zone == "rights" or (
        sentence.rights
        and not re.search(r"(uph[eo]ld|den(?:y|ied)|overturn|revers)", sentence.text)
    )


def _appealed(letter: Letter) -> bool:
    """Whether the letter answers an appeal."""
    texts = [
        s.text
        for s in letter.sentences
        if s.zone != "other" and not s.hypothetical and (s.zone != "rights" or s.text == s.heading)
    ]
    return any(_says("upheld", t) or APPEALED.search(t) for t in texts if not _right(t))


APPEALED = re.compile(
    r"(?:reviewed|received|considered|completed (?:the |our )?(?:review|reconsideration) of"
    r"|denied"
    r"|decision (?:on|about|regarding)|response to|regarding|result of|outcome of)\s(?:the |your "
    r"|an "
    r"|this |member's |first[\s\-]level |second[\s\-]level |level \w+ |expedited |internal "
    r"|request "
    r"for |recent |provider )*(?:appeal|reconsideration|redetermination|grievance)"
    r"|(?:appeal|reconsideration|redetermination) (?:decision|resolution|determination|outcome)"
    r"|notice of (?:appeal|reconsideration|redetermination)"
    r"|final (?:internal )?adverse|(?:external|independent) review (?:decision"
    r"|determination) (?:is|was)"
)


def _right(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:you (?:may|can|must|have|want|need|do)|right to|how to|within|days (?:of|from"
            r"|after))\b",
            text,
        )
    )


def _any(name: str, texts: list[str]) -> bool:
    return any(_says(name, text) for text in texts)


def _says(name: str, text: str) -> bool:
    """Whether a text says it and does not negate it right before."""
    for found in cue(name).finditer(text):
        before = UNLESS.search(text[: found.start()])
        if name in UNDENIED and (before or NONE.match(text, found.end())):
            continue
        if name == "certified" and UPHELD_BEFORE.search(text) and "affirm" in found[0]:
            continue
        return True
    return False


def _weighed(seen: dict[str, list[str]], texts: list[str], appealed: bool) -> Outcome:
    stated = _stated(texts)
    if stated:
        return stated
    if seen["partially_certified"]:
        return "partially_certified"
    if seen["modified"]:
        return "modified"
    if seen["cancelled"] and not _firm(seen["denied"]):
        return "cancelled"
    if seen["denied"] or (appealed and _any("upheld", texts)):
        return _refused(seen, appealed)
    if seen["pended"]:
        return "pended"
    return "certified" if seen["certified"] else "unknown"


def _refused(seen: dict[str, list[str]], appealed: bool) -> Outcome:
    """What words of refusal come to beside what else is said."""
    if _firm(seen["denied"]):
        apart = [t for t in seen["certified"] if t not in seen["denied"] and _firm_yes(t)]
        return "partially_certified" if apart else "denied"
    if seen["pended"] and not appealed:
        return "pended"
    return "certified" if any(map(_firm_yes, seen["certified"])) else "denied"


FIRM = re.compile(
    r"\b(?:denied|denial|deny|denying|adverse|disapproved|upheld|uphold|not (?:been )?(?:approved"
    r"|certified"
    r"|authorized|affirmed)|(?:cannot|can't|can not|unable to|not able to|not to|no longer"
    r"|will not|won't|could not|did not"
    r"|do not)"
    r" (?:be )?(?:approve|certif|authorize|cover|affirm)|non-?(?:certif|affirm))"
)
YES = re.compile(
    r"\b(?:(?:is|are|was|were|has been|have been|have|has|able to|we|status:?)\s+(?:fully "
    r"|hereby )?"
    r"(?:approved?|authorized?|certify|certified|affirmed)\b|\bwe(?: are|'re) (?:approving"
    r"|authorizing|certifying|covering)\b|approved:|authorized:|certified:)"
)


UNGRANTED = re.compile(
    r"\b(?:fda|provider|not)\b"
    r"|\b(?:approved|covered|authorized) (?:by [a-z ]{3,30} )?(?:only )?(?:for|in|to treat)"
    r" (?:use|patients|adults|children|people|persons|members|ages?|those|treat\w*"
    r"|the treatment)\b"
)


def _firm(texts: list[str]) -> bool:
    return any(FIRM.search(text) for text in texts)


def _firm_yes(text: str) -> bool:
    return bool(YES.search(text)) and not UNGRANTED.search(text)


def _stated(texts: list[str]) -> Outcome | None:
    """The outcome that a labelled line states, when all such lines agree."""
    order = ("partially_certified", "modified", "overturned", "cancelled", "pended", "denied")
    found: set[str] = set()
    for text in texts:
        for line in STATUS.finditer(text):
            what = line["what"]
            kind = next((k for k in (*order, "certified") if _says(k, what)), None)
            if kind:
                found.add("certified" if kind == "overturned" else kind)
    if found == {"denied", "certified"}:
        return "partially_certified" if _firm_yes(" ".join(texts)) else None
    outcomes: dict[str, Outcome] = {
        "partially_certified": "partially_certified", "modified": "modified",
        "cancelled": "cancelled", "pended": "pended", "denied": "denied", "certified": "certified",
    }  # fmt: skip
    return outcomes[found.pop()] if len(found) == 1 and found != {"pended"} else None
