"""Whether an X12 278 request is what its case makes: it is written again and compared."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from nodes.case import Case
from nodes.chart import HardStop
from nodes.errors import IncompleteCase, UnreadableDocument
from nodes.packet import Transaction
from nodes.x12.numbers import trace_number
from nodes.x12.payer.companion import Profile
from nodes.x12.payer.companions import Companion, Library, library
from nodes.x12.reading.envelope import Interchange, TransactionSet, read
from nodes.x12.requesting.request import PARTY, QUALIFIER, Request, write
from nodes.x12.requesting.writing import Address, Line

TEXT, TRACE = "/transaction/edi", "/transaction/trace_number"
MEND = "run build-278 again for this case"


def misfits(
    case: Case, transaction: Transaction, profiles: Callable[[], Library] = library
) -> Iterator[HardStop]:
    """Find where an EDI is not byte for byte what build-278 writes for the case and its trace.

    Only the addresses, the time, ISA13 and the message to the payer are taken from the EDI, and
    the name of the payer's profile from the transaction: it must be as it was then.
    """
    payer = _payer(case, transaction, profiles())
    if transaction.payer_profile not in (None, payer.used):
        yield _stop(f"the payer's profile is another by now: {MEND}", "/transaction/payer_profile")
        return
    try:
        found = _interchange(transaction.edi)
        again = _again(found, case, transaction, payer.profile).written.edi
    except UnreadableDocument:
        yield _stop(f"the EDI is not one whole 278 request: {MEND}", TEXT)
    except IncompleteCase:
        yield _stop(f"the case cannot make a valid 278 request: mend it, then {MEND}", TEXT)
    else:
        if found.header.get(13) != transaction.control_number:
            yield _stop(
                f"the EDI's control number (ISA13) is another: {MEND}",
                "/transaction/control_number",
            )
        if again != transaction.edi:
            yield _stop(f"{_difference(found, again)}: {MEND}", TEXT)


def another_attempt(case: Case, attempt: int, transaction: Transaction) -> Iterator[HardStop]:
    """Find a trace number that is not derived from sender, case, attempt and certification."""
    try:
        sender = _interchange(transaction.edi).header.get(6).strip()
    except UnreadableDocument:
        return
    if transaction.trace_number != trace_number(sender, case.id, attempt, case.certification):
        yield _stop(
            "the trace number is not this attempt's: build-278 was run with another attempt,"
            " for another case or another certification",
            TRACE,
        )


def words(
    case: Case, transaction: Transaction, profiles: Callable[[], Library] = library
) -> tuple[Line, ...]:
    """Say in our words what an EDI says; nothing when it is not what its case makes."""
    if any(misfits(case, transaction, profiles)):
        return ()
    profile = _payer(case, transaction, profiles()).profile
    again = _again(_interchange(transaction.edi), case, transaction, profile)
    return tuple(line for line, _ in again.written.lines)


def _payer(case: Case, transaction: Transaction, known: Library) -> Companion:
    """The profile the transaction names, else the one for the payer's id."""
    named = transaction.payer_profile
    found = known.by_id.get(named.id) if named else None
    return found or known.find(case.coverage.payer.id)


def _again(found: Interchange, case: Case, transaction: Transaction, profile: Profile) -> Request:
    message = _message(found.sets[0])
    return write(case, transaction.trace_number, _address(found), message, profile)


def _interchange(edi: str) -> Interchange:
    document = read(edi).require(strict=True)
    if len(document.interchanges) != 1 or [item.kind for item in document.sets] != ["278"]:
        raise UnreadableDocument("this is not one 278 request")
    return document.interchanges[0]


def _address(found: Interchange) -> Address:
    header, group = found.header, found.sets[0].group
    address = Address(
        header.get(5),
        header.get(6).strip(),
        header.get(7),
        header.get(8).strip(),
        header.get(15) == "P",
        _moment(group.get(4) + group.get(5)),
        header.get(13),
        group.get(2),
        group.get(3),
    )
    named = all(re.fullmatch(PARTY, one) for one in address.named)
    qualifiers = (address.sender_qualifier, address.receiver_qualifier)
    if not named or not all(re.fullmatch(QUALIFIER, one) for one in qualifiers):
        raise UnreadableDocument("the addresses are not such as are agreed with a payer")
    return address


def _moment(digits: str) -> datetime:
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M")
    except ValueError:
        raise UnreadableDocument("GS04 and GS05 are not a time") from None


def _message(request: TransactionSet) -> str | None:
    """Find the free text of the event: the MSG before the first service."""
    for line in request.segments:
        if line.id == "HL" and line.get(3) == "SS":
            return None
        if line.id == "MSG":
            return line.get(1)
    return None


def _difference(found: Interchange, again: str) -> str:
    """Name the first segment that differs, without its values."""
    wanted = [line.elements for line in read(again).sets[0].segments]
    for place, line in enumerate(found.sets[0].segments):
        if line.elements != (wanted[place] if place < len(wanted) else None):
            return f"segment {place + 1} ({line.id}) of the EDI is not what the case makes"
    return "the EDI is not what the case makes"


def _stop(detail: str, pointer: str) -> HardStop:
    return HardStop(code="inconsistent_packet", detail=detail, pointer=pointer)
