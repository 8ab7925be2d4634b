"""The number that goes with words in a note, in the unit a policy compares in."""

import re
from collections.abc import Iterable
from decimal import Decimal

from nodes.chart import Coding, Quantity
from nodes.policy.index import Mention
from nodes.policy.units import convert

_UNIT = re.compile(
    r"^\s*-?(?P<unit>%|percent\b|m?mol/(?:l|mol)\b|[\u00b5u]mol/l\b|nmol/l\b|(?:mg|g|ug|mcg|ng)/(?:dl|l"
    r"|ml)\b|pg/ml\b|m?iu/m?l\b|u/l\b|mm ?hg\b|kpa\b|cm ?h2o\b|kg/m(?:2|\u00b2|\^2)|kgs?\b|lbs?\b"
    r"|pounds\b|cm\b|inches\b|(?:events)?/h(?:ou)?r?\b|events per hour\b|l/min\b|ml/min\b"
    r"|mm/hr?\b)",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?P<bound>[<>]=?|\u2264|\u2265)\s*$")
_SIGNS = {"\u2264": "<=", "\u2265": ">="}


def said_number(
    mention: Mention, unit: str, codes: Iterable[Coding]
) -> tuple[Decimal, str | None] | None:
    """Give the number, converted when a unit stands behind it, and the sign before it.

    Without a unit it is taken to be in the one that is asked; none: in one that does not fit.
    """
    if mention.number is None:
        return None
    ahead, _, behind = mention.words.rpartition(mention.number)
    rest = mention.sentence.text[mention.end - mention.sentence.start :][:20]
    found = _UNIT.match(f"{behind}{rest}")
    bound = _BOUND.search(ahead)
    sign = _SIGNS.get(bound["bound"], bound["bound"]) if bound else None
    number = Decimal(mention.number)
    if found is None:
        return number, sign
    converted = convert(Quantity(value=number, unit=found["unit"]), unit, codes)
    return (converted, sign) if converted is not None else None
