"""The guide tables: what a transaction set is made of, as data (``nodes/x12/guides``).

``dictionary.yaml`` says what each segment holds (element names are ours, numbers and lengths the
standard's); one table per transaction says which segments stand where, how often and with which
codes. Everything else follows from them: maps for the validator, positions for builder and parser,
loops for every error. Only facts and our own short words are in the tables, no text of a guide.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StringConstraints

from nodes.audit import Model, Used, sha256

Usage = Literal["R", "S"]
Usages = Annotated[str, StringConstraints(pattern=r"^[RSN]*$")]
Position = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}(-[0-9]{1,2})?$")]
Short = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class DataElement(Model):
    """A data element: its type and its lengths, as the standard's dictionary has them."""

    type: Literal["ID", "AN", "DT", "TM", "R", "B", "N0", "N2"]
    shortest: int = Field(ge=1, strict=False)
    longest: int = Field(ge=1, strict=False)


class SegmentDefinition(Model):
    """A segment: its elements in order (our name, then a data element or composite) and syntax.

    ``syntax`` holds the standard's notes, such as P0809: 8 and 9 come together or not at all.
    ``repeats`` names elements that may repeat, with how often.
    """

    elements: tuple[tuple[Short, str], ...]
    syntax: tuple[Annotated[str, StringConstraints(pattern=r"^[PRECL]([0-9]{2})+$")], ...] = ()
    repeats: dict[Short, Annotated[int, Field(strict=False)]] = Field(default_factory=dict)


class Dictionary(Model):
    """``dictionary.yaml``."""

    id: str
    version: str
    source: str
    elements: dict[str, DataElement]
    composites: dict[str, tuple[tuple[Short, str], ...]]
    segments: dict[str, SegmentDefinition]
    lists: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Code lists that several tables use: code to our words"
    )


class SegmentUse(Model):
    """One use of a segment in a loop.

    ``elements`` has one letter per element (R required, S situational, N not used; a shorter text
    leaves the rest N; empty means all S), ``parts`` the same for the components of composites.
    ``codes`` gives, by position such as 3 or 4-2, the codes allowed with our words, or the name of
    a list of the dictionary. ``key`` is the position whose codes tell this use from others of the
    same segment (none: the segment's id alone decides).
    """

    segment: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,2}$")]
    name: Short = Field(description="Ours, unique in its loop, such as event_date_admission")
    words: str = Field(default="", description="What it says, in our short words")
    usage: Usage = "S"
    repeat: int = Field(default=1, ge=0, strict=False, description="0: no limit")
    elements: Usages = ""
    parts: dict[Position, Usages] = Field(default_factory=dict)
    codes: dict[Position, dict[str, str] | str] = Field(default_factory=dict)
    key: Position | None = None


class LoopUse(Model):
    """A loop: what opens it is the first segment in its content."""

    loop: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,8}$")]
    words: str = ""
    usage: Usage = "S"
    repeat: int = Field(default=1, ge=0, strict=False, description="0: no limit")
    content: "tuple[SegmentUse | LoopUse, ...]" = Field(min_length=1)


class Guide(Model):
    """One transaction set in one direction; ST and SE are not in the table.

    ``purposes`` are the values of BHT02 that choose this table among those of the same
    transaction and guide; empty means any.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-z\-]+$")]
    transaction: str = Field(description="ST01, such as 278")
    guide: str = Field(description="GS08 and ST03 without errata, such as 005010X217")
    group: str = Field(description="GS01, such as HI")
    purposes: tuple[str, ...] = ()
    structure: str | None = Field(default=None, description="BHT01, such as 0007")
    version: str
    source: str
    verified: Literal["public examples", "public material", "unverified"]
    effective: date
    content: tuple[SegmentUse | LoopUse, ...]

    def segments(self) -> Iterator[tuple[str, SegmentUse]]:
        """Every use of a segment with the loop it stands in; the header's loop is HEADER."""
        yield from _segments("HEADER", self.content)


def _segments(
    loop: str, content: tuple[SegmentUse | LoopUse, ...]
) -> Iterator[tuple[str, SegmentUse]]:
    for item in content:
        if isinstance(item, SegmentUse):
            yield loop, item
        else:
            yield from _segments(item.loop, item.content)


def _read(name: str) -> tuple[bytes, str]:
    """Read a table; every scalar is a text, so that N is no ``false`` and 01 no number."""
    raw = (files("nodes") / "x12" / "guides" / name).read_bytes()
    return raw, json.dumps(yaml.load(raw, Loader=_LOADER))


@cache
def dictionary() -> Dictionary:
    """The dictionary of elements, composites and segments."""
    return Dictionary.model_validate_json(_read("dictionary.yaml")[1])


@cache
def guides() -> dict[str, tuple[Guide, Used]]:
    """Every table by its id, and the record of its use."""
    found = {}
    for path in sorted((files("nodes") / "x12" / "guides").iterdir(), key=lambda one: one.name):
        if path.name.endswith(".yaml") and path.name != "dictionary.yaml":
            raw, text = _read(path.name)
            guide = Guide.model_validate_json(text)
            used = Used(kind="table", id=guide.id, version=guide.version, sha256=sha256(raw))
            found[guide.id] = (guide, used)
    return found


def guide_for(transaction: str, guide: str, purpose: str = "") -> Guide | None:
    """The table for ST01, ST03 (or GS08; errata such as E1 or A1 behind it are passed over)
    and BHT02; none where there is no such table.
    """
    for candidate, _ in guides().values():
        same = candidate.transaction == transaction and guide.startswith(candidate.guide)
        if same and (not candidate.purposes or purpose in candidate.purposes):
            return candidate
    return None


@cache
def positions(segment: str) -> dict[str, tuple[int, int | None]]:
    """Where each named value of a segment stands: element and component, counted from 1.

    A composite's components are named ``element.component``, such as ``place.code`` of UM.
    """
    known = dictionary()
    found: dict[str, tuple[int, int | None]] = {}
    for number, (name, kind) in enumerate(known.segments[segment].elements, start=1):
        parts = known.composites.get(kind)
        if parts is None:
            found[name] = (number, None)
        for component, (part, _) in enumerate(parts or (), start=1):
            found[f"{name}.{part}"] = (number, component)
    return found
