"""Put together what a clinician will attest."""

from pydantic import Field

from nodes import signing
from nodes.assessment import Assessment
from nodes.audit import Sha256, digest
from nodes.case import Case
from nodes.chart import Chart, HardStop
from nodes.gates import belonging
from nodes.gates.seal import seal
from nodes.node import Request, Response
from nodes.packet import FilledForm, Packet, Transaction
from nodes.principal import Principal
from nodes.prose import Summary


class AssemblePacketRequest(Request):
    """All parts of one request, as drafted."""

    case: Case
    chart: Chart
    assessment: Assessment
    summary: Summary
    form: FilledForm
    transaction: Transaction
    attempt: int = Field(default=1, ge=1, le=99)
    hard_stops: tuple[HardStop, ...] = Field(default=(), description="As fetch-chart reported them")


class AssemblePacketResponse(Response):
    """The packet, its identity and the seal that says who had it drafted."""

    packet: Packet
    packet_sha256: Sha256
    draft_seal: str = Field(description="JWS of the server over the packet's hash and drafter")


def assemble_packet(
    request: AssemblePacketRequest,
    *,
    principal: Principal,
    key: signing.KeySource = signing.configured,
) -> AssemblePacketResponse:
    """Assemble the packet a clinician attests, check that its parts belong together, and seal it.

    What does not fit (a blank required field, a hash, a number or name in the EDI, a citation of
    something that the chart does not say, another patient's chart, a truncated search) becomes a
    hard stop in the packet, beside those given: the packet can then be read but not attested.
    Its identity is the SHA-256 of its canonical JSON. The seal lets attest refuse the drafter.
    """
    packet = Packet(
        case=request.case,
        attempt=request.attempt,
        assessment=request.assessment,
        summary=request.summary,
        form=request.form,
        transaction=request.transaction,
        exhibits=belonging.exhibits(request.chart, request.assessment, request.summary),
        hard_stops=_stops(request),
        drafted_by=principal.subject,
    )
    identity = digest(packet)
    return AssemblePacketResponse(
        packet=packet,
        packet_sha256=identity,
        draft_seal=seal(identity, principal.subject, key),
    )


def _stops(request: AssemblePacketRequest) -> tuple[HardStop, ...]:
    found = (
        *request.hard_stops,
        *belonging.of_its_sources(request.case, request.chart, request.assessment, request.summary),
        *belonging.of_what_is_sent(
            request.case, request.summary, request.form, request.transaction
        ),
    )
    return tuple(dict.fromkeys(found))
