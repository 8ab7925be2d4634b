"""The whole road of one order as a client of the nodes over HTTP, as a workflow would walk it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nodes.http import Answer, post

Json = dict[str, Any]
STATEMENT = (
    "I have reviewed this request and the records it cites; to my knowledge they are accurate"
    " and the service is medically necessary for this patient."
)


class Stopped(Exception):
    """A node answered with a problem; ``problem`` is the document it sent."""

    def __init__(self, node: str, status: int, problem: Json) -> None:
        """Keep the node, the HTTP status and the problem."""
        super().__init__(f"{node} answered {status}: {problem.get('detail') or problem['title']}")
        self.node, self.status, self.problem = node, status, problem


@dataclass
class Walk:
    """One case on its way: what each node answered, and the audit chain so far."""

    event: Json
    answers: dict[str, Json] = field(default_factory=dict)
    audit: list[Json] = field(default_factory=list)

    def __getitem__(self, node: str) -> Json:
        """What a node answered."""
        return self.answers[node]


@dataclass(frozen=True)
class Road:
    """A server's nodes, the two credentials the road needs, and where the request goes."""

    base_url: str
    service_token: str
    reviewer_token: str
    channel: str = "sandbox-payer"
    ehr: str = "sandbox"
    send: Callable[..., Answer] = post

    def call(self, walk: Walk, node: str, body: Json, token: str | None = None) -> Json:
        """Run one node, chained to the audit entry before it."""
        previous = walk.audit[-1]["sha256"] if walk.audit else None
        answer = self.send(
            f"{self.base_url}/nodes/{node}",
            body=json.dumps(body | {"audit_previous": previous}).encode(),
            headers={"Content-Type": "application/json"},
            timeout=60,
            token=token or self.service_token,
        )
        document = json.loads(answer.body)
        if answer.status != 200:
            raise Stopped(node, answer.status, document)
        walk.audit.append(document["audit"])
        walk.answers[node] = document
        return walk.answers[node]

    def look(self, walk: Walk) -> Json:
        """Fetch the chart and check the policy; give the assessment, or none at a hard stop."""
        event = walk.event
        fetched = self.call(
            walk,
            "fetch-chart",
            {
                "ehr": self.ehr,
                "order": event["order"],
                "case_id": event["case_id"],
                "as_of": event["occurred"],
                "patient": event["patient"],
            },
        )
        if fetched["hard_stops"]:
            return {}
        parts = {name: fetched[name] for name in ("case", "chart")}
        checked = self.call(walk, "check-policy", parts | {"as_of": event["occurred"]})
        return dict(checked["assessment"])

    def draft(self, walk: Walk, created_at: str) -> Json:
        """Write the summary, the form and the 278, and assemble the packet."""
        case, chart = walk["fetch-chart"]["case"], walk["fetch-chart"]["chart"]
        parts: Json = {"case": case, "assessment": walk["check-policy"]["assessment"]}
        parts["summary"] = self.call(walk, "summarize", parts | {"chart": chart})["summary"]
        bound = {"chart": chart, "packet": True, "as_of": walk.event["occurred"]}
        form = self.call(walk, "fill-form", parts | bound)["form"]
        envelope = {"sender": "RIVERBEND", "receiver": case["coverage"]["payer"]["id"]}
        built = self.call(
            walk, "build-278", {"case": case, "envelope": envelope, "created_at": created_at}
        )
        return self.call(
            walk,
            "assemble-packet",
            parts
            | {
                "chart": chart,
                "form": form,
                "transaction": built["transaction"],
                "hard_stops": walk["fetch-chart"]["hard_stops"],
            },
        )

    def attest(self, walk: Walk) -> Json:
        """Have the reviewer attest the packet."""
        assembled = walk["assemble-packet"]
        parts = {name: assembled[name] for name in ("packet", "draft_seal")}
        return self.call(walk, "attest", parts | {"statement": STATEMENT}, self.reviewer_token)

    def submit(self, walk: Walk) -> Json:
        """Send the attested packet and read the payer's answer."""
        sent = self.call(
            walk,
            "submit-request",
            {
                "packet": walk["assemble-packet"]["packet"],
                "attestation": walk["attest"]["attestation"],
                "channel": self.channel,
            },
        )
        return self.call(
            walk,
            "parse-278",
            {"edi": sent["acknowledgment"]["edi"], "expected_trace": sent["trace_number"]},
        )

    def appeal(self, walk: Walk, as_of: str) -> Json:
        """Draft the appeal of a denial."""
        parts = {name: walk["fetch-chart"][name] for name in ("case", "chart")}
        return self.call(
            walk,
            "draft-appeal",
            parts
            | {
                "assessment": walk["check-policy"]["assessment"],
                "denial": walk["parse-278"]["decision"],
                "as_of": as_of,
            },
        )
