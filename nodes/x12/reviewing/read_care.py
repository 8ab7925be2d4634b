"""Reading what a 278 says of the care: documents, stay, home health, conditions, transport."""

from datetime import date
from typing import Any

from nodes.care import Accident, Admission, Attachment, Condition, HomeHealth, Pregnancy
from nodes.decision import Document
from nodes.x12.codes import table_words
from nodes.x12.fitting import fill, fitted
from nodes.x12.named import Values
from nodes.x12.requesting.request_codes import CAUSES, CERTIFICATIONS, WAYS
from nodes.x12.reviewing.clinical import Ambulance, Oxygen, Spine
from nodes.x12.reviewing.read_item import Item, Step
from nodes.x12.segments import Segment
from nodes.x12.values import YES, day, span

SENT = {code: way for way, code in WAYS.items()}
CERTIFIED = {code: kind for kind, code in CERTIFICATIONS.items()}
ACCIDENTS = {code: kind for kind, code in CAUSES.items()}
HOLDS = tuple(f"condition{number}" for number in range(1, 6))


def attachment(segment: Segment, said: Values, item: Item) -> bool:
    """PWK of a request: a document that goes along."""
    fields = document(said)
    misfits: set[str] = set()
    found = fitted(Attachment, fields, misfits)
    if found is not None:
        item.attachments.append(found)
        settle(said, misfits)
    return True


def asked(segment: Segment, said: Values, item: Item) -> bool:
    """PWK of an answer: a document the payer asks for, or says it has."""
    fields = document(said)
    words = table_words("PWK", "report").get(fields["report"] or "")
    item.asked.append(Document(**fields, words=words, service=item.number))
    settle(said, set())
    return True


def document(said: Values) -> dict[str, Any]:
    """The values of a PWK."""
    return {
        "report": said.get("report"),
        "way": SENT.get(said.get("way", "")),
        "control_number": said.get("control"),
        "description": said.get("description"),
    }


def settle(said: Values, misfits: set[str]) -> None:
    """Take away the values of a PWK that were understood; a control number is AC's alone."""
    for name in ("report", "description"):
        if name not in misfits:
            said.pop(name, None)
    if said.get("way") in SENT:
        del said["way"]
    if said.get("control_qualifier") == "AC" and "control_number" not in misfits:
        said.pop("control", None)
        del said["control_qualifier"]


def stay(segment: Segment, said: Values, item: Item) -> bool:
    """CL1."""
    names = ("type", "source", "patient_status")
    misfits: set[str] = set()
    found = fitted(Admission, {name: said.get(name) for name in names}, misfits)
    if found is not None:
        item.care["admission"] = found
        drop(said, names, misfits)
    return True


def home_health(segment: Segment, said: Values, item: Item) -> bool:
    """CR6."""
    first, last = span(said.get("date_format", ""), said.get("certified", ""))
    days = {name: day(said.get(name, "")) for name in ("start_of_care", *VISITS)}
    fields: dict[str, Any] = {
        "prognosis": said.get("prognosis"),
        "certified_from": first,
        "certified_to": last,
        "medicare": YES.get(said.get("medicare", "")),
        "certification": CERTIFIED.get(said.get("certification", "")),
        **days,
    }
    if said.get("medicare") == "U":
        del said["medicare"]
    misfits: set[str] = set()
    found = fitted(HomeHealth, fields, misfits)
    if found is not None:
        item.care["home_health"] = found
        drop(said, [name for name, value in fields.items() if value is not None], misfits)
        if first is not None:
            drop(said, ("date_format", "certified"), set())
    return True


VISITS = ("last_visit", "physician_contact")


def drop(said: Values, names: Any, misfits: set[str]) -> None:
    """Take away the values that a model holds now."""
    for name in names:
        if name not in misfits:
            said.pop(name, None)


def patient_condition(segment: Segment, said: Values, item: Item) -> bool:
    """CRC."""
    held = YES.get(said.get("holds", ""))
    fields = {
        "category": said.get("category"),
        "holds": held,
        "codes": tuple(said[name] for name in HOLDS if name in said),
    }
    misfits: set[str] = set()
    found = fitted(Condition, fields, misfits)
    if found is not None and held is not None:
        item.patient_conditions.append(found)
        drop(said, ("category", "holds", *HOLDS), misfits)
    return True


def ambulance(segment: Segment, said: Values, item: Item) -> bool:
    """CR1."""
    item.care["ambulance"] = fill(Ambulance, said)
    return True


def spine(segment: Segment, said: Values, item: Item) -> bool:
    """CR2."""
    item.care["spine"] = fill(Spine, said)
    return True


def oxygen(segment: Segment, said: Values, item: Item) -> bool:
    """CR5."""
    item.care["oxygen"] = fill(Oxygen, said)
    return True


def complete(item: Item) -> None:
    """Put together what several segments say: the days of a stay, an accident, a pregnancy."""
    days: dict[str, date] = {one.qualifier: one.first for one in item.dates}
    expected = {"last_menstrual_period": days.get("484"), "due": days.get("ABC")}
    if any(expected.values()):
        item.care["pregnancy"] = Pregnancy(**expected)
    if "435" in days or "096" in days:
        stay = item.care.get("admission", Admission())
        known = {"admitted": days.get("435"), "discharged": days.get("096")}
        item.care["admission"] = stay.model_copy(update=known)
    kinds = [cause for cause in item.codes.causes if cause in ACCIDENTS] if item.codes else []
    if item.codes and len(kinds) == 1:
        fields = {
            "kind": ACCIDENTS[kinds[0]],
            "on": days.get("439"),
            "state": item.codes.accident_state,
        }
        item.care["accident"] = fitted(Accident, fields, set())


STEPS: dict[str, Step] = {
    "PWK": attachment,
    "CL1": stay,
    "CR1": ambulance,
    "CR2": spine,
    "CR5": oxygen,
    "CR6": home_health,
    "CRC": patient_condition,
}
