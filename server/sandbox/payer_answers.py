"""What the sandbox payer says, as X12: 278 responses, 277 statuses and 999 rejections."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from nodes.x12.envelope import Interchange
from nodes.x12.numbers import control_number, originator
from nodes.x12.read_278 import Reading
from nodes.x12.read_item import Item
from nodes.x12.review import Party, RequestedService
from nodes.x12.segments import Segment
from nodes.x12.writing import Address, Element, Line, interchange
from server.sandbox.payer_rules import Verdict

STATUSES = {
    "A1": "F1",
    "A2": "F3",
    "A3": "F2",
    "A4": "P2",
    "A6": "F3",
    "C": "F0",
    "AAA": "D0",
    None: "P2",
}


def number(trace: str) -> str:
    """The certification number for a trace."""
    return "SBX" + hashlib.sha256(trace.encode()).hexdigest()[:9].upper()


def line(name: str, *elements: Element) -> Line:
    """A segment."""
    return Line(None, "", name, elements)


def moment(reading: Reading) -> datetime:
    """When the request was written: this payer answers at once, and so repeatably."""
    bht = reading.transaction.segments[1]
    try:
        return datetime.strptime(bht.get(4) + bht.get(5)[:4], "%Y%m%d%H%M")
    except ValueError:
        return datetime(2026, 11, 20, 9, 30)


def envelope(asked: Interchange, at: datetime, seed: str) -> Address:
    """Back to whoever asked."""
    isa = [text.strip() for text in asked.header.elements]
    production = isa[15] == "P"
    return Address(isa[7], isa[8], isa[5], isa[6], production, at, control_number(seed))


def party(found: Party | None, entity: str) -> Line:
    """NM1 as it came."""
    if found is None:
        return line("NM1", entity, "2")
    names = (found.family or "", found.given or "", found.middle or "")
    identity = (found.id_qualifier or "", found.id or "")
    return line("NM1", found.entity, "1" if found.person else "2", *names, "", "", *identity)


def who(reading: Reading, *entities: str) -> Party | None:
    """The first party in one of these roles."""
    return next((item for item in reading.parties if item.entity in entities), None)


def trace_of(reading: Reading) -> str:
    """The request's own trace number."""
    traces = reading.event.traces if reading.event else []
    return traces[0] if traces else reading.reference or ""


def heading(reading: Reading) -> list[Line]:
    """BHT and the levels down to the subscriber."""
    at = moment(reading)
    date, time = f"{at:%Y%m%d}", f"{at:%H%M}"
    return [
        line("BHT", "0007", "11", reading.reference or "", date, time, "18"),
        line("HL", "1", "", "20", "1"),
        party(who(reading, "X3", "PR", "2B", "36"), "X3"),
        line("HL", "2", "1", "21", "1"),
        party(who(reading, "1P", "FA"), "1P"),
        line("HL", "3", "2", "22", "1"),
        party(who(reading, "IL"), "IL"),
    ]


def rejected(asked: Interchange, reading: Reading, code: str) -> str:
    """A 278 response that finds no such subscriber: it ends at the subscriber's level."""
    lines = heading(reading)
    lines[5] = line("HL", "3", "2", "22", "0")
    return written(asked, reading, [*lines, line("AAA", "N", "", code, "C")], "278")


def decided(asked: Interchange, reading: Reading, verdicts: Sequence[Verdict], seed: str) -> str:
    """A 278 response with a decision on the event and on each service; ``seed`` sets ISA13."""
    lines, level = heading(reading), 3
    dependent = who(reading, "QC")
    if dependent:
        level = 4
        lines += [line("HL", "4", "3", "23", "1"), party(dependent, "QC")]
    requester = who(reading, "1P", "FA")
    origin = originator(requester.id or "") if requester else ""
    lines.append(line("HL", str(level + 1), str(level), "EV", "1" if verdicts else "0"))
    lines += event(reading, verdicts, origin)
    for place, (item, verdict) in enumerate(zip(reading.services, verdicts, strict=True)):
        lines.append(line("HL", str(level + 2 + place), str(level + 1), "SS", "0"))
        lines += service(item, verdict, number(trace_of(reading)), origin)
    return written(asked, reading, lines, seed)


def together(verdicts: Sequence[Verdict]) -> str | None:
    """HCR01 of the event: what all services share; some yes is A2; else none."""
    said = {verdict.action for verdict in verdicts}
    if len(said) < 2:
        return next(iter(said), "A1")
    return "A2" if "A4" not in said and said & {"A1", "A6"} else None


def event(reading: Reading, verdicts: Sequence[Verdict], origin: str) -> Iterator[Line]:
    """2000E."""
    trace, at = trace_of(reading), moment(reading)
    action = together(verdicts)
    codes = reading.event.codes if reading.event else None
    yield line("TRN", "2", trace, origin)
    if codes:
        yield line(
            "UM", codes.category or "HS", codes.certification or "", codes.service_type or ""
        )
    certified = action in {"A1", "A2", "A6"}
    if action:
        reason = next((item.reason for item in verdicts if item.reason), None) or ""
        yield line("HCR", action, number(trace) if certified else "", "" if certified else reason)
    if action in {"A3", "A4", None}:
        yield line("REF", "NT", "ADM" + number(trace)[3:])
    yield line("DTP", "102", "D8", f"{at:%Y%m%d}")
    if certified:
        yield line("DTP", "007", "RD8", f"{at:%Y%m%d}-{at + timedelta(days=90):%Y%m%d}")
    for message in dict.fromkeys(item.message for item in verdicts if item.message):
        yield line("MSG", message)


def service(item: Item, verdict: Verdict, certificate: str, origin: str) -> Iterator[Line]:
    """2000F."""
    for trace in item.traces:
        yield line("TRN", "2", trace, origin)
    certified = verdict.action in {"A1", "A6"}
    yield line("HCR", verdict.action, certificate if certified else "", verdict.reason or "")
    if item.start:
        days = dict.fromkeys((item.start, item.end or item.start))
        kind = "D8" if len(days) == 1 else "RD8"
        yield line("DTP", "472", kind, "-".join(f"{day:%Y%m%d}" for day in days))
    if item.service:
        yield procedure(item.service)
    if verdict.quantity is not None:
        yield line("HSD", verdict.unit or "FL", str(verdict.quantity))
    if verdict.message:
        yield line("MSG", verdict.message)


def procedure(named: RequestedService) -> Line:
    """The service as asked for, without its diagnosis pointers."""
    amount = "" if named.quantity is None else str(named.quantity)
    code = (named.qualifier or "", named.code or "", *named.modifiers)
    if named.segment == "SV2" and not named.qualifier:
        return line("SV2", named.code or "", "", "", named.unit or "", amount)
    if named.segment == "SV2":
        return line("SV2", "", code, "", named.unit or "", amount)
    return line("SV1", code, "", named.unit or "", amount)


def status(asked: Interchange, reading: Reading, verdicts: Sequence[Verdict] | None) -> str:
    """A 277 shaped like a claim status (005010X212), about the request; no verdicts: rejected."""
    at, trace = moment(reading), trace_of(reading)
    action = "AAA" if verdicts is None else together(verdicts)
    lines = [
        line("BHT", "0010", "08", trace, f"{at:%Y%m%d}", f"{at:%H%M}", "DG"),
        line("HL", "1", "", "20", "1"),
        renamed(party(who(reading, "X3", "PR", "2B", "36"), "X3"), "PR"),
        line("HL", "2", "1", "21", "1"),
        line("NM1", "41", "2", "", "", "", "", "", "46", asked.header.get(6).strip()),
        line("HL", "3", "2", "19", "1"),
        party(who(reading, "1P", "FA"), "1P"),
        line("HL", "4", "3", "22", "0"),
        party(who(reading, "IL"), "IL"),
        line("TRN", "2", trace),
        line("STC", (STATUSES[action], "0"), f"{at:%Y%m%d}"),
        *([line("REF", "1K", number(trace))] if action in {"A1", "A2", "A6"} else []),
    ]
    address = envelope(asked, at, "277" + trace)
    return interchange(address, lines, group="HN", kind="277", guide="005010X212")[0]


def renamed(name: Line, entity: str) -> Line:
    """The same NM1 in another role."""
    return Line(None, "", "NM1", (entity, *name.elements[1:]))


def refused(asked: Interchange) -> str:
    """A 999 that rejects the transaction sets received."""
    group = asked.sets[0].group if asked.sets else Segment(1, ["GS"])
    lines = [
        line("AK1", group.get(1) or "HI", group.get(6) or "0", group.get(8)),
        *(line("AK2", item.kind, item.control, item.guide) for item in asked.sets),
        line("IK5", "R", "5"),
        line("AK9", "R", str(len(asked.sets)), str(len(asked.sets)), "0"),
    ]
    at = datetime(2026, 11, 20, 9, 30)
    address = envelope(asked, at, "999" + asked.header.get(13))
    return interchange(address, lines, group="FA", kind="999", guide="005010X231A1")[0]


def written(asked: Interchange, reading: Reading, lines: Sequence[Line], seed: str) -> str:
    """The 278 response in its envelopes."""
    address = envelope(asked, moment(reading), seed + trace_of(reading))
    return interchange(address, lines, group="HI", kind="278", guide="005010X217")[0]
