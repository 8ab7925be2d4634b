"""A mapping.yaml as a Mapping: plain YAML without aliases, every fault with its place."""

import json
import re
from typing import Any

import yaml
from pydantic import ValidationError

from nodes.errors import NotConfigured
from nodes.pdf.mapping import Mapping

LONGEST = 400_000


class PlainLoader(yaml.SafeLoader):
    """YAML in which ``on``, ``yes`` and dates stay the words they are (the 1.2 core schema)."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag[-4:] not in ("bool", "tamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"]
)


class PlainestLoader(PlainLoader):
    """As PlainLoader, and an alias is refused: a few of them make a text without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Compose a node; an alias is an error."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def mapping_of(name: str, text: bytes) -> Mapping:
    """Read a mapping; NotConfigured names the place of its first fault, never what stands there.

    A heading ``fields:`` with nothing but comments under it is a mapping of nothing yet.
    """
    try:
        if len(text) > LONGEST:
            raise NotConfigured(f"form template {name}: mapping.yaml is too long")
        loaded = yaml.load(text, PlainestLoader)
        if isinstance(loaded, dict) and loaded.get("fields", ()) is None:
            loaded["fields"] = []
        return Mapping.model_validate_json(json.dumps(loaded, allow_nan=False))
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, RecursionError):
        raise NotConfigured(f"form template {name}: mapping.yaml is not plain YAML") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = "/".join(str(step) for step in first["loc"] if "[" not in str(step))
        raise NotConfigured(f"form template {name}: {place}: {first['msg']}") from None
    except ValueError:
        raise NotConfigured(f"form template {name}: mapping.yaml is not plain YAML") from None
