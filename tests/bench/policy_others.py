"""The rule in other engines; run by their own Python: charts as JSON in, figures as JSON out."""

import json
import sys
import time
from datetime import date

import celpy
import fhirpathpy
import zen
from json_logic import jsonLogic

SECONDS = 1.0
GIVES_UP = (celpy.CELEvalError, RuntimeError, TypeError)
FLAT = "dm {0} (insulin {1} hypo >= 2) {0} visit_days <= 184"
PATH = (
    "entry.resource.where(resourceType = 'Condition' and"
    " verificationStatus.coding.code contains 'confirmed')"
    ".code.coding.where(code.startsWith('E11')).exists() and ("
    "entry.resource.where(resourceType = 'MedicationRequest' and status = 'active')"
    ".medicationCodeableConcept.coding.where(code = '{drug}').exists() or"
    " entry.resource.where(resourceType = 'Observation' and code.coding.code contains '2345-7'"
    " and valueQuantity.value < {low}).effectiveDateTime.distinct().count() >= 2) and"
    " entry.resource.where(resourceType = 'Encounter' and status = 'finished'"
    " and period.start.toDate() >= @{since}).exists()"
)
JSON = {
    "and": [
        {"var": "dm"},
        {"or": [{"var": "insulin"}, {">=": [{"var": "hypo"}, 2]}]},
        {"<=": [{"var": "visit_days"}, 184]},
    ]
}


def facts(resources, told):
    """Flatten a chart by hand, as one would for engines that take names and values.

    What the chart does not hold has no name here: an empty list is not a no.
    """
    conditions = [one for one in resources if one["resourceType"] == "Condition"]
    drugs = [one for one in resources if one["resourceType"] == "MedicationRequest"]
    lows = {
        one["effectiveDateTime"]
        for one in resources
        if one["resourceType"] == "Observation"
        and one["code"]["coding"][0]["code"] == "2345-7"
        and one["valueQuantity"]["value"] < told["low"]
    }
    visits = [one for one in resources if one["resourceType"] == "Encounter"]
    found = {"hypo": len(lows)}
    if conditions:
        found["dm"] = any(
            one["code"]["coding"][0]["code"].startswith("E11")
            and one["verificationStatus"]["coding"][0]["code"] == "confirmed"
            for one in conditions
        )
    if drugs:
        found["insulin"] = any(
            one["medicationCodeableConcept"]["coding"][0]["code"] == told["drug"] for one in drugs
        )
    if visits:
        newest = max(one["period"]["start"] for one in visits)
        found["visit_days"] = (
            date.fromisoformat(told["ordered"]) - date.fromisoformat(newest)
        ).days
    return found


def said(run):
    """Say an answer in a word; an engine that gives up says so."""
    try:
        found = run()
    except GIVES_UP as error:
        return f"error ({type(error).__name__})"
    if isinstance(found, list):
        found = found[0] if found else None
    if found is None:
        return "nothing"
    return "met" if bool(found) else "not met"


def rate(run):
    """Count calls a second of CPU time; none when it fails."""
    try:
        run()
    except GIVES_UP:
        return None
    began, count = time.process_time(), 0
    while time.process_time() - began < SECONDS:
        run()
        count += 1
    return count / (time.process_time() - began)


def engines(told):
    """Make every engine ready: from a chart, and from flat facts."""
    path = fhirpathpy.compile(
        PATH.format(drug=told["drug"], low=told["low"], since=told["since"]), model=None
    )
    environment = celpy.Environment()
    cel = environment.program(environment.compile(FLAT.format("&&", "||")))
    compiled = zen.compile_expression(FLAT.format("and", "or"))
    return {
        "fhirpathpy": (None, lambda chart: path({"entry": [{"resource": r} for r in chart]})),
        "cel-python": (lambda flat: cel.evaluate(celpy.json_to_cel(flat)), None),
        "zen-engine": (lambda flat: compiled.evaluate(flat), None),
        "json-logic": (lambda flat: jsonLogic(JSON, flat), None),
    }


def main():
    told = json.load(sys.stdin)
    found = {}
    for name, (flat, whole) in engines(told).items():
        chart = whole or (lambda one, flat=flat: flat(facts(one, told)))
        ready = facts(told["charts"]["all"], told)
        found[name] = {
            "answers": {
                kind: said(lambda chart=chart, one=one: chart(one))
                for kind, one in told["charts"].items()
            },
            "chart": rate(lambda chart=chart: chart(told["charts"]["all"])),
            "rule": rate(lambda flat=flat, ready=ready: flat(ready)) if flat else None,
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
