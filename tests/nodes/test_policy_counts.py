"""Visits counted from a start, events counted by their days, documents, sex and specialty."""

from datetime import date, timedelta

import pytest

from nodes.case import InvolvedProvider, Patient, PersonName, Provider
from tests.nodes.leaf_world import ask
from tests.nodes.policy_world import case, fact, note

START = date(2026, 5, 1)
PAP = {"concepts": {"pap": ["cpap"]}, "value_sets": {"start": ["HCPCS E0601"]}}
AFTER = {"about": "pap", "start": "start", "first_day": 31, "last_day": 91, "tables": PAP}


def begun(kind="device", status="active", day=START):
    return fact(f"Device/{day}", kind, "CPAP", day, codes=[("HCPCS", "E0601")], status=status)


def visit(days):
    day = START + timedelta(days=days)
    return fact(f"Encounter/{days}", "encounter", "Visit; CPAP; finished", day, status="finished")


@pytest.mark.parametrize(
    ("days", "status", "refused"),
    [
        (30, "unknown", "The visit is too early."),
        (31, "met", None),
        (91, "met", None),
        (92, "unknown", "The visit is too late."),
    ],
)
def test_days_are_inclusive(days, status, refused):
    found = ask("visit_after", begun(), visit(days), **AFTER)
    assert found.status == status
    assert [one.why for one in found.refused] == ([refused] if refused else [])


def test_no_visit_after_the_last_day_is_what_the_leaf_says():
    assert ask("visit_after", begun(), when_absent="not_met", **AFTER).status == "not_met"
    early = ask("visit_after", begun(), when_absent="not_met", as_of=date(2026, 7, 1), **AFTER)
    assert early.status == "unknown" and "still time" in early.reason


def test_an_order_is_no_beginning():
    found = ask("visit_after", begun("order"), visit(40), **AFTER)
    assert found.status == "unknown" and "order" in found.refused[0].why
    assert ask("visit_after", begun("order", "completed"), visit(40), **AFTER).status == "met"


def test_the_first_of_several_beginnings_counts():
    again = begun("procedure", "completed", START + timedelta(days=60))
    assert ask("visit_after", begun(), again, visit(80), **AFTER).status == "met"


ED = {"concepts": {"ed": ["ed visit*"]}, "value_sets": {"codes": ["CPT 99284"]}}
COUNT = {"n": 2, "window": "P12M", "tables": ED}


def emergency(day):
    return fact(
        f"Encounter/{day}", "encounter", "ED", day, codes=[("CPT", "99284")], status="finished"
    )


@pytest.mark.parametrize(
    ("days", "status"),
    [
        ((date(2026, 5, 1), date(2026, 6, 1)), "met"),
        ((date(2026, 5, 1), date(2026, 5, 1)), "unknown"),
        ((date(2026, 5, 1), date(2025, 5, 1)), "unknown"),
        ((date(2026, 5, 1), date(2026, 12, 1)), "unknown"),
    ],
)
def test_events_count_by_their_days(days, status):
    facts = [
        emergency(day).model_copy(update={"id": f"Encounter/{n}"}) for n, day in enumerate(days)
    ]
    assert ask("event_count", *facts, value_set="codes", **COUNT).status == status


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["ED visit on 3/2/2026 and again 5/9/2026."], "met"),
        (["ED visit for hypoglycemia.", "Recent ED visit for hypoglycemia."], "unknown"),
        (["No ED visits.", "ED visit on 5/9/2026."], "unknown"),
        (["Advised ED visit if it recurs.", "ED visit on 5/9/2026."], "unknown"),
    ],
)
def test_notes_that_repeat_an_event_count_it_once(texts, status):
    notes = [note(text, date(2026, 10, 1 + n), f"n{n}") for n, text in enumerate(texts)]
    assert ask("event_count", *notes, concept="ed", **COUNT).status == status


def test_a_number_said_with_the_words_counts():
    words = {"label": "falls", "words": ["falls"], "number": "before"}
    tables = {"concepts": {"falls": words}}
    asked = COUNT | {"tables": tables, "concept": "falls"}
    assert ask("event_count", note("She had 3 falls this year."), **asked).status == "met"
    assert ask("event_count", note("She had 1 falls this year."), **asked).status == "unknown"


PAPER = {
    "concepts": {"home": ["home assessment"], "access": ["wide enough", "accessible"]},
    "value_sets": {"codes": ["LOINC 18823-5"]},
}


def paper(*parts, **fields):
    return ask("document_present", *parts, **({"concept": "home", "tables": PAPER} | fields))


def cover(day, status="current", **fields):
    quote = f"Home assessment; {day}"
    return fact("DocumentReference/n1", "document", quote, day, status=status, **fields)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The home is accessible.", "met"),
        ("The home is not accessible.", "not_met"),
        ("Seen at home.", "unknown"),
        ("If the home is accessible, order.", "unknown"),
    ],
)
def test_what_a_document_must_state(text, status):
    found = paper(note(text, title="Home assessment"), says="access")
    assert found.status == status, found.reason


def test_a_document_without_its_text_may_state_it():
    found = paper(cover(date(2026, 10, 1)), says="access")
    assert found.status == "unknown" and "was not read" in found.reason


def test_the_age_of_a_document():
    assert paper(cover(date(2026, 10, 1)), window="P6M").status == "met"
    assert paper(cover(date(2025, 10, 1)), window="P6M").gap == "stale"


def test_a_document_by_its_type():
    by_code = cover(date(2026, 10, 1), codes=[("LOINC", "18823-5")])
    by_code = by_code.model_copy(update={"quote": "Report"})
    assert paper(by_code, concept=None, value_set="codes").status == "met"


def test_a_superseded_document_is_refused():
    found = paper(cover(date(2026, 10, 1), "superseded"))
    assert found.status == "unknown" and "superseded" in found.refused[0].why


def test_a_note_that_only_speaks_of_the_document_is_not_it():
    assert paper(note("Home assessment was ordered.")).status == "unknown"


@pytest.mark.parametrize(("sex", "status"), [("female", "met"), ("male", "not_met")])
def test_sex_as_registered(sex, status):
    patient = Patient(
        id="Patient/p1",
        name=PersonName(family="Test", given="Pat"),
        birth_date=date(1970, 5, 1),
        sex=sex,
    )
    assert ask("sex", of=case(patient=patient), **{"is": "female"}).status == status


def test_sex_that_is_not_registered_is_unknown():
    assert ask("sex", **{"is": "female"}).status == "unknown"


RHEUM = {"taxonomy": ["207RR"], "tables": {"concepts": {"rheum": ["rheumatolog*"]}}}


def test_the_taxonomy_of_who_orders():
    asks = Provider(organization="Riverbend", taxonomy="207RR0500X")
    other = Provider(organization="Riverbend", taxonomy="207Q00000X")
    assert ask("prescriber_specialty", of=case(requester=asks), **RHEUM).status == "met"
    assert ask("prescriber_specialty", of=case(requester=other), **RHEUM).status == "not_met"
    assert ask("prescriber_specialty", **RHEUM).status == "unknown"
    ordering = InvolvedProvider(organization="R", role="ordering", taxonomy="207RR0500X")
    both = case(requester=other, providers=(ordering,))
    assert ask("prescriber_specialty", of=both, **RHEUM).status == "met"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Seen by rheumatology in May.", "met"),
        ("Discussed with rheumatologist Dr. A, who agrees.", "met"),
        ("Refer to rheumatology.", "unknown"),
        ("Rheumatology referral pending.", "unknown"),
        ("Has not seen rheumatology.", "unknown"),
    ],
)
def test_a_consultation_in_notes(text, status):
    other = case(requester=Provider(organization="R", taxonomy="207Q00000X"))
    found = ask("prescriber_specialty", note(text), of=other, consulted="rheum", **RHEUM)
    assert found.status == status, found.reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mother has asthma.", "another person"),
        ("No asthma.", "denies"),
        ("Possible asthma.", "not sure"),
        ("If asthma worsens, call.", "supposed"),
        ("History of asthma as a child.", "past"),
    ],
)
def test_a_statement_that_does_not_count_says_why(text, why):
    after = note("Asthma is well controlled.", date(2026, 11, 15), "later")
    tables = {"concepts": {"asthma": ["asthma"]}}
    found = ask("attested", note(text), after, concept="asthma", tables=tables)
    assert found.status == "met"
    assert [why in one.why for one in found.refused] == [True]


def test_a_code_that_is_not_certain_is_listed():
    tables = {"value_sets": {"codes": ["ICD-10-CM J45.909"]}}
    unsure = fact(
        "Condition/1",
        "condition",
        "Asthma",
        codes=[("ICD-10-CM", "J45.909")],
        status="active (provisional)",
    )
    found = ask("code_present", unsure, value_set="codes", tables=tables)
    assert found.status == "unknown" and "provisional" in found.refused[0].why


def test_care_may_be_any_that_the_file_names():
    tables = {
        "concepts": {"compression": ["compression stockings"], "cream": ["betamethasone"]},
        "value_sets": {"creams": ["RXNORM 1514"]},
        "parameters": {"weeks": (6, "weeks")},
        "therapies": {
            "care": {
                "concepts": ["compression", "cream"],
                "medications": "creams",
                "window": "P6M",
            }
        },
    }
    asked = {"therapies": "care", "tables": tables}
    worn = note("Wore compression stockings for 8 weeks without improvement.")
    assert ask("care_duration", worn, weeks="weeks", **asked).status == "met"
    assert ask("care_failed", worn, **asked).status == "met"
    short = note("Wore compression stockings for 2 weeks, stopped.")
    assert ask("care_duration", short, weeks="weeks", **asked).status == "not_met"
    cream = fact(
        "MedicationRequest/1",
        "medication",
        "betamethasone cream; active",
        date(2026, 8, 1),
        codes=[("RXNORM", "1514")],
        status="active",
    )
    used = note("Using betamethasone without benefit.")
    assert ask("care_duration", cream, used, weeks="weeks", **asked).status == "met"
    assert ask("care_duration", cream, weeks="weeks", **asked).status == "unknown"


def test_a_test_that_was_only_ordered_is_listed():
    tables = {"concepts": {"scan": ["ct scan"]}, "value_sets": {"codes": ["CPT 71250"]}}
    ordered = fact("ServiceRequest/1", "order", "CT", date(2026, 10, 1), codes=[("CPT", "71250")])
    asked = {"value_set": "codes", "concept": "scan", "tables": tables}
    found = ask("procedure_within", ordered, note("CT scan will be scheduled."), **asked)
    assert found.status == "unknown"
    assert {"order" in one.why for one in found.refused} == {True}
    assert len(found.refused) == 2


def test_a_call_is_no_visit_in_person():
    call = fact("Encounter/1", "encounter", "Telephone; cpap", date(2026, 10, 1), status="finished")
    asked = {"about": "pap", "window": "P6M", "tables": PAP}
    assert ask("encounter_within", call, **asked).status == "met"
    found = ask("encounter_within", call, in_person=True, **asked)
    assert found.status == "unknown" and found.refused[0].why == "It was not in person."
