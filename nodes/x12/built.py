"""Making a model of values that have its types already, without checking them once more."""

from functools import cache
from typing import Any, TypeVar

from nodes.audit import Model

M = TypeVar("M", bound=Model)
Fields = dict[str, Any]
_put = object.__setattr__


@cache
def blank(model: type[Model]) -> Fields:
    """Every field of a model in order, with its default; none where it has none. Copy it."""
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
    }


@cache
def _names(model: type[Model]) -> set[str]:
    return set(model.model_fields)


def built(model: type[M], fields: Fields) -> M:
    """A model that takes ``fields`` (a filled copy of ``blank``) for its own.

    For large documents only: checking would take most of the time. Who calls it answers for the
    types; tests hold what is built this way against the same model checked.
    """
    made = model.__new__(model)
    _put(made, "__dict__", fields)
    _put(made, "__pydantic_fields_set__", _names(model))
    _put(made, "__pydantic_extra__", None)
    _put(made, "__pydantic_private__", None)
    return made
