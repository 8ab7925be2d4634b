"""Every node, in the order a prior authorization meets them, and the roles that may run it."""

from nodes.assemble_packet import assemble_packet
from nodes.attest import attest
from nodes.build_278 import build_278
from nodes.build_278_inquiry import build_278_inquiry
from nodes.build_acknowledgment import build_acknowledgment
from nodes.check_policy import check_policy
from nodes.check_requirement import check_requirement
from nodes.draft_appeal import draft_appeal
from nodes.draft_follow_up import draft_follow_up
from nodes.draft_patient_message import draft_patient_message
from nodes.draft_peer_to_peer import draft_peer_to_peer
from nodes.extract_entities import extract_entities
from nodes.fetch_chart import fetch_chart
from nodes.fill_form import fill_form
from nodes.find_orders import find_orders
from nodes.find_patient import find_patient
from nodes.inspect_form import inspect_form
from nodes.node import Node
from nodes.parse_275 import parse_275
from nodes.parse_277 import parse_277
from nodes.parse_278 import parse_278
from nodes.parse_acknowledgment import parse_acknowledgment
from nodes.predict_denial import predict_denial
from nodes.principal import Role
from nodes.read_denial import read_denial
from nodes.read_document import read_document
from nodes.read_order import read_order
from nodes.receive_order import receive_order
from nodes.render_letter import render_letter
from nodes.send_inquiry import send_inquiry
from nodes.submit_request import submit_request
from nodes.suggest_codes import suggest_codes
from nodes.summarize import summarize
from nodes.validate_x12 import validate_x12
from nodes.verify_attestation import verify_attestation
from nodes.write_back import write_back

DRAFT: frozenset[Role] = frozenset({"preparer"})
REVIEW: frozenset[Role] = frozenset({"reviewer"})
SUBMIT: frozenset[Role] = frozenset({"submitter"})
READ: frozenset[Role] = frozenset({"preparer", "submitter"})
CHECK: frozenset[Role] = frozenset({"preparer", "reviewer", "submitter", "auditor"})

NODES = {
    node.name: node
    for node in (
        Node(receive_order, DRAFT),
        Node(find_orders, DRAFT),
        Node(read_document, DRAFT),
        Node(read_order, DRAFT),
        Node(find_patient, DRAFT),
        Node(fetch_chart, DRAFT),
        Node(extract_entities, DRAFT),
        Node(suggest_codes, DRAFT),
        Node(check_requirement, DRAFT),
        Node(check_policy, DRAFT),
        Node(predict_denial, DRAFT),
        Node(summarize, DRAFT),
        Node(inspect_form, DRAFT),
        Node(fill_form, DRAFT),
        Node(build_278, DRAFT),
        Node(validate_x12, CHECK),
        Node(assemble_packet, DRAFT),
        Node(attest, REVIEW),
        Node(verify_attestation, CHECK),
        Node(submit_request, SUBMIT),
        Node(parse_acknowledgment, READ),
        Node(parse_278, READ),
        Node(build_278_inquiry, READ),
        Node(send_inquiry, SUBMIT),
        Node(parse_277, READ),
        Node(parse_275, READ),
        Node(build_acknowledgment, SUBMIT),
        Node(draft_follow_up, DRAFT),
        Node(read_denial, DRAFT),
        Node(draft_peer_to_peer, DRAFT),
        Node(draft_appeal, DRAFT),
        Node(render_letter, DRAFT),
        Node(draft_patient_message, DRAFT),
        Node(write_back, SUBMIT),
    )
}
