"""A service of a 278 request as a service line of a case."""

import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import Field

from nodes.audit import Model
from nodes.care import Delivery
from nodes.case import InvolvedProvider, ServiceLine
from nodes.x12.fitting import fitted
from nodes.x12.requesting.request_codes import AMOUNTS, STAYS
from nodes.x12.requesting.request_service import total
from nodes.x12.reviewing.read_item import Item
from nodes.x12.reviewing.review import RequestedService
from nodes.x12.values import whole

COUNTED = {code: unit for unit, code in (AMOUNTS | STAYS).items()}
SIDE = re.compile(r"^LATERALITY (LEFT|RIGHT|BILATERAL)(?:\. |$)", re.IGNORECASE)
Made = TypeVar("Made", bound=Model)


class Remark(Model):
    """Something of a request that is not among the parts of a case."""

    pointer: str = Field(description="Where it would stand in the case, such as /patient/name")
    words: str


@dataclass(slots=True)
class Remarks:
    """Collects remarks."""

    found: list[Remark] = field(default_factory=list)

    def add(self, place: str, words: str) -> None:
        """Note something."""
        self.found.append(Remark(pointer=f"/{place}", words=words))

    def fit(self, model: type[Made], place: str, fields: dict[str, Any]) -> Made | None:
        """A model of what fits it; what does not is noted."""
        misfits: set[str] = set()
        made = fitted(model, fields, misfits)
        for name in sorted(misfits):
            self.add(f"{place}/{name}", "a case cannot hold this value")
        if made is None and not misfits:
            self.add(place, "the request does not say enough of it")
        return made

    @property
    def all(self) -> tuple[Remark, ...]:
        """Everything noted."""
        return tuple(self.found)


def line(
    item: Item, number: int, providers: tuple[InvolvedProvider, ...], remarks: Remarks
) -> ServiceLine | None:
    """A service line, or none where the service has no code."""
    place = f"service_lines/{number}"
    if item.service is None:
        remarks.add(place, "the request names no service by code")
        return None
    amount = counted(item)
    if amount is None:
        remarks.add(f"{place}/quantity", "a case counts in whole numbers of its own units")
        return None
    if not amount:
        remarks.add(f"{place}/quantity", "the request does not say how much: one is taken")
    text = " ".join(item.messages)
    side = SIDE.match(text)
    fields: dict[str, Any] = {
        **coded(item.service),
        **amount,
        "modifiers": item.service.modifiers,
        "description": item.service.description,
        "start": item.start,
        "end": item.end if item.end != item.start else None,
        "diagnoses": item.service.diagnoses or None,
        "authorization_number": item.authorization,
        "administrative_reference": item.reference,
        "service_type": item.codes.service_type if item.codes else None,
        "laterality": side[1].lower() if side else None,
        "message": (text[side.end() :] if side else text) or None,
        "providers": providers,
        "attachments": tuple(item.attachments),
    }
    return remarks.fit(ServiceLine, place, fields)


def coded(service: RequestedService) -> dict[str, str | None]:
    """The system and the code; CPT has digits where HCPCS begins with a letter."""
    code = service.code or ""
    systems = {"HC": "HCPCS" if code[:1].isalpha() else "CPT", "N4": "NDC"}
    if service.segment == "SV2" and not service.qualifier:
        return {"system": "REVENUE", "code": code}
    return {
        "system": systems.get(service.qualifier or ""),
        "code": code,
        "revenue_code": service.revenue,
    }


def counted(item: Item) -> dict[str, Any] | None:
    """The quantity: the service's own, else what its delivery comes to, else HSD's alone.

    Nothing where none is said; none where a case cannot hold what is said.
    """
    spread = item.delivery if item.delivery is not None and spaced(item.delivery) else None
    service = item.service
    if service is not None and service.quantity is not None:
        amount, unit = whole(service.quantity), COUNTED.get(service.unit or "UN")
    elif spread is not None:
        amount, unit = total(spread), spread.unit
    elif item.amount is not None:
        amount, unit = whole(item.amount), item.unit
    else:
        return {}
    if amount is None or unit is None:
        return None
    return {"quantity": amount, "unit": unit, "delivery": spread}


def spaced(delivery: Delivery) -> bool:
    """Whether a delivery says more than a quantity."""
    said = delivery.model_dump(exclude={"quantity", "unit"}, exclude_none=True)
    return bool(said)
