"""What holds for every node."""

import json
import operator
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from nodes.audit import Model
from nodes.catalog import NODES
from tests import world

ROOT = Path(__file__).parent.parent
PLUMBING = {"__init__", "catalog", "node", "errors", "audit", "principal", "settings"}
NOUNS = {
    "reference",
    "case",
    "care",
    "chart",
    "assessment",
    "prose",
    "packet",
    "decision",
    "entity",
    "inspected",
    "notice",
    "document",
}
BOUNDARIES = {
    "http",
    "model_endpoint",
    "sessions",
    "deadline",
    "datafile",
    "signing",
    "trace",
    "channels",
}

every_node = pytest.mark.parametrize("node", NODES.values(), ids=list(NODES))


def models(model, seen=None):
    """The model and all models in its fields."""
    seen = {} if seen is None else seen
    if model not in seen:
        seen[model] = True
        for field in model.model_fields.values():
            for inner in arguments(field.annotation):
                models(inner, seen)
    return list(seen)


def arguments(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from arguments(inner)


@every_node
def test_one_name_everywhere(node):
    camel = node.module.title().replace("_", "")
    assert node.function.__module__ == f"nodes.{node.module}"
    assert node.request.__name__ == f"{camel}Request"
    assert node.response.__name__ == f"{camel}Response"
    assert (ROOT / "tests" / "nodes" / f"test_{node.module}.py").is_file()


@every_node
def test_the_docstring_says_what_it_is(node):
    assert node.summary.endswith(".")
    assert node.description and "Stub" not in node.description


@every_node
def test_the_example_is_true(node):
    request = node.request.model_validate_json(node.example("request"))
    expected = node.response.model_validate_json(node.example("response"))
    arguments = getattr(world, f"for_{node.module}", dict)()
    same = getattr(world, f"same_{node.module}", operator.eq)
    assert same(node.function(request, **arguments), expected)


@every_node
def test_the_example_is_answered_with_an_audit_entry(node, monkeypatch):
    arguments = getattr(world, f"for_{node.module}", dict)()
    principal = arguments.pop("principal", None)
    monkeypatch.setattr(
        node.function, "__kwdefaults__", {**(node.function.__kwdefaults__ or {}), **arguments}
    )
    request = node.request.model_validate_json(node.example("request"))
    answer = node.response.model_validate_json(node.answer(request, principal))
    assert answer.audit is not None
    assert answer.audit.node == node.name
    assert answer.audit.used == answer.used
    assert answer.audit.actor == (principal.subject if principal else None)


@every_node
@pytest.mark.parametrize("side", ["request", "response"])
def test_every_model_is_strict_closed_and_frozen(node, side):
    for model in models(getattr(node, side)):
        config = model.model_config
        assert config["strict"] and config["frozen"] and config["extra"] == "forbid", model


@every_node
def test_an_unknown_field_is_refused(node):
    body = json.loads(node.example("request")) | {"surprise": 1}
    with pytest.raises(ValidationError, match="surprise"):
        node.request.model_validate_json(json.dumps(body))


def test_every_file_is_in_the_catalog():
    files = {path.stem for path in (ROOT / "nodes").glob("*.py")}
    modules = {node.module for node in NODES.values()}
    assert files - PLUMBING - NOUNS - BOUNDARIES == modules


def test_every_node_says_who_may_run_it():
    assert all(node.roles for node in NODES.values())
    assert NODES["attest"].roles == {"reviewer"}
    assert all(
        "reviewer" not in node.roles
        for name, node in NODES.items()
        if name.startswith(("submit", "build"))
    )


def test_no_file_grows_past_its_idea():
    long = [
        str(path.relative_to(ROOT))
        for folder in ("nodes", "server")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text().splitlines()) > 250
    ]
    assert long == []


def test_the_import_rules_know_every_node():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    modules = {f"nodes.{node.module}" for node in NODES.values()}
    by_name = {rule["name"]: rule for rule in rules}
    assert set(by_name["a node never imports another node"]["modules"]) == modules
    assert modules <= set(by_name["a room never imports a node"]["forbidden_modules"])
    rooms = {f"nodes.{p.parent.name}" for p in (ROOT / "nodes").glob("*/__init__.py")}
    assert rooms == set(by_name["a room never imports a node"]["source_modules"])
