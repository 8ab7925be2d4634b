"""Whether a note says that a treatment was carried out, only planned, or declined."""

import re
from typing import Literal

from nodes.policy.answers import rule
from nodes.policy.durations import lengths
from nodes.policy.index import Mention
from nodes.policy.sentences import Sentence

State = Literal["done", "planned", "declined", "mentioned"]


def words(pattern: str) -> re.Pattern[str]:
    """Compile words that count whole, in any case."""
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_BROKEN_OFF = words(
    r"(?:(?:could|can|did|was|were)(?: not|n['\u2019]?t)(?: able to)?|unable to|not able to)"
    r" (?:complete|finish|continue|tolerate)\b[^.;]{0,60}?\b(?:because|due to|secondary to|d/t"
    r"|as|since|from)\b[^.;]{0,40}?\b(?:pain\w*|wors\w+|flar\w+|sympt\w+|intoleran\w+|spasms?)"
)
_DECLINED = words(
    r"declin\w+|refus\w+|not interested|no[- ]?shows?|non-?complian\w+|non-?adheren\w+|unwilling"
    r"|non-?attend\w+|(?:poor|lack of) attendance|did not return|self-?discharged"
    r"|did(?: not|n['\u2019]t) (?:attend|go|want|complete|pursue|participate)"
    r"|never (?:attended|went|did|tried|had|completed)"
    r"|(?:could|can|did)(?: not|n['\u2019]?t) (?:afford|attend)|unable to (?:afford|attend)"
    r"|failed to (?:attend|show|go)"
)
_NOT_STARTED = words(
    r"(?:has|have|had)(?: not|n['\u2019]t) (?:yet )?(?:started|begun|scheduled)"
    r"|not (?:yet )?(?:started|begun|scheduled)"
    r"|(?:has|have|had|was|were)(?: not|n['\u2019]t) (?:yet )?(?:been )?(?:tried|done|attempted"
    r"|started|begun|completed|attended|carried out)|not (?:yet )?tried"
    r"|yet to (?:start|begin|be)|no appointment|(?:has|have)(?: not|n['\u2019]t) yet"
)
_HYPOTHESIS = words(
    r"if|once|until|unless|when (?:she|he|the patient|pt)|would|return (?:in|after)"
    r"|follow[- ]?up (?:in|after)|reassess\w*|recheck"
    r"|re-?evaluate (?:in|after)|f/u (?:in|after)|rtc|prior to (?:mri|imaging|starting)"
    r"|in case|may be"
)
_PLANNED = words(
    r"will|plan(?:s|ned|ning)?|order(?:ed|s)?|refer(?:red|ral|rals)?|recommend\w*|schedul\w+"
    r"|start|begin|begins|starts|initiate|consider\w*"
    r"|advis\w+|await\w*|pending|encourag\w+|discuss\w*|offer\w*|script|candidate|should"
    r"|needs?|try|attempt|sheet|to complete"
    r"|given (?:an? )?(?:order|referral|script|handout)|authoriz\w+|trial of|proceed|resume"
    r"|add|handout"
)
_STRONG = words(
    r"(?<!to be )(?<!will be )completed|finished|attended|underwent|undergone|participated"
    r"|tried|trialed|trialled|took|wore|worn|applied|used(?! to)|enrolled in|adhered to"
    r"|(?:has|have|had) (?:\w+ )?(?:been|had|done|taken|used|tried|completed|undergone"
    r"|received|attended|failed|finished)"
    r"|received|performed|discharged from|despite|treated with|was treated|compliant|adherent"
    r"|went|good attendance|visits? attended"
)
_MODAL = words(r"(?:may|can|could|to|should|will|might) (?:also )?be")
_UP_TO_NOW = words(r"(?:for|over|during|x) (?:the )?(?:past|last|previous)")
_WAS_ORDERED = words(r"(?:was|were|been) (?:ordered|recommended|referred|prescribed|scheduled)")
_WEAK = words(
    r"after|following|since|taking|takes|using|uses|doing|does|continues|continued|status post"
    r"|s/p|course of|treatments? to date|had|with"
)
_LINK = re.compile(
    r"fail|without|w/o|benefit|touch|success|despite|not|n['\u2019]t|\bno\b|little"
    r"|minimal|ineffect|refract|unrespons"
    r"|intoler|tolerate|relief|help",
    re.I,
)
_FROM = re.compile(
    r"^(?: \w+){0,3}? (?:from|with|after|on|to|despite)\b(?! (?:no|not"
    r"|any)\b)(?:(?!\b(?:no|not|nor|never"
    r"|without|denie[sd]|and|but)\b)[^,;.]){0,80}$|^ (?:(?!no\b|any\b)[\w-]+ ){0,6}$",
    re.IGNORECASE,
)
_OPEN = words(
    r"(?:cannot|can['\u2019]?t|could not|can not) (?:yet )?be said|(?:not"
    r"|un)(?: yet)? ?(?:clear|known"
    r"|certain|sure) (?:if|that|whether)|whether|no (?:proof|evidence|documentation) that"
)
_EDGE = re.compile(r"[,;()]|\band\b|\bthen\b|\bbut\b", re.IGNORECASE)
_PLAN_HEADINGS = (
    "plan",
    "order",
    "recommend",
    "disposition",
    "assessment and plan",
    "treatment plan",
    "a/p",
    "instructions",
)
_REACH = 48


def state_of(mention: Mention) -> State:
    """Say which; words close to the treatment go before the rest of the sentence."""
    sentence = mention.sentence
    start, end = mention.start - sentence.start, mention.end - sentence.start
    text = sentence.text
    before, after = _local(text, start, end)
    around = text[max(0, start - 2 * _REACH) : end + 2 * _REACH]
    if _BROKEN_OFF.search(around):
        return "done"
    if _DECLINED.search(around):
        return "declined"
    if _NOT_STARTED.search(around):
        return "planned"
    if _HYPOTHESIS.search(text[:start]) or mention.meaning.hypothetical:
        return "planned"
    if mention.negated and not _without_effect(sentence, start):
        return "declined"
    return _told(sentence, f"{before} {after}")


def _without_effect(sentence: Sentence, start: int) -> bool:
    """Whether what is denied is the effect: "no relief from 6 months of naproxen"."""
    return any(
        one.outcome == "failed"
        and one.end <= start
        and _FROM.search(sentence.text[one.end : start])
        and not supposed(sentence.text, one.start)
        for one in sentence.outcomes
    )


def _told(sentence: Sentence, near: str) -> State:
    if _MODAL.search(near):
        return "planned"
    if _WAS_ORDERED.search(near) and _STRONG.search(sentence.text):
        return "done"
    if _STRONG.search(near):
        return "done"
    if _PLANNED.search(near):
        return "planned"
    if _UP_TO_NOW.search(near) and lengths(near):
        return "done"
    if _STRONG.search(sentence.text) or _linked(sentence):
        return "done"
    if _PLANNED.search(sentence.text) or sentence.heading.startswith(_PLAN_HEADINGS):
        return "planned"
    return "done" if _WEAK.search(sentence.text) else "mentioned"


def _linked(sentence: Sentence) -> bool:
    """Whether the sentence says what came of the treatment, not only that symptoms go on."""
    return any(
        _LINK.search(sentence.text[one.start : one.end])
        for one in sentence.outcomes
        if not supposed(sentence.text, one.start)
    )


def _local(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    edges = list(_EDGE.finditer(before))
    before = before[edges[-1].end() :] if edges else before
    edge = _EDGE.search(after)
    return before, after[: edge.start()] if edge else after


def supposed(text: str, place: int) -> bool:
    """Whether what stands at a place is only imagined: "if", "once", "follow up after"."""
    ahead = text[:place]
    return rule(text) or bool(_HYPOTHESIS.search(ahead) or _OPEN.search(ahead))
