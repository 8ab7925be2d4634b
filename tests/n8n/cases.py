"""What the tests ask about a case: that it waits, what the payer and the EHR hold, its audit."""

import base64
import json

from nodes.audit import AuditEntry, faults
from tests.n8n.orders import event
from tests.n8n.stage import Json, Stage


def waiting(stage: Stage, who: str, case_id: str) -> Json:
    """Send an order and wait until it waits for a reviewer."""
    assert stage.order(event(who, case_id)).status_code == 202
    return stage.until_status(case_id, "waiting_for_review")


def sent(stage: Stage, row: Json) -> Json:
    """What the payer holds for a case: one request, by its trace number."""
    found = [r for r in stage.payer()["requests"] if r["trace"] == row["trace_number"]]
    assert len(found) == 1
    return dict(found[0])


def written(stage: Stage, case_id: str, kind: str) -> list[Json]:
    """What the EHR got for a case."""
    return [
        resource
        for resource in stage.written()
        if resource["resourceType"] == kind
        and resource.get("identifier", [{"value": ""}])[0]["value"].startswith(f"{case_id}.")
    ]


def filed(stage: Stage, case_id: str, status: str) -> dict[str, Json]:
    """The documents that the EHR got for a case in this status, by part; each is there once."""
    found: dict[str, Json] = {}
    for document in written(stage, case_id, "DocumentReference"):
        value = document["identifier"][0]["value"]
        if value.startswith(f"{case_id}.{status}."):
            assert found.setdefault(value.rpartition(".")[2], document) is document
    return found


def read(document: Json) -> str:
    """The words of a document of text."""
    return base64.b64decode(document["content"][0]["attachment"]["data"]).decode()


def followed(stage: Stage, case_id: str) -> Json:
    """The row by which a case is followed; empty when it no longer is."""
    rows = [r for r in stage.n8n.rows("prior_auth_followed") if r["case_id"] == case_id]
    assert len(rows) <= 1
    return dict(rows[0]) if rows else {}


def changes(stage: Stage, case_id: str) -> list[tuple[str, str]]:
    """Every logged change of a case's status: from, to."""
    rows = [r for r in stage.n8n.rows("prior_auth_changes") if r["case_id"] == case_id]
    return [(row["from_status"], row["to_status"]) for row in rows]


def assert_chain_holds(row: Json, *nodes: str) -> None:
    """The case's audit entries are unbroken and name these nodes, then the writing back."""
    entries = tuple(AuditEntry.model_validate_json(json.dumps(e)) for e in json.loads(row["audit"]))
    assert faults(entries) == []
    assert [entry.node for entry in entries] == [*nodes, "write-back"]


DRAFTED = ("fetch-chart", "check-policy", "summarize", "fill-form", "build-278", "assemble-packet")
DECIDED = (*DRAFTED, "attest", "verify-attestation", "submit-request", "parse-278")
TOLD = ("write-back",)
ASKED = ("build-278-inquiry", "send-inquiry", "parse-278")
