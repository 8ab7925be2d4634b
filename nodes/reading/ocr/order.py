"""Words found here and there on a page, put into the lines in which a person reads them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from math import radians, tan

from nodes.document import PageWord
from nodes.reading import lines as layout
from nodes.reading.ocr.found import Found

MARK = "x"


def ordered(words: Sequence[Found], dpi: float, angle: float) -> list[Found]:
    """Give words in reading order, each with its line.

    ``dpi``: pixels to the inch. ``angle``: degrees by which the page's lines fall to the right.
    """
    fall = tan(radians(angle))
    places = [_levelled(word, 72 / dpi, fall) for word in words]
    of = {id(place): word for place, word in zip(places, words, strict=True)}
    said, sorted_places = layout.text(places)
    rest = iter(sorted_places)
    return [
        replace(of[id(place)], line=(number,))
        for number, line in enumerate(said.split("\n"))
        for place in islice(rest, len(line.split()))
    ]


def _levelled(word: Found, scale: float, fall: float) -> PageWord:
    left, top, right, bottom = word.box
    down = fall * (left + right) / 2
    box = (left * scale, (top - down) * scale, right * scale, (bottom - down) * scale)
    return PageWord(text=MARK, box=box)
