"""A request that uses every field a case has, and the shape of what is written of it."""

import json

from nodes.build_278 import Build278Request, build_278
from nodes.catalog import NODES
from nodes.x12.reading.envelope import read

ADDRESS = {"lines": ["1 Main", "Suite"], "city": "Dayton", "state": "OH", "postal_code": "45402"}
PERSON = {"family": "Osei", "given": "Daniel", "middle": "K"}
PROVIDER = {
    "person": PERSON,
    "npi": "9000000031",
    "taxonomy": "208100000X",
    "address": ADDRESS,
    "phone": "937-555-0110",
    "fax": "937-555-0119",
    "contact": "Front desk",
    "tax_id": "311234567",
    "plan_number": "P77",
}
ORGANIZATION = PROVIDER | {"person": None, "organization": "Riverbend Imaging"}
DOCUMENT = {
    "report": "OZ",
    "way": "fax",
    "control_number": "RB-1",
    "description": "Imaging report",
}
NUMBERS = {"authorization_number": "A1", "administrative_reference": "R1"}
DELIVERY = {"quantity": 2, "unit": "visit", "per": "week", "periods": 6, "period": "week"}
LINES = [
    {
        "system": "HCPCS",
        "code": "G0151",
        "modifiers": ["GP"],
        "quantity": 12,
        "unit": "visit",
        "start": "2026-12-01",
        "end": "2027-01-12",
        "delivery": DELIVERY | {"pattern": "A", "time_of_day": "D"},
        "service_type": "42",
        "description": "Therapy at home",
        "message": "Stairs at home",
        "laterality": "left",
        "providers": [ORGANIZATION | {"role": "facility"}],
        "attachments": [DOCUMENT],
        **NUMBERS,
    },
    {"system": "REVENUE", "code": "0128", "quantity": 5, "unit": "day", "start": "2026-12-01"},
    {"system": "NDC", "code": "00093310905", "quantity": 3},
]


def document():
    """The example's request with everything filled in."""
    data = json.loads(NODES["build-278"].example("request"))
    case = data["case"]
    case["service_lines"] = LINES
    case["requester"], case["performer"] = PROVIDER, ORGANIZATION
    case["providers"] = [PROVIDER | {"role": "ordering"}, ORGANIZATION | {"role": "facility"}]
    case["coverage"] |= {
        "relationship": "child",
        "subscriber": {"name": PERSON, "birth_date": "1971-01-01", "address": ADDRESS},
    }
    case |= NUMBERS
    case["certification"] = "extension"
    case["accident"] = {"kind": "auto", "on": "2026-08-24", "state": "OH"}
    case["admission"] = {"admitted": "2026-12-01", "discharged": "2026-12-06", "type": "3"}
    case["home_health"] = {"prognosis": "4", "start_of_care": "2026-12-01"}
    case["pregnancy"] = {"last_menstrual_period": "2026-05-01", "due": "2027-02-05"}
    case["conditions"] = [{"category": "09", "holds": True, "codes": ["37", "38"]}]
    case["attachments"] = [DOCUMENT]
    return json.loads(json.dumps(data | {"message": "Please call"}))


def request(data):
    return Build278Request.model_validate_json(json.dumps(data))


def leaves(value, path=()):
    """The place of every text in a document."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from leaves(inner, (*path, key))


def put(data, path, text):
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = text


def shape(data):
    """Segments, and how many elements, repetitions and components each has."""
    [transaction] = read(build_278(request(data)).transaction.edi).require(strict=True).sets
    return [
        (
            segment.id,
            [
                [len(one.split(segment.separators.component)) for one in repeated]
                for element in segment.elements
                for repeated in [element.split(segment.separators.repetition)]
            ],
        )
        for segment in transaction.segments
    ]
