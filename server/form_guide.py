"""The page "Add a payer's form in ten minutes": its outputs are made from the node's example."""

import base64
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nodes.audit import sha256
from nodes.catalog import NODES
from nodes.inspected import InspectedForm
from nodes.pdf.outside import looked
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.template import Template
from server.form_new import summary, table
from server.forms import filled, told

NAME = "acme/pa-request"
FOLDER = f"forms/{NAME}"
NEW = f"prior-auth form new acme.pdf --name {NAME}"
OPEN = "Check5"


@dataclass(frozen=True)
class FormGuide:
    """What the page shows."""

    listed: str
    proposed: str
    commented: str
    filled: str


@cache
def form_guide() -> FormGuide:
    """Walk the page's steps on the form of inspect-form's example."""
    asked = json.loads(NODES["inspect-form"].example("request"))
    answered = json.loads(NODES["inspect-form"].example("response"))["form"]
    form = InspectedForm.model_validate_json(json.dumps(answered))
    pdf = base64.b64decode(asked["pdf_base64"])
    text = form.mapping.encode()
    widgets, sizes = looked(pdf)
    mapping = mapping_of(NAME, text)
    template = Template(NAME, mapping, pdf, sha256(pdf + text), widgets, sizes, foreign=True)
    preview = filled(template, json.loads(NODES["fill-form"].example("request")))
    return FormGuide(
        listed="\n".join([*table(form), *summary(form, Path(FOLDER))]).strip("\n"),
        proposed=passage(form.mapping, "id: patient.name"),
        commented=passage(form.mapping, f'"{OPEN}"', above=5),
        filled="\n".join([f"wrote {FOLDER}/preview.pdf", *told(preview, sandbox=True)]),
    )


def passage(mapping: str, words: str, above: int = 1, below: int = 5) -> str:
    """The lines of a mapping around those words."""
    lines = mapping.splitlines()
    found = next(n for n, line in enumerate(lines) if words in line)
    return "\n".join(lines[max(0, found - above) : found + below])
