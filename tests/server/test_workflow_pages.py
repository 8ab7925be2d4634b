"""The page about the workflows, and the files it hands out."""

import json
from pathlib import Path

from nodes.settings import Settings
from server.app import create_app
from server.workflows import shipped

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "workflows_json").glob("*.json"))


def test_every_workflow_is_shown_with_its_words_and_its_picture():
    client = create_app(Settings()).test_client()
    page = client.get("/workflows/").text
    assert [workflow.file for workflow in shipped()] == [file.stem for file in FILES]
    for workflow in shipped():
        assert workflow.how and len(workflow.setup) >= 1, workflow.file
        assert f'id="{workflow.file}"' in page
        with client.get(f"/static/workflows/{workflow.file}.png") as picture:
            assert picture.status_code == 200


def test_a_file_is_handed_out_as_it_is():
    client = create_app(Settings()).test_client()
    for file in FILES:
        assert json.loads(client.get(f"/workflows/{file.name}").data) == json.loads(
            file.read_text()
        )
    assert client.get("/workflows/99-none.json").status_code == 404
