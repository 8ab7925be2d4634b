"""A note cut into sentences with their offsets and the heading each one stands under."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nodes.chart import Note
from nodes.policy.answers import rule
from nodes.policy.cue import Heard
from nodes.policy.once import once
from nodes.policy.outcomes import Found, outcomes
from nodes.suspicion.found import Place
from nodes.suspicion.withheld import evidence

_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Ms|Mrs|St|vs|approx|e\.g|i\.e|etc|pt|no|wks?|mos?|hx|q\.d|b\.i\.d|t\.i\.d|Fig"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])|\d)\.$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?![.]\s+(?:Or|Nor)\s)(?!\?\s+[-\u2013]?\s*(?i:yes|no|none|nil|y|n|neg|negative|positive|denie[sd]|minimal)"
    r"\s*(?:[.,;!]|\d{1,2}[.)]|$))"
    r"(?:[.!?]+(?=[\"')\]]*\s+[\"'(\[]?[A-Z0-9])|[.!?]+(?=[\"')\]]*\s*$))",
    re.MULTILINE,
)
_OPENS = re.compile(
    r"\s+(?:The|She|He|There|This|It|Her|His|Patient|Denies|Negative|Positive|On|In|We|They)\b"
)
_ANSWERED = re.compile(r"[?:\-\u2013]\s*(?:no|n|y)\.$", re.IGNORECASE)
_HEADING = re.compile(r"^[ \t]*([A-Z][A-Za-z&/ ,'()\-]{1,48}?)[ \t]*:", re.MULTILINE)
_NEW_LINE = re.compile(
    r"\n(?=[ \t]*(?:\n|[-*\u2022\u2013]\s|\(?\d{1,2}[.)]\s|[\[(][ xX]?[\])]|[\u2610-\u2612]"
    r"|[A-Z][A-Za-z&/ ,'\-]{1,48}:))"
    r"|(?<=:)\n|\n{2,}"
)
_STRANGER = r"(?:another|other|different|wrong) patient"
_STRANGERS = ("r patient", "t patient", "g patient")
_FOREIGN = re.compile(
    rf"^[^\n]{{0,60}}\b(?:{_STRANGER}\b[^\n]{{0,60}}\b(?:error|mistake|paste\w*|cop(?:y|ied))"
    rf"|(?:past|copi)ed\b[^\n]{{0,60}}\b{_STRANGER})"
    r"[\s\S]{0,5000}?(?:^\W*end\b[^\n]*$|^[^\n]{0,20}this patient\b|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_CLAUSE = re.compile(
    r";|\s[-\u2013\u2014]\s|\b(?:but|however|although|though|except|whereas|nevertheless"
    r"|otherwise|(?<!not )(?<!has )(?<!have )yet)\b"
    r"|,\s+(?=(?:if|unless|while|because|so)\b)",
    re.IGNORECASE,
)
_PARTING = (
    *(";", "-", "\u2013", "\u2014", "but", "however", "though", "except", "whereas"),
    *("nevertheless", "otherwise", "yet", ","),
)
_BLANKS = re.compile(r"  +")
_SHORT = 60
_ANSWERS = {"y": "y", "yes": "y", "present": "y", "n": "n", "no": "n", "absent": "n"}
LONGEST = 1000
_WRAP = str.maketrans("\n\r\t\u00a0", "    ")


@dataclass(frozen=True)
class Sentence:
    """Words of a note; ``start`` and ``end`` are offsets into its text.

    ``text`` is of the same length with line ends as blanks; ``columns`` is "yn" or "ny" in a table
    of answers; ``foreign`` marks what was pasted from another patient's chart.
    """

    start: int
    end: int
    text: str
    heading: str
    columns: str = ""
    foreign: bool = False

    @once
    def outcomes(self) -> tuple[Found, ...]:
        """What it says came of a treatment."""
        return tuple(outcomes(self.text))

    @once
    def heard(self) -> Heard:
        """The sentence, asked once for the letters of each cue."""
        return Heard(self.text)

    @once
    def rules(self) -> bool:
        """Whether it tells what is asked or taught, not what the patient did or has."""
        return rule(self.text, self.heard)

    @once
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Where what parts its clauses begins and ends."""
        if not any(map(self.heard.text.__contains__, _PARTING)):
            return ()
        return tuple(match.span() for match in _CLAUSE.finditer(self.text))

    @once
    def tight(self) -> "Sentence":
        """The same with single blanks."""
        if "  " not in self.text:
            return self
        return replace(self, text=_BLANKS.sub(" ", self.text))

    def tight_place(self, offset: int) -> int:
        """Where an offset in its words stands once the blanks are single."""
        return len(_BLANKS.sub(" ", self.text[:offset]))


class ReadNote:
    """A note ready to be searched; cut once."""

    def __init__(self, note: Note, suspicious: Sequence[Place] | None = None) -> None:
        """Keep the note, blank where its words are addressed to software and so no evidence.

        ``suspicious`` are the places of such words where they are known already.
        """
        told = evidence(note.text, suspicious)
        self.note = note if told == note.text else note.model_copy(update={"text": told})

    @once
    def sentences(self) -> tuple[Sentence, ...]:
        """The note's sentences in order, without the blanks around them."""
        text = self.note.text
        headings = [(m.start(), m.group(1).strip().lower()) for m in _HEADING.finditer(text)]
        starts = [place for place, _ in headings]
        low = text.casefold()
        pasted = any(map(low.__contains__, _STRANGERS))
        strange = [match.span() for match in _FOREIGN.finditer(text)] if pasted else []
        found: list[Sentence] = []
        for start, end in _cuts(text):
            words = text[start:end]
            lead = len(words) - len(words.lstrip())
            words = words.strip().translate(_WRAP)
            if words:
                place = bisect_right(starts, start + lead) - 1
                heading = headings[place][1] if place >= 0 else ""
                at = start + lead
                columns = _columns(words, found)
                foreign = any(low <= at < high for low, high in strange)
                found.append(Sentence(at, at + len(words), words, heading, columns, foreign))
        return tuple(found)

    @once
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def place(self, offset: int) -> int | None:
        """Find the number of the sentence that holds an offset."""
        place = bisect_right(self._starts, offset) - 1
        return place if place >= 0 and offset < self.sentences[place].end else None


def _columns(words: str, found: list[Sentence]) -> str:
    """The order of the answers in a table's row, as its head told it."""
    if "|" not in words:
        return ""
    cells = [cell.strip().lower() for cell in words.strip("| ").split("|")]
    order = "".join(_ANSWERS.get(cell, "") for cell in cells)
    return order if order in ("yn", "ny") else found[-1].columns if found else ""


def _cuts(text: str) -> list[tuple[int, int]]:
    ends = {match.end() for match in _STOP.finditer(text) if not _abbreviated(text, match)}
    ends |= {match.start() + 1 for match in _NEW_LINE.finditer(text)}
    ends |= {place + 1 for place in _ragged(text)}
    edges = [0, *sorted(ends - {0, len(text)}), len(text)]
    return [part for start, end in pairwise(edges) for part in _short(text, start, end)]


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence at a blank: reading it takes the square of its length."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    if match.group() != "." or _OPENS.match(text, match.end()):
        return False
    return _is_short_form(text[max(0, match.start() - 8) : match.end()])


def _is_short_form(tail: str) -> bool:
    found = _ABBREVIATION.search(tail)
    return (
        bool(found)
        and not _ANSWERED.search(tail)
        and not re.search(r"\d\d\.$|[a-z]\d\.$|\D\d\.$", tail)
    )


def _ragged(text: str) -> list[int]:
    """Line ends that are not wraps: the line is short and the next begins like a sentence."""
    found, start = [], 0
    for match in re.finditer(r"\n", text):
        after = text[match.end() : match.end() + 1]
        if match.start() - start < _SHORT and (after.isupper() or after.isdigit()):
            found.append(match.start())
        start = match.end()
    return found
