"""Places in a segment, and findings there in our words with the codes of a 999 (621)."""

from typing import NamedTuple

from nodes.x12.finding import Finding
from nodes.x12.segments import Segment

WORDS = {
    "1": ("guide.element-missing", "is required and missing"),
    "2": ("guide.element-conditional", "is missing beside the elements it belongs with"),
    "3": ("guide.element-extra", "stands beyond the last element of this segment"),
    "4": ("guide.element-short", "is shorter than the standard allows"),
    "5": ("guide.element-long", "is longer than the standard allows"),
    "6": ("guide.element-character", "holds a character that its type does not allow"),
    "7": ("guide.element-code", "is not one of the codes that the guide allows here"),
    "8": ("guide.element-date", "is not a real date in its format"),
    "9": ("guide.element-time", "is not a real time in its format"),
    "10": ("guide.element-exclusive", "stands beside an element that excludes it"),
    "12": ("guide.element-repeat", "is repeated more often than the guide allows"),
    "13": ("guide.component-extra", "has more components than the standard gives it"),
    "I10": ("guide.element-unused", "is not used by the guide and must be left empty"),
}
BLANK = ("guide.element-blank", "ends with blanks, which are to be left off")

FORM = frozenset("456")
ECHOED = frozenset((("AK1", 2), ("TA1", 1), ("IK3", 3), ("AK3", 3), ("CTX", 4)))
"""What an acknowledgment repeats as it was sent, or names longer than the standard has room for:
its form is no reason to refuse the acknowledgment."""


class Place(NamedTuple):
    """An element of a segment of a transaction set, for findings about it."""

    segment: Segment
    number: int
    loop: str | None
    element: int | None = None
    component: int | None = None
    repetition: int | None = None

    def say(self, code: str, name: str = "", *, blank: bool = False) -> Finding:
        """A finding with this code at this place."""
        rule, words = BLANK if blank else WORDS[code]
        soft = blank or (code in FORM and (self.segment.id, self.element) in ECHOED)
        where = f"{self.segment.id}{self.element:02d}" if self.element else self.segment.id
        where += f"-{self.component}" if self.component else ""
        return Finding(
            rule=rule,
            severity="warning" if soft else "error",
            words=f"{where}{f' ({name})' if name else ''} {words}",
            loop=self.loop,
            line=self.segment.place,
            segment=self.number,
            segment_id=self.segment.id,
            element=self.element,
            component=self.component,
            repetition=self.repetition,
            standard="IK403",
            code=code,
        )
