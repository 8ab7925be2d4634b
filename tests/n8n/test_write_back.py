"""What an EHR does not take is kept for a person, with the file and what to do."""

import base64
import json
from collections.abc import Iterator

import pytest
import yaml

from tests.n8n.cases import DECIDED, assert_chain_holds, sent, waiting, written
from tests.n8n.reviewer import Reviewer
from tests.n8n.stage import Stage

pytestmark = [pytest.mark.n8n, pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def takes_nothing(stage: Stage) -> Iterator[None]:
    """An EHR whose vendor lets nobody write."""
    file = stage.server.folder / "settings.yaml"
    before = file.read_text()
    settings = yaml.safe_load(before)
    settings["ehrs"]["sandbox"]["vendor"] = "advancedmd"
    stage.stop_server()
    file.write_text(yaml.safe_dump(settings))
    stage.start_server()
    yield
    stage.stop_server()
    file.write_text(before)
    stage.start_server()


def test_what_the_ehr_does_not_take_is_kept_for_a_person(
    stage: Stage, reviewer: Reviewer, request: pytest.FixtureRequest
) -> None:
    waiting(stage, "nguyen", "PA-HAND")
    request.getfixturevalue("takes_nothing")
    assert reviewer.decide("PA-HAND", "approved").ok

    row = stage.until_closed("PA-HAND", "modified", told="person")

    assert sent(stage, row)["outcome"] == "modified"
    by_hand = "to be filed by hand: Prior authorization decision, Prior authorization request"
    assert by_hand in row["reason"]
    assert written(stage, "PA-HAND", "DocumentReference") == []
    assert written(stage, "PA-HAND", "Task") == []
    [kept] = [r for r in stage.n8n.rows("prior_auth_to_file") if r["case_id"] == "PA-HAND"]
    assert kept["reference"] == f"PA-HAND.modified.{row['execution_id']}"
    things = {one["title"]: one for one in json.loads(kept["things"])}
    assert len(things) == 5
    form = things["Prior authorization request as sent"]
    assert base64.b64decode(form["file"]["data"]).startswith(b"%PDF-")
    assert "AdvancedMD" in form["instructions"]
    task = things["Prior authorization certified in part"]
    assert task["file"] is None and task["instructions"].startswith("Tell the care team")
    assert_chain_holds(row, *DECIDED)
