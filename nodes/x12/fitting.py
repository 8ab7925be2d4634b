"""Making models from the values of a segment: by name, and only of what fits."""

from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError

from nodes.audit import Model
from nodes.x12.named import Values
from nodes.x12.values import quantity

Made = TypeVar("Made", bound=Model)


@cache
def numeric(model: type[Model]) -> dict[str, bool]:
    """The fields of a model, and which of them are numbers."""
    return {name: field.annotation == Decimal | None for name, field in model.model_fields.items()}


def fill(model: type[Made], values: Values) -> Made:
    """A model whose fields have the dictionary's names; a value that does not fit stays behind."""
    fields: dict[str, Any] = {}
    for name, number in numeric(model).items():
        if name in values:
            read = quantity(values[name]) if number else values[name]
            if read is not None:
                fields[name] = read
                del values[name]
    return model(**fields)


def fitted(model: type[Made], fields: dict[str, Any], misfits: set[str]) -> Made | None:
    """A model of the fields that fit it; the names of those that do not go to ``misfits``.

    None where what is left cannot make one. It never raises.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    try:
        return model(**given)
    except ValidationError as error:
        wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]} & set(given)
    misfits |= wrong
    try:
        return model(**{name: value for name, value in given.items() if name not in wrong})
    except ValidationError:
        misfits |= set(given)
        return None
