"""A letter's characters in one spelling, each of them knowing where it stands in the letter."""

import re
import unicodedata
from functools import cached_property

from nodes.chart import Span
from nodes.entity import Said

LONGEST = 2000
SAME = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
        "\r": "\n", "\x0c": "\n", "\x0b": "\n", "\u2028": "\n", "\u2029": "\n",
    }
)  # fmt: skip
HIDDEN = frozenset({"Cf", "Mn", "Co", "Cs"})


class Page:
    """``flat`` is the text to read: one spelling, small letters; ``cased`` the same, as written.

    Lines stay lines. ``at`` gives each character's place in ``raw``.
    """

    def __init__(self, raw: str, cased: str, at: list[int]) -> None:
        """Keep the letter, its reading, and the place of each character read."""
        self.raw, self.cased, self.at = raw, cased, at

    @cached_property
    def flat(self) -> str:
        """The reading in small letters, as long as ``cased``."""
        return "".join(low if len(low := c.lower()) == 1 else c for c in self.cased)

    def said(self, start: int, end: int) -> Said:
        """Give the letter's own words for a part of the reading, without blanks around them.

        Where the part jumps within the letter, as a column does at the end of a line, the words
        up to the first jump are given.
        """
        while start < end - 1 and self.cased[start].isspace():
            start += 1
        while end > start + 1 and self.cased[end - 1].isspace():
            end -= 1
        first = last = self.at[start]
        for place in self.at[start:end]:
            if not first <= place < first + LONGEST or self._jumps(last, place):
                break
            last = place
        quote = self.raw[first : last + 1].rstrip() or self.raw[first]
        return Said(quote=quote, span=Span(start=first, end=first + len(quote)))

    def written(self, start: int, end: int) -> str:
        """A part as the letter writes it, in one line."""
        return " ".join(self.raw[self.at[start] : self.at[end - 1] + 1].split())

    def _jumps(self, last: int, place: int) -> bool:
        between = self.raw[last + 1 : place]
        return place < last or sum(not c.isspace() and c.isprintable() for c in between) > 2


def page(raw: str) -> Page:
    """Read a letter: compatible characters in one spelling, invisible ones left out."""
    found: list[str] = []
    at: list[int] = []
    for place, char in enumerate(raw):
        if char.isascii() and char not in "\r\x0b\x0c":
            found.append(char)
            at.append(place)
            continue
        for one in unicodedata.normalize("NFKC", char.translate(SAME)):
            if unicodedata.category(one) in HIDDEN:
                continue
            found.append(" " if one.isspace() and one != "\n" else one)
            at.append(place)
    return _columns(_joined(_tables(Page(raw, "".join(found), at))))


SPLIT_WORD = re.compile(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])")
CUT = re.compile(r"(?<=\S)(?: {4,}|\t+ *)(?=\S)")


RULED = re.compile(r"^[ \t]*\|.*\|[ \t]*$|^[ \t]*\+[-=+]{3,}\+[ \t]*$", re.MULTILINE)


def _tables(whole: Page) -> Page:
    """Read a table's row drawn with bars as a label and what it says."""
    cased = list(whole.cased)
    drop: set[int] = set()
    for row in RULED.finditer(whole.cased):
        bars = [place for place in range(row.start(), row.end()) if cased[place] in "|+-="]
        if "|" not in row[0]:
            drop.update(range(row.start(), row.end()))
            continue
        bars = [place for place in bars if cased[place] == "|"]
        for place in bars:
            cased[place] = ":" if place not in (bars[0], bars[-1]) else " "
        blanks = range(row.start() + 1, row.end())
        drop.update(n for n in blanks if cased[n] in " \t" and cased[n - 1] in " \t")
    page = Page(whole.raw, "".join(cased), whole.at)
    return _only(page, [n for n in range(len(cased)) if n not in drop]) if drop else whole


def _joined(whole: Page) -> Page:
    """Read a word that a line's end splits in one piece, its hyphen kept."""
    keep = [True] * len(whole.cased)
    for match in SPLIT_WORD.finditer(whole.cased):
        for place in range(match.start() + 1, match.end()):
            keep[place] = False
    return _only(whole, [place for place, kept in enumerate(keep) if kept])


def _only(whole: Page, places: list[int]) -> Page:
    cased = "".join(whole.cased[place] for place in places)
    return Page(whole.raw, cased, [whole.at[place] for place in places])


def _columns(whole: Page) -> Page:
    """Read blocks set in two columns one column after the other."""
    order: list[int] = []
    block: list[tuple[int, int]] = []
    start = 0
    for line in (*whole.cased.split("\n"), ""):
        end = start + len(line)
        if line.strip() and end <= len(whole.cased):
            block.append((start, min(end + 1, len(whole.cased))))
        else:
            order += _block(whole.cased, block)
            order += range(start, min(end + 1, len(whole.cased)))
            block = []
        start = end + 1
    return _only(whole, order)


def _block(cased: str, lines: list[tuple[int, int]]) -> list[int]:
    cuts = [CUT.search(cased, *line) for line in lines]
    both = [cut for cut in cuts if cut]
    wide = sum(
        cased.count(" ", cut.end(), line[1]) > 1
        for cut, line in zip(cuts, lines, strict=False)
        if cut
    )
    if len(both) < 3 or len(both) * 3 < len(lines) * 2 or wide * 2 < len(both):
        return [place for line in lines for place in range(*line)]
    left: list[int] = []
    right: list[int] = []
    for (start, end), cut in zip(lines, cuts, strict=True):
        left += range(start, cut.start() if cut else end)
        if cut:
            left.append(end - 1)
            right += range(cut.end(), end)
    return left + right
