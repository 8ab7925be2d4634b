"""What a 277 says of one claim, service or submission, gathered while it is read."""

from datetime import date
from typing import NamedTuple

from nodes.x12.built import Fields, blank
from nodes.x12.guide import positions
from nodes.x12.reviewing.review import Number
from nodes.x12.segments import Separators
from nodes.x12.status_277.status import Destination, Kind, Paper, StatusCode, StatusItem
from nodes.x12.status_277.statuses import Statuses
from nodes.x12.values import day, quantity

ITEM = blank(StatusItem)
INHERITED = (
    "trace_number", "payer_control_number", "patient_control_number", "due", "contact", "send_to",
)  # fmt: skip


def place(segment: str, name: str) -> int:
    """Where a value stands, by the dictionary."""
    return positions(segment)[name][0]


class Composite(NamedTuple):
    """A status without its date and amounts, whether it was wholly known, and its document."""

    fields: Fields
    whole: bool
    document: str | None


class Terms:
    """How the document at hand writes its values, and our words for its codes."""

    __slots__ = ("component", "composites", "days", "lists")

    def __init__(self, lists: Statuses) -> None:
        """Take the lists to word codes by."""
        self.lists = lists
        self.days: dict[str, date] = {}
        self.begin(Separators().component)

    def begin(self, component: str) -> None:
        """An interchange begins, with its own separator."""
        self.component = component
        self.composites: dict[str, Composite] = {}

    def day(self, text: str) -> date | None:
        """CCYYMMDD; days met before are remembered."""
        known = self.days.get(text)
        if known is None:
            known = day(text)
            if known:
                self.days[text] = known
        return known

    def on(self, text: str, fields: Fields, name: str) -> bool:
        """Keep a day if there is one; false where it is none."""
        if text:
            fields[name] = found = self.day(text)
            return found is not None
        return True


class Entry:
    """What statuses are about, and the statuses.

    ``first`` and ``stop`` are where its segments are among those of the level; 0 is the end.
    """

    __slots__ = (
        "address", "claim", "codes", "documents", "fields", "first", "kind", "messages", "numbers",
        "papers", "stop", "totals",
    )  # fmt: skip

    def __init__(self, kind: Kind, first: int, claim: "Entry | None" = None) -> None:
        """Begin; a service belongs to a claim."""
        self.kind, self.first, self.stop, self.claim = kind, first, 0, claim
        self.fields = fields = ITEM.copy()
        fields["level"] = kind
        self.codes: list[StatusCode] = []
        self.numbers: list[Number] = []
        self.documents: list[str] = []
        self.messages: list[str] = []
        self.papers: list[Paper] = []
        self.address: Fields | None = None
        self.totals: Fields | None = None

    def close(self) -> Fields:
        """The fields of an item, but for who it is about and what counts."""
        fields, claim = self.fields, self.claim
        fields["statuses"] = tuple(self.codes)
        if self.numbers:
            fields["numbers"] = tuple(self.numbers)
        if self.messages:
            fields["messages"] = tuple(self.messages)
        if self.documents:
            fields["documents"] = tuple(dict.fromkeys(self.documents))
        if self.papers:
            fields["papers"] = tuple(self.papers)
        if self.address:
            fields["send_to"] = Destination(**self.address)
        if claim is not None:
            for name in INHERITED:
                fields[name] = fields[name] or claim.fields[name]
        return fields


def amount(text: str, fields: Fields, name: str) -> bool:
    """Keep an amount or count if there is one; false where it is no number."""
    if text:
        fields[name] = found = quantity(text)
        return found is not None
    return True
