"""Words in a source that are addressed to software or forge what it reads: found and told.

No filter finds all of them, and none is needed for the verdicts: see ``nodes.writing``. What is
found is reported by kind and place, never by its words, and is no evidence.
"""

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from nodes.chart import Chart
from nodes.suspicion_rules import Rule, rules
from nodes.unseen import Folded, tagged

BEFORE, AFTER = 120, 320
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :]?){20,}")
_SPACED = re.compile(r"(?:\b[A-Za-z][ .*_-]{1,2}){7,}[A-Za-z]\b")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}|&#x?[0-9a-fA-F]{2,6};|\\u00[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"\\u00([0-9a-fA-F]{2})")
_TURNED = ("vtaber", "vafgehpgvba", "qvfertneq", "nccebir", "pevgrevn", "erongi", "snoitcurtsni")
_OVERRIDES = ("\u202d", "\u202e")
_ZERO_WIDTH = re.compile(
    "[\u200b\u2060\u2062-\u2064\u180e]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
MANY = 3


def suspicious(text: str) -> tuple[str, ...]:
    """Give the kinds of suspicious words in a text, in alphabetical order; usually none."""
    found = {kind for kind, _, _ in _visible(Folded(text))}
    found |= set(_disguised(text))
    return tuple(sorted(found))


def in_chart(chart: Chart) -> tuple[str, ...]:
    """Give a warning for each note and record that holds suspicious words."""
    said = [*((note.id, f"{note.title}\n{note.text}") for note in chart.notes)]
    said += [(fact.source, _words(fact)) for fact in chart.facts]
    return told(said)


def told(said: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Make warnings of named texts: the name and the kinds, never the words."""
    kinds: dict[str, set[str]] = {}
    for name, text in said:
        if found := suspicious(text):
            kinds.setdefault(name, set()).update(found)
    return tuple(
        f"possible_instruction_in_source: {name} ({', '.join(sorted(found))})"
        for name, found in kinds.items()
    )


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give the places of suspicious words as character offsets into the text, in order."""
    folded = Folded(text)
    places = {(folded.original(start), folded.original(end)) for _, start, end in _visible(folded)}
    return tuple(sorted(places))


def _visible(folded: Folded) -> Iterator[tuple[str, int, int]]:
    for rule in rules():
        for start, end in _near(rule, folded.text):
            for match in rule.pattern.finditer(folded.text, start, end):
                yield rule.kind, match.start(), match.end()


def _near(rule: Rule, text: str) -> list[tuple[int, int]]:
    """Give the windows around a rule's words, joined where they overlap."""
    places: list[int] = []
    for word in rule.near:
        place = text.find(word)
        while place >= 0:
            places.append(place)
            place = text.find(word, place + len(word))
    windows: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - BEFORE), place + AFTER
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _disguised(text: str) -> Iterator[str]:
    """Find what no reader sees, and what is written in a code."""
    if not text.isascii():
        hidden = sum(1 for _ in _ZERO_WIDTH.finditer(text)) >= MANY
        if tagged(text) or hidden or any(mark in text for mark in _OVERRIDES):
            yield "invisible_characters"
    if any(_reads(said) for said in _decoded(text)):
        yield "encoded"


def _reads(said: str) -> bool:
    return any(_visible(Folded(said[:4000])))


def _decoded(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        yield from _printable(match.group())
    for match in _HEX.finditer(text):
        yield bytes.fromhex(re.sub(r"[ :]", "", match.group())).decode("ascii", "replace")
    for match in _SPACED.finditer(text):
        yield re.sub(r"[ .*_-]{2,}", " ", match.group()).replace(" ", "")
    if len(_ESCAPED.findall(text)) > MANY:
        plain = unescape(unquote(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)))
        if plain != text:
            yield plain
    lower = text.lower()
    if any(word in lower for word in _TURNED):
        yield codecs.encode(text, "rot13")
        yield text[::-1]


def _printable(blob: str) -> Iterator[str]:
    """Decode what may be base64 into plain words; names of devices and keys are none."""
    try:
        raw = base64.urlsafe_b64decode(blob.rstrip("=").replace("+", "-").replace("/", "_") + "==")
    except (binascii.Error, ValueError):
        return
    said = raw.decode("utf-8", "replace")
    if said.isprintable() or "\n" in said:
        yield said


def _words(fact: object) -> str:
    parts = [getattr(fact, "quote", ""), getattr(fact, "value_text", None) or ""]
    return "\n".join(parts)
