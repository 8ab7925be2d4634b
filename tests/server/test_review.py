"""The review pages over HTTP: who gets in, what they can decide, and what the workflow is told."""

import re
from contextlib import contextmanager

import pytest
from werkzeug.routing import Rule

from nodes.audit import AuditEntry, digest, sha256
from nodes.build_278 import build_278
from nodes.chart import HardStop
from nodes.gates.derived import of_the_form
from nodes.gates.seal import seal
from nodes.packet import Attestation, Packet
from nodes.pdf.template import template
from nodes.verify_attestation import VerifyAttestationRequest, verify_attestation
from server.app import create_app
from server.review.cases import Handed, Waiting
from server.review.session import IDLE, LIFE
from server.review.views import Quotes, difference, pieces, tree
from tests import gates
from tests.server.review_world import (
    CLERK,
    DANA,
    ENVELOPE,
    SAM,
    Workflow,
    drafted,
    serving,
    settings,
)

CASE = "PA-2026-0001"


class Reader:
    """A person with a browser that has no scripts."""

    def __init__(self, app):
        self.app, self.client = app, app.test_client()

    def get(self, path):
        return self.client.get(f"/review/{path}", buffered=True)

    def post(self, path, **fields):
        page = self.get("sign-in")
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
        return self.client.post(f"/review/{path}", data={"csrf": token} | fields)

    def sign_in(self, token=DANA, **fields):
        return self.post("sign-in", token=token, **fields)

    def decide(self, decision, page=None, **fields):
        """Send the decision form of a page, as the browser would."""
        text = (page or self.get(CASE)).text
        hidden = {
            name: re.search(f'name="{name}" value="([^"]+)"', text)[1]
            for name in ("original", "seen")
        }
        return self.post(f"{CASE}/decide", **hidden, decision=decision, **fields)


@contextmanager
def office(whole=None, **changes):
    """A workflow with a packet, and a signed-in reviewer."""
    workflow = Workflow()
    workflow.hand(whole or drafted("lopez"))
    with serving(workflow) as origin:
        reader = Reader(create_app(settings(origin, **changes)))
        reader.sign_in()
        yield workflow, reader


def cited_sentence(whole):
    """The first sentence about the chart, which the form repeats."""
    every = (s for section in whole.packet.summary.sections for s in section.sentences)
    return next(sentence for sentence in every if sentence.citations)


def verdict(told):
    """What verify-attestation says of what arrived at the resume URL."""
    return verify_attestation(
        VerifyAttestationRequest(
            packet=Packet.model_validate_json(gates.to_json(told["packet"])),
            attestation=Attestation.model_validate_json(gates.to_json(told["attestation"])),
        ),
        key=gates.key,
    )


def test_approving_tells_the_workflow_a_word_that_holds():
    with office() as (workflow, reader):
        answer = reader.decide("approved")
        assert answer.status_code == 303
        assert answer.location.startswith(f"/review/{CASE}/done?outcome=")
        [told] = workflow.told
    assert verdict(told).valid
    assert told["packet_sha256"] == drafted("lopez").packet_sha256
    assert (told["decision"], told["by"], told["reason"]) == ("approved", "dwhitfield", None)
    assert told["attestation"]["name"] == "Dana Whitfield"
    [entry] = [AuditEntry.model_validate_json(gates.to_json(e)) for e in told["audit"]]
    assert (entry.node, entry.actor, entry.previous) == ("attest", "dwhitfield", "ab" * 32)


def test_approving_edits_attests_the_revised_packet():
    sentence = cited_sentence(drafted("lopez"))
    edit = {f"sentence-{sentence.id}": "The patient is\r\n Maria Lopez."}
    with office() as (workflow, reader):
        page = reader.post(f"{CASE}/revise", **edit)
        assert page.status_code == 200 and "The patient is Maria Lopez." in page.text
        reader.decide("approved", page, **edit)
        [told] = workflow.told
    assert verdict(told).valid
    packet = Packet.model_validate_json(gates.to_json(told["packet"]))
    assert packet.revises == drafted("lopez").packet_sha256 != digest(packet)
    assert packet.drafted_by == gates.PREPARER.subject
    assert [(e.sentence, e.before, e.after) for e in packet.edits] == [
        (sentence.id, sentence.text, "The patient is Maria Lopez.")
    ]
    every = [s for section in packet.summary.sections for s in section.sentences]
    assert [s.basis for s in every if s.id == sentence.id] == ["reviewer"]
    assert packet.form.sha256 != drafted("lopez").packet.form.sha256
    assert packet.transaction == drafted("lopez").packet.transaction
    first, second = [AuditEntry.model_validate_json(gates.to_json(e)) for e in told["audit"]]
    assert (first.node, second.node) == ("fill-form", "attest")
    assert second.previous == first.sha256 and first.previous == "ab" * 32


def test_a_struck_sentence_is_gone():
    sentence = cited_sentence(drafted("lopez"))
    edit = {f"sentence-{sentence.id}": " "}
    with office() as (workflow, reader):
        reader.decide("approved", reader.post(f"{CASE}/revise", **edit), **edit)
        [told] = workflow.told
    assert sentence.text not in gates.to_json(told["packet"]["summary"])
    assert told["packet"]["edits"][0]["after"] == ""


def test_striking_everything_cannot_be_approved():
    sections = drafted("lopez").packet.summary.sections
    edit = {f"sentence-{s.id}": "" for section in sections for s in section.sentences}
    with office() as (workflow, reader):
        page = reader.post(f"{CASE}/revise", **edit)
        assert "the summary is empty" in page.text and "disabled" in page.text
        assert reader.decide("approved", page, **edit).status_code == 409
        assert workflow.told == []


def test_edits_that_were_not_seen_in_the_packet_are_not_approved():
    edit = {f"sentence-{cited_sentence(drafted('lopez')).id}": "Something else."}
    with office() as (workflow, reader):
        answer = reader.decide("approved", **edit)
        assert answer.status_code == 409 and "read it once more" in answer.text
        assert workflow.told == []
        assert reader.decide("approved", answer, **edit).status_code == 303
        assert verdict(workflow.told[0]).valid


def test_a_packet_that_changed_meanwhile_is_not_approved():
    with office() as (workflow, reader):
        page = reader.get(CASE)
        workflow.hand(drafted("lopez", gates.PREPARER.model_copy(update={"subject": "other"})))
        answer = reader.decide("approved", page)
        assert answer.status_code == 409
        assert "changed while you were reading" in answer.text
        assert workflow.told == []


@pytest.mark.parametrize("decision", ["sent_back", "declined"])
def test_sending_back_and_declining_need_a_reason(decision):
    with office() as (workflow, reader):
        assert reader.decide(decision, reason="  ").status_code == 409
        assert workflow.told == []
        assert reader.decide(decision, reason="The laterality is missing").status_code == 303
        [told] = workflow.told
    assert (told["decision"], told["reason"]) == (decision, "The laterality is missing")
    assert told["attestation"] is None


def test_an_unknown_decision_is_not_taken():
    with office() as (workflow, reader):
        assert reader.decide("maybe").status_code == 409
        assert workflow.told == []


def test_a_second_decision_is_told_so():
    with office() as (workflow, reader):
        page = reader.get(CASE)
        reader.decide("approved", page)
        answer = reader.decide("approved", page)
        assert answer.status_code == 409 and "Already decided" in answer.text
        assert len(workflow.told) == 1


def test_hard_stops_disable_approving_and_refuse_it():
    stop = HardStop(code="wrong_patient", detail="the event names another patient")
    with office(drafted("lopez", hard_stops=(stop,))) as (workflow, reader):
        page = reader.get(CASE)
        assert stop.detail in page.text
        assert re.search(r'value="approved" disabled', page.text)
        assert reader.decide("approved", page).status_code == 409
        assert workflow.told == []


def test_the_drafter_cannot_attest():
    with office(drafted("lopez", gates.REVIEWER)) as (workflow, reader):
        page = reader.get(CASE)
        assert "another reviewer has to attest" in page.text
        assert reader.decide("approved", page).status_code == 403
        assert workflow.told == []


def test_a_packet_without_its_seal_cannot_be_approved():
    other = drafted("costa").draft_seal
    with office(drafted("lopez").model_copy(update={"draft_seal": other})) as (workflow, reader):
        page = reader.get(CASE)
        assert "the seal is for another packet" in page.text
        assert reader.decide("approved", page).status_code == 409
        assert workflow.told == []


def sealed(packet):
    """A packet that was sealed without the checks of assemble-packet."""
    draft_seal = seal(digest(packet), packet.drafted_by, gates.key)
    return drafted("lopez").model_copy(update={"packet": packet, "draft_seal": draft_seal})


def sent_as(text):
    """Lopez' packet with another EDI."""
    packet = drafted("lopez").packet
    transaction = packet.transaction.model_copy(
        update={"edi": text, "sha256": sha256(text.encode())}
    )
    return sealed(packet.model_copy(update={"transaction": transaction}))


@pytest.mark.parametrize(("before", "after"), [("72148", "72149"), ("SE*32", "SE*33"), ("ISA", "")])
def test_a_278_that_cannot_be_said_in_words_is_not_approved(before, after):
    edi = drafted("lopez").packet.transaction.edi
    assert before in edi
    with office(sent_as(edi.replace(before, after))) as (workflow, reader):
        page = reader.get(CASE)
        assert "cannot be shown in words" in page.text
        assert re.search(r'value="approved" disabled', page.text)
        assert reader.decide("approved", page).status_code == 409
        assert workflow.told == []


def test_a_278_with_a_message_is_said_in_words():
    packet = drafted("lopez").packet
    asked = gates.built(case=packet.case, message="Please call before noon")
    whole = sealed(packet.model_copy(update={"transaction": build_278(asked).transaction}))
    with office(whole) as (_, reader):
        assert "Message: PLEASE CALL BEFORE NOON" in reader.get(CASE).text
        assert reader.decide("approved").status_code == 303


def test_an_edit_that_hides_a_character_is_told_so():
    edit = {f"sentence-{cited_sentence(drafted('lopez')).id}": "She did \u202enot\u202c improve."}
    with office() as (workflow, reader):
        answer = reader.post(f"{CASE}/revise", **edit)
        assert answer.status_code == 422 and "cannot be seen" in answer.text
        assert reader.decide("approved", **edit).status_code == 422
        assert workflow.told == []


def test_the_form_of_an_edited_packet_is_what_its_parts_make():
    edit = {f"sentence-{cited_sentence(drafted('lopez')).id}": "Right lumbar radiculopathy."}
    with office() as (workflow, reader):
        reader.decide("approved", reader.post(f"{CASE}/revise", **edit), **edit)
    packet = Packet.model_validate_json(gates.to_json(workflow.told[0]["packet"]))
    case, assessment, summary = packet.case, packet.assessment, packet.summary
    assert packet.edits
    assert not list(of_the_form(case, assessment, summary, packet.form, template))
    before = drafted("lopez").packet.form
    assert list(of_the_form(case, assessment, summary, before, template))


def test_only_the_configured_origin_is_resumed():
    with office() as (workflow, reader):
        workflow.resume_origin = "http://127.0.0.1:1"
        assert reader.decide("approved").status_code == 502
        assert workflow.told == []


def test_a_workflow_that_is_down_is_said_so():
    with office() as (workflow, reader):
        page = reader.get(CASE)
        workflow.fail = 500
        assert reader.get("").status_code == 502
        assert reader.decide("approved", page).status_code == 502
        workflow.fail = None
        assert reader.decide("approved", page).status_code == 303


def test_no_get_changes_anything():
    with office() as (workflow, reader):
        rules = [r for r in reader.app.url_map.iter_rules() if r.rule.startswith("/review")]
        for rule in rules:
            path = path_of(rule)
            for query in ("", "?decision=approved", f"?decision=approved&seen={'0' * 64}"):
                reader.client.get(path + query, buffered=True)
                reader.client.head(path + query, buffered=True)
        assert len(rules) > 8
        assert {method for method, _ in workflow.seen} == {"GET"}
        assert workflow.told == [] and CASE in workflow.waiting
        assert reader.decide("approved").status_code == 303


def path_of(rule: Rule):
    return rule.rule.replace("<case:case_id>", CASE).replace("<path:filename>", "review.css")


def test_without_a_session_nothing_is_shown():
    with office() as (workflow, reader):
        stranger = Reader(reader.app)
        before = len(workflow.seen)
        for path in ("", CASE, f"{CASE}/form.pdf", f"{CASE}/done"):
            answer = stranger.get(path)
            assert (answer.status_code, "sign-in" in answer.location) == (302, True)
        for path in (f"{CASE}/decide", f"{CASE}/revise", f"{CASE}/form.pdf"):
            answer = stranger.post(path)
            assert answer.status_code == 303
            assert answer.location == f"/review/sign-in?next=/review/{CASE}"
        assert len(workflow.seen) == before
        assert stranger.get("static/review.css").status_code == 200


@pytest.mark.parametrize(("token", "status"), [("pan_guess", 401), ("", 401), (CLERK, 403)])
def test_only_reviewers_sign_in(token, status):
    with office() as (_, reader):
        stranger = Reader(reader.app)
        assert stranger.sign_in(token).status_code == status
        assert stranger.get("").status_code == 302


def test_signing_out_ends_it():
    with office() as (_, reader):
        assert reader.get("").status_code == 200
        reader.client.post("/review/sign-out", data={"csrf": "forged"})
        assert reader.get("").status_code == 200
        text = reader.get("").text
        token = re.search(r'name="csrf" value="([^"]+)"', text)[1]
        reader.client.post("/review/sign-out", data={"csrf": token})
        assert reader.get("").status_code == 302


@pytest.mark.parametrize("field", [{}, {"csrf": ""}, {"csrf": "guess"}, {"csrf": "é"}])
def test_a_post_without_the_sessions_token_changes_nothing(field):
    with office() as (workflow, reader):
        page = reader.get(CASE)
        seen = re.search('name="seen" value="([^"]+)"', page.text)[1]
        data = {"decision": "approved", "seen": seen, "original": seen} | field
        answer = reader.client.post(f"/review/{CASE}/decide", data=data)
        assert answer.status_code == 400
        assert workflow.told == []


def test_the_cookie_is_for_these_pages_and_no_script():
    with office() as (_, reader):
        cookie = Reader(reader.app).sign_in().headers["Set-Cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/review"))
        assert "Secure" not in cookie
        elsewhere = reader.app.test_client().get("/review/sign-in", base_url="http://clinic.test/")
        assert "Secure" in elsewhere.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/review/PA-2026-0001", True),
        ("//evil.test/review/", False),
        ("https://evil.test/review/", False),
        ("/nodes", False),
    ],
)
def test_signing_in_leads_only_to_these_pages(path, leads):
    with office() as (_, reader):
        answer = Reader(reader.app).sign_in(next=path)
        assert answer.location == (path if leads else "/review/")


@pytest.mark.parametrize(
    ("steps", "holds"),
    [([IDLE - 1] * 3, True), ([IDLE], False), ([IDLE - 1] * (LIFE // IDLE + 1), False)],
    ids=["in use", "idle", "too long"],
)
def test_a_session_ends(steps, holds):
    with office() as (_, reader):
        desk = reader.app.extensions["review"][1]
        now = desk.clock()
        for step in steps:
            now += step
            desk.clock = lambda moment=now: moment
            answer = reader.get("")
        assert (answer.status_code == 200) is holds


def test_the_pages_protect_themselves():
    with office() as (_, reader):
        page = reader.get(CASE)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", page.text)
        assert not re.search(r'(?:src|href|data)="(?:https?:)?//', page.text)


def test_the_form_is_the_packets():
    with office() as (_, reader):
        answer = reader.get(f"{CASE}/form.pdf")
        assert answer.mimetype == "application/pdf"
        assert sha256(answer.data) == drafted("lopez").packet.form.sha256
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_the_chart_says_is_text_and_not_markup():
    packet = drafted("lopez").packet
    note = packet.exhibits[0]
    hostile = note.model_copy(
        update={"title": "<b>x</b>", "text": note.text + "<script>1</script>"}
    )
    changed = packet.model_copy(update={"exhibits": (hostile, *packet.exhibits[1:])})
    with office(drafted("lopez").model_copy(update={"packet": changed})) as (_, reader):
        text = reader.get(CASE).text
        assert "<script>1" not in text and "<b>x" not in text
        assert "&lt;script&gt;1" in text


def test_another_case_handed_over_is_not_shown():
    with office() as (workflow, reader):
        workflow.waiting["PA-OTHER"] = workflow.waiting[CASE]
        assert reader.get("PA-OTHER").status_code == 502


def test_a_case_that_does_not_wait_is_said_so():
    with office() as (_, reader):
        answer = reader.get("PA-NOWHERE")
        assert answer.status_code == 409 and "Already decided" in answer.text


def test_the_queue_is_by_urgency_then_by_waiting():
    with office() as (workflow, reader):
        workflow.hand(drafted("hale"), "2026-11-19T08:00:00Z")
        workflow.hand(drafted("costa"), "2026-11-20T15:00:00Z")
        text = reader.get("").text
        assert text.index("Costa") < text.index("Hale") < text.index("Lopez")
        workflow.waiting.clear()
        assert "Nothing waits for you" in reader.get("").text


def test_marks_leave_the_note_as_it_is():
    packet = drafted("lopez").packet
    quotes = Quotes(packet)
    for note in packet.exhibits:
        cut = list(pieces(note, quotes.in_note(note)))
        assert "".join(piece.text for piece in cut) == note.text
        for quote in quotes.in_note(note):
            marked = "".join(piece.text for piece in cut if quote in piece.quotes)
            assert marked == quote.words
            assert sum(quote in piece.begins for piece in cut) == 1
    assert sum(len(quotes.in_note(note)) for note in packet.exhibits) > 5


def test_the_tree_keeps_every_criterion_in_order():
    criteria = drafted("lopez").packet.assessment.criteria

    def flat(branches, depth=0):
        for branch in branches:
            yield branch.criterion.id, depth
            yield from flat(branch.below, depth + 1)

    assert list(flat(tree(criteria))) == [(c.id, c.depth) for c in criteria]


def test_a_difference_rebuilds_both_texts():
    found = difference("the left ankle reflex", "the right ankle reflex is reduced")
    assert "".join(t for kind, t in found if kind != "new") == "the left ankle reflex"
    assert "".join(t for kind, t in found if kind != "gone") == "the right ankle reflex is reduced"
    assert ("gone", " left") in found and ("new", " right") in found


def test_one_who_also_drafts_may_review_what_others_drafted():
    with office() as (workflow, reader):
        sam = Reader(reader.app)
        sam.sign_in(SAM)
        assert sam.decide("approved").status_code == 303
        assert workflow.told[0]["by"] == "sortiz"


def test_a_tables_empty_cells_and_json_texts_are_read():
    packet = drafted("lopez").packet
    handed = Handed.model_validate_json(
        gates.to_json(
            {
                "case_id": CASE,
                "packet": packet.model_dump_json(),
                "draft_seal": "seal",
                "resume_url": "http://n8n.test/",
                "envelope": ENVELOPE.model_dump_json(),
                "created_at": "",
                "template": "",
                "audit_head": "",
            }
        )
    )
    assert (handed.packet, handed.envelope) == (packet, ENVELOPE)
    assert (handed.created_at, handed.audit_head) == (None, None)
    assert (
        Waiting.model_validate_json('{"case_id": "1", "waiting_since": ""}').waiting_since is None
    )
