"""A form known by where its values stand: its own words are a picture, or it is blank paper."""

from collections.abc import Iterator

from nodes.document import DocumentPage, PageWord
from nodes.reading.known.forms import Blank
from nodes.reading.known.likeness import FEWEST, Laid
from nodes.reading.misread import folded
from nodes.reading.source import Source

MOSTLY, WORDS, PLACES = 0.9, 8, 6
SIZE = 0.01
SLACK = 1.0
PICTURED = 0.5
OTHER = 0.1


def placed(form: Blank, number: int, page: DocumentPage, source: Source) -> Laid | None:
    """Lay page ``number`` of a blank form on a page whose words stand in its places.

    None where the form has words of its own, the paper is of another size, words stand elsewhere,
    or the page is bare and the form is not.
    """
    if len(form.single[number - 1]) >= FEWEST or not page.width or not page.height:
        return None
    pictured, words = page.number in source.typed, source.typed.get(page.number, page.words)
    across, down = (
        there / here
        for there, here in zip((page.width, page.height), form.sizes[number - 1], strict=True)
    )
    drawn = form.pictured[number - 1] >= PICTURED
    if max(abs(across - 1), abs(down - 1)) > SIZE or (drawn and not pictured):
        return None
    lies = Laid((across, 0), (down, 0), 0)
    printed = {folded(text) for text, _ in form.printed[number - 1]}
    entered = [word for word in words if folded(word.text) not in printed]
    where = [set(_holding(form, number, lies, word)) for word in entered]
    share = sum(map(bool, where)) / max(1, len(where))
    if len(entered) < WORDS or share < MOSTLY or len(set[int]().union(*where)) < PLACES:
        return None
    return Laid(lies.across, lies.down, share - (OTHER if drawn != pictured else 0))


def _holding(form: Blank, number: int, lies: Laid, word: PageWord) -> Iterator[int]:
    left, top, right, bottom = word.box
    across, down = (left + right) / 2, (top + bottom) / 2
    for at, spot in enumerate(form.spots):
        if spot.page == number:
            box = lies.box(spot.box)
            if box[0] - SLACK <= across <= box[2] + SLACK and (
                box[1] - SLACK <= down <= box[3] + SLACK
            ):
                yield at
