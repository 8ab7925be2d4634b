"""A packet under review: what the reviewer sees, whether it can be approved, what is decided."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from nodes import signing
from nodes.audit import digest
from nodes.errors import IncompleteCase, NodeError, Refused
from nodes.gates import edi
from nodes.gates.seal import drafter
from nodes.principal import Principal
from nodes.suspicion.found import MARK
from server.review import views
from server.review.cases import Handed
from server.review.form_words import FormWords
from server.review.revise import STATEMENT, Draft, attested, edits_of, revise

WORDLESS = (
    "The 278 cannot be shown in words: it is not what the case makes. Send the case back; the"
    " request has to be written again."
)


class Changed(Exception):
    """The workflow's packet is not the one the reviewer saw."""


class Unread(Exception):
    """What would be decided is not what the reviewer saw; the message says what to do."""


class Reading:
    """One packet in front of one reviewer, with their edits so far."""

    statement = STATEMENT

    def __init__(
        self,
        handed: Handed,
        reviewer: Principal,
        key: signing.KeySource,
        given: Mapping[str, str] | None = None,
    ) -> None:
        """Apply the edits given; a seal that does not fit leaves the packet to be read only."""
        self.handed, self.reviewer, self.key = handed, reviewer, key
        self.original = digest(handed.packet)
        self.given = given or {}
        try:
            self.edits = edits_of(handed.packet.summary, self.given)
        except ValidationError:
            raise IncompleteCase(
                "a sentence holds a character that cannot be seen: type that sentence again"
            ) from None

    @cached_property
    def seal_fault(self) -> str | None:
        """Why the packet cannot be trusted to be what was drafted."""
        try:
            drafter(self.handed.draft_seal, self.original, self.key)
        except NodeError as error:
            return f"{error}"
        return None

    @cached_property
    def draft(self) -> Draft:
        """The packet with the edits, sealed again."""
        if self.seal_fault:
            return Draft(self.handed.packet, self.original, "", (), None)
        return revise(self.handed, self.edits, self.reviewer, self.key)

    @cached_property
    def obstacles(self) -> list[str]:
        """Why this reviewer cannot approve this packet; none: they can."""
        found = [stop.detail for stop in self.draft.packet.hard_stops]
        if self.seal_fault:
            found.append(self.seal_fault)
        if self.draft.packet.drafted_by == self.reviewer.subject:
            found.append("You had this packet drafted: another reviewer has to attest it.")
        if not self.segments:
            found.append(WORDLESS)
        return found

    @cached_property
    def suspicions(self) -> list[str]:
        """Sources that hold words addressed to software, which were not used: to be looked at."""
        return [w for w in self.handed.packet.assessment.warnings if w.startswith(MARK)]

    @cached_property
    def quotes(self) -> views.Quotes:
        """All words cited, numbered."""
        return views.Quotes(self.handed.packet)

    @cached_property
    def criteria(self) -> list[views.Branch]:
        """The policy's tree."""
        return views.tree(self.handed.packet.assessment.criteria)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of each criterion."""
        return {one.id: one.text for one in self.handed.packet.assessment.criteria}

    @cached_property
    def segments(self) -> tuple[Any, ...]:
        """The 278 in our words."""
        packet = self.handed.packet
        return edi.words(packet.case, packet.transaction)

    @cached_property
    def form_words(self) -> FormWords:
        """What the form's report says, of the form as it is with the edits."""
        return FormWords(self.draft.packet.form)

    @property
    def after(self) -> dict[str, str]:
        """The reviewer's words by sentence."""
        return {edit.sentence: edit.after for edit in self.edits}

    pieces = staticmethod(views.pieces)
    difference = staticmethod(views.difference)
    lines = staticmethod(views.lines)
    age = staticmethod(views.age)

    @property
    def changed_fields(self) -> list[Any]:
        """The form's fields that the edits changed."""
        return views.changed_fields(self.handed.packet, self.draft.packet)


def told(view: Reading, decision: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Make what the workflow is told; Changed or Unread when it is not what was seen."""
    if given.get("original") != view.original:
        raise Changed
    reason = " ".join(given.get("reason", "").split())
    if decision == "approved":
        return approved(view, given)
    if decision not in ("sent_back", "declined"):
        raise Unread("Choose what to do: approve, send back or decline.")
    if not reason:
        raise Unread("Say why: who gets the case back needs the reason.")
    return _told(view, decision, reason) | {
        "packet": view.handed.packet.model_dump(mode="json"),
        "packet_sha256": view.original,
        "attestation": None,
        "audit": [],
    }


def approved(view: Reading, given: Mapping[str, str]) -> dict[str, Any]:
    """Attest the packet that was seen."""
    if given.get("seen") != view.draft.sha256:
        raise Unread(
            "You changed sentences after this packet was put together. It is now as you changed"
            " it: read it once more, then approve."
        )
    if view.seal_fault:
        raise Refused(view.seal_fault)
    if not view.segments:
        raise Refused(WORDLESS)
    word, audit = attested(view.draft, view.reviewer, view.key)
    return _told(view, "approved", None) | {
        "packet": view.draft.packet.model_dump(mode="json"),
        "packet_sha256": view.draft.sha256,
        "attestation": word.model_dump(mode="json"),
        "audit": list(audit),
    }


def _told(view: Reading, decision: str, reason: str | None) -> dict[str, Any]:
    return {
        "case_id": view.handed.case_id,
        "decision": decision,
        "reason": reason,
        "by": view.reviewer.subject,
        "by_name": view.reviewer.name,
    }
