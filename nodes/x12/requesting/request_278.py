"""A case as a 278 request for review, 005010X217, from BHT to the last service.

Source of the structure: 45 CFR 162.1302 names the guide; loops and codes as in the public HL7
Da Vinci PAS mapping and open-source grammars, see ``guides/278-request.yaml``. No text of the
guide is used.
"""

from dataclasses import dataclass
from datetime import datetime

from nodes.case import Case, PersonName
from nodes.x12.guide import guides
from nodes.x12.numbers import originator
from nodes.x12.payer.companion import Profile, Writing
from nodes.x12.requesting import request_party as party
from nodes.x12.requesting.request_codes import RELATIONSHIPS
from nodes.x12.requesting.request_event import event
from nodes.x12.requesting.request_party import Numbered, number
from nodes.x12.requesting.request_service import service
from nodes.x12.requesting.request_terms import firm, terms
from nodes.x12.requesting.sheet import Given, Sheet
from nodes.x12.requesting.untold import Omitted, same_person

TABLE = "278-request"
GROUP = Numbered("coverage.group_number", "6P", "Group number")
RECORD = Numbered("patient.mrn", "EJ", "Medical record number")


@dataclass(frozen=True, slots=True)
class Order:
    """What a request is written from."""

    case: Case
    trace: str
    created: datetime
    message: str | None
    profile: Profile


def write_request(order: Order) -> Sheet:
    """Write the lines of a request; what is missing is in the sheet's complaints."""
    case, profile = order.case, order.profile
    writing = profile.writing or Writing(source="none")
    sheet = Sheet(guides()[TABLE][0], writing.characters, firm(profile).unwanted)
    heading(sheet, order)
    level(sheet, "2000A", 1, None, "20", "the organization that decides")
    party.payer(sheet, case, profile)
    level(sheet, "2000B", 2, 1, "21", "the requester")
    party.requester(sheet, case, profile)
    above = people(sheet, order)
    level(sheet, "2000E", above + 1, above, "EV", "the request")
    traced = (order.trace, originator(case.requester.npi or "0" * 10))
    event(sheet, case, traced, order.message)
    party.involved(sheet, case, profile)
    for place, line in enumerate(case.service_lines):
        level(sheet, "2000F", above + 2 + place, above + 1, "SS", f"service {place + 1}")
        service(sheet, case, place, traced)
        where = f"/case/service_lines/{place}/providers"
        party.others(sheet, "2010F", where, line.providers, profile)
    for complaint in terms(case, profile):
        sheet.lack(complaint.pointer, complaint.detail)
    return sheet


def heading(sheet: Sheet, order: Order) -> None:
    """BHT."""
    cancel = order.case.certification == "cancel"
    purpose, said = ("01", "cancel") if cancel else ("13", "review")
    sheet.add(
        None,
        f"Request to {said}, reference {order.trace}, written {order.created:%Y-%m-%d %H:%M}",
        "BHT",
        structure="0007",
        purpose=purpose,
        reference=order.trace,
        date=sheet.day("/created_at", order.created),
        time=f"{order.created:%H%M}",
    )


def level(sheet: Sheet, loop: str, number: int, above: int | None, code: str, words: str) -> None:
    """HL."""
    sheet.add(
        loop,
        f"Level {number}: {words}",
        "HL",
        id=str(number),
        parent=str(above or ""),
        level=code,
        children="0" if code == "SS" else "1",
    )


def people(sheet: Sheet, order: Order) -> int:
    """2000C and, when the patient is not the subscriber, 2000D; returns the patient's HL01.

    Where every member has an own id, the patient is sent as the subscriber.
    """
    coverage, patient, members = order.case.coverage, order.case.patient, order.profile.members
    level(sheet, "2000C", 3, 2, "22", "the subscriber")
    if coverage.relationship == "self" or (members and members.own_ids):
        alone(sheet, order)
        subscriber(sheet, order, "/case/patient/name", patient.name)
        number(sheet, order.profile, "2010C", RECORD, "/case/patient/mrn", patient.mrn)
        sheet.address("2010C", "/case/patient/address", patient.address)
        sheet.demographics("2010C", patient.birth_date, patient.sex)
        return 3
    holder, pointer = coverage.subscriber, "/case/coverage/subscriber"
    if holder is None:
        sheet.lack(pointer, "who holds the coverage is required")
        return 4
    subscriber(sheet, order, f"{pointer}/name", holder.name)
    sheet.address("2010C", f"{pointer}/address", holder.address)
    sheet.demographics("2010C", holder.birth_date, holder.sex, pointer)
    if holder.sex != "unknown" and not holder.birth_date:
        words = "The subscriber's sex: X12 tells it beside the birth date only"
        sheet.left_out.append(Omitted(f"{pointer}/sex", words, "2010C"))
    dependent(sheet, order)
    return 4


def alone(sheet: Sheet, order: Order) -> None:
    """Say what is not told of a subscriber where the patient is sent as one."""
    coverage, pointer = order.case.coverage, "/case/coverage/subscriber"
    if coverage.relationship != "self":
        words = "The relationship: this payer knows every member by an own id"
        sheet.left_out.append(Omitted("/case/coverage/relationship", words, "2010C"))
    elif not same_person(coverage, order.case.patient):
        words = "it is not the patient, though the relationship is self: give the relationship"
        sheet.lack(pointer, words)
    if coverage.subscriber:
        words = "Who holds the coverage: the patient is sent as the subscriber"
        sheet.left_out.append(Omitted(pointer, words, "2010C"))


def subscriber(sheet: Sheet, order: Order, pointer: str, name: PersonName) -> None:
    """2010C: NM1 and the group number."""
    coverage, where = order.case.coverage, "/case/coverage"
    names = sheet.name(pointer, name)
    member = sheet.text(f"{where}/member_id", coverage.member_id)
    sheet.add(
        "2010C",
        f"Subscriber: {', '.join(filter(None, names))}, member id {member}",
        "NM1",
        entity="IL",
        type="1",
        name=names[0],
        given=names[1],
        middle=names[2],
        id_qualifier="MI",
        id=member,
    )
    group = f"{where}/group_number"
    number(sheet, order.profile, "2010C", GROUP, group, coverage.group_number)


def dependent(sheet: Sheet, order: Order) -> None:
    """2000D: the patient who is not the subscriber."""
    coverage, patient, pointer = order.case.coverage, order.case.patient, "/case/patient"
    level(sheet, "2000D", 4, 3, "23", "the patient, a dependent")
    family, given, middle = sheet.name(f"{pointer}/name", patient.name)
    words = f"Patient: {', '.join(filter(None, (family, given, middle)))}"
    names = {"name": family, "given": given, "middle": middle}
    sheet.add("2010D", words, "NM1", entity="QC", type="1", **names)
    number(sheet, order.profile, "2010D", RECORD, f"{pointer}/mrn", patient.mrn)
    sheet.address("2010D", f"{pointer}/address", patient.address)
    sheet.demographics("2010D", patient.birth_date, patient.sex)
    kin = Given("/case/coverage/relationship", RELATIONSHIPS[coverage.relationship])
    words = f"Relationship to the subscriber: {coverage.relationship}"
    sheet.add("2010D", words, "INS", subscriber="N", relationship=kin)
