"""A second look at numbers that were hardly read: cut out, enlarged, recognised once more.

Only in the box. Nothing is replaced: measured on faxes, the second reading is no better than the
first. Where the two differ the confidence falls, so that a person is told to look.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from nodes.reading.ocr.found import DOUBTFUL, Box, Found, kept

if TYPE_CHECKING:
    from PIL.Image import Image

MOST, UNSURE = 12, 0.92
DIGITS = 2
TIMES, MARGIN, GAP = 2, 0.3, 40
MARKS = ".,;:|'\""

Recognise = Callable[["Image"], list[Found]]


def looked_again(words: Sequence[Found], image: "Image", recognise: Recognise) -> list[Found]:
    """Read the least sure words with digits again, all in one picture as lines of their own."""
    unsure = [word for word in words if _worth_a_look(word)]
    chosen = sorted(unsure, key=lambda word: word.confidence)[:MOST]
    if not chosen:
        return list(words)
    paper, tops = _stacked([_cut(image, word.box) for word in chosen])
    read = kept(recognise(paper))
    second = {
        id(word): [one for one in read if top <= one.middle[1] < end]
        for word, (top, end) in zip(chosen, tops, strict=True)
    }
    return [_settled(word, second.get(id(word), [])) for word in words]


def _worth_a_look(word: Found) -> bool:
    return word.confidence < UNSURE and sum(map(str.isdigit, word.text)) >= DIGITS


def _cut(image: "Image", box: Box) -> "Image":
    from PIL import Image

    left, top, right, bottom = box
    more = MARGIN * (bottom - top)
    part = image.crop((int(left - more), int(top - more), int(right + more), int(bottom + more)))
    size = (max(1, part.width * TIMES), max(1, part.height * TIMES))
    return part.resize(size, Image.Resampling.BICUBIC)


def _stacked(parts: Sequence["Image"]) -> "tuple[Image, list[tuple[int, int]]]":
    """Put pictures under one another on white; give where each begins and ends."""
    from PIL import Image

    wide = max(part.width for part in parts) + 2 * GAP
    high = sum(part.height + GAP for part in parts) + GAP
    paper, places, top = Image.new("L", (wide, high), 255), [], GAP
    for part in parts:
        paper.paste(part, (GAP, top))
        places.append((top - GAP // 2, top + part.height + GAP // 2))
        top += part.height + GAP
    return paper, places


def _settled(word: Found, again: Sequence[Found]) -> Found:
    if not again:
        return word
    text = "".join(one.text for one in sorted(again, key=lambda one: one.box[0]))
    if text.strip(MARKS) == word.text.strip(MARKS):
        return word
    return replace(word, confidence=min(word.confidence, DOUBTFUL))
