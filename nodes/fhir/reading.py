"""What a resource says before there is a reason to keep it: its words are made when asked for."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import Any, Required, TypedDict

from nodes.chart import Coding, Course, Fact, FactKind, Quantity
from nodes.fhir import codes, tree
from nodes.fhir.tree import Resource, Unreadable
from nodes.fhir.when import NEVER, Period

QUOTE = 2000
NEGATING = frozenset(
    {"doNotPerform", "notDone", "notGiven", "wasNotGiven", "wasNotTaken", "prohibited"}
)
DENIED = {
    "not-done": "Not done: ",
    "not-taken": "Not taken: ",
    "refuted": "Refuted: ",
    "cancelled": "Cancelled: ",
    "revoked": "Revoked: ",
}
REASONS = frozenset({"reasonCode", "reasonReference", "reason"})
Said = Iterable[str | None]


class More(TypedDict, total=False):
    """What a fact holds besides its words, made only for what is kept."""

    value: Quantity | None
    value_text: str | None
    course: Course | None
    body_site: str | None
    author: Required[str | None]


class Reading:
    """What a resource says; a Fact as soon as there is a reason to keep it.

    ``lasting`` things count whatever their date; ``reason_said`` is about visits. ``name`` is the
    resource's, or of one component (``Observation/7#component-2``), whose FHIRPath is ``path``.
    """

    def __init__(
        self,
        name: str,
        kind: FactKind,
        say: Callable[[], Said],
        more: Callable[[], More] | None = None,
        *,
        concepts: Any = None,
        status: str | None = None,
        when: Period = NEVER,
        lasting: bool = False,
        reason_said: bool = True,
        path: str | None = None,
        asserted: date | None = None,
    ) -> None:
        """Keep what is cheap to know, and how to say the rest."""
        self.name, self.kind, self.status = name, kind, status
        self.start: date | None = when.first
        self.end: date | None = when.last
        self.lasting, self.reason_said, self.path = lasting, reason_said, path
        self.asserted = asserted
        self._say, self._more, self._concepts = say, more, concepts

    @cached_property
    def quote(self) -> str:
        """Its words with value and date."""
        told = self.kind == "order" and self.status == "not-done"
        denied = "" if told else DENIED.get(self.status or "", "")
        said = "; ".join(item for item in self._say() if item)
        return tree.tidy(f"{denied}{said}"[:QUOTE])

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Its codes as ``SYSTEM code``, to be compared."""
        return tuple(f"{system} {code}" for system, code in codes.pairs(self._concepts))

    @cached_property
    def codes(self) -> tuple[Coding, ...]:
        """Its codes."""
        return codes.codings(self._concepts)

    @cached_property
    def more(self) -> More:
        """What a fact holds besides."""
        return self._more() if self._more else {"author": None}

    @property
    def author(self) -> str | None:
        """Who says it."""
        return _cut(self.more["author"], 500)

    def fact(self, why: str) -> Fact:
        """Make a fact of it, with the reason it is kept for."""
        return Fact(
            id=self.name,
            kind=self.kind,
            quote=self.quote,
            codes=self.codes,
            status=_cut(self.status, 64),
            start=self.start,
            end=self.end,
            value=self.more.get("value"),
            value_text=_cut(self.more.get("value_text"), QUOTE),
            course=self.more.get("course"),
            body_site=_cut(self.more.get("body_site"), 500),
            author=self.author,
            path=self.path,
            why=why,
        )


def named(resource: Resource) -> str:
    """Give a resource's own name, ``Type/id``; Unreadable without."""
    kind, id_ = resource.get("resourceType"), resource.get("id")
    if isinstance(kind, str) and isinstance(id_, str) and kind and id_:
        return f"{kind}/{id_}"
    raise Unreadable("it has no id")


def about(resource: Resource, name: str = "code") -> str:
    """Say what a resource is about; Unreadable when it does not say it."""
    said = codes.words(resource.get(name))
    if said is None:
        raise Unreadable("it does not say what it is about")
    return said


def status(resource: Resource) -> str | None:
    """Give the status as written; what is said not to be done is ``not-done``."""
    if not NEGATING.isdisjoint(resource) and negated(resource):
        return "not-done"
    found = resource.get("status")
    return found.strip() or None if isinstance(found, str) else None


def negated(resource: Resource) -> bool:
    """Whether a resource says that a thing is not to be done, or was not."""
    return any(resource.get(name) not in (None, False) for name in NEGATING)


def unsure(status_: str | None, resource: Resource) -> str | None:
    """Add to a status that something is only proposed: it is not yet an order."""
    intent = resource.get("intent")
    if intent in ("proposal", "option"):
        return f"{status_ or 'unknown'} ({intent})"
    return status_


def reason(resource: Resource) -> str | None:
    """Say why something was done or ordered, as coded or written there."""
    if REASONS.isdisjoint(resource):
        return None
    said = codes.every(resource.get("reasonCode"))
    said += tree.strings([item.get("display") for item in tree.items(resource, "reasonReference")])
    said += [codes.words(item.get("concept")) for item in tree.items(resource, "reason")]
    return labelled("for", joined(said))


def why_not(resource: Resource) -> str | None:
    """Say why something has the status it has."""
    return codes.words(resource.get("statusReason")) or codes.words(
        resource.get("statusReasonCodeableConcept")
    )


def site(resource: Resource) -> str | None:
    """Say the body site and side, as written."""
    return joined(codes.every(resource.get("bodySite")))


def remarks(resource: Resource) -> list[str]:
    """Give the annotations people wrote."""
    return tree.strings([note.get("text") for note in tree.items(resource, "note")])


def joined(said: Said) -> str | None:
    """Join what is said, each once."""
    return ", ".join(dict.fromkeys(item for item in said if item)) or None


def labelled(label: str, words: str | None) -> str | None:
    """Put a label before words, if there are some."""
    return f"{label} {words}" if words else None


def unless_in(said: str, words: str | None) -> str | None:
    """Give words that are not said already."""
    return words if words and words.lower() not in said.lower() else None


def _cut(words: str | None, length: int) -> str | None:
    return words[:length].strip() or None if words else None
