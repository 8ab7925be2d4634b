"""Reading what service is asked for or granted: SV1, SV2, SV3, TOO and HSD."""

from typing import Any

from nodes.care import Delivery
from nodes.x12.fitting import fitted
from nodes.x12.named import Values
from nodes.x12.requesting.request_codes import DELIVERED, PER, PERIODS
from nodes.x12.reviewing.clinical import Tooth
from nodes.x12.reviewing.rate import Rate
from nodes.x12.reviewing.read_item import Item, Step
from nodes.x12.reviewing.review import RequestedService
from nodes.x12.segments import Segment
from nodes.x12.values import UNITS, quantity, whole

DELIVERED_UNITS = {code: unit for unit, code in DELIVERED.items()}
FREQUENCIES = {code: per for per, code in PER.items()}
SPANS = {code: period for period, code in PERIODS.items()}
POINTERS = {str(number): number for number in range(1, 13)}
MODIFIERS = tuple(f"procedure.modifier{number}" for number in range(1, 5))
DIAGNOSES = tuple(f"diagnoses.pointer{number}" for number in range(1, 5))
AREAS = tuple(f"areas.area{number}" for number in range(1, 6))
SURFACES = tuple(f"surfaces.surface{number}" for number in range(1, 6))


def service(segment: Segment, said: Values, item: Item) -> bool:
    """SV1, SV2 or SV3; for SV2 the procedure where one is given, else the revenue code."""
    take, known = said.pop, True
    revenue = take("revenue", None)
    fields: dict[str, Any] = {
        "segment": segment.id,
        "qualifier": take("procedure.qualifier", None),
        "code": take("procedure.code", None) or revenue,
        "code_end": take("procedure.code_end", None),
        "modifiers": several(said, MODIFIERS),
        "description": take("procedure.description", None) or take("description", None),
        "revenue": revenue,
        "unit": take("unit", None),
        "place": take("place", None),
        "service_type": take("service_type", None),
        "epsdt": take("epsdt", None),
        "nursing_home_status": take("nursing_home_status", None),
        "level_of_care": take("level_of_care", None),
        "areas": several(said, AREAS),
        "prosthesis": take("prosthesis", None),
    }
    for name in ("quantity", "amount", "rate"):
        if name in said:
            fields[name] = quantity(take(name))
            known = known and fields[name] is not None
    pointers = several(said, DIAGNOSES)
    fields["diagnoses"] = tuple(POINTERS[text] for text in pointers if text in POINTERS)
    item.service = RequestedService(**fields)
    return known and len(pointers) == len(fields["diagnoses"]) and fields["code"] is not None


def several(said: Values, names: tuple[str, ...]) -> tuple[str, ...]:
    """The values of several names that are there."""
    return tuple(said.pop(name) for name in names if name in said)


def tooth(segment: Segment, said: Values, item: Item) -> bool:
    """TOO."""
    found = Tooth(
        qualifier=said.pop("qualifier", None),
        tooth=said.pop("tooth", None),
        surfaces=several(said, SURFACES),
    )
    item.teeth.append(found)
    return True


def delivery(segment: Segment, said: Values, item: Item) -> bool:
    """HSD: a quantity and how it is spread over time.

    What a ``Delivery`` cannot say (a fraction, a period it has no name for) is left to the
    segment's detail; the quantity and its unit are always the item's.
    """
    kind, text = said.get("quantity_qualifier", ""), said.get("quantity")
    amount = quantity(text) if text else None
    if text and amount is None:
        return False
    item.amount, item.unit = amount, UNITS.get(kind, kind or None)
    item.rate = Rate(
        amount,
        item.unit,
        FREQUENCIES.get(said.get("unit", ""), said.get("unit")),
        quantity(said.get("per", "")),
        quantity(said.get("periods", "")),
        SPANS.get(said.get("period", ""), said.get("period")),
    )
    if amount is not None:
        said.pop("quantity_qualifier", None), said.pop("quantity", None)
    if not said:
        return True
    fields = {
        "quantity": whole(amount),
        "unit": DELIVERED_UNITS.get(kind),
        "per": FREQUENCIES.get(said.get("unit", "")),
        "every": whole(quantity(said.get("per", ""))),
        "periods": whole(quantity(said.get("periods", ""))),
        "period": SPANS.get(said.get("period", "")),
        "pattern": said.get("pattern"),
        "time_of_day": said.get("time_of_day"),
    }
    misfits: set[str] = set()
    found = fitted(Delivery, fields, misfits)
    if found is not None and fields["unit"] is not None:
        item.delivery = found
        sources = {"per": "unit", "every": "per"}
        for name in ("per", "every", "periods", "period", "pattern", "time_of_day"):
            if fields[name] is not None and name not in misfits:
                said.pop(sources.get(name, name), None)
    return True


STEPS: dict[str, Step] = {
    "SV1": service,
    "SV2": service,
    "SV3": service,
    "TOO": tooth,
    "HSD": delivery,
}
