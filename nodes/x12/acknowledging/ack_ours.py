"""The document that was acknowledged: which set an acknowledgment means, and what stands where."""

from dataclasses import dataclass, field

from nodes.x12.acknowledging.acknowledged import OurPlace
from nodes.x12.guide import dictionary, guide_for, positions
from nodes.x12.loops import Placed, locate
from nodes.x12.reading.envelope import Document, Interchange, TransactionSet

Place = tuple[int, int | None, int | None]
"""Segment, element and component, as told."""


def alike(one: str, other: str) -> bool:
    """Whether two control numbers are the same; leading zeros and padding do not count."""
    left, right = one.strip().lstrip("0"), other.strip().lstrip("0")
    return left == right and bool(one.strip() and other.strip())


@dataclass(slots=True)
class Sent:
    """What we sent, or the one number of it that is known."""

    number: str | None = None
    document: Document | None = None
    placed: dict[int, list[Placed]] = field(default_factory=dict)

    def interchange(self, control: str) -> bool | None:
        """Whether a TA1 means an interchange of ours; none where nothing is known of it."""
        return self._known(control, [one.header.get(13) for one in self._interchanges()])

    def group(self, control: str) -> bool | None:
        """Whether a 999 or 997 means a group of ours."""
        return self._known(control, [one.group.get(6) for one in self._sets()])

    def _known(self, control: str, numbers: list[str]) -> bool | None:
        if self.number is not None and alike(control, self.number):
            return True
        if self.number is None and self.document is None:
            return None
        return any(alike(control, number) for number in numbers)

    def _interchanges(self) -> tuple[Interchange, ...]:
        return self.document.interchanges if self.document else ()

    def _sets(self) -> list[TransactionSet]:
        return self.document.sets if self.document else []

    def find(self, group: str, control: str) -> TransactionSet | None:
        """The one set of that number in the group of that number."""
        found = [
            one
            for one in self._sets()
            if alike(one.group.get(6), group) and one.control.strip() == control.strip()
        ]
        return found[0] if len(found) == 1 else None

    def place(self, mine: TransactionSet, told: Place, segment_id: str | None) -> OurPlace | None:
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

    def _placed(self, mine: TransactionSet) -> list[Placed]:
        key = id(mine)
        if key not in self.placed:
            first = mine.segments[1].get(2) if len(mine.segments) > 1 else ""
            guide = guide_for(mine.kind, mine.guide, first)
            self.placed[key] = (
                locate(guide, mine.segments)
                if guide
                else [Placed(one, "", None) for one in mine.segments]
            )
        return self.placed[key]


def named(segment: str, element: int | None, component: int | None) -> str | None:
    """Our name of an element, or of a component of it."""
    place = (element, component)
    names = positions(segment) if segment in dictionary().segments else {}
    found = next((name for name, at in names.items() if at == place), None)
    found = found or next((name for name, at in names.items() if at[0] == element), None)
    if found and component is None:
        found = found.partition(".")[0]
    return found.replace("_", " ").replace(".", ": ") if found else None
