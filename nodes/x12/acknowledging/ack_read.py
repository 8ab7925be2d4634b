"""Read all acknowledgments of a document: TA1 segments, and 999 and 997 transaction sets."""

from dataclasses import dataclass

from nodes.x12.acknowledging.ack_error import Told
from nodes.x12.acknowledging.ack_group import KINDS, Reading, errors
from nodes.x12.acknowledging.ack_ours import Sent
from nodes.x12.acknowledging.ack_values import value
from nodes.x12.acknowledging.acknowledged import (
    RESULTS,
    Acknowledged,
    AcknowledgedGroup,
    AcknowledgedInterchange,
)
from nodes.x12.reading.envelope import Document
from nodes.x12.segments import Segment


def read_ta1(segment: Segment, interchange: int, sent: Sent) -> AcknowledgedInterchange:
    """Read a TA1."""
    code, note = value(segment, "result"), value(segment, "note")
    control = value(segment, "control")
    return AcknowledgedInterchange(
        interchange=interchange,
        control_number=control,
        date=value(segment, "date"),
        time=value(segment, "time"),
        outcome=RESULTS.get(code, "unknown"),
        code=code or None,
        errors=errors([Told("TA105", code=note)] if note not in {"", "000"} else [], sent, None),
        ours=sent.interchange(control),
    )


@dataclass(frozen=True, slots=True)
class Acknowledgments:
    """All that a document acknowledges."""

    interchanges: tuple[AcknowledgedInterchange, ...]
    groups: tuple[AcknowledgedGroup, ...]
    unread: tuple[str, ...]

    @property
    def ours(self) -> tuple[Acknowledged, ...]:
        """What concerns us, sets of our groups too; all of it where nothing is known of ours."""
        groups = [one for one in self.groups if one.ours is not False]
        return (
            *(one for one in self.interchanges if one.ours is not False),
            *groups,
            *(one for group in groups for one in group.sets),
        )


def read_acknowledgments(
    document: Document, sent: Sent, *, include_values: bool = False, most: int = 1000
) -> Acknowledgments:
    """Read every acknowledgment of a document, in order; other transaction sets are passed over."""
    interchanges, groups, unread = [], [], list[str]()
    for place_, interchange in enumerate(document.interchanges, start=1):
        interchanges += [read_ta1(one, place_, sent) for one in interchange.acknowledgments]
        for transaction in interchange.sets:
            if transaction.kind in KINDS:
                reading = Reading(transaction, place_, sent, include_values, most, unread)
                groups.append(reading.read())
            else:
                unread.append(f"ST (segment {transaction.segments[0].place})")
    return Acknowledgments(tuple(interchanges), tuple(groups), tuple(unread))
