"""Small charts for the policy tests; invented people."""

from datetime import UTC, date, datetime
from decimal import Decimal

from nodes.case import Case, Coverage, Diagnosis, Order, Patient, Payer, PersonName, Provider
from nodes.case import ServiceLine as Line
from nodes.chart import Chart, Coding, Fact, Manifest, Note, Quantity, Search
from nodes.check_policy import CheckPolicyRequest, check_policy

TODAY = date(2026, 11, 20)
ORDERED = date(2026, 11, 16)
MRI = (("CPT", "72148"),)
CGM = (("HCPCS", "E2103"), ("HCPCS", "A4239"))
CPAP = (("HCPCS", "E0601"),)


def case(services=MRI, codes=("M54.16",), lob="commercial", **changes):
    fields = {
        "id": "PA-1",
        "patient": Patient(
            id="Patient/p1",
            name=PersonName(family="Test", given="Pat"),
            birth_date=date(1970, 5, 1),
        ),
        "coverage": Coverage(
            payer=Payer(id="SBXHP01", name="Sandbox Health Plan"),
            member_id="M1",
            line_of_business=lob,
        ),
        "requester": Provider(organization="Riverbend"),
        "diagnoses": tuple(Diagnosis(code=code) for code in codes),
        "service_lines": tuple(Line(system=system, code=code) for system, code in services),
        "order": Order(reference="ServiceRequest/o1", authored_on=ORDERED),
    }
    return Case(**(fields | changes))


def note(text, written=date(2026, 11, 12), name="n1", title="Progress note"):
    return Note(
        id=f"DocumentReference/{name}", title=title, written=written, author="A. Doc", text=text
    )


def fact(name, kind, quote, start=None, **fields):
    codes = tuple(Coding(system=s, code=c) for s, c in fields.pop("codes", ()))
    value = fields.pop("value", None)
    return Fact(
        id=name,
        kind=kind,
        quote=quote,
        codes=codes,
        start=start,
        value=Quantity(value=Decimal(str(value[0])), unit=value[1]) if value else None,
        why="test",
        **fields,
    )


def chart(*parts, since=date(2025, 11, 20), truncated=False):
    search = Search(query="Condition?patient", pages=1, read=1, kept=1, truncated=truncated)
    return Chart(
        patient="Patient/p1",
        facts=tuple(one for one in parts if isinstance(one, Fact)),
        notes=tuple(one for one in parts if isinstance(one, Note)),
        manifest=Manifest(
            ehr="test", at=datetime(2026, 11, 20, tzinfo=UTC), since=since, searches=(search,)
        ),
    )


def check(case_, chart_, as_of=TODAY, **more):
    return check_policy(
        CheckPolicyRequest(case=case_, chart=chart_, as_of=as_of, **more)
    ).assessment


def criterion(assessment, name):
    return next(one for one in assessment.criteria if one.id == name)


def lumbar(*texts, facts=()):
    """Assess a lumbar MRI on notes alone; a text may come with its day."""
    notes = []
    for place, one in enumerate(texts):
        text, day = one if isinstance(one, tuple) else (one, date(2026, 11, 12))
        notes.append(note(text, day, f"n{place}"))
    return check(case(), chart(*facts, *notes))
