"""What a page prints beside a place to write: its nearest phrase, each phrase for one place.

Nearest is not the shortest way alone: words in the box, before it on its line, over it and under
it are tried in that order of cost, and a rule or another place between them blocks the way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from nodes.pdf.inspecting.headings import likely
from nodes.pdf.inspecting.places import Box, Phrase, Place, Printed, above, middle, overlap, within

Where = Literal["inside", "left", "above", "below", "right", "column", "continued"]
WORDS = re.compile(r"[A-Za-z\u00c0-\u024f]{2}|#|\b[A-Za-z]\b")
REACH = {"left": 140.0, "above": 20.0, "below": 13.0, "right": 26.0}
LONG = 14


@dataclass(frozen=True)
class Beside:
    """The words printed beside a place, where they stand, and the phrases they are."""

    text: str
    where: Where
    cost: float
    phrases: tuple[Phrase, ...] = ()


def text_labels(page: Printed, places: Sequence[Place], used: set[Phrase]) -> dict[int, Beside]:
    """Find the words for each place to write, by its position in ``places``.

    ``used`` are phrases that belong to boxes already; those chosen here are added.
    """
    own = [n for n, place in enumerate(places) if place.kind in ("text", "list", "signature")]
    boxes = [place.box for place in places]
    under = _under_habit(page, [boxes[n] for n in own])
    lined = {
        n for row in _lines(own, boxes) if _captioned(page, [boxes[n] for n in row]) for n in row
    }
    ways = []
    for n in own:
        others = [box for m, box in enumerate(boxes) if m != n and box != boxes[n]]
        ways += [
            (one.cost, n, one)
            for one in _ways(page, boxes[n], others, under or n in lined)
            if not used.intersection(one.phrases)
        ]
    found: dict[int, Beside] = {}
    for _, n, one in sorted(ways, key=lambda way: way[:2]):
        if n not in found and not used.intersection(one.phrases):
            found[n] = one
            used.update(one.phrases)
    return found


def over_it(page: Printed, places: Sequence[Place], n: int) -> Beside | None:
    """The words over a place, though another place, on their line, is called by them too."""
    box = places[n].box
    others = [place.box for m, place in enumerate(places) if m != n]
    found = [one for one in _ways(page, box, others, under=False) if one.where == "above"]
    return min(found, key=lambda one: one.cost, default=None)


def _ways(page: Printed, box: Box, others: Sequence[Box], under: bool) -> Iterator[Beside]:
    for phrase in page.phrases:
        if not WORDS.search(phrase.text):
            continue
        for where, cost in _costs(page, box, phrase, others):
            if where == "below" and under:
                cost = cost / 4
            lines = _with_upper_lines(page, phrase, box) if where == "above" else (phrase,)
            long = sum(len(one.text.split()) for one in lines) > LONG
            said = " ".join(one.text for one in lines)
            yield Beside(said, where, cost + 12 * long + 8 * likely(phrase), (phrase,))


def _costs(
    page: Printed, box: Box, phrase: Phrase, others: Sequence[Box]
) -> Iterator[tuple[Where, float]]:
    left, top, right, bottom = phrase.box
    if within(middle(phrase.box), box) and right - left <= box[2] - box[0] + 12:
        yield "inside", (top - box[1]) * 0.1 + (left - box[0]) * 0.02
        return
    level = overlap(top, bottom, box[1], box[3]) > 0.4 * min(bottom - top, box[3] - box[1])
    if level:
        yield from _on_line(page, box, phrase, others)
    if above(phrase.box, box):
        yield from _over_and_under(page, box, phrase, others)


def _on_line(
    page: Printed, box: Box, phrase: Phrase, others: Sequence[Box]
) -> Iterator[tuple[Where, float]]:
    left, _, right, _ = phrase.box
    before, after = box[0] - right, left - box[2]
    y = max(box[1], phrase.box[1]), min(box[3], phrase.box[3])
    where: Where = "left" if before > after else "right"
    gap = max(before, after)
    if not -8 < gap < REACH[where] or (where == "left" and left > box[0]):
        return
    way = (min(right, box[2]), y[0], max(left, box[0]), y[1])
    if _blocked(page, way, others, standing=True):
        return
    tall = max(0.0, (phrase.box[1] - box[1]) - 14) if box[3] - box[1] > 30 else 0
    yield where, max(gap, 0) * 0.2 + 0.1 * tall + (2 if where == "left" else 16)


def _over_and_under(
    page: Printed, box: Box, phrase: Phrase, others: Sequence[Box]
) -> Iterator[tuple[Where, float]]:
    left, top, right, bottom = phrase.box
    over, under = box[1] - bottom, top - box[3]
    where: Where = "above" if over > under else "below"
    gap = max(over, under)
    if not -5 < gap < REACH[where]:
        return
    span = max(left, box[0]), min(right, box[2])
    way = (span[0], *sorted((bottom, box[1])), span[1])
    if where == "below":
        way = (span[0], *sorted((box[3], top)), span[1])
    if _blocked(page, (way[0], way[1], way[3], way[2]), others, standing=False):
        return
    aside = min(abs(left - box[0]), abs(middle(phrase.box)[0] - middle(box)[0]))
    yield where, max(gap, 0) * 0.7 + min(aside, 60) * 0.1 + (5 if where == "above" else 11)


def _blocked(page: Printed, way: Box, others: Sequence[Box], *, standing: bool) -> bool:
    """Whether a rule or another place stands between a phrase and a place."""
    left, top, right, bottom = way
    if standing:
        if right - left < 1.5:
            return False
        y = (top + bottom) / 2
        walls = [d for d in page.down if left + 1 < d[0] < right - 1 and d[1] < y < d[3]]
        crossed = [o for o in others if overlap(o[0], o[2], left, right) > 2 and o[1] < y < o[3]]
        return len(walls) > 1 or bool(crossed)
    if bottom - top < 1.5:
        return False
    walls = [
        a
        for a in page.across
        if top + 1 < a[1] < bottom - 1 and overlap(a[0], a[2], left, right) > 3
    ]
    crossed = [
        o
        for o in others
        if overlap(o[1], o[3], top, bottom) > 2 and overlap(o[0], o[2], left, right) > 3
    ]
    return len(walls) > 1 or bool(crossed)


def _with_upper_lines(page: Printed, phrase: Phrase, box: Box) -> tuple[Phrase, ...]:
    """Add the lines of a caption that stand over its last one, closely set."""
    lines = [phrase]
    for _ in range(3):
        last = lines[0]
        upper = [
            p
            for p in page.phrases
            if -3 < last.box[1] - p.box[3] < 2.5
            and p.bold == last.bold
            and abs(p.size - last.size) < 1
            and above(p.box, last.box, 0.6)
            and above(p.box, box)
            and p.box[2] - p.box[0] < 1.6 * (box[2] - box[0])
            and not _blocked(
                page, (p.box[0], p.box[3] - 2, p.box[2], last.box[1] + 2), (), standing=False
            )
        ]
        if len(upper) != 1 or upper[0].text.rstrip().endswith((":", ".")):
            break
        lines.insert(0, upper[0])
    return tuple(lines)


def _lines(own: Sequence[int], boxes: Sequence[Box]) -> Iterator[list[int]]:
    """The places that stand on one line."""
    line: list[int] = []
    for n in sorted(own, key=lambda n: boxes[n][3]):
        if line and boxes[n][3] - boxes[line[0]][3] > 2:
            yield line
            line = []
        line.append(n)
    if line:
        yield line


def _captioned(page: Printed, boxes: Sequence[Box]) -> bool:
    """Whether each place of a line has words under its beginning, and most have none elsewhere."""
    words = [p for p in page.phrases if WORDS.search(p.text)]
    alone = sum(not _near_words(words, box) for box in boxes)
    return 2 * alone > len(boxes) > 1 and all(_caption(words, box) for box in boxes)


def _caption(words: Sequence[Phrase], box: Box) -> bool:
    """Whether words begin close under a place's left end."""
    return any(
        -1 < p.box[1] - box[3] < 4 and abs(p.box[0] - box[0]) < 4 and p.box[2] < box[2] + 12
        for p in words
    )


def _near_words(words: Sequence[Phrase], box: Box) -> bool:
    """Whether words stand close before, in or close over a place."""
    return any(
        (0 <= box[0] - p.box[2] < 12 and overlap(p.box[1], p.box[3], box[1], box[3]) > 4)
        or (-4 < box[1] - p.box[3] < 4 and above(p.box, box))
        or within(middle(p.box), box)
        for p in words
    )


def _under_habit(page: Printed, boxes: Sequence[Box]) -> bool:
    """Whether this page writes its labels under the lines: most places have words only there."""
    under = beside = 0
    for box in boxes:
        found = {
            where
            for phrase in page.phrases
            if WORDS.search(phrase.text)
            for where, cost in _costs(page, box, phrase, ())
            if cost < 16
        }
        beside += bool(found & {"left", "inside", "above"})
        under += "below" in found
    return under > max(2, 1.3 * beside)
