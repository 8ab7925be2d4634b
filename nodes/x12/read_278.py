"""Reading a 278 transaction set (005010X217), request or response, event by event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nodes.decision import Decision, Outcome, Rejection
from nodes.errors import UnreadableDocument
from nodes.x12 import read_item, read_party
from nodes.x12.codes import codes
from nodes.x12.envelope import TransactionSet
from nodes.x12.hierarchy import Level, hierarchy
from nodes.x12.read_item import Item
from nodes.x12.review import Party
from nodes.x12.segments import IDENTIFIER, Segment

Direction = Literal["request", "response"]
LOOPS = {"20": "2000A", "21": "2000B", "22": "2000C", "23": "2000D", "EV": "2000E", "SS": "2000F"}
TRANSPORT = {"45", "FS", "ND", "PW", "R3"}
PURPOSES: dict[str, Direction] = {
    "01": "request",
    "13": "request",
    "36": "request",
    "11": "response",
}


@dataclass(slots=True)
class Reading:
    """What one event and the levels around it say; ``event`` is none where no 2000E came."""

    transaction: TransactionSet
    direction: Direction
    reference: str | None
    event: Item | None = None
    services: list[Item] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    people: list[read_party.Fields] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def level(self, level: Level) -> None:
        """Read one level's segments, in order."""
        base = LOOPS.get(level.code, "")
        item = self.item(level.code)
        loop, inside = base or "unknown level", False
        for segment in level.segments:
            if segment.id == "NM1" and base:
                loop, inside = self.party_loop(base, segment.get(1)), True
                self.people.append(read_party.begin(segment, loop))
            elif not self.step(segment, loop, item, inside=inside):
                self.leave(segment, loop)

    def item(self, code: str) -> Item | None:
        """Open what an EV or SS level is about."""
        if code == "EV":
            self.event = Item()
            return self.event
        if code == "SS":
            self.services.append(Item())
            return self.services[-1]
        return None

    def party_loop(self, base: str, entity: str) -> str:
        """The name of the loop an NM1 opens."""
        if base == "2000E":
            return "2010EB" if entity in TRANSPORT | {"L5"} else "2010EA"
        if base == "2000F":
            answer = "2010FB" if entity == "L5" else "2010FA"
            return answer if self.direction == "response" else "2010F"
        return base.replace("2000", "2010")

    def step(self, segment: Segment, loop: str, item: Item | None, *, inside: bool) -> bool:
        """Read one segment; false: it was not understood, wholly."""
        if segment.id == "AAA":
            return self.reject(segment, loop, item)
        party = read_party.STEPS.get(segment.id)
        if inside and party:
            return party(segment, self.people[-1])
        known = read_item.STEPS.get(segment.id)
        return known(segment, item) if known and item else False

    def reject(self, segment: Segment, loop: str, item: Item | None) -> bool:
        """AAA: the request, or this part of it, could not be processed."""
        lists, _ = codes()
        code, then = segment.get(3), segment.get(4)
        self.rejections.append(
            Rejection(
                loop=loop,
                code=code,
                words=lists.rejections.get(code),
                follow_up=then or None,
                follow_up_words=lists.follow_ups.get(then),
                segment=self.transaction.place(segment),
            )
        )
        if item and item.own is None:
            item.own = "rejected"
        return bool(code)

    def leave(self, segment: Segment, loop: str) -> None:
        """Keep account of a segment that was not understood."""
        name = segment.id if IDENTIFIER.match(segment.id) else "?"
        self.unread.append(f"{loop or 'head'} {name} {self.transaction.place(segment)}")

    @property
    def parties(self) -> tuple[Party, ...]:
        """Everyone named."""
        return tuple(read_party.finish(fields) for fields in self.people)

    @property
    def decided(self) -> tuple[Decision, ...]:
        """The services' decisions."""
        return tuple(item.decision(self.event) for item in self.services)

    @property
    def outcome(self) -> Outcome:
        """Over all: the services' outcomes where one has its own, else the event's."""
        if any(item.own for item in self.services):
            return overall([decision.outcome for decision in self.decided])
        if self.event and self.event.own:
            return self.event.own
        return "rejected" if self.rejections else "unknown"

    @property
    def decision(self) -> Decision | None:
        """The decision that gives the outcome: a service's own before the event's."""
        own = [item.decision(self.event) for item in self.services if item.own]
        event = [self.event.decision()] if self.event and self.event.own else []
        outcome = self.outcome
        fitting = [item for item in (*own, *event) if item.outcome == outcome]
        return next(iter(fitting or event or own), None)

    @property
    def traces(self) -> set[str]:
        """Every trace number said, and BHT03, which an answer copies from its request."""
        items = [*self.services, *([self.event] if self.event else [])]
        return {trace for item in items for trace in item.traces} | {self.reference or ""}


def overall(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome for several services.

    All alike: that. Else the first that holds: anything unknown is unknown; anything pended is
    pended (no final answer yet); anything the payer wants a call about is contact_payer; only
    yes in various degrees is modified; some yes is partially_certified; then denied, rejected,
    cancelled.
    """
    said = set(outcomes)
    if len(said) == 1:
        return outcomes[0]
    first: tuple[Outcome, ...] = ("unknown", "pended", "contact_payer")
    for outcome in first:
        if outcome in said:
            return outcome
    if said & {"certified", "modified", "partially_certified"}:
        whole = said <= {"certified", "modified", "no_action_required"}
        degrees: Outcome = "modified" if "modified" in said else "certified"
        return degrees if whole else "partially_certified"
    last: tuple[Outcome, ...] = ("denied", "rejected", "cancelled")
    return next((outcome for outcome in last if outcome in said), "unknown")


def read_reviews(transaction: TransactionSet) -> list[Reading]:
    """Read a transaction set into one reading per patient event, or per branch without one."""
    tree = hierarchy(transaction)
    bht = next((segment for segment in tree.head if segment.id == "BHT"), None)
    direction = PURPOSES.get(bht.get(2)) if bht else None
    if bht is None or direction is None:
        raise UnreadableDocument("BHT02 of the 278 says neither request nor response")
    readings = []
    for levels in branches(tree.levels):
        reading = Reading(transaction, direction, bht.get(3) or None)
        for segment in tree.head:
            if segment is not bht:
                reading.leave(segment, "")
        for level in levels:
            reading.level(level)
        readings.append(reading)
    return readings


def branches(levels: Sequence[Level]) -> Iterator[list[Level]]:
    """The levels that belong together: an event with all above and below it, or a bare branch."""
    ends = [level for level in levels if level.code == "EV"]
    covered = {id(level) for end in ends for level in (*above(end), *below(end))}
    ends += [level for level in levels if id(level) not in covered and not level.children]
    for end in ends:
        yield [*above(end), *below(end)]
    if not levels:
        raise UnreadableDocument("the 278 has no hierarchical level")


def above(level: Level) -> list[Level]:
    """The levels over this one, the outermost first."""
    found: list[Level] = []
    while level.parent is not None:
        level = level.parent
        found.insert(0, level)
    return found


def below(level: Level) -> list[Level]:
    """This level and all under it, in reading order."""
    found, waiting = [], [level]
    while waiting:
        current = waiting.pop(0)
        found.append(current)
        waiting[:0] = current.children
    return found
