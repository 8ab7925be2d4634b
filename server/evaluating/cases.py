"""Evaluation cases with known answers: a YAML file per node, or several of the caller's own."""

import json
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from nodes.audit import Model, sha256
from nodes.errors import UnreadableDocument
from nodes.policy.yaml_data import data

SIZE = 8_000_000
SHIPPED = Path(__file__).parent.parent.parent / "tests" / "evals"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.\-]{0,99}$")]


class EvaluationCase(Model):
    """One request and what its answer must and must not say, in the words of the scorer."""

    id: Name
    kind: Name | None = Field(default=None, description="Stratum, such as a document type")
    request: dict[str, Any]
    expect: Any


class EvaluationSet(Model):
    """Cases of one node; ``about`` says who wrote them, for what, and whether rules saw them."""

    node: Name
    about: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    cases: tuple[EvaluationCase, ...] = Field(min_length=1)


def read(path: Path) -> tuple[EvaluationSet, str]:
    """Read a file and its hash; raises UnreadableDocument that names the place, never words."""
    raw = path.read_bytes()
    what = f"evaluation cases {path.name}"
    try:
        told = data(raw.decode(), what, SIZE)
        found = EvaluationSet.model_validate_json(json.dumps(told))
    except UnicodeDecodeError:
        raise UnreadableDocument(f"{what}: it is not text in UTF-8") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"])) or "the file"
        raise UnreadableDocument(f"{what}: {place}: {first['msg']}") from None
    twice = {one.id for one in found.cases if [c.id for c in found.cases].count(one.id) > 1}
    if twice:
        raise UnreadableDocument(f"{what}: cases: an id stands twice: {sorted(twice)[0]}")
    return found, sha256(raw)


def names() -> tuple[str, ...]:
    """Everything that has a scorer, as it is said on the command line."""
    here = files("server.evaluating").iterdir()
    stems = (one.name for one in here if one.name.startswith("score_") and one.name[-3:] == ".py")
    return tuple(sorted(stem[6:-3].replace("_", "-") for stem in stems))


def scorer(name: str) -> ModuleType:
    """Load the scorer of a node: its ``score``, and for what is no node its ``answer``."""
    return import_module(f"server.evaluating.score_{name.replace('-', '_')}")


def shipped(name: str) -> Path:
    """Find the project's own cases; an installation without them needs ``--cases``."""
    return SHIPPED / f"{name}.yaml"
