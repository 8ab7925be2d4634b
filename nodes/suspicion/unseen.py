"""Characters a reader does not see, and letters that only look like others: folded for searching.

Sources: Unicode 16.0, Default_Ignorable_Code_Point and the tag block; UTS 39 for look-alikes.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
TAGS = re.compile("[\U000e0020-\U000e007e]+")
OUTSIDE = re.compile(r"[^\x00-\x7f]")
_MIXED = re.compile(r"[A-Za-z\u0370-\u03ff\u0400-\u04ff\u0500-\u052f]+")
_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u0475"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u03bf\u03b1\u03b9\u03bd\u03c1\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d"
    "\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijsdhqwvABEKMHOPCTXIJSoaivpuABEZHIKMNOPTYX",
)


def folded(text: str) -> str:
    """Fold text for searching: nothing invisible, no accents, plain letters, lower case."""
    return Folded(text).text


class Folded:
    """A text folded for searching, that finds its way back to the offsets of the original."""

    def __init__(self, text: str) -> None:
        """Fold it; text in ASCII only becomes lower case."""
        self._cuts: array[int] | None = None
        self._lost = array("q")
        self._length = len(text)
        if text.isascii():
            self.text = text.lower()
            return
        if any("\u0370" <= char <= "\u052f" for char in set(OUTSIDE.findall(text))):
            text = _MIXED.sub(_as_latin, text)
        table = {ord(char): _plain(char) for char in set(OUTSIDE.findall(text))}
        if any(len(plain) != 1 for plain in table.values()):
            self._keep_places(text, table)
        self.text = text.translate(table).lower()

    def original(self, offset: int) -> int:
        """Give the place in the original text of a place in the folded one."""
        if self._cuts is None:
            return offset
        place = bisect_right(self._cuts, offset) - 1
        return min(offset + (self._lost[place] if place >= 0 else 0), self._length)

    def _keep_places(self, text: str, table: dict[int, str]) -> None:
        self._cuts = array("q")
        lost = 0
        for match in OUTSIDE.finditer(text):
            gone = 1 - len(table[ord(match.group())])
            if gone:
                lost += gone
                self._cuts.append(match.end() - lost)
                self._lost.append(lost)


def _plain(char: str) -> str:
    """One character as it is compared; always one, except that what is unseen is none."""
    if INVISIBLE.match(char) or "\u0300" <= char <= "\u036f" or unicodedata.category(char) == "Cf":
        return ""
    apart = unicodedata.normalize("NFKD", char)[:1]
    whole = apart if apart.isascii() else unicodedata.normalize("NFKC", char)[:1]
    return whole.lower()[:1] or char


def _as_latin(word: re.Match[str]) -> str:
    said = word.group()
    plain = said.translate(_ALIKE)
    return plain if not said.isascii() and plain.isascii() else said


def tagged(text: str) -> str:
    """Give the words written in Unicode tag characters, which no reader sees."""
    return "".join(chr(ord(c) - 0xE0000) for c in "".join(TAGS.findall(text)))
