"""How a text is set in a box: on one line, wrapped, or letter by letter; shrunk if it must be."""

import unicodedata
from dataclasses import dataclass

from nodes.pdf.filling.faces import Face

LEADING, ASCENT, DESCENT, CAPITAL = 1.18, 0.8, 0.22, 0.7
STEP, FREE, SMALLEST, NARROWEST = 0.5, 12.0, 5.0, 0.2
LOWEST = 0.5
"""A line in a box lower than this part of its size cannot be read."""
TALL = 40.0
"""Boxes of several lines taller than this are written from their top, others in their middle."""


@dataclass(frozen=True)
class Setting:
    """The size and lines with which a text is set; ``shown`` counts its letters in the box."""

    size: float
    lines: tuple[str, ...]
    shown: int
    whole: bool


def clean(text: str) -> str:
    """Compose characters, make every blank a space and every line end one newline.

    Characters that show nothing (controls, zero-width, direction marks) are left out.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    composed = unicodedata.normalize("NFC", lines.replace("\u2029", "\n").replace("\t", " "))
    return "".join(
        " " if unicodedata.category(c) == "Zs" else c
        for c in composed
        if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf")
    ).strip()


def in_line(
    text: str, face: Face, area: tuple[float, float], size: float, smallest: float
) -> Setting:
    """Set a text on one line, as large as ``size`` (0: as the box allows) and the box permit."""
    width, height = area
    text = " ".join(text.split())
    highest = max(min(size or FREE, height / (ASCENT + DESCENT)), min(smallest, size or smallest))
    wide = face.width(text)
    fitting = min(highest, width / wide) if wide > 0 else highest
    if fitting >= min(smallest, highest) - 1e-6 and height >= LOWEST * fitting:
        return Setting(fitting, (text,), len(text), whole=True)
    lowest = min(smallest, highest)
    if height < LOWEST * lowest:
        return Setting(lowest, (text,), 0, whole=False)
    part = _prefix(text, face, width / lowest)
    return Setting(lowest, (part,), len(part), whole=False)


def wrapped(
    text: str, face: Face, area: tuple[float, float], size: float, smallest: float
) -> Setting:
    """Set a text on as many lines as the box has; it breaks at blanks, a too wide word anywhere."""
    width, height = area
    highest = max(min(size or FREE, height / (ASCENT + DESCENT)), min(smallest, size or smallest))
    lowest = min(smallest, highest)
    room = width * height
    most = int(max(room, 0) / (NARROWEST * LEADING * lowest**2)) + 2
    short = text[:most]
    wide = face.width(short)
    now = highest
    while now > lowest - 1e-6 and len(short) == len(text):
        if wide * LEADING * now**2 <= room + 2 * width * LEADING * now:
            lines = lines_of(short, face, width / now)
            if now * (ASCENT + DESCENT + LEADING * (len(lines) - 1)) <= height + 0.01:
                return Setting(now, tuple(lines), len(text), whole=True)
        now = now - STEP if now - STEP >= lowest or now <= lowest else lowest
    count = max(1, int((height / lowest - ASCENT - DESCENT) / LEADING + 1.001))
    lines = lines_of(short, face, width / lowest)[:count]
    return Setting(lowest, tuple(lines), _counted(text, lines), whole=False)


def in_cells(text: str, face: Face, area: tuple[float, float], cells: int, size: float) -> Setting:
    """Set a text letter by letter, each in a cell of its own."""
    text = " ".join(text.split("\n"))
    pitch, height = area[0] / cells, area[1]
    widest = max((face.width(letter) for letter in text), default=0)
    fitting = min(size or FREE, height / (ASCENT + DESCENT), pitch / widest if widest else FREE)
    return Setting(fitting, (text,), len(text), whole=True)


def lines_of(text: str, face: Face, limit: float) -> list[str]:
    """Break a text into lines no wider than ``limit`` at size 1."""
    lines: list[str] = []
    blank = face.width(" ")
    for paragraph in text.split("\n"):
        line, filled = "", 0.0
        for word in paragraph.split():
            wide = face.width(word)
            if line and filled + blank + wide <= limit:
                line, filled = f"{line} {word}", filled + blank + wide
                continue
            if line:
                lines.append(line)
            while wide > limit and len(word) > 1:
                part = _prefix(word, face, limit) or word[0]
                lines.append(part)
                word = word[len(part) :]
                wide = face.width(word)
            line, filled = word, wide
        lines.append(line)
    return lines


def _prefix(text: str, face: Face, limit: float) -> str:
    used = 0.0
    for place, letter in enumerate(text):
        used += face.width(letter)
        if used > limit + 1e-6:
            return text[:place].rstrip()
    return text


def _counted(text: str, lines: list[str]) -> int:
    """Count the letters of a text up to the end of the last line that is shown."""
    left = sum(len(line.replace(" ", "")) for line in lines)
    for place, letter in enumerate(text):
        if left == 0:
            return place
        left -= not letter.isspace()
    return len(text)
