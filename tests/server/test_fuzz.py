"""Requests made from the OpenAPI document find nothing that the document does not describe."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, seed
from hypothesis import settings as bounded
from schemathesis.checks import CHECKS, not_a_server_error

from nodes.catalog import NODES
from server.app import create_app
from tests.server.installation import bearer, may, settings

schema = schemathesis.openapi.from_wsgi("/openapi.json", create_app(settings(max_body_mb=32)))
schema.config.phases.coverage.enabled = False  # hundreds of cases for each large model
UPSTREAM = (502, 503, 504)
# The models ask more than a schema can say: check digits, and integers not written as 1.0.
# Authentication has its own tests; here every request carries a token that holds.
ELSEWHERE = CHECKS.get_by_names(["positive_data_acceptance", "ignored_auth"])


@pytest.mark.slow
@seed(278)
@schema.parametrize()
@bounded(
    max_examples=40,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_is_unhandled(case):
    node = NODES.get(case.path.removeprefix("/nodes/"))
    response = case.call(headers=may(node) if node else bearer("auditor"))
    assert response.status_code != 500
    skipped = [not_a_server_error] if response.status_code in UPSTREAM else []
    case.validate_response(response, excluded_checks=[*skipped, *ELSEWHERE])
