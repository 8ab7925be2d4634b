"""How charts word what the code titles call otherwise: short forms, phrases and aliases."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nodes.audit import Model, canonical, sha256
from nodes.coding.words import Side, Token, sides, tokens
from nodes.datafile import parse

FILE = Path(__file__).with_name("wording.yaml")
SHORTHAND = FILE.with_name("shorthand.yaml")
LONGEST = 5
_RAW = re.compile(r"[A-Za-z0-9]+(?:[/'\u2019-][A-Za-z0-9]+)*/?|[,;.:()\[\]]")
_LEVEL = re.compile(r"\b([CTL])(1[0-2]|[1-9])(?:\s?[-/\u2013]\s?([CTLS])?(1[0-2]|[1-9]))?(?![\w.])")
_STUCK = re.compile(r"([A-Za-z]{2,6})-?(\d[ab]?|[IV]{1,3})")
_REGION = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}
_LIMB = re.compile(
    r"\b(?:(?P<lower>foot|feet|toes?|ankles?|legs?|calf|thighs?|knees?)"
    r"|hands?|fingers?|wrists?|forearms?|arms?|elbows?)\b",
    re.IGNORECASE,
)
_ORDINAL = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
            "ninth", "tenth", "eleventh", "twelfth")  # fmt: skip


class Wording(Model):
    """The files ``wording.yaml`` and ``shorthand.yaml``."""

    version: str
    mark: str
    short: dict[str, str]
    phrases: dict[str, str]
    aliases: dict[str, tuple[str, ...]]


class Query(NamedTuple):
    """A text as searched: words with their places, others that may help, and the side."""

    tokens: list[Token]
    hints: list[Token]
    side: Side | None


@cache
def wording() -> Wording:
    """The tables that come with the product, as one: shorthand stands over wording."""
    one, more = (
        parse(file.read_bytes(), Wording, "the wording table", file.name)
        for file in (FILE, SHORTHAND)
    )
    aliases = {
        code: tuple(dict.fromkeys((*one.aliases.get(code, ()), *more.aliases.get(code, ()))))
        for code in {**one.aliases, **more.aliases}
    }
    return Wording(
        version=one.version,
        mark=one.mark,
        short=one.short | more.short,
        phrases=one.phrases | more.phrases,
        aliases=aliases,
    )


def fingerprint() -> str:
    """Hash of the aliases an index is made with."""
    return sha256(canonical(wording().model_dump(mode="json")["aliases"]))


@cache
def _table() -> dict[str, tuple[str, bool]]:
    told = wording()
    entries = {**told.short, **told.phrases}
    return {key.lower(): (words, key.isupper()) for key, words in entries.items()}


def query(text: str) -> Query:
    """Read a text as charts word it; places are those of the text given."""
    table = _table()
    raw = [piece for match in _RAW.finditer(text) for piece in _parted(match, table)]
    pieces: list[tuple[str, int, int]] = []
    at = 0
    while at < len(raw):
        taken = _longest(raw, at, table)
        if taken is None:
            pieces.append(raw[at])
            at += 1
        else:
            words, count = taken
            pieces.append((words, raw[at][1], raw[at + count - 1][2]))
            at += count
    named = {side for words, _, _ in pieces for side, _, _ in sides(words)}
    return Query(
        _placed(pieces),
        [*_levels(text), *_limbs(text)],
        "bilateral" if len(named) > 1 else next(iter(named), None),
    )


def _parted(match: re.Match[str], table: dict[str, tuple[str, bool]]) -> list[tuple[str, int, int]]:
    """A short form with its stage or class written to it (CKD3a) is two words."""
    said, start, end = match.group(), match.start(), match.end()
    parts = _STUCK.fullmatch(said)
    if parts is None or said.lower() in table or parts[1].lower() not in table:
        return [(said, start, end)]
    middle = start + len(parts[1])
    return [(parts[1], start, middle), (parts[2], middle, end)]


def _longest(
    raw: list[tuple[str, int, int]], at: int, table: dict[str, tuple[str, bool]]
) -> tuple[str, int] | None:
    for count in range(min(LONGEST, len(raw) - at), 0, -1):
        words = [word for word, _, _ in raw[at : at + count]]
        found = _entry(words, table)
        aside = [word for word in words[1:-1] if sides(word)]
        if found is None and aside:
            found = _entry([word for word in words if word not in aside], table)
            found = found and " ".join([found, *aside])
        if found is not None:
            return found, count
    return None


def _entry(words: list[str], table: dict[str, tuple[str, bool]]) -> str | None:
    said = " ".join(words)
    found = table.get(said.lower().replace("\u2019", "'"))
    return found[0] if found and (not found[1] or said.isupper()) else None


def _placed(pieces: list[tuple[str, int, int]]) -> list[Token]:
    """The words of all pieces read as one text, each with the place of its piece."""
    places: list[tuple[int, int, int]] = []
    joined = ""
    for words, start, end in pieces:
        places.append((len(joined), start, end))
        joined += words + " "
    found: list[Token] = []
    piece = 0
    for token in tokens(joined):
        while piece + 1 < len(places) and places[piece + 1][0] <= token.start:
            piece += 1
        found.append(Token(token.word, places[piece][1], places[piece][2], token.absent))
    return found


def _levels(text: str) -> list[Token]:
    """The regions and bones that levels such as L4-5 stand for."""
    found: list[Token] = []
    for match in _LEVEL.finditer(text):
        first, low, second, high = match.groups()
        second = second or first
        words = [_REGION[first], _ORDINAL[int(low)], f"{first}{low}".lower()]
        if high:
            words += [f"{second}{high}".lower()]
        if second == "S":
            words += ["lumbosacral"]
        joined = " ".join(words)
        found += [Token(one.word, match.start(), match.end()) for one in tokens(joined)]
    return found


def _limbs(text: str) -> list[Token]:
    """The limb a place belongs to: many titles say only that."""
    return [
        Token(word, match.start(), match.end())
        for match in _LIMB.finditer(text)
        for word in ("limb", "lower" if match["lower"] else "upper")
    ]
