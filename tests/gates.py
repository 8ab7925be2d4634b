"""A hand-made packet, the people around it and a TEST key, for the tests of the gates."""

import base64
import json
from datetime import UTC, date, datetime
from pathlib import Path

from nodes.assemble_packet import AssemblePacketRequest, assemble_packet
from nodes.assessment import Assessment, Criterion, Evidence, PolicyRef
from nodes.attest import AttestRequest, attest
from nodes.audit import sha256
from nodes.build_278 import Build278Request, build_278
from nodes.chart import Chart, Fact, Manifest, Note, Search, Span
from nodes.packet import FieldFill, FilledForm
from nodes.principal import Principal
from nodes.prose import Citation, Section, Sentence, Summary
from nodes.settings import Signing
from nodes.signing import key_of

EXAMPLES = Path(__file__).parent.parent / "nodes" / "examples"
NOW = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)
STATEMENT = "I have read this request and it is true."

# A key for tests only. It protects nothing: never configure it on a server.
TEST_KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgofzbso/ANjoc0z+Y
Fn4z4tRFtpZeyIn+JHcdWjLPKeihRANCAASk9ioxha5gvEGOQ1HbkZRKv1s/icKB
jHzoyC358GuQR/wgIlyGbxcMomlPwCXnMIuZQBWhIVabFRTZOT9Q/wfh
-----END PRIVATE KEY-----
"""
KEY = key_of(Signing(key=TEST_KEY, issuer="https://prior-auth.test", days=30))
PREPARER = Principal(
    subject="n8n-workflow", name="n8n", kind="service", roles=frozenset({"preparer", "submitter"})
)
REVIEWER = Principal(
    subject="dwhitfield",
    name="Dana Whitfield",
    title="MD",
    kind="person",
    roles=frozenset({"reviewer"}),
)

TEXT = (
    "Subjective: low back pain into the left leg for three months. Completed eight weeks of"
    " physical therapy and naproxen without improvement.\n"
    "Objective: left ankle reflex reduced, plantar flexion 4/5.\n"
    "Plan: lumbar MRI."
)


def key():
    return KEY


def now():
    return NOW


def built():
    request = (EXAMPLES / "build_278.request.json").read_text()
    return Build278Request.model_validate_json(request)


def fact(words, why="policy"):
    start = TEXT.index(words)
    end = start + len(words)
    return Fact(
        id=f"DocumentReference/lopez-visit#{start}-{end}",
        kind="statement",
        quote=words,
        span=Span(start=start, end=end),
        start=date(2026, 11, 12),
        why=why,
    )


THERAPY = fact("eight weeks of physical therapy and naproxen without improvement")
REFLEX = fact("left ankle reflex reduced")
CONDITION = Fact(
    id="Condition/lopez-radiculopathy",
    kind="condition",
    quote="Radiculopathy, lumbar region (M54.16), active since 2026-08-20",
    start=date(2026, 8, 20),
    why="diagnosis of the order",
)


def chart():
    return Chart(
        patient="Patient/pt-lopez",
        facts=(CONDITION,),
        notes=(
            Note(
                id="DocumentReference/lopez-visit",
                title="Office visit",
                written=date(2026, 11, 12),
                author="Daniel Osei",
                text=TEXT,
            ),
            Note(
                id="DocumentReference/lopez-old",
                title="Annual visit",
                written=date(2026, 3, 2),
                text="Blood pressure well controlled.",
            ),
        ),
        manifest=Manifest(
            ehr="sandbox",
            at=NOW,
            since=date(2025, 11, 20),
            searches=(Search(query="Condition?patient", pages=1, read=1, kept=1),),
        ),
    )


def criterion(name, depth, operator, text, status, reason, *cited):
    evidence = tuple(Evidence(fact=f.id, quote=f.quote, on=f.start) for f in cited)
    return Criterion(
        id=name,
        depth=depth,
        operator=operator,
        text=text,
        status=status,
        reason=reason,
        evidence=evidence,
    )


def assessment():
    return Assessment(
        policy=PolicyRef(
            id="sandbox-lumbar-mri",
            version="1",
            title="MRI of the lumbar spine",
            source="Sandbox Health Plan, policy 7",
            verification="read",
            effective_from=date(2026, 1, 1),
            review_by=date(2027, 1, 1),
            sha256=sha256(b"policy"),
        ),
        as_of=date(2026, 11, 20),
        status="met",
        criteria=(
            criterion("all", 0, "all", "Lumbar MRI", "met", "All parts are met."),
            criterion("signs", 1, "any", "Signs of radiculopathy", "met", "One is.", REFLEX),
            criterion("care", 1, "stated", "Six weeks of care", "met", "Eight weeks.", THERAPY),
        ),
        met=2,
        required=2,
        facts=(THERAPY, REFLEX),
    )


def sentence(number, text, *cited):
    return Sentence(
        id=f"s{number}",
        text=text,
        citations=tuple(Citation(fact=f.id, quote=f.quote) for f in cited),
    )


def summary():
    return Summary(
        writer="deterministic",
        sections=(
            Section(
                title="Findings",
                sentences=(
                    sentence(1, "She has lumbar radiculopathy.", CONDITION),
                    sentence(2, "Her left ankle reflex is reduced.", REFLEX),
                ),
            ),
            Section(
                title="Care so far",
                sentences=(sentence(3, "Eight weeks of therapy did not help.", THERAPY),),
            ),
        ),
    )


def form(content=b"%PDF-1.7 a filled form", **changes):
    filled = {
        "template": "generic/prior-auth-request",
        "template_sha256": sha256(b"template"),
        "pdf_base64": base64.b64encode(content).decode(),
        "sha256": sha256(content),
        "pages": 1,
        "fields": (FieldFill(id="patient.name", label="Patient", value="Maria Lopez", by="case"),),
    }
    return FilledForm(**(filled | changes))


def parts(**changes):
    given = {
        "case": built().case,
        "chart": chart(),
        "assessment": assessment(),
        "summary": summary(),
        "form": form(),
        "transaction": build_278(built()).transaction,
    }
    return AssemblePacketRequest(**(given | changes))


def assembled(**changes):
    return assemble_packet(parts(**changes), principal=PREPARER, key=key)


def attested(whole=None, principal=REVIEWER):
    whole = whole or assembled()
    request = AttestRequest(packet=whole.packet, draft_seal=whole.draft_seal, statement=STATEMENT)
    return attest(request, principal=principal, key=key, now=now).attestation


def to_json(value):
    return json.dumps(value)
