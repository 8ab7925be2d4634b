"""The sandbox EHR over FHIR R4: read, search with paging, create, and failures on demand."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request

from server.sandbox.faults import Faults
from server.sandbox.records import KNOWN, Records

CREATABLE = {"DocumentReference", "Task", "Communication"}
RESULT = {"_count", "_offset", "_format", "_sort", "_total", "_summary", "_elements"}

blueprint = Blueprint("sandbox_ehr", __name__, url_prefix="/sandbox/ehr")
records = Records()
faults = Faults()


def reset() -> None:
    """Forget what was written and every fault."""
    records.reset()
    faults.set({})


def fhir(resource: Any, status: int = 200, **headers: str) -> Response:
    """Answer with a FHIR resource."""
    body = json.dumps(resource, ensure_ascii=False).encode()
    return Response(body, status, headers, mimetype="application/fhir+json")


def outcome(status: int, code: str, words: str) -> Response:
    """Answer with an OperationOutcome."""
    issue = {"severity": "error", "code": code, "diagnostics": words}
    return fhir({"resourceType": "OperationOutcome", "issue": [issue]}, status)


@blueprint.before_request
def fail_on_purpose() -> Response | None:
    """Let the switched-on faults hit FHIR requests only."""
    return faults.strike() if request.path.startswith("/sandbox/ehr/fhir/") else None


@blueprint.get("/fhir/metadata")
def metadata() -> Response:
    """Say what this server can do."""
    resources = [
        {
            "type": kind,
            "interaction": [{"code": "read"}, {"code": "search-type"}]
            + ([{"code": "create"}] if kind in CREATABLE else []),
        }
        for kind in sorted(records.resources.keys() | CREATABLE)
    ]
    return fhir(
        {
            "resourceType": "CapabilityStatement",
            "status": "active",
            "date": "2026-11-20",
            "kind": "instance",
            "implementation": {"description": "Sandbox EHR: invented patients"},
            "fhirVersion": "4.0.1",
            "format": ["json"],
            "rest": [{"mode": "server", "resource": resources}],
        }
    )


@blueprint.get("/fhir/<kind>/<id_>")
def read(kind: str, id_: str) -> Response:
    """Read one resource."""
    resource = records.read(kind, id_)
    return fhir(resource) if resource else outcome(404, "not-found", f"no such {kind}")


@blueprint.get("/fhir/<kind>")
def search(kind: str) -> Response:
    """Search one type; unknown parameters are refused only with ``Prefer: handling=strict``."""
    parameters = list(request.args.items(multi=True))
    unknown = {name for name, _ in parameters} - KNOWN - RESULT
    if unknown and "handling=strict" in request.headers.get("Prefer", ""):
        return outcome(400, "not-supported", "unknown search parameter")
    found = records.search(kind, parameters)
    count = min(max(request.args.get("_count", 20, int), 1), 200)
    offset = max(request.args.get("_offset", 0, int), 0)
    links = [{"relation": "self", "url": request.url}]
    if offset + count < len(found):
        rest = [pair for pair in parameters if pair[0] != "_offset"]
        query = urlencode([*rest, ("_offset", str(offset + count))])
        links.append({"relation": "next", "url": f"{request.base_url}?{query}"})
    return fhir(
        {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": len(found),
            "link": links,
            "entry": [
                {
                    "fullUrl": f"{request.base_url}/{resource['id']}",
                    "resource": resource,
                    "search": {"mode": "match"},
                }
                for resource in found[offset : offset + count]
            ],
        }
    )


@blueprint.post("/fhir/<kind>")
def create(kind: str) -> Response:
    """Create a resource; with ``If-None-Exist`` a second one of the same identifier is not made."""
    if kind not in CREATABLE:
        return outcome(405, "not-supported", f"a {kind} cannot be created here")
    resource = request.get_json(force=True, silent=True)
    if not isinstance(resource, dict) or resource.get("resourceType") != kind:
        return outcome(400, "structure", f"the body is not a {kind} in JSON")
    condition = parse_qsl(request.headers.get("If-None-Exist", "").lstrip("?"))
    if not {name for name, _ in condition} <= KNOWN:
        return outcome(400, "not-supported", "unknown parameter in If-None-Exist")
    with records.lock:
        existing = records.search(kind, condition) if condition else []
        if len(existing) > 1:
            return outcome(412, "multiple-matches", "the condition fits more than one resource")
        if existing:
            return located(existing[0], 200)
        return located(records.create(kind, resource), 201)


def located(resource: dict[str, Any], status: int) -> Response:
    """Answer with a resource and where it is."""
    place = f"{request.root_url}sandbox/ehr/fhir/{resource['resourceType']}/{resource['id']}"
    return fhir(resource, status, Location=place)


@blueprint.get("/written")
def written() -> Response:
    """List what was written since the last reset, oldest first."""
    return Response(json.dumps(records.written), mimetype="application/json")


@blueprint.post("/faults")
def set_faults() -> Response:
    """Switch failures on: ``{"down": 3, "status": 503, "delay_ms": 0, "retry_after": 1}``."""
    wish = request.get_json(force=True, silent=True)
    faults.set(wish if isinstance(wish, dict) else {})
    return Response(json.dumps(vars(faults)), mimetype="application/json")
