"""Whether an X12 278 request says what its case says."""

from collections.abc import Iterator

from nodes.case import Case
from nodes.errors import UnreadableDocument
from nodes.packet import Transaction
from nodes.x12.characters import fold
from nodes.x12.envelope import TransactionSet, read
from nodes.x12.segments import Segment


def misfits(transaction: Transaction, case: Case) -> Iterator[str]:
    """Say where an interchange and its case, or its own numbers, do not fit.

    Only one whole interchange with one 278 request passes, and no fault of it is tolerated.
    """
    try:
        interchanges = read(transaction.edi).require(strict=True).interchanges
    except UnreadableDocument:
        yield "the EDI is not a whole X12 interchange"
        return
    sets = [item for interchange in interchanges for item in interchange.sets]
    if len(interchanges) != 1 or [item.kind for item in sets] != ["278"]:
        yield "the EDI is not one 278 request"
        return
    if interchanges[0].header.get(13) != transaction.control_number:
        yield "the EDI's control number (ISA13) is another"
    if _values(sets[0], "BHT", 3) != {transaction.trace_number}:
        yield "the EDI's reference (BHT03) is not the trace number"
    if transaction.trace_number not in _values(sets[0], "TRN", 2):
        yield "the EDI has no TRN02 with the trace number"
    yield from _other_person(sets[0], case)
    yield from _other_service(sets[0], case)


def _other_person(request: TransactionSet, case: Case) -> Iterator[str]:
    holders = [line for line in _named(request, "NM1") if line.get(1) == "IL"]
    dependents = [line for line in _named(request, "NM1") if line.get(1) == "QC"]
    name = case.patient.name
    if [(line.get(3), line.get(4)) for line in dependents or holders] != [
        (fold(name.family), fold(name.given))
    ]:
        yield "the EDI does not name the case's patient (NM103, NM104)"
    if [line.get(9) for line in holders] != [fold(case.coverage.member_id)]:
        yield "the EDI's member id (NM109) is not the case's"
    if f"{case.patient.birth_date:%Y%m%d}" not in _values(request, "DMG", 2):
        yield "the EDI does not have the patient's birth date (DMG02)"


def _other_service(request: TransactionSet, case: Case) -> Iterator[str]:
    asked = [
        *(line.part(1, 2) for line in _named(request, "SV1")),
        *(line.part(2, 2) or line.get(1) for line in _named(request, "SV2")),
    ]
    wanted = [s.code.zfill(4) for s in case.service_lines]
    if sorted(asked) != sorted(wanted):
        yield "the EDI does not ask for the services of the case (SV1, SV2)"
    given = [
        line.part(place, 2)
        for line in _named(request, "HI")
        for place in range(1, len(line.elements))
    ]
    if given != [diagnosis.code.replace(".", "") for diagnosis in case.diagnoses]:
        yield "the EDI does not carry the diagnoses of the case (HI)"


def _named(request: TransactionSet, name: str) -> list[Segment]:
    return [line for line in request.segments if line.id == name]


def _values(request: TransactionSet, name: str, place: int) -> set[str]:
    return {line.get(place) for line in _named(request, name)}
