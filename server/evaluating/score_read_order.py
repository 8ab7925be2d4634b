"""How well an order is read: each field right, missing, or wrong, which is worse than missing.

``expect`` gives some of: ``name`` (family,given), ``birth``, ``codes`` and ``dx`` (in order),
``npi`` and ``by`` (who orders), ``urgency``, ``side``, ``count``, ``member``; an empty text where
nothing shall be taken. ``wrong`` counts what is told otherwise than the order says.
"""

from collections.abc import Iterator
from typing import Any

from nodes.read_order import ReadOrderResponse
from server.evaluating.point import Point

LISTS = frozenset({"codes", "dx"})


def score(expect: Any, response: ReadOrderResponse) -> Iterator[Point]:
    """Compare each field that the case names."""
    told = _told(response)
    for field, wanted in expect.items():
        got = told[field]
        right = got == wanted
        yield Point("field", "hit" if right else "miss", f"{field}: {wanted}, not {got}")
        wrong = not right and _claims_otherwise(field, wanted, got)
        yield Point("not wrong", "miss" if wrong else "hit", f"{field}: {wanted}, not {got}")


def _claims_otherwise(field: str, wanted: str, got: str) -> bool:
    if field in LISTS:
        return bool(set(got.split(",")) - set(wanted.split(",")) - {""})
    return bool(got)


def _told(response: ReadOrderResponse) -> dict[str, str]:
    name, stated = response.patient.name, response.stated
    requester = response.clinician
    person = requester.name if requester else None
    sides = {one.laterality for one in stated.services if one.laterality}
    return {
        "name": f"{name.family},{name.given}" if name else "",
        "birth": str(response.patient.birth_date or ""),
        "codes": ",".join(one.code for one in stated.services),
        "dx": ",".join(one.code for one in stated.diagnoses),
        "npi": (requester.npi or "") if requester else "",
        "by": person.family if person else "",
        "urgency": stated.urgency or "",
        "side": ",".join(sorted(sides)),
        "count": ",".join(sorted({str(one.quantity) for one in stated.services})),
        "member": response.coverage.member_id or "",
    }
