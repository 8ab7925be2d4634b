"""Checking kept audit entries, and the responses they were kept in."""

import json

import pytest

from nodes.audit import AuditEntry, seal
from nodes.catalog import NODES
from server import __main__ as command_line
from tests import gates, world

ANSWER = NODES["parse-278"].example("request")


def answered(node, previous=None):
    """What a node answers to its own example."""
    example = json.loads(node.example("request")) | {"audit_previous": previous}
    request = node.request.model_validate_json(json.dumps(example))
    outside = getattr(world, f"for_{node.module}", dict)()
    principal = outside.pop("principal", gates.PREPARER)
    return json.loads(node.answer(request, principal, **outside))


@pytest.fixture
def kept():
    """Three chained responses."""
    first = answered(NODES["parse-278"])
    second = answered(NODES["check-policy"], first["audit"]["sha256"])
    return [first, second, answered(NODES["parse-278"], second["audit"]["sha256"])]


@pytest.fixture
def verify(tmp_path, capsys):
    def call(content, *more):
        file = tmp_path / "chain"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        status = command_line.main(["audit", "verify", f"{file}", *more])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return status, shown.out + shown.err

    return call


@pytest.mark.parametrize("node", NODES.values(), ids=list(NODES))
def test_every_nodes_response_can_be_checked_again(node, verify):
    status, said = verify([answered(node)])
    assert status == 0, said
    assert "1 of them with the response" in said


def test_without_a_head_it_says_what_it_did_not_check(verify, kept):
    status, said = verify(kept)
    assert (status, "not checked against a head kept elsewhere" in said) == (0, True)
    assert "consistent in itself" in said and "none edited" not in said
    status, said = verify(kept, "--head", kept[-1]["audit"]["sha256"])
    assert (status, "none edited, removed" in said) == (0, True)
    assert "3 of them with the response" in said


def test_an_edited_response_is_found(verify, kept):
    kept[0]["reviews"][0]["certification_number"] = "AUTH-EDITED"
    status, said = verify(kept, "--head", kept[-1]["audit"]["sha256"])
    assert (status, "entry 1 (parse-278): the response" in said) == (1, True)


def test_a_response_with_another_verdict_is_found(verify, kept):
    kept[1]["assessment"]["status"] = "not_met"
    status, said = verify(kept)
    assert (status, "entry 2 (check-policy): the response was edited" in said) == (1, True)


def test_a_response_the_model_does_not_take_is_said_so(verify, kept):
    status, said = verify([kept[0] | {"more": 1}, *kept[1:]])
    assert (status, "not one of this node's" in said) == (1, True)


def test_a_node_nobody_knows_is_said_so(verify, kept):
    entry = AuditEntry.model_validate_json(json.dumps(kept[0]["audit"]))
    fields = {name: getattr(entry, name) for name in type(entry).model_fields if name != "sha256"}
    other = seal(fields | {"node": "guess"}).model_dump(mode="json")
    status, said = verify([kept[0] | {"audit": other}])
    assert (status, "there is no such node here" in said) == (1, True)


def test_a_field_given_twice_is_a_fault(verify, kept):
    entry = json.dumps(kept[0]["audit"])
    for content in (f'{{"actor": "x", {entry[1:]}', f'[{{"audit": 1, "audit": {entry}}}]'):
        status, said = verify(content)
        assert (status, "given twice" in said) == (1, True)
    status, said = verify(f'{entry}\n{{"actor": 1, "actor": 2}}\n')
    assert (status, "the field actor is given twice" in said) == (1, True)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"audit":' * 100_000, "1\n" + "[" * 100_000, "9" * 5000]
)
def test_what_no_parser_follows_is_a_sentence(verify, content):
    status, said = verify(content)
    assert (status, said.startswith("prior-auth: ")) == (1, True)
