"""A model's proposal made into a policy file that cannot decide: what stands in the text stays.

A question whose quote does not stand in the text word for word is dropped, one that quotes
instructions to a reader too; codes and numbers that are not in the text are marked unverified.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, get_args

import yaml

from nodes.errors import UnreadableDocument
from nodes.policy.drafted_tables import Json, Making, Tables, Unusable
from nodes.policy.model import SIZE
from nodes.policy.operators_drafted import OPERATORS
from nodes.policy.parts import DEPTH
from nodes.policy.proposal import Group, Proposal, ProposedPart
from nodes.policy.reading import Held, read
from nodes.policy.source_text import SourceText, speaks
from nodes.writing.text import clean, excerpt

GROUPS = frozenset(get_args(Group))
TOPS = ("criteria", "exclusions")


@dataclass(frozen=True)
class Header:
    """What a person says of the policy; nothing of it comes from a model."""

    id: str
    title: str
    services: tuple[tuple[str, str], ...]
    source: str
    first: date
    today: date
    payers: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft and what a person must know of it."""

    held: Held
    text: str
    dropped: tuple[str, ...]
    doubts: tuple[str, ...]
    not_covered: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass
class _Tree:
    """The parts as they are sorted out."""

    source: SourceText
    name: str
    tables: Tables
    dropped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    below: dict[str, list[tuple[str, ProposedPart]]] = field(default_factory=dict)

    def take(self, parts: Sequence[ProposedPart]) -> None:
        """Give every part an id of its own, and put it under its group."""
        taken: set[str] = set()
        known = {part.id for part in parts if part.kind in GROUPS}
        for part in parts[: SIZE - 2]:
            name = _slug(part.id, taken)
            taken.add(name)
            under = part.under if part.under in known | set(TOPS) else "criteria"
            self.below.setdefault(under, []).append((name, part))
        if len(parts) > SIZE - 2:
            self.drop("(the rest)", "there are more parts than a policy may have")

    def drop(self, what: str, why: str) -> None:
        """Report what is left out."""
        self.dropped.append(f"{what}: {why}")
        self.tables.forget(what)

    def under(self, group: str, depth: int = 1) -> list[Json]:
        """Make the parts of a group; each is made once, so that a circle ends."""
        made = [self.part(name, part, depth) for name, part in self.below.pop(group, [])]
        return [one for one in made if one]

    def part(self, name: str, part: ProposedPart, depth: int) -> Json | None:
        page = self.source.place(part.quote)
        told = clean(part.text)[:480]
        why = self._unfit(part, page, told, depth)
        if page is None or why:
            self.drop(name, why)
            return None
        cite = self._cite(part, page)
        if part.kind in GROUPS:
            return self._group(name, part, {"id": name, "text": told, "cite": [cite]}, depth)
        return self._question(name, part, told, cite)

    def _unfit(self, part: ProposedPart, page: int | None, told: str, depth: int) -> str:
        if page is None:
            return "its quote does not stand in the text"
        if speaks(part.quote) or speaks(part.text):
            return "it quotes instructions to a reader, no criterion"
        return "it has no words, or stands too deep" if not told or depth >= DEPTH else ""

    def _cite(self, part: ProposedPart, page: int) -> Json:
        place = {"at": f"page {page}"} if self.source.numbered else {}
        return {"source": self.name, "quote": excerpt(clean(part.quote), 1200)[0]} | place

    def _group(self, name: str, part: ProposedPart, made: Json, depth: int) -> Json | None:
        below = self.under(part.id, depth + 1)
        if not below:
            self.drop(name, "nothing is left below it")
            return None
        if part.kind == "at_least":
            if not 1 <= part.count <= len(below):
                self.drop(f"{name} (the count)", f"{part.count} of {len(below)} cannot be asked")
            return made | {"at_least": min(max(part.count, 1), len(below)), "of": below}
        if part.kind == "not":
            return made | {"not": below[0] if len(below) == 1 else _any(name, made, below)}
        return made | {part.kind: below}

    def _question(self, name: str, part: ProposedPart, told: str, cite: Json) -> Json | None:
        make = Making(part, name, cite, self.tables)
        try:
            asked = {"op": part.kind} | OPERATORS[part.kind](make)
        except Unusable as error:
            self.drop(name, str(error))
            return None
        if name in self.tables.doubts:
            cite = cite | {"verification": "unverified"}
        ask = clean(part.ask)[:480]
        return (
            {"id": name, "text": told, "cite": [cite], "when_absent": self._silence(name, part)}
            | asked
            | ({"ask": ask, "of": part.of, "effort": part.effort} if ask else {})
        )

    def _silence(self, name: str, part: ProposedPart) -> str:
        """Unknown; but what excludes and is searched for was not done when not found."""
        if part.kind != "procedure_within" or part.under != "exclusions" or part.months < 1:
            return "unknown"
        self.notes.append(
            f"{name}: when the whole time was searched, silence means it was not done"
        )
        return "not_met"


def draft(proposal: Proposal, source: SourceText, header: Header, drafted_by: str) -> Draft:
    """Make the file; raises UnreadableDocument when no criterion is left."""
    tables = Tables(source)
    tree = _Tree(source, header.source, tables)
    tree.take(proposal.parts)
    criteria, exclusions = tree.under("criteria"), tree.under("exclusions")
    for left in [name for group in tree.below.values() for name, _ in group]:
        tree.drop(left, "its group leads nowhere")
    if not criteria:
        why = "; ".join(tree.dropped[:5]) or "none was proposed"
        raise UnreadableDocument(f"no criterion could be drafted from this text ({why})")
    content = _head(header, drafted_by) | _tables(tables) | {"criteria": _whole(criteria)}
    if exclusions:
        content["exclusions"] = exclusions
    not_covered = tuple(clean(one)[:480] for one in proposal.not_covered[:50] if clean(one))
    if not_covered:
        content["elsewhere"] = list(not_covered)
    warnings = source.warnings()
    if proposal.addressed_to_reader and not warnings:
        warnings = ["the model reports words in the text that give instructions to a reader"]
    doubts = tuple(f"{name}: {one}" for name, some in tables.doubts.items() for one in some)
    text = yaml.dump(content, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    warnings += tree.notes
    return Draft(read(text), text, tuple(tree.dropped), doubts, not_covered, tuple(warnings))


class _Plain(yaml.SafeDumper):
    """Writes everything out: a policy file may not use aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _head(header: Header, drafted_by: str) -> Json:
    systems: dict[str, list[str]] = {}
    for system, code in header.services:
        systems.setdefault(system, []).append(code)
    scope = {"payers": header.payers, "lines_of_business": header.lines_of_business}
    return {
        "id": header.id,
        "title": header.title,
        "kind": "payer",
        "version": f"{header.today}.1",
        "status": "draft",
        "effective": {"from": str(header.first)},
        "review_by": str(header.today + timedelta(days=180)),
        "drafted_by": drafted_by,
        "applies": {name: list(value) for name, value in scope.items() if value},
        "sources": [
            {
                "id": header.source,
                "title": header.title,
                "locator": "as quoted at each criterion",
                "verification": "read",
                "checked": str(header.today),
                "note": "Read by a program: every quote stands in the text word for word.",
            }
        ],
        "services": [{"system": system, "codes": codes} for system, codes in systems.items()],
    }


def _tables(tables: Tables) -> Json:
    named = {
        "parameters": tables.parameters,
        "value_sets": tables.value_sets,
        "therapies": tables.therapies,
        "concepts": tables.concepts,
    }
    return {name: table for name, table in named.items() if table}


def _whole(criteria: list[Json]) -> Json:
    return {"id": "all_criteria", "text": "All criteria of the policy are met", "all": criteria}


def _any(name: str, made: Json, below: list[Json]) -> Json:
    return {"id": f"{name}_any"[:60], "text": made["text"], "any": below}


def _slug(given: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9_]+", "_", given.lower()).strip("_")[:40]
    name = plain if re.match(r"[a-z]", plain) else f"c_{plain}".rstrip("_")
    used, count, told = {*taken, "all_criteria", "policy"}, 2, name
    while told in used:
        told, count = f"{name}_{count}", count + 1
    return told
