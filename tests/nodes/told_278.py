"""What a 278 request can tell of a case, as X12 writes it."""

from datetime import date

from nodes.case import Coverage, InvolvedProvider, Order, Patient
from nodes.x12.characters import fold
from nodes.x12.requesting.request_service import SIDES

UNTOLD = {"id": "X", "order": Order(reference="Order/x", authored_on=date(2026, 1, 1))}


def folded(model):
    """A model with its texts as X12 writes them."""
    if model is None:
        return None
    changed = {
        name: folded(value) if hasattr(value, "model_fields") else fold(value)
        for name, value in model
        if (isinstance(value, str) and name not in {"role", "state", "report", "way"})
        or hasattr(value, "model_fields")
    }
    return model.model_copy(update=changed)


def address(known):
    if known is None:
        return None
    lines = tuple(fold(line) for line in known.lines)
    postal = known.postal_code.replace("-", "")
    return known.model_copy(
        update={"lines": lines, "city": fold(known.city), "postal_code": postal}
    )


def digits(phone):
    return phone and "".join(filter(str.isdigit, phone))[-10:]


def provider(known, role):
    fields = {name: getattr(known, name) for name in type(known).model_fields}
    return InvolvedProvider(
        **fields
        | {
            "role": role,
            "person": folded(known.person),
            "organization": fold(known.organization) if known.organization else None,
            "address": address(known.address),
            "phone": digits(known.phone),
            "fax": digits(known.fax),
            "contact": fold(known.contact) if known.contact else None,
        }
    )


def told_line(line):
    side = line.laterality and not SIDES.keys() & set(line.modifiers)
    said = [*([f"Laterality {line.laterality}"] if side else []), line.message or ""]
    message = fold(". ".join(filter(None, said))) or None
    revenue = line.system == "REVENUE"
    return line.model_copy(
        update={
            "display": None,
            "laterality": None,
            "message": message,
            "description": fold(line.description) if line.description else None,
            "code": line.code.zfill(4) if revenue else line.code,
            "revenue_code": line.revenue_code and line.revenue_code.zfill(4),
            "end": line.end if line.end != line.start else None,
            "providers": tuple(provider(one, one.role) for one in line.providers),
            "attachments": tuple(folded(one) for one in line.attachments),
        }
    )


def told(case):
    """All of a case that its 278 request tells, as X12 writes it."""
    coverage, patient, stay = case.coverage, case.patient, case.admission
    holder = coverage.subscriber
    if holder:
        sex = holder.sex if holder.birth_date else "unknown"
        update = {"name": folded(holder.name), "sex": sex, "address": address(holder.address)}
        holder = holder.model_copy(update=update)
    performer = (provider(case.performer, "rendering"),) if case.performer else ()
    return case.model_copy(
        update={
            **UNTOLD,
            "patient": Patient(
                id="Patient/x",
                name=folded(patient.name),
                birth_date=patient.birth_date,
                sex=patient.sex,
                mrn=patient.mrn and fold(patient.mrn),
                address=address(patient.address),
            ),
            "coverage": Coverage(
                payer=folded(coverage.payer),
                member_id=fold(coverage.member_id),
                group_number=coverage.group_number and fold(coverage.group_number),
                relationship=coverage.relationship,
                subscriber=holder,
            ),
            "requester": provider(case.requester, "ordering"),
            "performer": None,
            "providers": performer + tuple(provider(one, one.role) for one in case.providers),
            "diagnoses": tuple(
                one.model_copy(update={"code": one.code.replace(".", ""), "display": None})
                for one in case.diagnoses
            ),
            "service_lines": tuple(told_line(line) for line in case.service_lines),
            "attachments": tuple(folded(one) for one in case.attachments),
            "admission": stay,
        }
    )
