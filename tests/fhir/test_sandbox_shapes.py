"""The sandbox EHR's resources against FHIR R4, as a client of others reads them."""

import json
import subprocess

import pytest

from server.sandbox.records import Records
from tests.fhir import home

SCRIPT = """
import json, sys
from fhirclient.models.fhirabstractbase import FHIRValidationError
from fhirclient.models.fhirelementfactory import FHIRElementFactory
wrong = {}
for one in json.load(sys.stdin):
    try:
        FHIRElementFactory.instantiate(one["resourceType"], one)
    except FHIRValidationError as error:
        wrong[f"{one['resourceType']}/{one['id']}"] = str(error)
print(json.dumps(wrong))
"""


def wrong(resources):
    """Name what is no R4: an element unknown, missing or of another type."""
    python = home() / "python/bin/python"
    said = json.dumps(resources)
    done = subprocess.run(
        [python, "-c", SCRIPT], input=said, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.usefixtures("sekmet_installed")
def test_every_resource_of_the_sandbox_has_the_shape_of_r4():
    held = [one for kind in Records().resources.values() for one in kind.values()]
    assert len(held) > 700
    assert wrong(held) == {}


@pytest.mark.usefixtures("sekmet_installed")
@pytest.mark.parametrize("change", [{"severe": True}, {"code": "pain"}, {"status": None}])
def test_a_wrong_shape_is_seen(change):
    held = Records().read("Observation", "obs-brandt-rest") | change
    held = {name: value for name, value in held.items() if value is not None}
    assert set(wrong([held])) == {"Observation/obs-brandt-rest"}
