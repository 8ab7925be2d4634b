"""The documentation says what the code does."""

import html
import json

import pytest

from server.fields import prose
from server.n8n import CREDENTIAL, http_request
from tests.server.installation import EVERY_NAME, EVERY_NODE, client, may

every_node = pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)


def page(path):
    response = client().get(path)
    assert response.status_code == 200
    return response, html.unescape(response.get_data(as_text=True))


def test_the_index_shows_every_node_in_order():
    _, text = page("/")
    places = [text.index(f'href="/docs/{name}"><code>') for name in EVERY_NAME]
    assert places == sorted(places)


@every_node
def test_a_nodes_page(node):
    _, text = page(f"/docs/{node.name}")
    assert node.summary in text
    assert f"nodes/{node.name} \\" in text
    assert f"from nodes.{node.module} import {node.request.__name__}, {node.module}" in text
    for model in (node.request, node.response):
        assert all(f"<code>{name}</code>" in text for name in model.model_fields)
    assert all(f'<span class="role">{role}</span>' in text for role in node.roles)


@every_node
def test_the_links_to_models_lead_somewhere(node):
    _, text = page(f"/docs/{node.name}")
    linked = {part.partition('"')[0] for part in text.split('href="#')[1:]}
    assert linked and all(f'id="{name}"' in text for name in linked)


@every_node
def test_the_example_on_the_page_is_a_request(node):
    body = client().get(f"/docs/{node.name}/request.json").get_data()
    assert node.request.model_validate_json(body)


@every_node
def test_the_n8n_node_calls_it_as_n8n_must(node):
    _, text = page(f"/docs/{node.name}")
    start = text.index('{\n  "nodes": [')
    pasted = json.loads(text[start : text.index("</code>", start)])
    (found,) = pasted["nodes"]
    assert found == http_request(node, "http://localhost/")
    parameters, options = found["parameters"], found["parameters"]["options"]
    assert (found["name"], found["typeVersion"]) == (node.name, 4.5)
    assert parameters["url"] == f"http://localhost/nodes/{node.name}"
    assert found["credentials"] == {"httpHeaderAuth": {"id": None, "name": CREDENTIAL}}
    assert options["response"]["response"] == {"fullResponse": True, "neverError": True}
    assert options["batching"]["batch"]["batchSize"] == 1 and options["timeout"] > 0
    assert "onError" not in found and "retryOnFail" not in found


@pytest.mark.parametrize("path", ["/", "/docs/check-policy", "/problems/", "/problems/refused"])
def test_pages_are_locked_down(path):
    response, text = page(path)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in text and "style=" not in text and "onclick" not in text
    assert "//" not in "".join(part.partition('"')[0] for part in text.split('src="')[1:])


def test_answers_are_not_stored():
    node = EVERY_NODE[0]
    response = client().post(f"/nodes/{node.name}", json={}, headers=may(node))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_prose_is_escaped_and_laid_out():
    assert prose("a ``b``\nc.\n\n<d>") == "a <code>b</code> c.</p><p>&lt;d&gt;"


@pytest.mark.browser
def test_in_a_browser_models_open_and_copy_buttons_appear(chromium):
    from threading import Thread

    from werkzeug.serving import make_server

    from tests.server.installation import app

    server = make_server("127.0.0.1", 0, app(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    faults = []
    try:
        with chromium.new_page() as tab:
            tab.on("console", lambda message: faults.append(message.text))
            tab.on("pageerror", lambda error: faults.append(str(error)))
            tab.goto(f"http://127.0.0.1:{server.server_port}/docs/check-policy")
            assert tab.locator(".copy button").count() >= 3
            assert not tab.locator("#Case table").is_visible()
            tab.click("a[href='#Case']")
            tab.locator("#Case table").wait_for(state="visible")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert faults == []
