"""A small policy for tests: a monitor for people with diabetes, and the facts it asks for."""

from datetime import date

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.policy.library import Library, read
from tests.nodes.policy_world import CGM, TODAY, case, chart, fact

FILE = """
id: test.monitor
title: A monitor, for tests
kind: payer
version: "2026-01-01.1"
status: active
effective: {from: 2024-01-01, to: null}
review_by: 2026-06-30
applies: {lines_of_business: [medicare_advantage]}
sources:
  - {id: LCD L33822, title: Glucose Monitors, locator: all, verification: read, checked: 2026-01-01}
  - {id: A talk, title: A talk, locator: slide 3, verification: unverified, checked: 2026-01-01}
services: [{system: HCPCS, codes: [E2103]}]
value_sets:
  diabetes: [{system: ICD-10-CM, match: prefix, codes: [E11]}]
  glucose: [{system: LOINC, codes: [2345-7]}]
criteria:
  id: all
  text: All of it
  all:
    - {id: adult, op: age, at_least: 18, when_absent: unknown, text: Is an adult,
       cite: [{source: LCD L33822}]}
    - {id: diabetes, op: code_present, value_set: diabetes, concept: diabetes,
       when_absent: unknown, text: Has diabetes, ask: Problem list,
       cite: [{source: LCD L33822, review_by: 2026-03-01}]}
    - {id: low, op: observation_latest, value_set: glucose, cmp: "<", value: "54", unit: mg/dL,
       window: P6M, when_absent: unknown, text: Glucose below 54 mg/dL, ask: Glucose values,
       effort: test, cite: [{source: A talk}, {source: LCD L33822}]}
    - {id: visit, op: encounter_within, window: P6M, about: diabetes, value_set: diabetes,
       when_absent: unknown, text: Seen in six months, ask: A visit note, effort: visit,
       of: ordering_clinician, cite: [{source: LCD L33822}]}
"""
HELD = read(FILE)
DIABETES = fact(
    "Condition/1", "condition", "Type 2 diabetes; E11.65; active", date(2020, 1, 1),
    codes=[("ICD-10-CM", "E11.65")], status="active",
)  # fmt: skip


def glucose(value, day):
    return fact(
        "Observation/1", "observation", f"Glucose {value} mg/dL", day,
        codes=[("LOINC", "2345-7")], status="final", value=(value, "mg/dL"),
    )  # fmt: skip


def visit(day):
    return fact(
        "Encounter/1", "encounter", "Office visit for diabetes; finished", day, status="finished"
    )


def answer(*parts, held=HELD, as_of=TODAY, **changes):
    asked = case(CGM[:1], ("E11.65",), "medicare_advantage", **changes)
    request = CheckPolicyRequest(case=asked, chart=chart(*parts), as_of=as_of)
    return check_policy(request, library=lambda: Library([held]))
