"""``prior-auth demo``: invented patients walk the whole road on the embedded sandbox."""

import base64
import json
import shutil
import sys
from pathlib import Path
from textwrap import fill, indent
from time import perf_counter
from typing import Any

from nodes.audit import AuditEntry, faults
from nodes.errors import NodeError
from nodes.http import get
from server.road import Json, Road, Stopped, Walk
from server.trial import Trial, free_port, furnish, serving

OUT = Path("demo-out")
CREATED_AT = "2026-11-20T09:30:00"
OCCURRED = "2026-11-20"
WIDTH = 96
READ = {
    "read": "the issuer's text was read",
    "secondary": "from a secondary source",
    "unverified": "not checked against the issuer's text",
}

EVENTS: list[tuple[str, Json]] = [
    ("A lumbar MRI, well documented", {"case_id": "PA-1001", "order": "ServiceRequest/sr-lopez-mri",
      "patient": {"id": "Patient/pt-lopez", "birth_date": "1971-04-09"}}),
    ("A continuous glucose monitor: the payer wants time", {"case_id": "PA-1002",
      "order": "DeviceRequest/dr-okafor-cgm", "patient": {"id": "Patient/pt-okafor"}}),
    ("A lumbar MRI that the payer denies", {"case_id": "PA-1003",
      "order": "ServiceRequest/sr-berg-mri", "patient": {"id": "Patient/pt-berg"}}),
    ("A lumbar MRI with a gap: it stops before anyone is bothered", {"case_id": "PA-1004",
      "order": "ServiceRequest/sr-hale-mri", "patient": {"id": "Patient/pt-hale"}}),
    ("An order and an event that name two different patients", {"case_id": "PA-1005",
      "order": "ServiceRequest/sr-reed-mri",
      "patient": {"id": "Patient/pt-reed", "birth_date": "1984-05-05"}}),
]  # fmt: skip


def main() -> int:
    """Run every demo case, print the account, leave the files; 0 when all went as it should."""
    shutil.rmtree(OUT, ignore_errors=True)
    trial = furnish(OUT / "installation", f"http://127.0.0.1:{free_port()}")
    print(
        "Prior Auth Nodes: starting the server with its sandbox (invented patients and payer) ..."
    )
    try:
        with serving(trial, "--sandbox"):
            road = Road(trial.base_url, trial.service_token, trial.reviewer_token)
            for title, event in EVENTS:
                account(road, trial, title, event | {"occurred": OCCURRED})
    except (NodeError, Stopped) as error:
        print(f"\nThe demo stopped: {error}", file=sys.stderr)
        return 1
    closing()
    return 0


def account(road: Road, trial: Trial, title: str, event: Json) -> None:
    """Walk one case and tell what happened."""
    began = perf_counter()
    folder = OUT / event["case_id"]
    folder.mkdir(parents=True)
    walk = Walk(event)
    print(f"\n{'=' * WIDTH}\n{event['case_id']}  {title}\n{'=' * WIDTH}")
    assessment = road.look(walk)
    found(walk)
    if not assessment:
        for stop in walk["fetch-chart"]["hard_stops"]:
            say("STOP", f"{stop['code'].replace('_', ' ')}: {stop['detail']}")
    else:
        decided(assessment)
        if assessment["status"] == "met":
            send(road, trial, walk, folder)
        else:
            say("not sent", "the care team gets a task for what is missing; the payer is not asked")
    keep(folder / "audit.json", walk.audit)
    chain = [AuditEntry.model_validate_json(json.dumps(entry)) for entry in walk.audit]
    say("audit", f"{len(chain)} entries, chain {'broken' if faults(chain) else 'intact'}")
    say("time", f"{(perf_counter() - began) * 1000:.0f} ms through {len(walk.audit)} HTTP nodes")


def found(walk: Walk) -> None:
    """Tell what the EHR had."""
    case, chart = walk["fetch-chart"]["case"], walk["fetch-chart"]["chart"]
    name, line = case["patient"]["name"], case["service_lines"][0]
    say("patient", f"{name['given']} {name['family']}, born {case['patient']['birth_date']}")
    wanted = ", ".join(f"{one['system']} {one['code']}" for one in case["service_lines"])
    reason = ", ".join(one["code"] for one in case["diagnoses"])
    say("order", f"{line.get('display') or ''} ({wanted}) for {reason}")
    read = sum(one["read"] for one in chart["manifest"]["searches"])
    kept = f"{len(chart['facts'])} facts and {len(chart['notes'])} notes kept"
    say("found", f"{read} resources read since {chart['manifest']['since']}, {kept}")


def decided(assessment: Json) -> None:
    """Tell what the rules said, with the words that show it."""
    policy = assessment["policy"]
    say("policy", f"{policy['title']} ({policy['source']}; {READ[policy['verification']]})")
    say("decided", f"{assessment['status'].upper().replace('_', ' ')}:"
        f" {assessment['met']} of {assessment['required']} required criteria shown")  # fmt: skip
    told: set[str] = set()
    for criterion in assessment["criteria"]:
        shown = [one for one in criterion["evidence"] if one["speaks"] == "for"]
        if criterion["status"] == "met" and shown:
            best = next((one for one in shown if one["fact"] not in told), shown[0])
            told.add(best["fact"])
            say("", f'+ {criterion["text"]}: "{best["quote"]}" [{best["fact"]}]')
    for gap in assessment["gaps"] if assessment["status"] != "met" else ():
        say("missing", f"{gap['ask']} ({gap['of'].replace('_', ' ')})")


def send(road: Road, trial: Trial, walk: Walk, folder: Path) -> None:
    """Draft, attest, submit, read the answer, and leave every document."""
    packet = road.draft(walk, CREATED_AT)["packet"]
    form, transaction = packet["form"], packet["transaction"]
    filled = [one for one in form["fields"] if one["value"]]
    say("drafted", f"form {form['template']}: {len(filled)} fields filled;"
        f" 278 with trace {transaction['trace_number'][:12]}...")  # fmt: skip
    signed = road.attest(walk)["attestation"]
    say(
        "attested",
        f"by {signed['name']}, {signed['title']}, for packet {signed['packet_sha256'][:12]}...",
    )
    answer = road.submit(walk)
    decision = answer["decision"] or {}
    number = decision.get("authorization_number") or decision.get("administrative_reference")
    say("answered", answer["outcome"].upper() + (f", number {number}" if number else ""))
    for reason in decision.get("reasons", ()):
        say("", f"reason {reason['code']}: {reason['words'] or 'see the code list'}")
    for message in decision.get("messages", ()):
        say("", f'payer: "{message}"')
    documents(walk, folder)
    if answer["outcome"] == "pended":
        later(road, trial, walk, folder)
    if answer["outcome"] in ("denied", "modified"):
        letter = road.appeal(walk, OCCURRED)["letter"]
        (folder / "appeal.txt").write_text(letter["text"], encoding="utf-8")
        say("appeal", f"drafted for a person to read and sign: {folder / 'appeal.txt'}")


def later(road: Road, trial: Trial, walk: Walk, folder: Path) -> None:
    """Ask the payer's status and read its 277."""
    trace = walk["submit-request"]["trace_number"]
    url = f"{trial.base_url}/sandbox/payer/277/{trace}"
    edi = get(url, headers={}, timeout=20, token=None).body.decode()
    (folder / "status.277.edi").write_text(edi, encoding="utf-8")
    for item in road.call(walk, "parse-277", {"edi": edi})["items"]:
        for status in item["statuses"]:
            say("later", f"277 status {status['category']}: {status['words'] or ''}")


def documents(walk: Walk, folder: Path) -> None:
    """Leave what was sent and received in the case's folder."""
    packet = walk["assemble-packet"]["packet"]
    (folder / "form.pdf").write_bytes(base64.b64decode(packet["form"]["pdf_base64"]))
    bound = walk["fill-form"]["packet"]
    (folder / "packet.pdf").write_bytes(base64.b64decode(bound["pdf_base64"]))
    (folder / "request.278.edi").write_text(packet["transaction"]["edi"], encoding="utf-8")
    lines = [f"{one['segment']:<40} {one['words']}" for one in walk["build-278"]["segments"]]
    (folder / "request.278.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = walk["submit-request"]["acknowledgment"]["edi"]
    (folder / "response.278.edi").write_text(answer, encoding="utf-8")
    text = [
        one["title"] + "\n" + "\n".join(sentence["text"] for sentence in one["sentences"])
        for one in packet["summary"]["sections"]
    ]
    (folder / "summary.txt").write_text("\n\n".join(text) + "\n", encoding="utf-8")
    keep(folder / "packet.json", packet)
    keep(folder / "attestation.json", walk["attest"]["attestation"])


def closing() -> None:
    """Say what to open next."""
    print(f"""
{"=" * WIDTH}
Everything is in {OUT}/ . Open next:
  {OUT}/PA-1001/packet.pdf          for the payer: cover sheet, filled form, clinical summary
  {OUT}/PA-1001/request.278.txt     the 278, segment by segment
  {OUT}/PA-1003/appeal.txt          the appeal of the denial
  prior-auth audit verify {OUT}/PA-1001/audit.json   (in .venv/bin)
Then: make serve (docs at http://127.0.0.1:8000), make demo-n8n (the same in a real n8n).""")


def keep(path: Path, value: Any) -> None:
    """Write JSON for people to read."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def say(label: str, text: str) -> None:
    """Print one line of the account, wrapped."""
    body = indent(fill(text, WIDTH - 12), " " * 12)
    print(f"{label:<12}{body[12:]}")
