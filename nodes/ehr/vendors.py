"""Vendor files, shipped in ``nodes/vendors`` and the installation's own, found by id."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from nodes import datafile
from nodes.audit import Used, sha256
from nodes.ehr.vendor import Vendor
from nodes.errors import NotConfigured, UnknownName
from nodes.settings import settings

WHAT = "vendor file"
Vendors = dict[str, tuple[Vendor, Used]]


def read(raw: bytes, file: str) -> tuple[Vendor, Used]:
    """Read one vendor file; ``file`` is its name, which is the vendor's id and ``.yaml``.

    Raises NotConfigured with one complaint per fault: the file, the field and what is wrong,
    never the value.
    """
    vendor = datafile.parse(raw, Vendor, WHAT, file)
    if file != f"{vendor.id}.yaml":
        fault = f"id: it must be the file's name, or the file be {vendor.id}.yaml"
        raise datafile.wrong(WHAT, file, [fault])
    used = Used(kind="vendor", id=vendor.id, version=vendor.version, sha256=sha256(raw))
    return vendor, used


def folder(path: Path) -> Vendors:
    """The vendor files of a folder."""
    try:
        found = sorted(one for one in path.iterdir() if one.name.endswith(".yaml"))
        read_ones = [read(one.read_bytes(), one.name) for one in found]
    except OSError as error:
        raise NotConfigured(
            f"settings: vendors: the folder or a file in it cannot be read: {error.strerror}"
        ) from None
    return {vendor.id: (vendor, used) for vendor, used in read_ones}


@cache
def shipped() -> Vendors:
    """The vendor files of ``nodes/vendors``; each is named as its id."""
    inside = sorted((files("nodes") / "vendors").iterdir(), key=lambda one: one.name)
    found = [read(one.read_bytes(), one.name) for one in inside if one.name.endswith(".yaml")]
    return {vendor.id: (vendor, used) for vendor, used in found}


@cache
def in_force() -> Vendors:
    """Those shipped under those of the settings' ``vendors`` folder; once per process."""
    own = settings().vendors
    return shipped() | (folder(Path(own)) if own else {})


def named(name: str) -> Vendor:
    """The vendor of this id; NotConfigured where an EHR's settings name one that is not there."""
    return entry(name)[0]


def entry(name: str) -> tuple[Vendor, Used]:
    """The vendor of this id and the record of its use; NotConfigured as ``named``."""
    if name not in in_force():
        raise NotConfigured("settings: ehrs: there is no vendor file of this name")
    return in_force()[name]


def asked(name: str) -> Vendor:
    """The vendor of this id; UnknownName where a person asks for one that is not there."""
    if name not in in_force():
        raise UnknownName("there is no vendor file of this name")
    return in_force()[name][0]
