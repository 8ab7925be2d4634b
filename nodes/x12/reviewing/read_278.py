"""Reading a 278 transaction set, request or response, inquiry or not, event by event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from nodes.decision import Decision, Document, Outcome, Rejection
from nodes.errors import UnreadableDocument
from nodes.x12.guide import Guide, guide_for
from nodes.x12.named import named
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.reading.hierarchy import Level, hierarchy
from nodes.x12.reviewing.outcome import overall, under
from nodes.x12.reviewing.read_item import Item
from nodes.x12.reviewing.read_level import LevelReader, Part
from nodes.x12.reviewing.read_rest import unread
from nodes.x12.reviewing.review import Detail, Party, UnknownCode, Unread
from nodes.x12.segments import Segment
from nodes.x12.values import day

Direction = Literal["request", "response"]
Kind = Literal["review", "inquiry"]
GUIDES = ("005010X217", "005010X215", "004010X094")
PURPOSES: dict[str, tuple[Kind, Direction]] = {
    "01": ("review", "request"),
    "13": ("review", "request"),
    "36": ("review", "request"),
    "11": ("review", "response"),
    "28": ("inquiry", "request"),
    "51": ("inquiry", "request"),
    "49": ("inquiry", "response"),
    "52": ("inquiry", "response"),
}
PEOPLE = {"20", "21", "22", "23"}
ROOM = 10_000


@dataclass
class Reading:
    """What one event and the levels around it say; ``event`` is none where no 2000E came."""

    transaction: TransactionSet
    guide: Guide
    kind: Kind
    direction: Direction
    purpose: str
    reference: str | None
    written: str = ""
    event: Item | None = None
    services: list[Item] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)

    def add(self, level: Level, part: Part) -> None:
        """Take in what a level says."""
        if level.code == "EV":
            self.event = part.item
        elif part.item is not None:
            self.services.append(part.item)
        self.parties += part.parties
        self.rejections += part.rejections
        self.details += part.details
        self.unread += part.unread
        self.unknown += part.unknown

    @cached_property
    def decided(self) -> tuple[Decision, ...]:
        """The services' decisions."""
        return tuple(item.decision(self.event) for item in self.services)

    @cached_property
    def decided_event(self) -> Decision | None:
        """The event's decision."""
        return self.event.decision() if self.event else None

    @cached_property
    def outcome(self) -> Outcome:
        """Over all: the services' outcomes where one has its own, under the event's; else that."""
        event = self.event.own if self.event else None
        own = [item.own for item in self.services if item.own]
        if own and event == "partially_certified":
            return under(event, overall(own))
        if own:
            return under(event, overall([item.outcome(self.event) for item in self.services]))
        return event or ("rejected" if self.rejections else "unknown")

    @cached_property
    def decision(self) -> Decision | None:
        """The decision that gives the outcome: a service's own before the event's."""
        pairs = zip(self.decided, self.services, strict=True)
        own = [decided for decided, item in pairs if item.own]
        said = self.decided_event if self.event and self.event.own else None
        event = [said] if said else []
        outcome = self.outcome
        fitting = [item for item in (*own, *event) if item.outcome == outcome]
        return next(iter(fitting or event or own), None)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents asked for, the event's first."""
        items = [*([self.event] if self.event else []), *self.services]
        return tuple(one for item in items for one in item.asked)

    def traces(self, *kinds: str) -> frozenset[str]:
        """The trace numbers said by the event and its services; only those of these kinds."""
        items = [*self.services, *([self.event] if self.event else [])]
        said = [one for item in items for one in item.stated_traces]
        return frozenset(one.number for one in said if not kinds or (one.kind or "") in kinds)


def read_reviews(transaction: TransactionSet, *, lenient: bool = False) -> list[Reading]:
    """Read a transaction set into one reading per patient event, or per branch without one.

    005010X217 and X215 are read by their own tables; 004010X094 by that of X217, as far as the
    shapes agree. ``lenient`` gives an empty reading for a set without any level.
    """
    tree = hierarchy(transaction)
    bht = next((segment for segment in tree.head if segment.id == "BHT"), None)
    said = named(bht) if bht else {}
    purpose = said.get("purpose", "")
    if purpose not in PURPOSES:
        raise UnreadableDocument("BHT02 of the 278 says neither request nor response")
    kind, direction = PURPOSES[purpose]
    guide = table(transaction.guide, purpose)
    reader = LevelReader(transaction, guide, response=direction == "response")
    head = [segment for segment in tree.head if segment is not bht]
    written = moment(said.get("date", ""), said.get("time", ""))
    readings = []
    for branch in branches(tree.levels, lenient=lenient):
        reading = Reading(
            transaction, guide, kind, direction, purpose, said.get("reference") or None, written
        )
        reading.unread += [before(segment, reader) for segment in head]
        for level, part in parts(branch, reader):
            reading.add(level, part)
        readings.append(reading)
    return readings


def table(guide: str, purpose: str) -> Guide:
    """The guide table a set is read by."""
    shape = "005010X217" if guide.startswith("004010X094") else guide
    found = guide_for("278", shape, purpose) if guide.startswith(GUIDES) else None
    if found is None:
        raise UnreadableDocument("the 278 follows another guide than those read here")
    return found


def moment(date: str, time: str) -> str:
    """When a set was written (BHT04, BHT05), to be put in order; empty where it is no date."""
    clock = time if time.isascii() and time.isdigit() and len(time) in {4, 6, 8} else ""
    return f"{date}{clock:0<8}" if day(date) else ""


def before(segment: Segment, reader: LevelReader) -> Unread:
    """A segment between ST and the first level that is no BHT."""
    why = "the guide table has no such segment there"
    return unread(segment, None, reader.place(segment), why)


def parts(branch: "Branch", reader: LevelReader) -> Iterator[tuple[Level, Part]]:
    """Each level of a branch with what it says; the levels above are read once for all."""
    for level in branch.above:
        known = branch.read.get(id(level))
        if known is None:
            known = branch.read[id(level)] = reader.read(level)
        yield level, known
    services = 0
    for level in branch.below:
        services += level.code == "SS"
        yield level, reader.read(level, services if level.code == "SS" else None)


@dataclass(slots=True)
class Branch:
    """The levels that belong together: those of an event, and all above it."""

    above: list[Level]
    below: list[Level]
    read: dict[int, Part]


def branches(levels: Sequence[Level], *, lenient: bool) -> Iterator[Branch]:
    """One branch for each event, then one for each patient, requester or payer without any.

    Levels above many events are repeated with each; beyond a few times the size of the set
    that is no document of any guide, and refused.
    """
    if not levels and not lenient:
        raise UnreadableDocument("the 278 has no hierarchical level")
    found = [Branch(above(end), below(end), {}) for end in ends(levels)]
    size = sum(len(level.segments) + 1 for level in levels)
    repeated = sum(len(level.segments) + 1 for branch in found for level in branch.above)
    if repeated > 3 * size + ROOM:
        raise UnreadableDocument("the levels above the events are too large to repeat with each")
    shared: dict[int, Part] = {}
    for branch in found:
        branch.read = shared
        yield branch
    if not found:
        yield Branch([], [], shared)


def ends(levels: Sequence[Level]) -> list[Level]:
    """The levels a review is about."""
    events = [level for level in levels if level.code == "EV"]
    covered = {id(level) for event in events for level in (*above(event), *below(event))}
    rest: dict[int, Level] = {}
    for level in levels:
        if id(level) not in covered and not level.children:
            top = level
            while top.code not in PEOPLE and top.parent is not None:
                top = top.parent
            rest[id(top)] = top
    return events + list(rest.values())


def above(level: Level) -> list[Level]:
    """The levels over this one, the outermost first."""
    found: list[Level] = []
    while level.parent is not None:
        level = level.parent
        found.insert(0, level)
    return found


def below(level: Level) -> list[Level]:
    """This level and all under it, in reading order; events are under events only."""
    found, waiting = [], [level]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += [
            child
            for child in reversed(current.children)
            if child.code != "EV" or level.code == "EV"
        ]
    return found
