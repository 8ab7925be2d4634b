"""Where a form comes from: shipped with its PDF, in the installation's folder, or sent along.

The folder is named by PRIOR_AUTH_FORMS or the setting ``forms``. In it stands a form as
``<template>/form.pdf``, or under any name where its hash is known; ``<template>/mapping.yaml``
there adds a template, or takes the place of a shipped one.
"""

import os
from base64 import b64decode
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from nodes.audit import sha256
from nodes.errors import NotConfigured, Refused, UnknownName, UnreadableDocument
from nodes.packet import FormUpload
from nodes.pdf.mapping import Mapping, Source
from nodes.pdf.outside import looked
from nodes.pdf.paper import blank
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import SHIPPED, Template, faults, load, template
from nodes.settings import settings

GENERIC = "generic/prior-auth-request"
LARGEST = 20 * 1024 * 1024


def chosen(
    name: str | None,
    pdf_base64: str | None,
    upload: FormUpload | None,
    templates: Callable[..., Template],
) -> Template:
    """Find the form that a request names, sends along or uploads with its mapping."""
    if upload:
        return uploaded(b64decode(upload.pdf_base64), upload.mapping)
    if pdf_base64:
        return templates(name or GENERIC, b64decode(pdf_base64))
    return templates(name or GENERIC)


def form(name: str, pdf: bytes | None = None) -> Template:
    """Find a template and its PDF, which may be sent along.

    UnknownName: there is no such template, or nobody supplied its PDF (the message says where to
    get it). Refused (template_mismatch): the PDF is another form or revision. UnreadableDocument:
    it is no PDF that can be filled. NotConfigured: the installation's files do not fit.
    """
    folder = _folder()
    own = folder / name / "mapping.yaml" if folder else None
    if own is None or not own.is_file():
        if (SHIPPED / name / "form.pdf").is_file() and pdf is None:
            return template(name)
        own = SHIPPED / name / "mapping.yaml"
    try:
        text = own.read_bytes()
    except OSError:
        raise UnknownName("there is no form template of this name") from None
    return _supplied(name, text, pdf, folder)


def uploaded(pdf: bytes, mapping: str) -> Template:
    """Make a template of a PDF and a mapping that a caller sends; UnreadableDocument tells why."""
    try:
        found = mapping_of("upload", mapping.encode())
        loaded = _loaded(found.template, mapping.encode(), pdf, found)
    except NotConfigured as fault:
        raise UnreadableDocument(str(fault)) from None
    return loaded


def _supplied(name: str, text: bytes, pdf: bytes | None, folder: Path | None) -> Template:
    mapping = mapping_of(name, text)
    source = mapping.source
    if pdf is not None:
        if source.supply == "bundled":
            raise Refused("template_mismatch: this form comes with its own PDF: send none along")
        found = _loaded(name, text, pdf, mapping, sent=True)
        fault = next(faults(found), None)
        if fault:
            raise Refused(f"template_mismatch: this PDF is another form or revision: {fault}")
        return found
    held = _held(name, source, folder)
    if held is not None:
        return _kept(name, text, held)
    if source.supply == "paper":
        return _printed(name, text, blank(source.pages))
    told = f" Where to get it: {source.get}" if source.get else ""
    raise UnknownName(
        "this form is not bundled: its issuer's PDF must be supplied, as pdf_base64 beside the"
        " template, or as <template>/form.pdf in the folder that PRIOR_AUTH_FORMS or the setting"
        f" forms names.{told}"
    )


@lru_cache(maxsize=16)
def _kept(name: str, text: bytes, pdf: bytes) -> Template:
    return _loaded(name, text, pdf, mapping_of(name, text))


@lru_cache(maxsize=16)
def _printed(name: str, text: bytes, paper: bytes) -> Template:
    return load(name, text, paper)


def _loaded(
    name: str, text: bytes, pdf: bytes, mapping: Mapping, *, sent: bool = False
) -> Template:
    widgets, sizes = looked(pdf)
    found = Template(name, mapping, pdf, sha256(pdf + text), widgets, sizes, foreign=True)
    fault = None if sent else next(faults(found), None)
    if fault:
        raise NotConfigured(f"form template {name}: {fault}")
    return found


def _folder() -> Path | None:
    named = os.environ.get("PRIOR_AUTH_FORMS") or settings().forms
    return Path(named) if named else None


def _held(name: str, source: Source, folder: Path | None) -> bytes | None:
    if folder is None:
        return None
    try:
        return (folder / name / "form.pdf").read_bytes()
    except OSError:
        pass
    for path in sorted(folder.glob("*.pdf")) if source.sha256 else ():
        state = path.stat()
        if state.st_size <= LARGEST and _hash(path, state.st_mtime_ns) in source.sha256:
            return path.read_bytes()
    return None


@lru_cache(maxsize=1024)
def _hash(path: Path, changed: int) -> str:
    return sha256(path.read_bytes())
