"""One service of a 278 request (2000F): what, how much, when, and how it is spread over time."""

from nodes.care import Delivery
from nodes.case import Case, ServiceLine
from nodes.x12.requesting.request_attachments import attachments
from nodes.x12.requesting.request_codes import (
    AMOUNTS,
    CATEGORIES,
    CERTIFICATIONS,
    DELIVERED,
    PER,
    PERIODS,
    STAYS,
)
from nodes.x12.requesting.request_event import references
from nodes.x12.requesting.sheet import Given, Sheet

QUALIFIERS = {"CPT": "HC", "HCPCS": "HC", "NDC": "N4"}
LEFT, RIGHT = frozenset({"left"}), frozenset({"right"})
SIDES = {"LT": LEFT, "RT": RIGHT, "50": LEFT | RIGHT}
FINGERS_TOES_EYELIDS = {
    **dict.fromkeys(("FA", "F1", "F2", "F3", "F4"), LEFT),
    **dict.fromkeys(("F5", "F6", "F7", "F8", "F9"), RIGHT),
    **dict.fromkeys(("TA", "T1", "T2", "T3", "T4"), LEFT),
    **dict.fromkeys(("T5", "T6", "T7", "T8", "T9"), RIGHT),
    **dict.fromkeys(("E1", "E2"), LEFT),
    **dict.fromkeys(("E3", "E4"), RIGHT),
}
MEANT = {"left": LEFT, "right": RIGHT, "bilateral": LEFT | RIGHT}
DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12}


def service(sheet: Sheet, case: Case, place: int, traced: tuple[str, str]) -> None:
    """2000F without its HL and its providers, in the guide's order."""
    line, pointer = case.service_lines[place], f"/case/service_lines/{place}"
    trace, originator = f"{traced[0]}L{place + 1:02d}", traced[1]
    words = f"Our trace number of this service {trace}"
    sheet.add("2000F", words, "TRN", kind="1", number=trace, originator=originator)
    if line.service_type:
        kind = Given(f"{pointer}/service_type", line.service_type)
        sheet.add(
            "2000F",
            f"Review asked for: service type {kind}",
            "UM",
            category="HS" if case.category == "admission" else CATEGORIES[case.category],
            certification=CERTIFICATIONS[case.certification],
            service_type=kind,
        )
    numbers = (line.authorization_number, line.administrative_reference)
    references(sheet, "2000F", pointer, *numbers)
    dates(sheet, pointer, line)
    if line.system == "REVENUE" or line.revenue_code:
        institutional(sheet, pointer, line)
    else:
        professional(sheet, pointer, case, line)
    amount(sheet, pointer, line)
    attachments(sheet, "2000F", f"{pointer}/attachments", line.attachments)
    side(sheet, pointer, line)
    text = message(sheet, pointer, line)
    if text:
        sheet.add("2000F", f"Message: {text}", "MSG", text=text)


def dates(sheet: Sheet, pointer: str, line: ServiceLine) -> None:
    """DTP*472: when the service is to take place."""
    if line.end and not line.start:
        sheet.lack(f"{pointer}/start", "an end needs a start")
    elif line.start and line.end and line.end < line.start:
        sheet.lack(f"{pointer}/end", "the end is before the start")
    elif line.start:
        form, value, said = sheet.span(f"{pointer}/start", line.start, line.end)
        words = f"Service date {said}"
        sheet.add("2000F", words, "DTP", qualifier="472", format=form, date=value)


def procedure(sheet: Sheet, pointer: str, line: ServiceLine) -> dict[str, str]:
    """C003: the code with its modifiers and description."""
    if line.system == "NDC" and len(line.code) != 11:
        sheet.lack(f"{pointer}/code", "an NDC has eleven digits, without hyphens")
    elif line.system in {"CPT", "HCPCS"} and len(line.code) != 5:
        sheet.lack(f"{pointer}/code", "a CPT or HCPCS code has five characters")
    values = {
        "qualifier": QUALIFIERS[line.system],
        "code": Given(f"{pointer}/code", line.code),
        "description": sheet.prose(f"{pointer}/description", line.description),
    }
    for number, modifier in enumerate(line.modifiers, start=1):
        values[f"modifier{number}"] = Given(f"{pointer}/modifiers/{number - 1}", modifier)
    return {f"procedure__{name}": value for name, value in values.items()}


def professional(sheet: Sheet, pointer: str, case: Case, line: ServiceLine) -> None:
    """SV1: CPT, HCPCS and NDC."""
    pointers = tuple(str(number) for number in line.diagnoses)
    for place, number in enumerate(line.diagnoses):
        if number > len(case.diagnoses):
            sheet.lack(f"{pointer}/diagnoses/{place}", "the case has no diagnosis of this number")
    if len(pointers) > 4:
        sheet.lack(f"{pointer}/diagnoses", "a service points at most at four diagnoses")
    pointed = {f"diagnoses__pointer{place}": one for place, one in enumerate(pointers[:4], start=1)}
    said = " ".join((line.system, line.code, *line.modifiers))
    counted = counting(AMOUNTS, line)
    sheet.add(
        "2000F",
        f"Service: {said}{saying(counted, line)}, for diagnoses {', '.join(pointers)}",
        "SV1",
        **procedure(sheet, pointer, line),
        **counted,
        **pointed,
    )


def institutional(sheet: Sheet, pointer: str, line: ServiceLine) -> None:
    """SV2: a revenue code, with a procedure beside it where there is one.

    A revenue code of three digits gets its leading zero; SV2 cannot point at diagnoses.
    """
    field = "code" if line.system == "REVENUE" else "revenue_code"
    revenue = line.code if line.system == "REVENUE" else line.revenue_code or ""
    if line.system == "NDC":
        sheet.lack(f"{pointer}/revenue_code", "a drug by its NDC goes without a revenue code")
    if line.system == "REVENUE" and line.revenue_code:
        sheet.lack(f"{pointer}/revenue_code", "the service is a revenue code already")
    if line.system == "REVENUE" and (line.modifiers or line.description):
        what = "modifiers" if line.modifiers else "description"
        sheet.lack(f"{pointer}/{what}", "a revenue code alone takes none")
    if not (revenue.isascii() and revenue.isdigit() and len(revenue) in {3, 4}):
        sheet.lack(f"{pointer}/{field}", "a revenue code has four digits")
    if line.diagnoses != (1,):
        sheet.lack(f"{pointer}/diagnoses", "a service of an institution points at no diagnoses")
    coded = {} if line.system == "REVENUE" else procedure(sheet, pointer, line)
    counted = counting(STAYS, line)
    shown = (f"revenue {revenue}", *([line.code] if coded else []), *line.modifiers)
    sheet.add(
        "2000F",
        f"Service: {' '.join(shown)}{saying(counted, line)}",
        "SV2",
        revenue=Given(f"{pointer}/{field}", revenue.zfill(4)),
        **coded,
        **counted,
    )


def counting(units: dict[str, str], line: ServiceLine) -> dict[str, str]:
    """The quantity, where the service's own segment has a unit for it."""
    unit = units.get(line.unit)
    return {"unit": unit, "quantity": str(line.quantity)} if unit else {}


def saying(counted: dict[str, str], line: ServiceLine) -> str:
    """How a quantity is said behind the service."""
    if not counted:
        return ""
    plural = "s" if line.quantity > 1 else ""
    return f", {line.quantity} {line.unit.replace('_', ' ')}{plural}"


def amount(sheet: Sheet, pointer: str, line: ServiceLine) -> None:
    """HSD: how it is spread over time, or a quantity the service's own segment has no unit for."""
    institution = line.system == "REVENUE" or line.revenue_code
    counted = line.unit in (STAYS if institution else AMOUNTS)
    if line.delivery is None:
        if counted:
            return
        if line.unit not in DELIVERED:
            sheet.lack(f"{pointer}/unit", "a service of an institution is not counted in this unit")
            return
        whole = Delivery(quantity=line.quantity, unit=line.unit)  # type: ignore[arg-type]
        spread(sheet, f"{pointer}/quantity", whole)
        return
    if not counted and (line.unit, line.quantity) != (line.delivery.unit, total(line.delivery)):
        sheet.lack(
            f"{pointer}/quantity",
            f"it is not what the delivery comes to, {total(line.delivery)} {line.delivery.unit}s",
        )
    spread(sheet, f"{pointer}/delivery", line.delivery)


def total(delivery: Delivery) -> int:
    """How much a delivery comes to: two visits a week for six weeks are twelve.

    Where that depends on the calendar (weeks in a month), the quantity of one time.
    """
    if not (delivery.per and delivery.periods and delivery.period):
        return delivery.quantity
    for scale in (DAYS, MONTHS):
        if delivery.per in scale and delivery.period in scale:
            span = delivery.periods * scale[delivery.period]
            return delivery.quantity * max(span // (scale[delivery.per] * (delivery.every or 1)), 1)
    return delivery.quantity


def spread(sheet: Sheet, pointer: str, delivery: Delivery) -> None:
    """HSD."""
    if delivery.every and not delivery.per:
        sheet.lack(f"{pointer}/per", "every so many of what?")
    if delivery.per and delivery.per not in PER:
        sheet.lack(f"{pointer}/per", "X12 counts per day, week or month")
    if delivery.periods and not delivery.period:
        sheet.lack(f"{pointer}/period", "for so many of what?")
    said = f"{delivery.quantity} {delivery.unit}s"
    if delivery.per:
        said += f" every {delivery.every or ''} {delivery.per}".replace("  ", " ")
    if delivery.periods:
        said += f" for {delivery.periods} {delivery.period}"
    sheet.add(
        "2000F",
        f"How often: {said}",
        "HSD",
        quantity_qualifier=Given(f"{pointer}/unit", DELIVERED[delivery.unit]),
        quantity=str(delivery.quantity),
        unit=PER.get(delivery.per or "", ""),
        per=str(delivery.every or ""),
        period=PERIODS.get(delivery.period or "", ""),
        periods=str(delivery.periods or ""),
        pattern=Given(f"{pointer}/pattern", delivery.pattern or ""),
        time_of_day=Given(f"{pointer}/time_of_day", delivery.time_of_day or ""),
    )


def side(sheet: Sheet, pointer: str, line: ServiceLine) -> None:
    """Refuse a side that the modifiers contradict: one of the two is the wrong one."""
    known = SIDES | FINGERS_TOES_EYELIDS
    said = [known[one] for one in line.modifiers if one in known]
    if said and line.laterality and frozenset[str]().union(*said) != MEANT[line.laterality]:
        sheet.lack(f"{pointer}/laterality", "the modifiers of this service say another side")


def message(sheet: Sheet, pointer: str, line: ServiceLine) -> str:
    """MSG: the side, unless a modifier says it, and what the line tells the reviewer."""
    side = line.laterality and not SIDES.keys() & set(line.modifiers)
    said = [f"Laterality {line.laterality}"] if side else []
    said += [line.message] if line.message else []
    where = f"{pointer}/message" if line.message else f"{pointer}/laterality"
    return sheet.prose(where, ". ".join(said) or None)
