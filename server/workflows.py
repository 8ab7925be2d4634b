"""The n8n workflows, as their own sticky notes and canvas pictures show them."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import NotFound

workflows = Blueprint("workflows", __name__)


@dataclass(frozen=True)
class Workflow:
    """An importable workflow: its file, and what its overview note says."""

    file: str
    title: str
    how: str
    setup: tuple[str, ...]
    source: str


@cache
def shipped() -> tuple[Workflow, ...]:
    """Read the workflow files, in the order of their numbers."""
    folder = files("workflows_json")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return tuple(told(name, (folder / name).read_text(encoding="utf-8")) for name in names)


def told(name: str, source: str) -> Workflow:
    """Take a workflow's words from its overview note."""
    document = json.loads(source)
    notes = (node["parameters"].get("content", "") for node in document["nodes"])
    overview = next(note for note in notes if "### How it works" in note)
    how, _, setup = overview.partition("### How it works")[2].partition("### Setup")
    steps = re.findall(r"^\d+\. (.+)$", setup, re.MULTILINE)
    stem = name.removesuffix(".json")
    return Workflow(stem, document["name"], plain(how), tuple(map(plain, steps)), source)


def plain(text: str) -> str:
    """Drop Markdown's marks for strong and emphasised words; backticks stay for the page."""
    return re.sub(r"\*{1,2}([^*]+)\*{1,2}", r"\1", " ".join(text.split()))


@workflows.get("/workflows/")
def index() -> str:
    """Show every workflow with its canvas."""
    return render_template("workflows.html", workflows=shipped())


@workflows.get("/workflows/<name>.json")
def download(name: str) -> Response:
    """Give a workflow's file, to import into n8n."""
    for workflow in shipped():
        if workflow.file == name:
            return Response(workflow.source, mimetype="application/json")
    raise NotFound
