"""The document that was acknowledged: which set an acknowledgment means, and what stands where."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from nodes.errors import Complaint, UnreadableDocument
from nodes.x12.acknowledging.ack_received import (
    ReceivedGroup,
    ReceivedInterchange,
    ReceivedSet,
    received,
)
from nodes.x12.acknowledging.ack_unit import at
from nodes.x12.acknowledging.acknowledged import OurPlace
from nodes.x12.finding import Finding
from nodes.x12.guide import dictionary, guide_for, positions
from nodes.x12.loops import Placed, locate
from nodes.x12.segments import Segment, Separators

Place = tuple[int, int | None, int | None]
"""Segment, element and component, as told."""
NUMBER = re.compile(r"[0-9]{1,9}\Z")
SET_NUMBER = re.compile(r"[0-9A-Za-z]{4,9}\Z")


def alike(one: str, other: str) -> bool:
    """Whether two control numbers are the same; leading zeros and padding do not count."""
    return bare(one) == bare(other) and bool(one.strip() and other.strip())


def bare(number: str) -> str:
    """A control number without padding and leading zeros."""
    return number.strip().lstrip("0")


@dataclass(frozen=True, slots=True, eq=False)
class OurSet:
    """A transaction set we sent, closed or not, and what it was sent in."""

    sent: ReceivedSet
    group: ReceivedGroup
    separators: Separators

    @property
    def control(self) -> str:
        """ST02."""
        return self.sent.element(2).strip()

    def placed(self) -> list[Placed]:
        """Its segments with their loops, as far as there is a table for it."""
        rows = enumerate(self.sent.segments, start=1)
        segments = [Segment(place, one, self.separators) for place, one in rows]
        first = segments[1].get(2) if len(segments) > 1 else ""
        kind, named = self.sent.element(1), self.sent.element(3)
        guide = guide_for(kind, named or at(self.group.gs, 8), first)
        return locate(guide, segments) if guide else [Placed(one, "", None) for one in segments]


Index = dict[str | None, dict[str | None, list[OurSet]]]


@dataclass(slots=True)
class Sent:
    """What we sent, or the one number of it that is known.

    What we sent is read as tolerantly as can be, as it is mostly at fault where it is rejected:
    a place in a set is enough to point at a segment. A number of ours that is no sound one may
    be told otherwise, so nothing is held against it. ``findings`` say what is wrong with it.
    """

    number: str | None = None
    interchanges: list[ReceivedInterchange] | None = None
    findings: tuple[Finding, ...] = ()
    _index: Index | None = None
    _places: dict[int, list[Placed]] = field(default_factory=dict)

    def interchange(self, control: str) -> bool | None:
        """Whether a TA1 means an interchange of ours; none where that cannot be told."""
        return self._known(control, (at(one.isa, 13) for one in self.interchanges or ()))

    def group(self, control: str) -> bool | None:
        """Whether a 999 or 997 means a group of ours."""
        return self._known(control, (at(one.gs, 6) for one in self._groups()))

    def _known(self, control: str, numbers: Iterable[str]) -> bool | None:
        if self.number is not None and alike(control, self.number):
            return True
        if self.interchanges is None:
            return None if self.number is None else False
        ours = list(numbers)
        if any(alike(control, one) for one in ours):
            return True
        unsound = not ours or not all(NUMBER.match(one.strip()) for one in ours)
        return None if unsound and self.number is None else False

    def _groups(self) -> list[ReceivedGroup]:
        return [group for one in self.interchanges or () for group in one.groups]

    def find(self, group: str, control: str) -> OurSet | None:
        """The one set of that number in the group of that number.

        Where none has the number, it is the one whose own number is not sound.
        """
        if self._index is None:
            self._index = self._indexed()
        sets = self._index.get(bare(group)) or self._index.get(None) or {}
        found = sets.get(control.strip()) or sets.get(None) or []
        return found[0] if len(found) == 1 else None

    def _indexed(self) -> Index:
        """All sets by the numbers of their groups and their own; under none, those not sound."""
        index: Index = defaultdict(lambda: defaultdict(list))
        for interchange in self.interchanges or ():
            for group in interchange.groups:
                number = at(group.gs, 6).strip()
                for each in group.sets:
                    mine = OurSet(each, group, interchange.separators)
                    for one in keys(bare(number), sound=bool(NUMBER.match(number))):
                        sound = bool(SET_NUMBER.match(mine.control))
                        for other in keys(mine.control, sound=sound):
                            index[one][other].append(mine)
        return index

    def place(self, mine: OurSet, told: Place, segment_id: str | None) -> OurPlace | None:
        """What stands at a place; beside it, when just one neighbour has the name told."""
        placed = self._placed(mine)
        segment, element, component = told
        if not 1 <= segment <= len(placed):
            return None
        near = [at for at in (segment - 1, segment + 1) if 1 <= at <= len(placed)]
        beside = [at for at in near if placed[at - 1].segment.id == segment_id]
        exact = placed[segment - 1].segment.id == segment_id
        at = beside[0] if len(beside) == 1 and not exact else segment
        one = placed[at - 1]
        words = (one.use.words or one.use.name.replace("_", " ")) if one.use else None
        same = one.segment.id == segment_id
        return OurPlace(
            segment=at,
            segment_id=one.segment.id,
            loop=one.loop,
            words=words,
            element=named(one.segment.id, element, component) if same else None,
            exact=exact,
        )

    def _placed(self, mine: OurSet) -> list[Placed]:
        key = id(mine.sent)
        if key not in self._places:
            self._places[key] = mine.placed()
        return self._places[key]


def keys(number: str, *, sound: bool) -> tuple[str | None, ...]:
    """What a number is found by: itself, and where it is not sound, none too."""
    return (number,) if sound else (number, None)


def sent(number: str | None, edi: str | None) -> Sent:
    """What is known of what we sent; raises UnreadableDocument where that is no X12 at all."""
    if edi is None:
        return Sent(number)
    try:
        interchanges, findings = received(edi)
    except UnreadableDocument as error:
        told = [one.detail for one in error.complaints] or [str(error)]
        raise UnreadableDocument(
            "what was sent cannot be read", [Complaint("/request_edi", one) for one in told]
        ) from error
    return Sent(number, interchanges, findings)


def named(segment: str, element: int | None, component: int | None) -> str | None:
    """Our name of an element, or of a component of it."""
    place = (element, component)
    names = positions(segment) if segment in dictionary().segments else {}
    found = next((name for name, at in names.items() if at == place), None)
    found = found or next((name for name, at in names.items() if at[0] == element), None)
    if found and component is None:
        found = found.partition(".")[0]
    return found.replace("_", " ").replace(".", ": ") if found else None
