"""Trials of treatment as notes tell them: carried out, only planned, or declined."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nodes.policy.durations import Length, Stretch, lengths, started_ago, stretch
from nodes.policy.finding import Speaks, Voice
from nodes.policy.index import Mention, Question, quoted
from nodes.policy.outcomes import Outcome
from nodes.policy.sentences import ReadNote, Sentence

State = Literal["done", "planned", "declined", "mentioned"]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_DECLINED = _words(
    r"declin\w+|refus\w+|not interested|no[- ]?shows?|non-?complian\w+|non-?adheren\w+|unwilling"
    r"|did(?: not|n['\u2019]t) (?:attend|go|want|complete|pursue|participate)"
    r"|never (?:attended|went|did|tried|had|completed)"
    r"|(?:could|can|did)(?: not|n['\u2019]?t) (?:afford|attend)|unable to (?:afford|attend)"
    r"|failed to (?:attend|show|go)"
)
_NOT_STARTED = _words(
    r"(?:has|have|had)(?: not|n['\u2019]t) (?:yet )?(?:started|begun|scheduled)"
    r"|not (?:yet )?(?:started|begun|scheduled)"
    r"|yet to (?:start|begin)|no appointment|(?:has|have)(?: not|n['\u2019]t) yet"
)
_HYPOTHESIS = _words(
    r"if|once|until|unless|when (?:she|he|the patient|pt)|would|return (?:in|after)"
    r"|follow[- ]?up (?:in|after)|reassess\w*|recheck"
    r"|re-?evaluate (?:in|after)|f/u (?:in|after)|rtc|prior to (?:mri|imaging|starting)"
    r"|in case|may be"
)
_PLANNED = _words(
    r"will|plan(?:s|ned|ning)?|order(?:ed|s)?|refer(?:red|ral|rals)?|recommend\w*|schedul\w+"
    r"|start|begin|begins|starts|initiate|consider\w*"
    r"|advis\w+|await\w*|pending|encourag\w+|discuss\w*|offer\w*|script|candidate|should"
    r"|needs?|try|attempt|sheet|to complete"
    r"|given (?:an? )?(?:order|referral|script|handout)|authoriz\w+|trial of|proceed|resume"
    r"|add|handout"
)
_STRONG = _words(
    r"(?<!to be )(?<!will be )completed|finished|attended|underwent|undergone|participated"
    r"|tried|trialed|trialled|took"
    r"|(?:has|have|had) (?:\w+ )?(?:been|had|done|taken|used|tried|completed|undergone"
    r"|received|attended|failed|finished)"
    r"|received|performed|discharged from|despite|treated with|was treated|compliant|adherent"
    r"|went|good attendance|visits? attended"
)
_CHANGED = _words(r"initially|at first|first|but now|temporarily")
_MODAL = _words(r"(?:may|can|could|to|should|will|might) (?:also )?be")
_WAS_ORDERED = _words(r"(?:was|were|been) (?:ordered|recommended|referred|prescribed|scheduled)")
_WEAK = _words(
    r"after|following|since|taking|takes|using|uses|doing|does|continues|continued|status post"
    r"|s/p|course of|treatments? to date|had|with"
)
_LINK = re.compile(
    r"fail|without|despite|not|n['\u2019]t|\bno\b|little|minimal|ineffect|refract|unrespons"
    r"|intoler|tolerate|relief|help",
    re.I,
)
_EDGE = re.compile(r"[,;()]|\band\b|\bthen\b|\bbut\b", re.IGNORECASE)
_THEN = _words(r"then|followed by|subsequently|after which")
_ENDED = _words(r"completed|finished|stopped|ended|discharged|discontinued|concluded|quit|only")
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
_PAST_HEADINGS = ("past", "pmh", "previous", "surgical history", "psh")
_REACH = 48


@dataclass(frozen=True, slots=True)
class Trial:
    """One sentence about a treatment: whether it was done, from when to when, what came of it."""

    modality: str
    state: State
    past: bool
    written: date
    first: date | None
    last: date | None
    days: int | None
    ended: bool
    outcome: Outcome | None
    mention: Mention

    def voice(self, speaks: Speaks) -> Voice:
        """Quote the sentence."""
        return Voice(quoted(self.mention), speaks, self.written, own=True)


def trials(question: Question, concepts: Iterable[str]) -> Iterator[Trial]:
    """Read every mention of the treatments; relatives' and hypothetical ones are left out."""
    for concept in concepts:
        seen: set[tuple[str, str]] = set()
        for mention in question.index.mentions(concept):
            key = (mention.note.note.id, mention.sentence.text)
            if not mention.meaning.family and key not in seen:
                seen.add(key)
                yield _trial(concept, mention)


def _trial(concept: str, mention: Mention) -> Trial:
    sentence, note = mention.sentence, mention.note
    state = _state(mention)
    when = stretch(sentence.text, mention.written)
    first = when.first or started_ago(sentence.text, mention.written)
    days = _length(note, mention.place)
    if state == "done" and first and not when.last and days is None:
        when = Stretch(first, None if _old(mention) else mention.written)
    return Trial(
        modality=concept,
        state=state,
        past=_old(mention) or _before_year(when, mention.written),
        written=mention.written,
        first=first,
        last=when.last,
        days=days,
        ended=bool(_ENDED.search(sentence.text)),
        outcome=_outcome(mention),
        mention=mention,
    )


def _old(mention: Mention) -> bool:
    return mention.meaning.past or mention.sentence.heading.startswith(_PAST_HEADINGS)


def _before_year(when: Stretch, written: date) -> bool:
    end = when.last or when.first
    return end is not None and (written - end).days > 365


def _state(mention: Mention) -> State:
    sentence = mention.sentence
    start, end = mention.start - sentence.start, mention.end - sentence.start
    text = sentence.text
    before, after = _local(text, start, end)
    around = text[max(0, start - 2 * _REACH) : end + 2 * _REACH]
    if _DECLINED.search(around):
        return "declined"
    if _NOT_STARTED.search(around):
        return "planned"
    if _HYPOTHESIS.search(text[:start]) or mention.meaning.hypothetical:
        return "planned"
    if mention.negated:
        return "declined"
    return _told(sentence, f"{before} {after}")


def _told(sentence: Sentence, near: str) -> State:
    if _MODAL.search(near):
        return "planned"
    if _WAS_ORDERED.search(near) and _STRONG.search(sentence.text):
        return "done"
    if _STRONG.search(near):
        return "done"
    if _PLANNED.search(near):
        return "planned"
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
        if not _supposed(sentence.text, one.start)
    )


def _local(text: str, start: int, end: int) -> tuple[str, str]:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    edges = list(_EDGE.finditer(before))
    before = before[edges[-1].end() :] if edges else before
    edge = _EDGE.search(after)
    return before, after[: edge.start()] if edge else after


def _length(note: ReadNote, place: int) -> int | None:
    """Days of treatment said in the sentence, or in the next one when that says what came of it.

    Parts joined by "then" add up; others run side by side and the longest counts.
    """
    text = note.sentences[place].text
    found = lengths(text)
    if not found and place + 1 < len(note.sentences):
        follow = note.sentences[place + 1]
        if follow.outcomes:
            text = follow.text
            found = [one for one in lengths(text) if _leads(text, one)]
    if not found:
        return None
    return sum(one.days for one in found) if _THEN.search(text) else max(one.days for one in found)


def _leads(text: str, length: Length) -> bool:
    return bool(
        re.search(r"\b(?:after|over|despite|for|in) (?:\w+ ){0,2}$", text[: length.start], re.I)
    )


def _outcome(mention: Mention) -> Outcome | None:
    """What came of it: in the same clause, else the sentence, else the next two."""
    sentence, note = mention.sentence, mention.note
    here = [one for one in sentence.outcomes if not _supposed(sentence.text, one.start)]
    if here:
        start, end = mention.start - sentence.start, mention.end - sentence.start
        low, high = _clause(sentence.text, start, end)
        near = [one for one in here if low <= one.start < high]
        return (here if _CHANGED.search(sentence.text) or not near else near)[-1].outcome
    for follow in note.sentences[mention.place + 1 : mention.place + 3]:
        if follow.heading != sentence.heading:
            break
        found = [one for one in follow.outcomes if not _supposed(follow.text, one.start)]
        if found:
            return found[-1].outcome
    return None


def _supposed(text: str, place: int) -> bool:
    return bool(_HYPOTHESIS.search(text[:place]))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    cuts = [match.end() for match in re.finditer(r";|\bbut\b|\bhowever\b|\bwhile\b", text)]
    low = max((cut for cut in cuts if cut <= start), default=0)
    high = min((cut for cut in cuts if cut > end), default=len(text))
    return low, high
