"""What was read from one announcement, before it is held against what is known."""

from dataclasses import dataclass, field

from nodes.ehr.arriving.order import Lookup, NewDocument, OrderReference
from nodes.errors import Complaint, UnreadableDocument

Json = dict[str, object]


@dataclass
class Arrival:
    """The orders of an announcement, what has to be asked for, and what the sender wants back."""

    orders: list[OrderReference] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)
    documents: list[NewDocument] = field(default_factory=list)
    nothing: str | None = None
    hook: str | None = None
    secret_token: str | None = None
    warnings: list[str] = field(default_factory=list)


def lacking(complaints: list[Complaint]) -> UnreadableDocument:
    """Say what an announcement lacks, by place; never what stands there."""
    return UnreadableDocument("the announcement lacks what an order reference needs", complaints)
