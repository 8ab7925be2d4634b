"""A reviewer's world: drafted packets, a stand-in for n8n's three endpoints, and the real server.

n8n is an outside system: the stand-in is a loopback HTTP server that hands packets over, takes
one decision per case, and answers 409 to a second one, as n8n's used resume URLs do.
"""

import json
import threading
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache

from pydantic import SecretStr
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from nodes.assemble_packet import AssemblePacketRequest, assemble_packet
from nodes.audit import sha256
from nodes.build_278 import Build278Request, Envelope, build_278
from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.fill_form import FillFormRequest, fill_form
from nodes.settings import Review, Settings, Signing, Token
from nodes.summarize import SummarizeRequest, summarize
from server.app import create_app
from tests import gates
from tests.server.test_sandbox_scenes import fetched
from tests.world import case_and_chart

CREATED = datetime(2026, 11, 20, 9, 30)
ENVELOPE = Envelope(sender="RIVERBEND", receiver="SBXHP01")
DANA, SAM, CLERK = "pan_dana-reviews", "pan_sam-drafts-and-reviews", "pan_clerk"
SHARED = "between n8n and the pages"


def seen(patient):
    """Case and chart of a patient of the sandbox, of its scenes too."""
    if "-" not in patient:
        return case_and_chart(patient)
    return fetched(patient).case, fetched(patient).chart


@cache
def drafted(patient, principal=gates.PREPARER, hard_stops=(), charted=False, **form_options):
    """What assemble-packet answers for a sandbox patient; ``charted``: the form reads the chart."""
    case, chart = seen(patient)
    parts = {"case": case, "chart": chart}
    assessment = check_policy(CheckPolicyRequest(**parts, as_of=date(2026, 11, 20))).assessment
    summary = summarize(SummarizeRequest(**parts, assessment=assessment)).summary
    parts_of_form = {"summary": summary, "assessment": assessment} | form_options
    asked = FillFormRequest(case=case, chart=chart if charted else None, **parts_of_form)
    form = fill_form(asked).form
    built = build_278(Build278Request(case=case, envelope=ENVELOPE, created_at=CREATED))
    return assemble_packet(
        AssemblePacketRequest(
            **parts,
            assessment=assessment,
            summary=summary,
            form=form,
            transaction=built.transaction,
            hard_stops=hard_stops,
            form_pdf_base64=form_options.get("pdf_base64"),
            form_upload=form_options.get("upload"),
        ),
        principal=principal,
        key=gates.key,
    )


class Workflow:
    """The stand-in for n8n."""

    def __init__(self):
        self.waiting, self.told, self.seen = {}, [], []
        self.fail, self.resume_origin = None, None
        self.lock = threading.Lock()
        self.arrived, self.released = threading.Event(), threading.Event()
        self.released.set()

    def hand(self, whole, since="2026-11-20T14:00:00Z"):
        """Put a packet into the queue."""
        self.waiting[whole.packet.case.id] = (whole, since)

    def __call__(self, environ, start_response):
        asked = Request(environ)
        self.seen.append((asked.method, asked.path))
        return self.answer(asked)(environ, start_response)

    def answer(self, asked):
        if self.fail:
            return Response("no", self.fail)
        if asked.path.startswith("/resume/") and asked.method == "POST":
            return self.resume(asked.path.removeprefix("/resume/"), asked.get_data())
        if asked.headers.get("X-Review-Token") != SHARED or asked.method != "GET":
            return Response("no", 403)
        if asked.path == "/queue":
            return self.json({"cases": [self.row(*pair) for pair in self.waiting.values()]})
        return self.packet(asked.args["case_id"], asked.host_url.rstrip("/"))

    def packet(self, case_id, origin):
        if case_id not in self.waiting:
            return Response("{}", 404)
        whole, since = self.waiting[case_id]
        return self.json(
            {
                "case_id": case_id,
                "packet": whole.packet.model_dump(mode="json"),
                "draft_seal": whole.draft_seal,
                "resume_url": f"{self.resume_origin or origin}/resume/{case_id}",
                "envelope": ENVELOPE.model_dump(mode="json"),
                "created_at": CREATED.isoformat(),
                "template": whole.packet.form.template,
                "audit_head": "ab" * 32,
                "more": since,
            }
        )

    def resume(self, case_id, body):
        self.arrived.set()
        self.released.wait(10)
        with self.lock:
            if self.waiting.pop(case_id, None) is None:
                return Response("used", 409)
        self.told.append(json.loads(body))
        return self.json({"ok": True})

    def row(self, whole, since):
        case = whole.packet.case
        return {
            "case_id": case.id,
            "status": "waiting_for_review",
            "patient": f"{case.patient.name.given} {case.patient.name.family}",
            "service": f"{case.service_lines[0].code} {case.service_lines[0].display or ''}",
            "payer": case.coverage.payer.name,
            "urgency": case.urgency,
            "waiting_since": since,
            "packet_sha256": whole.packet_sha256,
        }

    def json(self, value):
        return Response(json.dumps(value), content_type="application/json")


def token(secret, subject, name, *roles, title=None):
    return Token(
        sha256=sha256(secret.encode()),
        subject=subject,
        name=name,
        kind="person",
        roles=roles,
        title=title,
    )


def settings(origin, **changes):
    """Settings with three people: a reviewer, one who also drafts, and one who only prepares."""
    given = {
        "signing": Signing(key=SecretStr(gates.TEST_KEY), issuer=gates.KEY.issuer),
        "tokens": (
            token(DANA, "dwhitfield", "Dana Whitfield", "reviewer", title="MD"),
            token(SAM, "sortiz", "Sam Ortiz", "preparer", "reviewer", title="NP"),
            token(CLERK, "pclerk", "Pat Clerk", "preparer"),
        ),
        "review": Review(
            queue_url=f"{origin}/queue",
            packet_url=f"{origin}/packet",
            token=SecretStr(SHARED),
            resume_origin=origin,
            session_key=SecretStr("a session key for tests only, and long enough"),
        ),
    }
    return Settings(**(given | changes))


@contextmanager
def serving(application):
    """Serve a WSGI application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def desk(**changes):
    """Serve the stand-in and the real application; give both."""
    workflow = Workflow()
    with serving(workflow) as origin, serving(create_app(settings(origin, **changes))) as base:
        yield workflow, base
