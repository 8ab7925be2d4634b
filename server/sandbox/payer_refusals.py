"""What the sandbox payer does not take: it is answered with a 999 or a TA1."""

from nodes.build_acknowledgment import BuildAcknowledgmentRequest, build_acknowledgment
from nodes.errors import UnreadableDocument
from nodes.x12.finding import Finding
from nodes.x12.numbers import control_number
from nodes.x12.reading.envelope import Document
from nodes.x12.reviewing.read_278 import Reading, read_reviews
from nodes.x12.validating.validate import validate
from server.sandbox.payer_lines import received, trace_of

GUIDES = ("005010X217", "005010X215")


def faults(text: str) -> tuple[Finding, ...]:
    """What makes an interchange one this payer does not take; nothing: it is in order."""
    return tuple(one for one in validate(text, strict=False).findings if one.severity == "error")


def asked(document: Document) -> Reading:
    """The one request or inquiry of a document."""
    sets = document.sets
    if [item.kind for item in sets] != ["278"] or not sets[0].guide.startswith(GUIDES):
        raise UnreadableDocument("this payer takes one 278 request or inquiry at a time")
    readings = read_reviews(sets[0])
    if len(readings) != 1 or readings[0].direction != "request" or readings[0].event is None:
        raise UnreadableDocument("this payer takes one request or inquiry at a time")
    if not trace_of(readings[0]):
        raise UnreadableDocument("there is no trace number")
    return readings[0]


def not_ours(words: str) -> tuple[Finding, ...]:
    """A finding about the first set: well made, but nothing this payer answers."""
    return (
        Finding(
            rule="payer.not-ours",
            words=words,
            interchange=1,
            group=1,
            transaction=1,
            standard="IK502",
            code="1",
        ),
    )


def refusal(text: str, document: Document, found: tuple[Finding, ...]) -> str | None:
    """The 999, the TA1, or both; none: acknowledgments are not acknowledged."""
    header = document.interchanges[0].header
    answer = build_acknowledgment(
        BuildAcknowledgmentRequest(
            edi=text,
            findings=found,
            control_number=control_number("999" + header.get(13)),
            created_at=received(header),
        )
    )
    edis = [one.edi for one in answer.acknowledgments]
    return "".join(edis) or None
