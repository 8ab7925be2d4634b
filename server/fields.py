"""A model's JSON schema as rows to read: name, type, whether it must be given, what it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Json = dict[str, Any]
LIMITS = {
    "minLength": "at least {:,} characters",
    "maxLength": "at most {:,} characters",
    "minItems": "at least {:,}",
    "maxItems": "at most {:,}",
    "minimum": "from {}",
    "maximum": "to {}",
}
NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}
FORMATS = {"date": "date", "date-time": "date and time", "time": "time"}


ANYTHING = "JsonValue"


@dataclass(frozen=True)
class Field:
    """One field of a model."""

    name: str
    type: Markup
    required: bool
    default: str | None
    description: str
    limits: str


@dataclass(frozen=True)
class Table:
    """One model."""

    name: str
    description: str
    fields: tuple[Field, ...]


def tables(schemas: Json, first: str) -> list[Table]:
    """List a model and every model within it, in the order they are met."""
    order = [first]
    for name in order:
        order += [
            inner
            for inner in dict.fromkeys(refs(schemas[name]))
            if inner not in order and inner != ANYTHING
        ]
    return [table(name, schemas[name]) for name in order]


def refs(schema: object) -> Iterator[str]:
    """Find the models that a schema names."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from refs(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from refs(value)


def table(name: str, schema: Json) -> Table:
    """Read one model."""
    required = schema.get("required", ())
    rows = (field(key, part, key in required) for key, part in schema["properties"].items())
    return Table(name, schema.get("description", ""), tuple(rows))


def field(name: str, schema: Json, required: bool) -> Field:
    """Read one field."""
    default = schema.get("default")
    shown = None if default in (None, []) else str(default)
    description = schema.get("description", "")
    return Field(name, kind(schema), required, shown, description, ", ".join(limits(schema)))


def kind(schema: Json) -> Markup:
    """Name a type in words, with links to models."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name == ANYTHING:
            return Markup("any JSON value")
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "anyOf" in schema or "oneOf" in schema:
        options = dict.fromkeys(kind(part) for part in schema.get("anyOf") or schema["oneOf"])
        return Markup(" or ").join(options)
    if "enum" in schema or "const" in schema:
        values = schema.get("enum") or [schema["const"]]
        return Markup(" ").join(Markup("<code>{}</code>").format(value) for value in values)
    if schema.get("type") == "array":
        return Markup("list of {}").format(kind(schema.get("items", {})))
    return escape(FORMATS.get(schema.get("format", "")) or NAMES.get(schema.get("type", ""), "any"))


def limits(schema: Json) -> Iterator[str]:
    """Say what a value must keep to."""
    for key, words in LIMITS.items():
        if key in schema:
            yield (
                "not empty" if (key, schema[key]) == ("minLength", 1) else words.format(schema[key])
            )
    if "pattern" in schema:
        yield f"pattern {schema['pattern']}"
    for part in schema.get("anyOf", ()):
        yield from limits(part)
    if isinstance(schema.get("items"), dict):
        yield from limits(schema["items"])


def prose(text: str) -> Markup:
    """Write a docstring's paragraphs and lists as one paragraph each line, code as code."""
    lines = re.sub(r"\n+(?![-*] |\n)(?<!\n\n)", " ", text.strip()).splitlines()
    parts = [escape(line) for line in lines if line.strip()]
    marked = Markup("</p><p>").join(parts)
    return Markup(re.sub(r"`{1,2}([^`]+)`{1,2}", r"<code>\1</code>", str(marked)))
