"""What the sandbox payer says to a 278 request or inquiry: its response."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from nodes.x12.reading.envelope import Interchange
from nodes.x12.requesting.writing import Line, interchange
from nodes.x12.reviewing.read_278 import Reading
from nodes.x12.reviewing.read_item import Item
from nodes.x12.reviewing.review import RequestedService, Trace
from server.sandbox.payer_lines import (
    born,
    envelope,
    level,
    line,
    number,
    party,
    reference,
    spread,
    trace_of,
    who,
    written,
)
from server.sandbox.payer_rules import Verdict

PURPOSES = {"28": "49", "51": "52"}
GUIDES = {"review": "005010X217", "inquiry": "005010X215"}


def heading(asked: Reading) -> list[Line]:
    """BHT and the levels down to the subscriber."""
    at, subscriber = written(asked), who(asked, "2010C")
    return [
        line(
            "BHT",
            structure="0007",
            purpose=PURPOSES.get(asked.purpose, "11"),
            reference=asked.reference or "",
            date=f"{at:%Y%m%d}",
            time=f"{at:%H%M}",
            kind="18",
        ),
        level(1, 0, "20", more=True),
        party(who(asked, "2010A"), "X3"),
        level(2, 1, "21", more=True),
        party(who(asked, "2010B"), "1P"),
        level(3, 2, "22", more=True),
        party(subscriber, "IL"),
        *born(subscriber),
    ]


def people(asked: Reading) -> tuple[list[Line], int]:
    """The heading with the dependent, if there is one, and the patient's level."""
    lines, dependent = heading(asked), who(asked, "2010D")
    if dependent is None:
        return lines, 3
    return [*lines, level(4, 3, "23", more=True), party(dependent, "QC"), *born(dependent)], 4


def rejected(asked: Interchange, reading: Reading, code: str) -> str:
    """A response that finds no such subscriber: it ends at the subscriber's level."""
    lines = heading(reading)
    lines[5] = level(3, 2, "22", more=False)
    subscriber = lines.index(next(one for one in lines[6:] if one.id == "NM1"))
    lines.insert(subscriber + 1, line("AAA", valid="N", reason=code, follow_up="C"))
    return sent(asked, reading, lines, "278")


def unknown(asked: Interchange, reading: Reading) -> str:
    """An answer to an inquiry about a request this payer does not know."""
    lines, patient = people(reading)
    lines.append(level(patient + 1, patient, "EV", more=False))
    lines += echoes(reading.event)
    lines.append(line("AAA", valid="N", reason="AA", follow_up="C"))
    return sent(asked, reading, lines, f"278{reading.reference}")


def decided(
    asked: Interchange, reading: Reading, known: Reading, verdicts: Sequence[Verdict], seed: str
) -> str:
    """A response with a decision on the event and on each service of the request known.

    ``reading`` is what is answered: the request itself, or an inquiry; ``seed`` sets ISA13.
    """
    lines, patient = people(reading)
    above = patient + 1
    lines.append(level(above, patient, "EV", more=bool(verdicts)))
    lines += event(reading, known, verdicts)
    for place, (item, verdict) in enumerate(zip(known.services, verdicts, strict=True), 1):
        lines.append(level(above + place, above, "SS", more=False))
        lines += service(item, verdict, number(trace_of(known)), spread(known, place))
    return sent(asked, reading, lines, seed + (reading.reference or ""))


def together(verdicts: Sequence[Verdict]) -> str | None:
    """HCR01 of the event: what all services share; some yes is A2; else none."""
    said = {verdict.action for verdict in verdicts}
    if len(said) < 2:
        return next(iter(said), "A1")
    return "A2" if "A4" not in said and said & {"A1", "A6"} else None


def echoes(item: Item | None) -> Iterator[Line]:
    """TRN of whoever asked, as it came."""
    own: Sequence[Trace] = item.stated_traces if item else ()
    for one in own:
        yield line(
            "TRN",
            kind="2",
            number=one.number,
            originator=one.originator or "",
            subdivision=one.subdivision or "",
        )


def event(asked: Reading, known: Reading, verdicts: Sequence[Verdict]) -> Iterator[Line]:
    """2000E."""
    trace, at, action = trace_of(known), written(known), together(verdicts)
    codes = known.event.codes if known.event else None
    yield from echoes(asked.event)
    if codes:
        category, certification = codes.category or "HS", codes.certification or "I"
        kind = codes.service_type or ""
        yield line("UM", category=category, certification=certification, service_type=kind)
    certified = action in {"A1", "A2", "A6"}
    if action:
        reason = next((item.reason for item in verdicts if item.reason), None) or ""
        yield line(
            "HCR",
            action=action,
            number=number(trace) if certified else "",
            reason="" if certified else reason,
        )
    if action in {"A3", "A4", None}:
        yield line("REF", qualifier="NT", number=reference(trace))
    yield dated("102", f"{at:%Y%m%d}")
    if certified:
        yield dated("007", f"{at:%Y%m%d}-{at + timedelta(days=90):%Y%m%d}")
    said = {item.message for item in verdicts}
    message = said.pop() if len(said) == 1 else None
    if message:
        yield line("MSG", text=message)


def dated(qualifier: str, days: str) -> Line:
    """DTP of a day, or of two with a hyphen."""
    return line("DTP", qualifier=qualifier, format="RD8" if "-" in days else "D8", date=days)


def service(
    item: Item, verdict: Verdict, certificate: str, asked_for: Sequence[Line]
) -> Iterator[Line]:
    """2000F."""
    yield from echoes(item)
    certified = verdict.action in {"A1", "A6"}
    yield line(
        "HCR",
        action=verdict.action,
        number=certificate if certified else "",
        reason=verdict.reason or "",
    )
    if item.start:
        days = dict.fromkeys((item.start, item.end or item.start))
        yield dated("472", "-".join(f"{day:%Y%m%d}" for day in days))
    if item.service:
        yield procedure(item.service, counted=verdict.quantity is None)
    if verdict.quantity is not None:
        unit, amount = verdict.unit or "FL", str(verdict.quantity)
        yield line("HSD", quantity_qualifier=unit, quantity=amount)
    elif verdict.action == "A1":
        yield from asked_for
    if verdict.message:
        yield line("MSG", text=verdict.message)


def procedure(named: RequestedService, *, counted: bool) -> Line:
    """The service as asked for, without its diagnosis pointers; uncounted where HSD counts it."""
    amount = str(named.quantity) if counted and named.quantity is not None else ""
    modifiers = {f"procedure__modifier{place}": one for place, one in enumerate(named.modifiers, 1)}
    code = {"procedure__qualifier": named.qualifier or "", "procedure__code": named.code or ""}
    if named.qualifier is None:
        code, modifiers = {"revenue": named.code or ""}, {}
    elif named.segment == "SV2":
        code["revenue"] = named.revenue or ""
    unit = {} if named.segment == "SV3" else {"unit": (named.unit or "") if amount else ""}
    return line(named.segment, quantity=amount, **code, **modifiers, **unit)


def sent(asked: Interchange, reading: Reading, lines: Sequence[Line], seed: str) -> str:
    """The response in its envelopes."""
    address = envelope(asked, written(reading), seed + trace_of(reading))
    guide = GUIDES[reading.kind]
    return interchange(address, lines, group="HI", kind="278", guide=guide)[0]
