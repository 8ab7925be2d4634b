"""Which search parameters the sandbox EHR has for each type, and where FHIR R4 says they look."""

from typing import Literal, NamedTuple

Kind = Literal["token", "date", "reference", "string"]


class Parameter(NamedTuple):
    """A search parameter: its kind, and the elements it looks at, as dotted paths."""

    kind: Kind
    paths: tuple[str, ...]


def token(*paths: str) -> Parameter:
    """Look for a code, an identifier or a plain value."""
    return Parameter("token", paths)


def date(*paths: str) -> Parameter:
    """Look for a day, an instant or a period."""
    return Parameter("date", paths)


def reference(*paths: str) -> Parameter:
    """Look for a reference."""
    return Parameter("reference", paths)


def string(*paths: str) -> Parameter:
    """Look for words that begin so."""
    return Parameter("string", paths)


EVERY = {
    "_id": token("id"),
    "_lastUpdated": date("meta.lastUpdated"),
    "identifier": token("identifier"),
}
OF_SUBJECT = {"patient": reference("subject"), "subject": reference("subject")}
OF_PATIENT = {"patient": reference("patient")}
STATUS = {"status": token("status")}
DRUG = {**OF_SUBJECT, **STATUS, "code": token("medicationCodeableConcept")}
CODED = {"code": token("code"), "category": token("category")}
IN_VISIT = {"encounter": reference("encounter")}
ORDER = {
    **OF_SUBJECT,
    **STATUS,
    **IN_VISIT,
    "intent": token("intent"),
    "requester": reference("requester"),
}
NAMED = {"family": string("name.family"), "given": string("name.given"), "name": string("name")}

TYPES: dict[str, dict[str, Parameter]] = {
    "AllergyIntolerance": {
        **OF_PATIENT,
        "clinical-status": token("clinicalStatus"),
        "code": token("code"),
        "date": date("recordedDate"),
    },
    "Binary": {},
    "CarePlan": {
        **OF_SUBJECT,
        **STATUS,
        "category": token("category"),
        "date": date("period"),
        "intent": token("intent"),
    },
    "Communication": {
        **OF_SUBJECT,
        **STATUS,
        "category": token("category"),
        "sent": date("sent"),
    },
    "Condition": {
        **OF_SUBJECT,
        **CODED,
        **IN_VISIT,
        "clinical-status": token("clinicalStatus"),
        "verification-status": token("verificationStatus"),
        "onset-date": date("onsetDateTime", "onsetPeriod"),
        "recorded-date": date("recordedDate"),
    },
    "Coverage": {
        **STATUS,
        "patient": reference("beneficiary"),
        "beneficiary": reference("beneficiary"),
        "type": token("type"),
        "payor": reference("payor"),
    },
    "Device": {**OF_PATIENT, **STATUS, "type": token("type")},
    "DeviceRequest": {
        **ORDER,
        "code": token("codeCodeableConcept"),
        "authored-on": date("authoredOn"),
        "event-date": date("occurrenceDateTime", "occurrencePeriod"),
        "group-identifier": token("groupIdentifier"),
    },
    "DiagnosticReport": {
        **OF_SUBJECT,
        **STATUS,
        **CODED,
        **IN_VISIT,
        "date": date("effectiveDateTime", "effectivePeriod"),
        "issued": date("issued"),
    },
    "DocumentReference": {
        **OF_SUBJECT,
        **STATUS,
        "type": token("type"),
        "category": token("category"),
        "date": date("date"),
        "period": date("context.period"),
        "encounter": reference("context.encounter"),
        "author": reference("author"),
    },
    "Encounter": {
        **OF_SUBJECT,
        **STATUS,
        "class": token("class"),
        "type": token("type"),
        "date": date("period"),
        "practitioner": reference("participant.individual"),
    },
    "FamilyMemberHistory": {
        **OF_PATIENT,
        **STATUS,
        "code": token("condition.code"),
        "relationship": token("relationship"),
        "date": date("date"),
    },
    "Immunization": {
        **OF_PATIENT,
        **STATUS,
        "vaccine-code": token("vaccineCode"),
        "date": date("occurrenceDateTime"),
    },
    "MedicationAdministration": {
        **DRUG,
        "effective-time": date("effectiveDateTime", "effectivePeriod"),
    },
    "MedicationDispense": {
        **DRUG,
        "whenhandedover": date("whenHandedOver"),
        "whenprepared": date("whenPrepared"),
    },
    "MedicationRequest": {
        **ORDER,
        "code": token("medicationCodeableConcept"),
        "authoredon": date("authoredOn"),
    },
    "MedicationStatement": {**DRUG, "effective": date("effectiveDateTime", "effectivePeriod")},
    "Observation": {
        **OF_SUBJECT,
        **STATUS,
        **CODED,
        **IN_VISIT,
        "date": date("effectiveDateTime", "effectivePeriod"),
        "performer": reference("performer"),
    },
    "Organization": {"name": string("name"), "type": token("type")},
    "Patient": {**NAMED, "birthdate": date("birthDate"), "gender": token("gender")},
    "Practitioner": {**NAMED},
    "PractitionerRole": {
        "practitioner": reference("practitioner"),
        "organization": reference("organization"),
        "specialty": token("specialty"),
    },
    "Procedure": {
        **OF_SUBJECT,
        **STATUS,
        **CODED,
        **IN_VISIT,
        "date": date("performedDateTime", "performedPeriod"),
    },
    "ServiceRequest": {
        **ORDER,
        **CODED,
        "authored": date("authoredOn"),
        "occurrence": date("occurrenceDateTime", "occurrencePeriod"),
        "requisition": token("requisition"),
    },
    "Task": {
        **STATUS,
        "patient": reference("for"),
        "subject": reference("for"),
        "intent": token("intent"),
        "code": token("code"),
        "authored-on": date("authoredOn"),
        "group-identifier": token("groupIdentifier"),
        "focus": reference("focus"),
    },
}
PARAMETERS = {kind: {**EVERY, **own} if own else {} for kind, own in TYPES.items()}
