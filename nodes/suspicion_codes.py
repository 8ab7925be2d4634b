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
from urllib.parse import unquote

from nodes.suspicion_classes import reading

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ :]?){20,}")
_SPACED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][ .*_-]{1,3}){5,400}[A-Za-z](?![A-Za-z])")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}|&#x?[0-9a-fA-F]{2,6};|\\[ux](?:00)?[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"\\[ux](?:00)?([0-9a-fA-F]{2})")
_WORD = re.compile(r"[a-z]{4,20}")
_LEET_WORD = re.compile(r"[a-z]{0,15}[0-9@$][a-z0-9@$]{2,20}")
_JOINED = re.compile(r"(?:[A-Za-z]{2,14}[._*|/+-]){2,8}[A-Za-z]{2,14}")
_LEET = str.maketrans("01345@$", "oieasas")
MANY = 3
FEW = 2


def _map(chars: str, mark: str, others: str = ".") -> bytes:
    return bytes(ord(mark if chr(c) in chars else others) for c in range(256))


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DENSE = _map(_LETTERS + "0123456789+/_-", "x")
_SINGLE = bytes(
    ord("x" if chr(c) in _LETTERS else " " if chr(c) in " .*_-" else "0") for c in range(256)
)
_PAIRS = _map("0123456789abcdefABCDEF", "x")


def decoded(text: str) -> Iterator[str]:
    """Give what parts of a text say when a code is undone; usually nothing."""
    raw = text.encode("latin-1", "replace")
    if b"x" * 24 in raw.translate(_DENSE):
        for match in _BASE64.finditer(text):
            yield from _plain(match.group())
    pairs = raw.translate(_PAIRS)
    if b"x" * 40 in pairs or b"xx.xx.xx.xx.xx.xx" in pairs:
        for match in _HEX.finditer(text):
            yield bytes.fromhex(re.sub(r"[ :]", "", match.group())).decode("ascii", "replace")
    if b"x x x x x x" in raw.translate(_SINGLE):
        for match in _SPACED.finditer(text):
            around = text[max(0, match.start() - 40) : match.start()], text[match.end() :][:200]
            said = match.group()
            signs = r"[.*_-]" if re.search(r"[.*_-]", said) else r"(?<=\w) (?=\w)"
            closed = re.sub(signs, "", said)
            yield " ".join(f"{around[0]}{closed}{around[1]}".split())
    yield from _turned(text)


def _turned(text: str) -> Iterator[str]:
    used = " ".join(set(text.lower().split()))
    if any(mark in used for mark in ("%2", "%4", "%6", "%7", "&#", "\\u", "\\x")) and _escapes(
        text
    ):
        yield unescape(unquote(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)))
    telling = _telling()
    if len(telling.intersection(_WORD.findall(codecs.encode(used, "rot13")))) >= FEW:
        yield codecs.encode(text, "rot13")
    if len(telling.intersection(_WORD.findall(used[::-1]))) >= FEW:
        yield text[::-1]
    for match in _JOINED.finditer(text) if "instruct" in used else ():
        yield re.sub(r"[._*|/+-]", " ", match.group())
    leet = {word.translate(_LEET) for word in _LEET_WORD.findall(used)}
    if len(telling.intersection(leet)) >= FEW:
        yield text.lower().translate(_LEET)


@cache
def _telling() -> frozenset[str]:
    """Words that show a turned text, when some of them are in it."""
    letters = reading().letters
    return frozenset(word for word, of in letters.items() if of in "IOKFTAQSM" and len(word) > 3)


def _escapes(text: str) -> bool:
    return len(_ESCAPED.findall(text)) >= MANY


def _plain(blob: str) -> Iterator[str]:
    """Decode what may be base64 into plain words; names of devices and keys are none."""
    try:
        raw = base64.urlsafe_b64decode(blob.rstrip("=").replace("+", "-").replace("/", "_") + "==")
    except (binascii.Error, ValueError):
        return
    said = raw.decode("utf-8", "replace")
    if sum(char.isprintable() or char.isspace() for char in said) > 0.9 * len(said):
        yield said
