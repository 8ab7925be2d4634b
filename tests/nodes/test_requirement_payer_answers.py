"""A payer's own answer over CRD counts for this coverage, patient, code and time only."""

import json
from datetime import date

import pytest

from nodes.check_requirement import CheckRequirementRequest, check_requirement
from nodes.errors import UnreadableDocument
from nodes.requirement import crd
from nodes.requirement.holders import same
from tests.nodes.policy_world import case
from tests.nodes.requirement_world import TODAY, ask, question, row, tables

CPT = "http://www.ama-assn.org/go/cpt"
COVERAGE = "Coverage/c1"
KINDS = {
    "coverage": "valueReference", "covered": "valueCode", "pa-needed": "valueCode",
    "doc-needed": "valueCode", "doc-purpose": "valueCode", "info-needed": "valueCode",
    "billingCode": "valueCoding", "reason": "valueCodeableConcept", "date": "valueDate",
    "expiry-date": "valueDate", "coverage-assertion-id": "valueString",
    "satisfied-pa-id": "valueString", "questionnaire": "valueCanonical",
    "dependency": "valueReference",
}  # fmt: skip
GOLD = {"coding": [{"system": "http://hl7.org/fhir/us/davinci-crd/CodeSystem/temp",
                    "code": "gold-card"}], "text": "Waived: gold card"}  # fmt: skip


def information(**changes):
    """An extension as a CRD 2.2 server writes it; a value of none leaves the part out."""
    parts = {
        "coverage": {"reference": COVERAGE},
        "covered": "covered",
        "pa-needed": "no-auth",
        "billingCode": {"system": CPT, "code": "72148"},
        "date": "2026-11-18",
        "coverage-assertion-id": "A-1",
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    if "billing" in changes:
        parts["billingCode"] = parts.pop("billing")
    extra = parts.pop("detail", None)
    made = [
        {"url": name, KINDS[name]: one}
        for name, value in parts.items()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    return {"url": crd.URL, "extension": [*made, *([extra] if extra else [])]}


def order(*extensions, **fields):
    return {
        "resourceType": "ServiceRequest",
        "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": CPT, "code": "72148"}]},
        "extension": list(extensions),
    } | fields


def asked(*given, coverage=COVERAGE, about=None, **more):
    held = tables(row("a"))
    return ask(held, about or question(), payer_answers=given, coverage=coverage, **more)


def test_the_payers_own_answer_goes_before_the_table():
    said = asked(order(information(expiry_date="2027-02-01")))
    assert (said.needed, said.basis, said.covered) == ("no-auth", "payer_answer", "covered")
    assert said.payer_answer.assertion == "A-1" and said.rule is None
    assert said.considered == ("own/a",)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        order,
        lambda one: {"resourceType": "Bundle", "entry": [{"resource": order(one)}]},
        lambda one: {"cards": [], "systemActions": [{"type": "update", "resource": order(one)}]},
    ],
)
def test_it_is_found_where_crd_servers_put_it(wrap):
    assert asked(wrap(information())).needed == "no-auth"


def test_without_a_billing_code_the_orders_own_code_counts():
    assert asked(order(information(billing=None))).needed == "no-auth"
    said = asked(information(billing=None))
    assert said.needed == "auth-needed" and "names none" in said.refused[0].reason


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (information(expiry_date="2026-11-19"), "expired"),
        (information(date="2026-11-21"), "dated after"),
        (information(date="2026-05-01"), "older than 180 days"),
        (information(date=None), "not dated"),
        (information(date="soon"), "not dated"),
        (information(coverage={"reference": "Coverage/c2"}), "another coverage"),
        (information(coverage=None), "another coverage"),
        (information(billing={"system": CPT, "code": "72149"}), "another code"),
        (information(billing={"system": CPT, "code": "72148:50"}), "modifier"),
        (information(pa_needed="indeterminate"), "could not tell"),
        (information(pa_needed=None), "authorization is needed"),
        (information(pa_needed="yes"), "authorization is needed"),
        (information(covered=None), "covered"),
        (information(pa_needed="satisfied"), "without an authorization number"),
    ],
)
def test_an_answer_that_does_not_count_is_refused_with_the_reason(given, why):
    said = asked(given)
    assert (said.needed, said.basis) == ("auth-needed", "rule")
    (refused,) = said.refused
    assert why in refused.reason and refused.kind == "payer_answer"


def test_an_answer_must_still_hold_on_the_date_of_service():
    given = information(expiry_date="2026-11-30")
    assert asked(given, about=question(on=date(2026, 11, 30))).needed == "no-auth"
    later = asked(given, about=question(on=date(2026, 12, 1)))
    assert later.needed == "auth-needed" and "expired" in later.refused[0].reason


def test_without_the_coverage_no_answer_counts():
    said = asked(information(), coverage=None)
    assert said.needed == "auth-needed" and "give its reference" in said.refused[0].reason


def test_the_coverage_of_the_same_server_by_its_whole_address():
    there = "https://ehr.example/fhir/Coverage/c1"
    given = information(coverage={"reference": there})
    assert asked(given, fhir_base="https://EHR.example/fhir/").needed == "no-auth"
    assert asked(given, fhir_base="https://other.example/fhir").needed == "auth-needed"
    assert asked(given).needed == "auth-needed"
    assert not same("c1", "c1")


def test_an_order_of_another_patient_does_not_count():
    other = order(information(), subject={"reference": "Patient/p9"})
    held = tables(row("a", payers="[SBXHP01]"))
    request = CheckRequirementRequest(
        case=case(), as_of=TODAY, coverage=COVERAGE, payer_answers=(other,)
    )
    (said,) = check_requirement(request, held=lambda: held).lines
    assert said.needed == "auth-needed" and "another patient" in said.refused[0].reason


def test_satisfied_carries_the_number_and_the_gold_card_the_reason():
    given = information(pa_needed="satisfied", satisfied_pa_id="PA-77", reason=GOLD)
    said = asked(given)
    assert said.needed == "satisfied"
    assert said.payer_answer.authorization_number == "PA-77"
    assert said.payer_answer.gold_card and "gold card" in said.reason


def test_a_gold_card_reason_alone_waives_nothing():
    assert asked(information(pa_needed="auth-needed", reason=GOLD)).needed == "auth-needed"


def test_the_number_is_not_given_out_where_nothing_is_satisfied():
    said = asked(information(satisfied_pa_id="PA-77"))
    assert said.payer_answer.authorization_number is None


def test_conditional_asks_what_the_payer_wants_to_know():
    said = asked(information(pa_needed="conditional", info_needed=["performer", "location"]))
    assert said.needed == "conditional"
    assert [one.ask.split()[0] for one in said.questions] == ["Who", "Where"]


def test_not_covered_is_unknown_with_the_word():
    said = asked(information(covered="not-covered", pa_needed=None))
    assert (said.needed, said.covered) == ("unknown", "not-covered")


def test_the_newest_answer_counts_whatever_the_order():
    old, new = information(date="2026-11-01"), information(pa_needed="performpa")
    assert {asked(*pair).needed for pair in ((old, new), (new, old))} == {"performpa"}


def test_two_answers_of_one_day_that_differ_are_unknown():
    said = asked(information(), information(pa_needed="auth-needed"))
    assert said.needed == "unknown" and "two different answers" in said.reason


def test_documents_and_questionnaires_are_kept():
    given = information(
        pa_needed="auth-needed", doc_needed="clinical", doc_purpose="withpa",
        questionnaire="http://payer.example/Questionnaire/mri|1.0",
    )  # fmt: skip
    answer = asked(given).payer_answer
    assert answer.doc_needed == ("clinical",) and answer.doc_purpose == ("withpa",)
    assert answer.questionnaires == ("http://payer.example/Questionnaire/mri|1.0",)


def quantity(most):
    return {
        "url": "detail",
        "extension": [
            {"url": "code", "valueCodeableConcept": {"coding": [{"code": "allowed-quantity"}]}},
            {"url": "value", "valueQuantity": {"value": most, "unit": "visits"}},
        ],
    }


def test_a_request_beyond_the_payers_limit_is_conditional():
    many = asked(information(detail=quantity(6)), about=question(quantity=8))
    assert many.needed == "conditional" and many.payer_answer.limits
    few = asked(information(detail=quantity(6)), about=question(quantity=6))
    assert few.needed == "no-auth" and any("limits" in one for one in few.warnings)


def test_an_old_answer_without_an_end_warns_and_so_does_a_dependent_one():
    said = asked(information(date="2026-10-01", dependency={"reference": "ServiceRequest/x"}))
    assert said.needed == "no-auth"
    assert any("50 days old" in one for one in said.warnings)
    assert any("another order" in one for one in said.warnings)


@pytest.mark.parametrize(
    "hostile",
    [
        {"extension": "x"},
        {"extension": [1, None, {"url": crd.URL}]},
        {"url": crd.URL, "extension": [{"url": "billingCode", "valueCoding": {"code": 7}}]},
        {"url": crd.URL, "extension": [{"url": "date", "valueDate": 5}, {"url": "reason"}]},
        {"entry": [{"resource": None}], "systemActions": {}, "cards": [{"suggestions": 3}]},
        {"url": crd.URL, "extension": [{"url": "detail", "extension": [{"url": "code"}]}]},
    ],
)
def test_what_is_malformed_never_counts_and_never_fails(hostile):
    said = asked(hostile, coverage="Coverage/other")
    assert said.needed == "auth-needed"


def test_a_flood_of_assertions_is_refused():
    with pytest.raises(UnreadableDocument, match="more than 200"):
        asked(order(*[information()] * 120), order(*[information()] * 81))
    assert asked(order(*[information()] * 200)).needed == "no-auth"


def test_nothing_of_a_refusal_repeats_the_document():
    given = json.loads(json.dumps(order(information(coverage={"reference": "Coverage/SECRET"}))))
    assert "SECRET" not in asked(given).model_dump_json()
