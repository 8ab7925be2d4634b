"""Sessions of the review pages: who begins one, what ends it, and what is not lost with it."""

import re
import time
from html import unescape

import flask
import pytest
from pydantic import SecretStr

from nodes.settings import Oidc
from server.app import create_app
from server.review.cases import Cases
from server.review.throttle import EVERYBODY, FREE_TOGETHER, Throttle
from server.review.views import tree
from tests import gates
from tests.server.review_world import DANA, SAM, drafted, settings, token
from tests.server.test_oidc import AUDIENCE, ISSUER, PROVIDER
from tests.server.test_oidc import token as jwt_of
from tests.server.test_review import CASE, Reader, cited_sentence, office

LIMITED, SECOND = "pan_limited", "pan_dana-again"
EDIT = {f"sentence-{cited_sentence(drafted('lopez')).id}": 'She said "worse" & <b>left</b>.'}
SHOWN = "She said &#34;worse&#34; &amp; &lt;b&gt;left&lt;/b&gt;."


def entries(*more):
    return (token(DANA, "dwhitfield", "Dana Whitfield", "reviewer", title="MD"), *more)


def limited(*nodes):
    return token(LIMITED, "lim", "Lim Ited", "reviewer").model_copy(update={"nodes": nodes})


def fields(page):
    """Every hidden input and text area of a page, as a browser would send them."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page.text)
    return {name: unescape(value) for name, value in (*inputs, *areas)}


def lose(reader):
    """End the session as time does; the page stays open."""
    reader.client.delete_cookie("prior_auth_review", path="/review")


# Who may sign in: the admission of the attest node.


@pytest.mark.parametrize(("nodes", "status"), [(("attest",), 303), (("parse-278",), 403)])
def test_a_token_limited_to_nodes_signs_in_only_for_attest(nodes, status):
    with office(tokens=entries(limited(*nodes))) as (_, reader):
        stranger = Reader(reader.app)
        assert stranger.sign_in(LIMITED).status_code == status
        assert stranger.get(CASE).status_code == (200 if status == 303 else 302)


def test_a_service_does_not_sign_in():
    with office() as (workflow, reader):
        service = entries()[0].model_copy(update={"kind": "service"})
        given = reader.app.extensions["review"][0].model_copy(update={"tokens": (service,)})
        stranger = Reader(create_app(given))
        assert stranger.sign_in(DANA).status_code == 403
        assert stranger.get("").status_code == 302
        assert workflow.seen == []


@pytest.mark.parametrize("change", [{"kind": "service"}, {"nodes": ("fill-form",)}, {"roles": ()}])
def test_who_may_not_review_any_more_sees_nothing_more(change):
    with office() as (workflow, reader):
        session = client_session(reader)
        (dana, *_), changed = entries(), reader.app.extensions["review"][0]
        changed = changed.model_copy(update={"tokens": (dana.model_copy(update=change),)})
        after = Reader(create_app(changed))
        after.client.set_cookie("prior_auth_review", session, path="/review")
        assert after.get(CASE).status_code == 302
        assert workflow.seen == []


def client_session(reader):
    return reader.client.get_cookie("prior_auth_review", path="/review").value


# What ends a session.


def test_a_revoked_token_ends_its_session_also_with_a_provider():
    with office(oidc=PROVIDER) as (_, reader):
        assert reader.get("").status_code == 200
        reader.app.extensions["review"][1].credentials.tokens.clear()
        assert reader.get("").status_code == 302


def test_an_expired_token_ends_its_session():
    from datetime import date

    own = entries()[0].model_copy(update={"expires": date(2026, 11, 20)})
    with office(tokens=()) as (_, reader):
        given = reader.app.extensions["review"][0].model_copy(update={"tokens": (own,)})
        dana = Reader(create_app(given))
        credentials = dana.app.extensions["review"][1].credentials
        credentials.today = lambda: date(2026, 11, 20)
        assert dana.sign_in().status_code == 303
        assert dana.get("").status_code == 200
        credentials.today = lambda: date(2026, 11, 21)
        assert dana.get("").status_code == 302


def test_of_two_tokens_of_one_person_the_one_used_counts():
    second = token(SECOND, "dwhitfield", "Dana Whitfield", "reviewer")
    with office(tokens=entries(second)) as (_, reader):
        tokens = reader.app.extensions["review"][1].credentials.tokens
        other = Reader(reader.app)
        other.sign_in(SECOND)
        del tokens[second.sha256]
        assert other.get("").status_code == 302
        assert reader.get("").status_code == 200


def test_an_oidc_session_ends_with_its_token_and_its_provider():
    with office(oidc=PROVIDER) as (_, reader):
        desk = reader.app.extensions["review"][1]
        until = int(time.time()) + 120
        dana = Reader(reader.app)
        assert dana.sign_in(jwt_of(exp=until)).status_code == 303
        assert "Dana Whitfield" in dana.get("").text
        held = client_session(dana)
        other = PROVIDER.model_copy(update={"roles": (("others", "reviewer"),)})
        changed = reader.app.extensions["review"][0].model_copy(update={"oidc": other})
        after = Reader(create_app(changed))
        after.client.set_cookie("prior_auth_review", held, path="/review")
        assert after.get("").status_code == 302
        desk.clock = lambda: until - 1
        assert dana.get("").status_code == 200
        desk.clock = lambda: until
        assert dana.get("").status_code == 302


def test_a_machines_jwt_does_not_sign_in():
    with office(oidc=PROVIDER) as (_, reader):
        machine = jwt_of(sub="n8n@clients", name=None)
        assert Reader(reader.app).sign_in(machine).status_code == 403


def test_a_provider_that_is_down_is_said_so():
    down = Oidc(
        issuer=ISSUER, audience=AUDIENCE, jwks_url="http://127.0.0.1:9/", roles=PROVIDER.roles
    )
    with office(oidc=down) as (_, reader):
        answer = Reader(reader.app).sign_in(jwt_of())
        assert answer.status_code == 502
        assert "keys cannot be fetched" in answer.text
        assert Reader(reader.app).sign_in(DANA).status_code == 303


def test_who_reads_is_logged():
    with office() as (_, reader), reader.client as client:
        client.get(f"/review/{CASE}")
        assert flask.request.actor == "dwhitfield"
        client.get("/review/PA-NOWHERE")
        assert flask.request.problem == "already-decided"


# Guessing is told to wait; a right token never is.


def test_wrong_tokens_are_told_to_wait_and_a_right_one_passes():
    with office() as (_, reader):
        stranger = Reader(reader.app)
        statuses = [stranger.sign_in("pan_guess").status_code for _ in range(6)]
        assert statuses == [401] * 5 + [429]
        answer = stranger.sign_in("pan_guess")
        assert int(answer.headers["Retry-After"]) > 0
        assert stranger.sign_in("pan_other-guess").status_code == 401
        assert stranger.sign_in(DANA).status_code == 303


def test_many_different_guesses_do_not_lock_anybody_out():
    with office() as (_, reader):
        stranger = Reader(reader.app)
        statuses = [stranger.sign_in(f"pan_{n}").status_code for n in range(FREE_TOGETHER + 2)]
        assert statuses[:FREE_TOGETHER] == [401] * FREE_TOGETHER
        assert statuses[-1] == 429
        assert stranger.sign_in(SAM).status_code == 303


def test_the_pauses_grow_and_are_forgotten():
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    assert [throttle.failed("a") for _ in range(5)] == [0] * 5
    assert throttle.failed("a") in (2, 3)
    assert throttle.failed("b") == 0
    now[0] = 4.5
    assert throttle.failed("a") == 0
    assert throttle.failed("a") in (8, 9)
    now[0] = 5000
    assert throttle.failed("a") == throttle.failed("a") == 0


def test_the_throttle_forgets_the_oldest():
    throttle = Throttle(lambda: 0.0, most=3)
    for mark in ("a", "b", "c"):
        throttle.failed(mark)
    assert set(throttle.failures) == {EVERYBODY, "b", "c"}


# What was typed is not lost with the session.


@pytest.mark.parametrize("action", ["decide", "revise", "form.pdf"])
def test_what_was_typed_comes_back_after_signing_in(action):
    with office() as (workflow, reader):
        sent = fields(reader.get(CASE)) | EDIT | {"decision": "approved", "reason": "Left & right"}
        lose(reader)
        asked = reader.client.post(f"/review/{CASE}/{action}", data=sent)
        assert asked.status_code == 401 and "Nothing was decided" in asked.text
        assert SHOWN in asked.text and "approved" not in asked.text
        wrong = reader.client.post("/review/sign-in", data=fields(asked) | {"token": "pan_no"})
        assert wrong.status_code == 401 and SHOWN in wrong.text
        back = reader.client.post("/review/sign-in", data=fields(wrong) | {"token": DANA})
        assert back.status_code == 200 and "Your changes" in back.text
        assert "nothing was decided" in back.text and "Left &amp; right</textarea>" in back.text
        assert workflow.told == []
        sent = fields(back) | {"decision": "approved"}
        assert reader.client.post(f"/review/{CASE}/decide", data=sent).status_code == 303
        [told] = workflow.told
    assert [edit["after"] for edit in told["packet"]["edits"]] == list(EDIT.values())


def test_what_was_typed_is_not_shown_to_another_person():
    with office() as (workflow, reader):
        sent = fields(reader.get(CASE)) | EDIT | {"decision": "approved"}
        lose(reader)
        asked = reader.client.post(f"/review/{CASE}/decide", data=sent)
        back = reader.client.post("/review/sign-in", data=fields(asked) | {"token": SAM})
        assert (back.status_code, back.location) == (303, f"/review/{CASE}")
        assert SHOWN not in reader.get(CASE).text
        assert workflow.told == []


def test_what_was_typed_about_another_packet_is_not_applied():
    with office() as (workflow, reader):
        sent = fields(reader.get(CASE)) | EDIT
        lose(reader)
        asked = reader.client.post(f"/review/{CASE}/revise", data=sent)
        workflow.hand(drafted("lopez", gates.PREPARER.model_copy(update={"subject": "other"})))
        back = reader.client.post("/review/sign-in", data=fields(asked) | {"token": DANA})
        assert back.status_code == 409 and "changed while you were reading" in back.text


def test_words_from_elsewhere_are_not_carried():
    with office() as (_, reader):
        lose(reader)
        forged = {"csrf": fields(Reader(reader.app).get("sign-in"))["csrf"]} | EDIT
        for given in (forged, EDIT, EDIT | {"csrf": "x"}):
            answer = reader.client.post(f"/review/{CASE}/decide", data=given)
            assert (answer.status_code, answer.location) == (
                303,
                f"/review/sign-in?next=/review/{CASE}",
            )
        assert reader.client.post("/review/sign-out").location == "/review/sign-in?next=/review/"


def test_a_page_of_the_session_before_decides_nothing_and_loses_nothing():
    with office() as (workflow, reader):
        sent = fields(reader.get(CASE)) | EDIT | {"decision": "approved"}
        reader.sign_in()
        answer = reader.client.post(f"/review/{CASE}/decide", data=sent)
        assert answer.status_code == 409 and SHOWN in answer.text
        assert "nothing was decided" in answer.text and workflow.told == []


def test_a_sign_in_page_that_is_too_old_is_shown_again():
    with office() as (_, reader):
        sent = fields(reader.get(CASE)) | EDIT
        lose(reader)
        asked = fields(reader.client.post(f"/review/{CASE}/revise", data=sent))
        given = asked | {"token": DANA, "csrf": "old"}
        again = reader.client.post("/review/sign-in", data=given)
        assert again.status_code == 400 and SHOWN in again.text
        back = reader.client.post("/review/sign-in", data=fields(again) | {"token": DANA})
        assert back.status_code == 200 and "Your changes" in back.text


def test_revising_a_packet_that_changed_is_told():
    with office() as (workflow, reader):
        sent = fields(reader.get(CASE)) | EDIT
        workflow.hand(drafted("lopez", gates.PREPARER.model_copy(update={"subject": "other"})))
        answer = reader.client.post(f"/review/{CASE}/revise", data=sent)
        assert answer.status_code == 409 and "changed while you were reading" in answer.text


def test_a_reason_is_kept_when_something_else_is_wrong():
    with office() as (_, reader):
        answer = reader.decide("maybe", reason="The left side is meant.")
        assert "The left side is meant.</textarea>" in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_request_from_elsewhere_does_not_touch_the_running_session(method):
    with office() as (_, reader):
        elsewhere = reader.app.test_client(use_cookies=False)
        answer = elsewhere.open(f"/review/{CASE}", method="GET")
        answer = elsewhere.open(answer.location)
        if method == "post":
            answer = elsewhere.post(f"/review/{CASE}/decide", data={"decision": "approved"})
        cookies = answer.headers.getlist("Set-Cookie")
        assert not [cookie for cookie in cookies if cookie.startswith("prior_auth_review=")]
        assert all("SameSite=Strict" in cookie and "HttpOnly" in cookie for cookie in cookies)


def test_a_sign_in_from_another_browsers_page_is_not_taken():
    with office() as (_, reader):
        page = fields(Reader(reader.app).get("sign-in"))
        victim = Reader(reader.app)
        victim.get("sign-in")
        answer = victim.client.post("/review/sign-in", data=page | {"token": SAM})
        assert answer.status_code == 400
        assert victim.get("").status_code == 302


# Addresses that nobody should have typed.


@pytest.mark.parametrize(
    "wanted",
    ["//[", "http://[", "/review/\x00", "/review/\x7f", "\\\\evil", "x" * 5000, "é"],
)
def test_a_next_that_is_none_leads_to_the_queue(wanted):
    with office() as (_, reader):
        answer = Reader(reader.app).sign_in(next=wanted)
        assert (answer.status_code, answer.location) == (303, "/review/")
        assert (
            reader.client.get("/review/sign-in", query_string={"next": wanted}).status_code == 200
        )


@pytest.mark.parametrize("url", ["http://[", "http://[::1", "", "nothing", "http://n8n.test:x/"])
def test_a_resume_url_that_is_none_is_said_so(url):
    with office() as (workflow, reader):
        page = reader.get(CASE)
        desk, found, _ = reader.app.extensions["review"]
        handed = Cases(desk.review).packet(CASE).model_copy(update={"resume_url": url})

        class Misled(Cases):
            def packet(self, case_id):
                return handed

        reader.app.extensions["review"] = (desk, found, Misled(desk.review))
        answer = reader.decide("approved", page)
        assert answer.status_code == 502 and "resume URL" in answer.text
        assert workflow.told == []


def test_criteria_nested_absurdly_are_still_shown():
    packet = drafted("lopez").packet
    chain = tuple(
        packet.assessment.criteria[0].model_copy(update={"id": f"c{depth}", "depth": depth})
        for depth in range(3000)
    )
    assert sum(1 for _ in walk(tree(chain))) == 3000
    assessment = packet.assessment.model_copy(update={"criteria": chain})
    whole = drafted("lopez").model_copy(
        update={"packet": packet.model_copy(update={"assessment": assessment})}
    )
    with office(whole) as (_, reader):
        assert reader.get(CASE).status_code == 200


def walk(branches):
    left = list(branches)
    while left:
        branch = left.pop()
        yield branch
        left += branch.below


@pytest.mark.parametrize("decision", ["approved", "sent_back", "declined"])
def test_a_decision_is_confirmed_only_when_it_was_made_here(decision):
    words = {"approved": "Approved and attested", "sent_back": "Sent back", "declined": "Declined"}
    with office() as (_, reader):
        typed = reader.get(f"{CASE}/done?decision={decision}").text
        assert "Nothing to confirm" in typed and words[decision] not in typed
        made = reader.decide(decision, reason="Because").location
        assert words[decision] in reader.client.get(made).text
        other = made.replace(CASE, "PA-OTHER")
        assert "Nothing to confirm" in reader.client.get(other).text
        assert "Nothing to confirm" in reader.client.get(f"{made}x").text


@pytest.mark.parametrize(
    "case_id", ["..", ".", "sign-in", "sign-out", "static", "PA-2026-0001", "-", "done", "a..b"]
)
def test_every_case_id_is_reached(case_id):
    whole = drafted("lopez")
    case = whole.packet.case.model_copy(update={"id": case_id})
    packet = whole.packet.model_copy(update={"case": case})
    with office(whole.model_copy(update={"packet": packet})) as (_, reader):
        [link] = re.findall(r'<th scope="row"><a href="([^"]+)"', reader.get("").text)
        page = reader.client.get(link)
        assert page.status_code == 200 and "Maria" in page.text
        assert not {"..", "."} & set(link.split("/"))
        [action] = set(re.findall(r'formaction="([^"]+/revise)"', page.text))
        assert reader.client.post(action, data=fields(page)).status_code == 200
        [form] = re.findall(r'<a href="([^"]+/form.pdf)"', page.text)
        assert reader.client.get(form).mimetype == "application/pdf"


@pytest.mark.parametrize("path", ["~", "~x", "~_w==", "~é", "~4pyT!"])
def test_a_case_id_that_is_none(path):
    with office() as (_, reader):
        assert reader.get(path).status_code in (404, 409)


def test_a_short_session_key_is_refused():
    given = settings("http://n8n.test").review
    with pytest.raises(ValueError, match="at least 32 characters"):
        type(given)(**(given.model_dump() | {"session_key": SecretStr("short")}))
