"""What is wrong with a 999 or 997 although every segment fits its table: results and counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nodes.x12.acknowledging.ack_values import codes, number, value
from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, positions
from nodes.x12.loops import Placed
from nodes.x12.segments import Segment

KINDS = frozenset({"999", "997"})
ACCEPTED = frozenset("AE")
REJECTED = frozenset("RMWX")
HAS_ERRORS = "8"
UNCOUNTED = "acknowledgment.uncounted"
"""Not a rule of its own in validation: the table says already which counts must be there."""
MORE_ACCEPTED = "more sets are accepted than were received"


@dataclass(slots=True)
class Noted:
    """One acknowledged set: its AK2, its errors, and its IK5 or AK5."""

    begin: Placed
    segments: list[tuple[Placed, list[str], int]] = field(default_factory=list)
    end: Placed | None = None

    @property
    def result(self) -> str:
        """IK501 or AK501; empty without one."""
        return value(self.end.segment, "result") if self.end else ""


def rules(guide: Guide, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Hold results and counts against each other; nothing for other transactions.

    All are warnings: real receivers write such acknowledgments, and what they mean is clear.
    Places are those of the set; interchange, group and transaction are the caller's to add.
    """
    if guide.transaction not in KINDS or not placed:
        return
    start = placed[0].segment.place
    sets, last = gathered(placed)
    for one in sets:
        yield from of_set(one, start)
    if last is None:
        return
    whole = [*of_counts(sets, last, start), *of_result(sets, last, start)]
    whole += [one for one in of_acceptance(sets, last, start) if one.rule != UNCOUNTED]
    yield from {one.rule: one for one in reversed(whole)}.values()


def doubts(placed: Sequence[Placed]) -> list[Finding]:
    """Why a group that is said to be accepted (A or E) cannot be taken as that."""
    sets, last = gathered(placed)
    return list(of_acceptance(sets, last, placed[0].segment.place)) if last else []


def gathered(placed: Sequence[Placed]) -> tuple[list[Noted], Placed | None]:
    """The acknowledged sets, and the AK9."""
    sets: list[Noted] = []
    last = None
    for one in placed:
        name = one.segment.id
        if name == "AK2":
            sets.append(Noted(one))
        elif name == "AK9":
            last = one
        elif sets:
            take(sets[-1], one, name)
    return sets, last


def take(noted: Noted, one: Placed, name: str) -> None:
    """Put a segment with the set it tells of."""
    if name in {"IK3", "AK3"}:
        noted.segments.append((one, codes(one.segment), 0))
    elif name in {"IK4", "AK4"} and noted.segments:
        segment, known, count = noted.segments[-1]
        noted.segments[-1] = (segment, known, count + 1)
    elif name in {"IK5", "AK5"}:
        noted.end = one


def of_set(noted: Noted, start: int) -> Iterator[Finding]:
    """A set's result against the errors told of it."""
    for segment, known, elements in noted.segments:
        if elements and known and HAS_ERRORS not in known:
            words = "element errors follow, but the segment is not said to have any (code 8)"
            yield found(segment, start, "segment-code", words)
        if HAS_ERRORS in known and not elements:
            words = "the segment is said to have wrong elements, but none is named"
            yield found(segment, start, "element-missing", words)
    if noted.end is None:
        return
    said = codes(noted.end.segment)
    if noted.result == "A" and (noted.segments or said):
        words = "the set is accepted without errors, but errors are told"
        yield found(noted.end, start, "accepted-with-errors", words, "result")
    if noted.result in REJECTED and not (noted.segments or said):
        words = "the set is rejected, but no error says why"
        yield found(noted.end, start, "no-reason", words, "result")


def of_counts(sets: list[Noted], last: Placed, start: int) -> Iterator[Finding]:
    """AK903 and AK904 against the sets told of; a group accepted in full may tell of none."""
    received, accepted = (number(value(last.segment, name)) for name in ("received", "accepted"))
    if received is None or accepted is None:
        return
    if accepted > received:
        yield found(last, start, "more-accepted", MORE_ACCEPTED, "accepted")
    if not sets:
        return
    if received != len(sets):
        words = "AK903 is not the number of sets that are told of"
        yield found(last, start, "received-count", words, "received")
    good = sum(one.result in ACCEPTED for one in sets)
    if accepted != good and not codes(last.segment):
        words = "AK904 is not the number of sets that are said to be accepted"
        yield found(last, start, "accepted-count", words, "accepted")


def of_result(sets: list[Noted], last: Placed, start: int) -> Iterator[Finding]:
    """AK901 against the results of the sets."""
    result = value(last.segment, "result")
    bad = sum(one.result in REJECTED for one in sets)
    own = bool(codes(last.segment))
    wrong = {
        "A": bad > 0 or own,
        "E": bad > 0,
        "P": bool(sets) and bad in {0, len(sets)},
        "R": bool(sets) and bad < len(sets) and not own,
    }
    if wrong.get(result):
        words = "AK901 does not agree with what is said of the sets"
        yield found(last, start, "group-result", words, "result")


def of_acceptance(sets: list[Noted], last: Placed, start: int) -> Iterator[Finding]:
    """An AK901 that accepts, against its own counts and what is told; others say no to begin with.

    Fewer sets told of than counted are no contradiction: what is accepted need not be told.
    """
    result = value(last.segment, "result")
    if result not in ACCEPTED:
        return
    counts = [number(value(last.segment, name)) for name in ("sets", "received", "accepted")]
    if None in counts:
        words = "the group is said to be accepted, but not how many sets were"
        yield found(last, start, UNCOUNTED.partition(".")[2], words)
    else:
        included, received, accepted = (count or 0 for count in counts)
        for wrong, rule, words, element in (
            (not received, "nothing-received", "accepted, but no set was received", "received"),
            (included != received, "included-count", "AK902 and AK903 differ", "received"),
            (accepted > received, "more-accepted", MORE_ACCEPTED, "accepted"),
            (accepted < received, "group-result", "accepted, but not all of its sets", "result"),
            (len(sets) > received, "received-count", "more sets are told of than counted",
             "received"),
        ):  # fmt: skip
            if wrong:
                yield found(last, start, rule, words, element)
    if any(one.result in REJECTED for one in sets):
        yield found(last, start, "group-result", "accepted, but a set is rejected", "result")
    if result == "A" and codes(last.segment):
        yield found(last, start, "group-result", "accepted, but errors are told", "result")


def found(placed: Placed, start: int, rule: str, words: str, element: str | None = None) -> Finding:
    """A finding at a segment."""
    segment: Segment = placed.segment
    return Finding(
        rule=f"acknowledgment.{rule}",
        severity="warning",
        words=words,
        loop=placed.loop or None,
        line=segment.place,
        segment=segment.place - start + 1,
        segment_id=segment.id,
        element=positions(segment.id)[element][0] if element else None,
    )
