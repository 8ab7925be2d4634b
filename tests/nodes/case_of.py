"""The way back: the case a 278 request tells, from what parse-278 reads."""

from nodes.case import (
    Address,
    Case,
    Coverage,
    Diagnosis,
    InvolvedProvider,
    Patient,
    Payer,
    PersonName,
    ServiceLine,
    Subscriber,
)
from nodes.x12.requesting.request_service import total
from tests.nodes.told_278 import UNTOLD

SEXES = {"F": "female", "M": "male", "U": "unknown", None: "unknown"}
ROLES = {
    "SJ": "rendering",
    "71": "attending",
    "72": "operating",
    "DK": "ordering",
    "DN": "referring",
    "AAJ": "admitting",
    "FA": "facility",
    "QB": "supplier",
    "P3": "primary_care",
    "1P": "ordering",
}
SYSTEMS = {"N4": "NDC"}
UNITS = {"UN": "unit", "MJ": "minute", "F2": "international_unit", "DA": "day"}
CATEGORIES = {"HS": "health_services", "AR": "admission", "SC": "specialty_care"}
URGENCIES = {None: "standard", "U": "urgent", "03": "emergency"}
KIN = {"01": "spouse", "19": "child", "G8": "other"}
CERTIFICATIONS = {
    "I": "initial",
    "R": "renewal",
    "S": "revised",
    "4": "extension",
    "N": "reconsideration",
    "3": "cancel",
}


def name_of(party):
    return PersonName(family=party.family, given=party.given, middle=party.middle)


def address_of(party):
    if not party.lines:
        return None
    return Address(
        lines=party.lines, city=party.city, state=party.state, postal_code=party.postal_code
    )


def number_of(holder, qualifier):
    found = [one.value for one in holder.numbers if one.qualifier == qualifier]
    assert len(found) < 2
    return next(iter(found), None)


def provider_of(party):
    assert party.id_qualifier in (None, "XX")
    return InvolvedProvider(
        role=ROLES[party.entity],
        person=name_of(party) if party.person else None,
        organization=None if party.person else party.family,
        npi=party.id,
        taxonomy=party.taxonomy,
        address=address_of(party),
        phone=party.phone,
        fax=party.fax,
        contact=party.contact,
        tax_id=number_of(party, "EI"),
        plan_number=number_of(party, "ZH"),
    )


def only(found):
    [one] = found
    return one


def day_of(stated, qualifier):
    found = [one for one in stated.dates if one.qualifier == qualifier]
    return found[0] if found else None


def message_of(decision):
    return only(decision.messages) if decision.messages else None


def procedure_of(service):
    coded = {"modifiers": service.modifiers, "description": service.description}
    if service.segment == "SV2" and service.qualifier is None:
        return {"system": "REVENUE", "code": service.revenue}
    letter = service.code[0].isalpha()
    system = SYSTEMS.get(service.qualifier) or ("HCPCS" if letter else "CPT")
    if service.segment == "SV2":
        return {"system": system, "code": service.code, "revenue_code": service.revenue, **coded}
    return {"system": system, "code": service.code, "diagnoses": service.diagnoses, **coded}


def amount_of(service, decision, delivery):
    if service.quantity is not None:
        quantity, unit = int(service.quantity), UNITS[service.unit]
    elif delivery:
        quantity, unit = total(delivery), delivery.unit
    else:
        quantity, unit = int(decision.quantity), decision.unit
    return {"quantity": quantity, "unit": unit, "delivery": delivery}


def line_of(place, review):
    stated, decision = review.services_stated[place], review.services[place]
    when = day_of(stated, "472")
    people = [party for party in review.parties if party.service == place + 1]
    return ServiceLine(
        **procedure_of(stated.service),
        **amount_of(stated.service, decision, stated.delivery),
        start=when and when.first,
        end=when.last if when and when.last != when.first else None,
        authorization_number=number_of(stated, "BB"),
        administrative_reference=number_of(stated, "NT"),
        service_type=stated.codes.service_type if stated.codes else None,
        message=message_of(decision),
        providers=tuple(provider_of(party) for party in people),
        attachments=stated.attachments,
    )


def coverage_of(review):
    loops = {party.loop: party for party in review.parties}
    payer, member, dependent = loops["2010A"], loops["2010C"], loops.get("2010D")
    holder = Subscriber(
        name=name_of(member),
        birth_date=member.birth_date,
        sex=SEXES[member.sex],
        address=address_of(member),
    )
    return Coverage(
        payer=Payer(id=payer.id, name=payer.family),
        member_id=member.id,
        group_number=number_of(member, "6P"),
        relationship=KIN[dependent.relationship] if dependent else "self",
        subscriber=holder if dependent else None,
    )


def patient_of(review):
    loops = {party.loop: party for party in review.parties}
    patient = loops.get("2010D") or loops["2010C"]
    return Patient(
        id="Patient/x",
        name=name_of(patient),
        birth_date=patient.birth_date,
        sex=SEXES[patient.sex],
        mrn=number_of(patient, "EJ"),
        address=address_of(patient),
    )


def diagnoses_of(stated, onset):
    roles = {"ABJ": "admitting", "APR": "reason_for_visit"}
    return tuple(
        Diagnosis(
            code=one.code,
            diagnosed=one.first,
            onset=None if place else onset,
            role=roles.get(one.qualifier, "diagnosis"),
        )
        for place, one in enumerate(stated.conditions)
    )


def case_of(review):
    """The case a request tells; everything in it is read from the review."""
    stated = review.event_stated
    codes, onset = stated.codes, day_of(stated, "431")
    requester = next(party for party in review.parties if party.loop == "2010B")
    people = [party for party in review.parties if party.loop == "2010EA"]
    return Case(
        **UNTOLD,
        category=CATEGORIES[codes.category],
        certification=CERTIFICATIONS[codes.certification],
        urgency=URGENCIES[codes.urgency],
        service_type=codes.service_type,
        place_of_service=codes.place if codes.place_list == "B" else None,
        facility_type=codes.place if codes.place_list == "A" else None,
        patient=patient_of(review),
        coverage=coverage_of(review),
        requester=provider_of(requester),
        diagnoses=diagnoses_of(stated, onset and onset.first),
        service_lines=tuple(line_of(place, review) for place in range(len(review.services))),
        authorization_number=number_of(stated, "BB"),
        administrative_reference=number_of(stated, "NT"),
        providers=tuple(provider_of(party) for party in people),
        admission=stated.admission,
        home_health=stated.home_health,
        accident=stated.accident,
        pregnancy=stated.pregnancy,
        conditions=stated.patient_conditions,
        attachments=stated.attachments,
    )
