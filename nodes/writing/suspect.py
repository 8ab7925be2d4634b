"""Characters that make words look like what they are not, or that are not seen at all."""

import re
import unicodedata

from nodes.writing.text import HIDDEN

TOKEN = re.compile(r"\S+")
PLAIN = frozenset("\u00b5\u03bc\u00b0\u00bd\u00bc\u00be\u00b2\u00b3\u00d7\u2264\u2265\u00b1\u2026")


def hidden(text: str) -> bool:
    """Say whether a text holds control, zero-width, bidirectional, tag or private characters."""
    if text.isascii():
        return not text.isprintable()
    return any(unicodedata.category(c) in HIDDEN for c in text)


def disguised(text: str, source: str) -> list[str]:
    """List the tokens written in foreign letters, digits or marks that a source does not write."""
    if text.isascii():
        return []
    composed = unicodedata.normalize("NFC", text)
    own = unicodedata.normalize("NFC", source)
    return [
        token
        for token in TOKEN.findall(composed)
        if not token.isascii() and any(_foreign(c) for c in token) and token not in own
    ]


def _foreign(char: str) -> bool:
    if char.isascii() or char in PLAIN:
        return False
    kind = unicodedata.category(char)
    if kind[0] == "M" or kind in {"Nd", "Nl", "No"}:
        return True
    if kind[0] != "L":
        return False
    return not unicodedata.name(char, "").startswith("LATIN") or _changed(char)


def _changed(char: str) -> bool:
    return unicodedata.normalize("NFKC", char) != char
