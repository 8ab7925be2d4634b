"""Who sends to whom: what the caller says, else what the payer's profile says."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from nodes.audit import Model
from nodes.errors import Complaint, IncompleteCase
from nodes.x12.payer.companion import Addresses, Profile
from nodes.x12.requesting.request import PARTY, QUALIFIER
from nodes.x12.requesting.writing import Address

Id15 = Annotated[str, StringConstraints(pattern=PARTY)]
Agreed = Annotated[str, StringConstraints(pattern=QUALIFIER)]


class Envelope(Model):
    """Who sends to whom, as agreed with the clearinghouse or payer.

    What is not given is taken from the payer's profile; qualifiers known nowhere are ZZ.
    """

    sender_qualifier: Agreed | None = Field(default=None, description="ISA05")
    sender: Id15 = Field(description="ISA06 and GS02")
    receiver_qualifier: Agreed | None = Field(default=None, description="ISA07")
    receiver: Id15 | None = Field(
        default=None, description="ISA08 and GS03; none: as the payer's profile has it"
    )
    usage: Literal["test", "production"] = "test"


def addressed(envelope: Envelope, profile: Profile, created: datetime, control: str) -> Address:
    """The address of an interchange; IncompleteCase when nobody says who receives it."""
    known = profile.addresses or Addresses(source="none")
    receiver = envelope.receiver or known.receiver
    if receiver is None:
        raise IncompleteCase(
            "who receives the interchange is not known",
            [Complaint("/envelope/receiver", "the payer's profile does not say it: give it here")],
        )
    return Address(
        envelope.sender_qualifier or known.sender_qualifier or "ZZ",
        envelope.sender,
        envelope.receiver_qualifier or known.receiver_qualifier or "ZZ",
        receiver,
        envelope.usage == "production",
        created,
        control,
        known.group_sender,
        known.group_receiver if receiver == known.receiver else None,
    )
