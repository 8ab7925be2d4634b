"""What a payer's intake reads first: who, what, how much, when, where; lacks said as lacks."""

from nodes.case import Case, PersonName, Provider, ServiceLine
from nodes.writing.draft import Line
from nodes.writing.text import clean, listed


def request_lines(case: Case) -> tuple[Line, ...]:
    """Say the request as the case has it, and what it does not have."""
    texts = [
        f"Patient: {_patient(case)}.",
        f"Insurance: {_insurance(case)}.",
        *(f"Service: {service(line, case)}." for line in case.service_lines),
        f"Diagnoses: {diagnoses(case)}.",
        f"Type of request: {case.certification}, {case.urgency}; ordered on"
        f" {case.order.authored_on.isoformat()} ({case.order.reference}).",
        f"Requested by {provider(case.requester)}.",
    ]
    if case.performer:
        texts.append(f"To be performed by {provider(case.performer)}.")
    if case.place_of_service:
        texts.append(f"Place of service: {case.place_of_service}.")
    if case.authorization_number:
        texts.append(f"Earlier authorization number: {clean(case.authorization_number)}.")
    if lacks := lacking(case):
        texts.append(f"Not stated in this request: {listed(lacks)}.")
    return tuple(Line(text, "case") for text in texts)


def lacking(case: Case) -> list[str]:
    """Name what a payer's intake usually asks for and the case does not have."""
    wanted = {
        "dates of service": all(line.start for line in case.service_lines),
        "place of service": case.place_of_service,
        "NPI of the requesting provider": case.requester.npi,
        "phone or fax of the requesting provider": case.requester.phone or case.requester.fax,
        "provider who will perform the service": case.performer,
        "NPI of the performing provider": not case.performer or case.performer.npi,
        "subscriber": case.coverage.relationship == "self" or case.coverage.subscriber,
    }
    return [name for name, there in wanted.items() if not there]


def service(line: ServiceLine, case: Case) -> str:
    """Say one requested service: code, words, quantity, dates, side, diagnoses it is for."""
    code = "-".join((line.code, *line.modifiers))
    shown = f" ({clean(line.display)})" if line.display else ""
    parts = [f"{line.system} {code}{shown}", quantity(line)]
    if line.laterality:
        parts.append(line.laterality)
    if line.start:
        until = f" to {line.end.isoformat()}" if line.end and line.end != line.start else ""
        parts.append(f"from {line.start.isoformat()}{until}" if until else line.start.isoformat())
    codes = [case.diagnoses[n - 1].code for n in line.diagnoses if n <= len(case.diagnoses)]
    return ", ".join(parts) + (f", for {listed(codes)}" if codes else "")


def quantity(line: ServiceLine) -> str:
    """Say how much is requested."""
    return f"{line.quantity} {line.unit}{'' if line.quantity == 1 else 's'}"


def diagnoses(case: Case) -> str:
    """List the diagnoses, the principal one first and so named."""
    shown = [f"{d.code}{f' {clean(d.display)}' if d.display else ''}" for d in case.diagnoses]
    return "; ".join([f"{shown[0]} (principal)", *shown[1:]])


def provider(who: Provider) -> str:
    """Say a provider's name, NPI and how to reach them."""
    parts = [clean(who.display)]
    parts += [f"NPI {who.npi}"] if who.npi else []
    parts += [f"phone {clean(who.phone)}"] if who.phone else []
    parts += [f"fax {clean(who.fax)}"] if who.fax else []
    return ", ".join(filter(None, parts))


def person(name: PersonName) -> str:
    """Say a person's name in full."""
    return clean(" ".join(filter(None, (name.given, name.middle, name.family))))


def family_first(name: PersonName) -> str:
    """Say a person's name in full as files are sorted: Lopez, Maria E."""
    return clean(f"{name.family}, {' '.join(filter(None, (name.given, name.middle)))}")


def _patient(case: Case) -> str:
    patient = case.patient
    sex = "" if patient.sex == "unknown" else f", {patient.sex}"
    mrn = f", medical record number {clean(patient.mrn)}" if patient.mrn else ""
    return f"{person(patient.name)}{sex}, born {patient.birth_date.isoformat()}{mrn}"


def _insurance(case: Case) -> str:
    held = case.coverage
    parts = [f"{clean(held.payer.name)} (payer id {clean(held.payer.id)})"]
    parts += [clean(held.plan_name)] if held.plan_name else []
    if held.line_of_business not in {"unknown", "other"}:
        parts.append(held.line_of_business.replace("_", " "))
    parts.append(f"member {clean(held.member_id)}")
    parts += [f"group {clean(held.group_number)}"] if held.group_number else []
    if held.subscriber:
        parts.append(f"{held.relationship} of subscriber {person(held.subscriber.name)}")
    return ", ".join(parts)
