"""The characters that our own fonts can write, and texts made of nothing else.

DejaVu Sans Condensed (a subset, beside this room) writes Latin, Greek and Cyrillic letters and
common signs. Others, such as Chinese ones, are drawn as U+FFFD: a font for them takes megabytes.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

FOLDER = Path(__file__).parent.parent
FILES = (FOLDER / "fallback.ttf", FOLDER / "fallback-bold.ttf")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
LONG = re.compile(r"\S{60,}")
ENDS = str.maketrans({"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})


def composed(text: str) -> str:
    """Compose characters, make every blank a space and every line end one newline.

    Characters that show nothing (controls, zero-width, direction marks) are left out; no-break
    spaces stay.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(ENDS))
    if lines.isascii() and lines.isprintable():
        return lines
    return "".join(map(_one, lines))


def printable(text: str) -> str:
    """Give a text that can be drawn: unknown characters are U+FFFD, long words can be parted."""
    known = _known()
    shown = "".join(c if c in known else UNKNOWN for c in composed(text))
    return LONG.sub(_parted, shown)


def unprintable(text: str) -> bool:
    """Whether some character is in none of the fonts."""
    return not _known().issuperset(composed(text))


def _one(character: str) -> str:
    if character in "\n\N{NO-BREAK SPACE}":
        return character
    kind = unicodedata.category(character)
    if kind == "Zs":
        return " "
    return "" if kind in ("Cc", "Cf") else character


def _parted(found: re.Match[str]) -> str:
    word = found[0]
    step = 6 if len(word) < 600 else 30
    return BREAK.join(word[at : at + step] for at in range(0, len(word), step))


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, TTFontFile(str(FILES[0])).charToGlyph)) | {"\n"}
