"""One error of an acknowledgment: as it is told, then in our words and at our own segment."""

from dataclasses import dataclass, field, replace

from nodes.x12.acknowledging.ack_ours import OurSet, Sent
from nodes.x12.acknowledging.ack_words import UNKNOWN, advice, said
from nodes.x12.acknowledging.acknowledged import Context, OurPlace, ReportedError
from nodes.x12.finding import Standard
from nodes.x12.segments import IDENTIFIER


@dataclass(slots=True, eq=False)
class Told:
    """An error as received; ``above`` is the segment's of an element's."""

    standard: Standard
    segment_id: str | None = None
    segment: int | None = None
    loop: str | None = None
    code: str = ""
    element: int | None = None
    component: int | None = None
    repetition: int | None = None
    data_element: str | None = None
    value: str | None = None
    context: list[Context] = field(default_factory=list)
    above: "Told | None" = None

    def with_code(self, code: str) -> "Told":
        """The same place with a code, and a context of its own."""
        return replace(self, code=code, context=[])


def reported(told: Told, sent: Sent, mine: OurSet | None) -> ReportedError:
    """An error in our words, with all contexts told for its segment and itself."""
    words = said(told.standard, told.code)
    name = told.segment_id if told.segment_id and IDENTIFIER.match(told.segment_id) else None
    above = told.above.context if told.above else []
    return ReportedError(
        rule=f"acknowledged.{told.standard}",
        words=words or UNKNOWN,
        known=words is not None,
        mend=advice(told.standard, told.code).mend,
        standard=told.standard,
        code=told.code or None,
        loop=told.loop or None,
        segment=told.segment,
        segment_id=name,
        element=told.element,
        component=told.component,
        repetition=told.repetition,
        data_element=told.data_element,
        value=told.value,
        context=(*above, *told.context),
        ours=our_place(told, sent, mine),
    )


def our_place(told: Told, sent: Sent, mine: OurSet | None) -> OurPlace | None:
    """Where that is in what we sent."""
    if mine is None or told.segment is None:
        return None
    return sent.place(mine, (told.segment, told.element, told.component), told.segment_id)
