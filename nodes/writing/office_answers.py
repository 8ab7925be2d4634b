"""The answer to a reason that is not clinical: what the request itself says, and nothing more."""

from collections.abc import Sequence

from nodes.chart import Fact
from nodes.writing.administrative import diagnoses, provider, service
from nodes.writing.dispute import Dispute, Ground
from nodes.writing.draft import Line, Material
from nodes.writing.phrase import by_source, day, entry
from nodes.writing.text import clean, listed

NOT_SHOWN = (
    "Please name the entry in your files that this reason rests on; what the record does not"
    " show is not claimed here."
)


def coding(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell the codes of the request, and the record's own entry of the diagnosis."""
    case = material.case
    lines = [Line(f"Requested: {service(line, case)}.", "case") for line in case.service_lines]
    lines.append(Line(f"Diagnoses of the request: {diagnoses(case)}.", "case"))
    notes = by_source(material.chart.notes)
    codes = {d.code.replace(".", "") for d in case.diagnoses}
    coded = [
        fact
        for fact in material.facts
        if fact.kind == "condition" and codes & {c.code.replace(".", "") for c in fact.codes}
    ]
    return [*lines, *(entry(fact, notes) for fact in coded[:3])]


def timing(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell when the order was written; when it was received stands with the plan."""
    case = material.case
    starts = sorted(line.start.isoformat() for line in case.service_lines if line.start)
    when = f"; the first date of service requested is {starts[0]}" if starts else ""
    lines = [Line(f"The order was written on {case.order.authored_on.isoformat()}{when}.", "case")]
    numbers = listed([*dispute.decision.trace_numbers])
    traced = f" under trace number {numbers}" if numbers else ""
    text = (
        f"When the request reached you stands in your own system{traced}: please compare it with"
        " the time your rules give, and tell us both."
    )
    return [*lines, Line(text, "decision")]


def eligibility(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell the member, the plan and the days of the request."""
    return [_member(material), *_days(material), Line(NOT_SHOWN, "decision")]


def other_coverage(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell the one coverage that the request names."""
    held = material.case.coverage
    subject = (
        "the patient" if held.relationship == "self" else f"the patient as {held.relationship}"
    )
    text = (
        f"The coverage of {clean(held.payer.name)} is named for {subject}; no other coverage"
        " is named in this request, and whether there is one is not claimed here."
    )
    return [_member(material), Line(text, "decision")]


def duplicate(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell what sets this request apart: its order, service, days and numbers."""
    case = material.case
    lines = [
        Line(f"The order was written on {case.order.authored_on.isoformat()}.", "case"),
        *(Line(f"Requested: {service(line, case)}.", "case") for line in case.service_lines),
        Line(f"Our number of this request is {clean(case.id)}.", "case"),
    ]
    notes = by_source(material.chart.notes)
    done = [entry(fact, notes) for fact in _done(material)[:2]]
    if done:
        text = "The same service stands in the record on another day, which this request is not:"
        first, *rest = done
        lines += [Line(f"{text} {first.text}", "decision", first.citations), *rest]
    return [*lines, Line(NOT_SHOWN, "decision")]


def providers(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell who asks and who is to perform, with their numbers."""
    case = material.case
    lines = [Line(f"The request was made by {provider(case.requester)}.", "case")]
    if case.performer:
        text = f"The service is to be performed by {provider(case.performer)}."
        lines.append(Line(text, "case"))
    return [*lines, Line(NOT_SHOWN, "decision")]


def authorization(
    material: Material, dispute: Dispute, ground: Ground, before: Sequence[Line]
) -> list[Line]:
    """Tell the authorization number and the numbers by which the request can be found."""
    number = material.case.authorization_number or dispute.decision.authorization_number
    text = (
        f"The request refers to authorization number {clean(number)}."
        if number
        else "No authorization number stands in the request, and none is claimed here."
    )
    lines = [Line(text, "decision")]
    if known := dispute.references:
        lines.append(Line(f"The request can be found under {listed(list(known))}.", "decision"))
    return [*lines, *_days(material), Line(NOT_SHOWN, "decision")]


def _member(material: Material) -> Line:
    held = material.case.coverage
    group = f", group {clean(held.group_number)}" if held.group_number else ""
    plan = f", {clean(held.plan_name)}" if held.plan_name else ""
    return Line(f"The request names member {clean(held.member_id)}{group}{plan}.", "case")


def _days(material: Material) -> list[Line]:
    case = material.case
    return [
        Line(f"The date of service requested is {line.start.isoformat()}.", "case")
        for line in case.service_lines
        if line.start
    ][:1]


def _done(material: Material) -> list[Fact]:
    """List when the record has the requested codes done before, the newest first."""
    codes = {line.code for line in material.case.service_lines}
    asked = {line.start for line in material.case.service_lines}
    notes = by_source(material.chart.notes)
    found = [
        fact
        for fact in material.facts
        if fact.kind == "procedure"
        and codes & {c.code for c in fact.codes}
        and day(fact, notes) not in {None, *asked}
    ]
    return sorted(found, key=lambda f: str(day(f, notes)), reverse=True)
