"""Write a filing as a FHIR R4 resource: a document as DocumentReference, a task as Task.

DocumentReference follows US Core 6.1 (identifier, status, type, category, subject, date, author,
attachment, encounter); types are LOINC's document codes.
"""

import base64
import hashlib
import json
from datetime import datetime

from nodes.audit import sha256
from nodes.ehr.filing import File, Filing
from nodes.fhir import tree
from nodes.fhir.tree import Resource

CASE = "urn:prior-auth-nodes:case"
CONTENT = "urn:prior-auth-nodes:content"
WRITTEN = "urn:prior-auth-nodes:written"
SERVERS = {"id", "meta", "text", "language", "implicitRules"}
NOTE = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
TYPES = {
    "summary": ("34133-9", "Summary of episode note"),
    "form": ("64291-8", "Health insurance-related form"),
    "letter": ("51851-4", "Administrative note"),
    "decision": ("52034-6", "Payer letter"),
    "audit": ("51851-4", "Administrative note"),
}
KINDS = {"document": "DocumentReference", "task": "Task"}


def resource(filing: Filing, identifier: str, at: datetime) -> Resource:
    """Write a filing under an identifier, its own or one of a later version."""
    made = _document(filing, at) if filing.kind == "document" else _task(filing, at)
    identifiers = [
        {"system": CASE, "value": identifier},
        {"system": CONTENT, "value": filing.content},
    ]
    if filing.number:
        about = {"text": "Prior authorization number"}
        identifiers.append({"type": about, "value": filing.number})  # type: ignore[dict-item]
    return {"resourceType": KINDS[filing.kind], "identifier": identifiers, **made}


def sealed(resource: Resource) -> Resource:
    """Give it with an identifier that tells later whether anything of it was changed."""
    seal = {"system": WRITTEN, "value": seal_of(resource)}
    return {**resource, "identifier": [*resource["identifier"], seal]}


def seal_of(resource: Resource) -> str:
    """Hash all that is not the server's own to change, our seal aside."""
    identifiers = [
        one for one in tree.items(resource, "identifier") if one.get("system") != WRITTEN
    ]
    told = {name: value for name, value in resource.items() if name not in SERVERS}
    told["identifier"] = identifiers
    return sha256(json.dumps(told, sort_keys=True, default=str).encode())


def _document(filing: Filing, at: datetime) -> Resource:
    code, display = TYPES[filing.code]
    coding = {"system": "http://loinc.org", "code": code, "display": display}
    context = {
        "encounter": _references(filing.encounter),
        "related": _references(filing.about),
    }
    made: Resource = {
        "status": "current",
        "docStatus": "preliminary" if filing.draft else "final",
        "type": {"coding": [coding], "text": filing.title},
        "category": [{"coding": [{"system": NOTE, "code": "clinical-note"}]}],
        "subject": {"reference": filing.patient},
        "date": instant(at),
        "author": _references(filing.author),
        "description": f"{filing.status or filing.title} [{filing.version}]",
        "content": [{"attachment": _attachment(filing, filing.file)}] if filing.file else [],
        "context": {name: value for name, value in context.items() if value},
    }
    return {name: value for name, value in made.items() if value}


def _attachment(filing: Filing, file: File) -> Resource:
    data = base64.b64decode(file.data)
    text = file.content_type == "text/plain"
    return {
        "contentType": f"{file.content_type}; charset=utf-8" if text else file.content_type,
        "data": file.data,
        "size": len(data),
        "hash": hashed(data),
        "title": filing.title,
        "creation": filing.on.isoformat(),
    }


def _task(filing: Filing, at: datetime) -> Resource:
    made: Resource = {
        "status": "requested",
        "intent": "order",
        "priority": "urgent" if filing.urgent else "routine",
        "code": {"text": filing.title},
        "description": filing.words,
        "focus": {"reference": filing.about} if filing.about else None,
        "for": {"reference": filing.patient} if filing.patient else None,
        "encounter": {"reference": filing.encounter} if filing.encounter else None,
        "authoredOn": instant(at),
        "performerType": [{"text": filing.role}] if filing.role else None,
        "owner": {"reference": filing.owner} if filing.owner else None,
        "note": [{"text": f"{filing.status or filing.title} [{filing.version}]"}],
        "restriction": {"period": {"end": filing.due.isoformat()}} if filing.due else None,
        "input": [{"type": {"text": "missing"}, "valueString": ask} for ask in filing.asks],
    }
    return {name: value for name, value in made.items() if value}


def instant(at: datetime) -> str:
    """Write a moment to the second, with its zone."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def hashed(data: bytes) -> str:
    """Hash as FHIR R4 says of an attachment: SHA-1, as base64; it proves nothing, it compares."""
    return base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _references(reference: str | None) -> list[Resource]:
    return [{"reference": reference}] if reference else []
