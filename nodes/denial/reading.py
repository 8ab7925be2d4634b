"""A letter in sentences, each with the heading it stands under and what it is there for."""

import re
from dataclasses import dataclass
from typing import Literal

from nodes.denial.mending import mended
from nodes.denial.page import Page, page
from nodes.denial.ticks import ticked
from nodes.denial.words import cue
from nodes.suspicion.found import suspicious

Zone = Literal["plain", "reason", "rights", "other"]
MARK = r"(?:[-*\u2022\u25aa\u25cf\u00b7\u2610\u2611\u2612>]|\[[ x]?\]|\(?[0-9a-z][.)])"
BULLET = re.compile(rf"[ \t]*{MARK}[ \t]+")
LABEL = re.compile(r"[ \t]*([A-Z][\w /#.&'()\-]{1,44}?)[ \t]*:(?!//)")
END = re.compile(r"[.!?][\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9\u00bf\u00a1])|[;](?=\s*\n)")
SHORT = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|no|nos|inc|vs|st|ste|ave|co|dept|ext|nov|dec|jan|feb|mar|apr|jun|jul|aug"
    r"|sept?|oct|fig|sec|ph|tel|approx|p\.o|u\.s|e\.g|i\.e|c\.f\.r|u\.s\.c|a\.m|p\.m|p|o"
    r"|[a-z])\.)$",
    re.IGNORECASE,
)
LONGEST_HEADING = 90
TITLE = 0.6
LONGEST = 1500
DECIDED = re.compile(
    r"\b(?:why|reason|rationale)|\bdecision on\b|\bnotice of(?!.*right)|(?:appeal|grievance"
    r"|reconsideration"
    r"|redetermination|review)s?\s+(?:decision|resolution|determination|outcome|result|response)"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence or line; places count in the page's reading."""

    start: int
    end: int
    text: str
    heading: str
    zone: Zone
    boilerplate: bool
    hypothetical: bool
    history: bool
    rights: bool

    @property
    def counts(self) -> bool:
        """Whether it speaks of this decision, not of rules, of what if, or of an earlier one."""
        return self.zone != "other" and not (self.boilerplate or self.hypothetical or self.history)


@dataclass(frozen=True)
class Letter:
    """A letter as read."""

    page: Page
    sentences: tuple[Sentence, ...]


def letter(text: str) -> Letter:
    """Read a letter: mended words, sentences over the ends of lines, headings."""
    whole = mended(ticked(page(text)))
    return Letter(whole, tuple(_sentences(whole)))


def _sentences(whole: Page) -> list[Sentence]:
    found: list[Sentence] = []
    heading, zone = "", _none()
    quoted = False
    width = max(len(line) for line in whole.cased.split("\n"))
    for start, end in _paragraphs(whole.cased):
        text = whole.flat[start:end]
        if zone == "other" and re.match(r"\s*(?:dear|estimad[oa])\s", text):
            heading, zone = "", _none()
        if _is_heading(whole.cased[start:end], width):
            heading, zone = text.strip(), _zone(text)
            quoted = bool(re.search(r"original message|forwarded|begin quot", text))
        label = LABEL.match(whole.cased[start:end])
        here = _zone(label[1].lower()) if label else "plain"
        for first, last in _split(whole.cased, start, end):
            found.append(_sentence(whole, first, last, heading, _under(zone, here), quoted))
    return found


def _none() -> Zone:
    return "plain"


def _under(zone: Zone, label: Zone) -> Zone:
    return zone if label == "plain" else label


def _sentence(
    whole: Page, start: int, end: int, heading: str, zone: Zone, quoted: bool
) -> Sentence:
    text = whole.flat[start:end]
    hypothetical = cue("hypothetical").search(text)
    return Sentence(
        start=start,
        end=end,
        text=text,
        heading=heading,
        zone=zone,
        boilerplate=bool(cue("boilerplate").search(text) or suspicious(text)),
        hypothetical=hypothetical is not None and not _whether(text, hypothetical),
        history=quoted or text.lstrip().startswith(">") or bool(cue("history").search(text)),
        rights=bool(cue("rights_sentence").search(text)),
    )


def _whether(text: str, found: re.Match[str]) -> bool:
    """Whether the word only asks a question that the sentence itself answers."""
    return found[0] in {"whether", "when", "if"} and bool(
        re.search(r"(determine|decide|reviewed|know|assess|establish|see) (whether|if)", text)
        or (found[0] == "when" and found.start() > 40)
    )


def _paragraphs(cased: str) -> list[tuple[int, int]]:
    """Lines that belong together: up to a blank line, a bullet, a label or a heading."""
    found: list[tuple[int, int]] = []
    open_at: int | None = None
    last = 0
    place = 0
    width = max((len(line) for line in cased.split("\n")), default=0)
    for line in cased.split("\n"):
        start, end = place, place + len(line)
        place = end + 1
        alone = not line.strip()
        begins = bool(BULLET.match(line) or LABEL.match(line) or _is_heading(line, width))
        goes_on = line.lstrip()[:1].islower() and not begins
        ends = open_at is not None and _closed(cased, open_at, last, width) and not goes_on
        if open_at is not None and (alone or begins or ends):
            found.append((open_at, last))
            open_at = None
        if not alone:
            open_at = start if open_at is None else open_at
            last = end
    if open_at is not None:
        found.append((open_at, last))
    return found


def _closed(cased: str, start: int, end: int, width: int) -> bool:
    """Whether a text ends with its line: a heading, an address, or a short last line."""
    line = cased[max(start, cased.rfind("\n", start, end) + 1) : end].rstrip()
    first = cased[start : min(end, start + LONGEST_HEADING + 1)]
    return (
        (end - start <= LONGEST_HEADING and _is_heading(first, width))
        or (line.endswith((".", "?", "!", ":")) and len(line) < width * 0.6)
        or (bool(LABEL.match(first)) and len(line) < width * 0.5)
    )


def _is_heading(text: str, width: int = LONGEST_HEADING) -> bool:
    """Whether a line stands as a title: short, no end of a sentence, mostly capitals."""
    line = text.strip().strip("*_#=-").strip()
    if not 3 <= len(line) <= LONGEST_HEADING or "\n" in line or line[-1] in ".,;":
        return False
    names = re.findall(r"[A-Za-z][\w'\-]*", line)
    if not names or re.search(r"\d{3}", line) or (":" in line[:-1]):
        return False
    big = sum(name[0].isupper() for name in names)
    if line[-1] in "?:" and names[0][0].isupper() and len(names) <= 12:
        return True
    if names[0][0].isupper() and len(names) <= 8 and len(line) < width * TITLE and _titles(line):
        return True
    long = [name for name in names if len(name) > 3]
    return big * 3 >= len(names) * 2 and all(name[0].isupper() for name in long)


def _titles(line: str) -> bool:
    """Whether a line begins as the titles of such letters do."""
    kinds = ("rights_heading", "reason_heading", "other_heading")
    return any(cue(kind).match(line.lower()) for kind in kinds)


def _zone(text: str) -> Zone:
    if cue("other_heading").search(text):
        return "other"
    if cue("rights_heading").search(text) and not DECIDED.search(text):
        return "rights"
    return "reason" if cue("reason_heading").search(text) else "plain"


def _split(cased: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = start
    for stop in END.finditer(cased, start, end):
        if SHORT.search(cased, max(first, stop.end() - 8), stop.start() + 1):
            continue
        found.append((first, stop.end()))
        first = stop.end()
    if cased[first:end].strip():
        found.append((first, end))
    return [
        (place, min(place + LONGEST, last))
        for begin, last in found
        for place in range(begin, last, LONGEST)
    ]
