"""Resources as US Core servers write them, each as the fact it becomes."""

from datetime import date
from decimal import Decimal

import pytest

from nodes.chart import Quantity
from nodes.fhir import facts

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
SNOMED, RXNORM = "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def concept(system, code, display, text=None):
    coded = {"coding": [{"system": system, "code": code, "display": display}]}
    return {**coded, "text": text} if text else coded


def quantity(value, unit, code=None):
    return {"value": value, "unit": unit, "system": UCUM, "code": code or unit}


def fact(kind, **more):
    read = facts.read({"resourceType": kind, "id": "x", **more})
    assert read
    return read.fact("a test")


CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
APNEA = concept(SNOMED, "78275009", "Obstructive sleep apnea syndrome", "Sleep apnea")
METFORMIN = concept(RXNORM, "861007", "metformin hydrochloride 500 MG Oral Tablet", "Metformin")


@pytest.mark.parametrize(
    ("onset", "words", "start"),
    [
        ({"onsetDateTime": "2021-03-04T23:30:00-08:00"}, "onset 2021-03-04", date(2021, 3, 4)),
        ({"onsetPeriod": {"start": "2021-03-04"}}, "onset 2021-03-04", date(2021, 3, 4)),
        ({"onsetAge": quantity(45, "years", "a")}, "onset at age 45 years", None),
        (
            {"onsetRange": {"low": quantity(40, "a"), "high": quantity(45, "a")}},
            "onset at age 40 to 45 a",
            None,
        ),
        ({"onsetString": "after the fall"}, "onset after the fall", None),
        ({"recordedDate": "2022-01"}, "recorded 2022-01", None),
    ],
)
def test_a_condition(onset, words, start):
    read = fact(
        "Condition",
        clinicalStatus=concept(CLINICAL, "active", "Active"),
        verificationStatus=concept("x", "confirmed", "Confirmed"),
        code={**APNEA, "coding": [*APNEA["coding"], {"system": ICD, "code": "G47.33"}]},
        severity={"text": "severe"},
        bodySite=[{"text": "Left knee"}],
        asserter={"display": "A. Chen, MD"},
        **onset,
    )
    assert read.quote == f"Sleep apnea; G47.33; severe; site Left knee; active; {words}"
    assert (read.start, read.body_site, read.author) == (start, "Left knee", "A. Chen, MD")
    assert [c.system for c in read.codes] == ["SNOMED", "ICD-10-CM"]


def test_a_condition_that_ended():
    read = fact("Condition", code=APNEA, onsetDateTime="2020", abatementDateTime="2022-05-06")
    assert (read.quote, read.end) == (
        "Sleep apnea; onset 2020; ended 2022-05-06",
        date(2022, 5, 6),
    )


def test_a_prescription():
    read = fact(
        "MedicationRequest",
        status="stopped",
        statusReason={"text": "nausea"},
        intent="order",
        medicationCodeableConcept=METFORMIN,
        authoredOn="2026-09-01",
        requester={"display": "A. Chen, MD"},
        dosageInstruction=[
            {
                "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                "asNeededBoolean": False,
                "route": {"text": "oral"},
                "doseAndRate": [{"doseQuantity": quantity(500, "mg")}],
            }
        ],
        dispenseRequest={
            "numberOfRepeatsAllowed": 3,
            "quantity": quantity(60, "tablet", "{tbl}"),
            "expectedSupplyDuration": quantity(30, "days", "d"),
        },
    )
    assert read.quote == (
        "Metformin; 500 mg oral 2 times per day; stopped; 2026-09-01; quantity 60 tablet; "
        "30 days' supply; 3 refills; because nausea"
    )
    assert read.course
    assert read.course.model_dump(exclude={"quantity"}) == {
        "event": "ordered",
        "dosage": "500 mg oral 2 times per day",
        "days_supply": 30,
        "refills": 3,
        "stopped": "nausea",
    }
    assert read.course.quantity == Quantity(value=Decimal(60), unit="{tbl}")
    assert (read.author, read.codes[0].code) == ("A. Chen, MD", "861007")


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, "once per day"),
        ({"frequency": 1, "period": 8, "periodUnit": "h"}, "every 8 hours"),
        ({"period": 2, "periodMax": 3, "periodUnit": "wk"}, "every 2 to 3 weeks"),
        ({"frequency": 2, "period": 3, "periodUnit": "wk"}, "2 times per 3 weeks"),
        (
            {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d", "when": ["HS"]},
            "1 to 2 times per day at bedtime",
        ),
        ({"boundsDuration": quantity(10, "days", "d"), "count": 5}, "for 10 days in all 5 times"),
        ({"frequency": "often"}, None),
    ],
)
def test_a_dosage_is_built_from_what_is_coded(repeat, words):
    read = fact(
        "MedicationStatement",
        status="active",
        medicationCodeableConcept=METFORMIN,
        dosage=[{"timing": {"repeat": repeat}}],
    )
    assert read.course
    assert (read.course.event, read.course.dosage) == ("stated", words)


def test_what_was_handed_over_and_what_was_given():
    dispensed = fact(
        "MedicationDispense",
        status="completed",
        medicationCodeableConcept=METFORMIN,
        whenHandedOver="2026-09-02T10:00:00Z",
        daysSupply={"value": 4, "unit": "weeks"},
        quantity={"value": 56},
        dosageInstruction=[{"text": "one tablet twice daily"}],
    )
    assert dispensed.quote == (
        "Dispensed: Metformin; one tablet twice daily; completed; 2026-09-02; quantity 56; "
        "28 days' supply"
    )
    assert dispensed.course
    assert (dispensed.course.event, dispensed.course.days_supply) == ("dispensed", 28)
    given = fact(
        "MedicationAdministration",
        status="completed",
        medicationCodeableConcept={"text": "Infliximab"},
        effectivePeriod={"start": "2026-09-02T10:00:00Z", "end": "2026-09-02T12:00:00Z"},
        dosage={"dose": quantity(300, "mg"), "route": {"text": "intravenous"}},
    )
    assert given.quote == "Given: Infliximab; 300 mg intravenous; completed; 2026-09-02"
    assert given.start == given.end == date(2026, 9, 2)


@pytest.mark.parametrize(
    "more",
    [
        {
            "contained": [{"resourceType": "Medication", "id": "m", "code": METFORMIN}],
            "medicationReference": {"reference": "#m"},
        },
        {"medicationReference": {"reference": "Medication/9", "display": "Metformin"}},
        {
            "contained": [
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "ingredient": [{"itemCodeableConcept": {"text": "Metformin"}}],
                }
            ],
            "medicationReference": {"reference": "#m"},
        },
    ],
)
def test_a_medication_that_stands_elsewhere(more):
    assert fact("MedicationRequest", status="active", **more).quote == "Metformin; active"


def test_what_a_patient_reports_to_take_is_a_statement():
    read = fact(
        "MedicationRequest",
        status="active",
        intent="plan",
        reportedBoolean=True,
        medicationCodeableConcept=METFORMIN,
    )
    assert read.course
    assert read.course.event == "stated"


PRESSURE = {
    "resourceType": "Observation",
    "id": "bp",
    "status": "final",
    "code": concept(LOINC, "85354-9", "Blood pressure panel"),
    "effectiveDateTime": "2026-09-28",
    "performer": [{"display": "A. Chen, MD"}],
    "component": [
        {
            "code": concept(LOINC, "8480-6", "Systolic blood pressure"),
            "valueQuantity": quantity(132, "mmHg", "mm[Hg]"),
            "interpretation": [{"text": "High"}],
            "referenceRange": [{"low": {"value": 90}, "high": {"value": 120}}],
        },
        {"code": concept(LOINC, "8478-0", "Mean"), "dataAbsentReason": {"text": "not asked"}},
        {
            "code": concept(LOINC, "8462-4", "Diastolic blood pressure"),
            "valueQuantity": quantity(Decimal("79.70"), "mmHg", "mm[Hg]"),
        },
    ],
}


def test_a_component_is_a_fact_of_its_own_at_its_place():
    whole, systolic, diastolic = (one.fact("w") for one in facts.readings(PRESSURE))
    assert (
        whole.value_text == "Systolic blood pressure 132 mmHg, Diastolic blood pressure 79.70 mmHg"
    )
    assert (systolic.id, systolic.path) == (
        "Observation/bp#component-1",
        "Observation.component[0]",
    )
    assert (diastolic.id, diastolic.source) == ("Observation/bp#component-3", "Observation/bp")
    assert systolic.quote == (
        "Systolic blood pressure: 132 mmHg; interpretation High; reference 90 to 120; "
        "part of Blood pressure panel; 2026-09-28"
    )
    assert str(diastolic.value.value) == "79.70"
    assert diastolic.value.unit == "mm[Hg]"
    assert (diastolic.codes[0].code, diastolic.start) == ("8462-4", date(2026, 9, 28))
    assert diastolic.author == "A. Chen, MD"


def test_an_observation_says_where_how_and_whether_it_is_settled():
    read = fact(
        "Observation",
        status="preliminary",
        code={"text": "Range of motion"},
        valueQuantity=quantity(90, "deg"),
        interpretation=[{"text": "Low"}],
        referenceRange=[{"text": "0-135"}],
        bodySite={"text": "Right knee"},
        method={"text": "goniometer"},
        effectiveInstant="2026-09-28T10:00:00Z",
        note=[{"text": "limited by pain"}],
    )
    assert read.quote == (
        "Range of motion: 90 deg; interpretation Low; reference 0-135; site Right knee; "
        "by goniometer; preliminary; 2026-09-28; limited by pain"
    )
    assert (read.body_site, read.status, read.start) == (
        "Right knee",
        "preliminary",
        date(2026, 9, 28),
    )


def test_a_panel_of_other_observations_says_so():
    read = fact(
        "Observation",
        status="final",
        code={"text": "CBC"},
        hasMember=[{"reference": "Observation/1"}],
    )
    assert read.quote == "CBC: its results are recorded apart"


def test_a_report_and_a_procedure():
    report = fact(
        "DiagnosticReport",
        status="final",
        code={"text": "MRI lumbar spine"},
        issued="2026-09-28T08:00:00Z",
        conclusion="L4-L5 herniation",
        conclusionCode=[{"text": "Disc herniation"}],
    )
    assert report.quote == "MRI lumbar spine: L4-L5 herniation; Disc herniation; 2026-09-28"
    done = fact(
        "Procedure",
        status="stopped",
        statusReason={"text": "patient request"},
        code={"text": "Epidural injection"},
        performedPeriod={"start": "2026-09-01", "end": "2026-09-01"},
        bodySite=[{"text": "L4-L5 left"}],
        outcome={"text": "no relief"},
        complication=[{"text": "headache"}],
        followUp=[{"text": "telephone"}],
        reasonReference=[{"display": "Radiculopathy"}],
        performer=[{"actor": {"display": "A. Chen, MD"}}],
    )
    assert done.quote == (
        "Epidural injection; site L4-L5 left; stopped; because patient request; 2026-09-01; "
        "for Radiculopathy; no relief; complication headache; follow-up telephone"
    )


@pytest.mark.parametrize(
    ("more", "words", "said"),
    [
        (
            {"class": {"code": "VR"}, "type": [{"text": "Office visit"}]},
            "Office visit; virtual; finished; 2026-09-01",
            False,
        ),
        (
            {"class": {"code": "AMB"}, "reasonReference": [{"display": "Sleep apnea"}]},
            "ambulatory; for Sleep apnea; finished; 2026-09-01",
            True,
        ),
        (
            {
                "class": [{"coding": [{"code": "EMER"}]}],
                "diagnosis": [{"condition": {"display": "Fall"}}],
            },
            "EMER; for Fall; finished; 2026-09-01",
            True,
        ),
        (
            {
                "participant": [
                    {"individual": {"reference": "x"}},
                    {"individual": {"display": "Dr. C"}},
                ]
            },
            "Visit; finished; 2026-09-01; Dr. C",
            False,
        ),
    ],
)
def test_a_visit(more, words, said):
    given = {"resourceType": "Encounter", "id": "x", "status": "finished", **more}
    read = facts.read({**given, "period": {"start": "2026-09-01T08:00:00-05:00"}})
    assert read
    assert (read.quote, read.reason_said) == (words, said)


def test_a_relative_with_ages_and_death():
    read = fact(
        "FamilyMemberHistory",
        status="completed",
        relationship={"text": "Maternal aunt"},
        deceasedAge=quantity(52, "years", "a"),
        condition=[
            {
                "code": concept(ICD, "C50.919", "Breast cancer"),
                "onsetAge": quantity(45, "years", "a"),
                "contributedToDeath": True,
            },
            {"code": {"text": "Ovarian cancer"}, "onsetString": "in her forties"},
        ],
    )
    assert read.quote == (
        "Maternal aunt (deceased at age 52 years): Breast cancer (onset at age 45 years, cause of "
        "death), Ovarian cancer (onset in her forties)"
    )
    living = fact("FamilyMemberHistory", relationship={"text": "Mother"}, ageString="70s")
    assert living.quote == "Mother (aged 70s): no condition recorded"
    assert fact("FamilyMemberHistory", status="health-unknown").quote == "relative: health unknown"


def test_an_allergy_an_immunization_a_device():
    allergy = fact(
        "AllergyIntolerance",
        code={"text": "Naproxen"},
        clinicalStatus=concept("x", "active", "Active"),
        verificationStatus=concept("x", "unconfirmed", "Unconfirmed"),
        criticality="high",
        reaction=[{"manifestation": [{"text": "Hives"}], "severity": "severe"}],
        recordedDate="2020-01-01",
    )
    assert allergy.quote == (
        "Allergy or intolerance: Naproxen; criticality high; reaction Hives (severe); "
        "active (unconfirmed); 2020-01-01"
    )
    given = fact(
        "Immunization",
        status="completed",
        vaccineCode={"text": "Influenza"},
        occurrenceString="last fall",
    )
    assert given.quote == "Influenza; completed; last fall"
    device = fact(
        "Device",
        status="active",
        type={"text": "CPAP"},
        modelNumber="S10",
        serialNumber="SN-1",
        udiCarrier=[{"carrierHRF": "(21)SN-1", "deviceIdentifier": "DI-1"}],
    )
    assert device.quote == "Device: CPAP; model S10; active"
    assert "SN-1" not in device.model_dump_json()
    assert fact("Device", status="inactive").quote == "Device of a type not recorded; inactive"


def test_an_order_for_a_device():
    read = fact(
        "DeviceRequest",
        status="active",
        intent="order",
        codeCodeableConcept={"text": "Wheelchair"},
        authoredOn="2026-09-01",
        reasonCode=[{"text": "Paraplegia"}],
        requester={"display": "A. Chen, MD"},
    )
    assert read.quote == "Ordered: Wheelchair; active; 2026-09-01; for Paraplegia"
    assert (read.kind, read.start) == ("order", date(2026, 9, 1))
