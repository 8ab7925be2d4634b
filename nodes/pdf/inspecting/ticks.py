"""What a page prints beside its boxes to tick: the option's words, and the question asked."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from nodes.pdf.inspecting.labels import WORDS
from nodes.pdf.inspecting.places import Box, Phrase, Place, Printed, middle, overlap

REACH = 34.0
ANSWER = re.compile(r"(?i)^(y(es)?|no?|n/?a|not applicable|unknown|oui|non|s[ií])[.:,]?$")


def tick_labels(page: Printed, places: Sequence[Place]) -> dict[int, Phrase]:
    """Find the words for each box of a page, by its position in ``places``."""
    own = [n for n, place in enumerate(places) if place.kind in ("box", "radio")]
    sides = {n: _sides(page, places, n) for n in own}
    habit = Counter(_nearer(sides[n]) for n in own)
    right_handed = habit["right"] >= habit["left"]
    chosen: dict[int, Phrase] = {}
    for n in own:
        line = [m for m in own if _level(places[m].box, places[n].box)]
        right = [m for m in line if "right" in sides[m]]
        left = [m for m in line if "left" in sides[m]]
        use_right = right_handed if len(right) == len(left) else len(right) > len(left)
        order = ("right", "left") if use_right else ("left", "right")
        for side in (*order, "below", "above"):
            if side in sides[n]:
                chosen[n] = sides[n][side][1]
                break
    return chosen


def questions(
    page: Printed, places: Sequence[Place], chosen: dict[int, Phrase], taken: Collection[Phrase]
) -> dict[int, str]:
    """Find the question each box answers; ``taken`` are the labels of boxes and fields.

    Boxes in a column answer the question of the topmost.
    """
    found: dict[int, str] = {}
    for n in sorted(chosen, key=lambda n: places[n].box[1]):
        box = places[n].box
        upper = [
            m
            for m in found
            if abs(places[m].box[0] - box[0]) < 3 and 0 < box[1] - places[m].box[1] < 24
        ]
        before = _before(page, places, box, taken)
        if before:
            found[n] = before
        elif upper:
            found[n] = found[max(upper, key=lambda m: places[m].box[1])]
        else:
            found[n] = _over(page, box, taken)
    return found


def _nearer(sides: dict[str, tuple[float, Phrase]]) -> str:
    known = [(sides[side][0], side) for side in ("right", "left") if side in sides]
    return min(known)[1] if known else "none"


def _level(one: Box, other: Box) -> bool:
    return abs(middle(one)[1] - middle(other)[1]) < 5


def _sides(page: Printed, places: Sequence[Place], n: int) -> dict[str, tuple[float, Phrase]]:
    """The nearest phrase on each side, with nothing between."""
    box = places[n].box
    y = middle(box)[1]
    found: dict[str, tuple[float, Phrase]] = {}
    for phrase in page.phrases:
        if not WORDS.search(phrase.text):
            continue
        left, top, right, bottom = phrase.box
        level = overlap(top, bottom, box[1], box[3]) > 0.3 * min(bottom - top, box[3] - box[1])
        if level and top - 3 < y < bottom + 3:
            side, gap = (
                ("right", left - box[2]) if left > middle(box)[0] else ("left", box[0] - right)
            )
        elif left - 6 < middle(box)[0] < right + 6 and (
            0 <= top - box[3] < 8 or 0 <= box[1] - bottom < 8
        ):
            side, gap = ("below", top - box[3]) if top > y else ("above", box[1] - bottom)
        else:
            continue
        if gap < REACH and not _between(places, n, phrase) and gap < found.get(side, (99.0,))[0]:
            found[side] = gap, phrase
    return found


def _between(places: Sequence[Place], n: int, phrase: Phrase) -> bool:
    """Whether another place stands between a box and a phrase on its line."""
    box = places[n].box
    left, right = sorted((middle(box)[0], middle(phrase.box)[0]))
    return any(
        left < middle(other.box)[0] < right and other.box[1] < middle(box)[1] < other.box[3]
        for m, other in enumerate(places)
        if m != n
    )


def _before(page: Printed, places: Sequence[Place], box: Box, taken: Collection[Phrase]) -> str:
    """The words before the first option of the line, in the same cell."""
    y = middle(box)[1]
    tall = box[3] - box[1] + 6
    walls = [d[0] for d in page.down if d[1] < y < d[3] and d[0] < box[0] and d[3] - d[1] > tall]
    start = max(walls, default=0.0)
    before = [
        p
        for p in page.phrases
        if p not in taken
        and start - 2 < p.box[0]
        and p.box[2] <= box[0] + 2
        and overlap(p.box[1], p.box[3], box[1], box[3]) > 2
        and WORDS.search(p.text)
        and not _text_between(places, p, box)
    ]
    return max(before, key=lambda p: p.box[2]).text if before else ""


def _over(page: Printed, box: Box, taken: Collection[Phrase]) -> str:
    """The words over an option that ask or head something."""
    over = [
        p
        for p in page.phrases
        if p not in taken
        and 0 <= box[1] - p.box[3] < 30
        and WORDS.search(p.text)
        and p.box[0] < box[2] + 20
        and (p.bold or p.text.endswith((":", "?", ")")))
    ]
    return max(over, key=lambda p: (p.box[3], -p.box[0])).text if over else ""


def _text_between(places: Sequence[Place], phrase: Phrase, box: Box) -> bool:
    """Whether a place to write, and so another matter, stands between words and a box."""
    y = middle(box)[1]
    return any(
        one.kind in ("text", "list")
        and phrase.box[2] - 2 < middle(one.box)[0] < box[0]
        and one.box[1] < y < one.box[3]
        for one in places
    )


def answers(text: str) -> bool:
    """Whether a box's own words say nothing without their question."""
    return bool(ANSWER.match(text.strip()))
