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
from nodes.x12.finding import Finding
from nodes.x12.guide import positions
from nodes.x12.reading.envelope import Document
from nodes.x12.segments import Segment

NONE = "000"
TAKEN = frozenset({"accepted", "accepted_with_errors", "partially_accepted"})
UNTOLD = "a result is missing"
UNKNOWN = "a result has a code that is not known here"
AT_ODDS = "the interchange is rejected, but a group of it is accepted"


def read_ta1(segment: Segment, interchange: int, sent: Sent) -> AcknowledgedInterchange:
    """Read a TA1."""
    code, note = value(segment, "result"), value(segment, "note")
    control = value(segment, "control")
    told = errors([Told("TA105", code=note)] if note not in {"", NONE} else [], sent, None)
    doubts = doubts_of_ta1(segment, interchange) if code == "A" and told else ()
    return AcknowledgedInterchange(
        interchange=interchange,
        control_number=control,
        date=value(segment, "date"),
        time=value(segment, "time"),
        outcome="unknown" if doubts else RESULTS.get(code, "unknown"),
        code=code or None,
        errors=told,
        doubts=doubts,
        ours=sent.interchange(control),
    )


def doubts_of_ta1(segment: Segment, interchange: int) -> tuple[Finding, ...]:
    """What speaks against a TA1 that accepts and notes an error all the same."""
    return (
        Finding(
            rule="acknowledgment.interchange-result",
            severity="warning",
            words="the interchange is accepted without errors, but one is told",
            interchange=interchange,
            line=segment.place,
            segment_id=segment.id,
            element=positions("TA1")["note"][0],
        ),
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

    @property
    def reasons(self) -> list[str]:
        """Why it is not clear what became of what is ours, each once; none where it is."""
        found = [one.words for each in self.ours for one in each.doubts]
        found += [UNTOLD for each in self.ours if each.outcome == "unknown" and not each.code]
        found += [UNKNOWN for each in self.ours if each.code and each.code not in RESULTS]
        return list(dict.fromkeys([*found, *([AT_ODDS] if self._at_odds() else [])]))

    def _at_odds(self) -> bool:
        """Whether a group is accepted of an interchange that is rejected."""
        alone = len(self.interchanges) == len(self.groups) == 1
        known = {True, None} if alone else {True}
        return any(
            one.outcome == "rejected" and one.ours in known for one in self.interchanges
        ) and any(group.outcome in TAKEN and group.ours in known for group in self.groups)


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
