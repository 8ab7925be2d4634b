"""Plant a canary in every field of a record, and break records in every way we can think of."""

import base64
import copy
import json
from dataclasses import replace
from random import Random
from typing import Any

from tests.fhir.charts import Json
from tests.fhir.faults import Answer, Fault, Scene, parsed
from tests.fhir.proxy import CANARY

# What must stay as it is for a record to be found, read and recognised at all.
KEPT = {
    "resourceType", "id", "reference", "url", "system", "code", "status", "intent", "gender",
    "birthDate", "contentType", "relation", "unit", "use", "linkId", "mode", "docStatus",
}  # fmt: skip
SHAPES: tuple[Any, ...] = (
    CANARY,
    [CANARY],
    [[CANARY]],
    {CANARY: CANARY},
    [{"coding": [{"code": CANARY, "system": CANARY, "display": CANARY}], "text": CANARY}],
    {"reference": f"Patient/{CANARY}"},
    {"reference": f"Observation/{CANARY.replace(' ', '-')}", "display": CANARY},
    {"start": CANARY, "end": CANARY, "value": CANARY},
    None,
    True,
    -7731,
    1e308,
    f"2026-02-30 {CANARY}",
    CANARY * 2000,
)


def planted(resource: Json) -> Json:
    """A record that can still be read, with the canary in all its words and in fields of none."""
    told = _words(resource)
    extension = {"url": "http://canary.test/q-7731", "valueString": CANARY}
    note = [{"text": f"{CANARY} said so", "authorString": CANARY}]
    return {**told, "extension": [extension], "canary": CANARY, "note": note, "_status": CANARY}


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _word(key, item) for key, item in value.items()}
    return [_words(item) for item in value] if isinstance(value, list) else value


def _word(key: str, value: Any) -> Any:
    if key in KEPT or not isinstance(value, str):
        return [_given(one) for one in value] if key in {"given", "line"} else _words(value)
    if key == "data":
        content = base64.b64decode(value) + f"\n{CANARY} was seen today.\n".encode()
        return base64.b64encode(content).decode()
    if key in {"postalCode", "state"} or value[:4].isdigit() or key.endswith(("Date", "DateTime")):
        return value
    return f"{value} {CANARY}"


def _given(value: Any) -> Any:
    return f"{value} {CANARY}" if isinstance(value, str) else value


def broken(answer: Answer, scene: Scene) -> Answer:
    """An answer with some of its records broken somewhere; the rest as they are."""
    bundle = parsed(answer)
    if bundle is None:
        try:
            value = json.loads(answer.body)
        except ValueError:
            return answer
        return replace(answer, body=json.dumps(spoilt(value, scene.chance)).encode())
    for entry in bundle.get("entry", []):
        if scene.chance.random() < 0.7:
            entry["resource"] = spoilt(entry["resource"], scene.chance)
    return replace(answer, body=json.dumps(bundle).encode())


def spoilt(resource: Any, chance: Random) -> Any:
    """A record with one to three of its values replaced by something that fits nowhere."""
    changed = copy.deepcopy(resource)
    for _ in range(chance.randint(1, 3)):
        spots = [(holder, key) for holder, key in _spots(changed) if key != "resourceType"]
        if spots:
            holder, key = chance.choice(spots)
            holder[key] = copy.deepcopy(chance.choice(SHAPES))
    return changed


def _spots(value: Any) -> list[tuple[Any, Any]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    here = [(value, key) for key in keys]
    inside = [value[key] for key in keys if isinstance(value[key], dict | list)]
    return [*here, *(spot for item in inside for spot in _spots(item))]


BROKEN: dict[str, Fault] = {"broken": broken}
