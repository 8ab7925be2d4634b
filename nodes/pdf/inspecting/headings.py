"""Section headings of a page, and which of them a place stands under."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nodes.pdf.inspecting.places import Box, Phrase, Place, Printed, above, overlap

WORDS = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")
NUMBERED = re.compile(
    r"^(?:section|part|step)\s+(?:[ivx]+|[a-z]|\d+)\b|^[IVX]+[.)]\s|^[A-H][.)]\s", re.I
)
LONGEST = 16
DEEPEST = 3


@dataclass(frozen=True)
class Heading:
    """Words over a part of the page; ``span`` is how far that part reaches from left to right."""

    text: str
    top: float
    span: tuple[float, float]
    rank: int


def headings(page: Printed, places: Sequence[Place], labels: Collection[Phrase]) -> list[Heading]:
    """Find the headings of a page: numbered, shaded, bold or set large; no label of a field."""
    usual = sorted(p.size for p in page.phrases)[len(page.phrases) // 2] if page.phrases else 0
    found = []
    for phrase in page.phrases:
        rank = _rank(phrase, usual)
        free = phrase not in labels or (rank > 2 and not _level(page, phrase))
        if rank and free and (rank > 3 or _alone(page, phrase, places)):
            found.append(Heading(phrase.text, phrase.box[1], _span(page, phrase), rank))
    return found


def over(headings: Sequence[Heading], box: Box) -> tuple[str, ...]:
    """Name the headings a place stands under, the nearest first, each next one of higher rank."""
    x = (box[0] + box[2]) / 2
    found: list[Heading] = []
    for one in sorted(headings, key=lambda h: -h.top):
        if one.top > box[1] + 2 or not one.span[0] - 4 <= x <= one.span[1] + 4:
            continue
        if not found or one.rank > found[-1].rank:
            found.append(one)
        if len(found) == DEEPEST:
            break
    return tuple(one.text for one in found)


def _rank(phrase: Phrase, usual: float) -> int:
    """How high a heading stands: 0 is none."""
    words = phrase.text.split()
    if NUMBERED.search(phrase.text) and len(words) < 2 * LONGEST:
        return 4
    if not WORDS.search(phrase.text) or len(words) > LONGEST or len(phrase.text) < 4:
        return 0
    if phrase.text.endswith((".", ",", ";")) and not phrase.bold:
        return 0
    capitals = phrase.text.upper() == phrase.text and len(words) > 1
    if phrase.shaded and (phrase.bold or capitals):
        return 3
    if phrase.size > 1.25 * usual:
        return 3
    if phrase.bold or capitals:
        return 2
    return 1 if phrase.shaded else 0


def likely(phrase: Phrase) -> bool:
    """Whether a phrase looks like a section's heading, and so rarely is a field's label."""
    return bool(NUMBERED.search(phrase.text)) or (phrase.shaded and phrase.bold)


def _level(page: Printed, phrase: Phrase) -> list[Phrase]:
    """Other words on a phrase's line."""
    _, top, _, bottom = phrase.box
    return [
        p for p in page.phrases if p is not phrase and overlap(p.box[1], p.box[3], top, bottom) > 4
    ]


def _alone(page: Printed, phrase: Phrase, places: Sequence[Place]) -> bool:
    """Whether no place to write follows on the line close by."""
    _, top, right, bottom = phrase.box
    return not any(
        -4 < one.box[0] - right < 30 and overlap(one.box[1], one.box[3], top, bottom) > 3
        for one in places
        if one.kind not in ("box", "radio") or phrase.text.endswith(":")
    )


def _span(page: Printed, phrase: Phrase) -> tuple[float, float]:
    """A heading in a cell or shade reaches as far as that; any other over the whole page."""
    left, top, right, bottom = phrase.box
    shades = [
        s for s in page.shades if s[0] <= left and right <= s[2] and s[1] <= bottom <= s[3] + 2
    ]
    narrow = [s for s in shades if s[2] - s[0] < 0.9 * page.width]
    walls = [d for d in page.down if d[1] < (top + bottom) / 2 < d[3]]
    before = max([d[0] for d in walls if d[0] < left + 2], default=0.0)
    after = min([d[0] for d in walls if d[0] > right - 2], default=page.width)
    level = [p for p in _level(page, phrase) if not above(p.box, phrase.box)]
    shared = [p for p in level if p.bold and phrase.bold and before < p.box[0] < after]
    if walls and shared:
        return _between(phrase, shared, before, after)
    if narrow:
        return min(before, narrow[0][0]) if not walls else before, min(
            after, max(s[2] for s in narrow)
        ) if walls else narrow[0][2]
    if walls or not level:
        return before, after
    right_of = [p.box[0] for p in level if p.box[0] > right and p.bold == phrase.bold]
    return (0.0 if left < 0.35 * page.width else left - 10), min(right_of, default=page.width)


def _between(
    phrase: Phrase, others: Sequence[Phrase], before: float, after: float
) -> tuple[float, float]:
    """How far a heading reaches that shares its bar with others: to where the next one begins."""
    left, _, right, _ = phrase.box
    first = any(before < p.box[0] < left for p in others)
    return (left - 10 if first else before), min(
        [after, *(p.box[0] - 10 for p in others if p.box[0] > right)]
    )
