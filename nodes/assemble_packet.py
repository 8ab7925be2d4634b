"""Put together what a clinician will attest."""

from collections.abc import Callable

from pydantic import Field

from nodes import signing
from nodes.assessment import Assessment
from nodes.audit import Sha256, digest
from nodes.case import Case
from nodes.chart import Chart, HardStop
from nodes.errors import NodeError
from nodes.gates import belonging, derived, edi, remaking
from nodes.gates.seal import seal
from nodes.node import Request, Response
from nodes.packet import Base64, FilledForm, FormInputs, FormUpload, Packet, Transaction
from nodes.pdf.supply import chosen
from nodes.pdf.supply import form as find_form
from nodes.pdf.template import Template
from nodes.policy.library import Library, installed
from nodes.principal import Principal
from nodes.prose import Summary


class AssemblePacketRequest(Request):
    """All parts of one request, as drafted."""

    case: Case
    chart: Chart
    assessment: Assessment
    summary: Summary
    form: FilledForm
    form_pdf_base64: Base64 | None = Field(
        default=None, description="The issuer's PDF, where fill-form was sent it along"
    )
    form_upload: FormUpload | None = Field(
        default=None, description="The form and mapping, where fill-form was given them"
    )
    transaction: Transaction
    attempt: int = Field(default=1, ge=1, le=99)
    hard_stops: tuple[HardStop, ...] = Field(
        default=(), description="Beside the chart's own, which count even when not given here"
    )


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
    library: Callable[[], Library] = installed,
    templates: Callable[..., Template] = find_form,
) -> AssemblePacketResponse:
    """Assemble the packet a clinician attests, check that its parts belong together, and seal it.

    All parts are made again from case and chart and compared: the assessment by the policy's
    rules, the form from its template to the last byte, the 278 with the trace number of sender,
    case and attempt. The summary's sentences must be supported by what they cite. What differs,
    a blank required field, another patient's chart, a truncated search or what stopped the chart
    is a hard stop: the packet can be read but not attested. What the form was made of is kept, for
    a reviewer's edits: facts it shows, never notes, and a form that came along. Its identity is
    the SHA-256 of its canonical JSON. The seal lets attest refuse the drafter.
    """
    packet = Packet(
        case=request.case,
        attempt=request.attempt,
        assessment=request.assessment,
        summary=request.summary,
        form=request.form,
        form_inputs=_inputs(request, templates),
        transaction=request.transaction,
        exhibits=belonging.exhibits(request.chart, request.assessment, request.summary),
        hard_stops=_stops(request, library(), templates),
        drafted_by=principal.subject,
    )
    identity = digest(packet)
    return AssemblePacketResponse(
        packet=packet,
        packet_sha256=identity,
        draft_seal=seal(identity, principal.subject, key),
    )


def _stops(
    request: AssemblePacketRequest, library: Library, templates: Callable[..., Template]
) -> tuple[HardStop, ...]:
    case, chart, transaction = request.case, request.chart, request.transaction
    assessment, summary, form = request.assessment, request.summary, request.form
    sent, upload = request.form_pdf_base64, request.form_upload

    def found(name: str) -> Template:
        return chosen(name, sent, upload, templates)

    stops = (
        *chart.hard_stops,
        *request.hard_stops,
        *belonging.of_its_sources(case, chart, assessment, summary),
        *derived.of_the_policy(case, chart, assessment, library),
        *derived.of_the_statements(case, chart, assessment, summary),
        *belonging.of_what_is_sent(case, summary, form, transaction),
        *derived.of_the_form(case, assessment, summary, form, found, chart),
        *edi.another_attempt(case, request.attempt, transaction),
    )
    return tuple(dict.fromkeys(stops))


def _inputs(
    request: AssemblePacketRequest, templates: Callable[..., Template]
) -> FormInputs | None:
    """Keep what makes the form again; of a form that cannot be made, a hard stop tells."""
    sent, upload, form = request.form_pdf_base64, request.form_upload, request.form
    try:
        template = chosen(form.template, sent, upload, templates)
    except NodeError:
        return None
    return remaking.inputs(
        template,
        request.case,
        request.summary,
        request.assessment,
        request.chart,
        form,
        sent,
        upload,
    )
