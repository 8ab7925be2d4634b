"""Put together what a clinician will attest."""

from pydantic import Field

from nodes.assessment import Assessment
from nodes.audit import Sha256
from nodes.case import Case
from nodes.chart import Chart, HardStop
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
    request: AssemblePacketRequest, *, principal: Principal
) -> AssemblePacketResponse:
    """Assemble the packet a clinician attests, check that its parts belong together, and seal it.

    Stub.
    """
    raise NotImplementedError
