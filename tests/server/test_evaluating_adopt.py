"""A reviewer's correction becomes a case with one command, in a file of the caller's own."""

import json

import pytest

from nodes.catalog import NODES
from nodes.packet import Packet, SentenceEdit
from server.__main__ import main
from server.evaluating import cases


def example(node, side):
    return json.loads(NODES[node].example(side))


ASKED = {"policy": "cms.l33822.cgm.initial", "case": "made for this test"}


def correction(tmp_path, **changes):
    told = {"node": "summarize", "id": "one", "request": ASKED, "expect": {"says": ["insulin"]}}
    file = tmp_path / "correction.json"
    file.write_text(json.dumps(told | changes))
    return str(file)


def test_a_file_is_made_and_grows(tmp_path, capsys):
    to = tmp_path / "ours.yaml"
    assert main(["evaluate", "adopt", correction(tmp_path), "--to", str(to)]) == 0
    assert main(["evaluate", "adopt", correction(tmp_path, id="two"), "--to", str(to)]) == 0
    told, _ = cases.read(to)
    assert [one.id for one in told.cases] == ["one", "two"]
    assert told.cases[0].request == ASKED and told.cases[1].expect == {"says": ["insulin"]}
    assert "PHI" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "one"}, "already"),
        ({"node": "no-such-node"}, "nothing scores"),
        ({"request": "Canary"}, "request"),
        ({"id": "Has Blanks"}, "id"),
    ],
)
def test_what_does_not_fit_leaves_the_file_as_it_was(tmp_path, capsys, changes, said):
    to = tmp_path / "ours.yaml"
    assert main(["evaluate", "adopt", correction(tmp_path), "--to", str(to)]) == 0
    before = to.read_bytes()
    assert main(["evaluate", "adopt", correction(tmp_path, **changes), "--to", str(to)]) != 0
    told = capsys.readouterr().err
    assert said in told and "Canary" not in told
    assert to.read_bytes() == before
    assert [one.name for one in tmp_path.glob("*.new")] == []


def test_the_projects_own_cases_take_no_phi(tmp_path, capsys):
    to = cases.SHIPPED / "corrections.yaml"
    assert main(["evaluate", "adopt", correction(tmp_path), "--to", str(to)]) != 0
    assert not to.exists() and "PHI" in capsys.readouterr().err


def test_an_edited_packet_becomes_a_case_of_summarize(tmp_path):
    packet = Packet.model_validate_json(json.dumps(example("attest", "request")["packet"]))
    sentence = packet.summary.sections[1].sentences[0]
    edit = SentenceEdit(sentence=sentence.id, before=sentence.text, after="Right leg pain.")
    file = tmp_path / "packet.json"
    file.write_text(packet.model_copy(update={"edits": (edit,)}).model_dump_json())
    asked = tmp_path / "request.json"
    asked.write_text(json.dumps(example("summarize", "request")))
    to = tmp_path / "ours.yaml"
    told = ["evaluate", "adopt", str(file), "--request", str(asked), "--id", "p1"]
    assert main([*told, "--to", str(to)]) == 0
    held, _ = cases.read(to)
    assert held.cases[0].expect == {"never": [sentence.text], "says": ["Right leg pain."]}


def test_a_packet_without_edits_is_refused(tmp_path, capsys):
    file = tmp_path / "packet.json"
    file.write_text(json.dumps(example("attest", "request")["packet"]))
    told = ["evaluate", "adopt", str(file), "--request", str(file), "--to", str(tmp_path / "x")]
    assert main(told) != 0
    assert "edits" in capsys.readouterr().err
