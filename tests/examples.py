"""Make every node's example again from the sandbox's patients: part of ``make docs``.

Each request is built from the answers before it, as a workflow would build it, so that a change
of a policy, a form or a code table needs one command and no hand.
"""

import base64
import json
from pathlib import Path
from typing import Any

from nodes.catalog import NODES
from server.road import STATEMENT
from tests import world
from tests.nodes import inspect_world

FOLDER = Path(__file__).parent.parent / "nodes" / "examples"
AS_OF = "2026-11-20"
CREATED_AT = "2026-11-20T09:30:00"
FAX = """FAX from Riverbend Spine and Primary Care
Ordering Provider: Dr. Alice Whitaker, MD   NPI: 9000000015
Insurance: Sandbox Health Plan   Member ID: SBX100200301
Completed 6 weeks of physical therapy (12 visits) from 09/01/2026 to 10/13/2026 without relief.
Naproxen 500 mg twice daily for 4 weeks did not help. Could not tolerate gabapentin. No foot drop.
Assessment: Lumbar radiculopathy, right (M54.16)
Request: MRI lumbar spine, CPT 72148. Medically necessary for surgical planning at L4-5.
"""
ORDER = """ORDER FOR IMAGING                         Order date: 11/16/2026

Patient name: Lopez, Maria    DOB: 04/09/1971    Sex: F
Insurance: Sandbox Health Plan   Member ID: SBX100200301

Exam ordered: MRI lumbar spine without contrast, CPT 72148
Diagnosis: M54.16 Radiculopathy, lumbar region
Clinical indication: leg pain for ten weeks, physical therapy failed
Priority: [X] Routine  [ ] Urgent

Ordering provider: Alice Whitaker, MD   NPI: 9000000015
Perform at: Riverbend Imaging Center
"""
Json = dict[str, Any]


def write(name: str, side: str, document: Json) -> None:
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / f"{NODES[name].module}.{side}.json").write_text(text, encoding="utf-8")


def answer(name: str, body: Json, keep: bool = True) -> Json:
    """Run a node in its example world; write the pair unless it is only a step."""
    node = NODES[name]
    request = node.request.model_validate_json(json.dumps(body))
    arguments = getattr(world, f"for_{node.module}", dict)()
    response = node.function(request, **arguments)
    document = json.loads(response.model_dump_json(exclude={"audit"}))
    if keep:
        document = kept(node, response, document)
        write(name, "request", body)
        write(name, "response", document)
    return document


def kept(node, response, document: Json) -> Json:
    """Keep the file as it is when only a random signature differs."""
    try:
        before = node.response.model_validate_json(node.example("response"))
    except (FileNotFoundError, ValueError):
        return document
    same = getattr(world, f"same_{node.module}", None)
    return json.loads(node.example("response")) if same and same(response, before) else document


def read(order: str, case_id: str, keep: bool) -> tuple[Json, Json]:
    """Fetch a sandbox patient's chart and check the policy."""
    event = json.loads(NODES["fetch-chart"].example("request"))
    if not keep:
        event |= {"order": order, "case_id": case_id, "patient": None}
    fetched = answer("fetch-chart", event, keep)
    parts = {name: fetched[name] for name in ("case", "chart")}
    checked = answer("check-policy", parts | {"as_of": AS_OF}, keep)
    return parts, checked["assessment"]


def certified() -> None:
    """Lopez: the whole road to the payer."""
    parts, assessment = read("ServiceRequest/sr-lopez-mri", "PA-2026-0001", keep=True)
    known = {"case": parts["case"], "assessment": assessment}
    summary = answer("summarize", parts | {"assessment": assessment})["summary"]
    form = answer("fill-form", known | {"summary": summary})["form"]
    envelope = {"sender": "RIVERBEND", "receiver": "SBXHP01"}
    built = answer(
        "build-278", {"case": parts["case"], "envelope": envelope, "created_at": CREATED_AT}
    )
    drafted = {"summary": summary, "form": form, "transaction": built["transaction"]}
    assembled = answer("assemble-packet", parts | {"assessment": assessment} | drafted)
    packet = assembled["packet"]
    told = {"packet": packet, "draft_seal": assembled["draft_seal"], "statement": STATEMENT}
    signed = answer("attest", told)["attestation"]
    answer("verify-attestation", {"packet": packet, "attestation": signed})
    submit = {"packet": packet, "attestation": signed, "channel": "sandbox-payer"}
    answer("submit-request", submit)
    asked = {"case": parts["case"], "envelope": {"sender": "RIVERBEND"}}
    inquiry = answer("build-278-inquiry", asked | {"created_at": "2026-11-24T08:00:00"})
    edi = inquiry["transaction"]["edi"]
    answer("send-inquiry", {"edi": edi, "channel": "sandbox-payer"})


def told() -> None:
    """A fax that no chart holds: what it says, for a form or a worker."""
    answer("extract-entities", {"text": FAX, "kind": "fax", "as_of": AS_OF, "terms": ["foot drop"]})


def read_fax() -> None:
    """A letter as it comes in, of which nobody has said what it is."""
    coded = base64.b64encode(LETTER.encode()).decode()
    answer("read-document", {"content_base64": coded, "media_type": "text/plain"})


def inspected() -> None:
    """A payer's form as its issuer publishes it: what might go into its fields."""
    pdf = base64.b64encode(inspect_world.with_fields()).decode()
    answer("inspect-form", {"pdf_base64": pdf, "template": "acme/pa-request", "pictures": False})


def coded() -> None:
    """A note that names diagnoses in a chart's words, and the codes an order came with."""
    text = (
        "Assessment: LBP w/ radiculopathy L5, right leg. OA R knee. DM2 w/ neuropathy."
        " Rule out hip fracture. Mother had breast cancer.\n"
    )
    line = {"system": "CPT", "code": "72148", "laterality": "right"}
    note = {"id": "DocumentReference/7", "title": "Progress note", "written": "2026-09-14"}
    answer(
        "suggest-codes",
        {
            "notes": [note | {"text": text}],
            "given": ["M54.5", "M25.562", "E11.9", "E10.9"],
            "service_lines": [line | {"diagnoses": [1, 2]}],
            "date_of_service": AS_OF,
            "sex": "female",
            "best": 2,
        },
    )


def required() -> None:
    """Lopez: a line the sandbox payer's table decides, and one its own CRD answer decides."""
    case = json.loads(NODES["check-policy"].example("request"))["case"]
    said = {"coverage": {"valueReference": {"reference": "Coverage/cov-lopez"}}}
    said |= {"covered": {"valueCode": "covered"}, "pa-needed": {"valueCode": "satisfied"}}
    cpt = {"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}
    said |= {"billingCode": {"valueCoding": cpt}, "date": {"valueDate": "2026-11-18"}}
    said |= {"coverage-assertion-id": {"valueString": "SBX-CRD-1"}}
    said |= {
        "satisfied-pa-id": {"valueString": "SBX0007"},
        "expiry-date": {"valueDate": "2027-02-01"},
    }
    information = {
        "url": "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-coverage-information",
        "extension": [{"url": name} | value for name, value in said.items()],
    }
    therapy = {"system": "CPT", "code": "97110", "quantity": 24}
    answer(
        "check-requirement",
        {
            "case": case | {"service_lines": [*case["service_lines"], therapy]},
            "as_of": AS_OF,
            "coverage": "Coverage/cov-lopez",
            "payer_answers": [information],
            "eligibility": {
                "payer": "SBXHP01",
                "active": True,
                "first": "2026-01-01",
                "checked": "2026-11-19",
            },
        },
    )


def foretold() -> None:
    """Hale's lumbar MRI: what the criteria lack, and outcomes as a practice counts them."""
    parts, assessment = read("ServiceRequest/sr-hale-mri", "PA-2026-0005", keep=False)
    coverage, line = parts["case"]["coverage"], parts["case"]["service_lines"][0]
    cell = {"payer": coverage["payer"]["id"], "line_of_business": coverage["line_of_business"]}
    about = cell | {"service_group": "SPINE MRI", "service_code": line["code"]}
    counted = {"decided_on": "2026-10-31", "decided": 64, "denied": 9}
    counts = [
        about | counted | {"reasons": {"missing_info": 3, "medical_necessity": 6}},
        about | counted | {"service_code": "72158", "denied": 4, "reasons": {"missing_info": 4}},
    ]
    known = {"about": about, "as_of": AS_OF, "assessment": assessment, "counts": counts}
    answer("predict-denial", known | {"signals": {"missing_documents": ["Signed order"]}})


def denied() -> None:
    """Berg: the denial as it is read, and its appeal."""
    parts, assessment = read("ServiceRequest/sr-berg-mri", "PA-2026-0004", keep=False)
    envelope = {"sender": "RIVERBEND", "receiver": "SBXHP01"}
    built = answer(
        "build-278",
        {"case": parts["case"], "envelope": envelope, "created_at": CREATED_AT},
        keep=False,
    )
    edi = built["transaction"]["edi"].encode()
    reply = world.to_payer(world.PAYER, body=edi, headers={}, timeout=1, token=None).body.decode()
    trace = built["transaction"]["trace_number"]
    denial = answer("parse-278", {"edi": reply, "expected_trace": trace})["decision"]
    told = {"text": LETTER, "received": "2026-11-20", "case": parts["case"], "as_of": AS_OF}
    notice = answer("read-denial", told, keep=False)["notice"]
    known = parts | {"assessment": assessment, "denial": denial, "as_of": AS_OF, "notice": notice}
    answer("draft-peer-to-peer", known)
    appealed = answer("draft-appeal", known)["letter"]
    answer("render-letter", parts | {"letter": appealed, "as_of": AS_OF, "formats": ["html"]})
    asked = ["Physical therapy notes with dates and response", "Report of the MRI of June 2026"]
    asked += ["Electrodiagnostic study, if done"]
    sent = {"what": "the request", "on": "2026-11-16", "how": "278", "references": [trace]}
    about = {"purpose": "information", "as_of": AS_OF, "sent": [sent], "asked": asked}
    answer("draft-follow-up", parts | {"assessment": assessment} | about)


LETTER = """\
Sandbox Health Plan
Utilization Management

Notice date: November 18, 2026
Member: Anna Berg            Member ID: SBXBERG01
Case number: UM-2026-0417    Service: MRI of the lumbar spine (CPT 72148)

Dear Dr. Osei:

We reviewed your request. It is denied. A lumbar MRI within six months is on file and the notes
do not show a new finding, as Imaging Policy SBX-IMG-12 asks for.

Your appeal rights
You may appeal within 180 days of receiving this notice. Write to Sandbox Health Plan Appeals,
P.O. Box 410, Dayton, OH 45401, or fax 937-555-0188. We decide within 30 days.
To speak with the physician who reviewed this, call 937-555-0177 by November 30, 2026.
"""


def refused() -> None:
    """Berg: the same denial as a letter, and what she is told of it."""
    case = json.loads(NODES["draft-appeal"].example("request"))["case"]
    answer("read-denial", {"text": LETTER, "received": "2026-11-20", "case": case, "as_of": AS_OF})
    told = {"channel": "portal", "next_step": "we_appeal", "due": "2027-05-19"}
    told |= {"practice": "Riverbend Spine and Primary Care", "phone": "937-555-0110"}
    answer("draft-patient-message", {"case": case, "status": "denied", "as_of": AS_OF} | told)


def parsed() -> None:
    """The 277 keeps its request; its answer follows the code table."""
    answer("parse-277", json.loads(NODES["parse-277"].example("request")))


def acknowledged() -> None:
    """Lopez: a payer that takes another code answers the 278 with a 999, and we read it."""
    sent = json.loads(NODES["assemble-packet"].example("request"))["transaction"]["edi"]
    lines = sent.split(sent[105])
    place = next(at for at, line in enumerate(lines) if line.startswith("UM")) - 1
    wrong = {
        "rule": "payer.service-type",
        "words": "This payer asks for another service type: see its companion guide.",
        "interchange": 1,
        "group": 1,
        "transaction": 1,
        "loop": "2000E",
        "segment": place,
        "segment_id": "UM",
        "element": 3,
        "standard": "IK403",
        "code": "7",
    }
    built = answer(
        "build-acknowledgment",
        {
            "edi": sent,
            "findings": [wrong],
            "control_number": "000000731",
            "created_at": "2026-11-20T09:31:00",
        },
    )
    edi = built["acknowledgments"][0]["edi"]
    answer("parse-acknowledgment", {"edi": edi, "request_edi": sent})


def checked() -> None:
    """Lopez: the 278 with a service type that no list has, and a date that no calendar has."""
    edi = json.loads(NODES["assemble-packet"].example("request"))["transaction"]["edi"]
    lines = edi.split(edi[105])
    for at, line in enumerate(lines):
        if line.startswith("UM*"):
            lines[at] = "*".join([*line.split("*")[:3], "0A", *line.split("*")[4:]])
        if line.startswith("DMG*"):
            lines[at] = line.replace("*D8*19", "*D8*17")
    answer("validate-x12", {"edi": edi[105].join(lines), "payer": "sandbox"})


def attached() -> None:
    """Lopez: a note sent with the 278 is found in the 275 that carries it."""
    note = b"Riverbend Spine and Primary Care: home exercises 2026-09-01 to 2026-10-15, no relief."
    coded = base64.b64encode(note).decode()
    segments = (
        "BGN*02*PA-2026-0001*20261120*0930",
        "NM1*ACV*2*RIVERBEND SPINE AND PRIMARY CARE*****XX*9000000031*67*1P",
        "NM1*40*2*SANDBOX HEALTH PLAN*****PI*SBXHP01*67*X3",
        "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
        "REF*2I*PA-2026-0001",
        "LX*1",
        "TRN*1*PA20260001A",
        "DTP*368*D8*20261120",
        "CAT*OZ*TX",
        "OOI*1*47*NOTE.TXT",
        f"BDS*B64*{len(coded)}*{coded}",
    )
    guide = "006020X316"
    envelope = json.loads(NODES["build-278"].example("response"))["transaction"]["edi"][:106]
    edi = "".join(
        (
            envelope,
            f"GS*PI*RIVERBEND*SBXHP01*20261120*0930*7*X*{guide}~ST*275*0001*{guide}~",
            *(f"{segment}~" for segment in segments),
            f"SE*{len(segments) + 2}*0001~GE*1*7~IEA*1*{envelope[90:99]}~",
        )
    )
    answer("parse-275", {"edi": edi, "expected": ["PA20260001A", "PA20260001B"]})


def announced() -> None:
    """Lopez: a hook while the order is signed, and the order as a poll finds it."""
    draft = {
        "resourceType": "ServiceRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/pt-lopez"},
        "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "72148"}]},
    }
    signed = draft | {"id": "sr-lopez-mri", "status": "active", "authoredOn": "2026-11-16"}
    answered = answer(
        "receive-order", {"ehr": "sandbox", "event": signed, "at": f"{CREATED_AT}Z"}, keep=False
    )
    known = {name: answered["orders"][0][name] for name in ("key", "order", "services")}
    known |= {"ehr": "sandbox", "patient": "Patient/pt-lopez", "at": f"{CREATED_AT}Z"}
    hook = {
        "hook": "order-sign",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/pr-osei",
            "patientId": "pt-lopez",
            "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft}]},
        },
    }
    answer("receive-order", {"ehr": "sandbox", "event": hook, "at": f"{CREATED_AT}Z"})
    since = {"since": "2026-11-16T00:00:00Z", "until": f"{CREATED_AT}Z"}
    one = {"patients": ["Patient/pt-lopez"], "documents_of": ["Patient/pt-lopez"]}
    answer("find-orders", {"ehr": "sandbox", **since, **one, "known": [known]})


def faxed() -> None:
    """Lopez: an order that came by fax, and whose it is."""
    read = answer("read-order", {"text": ORDER, "as_of": AS_OF})
    answer("find-patient", {"ehr": "sandbox", "patient": read["patient"], "as_of": AS_OF})


def recorded() -> None:
    """Lopez: what came of the case goes into the record of the sandbox EHR."""
    summary = json.loads(NODES["assemble-packet"].example("request"))["summary"]
    answer(
        "write-back",
        {
            "ehr": "sandbox",
            "case_id": "PA-2026-0001",
            "attempt": "certified.231",
            "patient": "Patient/pt-lopez",
            "order": "ServiceRequest/sr-lopez-mri",
            "as_of": AS_OF,
            "outcome": {
                "status": "certified",
                "authorization_number": "SBX0001",
                "valid_from": "2026-11-23",
                "valid_to": "2027-02-21",
                "words": "Certified as asked for: one unit of CPT 72148.",
            },
            "summary": summary,
            "form_pdf": base64.b64encode(b"%PDF-1.4\n%%EOF\n").decode(),
            "tasks": [
                {
                    "title": "Schedule the MRI",
                    "words": "The MRI is certified: schedule it before 2027-02-21.",
                    "due": "2026-11-27",
                }
            ],
        },
    )


def main() -> None:
    announced()
    faxed()
    certified()
    told()
    read_fax()
    inspected()
    coded()
    required()
    foretold()
    recorded()
    checked()
    acknowledged()
    attached()
    denied()
    refused()
    parsed()


if __name__ == "__main__":
    main()
