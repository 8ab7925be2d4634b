"""ICD-10-CM as one edition lists it: codes, titles, notes, and what is above and below a code."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from nodes.audit import Model, Sha256, Used, sha256
from nodes.coding.packed import Packed
from nodes.coding.words import Side

FILE = Path(__file__).with_name("icd10cm.bin")
_SIDES: tuple[Side | None, ...] = (None, "left", "right", "bilateral")
NoteKind = Literal[
    "excludes1", "excludes2", "code_first", "use_additional", "code_also", "includes"
]


class CodeEdition(Model):
    """Which edition of a code set answers, whence it comes and when it holds."""

    system: Literal["ICD-10-CM"] = "ICD-10-CM"
    edition: str
    valid_from: date
    valid_until: date
    source: str
    read_on: date
    source_sha256: Sha256


class Entry(NamedTuple):
    """A code without its dot, and what the table says of it."""

    code: str
    title: str
    leaf: bool
    side: Side | None
    side_open: bool
    sevenths: dict[str, str]

    @property
    def dotted(self) -> str:
        """As written on a claim form or in a chart."""
        return dotted(self.code)

    @property
    def billable(self) -> bool:
        """Whether it is complete as it stands."""
        return self.leaf and not self.sevenths


def dotted(code: str) -> str:
    """``M5416`` is ``M54.16``."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


class Icd10cm:
    """The table; every question is answered from the mapped file."""

    def __init__(self, path: Path = FILE) -> None:
        """Open the table; the head is read, the rest on demand."""
        self.packed = packed = Packed(path)
        self.path = path
        self.edition = CodeEdition.model_validate_json(json.dumps(packed.head["edition"]))
        self._codes = bytes(packed.part("codes"))
        self._count = len(self._codes) // 7
        self._flags = packed.part("flags")
        self._sevenths = packed.part("sevenths")
        self._titles, self._title_at = packed.part("titles"), packed.part("title_at")
        self._notes, self._note_at = packed.part("notes"), packed.part("note_at")

    def __len__(self) -> int:
        """How many codes are listed, 7th characters not counted."""
        return self._count

    @cached_property
    def used(self) -> Used:
        """The table as the audit entry names it."""
        raw = sha256(self.path.read_bytes())
        return Used(kind="table", id="icd-10-cm", version=self.edition.edition, sha256=raw)

    def number(self, code: str) -> int | None:
        """The place of a code without its dot; none: not listed (with a 7th character neither)."""
        key = code.ljust(7).encode("ascii", "replace")
        place = bisect_left(range(self._count), key, key=self._raw)
        return place if place < self._count and self._raw(place) == key else None

    def _raw(self, number: int) -> bytes:
        return self._codes[number * 7 : number * 7 + 7]

    def entry(self, number: int) -> Entry:
        """All the table says at a place."""
        flags = self._flags[number]
        title = bytes(self._titles[self._title_at[number] : self._title_at[number + 1]]).decode()
        return Entry(
            self._raw(number).decode().rstrip(),
            title,
            not flags & 1,
            _SIDES[(flags >> 1) & 3],
            bool(flags & 8),
            self.packed.head["sevenths"][self._sevenths[number]],
        )

    def side_of(self, number: int) -> tuple[Side | None, bool]:
        """The side a code says, and whether it leaves open a side that others say."""
        flags = self._flags[number]
        return _SIDES[(flags >> 1) & 3], bool(flags & 8)

    def find(self, code: str) -> Entry | None:
        """A code, with or without its dot, complete with its 7th character or not."""
        plain = code.upper().replace(".", "")
        number = self.number(plain)
        if number is not None:
            return self.entry(number)
        return self._extended(plain)

    def _extended(self, plain: str) -> Entry | None:
        if len(plain) != 7:
            return None
        number = self.number(plain[:6].rstrip("X")) if plain[5] == "X" else self.number(plain[:6])
        stem = None if number is None else self.entry(number)
        if stem is None or plain[6] not in stem.sevenths or plain != complete(stem.code, plain[6]):
            return None
        title = f"{stem.title}, {stem.sevenths[plain[6]]}"
        return stem._replace(code=plain, title=title, sevenths={})

    def children(self, code: str) -> Iterator[Entry]:
        """The codes directly under one."""
        number = self.number(code)
        if number is None:
            return
        place = number + 1
        while place < self._count:
            below = self._raw(place).decode().rstrip()
            if not below.startswith(code):
                return
            yield self.entry(place)
            place += 1
            if self._raw(place).decode().startswith(below):
                last = below.encode().ljust(7, b"\x7f")
                place = bisect_left(range(self._count), last, lo=place, key=self._raw)

    def above(self, code: str) -> list[str]:
        """The codes a code stands under, nearest first; itself is not one of them."""
        stem = code if self.number(code) is not None else code[:6].rstrip("X")
        chain = [stem] if stem != code else []
        return chain + [
            stem[:length]
            for length in range(len(stem) - 1, 2, -1)
            if self.number(stem[:length]) is not None
        ]

    def notes(self, code: str) -> dict[NoteKind, list[str]]:
        """The instructional notes that stand at this very code."""
        number = self.number(code)
        if number is None:
            return {}
        raw = bytes(self._notes[self._note_at[number] : self._note_at[number + 1]])
        return json.loads(raw) if raw else {}

    def notes_over(self, code: str, kind: NoteKind) -> Iterator[tuple[str, str]]:
        """Notes of one kind at a code and all it stands under: where, and the words."""
        for place in [code, *self.above(code)]:
            for words in self.notes(place).get(kind, ()):
                yield place, words
        for block in self.packed.head["blocks"]:
            if block["first"] <= code[:3] <= block["last"]:
                for words in block["notes"].get(kind, ()):
                    yield block["name"], words


def complete(stem: str, seventh: str) -> str:
    """A code with its 7th character, the places between filled with X."""
    return stem.ljust(6, "X") + seventh


@cache
def shipped() -> Icd10cm:
    """The edition that comes with the product, opened once a process."""
    return Icd10cm()
