"""Values planted in requests turn up in no log line, metric or problem, whatever goes wrong."""

import copy
import json

import pytest

from tests.server.installation import EVERY_NAME, EVERY_NODE, bearer, client, example, may

CANARY = "Canary Q-7731"
LEAVES = 40

every_node = pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)


def places(value, place=()):
    """Every place in a document, containers included."""
    yield place
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*place, key))


def at(document, place):
    for key in place:
        document = document[key]
    return document


def put(document, place, value):
    changed = copy.deepcopy(document)
    if not place:
        return value
    at(changed, place[:-1])[place[-1]] = value
    return changed


def everywhere(value, change):
    if isinstance(value, dict):
        return {key: everywhere(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [everywhere(item, change) for item in value]
    return change(value)


def keyed(value):
    if isinstance(value, dict):
        return {key: keyed(item) for key, item in value.items()} | {CANARY: 1}
    return [keyed(item) for item in value] if isinstance(value, list) else value


def sample(found):
    found = list(found)
    return found[:: max(1, len(found) // LEAVES)]


def bodies(document):
    """The example, spoilt in every way we can think of."""
    yield json.dumps(everywhere(document, lambda _: CANARY))
    yield json.dumps(everywhere(document, lambda v: f"{v} {CANARY}" if isinstance(v, str) else v))
    yield json.dumps(everywhere(document, lambda v: v if isinstance(v, str) else CANARY))
    yield json.dumps(keyed(document))
    yield json.dumps(everywhere(document, lambda v: {CANARY: CANARY}))
    for place in sample(places(document)):
        value = at(document, place)
        yield json.dumps(put(document, place, CANARY))
        yield json.dumps(put(document, place, [CANARY]))
        yield json.dumps(put(document, place, {CANARY: CANARY}))
        if isinstance(value, str):
            yield json.dumps(put(document, place, f"{value} {CANARY}"))
    whole = json.dumps(everywhere(document, lambda v: f"{v} {CANARY}"))
    yield whole[:-1]
    yield whole + CANARY
    yield "{" + whole
    yield whole.encode("utf-16")
    yield whole.replace('"', f'"{CANARY}": "{CANARY}", "', 1)


def assert_silent(text):
    assert CANARY.lower() not in text.lower()
    assert "q-7731" not in text.lower()


@every_node
def test_bodies(node, capsys):
    failed = 0
    for body in bodies(example(node)):
        for content_type in ("application/json", "text/plain"):
            response = client().post(
                f"/nodes/{node.name}", data=body, content_type=content_type, headers=may(node)
            )
            assert_silent(str(response.headers))
            if response.status_code != 200:
                failed += 1
                assert_silent(response.get_data(as_text=True))
    assert failed > 20
    lines = capsys.readouterr().err
    assert lines.count("\n") >= failed
    assert_silent(lines)
    assert_silent(client().get("/metrics", headers=bearer("auditor")).get_data(as_text=True))


@pytest.mark.parametrize(
    "where",
    [
        {"path": f"/nodes/{CANARY}"},
        {"path": f"/docs/{CANARY}"},
        {"path": f"/problems/{CANARY}/{CANARY}"},
        {"path": "/nodes/parse-278", "query_string": {"patient": CANARY}},
        {"path": "/healthz", "method": "CANARY Q-7731"},
        {"path": "/", "headers": {"X-Request-Id": CANARY, "Traceparent": CANARY}},
        {"path": "/nope", "headers": {"Accept": "text/html", "User-Agent": CANARY}},
        {"path": "/nope", "headers": {"Host": "canary-q-7731.test", "Cookie": f"a={CANARY}"}},
        {"path": "/metrics", "headers": {"Authorization": f"Bearer {CANARY}"}},
        {"path": "/metrics", "headers": {"Authorization": CANARY}},
    ],
)
def test_everything_but_the_body(where, capsys):
    where.setdefault("method", "GET")
    response = client().open(**where)
    assert_silent(response.get_data(as_text=True) + str(response.headers))
    logged = capsys.readouterr().err
    assert '"status":' in logged
    assert_silent(logged)
