"""Reading what is said of an event or a service itself: TRN, UM, HCR, REF and MSG."""

from nodes.x12.codes import codes
from nodes.x12.named import Values, repeated
from nodes.x12.reviewing.read_item import Item, Step
from nodes.x12.reviewing.review import Number, ReviewCodes, Trace
from nodes.x12.segments import Segment
from nodes.x12.values import YES

CAUSES = ("cause.cause1", "cause.cause2", "cause.cause3")
REVIEWED = (
    ("category", "category"),
    ("certification", "certification"),
    ("service_type", "service_type"),
    ("place.code", "place"),
    ("place.qualifier", "place_list"),
    ("cause.state", "accident_state"),
    ("cause.country", "accident_country"),
    ("level_of_service", "urgency"),
    ("condition", "condition"),
    ("prognosis", "prognosis"),
    ("release", "release"),
    ("delay_reason", "delay_reason"),
)


def trace(segment: Segment, said: Values, item: Item) -> bool:
    """TRN."""
    number = said.pop("number", None)
    if number is None:
        return False
    item.traces.append(number)
    item.stated_traces.append(
        Trace(
            kind=said.pop("kind", None),
            number=number,
            originator=said.pop("originator", None),
            subdivision=said.pop("subdivision", None),
        )
    )
    return True


def kind(segment: Segment, said: Values, item: Item) -> bool:
    """UM."""
    known = {name: said.pop(of) for of, name in REVIEWED if of in said}
    causes = tuple(said.pop(of) for of in CAUSES if of in said)
    item.codes = ReviewCodes(**known, causes=causes)
    return True


def action(segment: Segment, said: Values, item: Item) -> bool:
    """HCR: what was done, the number and the reasons; a code unknown here stays as it is.

    A second HCR that says otherwise leaves the outcome unknown: both are kept.
    """
    lists, _ = codes()
    code, number = said.pop("action", None), said.pop("number", None)
    reasons = tuple(map(lists.reason, repeated(said.pop("reason", ""), segment)))
    opinion = YES.get(said.get("second_opinion", ""))
    if opinion is not None:
        del said["second_opinion"]
    if item.action is None:
        item.action, item.own = code, lists.outcome(code)
    elif (code, number, reasons) != (item.action, item.certificate, item.reasons):
        item.again.append(code or "")
        item.own = "unknown"
    item.certificate = item.certificate or number
    item.reasons = tuple(dict.fromkeys((*item.reasons, *reasons)))
    item.second_opinion = opinion if item.second_opinion is None else item.second_opinion
    return code is not None


def number(segment: Segment, said: Values, item: Item) -> bool:
    """REF: BB is the authorization, NT the administrative reference."""
    value, qualifier = said.pop("number", None), said.pop("qualifier", "")
    if value is None:
        return False
    if qualifier == "BB":
        item.authorization = value
    elif qualifier == "NT":
        item.reference = value
    words = said.pop("description", None)
    item.numbers.append(Number(qualifier=qualifier, value=value, description=words))
    return True


def message(segment: Segment, said: Values, item: Item) -> bool:
    """MSG."""
    text = said.pop("text", "").strip()
    if text:
        item.messages.append(text)
    return bool(text)


STEPS: dict[str, Step] = {
    "TRN": trace,
    "UM": kind,
    "HCR": action,
    "REF": number,
    "MSG": message,
}
