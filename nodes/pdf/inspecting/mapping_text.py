"""A proposal as mapping.yaml: entries that load, and comments that only lack a path."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from nodes.pdf.inspecting.drafts import STRONG, Draft
from nodes.pdf.inspecting.naming import Named
from nodes.pdf.inspecting.places import Place
from nodes.pdf.inspecting.proposing import Proposal

LONGEST_NAME = 300
HEAD = """\
# Proposed by inspect-form from the PDF alone: read every entry against the picture of its page.
# Numbers are those of the pictures. An entry with "weak" is a guess to confirm or to take out.
# A commented entry has everything but its path: write it after "from:" and take the # away.
# Paths begin with case, summary, assessment or chart. Signatures and their dates stay under sign.
"""


@dataclass(frozen=True)
class Sheet:
    """What the head of a mapping says of its form, and each page's width and height."""

    template: str
    title: str
    sha256: str
    flat: bool
    sizes: tuple[tuple[float, float], ...]


def mapping_text(sheet: Sheet, fields: Sequence[Named], proposal: Proposal) -> str:
    """Write a mapping.yaml."""
    writer = _Writer(sheet, fields)
    lines = [
        HEAD + f"template: {_q(sheet.template)}",
        f"title: {_q(sheet.title)}",
        "schema_version: 1",
        f"kind: {'overlay' if sheet.flat else 'acroform'}",
        "source:",
        "  supply: integrator",
        f"  revision: {_q(sheet.sha256[:12])}",
        f"  pages: {max(1, len(sheet.sizes))}",
        f"  sha256: [{_q(sheet.sha256)}]",
        "",
        "fields:",
    ]
    for draft in proposal.drafts:
        lines += writer.entry(draft)
    told = {n for draft in proposal.drafts for n in draft.numbers}
    lines += ["", "  # Not proposed"]
    lines += writer.open_fields(told | proposal.signed | proposal.cleared)
    cleared = sorted({fields[n].place.name for n in proposal.cleared if _nameable(fields[n].place)})
    if cleared and not sheet.flat:
        lines += ["", "clear:", *(f"  - {_q(name)}" for name in cleared)]
    if signed := list(writer.signed(proposal.signed)):
        lines += ["", "sign:", *signed]
    return "\n".join([*lines, "", "after: {flatten: true}", ""])


class _Writer:
    """Writes entries for the places of one form."""

    def __init__(self, sheet: Sheet, fields: Sequence[Named]) -> None:
        self.sheet, self.fields = sheet, fields

    def entry(self, draft: Draft) -> Iterator[str]:
        weak = "" if draft.score >= STRONG else "weak, "
        numbers = _numbers(draft.numbers)
        yield f"  # {numbers}: {weak}{draft.score:.2f}, {_said(draft.reason)}"
        yield f"  - id: {draft.id}"
        for key, value in draft.entry.items():
            yield f"    {key}: {_flow(value)}"
        yield from self._filled(draft)

    def _filled(self, draft: Draft) -> Iterator[str]:
        """What an entry fills: boxes, parts, columns, or one place."""
        if draft.boxes:
            yield "    choice:"
            for value, own in draft.boxes.items():
                yield f"      {_q(value)}: {self._boxes(own)}"
        elif draft.parts:
            yield "    split:"
            for part, n in draft.parts:
                yield f"      - {_flow(part | self.place(n))}"
        elif draft.columns:
            yield "    columns:"
            for column, chain in draft.columns:
                placed = {} if "split" in column else self._column(chain)
                yield f"      - {_flow(column | placed)}"
        else:
            label = {} if "label" in draft.entry else {"label": self.label(draft.numbers[0])}
            for key, value in (label | self.place(draft.numbers[0])).items():
                yield f"    {key}: {_flow(value)}"

    def open_fields(self, told: set[int] | frozenset[int]) -> Iterator[str]:
        """The fields without a proposal: one commented entry for each, boxes by group."""
        done = {self.fields[n].place.name for n in told}
        for n, field in enumerate(self.fields):
            if n in told or (field.place.name in done and field.place.kind != "radio"):
                continue
            if field.place.kind == "radio" and field.place.name in done:
                continue
            done.add(field.place.name)
            yield from self._open(n, field)

    def signed(self, numbers: frozenset[int]) -> Iterator[str]:
        done: set[str] = set()
        for n in sorted(numbers):
            place = self.fields[n].place
            if place.name in done or not (self.sheet.flat or _nameable(place)):
                continue
            done.add(place.name)
            place_at = self.place(n) | {"label": self.label(n), "never_fill": True}
            yield f"  - {_flow({'id': f'sign_{n + 1}'} | place_at)}"

    def label(self, n: int) -> str:
        """What an entry is called: its label, as text of one line."""
        return _plain(self.fields[n].label)[:120] or f"field {n + 1}"

    def place(self, n: int) -> dict[str, Any]:
        """Where a value goes: a field by its name, or a spot."""
        place = self.fields[n].place
        return {"at": self._spot(place)} if self.sheet.flat else {"pdf": place.name}

    def _boxes(self, own: Sequence[int]) -> str:
        boxes = [self._box(self.fields[n].place) for n in own]
        return _flow(boxes[0]) if len(boxes) == 1 else _flow(boxes)

    def _box(self, place: Place) -> dict[str, Any]:
        if self.sheet.flat:
            return {"at": self._spot(place) | {"align": "center"}}
        return {"pdf": place.name, "on": place.states[0] if place.states else "/On"}

    def _column(self, chain: Sequence[int]) -> dict[str, Any]:
        if not self.sheet.flat:
            return {"pdf": [self.fields[n].place.name for n in chain]}
        first, last = (self.fields[n].place for n in (chain[0], chain[-1]))
        step = (last.box[1] - first.box[1]) / max(1, len(chain) - 1)
        return {"at": self._spot(first) | {"rows": round(step, 2)}}

    def _spot(self, place: Place) -> dict[str, Any]:
        left, top, right, bottom = place.box
        height = self.sheet.sizes[place.page][1]
        spot: dict[str, Any] = {
            "page": place.page + 1,
            "x": round(left, 1),
            "y": round(height - bottom, 1),
            "w": round(max(right - left, 1), 1),
            "h": round(max(bottom - top, 1), 1),
            "size": round(min(10.0, max(6.0, bottom - top - 3)), 1),
        }
        if place.cells:
            spot["pitch"] = round((right - left) / place.cells, 2)
        if place.multiline:
            spot["multiline"] = True
        return spot

    def _open(self, n: int, field: Named) -> Iterator[str]:
        place = field.place
        where = f"page {place.page + 1}" + (f"; {_said(field.above[0])}" if field.above else "")
        asked = f"{_said(field.question)}: " if field.question else ""
        yield f"  # {n + 1} {asked}{_said(field.label) or '(no label)'} ({where})"
        if not (self.sheet.flat or _nameable(place)):
            yield "  #   its name is empty or too long for a mapping"
        elif place.kind in ("box", "radio"):
            yield f"  # - id: f{n + 1}"
            yield "  #   from:"
            yield "  #   choice:"
            same = [m for m, one in enumerate(self.fields) if one.place.name == place.name]
            for m in same if place.kind == "radio" else [n]:
                said = _q(_plain(self.fields[m].label)[:60] or "value")
                yield f"  #     {said}: {_flow(self._box(self.fields[m].place))}"
        else:
            if place.options:
                yield f"  #   one of: {_said(', '.join(place.options))[:400]}"
            yield f"  # - {{id: f{n + 1}, from: , {_flow(self.place(n))[1:]}"


def _nameable(place: Place) -> bool:
    return 0 < len(place.name) <= LONGEST_NAME and place.name.isprintable()


def _numbers(numbers: Sequence[int]) -> str:
    told = sorted(n + 1 for n in numbers)
    whole = len(told) > 2 and told[-1] - told[0] == len(told) - 1
    return f"{told[0]}-{told[-1]}" if whole else ", ".join(map(str, told))


def _plain(text: str) -> str:
    """Text of one line without control characters."""
    return " ".join(
        re.sub(
            r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", " ", text
        ).split()
    )


def _said(text: str) -> str:
    return _plain(text)[:160]


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and re.fullmatch(
        r"(case|chart|summary|assessment)\.[a-z0-9_.]+|[a-z_]+", value
    ):
        return value if value not in ("true", "false", "null") else _q(value)
    return _q(value) if isinstance(value, str) else json.dumps(value)
