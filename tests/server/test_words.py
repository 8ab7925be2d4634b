"""No value slips into the words for a validation error, whatever kind it is."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, Field, Json, TypeAdapter, ValidationError

from nodes.audit import Model
from server.words import detail, pointer

CANARY = "Canary-Maria-7"


class Cat(Model):
    kind: Literal["cat"]


class Dog(Model):
    kind: Literal["dog"]


def careless(value):
    return date.fromisoformat(value)


TYPES = [
    Annotated[Cat | Dog, Field(discriminator="kind")],
    Annotated[str, AfterValidator(careless)],
    Annotated[str, AfterValidator(int)],
    UUID, date, Decimal, int, bool, Cat, tuple[int, ...], dict[str, Cat], dict[int, int],
    Literal["a", "b"], Annotated[str, Field(pattern="^x$")], Annotated[str, Field(max_length=2)],
    Json[int], Cat | int, frozenset[Literal["a"]],
]  # fmt: skip
SENT = [f'"{CANARY}"', f'{{"kind": "{CANARY}"}}', f'["{CANARY}"]', f'{{"{CANARY}": 1}}', "{CANARY"]


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("kind", TYPES)
def test_no_value_is_told(kind, sent):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind, config=None).validate_json(sent)
    for fault in caught.value.errors(include_url=False):
        assert detail(fault)
        assert CANARY not in detail(fault) + pointer(fault["loc"])


@given(st.lists(st.text() | st.integers(min_value=0), max_size=4))
def test_a_pointer_shows_only_names(place):
    shown = pointer(place)
    assert shown.count("/") == len(place)
    assert all(c.isascii() and (c.isalnum() or c in "/_?") for c in shown)


def test_a_pointer_to_a_field():
    assert pointer(("case", "service_lines", 0, "code")) == "/case/service_lines/0/code"
