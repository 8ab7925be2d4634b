"""Folding findings that follow from another one: who mends the first mends them all."""

from collections.abc import Sequence

from nodes.x12.finding import Finding

NUMBERS = frozenset({"hl.number", "hl.duplicate", "hl.sequence"})
FOLLOWERS = frozenset({"hl.sequence", "hl.parent", "hl.children"})
LINKED = frozenset({"level-parent", "diagnosis-pointers", "event-services", "event-of-dependent"})
OUTSIDE, NO_ST = "envelope.outside-set", "envelope.no-st"
EMPTY = frozenset({"group.empty", "group.set-count"})


def folded(findings: Sequence[Finding]) -> list[Finding]:
    """The findings about one transaction set without those that others explain."""
    return _levels(_characters(_identifiers(_lengths(findings))))


def unopened(findings: Sequence[Finding]) -> list[Finding]:
    """Segments in a row outside any set, ended by an SE or not: their ST is missing, once."""
    kept: list[Finding] = []
    starts: dict[tuple[int | None, int | None], Finding] = {}
    last: Finding | None = None
    for one in sorted(findings, key=lambda finding: (finding.interchange or 0, finding.line or 0)):
        if one.rule not in {OUTSIDE, NO_ST}:
            kept.append(one)
            continue
        if last is None or last.rule == NO_ST or not _next(last, one):
            kept.append(one)
            starts[one.interchange, one.group] = one
        elif one.rule == NO_ST:
            start = starts[one.interchange, one.group]
            words = "there is no ST before this segment: it and all up to the SE are in no set"
            kept[kept.index(start)] = start.model_copy(update={"rule": NO_ST, "words": words})
        last = one
    missing = {(one.interchange, one.group) for one in kept if one.rule == NO_ST}
    return [
        one for one in kept if one.rule not in EMPTY or (one.interchange, one.group) not in missing
    ]


def _next(before: Finding, one: Finding) -> bool:
    """Whether a finding is about the segment behind that of another, in the same group."""
    same = (before.interchange, before.group) == (one.interchange, one.group)
    return same and (one.line or 0) - (before.line or 0) == 1


def _lengths(findings: Sequence[Finding]) -> list[Finding]:
    """A code that is too long is no code of the list: one of them is enough; nor need its shape
    be told where its length is wrong.
    """
    sizes = {"guide.element-long", "guide.element-short"}
    coded = {_spot(one) for one in findings if one.rule == "guide.element-code"}
    sized = {_spot(one) for one in findings if one.rule in sizes}
    return [
        one
        for one in findings
        if (one.rule not in sizes or _spot(one) not in coded)
        and (not one.rule.startswith("general.") or _spot(one) not in sized or not one.element)
    ]


def _spot(one: Finding) -> tuple[int | None, ...]:
    return one.line, one.element, one.component, one.repetition


def _identifiers(findings: Sequence[Finding]) -> list[Finding]:
    """What is no identifier is no segment of the guide either; the guide knows the loop."""
    loops = {one.line: one.loop for one in findings if one.rule == "guide.segment-unknown"}
    odd = {one.line for one in findings if one.rule == "segment.id"}
    kept = []
    for one in findings:
        if one.rule == "segment.id" and one.line in loops:
            kept.append(one.model_copy(update={"loop": loops[one.line]}))
        elif one.rule != "guide.segment-unknown" or one.line not in odd:
            kept.append(one)
    return kept


def _characters(findings: Sequence[Finding]) -> list[Finding]:
    """A control character in an element is told there."""
    placed = {one.line for one in findings if one.rule == "guide.element-character"}
    control = "segment.control-character"
    return [one for one in findings if one.rule != control or one.line not in placed]


def _levels(findings: Sequence[Finding]) -> list[Finding]:
    """One wrong number of a level disturbs all that is counted and linked by numbers behind it."""
    numbers = [one for one in findings if one.rule in NUMBERS or _missing_level(one)]
    if numbers:
        first = min(numbers, key=lambda one: (one.line or 0, not _missing_level(one)))
        return [one for one in findings if one is first or not _follows(one)]
    if any(map(_unknown_level, findings)):
        return [one for one in findings if one.rule.partition(".")[2] != "level-parent"]
    unlinked = {one.line for one in findings if _unlinked(one)}
    if not unlinked:
        return list(findings)
    return [
        one
        for one in findings
        if one.rule != "hl.children"
        and (one.line not in unlinked or one.rule.partition(".")[2] != "level-parent")
    ]


def _follows(one: Finding) -> bool:
    return one.rule in FOLLOWERS or one.rule.partition(".")[2] in LINKED


def _missing_level(one: Finding) -> bool:
    return one.rule == "guide.loop-missing" and one.segment_id == "HL"


def _unknown_level(one: Finding) -> bool:
    """Whether a level is of no kind: what hangs under it hangs under none."""
    return one.rule == "guide.element-code" and (one.segment_id, one.element) == ("HL", 3)


def _unlinked(one: Finding) -> bool:
    """Whether a finding says that a level hangs nowhere, or not where the guide has it."""
    empty = one.rule == "guide.element-missing" and (one.segment_id, one.element) == ("HL", 2)
    return empty or one.rule in {"hl.parent", "guide.level-order"}
