"""What each kind of bad input gets: the right problem, with a pointer, and nothing of itself."""

import json

import pytest

from nodes.audit import Model
from nodes.case import Npi
from nodes.errors import Complaint, NotConfigured, UnknownName, UpstreamBusy
from nodes.node import Node, Request, Response
from server import problems, watch
from server.app import create_app, runner
from server.auth import Credentials
from server.body import InvalidRequest, parse
from tests.server.installation import EVERY_NAME, EVERY_NODE, app, client, may, settings

every_node = pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)
JSON = "application/json"


def node_named(name):
    return EVERY_NODE[EVERY_NAME.index(name)]


def post(node, body, content_type=JSON, **headers):
    return client().post(
        f"/nodes/{node.name}", data=body, content_type=content_type, headers=may(node) | headers
    )


def refused(response, status, slug):
    document = response.get_json()
    assert (response.status_code, document["status"]) == (status, status), document
    assert response.mimetype == "application/problem+json"
    assert document["type"] == f"/problems/{slug}"
    assert document["title"] and "<" not in document["title"]
    assert client().get(document["type"]).status_code == 200
    return document


BROKEN = {
    "empty": b"",
    "cut off": b'{"case": {',
    "no value": b"{",
    "trailing": b'{"a": 1} x',
    "latin-1": '{"a": "Müller"}'.encode("latin-1"),
    "utf-16": '{"a": "b"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "control character": b'{"a": "\x00"}',
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "unquoted": b"{a: 1}",
}


@every_node
@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_broken_json(node, body):
    errors = refused(post(node, body), 422, "invalid-request")["errors"]
    assert [e["pointer"] for e in errors] == [""]
    assert errors[0]["detail"].startswith("the body is not JSON")


@every_node
@pytest.mark.parametrize("body", [b"null", b"[]", b'"x"', b"7", b"true", b"NaN", b"-Infinity"])
def test_not_an_object(node, body):
    assert refused(post(node, body), 422, "invalid-request")["errors"][0]["pointer"] == ""


@every_node
def test_missing_fields_are_all_named(node):
    required = {
        f"/{name}" for name, field in node.request.model_fields.items() if field.is_required()
    }
    errors = refused(post(node, b"{}"), 422, "invalid-request")["errors"]
    assert {e["pointer"] for e in errors} == (required or {""})


@every_node
def test_wrong_types(node):
    fields = {name: [[{"x": 1}]] for name in node.request.model_fields}
    errors = refused(post(node, json.dumps(fields)), 422, "invalid-request")["errors"]
    assert {e["pointer"].split("/")[1] for e in errors} == set(fields)


@every_node
def test_unknown_fields(node):
    errors = refused(post(node, b'{"colour": 1, "Maria Lopez": 2}'), 422, "invalid-request")[
        "errors"
    ]
    unknown = {e["pointer"] for e in errors if e["detail"] == "this field is not known here"}
    assert unknown == {"/colour", "/?"}


@every_node
@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/json; charset=latin-1", "", "application/jsonp", "application/octet-stream"],
)  # fmt: skip
def test_wrong_content_type(node, content_type):
    refused(post(node, b"{}", content_type), 415, "not-json")


@every_node
@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "application/x+json"])
def test_json_under_its_other_names(node, content_type):
    refused(post(node, b"{}", content_type), 422, "invalid-request")


@every_node
def test_a_compressed_body(node):
    refused(post(node, b"{}", **{"Content-Encoding": "gzip"}), 415, "not-json")


@every_node
def test_a_huge_body(node):
    refused(post(node, b'"' + b"x" * 1024 * 1024), 413, "request-entity-too-large")


@every_node
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_another_method(node, method):
    response = client().open(f"/nodes/{node.name}", method=method, headers=may(node))
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_a_field_given_twice():
    node = next(node for node in EVERY_NODE if node.name == "parse-278")
    body = b'{"edi": "ISA*1", "expected_trace": "a", "expected_trace": "a"}'
    (error,) = refused(post(node, body), 422, "invalid-request")["errors"]
    assert error["detail"] == "the field expected_trace is given twice in one object"


@pytest.mark.parametrize(
    "path", ["/nope", "/nodes/", "/nodes/nope", "/nodes//parse-278", "/docs/x"]
)
def test_no_such_route(path):
    refused(client().get(path), 404, "not-found")


def test_a_browser_gets_a_page():
    response = client().get("/nope", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


class Inner(Model):
    npi: Npi


class ProbeRequest(Request):
    inner: tuple[Inner, ...] = ()


class ProbeResponse(Response):
    pass


def probe_failing_with(error):
    """A server with one more node, which fails."""

    def probe(request: ProbeRequest) -> ProbeResponse:
        """Fail."""
        raise error

    probe.__annotations__ = {"request": ProbeRequest, "return": ProbeResponse}
    server = create_app(settings())
    node = Node(probe, frozenset({"preparer"}))
    server.add_url_rule("/nodes/probe", "probe", runner(node, Credentials(settings())),
                        methods=["POST"])  # fmt: skip
    return lambda body="{}": server.test_client().post(
        "/nodes/probe", data=body, content_type=JSON, headers=may(node)
    )


def test_a_nodes_own_error_with_its_complaints():
    complaints = [Complaint("/case/patient", "give it"), Complaint("#/case/payer", "mend it")]
    document = refused(probe_failing_with(UnknownName("which?", complaints))(), 404, "unknown-name")
    assert document["detail"] == "which?"
    assert document["errors"] == [
        {"pointer": "/case/patient", "detail": "give it"},
        {"pointer": "/case/payer", "detail": "mend it"},
    ]


def test_an_upstream_that_wants_to_be_left_alone():
    response = probe_failing_with(UpstreamBusy("later", 17))()
    refused(response, 503, "upstream-busy")
    assert response.headers["Retry-After"] == "17"


def test_an_unexpected_failure_says_nothing_of_itself(capsys):
    response = probe_failing_with(LookupError("Maria Lopez 1971"))()
    assert "Lopez" not in response.get_data(as_text=True)
    refused(response, 500, "unexpected")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (failure,) = [line for line in lines if line.get("event") == "unexpected"]
    assert failure["error"] == "builtins.LookupError"
    assert failure["places"][-1].startswith("test_problems.py:")
    assert failure["request"] == response.headers["X-Request-Id"]
    assert "Lopez" not in json.dumps(lines)


def test_a_models_refusal_within_a_node_is_ours_not_the_callers():
    with pytest.raises(ValueError, match="npi") as caught:
        Inner(npi="1")
    refused(probe_failing_with(caught.value)(), 500, "unexpected")


def test_our_validators_words_are_shown():
    response = probe_failing_with(NotConfigured("x"))('{"inner": [{"npi": "1234567890"}]}')
    (error,) = refused(response, 422, "invalid-request")["errors"]
    assert error["pointer"] == "/inner/0/npi"
    assert error["detail"].startswith("the check digit of this NPI is wrong")


def test_many_faults_are_cut_short():
    body = json.dumps({"inner": [{}] * 1000})
    document = refused(probe_failing_with(NotConfigured("x"))(body), 422, "invalid-request")
    assert len(document["errors"]) == 50
    assert "950 more" in document["detail"]


def test_the_page_knows_every_type():
    page = client().get("/problems/").get_data(as_text=True)
    assert all(f"/problems/{kind.slug}" in page for kind in problems.kinds())
    assert len({kind.slug for kind in problems.kinds()}) == len(problems.kinds())


def test_the_command_line_reads_bodies_the_same_way():
    with pytest.raises(InvalidRequest):
        parse(EVERY_NODE[0], b"{")
    assert isinstance(app(), watch.Server)


def test_a_bad_item_is_no_short_list():
    data = json.loads(node_named("build-278").example("request"))
    data["case"]["service_lines"][0]["quantity"] = 0
    data["case"]["diagnoses"][0]["code"] = "?"
    errors = refused(post(node_named("build-278"), json.dumps(data)), 422, "invalid-request")[
        "errors"
    ]
    assert {e["pointer"] for e in errors} == {
        "/case/service_lines/0/quantity",
        "/case/diagnoses/0/code",
    }


def test_an_empty_list_is_said_in_words_of_json():
    data = json.loads(node_named("build-278").example("request"))
    data["case"] |= {"service_lines": [], "diagnoses": 7}
    errors = refused(post(node_named("build-278"), json.dumps(data)), 422, "invalid-request")[
        "errors"
    ]
    said = {e["pointer"]: e["detail"].lower() for e in errors}
    assert said.keys() == {"/case/service_lines", "/case/diagnoses"}
    assert "list" in said["/case/service_lines"] and "tuple" not in str(said)


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/json,text/html,*/*;q=0.1", "application/json"),
        ("application/json", "application/json"),
        ("application/problem+json, application/json", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("", "application/problem+json"),
    ],
)
def test_who_reads_only_json_is_told_in_json(accept, mimetype):
    response = post(node_named("summarize"), b"{}", Accept=accept)
    assert (response.status_code, response.mimetype) == (422, mimetype)
    assert response.get_json()["errors"]
