"""The sandbox EHR over FHIR R4: read, search with paging, write, and failures on demand."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request

from server.sandbox.faults import Faults
from server.sandbox.parameters import PARAMETERS
from server.sandbox.records import Records
from server.sandbox.searching import unknown

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
    return fhir(
        {
            "resourceType": "CapabilityStatement",
            "status": "active",
            "date": "2026-11-20",
            "kind": "instance",
            "software": {"name": "Prior Auth Nodes sandbox EHR"},
            "implementation": {"description": "Sandbox EHR: invented patients"},
            "fhirVersion": "4.0.1",
            "format": ["json"],
            "rest": [{"mode": "server", "resource": [offered(kind) for kind in PARAMETERS]}],
        }
    )


def offered(kind: str) -> dict[str, Any]:
    """Say what can be done with one type."""
    known = PARAMETERS[kind]
    acts = ["read", *(["search-type"] if known else [])]
    acts += ["create", "update"] if kind in CREATABLE else []
    searches = [{"name": name, "type": one.kind} for name, one in known.items()]
    return {
        "type": kind,
        "interaction": [{"code": code} for code in acts],
        "versioning": "versioned-update" if kind in CREATABLE else "no-version",
        "conditionalCreate": kind in CREATABLE,
        **({"searchParam": searches} if searches else {}),
    }


@blueprint.get("/fhir/<kind>/<id_>")
def read(kind: str, id_: str) -> Response:
    """Read one resource."""
    resource = records.read(kind, id_)
    if resource is None:
        return outcome(404, "not-found", "no such resource")
    return fhir(resource, ETag=f'W/"{version(resource)}"')


@blueprint.get("/fhir/<kind>")
def search(kind: str) -> Response:
    """Search one type; unknown parameters are refused only with ``Prefer: handling=strict``."""
    return found(kind, list(request.args.items(multi=True)))


@blueprint.post("/fhir/<kind>/_search")
def search_by_form(kind: str) -> Response:
    """Search one type by a form: its values do not stand in the address."""
    return found(kind, [*request.args.items(multi=True), *request.form.items(multi=True)])


def found(kind: str, parameters: list[tuple[str, str]]) -> Response:
    """Answer a search page by page."""
    if not PARAMETERS.get(kind):
        return outcome(404, "not-supported", "this type is not searched here")
    strict = "handling=strict" in request.headers.get("Prefer", "")
    if strict and unknown(kind, {name for name, _ in parameters} - RESULT):
        return outcome(400, "not-supported", "unknown search parameter")
    every = records.search(kind, parameters)
    said = dict(parameters)
    count = min(max(whole(said.get("_count"), 20), 0), 200)
    offset = max(whole(said.get("_offset"), 0), 0)
    shown = [] if said.get("_summary") == "count" else every[offset : offset + count]
    base = f"{request.root_url}sandbox/ehr/fhir/{kind}"
    links = [{"relation": "self", "url": f"{base}?{urlencode(parameters)}"}]
    if shown and offset + count < len(every):
        rest = [pair for pair in parameters if pair[0] != "_offset"]
        query = urlencode([*rest, ("_offset", str(offset + count))])
        links.append({"relation": "next", "url": f"{base}?{query}"})
    entries = [
        {"fullUrl": f"{base}/{one['id']}", "resource": one, "search": {"mode": "match"}}
        for one in shown
    ]
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(every), "link": links}
    return fhir(bundle | ({"entry": entries} if entries else {}))


def whole(value: str | None, default: int) -> int:
    """Read a whole number."""
    return int(value) if value and value.isascii() and value.isdecimal() else default


@blueprint.post("/fhir/<kind>")
def create(kind: str) -> Response:
    """Create a resource; with ``If-None-Exist`` a second one of the same identifier is not made."""
    resource = sent(kind)
    if isinstance(resource, Response):
        return resource
    condition = parse_qsl(request.headers.get("If-None-Exist", "").lstrip("?"))
    if unknown(kind, {name for name, _ in condition}):
        return outcome(400, "not-supported", "unknown parameter in If-None-Exist")
    with records.lock:
        existing = records.search(kind, condition) if condition else []
        if len(existing) > 1:
            return outcome(412, "multiple-matches", "the condition fits more than one resource")
        if existing:
            return located(existing[0], 200)
        return located(records.create(kind, resource), 201)


@blueprint.put("/fhir/<kind>/<id_>")
def update(kind: str, id_: str) -> Response:
    """Replace a resource; with ``If-Match`` only in the version it says."""
    resource = sent(kind)
    if isinstance(resource, Response):
        return resource
    if resource.get("id") != id_:
        return outcome(400, "structure", "the body is another resource than the address")
    with records.lock:
        held = records.read(kind, id_)
        if held is None:
            return outcome(405, "not-supported", "ids are given here: create it")
        wanted = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
        if wanted and wanted != version(held):
            return outcome(412, "conflict", "it was changed meanwhile: read it again")
        return located(records.replace(resource, int(version(held)) + 1), 200)


def sent(kind: str) -> dict[str, Any] | Response:
    """Read the body as a resource of a type that can be written; else say why not."""
    if kind not in PARAMETERS:
        return outcome(404, "not-supported", "no such type here")
    if kind not in CREATABLE:
        return outcome(405, "not-supported", f"a {kind} cannot be written here")
    resource = request.get_json(force=True, silent=True)
    if not isinstance(resource, dict) or resource.get("resourceType") != kind:
        return outcome(400, "structure", f"the body is not a {kind} in JSON")
    return resource


def version(resource: dict[str, Any]) -> str:
    """Tell the version of a resource; what was never written is in its first."""
    return str(resource.get("meta", {}).get("versionId", "1"))


def located(resource: dict[str, Any], status: int) -> Response:
    """Answer with a resource and where it is."""
    place = f"{request.root_url}sandbox/ehr/fhir/{resource['resourceType']}/{resource['id']}"
    return fhir(resource, status, Location=place, ETag=f'W/"{version(resource)}"')


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
