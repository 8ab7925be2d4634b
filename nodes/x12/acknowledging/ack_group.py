"""Read one 999 or 997: what became of a group and its sets, tolerantly."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, cast

from nodes.x12.acknowledging.ack_error import Told, reported
from nodes.x12.acknowledging.ack_ours import OurSet, Sent
from nodes.x12.acknowledging.ack_values import codes, number, place, value
from nodes.x12.acknowledging.acknowledged import (
    RESULTS,
    AcknowledgedGroup,
    AcknowledgedSet,
    Context,
    ReportedError,
)
from nodes.x12.finding import Finding, Standard
from nodes.x12.guide import positions
from nodes.x12.loops import Placed
from nodes.x12.reading.envelope import TransactionSet
from nodes.x12.segments import Segment
from nodes.x12.validating.rules_999 import doubts

KINDS = ("999", "997")
TRIGGER = "SITUATIONAL TRIGGER"
IMPERSONAL = frozenset({TRIGGER, "TRN02", "CLM01", "ENT01"})
CONTAINERS: dict[Standard, frozenset[str]] = {
    "IK304": frozenset({"8"}),
    "IK502": frozenset({"5", "I5"}),
}


@dataclass(slots=True)
class Reading:
    """One 999 or 997 while it is read."""

    transaction: TransactionSet
    interchange: int
    sent: Sent
    include_values: bool
    most: int
    unread: list[str]
    group: Segment | None = None
    result: Segment | None = None
    sets: list[AcknowledgedSet] = field(default_factory=list)
    open: Segment | None = None
    told: list[Told] = field(default_factory=list)
    segment: Told | None = None

    def read(self) -> AcknowledgedGroup:
        """Read all of it; what has no AK1 is a group of no number."""
        steps: dict[str, Callable[[Segment], None]] = {
            "AK1": self.begin,
            "AK2": self.begin_set,
            "AK3": self.segment_error,
            "IK3": self.segment_error,
            "AK4": self.element_error,
            "IK4": self.element_error,
            "CTX": self.context,
            "AK5": self.end_set,
            "IK5": self.end_set,
            "AK9": self.end,
        }
        for segment in self.transaction.segments[1:]:
            if segment.id != "SE":
                steps.get(segment.id, self.leave)(segment)
        self.close(None)
        return self.finished()

    def leave(self, segment: Segment) -> None:
        """Keep in mind what is not understood."""
        self.unread.append(f"{segment.id} (segment {self.transaction.place(segment)})")

    def begin(self, segment: Segment) -> None:
        """AK1."""
        if self.group is not None:
            self.leave(segment)
        self.group = self.group or segment

    def begin_set(self, segment: Segment) -> None:
        """AK2."""
        self.close(None)
        self.open = segment

    def segment_error(self, segment: Segment) -> None:
        """AK3 or IK3."""
        if self.open is None:
            self.leave(segment)
            return
        at = Told("IK304", segment.get(1), place(value(segment, "place")), value(segment, "loop"))
        general_last = sorted(codes(segment), key=CONTAINERS["IK304"].__contains__)
        self.told += [at.with_code(code) for code in general_last or [""]]
        self.segment = self.told[-1]

    def element_error(self, segment: Segment) -> None:
        """AK4 or IK4; the segment it stands in told that it has wrong elements."""
        if self.segment is None:
            self.leave(segment)
            return
        about = self.segment if self.segment.standard == "IK304" else self.segment.above
        wrong = Told(
            "IK403",
            self.segment.segment_id,
            self.segment.segment,
            self.segment.loop,
            code=value(segment, "error"),
            element=place(value(segment, "place.element")),
            component=place(value(segment, "place.component")),
            repetition=place(value(segment, "place.repetition")),
            data_element=value(segment, "reference") or None,
            value=(value(segment, "copy") or None) if self.include_values else None,
            above=about,
        )
        self.told.append(wrong)
        self.segment = wrong

    def context(self, segment: Segment) -> None:
        """CTX, of the element told last, or of the segment."""
        if self.segment is None:
            self.leave(segment)
            return
        mark = segment.separators.repetition
        names = segment.get(positions("CTX")["context.name"][0])
        for one in names.split(mark) if mark else [names]:
            name, _, reference = one.partition(segment.separators.component)
            shown = self.include_values or name in IMPERSONAL
            self.segment.context.append(
                Context(
                    trigger=name == TRIGGER,
                    name=name,
                    reference=(reference or None) if shown else None,
                    segment_id=value(segment, "segment") or None,
                    segment=place(value(segment, "place")),
                    loop=value(segment, "loop") or None,
                    element=place(value(segment, "element.element")),
                    component=place(value(segment, "element.component")),
                    repetition=place(value(segment, "element.repetition")),
                )
            )

    def end_set(self, segment: Segment) -> None:
        """AK5 or IK5."""
        if self.open is None:
            self.leave(segment)
        else:
            self.close(segment)

    def end(self, segment: Segment) -> None:
        """AK9."""
        self.close(None)
        if self.result is not None:
            self.leave(segment)
        self.result = self.result or segment

    def close(self, result: Segment | None) -> None:
        """Put the open transaction set away; without its IK5 its outcome is unknown."""
        if self.open is None:
            return
        code = value(result, "result") if result else ""
        own = [Told("IK502", code=one) for one in codes(result)] if result else []
        group = value(self.group, "control") if self.group else ""
        mine = self.sent.find(group, value(self.open, "control"))
        own_errors = kept([*self.told, *own])
        self.sets.append(
            AcknowledgedSet(
                transaction=value(self.open, "transaction"),
                control_number=value(self.open, "control"),
                guide=value(self.open, "guide") or None,
                outcome=RESULTS.get(code, "unknown"),
                code=code or None,
                errors=errors(own_errors[: self.most], self.sent, mine),
                errors_left_out=max(len(own_errors) - self.most, 0),
            )
        )
        self.open, self.segment, self.told = None, None, []

    def finished(self) -> AcknowledgedGroup:
        """The group as it was acknowledged."""
        first, last = self.group, self.result
        code = value(last, "result") if last else ""
        control = value(first, "control") if first else ""
        doubts = self.doubts()
        return AcknowledgedGroup(
            kind=cast(Literal["999", "997"], self.transaction.kind),
            acknowledgment=self.transaction.control,
            interchange=self.interchange,
            function=value(first, "kind") if first else "",
            control_number=control,
            guide=(value(first, "guide") or None) if first else None,
            outcome="unknown" if doubts else RESULTS.get(code, "unknown"),
            code=code or None,
            sets_included=number(value(last, "sets")) if last else None,
            sets_received=number(value(last, "received")) if last else None,
            sets_accepted=number(value(last, "accepted")) if last else None,
            errors=errors(
                [Told("AK905", code=one) for one in codes(last)] if last else [], self.sent, None
            ),
            doubts=doubts,
            sets=tuple(self.sets),
            ours=self.sent.group(control),
        )

    def doubts(self) -> tuple[Finding, ...]:
        """What speaks against an AK9 that accepts."""
        found = doubts([Placed(one, "", None) for one in self.transaction.segments])
        return tuple(one.model_copy(update={"interchange": self.interchange}) for one in found)


def kept(told: list[Told]) -> list[Told]:
    """What is told; "has wrong elements" and "has wrong segments" only where none is named."""
    named = {id(one.above) for one in told if one.above is not None}
    segments = any(one.standard != "IK502" for one in told)
    return [
        one
        for one in told
        if one.code not in CONTAINERS.get(one.standard, ())
        or (one.standard == "IK304" and id(one) not in named)
        or (one.standard == "IK502" and not segments)
    ]


def errors(told: list[Told], sent: Sent, mine: OurSet | None) -> tuple[ReportedError, ...]:
    """Errors in our words."""
    return tuple(reported(one, sent, mine) for one in told)
