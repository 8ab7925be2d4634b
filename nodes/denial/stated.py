"""The times a letter itself states: until when to appeal or call, and when they will decide."""

import re
from dataclasses import dataclass
from datetime import date

from nodes.denial.days import after, dates, stretches
from nodes.denial.reading import Letter, Sentence
from nodes.denial.topics import topic_of
from nodes.entity import Said
from nodes.notice import Level

FILES = re.compile(
    r"\b(?:fil(?:e|ed|ing)|reach(?:es)?|receive (?:it|your|the|this)|write|contest|dispute|return"
    r"|tell us|submit(?:ted)?|request(?:ed|s)?"
    r"|ask|asked|must (?:be|reach|get|send"
    r"|call)|"
    r"appeal(?:s|ed)?|mail(?:ed)?|send|sent|received (?:by|within|no)|be received|postmarked|call"
    r"|schedul\w+|contact"
    r"|you have|has|have|deadline|time limit|due|until|expires?|available|up to|right|initiate\w*"
    r"|complet\w+|window)\b"
)
DECIDES = re.compile(
    r"\b(?:we(?:'ll| will| must| have| shall)?|decide[sd]?|decision|respond|response|answer"
    r"|notif(?:y|ied)"
    r"|resolv\w+|resolution|get back|hear(?: back)? from|determin(?:e|ation)|issue[sd]?"
    r"|the plan (?:will|must|has)|"
    r"reviewer (?:will|must|has)|iro (?:will|must|has)|tell you|give you|takes?|let you know"
    r"|process(?:ed)?)\b"
)
STRETCH_OPENS = re.compile(
    r"(?:within|inside|have|has|in|is|appeals?|hearing|,|up to|no later than|not later than"
    r"|at least|than|limit|deadline"
    r"|window|for|:|the|a|next|"
    r"first|only|filed|exceed|takes?|are|than|allows?|allowed|about)[\s(]*(?:the )?(?:a |an |only "
    r"|next )?(?:period of |maximum of )?$"
)
DATE_OPENS = re.compile(
    r"(?:\bby|before|than|until|till|through|deadline\b[^.]{0,40}|due\b[^.]{0,30}|expires?|ends"
    r"|closes|closing"
    r"|after|on|date:?|to|is|"
    r"postmarked|received|thru)\s*:?\s*(?:(?:5|4|4:30|5:00|11:59|12|8"
    r"|6)(?::\d\d)?\s?[ap]\.?m\.?,?\s*(?:[a-z]{2,8}(?: time)?)?,?\s*"
    r"(?:on )?)?(?:close of business |the end of the day |midnight |end of business )?(?:on |of "
    r"|the )?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)?(?:day)?,?\s*$"
)
THINGS = re.compile(
    r"[\s)]*of (?!the |this |that |our |your |its |when|receipt|receiv|being|notice|denial|date"
    r"|today)"
)
RECEIPT = re.compile(r"\b(?:receipt|receiv\w+|get|got)\b")
LATER = re.compile(
    r"\b(?:final|appeal|plan|internal|resolution|second|our|redetermination|reconsideration"
    r"|first[\s\-]level)\b"
    r"[^.]{0,30}\b(?:decision|determination|resolution|denial|notice|answer|appeal)\b"
    r"|\bafter (?:the|your|we|our|this|that)"
    r" (?:plan |internal |first )?appeal"
)
SERVICE = re.compile(
    r"\b(?:date of service|service date|discharge|admission|remittance|incident"
    r"|dates? (?:the )?services?)\b"
)
CONTINUED = re.compile(
    r"\b(?:continu\w+|keep)\b[^.]{0,50}\b(?:services?|benefits?|hours|care|treatment|same|getting"
    r"|coverage)\b"
)
FAST = re.compile(r"\b(?:fast(?:er)?|expedited?|urgent|quick(?:er)?|rush|24|48|72)\b")


@dataclass(frozen=True)
class Stated:
    """A time a letter states for one way; ``due`` is none where it runs from no known day."""

    level: Level
    due: date | None
    counted_from: date | None
    from_receipt: bool
    later: bool
    words: str
    said: Said


@dataclass(frozen=True)
class Decides:
    """How long they may take, in the letter's words."""

    level: Level
    fast: bool
    words: str


def stated(
    letter: Letter, issued: date | None, received: date | None
) -> tuple[list[Stated], list[Decides]]:
    """List the times to file and the times to decide, in the order of the letter."""
    files: list[Stated] = []
    decides: list[Decides] = []
    topic: Level | None = None
    heading = ""
    for sentence in letter.sentences:
        if sentence.zone == "other" or CONTINUED.search(sentence.text):
            continue
        if sentence.heading != heading:
            heading, topic = sentence.heading, topic_of(sentence.heading) or None
        topic = topic_of(sentence.text) or topic
        if topic is None:
            continue
        _days(letter, sentence, topic, files)
        _times(letter, sentence, topic, issued, received, files, decides)
    return files, decides


def _days(letter: Letter, sentence: Sentence, topic: Level, files: list[Stated]) -> None:
    for one in dates(sentence.text):
        before = sentence.text[: one.start]
        level = topic_of(sentence.text, one.start) or topic
        ours = level == "peer_to_peer" or _to_file(before, sentence.text[one.end :])
        if not DATE_OPENS.search(before) or not ours:
            continue
        if re.search(r"\b(?:on|is|to|date:?|received|after)\s*$", before) and not re.search(
            r"\b(?:deadline|due|last day|expires?|ends|must|by|before|until|through|no later"
            r"|received (?:on or )?before)\b",
            before,
        ):
            continue
        said = letter.page.said(sentence.start, sentence.end)
        words = _clause(sentence.text, one.start, one.end)
        files.append(Stated(level, one.day, None, False, False, words, said))


def _times(
    letter: Letter,
    sentence: Sentence,
    topic: Level,
    issued: date | None,
    received: date | None,
    files: list[Stated],
    decides: list[Decides],
) -> None:
    text = sentence.text
    for one in stretches(text):
        before, behind = text[: one.start], text[one.end : one.end + 110]
        level = topic_of(text, one.start) or topic
        words = _clause(text, one.start, one.end)
        if not _to_file(before, behind) and (level != "peer_to_peer" or DECIDES.search(before)):
            decides.append(
                Decides(level, bool(FAST.search(text[max(0, one.start - 90) : one.end])), words)
            )
            continue
        if not _is_limit(before, behind) or SERVICE.search(behind[:60]):
            continue
        receipt = bool(RECEIPT.search(_from(behind)))
        later = bool(LATER.search(_from(behind)) or LATER.search(before))
        first = received if receipt and received else issued
        due = after(first, one.number, one.unit, onward=level == "external") if first else None
        said = letter.page.said(sentence.start, sentence.end)
        files.append(Stated(level, due, first, receipt, later, words, said))


def _to_file(before: str, behind: str) -> bool:
    """Whether a time is one for us to act in, and not one for them to decide in."""
    acts = [match.end() for match in FILES.finditer(before)]
    theirs = [match.end() for match in DECIDES.finditer(before)]
    if acts or theirs:
        return max(acts, default=-1) >= max(theirs, default=-1) or _ours(before)
    return bool(FILES.search(behind))


def _ours(before: str) -> bool:
    """Whether the word of deciding is only the thing that is appealed."""
    return bool(
        re.search(r"\b(?:appeal|dispute|review|reconsider\w*|disagree with|contest)\b[^.]{0,40}"
                  r"\b(?:decision|determination|response|resolution)\b[^.]{0,40}$", before)
        and not re.search(r"\bwe(?:'ll| will| must)\b", before)
    )  # fmt: skip


def _is_limit(before: str, behind: str) -> bool:
    """Whether it is said as a limit: within 60 days, 60 days from, you have 60 days to."""
    if THINGS.match(behind):
        return False
    return bool(
        STRETCH_OPENS.search(before)
        or re.match(
            r"[\s)]*(?:of|from|after|following|since|to (?:file|appeal|request|ask|submit|dispute"
            r"|call|schedule))\b", behind)
    )  # fmt: skip


def _from(behind: str) -> str:
    """What the time runs from."""
    found = re.match(
        r"[\s)]*(?:of|from|after|following|since|that|when|upon)\b([^.;]{0,100})", behind
    )
    return found[1] if found else ""


def _clause(text: str, start: int, end: int) -> str:
    """The words of a time, with what it runs from."""
    behind = re.match(r"[^.;,()]{0,90}", text[end:])
    first = max((m.start() for m in re.finditer(
        r"\b(?:within|by|no later than|up to|before"
        r"|until)\b", text[max(0, start - 40) : start])), default=None)  # fmt: skip
    begin = start if first is None else max(0, start - 40) + first
    return " ".join((text[begin:end] + (behind[0] if behind else "")).split())
