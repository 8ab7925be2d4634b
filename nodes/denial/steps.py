"""The ways that are open against a decision: as the letter states them, else as the rules give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nodes.case import LineOfBusiness
from nodes.denial.outcome import Verdict
from nodes.denial.reading import Letter
from nodes.denial.rules import Plan, Round, Rule, keys, rule
from nodes.denial.stated import Decides, Stated, stated
from nodes.denial.topics import TOPICS
from nodes.notice import Level, Step

OPEN: dict[Round, tuple[Level, ...]] = {
    "initial": ("first", "reconsideration", "hearing", "external"),
    "upheld": ("second", "external", "hearing"),
    "final": ("external", "hearing"),
    "independent": ("hearing",),
    "closed": (),
}
LINES: tuple[tuple[LineOfBusiness, Plan | None, re.Pattern[str]], ...] = (
    ("medicare_advantage", "part_d", re.compile(
        r"medicare prescription drug (?:coverage|plan)|\bpart d\b"
    )),
    ("medicare_advantage", None, re.compile(
        r"medicare advantage|notice of denial of medical (?:coverage|service|payment)|\bpart c\b"
    )),
    ("medicare", None, re.compile(
        r"\b(?:dme mac|medicare administrative contractor|non-?affirm\w*)"
    )),
    ("medicaid", None, re.compile(r"\bmedicaid\b|state fair hearing|\bmedi-cal\b|\btenncare\b")),
    ("commercial", "erisa", re.compile(r"\berisa\b|employee retirement income security")),
)  # fmt: skip
FINAL = re.compile(
    r"final internal adverse|exhausted (?:all |the |your )*(?:internal|levels|appeal)"
    r"|second[\s\-]level (?:appeal )?(?:decision|review"
    r"|determination)|(?:second|level (?:2|two|ii)|final)[\s\-]*(?:level )?(?:internal )?(?:appeal"
    r"|grievance)?[^.]{0,30}(?:uph[eo]ld|denied"
    r"|unfavorable)|no further internal|last level of internal"
)
INDEPENDENT = re.compile(
    r"(?:\biro|independent (?:medical )?review(?:er| organization)?|external review(?:er)?)\s+"
    r"(?:determination|decision|upholds?|upheld|concludes?d?|agrees?d?|finds|found)\b"
    r"|binding on (?:the |both |all )?(?:health )?(?:plan|parties)"
    r"|(?:we are|as) (?:the |an )?independent review (?:entity|organization)"
    r"|independent review entity[^.]{0,40}(?:decided|agree|uph)"
    r"|qualified independent contractor[^.]{0,60}(?:decided|unfavorable)"
)


@dataclass(frozen=True)
class Known:
    """What is known beside the letter."""

    line: LineOfBusiness
    plan: Plan | None
    issued: date | None
    received: date | None
    as_of: date | None


def line_of(
    letter: Letter, line: LineOfBusiness, plan: Plan | None
) -> tuple[LineOfBusiness, Plan | None]:
    """The line of business as given, else as the letter's own words tell."""
    if plan or line not in ("unknown", "other"):
        return line, plan
    text = " ".join(s.text for s in letter.sentences if s.zone != "other" and not s.boilerplate)
    return next(((named, kind) for named, kind, words in LINES if words.search(text)), (line, plan))


def stage(letter: Letter, told: Verdict) -> Round:
    """After which decision we stand: a first denial, an appeal upheld, the last internal one."""
    text = " ".join(s.text for s in letter.sentences if s.zone != "other" and not s.hypothetical)
    if INDEPENDENT.search(text):
        return "independent"
    if not told.appealed:
        return "initial"
    return "final" if FINAL.search(text) else "upheld"


def steps(letter: Letter, told: Verdict, known: Known) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """List the ways that are open, the earliest due first, and what is to be warned of."""
    at = stage(letter, told)
    times, decides = stated(letter, known.issued, known.received)
    line, plan = line_of(letter, known.line, known.plan)
    times = [_level(one, line, plan) for one in times]
    before_claim = bool(re.search(r"non-?affirm|prior authorization", letter.page.flat))
    given = rule(keys(line, plan, before_claim=before_claim), at)
    warnings: list[str] = []
    found = list(_peer(letter, times))
    own = _own(at, times, letter, given)
    if own:
        found += [_step(level, one, given, decides) for level, one in own]
        warnings += [w for level, one in own for w in _against(one, given, level, known)]
    if given and (not own or [level for level, _ in own] == ["reconsideration"] != [given.level]):
        due, first = given.due(known.issued, known.received)
        found.append(_ruled(given, due, first, decides))
        if due is None and given.count:
            warnings.append("deadline_unknown: the notice's date is not known")
        if given.counted_from == "receipt" and known.received is None and due:
            warnings.append(
                "receipt_unknown: counted from the notice's date, which is never too late"
            )
    elif not own and at != "closed":
        warnings.append(
            "deadline_unknown: the letter states none, and no rule is known for this plan"
        )
    ordered = sorted(found, key=lambda step: (step.due is None, step.due or date.max))
    warnings += list(_passed(ordered, known))
    return tuple(ordered), tuple(dict.fromkeys(warnings))


def _level(one: Stated, line: LineOfBusiness, plan: Plan | None) -> Stated:
    """A reconsideration is Medicare's word for the first appeal of a plan."""
    if one.level == "reconsideration" and (line == "medicare_advantage" or plan == "part_d"):
        return Stated("first", *(getattr(one, n) for n in list(one.__dataclass_fields__)[1:]))
    return one


def _peer(letter: Letter, times: list[Stated]) -> Iterator[Step]:
    """The call with the payer's physician, where the letter offers one; its time is only stated."""
    one = next((t for t in times if t.level == "peer_to_peer"), None)
    words = TOPICS[0][1]
    offers = [s for s in letter.sentences if s.zone != "other" and words.search(s.text)]
    offers = [s for s in offers if OFFERED.search(s.text) and not REFUSES.search(s.text)]
    if one is None and not offers:
        return
    said = one.said if one else letter.page.said(offers[0].start, offers[0].end)
    yield Step(
        level="peer_to_peer",
        who="plan",
        due=one.due if one else None,
        counted_from=one.counted_from if one else None,
        rule=f"the letter: {one.words}"[:500] if one else "the letter offers it and states no time",
        verified="stated in the letter",
        stated=said,
    )


OFFERED = re.compile(
    r"\b(?:may|can|call|request|schedule|available|contact|offer(?:ed|s)?|discuss|arrange|speak"
    r"|welcome|please|option|opportunity|line)\b|\d{3}-\d{4}"
)
REFUSES = re.compile(
    r"\b(?:not|no longer|cannot|unavailable|expired|closed|no peer|no p2p|was held|was completed"
    r"|took place|isn't|already)\b"
)


def _own(
    at: Round, times: list[Stated], letter: Letter, given: Rule | None
) -> list[tuple[Level, Stated]]:
    """The stated times of the ways that are open now: the next internal one before all others."""
    found: dict[Level, Stated] = {}
    for one in times:
        level = "second" if at == "upheld" and one.level == "first" else one.level
        if level not in OPEN[at] or (one.later and at == "initial"):
            continue
        if level in found and not (found[level].due is None and one.due):
            continue
        found[level] = one
    if at == "initial" and "first" in found:
        return [(n, found[n]) for n in ("first", "reconsideration") if n in found]
    alone = "hearing" in found and not re.search(r"\bappeal", letter.page.flat)
    if at == "initial" and given and given.level == "first" and not alone:
        return [(n, found[n]) for n in ("reconsideration",) if n in found and len(found) == 1]
    order = [n for n in OPEN[at] if n in found]
    return [(order[0], found[order[0]])] if order else []


def _step(level: Level, one: Stated, given: Rule | None, decides: list[Decides]) -> Step:
    same = given if given and given.level == level else None
    return Step(
        level=level,
        who=same.who if same else WHO.get(level),
        due=one.due,
        counted_from=one.counted_from,
        rule=f"the letter: {one.words}"[:500],
        verified="stated in the letter",
        stated=one.said,
        decided_within=_within(level, decides, fast=False)
        or (same.decided_within if same else None),
        expedited_within=_within(level, decides, fast=True)
        or (same.expedited_within if same else None),
    )


WHO: dict[Level, str] = {"first": "plan", "second": "plan", "external": "IRO", "hearing": "state"}


def _ruled(given: Rule, due: date | None, first: date | None, decides: list[Decides]) -> Step:
    return Step(
        level=given.level,
        who=given.who,
        due=due,
        counted_from=first,
        rule=given.text[:500],
        verified=given.verified,
        decided_within=_within(given.level, decides, fast=False) or given.decided_within,
        expedited_within=_within(given.level, decides, fast=True) or given.expedited_within,
    )


def _within(level: Level, decides: list[Decides], *, fast: bool) -> str | None:
    return next((d.words[:500] for d in decides if d.level == level and d.fast is fast), None)


def _against(one: Stated, given: Rule | None, level: Level, known: Known) -> Iterator[str]:
    """Say where the letter's time and the rule's differ."""
    if one.due is None:
        yield "deadline_unknown: the letter counts from a day that is not known"
        return
    if one.from_receipt and known.received is None:
        yield "receipt_unknown: counted from the notice's date, which is never too late"
    due = given.due(known.issued, known.received)[0] if given and given.level == level else None
    if given and due and due != one.due:
        longer = "later" if one.due > due else "earlier"
        yield (
            f"deadline_differs: the letter's {one.due.isoformat()} is {longer} than"
            f" {due.isoformat()} of the rule ({given.text})"
        )


def _passed(found: list[Step], known: Known) -> Iterator[str]:
    for step in found:
        if step.due and known.as_of and step.due < known.as_of:
            yield f"due_passed: {step.level} was due {step.due.isoformat()}"
