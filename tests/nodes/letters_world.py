"""Invented patients for letters by the thousand: services, drugs, notes, assessments, denials."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from nodes.case import Diagnosis, PersonName, ServiceLine
from nodes.chart import Coding, Fact, Note, Quantity, Span
from nodes.decision import Reason
from nodes.draft_appeal import DraftAppealRequest
from nodes.summarize import SummarizeRequest
from tests.nodes.writing_world import assessment, case, chart, denial, evidence, leaf

FAMILY = (
    "Moss", "Albrecht", "Tanaka", "Oduya", "Ferreira", "Lindqvist", "Haddad", "Novak", "Quispe",
    "Abara",
)  # fmt: skip
GIVEN = ("Ada", "Bo", "Carmen", "Dina", "Elif", "Farid", "Greta", "Hana", "Ines", "Jonas")
CLINICIANS = ("Daniel Osei, DO", "Priya Raman, MD", "Tomas Vega, NP", "Lena Brandt, PT")
SERVICES = (
    ("CPT", "72148", "MRI lumbar spine without contrast", "M54.16", "Radiculopathy, lumbar region"),
    ("CPT", "73721", "MRI of a joint of the leg", "M25.561", "Pain in right knee"),
    ("CPT", "27447", "Total knee arthroplasty", "M17.11", "Unilateral primary osteoarthritis"),
    ("HCPCS", "E0601", "CPAP device", "G47.33", "Obstructive sleep apnea"),
    ("HCPCS", "E2103", "Continuous glucose monitor", "E11.65", "Type 2 diabetes, hyperglycemia"),
    ("HCPCS", "J0135", "Adalimumab injection", "M05.79", "Rheumatoid arthritis"),
    ("CPT", "64483", "Transforaminal epidural injection", "M54.17", "Radiculopathy, lumbosacral"),
    ("CPT", "95810", "Polysomnography", "G47.30", "Sleep apnea, unspecified"),
)
DRUGS = (
    ("naproxen", (250, 375, 500)), ("meloxicam", (7.5, 15)), ("gabapentin", (100, 300, 600)),
    ("duloxetine", (30, 60)), ("ibuprofen", (400, 600, 800)), ("metformin", (500, 850, 1000)),
    ("methotrexate", (10, 15, 20)), ("tramadol", (50, 100)), ("cyclobenzaprine", (5, 10)),
    ("pregabalin", (50, 75, 150)),
)  # fmt: skip
OFTEN = ("twice daily", "once daily", "three times daily", "BID", "every 8 hours")
PARTS = ("knee", "hip", "ankle", "shoulder", "leg")
RESULTS = ("without improvement", "with partial relief", "with no lasting benefit", "and improved")
SIGNS = (
    "{side} {part} reflex reduced (1+)", "{side} {part} strength {n}/5",
    "straight leg raise positive on the {side}", "sensation decreased over the {side} {part}",
)  # fmt: skip
DENIALS = ("saddle anesthesia", "bowel incontinence", "fever", "weight loss", "prior surgery")
MEASURES = (
    ("Hemoglobin A1c", "%", 65, 112, 10), ("Apnea-hypopnea index", "/h", 8, 60, 1),
    ("Body mass index", "kg/m2", 210, 440, 10), ("Oswestry disability index", "%", 20, 70, 1),
)  # fmt: skip


def _day(random: Random) -> date:
    return date(2026, 1, 5) + timedelta(days=random.randint(0, 300))


def _sentences(random: Random) -> list[str]:
    """Sentences of a visit note."""
    drug, doses = random.choice(DRUGS)
    side, part = random.choice(("left", "right")), random.choice(PARTS)
    weeks, visits = random.randint(3, 16), random.randint(4, 24)
    day = _day(random)
    sign = random.choice(SIGNS).format(side=side, part=part, n=random.randint(2, 4))
    told = [
        f"Completed {weeks} weeks of physical therapy ({visits} visits) {random.choice(RESULTS)}.",
        f"Has taken {drug} {random.choice(doses)} mg {random.choice(OFTEN)} since"
        f" {day:%m/%d/%Y} {random.choice(RESULTS)}.",
        f"Denies {random.choice(DENIALS)} and {random.choice(DENIALS)}.",
        f"Exam: {sign}.",
        f"Reports {side} {part} pain of {random.randint(3, 9)}/10 for"
        f" {random.randint(2, 30)} months.",
        f"X-ray of {day.isoformat()} shows no fracture.",
        f"Plan: continue home exercises and return in {random.randint(2, 8)} weeks.",
    ]
    return random.sample(told, random.randint(4, len(told)))


def _note(random: Random, number: int) -> tuple[Note, list[Fact]]:
    said = _sentences(random)
    name, facts, place = f"DocumentReference/n{number}", [], 0
    for words in said:
        end = place + len(words)
        facts.append(
            Fact(
                id=f"{name}#{place}-{end}",
                kind="statement",
                quote=words,
                span=Span(start=place, end=end),
                why="found by rule",
            )
        )
        place = end + 1
    note = Note(
        id=name,
        title=random.choice(("Spine clinic visit", "Primary care visit", "Therapy note")),
        written=_day(random),
        author=random.choice(CLINICIANS),
        text=" ".join(said),
    )
    return note, facts


def _records(random: Random) -> list[Fact]:
    """Facts of the record beside the notes."""
    facts = []
    for number, (drug, doses) in enumerate(random.sample(DRUGS, random.randint(1, 4))):
        start, dose = _day(random), random.choice(doses)
        facts.append(
            Fact(
                id=f"MedicationRequest/m{number}",
                kind="medication",
                quote=f"{drug} {dose} MG Oral Tablet. Take 1 tablet {random.choice(OFTEN)}",
                codes=(
                    Coding(system="RXNORM", code=str(random.randint(1000, 99999)), display=drug),
                ),
                status=random.choice(("active", "completed", "stopped")),
                start=start,
                end=start + timedelta(days=random.randint(14, 120))
                if random.random() < 0.6
                else None,
                why="treatment",
            )
        )
    name, unit, low, high, scale = random.choice(MEASURES)
    value = Decimal(random.randint(low, high)) / scale
    facts.append(
        Fact(
            id="Observation/o1",
            kind="observation",
            quote=f"{name}: {value} {unit}",
            value=Quantity(value=value, unit=unit),
            start=_day(random),
            why="measurement",
        )
    )
    return facts


def request_of(seed: int) -> SummarizeRequest:
    """A case with chart and assessment; the same seed, the same patient."""
    random = Random(seed)
    system, code, shown, icd, named = random.choice(SERVICES)
    base = case()
    patient = base.patient.model_copy(
        update={
            "name": PersonName(family=random.choice(FAMILY), given=random.choice(GIVEN)),
            "birth_date": date(random.randint(1940, 2004), random.randint(1, 12), 9),
        }
    )
    told = case(
        patient=patient,
        diagnoses=(Diagnosis(code=icd, display=named),),
        service_lines=(ServiceLine(system=system, code=code, display=shown),),
    )
    notes, facts = [], _records(random)
    facts.append(
        Fact(
            id="Condition/c1",
            kind="condition",
            quote=named,
            codes=(Coding(system="ICD-10-CM", code=icd, display=named),),
            status="active",
            start=_day(random),
            why="diagnosis of the request",
        )
    )
    found: list[Fact] = []
    for number in range(random.randint(1, 3)):
        note, said = _note(random, number)
        notes.append(note)
        found += said
    texts = ("Signs on examination", "Six weeks of conservative care", "Medication was tried")
    leaves = [
        leaf(
            f"c{number}",
            text,
            random.choice(("met", "met", "unknown", "not_met")),
            *[evidence(fact) for fact in random.sample([*found, *facts], 2)],
        )
        for number, text in enumerate(texts)
    ]
    held = assessment(*leaves).model_copy(update={"facts": tuple(found)})
    return SummarizeRequest(case=told, chart=chart(*facts, notes=tuple(notes)), assessment=held)


def appeal_of(seed: int) -> DraftAppealRequest:
    """The same patient, denied."""
    told, random = request_of(seed), Random(f"denial {seed}")
    weeks = random.randint(4, 12)
    message = random.choice(
        (f"{weeks} weeks of conservative care not documented.", "Medical necessity not shown.")
    )
    return DraftAppealRequest(
        case=told.case,
        chart=told.chart,
        assessment=told.assessment,
        denial=denial(
            messages=(message,),
            reasons=(Reason(code="0F", category="medical_necessity", words="not shown as needed"),),
            issued=date(2026, 11, random.randint(1, 18)),
        ),
        as_of=date(2026, 11, 20),
    )
