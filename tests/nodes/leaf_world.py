"""One question of a policy asked of a small chart, without the tree around it."""

import json
from datetime import date

from nodes.policy.answering import ANSWERS
from nodes.policy.concepts import CONCEPTS
from nodes.policy.index import Index, Question
from nodes.policy.model import Policy
from nodes.policy.phrases import words
from tests.nodes.policy_world import TODAY, case, chart

CITE = [{"source": "S 1"}]


def leaf_of(op, **fields):
    common = {"id": "asked", "op": op, "text": "What is asked", "cite": CITE}
    return common | {"when_absent": "unknown", "ask": "The record of it"} | fields


def policy_of(leaf, concepts=None, value_sets=None, parameters=None, therapies=None):
    numbers = {
        name: {"value": value, "unit": unit, "cite": CITE}
        for name, (value, unit) in (parameters or {}).items()
    }
    sets = {
        name: [{"system": one.split()[0], "codes": one.split()[1:]} for one in told]
        for name, told in (value_sets or {}).items()
    }
    said = {
        name: told if isinstance(told, dict) else {"label": name.replace("_", " "), "words": told}
        for name, told in (concepts or {}).items()
    }
    source = {
        "id": "S 1",
        "title": "A text",
        "locator": "1",
        "verification": "unverified",
        "checked": "2026-11-22",
    }
    return Policy.model_validate_json(
        json.dumps(
            {
                "id": "test.one",
                "title": "One question",
                "kind": "payer",
                "version": "2026-01-01.1",
                "status": "active",
                "effective": {"from": "2020-01-01"},
                "review_by": "2027-06-01",
                "applies": {},
                "sources": [source],
                "services": [{"system": "CPT", "codes": ["72148"]}],
                "parameters": numbers,
                "value_sets": sets,
                "therapies": therapies or {},
                "concepts": said,
                "criteria": leaf,
            }
        )
    )


def ask(op, *parts, of=None, as_of=TODAY, since=date(2020, 1, 1), tables=None, **fields):
    """Answer one leaf on facts and notes; ``tables`` are those of the policy file."""
    policy = policy_of(leaf_of(op, **fields), **(tables or {}))
    own = {name: words(told) for name, told in policy.concepts.items()}
    index = Index(chart(*parts, since=since), as_of, CONCEPTS | own)
    return ANSWERS[op](policy.criteria, Question(policy, of or case(), index, as_of))
