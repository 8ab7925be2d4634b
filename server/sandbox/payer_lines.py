"""Lines of the sandbox payer's answers: whom they name, and their envelopes."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from nodes.x12.laid import laid
from nodes.x12.numbers import control_number
from nodes.x12.reading.envelope import Interchange
from nodes.x12.requesting.writing import Address, Line
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.review import Party
from nodes.x12.segments import Segment

OPENING = datetime(2026, 11, 20, 9, 30)


def line(segment: str, /, **values: str) -> Line:
    """A segment, its values by the dictionary's names; ``__`` stands for the dot."""
    named = {key.replace("__", "."): value for key, value in values.items() if value}
    return Line(None, "", segment, laid(segment, named))


def level(number: int, above: int, code: str, *, more: bool) -> Line:
    """HL."""
    parent = str(above) if above else ""
    return line("HL", id=str(number), parent=parent, level=code, children="1" if more else "0")


def moment(text: str, shape: str) -> datetime:
    """A time as it was written; this payer answers at that very moment, and so repeatably."""
    try:
        return datetime.strptime(text, shape)
    except ValueError:
        return OPENING


def written(reading: Reading) -> datetime:
    """When a request or inquiry was written."""
    bht = reading.transaction.segments[1]
    return moment(bht.get(4) + bht.get(5)[:4], "%Y%m%d%H%M")


def received(header: Segment) -> datetime:
    """When an interchange was written."""
    return moment(header.get(9) + header.get(10), "%y%m%d%H%M")


def envelope(asked: Interchange, at: datetime, seed: str) -> Address:
    """Back to whoever asked."""
    isa = [text.strip() for text in asked.header.elements]
    production = isa[15] == "P"
    return Address(isa[7], isa[8], isa[5], isa[6], production, at, control_number(seed))


def who(reading: Reading, loop: str) -> Party | None:
    """The party of a loop."""
    return next((item for item in reading.parties if item.loop == loop), None)


def party(found: Party | None, entity: str) -> Line:
    """NM1 as it came, in a role."""
    if found is None:
        return line("NM1", entity=entity, type="2")
    return line(
        "NM1",
        entity=entity,
        type="1" if found.person else "2",
        name=found.family or "",
        given=found.given or "",
        middle=found.middle or "",
        id_qualifier=found.id_qualifier or "",
        id=found.id or "",
    )


def born(found: Party | None) -> Iterator[Line]:
    """DMG as it came."""
    if found and found.birth_date:
        day = f"{found.birth_date:%Y%m%d}"
        yield line("DMG", date_format="D8", birth_date=day, sex=found.sex or "")


def number(trace: str) -> str:
    """The certification number for a trace."""
    return "SBX" + hashlib.sha256(trace.encode()).hexdigest()[:9].upper()


def reference(trace: str) -> str:
    """The administrative reference number for a trace."""
    return "ADM" + number(trace)[3:]


def spread(reading: Reading, place: int) -> list[Line]:
    """HSD of the nth service of a request, as it came."""
    found, services = [], 0
    for segment in reading.transaction.segments:
        services += segment.id == "HL" and segment.get(3) == "SS"
        if services == place and segment.id == "HSD":
            found.append(Line(None, "", "HSD", tuple(segment.elements[1:])))
    return found


def trace_of(reading: Reading) -> str:
    """The trace number of a request, or of the request an inquiry is about."""
    traces = reading.event.traces if reading.event else []
    return traces[0] if traces else reading.reference or ""
