"""Reading one level of a 278: its segments into an item, parties and rejections."""

from dataclasses import dataclass, field

from nodes.decision import Rejection
from nodes.x12.codes import codes, element_of
from nodes.x12.guide import Guide, dictionary
from nodes.x12.loops import Placed, locate
from nodes.x12.named import BEYOND, Values, named
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.reading.hierarchy import Level
from nodes.x12.reviewing import (
    read_care,
    read_conditions,
    read_dates,
    read_decided,
    read_item,
    read_party,
    read_service,
)
from nodes.x12.reviewing.read_item import Item
from nodes.x12.reviewing.read_rest import Check, checks, detail, strange, unread
from nodes.x12.reviewing.review import Detail, Party, UnknownCode, Unread
from nodes.x12.segments import Segment
from nodes.x12.values import YES

ITEMS = {"EV", "SS"}
ASKED = {"2010FA": "2010F", "2010EC": "2010EB"}
PARTIES = ("NM1", "N3", "N4", "PER", "PRV", "DMG", "INS")
REQUESTS: dict[str, read_item.Step] = {
    **read_decided.STEPS,
    **read_dates.STEPS,
    **read_conditions.STEPS,
    **read_service.STEPS,
    **read_care.STEPS,
}
ANSWERS = REQUESTS | {"PWK": read_care.asked}


@dataclass(slots=True)
class Part:
    """What one level says; ``item`` is there for an event or a service."""

    item: Item | None = None
    parties: list[Party] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)


class LevelReader:
    """Reads the levels of one transaction set by its guide table."""

    def __init__(self, transaction: TransactionSet, guide: Guide, *, response: bool) -> None:
        """Place every segment once."""
        placed = locate(guide, transaction.segments)
        self.placed: dict[int, Placed] = {one.segment.place: one for one in placed}
        self.checks: dict[int, tuple[Check, ...]] = checks(guide.id)
        self.start = transaction.segments[0].place - 1
        self.steps = ANSWERS if response else REQUESTS

    def read(self, level: Level, service: int | None = None) -> Part:
        """Read one level's segments, in order; ``service`` is its place among the services."""
        part = Part(Item(service) if level.code in ITEMS else None)
        people: list[read_party.Fields] = []
        opener = self.placed[level.hl.place]
        if opener.use is None:
            self.leave(opener, {}, part, known=True)
        for segment in level.segments:
            placed = self.placed[segment.place]
            said = named(segment)
            checks = self.checks.get(id(placed.use))
            if checks is not None:
                part.unknown += strange(placed, said, checks, segment.place - self.start)
            if segment.elements[0] == "NM1":
                people.append(read_party.begin(said, placed.loop, service))
                known = True
            elif segment.elements[0] == "AAA":
                known = self.reject(segment, behind(placed.loop, people), said, part, service)
            else:
                known = self.step(placed, said, part.item, people)
            if said or not known:
                self.leave(placed, said, part, known=known)
        part.parties = [read_party.finish(fields) for fields in people]
        if part.item is not None:
            read_care.complete(part.item)
        return part

    def step(
        self, placed: Placed, said: Values, item: Item | None, people: list[read_party.Fields]
    ) -> bool:
        """Read one segment; what stays in ``said`` was not understood."""
        segment, loop, use = placed
        name = segment.elements[0]
        if people and (use is None or loop.startswith("2010")):
            party = read_party.STEPS.get(name)
            if party is not None:
                return party(segment, said, people[-1])
        known = self.steps.get(name)
        if known is None or item is None:
            return use is not None
        return known(segment, said, item)

    def place(self, segment: Segment) -> int:
        """Where a segment stands in the transaction set; ST is 1."""
        return segment.place - self.start

    def reject(
        self, segment: Segment, loop: str, said: Values, part: Part, service: int | None
    ) -> bool:
        """AAA: the request, or this part of it, could not be processed."""
        lists, _ = codes()
        code, then = said.pop("reason", ""), said.pop("follow_up", None)
        valid = YES.get(said.get("valid", ""))
        if valid is not None:
            del said["valid"]
        known = lists.rejections.get(code)
        part.rejections.append(
            Rejection(
                loop=loop,
                code=code,
                words=known.words if known else None,
                follow_up=then,
                follow_up_words=dictionary().lists["follow_up"].get(then or ""),
                segment=self.place(segment),
                valid=valid,
                service=service,
                then=known.then if known else None,
                correct=tuple(pointed(loop, name) for name in known.correct) if known else (),
            )
        )
        if part.item is not None and part.item.own is None:
            part.item.own = "rejected"
        return bool(code)

    def leave(self, placed: Placed, said: Values, part: Part, *, known: bool) -> None:
        """Keep account of a segment that was not understood wholly."""
        segment, loop, use = placed
        place = self.place(segment)
        if use is None:
            why = "the guide table has no such segment there"
        elif BEYOND in said:
            why = "it has more values than the standard gives it"
        elif not known:
            why = "a value of it cannot be read"
        else:
            part.details.append(detail(segment, loop, use, place))
            return
        part.unread.append(unread(segment, loop, place, why))


def behind(loop: str, people: list[read_party.Fields]) -> str:
    """The loop of an AAA: behind a party that has no place for one, the party's own."""
    if not people or not loop.startswith("2000"):
        return loop
    return str(people[-1]["loop"]).replace("2000", "2010")


def pointed(loop: str, name: str) -> str:
    """Where a value stands in the request: a person's or provider's in the loop of its name."""
    segment = name.partition(".")[0]
    if segment in PARTIES and loop in {"2000A", "2000B", "2000C", "2000D"}:
        loop = loop.replace("2000", "2010")
    return f"{ASKED.get(loop, loop)}-{element_of(name)}"
