"""The OpenAPI document is valid, complete and true."""

import json

import pytest
from openapi_spec_validator import validate

from server.openapi import document
from tests.server.installation import EVERY_NAME, EVERY_NODE, app, client

every_node = pytest.mark.parametrize("node", EVERY_NODE, ids=EVERY_NAME)


def test_it_is_valid():
    validate(client().get("/openapi.json").get_json())
    assert document()["openapi"].startswith("3.1")


def test_every_route_that_is_no_page_is_in_it():
    pages = ("/docs/", "/policies/", "/problems/", "/static/", "/vendors/", "/workflows/")
    routes = {
        rule.rule
        for rule in app().url_map.iter_rules()
        if not rule.rule.startswith(pages) and rule.rule != "/"
    }
    assert routes == set(document()["paths"])


@every_node
def test_a_node_says_its_roles_and_how_it_fails(node):
    operation = document()["paths"][f"/nodes/{node.name}"]["post"]
    assert operation["x-roles"] == sorted(node.roles)
    assert all(f"`{role}`" in operation["description"] for role in node.roles)
    assert {"200", "401", "403", "413", "415", "422", "500", "503"} <= set(operation["responses"])


@every_node
def test_its_examples_fit_the_models(node):
    operation = document()["paths"][f"/nodes/{node.name}"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]
    answered = operation["responses"]["200"]["content"]["application/json"]
    node.request.model_validate_json(json.dumps(asked["example"]))
    node.response.model_validate_json(json.dumps(answered["example"]))


def test_the_names_of_models_are_those_of_the_code():
    assert not [name for name in document()["components"]["schemas"] if "-" in name or "__" in name]
