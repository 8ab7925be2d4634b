"""One n8n, one node server and one sandbox for all tests here."""

from collections.abc import Iterator

import pytest

from tests.n8n.reviewer import Reviewer
from tests.n8n.stage import Stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Everything a case meets, running."""
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture
def reviewer(stage: Stage) -> Reviewer:
    """A clinician at the review pages."""
    return Reviewer(stage.server.base_url, stage.server.reviewer_token)
