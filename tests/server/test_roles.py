"""Who may call what: every route with every role, and with no or a bad credential."""

import pytest

from nodes.settings import Settings
from server.app import create_app
from tests.server.installation import EVERY_NODE, ROLES, app, bearer, client, settings

OPEN = {
    "/", "/docs/<name>", "/docs/<name>/<any(request, response):side>.json", "/problems/",
    "/problems/<slug>", "/healthz", "/readyz", "/openapi.json", "/.well-known/jwks.json",
    "/static/<path:filename>", "/workflows/", "/workflows/<name>.json", "/vendors/",
    "/policies/", "/policies/<name>", "/docs/write-a-policy", "/docs/add-a-form", "/docs/forms",
    "/docs/letters",
}  # fmt: skip
NEEDS = {f"/nodes/{node.name}": ("POST", node.roles) for node in EVERY_NODE} | {
    "/metrics": ("GET", {"auditor", "manager"})
}


def test_every_route_is_in_this_table():
    assert {rule.rule for rule in app().url_map.iter_rules()} == OPEN | set(NEEDS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", NEEDS)
def test_a_role_opens_its_routes_and_no_other(route, role):
    method, roles = NEEDS[route]
    response = client().open(route, method=method, json={}, headers=bearer(role))
    if role in roles:
        assert response.status_code in (200, 422)
    else:
        assert response.status_code == 403
        assert response.get_json()["detail"] == f"this needs the role {' or '.join(sorted(roles))}"


@pytest.mark.parametrize("route", NEEDS)
@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Bearer pan_wrong", "Basic cGFuOng=", "pan_x",
     "Bearer \udcff", "Bearer a.b.c"],
)  # fmt: skip
def test_without_a_credential_that_holds(route, header):
    method, _ = NEEDS[route]
    headers = {} if header is None else {"Authorization": header.encode("utf-8", "surrogateescape")
                                         .decode("latin-1")}  # fmt: skip
    response = client().open(route, method=method, json={}, headers=headers)
    assert response.status_code == 401
    assert response.get_json()["type"] == "/problems/not-authenticated"
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="prior-auth-nodes"')


def test_a_given_but_wrong_token_is_called_invalid():
    response = client().post("/nodes/parse-278", headers={"Authorization": "Bearer pan_wrong"})
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_the_scheme_is_read_in_any_case():
    headers = {"Authorization": bearer("preparer")["Authorization"].replace("Bearer", "bearer")}
    assert client().post("/nodes/parse-278", json={}, headers=headers).status_code == 422


def test_an_expired_token():
    response = client().post("/nodes/parse-278", json={}, headers=bearer("expired"))
    assert response.status_code == 401


@pytest.mark.parametrize("node", EVERY_NODE, ids=lambda node: node.name)
def test_a_token_limited_to_a_node(node):
    response = client().post(f"/nodes/{node.name}", json={}, headers=bearer("limited"))
    assert response.status_code == (422 if node.name == "parse-278" else 403)


def test_a_server_without_credentials_refuses_and_says_how_to_make_some():
    bare = create_app(Settings()).test_client()
    response = bare.post("/nodes/parse-278", json={}, headers=bearer("preparer"))
    assert response.status_code == 401
    assert "prior-auth token new" in response.get_json()["detail"]
    assert bare.get("/readyz").status_code == 503
    assert bare.get("/healthz").status_code == 200


@pytest.mark.parametrize("route", sorted(route for route in OPEN if "<" not in route))
def test_open_routes_need_nothing(route):
    status = client().get(route).status_code
    assert status == (404 if route == "/.well-known/jwks.json" else 200)


def test_the_public_key_is_published_and_the_private_one_is_not():
    from nodes.settings import Signing
    from server import mint

    pem = mint.key().decode()
    answer = create_app(settings(signing=Signing(key=pem))).test_client().get(
        "/.well-known/jwks.json"
    )  # fmt: skip
    (key,) = answer.get_json()["keys"]
    assert key["crv"] == "P-256" and "d" not in key


def test_a_server_does_not_start_with_a_key_that_is_none():
    from nodes.errors import NotConfigured
    from nodes.settings import Signing

    with pytest.raises(NotConfigured, match="signing: key: not a private key") as refused:
        create_app(settings(signing=Signing(key="nonsense")))
    assert "nonsense" not in f"{refused.value}"
