"""What was read from one announcement, before it is held against what is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nodes.ehr.arriving.order import Lookup, NewDocument, OrderReference
from nodes.errors import Complaint, NodeError, Refused, UnreadableDocument

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
    bad: list[NodeError] = field(default_factory=list)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read one of several: what is wrong with it holds up no other."""
        try:
            yield
        except (Refused, UnreadableDocument) as error:
            self.bad.append(error)

    def settled(self) -> "Arrival":
        """Warn of what could not be read; where nothing else could, raise it."""
        complaints = [one for error in self.bad for one in error.complaints]
        if self.bad and not (self.orders or self.documents):
            worst = next((one for one in self.bad if isinstance(one, Refused)), self.bad[0])
            raise type(worst)(str(worst), complaints)
        self.warnings += [f"{one.pointer}: {one.detail}; left out" for one in complaints]
        return self


def lacking(complaints: list[Complaint]) -> UnreadableDocument:
    """Say what an announcement lacks, by place; never what stands there."""
    return UnreadableDocument("the announcement lacks what an order reference needs", complaints)
