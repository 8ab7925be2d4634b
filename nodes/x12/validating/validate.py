"""Validating X12: the reader's findings, then the guide's map, then rules no map can say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nodes.errors import UnreadableDocument
from nodes.settings import settings
from nodes.x12.finding import Finding
from nodes.x12.guide import Guide, guides
from nodes.x12.loops import HEADER, Placed, locate
from nodes.x12.payer.companion_envelope import envelope_findings
from nodes.x12.payer.companion_rules import companion_findings
from nodes.x12.payer.companions import Companion
from nodes.x12.reading.envelope import Interchange, TransactionSet, read
from nodes.x12.reading.limits import X12
from nodes.x12.reading.source import Source
from nodes.x12.validating import rules_277, rules_278, rules_999, rules_values
from nodes.x12.validating.folding import folded, unopened
from nodes.x12.validating.pyx12_walk import alone, walk
from nodes.x12.validating.rules_general import general
from nodes.x12.validating.tables import Table, misgrouped, misversioned, table_for, unreferenced
from nodes.x12.validating.validation import Numbers, Validation
from nodes.x12.validating.verdict import (
    InterchangeVerdict,
    SetVerdict,
    Validated,
    bounded,
    judged,
    once,
    worst,
)

Rule = Callable[[Guide, Sequence[Placed]], Iterable[Finding]]
RULES: Mapping[str, tuple[Rule, ...]] = {
    "275": (rules_values.rules,),
    "276": (rules_values.rules,),
    "277": (rules_277.rules, rules_values.rules),
    "278": (rules_278.rules, rules_values.rules),
    "997": (rules_999.rules,),
    "999": (rules_999.rules,),
}
"""What must hold in a set and depends on the situation, by ST01 of its table."""
FORM = frozenset(
    (
        "isa.padding", "segment.empty", "segment.indent", "segment.not-utf8",
        "text.blank-start", "text.last-terminator", "text.wrapped",
    )
)  # fmt: skip
"""What the reader tolerates and most receivers do not: errors in strict mode."""
TA1, MISMATCH = "ta1", "set.function"


def validate(
    source: Source,
    *,
    strict: bool = True,
    companion: Companion | None = None,
    most: int = 100,
    limits: X12 | None = None,
) -> Validated:
    """Check everything in a document and say what is wrong where.

    ``strict`` also refuses what our reader tolerates of an envelope's form and most receivers do
    not (an ISA of another length, wrapped or indented lines, empty segments). ``companion`` adds
    a payer's own rules. ``most`` bounds the findings listed. Never raises for what a document
    holds: what cannot be read at all is an invalid document with one finding.
    """
    limits = limits or settings().x12
    try:
        document = read(source, limits.document)
    except UnreadableDocument as error:
        words = "; ".join([str(error), *(one.detail for one in error.complaints)])
        validation = Validation(companion, most, 0)
        validation.keep([Finding(rule="document.unreadable", words=words)])
        return validation.summed()
    validation = Validation(companion, most, limits.checked)
    noted = [hardened(one) if strict else one for one in document.findings]
    for number, interchange in enumerate(document.interchanges, start=1):
        own = [one for one in noted if one.interchange == number]
        check_interchange(validation, interchange, number, own)
    validation.keep([one for one in noted if one.interchange is None])
    return validation.summed()


def hardened(finding: Finding) -> Finding:
    """A finding about form as strict mode weighs it."""
    if finding.rule not in FORM:
        return finding
    return finding.model_copy(update={"severity": "error"})


def check_interchange(
    validation: Validation, interchange: Interchange, number: int, noted: list[Finding]
) -> None:
    """Check one interchange with all in it."""
    first, numbers = len(validation.sets), Numbers()
    by_set: dict[tuple[int | None, int | None], list[Finding]] = {}
    for one in noted:
        by_set.setdefault((one.group, one.transaction), []).append(one)
    taken, errors = set(), 0
    for transaction in interchange.sets:
        group, place = numbers.next(transaction)
        taken.add((group, place))
        mine = by_set.get((group, place), [])
        errors += check_set(validation, interchange, transaction, (number, group, place), mine)
    rest = [one for key, some in by_set.items() if key not in taken for one in some]
    rest += check_acknowledgments(validation, interchange, number)
    for one in misversioned(interchange.header, interchange.sets):
        rest.append(one.model_copy(update={"interchange": number}))
    errors += validation.keep(once(unopened(rest))).errors
    verdicts = [one.verdict for one in validation.sets[first:]]
    supported = worst(verdicts) == "valid" if verdicts else bool(interchange.acknowledgments)
    validation.interchanges.append(
        InterchangeVerdict(
            interchange=number,
            transaction_sets=len(interchange.sets),
            acknowledgments=len(interchange.acknowledgments),
            verdict=judged(errors, supported=supported),
        )
    )


def check_acknowledgments(
    validation: Validation, interchange: Interchange, number: int
) -> Iterator[Finding]:
    """Check TA1 segments, which stand in no transaction set."""
    if interchange.acknowledgments:
        validation.used[TA1] = guides()[TA1][1]
    for segment in interchange.acknowledgments:
        for one in alone(TA1, segment):
            yield one.model_copy(update={"interchange": number, "segment": None})


def check_set(
    validation: Validation,
    interchange: Interchange,
    transaction: TransactionSet,
    numbers: tuple[int, int, int],
    noted: list[Finding],
) -> int:
    """Check one transaction set against its table and the rules, judge it, and count errors."""
    table = table_for(transaction, interchange.header.get(12))
    found, whole = against(validation, transaction, table)
    nameless = unreferenced(transaction)
    found += [nameless] if nameless else []
    grouped = misgrouped(transaction, table.guide)
    if grouped is not None and numbers[2] == 1:
        found.append(grouped)
        noted = [one for one in noted if one.rule != MISMATCH]
    found += bounded(rules(validation, interchange, transaction, table.guide), 2 * validation.most)
    if table.used is not None:
        validation.used[table.used.id] = table.used
    counts = validation.keep(once(folded([*noted, *placed(found, numbers)])))
    validation.sets.append(
        SetVerdict(
            interchange=numbers[0],
            group=numbers[1],
            transaction=numbers[2],
            kind=transaction.kind,
            guide=transaction.guide,
            table=table.guide.id if table.guide else None,
            table_version=table.guide.version if table.guide else None,
            segments=len(transaction.segments),
            verdict=judged(counts.errors, supported=whole),
            errors=counts.errors,
            warnings=counts.warnings,
        )
    )
    return counts.errors


def placed(findings: list[Finding], numbers: tuple[int, int, int]) -> Iterator[Finding]:
    """Findings with the numbers of their set; the header is no loop."""
    place = dict(zip(("interchange", "group", "transaction"), numbers, strict=True))
    for one in findings:
        loop = None if one.loop in {"", HEADER} else one.loop
        yield one.model_copy(update={**place, "loop": loop})


def against(
    validation: Validation, transaction: TransactionSet, table: Table
) -> tuple[list[Finding], bool]:
    """Hold a set against its map; also say whether that was done to its end."""
    found = list(table.findings)
    if table.map is None:
        words = "there is no table for this guide: only its envelope and general rules are checked"
        return [*found, about(transaction, "guide.unsupported", words)], False
    most, total = validation.left, len(transaction.segments)
    walked = walk(table.map, transaction.segments, most=most, errors=2 * validation.most)
    validation.left -= walked.segments
    found += walked.findings
    if walked.segments == total:
        return found, True
    words = f"only the first {walked.segments} of {total} segments were held against the guide"
    return [*found, about(transaction, "guide.not-to-the-end", words)], False


def rules(
    validation: Validation,
    interchange: Interchange,
    transaction: TransactionSet,
    guide: Guide | None,
) -> Iterator[Finding]:
    """What no map can say: rules for every set, those of its guide, those of the payer."""
    if guide is None:
        yield from general([Placed(one, "", None) for one in transaction.segments])
        return
    located = locate(guide, transaction.segments)
    yield from general(located)
    for rule in RULES.get(guide.transaction, ()):
        yield from rule(guide, located)
    if validation.companion is not None:
        profile = validation.companion.profile
        validation.used[f"payer {profile.id}"] = validation.companion.used
        yield from companion_findings(profile, guide, located)
        yield from envelope_findings(profile, interchange.header, transaction.group)


def about(transaction: TransactionSet, rule: str, words: str) -> Finding:
    """A note about a whole transaction set."""
    start = transaction.segments[0]
    return Finding(
        rule=rule, severity="note", words=words, line=start.place, segment=1, segment_id="ST"
    )
