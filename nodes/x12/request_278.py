"""A case as a 278 request for review, 005010X217, from BHT to the last service.

Source of the structure: 45 CFR 162.1302 names the guide; loops and codes as in the public HL7
Da Vinci PAS mapping and open-source grammars. No text of the guide is used.
"""

from datetime import date, datetime

from nodes.case import Case, Coverage, ServiceLine
from nodes.x12.numbers import originator
from nodes.x12.sheet import Sheet

CATEGORIES = {"health_services": "HS", "admission": "AR", "specialty_care": "SC"}
CERTIFICATIONS = {
    "initial": "I",
    "renewal": "R",
    "revised": "S",
    "extension": "4",
    "reconsideration": "N",
    "cancel": "3",
}
URGENCIES = {"standard": "", "urgent": "U", "emergency": "03"}
RELATIONSHIPS = {"spouse": "01", "child": "19", "other": "G8"}
UNITS = {"visit": "VS", "day": "DY", "month": "MN", "hour": "HS"}


def write_request(case: Case, trace: str, created: datetime, message: str | None) -> Sheet:
    """Write the lines of a request; what is missing is in the sheet's complaints.

    ``UM06`` is left out for a standard request: the code for elective would say more than the
    case does. A revenue code of three digits gets its leading zero.
    """
    sheet = Sheet()
    purpose, said = ("01", "cancel") if case.certification == "cancel" else ("13", "review")
    sheet.add(
        None,
        f"Request to {said}, reference {trace}, written {created:%Y-%m-%d %H:%M}",
        "BHT",
        "0007",
        purpose,
        trace,
        f"{created:%Y%m%d}",
        f"{created:%H%M}",
    )
    payer_level(sheet, case)
    requester_level(sheet, case)
    number = patient_levels(sheet, case)
    traced = (trace, originator(case.requester.npi or ""))
    event_level(sheet, case, number, traced, message)
    for place, line in enumerate(case.service_lines):
        service_level(sheet, case, line, place, number, traced)
    return sheet


def payer_level(sheet: Sheet, case: Case) -> None:
    """2000A: who decides."""
    payer, pointer = case.coverage.payer, "/case/coverage/payer"
    name = sheet.text(f"{pointer}/name", payer.name, 60)
    code = sheet.text(f"{pointer}/id", payer.id, 80)
    sheet.add("2000A", "Level 1: the organization that decides", "HL", "1", "", "20", "1")
    words = f"Payer: {name}, payer id {code}"
    sheet.add("2010A", words, "NM1", "X3", "2", name, "", "", "", "", "PI", code)


def requester_level(sheet: Sheet, case: Case) -> None:
    """2000B: who asks."""
    requester, pointer = case.requester, "/case/requester"
    if not requester.npi:
        sheet.lack(f"{pointer}/npi", "the requester's NPI is required")
    if not (requester.person or requester.organization):
        sheet.lack(f"{pointer}/organization", "the requester's name is required")
    sheet.add("2000B", "Level 2: the requester", "HL", "2", "1", "21", "1")
    sheet.provider("2010B", pointer, "1P", "Requester", requester, requester.npi)
    if requester.taxonomy:
        words = f"Requester's specialty: taxonomy {requester.taxonomy}"
        sheet.add("2010B", words, "PRV", "OR", "PXC", requester.taxonomy)


def patient_levels(sheet: Sheet, case: Case) -> int:
    """2000C and, when the patient is not the subscriber, 2000D; returns the patient's HL01."""
    coverage, patient = case.coverage, case.patient
    sheet.add("2000C", "Level 3: the subscriber", "HL", "3", "2", "22", "1")
    if coverage.relationship == "self":
        names = sheet.name("/case/patient/name", patient.name)
        subscriber(sheet, coverage, names)
        sheet.address("2010C", "/case/patient/address", patient.address)
        sheet.demographics("2010C", patient.birth_date, patient.sex)
        return 3
    holder = coverage.subscriber
    if holder is None:
        sheet.lack("/case/coverage/subscriber", "who holds the coverage is required")
        return 4
    subscriber(sheet, coverage, sheet.name("/case/coverage/subscriber/name", holder.name))
    sheet.demographics("2010C", holder.birth_date, holder.sex)
    sheet.add("2000D", "Level 4: the patient, a dependent", "HL", "4", "3", "23", "1")
    names = sheet.name("/case/patient/name", patient.name)
    words = f"Patient: {', '.join(filter(None, names))}"
    sheet.add("2010D", words, "NM1", "QC", "1", *names)
    sheet.address("2010D", "/case/patient/address", patient.address)
    sheet.demographics("2010D", patient.birth_date, patient.sex)
    kin = RELATIONSHIPS[coverage.relationship]
    sheet.add("2010D", f"Relationship: {coverage.relationship}", "INS", "N", kin)
    return 4


def subscriber(sheet: Sheet, coverage: Coverage, names: tuple[str, str, str]) -> None:
    """2010C: NM1 and the group number."""
    pointer = "/case/coverage"
    member = sheet.text(f"{pointer}/member_id", coverage.member_id, 80)
    words = f"Subscriber: {', '.join(filter(None, names))}, member id {member}"
    sheet.add("2010C", words, "NM1", "IL", "1", *names, "", "", "MI", member)
    if coverage.group_number:
        group = sheet.text(f"{pointer}/group_number", coverage.group_number, 50)
        sheet.add("2010C", f"Group number {group}", "REF", "6P", group)


def event_level(
    sheet: Sheet, case: Case, above: int, traced: tuple[str, str], message: str | None
) -> None:
    """2000E: the request as a whole."""
    words = f"Level {above + 1}: the request"
    sheet.add("2000E", words, "HL", str(above + 1), str(above), "EV", "1")
    sheet.add("2000E", f"Our trace number {traced[0]}", "TRN", "1", *traced)
    place = (case.place_of_service, "B") if case.place_of_service else ""
    said = f"{case.category}, {case.certification}, {case.urgency}".replace("_", " ")
    sheet.add(
        "2000E",
        f"Review asked for: {said}",
        "UM",
        CATEGORIES[case.category],
        CERTIFICATIONS[case.certification],
        case.service_type or "",
        place,
        "",
        URGENCIES[case.urgency],
    )
    earlier(sheet, case)
    event_dates(sheet, case)
    codes = tuple(
        ("ABF" if place else "ABK", diagnosis.code.replace(".", ""))
        for place, diagnosis in enumerate(case.diagnoses)
    )
    listed = ", ".join(diagnosis.code for diagnosis in case.diagnoses)
    sheet.add("2000E", f"Diagnoses, the principal one first: {listed}", "HI", *codes)
    text = sheet.text("/message", message, 264)
    if text:
        sheet.add("2000E", f"Message: {text}", "MSG", text)
    performer(sheet, case)


def earlier(sheet: Sheet, case: Case) -> None:
    """REF*BB: the certification this request follows."""
    pointer = "/case/authorization_number"
    if case.authorization_number:
        number = sheet.text(pointer, case.authorization_number, 50)
        sheet.add("2000E", f"Earlier authorization {number}", "REF", "BB", number)
    elif case.certification != "initial":
        sheet.lack(pointer, "the number of the certification this request follows is required")


def event_dates(sheet: Sheet, case: Case) -> None:
    """DTP of the event: onset, and for an admission when it begins."""
    onset = case.diagnoses[0].onset
    if onset:
        sheet.add("2000E", f"Onset {onset}", "DTP", "431", "D8", f"{onset:%Y%m%d}")
    if case.category != "admission":
        return
    start = case.service_lines[0].start
    if start is None:
        sheet.lack("/case/service_lines/0/start", "an admission needs its date")
    else:
        sheet.add("2000E", f"Admission {start}", "DTP", "435", "D8", f"{start:%Y%m%d}")


def performer(sheet: Sheet, case: Case) -> None:
    """2010EA: who will render the services."""
    provider, pointer = case.performer, "/case/performer"
    if provider is None:
        return
    if not (provider.person or provider.organization):
        sheet.lack(f"{pointer}/organization", "the performing provider's name is required")
    sheet.provider("2010EA", pointer, "SJ", "Performer", provider, provider.npi)
    if provider.taxonomy:
        words = f"Performer's specialty: taxonomy {provider.taxonomy}"
        sheet.add("2010EA", words, "PRV", "PE", "PXC", provider.taxonomy)


def service_level(
    sheet: Sheet, case: Case, line: ServiceLine, place: int, above: int, traced: tuple[str, str]
) -> None:
    """2000F: one service."""
    pointer, number = f"/case/service_lines/{place}", above + 2 + place
    words = f"Level {number}: service {place + 1}"
    sheet.add("2000F", words, "HL", str(number), str(above + 1), "SS", "0")
    trace = f"{traced[0]}L{place + 1:02d}"
    sheet.add("2000F", f"Our trace number of this service {trace}", "TRN", "1", trace, traced[1])
    dates(sheet, pointer, line.start, line.end)
    procedure(sheet, pointer, case, line)
    if line.unit != "unit":
        words = f"Quantity: {line.quantity} {line.unit}s"
        sheet.add("2000F", words, "HSD", UNITS[line.unit], str(line.quantity))
    if line.laterality and not {"LT", "RT", "50"} & set(line.modifiers):
        text = f"LATERALITY {line.laterality.upper()}"
        sheet.add("2000F", f"Message: {text}", "MSG", text)


def dates(sheet: Sheet, pointer: str, start: date | None, end: date | None) -> None:
    """DTP*472: when the service is to take place."""
    if end and not start:
        sheet.lack(f"{pointer}/start", "an end needs a start")
    elif start and end and end < start:
        sheet.lack(f"{pointer}/end", "the end is before the start")
    elif start and end and end > start:
        span = f"{start:%Y%m%d}-{end:%Y%m%d}"
        sheet.add("2000F", f"Service dates {start} to {end}", "DTP", "472", "RD8", span)
    elif start:
        sheet.add("2000F", f"Service date {start}", "DTP", "472", "D8", f"{start:%Y%m%d}")


def procedure(sheet: Sheet, pointer: str, case: Case, line: ServiceLine) -> None:
    """SV1 for CPT and HCPCS, SV2 for revenue codes; a quantity that is not units goes to HSD."""
    count = ("UN", str(line.quantity)) if line.unit == "unit" else ("", "")
    said = " ".join((line.system, line.code, *line.modifiers))
    if line.system == "REVENUE":
        if not line.code.isdigit() or len(line.code) > 4:
            sheet.lack(f"{pointer}/code", "a revenue code has four digits")
        sheet.add("2000F", f"Service: {said}", "SV2", line.code.zfill(4), "", "", *count)
        return
    if len(line.code) != 5:
        sheet.lack(f"{pointer}/code", "a CPT or HCPCS code has five characters")
    pointers = tuple(str(number) for number in line.diagnoses)
    for place, number in enumerate(line.diagnoses):
        if number > len(case.diagnoses):
            sheet.lack(f"{pointer}/diagnoses/{place}", "the case has no diagnosis of this number")
    if len(pointers) > 4:
        sheet.lack(f"{pointer}/diagnoses", "a service points at most at four diagnoses")
    code = ("HC", line.code, *line.modifiers)
    words = f"Service: {said}, for diagnoses {', '.join(pointers)}"
    sheet.add("2000F", words, "SV1", code, "", *count, "", "", pointers)
