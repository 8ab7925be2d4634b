"""Whole charts of a hospital's size: how little of them a service needs, and what is not lost."""

import base64
import gzip
import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nodes.case import Diagnosis, ServiceLine
from nodes.fhir import asked, facts
from nodes.fhir.need import Need
from nodes.fhir.relevance import shipped
from nodes.fhir.tree import Unreadable

CASES = os.environ.get("PRIOR_AUTH_CASES")
CHARTS = sorted(Path(CASES, "charts").glob("*.json.gz")) if CASES else []
TABLE, _ = shipped()
SERVICES = [
    ("CPT", "72148", "M54.16"),
    ("CPT", "70551", "R51.9"),
    ("CPT", "73721", "M23.221"),
    ("CPT", "71271", "F17.210"),
    ("CPT", "78452", "R07.9"),
    ("HCPCS", "E2103", "E11.65"),
    ("HCPCS", "E0601", "G47.33"),
    ("HCPCS", "E1390", "J44.9"),
    ("HCPCS", "J0139", "M05.79"),
    ("CPT", "97110", "M54.50"),
    ("CPT", "27447", "M17.11"),
    ("CPT", "22612", "M43.16"),
    ("HCPCS", "K0823", "G35"),
    ("CPT", "81162", "C50.911"),
    ("CPT", "29881", "M23.221"),
]
pytestmark = pytest.mark.skipif(not CHARTS, reason="PRIOR_AUTH_CASES names no folder with charts")


def resources(path):
    told = json.loads(gzip.decompress(path.read_bytes()), parse_float=Decimal)
    return [entry["resource"] for entry in told["entry"]]


def today(chart):
    visits = [one for one in chart if one["resourceType"] == "Encounter"]
    return date.fromisoformat(max(one["period"]["start"][:10] for one in visits))


def needed(service, chart):
    system, code, diagnosis = service
    line = ServiceLine(system=system, code=code)
    family = asked.family(TABLE, [line], [Diagnosis(code=diagnosis)])
    return Need(TABLE, family, today(chart))


def read(chart):
    """Every reading of a chart, with its resource and text."""
    for resource in chart:
        if resource["resourceType"] in facts.READERS:
            try:
                found = facts.readings(resource)
            except Unreadable:
                continue
            for reading in found:
                yield resource, reading, text(resource)


def text(resource):
    if resource["resourceType"] != "DocumentReference":
        return ""
    return base64.b64decode(resource["content"][0]["attachment"]["data"]).decode()


@pytest.mark.parametrize("path", CHARTS[:4], ids=lambda path: path.name.partition("_")[0])
def test_little_of_a_whole_chart_is_kept_and_the_shortcut_loses_nothing(path):
    chart = resources(path)
    readings = list(read(chart))
    assert len(readings) > 1500
    for service in SERVICES:
        need = needed(service, chart)
        kept, notes = [], 0
        for resource, reading, told in readings:
            if why := need.why(reading, told):
                assert need.worth(resource), f"{service}: {reading.name} would not be read"
                kept.append(reading.fact(why))
                notes += bool(told)
        left_out = need.repeats(kept)
        assert len(kept) - len(left_out) < 60, service
        assert notes <= 12, service
        assert all(fact.why for fact in kept)


@pytest.mark.parametrize("path", CHARTS[:2], ids=lambda path: path.name.partition("_")[0])
def test_the_order_of_the_resources_changes_nothing(path):
    chart = resources(path)
    need = needed(SERVICES[6], chart)
    kept = [
        reading.fact(why) for _, reading, told in read(chart) if (why := need.why(reading, told))
    ]
    assert kept
    assert need.repeats(kept) == need.repeats(kept[::-1])
