"""The event of a 278 request (2000E): what is asked for as a whole, and why."""

from datetime import date

from nodes.care import Admission, HomeHealth
from nodes.case import Case
from nodes.x12.requesting.request_attachments import attachments
from nodes.x12.requesting.request_codes import (
    CATEGORIES,
    CAUSES,
    CERTIFICATIONS,
    DIAGNOSES,
    URGENCIES,
)
from nodes.x12.requesting.sheet import Given, Sheet
from nodes.x12.requesting.writing import eight_digits

KNOWN = {True: "Y", False: "N", None: "U"}
CERTIFIED = {"renewal", "extension"}


def event(sheet: Sheet, case: Case, traced: tuple[str, str], message: str | None) -> None:
    """2000E, in the guide's order."""
    number, originator = traced
    words = f"Our trace number {number}"
    sheet.add("2000E", words, "TRN", kind="1", number=number, originator=originator)
    review(sheet, case)
    earlier(sheet, case)
    dates(sheet, case)
    diagnoses(sheet, case)
    conditions(sheet, case)
    if case.admission:
        stay(sheet, case.admission)
    if case.home_health:
        home_health(sheet, case.home_health)
    attachments(sheet, "2000E", "/case/attachments", case.attachments)
    text = sheet.prose("/message", message)
    if text:
        sheet.add("2000E", f"Message: {text}", "MSG", text=text)


def review(sheet: Sheet, case: Case) -> None:
    """UM: what kind of review, where, how soon, and whether an accident is behind it.

    The level of service is left out for a standard request: the code for elective would say more
    than the case does.
    """
    said = f"{case.category}, {case.certification}, {case.urgency}".replace("_", " ")
    place = {}
    if case.facility_type and case.place_of_service:
        sheet.lack("/case/facility_type", "a request names a facility type or a place of service")
    elif case.facility_type:
        code = Given("/case/facility_type", case.facility_type)
        place, said = {"place__code": code, "place__qualifier": "A"}, f"{said}, facility {code}"
    elif case.place_of_service:
        code = Given("/case/place_of_service", case.place_of_service)
        place, said = {"place__code": code, "place__qualifier": "B"}, f"{said}, place {code}"
    kind = Given("/case/service_type", case.service_type) if case.service_type else ""
    if kind:
        said = f"{said}, service type {kind}"
    accident = case.accident
    cause = {}
    if accident:
        cause["cause__cause1"] = Given("/case/accident/kind", CAUSES[accident.kind])
        cause["cause__state"] = Given("/case/accident/state", accident.state or "")
        said = f"{said}, accident: {accident.kind.replace('_', ' ')}"
        if accident.kind == "auto" and not accident.state:
            sheet.lack("/case/accident/state", "a car accident needs its state")
    sheet.add(
        "2000E",
        f"Review asked for: {said}",
        "UM",
        category=CATEGORIES[case.category],
        certification=CERTIFICATIONS[case.certification],
        service_type=kind,
        **place,
        **cause,
        level_of_service=URGENCIES[case.urgency],
    )


def earlier(sheet: Sheet, case: Case) -> None:
    """REF*BB and REF*NT: the request this one follows."""
    references(sheet, "2000E", "/case", case.authorization_number, case.administrative_reference)
    pointer = "/case/authorization_number"
    if case.certification in CERTIFIED and not case.authorization_number:
        sheet.lack(pointer, "the number of the certification this request follows is required")
    known = case.authorization_number or case.administrative_reference
    if case.certification not in {"initial", *CERTIFIED} and not known:
        sheet.lack(pointer, "the payer's number of the request this one follows is required")


def references(
    sheet: Sheet, loop: str, pointer: str, authorization: str | None, reference: str | None
) -> None:
    """REF*BB and REF*NT."""
    for name, code, words, value in (
        ("authorization_number", "BB", "Earlier authorization", authorization),
        ("administrative_reference", "NT", "Payer's reference", reference),
    ):
        number = sheet.text(f"{pointer}/{name}", value)
        if number:
            sheet.add(loop, f"{words} {number}", "REF", qualifier=code, number=number)


def dates(sheet: Sheet, case: Case) -> None:
    """DTP of the event: accident, pregnancy, onset, and for an admission when it begins."""
    accident, pregnancy, stay = case.accident, case.pregnancy, case.admission
    admitted, pointer = stay.admitted if stay else None, "/case/admission/admitted"
    if case.category == "admission" and admitted is None:
        sheet.lack(pointer, "an admission needs its date")
    discharged = stay.discharged if stay else None
    if discharged and admitted and discharged < admitted:
        sheet.lack("/case/admission/discharged", "the discharge is before the admission")
    for code, words, where, day in (
        ("439", "Accident", "/case/accident/on", accident.on if accident else None),
        (
            "484",
            "Last menstrual period",
            "/case/pregnancy/last_menstrual_period",
            pregnancy.last_menstrual_period if pregnancy else None,
        ),
        ("ABC", "Birth expected", "/case/pregnancy/due", pregnancy.due if pregnancy else None),
        ("431", "Onset", "/case/diagnoses/0/onset", case.diagnoses[0].onset),
        ("435", "Admission", pointer, admitted),
        ("096", "Discharge", "/case/admission/discharged", discharged),
    ):
        stated(sheet, code, words, where, day)


def stated(sheet: Sheet, code: str, words: str, pointer: str, day: date | None) -> None:
    """DTP of one day."""
    if day:
        value = sheet.day(pointer, day)
        sheet.add("2000E", f"{words} {day}", "DTP", qualifier=code, format="D8", date=value)


def diagnoses(sheet: Sheet, case: Case) -> None:
    """HI: the principal diagnosis first, each with its role and when it was made."""
    values: dict[str, str] = {}
    principal = True
    if case.diagnoses[0].role != "diagnosis":
        sheet.lack("/case/diagnoses/0/role", "the first diagnosis is the principal one")
    for place, one in enumerate(case.diagnoses):
        pointer, name = f"/case/diagnoses/{place}", f"code{place + 1}"
        kind = "ABK" if principal else DIAGNOSES[one.role]
        principal = False
        values[f"{name}__qualifier"] = Given(f"{pointer}/role", kind)
        values[f"{name}__code"] = Given(f"{pointer}/code", one.code.replace(".", ""))
        if one.diagnosed:
            values[f"{name}__date_format"] = "D8"
            values[f"{name}__date"] = sheet.day(f"{pointer}/diagnosed", one.diagnosed)
    listed = ", ".join(one.code for one in case.diagnoses)
    sheet.add("2000E", f"Diagnoses, the principal one first: {listed}", "HI", **values)


def conditions(sheet: Sheet, case: Case) -> None:
    """CRC, one for each category."""
    seen = set()
    for place, one in enumerate(case.conditions):
        pointer = f"/case/conditions/{place}"
        if one.category in seen:
            sheet.lack(f"{pointer}/category", "a request speaks of each category once")
        seen.add(one.category)
        codes = {
            f"condition{number}": Given(f"{pointer}/codes/{number - 1}", code)
            for number, code in enumerate(one.codes, start=1)
        }
        said = f"{'These hold' if one.holds else 'These do not hold'}: {', '.join(one.codes)}"
        kind = Given(f"{pointer}/category", one.category)
        words = f"Conditions of category {kind}. {said}"
        sheet.add("2000E", words, "CRC", category=kind, holds="NY"[one.holds], **codes)


def stay(sheet: Sheet, admission: Admission) -> None:
    """CL1."""
    said = {
        name: Given(f"/case/admission/{name}", code)
        for name in ("type", "source", "patient_status")
        if (code := getattr(admission, name))
    }
    if said:
        listed = ", ".join(f"{name.replace('_', ' ')} {code}" for name, code in said.items())
        sheet.add("2000E", f"Admission: {listed}", "CL1", **said)


def home_health(sheet: Sheet, plan: HomeHealth) -> None:
    """CR6."""
    pointer = "/case/home_health"
    certified = {}
    if plan.certified_from and plan.certified_to and plan.certified_from <= plan.certified_to:
        span = f"{eight_digits(plan.certified_from)}-{eight_digits(plan.certified_to)}"
        certified = {
            "date_format": "RD8",
            "certified": Given(f"{pointer}/certified_from", span),
        }
    elif plan.certified_from or plan.certified_to:
        sheet.lack(f"{pointer}/certified_to", "a period needs its first and its last day, in order")
    sheet.add(
        "2000E",
        f"Home health from {plan.start_of_care}, {plan.certification}, prognosis {plan.prognosis}",
        "CR6",
        prognosis=Given(f"{pointer}/prognosis", plan.prognosis),
        start_of_care=sheet.day(f"{pointer}/start_of_care", plan.start_of_care),
        **certified,
        medicare=KNOWN[plan.medicare],
        certification=CERTIFICATIONS[plan.certification],
        last_visit=sheet.day(f"{pointer}/last_visit", plan.last_visit),
        physician_contact=sheet.day(f"{pointer}/physician_contact", plan.physician_contact),
    )
