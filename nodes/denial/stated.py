"""The times a letter itself states: until when to appeal or call, and when they will decide."""

import re
from dataclasses import dataclass
from datetime import date

from nodes.denial.acting import DECIDES, to_file
from nodes.denial.days import after, dates, stretches, unyeared
from nodes.denial.reading import Letter, Sentence
from nodes.denial.topics import topic_of
from nodes.entity import Said
from nodes.notice import Level

STRETCH_OPENS = re.compile(
    r"(?:within|inside|have|has|in|is|appeals?|hearing|,|up to|no later than|not later than"
    r"|at least|than|limit|deadline"
    r"|window|for|:|the|a|next|"
    r"first|only|filed|exceed|takes?|are|than|allows?|allowed|about)[\s(]*(?:the )?(?:a |an "
    r"|only "
    r"|next )?(?:period of |maximum of )?$"
)
DATE_OPENS = re.compile(
    r"(?:\bby|prior to|up to|before|than|until|till|through|deadline\b[^.]{0,40}"
    r"|due\b[^.]{0,30}|expires?|ends"
    r"|closes|closing|last day\b[^.]{0,30}"
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
    r"[^.]{0,30}\b(?:decision|determination|resolution|denial|notice|answer"
    r"|(?<!may )(?<!can )(?<!must )(?<!to )(?<!you )appeal)\b"
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
        _days(letter, sentence, topic, issued, files)
        _times(letter, sentence, topic, issued, received, files, decides)
    return files, decides


def _days(
    letter: Letter, sentence: Sentence, topic: Level, issued: date | None, files: list[Stated]
) -> None:
    bare = unyeared(sentence.text, issued) if issued else ()
    for one in (*dates(sentence.text), *bare):
        before = sentence.text[: one.start]
        level = topic_of(sentence.text, one.start) or topic
        ours = level == "peer_to_peer" or to_file(before, sentence.text[one.end :])
        if not DATE_OPENS.search(before) or not ours or COUNTS_FROM.search(before):
            continue
        late = TOO_LATE.search(before) and REFUSED.search(sentence.text, one.end)
        if (
            not late
            and re.search(r"\b(?:on|is|to|date:?|received|after)\s*$", before)
            and not re.search(
                r"\b(?:deadline|due|last day|expires?|ends|must|by|before|until|through|no later"
                r"|received (?:on or )?before)\b",
                before,
            )
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
        if not to_file(before, behind) and (level != "peer_to_peer" or DECIDES.search(before)):
            decides.append(
                Decides(level, bool(FAST.search(text[max(0, one.start - 90) : one.end])), words)
            )
            continue
        if not _is_limit(before, behind) or (level != "peer_to_peer" and _fast(before)):
            continue
        receipt = bool(RECEIPT.search(_from(behind)))
        later = bool(LATER.search(_from(behind)) or LATER.search(before))
        first = _named(behind) or (received if receipt and received else issued)
        if SERVICE.search(behind[:60]):
            first = _named(behind)
        due = after(first, one.number, one.unit, onward=level == "external") if first else None
        said = letter.page.said(sentence.start, sentence.end)
        files.append(Stated(level, due, first, receipt, later, words, said))


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


def _fast(before: str) -> bool:
    """Whether the time is that of a fast appeal, told beside the plain one's."""
    return bool(FAST.search(re.split(r"[;.]|, (?:and|but|or)\b", before)[-1]))


def _named(behind: str) -> date | None:
    """The day by its date from which a time runs, where it is named so."""
    for one in dates(behind[:70]):
        if ANCHOR.fullmatch(behind[: one.start]):
            return one.day
    return None


ANCHOR = re.compile(
    r"[\s)]*(?:of|from|after|following|since|starting"
    r"|beginning)\s(?:the )?(?:date of )?(?:this |the )?"
    r"(?:notice |letter |service |discharge |admission )?(?:date |dated |on |of |,|\()*\s?"
)
LOOSE = re.compile(r"\b(?:on|is|to|date:?|received|after)\s*$")
LAST = re.compile(
    r"\b(?:deadline|due|last day|expires?|ends|must|by|before|until|through|no later|up to"
    r"|received (?:on or )?before)\b"
)
TOO_LATE = re.compile(
    r"\b(?:filed|received|sent|submitted|mailed|postmarked|made|arriv\w+)\s(?:\w+\s)?after\s*(?:the\s)?$"
)
REFUSED = re.compile(r"\b(?:not|rejected|denied|dismissed|too late|returned|untimely|late)\b")
COUNTS_FROM = re.compile(
    r"\b(?:days?|months?|weeks?)\)? (?:of|from|after|following|since) (?:the )?$"
)


def _clause(text: str, start: int, end: int) -> str:
    """The words of a time, with what it runs from."""
    behind = re.match(r"[^.;,()]{0,90}", text[end:])
    first = max((m.start() for m in re.finditer(
        r"\b(?:within|by|no later than|up to|before"
        r"|until)\b", text[max(0, start - 40) : start])), default=None)  # fmt: skip
    begin = start if first is None else max(0, start - 40) + first
    return " ".join((text[begin:end] + (behind[0] if behind else "")).split())
