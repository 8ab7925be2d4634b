"""Write the gates' examples again from the examples of the nodes before them.

``python -m tests.gate_examples`` after those changed: signatures are random, so the files are
written once and compared without them.
"""

from nodes.assemble_packet import AssemblePacketRequest
from nodes.attest import AttestRequest
from nodes.build_278 import Build278Request, build_278
from nodes.catalog import NODES
from nodes.check_policy import CheckPolicyResponse
from nodes.fetch_chart import FetchChartResponse
from nodes.fill_form import FillFormRequest, fill_form
from nodes.submit_request import SubmitRequestRequest
from nodes.summarize import SummarizeResponse
from nodes.verify_attestation import VerifyAttestationRequest
from tests import gates, world
from tests.server.review_world import CREATED, ENVELOPE


def read(model, module):
    return model.model_validate_json((gates.EXAMPLES / f"{module}.response.json").read_text())


def write(module, request):
    """Write a request and what the node answers to it."""
    response = NODES[module.replace("_", "-")].function(
        request, **getattr(world, f"for_{module}")()
    )
    for side, model in (("request", request), ("response", response)):
        text = model.model_dump_json(indent=2, exclude={"audit"}, exclude_defaults=False)
        (gates.EXAMPLES / f"{module}.{side}.json").write_text(text + "\n", encoding="utf-8")
    return response


def main():
    fetched = read(FetchChartResponse, "fetch_chart")
    parts = {
        "case": fetched.case,
        "assessment": read(CheckPolicyResponse, "check_policy").assessment,
        "summary": read(SummarizeResponse, "summarize").summary,
    }
    built = build_278(Build278Request(case=fetched.case, envelope=ENVELOPE, created_at=CREATED))
    whole = write(
        "assemble_packet",
        AssemblePacketRequest(
            **parts,
            chart=fetched.chart,
            form=fill_form(FillFormRequest(**parts)).form,
            transaction=built.transaction,
            hard_stops=fetched.hard_stops,
        ),
    )
    assert whole.packet.hard_stops == (), whole.packet.hard_stops
    word = write(
        "attest",
        AttestRequest(
            packet=whole.packet,
            draft_seal=whole.draft_seal,
            statement=(
                "I have read this request and the records it cites; it is accurate and the"
                " service is medically necessary for this patient."
            ),
        ),
    ).attestation
    write("verify_attestation", VerifyAttestationRequest(packet=whole.packet, attestation=word))
    write(
        "submit_request",
        SubmitRequestRequest(packet=whole.packet, attestation=word, channel="sandbox-payer"),
    )


if __name__ == "__main__":
    main()
