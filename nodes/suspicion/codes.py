"""Words written in a code that software undoes and a reader does not: base64, hex, turned, spaced.

Whether a text can hold one is told from a map of its characters, which is cheap.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from nodes.suspicion.classes import reading

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ :]?){20,}")
_SPACED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][ .*_-]{1,3}){5,400}[A-Za-z](?![A-Za-z])")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}|&#x?[0-9a-fA-F]{2,6};|\\[ux](?:00)?[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"\\[ux](?:00)?([0-9a-fA-F]{2})")
LONGEST = 20
_WORD = re.compile(rf"[a-z]{{4,{LONGEST}}}")
_LEET_WORD = re.compile(r"[a-z][0134@$]+[a-z]")
_THIRTEEN = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz", codecs.encode("abcdefghijklmnopqrstuvwxyz", "rot13")
)
_JOINED = re.compile(r"(?:[A-Za-z]{2,14}[._*|/+-]){2,8}[A-Za-z]{2,14}")
_LEET = str.maketrans("01345@$", "oieasas")
MANY = 3
FEW = 2
LINE = 80
_ESCAPES = ("%2", "%4", "%6", "%7", "&#", "\\u", "\\x")


def _map(chars: str, mark: str, others: str = ".") -> bytes:
    return bytes(ord(mark if chr(c) in chars else others) for c in range(256))


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DENSE = _map(_LETTERS + "0123456789+/_-", "x")
_SINGLE = bytes(
    ord("x" if chr(c) in _LETTERS else " " if chr(c) in " .*_-" else "0") for c in range(256)
)
_PAIRS = _map("0123456789abcdefABCDEF", "x")


class Decoded(NamedTuple):
    """What a part of a text says, and the part; ``step`` is how far a letter moves it: 0, 1, -1."""

    start: int
    end: int
    said: str
    step: int = 0

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Give where in the text stands what was found in what is said."""
        if self.step > 0:
            return self.start + start, self.start + end
        return (self.end - end, self.end - start) if self.step else (self.start, self.end)


def decoded(text: str) -> Iterator[Decoded]:
    """Give what parts of a text say when a code is undone; usually nothing."""
    raw = text.encode("latin-1", "replace")
    if b"x" * 24 in raw.translate(_DENSE):
        for match in _BASE64.finditer(text):
            yield from (Decoded(*match.span(), said) for said in _plain(match.group()))
    pairs = raw.translate(_PAIRS)
    if b"x" * 40 in pairs or b"xx.xx.xx.xx.xx.xx" in pairs:
        for match in _HEX.finditer(text):
            plain = bytes.fromhex(re.sub(r"[ :]", "", match.group())).decode("ascii", "replace")
            yield Decoded(*match.span(), plain)
    if b"x x x x x x" in raw.translate(_SINGLE):
        for match in _SPACED.finditer(text):
            around = text[max(0, match.start() - 40) : match.start()], text[match.end() :][:200]
            said = match.group()
            signs = r"[.*_-]" if re.search(r"[.*_-]", said) else r"(?<=\w) (?=\w)"
            closed = re.sub(signs, "", said)
            yield Decoded(*match.span(), " ".join(f"{around[0]}{closed}{around[1]}".split()))
    yield from _turned(text)


def _turned(text: str) -> Iterator[Decoded]:
    vocabulary = set(text.split())
    used = " ".join(vocabulary).lower()
    whole, telling = (0, len(text)), _telling()
    if any(mark in used for mark in _ESCAPES):
        yield from _unescaped(text)
    words = set(_WORD.findall(used))
    if len(words & _in_thirteen()) >= FEW:
        yield Decoded(*whole, codecs.encode(text, "rot13"), 1)
    if len(words & _backward()) >= FEW or _cut_elsewhere(words, used):
        yield Decoded(*whole, text[::-1], -1)
    for word in vocabulary if "instruct" in used else ():
        if _JOINED.search(word):
            place = text.index(word)
            yield Decoded(place, place + len(word), re.sub(r"[._*|/+-]", " ", word), 1)
    mixed = (word for word in vocabulary if not word.isalpha() and not word[:-1].isdigit())
    leet = {word.lower().translate(_LEET).strip(".,:;!?()") for word in mixed}
    if len(telling.intersection(leet)) >= FEW and _LEET_WORD.search(used):
        yield Decoded(*whole, text.translate(_LEET), 1)


@cache
def _telling() -> frozenset[str]:
    """Words that show a turned text, when some of them are in it."""
    letters = reading().letters
    return frozenset(word for word, of in letters.items() if of in "IOKFTAQSM" and len(word) > 3)


@cache
def _in_thirteen() -> frozenset[str]:
    return frozenset(word.translate(_THIRTEEN) for word in _telling())


@cache
def _backward() -> frozenset[str]:
    return frozenset(word[::-1] for word in _telling())


def _cut_elsewhere(words: set[str], used: str) -> bool:
    """Whether words tell once the whole is turned: one of the longest is cut at its other end."""
    if LONGEST not in map(len, words):
        return False
    return len(_telling().intersection(_WORD.findall(used[::-1]))) >= FEW


def _unescaped(text: str) -> Iterator[Decoded]:
    found = list(_ESCAPED.finditer(text))
    if len(found) >= MANY:
        start, end = text.rfind("\n", 0, found[0].start()) + 1, found[-1].end() + LINE
        plain = _ESCAPE.sub(lambda one: chr(int(one[1], 16)), text[start:end])
        yield Decoded(start, found[-1].end(), unescape(unquote(plain)))


def _plain(blob: str) -> Iterator[str]:
    """Decode what may be base64 into plain words; names of devices and keys are none."""
    try:
        raw = base64.urlsafe_b64decode(blob.rstrip("=").replace("+", "-").replace("/", "_") + "==")
    except (binascii.Error, ValueError):
        return
    said = raw.decode("utf-8", "replace")
    if sum(char.isprintable() or char.isspace() for char in said) > 0.9 * len(said):
        yield said
