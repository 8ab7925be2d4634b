"""The ``form`` commands: begin a payer's form, check its mapping, fill it to see."""

import base64
import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nodes.assessment import Assessment
from nodes.audit import sha256
from nodes.case import Case
from nodes.catalog import NODES
from nodes.chart import Chart
from nodes.errors import NotConfigured, UnreadableDocument
from nodes.packet import FilledForm
from nodes.pdf.form import request_form
from nodes.pdf.outside import looked
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import Template, faults
from nodes.prose import Summary
from server import form_new

PREVIEW = "preview.pdf"
SHOWN = 60


def run(asked: Namespace) -> int:
    """Run the one asked for."""
    return ACTIONS[asked.action](asked)


def check(asked: Namespace) -> int:
    """Say what in a form's folder is wrong, each with its place; 1 when something is."""
    found = held(Path(asked.folder))
    said = list(faults(found))
    for fault in said:
        print(f"{asked.folder}/mapping.yaml: {fault}")
    entries = len(found.mapping.fields)
    print(f"{entries} entries, {len(said)} fault{'s'[: len(said) != 1]}")
    return 1 if said else 0


def fill(asked: Namespace) -> int:
    """Fill a form from a case, or from the sandbox's patient, and say what stayed blank."""
    folder = Path(asked.folder)
    found = held(folder)
    fault = next(faults(found), None)
    if fault:
        raise NotConfigured(f"{fault}: see prior-auth form check {asked.folder}")
    out = Path(asked.out) if asked.out else folder / PREVIEW
    if asked.out and out.exists():
        print(f"prior-auth: {out} exists and is not overwritten", file=sys.stderr)
        return 2
    given = json.loads(NODES["fill-form"].example("request"))
    if asked.case:
        given = parsed(Path(asked.case))
    form = filled(found, given)
    out.write_bytes(base64.b64decode(form.pdf_base64))
    print("\n".join([f"wrote {out}", *told(form, sandbox=not asked.case)]))
    return 0


def held(folder: Path) -> Template:
    """Read a form's folder; its name is that of the folder and the one above."""
    if not folder.is_dir():
        raise NotADirectoryError(20, "is no folder with form.pdf and mapping.yaml", str(folder))
    name = "/".join(folder.resolve().parts[-2:])
    text, pdf = (folder / "mapping.yaml").read_bytes(), (folder / "form.pdf").read_bytes()
    mapping = mapping_of(name, text)
    widgets, sizes = looked(pdf)
    return Template(name, mapping, pdf, sha256(pdf + text), widgets, sizes, foreign=True)


def parsed(file: Path) -> dict[str, Any]:
    """Read a case, or what holds one under ``case``: a fill-form request, fetch-chart's answer."""
    try:
        given = json.loads(file.read_bytes())
    except ValueError:
        raise UnreadableDocument(f"{file} is not JSON") from None
    if not isinstance(given, dict):
        raise UnreadableDocument(f"{file} holds no case: a JSON object is needed")
    return given if "case" in given else {"case": given}


def filled(form: Template, given: dict[str, Any]) -> FilledForm:
    """Fill a form from JSON; UnreadableDocument names the first place that is no case."""
    try:
        parts = [
            kind.model_validate_json(json.dumps(given[name])) if given.get(name) else None
            for name, kind in KINDS.items()
        ]
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise UnreadableDocument(f"the case does not fit: {place}: {first['msg']}") from None
    return request_form(form, *parts)  # type: ignore[arg-type]


KINDS: dict[str, Any] = {
    "case": Case,
    "summary": Summary,
    "assessment": Assessment,
    "chart": Chart,
}


def told(form: FilledForm, *, sandbox: bool) -> list[str]:
    """Say what was filled and what was not."""
    have = [one for one in form.fields if one.value]
    blank = [one for one in form.fields if not one.value and one.by != "never"]
    whose = "the sandbox's invented patient" if sandbox else "the case"
    lines = [f"{len(have)} of {len(have) + len(blank)} places filled from {whose}"]
    lines += [f"  blank: {one.label[:SHOWN]} ({one.source or one.id})" for one in blank]
    lines += [f"  required and missing: {one}" for one in form.missing_required]
    return lines + [f"  continued on the addendum page: {one}" for one in form.overflow]


ACTIONS = {"new": form_new.new, "check": check, "fill": fill}
