"""A short invented policy text, and what a model might propose of it."""

from datetime import date

from nodes.policy.drafting import Header
from nodes.policy.proposal import Proposal
from nodes.policy.source_text import SourceText

PAGE_ONE = """Sandbox Health Plan  Medical Policy SB-114: Home wobble board therapy
A home wobble board (HCPCS E9998) is covered when ALL of the following are met:
1. The member has chronic ankle instability (ICD-10-CM M25.371, M25.372).
2. At least six weeks of physical therapy in the 6 months before the
request did not bring enough relief.
3. The member is 18 years of age or older."""
PAGE_TWO = """4. A visit with the ordering clinician about the ankle within 3 months of the request.
Not covered when the member had ankle surgery (CPT 27698) within 3 months of the request.
Approval also needs a signed rental agreement."""
SOURCE = SourceText((PAGE_ONE, PAGE_TWO), numbered=True)
HEADER = Header(
    "sandbox.wobble-board",
    "Home wobble board",
    (("HCPCS", "E9998"),),
    "Sandbox SB-114",
    date(2026, 1, 1),
    date(2026, 11, 20),
)
EMPTY = {
    "under": "criteria", "text": "", "quote": "", "count": 0, "codes": [], "words": [],
    "compare": "none", "value": "", "unit": "", "months": 0, "weeks": 0, "days": 0, "at_least": 0,
    "at_most": 0, "in_person": False, "examined": False, "ask": "", "of": "care_team",
    "effort": "record",
}  # fmt: skip
ICD = [{"system": "ICD-10-CM", "code": code, "beneath": False} for code in ("M25.371", "M25.372")]


def part(name, kind, quote, **told):
    return EMPTY | {"id": name, "kind": kind, "quote": quote, "text": f"About {name}"} | told


INSTABILITY = part(
    "instability", "code_present", "The member has chronic ankle instability",
    codes=ICD, words=["ankle instability", "unstable ankle"], ask="Problem list",
)  # fmt: skip
THERAPY = part(
    "therapy", "care_duration",
    "At least six weeks of physical therapy in the 6 months before the request",
    words=["physical therapy", "physiotherapy"], weeks=6, months=6, ask="Therapy notes",
)  # fmt: skip
ADULT = part("adult", "age", "The member is 18 years of age or older", at_least=18)
VISIT = part(
    "visit", "encounter_within",
    "A visit with the ordering clinician about the ankle within 3 months of the request",
    words=["ankle"], months=3, ask="Visit note", effort="visit", of="ordering_clinician",
)  # fmt: skip
SURGERY = part(
    "surgery", "procedure_within",
    "the member had ankle surgery (CPT 27698) within 3 months of the request",
    under="exclusions", codes=[{"system": "CPT", "code": "27698", "beneath": False}], months=3,
)  # fmt: skip
PARTS = (INSTABILITY, THERAPY, ADULT, VISIT, SURGERY)


def told(*parts, **more):
    return {
        "parts": list(parts),
        "not_covered": ["a signed rental agreement"],
        "addressed_to_reader": [],
    } | more


def proposal(*parts, **more):
    import json

    return Proposal.model_validate_json(json.dumps(told(*parts, **more)))
