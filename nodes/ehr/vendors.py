"""Vendor files, shipped in ``nodes/vendors``, found by id."""

import json
from functools import cache
from importlib.resources import files

import yaml
from pydantic import ValidationError

from nodes.audit import Used, sha256
from nodes.ehr.vendor import Vendor
from nodes.errors import Complaint, NotConfigured


@cache
def shipped() -> dict[str, tuple[Vendor, Used]]:
    """Load every vendor file; each is named as its id."""
    folder = files("nodes") / "vendors"
    found = [read(one.read_bytes(), one.name) for one in folder.iterdir() if ".yaml" in one.name]
    return {vendor.id: (vendor, used) for vendor, used in sorted(found, key=lambda one: one[0].id)}


def read(content: bytes, file: str) -> tuple[Vendor, Used]:
    """Read one vendor file; NotConfigured says which field is wrong, never its value."""
    try:
        data = yaml.load(content.decode(), Loader=yaml.BaseLoader)
        vendor = Vendor.model_validate_json(json.dumps(data))
    except ValidationError as error:
        places = ["/".join(map(str, e["loc"])) + f": {e['msg']}" for e in error.errors()]
        raise NotConfigured(
            f"vendor file {file}: {places[0]}", [Complaint("", place) for place in places]
        ) from None
    used = Used(kind="vendor", id=vendor.id, version=vendor.version, sha256=sha256(content))
    return vendor, used


def named(name: str) -> Vendor:
    """The vendor of this id; NotConfigured where there is none."""
    if name not in shipped():
        raise NotConfigured("settings: ehrs: there is no vendor file of this name")
    return shipped()[name][0]
