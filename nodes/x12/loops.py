"""Where each segment of a transaction set stands: its loop and its use, from the guide's table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nodes.x12.guide import Guide, LoopUse, SegmentUse, dictionary
from nodes.x12.segments import Segment

HEADER = "HEADER"


class Placed(NamedTuple):
    """A segment, the loop it stands in, and its use there; none: the table has no such use."""

    segment: Segment
    loop: str
    use: SegmentUse | None


class Target(NamedTuple):
    """What a segment turns out to be, and the state after it."""

    loop: str
    use: SegmentUse | None
    state: "State"


class Move(NamedTuple):
    """How a segment of one name goes on from a state.

    ``groups`` are tried in turn: element, component, and the target by the code found there.
    Without a hit ``otherwise`` holds.
    """

    groups: tuple[tuple[int, int | None, dict[str, Target]], ...]
    otherwise: Target


@dataclass(slots=True, eq=False)
class Node:
    """A loop of the table, with its own place in the loop above."""

    loop: str
    above: "Node | None" = None
    place: int = 0
    content: "list[SegmentUse | Node]" = field(default_factory=list)
    states: "dict[int, State]" = field(default_factory=dict)

    @property
    def opener(self) -> SegmentUse:
        """The segment that begins the loop."""
        first = self.content[0]
        return first if isinstance(first, SegmentUse) else first.opener

    def state(self, place: int, names: frozenset[str]) -> "State":
        """The state behind the content at ``place``; one for good."""
        if place not in self.states:
            self.states[place] = State(self, place, names)
        return self.states[place]


@dataclass(slots=True, eq=False)
class State:
    """A place in the table: behind which use of which loop the reader stands."""

    node: Node
    place: int
    names: frozenset[str]
    moves: dict[str, Move] = field(default_factory=dict)

    def move(self, name: str) -> Move:
        """What may follow under this name; learnt once per name the table knows."""
        known = self.moves.get(name)
        if known is None:
            known = _move(self, name)
            if name in self.names:
                self.moves[name] = known
        return known


class _Start(NamedTuple):
    guide: Guide
    state: State


_starts: dict[int, _Start] = {}


def locate(guide: Guide, segments: Iterable[Segment]) -> list[Placed]:
    """Place every segment of a transaction set, ST and SE included.

    A segment goes to the nearest use after the one before it, in its loop or those around it;
    else to one it should have stood before (order is the validator's); an HL whose level is
    skipped to is still found by HL03. What the table does not know stays in the loop at hand
    with no use, save that an unknown opener (NM1 of another entity) closes the loop before it.
    """
    state, found = _start(guide), []
    for segment in segments:
        groups, target = state.move(segment.elements[0])
        for element, component, targets in groups:
            value = segment.part(element, component) if component else segment.get(element)
            if value in targets:
                target = targets[value]
                break
        state = target.state
        found.append(Placed(segment, target.loop, target.use))
    return found


def _start(guide: Guide) -> State:
    """The table as a tree; compiled once for each guide."""
    known = _starts.get(id(guide))
    if known is None or known.guide is not guide:
        names = frozenset({"ST", "SE", *(use.segment for _, use in guide.segments())})
        root = Node(HEADER)
        _grow(root, (_use("ST", "start"), *guide.content, _use("SE", "end")))
        known = _starts[id(guide)] = _Start(guide, root.state(0, names))
    return known.state


def _use(segment: str, name: str) -> SegmentUse:
    letters = "R" * len(dictionary().segments[segment].elements)
    return SegmentUse(segment=segment, name=name, usage="R", elements=letters)


def _grow(node: Node, content: tuple[SegmentUse | LoopUse, ...]) -> None:
    for place, item in enumerate(content):
        if isinstance(item, SegmentUse):
            node.content.append(item)
        else:
            below = Node(item.loop, node, place)
            node.content.append(below)
            _grow(below, item.content)


def _move(state: State, name: str) -> Move:
    """Fold the candidates, nearest first, into as few look-ups as keep their order."""
    groups: list[tuple[int, int | None, dict[str, Target]]] = []
    missed = Target(state.node.loop, None, state)
    for node, place, use in _candidates(state, name):
        target = Target(node.loop, use, node.state(place, state.names))
        if use.key is None or not isinstance(use.codes.get(use.key), dict | str):
            return Move(tuple(groups), target)
        element, component = _position(use.key)
        if not groups or groups[-1][:2] != (element, component):
            groups.append((element, component, {}))
        for code in _codes(use):
            groups[-1][2].setdefault(code, target)
    return Move(tuple(groups), _beside(state, name) or missed)


def _position(key: str) -> tuple[int, int | None]:
    element, _, component = key.partition("-")
    return int(element), int(component) if component else None


def _codes(use: SegmentUse) -> Iterable[str]:
    codes = use.codes[use.key or ""]
    return dictionary().lists.get(codes, {}) if isinstance(codes, str) else codes


def _candidates(state: State, name: str) -> Iterator[tuple[Node, int, SegmentUse]]:
    """Uses of a name: ahead in this loop and those around, then behind, then any HL at all.

    Nothing goes back over an HL: what follows it is its own.
    """
    for node, place in _around(state):
        yield from _within(node, place, name, ahead=True)
    for node, place in _around(state):
        yield from _within(node, place, name, ahead=False)
        if node.above is not None and node.opener.segment == "HL":
            break
    if name == "HL":
        yield from _openers(list(_around(state))[-1][0], name)


def _around(state: State) -> Iterator[tuple[Node, int]]:
    """This loop and those around it, each with the place reached in it."""
    node, place = state.node, state.place
    yield node, place
    while node.above is not None:
        node, place = node.above, node.place
        yield node, place


def _within(
    node: Node, reached: int, name: str, *, ahead: bool
) -> Iterator[tuple[Node, int, SegmentUse]]:
    """Uses directly in a loop, or opening a loop in it; its own opener begins another one."""
    for place, item in enumerate(node.content):
        if (place >= reached) is not ahead or (place == 0 and node.above is not None):
            continue
        if isinstance(item, Node):
            if item.opener.segment == name:
                yield item, 0, item.opener
        elif item.segment == name:
            yield node, place, item


def _openers(node: Node, name: str) -> Iterator[tuple[Node, int, SegmentUse]]:
    for item in node.content:
        if isinstance(item, Node):
            if item.opener.segment == name:
                yield item, 0, item.opener
            yield from _openers(item, name)


def _beside(state: State, name: str) -> Target | None:
    """Where an opener of no known code stands: the loop that would hold what it opens."""
    for node, place in _around(state):
        loops = [item for item in node.content if isinstance(item, Node)]
        if any(item.opener.segment == name for item in loops):
            return Target(node.loop, None, node.state(place, state.names))
    return None
