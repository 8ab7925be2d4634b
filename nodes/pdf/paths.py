"""Paths into the models that fill a form, such as ``case.patient.name``.

A step is a field, a property, or a place in a list counted from 0. Paths are checked against
the types when a mapping is loaded, so that a misspelt one is found before any patient is.
"""

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel


def type_at(kind: Any, path: str) -> Any:
    """Tell the type at a path, without None; LookupError names the step that leads nowhere."""
    kind = bare(kind)
    for step in path.split("."):
        kind = bare(_step(kind, step))
    return kind


def value_at(value: Any, path: str) -> Any:
    """Read the value at a path; None where something on the way is missing."""
    for step in path.split("."):
        if isinstance(value, tuple):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        elif value is not None:
            value = getattr(value, step)
    return value


def fact_at(value: Any, path: str) -> str | None:
    """Name the fact that the value at a path was taken from: the last on the way that says so."""
    fact = getattr(value, "fact", None)
    for step in path.split("."):
        value = value_at(value, step)
        fact = getattr(value, "fact", None) or fact
    return fact


def bare(kind: Any) -> Any:
    """Take None and annotations off a type."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        rest = [one for one in get_args(kind) if one is not NoneType]
        return bare(rest[0]) if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007
    return kind


def element(kind: Any) -> Any:
    """Tell what a list type holds; None when it is no list."""
    return bare(get_args(kind)[0]) if get_origin(kind) is tuple else None


def is_model(kind: Any) -> bool:
    """Whether a type is one of our models."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def literals(kind: Any) -> tuple[str, ...] | None:
    """List the values of a closed type; None when any value may come."""
    return get_args(kind) if get_origin(kind) is Literal else None


def _step(kind: Any, step: str) -> Any:
    if step.isdigit() and element(kind) is not None:
        return element(kind)
    if is_model(kind) and step in kind.model_fields:
        return kind.model_fields[step].annotation
    found = getattr(kind, step, None)
    if is_model(kind) and isinstance(found, property):
        return get_type_hints(found.fget)["return"]
    raise LookupError(f"there is no {step!r} at this place")
