"""Validating a request as written, and whose fault it is: every finding goes to a case field."""

from collections.abc import Iterator
from dataclasses import replace

from nodes.errors import Complaint, IncompleteCase
from nodes.x12.finding import Finding
from nodes.x12.payer.companions import Companion
from nodes.x12.requesting.sheet import Given
from nodes.x12.requesting.writing import Address, Line, Written
from nodes.x12.uses import value
from nodes.x12.validating.validate import validate
from nodes.x12.validating.verdict import Validated

ENVELOPE = 2  # ISA and GS stand before ST, which is segment 1 of its set


def checked(written: Written, payer: Companion, address: Address | None = None) -> Validated:
    """Validate an interchange by its guide's table, the rules, and the payer's profile.

    What the profile says of addresses holds unless the caller sends it elsewhere. An error raises
    IncompleteCase with one complaint for each case field it comes from: what the table allows a
    single field can still be wrong beside another.
    """
    validated = validate(
        written.edi, companion=addressed_there(payer, address) if address else payer
    )
    complaints = [
        Complaint(pointer(finding, written.lines), finding.words)
        for finding in validated.findings
        if finding.severity == "error"
    ]
    if complaints:
        raise IncompleteCase(
            "the 278 of this case would not be valid", list(dict.fromkeys(complaints))
        )
    return validated


def addressed_there(payer: Companion, address: Address) -> Companion:
    """The payer's profile, without its addresses where the caller gave others."""
    known = payer.profile.addresses
    agreed = known and (
        known.sender_qualifier in (None, address.sender_qualifier)
        and known.receiver_qualifier in (None, address.receiver_qualifier)
        and known.receiver in (None, address.receiver)
    )
    if agreed:
        return payer
    return replace(payer, profile=payer.profile.model_copy(update={"addresses": None}))


def pointer(finding: Finding, lines: tuple[tuple[Line, str], ...]) -> str:
    """The place in the request that a finding comes from."""
    if finding.rule == "companion.usage":
        return "/envelope/usage"
    if finding.segment is None:
        return "/envelope" if finding.segment_id in {"ISA", "GS"} else "/case"
    line, _ = lines[finding.segment - 1 + ENVELOPE]
    return next((found.pointer for found in given(finding, line)), "/case")


def given(finding: Finding, line: Line) -> Iterator[Given]:
    """Texts of the case in a line, the one that a finding is about first."""
    if finding.element:
        place = f"{finding.element}-{finding.component or 1}"
        found = value(line.elements, place)
        if isinstance(found, Given):
            yield found
    for text in line.texts:
        if isinstance(text, Given):
            yield text
