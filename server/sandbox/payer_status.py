"""What the sandbox payer says of a request by 277 (005010X212)."""

from collections.abc import Sequence

from nodes.x12.reading.envelope import Interchange
from nodes.x12.requesting.writing import interchange
from nodes.x12.reviewing.read_278 import Reading
from server.sandbox.payer_answers import together
from server.sandbox.payer_lines import envelope, level, line, number, party, trace_of, who, written
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


def status(asked: Interchange, reading: Reading, verdicts: Sequence[Verdict] | None) -> str:
    """A 277 shaped like a claim status, about the request; no verdicts: it was rejected."""
    at, trace = written(reading), trace_of(reading)
    action = "AAA" if verdicts is None else together(verdicts)
    day = f"{at:%Y%m%d}"
    lines = [
        line("BHT", structure="0010", purpose="08", reference=trace, date=day, time=f"{at:%H%M}",
             kind="DG"),
        level(1, 0, "20", more=True),
        party(who(reading, "2010A"), "PR"),
        level(2, 1, "21", more=True),
        line("NM1", entity="41", type="2", id_qualifier="46", id=asked.header.get(6).strip()),
        level(3, 2, "19", more=True),
        party(who(reading, "2010B"), "1P"),
        level(4, 3, "22", more=False),
        party(who(reading, "2010C"), "IL"),
        line("TRN", kind="2", number=trace),
        line("STC", status__category=STATUSES[action], status__status="0", date=day),
    ]  # fmt: skip
    if action in {"A1", "A2", "A6"}:
        lines.append(line("REF", qualifier="1K", number=number(trace)))
    address = envelope(asked, at, "277" + trace)
    return interchange(address, lines, group="HN", kind="277", guide="005010X212")[0]
