"""Making models of values that have their types already, without checking them once more."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from nodes.audit import Model

M = TypeVar("M", bound=Model)
Fields = dict[str, Any]


def blank(model: type[Model]) -> Fields:
    """Every field of a model in order, with its default; none where it has none. Copy it."""
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
    }


def builder(model: type[M]) -> Callable[[Fields], M]:
    """What makes a model that takes ``fields`` (a filled copy of ``blank``) for its own.

    For large documents only: checking would take most of the time. Who calls it answers for the
    types; tests hold what is built this way against the same model checked.
    """
    names, new = set(model.model_fields), model.__new__
    fields, known, extra, private = (
        vars(BaseModel)[name].__set__
        for name in (
            "__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__",
        )
    )  # fmt: skip

    def build(values: Fields) -> M:
        made = new(model)
        fields(made, values)
        known(made, names)
        extra(made, None)
        private(made, None)
        return made

    return build
