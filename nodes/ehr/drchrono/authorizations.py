"""Patient authorizations of the REST API as facts: what a payer granted before."""

import re

from pydantic import ValidationError

from nodes.chart import Coding, Fact, Quantity, Skipped
from nodes.ehr.drchrono.rest import Item, text
from nodes.fhir import tree

CPT = re.compile(r"[0-9]{4}[0-9A-Z]")
HCPCS = re.compile(r"[A-V][0-9]{4}")
WHY = "an authorization on record: it may already cover the service, or be the one to extend"


def fact(item: Item) -> Fact | Skipped:
    """Read one authorization; Skipped where it says too little to be one."""
    id_ = text(item.get("id"))
    if id_ is None:
        return Skipped(
            what="PatientAuthorization", reason="unreadable", detail="an entry without an id"
        )
    name = f"PatientAuthorization/{id_}"
    try:
        return Fact(
            id=name,
            kind="authorization",
            quote=quote(item),
            codes=codes(item),
            status=(tree.string(item, "status") or "")[:64] or None,
            start=tree.day(item, "start_date"),
            end=tree.day(item, "end_date"),
            value=visits(item),
            why=WHY,
        )
    except ValidationError:
        return Skipped(
            what=name, reason="unreadable", detail="it does not fit what a chart can hold"
        )


def quote(item: Item) -> str:
    """Its own words: number, status, time, visits, codes."""
    left, granted = text(item.get("visits_remaining")), text(item.get("number_of_visits"))
    said = (
        ("Authorization", tree.string(item, "auth_number")),
        ("status", tree.string(item, "status")),
        ("from", tree.string(item, "start_date")),
        ("to", tree.string(item, "end_date")),
        ("visits remaining", f"{left} of {granted}" if left and granted else left),
        ("expired", "yes" if item.get("expired") is True else None),
        ("codes", ", ".join(coding.code for coding in codes(item))),
        ("specialty", tree.string(item, "specialty")),
    )
    told = "; ".join(f"{name} {value}" for name, value in said if value)
    return (told or "Authorization without a number")[:2000]


def codes(item: Item) -> tuple[Coding, ...]:
    """The procedure codes it names."""
    found = [tree.string(one, "code") for one in tree.items(item, "procedure_codes")]
    return tuple(coding(code.upper()) for code in found if code and len(code) <= 100)


def coding(code: str) -> Coding:
    """Tell CPT and HCPCS Level II apart by their shape."""
    if HCPCS.fullmatch(code):
        return Coding(system="HCPCS", code=code)
    return Coding(system="CPT" if CPT.fullmatch(code) else "OTHER", code=code)


def visits(item: Item) -> Quantity | None:
    """How many visits are left."""
    left = tree.number(item, "visits_remaining")
    return None if left is None else Quantity(value=left, unit="{visits}")


def concerns(found: Fact, services: frozenset[str]) -> bool:
    """Whether it names one of the services, or none at all: then it may be for them."""
    named = {coding.code for coding in found.codes}
    return not named or not services or bool(named & services)
