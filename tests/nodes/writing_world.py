"""A small case, chart and assessment, for the tests of the writing room."""

from datetime import UTC, date, datetime
from decimal import Decimal

from nodes.assessment import Assessment, Criterion, Evidence, Gap, PolicyRef
from nodes.case import (
    Case,
    Coverage,
    Diagnosis,
    Order,
    Patient,
    Payer,
    PersonName,
    Provider,
    ServiceLine,
)
from nodes.chart import Chart, Coding, Fact, Manifest, Note, Quantity, Span
from nodes.decision import Decision, Reason

NOTE = (
    "INTERVAL HISTORY: She completed 8 weeks of physical therapy and has taken naproxen 500 mg"
    " twice daily without improvement. She denies saddle anesthesia. EXAM: right ankle reflex"
    " reduced (1+), right ankle dorsiflexion 4/5."
)


def case(**changes: object) -> Case:
    base = Case(
        id="PA-1",
        patient=Patient(
            id="Patient/p1",
            name=PersonName(family="Moss", given="Ada"),
            birth_date=date(1971, 4, 9),
            sex="female",
        ),
        coverage=Coverage(payer=Payer(id="SBXHP01", name="Sandbox Health Plan"), member_id="M1"),
        requester=Provider(person=PersonName(family="Osei", given="Daniel")),
        diagnoses=(Diagnosis(code="M54.16", display="Radiculopathy, lumbar region"),),
        service_lines=(
            ServiceLine(system="CPT", code="72148", display="MRI lumbar spine without contrast"),
        ),
        order=Order(reference="ServiceRequest/sr1", authored_on=date(2026, 11, 16)),
    )
    return base.model_copy(update=changes)


def note_fact(words: str, kind: str = "statement", **changes: object) -> Fact:
    start = NOTE.index(words)
    end = start + len(words)
    return Fact(
        id=f"DocumentReference/n1#{start}-{end}",
        kind=kind,  # type: ignore[arg-type]
        quote=words,
        span=Span(start=start, end=end),
        why="found by rule",
        **changes,  # type: ignore[arg-type]
    )


CONDITION = Fact(
    id="Condition/c1",
    kind="condition",
    quote="Lumbar radiculopathy, right",
    codes=(Coding(system="ICD-10-CM", code="M54.16", display="Radiculopathy, lumbar region"),),
    status="active",
    start=date(2026, 8, 25),
    why="diagnosis of the request",
)
NAPROXEN = Fact(
    id="MedicationRequest/m1",
    kind="medication",
    quote="naproxen 500 MG Oral Tablet. Take 1 tablet by mouth twice daily",
    codes=(Coding(system="RXNORM", code="198014", display="naproxen 500 MG Oral Tablet"),),
    status="completed",
    start=date(2026, 8, 1),
    end=date(2026, 10, 1),
    why="treatment",
)
LIPIDS = Fact(
    id="Condition/c9",
    kind="condition",
    quote="Hyperlipidemia",
    status="active",
    start=date(2016, 4, 1),
    why="problem list",
)
AHI = Fact(
    id="Observation/o1",
    kind="observation",
    quote="Apnea-hypopnea index 22 events per hour",
    value=Quantity(value=Decimal("22"), unit="/h"),
    start=date(2026, 9, 10),
    why="sleep study",
)
THERAPY = note_fact(
    "She completed 8 weeks of physical therapy and has taken naproxen 500 mg twice daily"
    " without improvement."
)
EXAM = note_fact("right ankle reflex reduced (1+), right ankle dorsiflexion 4/5.")


def chart(*facts: Fact, **changes: object) -> Chart:
    base = Chart(
        patient="Patient/p1",
        facts=facts or (CONDITION, NAPROXEN, LIPIDS),
        notes=(
            Note(
                id="DocumentReference/n1",
                title="Spine clinic follow-up",
                written=date(2026, 11, 12),
                author="Daniel Osei, DO",
                text=NOTE,
            ),
        ),
        manifest=Manifest(
            ehr="sandbox",
            at=datetime(2026, 11, 20, tzinfo=UTC),
            since=date(2024, 11, 20),
            searches=(),
        ),
    )
    return base.model_copy(update=changes)


def evidence(fact: Fact, speaks: str = "for") -> Evidence:
    return Evidence(fact=fact.id, quote=fact.quote, speaks=speaks)  # type: ignore[arg-type]


def leaf(name: str, text: str, status: str = "met", *shown: Evidence, depth: int = 1) -> Criterion:
    return Criterion(
        id=name,
        depth=depth,
        operator="mentioned",
        text=text,
        status=status,  # type: ignore[arg-type]
        evidence=shown,
        reason="as the record says" if shown else "nothing recorded",
        citation=f"clause {name}",
    )


def assessment(*leaves: Criterion, gaps: tuple[Gap, ...] = ()) -> Assessment:
    leaves = leaves or (
        leaf("root", "Signs of radiculopathy", "met", evidence(CONDITION), evidence(EXAM)),
        leaf("care", "Six weeks of conservative care", "met", evidence(THERAPY)),
    )
    status = "met" if all(one.status == "met" for one in leaves) else "unknown"
    top = leaf("policy", "Lumbar spine MRI", status, depth=0)
    return Assessment(
        policy=PolicyRef(
            id="lumbar-mri",
            version="2026-01-01.1",
            title="Lumbar spine MRI",
            source="Sandbox Health Plan RAD-12, revision 3, section 2",
            verification="read",
            effective_from=date(2026, 1, 1),
            review_by=date(2027, 1, 1),
            sha256="0" * 64,
        ),
        as_of=date(2026, 11, 20),
        status=status,  # type: ignore[arg-type]
        criteria=(top.model_copy(update={"operator": "all"}), *leaves),
        gaps=gaps,
        met=sum(one.status == "met" for one in leaves),
        required=len(leaves),
        facts=(THERAPY, EXAM),
    )


def denial(**changes: object) -> Decision:
    base = Decision(
        outcome="denied",
        action_code="A3",
        reasons=(Reason(code="0F", category="medical_necessity", words="not shown as needed"),),
        issued=date(2026, 11, 19),
        messages=("Six weeks of conservative care not documented.",),
    )
    return base.model_copy(update=changes)
