"""Boxes of a form: what is not ticked is not said, where the form ticks anything."""

import re

from nodes.denial.page import Page

TICKED = (
    r"\[[ ]?[xX\u2713\u2714*][ ]?\]|\([ ]?[xX\u2713\u2714][ ]?\)"
    r"|[\u2611\u2612\u25a0\u25a3\u2714]|_[xX]_"
)
EMPTY = r"\[[ _]{0,3}\]|\([ _]{1,3}\)|[\u2610\u25a1\u25fb]|(?<![\w.])_{2,6}(?=[ \t]?[A-Za-z])"
TICK = re.compile(TICKED)
BOX = re.compile(rf"(?P<on>{TICKED})|(?P<off>{EMPTY})")
END = re.compile(r"\n")


def ticked(page: Page) -> Page:
    """Read a page without the choices that were left empty; a page without ticks stays."""
    if not TICK.search(page.cased):
        return page
    cased = list(page.cased)
    boxes = list(BOX.finditer(page.cased))
    for place, box in enumerate(boxes):
        following = boxes[place + 1].start() if place + 1 < len(boxes) else len(cased)
        line = END.search(page.cased, box.end(), following)
        last = min(following, line.start() if line else len(cased)) if box["off"] else box.end()
        cased[box.start() : last] = " " * (last - box.start())
    return Page(page.raw, "".join(cased), page.at)
