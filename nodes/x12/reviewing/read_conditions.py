"""Reading HI: diagnoses, procedures, and the LOINC codes of documents the payer asks for."""

from typing import Any

from nodes.decision import Document
from nodes.x12.named import Values, components
from nodes.x12.reviewing.read_item import Item, Step
from nodes.x12.reviewing.review import CodedCondition
from nodes.x12.segments import Segment
from nodes.x12.values import quantity, span

DIAGNOSES = {"ABK", "ABF", "ABJ", "APR", "BK", "BF", "BJ", "PR", "ABN", "BN"}


def conditions(segment: Segment, said: Values, item: Item) -> bool:
    """HI: diagnoses, procedures, and the LOINC codes of documents the payer asks for."""
    names, known = components("C022"), True
    for text in segment.elements[1:13]:
        pieces = text.split(segment.separators.component)
        one = {name: piece for name, piece in zip(names, pieces, strict=False) if piece}
        coded = condition(one) if one else None
        if coded is not None:
            item.conditions.append(coded)
            if coded.qualifier in DIAGNOSES:
                item.diagnoses.append(coded.code)
            elif coded.qualifier == "LOI":
                item.asked.append(Document(loinc=coded.code, service=item.number))
        known = known and not one and len(pieces) <= len(names)
    for name in [name for name in said if name]:
        del said[name]
    return known


def condition(one: Values) -> CodedCondition | None:
    """One code of an HI; the values it takes are gone from ``one``."""
    code, qualifier = one.pop("code", None), one.pop("qualifier", "")
    if code is None:
        return None
    fields: dict[str, Any] = {"qualifier": qualifier, "code": code}
    first, last = span(one.get("date_format", ""), one.get("date", ""))
    if first and last:
        fields |= {"first": first, "last": last}
        del one["date_format"], one["date"]
    for name in ("quantity", "amount"):
        count = quantity(one[name]) if name in one else None
        if count is not None:
            fields[name] = count
            del one[name]
    for name in ("code_end", "version", "present_on_admission"):
        fields[name] = one.pop(name, None)
    return CodedCondition(**fields)


STEPS: dict[str, Step] = {"HI": conditions}
